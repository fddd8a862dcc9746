//! A small fixed set of files to write reports of.

use flow::document::Document;
use flow::report::{FileReport, Report, ReviewedBy};
use flow::rules::{Settings, check};

const CLEAN: &str = r#"{ "id": "hello", "name": "Hello", "version": "1.0.0", "entryPoint": "start",
  "nodes": [ { "id": "start", "type": "start", "label": "Start" },
             { "id": "bye", "type": "end", "label": "Bye" } ],
  "edges": [ { "id": "e1", "source": "start", "target": "bye" } ] }
"#;

const DIRTY: &str = r#"{
  "id": "order", "name": "Order", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "stuck", "type": "action", "label": "" },
    { "id": "lost", "type": "end", "label": "Nobody comes here" }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "stuck", "condition": "number >" },
    { "id": "e2", "source": "start", "target": "nowhere" }
  ],
  "variables": [ { "name": "unused", "type": "number" } ],
  "flowdeck": { "allow": [
    { "code": "FD109", "pointer": "/nodes/1/label", "reason": "Comes with 1.1, \"soon\".",
      "by": "Maria Keller", "at": "2026-11-20T09:12:00Z" },
    { "code": "FD401", "pointer": "/nodes/2", "reason": "For the campaign." } ] }
}
"#;

/// The report on a file with this text, with its picture.
pub fn file(path: &str, text: &str) -> FileReport {
    match Document::open(text.as_bytes()) {
        Ok(document) => {
            let settings = Settings::default();
            let problems = check(&document, &settings);
            let mut file =
                FileReport::checked(path.to_owned(), &document, problems).checked_with(&settings);
            file.draw(document);
            file
        }
        Err(errors) => {
            FileReport::rejected(path.to_owned(), None, errors).of_bytes(text.as_bytes())
        }
    }
}

/// A clean file, one with problems of every severity, and one that cannot be read.
pub fn fixed() -> Report {
    Report {
        files: vec![
            file("flows/hello.json", CLEAN),
            file("flows/order.json", DIRTY),
            file("flows/cut.json", "{\n  \"id\": \"x\",\n}"),
        ],
        skipped: 1,
        known: 2,
        review: Some(ReviewedBy {
            reviewer: "Anna Lindqvist".to_owned(),
            at: "2026-11-28T17:32:51Z".to_owned(),
            note: "Before the release, <1.1>.".to_owned(),
        }),
    }
}

/// A flow of so many nodes without labels, each a dead end.
pub fn blank(nodes: usize) -> String {
    let node = |number: usize| {
        let kind = if number == 0 { "start" } else { "action" };
        format!("{{\"id\": \"n{number}\", \"type\": \"{kind}\", \"label\": \"\"}}")
    };
    let nodes: Vec<String> = (0..nodes).map(node).collect();
    format!(
        "{{\"id\": \"f\", \"name\": \"F\", \"version\": \"1.0.0\", \"entryPoint\": \"n0\", \
         \"nodes\": [{}], \"edges\": []}}",
        nodes.join(", ")
    )
}
