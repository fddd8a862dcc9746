//! Updating session and user variables of a running dialog.

use std::rc::Rc;

use flow::checksum::canonical_text;
use flow::document::{Document, DocumentKind};
use flow::json::parse;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::canonical::sha256;
use crate::error::{CallError, Changed, Error};
use crate::journal::{OperationKind, Record};
use crate::metrics::rounded;
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::stopped::{Stopped, validated};
use crate::resource::state_variables::{self, HistoryEntry, RemoteVariables, Updated};
use crate::waiting::Cancellation;
use crate::webhook::{Webhook, WebhookEnd};
use crate::wire;

const VALIDATE: Step = Step::reads("validate", "Check the variables");
const READ: Step = Step::reads("read", "Read what is there");
const UPDATE: Step = Step::changes("update", "Update the variables");
const HISTORY: Step = Step::reads("history", "Read the versions there were");
const TELL: Step = Step::reads("tell", "Tell the CRM");
const STEPS: &[Step] = &[VALIDATE, READ, UPDATE, HISTORY, TELL];
const ACTION: &str = "STATE_VARIABLES_UPDATE";

/// What is to be updated.
pub struct VariablesRequest<'a> {
    /// The text of the state variables.
    pub text: &'a str,
    /// The version mark, where one is known; else it is read first.
    pub etag: Option<&'a str>,
    /// Settings of the rules.
    pub settings: &'a Settings,
}

/// How an update went.
#[derive(Clone, Debug, PartialEq)]
pub struct VariablesReport {
    /// The new version mark, or why there is none.
    pub result: Result<Updated, CallError>,
    /// How long the update took, in milliseconds.
    pub latency: u64,
    /// The versions there were, where they could be read.
    pub history: Vec<HistoryEntry>,
    /// How telling the CRM went.
    pub webhook: WebhookEnd,
    /// The books.
    pub books: Books,
}

