//! Pushing one state after another, through conflicts, and putting them back.

use flow::document::{Document, DocumentKind};
use serde_json::{Map, Value, json};

use super::plan::{Change, Plan};
use super::{Conflict, PushRequest, PushUser, RESTORE, StateOutcome, Stopwatch, record};
use crate::audit::AuditLog;
use crate::canonical::{canonical, sha256};
use crate::error::{CallError, Changed, Error};
use crate::operation::run::Run;
use crate::operation::stopped::{Stopped, validated};
use crate::refused::{Body, Refused, refused};
use crate::resource::states;
use crate::wire;

/// How often a state is pushed through conflicts.
const TRIES: u32 = 3;
const INTENT: &str = "STATE_TRANSITIONS_PUSH";
const OUTCOME: &str = "STATE_TRANSITIONS_UPDATED";

/// The hash of transitions as they are compared.
pub(crate) fn content_hash(transitions: &Value) -> String {
    sha256(&canonical(&wire::transitions(transitions)))
}

/// A state with what became of it.
pub(super) struct Pushed {
    pub(super) state: String,
    pub(super) outcome: StateOutcome,
    /// What the platform found in its transitions when it refused them.
    pub(super) refused: Vec<Refused>,
    /// The transitions that were pushed, merged ones where there was a conflict.
    new: Value,
    /// Those on the platform that they took the place of.
    replaced: Value,
}

impl Pushed {
    fn of(change: &Change, outcome: StateOutcome) -> Self {
        Self {
            state: change.state.clone(),
            outcome,
            refused: Vec::new(),
            new: value(&change.text),
            replaced: change.old.clone(),
        }
    }
}

/// Pushes all changed states. Stops at the first that fails; those after it are listed as not done.
pub(super) async fn push_all(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    plan: &Plan,
    user: &dyn PushUser,
    clock: &Stopwatch,
) -> Result<Vec<Pushed>, Stopped> {
    let hash = |change: &Change| {
        (
            change.state.clone(),
            json!(content_hash(&value(&change.text))),
        )
    };
    let hashes: Map<String, Value> = plan.changes.iter().map(hash).collect();
    let mut outcomes: Vec<Pushed> = Vec::new();
    let mut stopped_by: Option<String> = None;
    for (index, change) in plan.changes.iter().enumerate() {
        if run.is_cancelled() && stopped_by.is_none() {
            stopped_by = Some("You stopped it.".to_owned());
        }
        if let Some(reason) = &stopped_by {
            let outcome = StateOutcome::NotDone(format!("It was not tried. {reason}"));
            outcomes.push(Pushed::of(change, outcome));
            continue;
        }
        run.progress(
            index,
            plan.changes.len(),
            format!("Pushing {}", change.state),
        );
        let body = audited(
            run,
            request,
            &change.state,
            &change.old,
            &value(&change.text),
            INTENT,
        );
        let entry = record(run, request, &change.state, &hashes);
        let intent = match run.intent(INTENT, &change.state, body, entry).await {
            Ok(kept) => kept.intent,
            Err(stopped) if index == 0 => return Err(stopped),
            Err(stopped) => {
                let reason = stopped.to_string();
                let outcome = StateOutcome::NotDone(reason.clone());
                outcomes.push(Pushed::of(change, outcome));
                stopped_by = Some(reason);
                continue;
            }
        };
        let pushed = push_one(run, request, change, user, clock).await;
        let (action, result) = match &pushed.outcome {
            StateOutcome::Done { .. } => (OUTCOME, None),
            StateOutcome::NotDone(reason) => (INTENT, Some(("not_done", reason))),
            StateOutcome::Unknown(reason) => (INTENT, Some(("unknown", reason))),
        };
        let (old, new) = (&pushed.replaced, &pushed.new);
        let mut body = audited(run, request, &change.state, old, new, action);
        if let Some((result, reason)) = result {
            body["result"] = json!(result);
            stopped_by = Some(reason.clone());
        }
        run.outcome(action, &change.state, body, intent).await;
        outcomes.push(pushed);
    }
    Ok(outcomes)
}

