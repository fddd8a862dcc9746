//! What is merged by itself, and what has to be decided.

use flow::document::Document;
use flow::merge::{About, Conflict, Merge, Side};

use super::support::{after, dialog, states, wire};

fn merge(base: &Document, theirs: &Document, mine: &Document) -> Merge {
    Merge::of(&wire(base), &wire(theirs), &wire(mine)).unwrap()
}

/// The result as a document, made out of one's own.
fn merged(merge: &Merge, mine: &Document, choices: &[Side]) -> Document {
    let made = after(mine, &merge.command(mine, choices).unwrap());
    assert_eq!(wire(&made), merge.result(choices).unwrap());
    made
}

fn values(conflict: &Conflict) -> [Option<&str>; 3] {
    [&conflict.base, &conflict.theirs, &conflict.mine].map(Option::as_deref)
}

#[test]
fn different_changes_come_together() {
    let theirs = [
        ("\"name\": \"F\"", "\"name\": \"Theirs\""),
        ("\"label\": \"Ask\"", "\"label\": \"Question\""),
        ("a = 1", "a = 100"),
        (
            "{ \"name\": \"b\", \"type\": \"string\" }",
            "{ \"name\": \"c\", \"type\": \"string\" }",
        ),
    ];
    let mine = [
        ("\"label\": \"Act\"", "\"label\": \"Do\""),
        ("\"examples\": [\"a\", \"b\"]", "\"examples\": [\"a\"]"),
        ("\"condition\": \"a > 2\"", "\"condition\": \"a > 3\""),
    ];
    let (base, own) = (dialog(&[]), dialog(&mine));
    let merge = merge(&base, &dialog(&theirs), &own);
    assert_eq!(merge.conflicts(), []);
    let both: Vec<(&str, &str)> = theirs.into_iter().chain(mine).collect();
    assert_eq!(merged(&merge, &own, &[]).text(), dialog(&both).text());
}

#[test]
fn one_field_changed_by_both_is_decided() {
    let theirs = dialog(&[
        ("\"label\": \"Ask\"", "\"label\": \"T\""),
        ("\"Bye\"", "\"End\""),
    ]);
    let mine = dialog(&[("\"label\": \"Ask\"", "\"label\": \"M\"")]);
    let merge = merge(&dialog(&[]), &theirs, &mine);
    let [conflict] = merge.conflicts() else {
        panic!("{:?}", merge.conflicts());
    };
    assert_eq!(
        conflict.about,
        About::Field {
            list: "nodes",
            id: "ask".into(),
            field: "label".into()
        }
    );
    assert_eq!(
        values(conflict),
        [Some("\"Ask\""), Some("\"T\""), Some("\"M\"")]
    );
    for (choice, label) in [(Side::Base, "Ask"), (Side::Theirs, "T"), (Side::Mine, "M")] {
        let made = merged(&merge, &mine, &[choice]);
        let flow = made.dialog_flow().unwrap();
        assert_eq!(flow.nodes[1].label.text, label);
        assert_eq!(flow.nodes[3].label.text, "End");
    }
    assert_eq!(
        merge.result(&[]).unwrap(),
        merge.result(&[Side::Mine]).unwrap()
    );
}

#[test]
fn removed_here_and_changed_there_is_decided() {
    let node = r#",
    { "id": "bye", "type": "end", "label": "Bye", "x-extra": [1.0] }"#;
    let theirs = dialog(&[(node, "")]);
    let mine = dialog(&[("\"Bye\"", "\"End\"")]);
    let merge = merge(&dialog(&[]), &theirs, &mine);
    let [conflict] = merge.conflicts() else {
        panic!("{:?}", merge.conflicts());
    };
    assert!(matches!(&conflict.about, About::Item { id, .. } if id == "bye"));
    assert_eq!(conflict.theirs, None);
    let count = |choice| {
        let made = merged(&merge, &mine, &[choice]);
        made.dialog_flow().unwrap().nodes.len()
    };
    assert_eq!((count(Side::Theirs), count(Side::Mine)), (3, 4));
}

