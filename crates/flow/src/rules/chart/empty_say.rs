//! ## What it does
//! Finds `say` nodes without a text and without data. What is said depends on the type of the node: a text, or
//! what is shown instead of it, such as quick replies and images. What is said in another channel alone
//! counts too. Disabled nodes are passed over.
//!
//! ## Why it is bad
//! Users get an empty message, or none where one was meant.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": [""], "data": "" } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "say", "label": "Greet",
//!               "config": { "say": { "type": "text", "text": ["Hello!"], "data": "" } } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where empty messages are filled in by a transformer of the endpoint.

use crate::document::chart::texts::json_in;
use crate::json::{Kind, ValueRef};
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH601",
    name: "empty-say",
    severity: Severity::Warning,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A say node says nothing and sends no data.",
    check: Check::Chart(check),
    veto: None,
};

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        if node.type_name.text != "say" || node.is_disabled {
            continue;
        }
        let Some(say) = node.setting(context.tree, "say") else {
            continue;
        };
        // Some versions write it as a text that is JSON.
        let inner = say.as_str().and_then(|text| json_in(&text));
        let read = inner.as_ref().map_or(say, |tree| tree.root());
        if read.kind() != Kind::Object || says_something(read) {
            continue;
        }
        let message = format!(
            "\"{}\" has no text and no data, so users get an empty message or none. Put in what it should \
             say, or remove it.",
            Quoted(node.name())
        );
        report.problem(say.id(), message).id(&node.id.text);
    }
}

fn says_something(say: ValueRef<'_>) -> bool {
    let of = |key| say.get(key).is_some_and(has_content);
    if of("text") || say.get("data").is_some_and(is_data) {
        return true;
    }
    let type_name = say
        .get("type")
        .and_then(ValueRef::as_str)
        .unwrap_or_default();
    let copy = || say.get("_data").and_then(|data| data.get("_cognigy"));
    let own = say
        .get("_cognigy")
        .filter(|own| own.members().next().is_some());
    let Some(channels) = own.or_else(copy) else {
        return false;
    };
    channels.members().any(|(channel, content)| {
        if !channel.is_text("_default") {
            return has_content(content);
        }
        // What another type left behind is not shown.
        let own = content.get(&format!("_{type_name}"));
        own.map_or_else(
            || !matches!(type_name.as_ref(), "" | "text") && has_content(content),
            has_content,
        )
    })
}

/// Whether some text in a value is not blank, but for those that only say what sort of thing it is.
fn has_content(value: ValueRef<'_>) -> bool {
    match value.kind() {
        Kind::String | Kind::EscapedString => {
            value.as_str().is_some_and(|text| !text.trim().is_empty())
        }
        Kind::Array => value.elements().any(has_content),
        Kind::Object => value.members().any(|(key, member)| {
            let is_sort = ["type", "id", "contentType"]
                .iter()
                .any(|sort| key.is_text(sort));
            !is_sort && has_content(member)
        }),
        Kind::Number | Kind::True => true,
        Kind::Null | Kind::False => false,
    }
}

/// Whether data is more than an empty object, which may be written as a text.
fn is_data(data: ValueRef<'_>) -> bool {
    match data.kind() {
        Kind::Object => data.members().next().is_some(),
        Kind::Array => data.elements().next().is_some(),
        Kind::String | Kind::EscapedString => data.as_str().is_some_and(|text| {
            let bare: String = text.split_whitespace().collect();
            !matches!(bare.as_str(), "" | "{}" | "[]" | "null")
        }),
        Kind::Null | Kind::False => false,
        Kind::Number | Kind::True => true,
    }
}
