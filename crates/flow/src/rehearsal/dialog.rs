//! Running dialog flows: entering nodes, choosing edges, waiting for intents.

use super::budget::Doing;
use super::program::{Dialog, Program};
use super::recognition::recognise;
use super::trace::{Event, Limit, Outcome, Status, Stranding, Tested, Turn, Way};
use super::world::{Heard, World, clipped};
use super::{Input, Run, script};
use crate::document::NodeKind;
use crate::limits::REHEARSAL_TURNS;

/// What a dialog flow waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// An input that matches the intent node it stands at.
    Itself,
    /// One that matches the intent node that this edge leads to.
    Target(usize),
    /// One that matches any of the intent nodes that unconditional edges lead to.
    Alternatives,
}

/// Where a node leads.
enum Next {
    Take(usize),
    Wait(Waiting),
    Nowhere(Stranding),
}

pub(super) fn start(program: &Program, flow: &Dialog, run: &mut Run) -> Turn {
    let mut doing = Doing::default();
    let status = match program.start {
        None => strand(&mut doing, Stranding::NoStart),
        Some(node) if flow.nodes[node].kind == NodeKind::Intent => {
            run.place = Some(node);
            doing.tell(Event::Entered(node));
            wait(flow, run, &mut doing, Waiting::Itself)
        }
        Some(node) => {
            doing.tell(Event::Entered(node));
            walk(program, flow, run, &mut doing, node)
        }
    };
    finish(run, doing, status)
}

pub(super) fn say(program: &Program, flow: &Dialog, run: &mut Run, input: &Input) -> Turn {
    let mut doing = Doing::default();
    let choices = choices(flow, run);
    let waited_for: Vec<usize> = (choices.iter())
        .filter_map(|&(_, node)| flow.nodes[node].intent)
        .collect();
    let (recognition, matched) = recognise(&program.intents, &waited_for, input);
    run.heard = Heard::new(
        &input.text,
        input.data.clone(),
        recognition.intent.as_deref(),
        recognition.confidence,
        recognition.entities.clone(),
    );
    let status = if let Some((edge, node)) = matched.and_then(|at| choices.get(at).copied()) {
        doing.tell(Event::Matched(node));
        if let Some(edge) = edge {
            take(flow, &mut doing, edge);
            doing.tell(Event::Entered(node));
        }
        walk(program, flow, run, &mut doing, node)
    } else {
        doing.tell(Event::Unmatched);
        let fallback = sibling_fallback(flow, run);
        if let Some((edge, node)) = fallback {
            take(flow, &mut doing, edge);
            doing.tell(Event::Entered(node));
            walk(program, flow, run, &mut doing, node)
        } else {
            let waiting = run.waiting;
            wait(flow, run, &mut doing, waiting)
        }
    };
    let mut turn = finish(run, doing, status);
    turn.input = Some(input.clone());
    turn.recognition = Some(recognition);
    turn
}

/// An input that is said to a conversation that does not wait, or once too often.
pub(super) fn ignore(run: &mut Run, input: &Input) -> Turn {
    let mut doing = Doing::default();
    let mut status = run.status;
    if status.is_waiting() && run.turns > REHEARSAL_TURNS {
        status = doing.stop(Limit::Turns);
    } else {
        doing.tell(Event::Ignored);
    }
    let mut turn = finish(run, doing, status);
    turn.input = Some(input.clone());
    turn
}

/// Closes a turn.
pub(super) fn finish(run: &mut Run, doing: Doing, status: Status) -> Turn {
    run.status = status;
    Turn {
        number: run.turns,
        input: None,
        recognition: None,
        events: doing.events,
        status,
        place: run.place,
    }
}

pub(super) fn strand(doing: &mut Doing, why: Stranding) -> Status {
    doing.end(Event::Stranded(why), Status::Stranded(why))
}

fn take(flow: &Dialog, doing: &mut Doing, edge: usize) {
    doing.tell(Event::Took {
        way: Way::Edge(edge),
        target: flow.edges[edge].target,
    });
}

fn wait(flow: &Dialog, run: &mut Run, doing: &mut Doing, waiting: Waiting) -> Status {
    run.waiting = waiting;
    let nodes = choices(flow, run).into_iter().map(|(_, node)| node);
    let waits = Event::Waits(nodes.collect());
    doing.end(waits, Status::Waiting)
}

