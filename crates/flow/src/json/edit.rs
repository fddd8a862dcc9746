//! Edits of a text through its tree: what is not touched keeps every byte, what is put in takes
//! the spelling habits of its neighbours.

mod style;
mod surroundings;
#[cfg(test)]
mod tests;
mod text;
mod value;

pub use text::{EditError, TextEdit, apply_edits};
pub use value::NewValue;

use super::encode::quote;
use super::tree::{Span, Tree, ValueId, ValueRef};
use style::Style;

/// Collects changes to one tree and turns them into text edits.
#[derive(Debug)]
pub struct Editor<'a> {
    tree: &'a Tree,
    style: Style,
    edits: Vec<TextEdit>,
}

impl<'a> Editor<'a> {
    /// An editor without changes.
    pub fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            style: Style::of(tree),
            edits: Vec::new(),
        }
    }

    /// Replaces the value `at`.
    pub fn replace(&mut self, at: ValueId, value: &NewValue) {
        let value_ref = self.tree.value(at);
        let lead = self.lead_of_line(value_ref.span().start);
        let multiline = self.style.indent.is_some() && self.prefers_lines(value_ref);
        let text = self.style.spell(value, &lead, multiline);
        self.edits.push(TextEdit {
            span: value_ref.span(),
            text,
        });
    }

    /// Replaces the bytes of `span`, which the caller knows to leave the text well-formed.
    pub fn replace_span(&mut self, span: Span, text: String) {
        self.edits.push(TextEdit { span, text });
    }

    /// Sets `key` of the object `at`: replaced where it is, else added after the last member.
    pub fn set_member(&mut self, at: ValueId, key: &str, value: &NewValue) {
        self.set_members(at, &[(key.to_owned(), value.clone())]);
    }

    /// Sets members of the object `at`: replaced where they are, else added after the last member
    /// in their order.
    pub fn set_members(&mut self, at: ValueId, members: &[(String, NewValue)]) {
        let object = self.tree.value(at);
        let mut added = Vec::new();
        for (key, value) in members {
            match object.get(key) {
                Some(present) => self.replace(present.id(), value),
                None => added.push((key, value)),
            }
        }
        if added.is_empty() {
            return;
        }
        let last = object.members().last();
        let spaced = last.map_or(self.style.spaced, |(key, value)| {
            self.between(key.span().end, value.span().start)
                .ends_with(' ')
        });
        let colon = if spaced { ": " } else { ":" };
        let lines = self.opens_lines(last.map(|(key, _)| key));
        let lead = self.lead_inside(object, last.map(|(key, _)| key));
        let texts: Vec<String> = (added.into_iter())
            .map(|(key, value)| {
                let spelled = self.style.spell(value, &lead, lines);
                format!("{}{colon}{spelled}", quote(key))
            })
            .collect();
        self.insert_after(object, last.map(|(_, value)| value), &texts, lines, &lead);
    }

    /// Removes the members `keys` of the object `at`; those it lacks are no concern.
    pub fn remove_members(&mut self, at: ValueId, keys: &[&str]) {
        let object = self.tree.value(at);
        let parts: Vec<(Span, bool)> = object
            .members()
            .map(|(key, value)| {
                let span = Span::new(key.span().start, value.span().end);
                (span, keys.iter().any(|name| key.is_text(name)))
            })
            .collect();
        self.remove_parts(object, &parts);
    }

    /// Removes the elements of the array `at` for which `gone` holds.
    pub fn remove_elements(&mut self, at: ValueId, mut gone: impl FnMut(ValueId) -> bool) {
        let array = self.tree.value(at);
        let parts: Vec<(Span, bool)> = array
            .elements()
            .map(|element| (element.span(), gone(element.id())))
            .collect();
        self.remove_parts(array, &parts);
    }

    /// Adds `values` to the array `at`: after the element `after`, or at the end.
    pub fn insert_elements(&mut self, at: ValueId, after: Option<ValueId>, values: &[NewValue]) {
        if values.is_empty() {
            return;
        }
        let array = self.tree.value(at);
        let model = array.elements().last();
        let previous = after.map(|id| self.tree.value(id)).or(model);
        let lines = self.opens_lines(array.elements().next());
        let lead = self.lead_inside(array, array.elements().next());
        let nested = match previous {
            Some(model) => self.prefers_lines(model),
            None => lines,
        };
        let texts: Vec<String> = values
            .iter()
            .map(|value| self.style.spell(value, &lead, nested && lines))
            .collect();
        self.insert_after(array, previous, &texts, lines, &lead);
    }

    /// Puts `order` (the same values in another order) into the places the values hold now. What
    /// stands between the places stays, so unrelated elements keep their lines.
    pub fn permute(&mut self, places: &[ValueId], order: &[ValueId]) {
        for (&place, &value) in places.iter().zip(order) {
            if place != value {
                let text = self.tree.value(value).raw().to_owned();
                self.edits.push(TextEdit {
                    span: self.tree.value(place).span(),
                    text,
                });
            }
        }
    }

    /// The edits, sorted.
    pub fn finish(mut self) -> Result<Vec<TextEdit>, EditError> {
        self.edits
            .sort_by_key(|edit| (edit.span.start, edit.span.end));
        let overlap = self.edits.windows(2).any(|pair| {
            pair[0].span.end > pair[1].span.start
                || (pair[0].span.start == pair[1].span.start
                    && pair[0].span.end == pair[1].span.end)
        });
        if overlap {
            Err(EditError::Overlap)
        } else {
            Ok(self.edits)
        }
    }

    fn insert_after(
        &mut self,
        container: ValueRef<'_>,
        previous: Option<ValueRef<'_>>,
        texts: &[String],
        lines: bool,
        lead: &str,
    ) {
        let newline = self.style.newline;
        let separator = if lines {
            format!(",{newline}{lead}")
        } else if self.style.spaced {
            ", ".to_owned()
        } else {
            ",".to_owned()
        };
        let joined = texts.join(&separator);
        let edit = if let Some(previous) = previous {
            let end = previous.span().end;
            TextEdit {
                span: Span::new(end, end),
                text: format!("{separator}{joined}"),
            }
        } else {
            let span = container.span();
            let inside = Span::new(span.start + 1, span.end - 1);
            let text = if lines {
                let outer = self.lead_of_line(span.start);
                format!("{newline}{lead}{joined}{newline}{outer}")
            } else {
                joined
            };
            TextEdit { span: inside, text }
        };
        self.edits.push(edit);
    }

    fn remove_parts(&mut self, container: ValueRef<'_>, parts: &[(Span, bool)]) {
        let mut index = 0;
        while index < parts.len() {
            if !parts[index].1 {
                index += 1;
                continue;
            }
            let first = index;
            while index < parts.len() && parts[index].1 {
                index += 1;
            }
            let span = if let Some(next) = parts.get(index) {
                Span::new(parts[first].0.start, next.0.start)
            } else if first > 0 {
                Span::new(parts[first - 1].0.end, parts[index - 1].0.end)
            } else {
                let span = container.span();
                Span::new(span.start + 1, span.end - 1)
            };
            self.edits.push(TextEdit {
                span,
                text: String::new(),
            });
        }
    }
}
