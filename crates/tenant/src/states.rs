//! State flows: states with their etags, and changes of transitions.

use flow::document::{Document, DocumentKind};
use flow::json::{Kind, quote};
use flow::rules::Settings;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::compile::{self, Job};
use crate::faults::FaultKind;
use crate::held::TRANSITIONS;
use crate::json::Json;
use crate::refusal::{Flaw, Refusal};
use crate::validate;
use crate::world::World;

/// The states of one flow of a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StateFlow {
    pub(crate) initial: Option<String>,
    pub(crate) fallback: Option<String>,
    /// Whether the list of states is answered as an array alone. The platform does either.
    pub(crate) as_array: bool,
    pub(crate) states: Vec<State>,
    /// The last compilation.
    pub(crate) compilation: Job,
}

/// One state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) is_final: bool,
    pub(crate) etag: String,
    pub(crate) transitions: Json,
}

#[derive(Serialize)]
struct Shown<'a> {
    etag: &'a str,
    #[serde(rename = "final")]
    is_final: bool,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    transitions: &'a Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    data: Vec<Shown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback_state_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_state_id: Option<&'a str>,
}

impl State {
    fn shown(&self) -> Shown<'_> {
        Shown {
            etag: &self.etag,
            is_final: self.is_final,
            id: &self.id,
            name: self.name.as_deref(),
            transitions: &self.transitions,
        }
    }

    fn reply(&self) -> Result<Reply, Refusal> {
        Ok(Reply::json(200, &self.shown())?.with("etag", self.etag.as_str()))
    }
}

impl StateFlow {
    /// The flow as a document. The state at `changed` has other transitions.
    pub(crate) fn document_text(
        &self,
        bot: &str,
        flow: &str,
        changed: Option<(usize, &str)>,
    ) -> String {
        let mut members = vec![
            format!("\"botId\":{}", quote(bot)),
            format!("\"flowId\":{}", quote(flow)),
        ];
        for (key, id) in [
            ("initialStateId", &self.initial),
            ("fallbackStateId", &self.fallback),
        ] {
            members.extend(id.iter().map(|id| format!("\"{key}\":{}", quote(id))));
        }
        let states: Vec<String> = self
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| {
                let transitions = match changed {
                    Some((at, transitions)) if at == index => transitions,
                    _ => state.transitions.text(),
                };
                format!(
                    "{{\"id\":{},\"final\":{},\"transitions\":{transitions}}}",
                    quote(&state.id),
                    state.is_final
                )
            })
            .collect();
        format!(
            "{{{},\"states\":[{}]}}",
            members.join(","),
            states.join(",")
        )
    }

    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.states.iter().position(|state| state.id == id)
    }
}

/// The flow a request is about.
pub(crate) fn flow<'w>(world: &'w World, ask: &Ask<'_>) -> Result<&'w StateFlow, Refusal> {
    let found = world.bot(ask.name(0))?.flows.get(ask.name(1));
    found.ok_or_else(|| Refusal::not_found("flow", ask.name(1)))
}

/// The flow a request is about, to be changed.
pub(crate) fn flow_mut<'w>(
    world: &'w mut World,
    ask: &Ask<'_>,
) -> Result<&'w mut StateFlow, Refusal> {
    let bot = world.bots.get_mut(ask.name(0));
    let bot = bot.ok_or_else(|| Refusal::not_found("bot", ask.name(0)))?;
    let found = bot.flows.get_mut(ask.name(1));
    found.ok_or_else(|| Refusal::not_found("flow", ask.name(1)))
}

fn position(flow: &StateFlow, id: &str) -> Result<usize, Refusal> {
    let found = flow.position(id);
    found.ok_or_else(|| Refusal::not_found("state", id))
}

/// `GET …/states`
pub(crate) fn list(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let flow = flow(world, ask)?;
    let data: Vec<Shown<'_>> = flow.states.iter().map(State::shown).collect();
    if flow.as_array {
        return Reply::json(200, &data);
    }
    let list = List {
        data,
        fallback_state_id: flow.fallback.as_deref(),
        initial_state_id: flow.initial.as_deref(),
    };
    Reply::json(200, &list)
}

