//! The tour: a few steps through the workbench on a sample, each pointing at the real thing. A step is
//! over when its thing is done, or when somebody goes on.

use flow::geometry::{Point, Rect};
use flow::view::View;
use leptos::ev;
use leptos::prelude::*;

use super::app::Activity;
use super::icons::{Icon, icon};
use super::workplace::{Finding, Overlay, Workplace, workplace};
use crate::browser::page;

/// Where it is noted that the tour was taken.
const KEY: &str = "flowdeck.tour";
/// The size of the card in pixels, as the style sheet has it; its height at most.
const CARD: (f64, f64) = (300.0, 190.0);
/// The space between the card and what it is about.
const GAP: f64 = 14.0;

/// One step.
struct Step {
    title: &'static str,
    text: &'static str,
    /// What it is about.
    target: &'static str,
    /// Brings it onto the screen.
    prepare: fn(Workplace),
    /// Whether it was done, followed; what the view was at its start is told.
    done: fn(Workplace, View) -> bool,
}

const STEPS: [Step; 8] = [
    Step {
        title: "This is a flow",
        text: "Each card is a step of a conversation; lines lead on, in the order of their numbers. Pan with the wheel, zoom with Ctrl and the wheel.",
        target: ".canvas",
        prepare: |_| {},
        done: |place, before| place.desk.view.get() != before,
    },
    Step {
        title: "Go to a card",
        text: "The outline lists every card in reading order. Press one.",
        target: ".outline",
        prepare: |place| place.panels.outline.set(true),
        done: |place, _| {
            let selected = place.desk.read_selection(|selection| !selection.is_empty());
            selected.unwrap_or(false)
        },
    },
    Step {
        title: "Change it",
        text: "The inspector has every field of what is selected. Give the card another label and press Enter.",
        target: ".inspector",
        prepare: |place| place.panels.inspector.set(true),
        done: |place, _| {
            let changed = place
                .desk
                .read(|open| open.session().undo_label().is_some());
            changed.unwrap_or(false)
        },
    },
    Step {
        title: "Take it back",
        text: "Everything can be undone, step by step. Undo the label.",
        target: ".header-tools [aria-label='Undo']",
        prepare: |_| {},
        done: |place, _| {
            let undone = place
                .desk
                .read(|open| open.session().redo_label().is_some());
            undone.unwrap_or(false)
        },
    },
    Step {
        title: "See what is wrong",
        text: "Mistakes are found while you work, each with its place and often with a fix. This sample has none. F8 goes to the next.",
        target: ".problems",
        prepare: |place| place.panels.problems.set(true),
        done: |_, _| false,
    },
    Step {
        title: "Find anything",
        text: "Ctrl+F looks through labels, ids, conditions, scripts and messages, and replaces them too.",
        target: "#find-button",
        prepare: |_| {},
        done: |place, _| matches!(place.finding.get(), Some(Finding::Find | Finding::Replace)),
    },
    Step {
        title: "Every command",
        text: "Ctrl+K finds any command by a few letters. The question mark shows all shortcuts.",
        target: ".header-tools [aria-label='Commands']",
        prepare: |place| place.finding.set(None),
        done: |place, _| place.overlay.get() == Some(Overlay::Palette),
    },
    Step {
        title: "That is all",
        text: "Work is kept in this browser by itself; Save writes the file. Nothing leaves your machine.",
        target: ".header-tools .button",
        prepare: |_| {},
        done: |_, _| false,
    },
];

/// Starts the tour on the sample.
pub fn start(place: Workplace) {
    place.activity.set(Activity::Design);
    super::start::take_tour(place);
}

/// The card of the step at hand, and the ring around what it is about.
#[component]
pub fn Tour() -> impl IntoView {
    let place = workplace();
    let shown = Memo::new(move |_| {
        let ready = place.desk.active.get().is_some() && place.activity.get() == Activity::Design;
        place.tour.get().filter(|_| ready)
    });
    view! {
        {move || shown.get().and_then(|at| STEPS.get(at).map(|step| view! { <StepCard at step/> }))}
    }
}

