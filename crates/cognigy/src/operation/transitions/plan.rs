//! What a push has to do: which states differ from the platform's, and whether they differ in
//! transitions alone.

use std::collections::{BTreeMap, BTreeSet};

use flow::document::{DocumentKind, StateFlow};
use serde_json::Value;

use super::{COMPARE, PushRequest, PushUser, StateChange, VALIDATE};
use crate::operation::run::Run;
use crate::operation::stopped::{Stopped, validated};
use crate::resource::states::{self, RemoteStates};
use crate::wire;

/// A state to be pushed.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Its id.
    pub(super) state: String,
    /// The version mark to begin with.
    pub(super) etag: Option<String>,
    /// Its transitions on the platform.
    pub(super) old: Value,
    /// Its new transitions, as they are spelled in the file.
    pub(super) text: String,
}

/// What is to be done.
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    /// The ids of all states.
    pub(super) ids: BTreeSet<String>,
}

impl Plan {
    /// The state that a message of the compiler names: the longest id that stands in it as a word.
    pub(super) fn state_named_in(&self, message: &str) -> Option<String> {
        let part_of_id = |character: char| character.is_alphanumeric() || "_-.".contains(character);
        let words: BTreeSet<&str> = message
            .split(|character: char| !part_of_id(character))
            .flat_map(|word| [word, word.trim_matches(['.', '-'])])
            .collect();
        let named = self.ids.iter().filter(|id| {
            words.contains(id.as_str()) || (id.contains(' ') && message.contains(id.as_str()))
        });
        named.max_by_key(|id| id.len()).cloned()
    }
}

pub(super) async fn plan(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    user: &dyn PushUser,
) -> Result<Plan, Stopped> {
    run.step(VALIDATE);
    let document = validated(request.text, DocumentKind::StateFlow, request.settings)?;
    let Some(flow) = document.state_flow() else {
        return Err(Stopped::NothingToPush);
    };
    run.step(COMPARE);
    let remote = states::states(run.client(), request.address, &run.watch).await?;
    let other = other_differences(flow, &remote);
    if !other.is_empty() {
        return Err(Stopped::StatesDiffer(other));
    }
    let mut changes = Vec::new();
    let mut shown = Vec::new();
    let by_id: BTreeMap<&str, &states::RemoteState> = remote
        .states
        .iter()
        .map(|state| (state.id.as_str(), state))
        .collect();
    for state in &flow.states {
        let Some(theirs) = by_id.get(state.id.text.as_str()) else {
            continue;
        };
        let text = document.tree().value(state.transitions_at).raw().to_owned();
        let new: Value = serde_json::from_str(&text).unwrap_or_default();
        if wire::same(
            &wire::transitions(&theirs.transitions),
            &wire::transitions(&new),
        ) {
            continue;
        }
        shown.push(StateChange {
            state: theirs.id.clone(),
            old: theirs.transitions.clone(),
            new,
        });
        let own_etag = state.etag.as_ref().map(|etag| etag.text.to_string());
        changes.push(Change {
            state: theirs.id.clone(),
            etag: own_etag.or_else(|| theirs.etag.clone()),
            old: theirs.transitions.clone(),
            text,
        });
    }
    if changes.is_empty() {
        return Err(Stopped::NothingToPush);
    }
    let tenant = &run.client().connection().base_url;
    if !user.confirm(tenant, &shown).await || run.is_cancelled() {
        return Err(Stopped::Declined);
    }
    let ids = remote.states.iter().map(|state| state.id.clone()).collect();
    Ok(Plan { changes, ids })
}

/// What differs besides transitions, in words. Of a single state nothing is known of the others.
fn other_differences(flow: &StateFlow, remote: &RemoteStates) -> Vec<String> {
    let theirs: BTreeMap<&str, Option<&str>> = remote
        .states
        .iter()
        .map(|state| (state.id.as_str(), state.name.as_deref()))
        .collect();
    let mut differences = Vec::new();
    for state in &flow.states {
        let name = state.name.as_ref().map(|name| name.text.as_str());
        match theirs.get(state.id.text.as_str()) {
            None => differences.push(format!("state \"{}\" was added", state.id.text)),
            Some(Some(old)) if name.is_some_and(|name| name != *old) => {
                let id = &state.id.text;
                differences.push(format!("state \"{id}\" was renamed from \"{old}\""));
            }
            Some(_) => {}
        }
    }
    if flow.partial {
        return differences;
    }
    let mine: BTreeSet<&str> = flow
        .states
        .iter()
        .map(|state| state.id.text.as_str())
        .collect();
    let gone = theirs.keys().filter(|id| !mine.contains(*id));
    differences.extend(gone.map(|id| format!("state \"{id}\" was removed")));
    let ends = [
        ("initial", flow.initial_state.as_ref(), &remote.initial),
        ("fallback", flow.fallback_state.as_ref(), &remote.fallback),
    ];
    for (which, mine, theirs) in ends {
        if let (Some(mine), Some(theirs)) = (mine, theirs)
            && mine.text != theirs.as_str()
        {
            differences.push(format!(
                "the {which} state is \"{}\" instead of \"{theirs}\"",
                mine.text
            ));
        }
    }
    differences
}
