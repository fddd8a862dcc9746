//! The strings of a graph that somebody can read or has written, each with what it is.

use crate::diagram::{Diagram, LinkOf, Owner};
use crate::document::{Chart, DialogFlow, Document, Field, StateFlow};
use crate::json::{Tree, ValueId, ValueRef};

/// What a string is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The name of the flow.
    Name,
    /// The name of a variable.
    Variable,
    /// The id of a node, state, edge or transition.
    Id,
    /// What a card is called.
    Label,
    /// The name of an intent.
    Intent,
    /// A sentence that an intent knows.
    Example,
    /// What is said.
    Message,
    /// A script.
    Script,
    /// A condition.
    Condition,
    /// What an action writes.
    Value,
    /// Another setting of a node.
    Setting,
    /// What its author noted.
    Comment,
}

impl Part {
    /// What it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "Name of the flow",
            Self::Variable => "Variable",
            Self::Id => "Id",
            Self::Label => "Label",
            Self::Intent => "Intent",
            Self::Example => "Example",
            Self::Message => "Message",
            Self::Script => "Script",
            Self::Condition => "Condition",
            Self::Value => "Value",
            Self::Setting => "Setting",
            Self::Comment => "Comment",
        }
    }
}

/// What a string belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The flow as a whole.
    Flow,
    /// A node or state, by index.
    Card(u32),
    /// An edge or transition.
    Link(LinkOf),
}

/// A string of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The string.
    pub at: ValueId,
    /// What it is.
    pub part: Part,
    /// What it belongs to.
    pub subject: Subject,
}

impl Place {
    /// The card or wire it belongs to. O(log wires).
    pub fn owner(&self, diagram: &Diagram) -> Option<Owner> {
        match self.subject {
            Subject::Flow => None,
            Subject::Card(card) => Some(Owner::Card(card)),
            Subject::Link(link) => diagram.wire_of(link).map(Owner::Wire),
        }
    }
}

/// Who is told every string with its decoded text.
type Tell<'t> = &'t mut dyn FnMut(Place, &str);

/// Tells every string of a graph with its decoded text: those of the flow, then node by node and
/// edge by edge; of a state flow, state by state with its transitions.
pub fn walk(document: &Document, tell: Tell<'_>) {
    if let Some(flow) = document.dialog_flow() {
        dialog(flow, document.tree(), tell);
    } else if let Some(flow) = document.state_flow() {
        states(flow, document.tree(), tell);
    } else if let Some(chart) = document.chart() {
        nodes(chart, document.tree(), tell);
    }
}

/// The id of an edge or transition.
pub(super) fn link_id(document: &Document, link: LinkOf) -> Option<&str> {
    let id = match link {
        LinkOf::Edge(edge) => &document.dialog_flow()?.edges.get(edge)?.id,
        LinkOf::Transition(state, transition) => {
            let state = document.state_flow()?.states.get(state)?;
            &state.transitions.get(transition)?.id
        }
        LinkOf::Relation(_) => return None,
    };
    Some(&id.text)
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn tell_field(tell: Tell<'_>, subject: Subject, part: Part, field: &Field) {
    let at = field.at;
    tell(Place { at, part, subject }, &field.text);
}

/// Tells a value, if it is a string.
fn tell_value(tell: Tell<'_>, subject: Subject, part: Part, value: ValueRef<'_>) {
    if let Some(text) = value.as_str() {
        let at = value.id();
        tell(Place { at, part, subject }, &text);
    }
}

fn dialog(flow: &DialogFlow, tree: &Tree, tell: Tell<'_>) {
    tell_field(tell, Subject::Flow, Part::Name, &flow.name);
    for variable in &flow.variables {
        tell_field(tell, Subject::Flow, Part::Variable, &variable.name);
    }
    for (at, node) in flow.nodes.iter().enumerate() {
        let subject = Subject::Card(index(at));
        tell_field(tell, subject, Part::Id, &node.id);
        tell_field(tell, subject, Part::Label, &node.label);
        let properties = &node.properties;
        if let Some(intent) = &properties.intent_name {
            tell_field(tell, subject, Part::Intent, intent);
        }
        if let Some(examples) = properties.examples {
            for example in tree.value(examples).elements() {
                tell_value(tell, subject, Part::Example, example);
            }
        }
        if let Some(say) = &properties.say {
            tell_field(tell, subject, Part::Message, say);
        }
        if let Some(script) = &properties.script {
            tell_field(tell, subject, Part::Script, script);
        }
    }
    for (at, edge) in flow.edges.iter().enumerate() {
        let subject = Subject::Link(LinkOf::Edge(at));
        tell_field(tell, subject, Part::Id, &edge.id);
        if let Some(condition) = &edge.condition {
            tell_field(tell, subject, Part::Condition, condition);
        }
    }
}

fn states(flow: &StateFlow, tree: &Tree, tell: Tell<'_>) {
    for (at, state) in flow.states.iter().enumerate() {
        let subject = Subject::Card(index(at));
        tell_field(tell, subject, Part::Id, &state.id);
        if let Some(name) = &state.name {
            tell_field(tell, subject, Part::Label, name);
        }
        for (number, transition) in state.transitions.iter().enumerate() {
            let subject = Subject::Link(LinkOf::Transition(at, number));
            tell_field(tell, subject, Part::Id, &transition.id);
            for condition in &transition.conditions {
                if let Some(expression) = &condition.expression {
                    tell_field(tell, subject, Part::Condition, expression);
                }
            }
            for action in &transition.actions {
                if let Some(variable) = &action.variable {
                    tell_field(tell, subject, Part::Variable, variable);
                }
                if let Some(value) = action.value_at {
                    tell_value(tell, subject, Part::Value, tree.value(value));
                }
            }
        }
    }
}

fn nodes(chart: &Chart, tree: &Tree, tell: Tell<'_>) {
    for (at, node) in chart.nodes.iter().enumerate() {
        let subject = Subject::Card(index(at));
        tell_field(tell, subject, Part::Id, &node.id);
        if let Some(label) = &node.label {
            tell_field(tell, subject, Part::Label, label);
        }
        if let Some(comment) = &node.comment {
            tell_field(tell, subject, Part::Comment, comment);
        }
        let Some(config) = node.config else { continue };
        for (key, value) in tree.value(config).members() {
            let part = match key.as_str().as_deref() {
                // A compiled copy of the code: each hit would come twice.
                Some("transpiled") => continue,
                Some("code") => Part::Script,
                Some("say") => Part::Message,
                Some("condition") => Part::Condition,
                _ => Part::Setting,
            };
            tell_strings(tell, subject, part, value);
        }
    }
}

/// Tells every string inside a value. O(values inside).
fn tell_strings(tell: Tell<'_>, subject: Subject, part: Part, value: ValueRef<'_>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        tell_value(tell, subject, part, value);
        let from = waiting.len();
        waiting.extend(value.members().map(|(_, value)| value));
        waiting.extend(value.elements());
        // The last is taken first.
        waiting[from..].reverse();
    }
}
