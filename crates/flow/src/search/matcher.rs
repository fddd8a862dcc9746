//! Looking for one text in another.

use std::ops::Range;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether upper and lower case differ.
    pub match_case: bool,
    /// Whether it must stand as a word of its own.
    pub whole_word: bool,
}

/// A query, ready to be looked for in many texts.
#[derive(Debug)]
pub struct Matcher {
    needle: String,
    match_case: bool,
    whole_word: bool,
    /// The text at hand, with all case taken out.
    folded: String,
    /// Where each byte of it stands in the text, where that is elsewhere.
    origins: Vec<usize>,
}

impl Matcher {
    /// A matcher for a query; none for an empty one, which is nowhere.
    pub fn new(query: &Query<'_>) -> Option<Self> {
        let mut needle = query.text.to_owned();
        if !query.match_case {
            needle.clear();
            fold(query.text, &mut needle, None);
        }
        (!needle.is_empty()).then(|| Self {
            needle,
            match_case: query.match_case,
            whole_word: query.whole_word,
            folded: String::new(),
            origins: Vec::new(),
        })
    }

    /// Tells every place in `text`, from its start and without overlaps. O(text).
    pub fn each(&mut self, text: &str, mut found: impl FnMut(Range<usize>)) {
        if self.match_case {
            let mut after = 0;
            for (start, own) in text.match_indices(self.needle.as_str()) {
                let range = start..start + own.len();
                if start >= after && self.stands(text, &range) {
                    after = range.end;
                    found(range);
                }
            }
            return;
        }
        self.folded.clear();
        self.origins.clear();
        let is_plain = text.is_ascii();
        if is_plain {
            self.folded.push_str(text);
            self.folded.make_ascii_lowercase();
        } else {
            fold(text, &mut self.folded, Some(&mut self.origins));
        }
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or(text.len());
        for (start, own) in self.folded.match_indices(self.needle.as_str()) {
            let end = start + own.len();
            let range = if is_plain {
                start..end
            } else {
                origin(start)..origin(end)
            };
            let whole = text.is_char_boundary(range.start) && range.start < range.end;
            if whole && self.stands(text, &range) {
                found(range);
            }
        }
    }

    /// Whether the place is a word of its own, where that is asked for.
    fn stands(&self, text: &str, range: &Range<usize>) -> bool {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        !self.whole_word
            || !(text[..range.start].ends_with(is_word) || text[range.end..].starts_with(is_word))
    }
}

/// Takes the case out of a text. `origins` is told where each byte comes from.
fn fold(text: &str, folded: &mut String, mut origins: Option<&mut Vec<usize>>) {
    for (at, letter) in text.char_indices() {
        let before = folded.len();
        folded.extend(letter.to_lowercase());
        if let Some(origins) = origins.as_deref_mut() {
            origins.extend(std::iter::repeat_n(at, folded.len() - before));
        }
    }
}