#[test]
fn transitions_are_merged_as_a_whole() {
    let base = states(&[]);
    // Different transitions of one state.
    let mine = states(&[("\"value\": \"a\"", "\"value\": \"b\"")]);
    let theirs = states(&[("\"how\": \"twice\"", "\"how\": \"once\"")]);
    let both = merge(&base, &theirs, &mine);
    assert_eq!(both.conflicts(), []);
    let text = both.result(&[]).unwrap().text().to_owned();
    assert!(text.contains("\"value\":\"b\"") && text.contains("\"how\":\"once\""));

    // The same one, in different fields.
    let theirs = states(&[(
        "\"id\": \"t1\", \"targetStateId\": \"ask\"",
        "\"id\": \"t1\", \"targetStateId\": \"bye\"",
    )]);
    let both = merge(&base, &theirs, &mine);
    let [conflict] = both.conflicts() else {
        panic!("{:?}", both.conflicts());
    };
    assert_eq!(
        conflict.about,
        About::Item {
            list: "transitions",
            state: Some("greet".into()),
            id: "t1".into()
        }
    );
    let taken = both.result(&[Side::Theirs]).unwrap();
    assert_eq!(taken, wire(&theirs));
    merged(&both, &mine, &[Side::Theirs]);
}

#[test]
fn additions_on_both_sides_keep_their_places() {
    let t = |id: &str| format!(r#"{{ "id": "{id}", "targetStateId": "ask" }}, {{ "id": "t3""#);
    let base = states(&[]);
    let theirs = states(&[("{ \"id\": \"t3\"", &t("t25"))]);
    let mine = states(&[("{ \"id\": \"t3\"", &t("t21"))]);
    let merge = merge(&base, &theirs, &mine);
    assert_eq!(merge.conflicts(), []);
    let made = merged(&merge, &mine, &[]);
    let ids: Vec<&str> = made.state_flow().unwrap().states[0]
        .transitions
        .iter()
        .map(|own| own.id.text.as_str())
        .collect();
    assert_eq!(ids, ["t1", "t2", "t21", "t25", "t3"]);
}

#[test]
fn an_order_that_both_changed_is_decided() {
    let [t1, t2, t3] = [
        r#"{ "id": "t1", "targetStateId": "ask", "conditions": [ { "value": "a" } ] }"#,
        r#"{ "id": "t2", "targetStateId": "greet", "actions": [ { "type": "wink", "how": "twice" } ] }"#,
        r#"{ "id": "t3", "targetStateId": "bye" }"#,
    ];
    let base = states(&[]);
    let theirs = states(&[(t1, "?"), (t2, t1), ("?", t2)]);
    let mine = states(&[(t2, "?"), (t3, t2), ("?", t3)]);
    let both = merge(&base, &theirs, &mine);
    let [conflict] = both.conflicts() else {
        panic!("{:?}", both.conflicts());
    };
    assert_eq!(
        values(conflict),
        [
            Some(r#"["t1","t2","t3"]"#),
            Some(r#"["t2","t1","t3"]"#),
            Some(r#"["t1","t3","t2"]"#)
        ]
    );
    assert_eq!(both.result(&[Side::Theirs]).unwrap(), wire(&theirs));
    assert_eq!(both.result(&[Side::Base]).unwrap(), wire(&base));
}

#[test]
fn branches_of_different_nodes_are_ordered_apart() {
    let flow = |first: [u8; 2], second: [u8; 2]| {
        let edge = |source: &str, number: u8| {
            format!(
                r#"{{"id":"{source}{number}","source":"{source}","target":"b","condition":"{number}"}}"#
            )
        };
        let edges = first
            .map(|number| edge("a", number))
            .into_iter()
            .chain(second.map(|number| edge("b", number)));
        super::support::open(&format!(
            r#"{{"id":"f","name":"","version":"","entryPoint":"","nodes":[],"edges":[{}]}}"#,
            edges.collect::<Vec<_>>().join(",")
        ))
    };
    let base = flow([1, 2], [1, 2]);
    let (theirs, mine) = (flow([2, 1], [1, 2]), flow([1, 2], [2, 1]));
    let both = merge(&base, &theirs, &mine);
    assert_eq!(both.conflicts(), []);
    assert_eq!(both.result(&[]).unwrap(), wire(&flow([2, 1], [2, 1])));
    // Of one node.
    let three = |order: [u8; 2]| flow(order, [1, 2]);
    let other = merge(&three([1, 2]), &three([2, 1]), &three([2, 1]));
    assert_eq!(other.conflicts(), []);
}

#[test]
fn flows_of_two_kinds_are_not_merged() {
    let (flow, other) = (wire(&dialog(&[])), wire(&states(&[])));
    assert!(Merge::of(&flow, &other, &flow).is_none());
}
