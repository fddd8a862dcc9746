//! Edges that are led elsewhere: reconnected, led through a card that is put in, and led past cards
//! that are deleted. Nothing dangles, conditions and order stay, and undo leads back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/flows.rs"]
mod flows;
#[path = "support/json.rs"]
mod json;
#[path = "support/opened.rs"]
mod opened;

use std::collections::BTreeSet;

use flow::diagram::Owner;
use flow::document::NodeKind;
use flow::geometry::Point;
use flow::interaction::{End, Loose};
use flow::open_document::{Joins, NewCard, OpenDocument, Selection};
use proptest::prelude::*;
use proptest::sample::Index;

use opened::{choose, dangling, open};

const DIALOG: &str = r#"{
  "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start" },
    { "id": "ask", "type": "condition", "label": "Ask" },
    { "id": "say", "type": "action", "label": "Say" },
    { "id": "bye", "type": "end", "label": "Bye" },
    { "id": "lone", "type": "action", "label": "Lone" }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "ask" },
    { "id": "e2", "source": "ask", "target": "say", "condition": "a > 1" },
    { "id": "e3", "source": "ask", "target": "bye", "condition": null },
    { "id": "e4", "source": "say", "target": "bye" }
  ]
}
"#;

const STATES: &str = r#"{ "botId": "b", "flowId": "f", "initialStateId": "a", "states": [
  { "id": "a", "transitions": [ { "id": "t1", "targetStateId": "b", "conditions": [{ "value": "x" }], "actions": [] } ] },
  { "id": "b", "transitions": [ { "id": "t1", "targetStateId": "c" } ] },
  { "id": "c", "final": true, "transitions": [] },
  { "id": "d", "transitions": [] }
] }
"#;

/// Every connection as "source>target", with its condition.
fn links(open: &OpenDocument) -> Vec<String> {
    let cards = &open.diagram().cards;
    let name = |card: u32| cards[card as usize].id.as_str();
    open.diagram()
        .wires
        .iter()
        .map(|link| {
            let ends = format!("{}>{}", name(link.ends.source), name(link.ends.target));
            if link.label.is_empty() {
                ends
            } else {
                format!("{ends} if {}", link.label)
            }
        })
        .collect()
}

/// Deletes cards and joins; what is left, and what was said.
fn healed(text: &str, cards: &[u32]) -> (Vec<String>, Vec<String>) {
    let mut open = open(text);
    choose(&mut open, cards.iter().copied());
    let healed = open.heal_command().unwrap();
    assert!(open.apply(&healed.command).unwrap());
    let left = links(&open);
    assert!(open.undo().unwrap().starts_with("Delete and join"));
    assert_eq!(open.document().text(), text);
    (left, healed.not_joined)
}

#[test]
fn the_neighbours_of_a_deleted_node_are_joined_under_the_condition_that_led_in() {
    let (left, said) = healed(DIALOG, &[2]);
    assert_eq!(left, ["start>ask", "ask>bye if a > 1", "ask>bye"]);
    assert!(said.is_empty());
}

#[test]
fn a_node_that_branches_is_passed_by_its_default() {
    assert_eq!(healed(DIALOG, &[1]).0, ["start>bye", "say>bye"]);
    let text = DIALOG.replace("\"condition\": null", "\"condition\": \"b\"");
    let (left, said) = healed(&text, &[1]);
    assert_eq!(left, ["say>bye"]);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].contains("\"Start\"") && said[0].contains("branched"),
        "{said:?}"
    );
}

#[test]
fn a_row_of_deleted_nodes_is_passed_as_a_whole_and_an_end_by_nothing() {
    assert_eq!(healed(DIALOG, &[1, 2]).0, ["start>bye"]);
    let (left, said) = healed(DIALOG, &[3]);
    assert_eq!(left, ["start>ask", "ask>say if a > 1"]);
    assert_eq!(said.len(), 2);
    let round = DIALOG.replace(
        "\"say\", \"target\": \"bye\"",
        "\"say\", \"target\": \"ask\"",
    );
    let round = round.replace(
        "\"target\": \"bye\", \"condition\": null",
        "\"target\": \"say\"",
    );
    let (left, said) = healed(&round, &[1, 2]);
    assert!(left.is_empty());
    assert!(said[0].contains("only led back"), "{said:?}");
}

