//! Renaming something everywhere it is mentioned: a variable, or the id of a node or state. What is
//! changed is counted first, so that it can be shown before it is done.

mod ids;
mod name;
mod variables;

pub use ids::{rename_card, rename_ids};
pub use name::{Refusal, refuse_name};
pub(crate) use variables::change;
pub use variables::{Mention, VariableName, mentions, rename_variable, variables};

use crate::command::Command;

/// What kind of place mentions a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// Where it is declared.
    Declaration,
    /// Where conversations start, or go when nothing fits.
    Entry,
    /// The end of an edge or transition.
    Edge,
    /// A condition.
    Condition,
    /// A script.
    Script,
    /// A message.
    Message,
    /// An action of a transition.
    Action,
}

impl Where {
    const ALL: [Self; 7] = [
        Self::Declaration,
        Self::Entry,
        Self::Edge,
        Self::Condition,
        Self::Script,
        Self::Message,
        Self::Action,
    ];

    /// What so many of it are called.
    fn counted(self, count: usize) -> String {
        let noun = match self {
            Self::Declaration => "declaration",
            Self::Entry => "entry of the flow",
            Self::Edge => "end of an edge",
            Self::Condition => "mention in conditions",
            Self::Script => "mention in scripts",
            Self::Message => "mention in messages",
            Self::Action => "mention in actions",
        };
        let noun = match (self, count) {
            (_, 1) => noun.to_owned(),
            (Self::Entry, _) => "entries of the flow".to_owned(),
            (Self::Edge, _) => "ends of edges".to_owned(),
            (Self::Declaration, _) => "declarations".to_owned(),
            _ => noun.replacen("mention", "mentions", 1),
        };
        format!("{count} {noun}")
    }
}

/// A change of a name everywhere, ready to be made.
#[derive(Clone, Debug)]
pub struct Renaming {
    /// Makes it, as one step.
    pub command: Command,
    /// Every place that is changed, by what it is.
    pub places: Vec<Where>,
    /// How many scripts in another language have the word in them: what it means there is not
    /// known, so they are left as they are.
    pub unsure: usize,
}

impl Renaming {
    /// What is changed, in words: `1 declaration, 2 mentions in conditions`.
    pub fn summary(&self) -> String {
        let counts = Where::ALL.iter().map(|&kind| {
            let count = self.places.iter().filter(|own| **own == kind).count();
            (kind, count)
        });
        let parts = counts.filter(|&(_, count)| count > 0);
        let words: Vec<String> = parts.map(|(kind, count)| kind.counted(count)).collect();
        words.join(", ")
    }
}

#[cfg(test)]
mod tests;
