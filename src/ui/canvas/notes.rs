//! Notes, behind the wires and cards, in one layer with the groups of [`super::frames`]. Elements at any
//! zoom: there are few.

use compact_str::CompactString;
use flow::geometry::{Point, Rect};
use flow::open_document::{OpenDocument, Selection};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::frames::GroupFrames;
use super::gestures::Gestures;
use crate::browser::page;
use crate::ui::desk::{Asked, Desk, DocumentId, desk};

/// Keys that say nothing about the note that has the focus.
const NO_COMMANDS: [&str; 6] = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"];

/// Names a note across documents.
type Key = (DocumentId, CompactString);

/// Asks what a new note says: at the pointer where no card is, else near the middle beside the cards. One
/// that says nothing is none.
pub fn add_note(desk: Desk) -> bool {
    let (width, height) = desk.size.get_untracked();
    let middle = Point::new(width / 2.0, height / 2.0);
    let view = desk.view.get_untracked();
    let pointer = desk
        .pointer
        .get_value()
        .map(|at| view.world_from_screen(at));
    let area = desk.peek(|open| {
        let free = pointer.filter(|at| open.scene().card_at(*at).is_none());
        let world = free.unwrap_or_else(|| open.free_note_place(view.world_from_screen(middle)));
        open.new_note_area(world)
    });
    if desk.refuses() {
        return false;
    }
    desk.bring_area_into_view(area);
    desk.asked.set(area.map(|area| Asked::NewNote { area }));
    area.is_some()
}

/// Adds a note that says something, and selects it.
fn add(desk: Desk, area: Rect, text: &str) -> bool {
    let made = desk.peek(|open| open.add_note_command(area, text));
    let Some((command, id)) = made.flatten() else {
        return false;
    };
    let added = desk.apply(&command);
    if added {
        desk.select(Selection::note(id));
    }
    added
}

/// The frames of groups and the notes, moved with the cards.
#[component]
pub fn NoteLayer(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let notes = Memo::new(move |_| {
        let document = desk.active.get().unwrap_or_default();
        let keys = |open: &OpenDocument| open.annotations().notes.keys().cloned().collect();
        let keys: Vec<CompactString> = desk.read(keys).unwrap_or_default();
        keys.into_iter()
            .map(|id| (document, id))
            .collect::<Vec<Key>>()
    });
    let transform = move || {
        let view = desk.view.get();
        format!(
            "translate({}px, {}px) scale({})",
            view.pan.x, view.pan.y, view.zoom
        )
    };
    view! {
        <div class="note-layer" style:transform=transform>
            <GroupFrames/>
            <For
                each=move || notes.get()
                key=Clone::clone
                children=move |(_, id)| view! { <NoteCard id gestures/> }
            />
            <NewNote/>
        </div>
    }
}

/// A length of an area as the style sheet has it.
pub(super) fn side(area: Option<Rect>, of: fn(Rect) -> f64) -> String {
    area.map_or_else(String::new, |area| format!("{}px", of(area)))
}

