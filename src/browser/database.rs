//! Records in IndexedDB.

use std::cell::Cell;
use std::rc::Rc;

use flow::storage::{Record, Sealed, Storage, StorageError, unseal};
use idb::{
    DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode, TransactionResult,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::FileSystemFileHandle;

use super::failure::storage_error;

/// Sealed records by key.
const RECORDS: &str = "records";
/// Handles of the files that documents came from, by the key of the document.
const HANDLES: &str = "handles";

/// A database of sealed records and file handles.
pub struct Database {
    name: String,
    opened: Option<idb::Database>,
    /// The browser closed it: its data was cleared, or another version wants in.
    closed: Rc<Cell<bool>>,
}

impl Database {
    /// The database of this name, opened when it is first used.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            opened: None,
            closed: Rc::default(),
        }
    }

    async fn open(&mut self) -> Result<&idb::Database, StorageError> {
        if self.closed.replace(false) {
            self.opened = None;
        }
        let opened = match self.opened.take() {
            Some(opened) => opened,
            None => self.connect().await?,
        };
        Ok(self.opened.insert(opened))
    }

    async fn connect(&self) -> Result<idb::Database, StorageError> {
        let factory = Factory::new().map_err(|error| reason(&error))?;
        let mut request = factory
            .open(&self.name, Some(1))
            .map_err(|error| reason(&error))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                for store in [RECORDS, HANDLES] {
                    // Fails only for a store that is there already.
                    let _ = database.create_object_store(store, ObjectStoreParams::new());
                }
            }
        });
        let mut database = request.await.map_err(|error| reason(&error))?;
        let closed = Rc::clone(&self.closed);
        database.on_close(move |_| closed.set(true));
        let closed = Rc::clone(&self.closed);
        database.on_version_change(move |event| {
            closed.set(true);
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(database)
    }

    async fn transaction(
        &mut self,
        store: &str,
        mode: TransactionMode,
    ) -> Result<(Transaction, idb::ObjectStore), StorageError> {
        let database = self.open().await?;
        let begin = |database: &idb::Database| database.transaction(&[store], mode);
        let transaction = match begin(database) {
            Ok(transaction) => transaction,
            // Closed without a word: once more with a new connection.
            Err(_) => {
                self.opened = None;
                begin(self.open().await?).map_err(|error| reason(&error))?
            }
        };
        let store = transaction
            .object_store(store)
            .map_err(|error| reason(&error))?;
        Ok((transaction, store))
    }

    /// Keeps the handle of the file a document came from, or forgets it.
    pub async fn keep_handle(
        &mut self,
        key: &str,
        handle: Option<&FileSystemFileHandle>,
    ) -> Result<(), StorageError> {
        let (transaction, store) = self
            .transaction(HANDLES, TransactionMode::ReadWrite)
            .await?;
        let key = JsValue::from_str(key);
        match handle {
            Some(handle) => store.put(handle, Some(&key)).map(drop),
            None => store.delete(key).map(drop),
        }
        .map_err(|error| reason(&error))?;
        committed(transaction, &store).await
    }

    /// The handles that were kept, by key.
    pub async fn handles(&mut self) -> Result<Vec<(String, FileSystemFileHandle)>, StorageError> {
        let entries = self.entries(HANDLES).await?;
        Ok(entries
            .into_iter()
            .filter_map(|(key, handle)| Some((key, handle.dyn_into().ok()?)))
            .collect())
    }

    async fn entries(&mut self, store: &str) -> Result<Vec<(String, JsValue)>, StorageError> {
        let (_transaction, store) = self.transaction(store, TransactionMode::ReadOnly).await?;
        // Both are asked for before either answers: the transaction ends when it is idle.
        let keys = store.get_all_keys(None, None).map_err(|it| reason(&it))?;
        let values = store.get_all(None, None).map_err(|it| reason(&it))?;
        let keys = keys.await.map_err(|error| reason(&error))?;
        let values = values.await.map_err(|error| reason(&error))?;
        let entries = keys.into_iter().zip(values);
        Ok(entries
            .filter_map(|(key, value)| Some((key.as_string()?, value)))
            .collect())
    }
}

impl Storage for Database {
    async fn load(&mut self) -> Result<Vec<Record>, StorageError> {
        let entries = self.entries(RECORDS).await?;
        let whole = entries.into_iter().filter_map(|(key, value)| {
            let bytes = value.dyn_into::<Uint8Array>().ok()?.to_vec();
            let (sequence, payload) = unseal(&bytes)?;
            Some(Record {
                key,
                sequence,
                payload: payload.to_vec(),
            })
        });
        Ok(whole.collect())
    }

    async fn write(&mut self, puts: &[Sealed], removals: &[String]) -> Result<(), StorageError> {
        let (transaction, store) = self
            .transaction(RECORDS, TransactionMode::ReadWrite)
            .await?;
        for Sealed { key, bytes } in puts {
            let value = Uint8Array::from(bytes.as_slice());
            let key = JsValue::from_str(key);
            store
                .put(&value, Some(&key))
                .map_err(|error| reason(&error))?;
        }
        for key in removals {
            let key = JsValue::from_str(key);
            store.delete(key).map_err(|error| reason(&error))?;
        }
        committed(transaction, &store).await
    }
}

/// Waits until what a transaction did is stored.
async fn committed(transaction: Transaction, store: &idb::ObjectStore) -> Result<(), StorageError> {
    let same = store.transaction();
    let why = |fallback: &str| match same.error() {
        Some(error) => storage_error(&error),
        None => StorageError::Failed(fallback.to_owned()),
    };
    match transaction.await {
        Ok(TransactionResult::Committed) => Ok(()),
        Ok(TransactionResult::Aborted) => Err(why("The browser gave it up.")),
        Err(error) => Err(why(&error.to_string())),
    }
}

fn reason(error: &idb::Error) -> StorageError {
    match error {
        idb::Error::DomException(error) => storage_error(error),
        idb::Error::UpdateFailed(value)
        | idb::Error::DeleteFailed(value)
        | idb::Error::IndexedDbNotFound(value)
        | idb::Error::IndexedDbOpenFailed(value)
        | idb::Error::TransactionOpenFailed(value) => storage_error(value),
        other => StorageError::Failed(other.to_string()),
    }
}
