//! Random charts and random edits of them.

use flow::document::Document;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// A node with its branches.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) type_name: &'static str,
    pub(crate) label: String,
    pub(crate) comment: Option<String>,
    pub(crate) is_disabled: bool,
    pub(crate) config: Map<String, Value>,
    /// Reference of the node it jumps to.
    pub(crate) jump: Option<String>,
    /// Heads of branches, each with what follows it.
    pub(crate) branches: Vec<Chain>,
}

/// Nodes that follow each other.
pub(crate) type Chain = Vec<Node>;

/// The words that random labels and settings are made of: few, so that many are the same.
pub(crate) fn word() -> impl Strategy<Value = String> {
    select(vec![
        "a",
        "b",
        "Ask",
        "Say",
        "",
        "é\n😀",
        "{\"x\":[1,2]}",
        "[1]",
    ])
    .prop_map(str::to_owned)
}

fn setting() -> impl Strategy<Value = Value> {
    let quick_replies = proptest::collection::vec((0..4_u8, word()), 0..4).prop_map(|replies| {
        let mut replies = replies;
        replies.sort();
        replies.dedup_by_key(|(id, _)| *id);
        let replies = replies.into_iter();
        Value::Array(
            replies
                .map(|(id, title)| json!({"id": format!("q{id}"), "title": title}))
                .collect(),
        )
    });
    prop_oneof![
        word().prop_map(Value::String),
        (0..3_u8).prop_map(|number| json!(number)),
        any::<bool>().prop_map(Value::Bool),
        proptest::collection::vec(word(), 0..3)
            .prop_map(|texts| json!({"type": "text", "text": texts})),
        quick_replies.prop_map(|replies| json!({"say": {"quickReplies": replies}})),
        word().prop_map(|text| Value::String(json!({"text": [text]}).to_string())),
        Just(Value::String(
            "let a = 1;\nlet b = 2;\nreturn a;".to_owned()
        )),
        Just(json!({})),
        Just(json!(null)),
    ]
}

pub(crate) fn config() -> impl Strategy<Value = Map<String, Value>> {
    let key = select(vec![
        "say",
        "code",
        "url",
        "headers",
        "odd key",
        "transpiled",
    ]);
    proptest::collection::vec((key, setting()), 0..3).prop_map(|members| {
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    })
}

/// A node of any type, with an id and a reference by number.
pub(crate) fn node() -> impl Strategy<Value = Node> {
    let leaf_type = select(vec![
        "say",
        "say",
        "question",
        "code",
        "goTo",
        "httpRequest",
        "odd",
    ]);
    let leaf = (
        leaf_type,
        word(),
        proptest::option::of(word()),
        any::<bool>(),
        config(),
    )
        .prop_map(|(type_name, label, comment, is_disabled, config)| Node {
            id: String::new(),
            reference: String::new(),
            type_name,
            label,
            comment,
            is_disabled,
            config,
            jump: (type_name == "goTo").then(|| "r1".to_owned()),
            branches: Vec::new(),
        });
    leaf.prop_recursive(2, 12, 3, |inner| {
        let chain = proptest::collection::vec(inner, 0..3);
        (
            any::<bool>(),
            word(),
            proptest::collection::vec(chain, 2..5),
        )
            .prop_map(|(is_switch, label, chains)| {
                let parent = if is_switch { "switch" } else { "if" };
                let mut node = plain(parent, &label);
                let markers = if is_switch {
                    ["default", "case", "case", "case"]
                } else {
                    ["then", "else", "", ""]
                };
                let markers = markers.into_iter().filter(|marker| !marker.is_empty());
                for (number, (marker, chain)) in markers.zip(chains).enumerate() {
                    let mut head = plain(marker, marker);
                    if marker == "case" {
                        head.config
                            .insert("case".to_owned(), json!({"value": format!("v{number}")}));
                    }
                    let mut branch = vec![head];
                    branch.extend(chain);
                    node.branches.push(branch);
                }
                node
            })
    })
}

pub(crate) fn plain(type_name: &'static str, label: &str) -> Node {
    Node {
        id: String::new(),
        reference: String::new(),
        type_name,
        label: label.to_owned(),
        comment: None,
        is_disabled: false,
        config: Map::new(),
        jump: None,
        branches: Vec::new(),
    }
}

