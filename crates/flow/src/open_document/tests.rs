//! An open document keeps everything in step through edits, previews and undo.

use super::*;
use crate::command::dialog::{delete, set_text};
use crate::rules::links::LinkedFlow;

fn open() -> OpenDocument {
    let text = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
        "nodes":[{"id":"a","type":"start","label":"A"},{"id":"b","type":"action","label":"B"},
                 {"id":"c","type":"end","label":"C"}],
        "edges":[{"id":"x","source":"a","target":"b"},{"id":"y","source":"b","target":"c"}]}"#;
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

#[test]
fn the_selection_follows_what_it_names_through_edits_and_undo() {
    let mut open = open();
    open.select(Selection::card(2));
    let command = delete(open.document().dialog_flow().unwrap(), &[0], &[]);
    open.apply(&command).unwrap();
    assert_eq!(open.selection(), &Selection::card(1));
    assert_eq!(open.diagram().cards[1].id, "c");
    open.undo();
    assert_eq!(open.selection(), &Selection::card(2));
    assert!(!open.is_unsaved());
}

#[test]
fn what_undo_brings_back_is_selected_where_nothing_is() {
    let mut open = open();
    open.select(Selection::card(1));
    let command = open.delete_command().unwrap();
    open.apply(&command).unwrap();
    assert!(open.selection().is_empty());
    open.undo();
    assert_eq!(open.selection(), &Selection::card(1));
    open.select(Selection::wire(1));
    let command = open.delete_command().unwrap();
    open.apply(&command).unwrap();
    open.undo();
    assert_eq!(open.selection(), &Selection::wire(1));
    // A change of words brings nothing, and takes nothing from what is selected.
    open.select(Selection::default());
    let label = open.document().dialog_flow().unwrap().nodes[1].label.at;
    open.apply(&set_text("Rename", label, "Other")).unwrap();
    open.undo();
    assert!(open.selection().is_empty());
}

#[test]
fn a_new_note_covers_no_card() {
    let open = open();
    let middle = open.scene().cards()[1].center();
    let area = open.new_note_area(open.free_note_place(middle));
    assert!(open.scene().cards_in(area).is_empty());
    // Where nothing is in the way it goes where it is wanted.
    let far = Point::new(9_000.0, 9_000.0);
    assert_eq!(open.free_note_place(far), far);
}

#[test]
fn the_graph_has_another_version_only_when_it_may_be_another() {
    let mut open = open();
    let graph = open.graph_version();
    let selected = open.selection_revision();
    let label = open.document().dialog_flow().unwrap().nodes[1].label.at;
    open.apply(&set_text("Rename", label, "Other")).unwrap();
    assert!(open.graph_version() == graph);
    assert_eq!(open.diagram().cards[1].label, "Other");
    let entry = open.document().dialog_flow().unwrap().entry_point.at;
    open.apply(&set_text("Set entry point", entry, "b"))
        .unwrap();
    let moved = open.graph_version();
    assert!(moved != graph);
    assert_eq!(open.diagram().entry, Some(1));
    let command = delete(open.document().dialog_flow().unwrap(), &[0], &[]);
    open.apply(&command).unwrap();
    assert!(open.graph_version() != moved);
    assert_eq!(open.selection_revision(), selected);
    open.select(Selection::card(1));
    assert_ne!(open.selection_revision(), selected);
}

#[test]
fn moving_is_previewed_undone_and_leaves_the_text_alone() {
    let mut open = open();
    let before = open.scene().cards().to_vec();
    open.select(Selection::card(1));
    let offset = Point::new(40.0, 8.0);
    open.preview_move(offset);
    assert_eq!(open.scene().cards()[1], before[1].moved(offset));
    let command = open.move_command(offset).unwrap();
    assert!(open.apply(&command).unwrap());
    assert_eq!(open.scene().cards()[1], before[1].moved(offset));
    assert!(!open.is_unsaved());
    open.undo();
    assert_eq!(open.scene().cards(), before);
}

#[test]
fn a_broken_off_drag_shows_the_cards_where_they_stand() {
    let mut open = open();
    let before = open.scene().cards().to_vec();
    open.select(Selection::card(1));
    open.preview_move(Point::new(40.0, 8.0));
    open.select(Selection::default());
    open.end_preview();
    assert_eq!(open.scene().cards(), before);
}

#[test]
fn the_selected_transition_stays_selected_when_others_share_its_id() {
    let state = |id: &str, to: &str| {
        format!(
            r#"{{"id":"{id}","transitions":[{{"id":"t1","targetStateId":"{to}","conditions":[]}}]}}"#
        )
    };
    let text = format!(
        r#"{{"botId":"b","flowId":"f","states":[{},{},{}]}}"#,
        state("a", "b"),
        state("b", "c"),
        state("c", "a")
    );
    let document = Document::read(text.into()).unwrap();
    let mut open = OpenDocument::new(document, Positions::new());
    open.select(Selection::wire(0));
    let flow = open.document().state_flow().unwrap();
    let at = crate::command::state::TransitionAt {
        state: 0,
        transition: 0,
    };
    let command = crate::command::state::parts::add_condition(flow, at, "true");
    open.apply(&command).unwrap();
    assert_eq!(open.selection(), &Selection::wire(0));
}

#[test]
fn renaming_keeps_the_place_and_refuses_an_id_that_is_taken() {
    let mut open = open();
    let before = open.scene().cards().to_vec();
    assert_eq!(open.rename_command(1, "c"), None);
    let command = open.rename_command(1, "z").unwrap();
    open.apply(&command).unwrap();
    assert_eq!(open.scene().cards(), before);
    open.undo();
    assert_eq!(open.scene().cards(), before);
}

