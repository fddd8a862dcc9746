//! Pushing one state after another, through conflicts, and putting them back.

use std::collections::BTreeMap;

use flow::document::DocumentKind;
use serde_json::{Map, Value, json};

use super::plan::{Change, Plan};
use super::{Conflict, PushRequest, PushUser, RESTORE, StateOutcome, Stopwatch, record};
use crate::audit::AuditLog;
use crate::canonical::{canonical, sha256};
use crate::error::{Changed, Error};
use crate::operation::run::Run;
use crate::operation::stopped::{Stopped, validated};
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

/// Pushes all changed states. Stops at the first that fails; those after it are listed as not done.
pub(super) async fn push_all(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    plan: &Plan,
    user: &dyn PushUser,
    clock: &Stopwatch,
) -> Result<Vec<(String, StateOutcome)>, Stopped> {
    let hash = |change: &Change| {
        (
            change.state.clone(),
            json!(content_hash(&value(&change.text))),
        )
    };
    let hashes: Map<String, Value> = plan.changes.iter().map(hash).collect();
    let mut outcomes: Vec<(String, StateOutcome)> = Vec::new();
    let mut stopped_by: Option<String> = None;
    for (index, change) in plan.changes.iter().enumerate() {
        if run.is_cancelled() && stopped_by.is_none() {
            stopped_by = Some("You stopped it.".to_owned());
        }
        if let Some(reason) = &stopped_by {
            let outcome = StateOutcome::NotDone(format!("It was not tried. {reason}"));
            outcomes.push((change.state.clone(), outcome));
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
                outcomes.push((change.state.clone(), StateOutcome::NotDone(reason.clone())));
                stopped_by = Some(reason);
                continue;
            }
        };
        let mut pushed = value(&change.text);
        let outcome = push_one(run, request, change, user, clock, &mut pushed).await;
        let (action, result) = match &outcome {
            StateOutcome::Done { .. } => (OUTCOME, None),
            StateOutcome::NotDone(reason) => (INTENT, Some(("not_done", reason))),
            StateOutcome::Unknown(reason) => (INTENT, Some(("unknown", reason))),
        };
        let mut body = audited(run, request, &change.state, &change.old, &pushed, action);
        if let Some((result, reason)) = result {
            body["result"] = json!(result);
            stopped_by = Some(reason.clone());
        }
        run.outcome(action, &change.state, body, intent).await;
        outcomes.push((change.state.clone(), outcome));
    }
    Ok(outcomes)
}

async fn push_one(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    change: &Change,
    user: &dyn PushUser,
    clock: &Stopwatch,
    pushed: &mut Value,
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
            return StateOutcome::NotDone(failed.to_string());
        }
        let seen =
            states::one_state(client, request.address, &change.state, true, &run.steadfast).await;
        let theirs = match seen {
            Ok(theirs) => theirs,
            Err(unread) if conflict => return StateOutcome::NotDone(unread.to_string()),
            Err(unread) => return StateOutcome::Unknown(format!("{failed} {unread}")),
        };
        // The answer to our own request may be lost, and a browser may have sent it twice.
        if same(&theirs.transitions, pushed) {
            let etag = theirs.etag;
            return StateOutcome::Done { etag, latency };
        }
        if !conflict || attempt == TRIES {
            return StateOutcome::NotDone(failed.to_string());
        }
        etag = theirs.etag;
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
            mine: pushed.clone(),
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
        *pushed = merged;
    }
    StateOutcome::NotDone("It was changed by others again and again.".to_owned())
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

/// Puts back what was there before the push. True when every state has it again.
pub(super) async fn restore_all(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    plan: &Plan,
    states: &[(String, StateOutcome)],
) -> bool {
    run.step(RESTORE);
    let etags: BTreeMap<&str, Option<&str>> = states
        .iter()
        .filter_map(|(state, outcome)| match outcome {
            StateOutcome::Done { etag, .. } => Some((state.as_str(), etag.as_deref())),
            _ => None,
        })
        .collect();
    let mut all = true;
    for change in &plan.changes {
        let Some(etag) = etags.get(change.state.as_str()) else {
            continue;
        };
        let now = value(&change.text);
        let body = audited(run, request, &change.state, &now, &change.old, INTENT);
        let intent = run.intent_anyway(INTENT, &change.state, body).await;
        let text = change.old.to_string();
        let sent = states::set_transitions(
            run.client(),
            request.address,
            &change.state,
            *etag,
            &text,
            &run.steadfast,
        );
        let restored = sent.await.is_ok() || has(run, request, change).await;
        let action = if restored { OUTCOME } else { INTENT };
        let mut body = audited(run, request, &change.state, &now, &change.old, action);
        if !restored {
            body["result"] = json!("not_restored");
        }
        run.outcome(action, &change.state, body, intent).await;
        all &= restored;
    }
    all
}

/// Whether the platform holds what was there before.
async fn has(run: &Run<'_>, request: &PushRequest<'_>, change: &Change) -> bool {
    let seen = states::one_state(
        run.client(),
        request.address,
        &change.state,
        true,
        &run.steadfast,
    )
    .await;
    seen.is_ok_and(|state| same(&state.transitions, &change.old))
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
