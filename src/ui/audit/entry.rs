//! One entry of the audit log: as a line, and with all that is in it.

use leptos::prelude::*;
use serde_json::Value;

use crate::ui::icons::{Icon, icon};
use crate::ui::operate::moments::Moment;

/// A line of the log, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its number.
    pub number: u64,
    /// When it was written, in UTC.
    pub at: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// On which connection.
    pub connection: String,
    /// By whom.
    pub operator: String,
    /// How it went, as the log calls it; empty where it does not say.
    pub result: String,
    /// The entry it belongs to.
    pub reference: Option<u64>,
    /// The line as it is kept.
    pub text: String,
}

impl Line {
    /// Reads the line at a place. What is no entry any more is shown as the text it is.
    pub fn read(at: usize, text: &str) -> Self {
        let entry: Value = serde_json::from_str(text).unwrap_or_default();
        let word = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let body = &entry["body"];
        let result = ["result", "compliance_status", "status"]
            .iter()
            .find_map(|key| body[*key].as_str());
        let result = match (result, body["success"].as_bool()) {
            (Some(result), _) => result.to_owned(),
            (None, Some(success)) => if success { "success" } else { "failed" }.to_owned(),
            (None, None) => String::new(),
        };
        let place = u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1);
        Self {
            number: entry["seq"].as_u64().unwrap_or(place),
            at: word("at"),
            action: match word("action") {
                none if none.is_empty() => "not an entry".to_owned(),
                action => action,
            },
            subject: word("subject"),
            connection: word("connection"),
            operator: word("operator"),
            result,
            reference: entry["ref"].as_u64(),
            text: text.to_owned(),
        }
    }

    /// The result in words.
    pub fn result_words(&self) -> String {
        match self.result.as_str() {
            "new_version_active" => "new version active".to_owned(),
            "previous_version_active" => "previous version active".to_owned(),
            "" if self.reference.is_some() => "done".to_owned(),
            "" | "intended" => "intended".to_owned(),
            other => other.replace('_', " "),
        }
    }

    /// Its colour.
    pub fn tone(&self) -> &'static str {
        match self.result.as_str() {
            "new_version_active" | "success" | "PASS" | "done" => "good",
            "previous_version_active" | "failed" | "FAIL" => "bad",
            "unknown" | "changed_elsewhere" => "unsure",
            _ => "plain",
        }
    }
}

/// An entry with all that is in it.
#[component]
pub fn EntryDetail(
    line: Line,
    lines: RwSignal<Vec<Line>>,
    open: RwSignal<Option<u64>>,
) -> impl IntoView {
    let Line {
        number,
        at,
        action,
        subject,
        connection,
        operator,
        reference,
        text,
        ..
    } = line;
    let entry: Value = serde_json::from_str(&text).unwrap_or_default();
    let body = entry["body"].as_object().cloned().unwrap_or_default();
    let facts: Vec<(String, AnyView)> = body
        .into_iter()
        .map(|(key, value)| (key, value_view(&value)))
        .collect();
    // An outcome names its intent; an intent is named by its outcome.
    let other = match reference {
        Some(intent) => Some(("Its intent", intent)),
        None => lines.with_untracked(|lines| {
            let outcome = lines.iter().find(|other| other.reference == Some(number));
            outcome.map(|outcome| ("Its outcome", outcome.number))
        }),
    };
    let said = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    view! {
        <section class="log-entry" aria-label=format!("Entry {number} in full")>
            <div class="pane-head">
                <h2>{format!("Entry {number}")}</h2>
                <button class="icon-button" aria-label="Close the entry" on:click=move |_| open.set(None)>{icon(Icon::Close)}</button>
            </div>
            <div class="log-body" tabindex="0" role="region" aria-label="What it says">
                <p class="log-title">{action}</p>
                <dl class="fact-list">
                    <dt>"When"</dt><dd><Moment text=at/></dd>
                    <dt>"Subject"</dt><dd><bdi>{subject}</bdi></dd>
                    <dt>"Connection"</dt><dd>{connection}</dd>
                    {(!operator.is_empty()).then(|| view! { <dt>"Operator"</dt><dd>{operator}</dd> })}
                    {other.map(|(what, number)| view! {
                        <dt>{what}</dt>
                        <dd><button class="button is-small" on:click=move |_| open.set(Some(number))>{format!("Show entry {number}")}</button></dd>
                    })}
                </dl>
                <h3>"Details"</h3>
                <dl class="fact-list is-code">
                    {facts.into_iter().map(|(what, which)| view! { <dt>{what}</dt><dd>{which}</dd> }).collect_view()}
                </dl>
                <h3>"Chain"</h3>
                <dl class="fact-list is-code">
                    <dt>"hash"</dt><dd>{said("hash")}</dd>
                    <dt>"before"</dt><dd>{said("prev")}</dd>
                </dl>
            </div>
        </section>
    }
}

/// A value of an entry. A difference, which is a list of changes, stands one change a line.
fn value_view(value: &Value) -> AnyView {
    match value {
        Value::Null => view! { <span class="field-note">"none"</span> }.into_any(),
        Value::String(text) => text.clone().into_any(),
        Value::Array(items) if !items.is_empty() => view! {
            <ul class="plain-list">
                {items.iter().map(|item| view! { <li>{spelled(item)}</li> }).collect_view()}
            </ul>
        }
        .into_any(),
        Value::Object(members) if !members.is_empty() => view! {
            <ul class="plain-list">
                {members.iter().map(|(key, value)| view! { <li>{format!("{key}: {}", spelled(value))}</li> }).collect_view()}
            </ul>
        }
        .into_any(),
        other => other.to_string().into_any(),
    }
}

fn spelled(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