/// `GET …/states/{s}`
pub(crate) fn read(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let flow = flow(world, ask)?;
    let at = position(flow, ask.name(2))?;
    flow.states.get(at).ok_or(Refusal::Internal)?.reply()
}

/// `PATCH …/states/{s}`: puts other transitions in place of those of the state, and queues a
/// compilation, as the platform does by itself.
pub(crate) fn patch(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let flow = flow(world, ask)?;
    let at = position(flow, ask.name(2))?;
    let etag = &flow.states.get(at).ok_or(Refusal::Internal)?.etag;
    let expected = ask.request.header("if-match").ok_or_else(|| {
        let message = "A change of a state needs If-Match with its etag. Nothing was changed.";
        Refusal::flaw("ifMatchRequired", "", message)
    })?;
    if !same_etag(expected, etag) {
        return Err(stale(ask, 412, "state"));
    }
    let tree = ask.object()?;
    let transitions = match tree.root().get("transitions") {
        Some(list) if list.kind() == Kind::Array => list,
        _ => {
            let message = "Expected an array as \"transitions\". Nothing was changed.";
            return Err(Refusal::flaw("invalidBody", "/transitions", message));
        }
    };
    let text = flow.document_text(ask.name(0), ask.name(1), Some((at, transitions.raw())));
    let base = format!("/states/{at}");
    let document = validate::read(text.into(), DocumentKind::StateFlow, &base)?;
    validate::accept(flaws_of_state(&document, &base)).map_err(named)?;
    let held = Json::shaped(transitions, &TRANSITIONS);
    let etag = world.new_etag();
    let flow = flow_mut(world, ask)?;
    let state = flow.states.get_mut(at).ok_or(Refusal::Internal)?;
    state.transitions = held;
    state.etag = etag;
    let reply = state.reply()?;
    compile::queue(world, ask, Some(at))?;
    Ok(reply)
}

/// What a change of a state is refused for: what the rules find in the state itself. What only the
/// whole flow shows, and conditions that do not parse, are for the compiler to find.
fn flaws_of_state(document: &Document, base: &str) -> Vec<Flaw> {
    let inside = format!("{base}/");
    validate::errors(document, &Settings::default())
        .into_iter()
        .filter(|flaw| flaw.path == base || flaw.path.starts_with(&inside))
        .filter(|flaw| {
            ["ST1", "ST2", "ST3"]
                .iter()
                .any(|group| flaw.code.starts_with(group))
        })
        .map(|flaw| Flaw {
            path: validate::relative(&flaw.path, base),
            code: if flaw.code == "ST101" {
                "stateNotFound".to_owned()
            } else {
                flaw.code
            },
            message: flaw.message,
        })
        .collect()
}

/// A refusal for a target that does not exist is called so.
fn named(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid { message, flaws, .. }
            if flaws.iter().any(|flaw| flaw.code == "stateNotFound") =>
        {
            Refusal::Invalid {
                code: "stateNotFound",
                message,
                flaws,
            }
        }
        other => other,
    }
}

/// Whether an `If-Match` header names an etag; `*` names any.
pub(crate) fn same_etag(header: &str, etag: &str) -> bool {
    let bare = |text: &str| {
        text.trim()
            .trim_start_matches("W/")
            .trim_matches('"')
            .to_owned()
    };
    header
        .split(',')
        .any(|one| one.trim() == "*" || bare(one) == bare(etag))
}

/// Somebody else saved first. A fault may ask for another status than is usual.
pub(crate) fn stale(ask: &Ask<'_>, usual: u16, what: &'static str) -> Refusal {
    let status = match ask.fault {
        Some(FaultKind::Conflict { status, .. }) => *status,
        _ => usual,
    };
    Refusal::Stale { status, what }
}
