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
    let ran = folder
        .command()
        .env("SOURCE_DATE_EPOCH", "1795887171")
        .args(["check", "flows", "--format", "markdown"])
        .args(["--reviewer", "Anna", "--note", "Before 1.4"])
        .output()
        .unwrap();
    let text = String::from_utf8(ran.stdout).unwrap();
    insta::assert_snapshot!(text.replace(&flow::rules::version(), "[rules]"));
}

#[test]
fn people_get_a_dated_report_and_programs_one_that_is_the_same_each_time() {
    let folder = Folder::with(MANY);
    let written = |format: &str, epoch: &str, more: &[&str]| {
        let output = folder
            .command()
            .env("SOURCE_DATE_EPOCH", epoch)
            .args(["check", "flows", "--format", format])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for format in ["json", "sarif", "csv", "github", "text"] {
        assert_eq!(
            written(format, "0", &[]),
            written(format, "9", &[]),
            "{format}"
        );
    }
    for format in ["html", "markdown"] {
        let first = written(format, "0", &[]);
        assert!(first.contains("1970-01-01 00:00:00 UTC"), "{format}");
        assert_eq!(
            first.replace("00:00:00", "00:00:09"),
            written(format, "9", &[])
        );
    }
    for format in ["json", "sarif", "csv", "html", "markdown"] {
        let signed = written(format, "0", &["--reviewer", "Anna"]);
        assert!(signed.contains("Anna"), "{format}");
        let later = written(format, "9", &["--reviewer", "Anna"]);
        assert_ne!(signed, later, "{format}");
        assert_eq!(signed.replace("00:00:00", "00:00:09"), later, "{format}");
    }
    // What is no number of seconds is no time.
    let now = written("json", "soon", &["--reviewer", "Anna"]);
    assert!(!now.contains("1970-"));
}

#[test]
fn csv_has_a_row_for_each_problem_and_each_file() {
    let folder = Folder::with(MANY);
    let csv = folder.run(&["check", "flows", "--format", "csv"]).stdout;
    let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert!(rows[0].starts_with("path,kind,sha256,bytes,verdict,severity,code"));
    assert_eq!(rows.len(), 1 + 1 + 1 + 2, "{csv}");
    assert!(
        rows[1].starts_with("flows/bad.json,,") && rows[1].contains(",could not be read,error,")
    );
    assert!(rows[2].starts_with("flows/clean.json,dialog-flow,") && rows[2].contains(",clean,,"));
    assert!(rows[3].contains(",error,FD402,dead-end-node,5,5,/nodes/1,stuck,"));
}

#[test]
fn the_page_has_pictures_of_graphs() {
    let folder = Folder::with(MANY);
    let html = folder.run(&["check", "flows", "--format", "html"]).stdout;
    assert_eq!(html.matches("<svg ").count(), 2);
}

#[test]
fn a_baseline_is_counted_in_what_is_written() {
    let folder = Folder::with(MANY);
    folder.run(&["check", "flows", "--write-baseline", "known.json"]);
    let written = |format: &str| {
        let arguments = [
            "check",
            "flows",
            "--baseline",
            "known.json",
            "--format",
            format,
        ];
        folder.run(&arguments).stdout
    };
    for format in ["html", "markdown", "github", "text"] {
        assert!(
            written(format).contains("2 known problems left out."),
            "{format}"
        );
    }
    // The picture marks nothing that the page does not list.
    assert!(!written("html").contains("stroke-width=\"2\""));
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
    assert_eq!(keys(&json), ["files", "rules", "schema", "summary"]);
    assert_eq!(keys(&json["rules"]), ["flowdeck", "version"]);
    assert_eq!(json["schema"], 1);
    assert_eq!(
        keys(&json["summary"]),
        ["errors", "files", "infos", "skipped", "warnings"]
    );
    let [bad, clean, dirty] = json["files"].as_array().unwrap().as_slice() else {
        panic!("{json}")
    };
    assert_eq!(keys(bad), ["bytes", "errors", "kind", "path", "sha256"]);
    assert_eq!(bad["kind"], Value::Null);
    assert_eq!(
        keys(&bad["errors"][0]),
        ["column", "line", "message", "pointer"]
    );
    assert_eq!(keys(clean), ["bytes", "kind", "path", "problems", "sha256"]);
    assert_eq!(clean["bytes"], CLEAN.len());
    assert_eq!(clean["sha256"], flow::checksum::sha256(CLEAN.as_bytes()));
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
fn json_says_who_accepted_what_and_who_reviewed() {
    let allow = r#""flowdeck": { "allow": [ { "code": "FD402", "pointer": "/nodes/1",
        "reason": "next week", "by": "Maria", "at": "2026-11-20" } ] },
        "id": "dirty""#;
    let folder = Folder::with(&[("a.json", &DIRTY.replace("\"id\": \"dirty\"", allow))]);
    let json = folder
        .run(&["check", "a.json", "--format", "json", "--reviewer", "Anna"])
        .json();
    assert_eq!(
        keys(&json),
        ["files", "review", "rules", "schema", "summary"]
    );
    assert_eq!(keys(&json["review"]), ["at", "note", "reviewer"]);
    assert_eq!(json["review"]["reviewer"], "Anna");
    let dead_end = &json["files"][0]["problems"][0];
    assert_eq!(dead_end["acknowledged"], true);
    assert_eq!(
        dead_end["acknowledgement"],
        serde_json::json!({"reason": "next week", "by": "Maria", "at": "2026-11-20"})
    );
}

#[test]
fn a_file_that_could_not_be_had_has_no_checksum() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "gone.json", "--format", "json"]);
    assert_eq!(ran.code, 2);
    assert_eq!(keys(&ran.json()["files"][0]), ["errors", "kind", "path"]);
}

#[test]
fn a_note_needs_somebody_who_stands_for_it() {
    let folder = Folder::with(MANY);
    assert_eq!(folder.run(&["check", "flows", "--note", "x"]).code, 2);
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
    let artifacts = run["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), 3);
    assert_eq!(artifacts[1]["location"]["uri"], "flows/clean.json");
    assert_eq!(artifacts[1]["length"], CLEAN.len());
    let hash = flow::checksum::sha256(CLEAN.as_bytes());
    assert_eq!(artifacts[1]["hashes"]["sha-256"], hash);
    assert_eq!(run["properties"]["rulesVersion"], flow::rules::version());
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