/// A chart: a start, some nodes, an end; numbered.
pub(crate) fn chart() -> impl Strategy<Value = Chain> {
    proptest::collection::vec(node(), 0..7).prop_map(|nodes| {
        let mut chain = vec![plain("start", "Start")];
        chain.extend(nodes);
        chain.push(plain("end", "End"));
        let mut next = 0;
        number(&mut chain, &mut next);
        chain
    })
}

/// Gives ids and references to the nodes that have none.
pub(crate) fn number(chain: &mut Chain, next: &mut usize) {
    each(chain, &mut |node| {
        if node.id.is_empty() {
            node.id = format!("i{next}");
            node.reference = format!("r{next}");
            *next += 1;
        }
    });
}

/// Does something with every node, in reading order.
pub(crate) fn each(chain: &mut Chain, act: &mut dyn FnMut(&mut Node)) {
    for node in chain {
        act(node);
        for branch in &mut node.branches {
            each(branch, act);
        }
    }
}

/// Every chain of a chart, each once.
fn each_chain(chain: &mut Chain, act: &mut dyn FnMut(&mut Chain)) {
    act(chain);
    for node in chain {
        for branch in &mut node.branches {
            each_chain(branch, act);
        }
    }
}

/// One edit of a chart.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Insert(Index, Node),
    Delete(Index),
    Move(Index, Index),
    Rename(Index, String),
    Comment(Index, Option<String>),
    Configure(Index, Map<String, Value>),
    Disable(Index),
    Retarget(Index, Index),
    AddCase(Index, String),
    SwapBranches(Index),
    /// New ids, as an import gives them.
    Reimport,
    /// New ids and references, as a copy has them.
    Copy,
}

/// Edits that neither add nor remove nodes.
pub(crate) fn keeping_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Move(from, to)),
        2 => (any::<Index>(), word()).prop_map(|(at, label)| Edit::Rename(at, label)),
        1 => (any::<Index>(), proptest::option::of(word())).prop_map(|(at, text)| Edit::Comment(at, text)),
        2 => (any::<Index>(), config()).prop_map(|(at, config)| Edit::Configure(at, config)),
        1 => any::<Index>().prop_map(Edit::Disable),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(at, to)| Edit::Retarget(at, to)),
        1 => any::<Index>().prop_map(Edit::SwapBranches),
        1 => Just(Edit::Reimport),
    ]
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => keeping_edit(),
        3 => (any::<Index>(), node()).prop_map(|(at, node)| Edit::Insert(at, node)),
        3 => any::<Index>().prop_map(Edit::Delete),
        1 => (any::<Index>(), word()).prop_map(|(at, value)| Edit::AddCase(at, value)),
    ]
}

fn count(chain: &mut Chain, is: fn(&Node) -> bool) -> usize {
    let mut count = 0;
    each(chain, &mut |node| count += usize::from(is(node)));
    count
}

fn is_movable(node: &Node) -> bool {
    !matches!(
        node.type_name,
        "start" | "end" | "then" | "else" | "case" | "default"
    )
}

/// Does something with one of the nodes that `is` holds for.
fn with(chain: &mut Chain, at: Index, is: fn(&Node) -> bool, act: impl FnOnce(&mut Node)) {
    let count = count(chain, is);
    if count == 0 {
        return;
    }
    let mut left = at.index(count);
    let mut act = Some(act);
    each(chain, &mut |node| {
        if is(node) {
            if left == 0
                && let Some(act) = act.take()
            {
                act(node);
            }
            left = left.wrapping_sub(1);
        }
    });
}

/// Takes a node out, with its branches.
fn take(chain: &mut Chain, at: Index) -> Option<Node> {
    let count = count(chain, is_movable);
    if count == 0 {
        return None;
    }
    let mut left = at.index(count) + 1;
    let mut found = None;
    each_chain(chain, &mut |chain| {
        if found.is_some() {
            return;
        }
        for place in 0..chain.len() {
            if is_movable(&chain[place]) {
                left -= 1;
                if left == 0 {
                    found = Some(chain.remove(place));
                    return;
                }
            }
        }
    });
    found
}

