//! Copying and pasting pieces of flows: ids, edges and places come along, nothing dangles, and undo
//! leads back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/flows.rs"]
mod flows;
#[path = "support/json.rs"]
mod json;
#[path = "support/opened.rs"]
mod opened;

use std::collections::BTreeSet;

use flow::fragment::{Fragment, NotPasted, Placing, copy};
use flow::geometry::Point;
use flow::open_document::OpenDocument;
use proptest::prelude::*;
use proptest::sample::Index;

use opened::{choose, dangling, open};

const DIALOG: &str = r#"{
  "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "ask", "type": "action", "label": "Ask \u00e9", "properties": { "say": "Hi", "position": { "x": 1.0, "y": 2 }, "n": 1e3 } },
    { "id": "bye", "type": "end", "label": "Bye" }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "ask" },
    { "id": "e2", "source": "ask", "target": "bye", "condition": "a > 1" }
  ]
}
"#;

const STATES: &str = r#"{ "botId": "b", "flowId": "f", "states": [
  { "id": "a", "transitions": [ { "id": "t1", "targetStateId": "b" }, { "id": "t2", "targetStateId": "c", "x": 1 } ] },
  { "id": "b", "transitions": [ { "id": "t1", "targetStateId": "a" } ] },
  { "id": "c", "final": true, "transitions": [] }
] }
"#;

fn fragment(open: &mut OpenDocument, cards: &[u32]) -> Fragment {
    choose(open, cards.iter().copied());
    Fragment::read(&copy(open).unwrap()).unwrap().unwrap()
}

