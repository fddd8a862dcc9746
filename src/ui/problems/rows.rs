//! What the list of problems shows, read off the document in one go.

use std::sync::Arc;

use flow::diagram::Owner;
use flow::json::Locator;
use flow::open_document::OpenDocument;
use flow::problem::Severity;

/// At most so many problems are listed; a longer list would be read by nobody.
pub const LISTED: usize = 500;

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which of the document's problems it is.
    pub index: usize,
    /// The code of its rule.
    pub code: &'static str,
    /// The name of its rule.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// JSON Pointer of the place.
    pub pointer: String,
    /// Line of the place.
    pub line: u32,
    /// Column of the place.
    pub column: u32,
    /// The card or wire it is about.
    pub owner: Option<Owner>,
    /// What its fix does.
    pub fix: Option<String>,
    /// Why it was acknowledged.
    pub acknowledged: Option<String>,
}

/// The problems that fit `query`, worst first, and how many there are in all.
pub fn rows(open: &OpenDocument, query: &str) -> (Vec<Row>, usize) {
    let query = query.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&query);
    let mut found: Vec<usize> = (0..open.problems().len())
        .filter(|&index| {
            let problem = &open.problems()[index];
            query.is_empty()
                || fits(problem.rule.code)
                || fits(problem.rule.name)
                || fits(&problem.message)
        })
        .collect();
    found.sort_by_key(|&index| {
        let problem = &open.problems()[index];
        (problem.acknowledged.is_some(), problem.severity)
    });
    let total = found.len();
    let document = open.document();
    let mut locator = Locator::with_lines(document.tree(), Arc::clone(document.lines()));
    let rows = found
        .into_iter()
        .take(LISTED)
        .map(|index| {
            let problem = &open.problems()[index];
            let position = locator.position(problem.span.start);
            Row {
                index,
                code: problem.rule.code,
                name: problem.rule.name,
                severity: problem.severity,
                message: problem.message.clone(),
                pointer: locator.pointer(problem.at),
                line: position.line,
                column: position.column,
                owner: open.owner_of(problem),
                fix: problem.fix.as_ref().map(|fix| fix.label.clone()),
                acknowledged: problem.acknowledged.as_ref().map(|it| it.reason.clone()),
            }
        })
        .collect();
    (rows, total)
}
