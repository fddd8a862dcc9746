//! The minimap: all cards as a small picture, with a frame around what the canvas shows. The picture
//! is drawn once for each state of the document; the frame moves alone.

use flow::diagram::CardKind;
use flow::geometry::{Point, Rect};
use flow::view::View;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

use super::canvas::colours::Colours;
use super::canvas::wheel;
use super::desk::{Desk, desk};
use super::theme::Theme;
use super::workplace::workplace;
use crate::browser::page;

/// Its size in pixels, as the style sheet has it.
const SIZE: (f64, f64) = (184.0, 116.0);
/// Room around the cards.
const MARGIN: f64 = 8.0;

/// How the map shows the world: smaller, but as a canvas would.
fn map_of(desk: Desk) -> Option<View> {
    let bounds = desk.peek(|open| open.scene().bounds()).flatten()?;
    Some(View::fitting(bounds, SIZE.0, SIZE.1, MARGIN))
}

/// The map, where it is wanted.
#[component]
pub fn Minimap() -> impl IntoView {
    let place = workplace();
    view! {
        <Show when=move || place.panels.minimap.get()>
            <Map/>
        </Show>
    }
}

#[component]
fn Map() -> impl IntoView {
    let desk = desk();
    let theme = expect_context::<Theme>();
    let canvas = NodeRef::<html::Canvas>::new();
    let due = StoredValue::new(false);
    let map = Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody reads is never computed.
        desk.revision.with(|_| ());
        map_of(desk)
    });
    let draw = move || {
        let _ = due.try_set_value(false);
        // The map may be gone by now.
        let element = canvas.try_get_untracked().flatten();
        match (element, map_of(desk)) {
            (Some(element), Some(map)) => paint(&element, desk, map),
            // An empty flow has an empty map: setting the width clears it.
            (Some(element), None) => element.set_width(element.width()),
            (None, _) => {}
        }
    };
    Effect::new(move |_| {
        desk.revision.track();
        theme.changed.track();
        theme.choice.track();
        if canvas.get().is_some() && !due.get_value() {
            due.set_value(true);
            page::next_frame(draw);
        }
    });
    // What the canvas shows, on the map.
    let frame = move || {
        let (map, view, (width, height)) = (map.get()?, desk.view.get(), desk.size.get());
        let shown = view.visible(width, height);
        let (min, max) = (
            map.screen_from_world(shown.min),
            map.screen_from_world(shown.max),
        );
        Some(Rect { min, max })
    };
    let length = move |read: fn(Rect) -> f64| {
        frame().map_or_else(String::new, |frame| format!("{}px", read(frame)))
    };
    // From the pointer to the middle of the frame, while it is dragged.
    let grip = RwSignal::new(None::<Point>);
    let drag = Drag { desk, grip };
    view! {
        <div
            class="minimap"
            role="img"
            aria-label="Minimap"
            data-covers-canvas
            class:is-dragged=move || grip.get().is_some()
            on:pointerdown=move |event| drag.down(&event, frame())
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |_| grip.set(None)
            on:pointercancel=move |_| grip.set(None)
            on:wheel=move |event| zoom(desk, &event)
        >
            <canvas class="minimap-picture" node_ref=canvas aria-hidden="true"></canvas>
            <div
                class="minimap-frame"
                style:left=move || length(|frame| frame.min.x)
                style:top=move || length(|frame| frame.min.y)
                style:width=move || length(Rect::width)
                style:height=move || length(Rect::height)
            ></div>
        </div>
    }
}

/// Moving the view by its frame.
#[derive(Clone, Copy)]
struct Drag {
    desk: Desk,
    grip: RwSignal<Option<Point>>,
}

impl Drag {
    fn down(self, event: &PointerEvent, frame: Option<Rect>) {
        let (Some(element), Some(at)) = (map_element(event), point(event)) else {
            return;
        };
        event.prevent_default();
        // A pointer that is gone by now cannot be held, and does not move.
        let _ = element.set_pointer_capture(event.pointer_id());
        // A press beside the frame brings it there; one inside takes it where it is.
        let inside = frame.filter(|frame| frame.contains(at));
        let grip = inside.map_or_else(Point::default, |frame| frame.center() - at);
        self.grip.set(Some(grip));
        if inside.is_none() {
            self.center(at);
        }
    }

    fn moved(self, event: &PointerEvent) {
        if let (Some(grip), Some(at)) = (self.grip.get_untracked(), point(event)) {
            self.center(at + grip);
        }
    }

    /// Brings what is at a point of the map to the middle of the canvas.
    fn center(self, at: Point) {
        if let Some(map) = map_of(self.desk) {
            let (width, height) = self.desk.size.get_untracked();
            let world = map.world_from_screen(at);
            self.desk
                .view
                .update(|view| *view = view.centered(world, width, height));
        }
    }
}

/// Zooms the canvas around its middle, by the wheel with any key or none.
fn zoom(desk: Desk, event: &WheelEvent) {
    super::keys::zoom_by(desk, wheel::read(event, false).factor());
}

fn map_element(event: &PointerEvent) -> Option<Element> {
    let target = event.current_target()?;
    target.dyn_into::<Element>().ok()
}

/// Where on the map an event is.
fn point(event: &PointerEvent) -> Option<Point> {
    let area = map_element(event)?.get_bounding_client_rect();
    Some(Point::new(
        f64::from(event.client_x()) - area.left(),
        f64::from(event.client_y()) - area.top(),
    ))
}

/// Draws every card. O(cards).
fn paint(element: &HtmlCanvasElement, desk: Desk, map: View) {
    let density = page::window().device_pixel_ratio().clamp(1.0, 3.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small size"
    )]
    let pixels = |size: f64| (size * density).round() as u32;
    element.set_width(pixels(SIZE.0));
    element.set_height(pixels(SIZE.1));
    let context = element.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok())
    else {
        return;
    };
    // A finite scale is always valid.
    let _ = context.scale(density, density);
    desk.peek(|open| {
        let cards = open.scene().cards();
        let colours = Colours::read();
        for kind in CardKind::ALL {
            context.set_fill_style_str(colours.kind(kind));
            for (card, rect) in open.diagram().cards.iter().zip(cards) {
                if card.kind == kind {
                    let corner = map.screen_from_world(rect.min);
                    let size = Point::new(rect.width(), rect.height()) * map.zoom;
                    context.fill_rect(corner.x, corner.y, size.x.max(1.5), size.y.max(1.5));
                }
            }
        }
    });
}
