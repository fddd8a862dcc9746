//! What gestures show over the canvas: the marquee, the lines cards are aligned with, the grips of a
//! wire, and words beside the pointer.

use flow::diagram::Owner;
use flow::geometry::Point;
use leptos::prelude::*;

use super::gestures::Gestures;
use crate::ui::desk::desk;

/// A rectangle or line of the screen, as styles.
fn placed(min: Point, max: Point) -> [String; 4] {
    [
        format!("{}px", min.x),
        format!("{}px", min.y),
        format!("{}px", max.x - min.x),
        format!("{}px", max.y - min.y),
    ]
}

/// The rectangle being drawn.
#[component]
pub fn Marquee(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let rect = move || {
        gestures.marquee.get().map(|area| {
            let view = desk.view.get();
            placed(
                view.screen_from_world(area.min),
                view.screen_from_world(area.max),
            )
        })
    };
    let part = move |index: usize| rect().map_or_else(String::new, |rect| rect[index].clone());
    view! {
        <Show when=move || gestures.marquee.get().is_some()>
            <div
                class="marquee"
                style:left=move || part(0)
                style:top=move || part(1)
                style:width=move || part(2)
                style:height=move || part(3)
            ></div>
        </Show>
    }
}

/// The lines that dragged cards are aligned with.
#[component]
pub fn Guides(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    move || {
        let view = desk.view.get();
        let lines = gestures.guides.get().into_iter().map(|guide| {
            let [left, top, width, height] = placed(
                view.screen_from_world(guide.from),
                view.screen_from_world(guide.to),
            );
            view! {
                <div
                    class="guide"
                    style:left=left
                    style:top=top
                    style:width=width
                    style:height=height
                ></div>
            }
        });
        lines.collect_view()
    }
}

/// Grips at the ends of the wire in hand, by which it is led to another card.
#[component]
pub fn WireGrips(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let wire = Memo::new(move |_| {
        let selected = desk
            .read_selected(|open| open.selection().single())
            .flatten();
        match (gestures.hovered.get(), selected) {
            (Some(Owner::Wire(wire)), _) if !gestures.is_dragging() => Some(wire),
            (_, Some(Owner::Wire(wire))) => Some(wire),
            _ => None,
        }
    });
    let grips = move || {
        let wire = wire.get()?;
        desk.dragged.track();
        let grips = desk.read(|open| open.grips(wire)).flatten()?;
        let view = desk.view.get();
        Some((wire, grips.map(|at| view.screen_from_world(at))))
    };
    move || {
        let (wire, ends) = grips()?;
        let grip = |name: &'static str, at: Point| {
            view! {
                <span
                    class="wire-grip"
                    data-wire=wire.to_string()
                    data-wire-end=name
                    title="Drag to another card"
                    style:left=format!("{}px", at.x)
                    style:top=format!("{}px", at.y)
                ></span>
            }
        };
        let [source, target] = ends;
        Some((grip("source", source), grip("target", target)))
    }
}

/// What letting go would do, or why it would do nothing.
#[component]
pub fn Hint(gestures: Gestures) -> impl IntoView {
    let refused = move || {
        gestures
            .reach
            .get()
            .and_then(|reach| Some((reach.screen, reach.refused?)))
    };
    let inserts = move || {
        let at = gestures.inserts.get()?;
        Some((at, "Let go to insert it here.".to_owned()))
    };
    let hint = move || {
        refused()
            .map(|(at, words)| (at, words, true))
            .or_else(|| inserts().map(|(at, words)| (at, words, false)))
    };
    view! {
        <Show when=move || hint().is_some()>
            <div
                class="veto-hint"
                class:is-offer=move || hint().is_some_and(|(_, _, is_refused)| !is_refused)
                role="status"
                style:left=move || hint().map_or_else(String::new, |(at, ..)| format!("{}px", at.x + 14.0))
                style:top=move || hint().map_or_else(String::new, |(at, ..)| format!("{}px", at.y + 14.0))
            >
                {move || hint().map(|(_, words, _)| words)}
            </div>
        </Show>
    }
}
