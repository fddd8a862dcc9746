//! Reading the text of a fragment. What somebody else's program wrote under its name is not trusted.

use std::collections::HashMap;

use super::{Fragment, FragmentKind, Item, MARK, Piece};
use crate::annotations::{Annotations, LEAST_NOTE};
use crate::geometry::{Point, Rect};
use crate::json::{Kind, ValueRef, parse};
use crate::kept::annotations_in;

/// Why a text that calls itself a fragment is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// What is missing.
    what: String,
}

impl std::fmt::Display for Incomplete {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The clipboard holds a piece of a flow that is not complete: {} Nothing was pasted. \
             Copy it again where it comes from.",
            self.what
        )
    }
}

impl std::error::Error for Incomplete {}

impl Fragment {
    /// Reads a fragment; none when the text does not call itself one. O(text).
    ///
    /// # Errors
    ///
    /// It calls itself a fragment and lacks what one needs.
    pub fn read(text: &str) -> Option<Result<Self, Incomplete>> {
        // What does not even name the mark need not be parsed.
        if !text.contains(MARK) {
            return None;
        }
        let tree = parse(text.into()).ok()?;
        let mark = tree.root().get("flowdeck").and_then(ValueRef::as_str);
        (mark.as_deref() == Some(MARK)).then_some(())?;
        let read = Contents::read(tree.root());
        Some(read.map(|contents| Self {
            tree,
            kind: contents.kind,
            items: contents.items,
            edges: contents.edges,
            annotations: contents.annotations,
        }))
    }
}

struct Contents {
    kind: FragmentKind,
    items: Vec<Item>,
    edges: Vec<Piece>,
    annotations: Annotations,
}

impl Contents {
    fn read(root: ValueRef<'_>) -> Result<Self, Incomplete> {
        let kinds = [FragmentKind::Nodes, FragmentKind::States];
        let found = kinds.into_iter().find_map(|kind| {
            let list = root.get(kind.key())?;
            (list.kind() == Kind::Array).then_some((kind, list))
        });
        let (kind, list) = found.ok_or_else(|| incomplete("it has neither nodes nor states."))?;
        let corners = root.get("corners").into_iter().flat_map(ValueRef::elements);
        let mut corners = corners.map(|corner| {
            let mut numbers = corner.elements().map(ValueRef::as_f64);
            match (numbers.next().flatten(), numbers.next().flatten()) {
                (Some(x), Some(y)) if x.is_finite() && y.is_finite() => Point::new(x, y),
                _ => Point::default(),
            }
        });
        let mut items = Vec::new();
        for (index, value) in list.elements().enumerate() {
            let id = value.get("id").and_then(ValueRef::as_str).ok_or_else(|| {
                let key = kind.key();
                incomplete(&format!("number {} of its {key} has no id.", index + 1))
            })?;
            items.push(Item {
                at: value.id(),
                id: (&*id).into(),
                corner: corners.next().unwrap_or_default(),
            });
        }
        let mut annotations = annotations_in(root);
        if items.is_empty() && annotations.notes.is_empty() {
            return Err(incomplete("it is empty."));
        }
        let mut first = HashMap::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            first.entry(item.id.as_str()).or_insert(index);
        }
        let edges = root.get("edges").into_iter().flat_map(ValueRef::elements);
        let piece = |value: ValueRef<'_>| {
            let text = |key| value.get(key).and_then(ValueRef::as_str);
            // An edge that leads out of the fragment is not part of it.
            Some(Piece {
                at: value.id(),
                id: (&*text("id")?).into(),
                source: *first.get(&*text("source")?)?,
                target: *first.get(&*text("target")?)?,
            })
        };
        let edges = edges.filter_map(piece).collect();
        for group in annotations.groups.values_mut() {
            group.members.retain(|id| first.contains_key(id.as_str()));
        }
        (annotations.groups).retain(|_, group| !group.members.is_empty());
        for note in annotations.notes.values_mut() {
            let (width, height) = LEAST_NOTE;
            let area = note.area;
            note.area = Rect::at(area.min, area.width().max(width), area.height().max(height));
        }
        Ok(Self {
            kind,
            items,
            edges,
            annotations,
        })
    }
}

fn incomplete(what: &str) -> Incomplete {
    Incomplete {
        what: what.to_owned(),
    }
}
