//! `flowdeck diff`.

use serde_json::json;

use crate::project::parcels;
use crate::support::{CLEAN, Folder};
use crate::zip::Zip;

fn renamed() -> String {
    CLEAN.replace("\"Bye\"", "\"Goodbye\"")
}

#[test]
fn two_files_that_say_the_same_end_with_0_and_others_with_1() {
    let folder = Folder::with(&[
        ("a.json", CLEAN),
        ("b.json", &CLEAN.replace(' ', "")),
        ("c.json", &renamed()),
    ]);
    let same = folder.run(&["diff", "a.json", "b.json"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, "Nothing differs.\n"));
    let other = folder.run(&["diff", "a.json", "c.json"]);
    assert_eq!(other.code, 1, "{other:?}");
    insta::assert_snapshot!(other.stdout);
}

#[test]
fn standard_input_may_be_one_side() {
    let folder = Folder::with(&[("a.json", CLEAN)]);
    let ran = folder.run_with_input(&["diff", "a.json", "-"], renamed().as_bytes());
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("Goodbye"), "{ran:?}");
    let both = folder.run(&["diff", "-", "-"]);
    assert_eq!(both.code, 2);
    assert!(both.stderr.contains("can be read only once"), "{both:?}");
}

#[test]
fn folders_are_compared_file_by_file() {
    let folder = Folder::with(&[
        ("old/old/a.json", CLEAN),
        ("old/b.json", CLEAN),
        ("old/gone.json", CLEAN),
        ("old/other.json", "{\"no\": \"document\"}"),
        ("new/old/a.json", CLEAN),
        ("new/b.json", &renamed()),
        ("new/came.json", CLEAN),
    ]);
    let ran = folder.run(&["diff", "./old/", "new", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let json = ran.json();
    let files: Vec<_> = json["files"].as_array().unwrap().iter().collect();
    let told: Vec<_> = files
        .iter()
        .map(|file| (&file["old"], &file["new"], &file["status"]))
        .collect();
    let none = json!(null);
    assert_eq!(
        told,
        [
            (&json!("b.json"), &json!("b.json"), &json!("changed")),
            (&none, &json!("came.json"), &json!("added")),
            (&json!("old/a.json"), &json!("old/a.json"), &json!("same")),
            (&json!("gone.json"), &none, &json!("removed")),
        ]
    );
}

#[test]
fn what_cannot_be_read_ends_with_2_and_is_neither_added_nor_removed() {
    let folder = Folder::with(&[
        ("old/a.json", CLEAN),
        ("old/b.json", CLEAN),
        ("new/a.json", CLEAN),
        ("new/b.json", "{\n,"),
    ]);
    let ran = folder.run(&["diff", "old", "new"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stdout, "Nothing differs.\n");
    assert!(ran.stderr.contains("b.json: 2:1: "), "{ran:?}");
    assert!(ran.stderr.contains("1 file could not be read"), "{ran:?}");
    for (old, new) in [("old/a.json", "new/b.json"), ("nowhere.json", "old/a.json")] {
        let ran = folder.run(&["diff", old, new]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(ran.stderr.contains("Nothing was compared."), "{ran:?}");
    }
}

#[test]
fn a_package_is_compared_with_a_package_and_with_a_folder() {
    let folder = Folder::new();
    let mut project = parcels();
    folder.write("old.zip", Zip::of(&project.package()));
    for (path, text) in project.folder() {
        folder.write(format!("exported/{path}"), text);
    }
    let same = folder.run(&["diff", "old.zip", "exported"]);
    assert_eq!(same.code, 0, "{same:?}");
    let node = project.flows[0]
        .nodes
        .iter_mut()
        .find(|node| node.kind == "say")
        .unwrap();
    for (_, config) in &mut node.configs {
        *config = json!({"say": {"type": "text", "text": ["Something else"]}});
    }
    folder.write("new.zip", Zip::of(&project.package()));
    let ran = folder.run(&["diff", "old.zip", "new.zip", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let json = ran.json();
    let file = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|file| file["status"] == "changed")
        .unwrap();
    assert!(
        file["new"].as_str().unwrap().starts_with("flows/Main/"),
        "{file}"
    );
    assert!(ran.stdout.contains("Something else"));
    let changes: Vec<_> = file["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["changes"])
        .collect();
    assert_eq!(changes, [&json!(["changed"])]);
}

#[test]
fn each_format_goes_into_a_file() {
    let folder = Folder::with(&[("a.json", CLEAN), ("b.json", &renamed())]);
    for (format, start) in [
        ("text", "a.json → b.json"),
        ("json", "{\n  \"schema\": 1"),
        ("markdown", "# Flowdeck comparison"),
        ("html", "<!doctype html>"),
    ] {
        let ran = folder.run(&[
            "diff", "a.json", "b.json", "--format", format, "--output", "out",
        ]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran:?}");
        assert!(
            folder.read("out").starts_with(start),
            "{}",
            folder.read("out")
        );
        assert!(folder.read("out").contains("Goodbye"));
        assert!(ran.stderr.contains("Written to out."), "{ran:?}");
    }
}