#[component]
fn StepCard(at: usize, step: &'static Step) -> impl IntoView {
    let place = workplace();
    let spot = RwSignal::new(None::<(Rect, Point)>);
    let leave = move || {
        page::remember(KEY, Some("taken"));
        place.tour.set(None);
        page::focus_first(".graph");
    };
    let go = move |to: usize| {
        if to < STEPS.len() {
            place.tour.set(Some(to));
        } else {
            leave();
        }
    };
    // What opens with the step needs a frame to be there.
    let look = move || {
        // The step may be over by then.
        let _ = spot.try_set(spot_of(step.target));
    };
    let before = StoredValue::new(None::<View>);
    (step.prepare)(place);
    page::after(60, move || {
        let _ = before.try_set_value(Some(place.desk.view.get_untracked()));
        look();
    });
    let resized = window_event_listener(ev::resize, move |_| look());
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !page::has_dialog() && !page::is_typing() {
            leave();
        }
    });
    on_cleanup(move || {
        resized.remove();
        escape.remove();
    });
    Effect::new(move |was: Option<bool>| {
        place.desk.view.track();
        let begun = before.get_value();
        let done = begun.is_some_and(|before| (step.done)(place, before)) || {
            // Followed before it has begun too.
            let _ = (step.done)(place, place.desk.view.get_untracked());
            false
        };
        // What was so at the start is not a deed.
        let begins = was.is_none() || begun.is_none();
        if done && !begins {
            page::after(0, move || go(at + 1));
        }
        done
    });
    // Whoever has typed or pressed something keeps the focus there; who goes on here has it here.
    let first = at == 0;
    Effect::new(move |_| {
        if first || page::focus_is_in(".tour-card") {
            page::after(80, || page::focus("tour-next"));
        }
    });
    let last = at + 1 == STEPS.len();
    let side = move |read: fn((Rect, Point)) -> f64| {
        spot.get()
            .map_or_else(String::new, |spot| format!("{}px", read(spot)))
    };
    view! {
        <Show when=move || spot.get().is_some()>
            <div
                class="tour-ring"
                aria-hidden="true"
                style:left=move || side(|(ring, _)| ring.min.x)
                style:top=move || side(|(ring, _)| ring.min.y)
                style:width=move || side(|(ring, _)| ring.width())
                style:height=move || side(|(ring, _)| ring.height())
            ></div>
            <div
                class="tour-card"
                role="dialog"
                aria-labelledby="tour-title"
                aria-describedby="tour-text"
                style:left=move || side(|(_, card)| card.x)
                style:top=move || side(|(_, card)| card.y)
            >
                <div class="tour-head">
                    <h2 id="tour-title">{step.title}</h2>
                    <span class="tour-count">{format!("{} of {}", at + 1, STEPS.len())}</span>
                    <button class="icon-button" aria-label="Leave the tour" title="Leave (Esc)" on:click=move |_| leave()>
                        {icon(Icon::Close)}
                    </button>
                </div>
                <p id="tour-text" role="status">{step.text}</p>
                <div class="tour-buttons">
                    <button class="button is-small is-primary" id="tour-next" on:click=move |_| go(at + 1)>
                        {if last { "Finish" } else { "Next" }}
                    </button>
                    <Show when=move || !first>
                        <button class="button is-small" on:click=move |_| go(at.saturating_sub(1))>"Back"</button>
                    </Show>
                    <Show when=move || !last>
                        <button class="button is-small is-quiet" on:click=move |_| leave()>"Leave"</button>
                    </Show>
                </div>
            </div>
        </Show>
    }
}

/// Where the ring and the card go for what a selector names.
fn spot_of(selector: &str) -> Option<(Rect, Point)> {
    let window = page::window();
    let length = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|it| it.as_f64());
    let (width, height) = (
        length(window.inner_width())?,
        length(window.inner_height())?,
    );
    let found = page::document().query_selector(selector).ok().flatten();
    // On a small screen what a step is about may be hidden; its words are still worth reading.
    let area = found.map(|it| it.get_bounding_client_rect());
    let area = area.filter(|area| area.width() > 0.0);
    let ring = area.map_or_else(
        || Rect::at(Point::new(width / 2.0, height / 2.0), 0.0, 0.0),
        |area| {
            Rect::at(
                Point::new(area.left(), area.top()),
                area.width(),
                area.height(),
            )
        },
    );
    Some((ring.grown(2.0), beside(ring, width, height)))
}

/// The corner of a card beside an area, inside a window of this size.
fn beside(area: Rect, width: f64, height: f64) -> Point {
    let inside = |at: f64, size: f64, room: f64| at.clamp(8.0, (room - size - 8.0).max(8.0));
    let top = inside(area.min.y, CARD.1, height);
    let corner = if area.max.x + GAP + CARD.0 < width {
        Point::new(area.max.x + GAP, top)
    } else if area.min.x - GAP - CARD.0 > 0.0 {
        Point::new(area.min.x - GAP - CARD.0, top)
    } else if area.max.y + GAP + CARD.1 < height {
        Point::new(area.min.x, area.max.y + GAP)
    } else if area.min.y - GAP - CARD.1 > 0.0 && area.height() < height / 2.0 {
        Point::new(area.min.x, area.min.y - GAP - CARD.1)
    } else {
        // As large as the page: in its lower corner.
        Point::new(area.min.x + 2.0 * GAP, area.max.y - CARD.1 - 2.0 * GAP)
    };
    Point::new(
        inside(corner.x, CARD.0, width),
        inside(corner.y, CARD.1, height),
    )
}
