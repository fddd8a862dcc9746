//! The cards that are near enough to be elements.

use compact_str::CompactString;
use flow::diagram::{Card, CardKind, Owner};
use flow::document::NodeKind;
use flow::problem::Severity;
use leptos::prelude::*;

use super::MAX_ELEMENTS;
use super::gestures::Gestures;
use super::graph::card_id;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{card_icon, icon, severity_icon};

/// Names a card across revisions: the document, the id, which of that id.
type CardKey = (u32, CompactString, u32);

/// What a card element shows.
#[derive(Clone, Debug, PartialEq)]
struct CardFace {
    index: u32,
    kind: CardKind,
    type_label: CompactString,
    label: CompactString,
    line: CompactString,
    mark: Option<Severity>,
    /// What a tenant says about it; empty while none does.
    said: CompactString,
}

/// The cards in view, as elements; none when there are too many to read anyway.
#[component]
pub fn CardLayer(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let visible = Memo::new(move |_| visible_cards(desk));
    let transform = move || {
        let view = desk.view.get();
        format!(
            "translate({}px, {}px) scale({})",
            view.pan.x, view.pan.y, view.zoom
        )
    };
    view! {
        <div
            class="card-layer"
            class:is-far=move || desk.view.get().zoom < 0.45
            class:is-tiny=move || desk.view.get().zoom < 0.2
            style:transform=transform
        >
            <For
                each=move || visible.get()
                key=Clone::clone
                children=move |key| view! { <CardElement key gestures/> }
            />
        </div>
    }
}

/// The keys of the cards in view; of the selected ones when there are too many.
fn visible_cards(desk: Desk) -> Vec<CardKey> {
    let view = desk.view.get();
    let (width, height) = desk.size.get();
    desk.dragged.track();
    let id = desk.active.get().unwrap_or_default();
    let found = desk.read_selected(|open| {
        let scene = open.scene();
        let area = view.visible(width, height).grown(48.0 / view.zoom);
        let mut cards = if scene.is_crowded(area, MAX_ELEMENTS) {
            // From afar only what the user has in hand stays an element.
            let in_view = |card: &u32| scene.cards()[*card as usize].intersects(area);
            let selected = open.selection().cards.iter().copied();
            selected.filter(in_view).take(MAX_ELEMENTS).collect()
        } else {
            scene.cards_in(area)
        };
        // The one card that is selected stays mounted, also beyond the edge: it is the active one for
        // the keyboard, and what is dragged.
        if let Some(Owner::Card(selected)) = open.selection().single()
            && !cards.contains(&selected)
        {
            cards.push(selected);
        }
        let key = |card: u32| {
            let card = &open.diagram().cards[card as usize];
            (id, card.id.clone(), card.occurrence)
        };
        cards.into_iter().map(key).collect()
    });
    found.unwrap_or_default()
}

/// What the card shows. Most edits leave it at the index it had, `hint`, where it is looked for
/// first.
fn face(desk: Desk, key: &CardKey, hint: usize) -> Option<CardFace> {
    desk.read(|open| {
        let same = |card: &Card| card.id == key.1 && card.occurrence == key.2;
        let cards = &open.diagram().cards;
        let hinted = cards.get(hint).filter(|card| same(card)).map(|_| hint);
        let index = hinted.or_else(|| cards.iter().position(same))?;
        let card = &cards[index];
        let index = u32::try_from(index).ok()?;
        Some(CardFace {
            index,
            kind: card.kind,
            type_label: card.type_label.clone(),
            label: card.label.clone(),
            line: card.line.clone(),
            mark: open.card_mark(index),
            said: open
                .remarks_on(Owner::Card(index))
                .next()
                .unwrap_or_default()
                .into(),
        })
    })
    .flatten()
}

