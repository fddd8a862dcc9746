//! The menu of snippets: those that come with Flowdeck, and what the user has kept from their own
//! flows, in this browser. What a snippet is is told in [`flow::snippet`].

use flow::diagram::Owner;
use flow::fragment::{self, FragmentKind};
use flow::geometry::Point;
use flow::open_document::Selection;
use flow::snippet::{Inserted, NotInserted, SNIPPETS, Snippet, insert_piece};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::desk::{Desk, desk};
use super::icons::{Icon, icon};
use super::menu::Menu;
use super::notices::Notice;
use crate::browser::page;

/// Where the user's own are kept.
const KEY: &str = "flowdeck.snippets";

/// A piece that the user has kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Own {
    name: String,
    text: String,
}

/// Those the user has kept; none where what is kept cannot be read.
fn own() -> Vec<Own> {
    let kept = page::remembered(KEY);
    kept.and_then(|kept| serde_json::from_str(&kept).ok())
        .unwrap_or_default()
}

/// Keeps them; false when the browser does not.
fn keep(own: &[Own]) -> bool {
    let Ok(text) = serde_json::to_string(own) else {
        return false;
    };
    page::remember(KEY, Some(&text));
    page::remembered(KEY).as_deref() == Some(&*text)
}

/// The card after which a snippet goes, and the middle of what is seen.
fn target(desk: Desk) -> (Option<u32>, Point) {
    let after = desk.peek(|open| match open.selection().single() {
        Some(Owner::Card(card)) => Some(card),
        _ => None,
    });
    let (width, height) = desk.size.get_untracked();
    let middle = Point::new(width / 2.0, height / 2.0);
    let view = desk.view.get_untracked();
    (after.flatten(), view.world_from_screen(middle))
}

/// Puts a snippet in.
pub fn insert(desk: Desk, snippet: &Snippet) {
    let (after, middle) = target(desk);
    let made = desk.peek(|open| snippet.insert(open, after, middle));
    finish(desk, made, snippet.name);
}

fn insert_own(desk: Desk, own: &Own) {
    let (after, middle) = target(desk);
    let made = desk.peek(|open| insert_piece(open, &own.text, &[], after, middle));
    finish(desk, made, &own.name);
}

/// Applies it, selects what came, and shows it.
fn finish(desk: Desk, made: Option<Result<Inserted, NotInserted>>, name: &str) {
    let inserted = match made {
        None => return,
        Some(Err(reason)) => {
            desk.notices.show(Notice::error(reason.to_string()));
            return;
        }
        Some(Ok(inserted)) => inserted,
    };
    if !desk.apply(&inserted.command) {
        return;
    }
    let cards = desk.peek(|open| {
        let ids = inserted.ids.iter();
        ids.filter_map(|id| open.diagram().find(id)).collect()
    });
    let selection = Selection {
        cards: cards.unwrap_or_default(),
        ..Selection::default()
    };
    let first = inserted.ids.first();
    let first = first.and_then(|id| desk.peek(|open| open.diagram().find(id)).flatten());
    if let Some(first) = first {
        desk.reveal(Owner::Card(first));
    }
    desk.select(selection);
    let how = if inserted.is_joined {
        "after the selected card"
    } else {
        "on its own"
    };
    desk.notices.announce(format!("“{name}” was put in {how}."));
}

/// What the menu "Snippets" offers.
#[component]
pub fn SnippetMenu(menu: Menu) -> impl IntoView {
    let desk = desk();
    let kind = Memo::new(move |_| {
        let kind = desk.read(|open| FragmentKind::of(open.document()));
        kind.flatten().unwrap_or(FragmentKind::Nodes)
    });
    let fitting = move || SNIPPETS.iter().filter(move |own| own.kind == kind.get());
    let kept = RwSignal::new(own());
    let remove = move |at: usize| {
        kept.update(|kept| {
            if at < kept.len() {
                kept.remove(at);
            }
        });
        keep(&kept.get_untracked());
    };
    view! {
        <p class="menu-title">"Snippets"</p>
        {move || fitting().map(|snippet| view! {
            <button class="menu-item" on:click=move |_| {
                menu.close();
                insert(desk, snippet);
            }>
                <span class="menu-name">{snippet.name}</span>
                <span class="menu-note">{snippet.note}</span>
            </button>
        }).collect_view()}
        <hr/>
        {move || kept.get().into_iter().enumerate().map(|(at, own)| {
            let name = own.name.clone();
            view! {
                <div class="menu-row">
                    <button class="menu-item" on:click=move |_| {
                        menu.close();
                        insert_own(desk, &own);
                    }>
                        <span class="menu-name"><bdi>{name.clone()}</bdi></span>
                        <span class="menu-note">"your own"</span>
                    </button>
                    <button class="icon-button" aria-label=format!("Forget {name}") title="Forget" on:click=move |_| remove(at)>
                        {icon(Icon::Trash)}
                    </button>
                </div>
            }
        }).collect_view()}
        <KeepForm kept/>
    }
}

/// Keeps what is selected under a name.
#[component]
fn KeepForm(kept: RwSignal<Vec<Own>>) -> impl IntoView {
    let desk = desk();
    let name = RwSignal::new(String::new());
    let nothing = Memo::new(move |_| {
        desk.read_selection(|selection| selection.cards.is_empty())
            .unwrap_or(true)
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked().trim().to_owned();
        let Some(text) = desk
            .peek(fragment::copy)
            .flatten()
            .filter(|_| !called.is_empty())
        else {
            return;
        };
        let before = kept.get_untracked();
        kept.update(|kept| {
            // The same name again means that it was changed.
            kept.retain(|own| own.name != called);
            kept.push(Own {
                name: called.clone(),
                text,
            });
        });
        if keep(&kept.get_untracked()) {
            name.set(String::new());
            desk.notices.announce(format!("“{called}” is kept."));
        } else {
            kept.set(before);
            desk.notices.show(Notice::error(format!(
                "“{called}” was not kept: this browser has no room for it. Nothing else was changed. \
                 Forget another snippet, or keep less."
            )));
        }
    };
    view! {
        <form class="menu-form" on:submit=submit>
            <input
                class="field"
                type="text"
                aria-label="Name of the snippet"
                placeholder=move || if nothing.get() { "Select cards to keep them" } else { "Keep the selection as…" }
                disabled=move || nothing.get()
                autocomplete="off"
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
            <button class="button is-small" type="submit" disabled=move || nothing.get() || name.with(|name| name.trim().is_empty())>
                "Keep"
            </button>
        </form>
    }
}
