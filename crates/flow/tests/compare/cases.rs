//! Fixed cases: what a person would say of two versions.

use flow::compare::{About, Comparison, Entry, HunkLine, List, Marks, headline, overlay};
use flow::diagram::Diagram;
use flow::document::Document;
use serde_json::{Value, json};

use super::charts::{Chain, export, number, plain};

/// A chart with a question, an `if` with a message in each branch, and a jump back.
fn chart() -> Chain {
    let mut decision = plain("if", "Is it open?");
    let mut jump = plain("goTo", "Ask again");
    jump.jump = Some("r1".to_owned());
    let message = |label: &str, text: &str| {
        let mut node = plain("say", label);
        node.config
            .insert("say".to_owned(), json!({"type": "text", "text": [text]}));
        node
    };
    decision.branches = vec![
        vec![
            plain("then", "Then"),
            message("Yes", "Come in."),
            message("Hours", "Until six."),
        ],
        vec![
            plain("else", "Else"),
            message("No", "Come back tomorrow."),
            jump,
        ],
    ];
    let mut code = plain("code", "Look it up");
    code.config.insert(
        "code".to_owned(),
        json!("let a = 1;\nlet b = 2;\nreturn a + b;"),
    );
    let mut chain = vec![
        plain("start", "Start"),
        plain("question", "Ask"),
        code,
        decision,
        plain("end", "End"),
    ];
    number(&mut chain, &mut 0);
    chain
}

fn open(value: &Value) -> Document {
    Document::read(value.to_string().into()).unwrap()
}

/// The node with this label.
fn node<'c>(chain: &'c mut Chain, label: &str) -> &'c mut super::charts::Node {
    let mut found = None;
    for own in chain {
        if own.label == label {
            return own;
        }
        for branch in &mut own.branches {
            if branch.iter().any(|own| own.label == label) {
                found = branch.iter_mut().find(|own| own.label == label);
            }
        }
    }
    found.unwrap()
}

fn between(old: &Chain, new: &Chain) -> Comparison {
    Comparison::between(&open(&export(old)), &open(&export(new)))
}

/// What an entry is about and how it differs.
fn told(entry: &Entry) -> String {
    let words: Vec<&str> = entry.marks.words().collect();
    format!("{}: {}", headline(entry), words.join(", "))
}

fn all(found: &Comparison) -> Vec<String> {
    found.entries.iter().map(told).collect()
}

#[test]
fn a_node_that_was_moved_and_renamed_is_one_change() {
    let (old, mut new) = (chart(), chart());
    let mut moved = new[3].branches[0].remove(1);
    moved.label = "Welcome".to_owned();
    new[3].branches[1].insert(1, moved);
    let found = between(&old, &new);
    assert_eq!(all(&found), ["say “Welcome”: moved, changed"]);
    let entry = &found.entries[0];
    assert_eq!(entry.fields.len(), 1);
    assert_eq!(entry.fields[0].label, "Label");
    assert_eq!(entry.fields[0].before.as_deref(), Some("\"Yes\""));
    assert_eq!(entry.fields[0].after.as_deref(), Some("\"Welcome\""));
    assert_eq!(
        entry.fields[0].new_pointer.as_deref(),
        Some("/nodes/7/label")
    );
    let words = |item: &Option<flow::compare::Item>| {
        item.as_ref().unwrap().place.as_ref().unwrap().words.clone()
    };
    assert_eq!(words(&entry.old), "first in “Then” of “Is it open?”");
    assert_eq!(words(&entry.new), "first in “Else” of “Is it open?”");
}

#[test]
fn a_node_that_comes_in_moves_nothing_and_tells_its_settings() {
    let (old, mut new) = (chart(), chart());
    let mut hello = plain("say", "Hello");
    hello
        .config
        .insert("say".to_owned(), json!({"text": ["Hello!"]}));
    new.insert(1, hello);
    number(&mut new, &mut 100);
    let found = between(&old, &new);
    assert_eq!(all(&found), ["say “Hello”: added"]);
    let paths: Vec<&str> = found.entries[0]
        .fields
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(paths, ["Extension", "Label", "Type", "Say", "Reference"]);
    let place = found.entries[0]
        .new
        .as_ref()
        .unwrap()
        .place
        .as_ref()
        .unwrap();
    assert_eq!((place.list, place.after), (List::Chain(0), None));
    // The wire that it was put into is gone, and two came.
    let (old, new) = (open(&export(&old)), open(&export(&new)));
    let (old, new) = (Diagram::of(&old), Diagram::of(&new));
    let overlay = overlay(&found, &old, &new);
    let count = |marks: &[Marks], mark| marks.iter().filter(|own| **own == mark).count();
    assert_eq!(count(&overlay.old.wires, Marks::REMOVED), 1);
    assert_eq!(count(&overlay.new.wires, Marks::ADDED), 2);
    assert_eq!(count(&overlay.new.cards, Marks::ADDED), 1);
    assert_eq!(count(&overlay.old.cards, Marks::SAME), old.cards.len());
}

