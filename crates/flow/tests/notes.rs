//! Notes are selected, moved, copied and deleted with whatever else is, as one step; groups are copied
//! with their cards. Nothing of it touches the text of a flow more than the cards do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/opened.rs"]
mod opened;

use flow::annotations::LEAST_NOTE;
use flow::fragment::{Fragment, NotPasted, Placing, copy};
use flow::geometry::{Point, Rect};
use flow::open_document::{OpenDocument, Selection, Snap};

use opened::{choose, open, run};

const FLOW: &str = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
"nodes":[{"id":"a","type":"start","label":"A"},{"id":"b","type":"action","label":"B"},{"id":"c","type":"end","label":"C"}],
"edges":[{"id":"e1","source":"a","target":"b"},{"id":"e2","source":"b","target":"c"}]}
"#;

const STATES: &str = r#"{"botId":"b","flowId":"f","states":[{"id":"a","transitions":[]}]}"#;

/// Adds a note that says `text` with its middle at a point; its id.
fn note(open: &mut OpenDocument, text: &str, middle: Point) -> String {
    let area = open.new_note_area(middle);
    let (command, id) = open.add_note_command(area, text).unwrap();
    run(open, Some(command));
    id.to_string()
}

/// A flow with two notes far below its cards.
fn noted() -> OpenDocument {
    let mut open = open(FLOW);
    note(&mut open, "One", Point::new(104.0, 1_048.0));
    note(&mut open, "Two", Point::new(504.0, 1_048.0));
    open
}

fn texts(open: &OpenDocument) -> Vec<&str> {
    let notes = open.annotations().notes.values();
    notes.map(|note| note.text.as_str()).collect()
}

fn area(open: &OpenDocument, id: &str) -> Rect {
    open.annotations().notes[id].area
}

/// What is selected as a fragment.
fn fragment(open: &OpenDocument) -> Fragment {
    Fragment::read(&copy(open).unwrap()).unwrap().unwrap()
}

#[test]
fn a_note_is_added_with_its_words_or_not_at_all() {
    let mut open = open(FLOW);
    let place = open.new_note_area(Point::new(104.0, 48.0));
    assert!(open.add_note_command(place, " \n ").is_none());
    assert!(open.session().undo_label().is_none());
    let (command, id) = open.add_note_command(place, "Later").unwrap();
    run(&mut open, Some(command));
    assert_eq!(area(&open, &id), Rect::at(Point::default(), 208.0, 96.0));
    assert_eq!(open.undo().as_deref(), Some("Add note"));
    assert!(open.annotations().is_empty() && open.undo().is_none());
}

#[test]
fn a_note_is_written_and_resized() {
    let mut open = noted();
    let command = open.write_note_command("n1", "Later");
    run(&mut open, command);
    let command = open.resize_note_command(0, Point::new(-500.0, 20.0));
    run(&mut open, command);
    assert_eq!(texts(&open), ["Later", "Two"]);
    let resized = area(&open, "n1");
    assert_eq!((resized.width(), resized.height()), (LEAST_NOTE.0, 116.0));
    assert!(open.resize_note_command(2, Point::default()).is_none());
    open.undo();
    open.undo();
    assert_eq!(texts(&open), ["One", "Two"]);
}

#[test]
fn notes_move_with_cards_as_one_step_and_are_shown_on_the_way() {
    let mut open = noted();
    let selection = Selection {
        cards: [1].into(),
        notes: ["n2".into()].into(),
        ..Selection::default()
    };
    assert!(selection.is_movable() && selection.single().is_none() && selection.len() == 2);
    open.select(selection);
    let (card, before) = (open.scene().cards()[1], area(&open, "n2"));
    let by = open.snap(Point::new(401.0, -7.0), Snap::Free).by;
    open.preview_move(by);
    assert_eq!(open.note_area("n2"), Some(before.moved(by)));
    assert_eq!(open.note_area("n1"), Some(area(&open, "n1")));
    assert_eq!(open.notes_in(before.moved(by)).count(), 1);
    open.end_preview();
    assert_eq!(open.note_area("n2"), Some(before));
    let command = open.move_command(by);
    run(&mut open, command);
    assert_eq!(open.session().undo_label(), Some("Move node and note"));
    assert_eq!(area(&open, "n2"), before.moved(by));
    assert_eq!(open.scene().cards()[1], card.moved(by));
    open.undo();
    assert_eq!(area(&open, "n2"), before);
    assert_eq!(open.scene().cards()[1], card);
    // Alone it moves as well, and is aligned with cards as they are with each other.
    open.select(Selection::note("n2"));
    let off = open.scene().cards()[0].min.x - before.min.x;
    let snapped = open.snap(Point::new(off + 3.0, -1_000.0), Snap::Within(6.0));
    assert!((snapped.by.x - off).abs() < 1e-9 && !snapped.guides.is_empty());
    let command = open.move_command(Point::new(4.0, 0.0));
    run(&mut open, command);
    assert_eq!(open.session().undo_label(), Some("Move note"));
}

