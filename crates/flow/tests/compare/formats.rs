//! What each format writes, and that none obeys what stands in a file.

use flow::compare::{SetComparison, Side, Tone, compare_sets, html, json, markdown, text};
use flow::document::Document;
use flow::rules::chart_index::Origin;
use serde_json::{Value, json};

use super::charts::{Chain, number, open, plain};

/// A chart, and what somebody made of it: a node added, one removed, one moved, one changed.
fn versions(word: &str) -> (Document, Document) {
    let mut old: Chain = vec![plain("start", "Start")];
    for label in ["One", "Two", "Three", "Four"] {
        let mut node = plain("code", &format!("{label}{word}"));
        let code = format!("let a = \"{word}\";\nreturn a;");
        node.config.insert("code".to_owned(), json!(code));
        old.push(node);
    }
    number(&mut old, &mut 0);
    let mut new = old.clone();
    let moved = new.remove(4);
    new.insert(1, moved);
    new.remove(2);
    let code = format!("let a = \"{word}!\";\nreturn a;");
    new[2].config.insert("code".to_owned(), json!(code));
    new[3].label = format!("Five{word}");
    let mut say = plain("say", word);
    say.config.insert("say".to_owned(), json!({"text": [word]}));
    new.push(say);
    number(&mut new, &mut 100);
    (open(&old), open(&new))
}

fn compared(word: &str, path: &str, write: fn(&SetComparison<'_>) -> String) -> String {
    let (old, new) = versions(word);
    let origin = Origin::default();
    let side = |document| Side {
        path,
        origin: &origin,
        document,
    };
    let (old, new) = ([side(&old)], [side(&new)]);
    let mut found = compare_sets(&old, &new);
    "old".clone_into(&mut found.old);
    "new".clone_into(&mut found.new);
    write(&found)
}

fn plain_text(found: &SetComparison<'_>) -> String {
    text(found, &|words, _: Tone| words.to_owned())
}

#[test]
fn text_tells_each_change_with_its_place_and_lines() {
    insta::assert_snapshot!(compared("", "flow.json", plain_text));
}

#[test]
fn markdown_tells_the_same() {
    insta::assert_snapshot!(compared("", "flow.json", markdown));
}

#[test]
fn json_is_what_programs_rely_on() {
    let value: Value = serde_json::from_str(&compared("", "flow.json", json)).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(
        value["summary"],
        json!({"files": 1, "added": 0, "removed": 0, "changed": 1})
    );
    let file = &value["files"][0];
    assert_eq!(
        (&file["old"], &file["status"]),
        (&json!("flow.json"), &json!("changed"))
    );
    let entries = file["entries"].as_array().unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let item = if entry["new"].is_null() {
                &entry["old"]
            } else {
                &entry["new"]
            };
            (
                item["name"].as_str().unwrap(),
                entry["changes"][0].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("One", "removed"),
            ("Four", "moved"),
            ("Two", "changed"),
            ("Five", "changed"),
            ("say", "added")
        ]
    );
    let changed = &entries[2];
    assert_eq!(changed["about"], "node");
    assert_eq!(changed["new"]["pointer"], "/nodes/2");
    assert_eq!(changed["fields"][0]["path"], "config.code");
    assert_eq!(
        changed["fields"][0]["hunks"][0]["lines"][0],
        "-let a = \"\";"
    );
    assert_eq!(entries[1]["old"]["place"], "after “Three”");
    assert_eq!(entries[4]["old"], Value::Null);
}

#[test]
fn nothing_in_a_file_is_obeyed() {
    let hostile = "<img src=x onerror='a()'>\u{1b}[31m\u{202e}```\n</pre><script>`|*_[a](b)\"&amp;";
    let path = "a<script>\u{1b}.json";
    for (name, write) in [
        ("text", plain_text as fn(&SetComparison<'_>) -> String),
        ("markdown", markdown),
        ("html", html),
        ("json", json),
    ] {
        let written = compared(hostile, path, write);
        assert!(
            !written.contains(['\u{1b}', '\u{202e}']),
            "{name}: {written}"
        );
        let opens = written.matches("<script").count() + written.matches("<img").count();
        match name {
            "html" => assert_eq!(opens, 0, "{written}"),
            "markdown" => {
                // Only inside blocks of code, which no line of it can end.
                let mut is_code = false;
                for line in written.lines() {
                    if line == "    ```diff" || line == "    ```" {
                        is_code = !is_code;
                    } else if !is_code {
                        assert!(
                            !line.contains("<img") || line.contains("\\<img") || line.contains('`'),
                            "{line}"
                        );
                    } else {
                        assert!(line.starts_with("    "), "{line}");
                    }
                }
                assert!(!is_code);
            }
            _ => {}
        }
    }
}

#[test]
fn the_page_stands_alone_and_shows_both_pictures_with_marks() {
    let page = compared("", "flow.json", html);
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("style=\""));
    assert_eq!(page.matches("<svg ").count(), 2);
    // A frame for each card that is marked, on both sides where it is in both.
    assert_eq!(page.matches("rx=\"11.5\"").count(), 4 + 4);
    for sign in ["+</text>", "−</text>", "~</text>", "↕</text>"] {
        assert!(page.contains(sign), "{sign}");
    }
}
