//! How two versions of a document differ, told the same way for charts, dialog flows and state flows: one
//! entry for each card and wire that was added, removed, moved, changed or leads elsewhere now, with its
//! fields before and after. Payloads compare value by value. Edits that lead from one flow to the other are
//! made in [`crate::difference`], which this is told from where it knows the documents.

mod chart;
mod fields;
mod flow;
mod html;
mod json;
mod markdown;
mod order;
mod overlay;
mod problems;
mod sets;
mod text;
mod text_difference;
mod words;

use compact_str::CompactString;

pub use fields::Step;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use overlay::{MarksOf, Overlay, overlay};
pub use problems::{ProblemsBetween, problems_between};
pub use sets::{FileComparison, SetComparison, Side, compare_sets};
pub use text::{Tone, text};
pub use text_difference::{Hunk, HunkLine, TextDifference};
pub use words::{field_value, headline};

use crate::diagram::LinkOf;
use crate::document::{Document, DocumentKind, View};
use fields::Walk;

/// How one document differs from another.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What the old and the new document are.
    pub kinds: (DocumentKind, DocumentKind),
    /// What differs: the document itself first, then its cards in reading order or in the order of the
    /// file, then wires and variables.
    pub entries: Vec<Entry>,
    /// Which card of the new document each card of the old one is.
    pub cards: Pairs,
    /// How many nodes of a chart have other ids and are the same for all that: every import gives new
    /// ones.
    pub renumbered: usize,
    /// Whether only one of two charts has the settings of its nodes, which therefore were not compared.
    pub lacks_settings: bool,
}

/// One thing that differs.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What sort of thing it is.
    pub about: About,
    /// How it differs; several at once for a node that was moved and changed.
    pub marks: Marks,
    /// What it is in the old document; none where it was added.
    pub old: Option<Item>,
    /// What it is in the new document; none where it was removed.
    pub new: Option<Item>,
    /// What differs in it. All its fields where it was added or removed.
    pub fields: Vec<Field>,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The document itself.
    Document,
    /// A node or a state.
    Card,
    /// An edge or a transition.
    Wire,
    /// A declared variable.
    Variable,
}

/// Something in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Which card it is.
    pub card: Option<u32>,
    /// Which edge or transition it is.
    pub link: Option<LinkOf>,
    /// Its id.
    pub id: CompactString,
    /// What a person calls it.
    pub name: CompactString,
    /// What type of thing it is, where it has one.
    pub type_name: CompactString,
    /// JSON Pointer of the object it is.
    pub pointer: String,
    /// Where it stands in the tree of a chart.
    pub place: Option<Place>,
}

/// Where a node stands in the tree of a chart. Nodes are cards of the same document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The list it is in.
    pub list: List,
    /// What stands directly before it in that list.
    pub after: Option<u32>,
    /// The same in words: "after “Ask”, in “then” of “Is it open?”".
    pub words: String,
}

/// A list of nodes of a chart in which order means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// What nothing leads to: the start, and what has lost its place. The order means nothing.
    Roots,
    /// The heads of the branches of this node.
    Branches(u32),
    /// What follows this head of a chain.
    Chain(u32),
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The way to it from the thing it belongs to.
    pub path: Vec<Step>,
    /// The same in words.
    pub label: String,
    /// JSON Pointer of the value in the old document, or of the text that holds it.
    pub old_pointer: Option<String>,
    /// The same in the new document.
    pub new_pointer: Option<String>,
    /// The value before, as JSON in one spelling; none where it was not there.
    pub before: Option<String>,
    /// The value now; none where it is gone.
    pub after: Option<String>,
    /// What people call what the value names, before and now: the node that a jump leads to.
    pub names: (Option<CompactString>, Option<CompactString>),
    /// Which lines differ, for code and texts of several lines.
    pub lines: Option<TextDifference>,
    /// Whether it changes nothing that the document says: where a card stands, a reference.
    pub is_minor: bool,
}

/// How something differs: any of the five at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(u8);

