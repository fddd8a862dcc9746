//! Updating the variables: what is asked before, and what is looked at after a conflict.

use cognigy::connection::Connection;
use cognigy::error::Error;
use cognigy::operation::{VariablesReport, VariablesRequest, update_variables};
use cognigy::refused::{Body, Refused};
use leptos::prelude::*;

use super::remote::{Held, dialog, sent};
use super::report::head;
use crate::ui::desk::DocumentId;
use crate::ui::operate::question::Question;
use crate::ui::operate::refused::{mark, of_call, unmark};
use crate::ui::operate::sending::{after_attempt, once_confirmed};
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;
use crate::ui::operate::values::{Place, Values, changed_between};

/// How an update went.
pub struct Update {
    /// The dialog.
    pub dialog: String,
    /// The document that was sent.
    pub document: DocumentId,
    /// What the tenant refused of it.
    pub refused: Vec<Refused>,
    /// What the client reports.
    pub report: VariablesReport,
    /// After a conflict: what somebody else changed since it was read, where that is known.
    pub changed: Option<Vec<Place>>,
    /// Those of them that would be overwritten.
    pub overwritten: Vec<Place>,
}

/// Asks, then updates.
pub fn update(operating: Operating) {
    let Some(dialog) = untrack(|| dialog(operating)) else {
        return;
    };
    if operating.busy.get_untracked() {
        return;
    }
    let values = untrack(|| sent(operating));
    let next = operating.desk.peek(|open| {
        let next = open.document().state_variables()?.next_step.as_ref()?;
        Some(next.text.to_string())
    });
    let connection = operating.connection.get_untracked();
    let mut facts = vec![
        ("Tenant", tenant_words(&connection)),
        ("Dialog", dialog.clone()),
        ("Variables", values.len().to_string()),
    ];
    if let Some(next) = next.flatten() {
        facts.push(("Goes on at", next));
    }
    let question = Question {
        title: "Update the state of this dialog?".to_owned(),
        text: vec![
            "The user may be in the middle of it. What is not sent stays as it is.".to_owned(),
        ],
        facts,
        yes: "Update on this tenant".to_owned(),
        ..Question::default()
    };
    once_confirmed(operating, question, move || {
        begin(operating, connection, dialog, values);
    });
}

fn begin(operating: Operating, connection: Connection, dialog: String, values: Values) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let (Some((text, settings)), Some(document)) = (shown, operating.desk.active.get_untracked())
    else {
        return;
    };
    unmark(operating, document);
    let state = operating.variables;
    let seen = state.source.seen(&dialog);
    let subject = dialog.clone();
    let (here, used) = (connection.clone(), connection.clone());
    state.job.run(
        operating,
        connection,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let request = VariablesRequest {
                    text: &text,
                    etag: seen.as_ref().and_then(|seen| seen.etag.as_deref()),
                    settings: &settings,
                };
                let report = update_variables(&tools, &request, &cancellation, &events).await?;
                let conflict = matches!(&report.result, Err(failed)
                    if matches!(failed.error, Error::Conflict { .. }));
                let now = if conflict {
                    state.source.look(operating, &here, &dialog).await.ok()
                } else {
                    None
                };
                let failed = report.result.as_ref().err();
                let refused = failed.map(|failed| of_call(failed, &text, Body::Document));
                let refused = refused.unwrap_or_default();
                mark(operating, document, &refused);
                let (changed, overwritten) = compare(seen.as_ref(), now.as_ref(), &values);
                Ok(Update {
                    dialog,
                    document,
                    refused,
                    report,
                    changed,
                    overwritten,
                })
            })
        },
        head,
        after_attempt(
            operating,
            (state.attempts, state.source),
            used,
            subject,
            |update: &Update| (update.report.result.is_ok(), update.report.latency),
        ),
    );
}

/// What somebody else changed since it was read, where that is known, and what of it would be overwritten.
fn compare(
    seen: Option<&Held>,
    now: Option<&Held>,
    values: &Values,
) -> (Option<Vec<Place>>, Vec<Place>) {
    let changed = seen
        .zip(now)
        .map(|(seen, now)| changed_between(&seen.values, &now.values));
    let overwritten = changed.iter().flatten().filter(|place| {
        let there = now.and_then(|now| now.values.get(*place));
        values
            .get(*place)
            .is_some_and(|sent| there.is_none_or(|there| !cognigy::wire::same(there, sent)))
    });
    let overwritten = overwritten.cloned().collect();
    (changed, overwritten)
}
