//! `flowdeck.toml`: which rules count how much, and where. It is searched from the working
//! directory upward.
//!
//! ```toml
//! preset = "strict"
//!
//! [rules]
//! FD303 = "off"
//! dead-end-node = "warning"
//!
//! [[paths]]
//! match = ["drafts/**"]
//! rules = { FD401 = "info" }
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flow::json::LineIndex;
use flow::rules::{Level, Preset, Settings};
use glob::{MatchOptions, Pattern};
use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, reason};

/// The name of the file.
pub(crate) const FILE_NAME: &str = "flowdeck.toml";

/// What a check is set to, for each file.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    everywhere: Settings,
    /// In the order of the file: a later one overrides an earlier one.
    paths: Vec<PathRules>,
    /// The folder that path patterns are told from.
    root: PathBuf,
}

#[derive(Debug)]
struct PathRules {
    patterns: Vec<Pattern>,
    levels: Vec<(String, Level)>,
}

/// The file as it is spelled. Places are kept, so that a mistake can be shown where it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelled {
    preset: Option<Spanned<String>>,
    #[serde(default)]
    rules: Levels,
    #[serde(default)]
    paths: Vec<SpelledPaths>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpelledPaths {
    #[serde(rename = "match")]
    patterns: Vec<Spanned<String>>,
    rules: Levels,
}

type Levels = BTreeMap<Spanned<String>, Spanned<String>>;

/// Something wrong in the file, at a range of its bytes.
struct Mistake {
    message: String,
    at: std::ops::Range<usize>,
}

impl Configuration {
    /// Reads the nearest settings file of `folder` and the folders above it; without one, nothing
    /// is set.
    pub(crate) fn find(folder: &Path) -> Result<Self, Failure> {
        let file = folder
            .ancestors()
            .map(|folder| folder.join(FILE_NAME))
            .find(|file| file.is_file());
        let Some(file) = file else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(&file).map_err(|error| Failure::Settings {
            path: file.clone(),
            place: None,
            message: format!("The file could not be read: {}.", reason(&error)),
        })?;
        let mut configuration = Self::parse(&text).map_err(|mistake| {
            let start = u32::try_from(mistake.at.start).unwrap_or(u32::MAX);
            Failure::Settings {
                path: file.clone(),
                place: Some(LineIndex::new(&text).position(&text, start)),
                message: mistake.message,
            }
        })?;
        configuration.root = file.parent().map(Path::to_owned).unwrap_or_default();
        Ok(configuration)
    }

    fn parse(text: &str) -> Result<Self, Mistake> {
        let spelled: Spelled = toml::from_str(text).map_err(|error| Mistake {
            message: format!("{}.", error.message().trim_end_matches('.')),
            at: error.span().unwrap_or(0..0),
        })?;
        let mut configuration = Self::default();
        if let Some(preset) = &spelled.preset {
            configuration.everywhere.preset =
                Preset::from_word(preset.get_ref()).ok_or_else(|| Mistake {
                    message: format!(
                        "There is no preset \"{}\". Write \"recommended\" or \"strict\".",
                        preset.get_ref()
                    ),
                    at: preset.span(),
                })?;
        }
        for (name, level) in levels(&spelled.rules)? {
            configuration.everywhere.set_level(&name, level);
        }
        for paths in &spelled.paths {
            let patterns = paths.patterns.iter().map(pattern);
            configuration.paths.push(PathRules {
                patterns: patterns.collect::<Result<_, _>>()?,
                levels: levels(&paths.rules)?,
            });
        }
        Ok(configuration)
    }

    /// Overrides what the file says for all files.
    pub(crate) fn everywhere(&mut self) -> &mut Settings {
        &mut self.everywhere
    }

