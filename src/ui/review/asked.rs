//! Links that lead to a problem of a file under review. They hold no file: whoever follows one hands the
//! file over again, and is shown the problem then.

use flow::report::shortened;
use flow::review::{Place, Reviewed};
use leptos::prelude::*;

use super::store::ReviewDesk;
use crate::browser::page;
use crate::ui::notices::Notice;

/// The problem that a link asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedFor {
    /// The path of its file.
    pub path: String,
    /// The code of its rule.
    pub code: String,
    /// Its fingerprint, as spelled.
    pub fingerprint: String,
}

impl AskedFor {
    /// What the fragment of an address asks for: `#review=PATH&problem=CODE@FINGERPRINT`.
    pub fn read(fragment: &str) -> Option<Self> {
        let (mut path, mut problem) = (None, None);
        for part in fragment.trim_start_matches('#').split('&') {
            let decoded = |text: &str| {
                js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
            };
            if let Some(text) = part.strip_prefix("review=") {
                path = Some(decoded(text));
            } else if let Some(text) = part.strip_prefix("problem=") {
                problem = Some(decoded(text));
            }
        }
        let problem = problem.unwrap_or_default();
        let (code, fingerprint) = problem.split_once('@').unwrap_or((&problem, ""));
        Some(Self {
            path: shortened(&path?, 200).into_owned(),
            // From the address, which a stranger may have written: no sentence of theirs is shown.
            code: shortened(code, 12).into_owned(),
            fingerprint: fingerprint.to_owned(),
        })
    }

    /// The name of the file that has to be handed over.
    pub fn file(&self) -> &str {
        let end = self.path.find(".zip/").map_or(self.path.len(), |at| at + 4);
        &self.path[..end]
    }

    fn is_about(&self, file: &Reviewed) -> bool {
        let path = file.path();
        path == self.path || path.ends_with(&format!("/{}", self.path))
    }

    fn is_in(&self, file: &Reviewed) -> Option<usize> {
        if !self.is_about(file) {
            return None;
        }
        file.report.problems().iter().position(|problem| {
            problem.rule.code == self.code && spelled(problem.fingerprint) == self.fingerprint
        })
    }
}

/// A fingerprint as links and baselines spell it.
pub fn spelled(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

impl ReviewDesk {
    /// The link to a problem.
    pub fn link(self, place: Place) -> Option<String> {
        let file = self.peek(place.file)?;
        let problem = file.report.problems().get(place.problem)?;
        let location = page::window().location();
        let page = location.origin().unwrap_or_default() + &location.pathname().unwrap_or_default();
        let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
        let name = format!("{}@{}", problem.rule.code, spelled(problem.fingerprint));
        Some(format!(
            "{page}#review={}&problem={}",
            encoded(file.path()),
            encoded(&name)
        ))
    }

    /// Takes note of what the address asks for, if it asks for a problem of a file.
    pub fn ask_from_address(self) -> bool {
        let fragment = page::window().location().hash().unwrap_or_default();
        let asked = AskedFor::read(&fragment);
        let asks = asked.is_some();
        self.asked.set(asked);
        asks
    }

    /// Shows the problem that a link asks for, once its file is here.
    pub(super) fn answer(self) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        let found = self.files.with_untracked(|files| {
            files.iter().enumerate().find_map(|(file, reviewed)| {
                let problem = asked.is_in(reviewed)?;
                Some(Place { file, problem })
            })
        });
        let is_here = self
            .files
            .with_untracked(|files| files.iter().any(|file| file.path().ends_with(&asked.path)));
        match found {
            Some(place) => self.selected.set(Some(place)),
            None if is_here => self.desk.notices.show(Notice::info(format!(
                "The problem {} that the link leads to is not in this version of the file: it was mended, \
                 or the file is another one.",
                asked.code
            ))),
            None => return,
        }
        self.asked.set(None);
    }
}
