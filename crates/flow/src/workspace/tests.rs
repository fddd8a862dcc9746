use std::collections::BTreeMap;

use super::*;
use crate::annotations::{Group, Note};
use crate::geometry::{Point, Rect};
use crate::rules::{Level, Preset, Settings};
use crate::storage::Record;
use proptest::prelude::*;

fn document(id: &str, text: &str) -> StoredDocument {
    StoredDocument {
        id: id.to_owned(),
        kind: "dialog-flow".to_owned(),
        file_name: format!("{id}.json"),
        text: text.into(),
        layout: Positions::from([("a\"b".into(), Point::new(-1.5, 20.0))]),
        annotations: Annotations {
            groups: [(
                "g1".into(),
                Group {
                    label: "Ask \"it\"".to_owned(),
                    members: ["a\"b".into(), "c".into()].into(),
                },
            )]
            .into(),
            notes: [(
                "n1".into(),
                Note {
                    text: "Later:\nmore".to_owned(),
                    area: Rect::at(Point::new(-4.0, 8.0), 208.0, 96.0),
                },
            )]
            .into(),
        },
        view: Some(View {
            pan: Point::new(10.0, 0.25),
            zoom: 0.5,
        }),
        original: Original::between(text, "{}"),
        acknowledgements: vec![Acknowledgement {
            code: "FD102".into(),
            pointer: "/nodes/0".to_owned(),
            reason: "wanted".to_owned(),
            by: "me".to_owned(),
            at: "2026-01-01T00:00:00Z".to_owned(),
        }],
        unknown: vec![member("later", "{\"k\": 1e3}")],
    }
}

#[test]
fn rule_settings_take_the_place_of_others_and_leave_the_rest_alone() {
    let mut settings = Settings::default();
    settings.set_level("FD502", Level::Off);
    settings.acknowledgements = document("1", "x").acknowledgements;
    let rules = workspace().rules;
    rules.apply(&mut settings);
    assert_eq!(settings.preset, Preset::Strict);
    assert_eq!(
        settings.levels().collect::<Vec<_>>(),
        [("FD101", Level::Off)]
    );
    assert_eq!(settings.acknowledgements.len(), 1);
}

fn member(key: &str, value: &str) -> Member {
    Member {
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

fn workspace() -> Workspace {
    Workspace {
        name: "Mine".to_owned(),
        active: Some("2".to_owned()),
        documents: vec![
            document("1", "{\n  \"not\": \"a flow\"\n}"),
            document("2", "not even JSON"),
        ],
        tests: vec!["{\"name\": \"t\"}".to_owned()],
        links: vec![
            "{\"payload\": \"1\", \"flow\": \"2\"}".to_owned(),
            "{\"later\": 1}".to_owned(),
        ],
        rules: RuleSettings {
            preset: Preset::Strict,
            levels: BTreeMap::from([("FD101".to_owned(), Level::Off)]),
        },
        unknown: vec![member("new", "[1, 2.0]")],
        ..Workspace::default()
    }
}

fn records(workspace: &Workspace, sequence: u64) -> Vec<Record> {
    let record = |key: &str, payload| Record {
        key: key.to_owned(),
        sequence,
        payload,
    };
    let index = record(INDEX_KEY, workspace.write_index());
    let documents = workspace.documents.iter();
    std::iter::once(index)
        .chain(documents.map(|it| record(&it.id, it.write_record())))
        .collect()
}

#[test]
fn the_text_of_a_workspace() {
    insta::assert_snapshot!(workspace().write());
}

#[test]
fn a_file_comes_back_whole() {
    let text = workspace().write();
    let back = Workspace::read(text.as_str().into()).unwrap();
    assert_eq!(back, workspace());
    assert_eq!(back.write(), text);
}

#[test]
fn records_come_back_whole_and_in_order() {
    let mut records = records(&workspace(), 3);
    records.reverse();
    let assembled = Assembled::of(&records);
    assert_eq!(assembled.workspace, workspace());
    assert!(assembled.left_over.is_empty() && assembled.unreadable.is_empty());
}

#[test]
fn a_document_the_index_does_not_list_was_closed_or_is_new() {
    let mut records = records(&workspace(), 3);
    let stray = |key: &str, sequence| Record {
        key: key.to_owned(),
        sequence,
        payload: document(key, "x").write_record(),
    };
    records.extend([stray("8", 2), stray("9", 4)]);
    let assembled = Assembled::of(&records);
    let ids: Vec<&str> = assembled
        .workspace
        .documents
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(ids, ["1", "2", "9"]);
    assert_eq!(assembled.left_over, ["8"]);
}

#[test]
fn without_an_index_every_document_is_found() {
    let records = records(&workspace(), 3).split_off(1);
    assert_eq!(Assembled::of(&records).workspace.documents.len(), 2);
}

#[test]
fn an_unreadable_record_is_named_and_nothing_else_is_lost() {
    let mut records = records(&workspace(), 3);
    records[1].payload = b"{\"id\": 1}\ntext".to_vec();
    let assembled = Assembled::of(&records);
    assert_eq!(assembled.workspace.documents.len(), 1);
    assert_eq!(assembled.unreadable.len(), 1);
    assert_eq!(assembled.unreadable[0].0, "1");
}

#[test]
fn a_newer_format_is_read_and_marked() {
    let text = workspace()
        .write()
        .replace("\"flowdeck\": 1", "\"flowdeck\": 12");
    let back = Workspace::read(text.into()).unwrap();
    assert_eq!(back.newer.as_deref(), Some("12"));
    assert_eq!(back.documents, workspace().documents);
}

#[test]
fn mistakes_are_located() {
    let text = "{\"flowdeck\": 0,\n \"documents\": [{\"id\": \"1\", \"kind\": 5, \"fileName\": \"f\",\n \"layout\": {\"a\": [1]}}, 7]}";
    let errors = Workspace::read(text.into()).unwrap_err();
    let said: Vec<String> = errors
        .iter()
        .map(|error| {
            format!(
                "{}:{} {} {}",
                error.line, error.column, error.pointer, error.message
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_difference_that_does_not_fit_still_says_that_the_file_differs() {
    let text = "{\"flowdeck\": 1, \"documents\": [{\"id\": \"1\", \"kind\": \"k\", \"fileName\": \"f\", \"text\": \"ab\", \"original\": {\"start\": 9, \"end\": 1, \"text\": \"x\"}}]}";
    let back = Workspace::read(text.into()).unwrap();
    assert!(back.documents[0].original.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_survives_file_and_store(text in "\\PC{0,20}|[\\x00-\\x7f]{0,20}", name in "\\PC{0,10}") {
        let mut whole = workspace();
        whole.documents[0] = document("1", &text);
        whole.documents[0].file_name.clone_from(&name);
        whole.name = name;
        prop_assert_eq!(&Workspace::read(whole.write().into()).unwrap(), &whole);
        prop_assert_eq!(Assembled::of(&records(&whole, 1)).workspace, whole);
    }
}