#[test]
fn a_join_that_can_never_be_right_is_left_out_and_said() {
    // Start leads to Bye under no condition already.
    let text = DIALOG.replace(
        "{ \"id\": \"e1\",",
        "{ \"id\": \"e0\", \"source\": \"start\", \"target\": \"bye\" },\n    { \"id\": \"e1\",",
    );
    let (left, said) = healed(&text, &[1]);
    assert_eq!(left, ["start>bye", "say>bye"]);
    assert!(said[0].contains("already leads"), "{said:?}");
}

#[test]
fn states_are_joined_and_the_start_moves_on() {
    assert_eq!(healed(STATES, &[1]).0, ["a>c if x"]);
    let mut open = open(STATES);
    choose(&mut open, [0]);
    let healed = open.heal_command().unwrap();
    open.apply(&healed.command).unwrap();
    let flow = open.document().state_flow().unwrap();
    assert_eq!(flow.initial_state.as_ref().unwrap().text, "b");
}

#[test]
fn without_cards_it_is_a_plain_deletion() {
    let mut open = open(DIALOG);
    open.select(Selection::of(Owner::Wire(0)));
    let healed = open.heal_command().unwrap();
    assert_eq!(healed.command.label, "Delete edge");
    open.select(Selection::default());
    assert!(open.heal_command().is_none());
}

#[test]
fn a_wire_is_led_to_another_card_with_all_it_has() {
    let mut open = open(DIALOG);
    let command = open.reconnect_command(1, End::Target, 4).unwrap();
    open.apply(&command).unwrap();
    assert_eq!(links(&open)[1], "ask>lone if a > 1");
    let command = open.reconnect_command(1, End::Source, 2).unwrap();
    open.apply(&command).unwrap();
    assert_eq!(links(&open)[1], "say>lone if a > 1");
    let changed: Vec<_> = (open.document().text().lines().zip(DIALOG.lines()))
        .filter(|(new, old)| new != old)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
}

#[test]
fn reconnecting_is_refused_with_a_reason() {
    let open = open(DIALOG);
    let refused = |wire, end, card| open.loose_refusal(Loose::Wire { wire, end }, card);
    assert!(refused(1, End::Target, 0).unwrap().contains("starts"));
    assert!(refused(3, End::Source, 3).unwrap().contains("ends"));
    assert_eq!(refused(1, End::Target, 4), None);
    // The edge itself is no reason against itself.
    assert_eq!(refused(1, End::Target, 2), None);
}

#[test]
fn a_transition_moves_to_another_state_as_it_is() {
    let mut open = open(STATES);
    let command = open.reconnect_command(0, End::Source, 1).unwrap();
    open.apply(&command).unwrap();
    let state = &open.document().state_flow().unwrap().states[1];
    let ids: Vec<_> = state
        .transitions
        .iter()
        .map(|it| it.id.text.as_str())
        .collect();
    assert_eq!(ids, ["t1", "t2"]);
    assert_eq!(links(&open), ["b>c", "b>b if x"]);
    open.undo();
    assert_eq!(open.document().text(), STATES);
    let same = open.reconnect_command(0, End::Source, 0).unwrap();
    assert!(!open.apply(&same).unwrap());
}

#[test]
fn a_card_without_connections_is_put_into_a_wire() {
    let mut open = open(DIALOG);
    choose(&mut open, [4]);
    let wire = open.scene().wires()[1].clone();
    let corner = open.scene().cards()[4];
    let by = wire.label_at() - corner.center();
    assert_eq!(open.wire_for_dragged(by, 10.0), Some(1));
    let command = open.insert_command(1, by).unwrap();
    open.apply(&command).unwrap();
    assert_eq!(
        links(&open),
        [
            "start>ask",
            "ask>lone if a > 1",
            "lone>say",
            "ask>bye",
            "say>bye"
        ]
    );
    assert!(open.scene().cards()[4].center().distance(wire.label_at()) < 0.01);
    // Now it has connections.
    assert_eq!(open.wire_for_dragged(Point::default(), 1e6), None);
    open.undo();
    assert_eq!(open.document().text(), DIALOG);
}

