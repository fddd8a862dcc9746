//! Adding cards: at once, or after a choice among the types that fit.

use flow::diagram::{CardKind, Owner};
use flow::document::NodeKind;
use flow::geometry::Point;
use flow::interaction::on_grid;
use flow::layout::{CARD_HEIGHT, CARD_WIDTH, LAYER_GAP};
use flow::open_document::{Joins, NewCard};
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;

use crate::browser::page;
use crate::ui::desk::{Asked, Desk, desk};
use crate::ui::icons::{Icon, card_icon, icon};
use crate::ui::notices::Notice;

/// The items of the menu that can be chosen.
const ITEMS: &str = "[role=menuitem]:not([disabled])";

/// Adds a card with its middle at a point of the world, selects it and opens its label. Without a
/// `card` it is what the document has most of: an action, or a state.
pub fn add_card(desk: Desk, card: Option<NewCard>, middle: Point, joins: Joins) {
    let corner = on_grid(middle - Point::new(CARD_WIDTH / 2.0, CARD_HEIGHT / 2.0));
    let made = desk.peek(|open| {
        let usual = match open.document().state_flow() {
            Some(_) => NewCard::State,
            None => NewCard::Node(NodeKind::Action),
        };
        open.add_card_command(card.unwrap_or(usual), open.free_corner(corner), joins)
    });
    match made.flatten() {
        Some((command, id)) => {
            if desk.apply(&command)
                && let Some(card) = desk.peek(|open| open.diagram().find(&id)).flatten()
            {
                desk.reveal(Owner::Card(card));
                page::after(0, page::focus_inspector);
            }
        }
        None => desk.notices.show(Notice::info(
            "Nothing was added: this document is one state of a flow and holds no other.",
        )),
    }
}

/// Asks what to add: after the selected card, into the selected wire, or in the middle.
pub fn ask(desk: Desk) -> bool {
    let (width, height) = desk.size.get_untracked();
    let view = desk.view.get_untracked();
    let middle = view.world_from_screen(Point::new(width / 2.0, height / 2.0));
    let place = desk.peek(|open| match open.selection().single() {
        Some(Owner::Card(card)) => {
            let rect = open.scene().cards()[card as usize];
            let beside = rect.center() + Point::new(CARD_WIDTH + LAYER_GAP, 0.0);
            let fits = open.new_cards(Some(card)).iter().any(|(_, fits)| *fits);
            let joins = if fits {
                Joins::After(card)
            } else {
                Joins::Nothing
            };
            (beside, joins)
        }
        Some(Owner::Wire(wire)) => {
            let wire_shape = &open.scene().wires()[wire as usize];
            (wire_shape.bounds().center(), Joins::Into(wire))
        }
        None => (middle, Joins::Nothing),
    });
    let Some((at, joins)) = place else {
        return false;
    };
    let shown = view.screen_from_world(at);
    let screen = Point::new(
        shown.x.clamp(8.0, (width - 220.0).max(8.0)),
        shown.y.clamp(8.0, (height - 260.0).max(8.0)),
    );
    desk.asked.set(Some(Asked::Add { at, screen, joins }));
    true
}

/// Asks what a connection that was let go over nothing leads to.
pub fn ask_for_end(desk: Desk, source: u32, at: Point, screen: Point) {
    let fits = desk.peek(|open| open.new_cards(Some(source)).iter().any(|(_, fits)| *fits));
    if fits == Some(true) {
        let at = at + Point::new(CARD_WIDTH / 2.0, 0.0);
        let joins = Joins::After(source);
        desk.asked.set(Some(Asked::Add { at, screen, joins }));
    }
}

/// The choice of a type, where it was asked for.
#[component]
pub fn AddMenu() -> impl IntoView {
    let desk = desk();
    let menu = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Add { at, screen, joins }) => Some((at, screen, joins)),
        _ => None,
    });
    // What was asked about may be another card after a change.
    Effect::new(move |known: Option<u64>| {
        let revision = desk.revision.get();
        let asks = matches!(
            desk.asked.get_untracked(),
            Some(Asked::Add { .. } | Asked::Connect { .. })
        );
        if known.is_some_and(|known| known != revision) && asks {
            desk.asked.set(None);
        }
        revision
    });
    move || {
        menu.get()
            .map(|(at, screen, joins)| view! { <Menu at screen joins/> })
    }
}

#[component]
fn Menu(at: Point, screen: Point, joins: Joins) -> impl IntoView {
    let desk = desk();
    let list = NodeRef::<html::Div>::new();
    let cards = desk.peek(|open| match joins {
        Joins::After(card) => open.new_cards(Some(card)),
        Joins::Into(wire) => open.new_cards_into(wire),
        Joins::Nothing => open.new_cards(None),
    });
    list.on_load(|list| page::focus_beside(&list, ITEMS, 0));
    let close = move || desk.asked.set(None);
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(list, 1),
            "ArrowUp" => step(list, -1),
            "Escape" | "Tab" => {
                close();
                page::focus_first(".graph");
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let left = move |event: FocusEvent| {
        // The event also comes when the menu is taken away with the focus in it.
        let Some(Some(list)) = list.try_get_untracked() else {
            return;
        };
        let next = event
            .related_target()
            .and_then(|it| it.dyn_into::<Node>().ok());
        if !list.contains(next.as_ref()) {
            close();
        }
    };
    let items = cards.unwrap_or_default().into_iter().map(|(card, fits)| {
        let (word, glyph, kind) = match card {
            NewCard::Node(kind) => (
                kind.as_type(),
                card_icon(CardKind::Node(kind)),
                kind.as_type(),
            ),
            NewCard::State => ("state", Icon::State, "state"),
        };
        view! {
            <button
                class="add-menu-item"
                role="menuitem"
                tabindex="-1"
                data-kind=kind
                disabled=!fits
                on:click=move |_| {
                    close();
                    add_card(desk, Some(card), at, joins);
                }
            >
                <span class="card-glyph">{icon(glyph)}</span>
                <span>{word}</span>
            </button>
        }
    });
    view! {
        <div
            class="add-menu"
            role="menu"
            aria-label="Add"
            node_ref=list
            style:left=format!("{}px", screen.x)
            style:top=format!("{}px", screen.y)
            on:keydown=key
            on:focusout=left
        >
            {items.collect_view()}
        </div>
    }
}

/// Moves the focus to another item of the menu, round and round.
fn step(list: NodeRef<html::Div>, by: i32) {
    let Some(list) = list.get_untracked() else {
        return;
    };
    page::focus_beside(&list, ITEMS, by);
}