async fn push_one(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    change: &Change,
    user: &dyn PushUser,
    clock: &Stopwatch,
) -> Pushed {
    let mut pushed = Pushed::of(change, StateOutcome::NotDone(String::new()));
    pushed.outcome = try_to_push(run, request, change, user, clock, &mut pushed).await;
    pushed
}

async fn try_to_push(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    change: &Change,
    user: &dyn PushUser,
    clock: &Stopwatch,
    content: &mut Pushed,
) -> StateOutcome {
    let client = run.client();
    let mut etag = change.etag.clone();
    let mut base = request.base.get(&change.state).cloned();
    let mut text = change.text.clone();
    let mut latency = 0;
    for attempt in 1..=TRIES {
        let sent_at = client.clock().monotonic();
        let sent = states::set_transitions(
            client,
            request.address,
            &change.state,
            etag.as_deref(),
            &text,
            &run.watch,
        );
        let sent = sent.await;
        latency += client.clock().monotonic() - sent_at;
        let failed = match sent {
            Ok(etag) => return StateOutcome::Done { etag, latency },
            Err(failed) => failed,
        };
        let conflict = matches!(failed.error, Error::Conflict { .. });
        if !conflict && failed.changed == Changed::Nothing {
            content.refused = placed(request, &change.state, &failed, &content.new);
            return StateOutcome::NotDone(failed.to_string());
        }
        let seen =
            states::one_state(client, request.address, &change.state, true, &run.steadfast).await;
        let theirs = match seen {
            Ok(theirs) => theirs,
            Err(unread) => return StateOutcome::Unknown(format!("{failed} {unread}")),
        };
        // The answer to our own request may be lost, and a browser may have sent it twice.
        if same(&theirs.transitions, &content.new) {
            let etag = theirs.etag;
            return StateOutcome::Done { etag, latency };
        }
        // What ran out of time may still arrive; all else was just read.
        if matches!(failed.error, Error::Timeout { .. }) {
            return StateOutcome::Unknown(failed.to_string());
        }
        if !conflict || attempt == TRIES {
            return StateOutcome::NotDone(failed.to_string());
        }
        etag = theirs.etag;
        content.replaced = theirs.transitions.clone();
        if base
            .as_ref()
            .is_some_and(|base| same(base, &theirs.transitions))
        {
            continue;
        }
        let conflict = Conflict {
            state: change.state.clone(),
            base,
            theirs: theirs.transitions.clone(),
            mine: content.new.clone(),
        };
        let Some(merged) = clock.off(run, user.merge(&conflict)).await else {
            return StateOutcome::NotDone(
                "Somebody else changed it meanwhile, and their version was kept.".to_owned(),
            );
        };
        if let Err(stopped) = still_valid(request, &change.state, &merged) {
            return StateOutcome::NotDone(stopped.to_string());
        }
        base = Some(theirs.transitions);
        text = merged.to_string();
        content.new = merged;
    }
    StateOutcome::NotDone("It was changed by others again and again.".to_owned())
}

/// The mistakes that the platform refused transitions for, each with its place in the document.
fn placed(
    request: &PushRequest<'_>,
    state: &str,
    failed: &CallError,
    sent: &Value,
) -> Vec<Refused> {
    let body = Body::Transitions { state, sent };
    // It was read when the push began.
    Document::read(request.text.into())
        .map(|document| refused(failed, &document, body))
        .unwrap_or_default()
}

