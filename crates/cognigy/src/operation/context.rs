//! Injecting context into a running conversation.

use std::collections::BTreeSet;
use std::rc::Rc;

use flow::document::{ContextSet, Document, DocumentKind};
use flow::json::quote;
use flow::payload::preview;
use flow::rules::Settings;
use serde_json::{Map, Value, json};

use crate::canonical::sha256;
use crate::error::{CallError, Changed, Error};
use crate::journal::{OperationKind, Record};
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::stopped::{Stopped, validated};
use crate::ports::LocalBoxFuture;
use crate::resource::context::{self, RemoteContext};
use crate::waiting::Cancellation;
use crate::webhook::{Webhook, WebhookEnd};
use crate::wire;

const VALIDATE: Step = Step::reads("validate", "Check the variables");
const READ: Step = Step::reads("read", "Read the version there is");
const INJECT: Step = Step::changes("inject", "Inject the variables");
const TELL: Step = Step::reads("tell", "Tell the context webhook");
const STEPS: &[Step] = &[VALIDATE, READ, INJECT, TELL];
const ACTION: &str = "CONTEXT_INJECTION";
/// How often it is sent through conflicts.
const TRIES: u32 = 3;

/// What is to be injected.
pub struct ContextRequest<'a> {
    /// The text of the context set.
    pub text: &'a str,
    /// The version of the conversation's context, where it is known; else it is read first.
    pub version: Option<&'a str>,
    /// The template that is resolved for the webhook. May be empty.
    pub template: &'a str,
    /// Settings of the rules.
    pub settings: &'a Settings,
}

/// The context was changed by somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextConflict {
    /// The version it has now.
    pub version: String,
    /// The keys that were changed meanwhile, as far as what was there before is known.
    pub changed: Vec<String>,
    /// Those of them that are about to be overwritten.
    pub overwritten: Vec<String>,
}

/// The question an injection asks.
pub trait ContextUser {
    /// Go on over what changed?
    fn overwrite<'a>(&'a self, conflict: &'a ContextConflict) -> LocalBoxFuture<'a, bool>;
}

/// How an injection went.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextReport {
    /// Names the injection.
    pub injection: String,
    /// The new version, or why there is none.
    pub result: Result<String, CallError>,
    /// The conflicts that were met on the way.
    pub conflicts: Vec<ContextConflict>,
    /// How long it took, in milliseconds, without the user's time.
    pub latency: u64,
    /// The checksum of the injection.
    pub checksum: String,
    /// How telling the webhook went.
    pub webhook: WebhookEnd,
    /// The books.
    pub books: Books,
}

/// The checksum that says which injection into which conversation worked.
pub fn injection_checksum(injection: &str, conversation: &str, success: bool) -> String {
    let success = if success { "True" } else { "False" };
    sha256(&format!("{injection}:{conversation}:{success}"))
}

/// The wire form of a context set: inner keys, scopes filled in, values as they are spelled.
pub(crate) fn wire_form(document: &Document, set: &ContextSet) -> String {
    let variables: Vec<String> = set
        .variables
        .iter()
        .map(|variable| {
            format!(
                "{}:{{\"value\":{},\"scope\":{}}}",
                quote(&variable.key().text),
                document.tree().value(variable.value_at).raw(),
                quote(variable.scope_name())
            )
        })
        .collect();
    format!(
        "{{\"conversationId\":{},\"context\":{{{}}}}}",
        quote(&set.conversation_id.text),
        variables.join(",")
    )
}

