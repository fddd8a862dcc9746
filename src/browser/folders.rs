//! Folders that the user hands over, walked for the files that can be reviewed.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransferItem, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

use super::files::Source;
use super::page::{document, error_text};

/// How deep folders are walked: nobody keeps exports deeper.
const DEEPEST: usize = 32;

/// The folder that an item of a drop is. Only while the drop is handled.
pub fn folder_of(item: &DataTransferItem) -> Option<FileSystemDirectoryEntry> {
    let entry = item.webkit_get_as_entry().ok().flatten()?;
    entry
        .is_directory()
        .then(|| entry.unchecked_into::<FileSystemDirectoryEntry>())
}

/// Whether a file of a folder can be reviewed: hidden ones and those of other programs are passed over.
pub fn is_wanted(path: &str) -> bool {
    let hidden = |part: &str| part.starts_with('.') || part == "node_modules";
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_known = ["json", "zip", "csnap"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    is_known && !path.split('/').any(hidden)
}

/// Asks the user for a folder. An empty list when they changed their mind.
pub async fn choose() -> Result<Vec<Source>, String> {
    let input: HtmlInputElement = document()
        .create_element("input")
        .map_err(|error| error_text(&error))?
        .unchecked_into();
    input.set_type("file");
    Reflect::set(&input, &"webkitdirectory".into(), &JsValue::TRUE)
        .map_err(|error| error_text(&error))?;
    let chosen = Promise::new(&mut |resolve, _| {
        for event in ["change", "cancel"] {
            // Adding a listener to a new element does not fail.
            let _ = input.add_event_listener_with_callback(event, &resolve);
        }
        input.click();
    });
    // It is never refused: whoever closes the dialog cancels.
    JsFuture::from(chosen)
        .await
        .map_err(|error| error_text(&error))?;
    Ok(input
        .files()
        .map(|files| super::files::list(&files))
        .unwrap_or_default())
}

/// The files of a folder that can be reviewed, sorted by path. Whatever cannot be listed is told.
pub async fn files_in(folder: FileSystemDirectoryEntry) -> (Vec<Source>, Vec<String>) {
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let mut waiting = vec![(folder, String::new(), 0)];
    while let Some((folder, before, depth)) = waiting.pop() {
        let path = format!("{before}{}", folder.name());
        let entries = match list(&folder).await {
            Ok(entries) => entries,
            Err(reason) => {
                failed.push(format!("{path}: {reason}"));
                continue;
            }
        };
        for entry in entries {
            let inside = format!("{path}/{}", entry.name());
            if entry.is_directory() {
                let is_hidden = entry.name().starts_with('.') || entry.name() == "node_modules";
                if depth < DEEPEST && !is_hidden {
                    waiting.push((entry.unchecked_into(), format!("{path}/"), depth + 1));
                }
            } else if is_wanted(&inside) {
                match file(&entry.unchecked_into()).await {
                    Ok(file) => found.push((inside, file)),
                    Err(reason) => failed.push(format!("{inside}: {reason}")),
                }
            }
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let sources = found
        .into_iter()
        .map(|(path, file)| Source::InFolder(file, path))
        .collect();
    (sources, failed)
}

/// Everything in a folder: browsers give it in pieces until one is empty.
async fn list(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, String> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let piece =
            answered(|take, refuse| reader.read_entries_with_callback_and_callback(take, refuse))
                .await?;
        let piece = Array::from(&piece);
        if piece.length() == 0 {
            return Ok(all);
        }
        all.extend(piece.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file(entry: &FileSystemFileEntry) -> Result<File, String> {
    let file = answered(|take, refuse| {
        entry.file_with_callback_and_callback(take, refuse);
        Ok(())
    });
    Ok(file.await?.unchecked_into())
}

/// Waits for a call that answers one of two functions.
async fn answered(
    call: impl FnOnce(&js_sys::Function, &js_sys::Function) -> Result<(), JsValue>,
) -> Result<JsValue, String> {
    let mut call = Some(call);
    let mut refused = None;
    let answer = Promise::new(&mut |resolve, reject| {
        if let Some(call) = call.take() {
            let take = Closure::once_into_js(move |value: JsValue| {
                // Calling a function of a promise does not fail.
                let _ = resolve.call1(&JsValue::NULL, &value);
            });
            let refuse = Closure::once_into_js(move |value: JsValue| {
                let _ = reject.call1(&JsValue::NULL, &value);
            });
            refused = call(take.unchecked_ref(), refuse.unchecked_ref()).err();
        }
    });
    if let Some(error) = refused {
        return Err(error_text(&error));
    }
    JsFuture::from(answer)
        .await
        .map_err(|error| error_text(&error))
}
