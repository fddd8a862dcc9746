//! Following an edit comes out as reading, drawing and checking everything anew: random flows under
//! random edits, half of which put any value in the place of any other.

// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "support/flows.rs"]
mod flows;
#[path = "support/json.rs"]
mod json;

use std::collections::BTreeMap;

use compact_str::CompactString;
use flow::command::{Change, Command};
use flow::diagram::Owner;
use flow::document::Document;
use flow::geometry::Point;
use flow::json::{NewValue, Span, ValueId};
use flow::layout::CARD_GAP;
use flow::open_document::{OpenDocument, Selection};
use flow::session::Positions;
use flows::Action;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Something that happens to an open flow.
#[derive(Clone, Debug)]
enum Event {
    Action(Action),
    /// Any value in the place of any other.
    Replace(Index, NewValue),
    /// Any bytes within a value, as the source pane and the fields for code do it.
    Within(Index, Index, u8, &'static str),
    /// Cards shown elsewhere while they are dragged.
    Preview(Index, bool),
}

fn event() -> impl Strategy<Value = Event> {
    let literal = |text: &str| NewValue::Literal(text.to_owned());
    let words = vec![
        "n0",
        "n1",
        "n2",
        "e1",
        "start",
        "end",
        "intent",
        "action",
        "",
        "x > 1",
        "$context.a",
    ];
    let value = prop_oneof![
        8 => select(words).prop_map(NewValue::from),
        4 => flows::plain().prop_map(NewValue::Text),
        1 => select(vec!["null", "true", "12.5", "-0", "[]", "{}"]).prop_map(literal),
    ];
    let spelling = select(vec![
        "", "1", "x", "é", "\\n", "\"", "\"\"", "null", ",", " ",
    ]);
    prop_oneof![
        4 => flows::edit().prop_map(Event::Action),
        1 => Just(Event::Action(Action::Undo)),
        1 => Just(Event::Action(Action::Redo)),
        6 => (any::<Index>(), value).prop_map(|(at, value)| Event::Replace(at, value)),
        3 => (any::<Index>(), any::<Index>(), 0..3_u8, spelling)
            .prop_map(|(at, start, length, text)| Event::Within(at, start, length, text)),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(card, ends)| Event::Preview(card, ends)),
    ]
}

/// A value that is no key.
fn value_at(document: &Document, index: Index) -> ValueId {
    let tree = document.tree();
    let mut values = vec![tree.root().id()];
    for value in tree.values() {
        values.extend(value.members().map(|(_, value)| value.id()));
        values.extend(value.elements().map(flow::json::ValueRef::id));
    }
    values.sort_unstable();
    values[index.index(values.len())]
}

fn happen(open: &mut OpenDocument, event: &Event) {
    let document = open.document();
    let command = match event {
        Event::Action(Action::Undo) => {
            open.undo();
            return;
        }
        Event::Action(Action::Redo) => {
            open.redo();
            return;
        }
        Event::Action(action) => flows::command(document, action),
        Event::Replace(at, value) => {
            let at = value_at(document, *at);
            let value = value.clone();
            Some(Command::one("Replace", Change::Replace { at, value }))
        }
        Event::Within(at, start, length, text) => {
            let all = document.text();
            let span = document.tree().value(value_at(document, *at)).span();
            let boundary = |at: u32| {
                (at..at + 4)
                    .find(|&at| all.is_char_boundary(at as usize))
                    .unwrap()
            };
            let width = (span.end - span.start) as usize;
            let start = boundary(span.start + u32::try_from(start.index(width + 1)).unwrap());
            let end = boundary((start + u32::from(*length)).min(span.end).max(start));
            let (span, text) = (Span::new(start, end), (*text).to_owned());
            Some(Command::one("Within", Change::ReplaceText { span, text }))
        }
        Event::Preview(card, ends) => {
            let count = open.diagram().cards.len();
            if count > 0 {
                let card = u32::try_from(card.index(count)).unwrap();
                open.select(Selection::of(Owner::Card(card)));
                open.preview_move(Point::new(30.0, -70.0));
                if *ends {
                    open.end_preview();
                }
            }
            return;
        }
    };
    if let Some(command) = command {
        let before = open.document().text().to_owned();
        if open.apply(&command).is_err() {
            assert_eq!(
                open.document().text(),
                before,
                "what is refused changes nothing"
            );
        }
    }
}

/// Where every card stands, by id and which of that id it is.
fn places(open: &OpenDocument) -> BTreeMap<(CompactString, u32), Point> {
    let cards = open.diagram().cards.iter().zip(open.scene().cards());
    cards
        .map(|(card, rect)| ((card.id.clone(), card.occurrence), rect.min))
        .collect()
}

/// What comes of reading the text again, with every card where it is.
fn anew(open: &OpenDocument) -> OpenDocument {
    let document = Document::read(open.document().text().into()).unwrap();
    let mut positions = Positions::new();
    for (card, rect) in open.diagram().cards.iter().zip(open.scene().cards()) {
        if card.occurrence == 0 {
            positions.insert(card.id.clone(), rect.min);
        }
    }
    OpenDocument::new(document, positions)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn following_is_the_same_as_opening_anew(
        document in flows::flow(),
        layout in json::layout(),
        events in proptest::collection::vec(event(), 1..30),
    ) {
        let text = json::write(&document, layout);
        let document = Document::read(text.as_str().into()).unwrap();
        let mut open = OpenDocument::new(document, Positions::new());
        for event in &events {
            let before = (open.session().text_revision(), places(&open));
            happen(&mut open, event);
            let is_edited = open.session().text_revision() != before.0;
            let fresh = anew(&open);
            prop_assert_eq!(
                format!("{:?}", open.document().tree()),
                format!("{:?}", fresh.document().tree())
            );
            prop_assert_eq!(
                format!("{:?}", open.document().view()),
                format!("{:?}", fresh.document().view())
            );
            prop_assert_eq!(open.document().lines(), fresh.document().lines());
            prop_assert_eq!(
                format!("{:?}", open.diagram()),
                format!("{:?}", fresh.diagram())
            );
            prop_assert_eq!(
                format!("{:?}", open.problems()),
                format!("{:?}", fresh.problems())
            );
            for index in 0..100 {
                prop_assert_eq!(open.card_mark(index), fresh.card_mark(index));
                prop_assert_eq!(open.wire_mark(index), fresh.wire_mark(index));
            }
            for (link, wire) in open.diagram().wires.iter().zip(0..) {
                prop_assert_eq!(open.diagram().wire_of(link.of), Some(wire));
            }
            prop_assert_eq!(open.is_unsaved(), open.document().text() != text);
            prop_assert_eq!(open.scene().ends(), fresh.scene().ends());
            let is_unique = open.diagram().cards.iter().all(|card| card.occurrence == 0);
            if is_edited && is_unique {
                prop_assert_eq!(open.scene().wires(), fresh.scene().wires());
                prop_assert!(open.scene().is_settled());
            }
            if is_edited {
                let (by_hand, now) = (open.session().positions(), places(&open));
                for card in &open.diagram().cards {
                    let name = (card.id.clone(), card.occurrence);
                    let shift = f64::from(card.occurrence) * CARD_GAP;
                    let given = by_hand.get(&card.id).copied().or(card.position);
                    if let Some(given) = given {
                        prop_assert_eq!(now[&name], given + Point::new(shift, shift));
                    }
                }
            }
        }
    }
}
