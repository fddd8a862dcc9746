//! From byte offsets to lines and columns, from values to JSON Pointers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::edit::TextEdit;
use super::scan::raw_offset;
use super::tree::{Kind, Span, Tree, ValueId, ValueRef, offset32};

/// A place in a text as a person counts: both from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// How many bytes apart the counted places of a text are.
const STRIDE: usize = 1024;

/// Finds lines and columns. Built once per text in O(bytes); each look-up is O(log lines).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    /// Offset of the first byte of each line.
    lines: Vec<u32>,
    /// For text that is not ASCII: scalar values before every `STRIDE`th byte, so that a column
    /// in a megabyte-long line does not cost a megabyte.
    scalars: Option<Vec<u32>>,
}

impl LineIndex {
    /// Indexes `text`, which must be at most 4 GiB.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (offset, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' {
                lines.push(offset32(offset + 1));
            }
        }
        let scalars = (!text.is_ascii()).then(|| {
            let mut seen = 0;
            bytes
                .chunks(STRIDE)
                .map(|chunk| {
                    let before = seen;
                    seen += count_scalars(chunk);
                    before
                })
                .collect()
        });
        Self { lines, scalars }
    }

    /// The index of the text after `edits`, which are sorted and apart. None where the edits are
    /// about line ends, or the text is not ASCII: then it has to be made anew. O(lines).
    pub fn moved(&self, text: &str, edits: &[TextEdit]) -> Option<Self> {
        let is_plain = |part: &str| part.is_ascii() && !part.contains('\n');
        let are_plain = edits
            .iter()
            .all(|edit| is_plain(&edit.text) && is_plain(&text[edit.span.range()]));
        if self.scalars.is_some() || !are_plain {
            return None;
        }
        let mut lines = self.lines.clone();
        let mut ahead = edits.iter().peekable();
        // Modulo 2^32, as a text may shrink.
        let mut shift = 0_u32;
        for line in &mut lines {
            while let Some(edit) = ahead.next_if(|edit| edit.span.end < *line) {
                let gone = edit.span.end - edit.span.start;
                shift = shift.wrapping_add(offset32(edit.text.len()).wrapping_sub(gone));
            }
            *line = line.wrapping_add(shift);
        }
        Some(Self {
            lines,
            scalars: None,
        })
    }

    /// Where `offset` stands. Offsets past the end count as the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = offset.min(offset32(text.len()));
        let line = self.lines.partition_point(|&start| start <= offset) - 1;
        let start = self.lines[line];
        let column = self.scalars_before(text, offset) - self.scalars_before(text, start);
        Position {
            line: offset32(line + 1),
            column: column + 1,
        }
    }

    /// The bytes of line `line` (from 1), without its line ending.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let index = line.max(1) as usize - 1;
        let start = self
            .lines
            .get(index)
            .copied()
            .unwrap_or(offset32(text.len()));
        let end = self
            .lines
            .get(index + 1)
            .map_or(offset32(text.len()), |next| next - 1);
        let end = if text.as_bytes()[start as usize..end as usize].ends_with(b"\r") {
            end - 1
        } else {
            end
        };
        Span::new(start, end)
    }

    /// How many lines there are; a text without a line break has one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    fn scalars_before(&self, text: &str, offset: u32) -> u32 {
        let offset = offset as usize;
        match &self.scalars {
            None => offset32(offset),
            Some(counts) => {
                let block = (offset / STRIDE).min(counts.len() - 1);
                counts[block] + count_scalars(&text.as_bytes()[block * STRIDE..offset])
            }
        }
    }
}

fn count_scalars(bytes: &[u8]) -> u32 {
    offset32(bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
}

/// Appends `segment` to a JSON Pointer, escaped as RFC 6901 says.
pub(super) fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// One step on the way from the root of a tree to a value in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into an array.
    Element {
        /// Position in the array, from 0.
        index: usize,
        /// The element.
        value: ValueId,
    },
    /// Into an object.
    Member {
        /// The key.
        key: ValueId,
        /// The value under it.
        value: ValueId,
    },
}

