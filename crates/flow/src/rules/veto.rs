//! Refusing a connection before it is made. Only what can never be right is refused; everything
//! else may be connected and is marked by the rules afterwards.

use super::context::{DialogContext, EdgeAt};
use super::dialog::edge_against_type;
use super::{RULES, Rule, Settings};
use crate::document::NodeKind;

/// A connection somebody is about to make.
#[derive(Clone, Copy, Debug)]
pub struct Proposal<'a> {
    /// Id of the node it would leave.
    pub source: &'a str,
    /// Id of the node it would enter.
    pub target: &'a str,
    /// Its condition; none for a default branch.
    pub condition: Option<&'a str>,
    /// The edge that is being reconnected and so will not be where it is now.
    pub replaces: Option<EdgeAt>,
}

/// How a rule refuses a connection: the reason, as a sentence.
pub type Refuse = fn(&DialogContext<'_>, &Proposal<'_>) -> Option<String>;

/// A refused connection.
#[derive(Clone, Debug)]
pub struct Veto {
    /// The rule that would be broken.
    pub rule: &'static Rule,
    /// Why it can never be right, as a sentence.
    pub reason: String,
}

/// Whether a connection can never be right, and why. Rules that are switched off refuse nothing.
///
/// # Complexity
/// O(edges out of the source). The context computes nothing it has not got.
pub fn veto_edge(context: &DialogContext<'_>, proposal: &Proposal<'_>) -> Option<Veto> {
    RULES
        .iter()
        .filter(|rule| !context.settings.is_off(rule))
        .find_map(|rule| {
            let reason = rule.veto?(context, proposal)?;
            Some(Veto { rule, reason })
        })
}

/// Whether a node of one kind can follow one of another, before either is there.
pub fn may_follow(settings: &Settings, source: NodeKind, target: NodeKind) -> bool {
    settings.is_off(&edge_against_type::RULE) || !edge_against_type::is_against(source, target)
}
