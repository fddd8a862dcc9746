//! Running dialogs: their session and user variables, the step they are at, and the history of
//! their versions.

use std::collections::{BTreeMap, VecDeque};

use compact_str::CompactString;
use flow::document::DocumentKind;
use flow::json::{ValueRef, quote};
use flow::rules::Settings;
use flow::rules::links::LinkedFlow;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::clock::timestamp;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::states::{same_etag, stale};
use crate::validate;
use crate::world::World;

/// How many versions the history has.
const HISTORY: usize = 50;

/// The state of a running dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Runtime {
    /// What the steps of it are called.
    pub(crate) steps: Vec<String>,
    /// The step it goes on with.
    pub(crate) step: Option<String>,
    pub(crate) session: BTreeMap<String, Json>,
    pub(crate) user: BTreeMap<String, Json>,
    pub(crate) etag: String,
    /// Oldest first.
    pub(crate) history: VecDeque<Saved>,
}

/// One version of a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Saved {
    pub(crate) version: u64,
    pub(crate) at: u64,
}

#[derive(Serialize)]
struct ShownVersion {
    at: String,
    version: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    etag: &'a str,
    history: Vec<ShownVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_step: Option<&'a str>,
    session: &'a BTreeMap<String, Json>,
    user: &'a BTreeMap<String, Json>,
}

impl Runtime {
    fn reply(&self, message: Option<&'static str>) -> Result<Reply, Refusal> {
        let shown = Shown {
            etag: &self.etag,
            history: self
                .history
                .iter()
                .map(|saved| ShownVersion {
                    at: timestamp(saved.at),
                    version: saved.version,
                })
                .collect(),
            message,
            next_step: self.step.as_deref(),
            session: &self.session,
            user: &self.user,
        };
        Ok(Reply::json(200, &shown)?.with("etag", self.etag.as_str()))
    }

    /// Makes what was changed a version of its own.
    pub(crate) fn save(&mut self, etag: String, now: u64) {
        let last = self.history.back().map_or(0, |saved| saved.version);
        self.history.push_back(Saved {
            version: last.saturating_add(1),
            at: now,
        });
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
        self.etag = etag;
    }
}

/// `GET /runtime/v2/dialogs/{id}/state`
pub(crate) fn read(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let found = world.runtimes.get(ask.name(0));
    let runtime = found.ok_or_else(|| Refusal::not_found("running dialog", ask.name(0)))?;
    runtime.reply(None)
}

/// `PATCH /runtime/v2/dialogs/{id}/state`: sets the variables that are sent and leaves the others.
pub(crate) fn patch(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let id = ask.name(0);
    let etag = world.new_etag();
    let found = world.runtimes.get_mut(id);
    let runtime = found.ok_or_else(|| Refusal::not_found("running dialog", id))?;
    if let Some(expected) = ask.request.header("if-match")
        && !same_etag(expected, &runtime.etag)
    {
        return Err(stale(ask, 412, "state of the dialog"));
    }
    let tree = ask.object()?;
    let mut text = format!("{{\"dialogId\":{}", quote(id));
    for (key, value) in tree.root().members() {
        if !["session", "user", "transition"]
            .iter()
            .any(|known| key.is_text(known))
        {
            let key = key.as_str().unwrap_or_default();
            let message = format!("\"{key}\" is no part of an update. Nothing was changed.");
            return Err(Refusal::flaw(
                "unexpectedField",
                &format!("/{key}"),
                message,
            ));
        }
        for part in [",", key.raw(), ":", value.raw()] {
            text.push_str(part);
        }
    }
    text.push('}');
    let document = validate::read(text.into(), DocumentKind::StateVariables, "")?;
    let mut settings = Settings::default();
    settings.links.flow = Some(LinkedFlow {
        name: CompactString::from(id),
        nodes: runtime.steps.iter().map(CompactString::from).collect(),
        ..LinkedFlow::default()
    });
    validate::accept(validate::errors(&document, &settings))?;
    let root = tree.root();
    set(&mut runtime.session, root.get("session"));
    set(&mut runtime.user, root.get("user"));
    let variables = document.state_variables().ok_or(Refusal::Internal)?;
    if let Some(step) = &variables.next_step {
        runtime.step = Some(step.text.to_string());
    }
    runtime.save(etag, ask.now);
    runtime.reply(Some("State updated"))
}

fn set(variables: &mut BTreeMap<String, Json>, sent: Option<ValueRef<'_>>) {
    for (key, value) in sent.into_iter().flat_map(ValueRef::members) {
        if let Some(name) = key.as_str() {
            variables.insert(name.into_owned(), Json::of(value));
        }
    }
}
