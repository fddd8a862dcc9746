//! Edits as a reviewer sees them in a diff, and the history at its full length.

// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use flow::command::{Command, dialog};
use flow::document::{DialogFlow, Document, NodeKind};
use flow::geometry::Point;
use flow::json::NewValue;
use flow::session::{MAX_STEPS, Positions, Session};

/// Pretty-printed the way editors do it, with spellings that a respelling would lose.
const PRETTY: &str = r#"{
  "id": "support",
  "name": "Support \u00e9\/",
  "version": "1.2.0",
  "entryPoint": "start",
  "nodes": [
    {
      "id": "start",
      "type": "start",
      "label": "Entry",
      "properties": {}
    },
    {
      "id": "ask",
      "type": "action",
      "label": "Ask",
      "properties": {
        "say": "Hello",
        "position": {
          "x": 10.50,
          "y": 1e2
        }
      }
    },
    {
      "id": "bye",
      "type": "end",
      "label": "Bye",
      "properties": {}
    }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "ask", "condition": null },
    { "id": "e2", "source": "ask", "target": "bye", "condition": "input.text == \"x\"" },
    { "id": "e3", "source": "ask", "target": "bye" },
    { "id": "e4", "source": "start", "target": "bye" }
  ],
  "x-team": { "size": 3.0, "on": [1,2 , 3] }
}
"#;

fn open(text: &str) -> Session {
    Session::new(Document::read(text.into()).unwrap(), Positions::new())
}

fn flow(session: &Session) -> &DialogFlow {
    session.document().dialog_flow().unwrap()
}

/// The changed lines, as a diff shows them: what both texts begin and end with left out.
fn diff(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split('\n').collect(), after.split('\n').collect());
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let head = same(&mut old.iter().zip(&new));
    let tail = same(&mut old[head..].iter().rev().zip(new[head..].iter().rev()));
    let removed = old[head..old.len() - tail]
        .iter()
        .map(|line| format!("-{line}\n"));
    let added = new[head..new.len() - tail]
        .iter()
        .map(|line| format!("+{line}\n"));
    removed.chain(added).collect()
}

/// What a command changes in `text`, as a diff.
fn change(text: &str, command: impl FnOnce(&Document, &DialogFlow) -> Command) -> String {
    let mut session = open(text);
    let command = command(session.document(), flow(&session));
    assert!(session.apply(&command).unwrap());
    let changed = session.document().text().to_owned();
    assert!(session.undo().is_some());
    assert_eq!(session.document().text(), text);
    diff(text, &changed)
}

