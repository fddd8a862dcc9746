//! What was accepted, kept in this browser: it holds when the same export is reviewed another day.

use flow::json::{ValueRef, parse, quote};
use flow::report::ReportAcknowledgement;

use super::asked::spelled;
use crate::browser::page;

/// Where it is kept.
const KEY: &str = "flowdeck.review.acknowledged";
/// So many are kept; the oldest go first.
const MOST: usize = 2_000;

/// What was accepted before.
pub fn read() -> Vec<ReportAcknowledgement> {
    let Some(text) = page::remembered(KEY) else {
        return Vec::new();
    };
    let Ok(tree) = parse(text.into()) else {
        return Vec::new();
    };
    tree.root().elements().filter_map(entry).collect()
}

fn entry(value: ValueRef<'_>) -> Option<ReportAcknowledgement> {
    let text = |key| Some(value.get(key)?.as_str()?.into_owned());
    Some(ReportAcknowledgement {
        path: text("path")?,
        fingerprint: u64::from_str_radix(&text("fingerprint")?, 16).ok()?,
        code: text("code")?.into(),
        reason: text("reason")?,
        by: text("by").unwrap_or_default(),
        at: text("at").unwrap_or_default(),
    })
}

/// Keeps one more acceptance, beside those that another tab has kept meanwhile; false when this browser
/// keeps nothing.
pub fn add(entry: &ReportAcknowledgement) -> bool {
    let mut entries = read();
    entries.push(entry.clone());
    write(&entries)
}

/// Forgets the acceptance of a problem.
pub fn remove(path: &str, fingerprint: u64) -> bool {
    let mut entries = read();
    entries.retain(|own| own.path != path || own.fingerprint != fingerprint);
    write(&entries)
}

/// Writes what is kept; false when it cannot be read back.
fn write(entries: &[ReportAcknowledgement]) -> bool {
    let from = entries.len().saturating_sub(MOST);
    let lines: Vec<String> = entries[from..]
        .iter()
        .map(|entry| {
            format!(
                "{{\"path\":{},\"code\":{},\"fingerprint\":\"{}\",\"reason\":{},\"by\":{},\"at\":{}}}",
                quote(&entry.path),
                quote(&entry.code),
                spelled(entry.fingerprint),
                quote(&entry.reason),
                quote(&entry.by),
                quote(&entry.at)
            )
        })
        .collect();
    let text = format!("[{}]", lines.join(",\n"));
    let text = (!lines.is_empty()).then_some(text);
    page::remember(KEY, text.as_deref());
    page::remembered(KEY) == text
}
