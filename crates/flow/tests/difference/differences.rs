//! What is told about changes of dialog flows.

use flow::difference::{Change, Difference, FieldChange, List};
use flow::document::Document;

use super::support::{after, dialog, difference};

/// One line for each change.
pub(crate) fn lines(difference: &Difference) -> Vec<String> {
    let field = |field: &FieldChange| {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        format!(
            "{} {} -> {}",
            field.field,
            shown(&field.old),
            shown(&field.new)
        )
    };
    let line = |change: &Change| match change {
        Change::Flow(own) => field(own),
        Change::Added {
            list, index, id, ..
        } => format!("{list:?}: added {id} at {index}"),
        Change::Removed { list, id, .. } => format!("{list:?}: removed {id}"),
        Change::Changed {
            list,
            id,
            renamed_from,
            fields,
            ..
        } => {
            let fields: Vec<String> = fields.iter().map(field).collect();
            let from = renamed_from.as_ref();
            let from = from.map_or(String::new(), |from| format!(" (was {from})"));
            format!("{list:?}: {id}{from} {}", fields.join(", "))
        }
        Change::Reordered {
            list,
            order,
            branches,
        } => {
            let branches: Vec<String> = branches
                .iter()
                .map(|own| {
                    format!(
                        " {} {} -> {}",
                        own.from,
                        own.old.join(" "),
                        own.new.join(" ")
                    )
                })
                .collect();
            format!("{list:?}: order {order:?}{}", branches.join(""))
        }
    };
    difference.changes.iter().map(line).collect()
}

fn told(new: &Document) -> Vec<String> {
    lines(&difference(&dialog(&[]), new))
}

#[test]
fn equal_flows_do_not_differ() {
    let same = dialog(&[
        ("\"default\": 0", "\"default\": 0.0"),
        ("\"x-extra\": [1.0]", "\"properties\": {}"),
    ]);
    let difference = difference(&dialog(&[]), &same);
    assert!(difference.is_empty() && !difference.is_layout_only());
}

#[test]
fn fields_are_told_one_by_one() {
    let new = dialog(&[
        ("\"name\": \"F\"", "\"name\": \"G\""),
        ("\"label\": \"Act\"", "\"label\": \"Do\""),
        ("\"script\": \"a = 1\\nb = 2\\nc = 3\"", "\"say\": \"hi\""),
        ("\"condition\": \"a > 1\"", "\"condition\": null"),
        ("\"default\": 0 ", ""),
        ("\"type\": \"number\", ", "\"type\": \"number\""),
    ]);
    assert_eq!(
        told(&new),
        [
            "name \"F\" -> \"G\"",
            "Nodes: act label \"Act\" -> \"Do\", properties.say nothing -> \"hi\", \
             properties.script \"a = 1\\nb = 2\\nc = 3\" -> nothing",
            "Edges: e2 condition \"a > 1\" -> null",
            "Variables: a default 0 -> nothing",
        ]
    );
}

#[test]
fn long_texts_say_which_lines_differ() {
    let new = dialog(&[("b = 2", "b = 20")]);
    let difference = difference(&dialog(&[]), &new);
    let [Change::Changed { fields, .. }] = &difference.changes[..] else {
        panic!("{difference:?}");
    };
    let lines = fields[0].lines.as_ref().unwrap();
    assert_eq!(
        (lines.first[0].number, lines.first[0].text.as_str()),
        (2, "b = 2")
    );
    assert_eq!(lines.second[0].text, "b = 20");
}

#[test]
fn a_renamed_node_is_one_change() {
    let new = dialog(&[
        ("\"ask\"", "\"question\""),
        ("\"label\": \"Bye\"", "\"label\": \"End\""),
    ]);
    assert_eq!(
        told(&new),
        [
            "Nodes: question (was ask) ",
            "Nodes: bye label \"Bye\" -> \"End\""
        ]
    );
    let entry = dialog(&[
        ("\"start\"", "\"begin\""),
        ("\"type\": \"begin\"", "\"type\": \"start\""),
    ]);
    assert_eq!(told(&entry), ["Nodes: begin (was start) "]);
}

#[test]
fn a_reference_that_does_not_follow_a_new_id_is_told() {
    let new = dialog(&[("\"id\": \"ask\"", "\"id\": \"question\"")]);
    assert_eq!(
        told(&new),
        [
            "Nodes: question (was ask) ",
            "Edges: e1 target \"question\" -> \"ask\"",
            "Edges: e2 source \"question\" -> \"ask\"",
            "Edges: e3 source \"question\" -> \"ask\"",
        ]
    );
}

