//! Where variables are mentioned, and renaming them there: in declarations, conditions, scripts,
//! messages, actions. Places are found by the parsers, never by the letters alone.

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::ids::command;
use super::{Refusal, Renaming, Where, refuse_name};
use crate::command::Change;
use crate::document::Document;
use crate::expression::references::{TextReference, scan_text, words};
use crate::expression::{Expression, NodeKind, Root, parse};
use crate::json::{ValueId, quote};
use crate::script::{self, Action};
use crate::search::{Part, walk};

/// Which variable: its name, and the root it is a property of where its bare name is not enough.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariableName {
    /// `session`, `user` and so on; none for a context variable.
    pub root: Option<&'static str>,
    /// The name.
    pub name: CompactString,
}

impl VariableName {
    /// The context variable of this name.
    pub fn context(name: &str) -> Self {
        Self {
            root: None,
            name: name.into(),
        }
    }

    /// The variable that the action of a transition writes: `session.tier`, `tier`.
    fn written(text: &str) -> Self {
        let scoped = text
            .split_once('.')
            .and_then(|(root, name)| Some((Root::named(root)?, name)));
        match scoped {
            Some((root, name)) => Self::of(root, name),
            None => Self::context(text),
        }
    }

    fn of(root: Root, name: &str) -> Self {
        Self {
            root: (root != Root::Context).then(|| root.name()),
            name: name.into(),
        }
    }
}

impl std::fmt::Display for VariableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(root) = self.root {
            write!(f, "{root}.")?;
        }
        f.write_str(&self.name)
    }
}

/// One mention of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The string it is in.
    pub at: ValueId,
    /// Where its name stands in the decoded text.
    pub span: Range<usize>,
    /// Which variable.
    pub variable: VariableName,
    /// What the string is.
    pub place: Where,
}

/// Every mention of variables whose name is one of `names`, in document order of what they stand
/// in; of any variable where `names` is none.
///
/// # Complexity
/// O(texts that hold one of the names).
pub fn mentions(document: &Document, names: Option<&BTreeSet<&str>>) -> Vec<Mention> {
    let mut found = Vec::new();
    let is_flow = document.dialog_flow().is_some();
    walk(document, &mut |place, text| {
        // Reading a text costs more than looking whether it is worth it.
        let worth = names.is_none_or(|names| {
            names.len() > 8 || text.contains('\\') || names.iter().any(|name| text.contains(name))
        });
        let kind = match place.part {
            Part::Variable if is_flow => Where::Declaration,
            Part::Variable | Part::Value => Where::Action,
            Part::Condition => Where::Condition,
            Part::Script => Where::Script,
            Part::Message => Where::Message,
            _ => return,
        };
        if !worth {
            return;
        }
        let mut inside = Inside::default();
        match place.part {
            Part::Variable if is_flow => inside.add(VariableName::context(text), 0..text.len()),
            Part::Variable => {
                let variable = VariableName::written(text);
                let start = text.len() - variable.name.len();
                inside.add(variable, start..text.len());
            }
            Part::Condition => inside.expression(&parse(text)),
            Part::Script => inside.script(text),
            _ => inside.text(text, 0),
        }
        inside.found.sort_by_key(|(_, span)| (span.start, span.end));
        inside.found.dedup();
        let named = |variable: &VariableName| {
            names.is_none_or(|names| names.contains(variable.name.as_str()))
        };
        let kept = inside
            .found
            .into_iter()
            .filter(|(variable, _)| named(variable));
        found.extend(kept.map(|(variable, span)| Mention {
            at: place.at,
            span,
            variable,
            place: kind,
        }));
    });
    found
}

/// The mentions inside one text.
#[derive(Default)]
struct Inside {
    found: Vec<(VariableName, Range<usize>)>,
}

impl Inside {
    fn add(&mut self, variable: VariableName, span: Range<usize>) {
        self.found.push((variable, span));
    }

