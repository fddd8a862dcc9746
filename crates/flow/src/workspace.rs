//! The workspace: the open documents with their layout, as one JSON text for a file, and as
//! records for a store.
//!
//! A file is one text with everything in it. A store holds a record for each document, so that
//! one edit stores one document, and an index record that names them in order. Texts are kept
//! whether or not they can be opened as documents.

mod link;
mod original;
mod read;
mod rule_settings;
mod write;

use std::sync::Arc;

pub use link::Link;
pub use original::Original;
pub use rule_settings::RuleSettings;

use crate::annotations::Annotations;
use crate::rules::Acknowledgement;
use crate::session::Positions;
use crate::view::View;

use crate::document::WORKSPACE_FORMAT as VERSION;
/// The key of the index among the records of a store; documents have their id.
pub const INDEX_KEY: &str = "workspace";

/// A workspace, without a meaning given to what is inside the documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// What the user calls it.
    pub name: String,
    /// The id of the document that is shown.
    pub active: Option<String>,
    /// The documents, in the order of their tabs.
    pub documents: Vec<StoredDocument>,
    /// Conversation tests, each as spelled.
    pub tests: Vec<RawJson>,
    /// Which payloads belong to which flow, each as spelled: a [`Link`], or what a program that
    /// knows more has written.
    pub links: Vec<RawJson>,
    /// Connections without their secrets, each as spelled.
    pub connections: Vec<RawJson>,
    /// How severe rules are.
    pub rules: RuleSettings,
    /// What a program that knows more has written, as spelled.
    pub unknown: Vec<Member>,
    /// The number of the format when it is newer than [`VERSION`]: such a workspace is looked at
    /// and never written, because what it means beyond this version is not known.
    pub newer: Option<String>,
}

/// A document as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDocument {
    /// Names it within the workspace.
    pub id: String,
    /// Its kind: a [`crate::document::DocumentKind`] by name, or one this version does not know.
    pub kind: String,
    /// The name of its file.
    pub file_name: String,
    /// Its text.
    pub text: Arc<str>,
    /// Where nodes were placed by hand.
    pub layout: Positions,
    /// Its groups and notes.
    pub annotations: Annotations,
    /// Pan and zoom when it was last looked at.
    pub view: Option<View>,
    /// How the file's text differs; none when the file holds this text.
    pub original: Option<Original>,
    /// The problems that were accepted.
    pub acknowledgements: Vec<Acknowledgement>,
    /// What a program that knows more has written, as spelled.
    pub unknown: Vec<Member>,
}

/// A JSON value as spelled.
pub type RawJson = String;

/// A member of a JSON object, its value as spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its decoded key.
    pub key: String,
    /// Its value.
    pub value: RawJson,
}

/// The documents of a store, put in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assembled {
    /// The workspace.
    pub workspace: Workspace,
    /// Keys of documents that were closed while the store could not forget them any more.
    pub left_over: Vec<String>,
    /// Keys of records that cannot be read, and why. They are kept in the store as they are.
    pub unreadable: Vec<(String, String)>,
}

impl Assembled {
    /// Puts the records of a store together.
    ///
    /// A document that the index does not list was closed when the index is the newer one of the
    /// two; else it was opened and the index not yet stored, and comes last.
    pub fn of(records: &[crate::storage::Record]) -> Self {
        let mut assembled = Self::default();
        let mut index_sequence = 0;
        let index = records.iter().find(|record| record.key == INDEX_KEY);
        let mut listed = Vec::new();
        if let Some(index) = index {
            match Workspace::read_index(&index.payload) {
                Ok((workspace, entries)) => {
                    assembled.workspace = workspace;
                    listed = entries;
                    index_sequence = index.sequence;
                }
                Err(reason) => assembled.unreadable.push((index.key.clone(), reason)),
            }
        }
        let mut found = Vec::new();
        for record in records.iter().filter(|record| record.key != INDEX_KEY) {
            let place = listed.iter().position(|(id, _)| *id == record.key);
            if place.is_none() && record.sequence < index_sequence {
                assembled.left_over.push(record.key.clone());
                continue;
            }
            match StoredDocument::read_record(&record.payload) {
                Ok(mut document) => {
                    document.id.clone_from(&record.key);
                    document.view = place.and_then(|place| listed[place].1);
                    found.push((place.unwrap_or(usize::MAX), document));
                }
                Err(reason) => assembled.unreadable.push((record.key.clone(), reason)),
            }
        }
        found.sort_by_key(|(place, _)| *place);
        assembled.workspace.documents = found.into_iter().map(|(_, document)| document).collect();
        assembled
    }
}

#[cfg(test)]
mod tests;
