//! Running state flows: one input a turn, transitions in order, actions.

use std::sync::Arc;

use super::budget::Doing;
use super::dialog::{finish, strand};
use super::program::{Action, Condition, Program, States, Transition};
use super::recognition::recognise;
use super::script::{self, TOO_LONG};
use super::trace::{Event, Limit, Outcome, Status, Stranding, Tested, Turn, Verdict, Way};
use super::variables::Scope;
use super::world::{Heard, World, clipped};
use super::{Input, Run};
use crate::command::state::TransitionAt;
use crate::expression::Value;

/// How deep an action may reach into a variable: `session.a.b.c` reaches three deep.
const MAX_PATH: usize = 16;

pub(super) fn start(program: &Program, flow: &States, run: &mut Run) -> Turn {
    let mut doing = Doing::default();
    let status = match program.start {
        None => strand(&mut doing, Stranding::NoStart),
        Some(state) => enter(flow, run, &mut doing, state),
    };
    finish(run, doing, status)
}

pub(super) fn say(program: &Program, flow: &States, run: &mut Run, input: &Input) -> Turn {
    let mut doing = Doing::default();
    let (recognition, _) = recognise(&program.intents, &[], input);
    run.heard = Heard::new(
        &input.text,
        input.data.clone(),
        recognition.intent.as_deref(),
        recognition.confidence,
        recognition.entities.clone(),
    );
    let status = match run.place {
        None => strand(&mut doing, Stranding::NoStart),
        Some(state) => match transit(program, flow, run, &mut doing, state) {
            Ok(status) => status,
            Err(limit) => doing.stop(limit),
        },
    };
    let mut turn = finish(run, doing, status);
    turn.input = Some(input.clone());
    turn.recognition = Some(recognition);
    turn
}

fn enter(flow: &States, run: &mut Run, doing: &mut Doing, at: usize) -> Status {
    run.place = Some(at);
    doing.tell(Event::Entered(at));
    let state = &flow.states[at];
    let may_end = state.is_final || flow.fallback == Some(at);
    if may_end && state.transitions.is_empty() {
        return doing.end(Event::Finished, Status::Finished);
    }
    let status = if may_end {
        Status::MayEnd
    } else {
        Status::Waiting
    };
    doing.end(Event::Waits(Vec::new()), status)
}

fn transit(
    program: &Program,
    flow: &States,
    run: &mut Run,
    doing: &mut Doing,
    at: usize,
) -> Result<Status, Limit> {
    let transitions = &flow.states[at].transitions;
    let Some(index) = choose(program, run, doing, at, transitions)? else {
        let Some(fallback) = flow.fallback else {
            return Ok(strand(doing, Stranding::NoFallback));
        };
        doing.tell(Event::Took {
            way: Way::Implicit,
            target: Some(fallback),
        });
        return Ok(enter(flow, run, doing, fallback));
    };
    let transition = &transitions[index];
    let way = Way::Transition(TransitionAt {
        state: at,
        transition: index,
    });
    let target = transition.target;
    doing.tell(Event::Took { way, target });
    let Some(target) = target else {
        return Ok(strand(doing, Stranding::NoTarget));
    };
    for action in &transition.actions {
        doing.statement(0)?;
        act(program, run, doing, action)?;
    }
    Ok(enter(flow, run, doing, target))
}

/// The transition that is taken: the first whose conditions all hold, else the first default.
fn choose(
    program: &Program,
    run: &Run,
    doing: &mut Doing,
    state: usize,
    transitions: &[Transition],
) -> Result<Option<usize>, Limit> {
    let world = World::new(&run.variables, &run.heard, &program.declared);
    let mut held = None;
    let mut default = None;
    for (index, transition) in transitions.iter().enumerate() {
        let mut conditions = Vec::new();
        let outcome = if held.is_some() {
            Outcome::NotTried
        } else if transition.conditions.is_empty() {
            default = default.or(Some(index));
            Outcome::Default
        } else {
            for condition in &transition.conditions {
                doing.condition(condition.size())?;
                conditions.push(tested(&world, condition));
                if conditions.last().is_none_or(|last| !last.verdict.holds()) {
                    break;
                }
            }
            if conditions.iter().all(|tested| tested.verdict.holds()) {
                held = Some(index);
                Outcome::Holds
            } else {
                Outcome::Fails
            }
        };
        doing.tell(Event::Considered {
            way: Way::Transition(TransitionAt {
                state,
                transition: index,
            }),
            outcome,
            conditions,
        });
    }
    Ok(held.or(default))
}

fn tested(world: &World<'_>, condition: &Condition) -> Tested {
    match condition {
        Condition::Expression(expression) => Tested {
            text: clipped(expression.source()),
            verdict: world.verdict(expression),
        },
        Condition::Unknown(type_name) => Tested {
            text: type_name.to_string(),
            verdict: Verdict::Unknown,
        },
    }
}

/// What an action makes of a variable.
enum Effect {
    Keep(Value),
    Remove,
}

