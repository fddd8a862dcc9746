//! The sheet of shortcuts: every command with its keys, which can be given other keys here.

use flow::keyboard::Chord;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::commands::{self, AppCommand, Group};
use super::icons::{Icon, icon};
use super::keys::chord;
use super::overlay::follow_overlay;
use super::workplace::{Overlay, platform, workplace};
use crate::browser::page;

/// What the pointer does, which is not for choosing.
const POINTER: [(&str, &str); 7] = [
    (
        "Pan",
        "Wheel, or drag with the space bar or the middle button",
    ),
    ("Zoom", "Ctrl+wheel, or pinch"),
    ("Select", "Click; Shift+click for more; drag a rectangle"),
    ("Move", "Drag a card"),
    (
        "Add a node",
        "Double click, or drop a connection on nothing",
    ),
    ("Connect", "Drag from the right edge of a card"),
    ("Take a gesture back", "Esc"),
];

/// What is going on in the sheet.
#[derive(Clone, Copy)]
struct Sheet {
    query: RwSignal<String>,
    /// The command whose new keys are awaited.
    awaited: RwSignal<Option<&'static str>>,
    /// Keys that are taken: for which command they were pressed, and by which they are.
    clash: RwSignal<Option<(&'static str, Chord, &'static str)>>,
}

/// The dialog "Keyboard shortcuts".
#[component]
pub fn ShortcutsDialog() -> impl IntoView {
    let place = workplace();
    let dialog = NodeRef::<html::Dialog>::new();
    let sheet = Sheet {
        query: RwSignal::new(String::new()),
        awaited: RwSignal::new(None),
        clash: RwSignal::new(None),
    };
    follow_overlay(place, Overlay::Shortcuts, dialog, move || {
        sheet.query.set(String::new());
        sheet.awaited.set(None);
        sheet.clash.set(None);
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let changed = move || place.keymap.with(flow::keyboard::Keymap::is_any_changed);
    view! {
        <dialog class="dialog shortcuts-dialog" node_ref=dialog aria-labelledby="shortcuts-title">
            <div class="dialog-head">
                <h2 id="shortcuts-title">"Keyboard shortcuts"</h2>
                <Show when=changed>
                    <button class="button is-small" on:click=move |_| {
                        commands::change_keys(place, flow::keyboard::Keymap::reset_all);
                        sheet.clash.set(None);
                    }>
                        "Reset all"
                    </button>
                </Show>
                <button class="icon-button" aria-label="Close" on:click=close>{icon(Icon::Close)}</button>
            </div>
            <div class="shortcuts-tools">
                <input
                    class="field is-search"
                    type="search"
                    placeholder="Filter"
                    aria-label="Filter the shortcuts"
                    prop:value=move || sheet.query.get()
                    on:input=move |event| sheet.query.set(event_target_value(&event))
                />
                <p class="field-note">"Press a line, then the keys it is to have. They are kept in this browser."</p>
            </div>
            <div class="dialog-body shortcuts-body">
                {Group::ALL.map(|group| view! { <ShortcutGroup group sheet/> }).collect_view()}
                <section class="shortcut-group">
                    <h3>"Pointer"</h3>
                    <dl class="pointer-list">
                        {POINTER.map(|(name, how)| view! { <div><dt>{name}</dt><dd>{how}</dd></div> }).collect_view()}
                    </dl>
                </section>
            </div>
        </dialog>
    }
}

#[component]
fn ShortcutGroup(group: Group, sheet: Sheet) -> impl IntoView {
    let fitting = move || {
        let query = sheet.query.get().to_lowercase();
        let of_group = commands::all().filter(|command| command.group == group);
        of_group
            .filter(|command| command.name.to_lowercase().contains(&query))
            .collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !fitting().is_empty()>
            <section class="shortcut-group">
                <h3>{group.name()}</h3>
                <ul>
                    <For each=fitting key=|command| command.id children=move |command| {
                        view! { <ShortcutLine command sheet/> }
                    }/>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn ShortcutLine(command: &'static AppCommand, sheet: Sheet) -> impl IntoView {
    let place = workplace();
    let id = command.id;
    let awaited = move || sheet.awaited.get() == Some(id);
    let keys = Memo::new(move |_| {
        place.keymap.with(|keymap| {
            let chords = keymap.chords(id).iter();
            chords.map(|own| own.shown(platform())).collect::<Vec<_>>()
        })
    });
    let key = move |event: KeyboardEvent| {
        if sheet.awaited.get_untracked() != Some(id) {
            return;
        }
        let own = event.key();
        // Tab still leads on, so that nobody is kept here.
        if own == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if own == "Escape" {
            sheet.awaited.set(None);
            return;
        }
        let Some(chord) = chord(&event) else { return };
        sheet.awaited.set(None);
        let taken = place
            .keymap
            .with_untracked(|keymap| keymap.command(&chord))
            .filter(|by| *by != id);
        match taken {
            Some(by) => sheet.clash.set(Some((id, chord, by))),
            None => {
                commands::change_keys(place, |keymap| keymap.take(id, &chord));
                sheet.clash.set(None);
            }
        }
    };
    let clash = move || sheet.clash.get().filter(|(own, ..)| *own == id);
    let take = move |_| {
        if let Some((_, chord, _)) = sheet.clash.get_untracked() {
            commands::change_keys(place, |keymap| keymap.take(id, &chord));
            sheet.clash.set(None);
            page::focus(&format!("shortcut-{id}"));
        }
    };
    let reset = move |_| {
        commands::change_keys(place, |keymap| keymap.reset(id));
        page::focus(&format!("shortcut-{id}"));
    };
    let changed = Memo::new(move |_| place.keymap.with(|keymap| keymap.is_changed(id)));
    view! {
        <li class="shortcut-item">
            <button
                class="shortcut-line"
                class:is-awaited=awaited
                id=format!("shortcut-{id}")
                on:click=move |_| {
                    sheet.clash.set(None);
                    sheet.awaited.set(Some(id));
                }
                on:keydown=key
                on:blur=move |_| if sheet.awaited.try_get_untracked() == Some(Some(id)) { sheet.awaited.set(None) }
            >
                <span class="shortcut-name">{command.name}</span>
                <span class="shortcut-keys">
                    {move || if awaited() {
                        view! { <span class="shortcut-awaited" role="status">"Press keys, or Esc"</span> }.into_any()
                    } else if keys.with(Vec::is_empty) {
                        view! { <span class="shortcut-none">"no keys"</span> }.into_any()
                    } else {
                        keys.get().into_iter().map(|keys| view! { <kbd>{keys}</kbd> }).collect_view().into_any()
                    }}
                </span>
            </button>
            <Show when=move || changed.get()>
                <button class="button is-small is-quiet" aria-label=format!("Reset {}", command.name) on:click=reset>"Reset"</button>
            </Show>
            <Show when=move || clash().is_some()>
                <p class="shortcut-clash" role="alert">
                    {move || clash().map(|(_, chord, by)| {
                        let other = commands::named(by).map_or(by, |command| command.name);
                        format!("{} stands for “{other}” already. Nothing was changed. ", chord.shown(platform()))
                    })}
                    <button class="button is-small" on:click=take>"Use it here instead"</button>
                </p>
            </Show>
        </li>
    }
}
