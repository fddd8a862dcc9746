//! The raster under the cards: a canvas with a margin. What is in it moves with the view at once
//! and is drawn afresh in the next frame, or, where there is much to draw, once the view rests.

use flow::view::View;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::gestures::Gestures;
use super::paint::{Frame, Palette, paint};
use crate::browser::page;
use crate::ui::desk::desk;
use crate::ui::theme::Theme;

/// How far the raster reaches beyond the canvas on each side, in pixels.
const MARGIN: f64 = 160.0;
/// With more wires and cards in view than this the raster waits until the view rests.
const LIVE_ITEMS: usize = 1_500;
/// How long the view must rest, in milliseconds.
const REST: i32 = 120;

/// What the raster holds.
#[derive(Clone, Copy, Default)]
struct Drawn {
    view: Option<View>,
    items: usize,
    frame_due: bool,
    /// Grows with every wish to draw late, so that only the last one is fulfilled.
    wish: u32,
}

/// The raster layer.
#[component]
pub fn RasterLayer(gestures: Gestures) -> impl IntoView {
    let desk = desk();
    let theme = expect_context::<Theme>();
    let canvas = NodeRef::<html::Canvas>::new();
    let drawn = StoredValue::new(Drawn::default());
    let palette = Memo::new(move |_| {
        theme.changed.track();
        theme.choice.track();
        Palette::read()
    });

    let draw = move || {
        drawn.update_value(|drawn| drawn.frame_due = false);
        let (Some(element), Some(palette)) = (canvas.get_untracked(), palette.try_get_untracked())
        else {
            return;
        };
        let view = desk.view.get_untracked();
        let (width, height) = desk.size.get_untracked();
        let Some(context) = prepare(&element, width, height) else {
            return;
        };
        let frame = Frame {
            view,
            width,
            height,
            margin: MARGIN,
            hovered: gestures.hovered.get_untracked(),
            reach: gestures.reach.get_untracked(),
        };
        let items = desk
            .peek(|open| paint(&context, open, &palette, &frame))
            .unwrap_or_default();
        drawn.update_value(|drawn| {
            drawn.view = Some(view);
            drawn.items = items;
        });
        place(&element, view, view);
    };
    let draw_next_frame = move || {
        let due = drawn.try_update_value(|drawn| std::mem::replace(&mut drawn.frame_due, true));
        if due == Some(false) {
            page::next_frame(draw);
        }
    };

    // Whatever changes what is shown redraws it in the next frame.
    Effect::new(move |_| {
        desk.revision.track();
        desk.selected.track();
        desk.dragged.track();
        desk.size.track();
        gestures.reach.track();
        palette.track();
        draw_next_frame();
    });
    // Showing what is under the pointer is not worth drawing a huge flow afresh.
    Effect::new(move |_| {
        gestures.hovered.track();
        if drawn.get_value().items <= LIVE_ITEMS {
            draw_next_frame();
        }
    });
    // A moved view first moves what is drawn.
    Effect::new(move |_| {
        let view = desk.view.get();
        let state = drawn.get_value();
        if state.items <= LIVE_ITEMS {
            draw_next_frame();
            return;
        }
        if let (Some(element), Some(from)) = (canvas.get(), state.view) {
            place(&element, from, view);
        }
        let wish = state.wish.wrapping_add(1);
        drawn.update_value(|drawn| drawn.wish = wish);
        page::after(REST, move || {
            if drawn
                .try_get_value()
                .is_some_and(|drawn| drawn.wish == wish)
            {
                draw_next_frame();
            }
        });
    });
    view! { <canvas class="raster" node_ref=canvas aria-hidden="true"></canvas> }
}

/// Sizes the raster for the canvas and the screen's density; its context.
fn prepare(
    element: &HtmlCanvasElement,
    width: f64,
    height: f64,
) -> Option<CanvasRenderingContext2d> {
    let density = page::window().device_pixel_ratio().clamp(1.0, 3.0);
    let (wide, high) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes of a screen"
    )]
    let pixels = |size: f64| (size * density).round() as u32;
    if element.width() != pixels(wide) || element.height() != pixels(high) {
        element.set_width(pixels(wide));
        element.set_height(pixels(high));
        let style = web_sys::HtmlElement::style(element);
        // Valid properties with valid values do not fail.
        let _ = style.set_property("width", &format!("{wide}px"));
        let _ = style.set_property("height", &format!("{high}px"));
    }
    let context = element.get_context("2d").ok().flatten()?;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    context
        .set_transform(
            density,
            0.0,
            0.0,
            density,
            density * MARGIN,
            density * MARGIN,
        )
        .ok()?;
    context.clear_rect(-MARGIN, -MARGIN, wide, high);
    Some(context)
}

/// Moves and scales what was drawn for the view `from` to where it is in the view `to`.
fn place(element: &HtmlCanvasElement, from: View, to: View) {
    let scale = to.zoom / from.zoom;
    let shift = to.pan - from.pan * scale;
    let transform = format!(
        "translate({}px, {}px) scale({scale}) translate({}px, {}px)",
        shift.x, shift.y, -MARGIN, -MARGIN
    );
    // A valid property with a valid value does not fail.
    let _ = web_sys::HtmlElement::style(element).set_property("transform", &transform);
}