#[test]
fn notes_are_deleted_with_cards_and_come_back_selected() {
    let mut open = noted();
    open.select(Selection {
        cards: [1].into(),
        notes: ["n1".into(), "n2".into()].into(),
        ..Selection::default()
    });
    let command = open.delete_command();
    run(&mut open, command);
    assert_eq!(open.session().undo_label(), Some("Delete node and 2 notes"));
    assert!(open.selection().is_empty() && open.annotations().is_empty());
    assert_eq!(open.diagram().cards.len(), 2);
    open.undo();
    assert_eq!(open.selection().cards.len(), 1);
    assert_eq!(open.selection().notes.len(), 2);
    let healed = open.heal_command().unwrap();
    run(&mut open, Some(healed.command));
    assert!(open.annotations().is_empty());
    assert_eq!(open.diagram().wires.len(), 1);
    open.undo();
    open.select(Selection::note("n2"));
    let command = open.delete_command();
    run(&mut open, command);
    assert_eq!(open.session().undo_label(), Some("Delete note"));
    assert_eq!(texts(&open), ["One"]);
    // What is gone is not selected any more, however it went.
    open.select(Selection::note("n1"));
    open.undo();
    open.undo();
    open.undo();
    assert!(open.annotations().is_empty() && open.selection().is_empty());
    assert_eq!(open.document().text(), FLOW);
}

#[test]
fn notes_are_copied_with_cards_and_alone_into_any_flow() {
    let mut from = noted();
    from.select(Selection {
        cards: [0, 1].into(),
        notes: ["n1".into()].into(),
        ..Selection::default()
    });
    let piece = fragment(&from);
    assert_eq!(piece.words(), "2 nodes and note");
    let pasted = piece.paste(&from, Placing::Beside, "Paste").unwrap();
    run(&mut from, Some(pasted.command));
    assert_eq!(from.session().undo_label(), Some("Paste 2 nodes and note"));
    assert_eq!(pasted.notes, ["n3"]);
    let by = from.scene().cards()[3].min - from.scene().cards()[0].min;
    assert_eq!(area(&from, "n3"), area(&from, "n1").moved(by));
    assert_eq!(texts(&from), ["One", "Two", "One"]);
    from.undo();
    assert_eq!(texts(&from), ["One", "Two"]);
    assert_eq!(from.document().text(), FLOW);

    from.select(Selection::note("n2"));
    let alone = fragment(&from);
    assert!(alone.is_empty() && alone.words() == "note");
    let mut states = open(STATES);
    for count in 1..=3 {
        let pasted = alone.paste(&states, Placing::Beside, "Paste").unwrap();
        run(&mut states, Some(pasted.command));
        assert_eq!(states.annotations().notes.len(), count);
    }
    let corners: Vec<_> = (1..=3)
        .map(|n| area(&states, &format!("n{n}")).min)
        .collect();
    assert!(corners[0] != corners[1] && corners[1] != corners[2]);
    assert_eq!(states.document().text(), STATES);
    let middle = Point::new(400.0, 400.0);
    let pasted = alone
        .paste(&states, Placing::Middle(middle), "Paste")
        .unwrap();
    run(&mut states, Some(pasted.command));
    assert!(area(&states, "n4").center().distance(middle) < 4.0);
    // With a node among them they stay with their kind.
    let refused = piece.paste(&states, Placing::Beside, "Paste").unwrap_err();
    assert!(matches!(refused, NotPasted::OtherKind(_)));
}

#[test]
fn a_group_is_copied_with_its_cards_when_all_of_them_are() {
    let mut open = open(FLOW);
    choose(&mut open, [1, 2]);
    let command = open.group_command();
    run(&mut open, command);
    let command = open.rename_group_command("g1", "Ask");
    run(&mut open, command);
    let pasted = fragment(&open).paste(&open, Placing::Same, "Duplicate");
    run(&mut open, Some(pasted.unwrap().command));
    let frames = open.frames();
    let cards: Vec<_> = frames.iter().map(|frame| frame.cards.clone()).collect();
    assert_eq!(cards, [vec![1, 2], vec![3, 4]]);
    assert!(frames.iter().all(|frame| frame.label == "Ask"));
    open.undo();
    assert_eq!(open.frames().len(), 1);
    choose(&mut open, [2]);
    let pasted = fragment(&open).paste(&open, Placing::Same, "Duplicate");
    run(&mut open, Some(pasted.unwrap().command));
    assert_eq!(open.frames().len(), 1);
}

#[test]
fn what_somebody_else_wrote_into_a_fragment_is_taken_as_far_as_it_makes_sense() {
    let text = r#"{"flowdeck":"fragment","corners":[[0,0]],
"nodes":[{"id":"x","type":"action","label":"X"}],"edges":[],
"groups":[{"id":"g","label":"G","members":["x","elsewhere"]},{"id":"h","label":"H","members":["elsewhere"]},{"label":1}],
"notes":[{"id":"n","text":"Tiny","area":[0,0,1,-5]},{"id":"m","text":"Nowhere","area":[1,2,3]},7]}"#;
    let mut open = open(FLOW);
    let pasted = Fragment::read(text).unwrap().unwrap();
    let pasted = pasted.paste(&open, Placing::Beside, "Paste").unwrap();
    run(&mut open, Some(pasted.command));
    assert_eq!(open.annotations().groups.len(), 1);
    assert_eq!(open.frames()[0].cards, [3]);
    assert_eq!(texts(&open), ["Tiny"]);
    let tiny = area(&open, "n1");
    assert_eq!((tiny.width(), tiny.height()), LEAST_NOTE);
    let empty = r#"{"flowdeck":"fragment","nodes":[],"notes":[{"text":"no area"}]}"#;
    assert!(Fragment::read(empty).unwrap().is_err());
}
