//! Groups and notes, behind the wires and cards. Both are elements at any zoom: there are few.

use compact_str::CompactString;
use flow::geometry::{Point, Rect};
use flow::interaction::{GRID_STEP, Held};
use flow::open_document::{Frame, OpenDocument, Selection};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::gestures::Gestures;
use crate::browser::page;
use crate::ui::desk::{Asked, Desk, DocumentId, desk};

/// Names a group or note across documents.
type Key = (DocumentId, CompactString);

/// Makes a group of the selected cards and asks what it is called.
pub fn group(desk: Desk) -> bool {
    let id = desk.peek(|open| open.annotations().free_group_id());
    let Some(id) = id.filter(|_| desk.run(OpenDocument::group_command)) else {
        return false;
    };
    desk.asked.set(Some(Asked::NameGroup { group: id }));
    true
}

/// Dissolves the groups of the selected cards.
pub fn ungroup(desk: Desk) -> bool {
    desk.run(OpenDocument::ungroup_command)
}

/// Adds a note at the pointer where no card is, else near the middle beside the cards, and opens it for
/// writing.
pub fn add_note(desk: Desk) -> bool {
    let (width, height) = desk.size.get_untracked();
    let middle = Point::new(width / 2.0, height / 2.0);
    let view = desk.view.get_untracked();
    let pointer = desk
        .pointer
        .get_value()
        .map(|at| view.world_from_screen(at));
    let made = desk.peek(|open| {
        let free = pointer.filter(|at| open.scene().card_at(*at).is_none());
        let world = free.unwrap_or_else(|| open.free_note_place(view.world_from_screen(middle)));
        open.add_note_command(world)
    });
    let Some((command, note)) = made else {
        return false;
    };
    let added = desk.apply(&command);
    if added {
        desk.asked.set(Some(Asked::Write { note }));
    }
    added
}

/// The frames of groups and the notes, moved with the cards.
#[component]
pub fn NoteLayer(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let frames = Memo::new(move |_| desk.read(OpenDocument::frames).unwrap_or_default());
    let document = move || desk.active.get().unwrap_or_default();
    let groups = move || {
        let document = document();
        let frames = frames.get().into_iter();
        frames
            .map(|frame| (document, frame.id))
            .collect::<Vec<Key>>()
    };
    let notes = Memo::new(move |_| {
        let document = document();
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
            <For
                each=groups
                key=Clone::clone
                children=move |(_, id)| view! { <GroupFrame id frames/> }
            />
            <For
                each=move || notes.get()
                key=Clone::clone
                children=move |(_, id)| view! { <NoteCard id gestures/> }
            />
        </div>
    }
}

fn side(area: Option<Rect>, of: fn(Rect) -> f64) -> String {
    area.map_or_else(String::new, |area| format!("{}px", of(area)))
}

#[component]
fn GroupFrame(id: CompactString, frames: Memo<Vec<Frame>>) -> impl IntoView {
    let desk = desk();
    let id = StoredValue::new(id);
    let found = Memo::new(move |_| {
        frames.with(|frames| {
            let number = frames
                .iter()
                .position(|frame| id.with_value(|id| frame.id == *id))?;
            Some((number, frames[number].clone()))
        })
    });
    let area = Memo::new(move |_| {
        desk.revision.track();
        desk.dragged.track();
        found.with(|found| {
            let (_, frame) = found.as_ref()?;
            desk.peek(|open| open.frame_area(&frame.cards)).flatten()
        })
    });
    let label = move || {
        found
            .with(|found| found.as_ref().map(|(_, frame)| frame.label.clone()))
            .unwrap_or_default()
    };
    let cards = move || {
        let cards =
            found.with_untracked(|found| found.as_ref().map(|(_, frame)| frame.cards.clone()));
        cards.unwrap_or_default()
    };
    let is_named = Memo::new(move |_| {
        desk.asked.with(|asked| matches!(asked, Some(Asked::NameGroup { group }) if id.with_value(|id| group == id)))
    });
    let ask = move || {
        let group = id.get_value();
        desk.asked.set(Some(Asked::NameGroup { group }));
    };
    let name = move |label: &str| {
        let label = label.trim();
        if !label.is_empty() {
            id.with_value(|id| desk.run(|open| open.rename_group_command(id, label)));
        }
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" | "F2" => ask(),
            " " => select(desk, cards()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div
            class="frame-box"
            style:left=move || side(area.get(), |area| area.min.x)
            style:top=move || side(area.get(), |area| area.min.y)
            style:width=move || side(area.get(), Rect::width)
            style:height=move || side(area.get(), Rect::height)
        >
            <Show
                when=move || is_named.get()
                fallback=move || view! {
                    <button
                        class="frame-label"
                        data-group=move || found.with(|found| found.as_ref().map_or(0, |(number, _)| *number)).to_string()
                        aria-label=move || format!("Group {}", label())
                        title="Drag to move the group; double click to rename it"
                        on:keydown=key
                    >
                        <bdi>{label}</bdi>
                    </button>
                }
            >
                <Naming value=label() label="Name of the group" commit=Callback::new(move |text: String| name(&text))/>
            </Show>
        </div>
    }
}

/// A field in the place of a group's label.
#[component]
fn Naming(value: String, label: &'static str, commit: Callback<String>) -> impl IntoView {
    let desk = desk();
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        // A field that cannot take the focus leaves it where it is, which harms nothing.
        let _ = field.focus();
        field.select();
    });
    let leave = move || {
        desk.asked.set(None);
        page::focus_first(".graph");
    };
    let before = value.clone();
    view! {
        <input
            class="field frame-name"
            node_ref=field
            aria-label=label
            value=value
            on:pointerdown=|event| event.stop_propagation()
            on:change=move |event| {
                // The event also comes when the field is taken away with the focus in it.
                commit.try_run(event_target_value(&event));
            }
            on:blur=move |_| {
                if matches!(desk.asked.get_untracked(), Some(Asked::NameGroup { .. })) {
                    desk.asked.set(None);
                }
            }
            on:keydown=move |event| {
                match event.key().as_str() {
                    "Enter" => {
                        commit.run(event_target_value(&event));
                        leave();
                    }
                    "Escape" => {
                        // A field that holds what it held has nothing to commit.
                        page::show_value(&event, &before);
                        leave();
                    }
                    _ => return,
                }
                event.prevent_default();
                event.stop_propagation();
            }
        />
    }
}

