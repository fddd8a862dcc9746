//! Exporting a flow as the platform holds it and handing it on as a sync payload.

use flow::checksum::checksum;
use flow::document::Document;
use flow::json::{ValueRef, quote};
use flow::rules::Settings;
use serde_json::json;

use crate::journal::OperationKind;
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::stopped::{FoundProblem, Stopped, errors_in};
use crate::resource::dialogs;
use crate::waiting::Cancellation;
use crate::webhook::{Webhook, WebhookEnd};

const EXPORT: Step = Step::reads("export", "Fetch the flow");
const CHECK: Step = Step::reads("check", "Check it and its checksum");
const DELIVER: Step = Step::changes("deliver", "Hand it on");
const STEPS: &[Step] = &[EXPORT, CHECK, DELIVER];

/// An exported flow.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportReport {
    /// The sync payload, to be downloaded.
    pub payload: String,
    /// The checksum of the flow in it.
    pub checksum: String,
    /// The number of its version.
    pub version: String,
    /// The errors that the rules find in it.
    pub problems: Vec<FoundProblem>,
    /// Whether there are none, and the checksum was read back out of the payload.
    pub governance_compliant: bool,
    /// Whether it was handed on.
    pub delivered: WebhookEnd,
    /// The books.
    pub books: Books,
}

/// Exports the flow of a dialog and hands it to the sync webhook where there is one. A flow that the
/// rules find errors in is exported all the same, and said not to be compliant.
pub async fn export_flow(
    tools: &Tools,
    dialog: &str,
    settings: &Settings,
    cancellation: &Cancellation,
    events: &std::rc::Rc<dyn Fn(Event)>,
) -> Result<ExportReport, Stopped> {
    let run = Run::start(tools, OperationKind::Export, STEPS, cancellation, events);
    run.step(EXPORT);
    let text = match dialogs::export(run.client(), dialog, false, &run.watch).await {
        Ok(text) => text,
        Err(failed) => return run.stopped(failed.into()),
    };
    run.step(CHECK);
    let document = match Document::read(text.as_str().into()) {
        Ok(document) => document,
        Err(errors) => return run.stopped(Stopped::ExportUnreadable(errors)),
    };
    let Some(flow) = document.dialog_flow() else {
        let needed = flow::document::DocumentKind::DialogFlow;
        let found = document.kind();
        return run.stopped(Stopped::WrongKind { needed, found });
    };
    let value = document.tree().value(flow.at);
    let made = checksum(value);
    let version = flow.version.text.to_string();
    let payload = format!(
        "{{\"dialog_id\":{},\"version\":{},\"exported_at\":{},\"artifact\":{},\"checksum\":{}}}",
        quote(dialog),
        quote(&version),
        quote(&run.timestamp()),
        value.raw(),
        quote(&made)
    );
    let problems = errors_in(&document, settings);
    let governance_compliant = problems.is_empty() && holds_its_checksum(&payload);
    let audited = json!({
        "event": "flow_sync",
        "dialog_id": dialog,
        "version": version,
        "checksum": made,
        "timestamp": run.timestamp(),
        "governance_compliant": governance_compliant,
    });
    let record = run.record(DELIVER, dialog);
    let record = match run
        .intent("FLOW_SYNC", dialog, audited.clone(), record)
        .await
    {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    run.step(DELIVER);
    let webhook = Webhook::ArtifactSync(payload.clone());
    let delivered = webhook.deliver(run.client(), &run.watch).await;
    match &delivered {
        WebhookEnd::Failed(reason) => run.failed(reason),
        WebhookEnd::Delivered | WebhookEnd::NotSet => run.done(),
    }
    let mut outcome = audited;
    outcome["delivered"] = json!(delivered == WebhookEnd::Delivered);
    run.outcome("FLOW_SYNC", dialog, outcome, record.intent)
        .await;
    run.settle().await;
    Ok(ExportReport {
        payload,
        checksum: made,
        version,
        problems,
        governance_compliant,
        delivered,
        books: run.books().await,
    })
}

/// Whether the flow in a sync payload has the checksum that stands beside it, read as anybody would.
fn holds_its_checksum(payload: &str) -> bool {
    let Ok(document) = Document::read(payload.into()) else {
        return false;
    };
    let root = document.tree().root();
    let said = root.get("checksum").and_then(ValueRef::as_str);
    let made = root.get("artifact").map(checksum);
    said.is_some_and(|said| made.as_deref() == Some(&*said))
}