impl Marks {
    /// The same in both.
    pub const SAME: Self = Self(0);
    /// Only in the new document.
    pub const ADDED: Self = Self(1);
    /// Only in the old document.
    pub const REMOVED: Self = Self(2);
    /// In another branch, or at another place among those that stayed.
    pub const MOVED: Self = Self(4);
    /// With other fields.
    pub const CHANGED: Self = Self(8);
    /// It leads elsewhere.
    pub const RETARGETED: Self = Self(16);

    /// Each with the word that people and programs know it by.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::ADDED, "added"),
        (Self::REMOVED, "removed"),
        (Self::MOVED, "moved"),
        (Self::CHANGED, "changed"),
        (Self::RETARGETED, "retargeted"),
    ];

    /// Whether all of `other` hold.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Nothing, or `self` where it holds.
    #[must_use]
    fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::SAME }
    }

    /// Whether nothing differs.
    pub fn is_same(self) -> bool {
        self == Self::SAME
    }

    /// The words of those that hold.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let holds = Self::ALL
            .into_iter()
            .filter(move |(mark, _)| self.has(*mark));
        holds.map(|(_, word)| word)
    }
}

/// Which things of two lists are the same, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    new_of: Vec<Option<u32>>,
    old_of: Vec<Option<u32>>,
}

impl Pairs {
    fn new(old: usize, new: usize) -> Self {
        Self {
            new_of: vec![None; old],
            old_of: vec![None; new],
        }
    }

    fn pair(&mut self, old: u32, new: u32) {
        self.new_of[old as usize] = Some(new);
        self.old_of[new as usize] = Some(old);
    }

    /// What something old is now; none when it was removed.
    pub fn new_of(&self, old: u32) -> Option<u32> {
        self.new_of.get(old as usize).copied().flatten()
    }

    /// What something new was before; none when it was added.
    pub fn old_of(&self, new: u32) -> Option<u32> {
        self.old_of.get(new as usize).copied().flatten()
    }

    /// All pairs of old and new, in the order of the old.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let old = (0_u32..).zip(&self.new_of);
        old.filter_map(|(old, new)| Some((old, (*new)?)))
    }
}

impl Entry {
    /// Whether it changes nothing that the document says.
    pub fn is_minor(&self) -> bool {
        self.marks == Marks::CHANGED && self.fields.iter().all(|field| field.is_minor)
    }

    /// What it is now; what it was, where it was removed.
    pub fn item(&self) -> Option<&Item> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

impl Comparison {
    /// Compares two documents of any kinds.
    ///
    /// # Complexity
    /// O(n log n) in the size of both, but for texts of several lines: see [`TextDifference`].
    pub fn between(old: &Document, new: &Document) -> Self {
        match (old.view(), new.view()) {
            (View::Chart(before), View::Chart(after)) => {
                chart::compare((old, before), (new, after))
            }
            _ => flow::compare(old, new).unwrap_or_else(|| values(old, new)),
        }
    }

    /// Whether nothing differs, other ids of the same nodes apart.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries have this mark.
    pub fn count(&self, mark: Marks) -> usize {
        let entries = self.entries.iter();
        entries.filter(|entry| entry.marks.has(mark)).count()
    }
}

/// Compares documents that are no flows of one kind: value by value.
fn values(old: &Document, new: &Document) -> Comparison {
    let kinds = (old.kind(), new.kind());
    let mut walk = Walk::new(old.tree(), new.tree(), |_| false);
    walk.values(old.tree().root(), new.tree().root());
    let item = |document: &Document| Item {
        name: document.title().into(),
        type_name: document.kind().label().into(),
        ..Item::default()
    };
    let entry = Entry {
        about: About::Document,
        marks: Marks::CHANGED,
        old: Some(item(old)),
        new: Some(item(new)),
        fields: walk.take(),
    };
    let differs = !entry.fields.is_empty();
    Comparison {
        kinds,
        entries: differs.then_some(entry).into_iter().collect(),
        cards: Pairs::default(),
        renumbered: 0,
        lacks_settings: false,
    }
}
