//! Saving a file where it was opened from, and what to do when somebody else has changed it there.

use std::sync::Arc;

use flow::command::{Change, Command};
use flow::document::Document;
use flow::json::Span;
use flow::line_difference::{Line, LineDifference};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::FileSystemFileHandle;

use super::desk::{Desk, DocumentId, desk};
use super::files::rejection;
use super::notices::Notice;
use crate::browser::files;

/// How many lines of each side are compared on the screen.
const SHOWN_LINES: usize = 200;

/// A file on the disk that an open document came from.
#[derive(Clone, Debug)]
pub struct OnDisk {
    /// The document.
    pub id: DocumentId,
    /// The name of the file.
    pub name: String,
    /// Where it can be written.
    pub handle: FileSystemFileHandle,
}

/// A file that is not as it was opened or saved here.
#[derive(Clone, Debug)]
pub struct Conflict {
    file: OnDisk,
    /// What the file holds now.
    theirs: Arc<str>,
    /// What was to be saved.
    ours: Arc<str>,
}

/// Saves `text`, unless the file has been changed by somebody else; then the user decides.
pub async fn save(desk: Desk, file: OnDisk, text: Arc<str>) {
    if !files::may_write(&file.handle).await {
        desk.notices.show(Notice::error(format!(
            "{} was not saved: the browser was not allowed to write it. The file is as it was and \
             your work is still here. Save again and allow it.",
            file.name
        )));
        return;
    }
    // A file that cannot be read is most likely gone; writing makes it anew or says why not.
    if let Ok(found) = files::read_handle(file.handle.clone()).await {
        let theirs = String::from_utf8_lossy(&found.bytes);
        let theirs = theirs.strip_prefix('\u{feff}').unwrap_or(&theirs);
        let known = desk.saved_text(file.id);
        if known.is_some_and(|known| *known != *theirs) && *text != *theirs {
            desk.conflict.set(Some(Conflict {
                file,
                theirs: theirs.into(),
                ours: text,
            }));
            return;
        }
    }
    write(desk, file, text).await;
}

async fn write(desk: Desk, file: OnDisk, text: Arc<str>) {
    let OnDisk { id, name, handle } = file;
    match files::write(&handle, &text).await {
        Ok(()) => {
            desk.mark_saved(id, text);
            desk.notices.announce(format!("{name} is saved."));
        }
        Err(reason) => desk.notices.show(Notice::error(format!(
            "{name} was not saved; the file is as it was and your work is still here. {reason}"
        ))),
    }
}

/// Takes what the file holds as the next step of the document, which undo takes back.
fn reload(desk: Desk, conflict: &Conflict) {
    let Conflict { file, theirs, .. } = conflict;
    if let Err(errors) = Document::read(Arc::clone(theirs)) {
        desk.notices.show(rejection(&file.name, &errors));
        return;
    }
    if desk.active.get_untracked() != Some(file.id) {
        desk.show(file.id);
    }
    let applied = desk.run(|open| {
        let end = u32::try_from(open.document().text().len()).ok()?;
        let change = Change::ReplaceText {
            span: Span::new(0, end),
            text: theirs.to_string(),
        };
        Some(Command::one("Reload the file", change))
    });
    if applied {
        desk.mark_saved(file.id, Arc::clone(theirs));
        desk.notices.announce(format!("{} is reloaded.", file.name));
    }
}

/// Asks what to do with a file that has changed.
#[component]
pub fn ConflictDialog() -> impl IntoView {
    let desk = desk();
    let dialog = NodeRef::<html::Dialog>::new();
    let compared = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if desk.conflict.with(Option::is_some) {
            compared.set(false);
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let close = move || desk.conflict.try_update(Option::take).flatten();
    let name = move || {
        desk.conflict
            .with(|conflict| conflict.as_ref().map(|it| it.file.name.clone()))
    };
    let overwrite = move |_| {
        if let Some(Conflict { file, ours, .. }) = close() {
            spawn_local(write(desk, file, ours));
        }
    };
    view! {
        <dialog
            class="sheet"
            aria-labelledby="conflict-title"
            node_ref=dialog
            on:close=move |_| { close(); }
        >
            <h2 id="conflict-title">"The file changed on disk"</h2>
            <p>
                {name}
                " is not as it was opened or saved here; another program has changed it. Nothing \
                 was written, and your work is still here."
            </p>
            <Show when=move || compared.get()><Difference/></Show>
            <div class="sheet-buttons">
                <button
                    class="button"
                    aria-pressed=move || compared.get().to_string()
                    on:click=move |_| compared.update(|compared| *compared = !*compared)
                >
                    "Compare"
                </button>
                <button
                    class="button"
                    title="Take what the file holds; undo brings your work back"
                    on:click=move |_| {
                        if let Some(conflict) = close() {
                            reload(desk, &conflict);
                        }
                    }
                >
                    "Reload"
                </button>
                <button class="button is-danger" title="Write your work over the file" on:click=overwrite>
                    "Overwrite"
                </button>
                <button class="button is-primary" autofocus on:click=move |_| { close(); }>
                    "Cancel"
                </button>
            </div>
        </dialog>
    }
}

/// The lines that only the file or only the document has.
#[component]
fn Difference() -> impl IntoView {
    let desk = desk();
    let difference = desk.conflict.with_untracked(|conflict| {
        let conflict = conflict.as_ref();
        conflict.map(|it| LineDifference::between(&it.theirs, &it.ours))
    });
    let difference = difference.unwrap_or_default();
    let side = |title: &'static str, lines: Vec<Line>| {
        let more = lines.len().saturating_sub(SHOWN_LINES);
        let shown = lines.into_iter().take(SHOWN_LINES);
        view! {
            <section>
                <h3>{title}</h3>
                <ul>
                    {shown
                        .map(|line| view! { <li><span>{line.number}</span>{line.text}</li> })
                        .collect_view()}
                </ul>
                {(more > 0).then(|| view! { <p>{format!("And {more} more.")}</p> })}
            </section>
        }
    };
    view! {
        <div class="difference" role="region" aria-label="Difference" tabindex="0">
            {side("Only in the file", difference.first)}
            {side("Only here", difference.second)}
        </div>
    }
}
