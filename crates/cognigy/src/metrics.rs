//! What the screens draw of operations: counts, rates and latencies. Kept in memory; what must last
//! is in the audit log.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::moment::timestamp;
use crate::operation::{
    ContextReport, DeployEnd, DeployReport, PushReport, SimulationMetrics, SimulationRun,
    StateOutcome, Stopped, VariablesReport,
};

/// How many latencies of one thing are kept for drawing.
const KEPT: usize = 200;

/// Attempts of one kind and how they went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempts {
    /// How many were made.
    pub total: u64,
    /// How many worked.
    pub successful: u64,
    /// How many mistakes the rules found before anything was sent.
    pub validation_errors: u64,
    /// How long the last ones took, in milliseconds, the newest last.
    pub latencies: Vec<u64>,
}

impl Attempts {
    /// Counts an attempt.
    pub fn record(&mut self, successful: bool, latency: u64) {
        self.total += 1;
        self.successful += u64::from(successful);
        push_kept(&mut self.latencies, latency);
    }

    /// The share that worked, from 0 to 1; 0 before the first.
    #[expect(clippy::cast_precision_loss, reason = "nobody makes 2^53 attempts")]
    pub fn success_rate(&self) -> f64 {
        if self.total == 0 {
            0.0
        } else {
            self.successful as f64 / self.total as f64
        }
    }

    /// The mean of the latencies, in milliseconds; 0 before the first.
    #[expect(clippy::cast_precision_loss, reason = "nobody waits 2^53 milliseconds")]
    pub fn average_latency(&self) -> f64 {
        if self.latencies.is_empty() {
            0.0
        } else {
            self.latencies.iter().sum::<u64>() as f64 / self.latencies.len() as f64
        }
    }

    /// As reports hold it.
    pub fn to_json(&self) -> Value {
        json!({
            "total": self.total,
            "successful": self.successful,
            "validation_errors": self.validation_errors,
            "latencies_ms": self.latencies,
            "average_latency_ms": rounded(self.average_latency(), 2),
            "success_rate": rounded(self.success_rate(), 4),
        })
    }
}

/// What became of the deployments of one dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deployments {
    /// The last deployments, the newest last.
    pub history: Vec<Deployment>,
    /// How many ended with the new version active.
    pub success_count: u64,
    /// How many were rolled back.
    pub rollback_count: u64,
}

/// One deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// When it ended, in milliseconds since 1970.
    pub at: u64,
    /// The number of its version; empty when it stopped before that was known.
    pub version: String,
    /// From the publication being sent to the proof, in milliseconds; none when there was no proof.
    pub latency: Option<u64>,
    /// How many mistakes the rules found.
    pub validation_errors: u64,
}

impl Deployments {
    /// As reports hold it.
    pub fn to_json(&self) -> Value {
        let history: Vec<Value> = self
            .history
            .iter()
            .map(|one| {
                json!({
                    "at": timestamp(one.at),
                    "version": one.version,
                    "deployment_latency_ms": one.latency,
                    "validation_errors": one.validation_errors,
                })
            })
            .collect();
        json!({
            "success_count": self.success_count,
            "rollback_count": self.rollback_count,
            "history": history,
        })
    }
}

/// The metrics of a connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// By dialog.
    pub deployments: BTreeMap<String, Deployments>,
    /// Pushed transitions, by state.
    pub transitions: BTreeMap<String, Attempts>,
    /// Updates of state variables. Their success rate is the persistence rate.
    pub variables: Attempts,
    /// Injections of context.
    pub context: Attempts,
    /// The last simulations, the newest last.
    pub simulations: Vec<SimulationMetrics>,
}

impl Metrics {
    /// Counts a deployment that ended or stopped at a moment in milliseconds since 1970.
    pub fn deployed(&mut self, dialog: &str, at: u64, ended: &Result<DeployReport, Stopped>) {
        let of_dialog = self.deployments.entry(dialog.to_owned()).or_default();
        let mut deployment = Deployment {
            at,
            version: String::new(),
            latency: None,
            validation_errors: 0,
        };
        match ended {
            Ok(report) => {
                deployment.version.clone_from(&report.version);
                let new_active = matches!(report.end, DeployEnd::NewActive { .. });
                deployment.latency = new_active.then_some(report.latency);
                of_dialog.success_count += u64::from(new_active);
                of_dialog.rollback_count += u64::from(report.rolled_back);
            }
            Err(stopped) => deployment.validation_errors = stopped.problem_count(),
        }
        push_kept(&mut of_dialog.history, deployment);
    }

    /// Counts a push, state by state.
    pub fn pushed(&mut self, report: &PushReport) {
        for (state, outcome) in &report.states {
            let (successful, latency) = match outcome {
                StateOutcome::Done { latency, .. } => (true, *latency),
                StateOutcome::NotDone(_) | StateOutcome::Unknown(_) => (false, report.latency),
            };
            let of_state = self.transitions.entry(state.clone()).or_default();
            of_state.record(successful, latency);
        }
    }

    /// Counts an update of state variables. One that the rules stopped was no attempt.
    pub fn updated(&mut self, ended: &Result<VariablesReport, Stopped>) {
        match ended {
            Ok(report) => self.variables.record(report.result.is_ok(), report.latency),
            Err(stopped) => self.variables.validation_errors += stopped.problem_count(),
        }
    }

    /// Counts an injection of context. One that the rules stopped was no attempt.
    pub fn injected(&mut self, ended: &Result<ContextReport, Stopped>) {
        match ended {
            Ok(report) => self.context.record(report.result.is_ok(), report.latency),
            Err(stopped) => self.context.validation_errors += stopped.problem_count(),
        }
    }

    /// Keeps the figures of a simulation, for the trend.
    pub fn simulated(&mut self, run: &SimulationRun) {
        push_kept(&mut self.simulations, run.metrics.clone());
    }
}

/// Adds to a list of which the newest are kept.
fn push_kept<T>(list: &mut Vec<T>, one: T) {
    if list.len() == KEPT {
        list.remove(0);
    }
    list.push(one);
}

/// A number rounded to so many decimals.
pub(crate) fn rounded(number: f64, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    (number * factor).round() / factor
}
