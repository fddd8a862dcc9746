//! Leading past what is deleted: where the way goes on behind it. The same for nodes and states.

use std::collections::{BTreeSet, HashSet};

use compact_str::CompactString;

use super::Command;
use crate::rules::ids::Map;

/// A deletion that leads what led to the deleted cards on to what followed them.
#[derive(Clone, Debug, PartialEq)]
pub struct Healed {
    /// What makes it.
    pub command: Command,
    /// Connections that could not be led on and are removed, a sentence each.
    pub not_joined: Vec<String>,
}

/// Where connections lead and what cards are called.
pub(super) trait Leads {
    /// What a card leads to: the card, and whether that is without a condition.
    fn out(&self, card: usize) -> impl Iterator<Item = (usize, bool)>;

    /// What a card is called.
    fn name(&self, card: usize) -> CompactString;
}

/// Where the way goes on behind each deleted card. Each is looked at once.
pub(super) struct Ways<'a, L> {
    leads: L,
    deleted: &'a BTreeSet<usize>,
    found: Map<usize, Result<usize, String>>,
}

impl<'a, L: Leads> Ways<'a, L> {
    /// The ways behind `deleted`.
    pub(super) fn new(leads: L, deleted: &'a BTreeSet<usize>) -> Self {
        Self {
            leads,
            deleted,
            found: Map::default(),
        }
    }

    /// The first card from `card` on that stays, or why it is not clear which.
    pub(super) fn on(&mut self, card: usize) -> Result<usize, String> {
        let mut passed = Vec::new();
        let mut seen = HashSet::new();
        let mut at = card;
        let end = loop {
            if !self.deleted.contains(&at) {
                break Ok(at);
            }
            if let Some(found) = self.found.get(&at) {
                break found.clone();
            }
            if !seen.insert(at) {
                break Err("what was deleted only led back to itself.".to_owned());
            }
            passed.push(at);
            match self.next(at) {
                Ok(next) => at = next,
                Err(reason) => break Err(reason),
            }
        };
        for card in passed {
            self.found.insert(card, end.clone());
        }
        end
    }

    /// What follows a card: the only one that does, else the one that does without a condition.
    fn next(&self, card: usize) -> Result<usize, String> {
        let mut only = None;
        let mut branches = false;
        let mut default = None;
        for (target, is_default) in self.leads.out(card) {
            branches |= only.is_some_and(|other| other != target);
            only.get_or_insert(target);
            if is_default {
                default.get_or_insert(target);
            }
        }
        let name = || self.leads.name(card);
        match (only, default) {
            (None, _) => Err(format!("nothing followed \"{}\".", name())),
            (Some(target), _) if !branches => Ok(target),
            (_, Some(target)) => Ok(target),
            _ => Err(format!(
                "\"{}\" branched, so it is not clear where to.",
                name()
            )),
        }
    }
}
