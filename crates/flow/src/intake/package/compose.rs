//! The text of a chart in one language, in the shape that the command line of Cognigy writes: the chart's
//! own members, its relations, and its nodes with the settings of that language. What a package says only
//! to keep its parts together is left out; everything else keeps its spelling.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::join::Ranks;
use super::text;
use crate::json::{MAX_BYTES, ReadError, Tree, ValueRef, lay_out};

/// How deep the text is laid out.
const DEEPEST: usize = 10;
/// The largest node that is laid out, in bytes; larger ones are copied as they are spelled.
const LARGEST: usize = 1024 * 1024;
/// How many bytes a value and a key take at least, on average, in a node that is laid out. White space
/// would make a text of smaller ones many times longer.
const DENSEST: usize = 6;

/// Members of parts that only say where they belong.
const BELONGING: [&str; 4] = [
    "projectReference",
    "organisationReference",
    "chartReference",
    "resourceReference",
];

/// The chart with its nodes. `ranks` tells which language of a node is taken: the one with the lowest
/// rank, else the first.
pub(super) fn chart<'a>(
    chart: &Tree,
    nodes: impl ExactSizeIterator<Item = &'a Tree>,
    ranks: &Ranks,
) -> Result<String, ReadError> {
    let too_large = || {
        ReadError::whole(
            "The chart is larger than 64 MiB; files up to 64 MiB are read. It was not opened.",
        )
    };
    let mut out = String::with_capacity(chart.text().len() * 2);
    out.push('{');
    for (key, value) in chart.root().members() {
        let is_nodes = key.is_text("nodes") && nodes.len() > 0;
        if is_nodes || BELONGING.iter().any(|own| key.is_text(own)) {
            continue;
        }
        begin(&mut out, 1);
        out.push_str(key.raw());
        out.push_str(": ");
        // A relation a line.
        lay_out(&mut out, value, 1, 2);
    }
    if nodes.len() > 0 || chart.root().get("nodes").is_none() {
        begin(&mut out, 1);
        out.push_str("\"nodes\": [");
        for node in nodes {
            begin(&mut out, 2);
            write_node(&mut out, node.root(), ranks);
            if out.len() > MAX_BYTES {
                return Err(too_large());
            }
        }
        out.push_str("\n  ]");
    }
    out.push_str("\n}\n");
    if out.len() > MAX_BYTES {
        return Err(too_large());
    }
    Ok(out)
}

fn write_node(out: &mut String, node: ValueRef<'_>, ranks: &Ranks) {
    let size = node.raw().len();
    let is_laid_out = size <= LARGEST && node.tree().len() * DENSEST <= size;
    let deepest = if is_laid_out { DEEPEST } else { 0 };
    let localized = localized(node, ranks);
    // The members of the language stand for those of the node.
    let own: Vec<Cow<'_, str>> = localized
        .into_iter()
        .flat_map(ValueRef::members)
        .filter_map(|(key, _)| key.as_str())
        .collect();
    let own = Keys::of(&own);
    out.push('{');
    for (key, value) in node.members() {
        let is_replaced = key.is_text("localizedData") || own.has(key);
        if !is_replaced && !BELONGING.iter().any(|own| key.is_text(own)) {
            write_member(out, key, value, deepest);
        }
    }
    for (key, value) in localized.into_iter().flat_map(ValueRef::members) {
        write_member(out, key, value, deepest);
    }
    begin_closing(out);
    out.push('}');
}

fn write_member(out: &mut String, key: ValueRef<'_>, value: ValueRef<'_>, deepest: usize) {
    begin(out, 3);
    out.push_str(key.raw());
    out.push_str(": ");
    lay_out(out, value, 3, deepest);
}

/// The settings of a node in the best language there is.
fn localized<'a>(node: ValueRef<'a>, ranks: &Ranks) -> Option<ValueRef<'a>> {
    let entries = node.get("localizedData").into_iter();
    entries
        .flat_map(ValueRef::elements)
        .filter(|entry| entry.members().next().is_some())
        .min_by_key(|&entry| {
            let id = text(entry, "localeReference");
            id.and_then(|id| ranks.get(id.as_ref()).copied())
                .unwrap_or(usize::MAX)
        })
}

/// Some keys, to be asked for many times.
struct Keys<'a> {
    few: &'a [Cow<'a, str>],
    many: BTreeSet<&'a str>,
}

impl<'a> Keys<'a> {
    /// Up to how many keys are looked through one by one.
    const FEW: usize = 8;

    fn of(keys: &'a [Cow<'a, str>]) -> Self {
        let is_many = keys.len() > Self::FEW;
        Self {
            few: if is_many { &[] } else { keys },
            many: keys.iter().filter(|_| is_many).map(AsRef::as_ref).collect(),
        }
    }

    fn has(&self, key: ValueRef<'_>) -> bool {
        self.few.iter().any(|own| key.is_text(own))
            || (!self.many.is_empty()
                && key
                    .as_str()
                    .is_some_and(|key| self.many.contains(key.as_ref())))
    }
}

/// A new line for a member or element, after a comma where one stands before it.
fn begin(out: &mut String, depth: usize) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn begin_closing(out: &mut String) {
    if !out.ends_with('{') {
        out.push_str("\n    ");
    }
}
