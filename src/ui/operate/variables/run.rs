//! Updating the variables: what is asked before, and what is looked at after a conflict.

use cognigy::connection::Connection;
use cognigy::error::Error;
use cognigy::operation::{VariablesReport, VariablesRequest, update_variables};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::remote::{self, Held, dialog, sent};
use super::report::head;
use crate::ui::notices::Notice;
use crate::ui::operate::attempts::On;
use crate::ui::operate::job::Ended;
use crate::ui::operate::question::Question;
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;
use crate::ui::operate::values::{Place, Remote, Values, changed_between};

/// How an update went.
pub struct Update {
    /// The dialog.
    pub dialog: String,
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
    spawn_local(async move {
        if operating.questions.ask(question).await.is_some() {
            begin(operating, connection, dialog, values);
        } else {
            operating
                .desk
                .notices
                .show(Notice::info("Not confirmed. Nothing was sent."));
        }
    });
}

fn begin(operating: Operating, connection: Connection, dialog: String, values: Values) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let Some((text, settings)) = shown else {
        return;
    };
    let state = operating.variables;
    let seen = state
        .remote
        .with_untracked(|remote| remote.of(&dialog).cloned());
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
                    remote::fetch(operating, &here, &dialog).await.ok()
                } else {
                    None
                };
                Ok(compare(
                    dialog,
                    report,
                    seen.as_ref(),
                    now.as_ref(),
                    &values,
                ))
            })
        },
        head,
        move |ended: Ended<Update>| {
            Box::pin(async move {
                let on = On {
                    connection: &used.name,
                    subject: &subject,
                };
                match &ended {
                    Ended::Done(update) => {
                        let report = &update.report;
                        let worked = report.result.is_ok();
                        let latency = report.latency;
                        state.attempts.sent(operating, on, worked, latency).await;
                    }
                    Ended::Stopped(stopped) => {
                        state.attempts.stopped(operating, on, stopped).await;
                    }
                    Ended::NotReady(_) => {}
                }
                refresh(operating, &used, &subject).await;
            })
        },
    );
}

/// Shows what is there now.
async fn refresh(operating: Operating, connection: &Connection, dialog: &str) {
    if let Ok(held) = remote::fetch(operating, connection, dialog).await
        && operating.works_with(connection)
    {
        let read = Remote::Read(dialog.to_owned(), held);
        operating.variables.remote.set(read);
    }
}

fn compare(
    dialog: String,
    report: VariablesReport,
    seen: Option<&Held>,
    now: Option<&Held>,
    values: &Values,
) -> Update {
    let changed = seen
        .zip(now)
        .map(|(seen, now)| changed_between(&seen.values, &now.values));
    let overwritten = changed.iter().flatten().filter(|place| {
        let there = now.and_then(|now| now.values.get(*place));
        values
            .get(*place)
            .is_some_and(|sent| there.is_none_or(|there| !cognigy::wire::same(there, sent)))
    });
    Update {
        dialog,
        overwritten: overwritten.cloned().collect(),
        changed,
        report,
    }
}