#[test]
fn a_piece_comes_with_its_edges_under_free_ids_in_its_spelling() {
    let mut open = open(DIALOG);
    let fragment = fragment(&mut open, &[1, 2]);
    let pasted = fragment
        .paste(&open, Placing::Middle(Point::new(1000.0, 500.0)), "Paste")
        .unwrap();
    assert_eq!(pasted.command.label, "Paste 2 nodes");
    assert!(open.apply(&pasted.command).unwrap());
    let text = open.document().text();
    assert!(
        text.starts_with(&DIALOG[..DIALOG.find("  ],").unwrap() - 1]),
        "{text}"
    );
    for part in [
        r#""id": "ask_2", "type": "action", "label": "Ask \u00e9""#,
        r#""n": 1e3"#,
        r#""source": "ask_2", "target": "bye_2", "condition": "a > 1""#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(open.diagram().wires.len(), 3);
    let middle = [3, 4].map(|card| open.scene().cards()[card]);
    let middle = middle[0].union(middle[1]).center();
    assert!(middle.distance(Point::new(1000.0, 500.0)) < 4.0);
    // The file places this node, so it says where the copy is.
    let flow = open.document().dialog_flow().unwrap();
    let position = flow.nodes[3].properties.position.unwrap();
    assert_eq!(position, open.scene().cards()[3].min);
    open.undo();
    assert_eq!(open.document().text(), DIALOG);
    assert!(open.session().positions().is_empty());
}

#[test]
fn ids_that_are_free_in_the_other_document_stay() {
    let mut from = open(DIALOG);
    let fragment = fragment(&mut from, &[1, 2]);
    let other = r#"{"id":"g","name":"G","version":"1.0.0","entryPoint":"bye","nodes":[{"id":"bye","type":"start","label":"S"}],"edges":[]}"#;
    let mut to = open(other);
    let pasted = fragment.paste(&to, Placing::Beside, "Paste").unwrap();
    to.apply(&pasted.command).unwrap();
    let ids: Vec<_> = to
        .diagram()
        .cards
        .iter()
        .map(|card| card.id.as_str())
        .collect();
    assert_eq!(ids, ["bye", "ask", "bye_2"]);
    assert!(
        to.document()
            .text()
            .contains(r#""source":"ask","target":"bye_2""#)
    );
}

#[test]
fn copies_of_copies_are_numbered_on_and_stand_apart() {
    let mut open = open(DIALOG);
    let fragment = fragment(&mut open, &[1]);
    for _ in 0..3 {
        let pasted = fragment.paste(&open, Placing::Beside, "Paste").unwrap();
        open.apply(&pasted.command).unwrap();
    }
    let last = Fragment::read(&{
        choose(&mut open, [5]);
        copy(&open).unwrap()
    });
    let pasted = last
        .unwrap()
        .unwrap()
        .paste(&open, Placing::Beside, "Paste")
        .unwrap();
    open.apply(&pasted.command).unwrap();
    let ids: Vec<_> = open
        .diagram()
        .cards
        .iter()
        .map(|card| card.id.as_str())
        .collect();
    assert_eq!(ids[3..], ["ask_2", "ask_3", "ask_4", "ask_5"]);
    let corners: BTreeSet<_> = (open.scene().cards().iter())
        .map(|rect| (rect.min.x.to_bits(), rect.min.y.to_bits()))
        .collect();
    assert_eq!(corners.len(), 7);
}

#[test]
fn transitions_that_would_lead_nowhere_are_left_out_and_said() {
    let mut from = open(STATES);
    let fragment = fragment(&mut from, &[0]);
    // Within the same flow the other states are there.
    let pasted = fragment.paste(&from, Placing::Beside, "Paste").unwrap();
    assert!(pasted.left_out.is_empty());
    let mut to = open(r#"{"botId":"b","flowId":"g","states":[{"id":"b","transitions":[]}]}"#);
    let pasted = fragment.paste(&to, Placing::Beside, "Paste").unwrap();
    assert_eq!(pasted.left_out.len(), 1);
    assert!(
        pasted.left_out[0].contains("\"c\""),
        "{:?}",
        pasted.left_out
    );
    to.apply(&pasted.command).unwrap();
    let targets: Vec<_> = to.document().state_flow().unwrap().states[1]
        .transitions
        .iter()
        .map(|transition| transition.target.text.as_str())
        .collect();
    assert_eq!(targets, ["b"]);
}

#[test]
fn states_lead_to_each_other_under_their_new_ids() {
    let mut open = open(STATES);
    let fragment = fragment(&mut open, &[0, 1]);
    let pasted = fragment.paste(&open, Placing::Beside, "Paste").unwrap();
    open.apply(&pasted.command).unwrap();
    let states = &open.document().state_flow().unwrap().states;
    let targets: Vec<_> = states[3..]
        .iter()
        .flat_map(|state| &state.transitions)
        .map(|transition| transition.target.text.as_str())
        .collect();
    assert_eq!(targets, ["b_2", "c", "a_2"]);
    open.undo();
    assert_eq!(open.document().text(), STATES);
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let mut dialog = open(DIALOG);
    let mut states = open(STATES);
    let nodes = fragment(&mut dialog, &[0]);
    let some = fragment(&mut states, &[0]);
    let refused = |result: Result<_, NotPasted>| result.err().unwrap().to_string();
    assert!(
        refused(nodes.paste(&states, Placing::Beside, "Paste").map(drop)).contains("state flow")
    );
    assert!(
        refused(some.paste(&dialog, Placing::Beside, "Paste").map(drop)).contains("dialog flow")
    );
    let payload = open(r#"{"conversationId":"c","variables":{}}"#);
    assert!(
        refused(nodes.paste(&payload, Placing::Beside, "Paste").map(drop)).contains("Show a flow")
    );
    let one = open(r#"{"id":"a","etag":"1","transitions":[]}"#);
    assert!(refused(some.paste(&one, Placing::Beside, "Paste").map(drop)).contains("one state"));
}

#[test]
fn what_is_no_fragment_is_told_apart_from_a_broken_one() {
    for text in [
        "",
        "fragment",
        "{",
        DIALOG,
        r#"{"flowdeck":1,"documents":[],"name":"fragment"}"#,
    ] {
        assert!(Fragment::read(text).is_none(), "{text}");
    }
    for (text, said) in [
        (r#"{"flowdeck":"fragment"}"#, "neither"),
        (r#"{"flowdeck":"fragment","nodes":[]}"#, "empty"),
        (
            r#"{"flowdeck":"fragment","nodes":[{"id":"a"},{"type":"end"}]}"#,
            "number 2",
        ),
    ] {
        let error = Fragment::read(text).unwrap().err().unwrap().to_string();
        assert!(
            error.contains(said) && error.contains("Nothing was pasted"),
            "{error}"
        );
    }
    // What is not a node at all is stopped where every change is.
    let text = r#"{"flowdeck":"fragment","nodes":[{"id":"a"}]}"#;
    let fragment = Fragment::read(text).unwrap().unwrap();
    let mut open = open(DIALOG);
    let pasted = fragment.paste(&open, Placing::Beside, "Paste").unwrap();
    assert!(open.apply(&pasted.command).is_err());
    assert_eq!(open.document().text(), DIALOG);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_paste_adds_what_was_copied_and_undo_leads_back(
        from in flows::flow(),
        to in flows::flow(),
        layout in json::layout(),
        chosen in proptest::collection::vec(any::<Index>(), 1..6),
        same in any::<bool>(),
    ) {
        let mut source = open(&json::write(&from, layout));
        let count = source.diagram().cards.len();
        prop_assume!(count > 0);
        let cards: BTreeSet<u32> = chosen.iter().map(|index| u32::try_from(index.index(count)).unwrap()).collect();
        choose(&mut source, cards.iter().copied());
        let inside = (source.diagram().wires.iter())
            .filter(|link| cards.contains(&link.ends.source) && cards.contains(&link.ends.target))
            .count();
        let fragment = Fragment::read(&copy(&source).unwrap()).unwrap().unwrap();
        let mut target = if same { source } else { open(&json::write(&to, layout)) };
        let before = (target.document().text().to_owned(), target.session().positions().clone());
        let (old_cards, old_wires) = (target.diagram().cards.len(), target.diagram().wires.len());
        let loose = dangling(target.document());
        let pasted = fragment.paste(&target, Placing::Middle(Point::new(40.0, 80.0)), "Paste").unwrap();
        prop_assert!(target.apply(&pasted.command).unwrap());
        prop_assert_eq!(target.diagram().cards.len(), old_cards + cards.len());
        let ids: BTreeSet<_> = target.diagram().cards[old_cards..].iter().map(|card| card.id.clone()).collect();
        prop_assert_eq!(ids.len(), cards.len(), "every copy has an id of its own");
        for card in &target.diagram().cards[..old_cards] {
            prop_assert!(!ids.contains(&card.id));
        }
        // What dangled before may be found now; nothing else dangles.
        for (id, count) in dangling(target.document()) {
            prop_assert!(loose.get(&id).is_some_and(|before| *before >= count), "{id}");
        }
        let own = (target.diagram().wires.iter())
            .filter(|link| link.ends.source as usize >= old_cards && link.ends.target as usize >= old_cards)
            .count();
        prop_assert!(own >= inside, "{own} of {inside} edges among {old_wires}");
        target.undo();
        prop_assert_eq!((target.document().text().to_owned(), target.session().positions().clone()), before);
    }
}
