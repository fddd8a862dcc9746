//! Names that something can be given.

use crate::expression::{NodeKind, Root, parse};

/// Why a name cannot be given. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is empty or blank.
    Blank,
    /// Something else is called that.
    Taken(String),
    /// A variable must be a word that conditions can name.
    NoName(String),
    /// The word stands for something else in every expression.
    Reserved(String),
    /// What was to be renamed is gone.
    Gone,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Blank => f.write_str("Nothing was renamed: a name must be given."),
            Self::Taken(name) => write!(
                f,
                "Nothing was renamed: \"{name}\" is used already, and two things of one name \
                 cannot be told apart. Choose another."
            ),
            Self::NoName(name) => write!(
                f,
                "Nothing was renamed: \"{name}\" is no name that a condition can use. Use letters, \
                 digits and _, and start with a letter."
            ),
            Self::Reserved(name) => write!(
                f,
                "Nothing was renamed: \"{name}\" has a meaning of its own in conditions. Choose \
                 another."
            ),
            Self::Gone => f.write_str("Nothing was renamed: it is not there any more."),
        }
    }
}

impl std::error::Error for Refusal {}

/// Names that expressions know, beside the roots.
const KNOWN: [&str; 6] = ["Math", "Number", "String", "Boolean", "set", "say"];

/// Why a variable cannot be called that, whatever else there is; none when it can.
pub fn refuse_name(name: &str) -> Option<Refusal> {
    if name.trim().is_empty() {
        return Some(Refusal::Blank);
    }
    let shown = || crate::diagram::display(name).to_string();
    if Root::named(name).is_some() || KNOWN.contains(&name) {
        return Some(Refusal::Reserved(shown()));
    }
    let expression = parse(name);
    let [only] = expression.nodes() else {
        return Some(Refusal::NoName(shown()));
    };
    let whole = only.span.range() == (0..name.len());
    match only.kind {
        NodeKind::Name if whole && expression.is_valid() => None,
        NodeKind::Name => Some(Refusal::NoName(shown())),
        // `true`, `null` and the like.
        _ if name.chars().all(char::is_alphabetic) => Some(Refusal::Reserved(shown())),
        _ => Some(Refusal::NoName(shown())),
    }
}
