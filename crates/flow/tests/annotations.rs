//! Groups, and what is kept in the file: they follow renamed cards, are undone, and never touch what is sent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/opened.rs"]
mod opened;

use flow::document::Document;
use flow::geometry::Point;
use flow::kept::kept_in;
use flow::open_document::OpenDocument;
use flow::rules::{Acknowledgement, acknowledgements_in};
use flow::wire_form::WireForm;

use opened::{choose, run};

const FLOW: &str = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
"nodes":[{"id":"a","type":"start","label":"A"},{"id":"b","type":"action","label":"B"},{"id":"c","type":"end","label":"C"}],
"edges":[{"id":"e1","source":"a","target":"b"},{"id":"e2","source":"b","target":"c"}]}
"#;

fn open() -> OpenDocument {
    opened::open(FLOW)
}

/// The cards of every group, by id.
fn members(open: &OpenDocument) -> Vec<Vec<String>> {
    let name = |&card: &u32| open.diagram().cards[card as usize].id.to_string();
    let frames = open.frames();
    let cards = frames.iter().map(|frame| frame.cards.iter().map(name));
    cards.map(Iterator::collect).collect()
}

#[test]
fn cards_are_in_one_group_at_most() {
    let mut open = open();
    assert!(open.group_command().is_none());
    choose(&mut open, [0, 1]);
    let command = open.group_command();
    run(&mut open, command);
    choose(&mut open, [1, 2]);
    let command = open.group_command();
    run(&mut open, command);
    assert_eq!(members(&open), [vec!["a"], vec!["b", "c"]]);
    choose(&mut open, [0, 2]);
    let command = open.ungroup_command();
    run(&mut open, command);
    assert!(open.frames().is_empty() && open.annotations().is_empty());
    assert!(open.ungroup_command().is_none());
    open.undo();
    open.undo();
    assert_eq!(members(&open), [vec!["a", "b"]]);
    open.undo();
    assert!(open.annotations().is_empty());
    assert_eq!(open.document().text(), FLOW);
    assert!(!open.is_unsaved());
}

#[test]
fn a_frame_is_round_its_cards_as_they_are_shown() {
    let mut open = open();
    choose(&mut open, [0, 1]);
    let command = open.group_command();
    run(&mut open, command);
    let frame = open.frames().remove(0);
    let before = open.frame_area(&frame.cards).unwrap();
    for &card in &frame.cards {
        assert!(before.encloses(open.scene().cards()[card as usize]));
    }
    open.preview_move(Point::new(40.0, 8.0));
    let moved = open.frame_area(&frame.cards).unwrap();
    assert_eq!(moved, before.moved(Point::new(40.0, 8.0)));
}

#[test]
fn a_group_follows_a_renamed_card_and_a_deleted_one_comes_back_into_it() {
    let mut open = open();
    choose(&mut open, [1, 2]);
    let command = open.group_command();
    run(&mut open, command);
    let command = open.rename_group_command("g1", "Ask");
    run(&mut open, command);
    let command = open.rename_command(1, "asked");
    run(&mut open, command);
    assert_eq!(members(&open), [vec!["asked", "c"]]);
    choose(&mut open, [1]);
    let command = open.delete_command();
    run(&mut open, command);
    assert_eq!(members(&open), [vec!["c"]]);
    open.undo();
    assert_eq!(members(&open), [vec!["asked", "c"]]);
    assert_eq!(open.frames()[0].label, "Ask");
    open.undo();
    assert_eq!(members(&open), [vec!["b", "c"]]);
}

#[test]
fn what_is_stored_in_the_file_is_found_there_and_changes_nothing_else() {
    let mut open = open();
    choose(&mut open, [1, 2]);
    let command = open.move_command(Point::new(8.0, 16.0));
    run(&mut open, command);
    let command = open.group_command();
    run(&mut open, command);
    let area = open.new_note_area(Point::new(104.0, 48.0));
    let (command, _) = open.add_note_command(area, "Say \"hi\"").unwrap();
    run(&mut open, Some(command));
    let wire = wire_text(open.document());
    open.change_settings(|settings| {
        settings.acknowledgements.push(Acknowledgement {
            code: "FD401".into(),
            pointer: "/nodes/1".to_owned(),
            reason: "wanted".to_owned(),
            ..Acknowledgement::default()
        });
    });
    let command = open.keep_command();
    run(&mut open, Some(command));
    let text = open.document().text().to_owned();
    assert!(
        text.starts_with(FLOW.trim_end().trim_end_matches('}')),
        "{text}"
    );
    assert_eq!(wire_text(open.document()), wire, "nothing of it is sent");
    let (positions, annotations) = kept_in(open.document().tree());
    assert_eq!(&annotations, open.annotations());
    for (card, rect) in open.diagram().cards.iter().zip(open.scene().cards()) {
        assert_eq!(positions[&card.id], rect.min);
    }
    assert_eq!(acknowledgements_in(open.document().tree()).len(), 1);
    // Stored again it is the same.
    let command = open.keep_command();
    assert!(!open.apply(&command).unwrap());
    // What is gone is gone there too, and what somebody else keeps stays.
    let text = text.replace("\"flowdeck\":{", "\"flowdeck\":{\"mine\":1e3,");
    let document = Document::read(text.as_str().into()).unwrap();
    let mut open = OpenDocument::new(document, positions);
    let command = open.keep_command();
    run(&mut open, Some(command));
    let kept = kept_in(open.document().tree()).1;
    assert!(kept.is_empty() && open.document().text().contains("\"mine\":1e3"));
    open.undo();
    assert_eq!(open.document().text(), text);
}

#[test]
fn what_is_no_layout_in_a_file_is_passed_over() {
    for own in [
        "1",
        "[]",
        "{\"layout\":[1],\"groups\":{},\"notes\":[1,{}]}",
        "{\"layout\":{\"a\":[1]}}",
    ] {
        let text = FLOW.replacen('{', &format!("{{\"flowdeck\":{own},"), 1);
        let document = Document::read(text.as_str().into()).unwrap();
        let (positions, annotations) = kept_in(document.tree());
        assert!(positions.is_empty() && annotations.is_empty(), "{own}");
        let mut open = OpenDocument::new(document, positions);
        let command = open.keep_command();
        run(&mut open, Some(command));
        assert_eq!(kept_in(open.document().tree()).0.len(), 3);
    }
}

/// What would be sent of a flow.
fn wire_text(document: &Document) -> String {
    WireForm::of(document).unwrap().text().to_owned()
}
