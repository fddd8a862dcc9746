//! A sound package with bytes changed at random: it opens or says why not, and never ends in a panic.

use flow::intake::{Content, Opened};
use proptest::prelude::*;

use crate::exports::parcels;
use crate::take_zip;
use crate::zip::{Item, Zip};

/// The package, stored or packed: what is changed in stored entries reaches the JSON in them.
fn package(stored: bool, lenient: bool) -> Vec<u8> {
    let mut zip = Zip::default();
    for (path, text) in parcels().package() {
        zip.add(&Item {
            stored,
            ..Item::new(&path, text)
        });
    }
    if lenient {
        zip.finish_wide()
    } else {
        zip.finish()
    }
}

/// Everything that comes out, looked at.
fn look(bytes: Vec<u8>) {
    let taken = take_zip(bytes);
    let nothing = taken.entries.is_empty() && taken.skipped == 0;
    assert!(!nothing, "nothing came out, and nothing was said");
    for entry in &taken.entries {
        assert!(entry.path.starts_with("a.zip"), "{}", entry.path);
        assert!(
            !entry.path.split('/').any(|name| name == ".."),
            "{}",
            entry.path
        );
        if let Content::Rejected { errors, .. } = &entry.content {
            assert!(!errors.is_empty() && errors.iter().all(|error| !error.message.is_empty()));
        }
        if let Opened::Rejected { errors, .. } = entry.open() {
            assert!(!errors.is_empty(), "{}", entry.path);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_never_panic(
        stored: bool,
        wide: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let mut bytes = package(stored, wide);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        look(bytes);
    }

    #[test]
    fn changed_headers_never_panic(
        from_end in 0_usize..600,
        bytes_put in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let mut bytes = package(true, true);
        let at = bytes.len().saturating_sub(from_end + bytes_put.len());
        bytes[at..at + bytes_put.len()].copy_from_slice(&bytes_put);
        look(bytes);
    }

    #[test]
    fn changed_parts_never_panic(
        part in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in prop::sample::select(vec!["", "null", "[]", "{}", "\"", "1e9", "}", ",", "\"m1\"", "\"_id\":\"x\","]),
    ) {
        // The archive is sound; what is in it is not.
        let mut files = parcels().package();
        let part = part.index(files.len());
        let text = &mut files[part].1;
        let mut at = at.index(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, put);
        look(Zip::of(&files));
    }
}