/// Carries out an action. One that fails changes nothing, and the next is carried out.
fn act(program: &Program, run: &mut Run, doing: &mut Doing, action: &Action) -> Result<(), Limit> {
    if !crate::document::Action::TYPES.contains(&action.type_name.as_str()) {
        doing.tell(Event::UnknownAction(action.type_name.to_string()));
        return Ok(());
    }
    let done = try_act(program, run, action);
    match done {
        Ok((scope, name, Effect::Keep(value))) => script::set(run, doing, scope, name, value),
        Ok((scope, name, Effect::Remove)) => {
            if run.variables.remove(scope, name) {
                let name = name.to_owned();
                doing.tell(Event::Removed { scope, name });
            }
            Ok(())
        }
        Err(message) => {
            doing.tell(Event::Failed {
                text: format!("{} {}", action.type_name, action.variable),
                message,
            });
            Ok(())
        }
    }
}

fn try_act<'action>(
    program: &Program,
    run: &Run,
    action: &'action Action,
) -> Result<(Scope, &'action str, Effect), String> {
    let (scope, path) = match action.variable.split_once('.') {
        None => ("context", action.variable.as_str()),
        Some((scope, path)) => (scope, path),
    };
    let scope = match scope {
        "context" | "session" | "user" | "flow" => Scope::named(scope),
        _ => None,
    };
    let Some(scope) = scope else {
        return Err(format!(
            "There is no scope for {}. The scopes are context, session, user and flow.",
            action.variable
        ));
    };
    let path: Vec<&str> = path.split('.').collect();
    let (&name, inner) = path.split_first().unwrap_or((&"", &[]));
    if name.is_empty() || path.len() > MAX_PATH {
        return Err("The variable has no name that can be written.".to_owned());
    }
    let value = match &action.value {
        Some(Value::String(text)) => {
            let world = World::new(&run.variables, &run.heard, &program.declared);
            match text.as_str().map(|text| world.filled(text)) {
                Some(Some(filled)) => Some(Value::from(filled.as_str())),
                Some(None) => return Err(TOO_LONG.to_owned()),
                None => Some(Value::String(text.clone())),
            }
        }
        other => other.clone(),
    };
    let whole = run.variables.get(scope, name).cloned().unwrap_or_default();
    let old = inner.iter().fold(whole.clone(), |value, key| match value {
        Value::Object(object) => object.get(key).cloned().unwrap_or_default(),
        _ => Value::Undefined,
    });
    let effect = match effect(&action.type_name, old, value)? {
        Effect::Remove if inner.is_empty() => Effect::Remove,
        Effect::Remove => Effect::Keep(with(&whole, inner, None)),
        Effect::Keep(new) => Effect::Keep(with(&whole, inner, Some(new))),
    };
    Ok((scope, name, effect))
}

/// What an action of this type makes of the old value.
fn effect(type_name: &str, old: Value, value: Option<Value>) -> Result<Effect, String> {
    let kind = old.describe();
    let needs_list = || format!("The variable is {kind}, and only a list can be changed so.");
    Ok(Effect::Keep(match (type_name, value) {
        ("set", value) => value.unwrap_or(Value::Null),
        ("append", value) => {
            let value = value.unwrap_or(Value::Null);
            match old {
                Value::Undefined | Value::Null => Value::array([value]),
                Value::Array(list) => Value::array(list.iter().cloned().chain([value])),
                _ => return Err(needs_list()),
            }
        }
        ("remove", None) => return Ok(Effect::Remove),
        ("remove", Some(value)) => match old {
            Value::Undefined | Value::Null => return Ok(Effect::Remove),
            Value::Array(list) => {
                let json = value.to_json();
                let others = list.iter().filter(|own| own.to_json() != json);
                Value::array(others.cloned())
            }
            _ => return Err(needs_list()),
        },
        (_, value) => {
            let by = match value {
                None => 1.0,
                Some(Value::Number(by)) => by,
                Some(other) => {
                    return Err(format!("It cannot count by {}.", other.describe()));
                }
            };
            match old {
                Value::Undefined | Value::Null => by.into(),
                Value::Number(number) => (number + by).into(),
                _ => {
                    return Err(format!(
                        "The variable is {kind}, which cannot be counted up."
                    ));
                }
            }
        }
    }))
}

/// `whole` with another value at a path inside it, or without one. Objects on the way that are
/// missing are made. The path is short.
fn with(whole: &Value, path: &[&str], new: Option<Value>) -> Value {
    let Some((&key, rest)) = path.split_first() else {
        return new.unwrap_or_default();
    };
    let mut entries = match whole {
        Value::Object(object) => object.entries().to_vec(),
        _ => Vec::new(),
    };
    let place = entries.iter().position(|(own, _)| **own == *key);
    if rest.is_empty() && new.is_none() {
        entries.retain(|(own, _)| **own != *key);
    } else {
        let old = place.map_or(Value::Undefined, |at| entries[at].1.clone());
        let inner = with(&old, rest, new);
        match place {
            Some(at) => entries[at].1 = inner,
            None => entries.push((Arc::from(key), inner)),
        }
    }
    Value::object(entries)
}