/// How many members of an object are looked at one by one before it is indexed.
const FEW: usize = 16;

/// Finds pointers, lines and columns of many values of one tree. What a look-up needs is built
/// when it is first needed, so that a flow without problems pays nothing.
#[derive(Debug)]
pub struct Locator<'a> {
    tree: &'a Tree,
    lines: Option<Arc<LineIndex>>,
    /// The elements of each array and the keys of each large object that was looked into, for
    /// finding one by bisection.
    children: BTreeMap<ValueId, Vec<ValueId>>,
}

impl<'a> Locator<'a> {
    /// A locator of `tree` that has looked at nothing yet.
    pub fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            lines: None,
            children: BTreeMap::new(),
        }
    }

    /// A locator that need not look for the lines, which are those of the tree's text.
    pub fn with_lines(tree: &'a Tree, lines: Arc<LineIndex>) -> Self {
        Self {
            lines: Some(lines),
            ..Self::new(tree)
        }
    }

    /// Line and column of a byte.
    pub fn position(&mut self, offset: u32) -> Position {
        let text = self.tree.text();
        self.lines
            .get_or_insert_with(|| Arc::new(LineIndex::new(text)))
            .position(text, offset)
    }

    /// The JSON Pointer of a value; of a key, that of its value. As cheap as [`Locator::way`].
    pub fn pointer(&mut self, target: ValueId) -> String {
        let mut pointer = String::new();
        for step in self.way(target) {
            match step {
                Step::Element { index, .. } => write!(pointer, "/{index}").unwrap_or_default(),
                Step::Member { key, .. } => {
                    let key = self.tree.value(key).as_str();
                    push_segment(&mut pointer, &key.unwrap_or_default());
                }
            }
        }
        pointer
    }

    /// The steps from the root to a value, or to the value of a key.
    ///
    /// # Complexity
    /// O(depth · log children), and once O(children) for each array or large object on the way.
    pub fn way(&mut self, target: ValueId) -> Vec<Step> {
        let mut way = Vec::new();
        let mut at = self.tree.root();
        while at.id() != target {
            let step = match at.kind() {
                Kind::Array => self.element(at, target),
                Kind::Object => self.member(at, target),
                _ => None,
            };
            let Some(step) = step else { break };
            way.push(step);
            match step {
                Step::Member { key, .. } if key == target => break,
                Step::Element { value, .. } | Step::Member { value, .. } => {
                    at = self.tree.value(value);
                }
            }
        }
        way
    }

    fn element(&mut self, array: ValueRef<'_>, target: ValueId) -> Option<Step> {
        // A list may be most of a large file: no more room than it takes.
        let list = || {
            let mut elements = Vec::with_capacity(array.elements().count());
            elements.extend(array.elements().map(ValueRef::id));
            elements
        };
        let elements = self.children.entry(array.id()).or_insert_with(list);
        let index = elements.partition_point(|&element| element <= target);
        let index = index.checked_sub(1)?;
        let value = *elements.get(index)?;
        Some(Step::Element { index, value })
    }

    fn member(&mut self, object: ValueRef<'_>, target: ValueId) -> Option<Step> {
        let mut few = object.members().take(FEW);
        if let Some((key, value)) =
            few.find(|(key, value)| key.id() == target || value.contains(target))
        {
            let (key, value) = (key.id(), value.id());
            return Some(Step::Member { key, value });
        }
        let list = || object.members().map(|(key, _)| key.id()).collect();
        let keys = self.children.entry(object.id()).or_insert_with(list);
        let index = keys.partition_point(|&key| key <= target).checked_sub(1)?;
        let key = *keys.get(index)?;
        // The entry of a value follows that of its key.
        let value = ValueId(key.0 + 1);
        Some(Step::Member { key, value })
    }
}

