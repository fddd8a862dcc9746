//! The files that belong to this site and that only it sees (the origin private file system).
//! Written through synchronous handles, which exist in workers alone and can be flushed.

use flow::storage::{Files, StorageError};
use js_sys::{AsyncIterator, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DedicatedWorkerGlobalScope, DomException, File, FileSystemDirectoryHandle,
    FileSystemFileHandle, FileSystemGetFileOptions, FileSystemSyncAccessHandle,
};

use super::failure::storage_error;

/// A folder of such files. Its files are only written from a worker.
#[derive(Debug)]
pub struct OriginFiles {
    folder: String,
    opened: Option<FileSystemDirectoryHandle>,
}

impl OriginFiles {
    /// The folder of this name, made when it is first used.
    pub fn new(folder: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            opened: None,
        }
    }

    async fn open(&mut self) -> Result<FileSystemDirectoryHandle, StorageError> {
        if let Some(opened) = &self.opened {
            return Ok(opened.clone());
        }
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let navigator = scope.navigator();
        if !Reflect::has(&navigator, &"storage".into()).unwrap_or(false) {
            let reason = "It has no files of its own for a page at such an address.";
            return Err(StorageError::Unavailable(reason.to_owned()));
        }
        let root: FileSystemDirectoryHandle = settled(navigator.storage().get_directory()).await?;
        let options = web_sys::FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        let made = root.get_directory_handle_with_options(&self.folder, &options);
        let opened: FileSystemDirectoryHandle = settled(made).await?;
        self.opened = Some(opened.clone());
        Ok(opened)
    }
}

async fn settled<T: JsCast>(promise: js_sys::Promise) -> Result<T, StorageError> {
    let value = JsFuture::from(promise).await;
    value
        .map(JsCast::unchecked_into)
        .map_err(|error| storage_error(&error))
}

impl Files for OriginFiles {
    async fn names(&mut self) -> Result<Vec<String>, StorageError> {
        let keys: AsyncIterator = self.open().await?.keys();
        let mut names = Vec::new();
        loop {
            let next = keys.next().map_err(|error| storage_error(&error))?;
            let step: js_sys::IteratorNext = settled(next).await?;
            if step.done() {
                return Ok(names);
            }
            names.extend(step.value().as_string());
        }
    }

    async fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        let folder = self.open().await?;
        let handle: FileSystemFileHandle = settled(folder.get_file_handle(name)).await?;
        let file: File = settled(handle.get_file()).await?;
        let buffer: JsValue = settled(file.array_buffer()).await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    async fn write(&mut self, name: &str, content: &[u8]) -> Result<(), StorageError> {
        let folder = self.open().await?;
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let handle: FileSystemFileHandle =
            settled(folder.get_file_handle_with_options(name, &options)).await?;
        let access: FileSystemSyncAccessHandle =
            settled(handle.create_sync_access_handle()).await?;
        let written = write_all(&access, content);
        access.close();
        written
    }

    async fn remove(&mut self, name: &str) -> Result<(), StorageError> {
        let folder = self.open().await?;
        match JsFuture::from(folder.remove_entry(name)).await {
            Ok(_) => Ok(()),
            Err(error) if is_not_found(&error) => Ok(()),
            Err(error) => Err(storage_error(&error)),
        }
    }
}

fn write_all(access: &FileSystemSyncAccessHandle, content: &[u8]) -> Result<(), StorageError> {
    let failed = |error: JsValue| storage_error(&error);
    // A new handle stands at the start of the file.
    let written = access.write_with_u8_array(content).map_err(failed)?;
    // Browsers report a disk that filled up in the middle by a smaller number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "files are far smaller than 2^53 bytes"
    )]
    if written < content.len() as f64 {
        return Err(StorageError::Full);
    }
    access.truncate_with_f64(written).map_err(failed)?;
    access.flush().map_err(failed)
}

fn is_not_found(error: &JsValue) -> bool {
    error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == "NotFoundError")
}