    /// The mentions in an expression, those in its strings too. Its spans must be those of the text.
    fn expression(&mut self, expression: &Expression<'_>) {
        for reference in expression.references() {
            match reference.root() {
                None | Some(Root::Context) => {
                    if let Some(step) = reference.variable() {
                        self.add(VariableName::context(&step.name), step.span.range());
                    }
                }
                Some(root) => {
                    if let Some(step) = reference.steps().next() {
                        self.add(VariableName::of(root, &step.name), step.span.range());
                    }
                }
            }
        }
        for node in expression.nodes() {
            if matches!(node.kind, NodeKind::String { .. }) {
                let start = node.span.start as usize;
                self.text(&expression.source()[node.span.range()], start);
            }
        }
    }

    /// The placeholders of a text that starts at `start`.
    fn text(&mut self, text: &str, start: usize) {
        for reference in scan_text(text).filter(TextReference::is_replaced) {
            self.reference(&reference, start);
        }
    }

    fn reference(&mut self, reference: &TextReference<'_>, start: usize) {
        let span = reference.name_span.range();
        let span = span.start + start..span.end + start;
        if reference.names_variable() {
            self.add(VariableName::context(reference.name), span);
        } else if let (Some(root), true) = (reference.root, reference.is_property) {
            self.add(VariableName::of(root, reference.name), span);
        }
    }

    fn script(&mut self, text: &str) {
        let script = script::parse(text);
        if script.is_opaque() {
            for reference in script.text_references() {
                self.reference(&reference, 0);
            }
            return;
        }
        for statement in script.statements() {
            for expression in statement.expressions() {
                self.expression(expression);
            }
            if let Action::Set { name, .. } = &statement.action {
                self.add(VariableName::context(&name.name), name.span.range());
            }
        }
    }
}

/// Every variable of a document, sorted: what it declares, sets or mentions.
pub fn variables(document: &Document) -> Vec<VariableName> {
    let named = mentions(document, None).into_iter().map(|it| it.variable);
    // What the platform gives cannot be renamed.
    let given = |variable: &VariableName| {
        let root = variable.root.and_then(Root::named);
        root.is_some_and(|root| root.members().contains(&variable.name.as_str()))
    };
    let all: BTreeSet<VariableName> = named.filter(|variable| !given(variable)).collect();
    all.into_iter().collect()
}

/// The change that renames one mention.
pub(crate) fn change(document: &Document, mention: &Mention, name: &str) -> Change {
    let quoted = quote(name);
    Change::ReplaceText {
        span: document
            .tree()
            .span_within(mention.at, mention.span.clone()),
        text: quoted[1..quoted.len() - 1].to_owned(),
    }
}

/// Renames a variable everywhere it is mentioned. O(texts).
pub fn rename_variable(
    document: &Document,
    variable: &VariableName,
    name: &str,
) -> Result<Renaming, Refusal> {
    if let Some(refusal) = refuse_name(name) {
        return Err(refusal);
    }
    let names = BTreeSet::from([variable.name.as_str(), name]);
    let all = mentions(document, Some(&names));
    let new = VariableName {
        root: variable.root,
        name: name.into(),
    };
    let own: Vec<&Mention> = all.iter().filter(|it| it.variable == *variable).collect();
    if own.is_empty() {
        return Err(Refusal::Gone);
    }
    let other = |word: &str| unsure(document, word);
    if new != *variable && (all.iter().any(|it| it.variable == new) || other(name) > 0) {
        return Err(Refusal::Taken(crate::diagram::display(name).to_string()));
    }
    let changes = own.iter().map(|it| change(document, it, name)).collect();
    Ok(Renaming {
        command: command("Rename everywhere", changes),
        places: own.iter().map(|it| it.place).collect(),
        unsure: other(&variable.name),
    })
}

/// How many scripts in another language have a word in them that is not known to be this variable.
fn unsure(document: &Document, word: &str) -> usize {
    let mut count = 0;
    walk(document, &mut |place, text| {
        if place.part != Part::Script || !text.contains(word) {
            return;
        }
        let script = script::parse(text);
        let known: Vec<Range<usize>> = script
            .text_references()
            .map(|reference| reference.name_span.range())
            .collect();
        let is_word =
            |(own, span): (&str, crate::json::Span)| own == word && !known.contains(&span.range());
        if script.is_opaque() && words(text).any(is_word) {
            count += 1;
        }
    });
    count
}
