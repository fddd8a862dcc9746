//! What nodes do: carrying out scripts statement by statement, and saying texts.

use super::budget::{Doing, write};
use super::trace::{Event, Limit};
use super::variables::Scope;
use super::world::{World, clipped};
use super::{Program, Run};
use crate::expression::{EvaluationError, Value};
use crate::script::{self, Action};

pub(super) const TOO_LONG: &str = "The text becomes too long.";

/// Runs a script. As in JavaScript, a statement that fails ends it; the conversation goes on.
pub(super) fn run_script(
    program: &Program,
    run: &mut Run,
    doing: &mut Doing,
    source: &str,
) -> Result<(), Limit> {
    doing.statement(source.len())?;
    let script = script::parse(source);
    if script.is_opaque() {
        doing.tell(Event::OpaqueScript(clipped(source)));
        return Ok(());
    }
    for statement in script.statements() {
        doing.statement(0)?;
        let mut world = World::new(&run.variables, &run.heard, &program.declared);
        let mut values = Vec::new();
        let mut failed: Option<EvaluationError> = None;
        for expression in statement.expressions() {
            match world.script_value(expression) {
                Ok(value) => values.push(value),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        if let Some(error) = failed {
            doing.tell(Event::Failed {
                text: clipped(&source[statement.span.range()]),
                message: error.message.into_owned(),
            });
            return Ok(());
        }
        match &statement.action {
            Action::Set { name, .. } => {
                let value = values.pop().unwrap_or_default();
                set(run, doing, Scope::Conversation, &name.name, value)?;
            }
            Action::Say(_) => {
                let text = match values.pop().unwrap_or_default() {
                    Value::String(text) => text.to_str().into_owned(),
                    other => other.to_json(),
                };
                tell_said(run, doing, text)?;
            }
            Action::Call { name, .. } => doing.tell(Event::WouldCall {
                name: name.name.clone().into_owned(),
                arguments: values,
            }),
        }
    }
    Ok(())
}

/// Says a text with its references replaced.
pub(super) fn say(
    program: &Program,
    run: &mut Run,
    doing: &mut Doing,
    text: &str,
) -> Result<(), Limit> {
    match World::new(&run.variables, &run.heard, &program.declared).filled(text) {
        Some(filled) => tell_said(run, doing, filled),
        None => {
            doing.tell(Event::Failed {
                text: "say".to_owned(),
                message: TOO_LONG.to_owned(),
            });
            Ok(())
        }
    }
}

fn tell_said(run: &mut Run, doing: &mut Doing, text: String) -> Result<(), Limit> {
    write(&mut run.written, text.len())?;
    doing.tell(Event::Said(text));
    Ok(())
}

/// Sets a variable and tells so.
pub(super) fn set(
    run: &mut Run,
    doing: &mut Doing,
    scope: Scope,
    name: &str,
    value: Value,
) -> Result<(), Limit> {
    let size = match &value {
        Value::String(text) => text.size(),
        _ => 8,
    };
    write(&mut run.written, size + name.len())?;
    run.variables.set(scope, name, value.clone());
    let winner = run.variables.in_context(name).map(|(winner, _)| winner);
    let hidden_by = winner.filter(|&winner| scope == Scope::Conversation && winner != scope);
    doing.tell(Event::Set {
        scope,
        name: name.to_owned(),
        value,
        hidden_by,
    });
    Ok(())
}