#[component]
fn NoteCard(id: CompactString, gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let id = StoredValue::new(id);
    let number = Memo::new(move |_| {
        let place = |open: &OpenDocument| {
            let mut keys = open.annotations().notes.keys();
            keys.position(|key| id.with_value(|id| key == id))
        };
        let place = desk.read(place).flatten();
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(u32::MAX)
    });
    let text = Memo::new(move |old: Option<&String>| {
        let text = |open: &OpenDocument| {
            let note = id.with_value(|id| open.annotations().notes.get(id).cloned());
            note.map(|note| note.text)
        };
        desk.read(text)
            .flatten()
            .or_else(|| old.cloned())
            .unwrap_or_default()
    });
    let area = Memo::new(move |_| {
        let own = number.get();
        desk.dragged.track();
        match gestures.resized_note.get() {
            Some((resized, area)) if resized == own => Some(area),
            _ => desk
                .read(|open| id.with_value(|id| open.note_area(id)))
                .flatten(),
        }
    });
    let is_written = Memo::new(move |_| {
        desk.asked.with(
            |asked| matches!(asked, Some(Asked::Write { note }) if id.with_value(|id| note == id)),
        )
    });
    let document = desk.active.get_untracked();
    let write = move |text: &str| {
        // Another document may have a note of this id.
        if desk.active.get_untracked() == document {
            id.with_value(|id| desk.run(|open| open.write_note_command(id, text)));
        }
    };
    let element_id = move || format!("note-{}", number.get());
    let selected = Memo::new(move |_| {
        let selected = desk.read_selection(|it| id.with_value(|id| it.notes.contains(id)));
        selected.unwrap_or(false)
    });
    let key = move |event: KeyboardEvent| {
        let key = event.key();
        if is_written.get_untracked() || NO_COMMANDS.contains(&key.as_str()) {
            return;
        }
        // What keys do, they do to what has the focus.
        if !selected.get_untracked() {
            desk.select(id.with_value(|id| Selection::note(id.clone())));
        }
        if matches!(key.as_str(), "Enter" | "F2") {
            let note = id.get_value();
            desk.asked.set(Some(Asked::Write { note }));
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // It outlives the field, which is gone when it is left.
    let left = Callback::new(move |()| page::focus(&element_id()));
    let name = move || {
        let text = text.get();
        let words = text.trim();
        if words.is_empty() {
            "Empty note".to_owned()
        } else {
            format!("Note: {words}")
        }
    };
    view! {
        <div
            class="note"
            role="note"
            tabindex="0"
            id=element_id
            aria-label=name
            data-note=move || number.get().to_string()
            class:is-selected=move || selected.get()
            style:left=move || side(area.get(), |area| area.min.x)
            style:top=move || side(area.get(), |area| area.min.y)
            style:width=move || side(area.get(), Rect::width)
            style:height=move || side(area.get(), Rect::height)
            on:keydown=key
        >
            <Show
                when=move || is_written.get()
                fallback=move || view! { <p class="note-text"><bdi>{move || text.get()}</bdi></p> }
            >
                <Writing
                    value=text.get_untracked()
                    commit=Callback::new(move |text: String| write(&text))
                    left
                />
            </Show>
            <span class="note-corner" data-note-corner=move || number.get().to_string() title="Drag to resize"></span>
        </div>
    }
}

/// A note that is not there yet: a field in its place. It is added with what it says, as one step.
#[component]
fn NewNote() -> impl IntoView {
    let desk = desk();
    let area = Memo::new(move |_| {
        desk.asked.with(|asked| match asked {
            Some(Asked::NewNote { area }) => Some(*area),
            _ => None,
        })
    });
    // It outlives the field, which is gone when it is left.
    let left = Callback::new(move |()| match selected_number(desk) {
        Some(number) => page::focus(&format!("note-{number}")),
        None => page::focus_first(".graph"),
    });
    let field = move || {
        let place = area.get()?;
        let document = desk.active.get_untracked();
        let commit = move |text: String| {
            // Another document may be shown by now, where nobody wanted it.
            if desk.active.get_untracked() == document && desk.asked.get_untracked().is_some() {
                desk.asked.set(None);
                add(desk, place, &text);
            }
        };
        Some(view! {
            <div
                class="note"
                style:left=side(Some(place), |area| area.min.x)
                style:top=side(Some(place), |area| area.min.y)
                style:width=side(Some(place), Rect::width)
                style:height=side(Some(place), Rect::height)
            >
                <Writing value=String::new() commit=Callback::new(commit) left/>
            </div>
        })
    };
    view! { {field} }
}

/// The number of the one note that is selected.
fn selected_number(desk: Desk) -> Option<usize> {
    let number = desk.peek(|open| {
        let id = open.selection().notes.first()?;
        open.annotations().notes.keys().position(|key| key == id)
    });
    number.flatten()
}

/// The text of a note while it is written.
#[component]
fn Writing(value: String, commit: Callback<String>, left: Callback<()>) -> impl IntoView {
    let desk = desk();
    let field = NodeRef::<html::Textarea>::new();
    field.on_load(|field| {
        // A field that cannot take the focus leaves it where it is, which harms nothing.
        let _ = field.focus();
    });
    view! {
        <textarea
            class="note-field"
            node_ref=field
            aria-label="Text of the note"
            prop:value=value
            on:pointerdown=|event| event.stop_propagation()
            on:dblclick=|event| event.stop_propagation()
            on:blur=move |event| {
                commit.try_run(event_target_value(&event));
                if matches!(desk.asked.get_untracked(), Some(Asked::Write { .. })) {
                    desk.asked.set(None);
                }
            }
            on:keydown=move |event| {
                event.stop_propagation();
                if event.key() == "Escape" {
                    event.prevent_default();
                    commit.run(event_target_value(&event));
                    desk.asked.set(None);
                    page::after(0, move || {
                        // The canvas may be gone by now.
                        left.try_run(());
                    });
                }
            }
        ></textarea>
    }
}
