//! Archives that are made to hurt, or that were hurt: each is refused as a whole, with one message.

use crate::exports::parcels;
use crate::zip::{Item, Zip};
use crate::{found, messages, named, shapes, take, take_zip};

fn zip(items: &[Item]) -> Vec<u8> {
    let mut zip = Zip::default();
    for item in items {
        zip.add(item);
    }
    zip.finish()
}

/// The one message that such an archive gives, of which nothing was opened.
fn refusal(bytes: Vec<u8>) -> String {
    let taken = take_zip(bytes);
    assert_eq!(shapes(&taken), ["rejected a.zip"]);
    assert_eq!((taken.skipped, taken.flows.len()), (0, 0));
    let mut messages = messages(&taken.entries[0]);
    assert_eq!(messages.len(), 1);
    messages.remove(0)
}

#[test]
fn every_archive_that_is_not_as_it_should_be_is_refused_with_a_reason() {
    let good = || Item::new("a.json", "{}");
    let item = |change: fn(&mut Item)| {
        let mut item = Item::new("bad.json", "{}");
        change(&mut item);
        zip(&[good(), item])
    };
    let path = |path: &str| zip(&[good(), Item::new(path, "{}")]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("absolute", path("/etc/a.json"), "leads out"),
        ("up", path("a/../../b.json"), "leads out"),
        ("drive", path("C:/b.json"), "leads out"),
        ("backslash", path("..\\b.json"), "leads out"),
        ("NUL", path("b.json\0.txt"), "leads out"),
        ("empty", path(""), "leads out"),
        ("long", path(&"x".repeat(1_025)), "too long"),
        ("deep", path(&"d/".repeat(33)), "too long"),
        ("twice", path("a.json"), "stands in it twice"),
        (
            "twice, spelled apart",
            path("./a.json"),
            "stands in it twice",
        ),
        ("encrypted", item(|item| item.flags = 1), "is encrypted"),
        (
            "strongly encrypted",
            item(|item| item.flags = 0x41),
            "is encrypted",
        ),
        ("AES", item(|item| item.method = Some(99)), "AES encryption"),
        (
            "bzip2",
            item(|item| item.method = Some(12)),
            "packed by bzip2",
        ),
        (
            "unheard of",
            item(|item| item.method = Some(77)),
            "packed by method 77",
        ),
        (
            "checksum",
            item(|item| item.checksum = Some(1)),
            "checksum is wrong",
        ),
        (
            "too small a size",
            item(|item| item.size = Some(1)),
            "larger than the archive says",
        ),
        (
            "too large a size",
            item(|item| item.size = Some(3)),
            "damaged",
        ),
        (
            "stored, of another size",
            item(|item| (item.stored, item.size) = (true, Some(1))),
            "damaged",
        ),
        (
            "a size to fear",
            item(|item| item.size = Some(u32::MAX - 1)),
            "larger than 64 MiB",
        ),
        (
            "out of proportion",
            item(|item| item.size = Some(32 << 20)),
            "more than 200 times",
        ),
        (
            "two names",
            item(|item| item.local_path = Some(b"gut.json".to_vec())),
            "damaged",
        ),
        (
            "really out of proportion",
            zip(&[Item::new("a.json", vec![b' '; 2 << 20])]),
            "more than 200 times",
        ),
    ];
    for (name, bytes, about) in cases {
        let message = refusal(bytes);
        assert!(message.contains(about), "{name}: {message}");
        assert!(message.ends_with("was opened."), "{name}: {message}");
    }
}

#[test]
fn an_archive_that_is_cut_off_or_glued_is_refused() {
    let good = Zip::of(&parcels().package());
    for length in [30, 100, good.len() / 2, good.len() - 1] {
        let message = refusal(good[..length].to_vec());
        assert!(message.contains("cut off"), "{length}: {message}");
    }
    let mut longer = good.clone();
    longer.push(0);
    assert!(refusal(longer).contains("cut off"));
    let mut glued = b"PK\x03\x04 something before".to_vec();
    glued.extend(&good);
    assert!(refusal(glued).contains("damaged"));
    // The list says that two entries share their bytes.
    let mut shared = Zip::of(&[("a.json", "{}"), ("b.json", "{}")]);
    let list = shared
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    shared[list + 42..list + 46].copy_from_slice(&[0; 4]);
    assert!(refusal(shared).contains("damaged"));
    let mut split = good.clone();
    let end = split.len() - 22;
    split[end + 4] = 1;
    assert!(refusal(split).contains("one of several parts"));
}