/// The body of an update: the document without its dialog, values as they are spelled.
pub(crate) fn update_body(document: &Document) -> String {
    let root = document.tree().root();
    let members = ["session", "user", "transition"].iter().filter_map(|key| {
        let value = root.get(key).filter(|value| !value.is_null())?;
        Some(format!("\"{key}\":{}", value.raw()))
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Updates variables. A change by somebody else is reported, not overwritten.
pub async fn update_variables(
    tools: &Tools,
    request: &VariablesRequest<'_>,
    cancellation: &Cancellation,
    events: &Rc<dyn Fn(Event)>,
) -> Result<VariablesReport, Stopped> {
    let run = Run::start(
        tools,
        OperationKind::UpdateVariables,
        STEPS,
        cancellation,
        events,
    );
    let client = run.client();
    run.step(VALIDATE);
    let document = match validated(request.text, DocumentKind::StateVariables, request.settings) {
        Ok(document) => document,
        Err(stopped) => return run.stopped(stopped),
    };
    let dialog = document.title().to_owned();
    let body = update_body(&document);
    let payload: Value = serde_json::from_str(&body).unwrap_or_default();
    run.step(READ);
    let etag = match request.etag {
        Some(etag) => Some(etag.to_owned()),
        None => match state_variables::variables(client, &dialog, &run.watch).await {
            Ok(remote) => remote.etag,
            // Scopes may allow writing alone, and a new dialog may have nothing to read.
            Err(failed)
                if matches!(
                    failed.error,
                    Error::NotFound { .. } | Error::Forbidden { .. }
                ) =>
            {
                None
            }
            Err(failed) => return run.stopped(failed.into()),
        },
    };
    let hash = payload_hash(&body);
    let kept = |key: &str| {
        payload
            .get(key)
            .map(|values| run.tools.audit.kept_values(values))
    };
    let intent = json!({
        "timestamp": run.timestamp(),
        "dialog_id": dialog,
        "payload_hash": hash,
        "session": kept("session"),
        "user": kept("user"),
        "transition": payload.get("transition"),
    });
    let record = Record {
        before: etag.clone(),
        content_hash: Some(hash.clone()),
        ..run.record(UPDATE, &dialog)
    };
    let record = match run.intent(ACTION, &dialog, intent, record).await {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    run.step(UPDATE);
    let sent_at = client.clock().monotonic();
    let result = send(&run, &dialog, etag.as_deref(), &body, &payload).await;
    let latency = client.clock().monotonic() - sent_at;
    let summary = match &result {
        Ok(updated) => updated.summary.clone(),
        Err(failed) => failed.to_string(),
    };
    #[expect(clippy::cast_precision_loss, reason = "nobody waits 2^53 milliseconds")]
    let outcome = json!({
        "timestamp": run.timestamp(),
        "dialog_id": dialog,
        "payload_hash": hash,
        "latency_ms": rounded(latency as f64, 2),
        "status": if result.is_ok() { "success" } else { "failed" },
        "result_summary": summary.chars().take(100).collect::<String>(),
    });
    run.outcome(ACTION, &dialog, outcome, record.intent).await;
    let known = result
        .as_ref()
        .err()
        .is_none_or(|failed| failed.changed == Changed::Nothing);
    if known {
        run.settle().await;
    }
    let (history, webhook) = match &result {
        Err(failed) => {
            run.failed(&failed.to_string());
            (Vec::new(), WebhookEnd::NotSet)
        }
        Ok(updated) => follow_up(&run, &dialog, payload, updated).await,
    };
    Ok(VariablesReport {
        result,
        latency,
        history,
        webhook,
        books: run.books().await,
    })
}

/// Sends the update, and reads back where the answer leaves something open.
async fn send(
    run: &Run<'_>,
    dialog: &str,
    etag: Option<&str>,
    body: &str,
    payload: &Value,
) -> Result<Updated, CallError> {
    let client = run.client();
    let sent = state_variables::update(client, dialog, etag, body, &run.watch).await;
    let Err(failed) = sent else { return sent };
    let open = failed.changed == Changed::Perhaps || matches!(failed.error, Error::Conflict { .. });
    if !open {
        return Err(failed);
    }
    match state_variables::variables(client, dialog, &run.steadfast).await {
        Ok(remote) => seen(&remote, etag, payload, failed),
        // A conflict may be with a first copy of our own update.
        Err(_) => Err(failed.at_least(Changed::Perhaps)),
    }
}

/// What comes after a success: the versions there were, and telling the CRM.
async fn follow_up(
    run: &Run<'_>,
    dialog: &str,
    payload: Value,
    updated: &Updated,
) -> (Vec<HistoryEntry>, WebhookEnd) {
    run.step(HISTORY);
    let history = match state_variables::variables(run.client(), dialog, &run.watch).await {
        Ok(remote) => remote.history,
        Err(failed) => {
            run.failed(&failed.to_string());
            Vec::new()
        }
    };
    run.step(TELL);
    let told = Webhook::Crm {
        dialog: dialog.to_owned(),
        payload,
        result: updated.summary.clone(),
    };
    let webhook = told.deliver(run.client(), &run.watch).await;
    run.done();
    (history, webhook)
}

/// The hash of a payload: of its canonical checksum text.
fn payload_hash(body: &str) -> String {
    parse(body.into()).map_or_else(
        |_| sha256(body),
        |tree| sha256(&canonical_text(tree.root())),
    )
}

/// What reading back says of an update whose answer was lost or that met a conflict.
fn seen(
    remote: &RemoteVariables,
    etag: Option<&str>,
    payload: &Value,
    failed: CallError,
) -> Result<Updated, CallError> {
    let there =
        holds(&remote.session, payload.get("session")) && holds(&remote.user, payload.get("user"));
    // A next step leaves no trace that could be read back.
    if there && payload.get("transition").is_none() {
        return Ok(Updated {
            etag: remote.etag.clone(),
            summary: "The platform holds these values: they were read back.".to_owned(),
        });
    }
    let sends_values = ["session", "user"]
        .iter()
        .any(|part| payload.get(part).is_some());
    if there && sends_values {
        return Err(failed.at_least(Changed::Perhaps));
    }
    // What ran out of time may still arrive, and what is not there may have been overwritten since.
    let late = matches!(failed.error, Error::Timeout { .. });
    let overwritten = etag.is_some() && remote.etag.as_deref() != etag;
    if there || late || overwritten {
        return Err(failed);
    }
    Err(CallError {
        changed: Changed::Nothing,
        ..failed
    })
}

/// Whether every value that was sent is there.
pub(crate) fn holds(there: &Value, sent: Option<&Value>) -> bool {
    let Some(sent) = sent.and_then(Value::as_object) else {
        return true;
    };
    sent.iter()
        .all(|(key, value)| there.get(key).is_some_and(|there| wire::same(there, value)))
}
