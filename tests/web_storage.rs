//! Tests of what stores the workspace, inside a real browser, in a worker as the app has it.
#![cfg(target_arch = "wasm32")]
// Clippy does not see that everything here is a test.
#![allow(clippy::unwrap_used)]

use flow::storage::{Batch, Files, Keeper, Sealed, Slots, Storage, seal};
use flowdeck::browser::database::Database;
use flowdeck::browser::locks;
use flowdeck::browser::origin_files::OriginFiles;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn sealed(key: &str, sequence: u64, payload: &str) -> Sealed {
    Sealed {
        key: key.to_owned(),
        bytes: seal(sequence, payload.as_bytes()),
    }
}

#[wasm_bindgen_test]
async fn the_database_gives_back_what_it_was_given() {
    let mut database = Database::new("test-round-trip");
    let puts = [
        sealed("1", 1, "eins"),
        sealed("2", 1, "zwei"),
        sealed("1", 2, "uno"),
    ];
    database.write(&puts, &["2".to_owned()]).await.unwrap();
    // Another connection sees the same.
    let records = Database::new("test-round-trip").load().await.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(
        (records[0].sequence, &*records[0].payload),
        (2, "uno".as_bytes())
    );
}

#[wasm_bindgen_test]
async fn a_damaged_record_of_the_database_is_left_out() {
    let mut database = Database::new("test-damaged");
    let mut torn = sealed("1", 1, "eins");
    torn.bytes.pop();
    database
        .write(&[torn, sealed("2", 1, "zwei")], &[])
        .await
        .unwrap();
    let records = database.load().await.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].key, "2");
}

#[wasm_bindgen_test]
async fn files_are_made_replaced_shortened_and_removed() {
    let mut files = OriginFiles::new("test-files");
    files.write("a", b"a long content").await.unwrap();
    files.write("a", b"short").await.unwrap();
    assert_eq!(files.read("a").await.unwrap(), b"short");
    assert_eq!(files.names().await.unwrap(), ["a"]);
    files.remove("a").await.unwrap();
    files.remove("a").await.unwrap();
    assert!(files.names().await.unwrap().is_empty());
    assert!(files.read("a").await.is_err());
}

#[wasm_bindgen_test]
async fn slots_survive_a_torn_file() {
    let mut slots = Slots::new(OriginFiles::new("test-slots"));
    for sequence in 1..=3 {
        let put = sealed("1", sequence, &format!("text {sequence}"));
        slots.write(&[put], &[]).await.unwrap();
    }
    // The third write went to the first slot again.
    OriginFiles::new("test-slots")
        .write("1.a", b"flowdek")
        .await
        .unwrap();
    let mut again = Slots::new(OriginFiles::new("test-slots"));
    let records = again.load().await.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].payload, b"text 2");
}

#[wasm_bindgen_test]
async fn what_the_database_lost_comes_from_the_files() {
    let mut keeper = Keeper::new(
        Database::new("test-keeper"),
        Slots::new(OriginFiles::new("test-keeper")),
    );
    let outcome = keeper
        .write(&Batch {
            sequence: 7,
            puts: vec![("1".to_owned(), b"kept".to_vec())],
            removals: Vec::new(),
        })
        .await;
    assert_eq!((outcome.first, outcome.second), (Ok(()), Ok(())));
    let mut keeper = Keeper::new(
        Database::new("test-keeper-wiped"),
        Slots::new(OriginFiles::new("test-keeper")),
    );
    let opened = keeper.open().await;
    assert_eq!(opened.recovered, ["1"]);
    assert_eq!(
        (opened.sequence, &*opened.records[0].payload),
        (7, b"kept".as_slice())
    );
    assert!(keeper.open().await.recovered.is_empty());
}

#[wasm_bindgen_test]
async fn a_lock_is_held_once() {
    assert!(locks::hold("test-lock", false).await);
    assert!(!locks::hold("test-lock", false).await);
}
