//! Moments as people read them: in the time of this machine, with the zone on hover.

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The parts of a moment: the text in local time, and the exact one with the zone.
pub fn local(milliseconds: f64) -> Option<(String, String)> {
    let date = Date::new(&JsValue::from_f64(milliseconds));
    if date.get_time().is_nan() {
        return None;
    }
    let two = |number: u32| format!("{number:02}");
    let short = format!(
        "{}-{}-{} {}:{}:{}",
        date.get_full_year(),
        two(date.get_month() + 1),
        two(date.get_date()),
        two(date.get_hours()),
        two(date.get_minutes()),
        two(date.get_seconds())
    );
    // It names the zone itself.
    Some((short, String::from(date.to_string())))
}

/// A moment that a text names, or the text where it names none.
#[component]
pub fn Moment(text: String) -> impl IntoView {
    let known = local(Date::parse(&text));
    match known {
        Some((short, exact)) => view! { <time datetime=text title=exact>{short}</time> }.into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    }
}
