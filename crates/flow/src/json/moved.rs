//! The tree of a text in which nothing but scalars changed: the same tree, with every place moved.
//! Says nothing of any other edit; the reader does.

use std::sync::Arc;

use super::edit::TextEdit;
use super::reader::{MAX_BYTES, parse};
use super::tree::{Entry, Kind, Tree, ValueId, offset32};

/// A scalar that edits are about.
struct Changed {
    /// Its number in the tree.
    index: usize,
    /// Where it ended before.
    end: u32,
    /// What it is now.
    kind: Kind,
    /// How far what comes after it has moved. Modulo 2^32, as a text may shrink.
    shift: u32,
}

impl Tree {
    /// The tree of `text`, which is the text of this one after `edits`, sorted and apart; and the
    /// values that changed. None unless each edit stays inside one scalar value and leaves one
    /// there: then only reading `text` tells what it is.
    ///
    /// # Complexity
    /// O(values), of which each costs two additions; the text itself is not looked at but where it
    /// changed.
    pub fn moved(&self, text: &Arc<str>, edits: &[TextEdit]) -> Option<(Self, Vec<ValueId>)> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let old = self.entries();
        let changed = changed_scalars(self, text, edits)?;
        let first = changed.first()?.index;
        let (begin, total) = (old[first].start, changed.last()?.shift);
        // How far the end of a list or an object moves: as far as the last change before it.
        let shift_at = |end: u32| {
            let before = changed.partition_point(|scalar| scalar.end <= end);
            before.checked_sub(1).map_or(0, |last| changed[last].shift)
        };
        let mut entries = old.to_vec();
        for entry in &mut entries[..first] {
            if entry.end > begin {
                entry.end = entry.end.wrapping_add(shift_at(entry.end));
            }
        }
        let (mut shift, mut at) = (0_u32, first);
        for scalar in &changed {
            for entry in &mut entries[at..scalar.index] {
                entry.start = entry.start.wrapping_add(shift);
                entry.end = entry.end.wrapping_add(shift_at(entry.end));
            }
            let entry = &mut entries[scalar.index];
            entry.start = entry.start.wrapping_add(shift);
            entry.end = entry.end.wrapping_add(scalar.shift);
            entry.kind = scalar.kind;
            (shift, at) = (scalar.shift, scalar.index + 1);
        }
        for entry in &mut entries[at..] {
            entry.start = entry.start.wrapping_add(total);
            entry.end = entry.end.wrapping_add(total);
        }
        let values = changed.iter().map(|scalar| ValueId(offset32(scalar.index)));
        let values = values.collect();
        Some((Self::new(Arc::clone(text), entries), values))
    }
}

/// The scalars that `edits` are about, in order; none when an edit is about anything else.
fn changed_scalars(tree: &Tree, text: &str, edits: &[TextEdit]) -> Option<Vec<Changed>> {
    let entries = tree.entries();
    let mut changed: Vec<Changed> = Vec::new();
    let mut shift = 0_u32;
    for edit in edits {
        // What starts last before a byte is the innermost value there, if it reaches that far.
        let after = entries.partition_point(|entry| entry.start <= edit.span.start);
        let index = after.checked_sub(1)?;
        let entry = entries[index];
        if edit.span.end > entry.end || is_container(entry.kind) || is_key(tree, entry) {
            return None;
        }
        let gone = edit.span.end - edit.span.start;
        shift = shift.wrapping_add(offset32(edit.text.len()).wrapping_sub(gone));
        match changed.last_mut() {
            Some(last) if last.index == index => last.shift = shift,
            _ => changed.push(Changed {
                index,
                end: entry.end,
                kind: entry.kind,
                shift,
            }),
        }
    }
    let mut before = 0_u32;
    for scalar in &mut changed {
        let start = entries[scalar.index].start.wrapping_add(before) as usize;
        let end = scalar.end.wrapping_add(scalar.shift) as usize;
        scalar.kind = scalar_kind(text.get(start..end)?)?;
        before = scalar.shift;
    }
    Some(changed)
}

/// What a text is that is one scalar value and nothing else.
fn scalar_kind(text: &str) -> Option<Kind> {
    let tree = parse(text.into()).ok()?;
    let root = tree.root();
    let is_whole = root.raw().len() == text.len();
    (is_whole && !is_container(root.kind())).then(|| root.kind())
}

