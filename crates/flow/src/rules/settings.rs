//! Settings of a check: how severe each rule is, what the flow is linked to, what somebody has
//! already acknowledged. Where they come from (a file, a workspace, a command line) is not known
//! here.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::links::Links;
use super::{Rule, rules_called};
use crate::json::{Locator, Tree};
use crate::problem::{Acknowledged, Problem, Severity};

/// Settings of a check. The default is the recommended preset with nothing linked.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The severities that no rule of its own overrides.
    pub preset: Preset,
    levels: BTreeMap<CompactString, Level>,
    /// The context variables that linked context sets inject.
    pub injected: BTreeSet<CompactString>,
    /// What other documents say about a payload.
    pub links: Links,
    /// How many cycles of one loop are listed besides the witness.
    pub all_cycles: usize,
    /// What was acknowledged outside the file, in the workspace.
    pub acknowledgements: Vec<Acknowledgement>,
}

/// A named choice of severities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Each rule as its page says.
    #[default]
    Recommended,
    /// Endless loops and everything about conditions are errors.
    Strict,
}

impl Preset {
    /// The preset with this name.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "recommended" => Some(Self::Recommended),
            "strict" => Some(Self::Strict),
            _ => None,
        }
    }

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Strict => "strict",
        }
    }

    /// The severity this preset gives a rule, where it differs from the rule's own.
    fn severity(self, rule: &Rule) -> Option<Severity> {
        let stricter = rule.code == "FD403" || rule.code.starts_with("FD5");
        (self == Self::Strict && stricter).then_some(Severity::Error)
    }
}

/// What one rule is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rule is not run.
    Off,
    /// All it finds has this severity.
    On(Severity),
}

impl Level {
    /// The level that a settings file spells.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Self::Off),
            "error" => Some(Self::On(Severity::Error)),
            "warning" => Some(Self::On(Severity::Warning)),
            "info" => Some(Self::On(Severity::Info)),
            _ => None,
        }
    }

    /// How a settings file spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On(severity) => severity.as_str(),
        }
    }
}

/// A problem somebody has looked at and accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The code of its rule.
    pub code: CompactString,
    /// The JSON Pointer of the value it is about.
    pub pointer: String,
    /// Why it is accepted. Without a reason nothing is acknowledged.
    pub reason: String,
    /// Who accepted it.
    pub by: String,
    /// When, as the file spells it.
    pub at: String,
}

impl Settings {
    /// Sets the level of the rule with this code, or of the rules with this name: the same mistake
    /// has one name in every kind of document. False when there is none.
    pub fn set_level(&mut self, code_or_name: &str, level: Level) -> bool {
        let mut found = false;
        for rule in rules_called(code_or_name) {
            self.levels.insert(rule.code.into(), level);
            found = true;
        }
        found
    }

    /// The levels that rules were set to, by code.
    pub fn levels(&self) -> impl Iterator<Item = (&str, Level)> + '_ {
        self.levels
            .iter()
            .map(|(code, level)| (code.as_str(), *level))
    }

    /// Sets levels by code in place of those there were. A code that no rule has means nothing.
    pub fn replace_levels<'a>(&mut self, levels: impl IntoIterator<Item = (&'a str, Level)>) {
        self.levels = levels
            .into_iter()
            .map(|(code, level)| (code.into(), level))
            .collect();
    }

    /// What a rule is set to, by itself or by the preset; nothing where its own severity holds.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        let own = self.levels.get(rule.code).copied();
        own.or_else(|| self.preset.severity(rule).map(Level::On))
    }

    /// How severe rules are, in words: "recommended", or "strict, FD508 off, FD402 info".
    pub fn describe(&self) -> String {
        let mut words = self.preset.word().to_owned();
        for (code, level) in &self.levels {
            for part in [", ", code, " ", level.word()] {
                words.push_str(part);
            }
        }
        words
    }

    /// Whether a rule is not to be run.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.level(rule) == Some(Level::Off)
    }
}

/// The acknowledgements that the file itself holds, in `flowdeck.allow`. Entries without a code, a
/// pointer or a reason are no acknowledgements.
pub fn acknowledgements_in(tree: &Tree) -> Vec<Acknowledgement> {
    let list = tree.root().get("flowdeck").and_then(|own| own.get("allow"));
    let Some(list) = list else {
        return Vec::new();
    };
    list.elements()
        .filter_map(|entry| {
            let text = |key| Some(entry.get(key)?.as_str()?.into_owned());
            Some(Acknowledgement {
                code: text("code")?.into(),
                pointer: text("pointer")?,
                reason: text("reason").filter(|reason| !reason.trim().is_empty())?,
                by: text("by").unwrap_or_default(),
                at: text("at").unwrap_or_default(),
            })
        })
        .collect()
}

/// Marks the problems that were acknowledged, in the file or outside it.
pub(super) fn acknowledge(problems: &mut [Problem], tree: &Tree, settings: &Settings) {
    let in_file = acknowledgements_in(tree);
    let entries: BTreeMap<(&str, &str), &Acknowledgement> = in_file
        .iter()
        .chain(&settings.acknowledgements)
        .filter(|entry| !entry.reason.trim().is_empty())
        .map(|entry| ((entry.code.as_str(), entry.pointer.as_str()), entry))
        .collect();
    if entries.is_empty() {
        return;
    }
    let codes: BTreeSet<&str> = entries.keys().map(|&(code, _)| code).collect();
    let mut locator = Locator::new(tree);
    for problem in problems {
        // A pointer takes longer to find than a code.
        if codes.contains(problem.rule.code) {
            let pointer = locator.pointer(problem.at);
            let entry = entries.get(&(problem.rule.code, pointer.as_str()));
            problem.acknowledged = entry.map(|entry| {
                Box::new(Acknowledged {
                    reason: entry.reason.clone(),
                    by: entry.by.clone(),
                    at: entry.at.clone(),
                })
            });
        }
    }
}
