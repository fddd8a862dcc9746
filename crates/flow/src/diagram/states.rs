//! What a state flow looks like: states as cards, transitions as wires.

use compact_str::CompactString;

use super::display::MAX_TEXT;
use super::order::number;
use super::{Card, CardKind, Diagram, Ids, Link, LinkOf, display, index32};
use crate::document::{StateFlow, Transition};
use crate::json::Tree;
use crate::scene::WireEnds;

pub(super) fn diagram(flow: &StateFlow, tree: &Tree) -> Diagram {
    let mut known = Ids::default();
    let names = |field: &Option<crate::document::Field>, id: &CompactString| {
        field.as_ref().is_some_and(|field| field.text == *id)
    };
    let cards: Vec<Card> = flow
        .states
        .iter()
        .map(|state| {
            let id = &state.id.text;
            let (kind, type_label) = if names(&flow.initial_state, id) {
                (CardKind::InitialState, "initial state")
            } else if names(&flow.fallback_state, id) {
                (CardKind::FallbackState, "fallback state")
            } else if state.is_final {
                (CardKind::FinalState, "final state")
            } else {
                (CardKind::State, "state")
            };
            let count = state.transitions.len();
            let line = if count == 1 {
                "1 transition".into()
            } else {
                compact_str::format_compact!("{count} transitions")
            };
            Card {
                id: id.clone(),
                occurrence: known.add(id),
                kind,
                type_label: type_label.into(),
                label: display(state.label()),
                line,
                position: None,
                at: state.at,
            }
        })
        .collect();
    let mut wires: Vec<Link> = Vec::new();
    for (source, state) in flow.states.iter().enumerate() {
        for (index, transition) in state.transitions.iter().enumerate() {
            let Some(target) = known.find(&transition.target.text) else {
                continue;
            };
            wires.push(Link {
                of: LinkOf::Transition(source, index),
                id: transition.id.text.clone(),
                ends: WireEnds::between(index32(source), target),
                number: 0,
                is_default: transition.is_default(),
                is_jump: false,
                label: conditions(transition, tree),
                at: transition.at,
            });
        }
    }
    let entry = flow
        .initial_state
        .as_ref()
        .and_then(|field| known.find(&field.text));
    number(&mut wires, cards.len());
    Diagram {
        cards,
        wires,
        entry,
        ..Diagram::default()
    }
}

fn conditions(transition: &Transition, tree: &Tree) -> CompactString {
    let mut label = CompactString::default();
    for condition in &transition.conditions {
        if !label.is_empty() {
            label.push_str(" and ");
        }
        match (&condition.expression, condition.value_at) {
            (Some(expression), _) => label.push_str(&expression.text),
            (None, Some(at)) => {
                label.push_str(&condition.type_name);
                label.push_str(": ");
                label.push_str(
                    &tree
                        .value(at)
                        .as_str()
                        .unwrap_or_else(|| tree.value(at).raw().into()),
                );
            }
            (None, None) => label.push_str(&condition.type_name),
        }
        if label.len() > 4 * MAX_TEXT {
            break;
        }
    }
    display(&label)
}
