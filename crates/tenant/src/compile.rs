//! Compilations of state flows: jobs that take time, and fail for what the rules find.

use flow::document::DocumentKind;
use flow::rules::Settings;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::clock::timestamp;
use crate::faults::FaultKind;
use crate::refusal::Refusal;
use crate::states::{StateFlow, flow, flow_mut};
use crate::validate;
use crate::world::World;

/// How long any compilation takes, in milliseconds.
const BASE_MS: u64 = 1000;
/// How much longer for each state, in milliseconds.
const STATE_MS: u64 = 50;

/// A compilation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) queued_at: u64,
    pub(crate) ends_at: u64,
    /// Why it fails, when it does.
    pub(crate) failure: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    id: &'a str,
    queued_at: String,
    status: &'static str,
}

impl Job {
    fn is_pending(&self, now: u64) -> bool {
        now < self.ends_at
    }

    fn shown(&self, now: u64) -> Shown<'_> {
        let failure = self.failure.as_deref().filter(|_| !self.is_pending(now));
        Shown {
            error_message: failure,
            id: &self.id,
            queued_at: timestamp(self.queued_at),
            status: match failure {
                _ if self.is_pending(now) => "pending",
                Some(_) => "failed",
                None => "success",
            },
        }
    }
}

/// Puts a compilation of the flow of a request in place of the one there is. `changed` is the state
/// that was changed just now.
pub(crate) fn queue(
    world: &mut World,
    ask: &Ask<'_>,
    changed: Option<usize>,
) -> Result<(), Refusal> {
    let id = world.new_id("cmp");
    let flow = flow_mut(world, ask)?;
    let failure = match ask.fault {
        Some(FaultKind::CompileFailure { message, .. }) => {
            Some(message.clone().unwrap_or_else(|| {
                let state = flow.states.get(changed.unwrap_or(0));
                let id = state.map_or("", |state| &state.id);
                format!("State \"{id}\": the compiler stopped.")
            }))
        }
        _ => failure_of(flow, ask),
    };
    let states = u64::try_from(flow.states.len()).unwrap_or(u64::MAX);
    let duration = BASE_MS.saturating_add(STATE_MS.saturating_mul(states));
    flow.compilation = Job {
        id,
        queued_at: ask.now,
        ends_at: ask.now.saturating_add(duration),
        failure,
    };
    Ok(())
}

/// The first mistake the rules find in the whole flow, with the state it is in.
fn failure_of(flow: &StateFlow, ask: &Ask<'_>) -> Option<String> {
    let text = flow.document_text(ask.name(0), ask.name(1), None);
    let document = match validate::read(text.into(), DocumentKind::StateFlow, "") {
        Ok(document) => document,
        Err(refusal) => return Some(refusal.to_string()),
    };
    let first = validate::errors(&document, &Settings::default())
        .into_iter()
        .next()?;
    let state = first
        .path
        .strip_prefix("/states/")
        .and_then(|rest| rest.split('/').next()?.parse::<usize>().ok())
        .and_then(|index| flow.states.get(index));
    Some(match state {
        Some(state) => format!("State \"{}\": {}", state.id, first.message),
        None => first.message,
    })
}

/// `POST …/compile`: a compilation that is under way already is joined.
pub(crate) fn start(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let pending = flow(world, ask)?.compilation.is_pending(ask.now);
    let fails = match ask.fault {
        Some(FaultKind::CompileFailure {
            as_server_error, ..
        }) => Some(*as_server_error),
        _ => None,
    };
    if !pending || fails.is_some() {
        queue(world, ask, None)?;
    }
    if fails == Some(true) {
        let flow = flow_mut(world, ask)?;
        flow.compilation.ends_at = ask.now;
        let why = flow.compilation.failure.clone().unwrap_or_default();
        return Err(Refusal::Failing {
            status: 500,
            code: "compilationFailed",
            message: format!("Compilation failed. {why}"),
        });
    }
    Reply::json(202, &flow(world, ask)?.compilation.shown(ask.now))
}

/// `GET …/compile`
pub(crate) fn read(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    Reply::json(200, &flow(world, ask)?.compilation.shown(ask.now))
}
