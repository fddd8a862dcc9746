//! Which files are checked, and how a check ends.

use crate::support::{CLEAN, DIRTY, Folder, WARNED};

#[test]
fn the_exit_code_tells_the_worst() {
    let folder = Folder::with(&[
        ("clean.json", CLEAN),
        ("dirty.json", DIRTY),
        ("warned.json", WARNED),
        ("broken.json", "{"),
        ("other.json", "{\"private\": true}"),
    ]);
    let cases: &[(&[&str], i32)] = &[
        (&["clean.json"], 0),
        (&["warned.json"], 0),
        (&["clean.json", "warned.json", "--max-warnings", "1"], 0),
        (&["warned.json", "--max-warnings", "0"], 1),
        (&["dirty.json"], 1),
        (&["clean.json", "dirty.json"], 1),
        (&["broken.json"], 2),
        (&["dirty.json", "broken.json", "clean.json"], 2),
        (&["missing.json"], 2),
        (&["other.json"], 2),
        (&["clean.json", "--max-warnings", "many"], 2),
        (&["clean.json", "--baseline", "missing.json"], 2),
        (&["clean.json", "--output", "missing/folder/report"], 2),
        (&[], 2),
    ];
    for (arguments, code) in cases {
        let mut all = vec!["check"];
        all.extend(*arguments);
        let ran = folder.run(&all);
        assert_eq!(ran.code, *code, "{arguments:?}: {ran:?}");
    }
}

#[test]
fn too_many_warnings_are_said_to_be_too_many() {
    let folder = Folder::with(&[("warned.json", WARNED)]);
    let ran = folder.run(&["check", "warned.json", "--max-warnings", "0"]);
    assert!(
        ran.stderr
            .contains("more than the 0 that --max-warnings allows"),
        "{ran:?}"
    );
}

#[test]
fn folders_are_walked_in_the_order_of_names() {
    let folder = Folder::with(&[
        ("flows/b.json", CLEAN),
        ("flows/a/z.JSON", CLEAN),
        ("flows/a.json", CLEAN),
        ("flows/notes.txt", "no flow"),
        ("flows/package.json", "{\"name\": \"x\", \"private\": true}"),
        ("flows/list.json", "[1, 2]"),
        ("flows/.hidden/c.json", DIRTY),
        ("flows/node_modules/d.json", DIRTY),
    ]);
    let ran = folder.run(&["check", "flows", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let json = ran.json();
    let paths: Vec<_> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| &file["path"])
        .collect();
    assert_eq!(paths, ["flows/a/z.JSON", "flows/a.json", "flows/b.json"]);
    assert_eq!(json["summary"]["skipped"], 2);
    let here = folder.command().args(["check", "."]).output().unwrap();
    assert!(String::from_utf8_lossy(&here.stdout).contains("2 other files skipped"));
}

#[test]
fn a_file_named_twice_is_checked_once() {
    let folder = Folder::with(&[("a.json", CLEAN)]);
    let ran = folder.run(&["check", "a.json", ".", "./a.json", "--format", "json"]);
    assert_eq!(ran.json()["summary"]["files"], 1);
}

#[test]
fn a_file_of_no_kind_that_is_named_besides_its_folder_is_not_skipped() {
    let folder = Folder::with(&[("other.json", "{\"private\": true}")]);
    assert_eq!(folder.run(&["check", "."]).code, 0);
    assert_eq!(folder.run(&["check", ".", "other.json"]).code, 2);
}

#[test]
fn standard_input_is_a_file() {
    let folder = Folder::new();
    let arguments = ["check", "-", "--format", "json"];
    assert_eq!(folder.run_with_input(&arguments, CLEAN.as_bytes()).code, 0);
    let ran = folder.run_with_input(&arguments, DIRTY.as_bytes());
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["files"][0]["path"], "-");
    assert_eq!(folder.run_with_input(&arguments, b"").code, 2);
}

#[test]
fn a_folder_without_documents_is_said_to_be_one() {
    let folder = Folder::with(&[("notes.txt", "")]);
    let ran = folder.run(&["check", "."]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "No documents were found to check.\n")
    );
}

#[test]
fn a_report_goes_to_a_file_when_asked() {
    let folder = Folder::with(&[("dirty.json", DIRTY)]);
    let ran = folder.run(&[
        "check",
        "dirty.json",
        "--format",
        "json",
        "--output",
        "report.json",
    ]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("Written to report.json"), "{ran:?}");
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["summary"]["errors"], 1);
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    use std::io::Read as _;
    use std::process::Stdio;

    let folder = Folder::with(&[]);
    for index in 0..400 {
        folder.write(format!("{index}.json"), DIRTY);
    }
    let mut child = folder
        .command()
        .args(["check", ".", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdout
        .take()
        .unwrap()
        .read_exact(&mut [0; 10])
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
