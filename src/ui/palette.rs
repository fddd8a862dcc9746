//! The command palette: every command, found by a few letters of its name, with its keys and whether
//! it is possible now.

use std::sync::Arc;

use flow::fuzzy;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::commands::{self, AppCommand};
use super::icons::{Icon, icon};
use super::overlay::follow_overlay;
use super::workplace::{Overlay, Workplace, workplace};
use crate::browser::page;

/// How many commands that were used last stand first.
const RECENT: usize = 5;

/// One line of the list.
#[derive(Clone)]
struct Offer {
    command: &'static AppCommand,
    /// The characters of its name that were found.
    places: Vec<usize>,
    /// Why it cannot be done now.
    reason: Option<&'static str>,
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.command.id == other.command.id
            && self.places == other.places
            && self.reason == other.reason
    }
}

/// The commands that fit, best first; without a query those used last come first. What is not
/// possible now comes after what is.
fn offers(place: Workplace, query: &str, recent: &[&'static str]) -> Vec<Offer> {
    let fitting = commands::all().filter(|command| command.id != "palette");
    let mut ranked: Vec<(i32, Offer)> = fitting
        .filter_map(|command| {
            let fit = fuzzy::fit(query, command.name)?;
            let used = recent.iter().position(|id| *id == command.id);
            let used = used.map_or(0, |place| {
                i32::try_from(RECENT - place.min(RECENT)).unwrap_or(0)
            });
            let reason = (command.possible)(place).err();
            let score = if query.trim().is_empty() {
                used
            } else {
                fit.score
            };
            let offer = Offer {
                command,
                places: fit.places,
                reason,
            };
            Some((score, offer))
        })
        .collect();
    ranked.sort_by_key(|(score, offer)| (offer.reason.is_some(), -score));
    ranked.into_iter().map(|(_, offer)| offer).collect()
}

/// The dialog "Command palette".
#[component]
pub fn PaletteDialog() -> impl IntoView {
    let place = workplace();
    let dialog = NodeRef::<html::Dialog>::new();
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let recent = RwSignal::new(Vec::<&'static str>::new());
    // Whatever is possible is looked up when the palette opens, and nothing changes under it.
    let list = RwSignal::new(Arc::new(Vec::<Offer>::new()));
    let look = move || {
        let found = recent.with_untracked(|recent| offers(place, &query.get_untracked(), recent));
        list.set(Arc::new(found));
        at.set(0);
    };
    follow_overlay(place, Overlay::Palette, dialog, move || {
        query.set(String::new());
        look();
        page::after(0, || page::focus("palette-query"));
    });
    let run = move |index: usize| {
        let Some(offer) = list.with_untracked(|list| list.get(index).cloned()) else {
            return;
        };
        if let Some(reason) = offer.reason {
            let name = offer.command.name;
            let said = format!("{name} is not possible now: {reason}.");
            place.desk.notices.announce(said);
            return;
        }
        recent.update(|recent| {
            recent.retain(|id| *id != offer.command.id);
            recent.insert(0, offer.command.id);
            recent.truncate(RECENT);
        });
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        // The focus is back where it was by then.
        page::after(0, move || (offer.command.run)(place));
    };
    let step = move |forward: bool| {
        let count = list.with_untracked(|list| list.len());
        if count > 0 {
            at.update(|at| *at = if forward { *at + 1 } else { *at + count - 1 } % count);
            page::scroll_to(&format!("palette-{}", at.get_untracked()));
        }
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" if !event.is_composing() => run(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        // With the dialog closed, the page would take the key for one of its own.
        event.stop_propagation();
    };
    let active = move || {
        let any = list.with(|list| !list.is_empty());
        any.then(|| format!("palette-{}", at.get()))
    };
    view! {
        <dialog class="dialog palette-dialog" node_ref=dialog aria-label="Command palette">
            <div class="palette-head">
                {icon(Icon::Search)}
                <input
                    id="palette-query"
                    class="palette-query"
                    type="text"
                    role="combobox"
                    placeholder="Type a command"
                    aria-label="Find a command"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || query.get()
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        look();
                    }
                    on:keydown=key
                />
            </div>
            <ul class="palette-list" id="palette-list" role="listbox" aria-label="Commands">
                {move || list.get().iter().enumerate().map(|(index, offer)| view! {
                    <PaletteLine index offer=offer.clone() at run=Callback::new(run)/>
                }).collect_view()}
            </ul>
            <Show when=move || list.with(|list| list.is_empty())>
                <p class="empty-note" role="status">"No command is called that."</p>
            </Show>
        </dialog>
    }
}

#[component]
fn PaletteLine(
    index: usize,
    offer: Offer,
    at: RwSignal<usize>,
    run: Callback<usize>,
) -> impl IntoView {
    let place = workplace();
    let Offer {
        command,
        places,
        reason,
    } = offer;
    let keys = place.keys_of(command.id);
    let current = move || at.get() == index;
    view! {
        <li
            class="palette-line"
            class:is-current=current
            id=format!("palette-{index}")
            role="option"
            aria-selected=move || current().to_string()
            aria-disabled=reason.map(|_| "true")
            on:pointermove=move |_| if at.get_untracked() != index { at.set(index) }
            on:click=move |_| run.run(index)
        >
            <span class="palette-group">{command.group.name()}</span>
            <span class="palette-name">{marked(command.name, &places)}</span>
            {reason.map(|reason| view! { <span class="palette-reason">{reason}</span> })}
            {keys.map(|keys| view! { <kbd>{keys}</kbd> })}
        </li>
    }
}

/// A name with what was found in it marked.
fn marked(name: &str, places: &[usize]) -> Vec<AnyView> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (at, letter) in name.chars().enumerate() {
        let found = places.binary_search(&at).is_ok();
        match parts.last_mut() {
            Some((same, text)) if *same == found => text.push(letter),
            _ => parts.push((found, letter.to_string())),
        }
    }
    let part = |(found, text): (bool, String)| {
        if found {
            view! { <mark>{text}</mark> }.into_any()
        } else {
            text.into_any()
        }
    };
    parts.into_iter().map(part).collect()
}
