//! Whether what an operation claims is what the tenant holds. Each verdict is a word of the table, or
//! what is not true.

use cognigy::error::{CallError, Changed};
use cognigy::operation::SimulationRun;
use cognigy::resource::simulations::SimulationStatus;
use cognigy::wire;
use serde_json::Value;

use crate::inside::Inside;
use crate::scenarios::{DIALOG, Ended, Kind, NUMBER, variables};
use crate::user::User;
use crate::world::sample;

/// The conversation that context is injected into.
const CONVERSATION: &str = "conv_8a7b9c2d1e3f";

/// A word for the table, or what is not true.
pub(crate) type Verdict = Result<&'static str, String>;

/// An operation that ended, with what the tenant held before and holds now.
pub(crate) struct Case<'a> {
    pub(crate) kind: Kind,
    pub(crate) before: &'a Inside,
    pub(crate) after: &'a Inside,
    pub(crate) user: &'a User,
    /// Whether nothing is left in the journal.
    pub(crate) settled: bool,
}

/// Stops the verdict with what should hold and does not.
pub(crate) fn hold(holds: bool, what: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(format!("it does not hold that {what}"))
    }
}

impl Case<'_> {
    /// What became of an operation that ended.
    pub(crate) fn judge(&self, ended: &Ended) -> Verdict {
        hold(
            self.after.numbered(DIALOG, NUMBER) <= 1,
            "no version is made twice",
        )?;
        let word = match ended {
            Ended::Deploy(Ok(report)) => self.deployed(report)?,
            Ended::Export(Ok(report)) => self.exported(report)?,
            Ended::Push(Ok(report)) => self.pushed(report)?,
            Ended::Variables(Ok(report)) => self.updated(report.result.as_ref().err())?,
            Ended::Simulation(Ok(run)) => self.simulated(run)?,
            Ended::Context(Ok(report)) => self.updated(report.result.as_ref().err())?,
            Ended::Deploy(Err(_))
            | Ended::Export(Err(_))
            | Ended::Push(Err(_))
            | Ended::Variables(Err(_))
            | Ended::Simulation(Err(_))
            | Ended::Context(Err(_)) => {
                self.untouched()?;
                "stopped"
            }
        };
        let open = word.starts_with("unknown");
        hold(
            self.settled != open,
            "what is known is settled, and nothing else",
        )?;
        Ok(word)
    }

    /// Nothing was changed by this operation.
    fn untouched(&self) -> Result<(), String> {
        let (before, after) = (self.before, self.after);
        hold(
            before.versions(DIALOG) == after.versions(DIALOG),
            "no version changed",
        )?;
        hold(
            before.simulations() == after.simulations(),
            "no simulation was started",
        )?;
        hold(after.told("sync").is_empty(), "nothing was handed on")?;
        hold(self.states()? == [false; 2], "no state was pushed")?;
        hold(!self.is_there(), "nothing was set")
    }

    /// Whether all that was sent is there: variables, or context.
    fn is_there(&self) -> bool {
        match self.kind {
            Kind::Variables { step } => {
                let (sent, held) = (variables(step), self.after.runtime("d-5f0c2a"));
                let there = ["session", "user"]
                    .iter()
                    .all(|part| contains(&held[*part], &sent[*part]));
                there && (!step || held["step"] == "payment")
            }
            Kind::Inject => {
                let held = &self.after.conversation(CONVERSATION)["context"];
                contains(held, &injected())
            }
            _ => false,
        }
    }

    /// Whether any of it is there.
    fn is_begun(&self) -> bool {
        match self.kind {
            Kind::Variables { .. } => {
                let held = self.after.runtime("d-5f0c2a");
                !held["session"]["voucher"].is_null() || held["step"] == "payment"
            }
            _ => !self.after.conversation(CONVERSATION)["context"]["firstName"].is_null(),
        }
    }

    fn updated(&self, failed: Option<&CallError>) -> Verdict {
        hold(
            self.is_there() == self.is_begun(),
            "all of it is there or nothing",
        )?;
        match failed.map(|failed| failed.changed) {
            None => {
                hold(self.is_there(), "it is there")?;
                Ok("done")
            }
            Some(Changed::Nothing) => {
                hold(!self.is_begun(), "nothing is there")?;
                Ok("not done")
            }
            Some(Changed::Perhaps) => Ok("unknown"),
        }
    }

    fn simulated(&self, run: &SimulationRun) -> Verdict {
        let simulations = self.after.simulations();
        hold(simulations.len() <= 1, "it was started once")?;
        hold(
            run.cut_short.is_none() || !run.passes(),
            "nothing passes that was cut short",
        )?;
        if run.cut_short.is_some() {
            if run.id.is_some() {
                hold(simulations.len() == 1, "it was started")?;
                return Ok("cut short");
            }
            hold(
                !self.settled || simulations.is_empty(),
                "it was not started",
            )?;
            return Ok(if self.settled {
                "not started"
            } else {
                "unknown"
            });
        }
        let simulation = simulations.first().ok_or("there is no simulation")?;
        hold(
            simulation["id"].as_str() == run.id.as_deref(),
            "it is this simulation",
        )?;
        let heard: Vec<&str> = run
            .steps
            .iter()
            .map(|step| step.bot_response.as_str())
            .collect();
        let held = simulation["steps"].as_array().into_iter().flatten();
        let held: Vec<&str> = held
            .filter_map(|step| step["botResponse"].as_str())
            .collect();
        hold(heard == held, "its steps are these")?;
        let completed = run.status == SimulationStatus::Completed;
        hold(
            completed != (simulation["fails"] == true),
            "it ended as it is said to",
        )?;
        Ok(if run.passes() { "passed" } else { "failed" })
    }

    /// What the tenant holds after a tab was closed: whether something was begun, and all of it.
    pub(crate) fn left_behind(&self) -> Result<(bool, bool), String> {
        hold(
            self.after.numbered(DIALOG, NUMBER) <= 1,
            "no version is made twice",
        )?;
        hold(
            self.after.simulations().len() <= 1,
            "no simulation is started twice",
        )?;
        Ok(match self.kind {
            Kind::Deploy | Kind::Switch(..) => {
                let new = self.new_is_active().is_ok();
                hold(
                    new || self.before.active_id(DIALOG) == self.after.active_id(DIALOG),
                    "the new version is active or the one before",
                )?;
                (new, new)
            }
            Kind::Push => {
                let [one, other] = self.states()?;
                (one || other, one && other)
            }
            Kind::Variables { .. } | Kind::Inject => (self.is_begun(), self.is_there()),
            Kind::Simulate => {
                let started = !self.after.simulations().is_empty();
                (started, started)
            }
            Kind::Export => {
                let told = !self.after.told("sync").is_empty();
                (told, told)
            }
        })
    }
}

/// The context that is injected, as the tenant keeps it.
fn injected() -> Value {
    let sent: Value = serde_json::from_str(&sample("gold-customer-context.json")).unwrap();
    let variables = sent["variables"].as_object().unwrap().iter();
    let kept = variables.map(|(key, one)| {
        (
            key.clone(),
            serde_json::json!({"value": one["value"], "scope": one["scope"]}),
        )
    });
    kept.collect()
}

/// Whether all members of `part` are in `whole`.
fn contains(whole: &Value, part: &Value) -> bool {
    let mut members = part.as_object().into_iter().flatten();
    members.all(|(key, value)| whole.get(key).is_some_and(|held| wire::same(held, value)))
}