#[test]
fn a_jump_that_leads_elsewhere_is_one_wire() {
    let (old, mut new) = (chart(), chart());
    node(&mut new, "Ask again").jump = Some("r2".to_owned());
    let found = between(&old, &new);
    assert_eq!(all(&found), ["goTo “Ask again”: retargeted"]);
    let field = &found.entries[0].fields[0];
    assert_eq!(field.label, "Jump › Node");
    let names = (Some("Ask".into()), Some("Look it up".into()));
    assert_eq!(field.names, names);
    let (old, new) = (open(&export(&old)), open(&export(&new)));
    let overlay = overlay(&found, &Diagram::of(&old), &Diagram::of(&new));
    for wires in [&overlay.old.wires, &overlay.new.wires] {
        let marked: Vec<_> = wires.iter().filter(|marks| !marks.is_same()).collect();
        assert_eq!(marked, [&Marks::RETARGETED]);
    }
}

#[test]
fn code_is_told_line_by_line() {
    let (old, mut new) = (chart(), chart());
    let code = json!("let a = 1;\nlet b = 3;\nreturn a + b;");
    node(&mut new, "Look it up")
        .config
        .insert("code".to_owned(), code);
    let found = between(&old, &new);
    assert_eq!(all(&found), ["code “Look it up”: changed"]);
    let lines = found.entries[0].fields[0].lines.as_ref().unwrap();
    assert_eq!(
        lines.hunks[0].lines,
        [
            HunkLine::Same("let a = 1;".to_owned()),
            HunkLine::Removed("let b = 2;".to_owned()),
            HunkLine::Added("let b = 3;".to_owned()),
            HunkLine::Same("return a + b;".to_owned()),
        ]
    );
}

