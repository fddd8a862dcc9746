//! The marks on the canvas where something was found.

use std::collections::BTreeSet;
use std::sync::Arc;

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use leptos::prelude::*;

use super::Finder;

/// At most so many are marked at once; in a farther view they would be a carpet.
const MARKED: usize = 300;

/// Where something was found, by card and wire.
type Places = Arc<(BTreeSet<u32>, BTreeSet<u32>)>;

/// Frames around what is in view and was found.
#[component]
pub fn HitMarks() -> impl IntoView {
    let finder = expect_context::<Finder>();
    let desk = finder.desk();
    let places: Memo<Places> = Memo::new(move |_| {
        finder.found.with(|found| {
            let mut places = (BTreeSet::new(), BTreeSet::new());
            desk.peek(|open| {
                for hit in &found.hits {
                    match hit.place.owner(open.diagram()) {
                        Some(Owner::Card(card)) => places.0.insert(card),
                        Some(Owner::Wire(wire)) => places.1.insert(wire),
                        None => false,
                    };
                }
            });
            Arc::new(places)
        })
    });
    let marks = Memo::new(move |_| {
        let places = places.get();
        if places.0.is_empty() && places.1.is_empty() {
            return Vec::new();
        }
        desk.dragged.track();
        let ((width, height), view) = (desk.size.get(), desk.view.get());
        let area = view.visible(width, height);
        let marks = desk.read(|open| {
            let scene = open.scene();
            let cards = scene
                .cards_in(area)
                .into_iter()
                .filter(|card| places.0.contains(card));
            let cards = cards.map(|card| (false, card, scene.cards()[card as usize].grown(4.0)));
            let wires = scene
                .wires_in(area)
                .into_iter()
                .filter(|wire| places.1.contains(wire));
            let wires = wires.map(|wire| {
                let middle = scene.wires()[wire as usize].label_at();
                let corner = middle - Point::new(14.0, 14.0);
                (true, wire, Rect::at(corner, 28.0, 28.0))
            });
            cards.chain(wires).take(MARKED).collect::<Vec<_>>()
        });
        marks.unwrap_or_default()
    });
    let transform = move || {
        let view = desk.view.get();
        format!(
            "translate({}px, {}px) scale({})",
            view.pan.x, view.pan.y, view.zoom
        )
    };
    view! {
        <div class="hit-layer" aria-hidden="true" style:transform=transform>
            <For
                each=move || marks.get()
                key=|(is_wire, index, rect)| (*is_wire, *index, rect.min.x.to_bits(), rect.min.y.to_bits())
                children=|(is_wire, _, rect)| view! {
                    <div
                        class="hit-mark"
                        class:is-wire=is_wire
                        style:left=format!("{}px", rect.min.x)
                        style:top=format!("{}px", rect.min.y)
                        style:width=format!("{}px", rect.width())
                        style:height=format!("{}px", rect.height())
                    ></div>
                }
            />
        </div>
    }
}