/// Puts a node somewhere after the head of a chain, and before the end of the outermost.
fn put(chain: &mut Chain, at: Index, node: Node) {
    let mut places = 0;
    each_chain(chain, &mut |chain| {
        places +=
            chain.len() - usize::from(chain.last().is_some_and(|last| last.type_name == "end"));
    });
    let mut left = at.index(places) + 1;
    let mut node = Some(node);
    each_chain(chain, &mut |chain| {
        let ends = usize::from(chain.last().is_some_and(|last| last.type_name == "end"));
        let here = chain.len() - ends;
        if node.is_some() && left <= here {
            chain.insert(left, node.take().unwrap());
        }
        left = left.saturating_sub(here);
        if left == 0 {
            left = usize::MAX;
        }
    });
}

/// A chart after edits.
pub(crate) fn edited(chart: &Chain, edits: &[Edit]) -> Chain {
    let mut chain = chart.clone();
    let mut next = 10_000;
    for edit in edits {
        match edit.clone() {
            Edit::Insert(at, node) => put(&mut chain, at, node),
            Edit::Delete(at) => drop(take(&mut chain, at)),
            Edit::Move(from, to) => {
                if let Some(node) = take(&mut chain, from) {
                    put(&mut chain, to, node);
                }
            }
            Edit::Rename(at, label) => with(&mut chain, at, |_| true, |node| node.label = label),
            Edit::Comment(at, text) => with(&mut chain, at, |_| true, |node| node.comment = text),
            Edit::Configure(at, config) => {
                with(&mut chain, at, is_movable, |node| node.config = config);
            }
            Edit::Disable(at) => {
                with(&mut chain, at, is_movable, |node| {
                    node.is_disabled = !node.is_disabled;
                });
            }
            Edit::Retarget(at, to) => {
                let mut target = String::new();
                with(
                    &mut chain,
                    to,
                    |_| true,
                    |node| target.clone_from(&node.reference),
                );
                with(
                    &mut chain,
                    at,
                    |node| node.jump.is_some(),
                    |node| node.jump = Some(target),
                );
            }
            Edit::AddCase(at, value) => {
                with(
                    &mut chain,
                    at,
                    |node| node.type_name == "switch",
                    |node| {
                        let mut head = plain("case", "case");
                        head.config
                            .insert("case".to_owned(), json!({"value": value}));
                        node.branches.push(vec![head]);
                    },
                );
            }
            Edit::SwapBranches(at) => {
                with(
                    &mut chain,
                    at,
                    |node| node.type_name == "switch",
                    |node| {
                        node.branches.reverse();
                    },
                );
            }
            Edit::Reimport => each(&mut chain, &mut |node| node.id.push('\'')),
            Edit::Copy => {
                each(&mut chain, &mut |node| {
                    node.id.push('+');
                    node.reference.push('+');
                    if let Some(jump) = &mut node.jump {
                        jump.push('+');
                    }
                });
            }
        }
        number(&mut chain, &mut next);
    }
    chain
}

/// The chart as an export has it.
pub(crate) fn export(chart: &Chain) -> Value {
    let mut nodes = Vec::new();
    let mut relations = Vec::new();
    write_chain(chart, &mut nodes, &mut relations);
    json!({"nodes": nodes, "relations": relations})
}

pub(crate) fn open(chart: &Chain) -> Document {
    Document::read(export(chart).to_string().into()).unwrap()
}

fn write_chain(chain: &Chain, nodes: &mut Vec<Value>, relations: &mut Vec<Value>) {
    for (place, node) in chain.iter().enumerate() {
        let mut config = node.config.clone();
        if let Some(jump) = &node.jump {
            config.insert("flowNode".to_owned(), json!({"flow": "own", "node": jump}));
        }
        nodes.push(json!({
            "_id": node.id,
            "referenceId": node.reference,
            "type": node.type_name,
            "extension": "@cognigy/basic-nodes",
            "label": node.label,
            "comment": node.comment,
            "isDisabled": node.is_disabled,
            "localeReference": node.id,
            "preview": node.id,
            "config": config,
        }));
        let children: Vec<&str> = node
            .branches
            .iter()
            .map(|branch| branch[0].id.as_str())
            .collect();
        let next = chain.get(place + 1).map(|next| next.id.as_str());
        relations.push(json!({"_id": format!("x{}", node.id), "node": node.id, "next": next, "children": children}));
        for branch in &node.branches {
            write_chain(branch, nodes, relations);
        }
    }
}
