//! Running simulation scripts on the platform: what is asked before, the wait, and what the answer
//! is worth.

use std::rc::Rc;

use flow::document::{Document, DocumentKind, Simulation as Script};
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::canonical::sha256;
use crate::error::{CallError, Changed, Error};
use crate::journal::{OperationKind, Record};
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::simulation_report::{AssertionResult, SimulationMetrics, assess, audited};
use crate::operation::stopped::{Stopped, validated};
use crate::random::uuid;
use crate::refused::{Body, Refused, refused};
use crate::resource::simulations::{self, SimulationStatus, Step as Heard};
use crate::send::{WaitReason, delay};
use crate::waiting::Cancellation;
use crate::webhook::{Webhook, WebhookEnd};

const VALIDATE: Step = Step::reads("validate", "Check the script");
const ASK: Step = Step::reads("ask", "Look at the bot and the environment");
const SUBMIT: Step = Step::changes("submit", "Start the simulation");
const FOLLOW: Step = Step::reads("follow", "Follow it");
const TELL: Step = Step::reads("tell", "Tell MLOps");
const STEPS: &[Step] = &[VALIDATE, ASK, SUBMIT, FOLLOW, TELL];
const ACTION: &str = "SIMULATION_RUN";

/// What is to be run.
pub struct SimulationRequest<'a> {
    /// The text of the script.
    pub text: &'a str,
    /// Settings of the rules.
    pub settings: &'a Settings,
}

/// A run of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulationRun {
    /// The id of the simulation; none when it is not known whether one was started.
    pub id: Option<String>,
    /// The bot, the environment and the version.
    pub bot: String,
    /// Where it ran.
    pub environment: String,
    /// Which version of the bot.
    pub version: String,
    /// Whether it went to its end.
    pub status: SimulationStatus,
    /// Why nothing more is known, where it did not end by itself.
    pub cut_short: Option<String>,
    /// What the platform found in the script when it refused to start it.
    pub refused: Vec<Refused>,
    /// The steps that came.
    pub steps: Vec<Heard>,
    /// What became of each assertion.
    pub assertions: Vec<AssertionResult>,
    /// The figures.
    pub metrics: SimulationMetrics,
    /// How telling `MLOps` went.
    pub webhook: WebhookEnd,
    /// The books.
    pub books: Books,
}

impl SimulationRun {
    /// Whether everything that was asserted holds, in a simulation that went to its end.
    pub fn passes(&self) -> bool {
        self.status == SimulationStatus::Completed
            && self.metrics.total_assertions > 0
            && self.metrics.passed_assertions == self.metrics.total_assertions
    }
}

/// Several scripts and one verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Suite {
    /// The name of each script with its run, or why it did not run.
    pub runs: Vec<(String, Result<SimulationRun, Stopped>)>,
}

impl Suite {
    /// Whether every script ran and passed.
    pub fn passes(&self) -> bool {
        let passes = |(_, run): &(String, Result<SimulationRun, Stopped>)| {
            run.as_ref().is_ok_and(SimulationRun::passes)
        };
        !self.runs.is_empty() && self.runs.iter().all(passes)
    }
}

