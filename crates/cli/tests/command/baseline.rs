//! Baselines: what is known is left out, what is new is not.

use crate::support::{CLEAN, DIRTY, Folder};

#[test]
fn known_problems_are_left_out_until_there_is_a_new_one() {
    let folder = Folder::with(&[("flows/dirty.json", DIRTY), ("flows/clean.json", CLEAN)]);
    let written = folder.run(&["check", "flows", "--write-baseline", "known.json"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert!(
        written.stderr.contains("2 problems written to known.json"),
        "{written:?}"
    );

    let known = folder.run(&["check", "flows", "--baseline", "known.json"]);
    assert_eq!(known.code, 0, "{known:?}");
    assert!(
        known.stdout.contains("2 known problems left out"),
        "{known:?}"
    );

    // Lines move and nodes change places: the problems are the same.
    let (before, nodes) = DIRTY.split_once("    { \"id\": \"start\"").unwrap();
    let moved = format!("{before}\n\n    {{ \"id\": \"more\", \"type\": \"end\", \"label\": \"More\" }},\n    {{ \"id\": \"start\"{nodes}")
        .replace("\"edges\": [", "\"edges\": [ { \"id\": \"e0\", \"source\": \"start\", \"target\": \"more\" },");
    folder.write("flows/dirty.json", &moved);
    let after = folder.run(&[
        "check",
        "flows",
        "--baseline",
        "known.json",
        "--format",
        "json",
    ]);
    let codes = after.codes();
    assert!(
        !codes.contains(&"FD402".to_owned()) && !codes.contains(&"FD109".to_owned()),
        "{codes:?}"
    );

    folder.write("flows/clean.json", DIRTY);
    let new = folder.run(&[
        "check",
        "flows",
        "--baseline",
        "known.json",
        "--format",
        "json",
    ]);
    assert_eq!(new.code, 1);
    assert!(new.codes().contains(&"FD402".to_owned()));
}

#[test]
fn a_baseline_holds_from_every_folder() {
    let folder = Folder::with(&[("flows/dirty.json", DIRTY)]);
    folder.run(&["check", "flows", "--write-baseline", "known.json"]);
    let ran = folder
        .command()
        .current_dir(folder.path("flows"))
        .args(["check", "dirty.json", "--baseline", "../known.json"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_known_to_nobody() {
    let folder = Folder::with(&[("a.json", "{")]);
    assert_eq!(
        folder
            .run(&["check", "a.json", "--write-baseline", "known.json"])
            .code,
        2
    );
    assert_eq!(
        folder
            .run(&["check", "a.json", "--baseline", "known.json"])
            .code,
        2
    );
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    let folder = Folder::with(&[
        ("a.json", CLEAN),
        ("newer.json", "{\"flowdeck-baseline\": 2, \"problems\": []}"),
    ]);
    let ran = folder.run(&["check", "a.json", "--baseline", "a.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("it is no baseline file"), "{ran:?}");
    let newer = folder.run(&["check", "a.json", "--baseline", "newer.json"]);
    assert!(newer.stderr.contains("its format is 2"), "{newer:?}");
}
