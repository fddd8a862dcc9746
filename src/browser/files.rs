//! Files of the user: picking, reading, writing in place, downloading.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransferItem, DataTransferItemList, File, FileList,
    FileSystemDirectoryEntry, FileSystemFileHandle, FileSystemWritableFileStream,
    HtmlAnchorElement, Url,
};

use super::folders;
use super::page::{document, error_text, window};

/// A file the user gave, with the handle to write it back where the browser has such.
#[derive(Clone, Debug)]
pub struct PickedFile {
    /// Its name; with its path where it is from a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it can be written back to.
    pub handle: Option<FileSystemFileHandle>,
}

/// Whether the browser lets a page write the files that were opened.
pub fn can_save_in_place() -> bool {
    Reflect::has(&window(), &"showOpenFilePicker".into()).unwrap_or(false)
}

/// A file the user handed over, before it is read.
pub enum Source {
    /// From an input element.
    File(File),
    /// From the picker.
    Handle(FileSystemFileHandle),
    /// From a drop, with the answer to the question for its handle.
    Dropped(File, Option<Promise>),
    /// From a folder, with its path in it.
    InFolder(File, String),
    /// A folder, whose files are still to be found.
    Folder(FileSystemDirectoryEntry),
}

impl Source {
    /// The name of the file, with its path where it is from a folder.
    pub fn name(&self) -> String {
        match self {
            Self::File(file) | Self::Dropped(file, _) => file.name(),
            Self::Handle(handle) => handle.name(),
            Self::InFolder(_, path) => path.clone(),
            Self::Folder(folder) => folder.name(),
        }
    }

    /// Reads the file; with its handle where there is one.
    pub async fn read(self) -> Result<PickedFile, String> {
        match self {
            Self::File(file) => read(&file).await,
            Self::InFolder(file, path) => {
                let read = read(&file).await?;
                Ok(PickedFile { name: path, ..read })
            }
            Self::Folder(folder) => Err(format!("{} is a folder.", folder.name())),
            Self::Handle(handle) => read_handle(handle).await,
            Self::Dropped(file, asked) => {
                let handle = match asked {
                    Some(asked) => JsFuture::from(asked).await.ok(),
                    None => None,
                };
                match handle.and_then(|handle| handle.dyn_into().ok()) {
                    Some(handle) => read_handle(handle).await,
                    None => read(&file).await,
                }
            }
        }
    }
}

/// Asks the user for files. An empty list when they changed their mind.
pub async fn pick() -> Result<Vec<Source>, String> {
    let options = Object::new();
    let set = |key: &str, value: &JsValue| {
        Reflect::set(&options, &key.into(), value).map_err(|error| error_text(&error))
    };
    set("multiple", &JsValue::TRUE)?;
    let picker: Function = Reflect::get(&window(), &"showOpenFilePicker".into())
        .and_then(JsCast::dyn_into)
        .map_err(|error| error_text(&error))?;
    let promise: Promise = picker
        .call1(&window(), &options)
        .and_then(JsCast::dyn_into)
        .map_err(|error| error_text(&error))?;
    let handles = match JsFuture::from(promise).await {
        Ok(handles) => Array::from(&handles),
        Err(error) if is_abort(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error_text(&error)),
    };
    let handles = handles.iter();
    Ok(handles
        .map(|handle| Source::Handle(handle.unchecked_into()))
        .collect())
}

fn is_abort(error: &JsValue) -> bool {
    error
        .dyn_ref::<web_sys::DomException>()
        .is_some_and(|error| error.name() == "AbortError")
}

/// Reads the file behind a handle as it is on the disk now.
pub async fn read_handle(handle: FileSystemFileHandle) -> Result<PickedFile, String> {
    let file = JsFuture::from(handle.get_file())
        .await
        .map_err(|error| error_text(&error))?;
    let mut picked = read(&file.unchecked_into()).await?;
    picked.handle = Some(handle);
    Ok(picked)
}

