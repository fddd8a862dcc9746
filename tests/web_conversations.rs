//! The conversations of `tests/fixtures/conversations` in a real browser: each goes there as it is
//! written, line by line of its trace, as it does natively and on the practice tenant.
// Clippy does not see that everything here is a test.
#![allow(clippy::unwrap_used)]

#[cfg(target_arch = "wasm32")]
#[path = "../crates/flow/tests/rehearsal/fixture.rs"]
mod fixture;

/// The fixtures by name, with their texts: a browser has no files.
macro_rules! conversations {
    ($($name:literal),* $(,)?) => {
        [$((
            concat!($name, ".json"),
            include_str!(concat!("fixtures/conversations/", $name, ".json")),
        )),*]
    };
}

/// Every fixture.
const CONVERSATIONS: [(&str, &str); 16] = conversations![
    "alternatives",
    "branches",
    "conditional-intent",
    "default-last",
    "given",
    "loop",
    "missing-target",
    "one-intent",
    "scopes",
    "scripts",
    "sibling-fallback",
    "states-fallback",
    "states-missing-target",
    "states-stranded",
    "states",
    "stranded",
];

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use flow::json::{parse, pretty};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::CONVERSATIONS;
    use super::fixture::{converse, written};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn conversations_go_as_written() {
        for (name, text) in CONVERSATIONS {
            let tree = parse(text.into()).unwrap();
            let (program, turns) = converse(tree.root());
            let expected = tree.root().get("turns").unwrap();
            assert_eq!(written(&program, &turns), pretty(expected), "{name}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_fixture_is_taken_into_the_browser() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/conversations");
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<String> = names.filter(|name| name.ends_with(".json")).collect();
    found.sort();
    let taken: Vec<&str> = CONVERSATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(taken, found);
    assert!(CONVERSATIONS.iter().all(|(_, text)| !text.is_empty()));
}