    /// What holds for one file; for text without a path, what holds everywhere.
    pub(crate) fn of(&self, path: Option<&Path>) -> Cow<'_, Settings> {
        let path = path
            .filter(|_| !self.paths.is_empty())
            .and_then(|path| std::path::absolute(path).ok());
        let Some(path) = path else {
            return Cow::Borrowed(&self.everywhere);
        };
        // A file elsewhere is matched by its whole path.
        let inside = path.strip_prefix(&self.root).unwrap_or(&path);
        let options = MatchOptions {
            require_literal_separator: true,
            ..MatchOptions::new()
        };
        let mut settings = Cow::Borrowed(&self.everywhere);
        for rules in &self.paths {
            let mut patterns = rules.patterns.iter();
            if patterns.any(|pattern| pattern.matches_path_with(inside, options)) {
                for (name, level) in &rules.levels {
                    settings.to_mut().set_level(name, *level);
                }
            }
        }
        settings
    }
}

fn levels(spelled: &Levels) -> Result<Vec<(String, Level)>, Mistake> {
    let level = |(name, word): (&Spanned<String>, &Spanned<String>)| {
        if flow::rules::rule(name.get_ref()).is_none() {
            return Err(Mistake {
                message: format!(
                    "There is no rule \"{}\". `flowdeck rules` lists them.",
                    name.get_ref()
                ),
                at: name.span(),
            });
        }
        let level = Level::from_word(word.get_ref()).ok_or_else(|| Mistake {
            message: format!(
                "\"{}\" is no severity. Write \"error\", \"warning\", \"info\" or \"off\".",
                word.get_ref()
            ),
            at: word.span(),
        })?;
        Ok((name.get_ref().clone(), level))
    };
    spelled.iter().map(level).collect()
}

fn pattern(spelled: &Spanned<String>) -> Result<Pattern, Mistake> {
    Pattern::new(spelled.get_ref()).map_err(|error| Mistake {
        message: format!(
            "\"{}\" is no pattern for paths: {}. Write for instance \"drafts/**\" or \"*.json\".",
            spelled.get_ref(),
            error.msg
        ),
        at: spelled.span(),
    })
}

#[cfg(test)]
mod tests {
    use flow::problem::Severity::{Error, Warning};

    use super::*;

    fn level_of(configuration: &Configuration, path: &str, code: &str) -> Option<Level> {
        let rule = flow::rules::rule(code).unwrap();
        configuration.of(Some(Path::new(path))).level(rule)
    }

    #[test]
    fn a_later_pattern_overrides_an_earlier_one() {
        let text = "[rules]\nFD401 = \"warning\"\n\
                    [[paths]]\nmatch = [\"drafts/**\", \"*.old.json\"]\nrules = { FD401 = \"off\" }\n\
                    [[paths]]\nmatch = [\"drafts/shop/*.json\"]\nrules = { unreachable-node = \"error\" }\n";
        let Ok(mut configuration) = Configuration::parse(text) else {
            panic!("it is right")
        };
        configuration.root = std::path::absolute(".").unwrap();
        let level = |path| level_of(&configuration, path, "FD401");
        assert_eq!(level("a.json"), Some(Level::On(Warning)));
        assert_eq!(level("a.old.json"), Some(Level::Off));
        assert_eq!(level("drafts/a.json"), Some(Level::Off));
        assert_eq!(level("./drafts/a/b/c.json"), Some(Level::Off));
        assert_eq!(level("drafts/shop/a.json"), Some(Level::On(Error)));
        assert_eq!(level("drafts/shop/more/a.json"), Some(Level::Off));
    }

    #[test]
    fn mistakes_are_found_where_they_are() {
        for (text, at, about) in [
            ("preset = \"lax\"", 9, "no preset \"lax\""),
            ("[rules]\nFD999 = \"off\"", 8, "no rule \"FD999\""),
            ("[rules]\nFD101 = \"of\"", 16, "\"of\" is no severity"),
            ("[[paths]]\nmatch = [\"a/[\"]\nrules = {}", 19, "no pattern"),
            ("severity = 1", 0, "unknown field"),
            ("preset = ", 9, ""),
        ] {
            let mistake = Configuration::parse(text).err().unwrap();
            assert!(
                mistake.message.contains(about),
                "{text}: {}",
                mistake.message
            );
            assert_eq!(mistake.at.start, at, "{text}: {}", mistake.message);
        }
    }
}
