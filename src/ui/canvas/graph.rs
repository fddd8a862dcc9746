//! The graph for keyboards and screen readers: one stop of the Tab key, in which the selected card is
//! the active one. Cards are gone through in the order a conversation meets them.

use flow::diagram::Owner;
use flow::open_document::Selection;
use leptos::prelude::*;

use super::cards::CardLayer;
use super::gestures::Gestures;
use crate::ui::desk::{Desk, desk};

/// What the keys of the graph do, for those who do not see the shortcut sheet.
const HELP: &str = "Page Down and Page Up go through the cards in reading order, Home and End to the \
    first and the last, Alt with an arrow to a neighbour. Enter opens a card, arrows move it.";

/// The cards, as one element that takes the keyboard.
#[component]
pub fn Graph(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let selected = Memo::new(move |_| {
        desk.read_selected(|open| match open.selection().single() {
            Some(Owner::Card(card)) => Some(card),
            _ => None,
        })
        .flatten()
    });
    let name = move || {
        let count = desk.read(|open| open.diagram().cards.len()).unwrap_or(0);
        let cards = if count == 1 { "card" } else { "cards" };
        format!("Graph of {count} {cards}")
    };
    view! {
        <div
            class="graph"
            role="application"
            aria-roledescription="flow graph"
            aria-label=name
            aria-describedby="graph-help"
            aria-activedescendant=move || selected.get().map(card_id)
            tabindex="0"
        >
            <CardLayer gestures/>
        </div>
        <p id="graph-help" hidden>{HELP}</p>
    }
}

/// The id of the element of a card.
pub fn card_id(card: u32) -> String {
    format!("card-{card}")
}

/// A step through the cards in reading order.
#[derive(Clone, Copy)]
pub enum Step {
    /// To the next card.
    Next,
    /// To the one before.
    Previous,
    /// To where a conversation starts.
    First,
    /// To the last one.
    Last,
}

/// Selects the next card, brings it into view and says where it leads. O(cards + wires).
pub fn go(desk: Desk, step: Step) {
    let found = desk.peek(|open| {
        let order = open.diagram().reading_order();
        let current = match open.selection().single() {
            Some(Owner::Card(card)) => order.iter().position(|&(other, _)| other == card),
            _ => None,
        };
        let last = order.len().checked_sub(1)?;
        let place = match (step, current) {
            (Step::First, _) | (Step::Next | Step::Previous, None) => 0,
            (Step::Last, _) => last,
            (Step::Next, Some(at)) => (at + 1).min(last),
            (Step::Previous, Some(at)) => at.saturating_sub(1),
        };
        let card = order[place].0;
        Some((card, place + 1, order.len()))
    });
    if let Some((card, place, count)) = found.flatten() {
        desk.reveal(Owner::Card(card));
        say(desk, card, Some((place, count)));
    }
}

/// Says a card and where it leads to screen readers.
pub fn say(desk: Desk, card: u32, place: Option<(usize, usize)>) {
    let words = desk.peek(|open| {
        (open.selection() == &Selection::card(card)).then(|| open.diagram().in_words(card))
    });
    if let Some(words) = words.flatten() {
        let place = place.map_or_else(String::new, |(at, of)| format!(" {at} of {of}."));
        desk.notices.announce(format!("{words}{place}"));
    }
}