#[component]
fn CardElement(key: CardKey, gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let document = key.0;
    let face = Memo::new(move |old: Option<&Option<CardFace>>| {
        // A card that is gone keeps its face for the moment until its element goes too.
        let hint = old
            .and_then(Option::as_ref)
            .map_or(0, |face| face.index as usize);
        face(desk, &key, hint).or_else(|| old.cloned().flatten())
    });
    let index =
        Memo::new(move |_| face.with(|face| face.as_ref().map_or(u32::MAX, |face| face.index)));
    let corner = Memo::new(move |_| {
        desk.dragged.track();
        desk.read(|open| {
            open.scene()
                .cards()
                .get(index.get() as usize)
                .map(|rect| rect.min)
        })
        .flatten()
    });
    let owner = move || Owner::Card(index.get());
    let selected = Memo::new(move |_| {
        let owner = owner();
        desk.read_selection(|selection| selection.contains(owner))
            .unwrap_or(false)
    });
    let flashed = move || desk.flashed.get() == Some((document, owner()));
    let leaves = move || {
        desk.ghost.with(|ghost| {
            let removed = ghost.as_ref().map(|ghost| &ghost.removed_cards);
            removed.is_some_and(|removed| removed.contains(&index.get()))
        })
    };
    let over = move || {
        gestures.reach.with(|reach| {
            reach
                .as_ref()
                .filter(|reach| reach.over == Some(index.get()))
                .map(|reach| reach.refused.is_none())
        })
    };
    let with = move |read: fn(&CardFace) -> CompactString| {
        face.with(|face| face.as_ref().map(read).unwrap_or_default().to_string())
    };
    let name = move || {
        face.with(|face| {
            face.as_ref().map_or_else(String::new, |face| {
                let label = if face.label.trim().is_empty() {
                    "unnamed"
                } else {
                    &face.label
                };
                let mark = face.mark.map_or("", |mark| match mark {
                    Severity::Error => ", has errors",
                    Severity::Warning => ", has warnings",
                    Severity::Info => "",
                });
                let said = if face.said.is_empty() { "" } else { ". " };
                format!("{label}, {}{mark}{said}{}", face.type_label, face.said)
            })
        })
    };
    let kind = move || face.with(|face| face.as_ref().map_or("unknown", |face| face.kind.as_str()));
    let has_handle = move || {
        face.with(|face| {
            face.as_ref().is_some_and(|face| {
                !matches!(
                    face.kind,
                    CardKind::Node(NodeKind::End) | CardKind::Chart(_)
                )
            })
        })
    };
    view! {
        <div
            class="card"
            role="group"
            aria-label=name
            id=move || card_id(index.get())
            data-card=move || index.get().to_string()
            data-kind=kind
            class:is-selected=move || selected.get()
            class:is-flashed=flashed
            class:is-leaving=leaves
            class:is-target=move || over() == Some(true)
            class:is-refused=move || over() == Some(false)
            style:left=move || corner.get().map_or_else(String::new, |corner| format!("{}px", corner.x))
            style:top=move || corner.get().map_or_else(String::new, |corner| format!("{}px", corner.y))
        >
            <span class="card-glyph">
                {move || face.with(|face| face.as_ref().map(|face| icon(card_icon(face.kind))))}
            </span>
            <span class="card-text">
                <span class="card-type">{move || with(|face| face.type_label.clone())}</span>
                <span class="card-label">
                    <bdi>{move || with(|face| face.label.clone())}</bdi>
                </span>
                <span class="card-line">
                    <bdi>{move || with(|face| face.line.clone())}</bdi>
                </span>
            </span>
            {move || face.with(|face| face.as_ref().and_then(|face| face.mark)).map(|mark| view! {
                <span class="card-mark" data-severity=mark.as_str() title=with(|face| face.said.clone())>
                    {icon(severity_icon(mark))}
                </span>
            })}
            <Show when=has_handle>
                <span
                    class="card-handle"
                    data-handle=move || index.get().to_string()
                    title="Drag to connect"
                ></span>
            </Show>
        </div>
    }
}