fn select(desk: Desk, cards: Vec<u32>) {
    desk.select(Selection {
        cards: cards.into_iter().collect(),
        ..Selection::default()
    });
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
        match gestures.dragged_note.get() {
            Some((dragged, area)) if dragged == own => Some(area),
            _ => desk
                .read(|open| open.note(own).map(|(_, note)| note.area))
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
    let key = move |event: KeyboardEvent| {
        if is_written.get_untracked() {
            return;
        }
        let step = GRID_STEP * if event.shift_key() { 10.0 } else { 1.0 };
        let by = match event.key().as_str() {
            "Enter" | "F2" => {
                let note = id.get_value();
                desk.asked.set(Some(Asked::Write { note }));
                None
            }
            "Delete" | "Backspace" => {
                id.with_value(|id| desk.run(|open| open.delete_note_command(id)));
                page::focus_first(".graph");
                None
            }
            "ArrowLeft" => Some(Point::new(-step, 0.0)),
            "ArrowRight" => Some(Point::new(step, 0.0)),
            "ArrowUp" => Some(Point::new(0.0, -step)),
            "ArrowDown" => Some(Point::new(0.0, step)),
            _ => return,
        };
        if let Some(by) = by {
            desk.run(|open| open.drag_note_command(Held::Note(number.get_untracked()), by));
        }
        event.prevent_default();
        event.stop_propagation();
    };
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
                <Writing value=text.get_untracked() commit=Callback::new(move |text: String| write(&text)) back=element_id()/>
            </Show>
            <span class="note-corner" data-note-corner=move || number.get().to_string() title="Drag to resize"></span>
        </div>
    }
}

/// The text of a note while it is written.
#[component]
fn Writing(value: String, commit: Callback<String>, back: String) -> impl IntoView {
    let desk = desk();
    let field = NodeRef::<html::Textarea>::new();
    field.on_load(|field| {
        // A field that cannot take the focus leaves it where it is, which harms nothing.
        let _ = field.focus();
    });
    let back = StoredValue::new(back);
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
                    let back = back.get_value();
                    commit.run(event_target_value(&event));
                    desk.asked.set(None);
                    page::after(0, move || page::focus(&back));
                }
            }
        ></textarea>
    }
}
