//! `flowdeck.toml` and `--preset`.

use crate::support::{CLEAN, DIRTY, Folder};

#[test]
fn severities_come_from_the_nearest_settings_file() {
    let folder = Folder::with(&[
        (
            "flowdeck.toml",
            "[rules]\ndead-end-node = \"warning\"\nFD109 = \"off\"\n",
        ),
        ("inner/dirty.json", DIRTY),
    ]);
    let run = |arguments: &[&str]| {
        let output = folder
            .command()
            .current_dir(folder.path("inner"))
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, stdout) = run(&["check", "dirty.json"]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(stdout.ends_with("1 file checked: 1 warning.\n"), "{stdout}");
    folder.write("inner/flowdeck.toml", "");
    let (code, _) = run(&["check", "dirty.json"]);
    assert_eq!(code, Some(1));
}

#[test]
fn paths_have_severities_of_their_own() {
    let folder = Folder::with(&[
        (
            "flowdeck.toml",
            "[[paths]]\nmatch = [\"drafts/**\"]\nrules = { FD402 = \"off\", FD109 = \"off\" }\n",
        ),
        ("drafts/new/a.json", DIRTY),
        ("live/a.json", DIRTY),
    ]);
    assert_eq!(folder.run(&["check", "drafts"]).code, 0);
    assert_eq!(folder.run(&["check", "live"]).code, 1);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.json()["files"][0]["problems"], serde_json::json!([]));
}

#[test]
fn a_mistake_in_the_settings_is_located_and_nothing_is_checked() {
    let folder = Folder::with(&[
        ("a.json", CLEAN),
        (
            "flowdeck.toml",
            "preset = \"strict\"\n\n[rules]\nFD999 = \"off\"\n",
        ),
    ]);
    let ran = folder.run(&["check", "a.json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr
            .contains("flowdeck.toml:4:1: There is no rule \"FD999\"."),
        "{ran:?}"
    );
}

#[test]
fn the_command_line_overrides_the_preset() {
    // A loop that waits and can be left: a warning, and an error where the preset is strict.
    let text = r#"{
      "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
      "nodes": [
        { "id": "start", "type": "start", "label": "Start" },
        { "id": "ask", "type": "intent", "label": "Answer", "properties": { "examples": ["a"] } },
        { "id": "again", "type": "action", "label": "Again" },
        { "id": "check", "type": "condition", "label": "Check" },
        { "id": "bye", "type": "end", "label": "Bye" }],
      "edges": [
        { "id": "e1", "source": "start", "target": "ask" },
        { "id": "e2", "source": "ask", "target": "check" },
        { "id": "e3", "source": "check", "target": "bye", "condition": "intent.confidence > 0.5" },
        { "id": "e4", "source": "check", "target": "again" },
        { "id": "e5", "source": "again", "target": "ask" }]
    }"#;
    let folder = Folder::with(&[("a.json", text), ("flowdeck.toml", "preset = \"strict\"\n")]);
    assert_eq!(folder.run(&["check", "a.json"]).code, 1);
    let recommended = folder.run(&["check", "a.json", "--preset", "recommended"]);
    assert_eq!(recommended.code, 0, "{recommended:?}");
}

#[test]
fn acknowledged_problems_are_marked_and_errors_among_them_still_count() {
    let allow = |code: &str| {
        format!(
            "{{ \"flowdeck\": {{ \"allow\": [ {{ \"code\": \"{code}\", \"pointer\": \"{}\", \"reason\": \"known\" }} ] }},",
            if code == "FD402" {
                "/nodes/1"
            } else {
                "/nodes/1/label"
            }
        )
    };
    let folder = Folder::with(&[
        ("error.json", &DIRTY.replacen('{', &allow("FD402"), 1)),
        ("warning.json", &DIRTY.replacen('{', &allow("FD109"), 1)),
    ]);
    let error = folder.run(&["check", "error.json", "--format", "json"]);
    assert_eq!(
        (error.code, &error.json()["summary"]["errors"]),
        (1, &1.into())
    );
    let warning = folder.run(&["check", "warning.json", "--format", "json"]);
    assert_eq!(warning.json()["summary"]["warnings"], 0);
    let problems = warning.json()["files"][0]["problems"].clone();
    let marked: Vec<_> = problems
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["acknowledged"] == true)
        .collect();
    assert_eq!(
        marked.iter().filter(|&&marked| marked).count(),
        1,
        "{problems}"
    );
}
