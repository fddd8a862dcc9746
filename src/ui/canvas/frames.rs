//! Groups, behind the wires and cards: their frames, their names, and the field that names them. Elements
//! at any zoom: there are few.

use compact_str::CompactString;
use flow::geometry::Rect;
use flow::open_document::{Frame, OpenDocument, Selection};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::notes::side;
use crate::browser::page;
use crate::ui::desk::{Asked, Desk, desk};

/// Makes a group of the selected cards and asks what it is called.
pub fn group(desk: Desk) -> bool {
    let id = desk.peek(|open| open.annotations().free_group_id());
    let Some(id) = id.filter(|_| desk.run(OpenDocument::group_command)) else {
        return false;
    };
    name(desk, id);
    true
}

/// Dissolves the groups of the selected cards.
pub fn ungroup(desk: Desk) -> bool {
    desk.run(OpenDocument::ungroup_command)
}

/// Asks what a group is called, where that can be seen.
pub fn name(desk: Desk, group: CompactString) {
    desk.bring_area_into_view(desk.peek(|open| open.frame_label_area(&group)).flatten());
    desk.asked.set(Some(Asked::NameGroup { group }));
}

/// The frames of all groups.
#[component]
pub fn GroupFrames() -> impl IntoView {
    let desk = desk();
    let frames = Memo::new(move |_| desk.read(OpenDocument::frames).unwrap_or_default());
    let groups = move || {
        let document = desk.active.get().unwrap_or_default();
        let frames = frames.get().into_iter();
        frames.map(|frame| (document, frame.id)).collect::<Vec<_>>()
    };
    view! {
        <For
            each=groups
            key=Clone::clone
            children=move |(_, id)| view! { <GroupFrame id frames/> }
        />
    }
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
    let ask = move || name(desk, id.get_value());
    let rename = move |label: &str| {
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
                <Naming value=label() label="Name of the group" commit=Callback::new(move |text: String| rename(&text))/>
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
