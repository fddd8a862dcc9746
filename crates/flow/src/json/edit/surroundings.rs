//! What stands around a value: the white space before it and on its line, by which what is put in beside
//! it is laid out.

use super::Editor;
use super::style::indentation_before;
use crate::json::tree::{ValueId, ValueRef};

impl<'a> Editor<'a> {
    pub(super) fn between(&self, start: u32, end: u32) -> &'a str {
        &self.tree.text()[start as usize..end as usize]
    }

    /// Whether the members of `container` stand on lines of their own, as `sibling` among them does.
    pub(super) fn opens_lines(&self, sibling: Option<ValueRef<'_>>) -> bool {
        match sibling {
            Some(sibling) => self.before(sibling).contains('\n'),
            None => self.style.indent.is_some(),
        }
    }

    /// The white space before `value`.
    pub(super) fn before(&self, value: ValueRef<'_>) -> &'a str {
        let before = &self.tree.text()[..value.span().start as usize];
        &before[before.trim_end_matches([' ', '\t', '\r', '\n']).len()..]
    }

    /// Whether `value` is spelled over several lines or, where its kind does not show it, whether
    /// there is room for that: it or its key is the first thing on its line.
    pub(super) fn prefers_lines(&self, value: ValueRef<'_>) -> bool {
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
    pub(super) fn lead_inside(
        &self,
        container: ValueRef<'_>,
        sibling: Option<ValueRef<'_>>,
    ) -> String {
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
    pub(super) fn lead_of_line(&self, offset: u32) -> String {
        let before = &self.tree.text()[..offset as usize];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        before[line..]
            .chars()
            .take_while(|character| matches!(character, ' ' | '\t'))
            .collect()
    }
}