/// Reads a file.
async fn read(file: &File) -> Result<PickedFile, String> {
    let name = file.name();
    let limit = i32::try_from(flow::json::MAX_BYTES).unwrap_or(i32::MAX - 1);
    // Reading what will be refused anyway could exhaust the memory of the tab.
    let blob: Blob = if file.size() > f64::from(limit) {
        file.slice_with_i32_and_i32(0, limit + 1)
            .map_err(|error| error_text(&error))?
    } else {
        file.clone().unchecked_into()
    };
    let buffer = JsFuture::from(blob.array_buffer())
        .await
        .map_err(|error| error_text(&error))?;
    Ok(PickedFile {
        name,
        bytes: Uint8Array::new(&buffer).to_vec(),
        handle: None,
    })
}

/// The files of an input element.
pub fn list(files: &FileList) -> Vec<Source> {
    (0..files.length())
        .filter_map(|index| files.get(index))
        .map(|file| match within(&file) {
            Some(path) => Source::InFolder(file, path),
            None => Source::File(file),
        })
        .collect()
}

/// The path of a file in the folder that was chosen; none for a file that was chosen by itself.
fn within(file: &File) -> Option<String> {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok()?;
    path.as_string().filter(|path| !path.is_empty())
}

/// The files and folders of a drop. Their handles are asked for at once: a browser that has them gives them
/// only while the event is handled.
pub fn dropped(items: &DataTransferItemList) -> Vec<Source> {
    (0..items.length())
        .filter_map(|index| items.get(index))
        .filter(|item| item.kind() == "file")
        .filter_map(|item| {
            if let Some(folder) = folders::folder_of(&item) {
                return Some(Source::Folder(folder));
            }
            let file = item.get_as_file().ok().flatten()?;
            Some(Source::Dropped(file, ask_handle(&item)))
        })
        .collect()
}

fn ask_handle(item: &DataTransferItem) -> Option<Promise> {
    let method: Function = Reflect::get(item, &"getAsFileSystemHandle".into())
        .ok()?
        .dyn_into()
        .ok()?;
    method.call0(item).ok()?.dyn_into().ok()
}

/// Asks the user whether the page may write this file, where the browser wants that. Only while
/// the browser still counts what the user did last as a wish.
pub async fn may_write(handle: &FileSystemFileHandle) -> bool {
    let options = Object::new();
    let asked = Reflect::set(&options, &"mode".into(), &"readwrite".into())
        .and_then(|_| Reflect::get(handle, &"requestPermission".into()))
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|ask| ask.call1(handle, &options))
        .and_then(JsCast::dyn_into::<Promise>);
    match asked {
        Ok(answer) => JsFuture::from(answer)
            .await
            .is_ok_and(|answer| answer == "granted"),
        // A browser that has no such question says no when the file is written.
        Err(_) => true,
    }
}

/// Writes `text` to the file behind the handle. The old content stays until all is written.
pub async fn write(handle: &FileSystemFileHandle, text: &str) -> Result<(), String> {
    let stream: FileSystemWritableFileStream = JsFuture::from(handle.create_writable())
        .await
        .map_err(|error| error_text(&error))?
        .unchecked_into();
    let written = match stream.write_with_str(text) {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    written.map_err(|error| error_text(&error))?;
    JsFuture::from(stream.close())
        .await
        .map_err(|error| error_text(&error))?;
    Ok(())
}

/// Gives the user a file to keep, under this name.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), String> {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)
        .map_err(|error| error_text(&error))?;
    download_blob(name, &blob)
}

/// Hands data to the user as a download.
pub fn download_blob(name: &str, blob: &Blob) -> Result<(), String> {
    let url = Url::create_object_url_with_blob(blob).map_err(|error| error_text(&error))?;
    let link: HtmlAnchorElement = document()
        .create_element("a")
        .map_err(|error| error_text(&error))?
        .unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download holds on to the data by itself; the address is needed only to start it.
    super::page::after(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
