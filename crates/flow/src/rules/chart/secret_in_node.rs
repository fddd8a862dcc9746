//! ## What it does
//! Looks through all settings of all nodes (code, headers, addresses, payloads, texts) and the code that stands in
//! for a node in tests, for what looks like a secret: keys that are known by how they start (of Amazon Web
//! Services, GitHub, GitLab, Slack, Stripe, Google and others), private keys, JSON Web Tokens, credentials in
//! `Authorization` headers, passwords in web addresses, and long random values with names such as `apiKey`.
//! Placeholders (`{{context.token}}`, `${…}`), `[[snippet-…]]`, and examples are none. The value itself is
//! never shown. Connections are not looked at: their values are encrypted.
//!
//! ## Why it is bad
//! Whoever gets the export, or sees the flow in the editor, can use what the key opens. It stays readable in
//! every copy and backup.
//!
//! ## Example
//! ```json fails
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "httpRequest", "label": "Fetch orders",
//!               "config": { "url": "https://robot:h7Kq2zWm@example.org/orders" } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "nodes": [{ "_id": "1", "type": "start" },
//!             { "_id": "3", "type": "httpRequest", "label": "Fetch orders",
//!               "config": { "url": "https://example.org/orders", "authType": "basic", "basicConnection": "0f2b7c1e-0000-4000-8000-000000000001" } },
//!             { "_id": "2", "type": "end" }],
//!   "relations": [{ "node": "1", "next": "3", "children": [] },
//!                 { "node": "3", "next": "2", "children": [] },
//!                 { "node": "2", "next": null, "children": [] }] }
//! ```
//!
//! ## When to switch it off
//! Where a value only looks like a secret. Acknowledge that one instead.

use crate::document::ChartNode;
use crate::document::chart::texts::{self, Text};
use crate::json::ValueRef;
use crate::problem::Severity;
use crate::rules::chart_context::ChartContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};
use crate::secrets::{Look, find, is_secret};
use std::collections::BTreeSet;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CH701",
    name: "secret-in-node",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Text,
    summary: "Something in a node looks like a key, a token or a password.",
    check: Check::Chart(check),
    veto: None,
};

/// How many characters of a name are looked at before it is quoted.
const SHOWN: usize = 1_000;

fn check(context: &ChartContext<'_>, report: &mut Report<'_>) {
    for node in &context.chart.nodes {
        // One secret may be written in several places, as rich content is.
        let mut told = BTreeSet::new();
        let object = context.tree.value(node.at);
        let mock = object.get("mock").and_then(|mock| mock.get("code"));
        if let Some(config) = node.config.map(|config| context.tree.value(config)) {
            let (key, value) = (config.get("key"), config.get("value"));
            let named = key.and_then(ValueRef::as_str).zip(value);
            // What Cognigy.AI made of the code says the same once more.
            texts::each(config, &|key| key == "transpiled", &mut |text| {
                let is_value = named.as_ref().filter(|(_, value)| value.id() == text.at);
                let name = is_value.map(|(name, _)| name.as_ref());
                look(node, text, name, &mut told, report);
            });
        }
        if let Some(mock) = mock {
            texts::each(mock, &|_| false, &mut |text| {
                look(node, text, None, &mut told, report);
            });
        }
    }
}

/// Looks at one text. `name` is what a value is kept as, where that is not the name of its setting.
fn look(
    node: &ChartNode,
    text: &Text<'_>,
    name: Option<&str>,
    told: &mut BTreeSet<String>,
    report: &mut Report<'_>,
) {
    let found = find(text.text)
        .into_iter()
        .map(|secret| (secret.look, secret.span));
    let mut found: Vec<_> = found.collect();
    let name = name.or_else(|| text.path.last_key()).unwrap_or_default();
    if found.is_empty() && is_secret(name, text.text) {
        found.push((Look::Named, 0..text.text.len()));
    }
    let (mut line, mut counted) = (1, 0);
    for (look, span) in found {
        line += text.text[counted..span.start].matches('\n').count();
        counted = span.start;
        if !told.insert(text.text[span.clone()].to_owned()) {
            continue;
        }
        let message = message(node, text, look, line);
        let finding = report.problem(text.at, message).id(&node.id.text);
        if !text.is_inside {
            finding.within(span);
        }
    }
}

fn message(node: &ChartNode, text: &Text<'_>, look: Look, line: usize) -> String {
    let line = if text.text.contains('\n') && !text.is_inside {
        format!(", line {line}")
    } else {
        String::new()
    };
    let setting = text.path.to_string();
    let setting = match shown(&setting) {
        "" if setting.is_empty() => "the mock code".to_owned(),
        "" => "a setting".to_owned(),
        setting => format!("the setting \"{}\"", Quoted(setting)),
    };
    let name = match shown(node.name()) {
        "" => &node.type_name.text,
        name => name,
    };
    format!(
        "In {setting} of \"{}\"{line} stands what looks like {}. Whoever gets this file can use it. Put it \
         into a connection of Cognigy.AI, and have it replaced by a new one where it comes from.",
        Quoted(name),
        look.describe()
    )
}

/// A name as long as it is no secret itself. Of a long one only the start is ever quoted.
fn shown(name: &str) -> &str {
    let end = name
        .char_indices()
        .nth(SHOWN)
        .map_or(name.len(), |(end, _)| end);
    if find(&name[..end]).is_empty() {
        name
    } else {
        ""
    }
}
