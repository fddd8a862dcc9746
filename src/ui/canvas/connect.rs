//! Connecting with the keyboard: a list of the cards that can be connected to, narrowed by typing.
//! Those that cannot are listed after them, each with the reason.

use flow::diagram::Owner;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::{Asked, Desk, desk};

/// How many cards are offered at once.
const OFFERED: usize = 10;

/// A card that may be connected to.
#[derive(Clone, Debug, PartialEq)]
struct Offer {
    card: u32,
    words: String,
    refused: Option<String>,
}

/// Asks what the selected card is to be connected to.
pub fn ask(desk: Desk) -> bool {
    let source = desk.peek(|open| match open.selection().single() {
        Some(Owner::Card(card)) => Some(card),
        _ => None,
    });
    match source.flatten() {
        Some(source) => desk.asked.set(Some(Asked::Connect { source })),
        None => desk.notices.announce("Select one card to connect it."),
    }
    true
}

/// The choice of a card to connect to, where it was asked for.
#[component]
pub fn ConnectMenu() -> impl IntoView {
    let desk = desk();
    let source = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Connect { source }) => Some(source),
        _ => None,
    });
    move || source.get().map(|source| view! { <Choice source/> })
}

fn offers(desk: Desk, source: u32) -> Vec<Offer> {
    let read = |open: &flow::open_document::OpenDocument| {
        let cards = &open.diagram().cards;
        let offer = |(card, refused): (u32, Option<String>)| {
            let shown = &cards[card as usize];
            let words = format!("{} ({})", shown.label, shown.id);
            Offer {
                card,
                words,
                refused,
            }
        };
        open.targets(source).into_iter().map(offer).collect()
    };
    desk.peek(read).unwrap_or_default()
}

#[component]
fn Choice(source: u32) -> impl IntoView {
    let desk = desk();
    let all = StoredValue::new(offers(desk, source));
    let name = desk.peek(|open| {
        open.diagram()
            .cards
            .get(source as usize)
            .map(|card| card.label.clone())
    });
    let title = format!("Connect {} to", name.flatten().unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let offered = Memo::new(move |_| {
        let query = typed.get().trim().to_lowercase();
        all.with_value(|all| {
            all.iter()
                .filter(|offer| offer.words.to_lowercase().contains(&query))
                .take(OFFERED)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    page::next_frame(|| page::focus("connect-to"));
    let close = move || {
        desk.asked.set(None);
        page::focus_first(".canvas");
    };
    let pick = move |index: usize| {
        let picked = offered.with_untracked(|offered| offered.get(index).cloned());
        match picked {
            Some(Offer {
                refused: Some(reason),
                ..
            }) => desk.notices.announce(reason),
            Some(Offer { card, words, .. }) => {
                close();
                if desk.run(|open| open.connect_command(source, card)) {
                    desk.notices.announce(format!("Connected to {words}."));
                }
            }
            None => {}
        }
    };
    let key = move |event: KeyboardEvent| {
        let last = offered.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => pick(at.get_untracked()),
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let option_id = |index: usize| format!("connect-to-{index}");
    view! {
        <div class="connect-menu">
            <label class="field-label" for="connect-to"><bdi>{title}</bdi></label>
            <input
                class="field"
                id="connect-to"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder="Label or id"
                aria-expanded="true"
                aria-controls="connect-to-options"
                aria-autocomplete="list"
                aria-activedescendant=move || option_id(at.get())
                on:input=move |event| {
                    at.set(0);
                    typed.set(event_target_value(&event));
                }
                on:blur=move |_| {
                    if matches!(desk.asked.get_untracked(), Some(Asked::Connect { .. })) {
                        desk.asked.set(None);
                    }
                }
                on:keydown=key
            />
            <ul class="connect-list" role="listbox" id="connect-to-options" aria-label="Cards">
                {move || offered.get().into_iter().enumerate().map(|(index, offer)| view! {
                    <li
                        role="option"
                        id=option_id(index)
                        class="picker-option"
                        aria-selected=move || (at.get() == index).to_string()
                        aria-disabled=offer.refused.is_some().to_string()
                        // The press must not take the focus from the field before it is picked.
                        on:pointerdown=move |event| {
                            event.prevent_default();
                            pick(index);
                        }
                    >
                        <bdi>{offer.words}</bdi>
                        {offer.refused.clone().map(|reason| view! { <span class="connect-reason">{reason}</span> })}
                    </li>
                }).collect_view()}
                {move || offered.with(Vec::is_empty).then(|| view! {
                    <li class="picker-none" role="option" aria-selected="false" aria-disabled="true">"Nothing fits."</li>
                })}
            </ul>
        </div>
    }
}
