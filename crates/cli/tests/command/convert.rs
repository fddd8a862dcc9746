//! `flowdeck convert`.

use crate::support::{CLEAN, Folder};

#[test]
fn the_canonical_layout_keeps_what_is_said() {
    let folder = Folder::with(&[(
        "a.json",
        &CLEAN.replace("\"1.0.0\"", "\"1.0.0\",\n\"odd\" :[1e3,\"\\u00e9\" ]"),
    )]);
    assert_eq!(folder.run(&["convert", "a.json", "b.json"]).code, 0);
    let text = folder.read("b.json");
    assert!(
        text.contains("\n  \"odd\": [\n    1e3,\n    \"\\u00e9\"\n  ],\n"),
        "{text}"
    );
    let value = |name| serde_json::from_str::<serde_json::Value>(&folder.read(name)).unwrap();
    assert_eq!(value("a.json"), value("b.json"));
    assert_eq!(folder.run(&["convert", "b.json", "-"]).stdout, text);
}

#[test]
fn a_flow_goes_into_a_sync_payload_and_comes_out_again() {
    let folder = Folder::with(&[("flow.json", CLEAN)]);
    assert_eq!(
        folder
            .run(&["convert", "flow.json", "sync.json", "--to", "artifact"])
            .code,
        0
    );
    let checked = folder.run(&["check", "sync.json", "--format", "json"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert_eq!(checked.json()["files"][0]["kind"], "artifact");
    folder.run(&["convert", "sync.json", "back.json", "--to", "dialog-flow"]);
    folder.run(&["convert", "flow.json", "flow.json"]);
    assert_eq!(folder.read("back.json"), folder.read("flow.json"));
}

#[test]
fn what_cannot_be_converted_leaves_no_file() {
    let folder = Folder::with(&[
        ("bad.json", "{\n,"),
        (
            "states.json",
            "{\"botId\": \"b\", \"flowId\": \"f\", \"states\": []}",
        ),
    ]);
    let bad = folder.run(&["convert", "bad.json", "out.json"]);
    assert_eq!(bad.code, 2);
    assert!(bad.stderr.contains("bad.json:2:1:"), "{bad:?}");
    let states = folder.run(&["convert", "states.json", "out.json", "--to", "artifact"]);
    assert_eq!(states.code, 2);
    assert!(
        states
            .stderr
            .contains("is a state flow, of which no sync payload can be made"),
        "{states:?}"
    );
    assert!(!folder.path("out.json").exists());
}

#[test]
fn a_flow_is_drawn_in_the_language_that_the_name_tells() {
    let folder = Folder::with(&[
        ("flow.json", CLEAN),
        (
            "states.json",
            "{\"botId\": \"b\", \"flowId\": \"f\", \"states\": []}",
        ),
    ]);
    for (name, start) in [
        ("a.svg", "<svg xmlns="),
        ("a.mmd", "flowchart LR\n"),
        ("a.DOT", "digraph "),
    ] {
        assert_eq!(folder.run(&["convert", "flow.json", name]).code, 0);
        assert!(folder.read(name).starts_with(start), "{name}");
    }
    let empty = folder.run(&["convert", "states.json", "b.svg"]);
    assert_eq!(empty.code, 2);
    assert!(
        empty.stderr.contains("without anything to draw"),
        "{empty:?}"
    );
    assert!(!folder.path("b.svg").exists());
}
