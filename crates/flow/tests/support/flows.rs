//! Random dialog flows and random edits of them, for property tests.

#![allow(dead_code)]

use flow::command::{Command, dialog};
use flow::document::{Document, NodeKind};
use flow::geometry::Point;
use flow::json::NewValue;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::json::Json;

/// Texts that every layout spells alike.
pub(crate) fn plain() -> impl Strategy<Value = String> {
    "[ -~äé😀]{0,12}"
}

fn string(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn object(members: Vec<(&str, Json)>) -> Json {
    let members = members
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Json::Object(members)
}

/// Properties with known and unknown keys.
fn properties() -> impl Strategy<Value = Option<Json>> {
    let member = prop_oneof![
        plain().prop_map(|text| ("say".to_owned(), Json::Text(text))),
        plain().prop_map(|text| ("script".to_owned(), Json::Text(text))),
        ("[1-9][0-9]{0,3}", "-?[0-9]\\.[0-9]{1,3}").prop_map(|(x, y)| {
            let position = object(vec![("x", Json::Number(x)), ("y", Json::Number(y))]);
            ("position".to_owned(), position)
        }),
        select(vec!["true", "false"]).prop_map(|flag| ("isFallback".to_owned(), Json::Word(flag))),
        Just(("precise".to_owned(), Json::Number("1.0e3".to_owned()))),
        Just((
            "extra".to_owned(),
            Json::Array(vec![Json::Word("null"), object(vec![])])
        )),
    ];
    let members = proptest::collection::vec(member, 0..4).prop_map(|mut members| {
        members.sort_by(|a, b| a.0.cmp(&b.0));
        members.dedup_by(|a, b| a.0 == b.0);
        Json::Object(members)
    });
    proptest::option::weighted(0.8, members)
}

fn node() -> impl Strategy<Value = (u8, Json)> {
    let kind = select(vec![
        "start",
        "intent",
        "action",
        "condition",
        "end",
        "fallback",
        "odd",
    ]);
    (0..12_u8, kind, plain(), properties(), any::<bool>()).prop_map(
        |(number, kind, label, properties, label_first)| {
            let mut members = vec![
                ("id", string(&format!("n{number}"))),
                ("type", string(kind)),
                ("label", Json::Text(label)),
            ];
            if label_first {
                members.rotate_right(1);
            }
            if let Some(properties) = properties {
                members.push(("properties", properties));
            }
            (number, object(members))
        },
    )
}

fn edge() -> impl Strategy<Value = Json> {
    let condition = prop_oneof![
        Just(None),
        Just(Some(Json::Word("null"))),
        plain().prop_map(|text| Some(Json::Text(text))),
    ];
    (0..30_u8, 0..14_u8, 0..14_u8, condition).prop_map(|(number, source, target, condition)| {
        let mut members = vec![
            ("id", string(&format!("e{number}"))),
            ("source", string(&format!("n{source}"))),
            ("target", string(&format!("n{target}"))),
        ];
        if let Some(condition) = condition {
            members.push(("condition", condition));
        }
        object(members)
    })
}

/// A dialog flow that opens: sound or with ids twice, ends missing, unknown keys and types; as it
/// is or inside a sync payload.
pub(crate) fn flow() -> impl Strategy<Value = Json> {
    let nodes = proptest::collection::vec(node(), 0..8);
    let edges = proptest::collection::vec(edge(), 0..10);
    let variables = prop_oneof![
        Just(None),
        Just(Some(Json::Word("null"))),
        Just(Some(Json::Array(Vec::new()))),
        Just(Some(Json::Array(vec![
            object(vec![("name", string("agent")), ("type", string("string"))]),
            object(vec![
                ("name", string("tier")),
                ("type", string("number")),
                ("default", Json::Number("1e0".to_owned())),
            ]),
        ]))),
    ];
    let extra = proptest::option::of(Just(object(vec![(
        "list",
        Json::Array(vec![Json::Number("12345678901234567890123".to_owned())]),
    )])));
    (
        nodes,
        edges,
        variables,
        extra,
        any::<bool>(),
        proptest::bool::weighted(0.1),
        plain(),
    )
        .prop_map(|(nodes, edges, variables, extra, unique, payload, name)| {
            let mut seen = std::collections::BTreeSet::new();
            let nodes = nodes
                .into_iter()
                .filter(|(number, _)| seen.insert(*number) || !unique)
                .map(|(_, node)| node)
                .collect();
            let mut members = vec![
                ("id", string("f")),
                ("name", Json::Text(name)),
                ("version", string("1.2.0")),
                ("entryPoint", string("n0")),
                ("nodes", Json::Array(nodes)),
                ("edges", Json::Array(edges)),
            ];
            if let Some(variables) = variables {
                members.push(("variables", variables));
            }
            if let Some(extra) = extra {
                members.insert(2, ("x-extra", extra));
            }
            let flow = object(members);
            if payload {
                object(vec![
                    ("dialog_id", string("d")),
                    ("artifact", flow),
                    ("checksum", string("0")),
                ])
            } else {
                flow
            }
        })
}

/// Something a user does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    AddNode(NodeKind, String),
    AddConnected(Index, NodeKind),
    Connect(Index, Index, Option<String>),
    Delete(Vec<Index>, Vec<Index>),
    Label(Index, String),
    FlowName(String),
    Rename(Index, String),
    Property(Index, &'static str, Option<NewValue>),
    Condition(Index, Option<String>),
    Reorder(Index, u64),
    Move(Vec<(Index, i16, i16)>),
    AddVariable(String),
    DeleteVariable(Index),
    Undo,
    Redo,
    Begin,
    Commit,
    RollBack,
}

/// An edit; nothing about history.
pub(crate) fn edit() -> impl Strategy<Value = Action> {
    let kind = || select(NodeKind::ALL.to_vec());
    let index = any::<Index>;
    let indices = |most: usize| proptest::collection::vec(any::<Index>(), 0..most);
    let value = prop_oneof![
        plain().prop_map(NewValue::Text),
        Just(NewValue::Literal("true".to_owned())),
        Just(NewValue::Object(Vec::new())),
        plain().prop_map(|text| NewValue::Array(vec![NewValue::Text(text), NewValue::null()])),
        plain().prop_map(|text| NewValue::Object(vec![("k".to_owned(), NewValue::Text(text))])),
    ];
    let key = select(vec![
        "say",
        "script",
        "isFallback",
        "note",
        "position",
        "examples",
    ]);
    prop_oneof![
        (kind(), plain()).prop_map(|(kind, label)| Action::AddNode(kind, label)),
        (index(), kind()).prop_map(|(source, kind)| Action::AddConnected(source, kind)),
        (index(), index(), proptest::option::of(plain()))
            .prop_map(|(a, b, c)| Action::Connect(a, b, c)),
        (indices(4), indices(4)).prop_map(|(nodes, edges)| Action::Delete(nodes, edges)),
        (index(), plain()).prop_map(|(node, label)| Action::Label(node, label)),
        plain().prop_map(Action::FlowName),
        (index(), "[a-z]{1,6}").prop_map(|(node, id)| Action::Rename(node, id)),
        (index(), key, proptest::option::weighted(0.7, value))
            .prop_map(|(node, key, value)| Action::Property(node, key, value)),
        (index(), proptest::option::of(plain()))
            .prop_map(|(edge, text)| Action::Condition(edge, text)),
        (index(), any::<u64>()).prop_map(|(node, seed)| Action::Reorder(node, seed)),
        proptest::collection::vec((index(), any::<i16>(), any::<i16>()), 1..3)
            .prop_map(Action::Move),
        "[a-z]{1,6}".prop_map(Action::AddVariable),
        index().prop_map(Action::DeleteVariable),
    ]
}

/// An edit, or a step in the history.
pub(crate) fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => edit(),
        3 => Just(Action::Undo),
        3 => Just(Action::Redo),
        1 => Just(Action::Begin),
        1 => Just(Action::Commit),
        1 => Just(Action::RollBack),
    ]
}

