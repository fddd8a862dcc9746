//! Whether what is claimed of flows is what the tenant holds: versions, exports, transitions.

use cognigy::operation::{
    DeployEnd, DeployReport, ExportReport, PushEnd, PushReport, StateOutcome,
};
use cognigy::webhook::WebhookEnd;
use cognigy::wire;
use serde_json::Value;

use crate::judge::{Case, Verdict, hold};
use crate::scenarios::{
    BOT, DIALOG, FLOW, Kind, NUMBER, STATES, new_flow, old_and_new_states, transitions,
};

/// What somebody else leaves behind.
const MARK: &str = "changed by somebody else";

impl Case<'_> {
    pub(crate) fn deployed(&self, report: &DeployReport) -> Verdict {
        let (before, now) = (self.before.active_id(DIALOG), self.after.active_id(DIALOG));
        match &report.end {
            DeployEnd::NewActive { version_id, .. } => {
                hold(now == Some(version_id), "the new version is active")?;
                self.new_is_active()?;
                Ok("new")
            }
            DeployEnd::PreviousActive { version_id, .. } => {
                hold(now == version_id.as_deref(), "the version before is active")?;
                hold(now == before, "the version that was active is")?;
                Ok(if report.rolled_back { "back" } else { "before" })
            }
            DeployEnd::Unknown(unknown) => {
                hold(
                    unknown.previous.as_deref() == before,
                    "it says what was active",
                )?;
                Ok("unknown")
            }
        }
    }

    /// The version that was to become active is, with the content it should have.
    pub(crate) fn new_is_active(&self) -> Result<(), String> {
        let active = self.after.active(DIALOG).ok_or("no version is active")?;
        let number = match self.kind {
            Kind::Switch(_, number) => number,
            _ => NUMBER,
        };
        hold(
            active["number"] == number,
            "the active version has the number",
        )?;
        if self.kind == Kind::Deploy {
            let (sent, held) = (wire::exported(&new_flow()), active["flow"].to_string());
            let same = sent
                .zip(wire::exported(&held))
                .is_some_and(|(one, two)| wire::same(&one, &two));
            hold(same, "the active flow is what was sent")?;
        }
        Ok(())
    }

    pub(crate) fn exported(&self, report: &ExportReport) -> Verdict {
        let payload: Value = serde_json::from_str(&report.payload).map_err(|e| e.to_string())?;
        let held = &self.after.active(DIALOG).ok_or("no version is active")?["flow"];
        hold(
            wire::same(&payload["artifact"], held),
            "the payload is what the tenant holds",
        )?;
        hold(
            payload["checksum"] == report.checksum,
            "the payload says its checksum",
        )?;
        hold(
            report.governance_compliant,
            "a flow without mistakes is compliant",
        )?;
        let told = self.after.told("sync");
        hold(told.len() <= 1, "it is handed on once")?;
        match report.delivered {
            WebhookEnd::Delivered => {
                hold(told == [&payload], "it was handed on as it is")?;
                Ok("handed on")
            }
            WebhookEnd::Failed(_) => Ok("not told"),
            WebhookEnd::NotSet => Err("the webhook is set".to_owned()),
        }
    }

    /// For each state whether it has the new transitions as a whole; if not, it has the old ones as a
    /// whole. What somebody else added is left out of account.
    pub(crate) fn states(&self) -> Result<[bool; 2], String> {
        let (old, new) = old_and_new_states();
        let mut has = [false; 2];
        for (has, state) in has.iter_mut().zip(STATES) {
            let held = without_marks(self.after.transitions(BOT, FLOW, state));
            let is = |flow: &Value| {
                let wanted = transitions(flow, state);
                wire::same(&wire::transitions(&held), &wire::transitions(wanted))
            };
            *has = is(&new);
            hold(
                *has || is(&old),
                &format!("the state {state} is whole: {held}"),
            )?;
        }
        Ok(has)
    }

    pub(crate) fn pushed(&self, report: &PushReport) -> Verdict {
        let has = self.states()?;
        for (state, outcome) in &report.states {
            let at = STATES
                .iter()
                .position(|known| known == state)
                .ok_or("an unknown state")?;
            match outcome {
                StateOutcome::Done { .. } => {
                    hold(has[at], &format!("{state} was pushed"))?;
                }
                StateOutcome::NotDone(_) => hold(!has[at], &format!("{state} was not pushed"))?,
                StateOutcome::Unknown(_) => {}
            }
        }
        // What somebody else was seen to have added is there still.
        for conflict in self.user.conflicts.borrow().iter() {
            if conflict.theirs.to_string().contains(MARK) {
                let held = self
                    .after
                    .transitions(BOT, FLOW, &conflict.state)
                    .to_string();
                hold(held.contains(MARK), "what somebody else changed is kept")?;
            }
        }
        let compilation = &self.after.flow(BOT, FLOW)["compilation"];
        let compiles = compilation["failure"].is_null();
        let unknown =
            |(_, outcome): &(String, StateOutcome)| matches!(outcome, StateOutcome::Unknown(_));
        match &report.end {
            PushEnd::Compiled => {
                hold(compiles, "the flow compiles")?;
                hold(has == [true; 2], "all states were pushed")?;
                Ok("compiled")
            }
            PushEnd::CompileFailed { restored: true, .. } => {
                hold(compiles, "the flow compiles again")?;
                hold(has == [false; 2], "no state was left")?;
                Ok("restored")
            }
            PushEnd::CompileFailed { .. } => {
                hold(!compiles, "the flow does not compile")?;
                Ok("not compiling")
            }
            PushEnd::CompileUnknown(_) => Ok("compiling?"),
            PushEnd::Partly if report.states.iter().any(unknown) => Ok("unknown"),
            PushEnd::Partly if has == [false; 2] => Ok("none"),
            PushEnd::Partly => Ok("partly"),
        }
    }
}

/// Transitions without what somebody else added.
fn without_marks(transitions: &Value) -> Value {
    let mut transitions = transitions.clone();
    for transition in transitions.as_array_mut().into_iter().flatten() {
        if let Some(actions) = transition["actions"].as_array_mut() {
            actions.retain(|action| action["value"] != MARK);
        }
    }
    transitions
}
