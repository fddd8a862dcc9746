//! What a person has decided about the problems of a document, as the workspace keeps it.

use std::collections::BTreeMap;

use crate::rules::{Acknowledgement, Level, Preset, Settings};

/// How a document is checked, and what of the result was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The severities that no rule of its own overrides.
    pub preset: Preset,
    /// What rules were set to, by code.
    pub levels: BTreeMap<String, Level>,
    /// The problems that were accepted.
    pub acknowledgements: Vec<Acknowledgement>,
}

impl Review {
    /// What of these settings belongs to the document.
    pub fn of(settings: &Settings) -> Self {
        let levels = settings.levels();
        Self {
            preset: settings.preset,
            levels: levels
                .map(|(code, level)| (code.to_owned(), level))
                .collect(),
            acknowledgements: settings.acknowledgements.clone(),
        }
    }

    /// Puts it into settings. Levels of rules that do not exist any more are left out.
    pub fn apply(self, settings: &mut Settings) {
        settings.preset = self.preset;
        for (code, level) in &self.levels {
            settings.set_level(code, *level);
        }
        settings.acknowledgements = self.acknowledgements;
    }
}
