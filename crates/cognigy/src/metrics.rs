//! What the screens draw of operations: counts, rates and latencies. Kept in memory; what must last
//! is in the audit log.

use std::collections::BTreeMap;

use serde_json::{Value, json};

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
        if self.latencies.len() == KEPT {
            self.latencies.remove(0);
        }
        self.latencies.push(latency);
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
    /// The number of its version.
    pub version: String,
    /// From the publication being sent to the proof, in milliseconds; none when nothing was sent.
    pub latency: Option<u64>,
    /// How many mistakes the rules found.
    pub validation_errors: u64,
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
}

impl Metrics {
    /// Counts a deployment.
    pub fn deployed(
        &mut self,
        dialog: &str,
        deployment: Deployment,
        new_active: bool,
        rolled_back: bool,
    ) {
        let of_dialog = self.deployments.entry(dialog.to_owned()).or_default();
        of_dialog.success_count += u64::from(new_active);
        of_dialog.rollback_count += u64::from(rolled_back);
        if of_dialog.history.len() == KEPT {
            of_dialog.history.remove(0);
        }
        of_dialog.history.push(deployment);
    }
}

/// A number rounded to so many decimals.
pub(crate) fn rounded(number: f64, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    (number * factor).round() / factor
}
