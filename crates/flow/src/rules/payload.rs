//! The rules about payloads, a folder for each kind, and what they are given.

pub(super) mod context_set;
pub(super) mod simulation;
pub(super) mod state_variables;

use super::Settings;
use crate::json::{Tree, ValueId, ValueRef};

/// A payload that is checked.
pub struct Payload<'a, View> {
    /// The text it stands in.
    pub tree: &'a Tree,
    /// The payload.
    pub view: &'a View,
    /// Settings of this run, with what is linked.
    pub settings: &'a Settings,
}

impl<'a, View> Payload<'a, View> {
    /// A payload with its text and the settings of a run.
    pub fn new(tree: &'a Tree, view: &'a View, settings: &'a Settings) -> Self {
        Self {
            tree,
            view,
            settings,
        }
    }

    /// A value of the text.
    pub fn value(&self, at: ValueId) -> ValueRef<'a> {
        self.tree.value(at)
    }
}
