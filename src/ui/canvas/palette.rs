//! The palette: a press adds a card in the middle, a drag adds it where it is let go.

use flow::document::NodeKind;
use flow::geometry::Point;
use flow::open_document::{Joins, NewCard};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::add::add_card;
use super::gestures::Gestures;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, card_icon, icon};

/// How far the pointer moves, in pixels, before a press becomes a drag.
const DRAG_THRESHOLD: f64 = 5.0;

/// The cards that the shown document takes.
#[component]
pub fn Palette(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let is_dialog = Memo::new(move |_| {
        desk.read(|open| open.document().dialog_flow().is_some())
            .unwrap_or(false)
    });
    let is_states = Memo::new(move |_| {
        let whole = |open: &flow::open_document::OpenDocument| {
            open.document()
                .state_flow()
                .is_some_and(|flow| !flow.partial)
        };
        desk.read(whole).unwrap_or(false)
    });
    view! {
        <Show when=move || is_dialog.get()>
            <div class="palette" data-covers-canvas role="toolbar" aria-label="Add a node">
                {NodeKind::ALL.into_iter().map(|kind| view! {
                    <Item
                        gestures
                        card=NewCard::Node(kind)
                        kind=kind.as_type()
                        name=format!("Add {} node", kind.as_type())
                        glyph=card_icon(flow::diagram::CardKind::Node(kind))
                    />
                }).collect_view()}
            </div>
        </Show>
        <Show when=move || is_states.get()>
            <div class="palette" data-covers-canvas role="toolbar" aria-label="Add a state">
                <Item gestures card=NewCard::State kind="state" name="Add state".to_owned() glyph=Icon::State/>
            </div>
        </Show>
        <Ghost gestures/>
    }
}

#[component]
fn Item(
    gestures: Gestures,
    card: NewCard,
    kind: &'static str,
    name: String,
    glyph: Icon,
) -> impl IntoView {
    let desk = desk();
    let pressed = StoredValue::new(None::<Point>);
    // The click that ends a drag adds nothing more.
    let dragged = StoredValue::new(false);
    let place =
        |event: &PointerEvent| Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
    let down = move |event: PointerEvent| {
        dragged.set_value(false);
        pressed.set_value(Some(place(&event)));
        if let Some(button) = event
            .current_target()
            .and_then(|it| it.dyn_into::<Element>().ok())
        {
            // Without capture a drag ends where the pointer leaves the button; a press still adds.
            let _ = button.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: PointerEvent| {
        let Some(from) = pressed.get_value() else {
            return;
        };
        if dragged.get_value() || from.distance(place(&event)) > DRAG_THRESHOLD {
            let is_broken_off = dragged.get_value() && gestures.carried.get_untracked().is_none();
            dragged.set_value(true);
            if is_broken_off {
                pressed.set_value(None);
            } else {
                gestures.carry(card, &event);
            }
        }
    };
    let up = move |_: PointerEvent| {
        pressed.set_value(None);
        if dragged.get_value() {
            gestures.put_down();
        }
    };
    let title = format!("{name}: press, or drag it onto the canvas");
    view! {
        <button
            class="palette-item"
            data-kind=kind
            title=title
            aria-label=name
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |_| {
                pressed.set_value(None);
                gestures.cancel();
            }
            on:click=move |_| {
                if !dragged.get_value() {
                    add_in_middle(desk, card);
                }
                dragged.set_value(false);
            }
        >
            <span class="card-glyph">{icon(glyph)}</span>
            <span class="palette-word">{kind}</span>
        </button>
    }
}

fn add_in_middle(desk: Desk, card: NewCard) {
    let (width, height) = desk.size.get_untracked();
    let view = desk.view.get_untracked();
    let middle = view.world_from_screen(Point::new(width / 2.0, height / 2.0));
    add_card(desk, Some(card), middle, Joins::Nothing);
}

/// The card that is dragged in.
#[component]
fn Ghost(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    move || {
        gestures.carried.get().map(|(card, at)| {
            let (kind, glyph) = match card {
                NewCard::Node(kind) => (
                    kind.as_type(),
                    card_icon(flow::diagram::CardKind::Node(kind)),
                ),
                NewCard::State => ("state", Icon::State),
            };
            let zoom = desk.view.get().zoom.min(1.0);
            view! {
                <div
                    class="card card-ghost"
                    data-kind=kind
                    aria-hidden="true"
                    style:left=format!("{}px", at.x)
                    style:top=format!("{}px", at.y)
                    style:scale=zoom.to_string()
                >
                    <span class="card-glyph">{icon(glyph)}</span>
                    <span class="card-text"><span class="card-type">{kind}</span></span>
                </div>
            }
        })
    }
}
