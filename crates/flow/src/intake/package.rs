//! A package of Cognigy.AI: its parts as they come in, what they say about it, and how they belong
//! together. A chart of a package holds no nodes: each node is a part of its own that names its chart, with
//! the settings of every language. [`compose`] makes the text of a chart.

mod compose;
mod join;
mod order;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use crate::json::{Kind, ReadError, Tree, ValueRef, decode_text, parse};
use crate::rules::chart_index::KnownFlow;
pub(super) use join::Joined;

/// What a package says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFacts {
    /// What it is called.
    pub name: String,
    /// What its author noted.
    pub description: String,
    /// The version of Cognigy.AI that wrote it.
    pub cognigy_version: String,
    /// When, as the file spells it.
    pub created_at: String,
    /// How many things of each sort there are, by the name of their folder.
    pub counts: Vec<(String, usize)>,
}

/// The parts of a package that were read.
#[derive(Debug)]
pub(super) struct Parts {
    /// What stands before the paths of its charts.
    base: String,
    index: Option<Tree>,
    flows: Vec<Part>,
    charts: Vec<Part>,
    nodes: Vec<Part>,
    locales: Vec<Part>,
    counts: BTreeMap<String, usize>,
    /// The folder and the name of each part that could not be read.
    broken: BTreeSet<(String, String)>,
}

/// A part: a file with one object.
#[derive(Debug)]
struct Part {
    id: CompactString,
    tree: Tree,
}

impl Parts {
    /// A package whose charts have paths that start with `base`.
    pub(super) fn new(base: String) -> Self {
        Self {
            base,
            index: None,
            flows: Vec::new(),
            charts: Vec::new(),
            nodes: Vec::new(),
            locales: Vec::new(),
            counts: BTreeMap::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Where its entry stands in the result.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Counts a file, and says whether it must be read.
    pub(super) fn count(&mut self, folder: Option<&str>) -> bool {
        let Some(folder) = folder else {
            return true;
        };
        if let Some(count) = self.counts.get_mut(folder) {
            *count += 1;
        } else {
            self.counts.insert(folder.to_owned(), 1);
        }
        matches!(folder, "flow" | "chart" | "nodeData" | "locale")
    }

    /// Takes up a file.
    pub(super) fn add(
        &mut self,
        folder: Option<&str>,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Vec<ReadError>> {
        let read = || {
            let text = decode_text(bytes).map_err(|error| vec![error])?;
            let tree = parse(text.into())?;
            match tree.root().kind() {
                Kind::Object => Ok(tree),
                other => Err(vec![ReadError::whole(format!(
                    "Expected an object as a part of the package, found {}.",
                    other.describe()
                ))]),
            }
        };
        let tree = read().inspect_err(|_| {
            let folder = folder.unwrap_or_default();
            self.broken.insert((folder.to_owned(), name.to_owned()));
        })?;
        let Some(folder) = folder else {
            self.index = Some(tree);
            return Ok(());
        };
        let id = text(tree.root(), "_id").map_or_else(|| name.into(), CompactString::from);
        let part = Part { id, tree };
        match folder {
            "flow" => self.flows.push(part),
            "chart" => self.charts.push(part),
            "nodeData" => self.nodes.push(part),
            _ => self.locales.push(part),
        }
        Ok(())
    }

    /// What the package says about itself.
    pub(super) fn facts(&self) -> PackageFacts {
        let said = |key| {
            let root = self.index.as_ref().map(Tree::root);
            root.and_then(|root| text(root, key))
                .map_or_else(String::new, Cow::into_owned)
        };
        PackageFacts {
            name: said("name"),
            description: said("description"),
            cognigy_version: said("cognigyVersion"),
            created_at: said("createdAt"),
            counts: self.counts.clone().into_iter().collect(),
        }
    }

    /// The flows of the package.
    pub(super) fn known(&self) -> impl Iterator<Item = KnownFlow> + '_ {
        self.flows.iter().filter_map(|flow| {
            let root = flow.tree.root();
            Some(KnownFlow {
                root: self.base.clone(),
                name: text(root, "name").map_or_else(|| flow.id.clone(), CompactString::from),
                reference: text(root, "referenceId").map(CompactString::from)?,
            })
        })
    }
}

/// A string that is a member of an object, unless it is blank.
fn text<'a>(object: ValueRef<'a>, key: &str) -> Option<Cow<'a, str>> {
    let text = object.get(key)?.as_str()?;
    (!text.trim().is_empty()).then_some(text)
}

/// The elements of a list that is a member of an object.
fn elements<'a>(object: Option<ValueRef<'a>>, key: &str) -> impl Iterator<Item = ValueRef<'a>> {
    let list = object.and_then(|object| object.get(key));
    list.into_iter().flat_map(ValueRef::elements)
}
