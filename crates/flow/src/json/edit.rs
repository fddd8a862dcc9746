//! Edits of a text through its tree: what is not touched keeps every byte, what is put in takes
//! the spelling habits of its neighbours.

mod style;

use style::{Style, indentation_before};

use super::encode::quote;
use super::tree::{Kind, Span, Tree, ValueId, ValueRef, offset32};

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that go, in the text before the edit.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// Why a set of edits cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Two of the changes touch the same bytes, so their order would matter.
    Overlap,
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Overlap => {
                f.write_str("Two parts of one change touch the same text. Nothing was changed.")
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Applies edits, which must be sorted and apart as [`Editor::finish`] leaves them. Returns the
/// new text and the edits that lead back.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> (String, Vec<TextEdit>) {
    let grown: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut changed = String::with_capacity(text.len() + grown);
    let mut back = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        changed.push_str(&text[at..range.start]);
        let start = offset32(changed.len());
        changed.push_str(&edit.text);
        back.push(TextEdit {
            span: Span::new(start, offset32(changed.len())),
            text: text[range.clone()].to_owned(),
        });
        at = range.end;
    }
    changed.push_str(&text[at..]);
    (changed, back)
}

/// Collects changes to one tree and turns them into text edits.
#[derive(Debug)]
pub struct Editor<'a> {
    tree: &'a Tree,
    style: Style,
    edits: Vec<TextEdit>,
}

/// A value to put into a document.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// A string, not yet quoted.
    Text(String),
    /// Anything already spelled as JSON.
    Literal(String),
    /// An object with its members in order.
    Object(Vec<(String, NewValue)>),
    /// An array.
    Array(Vec<NewValue>),
}

impl NewValue {
    /// `null`
    pub fn null() -> Self {
        Self::Literal("null".to_owned())
    }

    /// A value of another document, to be laid out as its new neighbours are. Everything that is
    /// not layout keeps its spelling.
    pub fn of(value: ValueRef<'_>) -> Self {
        match value.kind() {
            Kind::Array => Self::Array(value.elements().map(Self::of).collect()),
            Kind::Object => Self::of_members(value, &mut |_, _| None),
            _ => Self::Literal(value.raw().to_owned()),
        }
    }

    /// An object of another document, as [`NewValue::of`] takes it over, but for the members that
    /// `changed` has another value for.
    pub fn of_members(
        object: ValueRef<'_>,
        changed: &mut dyn FnMut(&str, ValueRef<'_>) -> Option<Self>,
    ) -> Self {
        let member = |(key, value): (ValueRef<'_>, ValueRef<'_>)| {
            let key = key.as_str().unwrap_or_default().into_owned();
            let value = changed(&key, value).unwrap_or_else(|| Self::of(value));
            (key, value)
        };
        Self::Object(object.members().map(member).collect())
    }
}

impl From<&str> for NewValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
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

