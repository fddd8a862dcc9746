//! What each format looks like, and what other programs may rely on.

use serde_json::Value;

use crate::support::{CLEAN, DIRTY, Folder};

const MANY: &[(&str, &str)] = &[
    ("flows/clean.json", CLEAN),
    ("flows/dirty.json", DIRTY),
    ("flows/bad.json", "{\n  \"id\": \"x\",\n}"),
];

#[test]
fn text_shows_the_source_of_each_problem() {
    let ran = Folder::with(MANY).run(&["check", "flows"]);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn markdown_is_ready_for_a_ticket() {
    let folder = Folder::with(MANY);
    folder.write("flows/<b>_*.json", DIRTY.replace("stuck", "`a|b`"));
    insta::assert_snapshot!(
        folder
            .run(&["check", "flows", "--format", "markdown"])
            .stdout
    );
}

#[test]
fn github_annotations_stay_one_line_each() {
    let folder = Folder::with(MANY);
    insta::assert_snapshot!(folder.run(&["check", "flows", "--format", "github"]).stdout);
}

#[test]
fn html_stands_alone_and_obeys_nothing_from_a_file() {
    let folder = Folder::with(&[(
        "a.json",
        &DIRTY.replace("stuck", "<img src=x onerror='a()'>"),
    )]);
    let html = folder.run(&["check", "a.json", "--format", "html"]).stdout;
    assert!(html.starts_with("<!doctype html>"));
    assert!(
        !html.contains("<img") && !html.contains("<script"),
        "{html}"
    );
    assert!(html.contains("default-src 'none'"));
    assert!(html.contains("FD402"));
}

#[test]
fn colours_come_when_asked_for() {
    let folder = Folder::with(MANY);
    let coloured = |variables: &[(&str, &str)]| {
        let output = folder
            .command()
            .envs(variables.iter().copied())
            .args(["check", "flows"])
            .output()
            .unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[]), "standard output is no terminal here");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn json_has_the_promised_shape() {
    let json = Folder::with(MANY)
        .run(&["check", "flows", "--format", "json"])
        .json();
    assert_eq!(keys(&json), ["files", "schema", "summary"]);
    assert_eq!(json["schema"], 1);
    assert_eq!(
        keys(&json["summary"]),
        ["errors", "files", "infos", "skipped", "warnings"]
    );
    let [bad, clean, dirty] = json["files"].as_array().unwrap().as_slice() else {
        panic!("{json}")
    };
    assert_eq!(keys(bad), ["errors", "kind", "path"]);
    assert_eq!(bad["kind"], Value::Null);
    assert_eq!(
        keys(&bad["errors"][0]),
        ["column", "line", "message", "pointer"]
    );
    assert_eq!(keys(clean), ["kind", "path", "problems"]);
    assert_eq!(clean["kind"], "dialog-flow");
    assert_eq!(clean["problems"], serde_json::json!([]));
    for problem in dirty["problems"].as_array().unwrap() {
        assert_eq!(
            keys(problem),
            [
                "acknowledged",
                "code",
                "column",
                "fix",
                "ids",
                "line",
                "message",
                "name",
                "pointer",
                "severity"
            ]
        );
        assert!(problem["line"].as_u64().unwrap() >= 1 && problem["column"].as_u64().unwrap() >= 1);
        assert!(problem["fix"].is_null() || problem["fix"]["label"].is_string());
        assert!(
            problem["ids"]
                .as_array()
                .unwrap()
                .iter()
                .all(Value::is_string)
        );
    }
    let dead_end = &dirty["problems"][0];
    assert_eq!(
        (
            &dead_end["code"],
            &dead_end["pointer"],
            &dead_end["line"],
            &dead_end["column"],
            &dead_end["ids"]
        ),
        (
            &"FD402".into(),
            &"/nodes/1".into(),
            &5.into(),
            &5.into(),
            &serde_json::json!(["stuck"])
        )
    );
}

#[test]
fn a_rejected_file_tells_its_kind_where_it_has_one() {
    let folder = Folder::with(&[("a.json", "{\"nodes\": 1, \"edges\": []}")]);
    let json = folder.run(&["check", "a.json", "--format", "json"]).json();
    assert_eq!(json["files"][0]["kind"], "dialog-flow");
    assert!(json["files"][0]["errors"].as_array().unwrap().len() > 1);
}

#[test]
fn sarif_has_what_code_scanning_needs() {
    let folder = Folder::with(MANY);
    let sarif = folder.run(&["check", "flows", "--format", "sarif"]).json();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "flowdeck");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "flows/dirty.json");
        assert!(place["region"]["endColumn"].as_u64() > place["region"]["startColumn"].as_u64());
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "flows/bad.json"
    );
}

#[test]
fn sarif_fingerprints_outlive_edits_elsewhere() {
    let fingerprints = |text: &str| {
        let folder = Folder::with(&[("a.json", text)]);
        let sarif = folder.run(&["check", "a.json", "--format", "sarif"]).json();
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        results
            .iter()
            .map(|result| {
                (
                    result["ruleId"].to_string(),
                    result["partialFingerprints"]["flowdeckProblem/v1"].to_string(),
                )
            })
            .collect::<Vec<_>>()
    };
    let before = fingerprints(DIRTY);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0].1, before[1].1);
    let swapped = DIRTY
        .replace("    { \"id\": \"start\", \"type\": \"start\", \"label\": \"Start\" },\n", "")
        .replace("\"label\": \"\" }", "\"label\": \"\" },\n\n    { \"id\": \"start\", \"type\": \"start\", \"label\": \"Start\" }");
    assert_eq!(fingerprints(&swapped), before);
    assert_ne!(fingerprints(&DIRTY.replace("stuck", "jammed")), before);
}

/// What looks like a secret must not come into the log of a pipeline, not even as the source that a
/// problem is about.
#[test]
fn no_format_shows_what_looks_like_a_secret() {
    let secret = "k3mD82nQwLxr9pTzB4aQ7";
    let chart = format!(
        r#"{{
  "nodes": [
    {{ "_id": "1", "type": "start" }},
    {{ "_id": "2", "type": "code", "label": "Send", "config": {{
      "code": "const apiKey = '{secret}'" }} }}
  ],
  "relations": [
    {{ "node": "1", "next": "2", "children": [] }},
    {{ "node": "2", "next": null, "children": [] }}
  ]
}}
"#
    );
    let folder = Folder::with(&[("chart.json", &chart)]);
    for format in ["text", "json", "markdown", "github", "sarif", "html"] {
        let ran = folder.run(&["check", "chart.json", "--format", format]);
        assert!(ran.stdout.contains("CH701"), "{format}: {ran:?}");
        assert!(!ran.stdout.contains(secret), "{format}: {}", ran.stdout);
    }
}
