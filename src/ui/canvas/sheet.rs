//! The elements that are painted on: their size at the density of the screen, where they lie, and which of
//! them is seen. What is painted is up to the raster.

use flow::geometry::{Point, Rect};
use flow::view::View;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::browser::page;

/// How far the still layer reaches beyond the canvas on each side, in pixels.
pub const MARGIN: f64 = 192.0;

/// The whole pixels of a length at the density of the screen, and that density.
fn pixels(length: f64) -> (u32, f64) {
    let density = page::window().device_pixel_ratio().clamp(1.0, 3.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes of a screen"
    )]
    let whole = (length * density).round() as u32;
    (whole, density)
}

/// What a raster is painted with.
pub fn context(element: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    element.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Sizes a raster to cover `area` of the screen at its density and clears it.
fn cover(element: &HtmlCanvasElement, area: Rect) -> Option<CanvasRenderingContext2d> {
    let ((wide, density), (high, _)) = (pixels(area.width()), pixels(area.height()));
    if element.width() != wide || element.height() != high {
        element.set_width(wide);
        element.set_height(high);
        let style = web_sys::HtmlElement::style(element);
        // Valid properties with valid values do not fail.
        let _ = style.set_property("width", &format!("{}px", area.width()));
        let _ = style.set_property("height", &format!("{}px", area.height()));
    }
    let context = context(element)?;
    let (left, top) = (-area.min.x * density, -area.min.y * density);
    context
        .set_transform(density, 0.0, 0.0, density, left, top)
        .ok()?;
    context.clear_rect(area.min.x, area.min.y, area.width(), area.height());
    Some(context)
}

/// Makes a sheet ready: sized for the canvas with its margin, empty.
pub fn prepare(element: &HtmlCanvasElement, size: (f64, f64)) -> Option<CanvasRenderingContext2d> {
    let area = Rect::at(Point::default(), size.0, size.1);
    cover(element, area.grown(MARGIN))
}

/// Makes the moving layer ready: sized for the canvas, empty.
pub fn prepare_overlay(
    element: &HtmlCanvasElement,
    size: (f64, f64),
) -> Option<CanvasRenderingContext2d> {
    let area = Rect::at(Point::default(), size.0, size.1);
    cover(element, area)
}

/// Shows one of the two sheets.
pub fn show(sheets: &[HtmlCanvasElement; 2], front: usize) {
    for (index, sheet) in sheets.iter().enumerate() {
        let visibility = if index == front { "visible" } else { "hidden" };
        // A valid property with a valid value does not fail.
        let _ = web_sys::HtmlElement::style(sheet).set_property("visibility", visibility);
    }
}

/// Moves and scales what was painted for the view `from` to where it is in the view `to`.
pub fn place(element: &HtmlCanvasElement, from: View, to: View) {
    let scale = to.zoom / from.zoom;
    let mut shift = to.pan - from.pan * scale;
    if (scale - 1.0).abs() <= f64::EPSILON {
        // Moved by whole pixels of the screen, words stay sharp.
        let (_, density) = pixels(0.0);
        shift.x = (shift.x * density).round() / density;
        shift.y = (shift.y * density).round() / density;
    }
    let transform = format!(
        "translate({}px, {}px) scale({scale}) translate({}px, {}px)",
        shift.x, shift.y, -MARGIN, -MARGIN
    );
    // A valid property with a valid value does not fail.
    let _ = web_sys::HtmlElement::style(element).set_property("transform", &transform);
}
