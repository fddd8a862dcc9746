//! The rules of Flowdeck as the tenant's own checks: what they find at error level is refused.

use std::sync::Arc;

use flow::document::{Document, DocumentKind};
use flow::json::{Locator, ReadError};
use flow::problem::Severity;
use flow::rules::{Settings, check};

use crate::refusal::{Flaw, Refusal};

/// Mistakes in reading as flaws. `base` is taken off their pointers.
pub(crate) fn read_flaws(errors: &[ReadError], base: &str) -> Vec<Flaw> {
    let flaw = |error: &ReadError| Flaw {
        path: relative(&error.pointer, base),
        code: "invalid".to_owned(),
        message: error.message.clone(),
    };
    errors.iter().map(flaw).collect()
}

/// Reads `text` as a document of one kind. `base` is taken off the pointers of mistakes.
pub(crate) fn read(text: Arc<str>, kind: DocumentKind, base: &str) -> Result<Document, Refusal> {
    let document = Document::read(text).map_err(|errors| refused(read_flaws(&errors, base)))?;
    if document.kind() == kind {
        Ok(document)
    } else {
        let found = document.kind().label();
        let message = format!("Expected a {}, found a {found}.", kind.label());
        Err(Refusal::flaw("invalidBody", "", message))
    }
}

/// What the rules find at error level, in the order of the text.
pub(crate) fn errors(document: &Document, settings: &Settings) -> Vec<Flaw> {
    let mut locator = Locator::new(document.tree());
    check(document, settings)
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| Flaw {
            path: locator.pointer(problem.at),
            code: problem.rule.code.to_owned(),
            message: problem.message,
        })
        .collect()
}

/// Refuses when there are flaws.
pub(crate) fn accept(flaws: Vec<Flaw>) -> Result<(), Refusal> {
    if flaws.is_empty() {
        Ok(())
    } else {
        Err(refused(flaws))
    }
}

fn refused(flaws: Vec<Flaw>) -> Refusal {
    let count = flaws.len();
    let mistakes = if count == 1 { "mistake" } else { "mistakes" };
    Refusal::Invalid {
        code: "validationFailed",
        message: format!("The body has {count} {mistakes}. Nothing was changed."),
        flaws,
    }
}

/// A pointer told from `base`, when it is below it.
pub(crate) fn relative(pointer: &str, base: &str) -> String {
    pointer.strip_prefix(base).unwrap_or(pointer).to_owned()
}
