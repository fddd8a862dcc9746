//! Keeping the records of operations: what they are about to change, the audit log, the practice
//! tenant. In a store of their own, so that a workspace opens without reading them.

use flow::storage::{Batch, StorageError};

use super::keep::{Store, batch, store};
use super::messages::{JOURNAL, Save, StoredRecord};

/// The name of the database and the folder.
const NAME: &str = "flowdeck-operations";

/// Keeps the records.
pub(super) struct BooksKeeper {
    store: Store,
    /// The highest sequence number in use, once the store was read by the tab that writes.
    sequence: Option<u64>,
}

impl BooksKeeper {
    /// Reads nothing yet.
    pub(super) fn new() -> Self {
        Self {
            store: store(NAME),
            sequence: None,
        }
    }

    /// Whether there is a record of an operation that is not over.
    pub(super) async fn is_interrupted(&mut self) -> bool {
        // What cannot be read now is asked for again when it is needed, and said then.
        let records = self.read(true).await.unwrap_or_default();
        records.iter().any(|record| record.key.starts_with(JOURNAL))
    }

    /// Stores records; why that cannot be done, as a sentence.
    pub(super) async fn write(&mut self, save: Save, writes: bool) -> Result<(), String> {
        if !writes {
            return Err(
                "This workspace is open in another tab, and only that one may write.".to_owned(),
            );
        }
        if self.sequence.is_none() {
            self.read(true).await?;
        }
        let sequence = self.sequence.unwrap_or_default() + 1;
        self.sequence = Some(sequence);
        let batch = Batch {
            sequence,
            ..batch(save)
        };
        let outcome = self.store.write(&batch).await;
        in_one_place(outcome.first, outcome.second)
    }

    /// Every record; why they cannot be read, as a sentence.
    pub(super) async fn read(&mut self, writes: bool) -> Result<Vec<StoredRecord>, String> {
        let opened = if writes {
            self.store.open().await
        } else {
            self.store.look().await
        };
        in_one_place(opened.first, opened.second)?;
        if writes {
            self.sequence = Some(self.sequence.unwrap_or_default().max(opened.sequence));
        }
        Ok(opened.records.into_iter().map(StoredRecord::from).collect())
    }
}

/// One of the two copies will do; that the other cannot be kept is said when the workspace is saved.
fn in_one_place(
    first: Result<(), StorageError>,
    second: Result<(), StorageError>,
) -> Result<(), String> {
    first.or(second).map_err(|error| error.to_string())
}