impl Tree {
    /// The value at a JSON Pointer, when there is one. O(siblings on the way).
    pub fn at_pointer(&self, pointer: &str) -> Option<ValueId> {
        let mut at = self.root();
        if pointer.is_empty() {
            return Some(at.id());
        }
        for segment in pointer.strip_prefix('/')?.split('/') {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            at = match at.kind() {
                Kind::Array => at.elements().nth(segment.parse().ok()?)?,
                Kind::Object => at.get(&segment)?,
                _ => return None,
            };
        }
        Some(at.id())
    }

    /// The span in the source of the bytes `inner` of the decoded text of the string at `id`.
    /// For anything but a string: the whole value.
    pub fn span_within(&self, id: ValueId, inner: std::ops::Range<usize>) -> Span {
        let value = self.value(id);
        let span = value.span();
        if !value.is_string() {
            return span;
        }
        let offset = |decoded: usize| match value.kind() {
            Kind::String => decoded,
            _ => raw_offset(
                &self.text()[span.start as usize + 1..span.end as usize - 1],
                decoded,
            ),
        };
        let limit = span.end - 1;
        let start = (span.start + 1 + offset32(offset(inner.start))).min(limit);
        let end = (span.start + 1 + offset32(offset(inner.end))).min(limit);
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn every_value_and_key_is_found_by_its_pointer() {
        let members: Vec<String> = (0..40)
            .map(|index| format!("\"k{index}/~\": [{index}, {{\"x\": [[], {index}]}}]"))
            .collect();
        let tree = parse(format!("{{{}}}", members.join(", ")).into()).unwrap();
        let mut locator = Locator::new(&tree);
        for id in (0..offset32(tree.len())).map(ValueId) {
            let pointer = locator.pointer(id);
            let found = tree.at_pointer(&pointer).unwrap();
            // A key has the pointer of its value, which comes right after it.
            assert!(found == id || found.0 == id.0 + 1, "{pointer}");
        }
    }

    #[test]
    fn columns_count_scalar_values_also_far_into_a_line() {
        let text = format!("é\n{}x", "😀".repeat(3000));
        let index = LineIndex::new(&text);
        assert_eq!(index.position(&text, 2), Position { line: 1, column: 2 });
        let last = offset32(text.len() - 1);
        assert_eq!(
            index.position(&text, last),
            Position {
                line: 2,
                column: 3001
            }
        );
        assert_eq!(index.line_span(&text, 1), Span::new(0, 2));
    }

    #[test]
    fn an_index_moves_with_edits_inside_lines() {
        let text = "{\n  \"a\": 1,\r\n  \"b\": \"x\"\n}\n";
        let index = LineIndex::new(text);
        let at = |part: &str| offset32(text.find(part).unwrap());
        let edit = |start: u32, length: u32, text: &str| TextEdit {
            span: Span::new(start, start + length),
            text: text.to_owned(),
        };
        let edits = [
            edit(at("1"), 1, "12345"),
            edit(at("\"x\""), 3, "0"),
            edit(at("}"), 0, " "),
        ];
        let (changed, _) = super::super::apply_edits(text, &edits);
        let moved = index.moved(text, &edits).unwrap();
        assert_eq!(moved, LineIndex::new(&changed));
        for edit in [
            edit(at("1"), 1, "\n"),
            edit(at("1"), 1, "é"),
            edit(at("\n}"), 1, ""),
        ] {
            assert_eq!(index.moved(text, &[edit]), None);
        }
    }

    #[test]
    fn pointers_and_values_find_each_other() {
        let text = r#"{"a/b":[1,{"~":[true,"x"]}],"c":{}}"#;
        let tree = super::super::parse(text.into()).unwrap();
        let mut locator = Locator::new(&tree);
        for pointer in ["", "/a~1b", "/a~1b/0", "/a~1b/1/~0/1", "/c"] {
            let id = tree.at_pointer(pointer).unwrap();
            assert_eq!(locator.pointer(id), pointer);
        }
        assert_eq!(tree.at_pointer("/a~1b/2"), None);
    }
}