/// The intent nodes waited for, each with the edge that leads there. O(edges out).
fn choices(flow: &Dialog, run: &Run) -> Vec<(Option<usize>, usize)> {
    let Some(place) = run.place else {
        return Vec::new();
    };
    let to_intent = |&edge: &usize| {
        let target = flow.edges[edge].target?;
        let is_intent = flow.nodes[target].kind == NodeKind::Intent;
        is_intent.then_some((Some(edge), target))
    };
    match run.waiting {
        Waiting::Itself => vec![(None, place)],
        Waiting::Target(edge) => to_intent(&edge).into_iter().collect(),
        Waiting::Alternatives => defaults(flow, place)
            .filter_map(|edge| to_intent(&edge))
            .collect(),
    }
}

/// The unconditional edges out of a node.
fn defaults(flow: &Dialog, node: usize) -> impl Iterator<Item = usize> {
    let out = flow.out(node).iter().copied();
    out.filter(|&edge| flow.edges[edge].condition.is_none())
}

/// The edge for an input that matches nothing: beside those into intent nodes, without a condition,
/// into a fallback node.
fn sibling_fallback(flow: &Dialog, run: &Run) -> Option<(usize, usize)> {
    let place = run.place.filter(|_| run.waiting != Waiting::Itself)?;
    defaults(flow, place).find_map(|edge| {
        let target = flow.edges[edge].target?;
        (flow.nodes[target].kind == NodeKind::Fallback).then_some((edge, target))
    })
}

/// Goes on from a node that was entered, until the flow waits or ends.
fn walk(program: &Program, flow: &Dialog, run: &mut Run, doing: &mut Doing, node: usize) -> Status {
    match try_walk(program, flow, run, doing, node) {
        Ok(status) => status,
        Err(limit) => doing.stop(limit),
    }
}

fn try_walk(
    program: &Program,
    flow: &Dialog,
    run: &mut Run,
    doing: &mut Doing,
    mut at: usize,
) -> Result<Status, Limit> {
    loop {
        run.place = Some(at);
        doing.step()?;
        let node = &flow.nodes[at];
        if let Some(source) = &node.script {
            script::run_script(program, run, doing, source)?;
        }
        if let Some(text) = &node.say {
            script::say(program, run, doing, text)?;
        }
        if node.kind.is_terminal() {
            return Ok(doing.end(Event::Finished, Status::Finished));
        }
        match next(program, flow, run, doing, at)? {
            Next::Wait(waiting) => return Ok(wait(flow, run, doing, waiting)),
            Next::Nowhere(why) => return Ok(strand(doing, why)),
            Next::Take(edge) => {
                take(flow, doing, edge);
                let Some(target) = flow.edges[edge].target else {
                    return Ok(strand(doing, Stranding::NoTarget));
                };
                at = target;
                doing.tell(Event::Entered(at));
            }
        }
    }
}

/// Tries the edges out of a node: those with a condition in file order, then the default.
fn next(
    program: &Program,
    flow: &Dialog,
    run: &Run,
    doing: &mut Doing,
    node: usize,
) -> Result<Next, Limit> {
    let world = World::new(&run.variables, &run.heard, &program.declared);
    let mut held = None;
    for &edge in flow.out(node) {
        let way = Way::Edge(edge);
        let (outcome, conditions) = match &flow.edges[edge].condition {
            _ if held.is_some() => (Outcome::NotTried, Vec::new()),
            None => (Outcome::Default, Vec::new()),
            Some(condition) => {
                doing.condition(condition.nodes().len())?;
                let verdict = world.verdict(condition);
                let outcome = if verdict.holds() {
                    held = Some(edge);
                    Outcome::Holds
                } else {
                    Outcome::Fails
                };
                let text = clipped(condition.source());
                (outcome, vec![Tested { text, verdict }])
            }
        };
        doing.tell(Event::Considered {
            way,
            outcome,
            conditions,
        });
    }
    let kind = |edge: usize| {
        flow.edges[edge]
            .target
            .map(|target| flow.nodes[target].kind)
    };
    if let Some(edge) = held {
        return Ok(match kind(edge) {
            Some(NodeKind::Intent) => Next::Wait(Waiting::Target(edge)),
            _ => Next::Take(edge),
        });
    }
    let has_intent = defaults(flow, node).any(|edge| kind(edge) == Some(NodeKind::Intent));
    // Beside intents, an edge into a fallback node is for input that matches none of them.
    let mut first =
        defaults(flow, node).filter(|&edge| !has_intent || kind(edge) != Some(NodeKind::Fallback));
    Ok(match first.next() {
        Some(edge) if kind(edge) == Some(NodeKind::Intent) => Next::Wait(Waiting::Alternatives),
        Some(edge) => Next::Take(edge),
        None if flow.out(node).is_empty() => Next::Nowhere(Stranding::NoWay),
        None => Next::Nowhere(Stranding::NothingHolds),
    })
}
