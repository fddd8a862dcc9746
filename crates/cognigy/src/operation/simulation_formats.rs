//! Reports of simulations: JSON, Markdown and JUnit XML. Whatever the platform said is escaped in each.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::simulate::{SimulationRun, Suite};
use crate::resource::simulations::SimulationStatus;

impl SimulationRun {
    /// All of it as JSON.
    pub fn to_json(&self) -> Value {
        let assertions: Vec<Value> = self
            .assertions
            .iter()
            .map(|result| {
                let values: Vec<Value> = result
                    .values
                    .iter()
                    .map(|value| {
                        json!({
                            "entity": value.entity,
                            "expected": value.expected,
                            "found": value.found,
                            "equal": value.equal,
                        })
                    })
                    .collect();
                json!({
                    "step_index": result.step_index,
                    "passed": result.passed,
                    "reason": result.reason(),
                    "intent": result.intent,
                    "confidence": result.confidence,
                    "minimum_confidence": result.minimum_confidence,
                    "values": values,
                })
            })
            .collect();
        json!({
            "simulation_id": self.id,
            "bot_id": self.bot,
            "environment_id": self.environment,
            "bot_version": self.version,
            "status": status_word(self.status),
            "cut_short": self.cut_short,
            "passes": self.passes(),
            "metrics": self.metrics.to_json(),
            "assertions": assertions,
            "audit_head": self.books.head.as_ref().map(crate::audit::Head::to_json),
        })
    }
}

fn status_word(status: SimulationStatus) -> &'static str {
    match status {
        SimulationStatus::Running => "RUNNING",
        SimulationStatus::Completed => "COMPLETED",
        SimulationStatus::Failed => "FAILED",
    }
}

/// A suite as Markdown: a table for each script.
pub fn markdown(suite: &Suite) -> String {
    let verdict = if suite.passes() { "passed" } else { "failed" };
    let mut text = format!("# Simulations {verdict}\n");
    for (name, run) in &suite.runs {
        // Writing to a string cannot fail.
        write!(text, "\n## {}\n\n", cell(name)).unwrap_or_default();
        let run = match run {
            Ok(run) => run,
            Err(stopped) => {
                writeln!(text, "{}", cell(&stopped.to_string())).unwrap_or_default();
                continue;
            }
        };
        let metrics = &run.metrics;
        write!(
            text,
            "{} of {} assertions passed ({} %) in {} ms; mean confidence {}, entity accuracy {}.\n\n\
             | step | expected | recognised | confidence | at least | result |\n\
             |---|---|---|---|---|---|\n",
            metrics.passed_assertions,
            metrics.total_assertions,
            metrics.assertion_success_rate,
            metrics.duration_ms,
            metrics.avg_intent_confidence,
            metrics.avg_entity_accuracy
        )
        .unwrap_or_default();
        for result in &run.assertions {
            writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} |",
                result.step_index,
                cell(&result.expected_intent),
                cell(&result.intent),
                result.confidence,
                result.minimum_confidence,
                cell(&result.reason().unwrap_or_else(|| "passed".to_owned()))
            )
            .unwrap_or_default();
        }
        let different = run.assertions.iter().flat_map(|result| {
            result
                .values
                .iter()
                .filter(|value| !value.equal)
                .map(|value| (result.step_index, value))
        });
        for (step, value) in different {
            let found: Vec<String> = value.found.iter().map(Value::to_string).collect();
            let found = if found.is_empty() {
                "nothing".to_owned()
            } else {
                found.join(", ")
            };
            let line = format!(
                "Step {step}: {} should be {} and is {found} (values do not decide).",
                value.entity, value.expected
            );
            write!(text, "\n{}\n", cell(&line)).unwrap_or_default();
        }
        if let Some(reason) = &run.cut_short {
            write!(text, "\n{}\n", cell(reason)).unwrap_or_default();
        }
    }
    text
}

/// A text that stands in Markdown as what it says.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in flow::report::visible(text).chars() {
        match character {
            '\n' | '\r' => safe.push(' '),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => {
                safe.push('\\');
                safe.push(character);
            }
            other => safe.push(other),
        }
    }
    safe
}

/// A suite as JUnit XML: a suite for each script, a case for each assertion.
pub fn junit(suite: &Suite) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (name, run) in &suite.runs {
        let name = escaped(name);
        match run {
            Err(stopped) => write!(
                text,
                "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase \
                 name=\"script\" classname=\"{name}\"><error message=\"{}\"/></testcase>\n  \
                 </testsuite>\n",
                escaped(&stopped.to_string())
            )
            .unwrap_or_default(),
            Ok(run) => junit_run(&mut text, &name, run),
        }
    }
    text.push_str("</testsuites>\n");
    text
}

fn junit_run(text: &mut String, name: &str, run: &SimulationRun) {
    let metrics = &run.metrics;
    let failed = metrics.total_assertions - metrics.passed_assertions;
    let broken = run.cut_short.clone().or_else(|| {
        let ended = run.status == SimulationStatus::Completed;
        (!ended).then(|| format!("the simulation is {}", status_word(run.status)))
    });
    let errors = usize::from(broken.is_some());
    #[expect(clippy::cast_precision_loss, reason = "nobody waits 2^53 milliseconds")]
    let seconds = metrics.duration_ms as f64 / 1000.0;
    writeln!(
        text,
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\" errors=\"{errors}\" \
         time=\"{seconds}\">",
        metrics.total_assertions + errors
    )
    .unwrap_or_default();
    for result in &run.assertions {
        let case = format!("step {}: {}", result.step_index, result.expected_intent);
        write!(
            text,
            "    <testcase name=\"{}\" classname=\"{name}\"",
            escaped(&case)
        )
        .unwrap_or_default();
        match result.reason() {
            None => text.push_str("/>\n"),
            Some(reason) => {
                let reason = escaped(&reason);
                writeln!(text, "><failure message=\"{reason}\"/></testcase>").unwrap_or_default();
            }
        }
    }
    if let Some(reason) = broken {
        let reason = escaped(&reason);
        writeln!(
            text,
            "    <testcase name=\"simulation\" classname=\"{name}\"><error message=\"{reason}\"/></testcase>"
        )
        .unwrap_or_default();
    }
    text.push_str("  </testsuite>\n");
}

/// A text in an attribute of XML. What XML cannot hold is spelled out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in flow::report::visible(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