#[test]
fn one_changed_label_is_one_changed_line() {
    let diff = change(PRETTY, |_, flow| {
        dialog::set_text("Change label", flow.nodes[1].label.at, "Ask \"again\"")
    });
    insta::assert_snapshot!(diff, @r#"
    -      "label": "Ask",
    +      "label": "Ask \"again\"",
    "#);
}

#[test]
fn a_deleted_edge_is_one_line_that_goes() {
    let diff = change(PRETTY, |_, flow| dialog::delete(flow, &[], &[1]));
    insta::assert_snapshot!(diff, @r#"
    -    { "id": "e2", "source": "ask", "target": "bye", "condition": "input.text == \"x\"" },
    "#);
}

#[test]
fn a_deleted_node_takes_its_lines_and_its_edges() {
    let mut session = open(PRETTY);
    let command = dialog::delete(flow(&session), &[1], &[]);
    session.apply(&command).unwrap();
    let text = session.document().text().to_owned();
    // Nothing is added: what is left is the old text with lines taken out.
    let mut old = PRETTY.lines();
    for line in text.lines() {
        assert!(old.any(|kept| kept == line), "{line}");
    }
    let edges: Vec<&str> = flow(&session)
        .edges
        .iter()
        .map(|edge| edge.id.text.as_str())
        .collect();
    assert_eq!(edges, ["e4"]);
    assert_eq!(flow(&session).nodes.len(), 2);
}

#[test]
fn a_new_node_is_laid_out_like_the_others() {
    let new = dialog::NewNode {
        kind: NodeKind::Intent,
        label: "Help?".into(),
        position: Point::new(1.0, 2.0),
    };
    let node = change(PRETTY, |_, flow| dialog::add_node(flow, &new).0);
    insta::assert_snapshot!(node, @r#"
    +    },
    +    {
    +      "id": "intent",
    +      "type": "intent",
    +      "label": "Help?",
    +      "properties": {}
    "#);
    let edge = change(PRETTY, |_, flow| {
        dialog::connect(flow, "ask", "bye", None).0
    });
    insta::assert_snapshot!(edge, @r#"
    -    { "id": "e4", "source": "start", "target": "bye" }
    +    { "id": "e4", "source": "start", "target": "bye" },
    +    { "id": "e5", "source": "ask", "target": "bye", "condition": null }
    "#);
    let both = change(PRETTY, |_, flow| {
        dialog::add_connected_node(flow, "ask", &new).0
    });
    assert!(both.contains(
        "+    { \"id\": \"e5\", \"source\": \"ask\", \"target\": \"intent\", \"condition\": null }"
    ));
}

#[test]
fn a_moved_node_changes_its_numbers_alone() {
    let diff = change(PRETTY, |document, flow| {
        dialog::move_nodes(
            flow,
            document.tree(),
            &[(0, Point::new(5.0, 5.0)), (1, Point::new(10.5, 250.25))],
        )
    });
    insta::assert_snapshot!(diff, @r#"
    -          "y": 1e2
    +          "y": 250.25
    "#);
}

#[test]
fn a_first_property_a_condition_and_a_variable_come_where_they_belong() {
    let say = change(PRETTY, |document, flow| {
        dialog::set_property(flow, 0, "say", Some("Hi".into()), document.tree())
    });
    insta::assert_snapshot!(say, @r#"
    -      "properties": {}
    +      "properties": {
    +        "say": "Hi"
    +      }
    "#);
    let condition = change(PRETTY, |_, flow| {
        dialog::set_condition(flow, 2, Some("a > 1"))
    });
    insta::assert_snapshot!(condition, @r#"
    -    { "id": "e3", "source": "ask", "target": "bye" },
    +    { "id": "e3", "source": "ask", "target": "bye", "condition": "a > 1" },
    "#);
    let variable = change(PRETTY, |_, flow| {
        dialog::add_variable(flow, "agent", "string")
    });
    insta::assert_snapshot!(variable, @r#"
    -  "x-team": { "size": 3.0, "on": [1,2 , 3] }
    +  "x-team": { "size": 3.0, "on": [1,2 , 3] },
    +  "variables": [
    +    {
    +      "name": "agent",
    +      "type": "string"
    +    }
    +  ]
    "#);
}

#[test]
fn an_object_that_replaces_a_value_on_a_shared_line_stays_on_it() {
    let text = PRETTY.replace(
        "\"properties\": {}",
        "\"properties\": { \"a\": 1, \"b\": 2 }",
    );
    let value = NewValue::Object(vec![("k".into(), "v".into())]);
    let diff = change(&text, |document, flow| {
        dialog::set_property(flow, 0, "b", Some(value), document.tree())
    });
    insta::assert_snapshot!(diff, @r#"
    -      "properties": { "a": 1, "b": 2 }
    +      "properties": { "a": 1, "b": { "k": "v" } }
    "#);
}

#[test]
fn branches_change_places_and_nothing_else_moves() {
    let diff = change(PRETTY, |_, flow| {
        dialog::reorder_branches(flow, &[1, 2], &[2, 1])
    });
    insta::assert_snapshot!(diff, @r#"
    -    { "id": "e2", "source": "ask", "target": "bye", "condition": "input.text == \"x\"" },
    -    { "id": "e3", "source": "ask", "target": "bye" },
    +    { "id": "e3", "source": "ask", "target": "bye" },
    +    { "id": "e2", "source": "ask", "target": "bye", "condition": "input.text == \"x\"" },
    "#);
}

#[test]
fn a_renamed_node_keeps_its_edges_and_its_place() {
    let mut session = open(PRETTY);
    let place = Command::one(
        "Move node",
        flow::command::Change::Place {
            positions: vec![("ask".into(), Some(Point::new(7.0, 8.0)))],
        },
    );
    session.apply(&place).unwrap();
    let before = session.document().text().to_owned();
    let command = dialog::rename_node_id(flow(&session), 1, "question");
    session.apply(&command).unwrap();
    let flow = flow(&session);
    assert_eq!(flow.nodes[1].id.text, "question");
    let ends: Vec<(&str, &str)> = flow
        .edges
        .iter()
        .map(|edge| (edge.source.text.as_str(), edge.target.text.as_str()))
        .collect();
    assert_eq!(
        ends,
        [
            ("start", "question"),
            ("question", "bye"),
            ("question", "bye"),
            ("start", "bye")
        ]
    );
    let placed = BTreeMap::from([("question".into(), Point::new(7.0, 8.0))]);
    assert_eq!(*session.positions(), placed);
    session.undo();
    assert_eq!(session.document().text(), before);
    assert_eq!(
        *session.positions(),
        BTreeMap::from([("ask".into(), Point::new(7.0, 8.0))])
    );
}

#[test]
fn edges_stay_with_the_first_of_two_nodes_that_share_an_id() {
    let text = PRETTY.replace("\"id\": \"bye\"", "\"id\": \"ask\"");
    let mut session = open(&text);
    let command = dialog::rename_node_id(flow(&session), 2, "end");
    session.apply(&command).unwrap();
    assert_eq!(flow(&session).edges[0].target.text, "ask");
    session.undo();
    let command = dialog::rename_node_id(flow(&session), 1, "question");
    session.apply(&command).unwrap();
    assert_eq!(flow(&session).edges[0].target.text, "question");
    assert_eq!(flow(&session).nodes[2].id.text, "ask");
    session.undo();
    // Deleting one of them leaves its edges with the other.
    let command = dialog::delete(flow(&session), &[1], &[]);
    session.apply(&command).unwrap();
    assert_eq!(flow(&session).edges.len(), 4);
}

#[test]
fn ten_thousand_steps_can_be_undone_and_the_oldest_are_forgotten() {
    let mut session = open(PRETTY);
    let forgotten = 50;
    for step in 0..MAX_STEPS + forgotten {
        let at = flow(&session).nodes[0].label.at;
        let command = dialog::set_text("Change label", at, &format!("Label {step}"));
        assert!(session.apply(&command).unwrap());
    }
    let last = session.document().text().to_owned();
    let mut undone = 0;
    while session.undo().is_some() {
        undone += 1;
    }
    assert_eq!(undone, MAX_STEPS);
    assert_eq!(
        flow(&session).nodes[0].label.text,
        format!("Label {}", forgotten - 1)
    );
    while session.redo().is_some() {}
    assert_eq!(session.document().text(), last);
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut session = open(PRETTY);
    let at = flow(&session).nodes_at;
    let gone = Command::one(
        "Remove nodes",
        flow::command::Change::Replace {
            at,
            value: NewValue::null(),
        },
    );
    let refused = session.apply(&gone).unwrap_err();
    insta::assert_snapshot!(refused, @r#"That would leave a file that cannot be read. Nothing was changed. Expected an array as "nodes" of the flow, found null."#);
    let twice = Command {
        label: "Both".into(),
        changes: [
            dialog::set_text("a", at, "x"),
            dialog::set_text("b", flow(&session).nodes[0].label.at, "y"),
        ]
        .into_iter()
        .flat_map(|command| command.changes)
        .collect(),
    };
    let refused = session.apply(&twice).unwrap_err();
    insta::assert_snapshot!(refused, @"Two parts of one change touch the same text. Nothing was changed.");
    assert_eq!(session.document().text(), PRETTY);
    assert_eq!((session.revision(), session.undo_label()), (0, None));
}
