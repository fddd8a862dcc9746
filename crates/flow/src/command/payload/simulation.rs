//! The commands of a simulation script. Inputs and assertions are named by their index. Assertions
//! follow their inputs: what removes or moves an input corrects every `step_index`.

use crate::command::{Change, Command};
use crate::document::Simulation;
use crate::json::{NewValue, ValueId, write_number};

/// A field of an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssertionField {
    /// Index of the input.
    Step,
    /// Which intent is recognised.
    Intent,
    /// With which confidence at least.
    Confidence,
    /// Values by entity type.
    Entities,
    /// Id of the node a rehearsal stands at.
    Node,
    /// What a rehearsal says.
    Text,
}

impl AssertionField {
    fn key(self) -> &'static str {
        match self {
            Self::Step => "step_index",
            Self::Intent => "expected_intent",
            Self::Confidence => "expected_confidence_min",
            Self::Entities => "expected_entities",
            Self::Node => "expected_node",
            Self::Text => "expected_text",
        }
    }
}

/// A number of a list, as a value.
fn index_value(index: usize) -> NewValue {
    NewValue::Literal(index.to_string())
}

/// Adds an input after the others.
pub fn add_input(script: &Simulation, text: &str) -> Command {
    let value = NewValue::Object(vec![("text".into(), text.into())]);
    Command::one(
        "Add input",
        Change::InsertElements {
            at: script.inputs_at,
            after: None,
            values: vec![value],
        },
    )
}

/// Removes an input with the assertions about it.
pub fn remove_input(script: &Simulation, input: usize) -> Command {
    let mut changes = vec![Change::RemoveElements {
        at: script.inputs_at,
        elements: vec![script.inputs[input].at],
    }];
    let about = script.assertions.iter();
    let elements: Vec<ValueId> = about
        .filter(|assertion| assertion.step_index == Some(input))
        .map(|assertion| assertion.at)
        .collect();
    if let Some(at) = script.assertions_at.filter(|_| !elements.is_empty()) {
        changes.push(Change::RemoveElements { at, elements });
    }
    renumber(script, &mut changes, |step| {
        (step > input && step < script.inputs.len()).then(|| step - 1)
    });
    Command {
        label: "Remove input".to_owned(),
        changes,
    }
}

/// Puts the inputs into another order; assertions go along. `order` holds each index once.
pub fn reorder_inputs(script: &Simulation, order: &[usize]) -> Command {
    let places: Vec<ValueId> = script.inputs.iter().map(|input| input.at).collect();
    let mut place_of = vec![0; places.len()];
    for (place, &input) in order.iter().enumerate() {
        place_of[input] = place;
    }
    let order = order.iter().map(|&input| places[input]).collect();
    let mut changes = vec![Change::Permute { places, order }];
    renumber(script, &mut changes, |step| place_of.get(step).copied());
    Command {
        label: "Reorder inputs".to_owned(),
        changes,
    }
}

/// Gives assertions the index that `new_index` says, where it says another one.
fn renumber(
    script: &Simulation,
    changes: &mut Vec<Change>,
    new_index: impl Fn(usize) -> Option<usize>,
) {
    for assertion in &script.assertions {
        let step = assertion.step_index;
        let moved = step.and_then(&new_index).filter(|&new| Some(new) != step);
        changes.extend(moved.map(|new| Change::Replace {
            at: assertion.step_at,
            value: index_value(new),
        }));
    }
}

/// Sets what an input says.
pub fn set_input_text(script: &Simulation, input: usize, text: &str) -> Command {
    Command::one(
        "Change input",
        Change::Replace {
            at: script.inputs[input].text.at,
            value: text.into(),
        },
    )
}

/// Sets how long the user waits before an input, in milliseconds. No delay is not spelled out.
pub fn set_input_delay(script: &Simulation, input: usize, milliseconds: f64) -> Command {
    let at = script.inputs[input].at;
    let change = if milliseconds > 0.0 {
        Change::SetMember {
            at,
            key: "delay_ms".to_owned(),
            value: NewValue::Literal(write_number(milliseconds)),
        }
    } else {
        Change::RemoveMembers {
            at,
            keys: vec!["delay_ms"],
        }
    };
    Command::one("Change delay", change)
}

/// Sets the variables the conversation starts with; `None` removes them.
pub fn set_context(script: &Simulation, context: Option<NewValue>) -> Command {
    let key = "context";
    let at = script.at;
    let change = match context {
        Some(value) => Change::SetMember {
            at,
            key: key.to_owned(),
            value,
        },
        None => Change::RemoveMembers {
            at,
            keys: vec![key],
        },
    };
    Command::one("Change context", change)
}

/// Adds an assertion about an input after the other assertions.
pub fn add_assertion(script: &Simulation, step: usize, intent: &str) -> Command {
    let value = NewValue::Object(vec![
        (AssertionField::Step.key().into(), index_value(step)),
        (AssertionField::Intent.key().into(), intent.into()),
    ]);
    let change = match script.assertions_at {
        Some(at) => Change::InsertElements {
            at,
            after: None,
            values: vec![value],
        },
        None => Change::SetMember {
            at: script.at,
            key: "assertions".to_owned(),
            value: NewValue::Array(vec![value]),
        },
    };
    Command::one("Add assertion", change)
}

/// Removes an assertion.
pub fn remove_assertion(script: &Simulation, assertion: usize) -> Command {
    Command::one(
        "Remove assertion",
        Change::RemoveElements {
            at: script.assertions_at.unwrap_or(script.at),
            elements: vec![script.assertions[assertion].at],
        },
    )
}

/// Puts the assertions into another order. `order` holds each index once.
pub fn reorder_assertions(script: &Simulation, order: &[usize]) -> Command {
    let places: Vec<ValueId> = script.assertions.iter().map(|own| own.at).collect();
    let order = order.iter().map(|&index| places[index]).collect();
    Command::one("Reorder assertions", Change::Permute { places, order })
}

/// Sets a field of an assertion; `None` removes it, so that its default holds. The step and the
/// intent cannot be removed.
pub fn set_assertion_field(
    script: &Simulation,
    assertion: usize,
    field: AssertionField,
    value: Option<NewValue>,
) -> Command {
    let at = script.assertions[assertion].at;
    let change = match value {
        Some(value) => Change::SetMember {
            at,
            key: field.key().to_owned(),
            value,
        },
        None => Change::RemoveMembers {
            at,
            keys: vec![field.key()],
        },
    };
    Command::one("Change assertion", change)
}

/// The texts that name what a script runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptField {
    /// The bot.
    Bot,
    /// The environment.
    Environment,
    /// The version.
    Version,
}

/// Sets which bot, environment or version a script runs on.
pub fn set_script_field(script: &Simulation, field: ScriptField, id: &str) -> Command {
    let field = match field {
        ScriptField::Bot => &script.bot_id,
        ScriptField::Environment => &script.environment_id,
        ScriptField::Version => &script.version_id,
    };
    Command::one(
        "Change script",
        Change::Replace {
            at: field.at,
            value: id.into(),
        },
    )
}
