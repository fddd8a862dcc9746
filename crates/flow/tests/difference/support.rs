//! Flows for the tests of differences and merges, and what is done to them.

use flow::command::Command;
use flow::difference::Difference;
use flow::document::Document;
use flow::json::apply_edits;
use flow::wire_form::WireForm;

pub(crate) fn open(text: &str) -> Document {
    Document::read(text.into()).unwrap()
}

pub(crate) fn wire(document: &Document) -> WireForm {
    WireForm::of(document).unwrap()
}

/// The document after a command.
pub(crate) fn after(document: &Document, command: &Command) -> Document {
    let edits = command.text_edits(document.tree()).unwrap();
    let (text, _) = apply_edits(document.text(), &edits);
    Document::read(text.into()).unwrap()
}

/// A small flow, with some of its text replaced.
pub(crate) fn dialog(replaced: &[(&str, &str)]) -> Document {
    let text = r#"{
  "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start", "properties": { "position": { "x": 1, "y": 2 } } },
    { "id": "ask", "type": "intent", "label": "Ask", "properties": { "examples": ["a", "b"] } },
    { "id": "act", "type": "action", "label": "Act", "properties": { "script": "a = 1\nb = 2\nc = 3" } },
    { "id": "bye", "type": "end", "label": "Bye", "x-extra": [1.0] }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "ask" },
    { "id": "e2", "source": "ask", "target": "act", "condition": "a > 1" },
    { "id": "e3", "source": "ask", "target": "bye", "condition": "a > 2" },
    { "id": "e4", "source": "act", "target": "bye", "condition": null }
  ],
  "variables": [ { "name": "a", "type": "number", "default": 0 }, { "name": "b", "type": "string" } ]
}
"#;
    replaced_in(text, replaced)
}

/// A small state flow, with some of its text replaced.
pub(crate) fn states(replaced: &[(&str, &str)]) -> Document {
    let text = r#"{
  "botId": "b", "flowId": "f", "initialStateId": "greet",
  "states": [
    { "id": "greet", "name": "Greet", "etag": "\"1\"", "transitions": [
      { "id": "t1", "targetStateId": "ask", "conditions": [ { "value": "a" } ] },
      { "id": "t2", "targetStateId": "greet", "actions": [ { "type": "wink", "how": "twice" } ] },
      { "id": "t3", "targetStateId": "bye" }
    ] },
    { "id": "ask", "transitions": [
      { "id": "t1", "targetStateId": "bye", "actions": [ { "type": "set", "variable": "session.a", "value": 1.0 } ] }
    ] },
    { "id": "bye", "final": true, "transitions": [] }
  ]
}
"#;
    replaced_in(text, replaced)
}

fn replaced_in(text: &str, replaced: &[(&str, &str)]) -> Document {
    let mut text = text.to_owned();
    for (old, new) in replaced {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    open(&text)
}

/// The difference of two documents. The command that it makes is checked on the way: it leads from
/// the old flow to the new one.
pub(crate) fn difference(old: &Document, new: &Document) -> Difference {
    let difference = Difference::between(old, new).unwrap();
    let command = flow::difference::command(old, "Change", &difference.changes).unwrap();
    let changed = after(old, &command);
    assert_eq!(
        wire(&changed).text(),
        wire(new).text(),
        "{:#?}\n{}",
        difference.changes,
        changed.text()
    );
    assert_eq!(difference.changes.is_empty(), wire(old) == wire(new));
    difference
}
