//! Finding a text in a graph, and putting another in its place: in labels, ids, conditions, scripts,
//! messages, intents. Ids and variables are replaced everywhere they are mentioned, which is told in
//! [`crate::rename`].

mod matcher;
mod places;
mod replace;

pub use matcher::{Matcher, Query};
pub use places::{Part, Place, Subject, walk};
pub use replace::{Replacement, replace_all, replace_one};

use std::ops::Range;

use compact_str::CompactString;

use crate::diagram::{Diagram, display};
use crate::document::Document;

/// How many hits are kept; more are counted.
pub const MAX_HITS: usize = 100_000;

/// One place where the text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The string it was found in.
    pub place: Place,
    /// Where in the decoded text of the string it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl Hit {
    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits in document order of what they belong to, at most [`MAX_HITS`].
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
}

/// Finds a text in a graph; nothing for an empty query.
///
/// # Complexity
/// O(texts).
pub fn find(document: &Document, query: &Query<'_>) -> Found {
    let mut found = Found::default();
    let Some(mut matcher) = Matcher::new(query) else {
        return found;
    };
    walk(document, &mut |place, text| {
        matcher.each(text, |range| {
            found.total += 1;
            if found.hits.len() < MAX_HITS {
                found.hits.push(Hit {
                    place,
                    start: offset(range.start),
                    end: offset(range.end),
                });
            }
        });
    });
    found
}

/// What stands around a hit, in one line: before it, itself, after it.
pub fn surroundings(
    document: &Document,
    hit: &Hit,
) -> (CompactString, CompactString, CompactString) {
    const BEFORE: usize = 24;
    let value = document.tree().value(hit.place.at);
    let text = value.as_str().unwrap_or_default();
    let Range { start, end } = hit.range();
    let (Some(before), Some(own), Some(after)) =
        (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return Default::default();
    };
    let mut letters = before.char_indices().rev();
    let shown = letters.nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let mut left = display(&before[shown..]);
    if shown > 0 {
        left.insert(0, '…');
    }
    (left, display(own), display(after))
}

/// What a hit is in, in words: `Condition of e2`, `Label of Check`.
pub fn described(document: &Document, diagram: &Diagram, place: &Place) -> String {
    let part = place.part.words();
    match place.subject {
        Subject::Flow => part.to_owned(),
        Subject::Card(card) => match diagram.cards.get(card as usize) {
            Some(card) => format!("{part} of {}", card.label),
            None => part.to_owned(),
        },
        Subject::Link(link) => {
            let id = places::link_id(document, link).unwrap_or_default();
            format!("{part} of {}", display(id))
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