#[test]
fn what_is_unpacked_of_one_archive_is_limited_in_all() {
    // Noise does not pack, so that the ratio is sound.
    let mut state = 1_u32;
    let mut noise = Vec::with_capacity(3 << 20);
    while noise.len() < 3 << 20 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [byte, ..] = state.to_be_bytes();
        noise.push(byte);
    }
    noise.resize(60 << 20, b' ');
    let items: Vec<Item> = (0..5)
        .map(|index| Item::new(&format!("{index}.json"), noise.clone()))
        .collect();
    let message = refusal(zip(&items));
    assert!(message.contains("over 256 MiB"), "{message}");
}

#[test]
fn too_many_entries_are_refused_before_they_are_read() {
    let mut bytes = Zip::of(&[("a.json", "{}")]);
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].copy_from_slice(&[0xFE, 0xFF, 0xFE, 0xFF]);
    assert!(refusal(bytes).contains("damaged"), "it says it has 65,534");
    let mut wide = Zip::default();
    wide.add(&Item::new("a.json", "{}"));
    let mut bytes = wide.finish_wide();
    let record = bytes
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x06\x06")
        .unwrap();
    bytes[record + 32..record + 40].copy_from_slice(&200_000_u64.to_le_bytes());
    assert!(refusal(bytes).contains("more than 100000 entries"));
}

#[test]
fn archives_in_archives_links_and_snapshots_are_named_and_not_opened() {
    let link = Item {
        mode: 0xA1FF,
        ..Item::new("link.json", "a.json")
    };
    let hidden = Item {
        mode: 0xA1FF,
        ..Item::new("link.txt", "a.json")
    };
    let taken = take_zip(zip(&[
        Item::new("a.json", "{}"),
        Item::new("inner.zip", Zip::of(&[("b.json", "{}")])),
        Item::new("inner.json", Zip::of(&[("b.json", "{}")])),
        Item::new("whole.csnap", "secret"),
        Item::new("notes.txt", "secret"),
        link,
        hidden,
    ]));
    assert_eq!(
        shapes(&taken),
        [
            "text a.zip/a.json",
            "rejected a.zip/inner.json",
            "rejected a.zip/inner.zip",
            "rejected a.zip/link.json",
            "rejected a.zip/whole.csnap",
        ]
    );
    assert!(messages(&taken.entries[1])[0].contains("inside an archive"));
    assert!(messages(&taken.entries[3])[0].contains("symbolic link"));
    assert!(messages(&taken.entries[4])[0].contains("Export the project as a package"));
}

#[test]
fn what_other_programs_write_is_read() {
    let wide = Item {
        wide: true,
        ..Item::new("b.json", "{\"b\":1}")
    };
    let mut zip = Zip::default();
    zip.add(&Item {
        stored: true,
        ..Item::new("folder/", "")
    });
    zip.add(&Item::new("./folder//a.json", "{}"));
    zip.add(&wide);
    zip.add(&Item {
        path: b"Gr\x94\xe1e.json".to_vec(),
        ..Item::new("", "{}")
    });
    zip.add(&Item::new("__MACOSX/._a.json", "?"));
    let expected = [
        "text a.zip/Größe.json",
        "text a.zip/b.json",
        "text a.zip/folder/a.json",
    ];
    assert_eq!(shapes(&take_zip(zip.finish_wide())), expected);
    // A comment at the end.
    let mut bytes = Zip::of(&[("a.json", "{}")]);
    let end = bytes.len();
    bytes[end - 2] = 5;
    bytes.extend(b"hello");
    assert_eq!(shapes(&take_zip(bytes)), ["text a.zip/a.json"]);
}

#[test]
fn an_archive_without_documents_is_a_mistake_only_where_it_was_asked_for() {
    let empty = b"PK\x05\x06"
        .iter()
        .copied()
        .chain([0; 18])
        .collect::<Vec<u8>>();
    let pictures = Zip::of(&[("a.png", "?")]);
    for bytes in [empty, pictures] {
        let taken = take(vec![named("a.zip", bytes.clone())]);
        assert!(messages(&taken.entries[0])[0].contains("holds no JSON documents"));
        let taken = take(vec![found("a.zip", bytes)]);
        assert_eq!((taken.entries.len(), taken.skipped), (0, 1));
    }
}

#[test]
fn names_that_promise_something_else_are_told() {
    let taken = take(vec![
        found("a.zip", "hello"),
        found("b.csnap", "hello"),
        named("c.ZIP", ""),
    ]);
    assert_eq!(
        shapes(&taken),
        ["rejected a.zip", "rejected b.csnap", "rejected c.ZIP"]
    );
    assert!(messages(&taken.entries[0])[0].contains("no ZIP archive"));
    assert!(messages(&taken.entries[1])[0].contains("encrypted"));
}
