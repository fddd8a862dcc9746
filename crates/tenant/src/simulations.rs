//! Simulations: started at once, heard step by step as time passes.

use flow::document::DocumentKind;
use flow::rules::Settings;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::bots::{environment_called, version};
use crate::clock::timestamp;
use crate::dialogs::Status;
use crate::faults::FaultKind;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::validate;
use crate::world::World;

/// How many simulations are remembered.
const MOST: usize = 100;
/// How long the bot takes for a step, in milliseconds.
const STEP_MS: u64 = 300;
/// The longest a script may wait before a step, in milliseconds.
const LONGEST_WAIT_MS: f64 = 600_000.0;

/// A simulation. What comes of it is known from its start; what is told of it depends on the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Simulation {
    id: String,
    bot: String,
    environment: String,
    version: String,
    started_at: u64,
    ends_at: u64,
    /// Whether it ends as failed.
    fails: bool,
    steps: Vec<RunStep>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RunStep {
    /// When it can be heard, in milliseconds since 1970.
    at: u64,
    user_input: String,
    bot_response: String,
    intent: Option<String>,
    /// Rounded to four decimals.
    confidence: f64,
    entities: Vec<ShownEntity>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ShownEntity {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Started<'a> {
    created_at: String,
    id: &'a str,
    status: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    created_at: String,
    duration_ms: u64,
    id: &'a str,
    status: &'a str,
    steps: Vec<ShownStep<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownStep<'a> {
    bot_response: &'a str,
    index: usize,
    nlu: Nlu<'a>,
    user_input: &'a str,
}

#[derive(Serialize)]
struct Nlu<'a> {
    confidence: f64,
    entities: &'a [ShownEntity],
    intent: Option<&'a str>,
}

/// `POST /api/v1/simulations`
pub(crate) fn submit(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let tree = ask.object()?;
    let document = validate::read(tree.shared_text(), DocumentKind::Simulation, "")?;
    validate::accept(validate::errors(&document, &Settings::default()))?;
    let script = document.simulation().ok_or(Refusal::Internal)?;
    let (bot, version_id) = (script.bot_id.text.as_str(), script.version_id.text.as_str());
    let environment = environment_called(world, &script.environment_id.text)?;
    let version = version(world, bot, version_id)?;
    if version.status != Status::Active {
        let message = format!("Version \"{version_id}\" is not active. Nothing was started.");
        return Err(Refusal::flaw("versionNotActive", "/versionId", message));
    }
    if environment.strict
        && !environment
            .allowed_bots
            .iter()
            .any(|allowed| allowed == bot)
    {
        return Err(Refusal::Isolated {
            environment: script.environment_id.text.to_string(),
            bot: bot.to_owned(),
        });
    }
    let context = script
        .context_at
        .map(|at| Json::of(document.tree().value(at)));
    let inputs: Vec<&str> = script
        .inputs
        .iter()
        .map(|input| input.text.text.as_str())
        .collect();
    let heard = ask.rehearse.run(
        version.flow.text(),
        &inputs,
        context.as_ref().map_or("{}", Json::text),
    );
    let mut at = ask.now;
    let mut steps = Vec::with_capacity(heard.len());
    for (step, input) in heard.into_iter().zip(&script.inputs) {
        at = at
            .saturating_add(wait_ms(input.delay_ms))
            .saturating_add(STEP_MS);
        steps.push(RunStep {
            at,
            user_input: input.text.text.to_string(),
            bot_response: step.response,
            intent: step.intent,
            confidence: rounded(step.confidence),
            entities: step
                .entities
                .into_iter()
                .map(|entity| ShownEntity {
                    kind: entity.kind,
                    value: entity.value,
                })
                .collect(),
        });
    }
    let fails = matches!(ask.fault, Some(FaultKind::SimulationFailure));
    if fails {
        steps.truncate(steps.len() / 2);
    }
    let simulation = Simulation {
        bot: bot.to_owned(),
        environment: script.environment_id.text.to_string(),
        version: version_id.to_owned(),
        started_at: ask.now,
        ends_at: steps
            .last()
            .map_or(ask.now, |step| step.at)
            .saturating_add(STEP_MS),
        fails,
        steps,
        id: world.new_id("sim"),
    };
    let started = Started {
        created_at: timestamp(ask.now),
        id: &simulation.id,
        status: "RUNNING",
    };
    let reply = Reply::json(202, &started)?;
    world.simulations.push_back(simulation);
    if world.simulations.len() > MOST {
        world.simulations.pop_front();
    }
    Ok(reply)
}

/// `GET /api/v1/simulations/{id}`: the steps that were heard by now.
pub(crate) fn read(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let mut simulations = world.simulations.iter();
    let found = simulations.find(|simulation| simulation.id == ask.name(0));
    let simulation = found.ok_or_else(|| Refusal::not_found("simulation", ask.name(0)))?;
    let now = ask.now;
    let ended = now >= simulation.ends_at;
    let steps = simulation.steps.iter().take_while(|step| step.at <= now);
    let shown = Shown {
        created_at: timestamp(simulation.started_at),
        duration_ms: now
            .min(simulation.ends_at)
            .saturating_sub(simulation.started_at),
        id: &simulation.id,
        status: match (ended, simulation.fails) {
            (false, _) => "RUNNING",
            (true, false) => "COMPLETED",
            (true, true) => "FAILED",
        },
        steps: steps
            .enumerate()
            .map(|(index, step)| step.shown(index))
            .collect(),
    };
    Reply::json(200, &shown)
}

impl RunStep {
    fn shown(&self, index: usize) -> ShownStep<'_> {
        ShownStep {
            bot_response: &self.bot_response,
            index,
            nlu: Nlu {
                confidence: self.confidence,
                entities: &self.entities,
                intent: self.intent.as_deref(),
            },
            user_input: &self.user_input,
        }
    }
}

/// A wait as a script spells it, in whole milliseconds.
fn wait_ms(delay: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped; what is no number becomes 0"
    )]
    {
        delay.clamp(0.0, LONGEST_WAIT_MS) as u64
    }
}

/// To four decimals: short enough to come back from JSON as the same number.
fn rounded(confidence: f64) -> f64 {
    let rounded = (confidence.clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0;
    if rounded.is_nan() { 0.0 } else { rounded }
}
