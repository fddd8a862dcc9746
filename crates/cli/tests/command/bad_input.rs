//! Files that cannot be opened: each gets located messages, and the rest is checked all the same.

use crate::support::{CLEAN, DIRTY, Folder};

/// A name, what is in the file, the line and column of the message, and what it says.
type BadFile = (&'static str, Vec<u8>, (u64, u64), &'static str);

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn every_bad_file_has_a_message_at_its_place() {
    let cases: Vec<BadFile> = vec![
        ("empty", b"".to_vec(), (1, 1), "empty"),
        ("blank", b" \n\t ".to_vec(), (1, 1), "empty"),
        (
            "malformed",
            b"{\n  \"id\": ,\n}".to_vec(),
            (2, 9),
            "Expected a value",
        ),
        (
            "cut-off",
            b"{\"nodes\": [".to_vec(),
            (1, 12),
            "end of the file",
        ),
        (
            "trailing-comma",
            b"{\"a\": [1,\n]}".to_vec(),
            (1, 9),
            "comma",
        ),
        ("comment", b"{ // no\n}".to_vec(), (1, 3), "comments"),
        (
            "duplicate-key",
            b"{\"id\": 1,\n \"id\": 2}".to_vec(),
            (2, 2),
            "stands twice",
        ),
        (
            "lone-surrogate",
            b"{\"id\": \"a\\ud800\"}".to_vec(),
            (1, 10),
            "surrogate",
        ),
        ("deep", nested(101).into_bytes(), (1, 101), "100 levels"),
        (
            "very-deep",
            nested(1_000_000).into_bytes(),
            (1, 101),
            "100 levels",
        ),
        (
            "binary",
            b"\x7fELF\x02\x01\x00\x00\xff".to_vec(),
            (1, 9),
            "binary",
        ),
        (
            "latin-1",
            b"{\"name\": \"Gr\xfc\xdfe\"}".to_vec(),
            (1, 13),
            "not UTF-8",
        ),
        ("utf-16", b"\xff\xfe{\x00}\x00".to_vec(), (1, 1), "UTF-16"),
        ("not-a-number", b"{\"nodes\": NaN}".to_vec(), (1, 11), "NaN"),
        (
            "wrong-kind",
            b"{\"nodes\": {}, \"edges\": [], \"id\": 1}".to_vec(),
            (1, 11),
            "array",
        ),
        ("list", b"[1]".to_vec(), (1, 1), "object"),
        (
            "unknown",
            b"{\"private\": true}".to_vec(),
            (1, 1),
            "no document",
        ),
    ];
    for (name, bytes, (line, column), about) in cases {
        let folder = Folder::new();
        let file = format!("{name}.json");
        folder.write(&file, bytes);
        let ran = folder.run(&["check", &file, "--format", "json"]);
        assert_eq!(ran.code, 2, "{name}: {ran:?}");
        let json = ran.json();
        let errors = json["files"][0]["errors"].as_array().unwrap();
        let found = errors.iter().any(|error| {
            error["line"] == line
                && error["column"] == column
                && error["message"].as_str().unwrap().contains(about)
        });
        assert!(found, "{name}: {errors:?}");
        assert!(json["files"][0].get("problems").is_none());
        let text = folder.run(&["check", &file]);
        assert_eq!(text.code, 2, "{name}");
        assert!(
            text.stdout.contains(&format!("{file}:{line}:{column}")),
            "{}",
            text.stdout
        );
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let folder = Folder::with(&[("bom.json", &format!("\u{feff}{CLEAN}"))]);
    let ran = folder.run(&["check", "bom.json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn the_rest_of_the_folder_is_checked() {
    let folder = Folder::with(&[
        ("a.json", "{"),
        ("b.json", DIRTY),
        ("c.json", ""),
        ("d.json", CLEAN),
    ]);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let json = ran.json();
    assert_eq!(json["summary"]["files"], 4);
    assert_eq!(json["summary"]["errors"], 1);
    assert!(json["files"][0]["errors"].is_array());
    assert!(json["files"][1]["problems"].is_array());
    let text = folder.run(&["check", "."]);
    assert!(
        text.stdout
            .ends_with("2 files checked: 1 error, 1 warning. 2 files could not be read.\n"),
        "{}",
        text.stdout
    );
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let folder = Folder::new();
    let file = std::fs::File::create(folder.path("huge.json")).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    let ran = folder.run(&["check", "huge.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("larger than 64 MiB"), "{}", ran.stdout);
}

#[test]
fn what_a_file_contains_does_not_reach_the_terminal() {
    let folder = Folder::with(&[("a.json", "{\"\u{202e}\u{9b}31m\": \u{1b}[31mx}")]);
    for format in ["text", "markdown", "github", "html"] {
        let ran = folder.run(&["check", "a.json", "--format", format]);
        let hazards = |c: char| matches!(c, '\u{1b}' | '\u{9b}' | '\u{202e}');
        assert!(!ran.stdout.contains(hazards), "{format}: {}", ran.stdout);
        assert_eq!(ran.code, 2);
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_walked_once() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&[("flows/a.json", CLEAN)]);
    symlink("..", folder.path("flows/up")).unwrap();
    symlink("a.json", folder.path("flows/same.json")).unwrap();
    symlink("self.json", folder.path("flows/self.json")).unwrap();
    symlink("nowhere.json", folder.path("flows/dangling.json")).unwrap();
    let ran = folder.run(&["check", "flows", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let json = ran.json();
    let verdicts: Vec<_> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["path"].as_str().unwrap(), file["errors"].is_array()))
        .collect();
    assert_eq!(
        verdicts,
        [
            ("flows/a.json", false),
            ("flows/dangling.json", true),
            ("flows/self.json", true),
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_shown_as_well_as_can_be() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new();
    folder.write(OsStr::from_bytes(b"gr\xfcn.json"), DIRTY);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["files"][0]["path"], "gr\u{fffd}n.json");
}

#[cfg(unix)]
#[test]
fn files_and_folders_without_permission_are_reported() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with(&[
        ("a.json", CLEAN),
        ("locked.json", CLEAN),
        ("shut/b.json", CLEAN),
    ]);
    let lock = |name: &str, mode| {
        set_permissions(folder.path(name), Permissions::from_mode(mode)).unwrap();
    };
    lock("locked.json", 0o000);
    lock("shut", 0o000);
    if std::fs::read(folder.path("locked.json")).is_ok() {
        return; // Nothing is forbidden to the superuser.
    }
    let ran = folder.run(&["check", ".", "--format", "json"]);
    lock("shut", 0o700);
    assert_eq!(ran.code, 2);
    let json = ran.json();
    assert_eq!(json["summary"]["files"], 3);
    assert!(
        json["files"][1]["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("permission")
    );
    assert!(
        json["files"][2]["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("permission")
    );
}
