//! `flowdeck audit verify`.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use cognigy::audit::{AuditLog, AuditSettings, NewEntry};
use cognigy::ports::{AuditStore, Clock, LocalBoxFuture, StoreError};
use cognigy::secret::Secret;
use serde_json::json;

use crate::support::{Folder, Ran};

#[derive(Default)]
struct Lines(RefCell<Vec<String>>);

impl AuditStore for Lines {
    fn append<'a>(&'a self, line: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        self.0.borrow_mut().push(line.to_owned());
        Box::pin(async { Ok(()) })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async { Ok(self.0.borrow().clone()) })
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> u64 {
        1_772_366_400_000
    }

    fn monotonic(&self) -> u64 {
        0
    }

    fn sleep(&self, _: u64) -> LocalBoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// The result of a future that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

/// The export of a log of five entries.
fn export() -> String {
    let settings = AuditSettings {
        operator: "olga".into(),
        connection: "Test".into(),
        key: Secret::new("key"),
        clear_values: false,
    };
    let log = AuditLog::new(Rc::new(Lines::default()), Rc::new(Noon), settings);
    for index in 0..5 {
        let entry = NewEntry {
            action: "FLOW_DEPLOY",
            subject: "support",
            body: json!({"index": index}),
            reference: None,
        };
        now(log.append(entry)).unwrap();
    }
    now(log.export()).unwrap()
}

fn verify(text: &str, more: &[&str]) -> Ran {
    let folder = Folder::with(&[("log.jsonl", text)]);
    let arguments = [&["audit", "verify", "log.jsonl"], more].concat();
    folder.run(&arguments)
}

/// `SIZE:HASH` as the command prints it.
fn head(ran: &Ran) -> String {
    let first = ran.stdout.lines().next().unwrap();
    first.rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn a_whole_log_is_whole() {
    let ran = verify(&export(), &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout.starts_with(
            "5 entries in an unbroken chain: none was changed, removed or moved. The head is 5:"
        ),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains("It ends where it says it does."),
        "{ran:?}"
    );
    let head = head(&ran);
    let same = verify(&export(), &["--head", &head]);
    assert_eq!(same.code, 0);
    assert!(
        same.stdout.contains("It ends at the head you gave"),
        "{same:?}"
    );
    let earlier = export().lines().take(3).collect::<Vec<_>>().join("\n");
    let earlier = self::head(&verify(&earlier, &[]));
    let longer = verify(&export(), &["--head", &earlier]);
    assert_eq!(longer.code, 0);
    assert!(
        longer.stdout.contains("It goes on from the head you gave"),
        "{longer:?}"
    );
    let folder = Folder::new();
    let piped = folder.run_with_input(&["audit", "verify", "-"], export().as_bytes());
    assert_eq!(piped.code, 0);
}

#[test]
fn the_first_entry_that_was_tampered_with_is_named() {
    let changed = export().replacen("\"index\":2", "\"index\":7", 1);
    let ran = verify(&changed, &[]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stdout,
        "Entry 3 (line 3) was changed: it does not fit its hash.\n"
    );
    let removed: Vec<String> = export().lines().map(str::to_owned).collect();
    let removed = [&removed[..1], &removed[2..]].concat().join("\n");
    let ran = verify(&removed, &[]);
    assert_eq!(
        ran.stdout,
        "Entry 2 was removed: it is missing before line 2.\n"
    );
}

#[test]
fn a_log_cut_short_shows_against_a_head_alone() {
    let whole = export();
    let head = head(&verify(&whole, &[]));
    let cut = whole.lines().take(3).collect::<Vec<_>>().join("\n");
    let ran = verify(&cut, &[]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout
            .contains("whether it was cut short cannot be told"),
        "{ran:?}"
    );
    let ran = verify(&cut, &["--head", &head]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout
            .contains("entry 4 and what came after it are missing"),
        "{ran:?}"
    );
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let folder = Folder::with(&[("latin1.jsonl", "")]);
    folder.write("latin1.jsonl", b"\xff\xfe");
    for file in ["nothing.jsonl", "latin1.jsonl"] {
        let ran = folder.run(&["audit", "verify", file]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains("Nothing was checked."), "{ran:?}");
    }
    let ran = verify(&export(), &["--head", "5:abc"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
