//! How severe rules are in a workspace: the part of the settings of a check that all of its
//! documents share.

use std::collections::BTreeMap;

use crate::rules::{Level, Preset, Settings};

/// How severe rules are in a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// The severities that no rule of its own overrides.
    pub preset: Preset,
    /// What rules were set to, by code.
    pub levels: BTreeMap<String, Level>,
}

impl RuleSettings {
    /// Puts it into settings in place of what was there.
    pub fn apply(&self, settings: &mut Settings) {
        settings.preset = self.preset;
        let levels = self
            .levels
            .iter()
            .map(|(code, level)| (code.as_str(), *level));
        settings.replace_levels(levels);
    }

    /// Settings with nothing else in them.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        self.apply(&mut settings);
        settings
    }
}
