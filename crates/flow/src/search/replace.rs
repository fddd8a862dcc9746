//! Putting another text in the place of what was found, as one step. An id takes everything along
//! that refers to it, and so does a declared variable.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use compact_str::CompactString;

use super::{Hit, Matcher, Part, Query, Subject, walk};
use crate::command::{Change, Command};
use crate::json::{ValueId, quote};
use crate::open_document::OpenDocument;
use crate::rename::{self, Refusal, VariableName};

/// A replacement, ready to be made.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// Makes it, as one step.
    pub command: Command,
    /// How many hits are replaced.
    pub count: usize,
    /// The ids and variables that stay as they are, because what they would be called is taken, is
    /// empty, or is no name.
    pub skipped: Vec<CompactString>,
}

/// Replaces one hit. An id, and a declared variable, is renamed everywhere.
pub fn replace_one(open: &OpenDocument, hit: &Hit, with: &str) -> Result<Replacement, Refusal> {
    let document = open.document();
    let tree = document.tree();
    let range = hit.range();
    let value = tree.value(hit.place.at).as_str().unwrap_or_default();
    let (Some(before), Some(after)) = (value.get(..range.start), value.get(range.end..)) else {
        return Err(Refusal::Gone);
    };
    let whole = [before, with, after].concat();
    let command = match (hit.place.part, hit.place.subject) {
        (Part::Id, Subject::Card(card)) => rename::rename_card(open, card, &whole)?.command,
        (Part::Id, _) if whole.trim().is_empty() => return Err(Refusal::Blank),
        (Part::Variable, Subject::Flow) => {
            let variable = VariableName::context(&value);
            rename::rename_variable(document, &variable, &whole)?.command
        }
        _ => Command::one("Replace", text_change(open, hit.place.at, range, with)),
    };
    Ok(Replacement {
        command,
        count: 1,
        skipped: Vec::new(),
    })
}

/// Replaces every hit; none where there is none.
///
/// # Complexity
/// O(texts), plus O(log hits) for each hit.
pub fn replace_all(open: &OpenDocument, query: &Query<'_>, with: &str) -> Option<Replacement> {
    let mut all = Collected::default();
    let mut matcher = Matcher::new(query)?;
    walk(open.document(), &mut |place, text| {
        let mut spans = Vec::new();
        matcher.each(text, |span| spans.push(span));
        if spans.is_empty() {
            return;
        }
        match (place.part, place.subject) {
            (Part::Id, Subject::Card(_)) => all.ids.add(text, &spans, with),
            (Part::Variable, Subject::Flow) => all.variables.add(text, &spans, with),
            _ => all.texts.push((place.at, spans)),
        }
    });
    all.command(open, with)
}

/// Names with what they are to be called.
#[derive(Default)]
struct Named {
    new: BTreeMap<CompactString, CompactString>,
    hits: usize,
}

impl Named {
    fn add(&mut self, name: &str, spans: &[Range<usize>], with: &str) {
        self.hits += spans.len();
        let mut new = String::new();
        let mut copied = 0;
        for span in spans {
            new.push_str(&name[copied..span.start]);
            new.push_str(with);
            copied = span.end;
        }
        new.push_str(&name[copied..]);
        self.new.insert(name.into(), new.into());
    }

    /// Takes out those whose new name is not free, in the order of the old ones. A name that is about
    /// to be given up is not free either.
    fn skip_taken<'n>(
        &mut self,
        used: impl Iterator<Item = &'n str>,
        refused: impl Fn(&str) -> bool,
    ) -> Vec<CompactString> {
        let mut taken: BTreeSet<CompactString> = used.map(CompactString::from).collect();
        let mut skipped = Vec::new();
        self.new.retain(|old, new| {
            let free = old == new || (!refused(new) && taken.insert(new.clone()));
            if !free {
                skipped.push(old.clone());
            }
            free && old != new
        });
        skipped
    }
}

/// What a replacement of everything is made of.
#[derive(Default)]
struct Collected {
    ids: Named,
    variables: Named,
    texts: Vec<(ValueId, Vec<Range<usize>>)>,
}

impl Collected {
    fn command(mut self, open: &OpenDocument, with: &str) -> Option<Replacement> {
        let document = open.document();
        let cards = &open.diagram().cards;
        let mut skipped = self
            .ids
            .skip_taken(cards.iter().map(|card| card.id.as_str()), |id| {
                id.trim().is_empty()
            });
        let mentioned = if self.variables.new.is_empty() {
            Vec::new()
        } else {
            rename::mentions(document, None)
        };
        let used = mentioned.iter().filter(|it| it.variable.root.is_none());
        skipped.extend(
            self.variables
                .skip_taken(used.map(|mention| mention.variable.name.as_str()), |name| {
                    rename::refuse_name(name).is_some()
                }),
        );
        let mut count = self.ids.hits + self.variables.hits;
        let mut changes = rename::rename_ids(open, &self.ids.new);
        // What a renamed variable's mention covers is not replaced once more.
        let mut covered: BTreeMap<ValueId, Vec<Range<usize>>> = BTreeMap::new();
        for mention in mentioned.iter().filter(|it| it.variable.root.is_none()) {
            if let Some(new) = self.variables.new.get(&mention.variable.name) {
                changes.push(rename::change(document, mention, new));
                let spans = covered.entry(mention.at).or_default();
                spans.push(mention.span.clone());
            }
        }
        for (at, spans) in self.texts {
            let renamed = covered.get(&at).map(Vec::as_slice).unwrap_or_default();
            count += spans.len();
            for span in spans {
                let next = renamed.partition_point(|own| own.end <= span.start);
                let is_apart = renamed.get(next).is_none_or(|own| span.end <= own.start);
                if is_apart {
                    changes.push(text_change(open, at, span, with));
                }
            }
        }
        count -= skipped.len().min(count);
        (count > 0 || !skipped.is_empty()).then(|| Replacement {
            command: Command {
                label: "Replace all".to_owned(),
                changes,
            },
            count,
            skipped,
        })
    }
}

fn text_change(open: &OpenDocument, at: ValueId, range: Range<usize>, with: &str) -> Change {
    let quoted = quote(with);
    Change::ReplaceText {
        span: open.document().tree().span_within(at, range),
        text: quoted[1..quoted.len() - 1].to_owned(),
    }
}
