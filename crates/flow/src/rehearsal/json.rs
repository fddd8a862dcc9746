//! Inputs, variables and turns as JSON: what fixtures, tests and answers are written in.

use std::fmt::Write as _;

use super::variables::{Scope, Variables};
use super::{Given, Input, Program, Turn};
use crate::expression::Value;
use crate::json::{ValueRef, quote};

impl Input {
    /// Reads an input: its text alone, or an object `{text, data, intent, confidence, entities}`.
    /// With an `intent`, which may be null, it is said what the input is recognised as. The
    /// confidence is then 1 unless it is given, and 0 without an intent. None for anything else.
    pub fn read(value: ValueRef<'_>) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Some(Self::text(text));
        }
        let text = value.get("text")?.as_str()?.into_owned();
        let given = value.get("intent").map(|intent| Given {
            intent: intent.as_str().map(std::borrow::Cow::into_owned),
            confidence: (value.get("confidence"))
                .and_then(ValueRef::as_f64)
                .unwrap_or(if intent.is_null() { 0.0 } else { 1.0 }),
            entities: value.get("entities").map_or(Value::Undefined, Value::from),
        });
        let data = value.get("data").map_or(Value::Undefined, Value::from);
        Some(Self { text, data, given })
    }
}

impl Variables {
    /// Reads variables by scope: `{"session": {"tier": "gold"}, "conversation": {…}}`. Unknown
    /// scopes are left out.
    pub fn read(value: ValueRef<'_>) -> Self {
        let mut variables = Self::new();
        for scope in Scope::ALL {
            if let Some(members) = value.get(scope.name()) {
                variables.set_members(scope, members);
            }
        }
        variables
    }
}

impl Program {
    /// A turn as a JSON object: `{said, place, status, intent, confidence, entities, trace}`, where
    /// `place` is an id and `trace` holds the lines of [`Program::describe_turn`]. Intent,
    /// confidence and entities are absent from the turn before the first input.
    pub fn turn_json(&self, turn: &Turn) -> String {
        let said: Vec<String> = turn.said().map(quote).collect();
        let place = turn
            .place
            .map_or("null".to_owned(), |at| quote(self.place_id(at)));
        let status = quote(turn.status.word());
        let mut json = format!(
            "{{\"said\":[{}],\"place\":{place},\"status\":{status}",
            said.join(",")
        );
        if let Some(found) = &turn.recognition {
            let intent = found.intent.as_deref().map_or("null".to_owned(), quote);
            let confidence = Value::from(found.confidence).to_json();
            let entities = match &found.entities {
                Value::Undefined => "{}".to_owned(),
                entities => entities.to_json(),
            };
            write!(
                json,
                ",\"intent\":{intent},\"confidence\":{confidence},\"entities\":{entities}"
            )
            .unwrap_or_default();
        }
        let trace: Vec<String> = self
            .describe_turn(turn)
            .iter()
            .map(|line| quote(line))
            .collect();
        write!(json, ",\"trace\":[{}]}}", trace.join(",")).unwrap_or_default();
        json
    }
}