#[test]
fn all_fixes_of_a_rule_are_one_step() {
    let mut open = open();
    let flow = open.document().dialog_flow().unwrap();
    let text = open
        .document()
        .text()
        .replace("\"target\":\"b\"", "\"target\":\"x\"");
    let text = text.replace("\"target\":\"c\"", "\"target\":\"y\"");
    assert_eq!(flow.edges.len(), 2);
    let document = Document::read(text.as_str().into()).unwrap();
    open = OpenDocument::new(document, Positions::new());
    assert_eq!(open.fix_all("FD103").unwrap(), 2);
    assert_eq!(open.document().dialog_flow().unwrap().edges.len(), 0);
    open.undo();
    assert_eq!(open.document().text(), text);
    assert_eq!(open.fix_all("FD999").unwrap(), 0);
}

#[test]
fn problems_mark_their_cards() {
    let mut open = open();
    assert_eq!(open.card_mark(1), None);
    let command = delete(open.document().dialog_flow().unwrap(), &[], &[1]);
    open.apply(&command).unwrap();
    assert_eq!(open.card_mark(1), Some(Severity::Error));
}
#[test]
fn what_other_documents_say_is_checked_anew() {
    let text = r#"{"dialogId":"d","session":{"a":1},"transition":{"nextStep":"b"}}"#;
    let mut payload = OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new());
    assert_eq!(payload.problems()[0].severity, Severity::Info);
    let flow = open();
    let links = Links {
        flow: flow.document().dialog_flow().map(LinkedFlow::of),
        ..Links::default()
    };
    assert!(payload.set_surroundings(links.clone(), BTreeSet::new()));
    assert!(payload.problems().is_empty());
    assert!(!payload.set_surroundings(links, BTreeSet::new()));
    assert!(payload.set_surroundings(Links::default(), BTreeSet::new()));
    assert_eq!(payload.problems().len(), 1);
}

#[test]
fn a_ghost_shows_what_a_command_would_do_and_changes_nothing() {
    let open = open();
    let text = open.document().text().to_owned();
    let flow = open.document().dialog_flow().unwrap();

    let ghost = open.ghost(&delete(flow, &[1], &[])).unwrap();
    assert_eq!(ghost.removed_cards, [1]);
    assert_eq!(ghost.removed_wires, [0, 1]);
    assert!(ghost.added_cards.is_empty() && ghost.added_wires.is_empty());

    let ghost = open
        .ghost(&set_text("Rename", flow.nodes[1].label.at, "Other"))
        .unwrap();
    assert_eq!(ghost.changed_cards, [1]);
    assert!(ghost.removed_wires.is_empty() && ghost.added_wires.is_empty());

    let ghost = open
        .ghost(&set_text("Retarget", flow.edges[0].target.at, "c"))
        .unwrap();
    assert_eq!(ghost.removed_wires, [0]);
    assert_eq!(ghost.added_wires.len(), 1);
    assert!(ghost.bounds(open.scene()).is_some());

    let (command, _) = open
        .add_card_command(
            NewCard::Node(crate::document::NodeKind::Action),
            Point::new(900.0, 0.0),
            Joins::After(0),
        )
        .unwrap();
    let ghost = open.ghost(&command).unwrap();
    assert_eq!((ghost.added_cards.len(), ghost.added_wires.len()), (1, 1));
    assert_eq!(ghost.added_cards[0].min, Point::new(900.0, 0.0));

    let same = open.ghost(&set_text("Rename", flow.name.at, "G")).unwrap();
    assert!(same.is_empty());
    assert_eq!(open.document().text(), text);
}

#[test]
fn remarks_mark_their_cards_and_wires_until_the_text_changes() {
    use crate::diagram::Owner;
    let mut open = open();
    let tree = open.document().tree();
    let at = |pointer: &str| tree.at_pointer(pointer).unwrap();
    let remark = |pointer: &str, message: &str| super::Remark {
        at: at(pointer),
        message: message.to_owned(),
    };
    let remarks = vec![
        remark("/edges/0/target", "The tenant refuses the edge."),
        remark("/nodes/1/label", "The tenant refuses the label."),
        remark("/nodes/1", "And the node."),
    ];
    let marks_before: Vec<_> = (0..3).map(|card| open.card_mark(card)).collect();
    open.set_remarks(remarks);
    assert_eq!(open.card_mark(1), Some(Severity::Error));
    assert_eq!(open.card_mark(0), marks_before[0]);
    assert_eq!(open.wire_mark(0), Some(Severity::Error));
    let on = |open: &OpenDocument, owner| {
        let found = open.remarks_on(owner).map(str::to_owned);
        found.collect::<Vec<_>>()
    };
    assert_eq!(
        on(&open, Owner::Card(1)),
        ["And the node.", "The tenant refuses the label."]
    );
    assert_eq!(on(&open, Owner::Wire(0)), ["The tenant refuses the edge."]);
    // What is not an edit of the text, or no edit at all, leaves them.
    open.change_settings(|_| {});
    assert_eq!(open.remarks().len(), 3);
    let flow = open.document().dialog_flow().unwrap();
    let label = flow.nodes[1].label.at;
    let command = crate::command::dialog::set_text("Rename", label, "Other");
    open.apply(&command).unwrap();
    assert!(open.remarks().is_empty());
    let marks_now: Vec<_> = (0..3).map(|card| open.card_mark(card)).collect();
    assert_eq!(marks_now, marks_before);
    // Taking the edit back does not bring them back: nobody has asked again.
    open.undo();
    assert!(open.remarks().is_empty());
}
