//! The typed view of a saved workspace. The documents in it stay texts here; each is opened on its
//! own.

use super::project::{Field, Item, Projector, pick};
use crate::json::{ReadError, Tree, ValueId, ValueRef};

/// The number of the workspace format that is written.
pub const WORKSPACE_FORMAT: u32 = 1;

/// A saved workspace.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The object: the root.
    pub at: ValueId,
    /// The number of its format.
    pub format: f64,
    /// What it is called.
    pub name: Field,
    /// In the order they are listed.
    pub documents: Vec<WorkspaceDocument>,
    /// The array `documents`.
    pub documents_at: ValueId,
    /// Which payloads belong to which flow.
    pub links: Vec<WorkspaceLink>,
    /// The array `links`, where the file has one.
    pub links_at: Option<ValueId>,
    /// The array `tests`, where the file has one.
    pub tests_at: Option<ValueId>,
    /// The array `connections`, where the file has one.
    pub connections_at: Option<ValueId>,
}

/// One document of a workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceDocument {
    /// The object.
    pub at: ValueId,
    /// What links call it.
    pub id: Field,
    /// The name of its kind, as [`DocumentKind`](super::DocumentKind) spells it.
    pub kind: Field,
    /// The name of its file.
    pub file_name: Field,
    /// The string that is its text.
    pub text_at: ValueId,
    /// Where its nodes stand, where that was stored.
    pub layout_at: Option<ValueId>,
}

/// A payload and the flow it belongs to, by document id.
#[derive(Clone, Debug)]
pub struct WorkspaceLink {
    /// The object.
    pub at: ValueId,
    /// The payload.
    pub payload: Field,
    /// The flow.
    pub flow: Field,
}

impl Workspace {
    /// Reads the workspace out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let what = "workspace";
        let [format, name, documents, tests, links, connections] = pick(
            object,
            [
                "flowdeck",
                "name",
                "documents",
                "tests",
                "links",
                "connections",
            ],
        );
        let format = match format {
            Some(format) => read.number(format, what, "flowdeck"),
            None => {
                read.missing(object, what, "flowdeck", "the number of the format");
                0.0
            }
        };
        read.list::<ValueId>(object, tests, what, "tests", false);
        read.list::<ValueId>(object, connections, what, "connections", false);
        let workspace = Self {
            at: object.id(),
            format,
            name: read.required(object, name, what, "name"),
            documents: read.list(object, documents, what, "documents", true),
            documents_at: documents.map_or(object.id(), ValueRef::id),
            links: read.list(object, links, what, "links", false),
            links_at: links.map(ValueRef::id),
            tests_at: tests.map(ValueRef::id),
            connections_at: connections.map(ValueRef::id),
        };
        read.finish(workspace)
    }

    /// Whether a newer version wrote it, so that it may be shown but not written.
    pub fn is_newer(&self) -> bool {
        self.format > f64::from(WORKSPACE_FORMAT)
    }
}

impl Item for WorkspaceDocument {
    const LEAST_BYTES: usize = r#"{"id":"","kind":"","fileName":"","text":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "document";
        let [id, kind, file_name, text, layout] =
            pick(object, ["id", "kind", "fileName", "text", "layout"]);
        match text {
            None => read.missing(object, what, "text", "a string"),
            Some(text) if !text.is_string() => read.wrong_type(text, what, "text", "a string"),
            Some(_) => {}
        }
        Self {
            at: object.id(),
            id: read.required(object, id, what, "id"),
            kind: read.required(object, kind, what, "kind"),
            file_name: read.required(object, file_name, what, "fileName"),
            text_at: text.map_or(object.id(), ValueRef::id),
            layout_at: layout.map(ValueRef::id),
        }
    }
}

impl Item for WorkspaceLink {
    const LEAST_BYTES: usize = r#"{"payload":"","flow":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let [payload, flow] = pick(object, ["payload", "flow"]);
        Self {
            at: object.id(),
            payload: read.required(object, payload, "link", "payload"),
            flow: read.required(object, flow, "link", "flow"),
        }
    }
}