    fn between(&self, start: u32, end: u32) -> &'a str {
        &self.tree.text()[start as usize..end as usize]
    }

    /// Whether the members of `container` stand on lines of their own, as `sibling` among them does.
    fn opens_lines(&self, sibling: Option<ValueRef<'_>>) -> bool {
        match sibling {
            Some(sibling) => self.before(sibling).contains('\n'),
            None => self.style.indent.is_some(),
        }
    }

    /// The white space before `value`.
    fn before(&self, value: ValueRef<'_>) -> &'a str {
        let before = &self.tree.text()[..value.span().start as usize];
        &before[before.trim_end_matches([' ', '\t', '\r', '\n']).len()..]
    }

    /// Whether `value` is spelled over several lines or, where its kind does not show it, whether
    /// there is room for that: it or its key is the first thing on its line.
    fn prefers_lines(&self, value: ValueRef<'_>) -> bool {
        let has_parts = value.members().next().is_some() || value.elements().next().is_some();
        if has_parts {
            return value.raw().contains('\n');
        }
        let start = value.span().start;
        let key = value
            .id()
            .0
            .checked_sub(1)
            .map(|index| self.tree.value(ValueId(index)).span())
            .filter(|key| key.end <= start && self.between(key.end, start).contains(':'));
        let begins = key.map_or(start, |key| key.start);
        indentation_before(self.tree.text(), begins).is_some()
    }

    /// The indentation of members of `container`.
    fn lead_inside(&self, container: ValueRef<'_>, sibling: Option<ValueRef<'_>>) -> String {
        sibling
            .and_then(|sibling| indentation_before(self.tree.text(), sibling.span().start))
            .map_or_else(
                || {
                    let own = self.lead_of_line(container.span().start);
                    format!("{own}{}", self.style.indent.as_deref().unwrap_or_default())
                },
                str::to_owned,
            )
    }

    /// The white space that the line of `offset` starts with.
    fn lead_of_line(&self, offset: u32) -> String {
        let before = &self.tree.text()[..offset as usize];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        before[line..]
            .chars()
            .take_while(|character| matches!(character, ' ' | '\t'))
            .collect()
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

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn edited(text: &str, change: impl FnOnce(&Tree, &mut Editor<'_>)) -> String {
        let tree = parse(text.into()).unwrap();
        let mut editor = Editor::new(&tree);
        change(&tree, &mut editor);
        let edits = editor.finish().unwrap();
        let (changed, back) = apply_edits(text, &edits);
        parse(changed.as_str().into()).unwrap();
        assert_eq!(
            apply_edits(&changed, &back).0,
            text,
            "the inverse leads back"
        );
        changed
    }

    const LINES: &str = "{\n  \"nodes\": [\n    { \"id\": \"a\" },\n    { \"id\": \"b\" },\n    { \"id\": \"c\" }\n  ],\n  \"edges\": []\n}\n";

    #[test]
    fn a_replaced_string_changes_nothing_else() {
        let text = "{ \"a\" : 1.0,\r\n\t\"b\":\"x\\u00e9\\/\", \"c\":1e3}";
        let changed = edited(text, |tree, editor| {
            editor.replace(tree.at_pointer("/b").unwrap(), &"new \"label\"".into());
        });
        assert_eq!(
            changed,
            "{ \"a\" : 1.0,\r\n\t\"b\":\"new \\\"label\\\"\", \"c\":1e3}"
        );
    }

    #[test]
    fn new_elements_follow_their_siblings() {
        let node = NewValue::Object(vec![("id".into(), "d".into())]);
        let changed = edited(LINES, |tree, editor| {
            editor.insert_elements(
                tree.at_pointer("/nodes").unwrap(),
                None,
                std::slice::from_ref(&node),
            );
            editor.insert_elements(
                tree.at_pointer("/edges").unwrap(),
                None,
                std::slice::from_ref(&node),
            );
        });
        assert!(
            changed.contains("    { \"id\": \"c\" },\n    { \"id\": \"d\" }\n  ],"),
            "{changed}"
        );
        let edges = "  \"edges\": [\n    {\n      \"id\": \"d\"\n    }\n  ]\n";
        assert!(changed.contains(edges), "{changed}");
        let compact = edited("{\"nodes\":[{\"id\":\"a\"}]}", |tree, editor| {
            editor.insert_elements(tree.at_pointer("/nodes").unwrap(), None, &[node]);
        });
        assert_eq!(compact, "{\"nodes\":[{\"id\":\"a\"},{\"id\":\"d\"}]}");
    }

    #[test]
    fn any_set_of_elements_can_go() {
        for mask in 0_u32..8 {
            let changed = edited(LINES, |tree, editor| {
                let array = tree.at_pointer("/nodes").unwrap();
                let mut index = 0;
                editor.remove_elements(array, |_| {
                    index += 1;
                    mask & (1 << (index - 1)) != 0
                });
            });
            let tree = parse(changed.as_str().into()).unwrap();
            let left = tree.root().get("nodes").unwrap().elements().count();
            assert_eq!(left, 3 - mask.count_ones() as usize, "{changed}");
        }
    }

    #[test]
    fn members_are_set_added_and_removed() {
        let changed = edited(LINES, |tree, editor| {
            editor.set_member(tree.at_pointer("/nodes/1").unwrap(), "label", &"B".into());
            editor.set_member(tree.root().id(), "name", &"N".into());
            editor.remove_members(tree.at_pointer("/nodes/0").unwrap(), &["id"]);
        });
        assert!(
            changed.contains("{ \"id\": \"b\", \"label\": \"B\" }"),
            "{changed}"
        );
        assert!(
            changed.contains("\"edges\": [],\n  \"name\": \"N\"\n}"),
            "{changed}"
        );
        assert!(changed.contains("    {},\n"), "{changed}");
    }

    #[test]
    fn permuting_moves_texts_between_places() {
        let changed = edited(
            "[ 1,\n 2, /**/ 3]".replace(" /**/", "").as_str(),
            |tree, editor| {
                let ids: Vec<ValueId> = tree.root().elements().map(ValueRef::id).collect();
                editor.permute(&[ids[0], ids[2]], &[ids[2], ids[0]]);
            },
        );
        assert_eq!(changed, "[ 3,\n 2, 1]");
    }

    #[test]
    fn changes_that_touch_the_same_bytes_are_refused() {
        let tree = parse("{\"a\":[1]}".into()).unwrap();
        let mut editor = Editor::new(&tree);
        editor.replace(tree.at_pointer("/a").unwrap(), &NewValue::null());
        editor.replace(tree.at_pointer("/a/0").unwrap(), &NewValue::null());
        assert_eq!(editor.finish(), Err(EditError::Overlap));
    }
}