#[test]
fn json_in_a_text_counts_as_what_it_says() {
    let (mut old, mut new) = (chart(), chart());
    let say = |chain: &mut Chain, say: Value| {
        node(chain, "Yes").config.insert("say".to_owned(), say);
    };
    say(&mut old, json!({"type": "text", "text": ["Come in."]}));
    say(
        &mut new,
        json!(r#"{ "text": ["Come in."], "type": "text" }"#),
    );
    assert!(between(&old, &new).is_empty());
    say(
        &mut new,
        json!(r#"{ "text": ["Come in!"], "type": "text" }"#),
    );
    let found = between(&old, &new);
    assert_eq!(all(&found), ["say “Yes”: changed"]);
    let field = &found.entries[0].fields[0];
    assert_eq!(field.label, "Say › Text 1");
    assert_eq!(field.after.as_deref(), Some("\"Come in!\""));
    // The text that holds it is where it is.
    assert_eq!(
        field.old_pointer.as_deref(),
        Some("/nodes/5/config/say/text/0")
    );
    assert_eq!(field.new_pointer.as_deref(), Some("/nodes/5/config/say"));
}

#[test]
fn a_chart_without_settings_says_nothing_about_them() {
    let old = export(&chart());
    let mut new = old.clone();
    for node in new["nodes"].as_array_mut().unwrap() {
        node.as_object_mut().unwrap().remove("config");
        node["label"] = json!("Other");
    }
    for node in new["nodes"].as_array_mut().unwrap().iter_mut().skip(1) {
        node["label"] = old["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|own| own["_id"] == node["_id"])
            .unwrap()["label"]
            .clone();
    }
    let found = Comparison::between(&open(&old), &open(&new));
    assert!(found.lacks_settings);
    let labels: Vec<&str> = found
        .entries
        .iter()
        .flat_map(|entry| &entry.fields)
        .map(|field| field.label.as_str())
        .collect();
    assert_eq!(labels, ["Label"]);
}

#[test]
fn a_branch_that_is_tried_earlier_is_moved_and_a_target_that_changed_is_told() {
    let flow = |edges: Value| {
        open(
            &json!({"id": "f", "name": "F", "version": "1.0.0", "entryPoint": "a",
            "nodes": [
                {"id": "a", "type": "condition", "label": "A"},
                {"id": "b", "type": "action", "label": "B"},
                {"id": "c", "type": "end", "label": "C"}],
            "edges": edges}),
        )
    };
    let edge = |id: &str, target: &str, condition: &str| json!({"id": id, "source": "a", "target": target, "condition": condition});
    let old = flow(json!([
        edge("1", "b", "x"),
        edge("2", "c", "y"),
        edge("3", "c", "z")
    ]));
    let new = flow(json!([
        edge("3", "c", "z"),
        edge("1", "c", "x"),
        edge("2", "c", "y")
    ]));
    let found = Comparison::between(&old, &new);
    assert_eq!(
        all(&found),
        ["branch “A → C”: moved", "branch “A → C”: retargeted"]
    );
    assert_eq!(found.entries[0].about, About::Wire);
    assert_eq!(found.entries[0].new.as_ref().unwrap().id, "3");
    let overlay = overlay(&found, &Diagram::of(&old), &Diagram::of(&new));
    assert_eq!(
        overlay.new.wires,
        [Marks::MOVED, Marks::RETARGETED, Marks::SAME]
    );
    assert_eq!(
        overlay.old.wires,
        [Marks::RETARGETED, Marks::SAME, Marks::MOVED]
    );
}

#[test]
fn a_state_comes_with_its_transitions() {
    let flow = |states: Value| {
        open(&json!({"botId": "b", "flowId": "f", "initialStateId": "s", "states": states}))
    };
    let start = json!({"id": "s", "transitions": []});
    let old = flow(json!([start]));
    let new = flow(
        json!([start, {"id": "t", "name": "Then", "transitions": [{"id": "1", "targetStateId": "s"}]}]),
    );
    let found = Comparison::between(&old, &new);
    assert_eq!(
        all(&found),
        ["state “Then”: added", "transition “Then → s”: added"]
    );
    let overlay = overlay(&found, &Diagram::of(&old), &Diagram::of(&new));
    assert_eq!(overlay.new.cards, [Marks::SAME, Marks::ADDED]);
    assert_eq!(overlay.new.wires, [Marks::ADDED]);
}

#[test]
fn payloads_compare_value_by_value() {
    let old = json!({"conversationId": "c", "variables": {
        "a": {"key": "a", "scope": "session", "value": [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}]},
        "b": {"key": "b", "scope": "session", "value": "x"}}});
    let mut new = old.clone();
    new["variables"]["z"] = json!({"key": "z", "scope": "session", "value": 2});
    new["variables"]["b"]["value"] = json!("y");
    // An element that came is told as that, by its name.
    new["variables"]["a"]["value"] =
        json!([{"id": 1, "name": "x"}, {"id": 3, "name": "z"}, {"id": 2, "name": "y"}]);
    let found = Comparison::between(&open(&old), &open(&new));
    assert_eq!(all(&found), ["the context set: changed"]);
    let labels: Vec<&str> = found.entries[0]
        .fields
        .iter()
        .map(|field| field.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "Variables › A › Value 2",
            "Variables › B › Value",
            "Variables › Z"
        ]
    );
}

#[test]
fn two_large_charts_that_share_nothing_are_compared() {
    let large = |prefix: &str| {
        let code = |line: usize| format!("{prefix}{line}();\n");
        let mut chain = vec![plain("start", "Start")];
        for node in 0..5_000 {
            chain.push(plain("say", &format!("{prefix} {node}")));
        }
        let mut own = plain("code", "Code");
        own.config.insert(
            "code".to_owned(),
            json!((0..20_000).map(code).collect::<String>()),
        );
        chain.push(own);
        for node in &mut chain {
            node.id = format!("{prefix}{}", node.label);
            node.reference = node.id.clone();
        }
        chain
    };
    let found = between(&large("a"), &large("b"));
    // The start, and the code by its name: the rest came or went.
    assert_eq!(found.cards.iter().count(), 2);
    assert_eq!(found.count(Marks::ADDED), 5_000);
    assert_eq!(found.count(Marks::REMOVED), 5_000);
}