/// Indices among `count` things, each once, in order.
fn among(indices: &[Index], count: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = match count {
        0 => Vec::new(),
        _ => indices.iter().map(|index| index.index(count)).collect(),
    };
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The command that an edit means for a document; none where it has nothing to be about.
pub(crate) fn command(document: &Document, action: &Action) -> Option<Command> {
    let flow = document.dialog_flow()?;
    let nodes = flow.nodes.len();
    let node = |index: &Index| (nodes > 0).then(|| index.index(nodes));
    let edge = |index: &Index| (!flow.edges.is_empty()).then(|| index.index(flow.edges.len()));
    let id = |index: &Index| node(index).map(|node| flow.nodes[node].id.text.clone());
    Some(match action {
        Action::AddNode(kind, label) => {
            let new = new_node(*kind, label);
            dialog::add_node(flow, &new).0
        }
        Action::AddConnected(source, kind) => {
            let new = new_node(*kind, "New");
            dialog::add_connected_node(flow, &id(source)?, &new).0
        }
        Action::Connect(source, target, condition) => {
            dialog::connect(flow, &id(source)?, &id(target)?, condition.as_deref()).0
        }
        Action::Delete(chosen_nodes, chosen_edges) => dialog::delete(
            flow,
            &among(chosen_nodes, nodes),
            &among(chosen_edges, flow.edges.len()),
        ),
        Action::Label(index, label) => {
            dialog::set_text("Change label", flow.nodes[node(index)?].label.at, label)
        }
        Action::FlowName(name) => dialog::set_text("Rename flow", flow.name.at, name),
        Action::Rename(index, id) => {
            let id = dialog::free_node_id(flow, id);
            dialog::rename_node_id(flow, node(index)?, &id)
        }
        Action::Property(index, key, value) => {
            dialog::set_property(flow, node(index)?, key, value.clone(), document.tree())
        }
        Action::Condition(index, condition) => {
            dialog::set_condition(flow, edge(index)?, condition.as_deref())
        }
        Action::Reorder(index, seed) => {
            let source = id(index)?;
            let out: Vec<usize> = (0..flow.edges.len())
                .filter(|&edge| flow.edges[edge].source.text == source)
                .collect();
            let mut order = out.clone();
            order.sort_by_key(|&edge| (edge as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
            dialog::reorder_branches(flow, &out, &order)
        }
        Action::Move(moves) => {
            let mut moves: Vec<(usize, Point)> = moves
                .iter()
                .filter_map(|(index, x, y)| {
                    Some((node(index)?, Point::new(f64::from(*x) / 4.0, f64::from(*y))))
                })
                .collect();
            moves.sort_by_key(|(node, _)| *node);
            moves.dedup_by_key(|(node, _)| *node);
            dialog::move_nodes(flow, document.tree(), &moves)
        }
        Action::AddVariable(name) => dialog::add_variable(flow, name, "string"),
        Action::DeleteVariable(index) => {
            let variables = flow.variables.len();
            dialog::delete_variable(flow, (variables > 0).then(|| index.index(variables))?)
        }
        Action::Undo | Action::Redo | Action::Begin | Action::Commit | Action::RollBack => {
            return None;
        }
    })
}

fn new_node(kind: NodeKind, label: &str) -> dialog::NewNode {
    dialog::NewNode {
        kind,
        label: label.to_owned(),
        position: Point::new(10.0, 20.0),
    }
}