fn same(one: &Value, other: &Value) -> bool {
    wire::same(&wire::transitions(one), &wire::transitions(other))
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Lets the rules look at the whole flow with merged transitions in it.
fn still_valid(request: &PushRequest<'_>, state: &str, merged: &Value) -> Result<(), Stopped> {
    let mut whole = value(request.text);
    let of_id = |found: &&mut Value| found.get("id").and_then(Value::as_str) == Some(state);
    match whole.get_mut("states").and_then(Value::as_array_mut) {
        Some(states) => {
            if let Some(found) = states.iter_mut().find(of_id) {
                found["transitions"] = merged.clone();
            }
        }
        None => whole["transitions"] = merged.clone(),
    }
    validated(
        &whole.to_string(),
        DocumentKind::StateFlow,
        request.settings,
    )
    .map(|_| ())
}

/// Puts back what the push took the place of, and says so in the outcomes. True when every state has
/// it again.
pub(super) async fn restore_all(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    states: &mut [Pushed],
) -> bool {
    run.step(RESTORE);
    let mut all = true;
    for pushed in states {
        let StateOutcome::Done { etag, .. } = &pushed.outcome else {
            continue;
        };
        let (state, old, now) = (&pushed.state, &pushed.replaced, &pushed.new);
        let body = audited(run, request, state, now, old, INTENT);
        let intent = run.intent_anyway(INTENT, state, body).await;
        let text = old.to_string();
        let sent = states::set_transitions(
            run.client(),
            request.address,
            state,
            etag.as_deref(),
            &text,
            &run.steadfast,
        );
        let restored = match sent.await {
            Ok(_) => Ok(true),
            Err(_) => has(run, request, state, old).await,
        };
        let action = if restored == Ok(true) {
            OUTCOME
        } else {
            INTENT
        };
        let mut body = audited(run, request, state, now, old, action);
        if restored != Ok(true) {
            body["result"] = json!("not_restored");
        }
        run.outcome(action, state, body, intent).await;
        all &= restored == Ok(true);
        match restored {
            Ok(true) => {
                pushed.outcome = StateOutcome::NotDone(
                    "It was pushed, and what was there before was restored, because the flow did \
                     not compile."
                        .to_owned(),
                );
            }
            Ok(false) => {}
            Err(unread) => pushed.outcome = StateOutcome::Unknown(unread.to_string()),
        }
    }
    all
}

/// Whether the platform holds what was there before.
async fn has(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    state: &str,
    old: &Value,
) -> Result<bool, CallError> {
    let (client, watch) = (run.client(), &run.steadfast);
    let seen = states::one_state(client, request.address, state, true, watch).await?;
    Ok(same(&seen.transitions, old))
}

fn audited(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    state: &str,
    old: &Value,
    new: &Value,
    action: &str,
) -> Value {
    let audit = &run.tools.audit;
    let ids: Vec<Value> = list(new).iter().map(|one| one["id"].clone()).collect();
    json!({
        "timestamp": run.timestamp(),
        "operatorId": audit.operator(),
        "botId": request.address.bot,
        "flowId": request.address.flow,
        "stateId": state,
        "transitionCount": ids.len(),
        "transitionIds": ids,
        "diff": difference(audit, old, new),
        "action": action,
    })
}

fn list(transitions: &Value) -> Vec<Value> {
    wire::transitions(transitions)
        .as_array()
        .cloned()
        .unwrap_or_default()
}

/// Which transitions were added, removed and changed. Values that actions write are kept as the log
/// keeps values.
fn difference(audit: &AuditLog, old: &Value, new: &Value) -> Value {
    let hide = |mut transition: Value| {
        let actions = transition.get_mut("actions").and_then(Value::as_array_mut);
        for action in actions.into_iter().flatten() {
            if let Some(value) = action.get_mut("value") {
                *value = audit.kept_value(value);
            }
        }
        transition
    };
    let (old, new) = (list(old), list(new));
    let find = |list: &[Value], id: &Value| list.iter().find(|one| one["id"] == *id).cloned();
    let mut changed = Vec::new();
    let mut added = Vec::new();
    for one in &new {
        match find(&old, &one["id"]) {
            None => added.push(hide(one.clone())),
            Some(before) if !wire::same(&before, one) => {
                changed.push(json!({"before": hide(before), "after": hide(one.clone())}));
            }
            Some(_) => {}
        }
    }
    let removed: Vec<Value> = old
        .iter()
        .filter(|one| find(&new, &one["id"]).is_none())
        .map(|one| one["id"].clone())
        .collect();
    let order = |list: &[Value]| list.iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
    let reordered = added.is_empty() && removed.is_empty() && order(&old) != order(&new);
    json!({"added": added, "removed": removed, "changed": changed, "reordered": reordered})
}
