//! Pictures as pixels and on paper: the browser draws what is given to it as SVG.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url,
};

use super::files::download_blob;
use super::page::{document, error_text, window};

/// The longest side and the most pixels that every browser can draw.
const LONGEST: f64 = 8_192.0;
const MOST: f64 = 48_000_000.0;

/// An address of data in this page, for as long as this lives.
pub struct Address(String);

impl Address {
    /// The address as links and images have it.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// An address of an SVG.
    pub fn of(text: &str) -> Result<Self, String> {
        let parts = Array::of1(&JsValue::from_str(text));
        let options = BlobPropertyBag::new();
        options.set_type("image/svg+xml");
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
        let url = blob.and_then(|blob| Url::create_object_url_with_blob(&blob));
        url.map(Self).map_err(|error| error_text(&error))
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        // An address that is gone already harms nothing.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// An image of an SVG, ready to be drawn.
async fn image(address: &Address) -> Result<HtmlImageElement, String> {
    let image = HtmlImageElement::new().map_err(|error| error_text(&error))?;
    image.set_src(&address.0);
    JsFuture::from(image.decode())
        .await
        .map_err(|error| error_text(&error))?;
    Ok(image)
}

/// Draws an SVG of a size and downloads it: at twice that size where a browser can.
pub async fn download_png(name: &str, svg: &str, size: (f64, f64)) -> Result<(), String> {
    let address = Address::of(svg)?;
    let image = image(&address).await?;
    let (width, height) = size;
    let scale = 2.0_f64
        .min(LONGEST / width.max(height).max(1.0))
        .min((MOST / (width * height).max(1.0)).sqrt());
    let canvas: HtmlCanvasElement = document()
        .create_element("canvas")
        .map_err(|error| error_text(&error))?
        .unchecked_into();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most LONGEST"
    )]
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|context| context.dyn_into().ok())
        .ok_or("The browser gave nothing to draw on.")?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            f64::from(canvas.width()),
            f64::from(canvas.height()),
        )
        .map_err(|error| error_text(&error))?;
    let drawn = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob(&resolve) {
            // Calling what a promise gave does not fail.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let drawn = JsFuture::from(drawn)
        .await
        .map_err(|error| error_text(&error))?;
    let blob: Blob = drawn
        .dyn_into()
        .map_err(|_| "The picture has more pixels than this browser can draw.")?;
    download_blob(name, &blob)
}

/// Hands an SVG to the printer, on a page of its own.
pub async fn print(svg: &str, title: &str) -> Result<(), String> {
    let address = Address::of(svg)?;
    let image = image(&address).await?;
    image.set_class_name("print-picture");
    image.set_alt(title);
    let body = document().body().ok_or("The page has no body.")?;
    body.append_child(&image)
        .map_err(|error| error_text(&error))?;
    let printed = window().print().map_err(|error| error_text(&error));
    image.remove();
    printed
}
