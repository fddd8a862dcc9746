//! Records of what operations are about to change. One is written before each request that changes
//! something and removed when it is known how the operation ended, so what is left over at a start
//! was interrupted.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ports::{Journal, StoreError};

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// Publishes and promotes a new version of a dialog flow.
    Deploy,
    /// Promotes a version that exists.
    Promote,
    /// Promotes the version before.
    RollBack,
    /// Exports a flow and hands it on.
    Export,
    /// Pushes transitions of states.
    PushTransitions,
    /// Updates variables of a dialog.
    UpdateVariables,
    /// Runs a simulation.
    Simulate,
    /// Injects context into a conversation.
    InjectContext,
}

/// What is about to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Record {
    /// The operation, and the name of the record.
    pub id: String,
    /// What it does.
    pub kind: Option<OperationKind>,
    /// The base URL of the tenant.
    pub tenant: String,
    /// The step that is about to be taken.
    pub step: String,
    /// What is changed: the id of a dialog, a state, a conversation.
    pub subject: String,
    /// What was there before: the id of the active version, a version mark.
    pub before: Option<String>,
    /// What shall be there after: the id of a version.
    pub target: Option<String>,
    /// The number of the new version.
    pub version: Option<String>,
    /// SHA-256 of what shall be there after.
    pub content_hash: Option<String>,
    /// The audit entry of the intent.
    pub intent: Option<u64>,
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// What else the operation needs to find its way back.
    pub more: Value,
}

impl Record {
    /// As it is stored.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The records that are left over, and the texts that are no records.
pub async fn unfinished(journal: &dyn Journal) -> Result<(Vec<Record>, Vec<String>), StoreError> {
    let (mut records, mut unreadable) = (Vec::new(), Vec::new());
    for text in journal.list().await? {
        match serde_json::from_str::<Record>(&text) {
            Ok(record) if record.kind.is_some() && !record.id.is_empty() => records.push(record),
            _ => unreadable.push(text),
        }
    }
    Ok((records, unreadable))
}