#[test]
fn a_new_card_is_put_into_a_wire_where_it_fits() {
    let mut open = open(DIALOG);
    let middle = open.scene().wires()[1].label_at();
    let action = NewCard::Node(NodeKind::Action);
    assert_eq!(open.wire_for(action, middle, 10.0), Some(1));
    for kind in [NodeKind::Start, NodeKind::End] {
        assert_eq!(open.wire_for(NewCard::Node(kind), middle, 10.0), None);
    }
    let (command, id) = open
        .add_card_command(action, middle, Joins::Into(1))
        .unwrap();
    open.apply(&command).unwrap();
    assert!(links(&open).contains(&format!("ask>{id} if a > 1")));
    assert!(links(&open).contains(&format!("{id}>say")));

    let mut states = self::open(STATES);
    let (command, id) = (states.add_card_command(NewCard::State, middle, Joins::Into(0))).unwrap();
    states.apply(&command).unwrap();
    assert_eq!(
        links(&states),
        [format!("a>{id} if x"), "b>c".to_owned(), format!("{id}>b")]
    );
}

#[test]
fn new_cards_are_offered_with_those_first_that_fit() {
    let open = open(DIALOG);
    let fitting = |cards: Vec<(NewCard, bool)>| {
        let (fit, not): (Vec<_>, Vec<_>) = cards.into_iter().partition(|(_, fits)| *fits);
        (fit.len(), not.len())
    };
    assert_eq!(fitting(open.new_cards(None)), (6, 0));
    assert_eq!(fitting(open.new_cards(Some(1))), (5, 1));
    assert_eq!(fitting(open.new_cards(Some(3))), (0, 6));
    assert_eq!(fitting(open.new_cards_into(1)), (4, 2));
    let states = self::open(STATES);
    assert_eq!(states.new_cards(Some(0)), [(NewCard::State, true)]);
    let one = self::open(r#"{"id":"a","etag":"1","transitions":[]}"#);
    assert!(one.new_cards(None).is_empty());
}

#[test]
fn targets_come_with_the_reason_against_them() {
    let open = open(DIALOG);
    let targets = open.targets(1);
    let refused: Vec<u32> = (targets.iter())
        .filter(|(_, reason)| reason.is_some())
        .map(|(card, _)| *card)
        .collect();
    assert_eq!(refused, [0, 3]);
    assert_eq!(targets.last().map(|(card, _)| *card), Some(3));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn healing_leaves_nothing_dangling_and_is_undone(
        flow in flows::flow(),
        layout in json::layout(),
        cards in proptest::collection::vec(any::<Index>(), 1..5),
        wires in proptest::collection::vec(any::<Index>(), 0..3),
    ) {
        let text = json::write(&flow, layout);
        let mut open = open(&text);
        let among = |chosen: &[Index], count: usize| -> BTreeSet<u32> {
            let chosen = chosen.iter().filter(|_| count > 0);
            chosen.map(|index| u32::try_from(index.index(count)).unwrap()).collect()
        };
        let selection = Selection {
            cards: among(&cards, open.diagram().cards.len()),
            wires: among(&wires, open.diagram().wires.len()),
            ..Selection::default()
        };
        prop_assume!(!selection.is_empty());
        let before: usize = dangling(open.document()).values().sum();
        let edges = open.document().dialog_flow().unwrap().edges.len();
        open.select(selection);
        let healed = open.heal_command().unwrap();
        prop_assert!(open.apply(&healed.command).unwrap());
        prop_assert!(dangling(open.document()).values().sum::<usize>() <= before);
        prop_assert!(open.document().dialog_flow().unwrap().edges.len() <= edges);
        for &card in &open.selection().cards {
            prop_assert!((card as usize) < open.diagram().cards.len());
        }
        open.undo();
        prop_assert_eq!(open.document().text(), text);
    }
}