#[test]
fn ids_are_not_guessed_where_several_would_fit() {
    let two = |ids: [&str; 2]| {
        let node = |id: &str| format!(r#"{{"id":"{id}","type":"end","label":""}}"#);
        let nodes = ids.map(node).join(",");
        super::support::open(&format!(
            r#"{{"id":"f","name":"","version":"","entryPoint":"","edges":[],"nodes":[{nodes}]}}"#
        ))
    };
    assert_eq!(
        lines(&difference(&two(["a", "b"]), &two(["c", "d"]))),
        [
            "Nodes: removed a",
            "Nodes: removed b",
            "Nodes: added c at 0",
            "Nodes: added d at 1"
        ]
    );
    // A variable has no more than its type, which many share.
    let renamed = dialog(&[("\"name\": \"b\"", "\"name\": \"c\"")]);
    assert_eq!(
        told(&renamed),
        ["Variables: removed b", "Variables: added c at 1"]
    );
    let renamed = dialog(&[("\"name\": \"a\"", "\"name\": \"n\"")]);
    assert_eq!(told(&renamed), ["Variables: n (was a) "]);
}

#[test]
fn an_edge_that_leads_elsewhere_is_told_as_such() {
    let new = dialog(&[(
        "\"source\": \"act\", \"target\": \"bye\"",
        "\"source\": \"act\", \"target\": \"ask\"",
    )]);
    let difference = difference(&dialog(&[]), &new);
    assert_eq!(lines(&difference), ["Edges: e4 target \"bye\" -> \"ask\""]);
    let Change::Changed { fields, .. } = &difference.changes[0] else {
        panic!("{difference:?}");
    };
    assert!(fields[0].is_end());
}

#[test]
fn branches_in_another_order_mean_something_and_nodes_do_not() {
    let e2 = r#"{ "id": "e2", "source": "ask", "target": "act", "condition": "a > 1" }"#;
    let e3 = r#"{ "id": "e3", "source": "ask", "target": "bye", "condition": "a > 2" }"#;
    let swapped = dialog(&[(e2, "?"), (e3, e2), ("?", e3)]);
    let found = difference(&dialog(&[]), &swapped);
    assert_eq!(
        lines(&found),
        ["Edges: order [0, 2, 1, 3] ask e2 e3 -> e3 e2"]
    );
    assert!(!found.is_layout_only());

    let e4 = r#"{ "id": "e4", "source": "act", "target": "bye", "condition": null }"#;
    let apart = dialog(&[(e3, "?"), (e4, e3), ("?", e4)]);
    let found = difference(&dialog(&[]), &apart);
    assert_eq!(lines(&found), ["Edges: order [0, 1, 3, 2]"]);
    assert!(found.is_layout_only());
}

#[test]
fn layout_alone_is_shown_as_such() {
    let old = dialog(&[]);
    let moved = dialog(&[("\"x\": 1", "\"x\": 100")]);
    let found = difference(&old, &moved);
    assert!(found.is_layout_only(), "{found:?}");
    let stored = dialog(&[(
        "\"id\": \"f\"",
        "\"flowdeck\": {\"layout\": {\"ask\": [1, 2]}}, \"id\": \"f\"",
    )]);
    let found = difference(&old, &stored);
    assert!(found.changes.is_empty() && found.is_layout_only());
    let both = dialog(&[("\"x\": 1", "\"x\": 100"), ("\"Bye\"", "\"End\"")]);
    assert!(!difference(&old, &both).is_layout_only());
}

#[test]
fn what_is_not_changed_keeps_its_bytes() {
    let old = dialog(&[]);
    let new = dialog(&[
        ("\"label\": \"Bye\"", "\"label\": \"End\""),
        ("\"id\": \"e4\"", "\"id\": \"e9\", \"x\": 1"),
    ]);
    let found = difference(&old, &new);
    let command = flow::difference::command(&old, "Change", &found.changes).unwrap();
    let text = after(&old, &command).text().to_owned();
    let expected = old
        .text()
        .replace("\"label\": \"Bye\"", "\"label\": \"End\"")
        .replace("\"id\": \"e4\"", "\"id\": \"e9\"");
    assert_eq!(text, expected);
}

#[test]
fn lists_of_one_kind_are_named_apart() {
    assert_ne!(List::Transitions(0), List::Transitions(1));
    let flow = dialog(&[]);
    assert!(Difference::between(&flow, &super::support::states(&[])).is_none());
}

/// A flow of so many nodes, those whose number `keep` lets through.
fn large(count: usize, keep: impl Fn(usize) -> bool) -> Document {
    let numbers = || (0..count).filter(|&number| keep(number));
    let nodes: Vec<String> = numbers()
        .map(|number| format!(r#"{{"id":"n{number}","type":"action","label":"{number}"}}"#))
        .collect();
    let edges: Vec<String> = numbers()
        .map(|number| {
            let target = (number * 7) % count;
            format!(r#"{{"id":"e{number}","source":"n{number}","target":"n{target}"}}"#)
        })
        .collect();
    super::support::open(&format!(
        "{{\"id\":\"f\",\"name\":\"\",\"version\":\"\",\"entryPoint\":\"n0\",\n\"nodes\":[{}],\n\"edges\":[{}]}}",
        nodes.join(",\n"),
        edges.join(",\n")
    ))
}

#[test]
fn many_additions_and_removals_in_many_places() {
    let (odd, all) = (
        large(2_000, |number| number % 2 == 1),
        large(2_000, |_| true),
    );
    assert_eq!(difference(&odd, &all).changes.len(), 2_000);
    assert_eq!(difference(&all, &odd).changes.len(), 2_000);
    let few = large(2_000, |number| number % 100 != 1);
    assert_eq!(difference(&few, &all).changes.len(), 40);
}
