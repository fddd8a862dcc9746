//! Telling the kinds of documents apart by what is in them.

use super::project::located;
use crate::json::{Kind, Locator, ReadError, Tree, ValueRef};

/// The kinds of documents that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Nodes, edges and variables with an entry point.
    DialogFlow,
    /// States and transitions of one bot flow, or one such state.
    StateFlow,
    /// Variables to inject into a conversation.
    ContextSet,
    /// Session and user variables of a running dialog.
    StateVariables,
    /// User inputs with assertions.
    Simulation,
    /// A dialog flow in a sync payload with a checksum.
    Artifact,
    /// A saved workspace.
    Workspace,
    /// A chart as Cognigy.AI exports it.
    Chart,
    /// An archive of Cognigy.AI with the charts of several flows.
    Package,
}

impl DocumentKind {
    /// Every kind, in the order they are named to users.
    pub const ALL: [Self; 9] = [
        Self::DialogFlow,
        Self::StateFlow,
        Self::ContextSet,
        Self::StateVariables,
        Self::Simulation,
        Self::Artifact,
        Self::Workspace,
        Self::Chart,
        Self::Package,
    ];

    /// The name other programs see in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DialogFlow => "dialog-flow",
            Self::StateFlow => "state-flow",
            Self::ContextSet => "context-set",
            Self::StateVariables => "state-variables",
            Self::Simulation => "simulation",
            Self::Artifact => "artifact",
            Self::Workspace => "workspace",
            Self::Chart => "chart",
            Self::Package => "package",
        }
    }

    /// The name people see.
    pub fn label(self) -> &'static str {
        match self {
            Self::DialogFlow => "dialog flow",
            Self::StateFlow => "state flow",
            Self::ContextSet => "context set",
            Self::StateVariables => "state variables",
            Self::Simulation => "simulation script",
            Self::Artifact => "sync payload",
            Self::Workspace => "workspace",
            Self::Chart => "Cognigy chart",
            Self::Package => "Cognigy package",
        }
    }

    /// The top-level keys that, together, nothing else has. The first that is complete decides.
    fn signature(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Artifact => &[&["artifact", "checksum"], &["artifact", "dialog_id"]],
            Self::Workspace => &[&["flowdeck", "documents"]],
            Self::Chart => &[&["nodes", "relations"]],
            Self::DialogFlow => &[&["nodes", "edges"], &["nodes", "entryPoint"]],
            Self::StateFlow => &[&["states"], &["id", "transitions"]],
            Self::Simulation => &[&["inputs"], &["botId", "environmentId"]],
            // Of signatures that lack as much as each other, the last is named as the nearest.
            Self::ContextSet => &[
                &["conversation_id", "context"],
                &["conversation_id", "variables"],
                &["conversationId", "context"],
                &["conversationId", "variables"],
            ],
            Self::StateVariables => &[&["dialogId"]],
            // An archive is known by its files.
            Self::Package => &[],
        }
    }
}

impl DocumentKind {
    /// The kind a tree is, judged by its top-level keys alone; none when it fits no kind.
    pub fn of(tree: &Tree) -> Option<Self> {
        let root = tree.root();
        let has = |key: &&str| root.get(key).is_some();
        ORDER.into_iter().find(|kind| {
            let mut signatures = kind.signature().iter();
            signatures.any(|keys| keys.iter().all(has))
        })
    }
}

/// The order in which signatures are tried: the most telling first.
const ORDER: [DocumentKind; 8] = [
    DocumentKind::Artifact,
    DocumentKind::Workspace,
    DocumentKind::Chart,
    DocumentKind::DialogFlow,
    DocumentKind::StateFlow,
    DocumentKind::Simulation,
    DocumentKind::ContextSet,
    DocumentKind::StateVariables,
];

/// Which kind of document a tree is; the error of an unknown shape says which kinds exist and
/// what the nearest one lacks.
pub(super) fn detect(tree: &Tree) -> Result<DocumentKind, Vec<ReadError>> {
    let root = tree.root();
    if root.kind() != Kind::Object {
        let found = root.kind().describe();
        return Err(vec![about(
            tree,
            format!(
                "Expected a JSON object as the document, found {found}. {}",
                kinds()
            ),
        )]);
    }
    let has = |key: &&str| root.get(key).is_some();
    if let Some(kind) = DocumentKind::of(tree) {
        return Ok(kind);
    }
    let nearest = ORDER
        .iter()
        .flat_map(|&kind| kind.signature().iter().map(move |&keys| (kind, keys)))
        .map(|(kind, keys)| (keys.iter().filter(|key| has(key)).count(), kind, keys))
        .filter(|(present, ..)| *present > 0)
        .max_by_key(|(present, kind, _)| (*present, std::cmp::Reverse(*kind)));
    let lacks = nearest.map_or_else(
        || {
            let found: Vec<String> = root
                .members()
                .take(5)
                .filter_map(|(key, _)| key.as_str().map(|key| format!("\"{key}\"")))
                .collect();
            if found.is_empty() {
                "The object is empty.".to_owned()
            } else {
                format!("The keys found ({}) fit none of them.", found.join(", "))
            }
        },
        |(_, kind, keys)| {
            let missing: Vec<String> = keys
                .iter()
                .filter(|key| !has(key))
                .map(|key| format!("\"{key}\""))
                .collect();
            format!(
                "It is nearest to a {}, which needs {} too.",
                kind.label(),
                missing.join(" and ")
            )
        },
    );
    Err(vec![about(
        tree,
        format!("This is no document Flowdeck knows. {lacks} {}", kinds()),
    )])
}

/// The error for a text that would have to be an archive.
pub(super) fn no_archive(tree: &Tree) -> ReadError {
    about(
        tree,
        "A Cognigy package is a ZIP archive, and this is a text.".to_owned(),
    )
}

fn kinds() -> String {
    let labels: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.label()).collect();
    format!("Flowdeck knows: {}.", labels.join(", "))
}

fn about(tree: &Tree, message: String) -> ReadError {
    located(
        tree,
        &mut Locator::new(tree),
        ValueRef::id(tree.root()),
        message,
    )
}