fn is_container(kind: Kind) -> bool {
    matches!(kind, Kind::Array | Kind::Object)
}

/// Whether an entry is the key of a member: only after one comes a colon.
fn is_key(tree: &Tree, entry: Entry) -> bool {
    let rest = &tree.text()[entry.end as usize..];
    rest.trim_start_matches([' ', '\t', '\r', '\n'])
        .starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply_edits;
    use super::super::tree::Span;
    use super::*;
    use proptest::prelude::*;

    const TEXTS: [&str; 3] = [
        "{\"a\": 1, \"b\" : [true, null , -2.5e3, \"x\\n\", \"\"],\r\n\t\"c\":{\"d\":\"e\",\"f\":{}}}",
        "[[1,2,[3]],\"é😀\",{\"k\":[{\"l\":[\"m\"]}]},false]",
        " \"one string alone\" ",
    ];

    const SPELLINGS: [&str; 18] = [
        "",
        "1",
        "-",
        "\"",
        "\"x\"",
        "null",
        "true",
        "fals",
        "e",
        "\\",
        "\\u00e9",
        "é",
        " ",
        ",",
        ":",
        "[]",
        "{\"a\":1}",
        "1,2",
    ];

    fn read(text: &str) -> Tree {
        parse(text.into()).unwrap()
    }

    /// Sorted edits that are apart, at boundaries of characters.
    fn edits_of(text: &str, wanted: &[(usize, usize, usize)]) -> Vec<TextEdit> {
        let boundary = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at));
        let mut edits: Vec<TextEdit> = wanted
            .iter()
            .map(|&(start, length, spelling)| {
                let start = boundary(start % (text.len() + 1)).unwrap();
                let end = boundary((start + length).min(text.len())).unwrap();
                TextEdit {
                    span: Span::new(offset32(start), offset32(end)),
                    text: SPELLINGS[spelling % SPELLINGS.len()].to_owned(),
                }
            })
            .collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut at = None;
        edits.retain(|edit| {
            let is_apart = at.is_none_or(|end| edit.span.start > end);
            if is_apart {
                at = Some(edit.span.end);
            }
            is_apart
        });
        edits
    }

    fn assert_as_read(tree: &Tree, edits: &[TextEdit]) -> bool {
        let text: Arc<str> = apply_edits(tree.text(), edits).0.into();
        let Some((moved, _)) = tree.moved(&text, edits) else {
            return false;
        };
        let fresh =
            parse(Arc::clone(&text)).unwrap_or_else(|_| panic!("moved, but is no JSON: {text}"));
        assert_eq!(moved.entries(), fresh.entries(), "{text}");
        true
    }

    #[test]
    fn every_scalar_replaced_by_another_moves_the_tree() {
        for text in TEXTS {
            let tree = read(text);
            let scalars: Vec<Entry> = (tree.entries().iter().copied())
                .filter(|entry| !is_container(entry.kind) && !is_key(&tree, *entry))
                .collect();
            for spelling in ["1", "\"longer than before\"", "null", "\"\\\"\"", "-0.5"] {
                let edit = |entry: &Entry| TextEdit {
                    span: Span::new(entry.start, entry.end),
                    text: spelling.to_owned(),
                };
                for entry in &scalars {
                    assert!(assert_as_read(&tree, &[edit(entry)]));
                }
                let all: Vec<TextEdit> = scalars.iter().map(edit).collect();
                assert!(assert_as_read(&tree, &all));
            }
        }
    }

    #[test]
    fn keys_lists_and_broken_values_are_left_to_the_reader() {
        let tree = read(TEXTS[0]);
        let edit = |start: u32, end: u32, text: &str| TextEdit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        // A key; a list; half a string; a value that becomes two.
        for edit in [
            edit(1, 4, "\"z\""),
            edit(15, 52, "1"),
            edit(6, 7, "\""),
            edit(7, 7, ", 2"),
        ] {
            assert!(
                !assert_as_read(&tree, std::slice::from_ref(&edit)),
                "{edit:?}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_moved_tree_is_the_one_that_is_read(
            which in 0..TEXTS.len(),
            wanted in proptest::collection::vec((0_usize..200, 0_usize..8, 0_usize..40), 1..4),
        ) {
            let tree = read(TEXTS[which]);
            let edits = edits_of(tree.text(), &wanted);
            assert_as_read(&tree, &edits);
        }
    }
}
