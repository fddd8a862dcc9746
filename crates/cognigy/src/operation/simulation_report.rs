//! What a simulation is worth: each assertion for itself, and the figures. Reports of them are in
//! [`super::simulation_formats`].

use flow::document::{Document, Simulation as Script};
use serde_json::{Value, json};

use crate::metrics::rounded;
use crate::operation::run::Run;
use crate::operation::simulate::SimulationRun;
use crate::resource::simulations::Step;
use crate::wire;

/// What became of one assertion.
#[derive(Clone, Debug, PartialEq)]
pub struct AssertionResult {
    /// Index of the input.
    pub step_index: usize,
    /// Whether its step came at all.
    pub came: bool,
    /// The intent that was expected.
    pub expected_intent: String,
    /// The intent that was recognised.
    pub intent: String,
    /// The confidence it should have at least.
    pub minimum_confidence: f64,
    /// The confidence it had.
    pub confidence: f64,
    /// Expected entity types that were not extracted.
    pub missing_entities: Vec<String>,
    /// Expected entity values beside those extracted. They do not decide whether it passes.
    pub values: Vec<EntityValue>,
    /// Whether intent, confidence and entity types are as expected.
    pub passed: bool,
}

/// An expected entity value and what was extracted.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityValue {
    /// The type of the entity.
    pub entity: String,
    /// The value that was expected.
    pub expected: Value,
    /// The values that were extracted.
    pub found: Vec<Value>,
    /// Whether the expected one is among them.
    pub equal: bool,
}

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimulationMetrics {
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Mean confidence of the steps that were asserted and came; four decimals.
    pub avg_intent_confidence: f64,
    /// Share of them in which all expected entity types were extracted; 1 when there are none.
    pub avg_entity_accuracy: f64,
    /// How many assertions passed.
    pub passed_assertions: usize,
    /// How many there are.
    pub total_assertions: usize,
    /// Percentage that passed; two decimals.
    pub assertion_success_rate: f64,
}

impl SimulationMetrics {
    /// As webhooks and the log hold them.
    pub fn to_json(&self) -> Value {
        json!({
            "duration_ms": self.duration_ms,
            "avg_intent_confidence": self.avg_intent_confidence,
            "avg_entity_accuracy": self.avg_entity_accuracy,
            "passed_assertions": self.passed_assertions,
            "total_assertions": self.total_assertions,
            "assertion_success_rate": self.assertion_success_rate,
        })
    }
}

/// Compares what was expected with what came.
pub(super) fn assess(
    document: &Document,
    script: &Script,
    steps: &[Step],
    duration_ms: u64,
) -> (Vec<AssertionResult>, SimulationMetrics) {
    let mut results = Vec::new();
    for assertion in &script.assertions {
        let entities = assertion
            .entities_at
            .map(|at| document.tree().value(at).raw());
        let expected: Value = serde_json::from_str(entities.unwrap_or("{}")).unwrap_or_default();
        let step = steps
            .iter()
            .find(|step| Some(step.index) == assertion.step_index);
        results.push(compare(
            assertion.step_index.unwrap_or(usize::MAX),
            &assertion.expected_intent.text,
            assertion.minimum_confidence,
            &expected,
            step,
        ));
    }
    let metrics = figures(&results, duration_ms);
    (results, metrics)
}

fn compare(
    step_index: usize,
    expected_intent: &str,
    minimum_confidence: f64,
    expected: &Value,
    step: Option<&Step>,
) -> AssertionResult {
    let entities = step
        .map(|step| step.entities.as_slice())
        .unwrap_or_default();
    let of_type = |name: &str| -> Vec<Value> {
        entities
            .iter()
            .filter(|entity| entity.0 == name)
            .map(|entity| entity.1.clone())
            .collect()
    };
    let (mut missing_entities, mut values) = (Vec::new(), Vec::new());
    for (entity, value) in expected.as_object().into_iter().flatten() {
        let found = of_type(entity);
        if found.is_empty() {
            missing_entities.push(entity.clone());
        }
        values.push(EntityValue {
            entity: entity.clone(),
            equal: found.iter().any(|found| wire::same(found, value)),
            expected: value.clone(),
            found,
        });
    }
    let intent = step.map(|step| step.intent.clone()).unwrap_or_default();
    let confidence = step.map_or(0.0, |step| step.confidence);
    AssertionResult {
        step_index,
        came: step.is_some(),
        passed: step.is_some()
            && intent == expected_intent
            && confidence >= minimum_confidence
            && missing_entities.is_empty(),
        expected_intent: expected_intent.to_owned(),
        intent,
        minimum_confidence,
        confidence,
        missing_entities,
        values,
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody writes 2^53 assertions")]
fn figures(results: &[AssertionResult], duration_ms: u64) -> SimulationMetrics {
    let came: Vec<&AssertionResult> = results.iter().filter(|result| result.came).collect();
    let share = |number: f64, of: usize, none: f64| if of == 0 { none } else { number / of as f64 };
    let confidence: f64 = came.iter().map(|result| result.confidence).sum();
    let accurate = came
        .iter()
        .filter(|result| result.missing_entities.is_empty())
        .count();
    let passed = results.iter().filter(|result| result.passed).count();
    SimulationMetrics {
        duration_ms,
        avg_intent_confidence: rounded(share(confidence, came.len(), 0.0), 4),
        avg_entity_accuracy: rounded(share(accurate as f64, came.len(), 1.0), 4),
        passed_assertions: passed,
        total_assertions: results.len(),
        assertion_success_rate: rounded(share(passed as f64, results.len(), 0.0) * 100.0, 2),
    }
}

impl AssertionResult {
    /// Why it did not pass, in words.
    pub fn reason(&self) -> Option<String> {
        if self.passed {
            return None;
        }
        if !self.came {
            return Some("the step never came".to_owned());
        }
        let mut reasons = Vec::new();
        if self.intent != self.expected_intent {
            reasons.push(format!(
                "intent \"{}\" instead of \"{}\"",
                self.intent, self.expected_intent
            ));
        }
        if self.confidence < self.minimum_confidence {
            reasons.push(format!(
                "confidence {} below {}",
                self.confidence, self.minimum_confidence
            ));
        }
        if !self.missing_entities.is_empty() {
            reasons.push(format!(
                "no entity of type {}",
                self.missing_entities.join(", ")
            ));
        }
        Some(reasons.join("; "))
    }
}

/// What the log says of a run.
pub(super) fn audited(run: &Run<'_>, report: &SimulationRun) -> Value {
    let steps: Vec<Value> = report
        .assertions
        .iter()
        .map(|assertion| {
            json!({
                "step_index": assertion.step_index,
                "expected_intent": assertion.expected_intent,
                "intent": assertion.intent,
                "confidence": assertion.confidence,
                "passed": assertion.passed,
            })
        })
        .collect();
    json!({
        "timestamp": run.timestamp(),
        "simulation_id": report.id,
        "environment_id": report.environment,
        "bot_version": report.version,
        "metrics": report.metrics.to_json(),
        "steps": steps,
        "compliance_status": if report.passes() { "PASS" } else { "FAIL" },
    })
}