/// Injects a context set.
pub async fn inject_context(
    tools: &Tools,
    request: &ContextRequest<'_>,
    user: &dyn ContextUser,
    cancellation: &Cancellation,
    events: &Rc<dyn Fn(Event)>,
) -> Result<ContextReport, Stopped> {
    let run = Run::start(
        tools,
        OperationKind::InjectContext,
        STEPS,
        cancellation,
        events,
    );
    run.step(VALIDATE);
    let document = match validated(request.text, DocumentKind::ContextSet, request.settings) {
        Ok(document) => document,
        Err(stopped) => return run.stopped(stopped),
    };
    let Some(set) = document.context_set() else {
        return run.stopped(Stopped::WrongKind {
            needed: DocumentKind::ContextSet,
            found: document.kind(),
        });
    };
    let conversation = set.conversation_id.text.to_string();
    let body = wire_form(&document, set);
    let sent: Value = serde_json::from_str(&body).unwrap_or_default();
    run.step(READ);
    let before = match before(&run, &conversation, request.version).await {
        Ok(before) => before,
        Err(failed) => return run.stopped(failed.into()),
    };
    let injection = run.id.clone();
    let intent = json!({
        "timestamp": run.timestamp(),
        "injection_id": injection,
        "conversation_id": conversation,
        "variables": kept(&run, &sent["context"]),
    });
    let record = Record {
        before: Some(before.version.clone()),
        content_hash: Some(sha256(&body)),
        ..run.record(INJECT, &conversation)
    };
    let record = match run.intent(ACTION, &conversation, intent, record).await {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    run.step(INJECT);
    let known = request.version.is_none();
    let injected = inject(
        &run,
        &conversation,
        &body,
        &sent["context"],
        before,
        known,
        user,
    )
    .await;
    let success = injected.result.is_ok();
    let checksum = injection_checksum(&injection, &conversation, success);
    let outcome = json!({
        "timestamp": run.timestamp(),
        "injection_id": injection,
        "conversation_id": conversation,
        "variable_count": set.variables.len(),
        "success": success,
        "latency_ms": injected.latency,
        "checksum": checksum,
    });
    run.outcome(ACTION, &conversation, outcome, record.intent)
        .await;
    let settled = injected
        .result
        .as_ref()
        .err()
        .is_none_or(|failed| failed.changed == Changed::Nothing);
    if settled {
        run.settle().await;
    }
    let resolved_template = preview(request.template, &[(document.tree(), set)]).text;
    let webhook = tell(&run, &injected, &conversation, resolved_template, &checksum).await;
    Ok(ContextReport {
        injection,
        result: injected.result,
        conflicts: injected.conflicts,
        latency: injected.latency,
        checksum,
        webhook,
        books: run.books().await,
    })
}

/// Tells the webhook of a success, and the user of a failure.
async fn tell(
    run: &Run<'_>,
    injected: &Injected,
    conversation: &str,
    resolved_template: String,
    checksum: &str,
) -> WebhookEnd {
    let version = match &injected.result {
        Err(failed) => {
            run.failed(&failed.to_string());
            return WebhookEnd::NotSet;
        }
        Ok(version) => version.clone(),
    };
    run.step(TELL);
    let told = Webhook::Context {
        injection: run.id.clone(),
        conversation: conversation.to_owned(),
        version,
        resolved_template,
        audit_checksum: checksum.to_owned(),
    };
    let webhook = told.deliver(run.client(), &run.watch).await;
    run.done();
    webhook
}

/// What was there before, as far as it is known.
async fn before(
    run: &Run<'_>,
    conversation: &str,
    version: Option<&str>,
) -> Result<RemoteContext, CallError> {
    match version {
        Some(version) => Ok(RemoteContext {
            version: version.to_owned(),
            variables: Map::new(),
        }),
        None => context::context(run.client(), conversation, &run.watch).await,
    }
}

struct Injected {
    result: Result<String, CallError>,
    conflicts: Vec<ContextConflict>,
    latency: u64,
}

/// Sends it, through conflicts with others. `known` says whether what was there before is known.
async fn inject(
    run: &Run<'_>,
    conversation: &str,
    body: &str,
    sent: &Value,
    before: RemoteContext,
    mut known: bool,
    user: &dyn ContextUser,
) -> Injected {
    let client = run.client();
    let mut before = before;
    let mut conflicts = Vec::new();
    let mut latency = 0;
    // Whether an earlier try may have had its effect before others overwrote it.
    let mut so_far = Changed::Nothing;
    for attempt in 1.. {
        let sent_at = client.clock().monotonic();
        let answer = context::inject(client, &before.version, body, &run.watch).await;
        latency += client.clock().monotonic() - sent_at;
        let done = |result, conflicts| Injected {
            result,
            conflicts,
            latency,
        };
        let failed = match answer {
            Ok(version) => return done(Ok(version), conflicts),
            Err(failed) => failed.at_least(so_far),
        };
        let conflict = matches!(failed.error, Error::Conflict { .. });
        if !conflict && failed.changed == Changed::Nothing {
            return done(Err(failed), conflicts);
        }
        let Ok(now) = context::context(client, conversation, &run.steadfast).await else {
            // A conflict may be with a first copy of our own request.
            return done(Err(failed.at_least(Changed::Perhaps)), conflicts);
        };
        // The answer to our own request may be lost, and a browser may have sent it twice.
        if now.version != before.version && holds(&now.variables, sent) {
            return done(Ok(now.version), conflicts);
        }
        // At the version it began with nothing has happened, but what ran out of time may still.
        let late = matches!(failed.error, Error::Timeout { .. });
        let changed = if now.version == before.version && !late {
            so_far
        } else {
            failed.changed
        };
        let failed = CallError { changed, ..failed };
        if !conflict || attempt >= TRIES || run.is_cancelled() {
            return done(Err(failed), conflicts);
        }
        let lost = failed.changed == Changed::Perhaps;
        let met = differences(&before, &now, sent, known, lost);
        let go_on = user.overwrite(&met).await;
        conflicts.push(met);
        if !go_on {
            return done(Err(failed), conflicts);
        }
        so_far = failed.changed;
        before = now;
        known = true;
    }
    Injected {
        result: Ok(before.version),
        conflicts,
        latency,
    }
}

/// Whether every variable that was sent is there, in its scope.
fn holds(there: &Map<String, Value>, sent: &Value) -> bool {
    let mut keys = sent.as_object().into_iter().flat_map(Map::keys);
    keys.all(|key| is_as_sent(there, sent, key))
}

fn is_as_sent(there: &Map<String, Value>, sent: &Value, key: &str) -> bool {
    let sent = &sent[key];
    there.get(key).is_some_and(|there| {
        wire::same(&there["value"], &sent["value"]) && there["scope"] == sent["scope"]
    })
}

/// What changed since `before`, as far as that is `known`. When an own try may have been `lost` in
/// between, what looks as it was before may have been changed back, over our own.
fn differences(
    before: &RemoteContext,
    now: &RemoteContext,
    sent: &Value,
    known: bool,
    lost: bool,
) -> ContextConflict {
    let keys: BTreeSet<&String> = before
        .variables
        .keys()
        .chain(now.variables.keys())
        .collect();
    let differs = |key: &&String| {
        let both = (before.variables.get(*key), now.variables.get(*key));
        !matches!(both, (Some(one), Some(other)) if wire::same(one, other))
    };
    // What is as it was sent is our own, of a try whose answer was lost.
    let of_others = |key: &&String| differs(key) && !is_as_sent(&now.variables, sent, key);
    let changed: Vec<String> = keys
        .into_iter()
        .filter(|key| known && of_others(key))
        .cloned()
        .collect();
    let overwritten = |key: &&String| {
        let there = now.variables.get(*key);
        there.is_some_and(|there| !wire::same(&there["value"], &sent[key.as_str()]["value"]))
            && (!known || lost || changed.contains(key))
    };
    let sent_keys = sent.as_object().into_iter().flat_map(Map::keys);
    ContextConflict {
        version: now.version.clone(),
        overwritten: sent_keys.filter(overwritten).cloned().collect(),
        changed,
    }
}

/// The variables as the log keeps them.
fn kept(run: &Run<'_>, variables: &Value) -> Value {
    let variables = variables.as_object().into_iter().flatten();
    let kept = variables.map(|(key, variable)| {
        let value = run.tools.audit.kept_value(&variable["value"]);
        (
            key.clone(),
            json!({"value": value, "scope": variable["scope"]}),
        )
    });
    Value::Object(kept.collect())
}
