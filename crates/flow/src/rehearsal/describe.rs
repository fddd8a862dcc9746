//! One line of plain English for each event of a trace, and for each turn as a whole.

use super::Program;
use super::program::{Body, Dialog};
use super::recognition::How;
use super::trace::{Event, Limit, Outcome, Part, Stranding, Tested, Turn, Verdict, Way};
use crate::expression::Value;
use crate::json::quote;

/// At most so many characters of a value are shown.
const MAX_VALUE: usize = 80;

impl Program {
    /// What happened in a turn, a line each: what the input was recognised as, then every event.
    pub fn describe_turn(&self, turn: &Turn) -> Vec<String> {
        let mut lines = Vec::with_capacity(turn.events.len() + 1);
        if let Some(found) = &turn.recognition {
            let confidence = shown(&found.confidence.into());
            let name = found.intent.as_deref().map(quote);
            let what = match (name, found.how) {
                (None, How::Given) => "is said to mean nothing".to_owned(),
                (None, _) => match found.candidates.first() {
                    None => "is like no example".to_owned(),
                    Some(best) => format!(
                        "is not recognised; nearest is {} with {}",
                        quote(&best.intent),
                        shown(&best.confidence.into())
                    ),
                },
                (Some(name), How::Given) => format!("is said to mean {name} with {confidence}"),
                (Some(name), How::Name) => format!("is the name of {name}"),
                (Some(name), _) => format!("is recognised as {name} with {confidence}"),
            };
            lines.push(format!("the input {what}"));
        }
        lines.extend(turn.events.iter().map(|event| self.describe(event)));
        lines
    }

    /// What an event says, in one line.
    pub fn describe(&self, event: &Event) -> String {
        match event {
            Event::Entered(place) => format!("enters {}", self.place(*place)),
            Event::Set {
                scope,
                name,
                value,
                hidden_by,
            } => {
                let hidden = hidden_by.map_or(String::new(), |other| {
                    format!(", but {}.{name} goes before it", other.name())
                });
                let value = shown(value);
                format!("sets {}.{name} to {value}{hidden}", scope.name())
            }
            Event::Removed { scope, name } => format!("removes {}.{name}", scope.name()),
            Event::Said(text) => format!("says {}", quote(text)),
            Event::WouldCall { name, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(shown).collect();
                format!("would call {name}({})", arguments.join(", "))
            }
            Event::OpaqueScript(source) => {
                let source = shortened(&quote(source));
                format!("would run the script {source}, of which nothing is known")
            }
            Event::UnknownAction(name) => {
                format!("would run an action of the unknown type {}", quote(name))
            }
            Event::Failed { text, message } => {
                format!("cannot carry out {}: {message}", shortened(text))
            }
            Event::Matched(place) => format!("the input matches {}", self.place(*place)),
            Event::Unmatched => "the input matches nothing that is waited for".to_owned(),
            Event::Considered {
                way,
                outcome,
                conditions,
            } => format!("{}: {}", self.way(*way), considered(*outcome, conditions)),
            Event::Took { way, target } => {
                let target = target.map_or_else(|| self.missing(*way), |place| self.place(place));
                format!("takes {} to {target}", self.way(*way))
            }
            Event::Waits(places) if places.is_empty() => "waits for an input".to_owned(),
            Event::Waits(places) => {
                let intents: Vec<String> = places.iter().map(|&place| self.intent(place)).collect();
                format!("waits for {}", intents.join(" or "))
            }
            Event::Finished => "the conversation is over".to_owned(),
            Event::Stranded(why) => format!("the conversation is stranded: {}", stranding(*why)),
            Event::Stopped(limit) => format!("the conversation is stopped: {}", stopped(*limit)),
            Event::Ignored => "the conversation does not wait, so the input is ignored".to_owned(),
            Event::Cut => "more happens than is kept here".to_owned(),
        }
    }

