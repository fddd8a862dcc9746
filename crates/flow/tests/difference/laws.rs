//! Laws of differences and merges, on random flows and random edits of them.

use flow::document::Document;
use flow::merge::{Merge, Side};
use flow::wire_form::WireForm;
use proptest::prelude::*;
use proptest::sample::select;

use super::flows::{Action, command, edit, flow};
use super::json::{layout, write};
use super::support::{after, difference, open, wire};

/// The document after edits.
fn edited(document: &Document, edits: &[Action]) -> Document {
    let mut document = document.clone();
    for action in edits {
        if let Some(command) = command(&document, action) {
            document = after(&document, &command);
        }
    }
    document
}

fn edits() -> impl Strategy<Value = Vec<Action>> {
    proptest::collection::vec(edit(), 0..6)
}

/// A state flow of few ids, so that two of them have much in common.
fn states() -> impl Strategy<Value = String> {
    let transition =
        (0..5_u8, 0..6_u8, 0..3_u8, 0..3_u8).prop_map(|(id, target, condition, action)| {
            let condition =
                ["", r#"{"value":"a"}"#, r#"{"type":"hook","x":1}"#][usize::from(condition)];
            let action = [
                "",
                r#","actions":[{"type":"wink"}]"#,
                r#","actions":[{"type":"set","variable":"user.a","value":[1.0]}]"#,
            ][usize::from(action)];
            format!(
                r#"{{"id":"t{id}","targetStateId":"s{target}","conditions":[{condition}]{action}}}"#
            )
        });
    let transitions = proptest::collection::vec(transition, 0..5);
    let name = select(vec!["", r#""name":"N","#, r#""final":true,"etag":"1","#]);
    let state = (0..6_u8, name, transitions).prop_map(|(id, name, transitions)| {
        format!(
            r#"{{{name}"id":"s{id}","transitions":[{}]}}"#,
            transitions.join(",")
        )
    });
    let header = select(vec![
        "",
        r#""initialStateId":"s1","#,
        r#""fallbackStateId":"s2","initialStateId":"s0","#,
    ]);
    (
        header,
        proptest::collection::vec(state, 0..6),
        any::<bool>(),
    )
        .prop_map(|(header, states, lines)| {
            let (open, gap) = if lines { ("\n  ", ",\n  ") } else { ("", ",") };
            format!(
                r#"{{{header}"botId":"b","flowId":"f","states":[{open}{}]}}"#,
                states.join(gap)
            )
        })
}

fn check_merge(base: &WireForm, one: &WireForm, other: &WireForm) {
    let merge = |theirs: &WireForm, mine: &WireForm| Merge::of(base, theirs, mine).unwrap();
    for only in [one, other] {
        for (theirs, mine) in [(only, base), (base, only), (only, only)] {
            let merge = merge(theirs, mine);
            assert_eq!(merge.conflicts(), []);
            assert_eq!(merge.result(&[]).unwrap().text(), only.text());
        }
    }
    let (first, second) = (merge(one, other), merge(other, one));
    if first.conflicts().is_empty() {
        assert_eq!(second.conflicts(), []);
        // Where nodes, variables or states stand in the file means nothing, and is one's own.
        assert_eq!(
            sorted(&first.result(&[]).unwrap()),
            sorted(&second.result(&[]).unwrap()),
            "\n{}\n{}\n{}",
            base.text(),
            one.text(),
            other.text()
        );
    }
    for side in [Side::Base, Side::Theirs, Side::Mine] {
        let choices = vec![side; first.conflicts().len()];
        let result = first.result(&choices).unwrap();
        assert!(Document::read(result.text().into()).is_ok());
    }
}

/// The elements of all lists of a wire form, sorted where their order means nothing.
fn sorted(wire: &WireForm) -> Vec<String> {
    let mut parts = Vec::new();
    for (key, value) in wire.root().members() {
        let key = key.as_str().unwrap();
        if value.elements().next().is_none() {
            parts.push(format!("{key} {}", value.raw()));
        }
        for element in value.elements() {
            // The order of edges means something among those of one source.
            let group = element.get("source").map_or("", |source| source.raw());
            parts.push(format!("{key} {group} {}", element.raw()));
        }
    }
    // Stable: what is in one group stays in its order.
    parts.sort_by_key(|part| {
        let group = part.starts_with("edges ");
        let end = if group {
            part.find('{').unwrap_or(0)
        } else {
            part.len()
        };
        part[..end].to_owned()
    });
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_difference_leads_from_any_flow_to_any_other(
        old in flow(), new in flow(), one in layout(), other in layout()
    ) {
        difference(&open(&write(&old, one)), &open(&write(&new, other)));
    }

    #[test]
    fn a_difference_leads_from_a_flow_to_what_edits_made_of_it(
        flow in flow(), layout in layout(), edits in edits()
    ) {
        let old = open(&write(&flow, layout));
        let new = edited(&old, &edits);
        difference(&old, &new);
        difference(&new, &old);
    }

    #[test]
    fn a_difference_leads_from_any_state_flow_to_any_other(old in states(), new in states()) {
        difference(&open(&old), &open(&new));
    }

    #[test]
    fn merges_keep_what_only_one_side_changed(
        flow in flow(), one in edits(), other in edits()
    ) {
        let base = open(&write(&flow, super::json::Layout::Minified));
        let (theirs, mine) = (edited(&base, &one), edited(&base, &other));
        check_merge(&wire(&base), &wire(&theirs), &wire(&mine));
        let merge = Merge::of(&wire(&base), &wire(&theirs), &wire(&mine)).unwrap();
        let choices = vec![Side::Theirs; merge.conflicts().len()];
        let made = after(&mine, &merge.command(&mine, &choices).unwrap());
        prop_assert_eq!(wire(&made), merge.result(&choices).unwrap());
    }

    #[test]
    fn merges_of_state_flows_keep_what_only_one_side_changed(
        base in states(), one in states(), other in states()
    ) {
        check_merge(&wire(&open(&base)), &wire(&open(&one)), &wire(&open(&other)));
    }
}
