//! Simulations, and what is asked before one: the versions of a bot and the environment it runs in.

use serde_json::Value;

use super::decode;
use crate::answer::Place;
use crate::area::Area;
use crate::error::{CallError, Changed, Error};
use crate::send::{Call, Client, Pace, Watch};

/// A version of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotVersion {
    /// Its id.
    pub id: String,
    /// Its name. May be empty.
    pub name: String,
    /// What the platform says of it: `ACTIVE` for one that can be talked to.
    pub status: String,
}

/// Where simulations run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its id.
    pub id: String,
    /// Its name. May be empty.
    pub name: String,
    /// Whether only the bots it names may run in it.
    pub is_strict: bool,
    /// Those bots.
    pub allowed_bots: Vec<String>,
}

impl Environment {
    /// Whether a bot may run in it.
    pub fn allows(&self, bot: &str) -> bool {
        !self.is_strict || self.allowed_bots.iter().any(|allowed| allowed == bot)
    }
}

/// How far a simulation is.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// Its id, where the answer has one.
    pub id: Option<String>,
    /// Whether it goes on.
    pub status: SimulationStatus,
    /// How long it took, in milliseconds, where the platform says so.
    pub duration_ms: Option<u64>,
    /// The steps so far, sorted by index.
    pub steps: Vec<Step>,
}

/// Whether a simulation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimulationStatus {
    /// It does, or has not begun.
    Running,
    /// It ended by itself.
    Completed,
    /// The platform gave it up.
    Failed,
}

/// One input and what the bot made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Index of the input, from zero.
    pub index: usize,
    /// What the user said.
    pub user_input: String,
    /// What the bot said.
    pub bot_response: String,
    /// The recognised intent. May be empty.
    pub intent: String,
    /// How sure the platform is of it, from 0 to 1.
    pub confidence: f64,
    /// What was extracted: type and value.
    pub entities: Vec<(String, Value)>,
}

/// The versions of a bot.
pub async fn bot_versions(
    client: &Client,
    bot: &str,
    watch: &Watch,
) -> Result<Vec<BotVersion>, CallError> {
    let call = Call::get(Area::Simulation, &["api", "v1", "bots", bot, "versions"]);
    let answer = client
        .call(&call.paced(Pace::Bot(bot.to_owned())), watch)
        .await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let read = |place: &Place<'_>| {
            Ok(BotVersion {
                id: place.text("id")?,
                name: place.optional_text("name")?.unwrap_or_default(),
                status: place.text("status")?,
            })
        };
        answer.root().elements()?.iter().map(read).collect()
    })
}

/// An environment.
pub async fn environment(
    client: &Client,
    id: &str,
    watch: &Watch,
) -> Result<Environment, CallError> {
    let call = Call::get(Area::Simulation, &["api", "v1", "environments", id]);
    let answer = client.call(&call, watch).await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let root = answer.root();
        let mut allowed_bots = Vec::new();
        if let Some(list) = root.optional("allowed_bot_ids") {
            for place in list.elements()? {
                allowed_bots.extend(place.value().as_str().map(str::to_owned));
            }
        }
        Ok(Environment {
            id: root.text("id")?,
            name: root.optional_text("name")?.unwrap_or_default(),
            is_strict: root
                .optional_text("isolation_mode")?
                .is_some_and(|mode| mode.eq_ignore_ascii_case("strict")),
            allowed_bots,
        })
    })
}

/// Starts a simulation of a script, given as text. Gives its id. Sent once.
pub async fn submit(
    client: &Client,
    bot: &str,
    script: &str,
    key: &str,
    watch: &Watch,
) -> Result<String, CallError> {
    let call = Call::post(
        Area::Simulation,
        &["api", "v1", "simulations"],
        Some(script.to_owned()),
    );
    let call = call.paced(Pace::Bot(bot.to_owned())).idempotency_key(key);
    let answer = client.call(&call, watch).await?;
    decode(client, &answer, Changed::Perhaps, |answer| {
        answer.root().text("id")
    })
}

/// Looks how far a simulation is.
pub async fn simulation(
    client: &Client,
    bot: &str,
    id: &str,
    watch: &Watch,
) -> Result<Simulation, CallError> {
    let call = Call::get(Area::Simulation, &["api", "v1", "simulations", id]);
    let answer = client
        .call(&call.paced(Pace::Bot(bot.to_owned())).polling(), watch)
        .await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let root = answer.root();
        let status = match root.text("status")?.to_ascii_uppercase().as_str() {
            "COMPLETED" => SimulationStatus::Completed,
            "FAILED" => SimulationStatus::Failed,
            _ => SimulationStatus::Running,
        };
        let mut steps = Vec::new();
        if let Some(list) = root.optional("steps") {
            for place in list.elements()? {
                steps.push(step(&place)?);
            }
        }
        steps.sort_by_key(|step| step.index);
        Ok(Simulation {
            id: root.optional_text("id")?,
            status,
            duration_ms: answer.body.get("durationMs").and_then(Value::as_u64),
            steps,
        })
    })
}

fn step(place: &Place<'_>) -> Result<Step, Error> {
    let number = |expected| Error::Decode {
        path: place.path_of("index"),
        expected,
    };
    let index = place.value().get("index").and_then(Value::as_u64);
    let index = index.and_then(|index| usize::try_from(index).ok());
    let nlu = place.optional("nlu");
    let mut entities = Vec::new();
    let listed = nlu.as_ref().and_then(|nlu| nlu.optional("entities"));
    for entity in listed.map_or(Ok(Vec::new()), |list| list.elements())? {
        let value = entity.value().get("value").cloned().unwrap_or_default();
        entities.push((entity.text("type")?, value));
    }
    let of_nlu = |key| nlu.as_ref().map_or(Ok(None), |nlu| nlu.optional_text(key));
    Ok(Step {
        index: index.ok_or_else(|| number("the index of an input"))?,
        user_input: place.optional_text("userInput")?.unwrap_or_default(),
        bot_response: place.optional_text("botResponse")?.unwrap_or_default(),
        intent: of_nlu("intent")?.unwrap_or_default(),
        confidence: nlu
            .as_ref()
            .and_then(|nlu| nlu.value().get("confidence")?.as_f64())
            .unwrap_or_default(),
        entities,
    })
}