/// Runs scripts one after another; one that fails does not keep the next from running, a stop does.
pub async fn simulate_suite(
    tools: &Tools,
    scripts: &[(String, SimulationRequest<'_>)],
    cancellation: &Cancellation,
    events: &Rc<dyn Fn(Event)>,
) -> Suite {
    let mut runs = Vec::new();
    for (name, script) in scripts {
        let run = if cancellation.is_cancelled() {
            Err(Stopped::Declined)
        } else {
            simulate(tools, script, cancellation, events).await
        };
        runs.push((name.clone(), run));
    }
    Suite { runs }
}

/// The request that starts a simulation: the script without what only a rehearsal asserts.
pub(crate) fn script_body(document: &Document, script: &Script) -> String {
    let tree = document.tree();
    let raw = |at| tree.value(at).raw();
    let assertions: Vec<String> = script
        .assertions
        .iter()
        .map(|assertion| {
            format!(
                "{{\"step_index\":{},\"expected_intent\":{},\"expected_confidence_min\":{},\
                 \"expected_entities\":{}}}",
                raw(assertion.step_at),
                raw(assertion.expected_intent.at),
                assertion.confidence_at.map_or_else(
                    || assertion.minimum_confidence.to_string(),
                    |at| raw(at).to_owned()
                ),
                assertion.entities_at.map_or("{}", raw)
            )
        })
        .collect();
    let inputs: Vec<String> = script
        .inputs
        .iter()
        .map(|input| {
            format!(
                "{{\"text\":{},\"delay_ms\":{}}}",
                raw(input.text.at),
                input.delay_ms
            )
        })
        .collect();
    format!(
        "{{\"botId\":{},\"environmentId\":{},\"versionId\":{},\"inputs\":[{}],\"context\":{},\
         \"assertions\":[{}]}}",
        raw(script.bot_id.at),
        raw(script.environment_id.at),
        raw(script.version_id.at),
        inputs.join(","),
        script.context_at.map_or("{}", raw),
        assertions.join(",")
    )
}

/// Runs one script.
pub async fn simulate(
    tools: &Tools,
    request: &SimulationRequest<'_>,
    cancellation: &Cancellation,
    events: &Rc<dyn Fn(Event)>,
) -> Result<SimulationRun, Stopped> {
    let run = Run::start(tools, OperationKind::Simulate, STEPS, cancellation, events);
    run.step(VALIDATE);
    let document = match validated(request.text, DocumentKind::Simulation, request.settings) {
        Ok(document) => document,
        Err(stopped) => return run.stopped(stopped),
    };
    let Some(script) = document.simulation() else {
        return run.stopped(Stopped::WrongKind {
            needed: DocumentKind::Simulation,
            found: document.kind(),
        });
    };
    run.step(ASK);
    if let Err(stopped) = ask(&run, script).await {
        return run.stopped(stopped);
    }
    let body = script_body(&document, script);
    let (bot, environment, version) = (
        script.bot_id.text.to_string(),
        script.environment_id.text.to_string(),
        script.version_id.text.to_string(),
    );
    let sent: Value = serde_json::from_str(&body).unwrap_or_default();
    let intent = json!({
        "timestamp": run.timestamp(),
        "environment_id": environment,
        "bot_version": version,
        "inputs": script.inputs.len(),
        "context": run.tools.audit.kept_values(&sent["context"]),
    });
    let record = Record {
        content_hash: Some(sha256(&body)),
        ..run.record(SUBMIT, &bot)
    };
    let record = match run.intent(ACTION, &bot, intent, record).await {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    run.step(SUBMIT);
    let began = run.client().clock().monotonic();
    let followed = match submit(&run, &bot, &body).await {
        Ok(id) => {
            // From now on there is something to be read at the next start.
            let record = Record {
                step: FOLLOW.id.to_owned(),
                target: Some(id.clone()),
                ..record.clone()
            };
            run.journal(&record).await;
            run.step(FOLLOW);
            follow(&run, &bot, id, script.inputs.len(), began).await
        }
        Err(failed) => Followed {
            known: failed.changed == Changed::Nothing,
            cut_short: Some(failed.to_string()),
            refused: refused(&failed, &document, Body::Document),
            ..Followed::default()
        },
    };
    let (assertions, metrics) = assess(&document, script, &followed.steps, followed.duration);
    let mut report = SimulationRun {
        id: followed.id,
        bot,
        environment,
        version,
        status: followed.status,
        cut_short: followed.cut_short,
        refused: followed.refused,
        steps: followed.steps,
        assertions,
        metrics,
        webhook: WebhookEnd::NotSet,
        books: Books::default(),
    };
    let audited = audited(&run, &report);
    run.outcome(ACTION, &report.bot, audited.clone(), record.intent)
        .await;
    if followed.known {
        run.settle().await;
    }
    match &report.cut_short {
        Some(reason) => run.failed(reason),
        None => {
            run.step(TELL);
            let told = Webhook::MlOps {
                metrics: report.metrics.to_json(),
                audit: audited,
            };
            report.webhook = told.deliver(run.client(), &run.watch).await;
            run.done();
        }
    }
    report.books = run.books().await;
    Ok(report)
}

async fn ask(run: &Run<'_>, script: &Script) -> Result<(), Stopped> {
    let client = run.client();
    let (bot, version) = (script.bot_id.text.as_str(), script.version_id.text.as_str());
    let versions = simulations::bot_versions(client, bot, &run.watch).await?;
    let status = versions
        .into_iter()
        .find(|known| known.id == version)
        .map(|known| known.status);
    if status.as_deref() != Some("ACTIVE") {
        let version = version.to_owned();
        return Err(Stopped::BotVersion { version, status });
    }
    let environment =
        simulations::environment(client, &script.environment_id.text, &run.watch).await?;
    if environment.allows(bot) {
        Ok(())
    } else {
        Err(Stopped::Isolated {
            environment: environment.id,
            bot: bot.to_owned(),
        })
    }
}

/// Starts the simulation. When the answer is lost nothing can be read back, so it is sent once more
/// only under the same key.
async fn submit(run: &Run<'_>, bot: &str, body: &str) -> Result<String, CallError> {
    let client = run.client();
    let key = uuid(&*client.ports().random);
    let failed = match simulations::submit(client, bot, body, &key, &run.watch).await {
        Ok(id) => return Ok(id),
        // A conflict may be with a first copy of our own request.
        Err(failed) if matches!(failed.error, Error::Conflict { .. }) => {
            failed.at_least(Changed::Perhaps)
        }
        Err(failed) => failed,
    };
    let again = failed.changed == Changed::Perhaps && client.connection().idempotency_keys;
    if !again {
        return Err(failed);
    }
    let wait = delay(0, &*client.ports().random);
    if client
        .wait(wait, WaitReason::Retry, &run.watch)
        .await
        .is_err()
    {
        return Err(failed);
    }
    simulations::submit(client, bot, body, &key, &run.watch)
        .await
        .map_err(|second| CallError {
            // The first may have got through.
            changed: Changed::Perhaps,
            ..second
        })
}

/// What came of following a simulation.
struct Followed {
    id: Option<String>,
    status: SimulationStatus,
    steps: Vec<Heard>,
    duration: u64,
    cut_short: Option<String>,
    refused: Vec<Refused>,
    /// Whether nothing is left open.
    known: bool,
}

impl Default for Followed {
    fn default() -> Self {
        Self {
            id: None,
            status: SimulationStatus::Failed,
            steps: Vec::new(),
            duration: 0,
            cut_short: None,
            refused: Vec::new(),
            known: true,
        }
    }
}

async fn follow(run: &Run<'_>, bot: &str, id: String, inputs: usize, began: u64) -> Followed {
    let client = run.client();
    let connection = client.connection();
    let mut followed = Followed {
        id: Some(id.clone()),
        status: SimulationStatus::Running,
        ..Followed::default()
    };
    loop {
        let reason = match simulations::simulation(client, bot, &id, &run.watch).await {
            Err(failed) => Some(failed.to_string()),
            Ok(seen) => {
                if seen.steps.len() > followed.steps.len() {
                    let note = seen.steps.last().map(|step| step.user_input.clone());
                    run.progress(seen.steps.len(), inputs, note.unwrap_or_default());
                    run.heard(&seen.steps);
                }
                let passed = client.clock().monotonic() - began;
                followed.duration = seen.duration_ms.unwrap_or(passed);
                followed.status = seen.status;
                followed.steps = seen.steps;
                if seen.status != SimulationStatus::Running {
                    return followed;
                }
                (passed >= connection.job_deadline).then(|| {
                    "The simulation took longer than it may. It may go on there.".to_owned()
                })
            }
        };
        let waited = match reason {
            None => {
                client
                    .wait(connection.poll_interval, WaitReason::Job, &run.watch)
                    .await
            }
            Some(reason) => {
                followed.cut_short = Some(reason);
                return followed;
            }
        };
        if waited.is_err() {
            followed.cut_short = Some("You stopped following it. It may go on there.".to_owned());
            return followed;
        }
    }
}