    /// A node or state as a line names it.
    fn place(&self, place: usize) -> String {
        let id = self.place_id(place);
        let label = match &self.body {
            Body::Dialog(flow) => flow.nodes.get(place).map_or("", |node| &node.label),
            Body::States(flow) => flow.states.get(place).map_or("", |state| &state.label),
        };
        if label == id || label.trim().is_empty() {
            quote(id)
        } else {
            format!("{} ({id})", quote(label))
        }
    }

    fn intent(&self, place: usize) -> String {
        let intent = match &self.body {
            Body::Dialog(Dialog { nodes, .. }) => nodes.get(place).and_then(|node| node.intent),
            Body::States(_) => None,
        };
        intent.map_or_else(
            || self.place(place),
            |intent| quote(&self.intents[intent].name),
        )
    }

    fn way(&self, way: Way) -> String {
        match (way, &self.body) {
            (Way::Edge(edge), Body::Dialog(flow)) => format!("edge {}", flow.edges[edge].id),
            (Way::Transition(at), Body::States(flow)) => {
                let transition = &flow.states[at.state].transitions[at.transition];
                format!("transition {}", transition.id)
            }
            _ => "the implicit transition".to_owned(),
        }
    }

    /// The id of a place that a way leads to and that does not exist.
    fn missing(&self, way: Way) -> String {
        let id = match (way, &self.body) {
            (Way::Edge(edge), Body::Dialog(flow)) => flow.edges[edge].target_id.as_str(),
            (Way::Transition(at), Body::States(flow)) => {
                &flow.states[at.state].transitions[at.transition].target_id
            }
            _ => "",
        };
        format!("{}, which does not exist", quote(id))
    }
}

fn considered(outcome: Outcome, conditions: &[Tested]) -> String {
    match outcome {
        Outcome::Default => "has no condition: taken when nothing else holds".to_owned(),
        Outcome::NotTried => "is not tried".to_owned(),
        Outcome::Holds => format!("holds{}", because(conditions)),
        Outcome::Fails => {
            let last = conditions.len().saturating_sub(1);
            format!("does not hold{}", because(&conditions[last..]))
        }
    }
}

fn because(conditions: &[Tested]) -> String {
    let reasons: Vec<String> = (conditions.iter())
        .flat_map(|tested| match &tested.verdict {
            Verdict::Holds(parts) | Verdict::Fails(parts) => parts.iter().map(part).collect(),
            Verdict::Broken { text, message, .. } => {
                vec![format!(
                    "`{}` cannot be evaluated: {message}",
                    shortened(text)
                )]
            }
            Verdict::Unknown => vec![format!(
                "a condition of the type {} is not known here",
                quote(&tested.text)
            )],
        })
        .collect();
    if reasons.is_empty() {
        return String::new();
    }
    format!(": {}", reasons.join(", "))
}

fn part(part: &Part) -> String {
    let text = shortened(&part.text);
    let value = shown(&part.value);
    let operands: Vec<String> = (part.operands.iter())
        .map(|(text, value)| format!("`{}` is {}", shortened(text), shown(value)))
        .collect();
    if operands.is_empty() {
        format!("`{text}` is {value}")
    } else {
        format!("`{text}` is {value} ({})", operands.join(", "))
    }
}

fn shown(value: &Value) -> String {
    shortened(&value.to_json())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn stranding(why: Stranding) -> &'static str {
    match why {
        Stranding::NoStart => "the flow has no place to start",
        Stranding::NoWay => "nothing leads out",
        Stranding::NothingHolds => "no condition holds, and there is no default",
        Stranding::NoTarget => "it leads to nothing that exists",
        Stranding::NoFallback => "no transition holds, and there is no fallback state",
    }
}

fn stopped(limit: Limit) -> &'static str {
    match limit {
        Limit::Steps => "it goes round without waiting for an input",
        Limit::Turns => "it has too many turns",
        Limit::Conditions => "it evaluates too many conditions in one turn",
        Limit::Statements => "it runs too many statements in one turn",
        Limit::Written => "it says and keeps too much text",
    }
}
