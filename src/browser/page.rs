//! The window, the document, timers and the theme.

use flow::geometry::{Point, Rect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition, Window,
};

/// The window. The app only runs in a page, which has one.
#[expect(clippy::expect_used, reason = "a page without a window does not exist")]
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document of the page.
#[expect(
    clippy::expect_used,
    reason = "a page without a document does not exist"
)]
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// The root element, which carries the theme and the mark that the app is ready.
pub fn root() -> Option<Element> {
    document().document_element()
}

/// Whether the page is a file that was opened without a server. Browsers trust such a page with less.
pub fn is_from_disk() -> bool {
    let protocol = window().location().protocol();
    protocol.is_ok_and(|protocol| protocol == "file:")
}

/// Loads the page anew.
pub fn reload() {
    // A page that may not be loaded anew stays as it is.
    let _ = window().location().reload();
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// The time now, in UTC: `2026-01-31T12:00:00.000Z`.
pub fn now_utc() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// A value that the style sheet defines: `--accent`.
pub fn style_value(name: &str) -> String {
    root()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value(name).ok())
        .map(|value| value.trim().to_owned())
        .unwrap_or_default()
}

/// What this browser remembers under a name.
pub fn remembered(name: &str) -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(name).ok().flatten()
}

/// Lets this browser remember something under a name, or forget it. Only for hints: a browser may
/// refuse, and forgets what was remembered last when it is killed.
pub fn remember(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Asks the browser to keep what this site stores even when the disk runs low.
pub fn keep_storage() {
    let navigator = window().navigator();
    // Missing where the address is not a safe one.
    if js_sys::Reflect::has(&navigator, &"storage".into()).unwrap_or(false)
        && let Ok(answer) = navigator.storage().persist()
    {
        // Either answer is fine: a browser that says no keeps it as long as it can.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(answer).await;
        });
    }
}

/// Moves the keyboard focus to the element with this id.
pub fn focus(id: &str) {
    if let Some(element) = document()
        .get_element_by_id(id)
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
    {
        // An element that cannot take the focus leaves it where it is, which harms nothing.
        let _ = element.focus();
    }
}

/// Moves the keyboard focus to the field with this id and selects what is in it.
pub fn select_field(id: &str) {
    focus(id);
    let field = document().get_element_by_id(id);
    if let Some(input) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        input.select();
    }
}

/// Moves the keyboard focus to what is edited first of what is selected: its label, or where it has
/// none, as an edge, what it has instead.
pub fn focus_inspector() {
    if document().get_element_by_id("inspector-label").is_some() {
        focus("inspector-label");
    } else {
        focus_first(".inspector-body textarea, .inspector-body input, .inspector-body button");
    }
}

/// Scrolls the element with this id into view, by as little as does it.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        bring_into_view(&element);
    }
}

/// Scrolls an element into view, by as little as does it.
pub fn bring_into_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Leaves the field that is being typed into, if there is one, which makes its change.
pub fn leave_field() {
    if is_typing()
        && let Some(element) = document().active_element()
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        // A field that cannot be left goes on being typed into.
        let _ = element.blur();
    }
}

/// Whether text is being typed: shortcuts keep silent then.
pub fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        let is_text = || {
            let kind = element.get_attribute("type").unwrap_or_default();
            !matches!(
                kind.as_str(),
                "checkbox" | "radio" | "button" | "file" | "submit"
            )
        };
        match element.tag_name().as_str() {
            "INPUT" => is_text(),
            "TEXTAREA" => true,
            _ => element.has_attribute("contenteditable"),
        }
    })
}

/// Makes the change that is being typed, without taking the focus away.
pub fn finish_typing() {
    let element = document().active_element().filter(|_| is_typing());
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Leaving a field makes its change; an element that cannot be left has none to make.
        let _ = element.blur();
        let _ = element.focus();
    }
}

/// Shows `value` in the field that an event is about.
pub fn show_value(event: &Event, value: &str) {
    let Some(target) = event.target() else { return };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

/// Shows whether the switch that an event is about is on.
pub fn show_checked(event: &Event, on: bool) {
    let input = event
        .target()
        .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_checked(on);
    }
}

/// Whether text of the page is marked, as for copying it.
pub fn has_selected_text() -> bool {
    let window = window();
    let Ok(get) = js_sys::Reflect::get(&window, &"getSelection".into()) else {
        return false;
    };
    let selection = get
        .dyn_into::<js_sys::Function>()
        .and_then(|get| get.call0(&window));
    // Nothing is marked where there is no selection at all.
    selection.is_ok_and(|it| it.is_object() && js_sys::Object::from(it).to_string().length() > 0)
}

/// Whether a list of choices has the keyboard: letters and arrows belong to it then.
pub fn is_choosing() -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.tag_name() == "SELECT")
}

/// Whether a dialog lies over the page.
pub fn has_dialog() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}

/// Whether the keyboard is inside an element with this selector, or nowhere in particular.
pub fn focus_is_in(selector: &str) -> bool {
    document().active_element().is_none_or(|element| {
        element.tag_name() == "BODY" || element.closest(selector).ok().flatten().is_some()
    })
}

/// The uppermost element at a point of the window.
pub fn element_at(x: i32, y: i32) -> Option<Element> {
    #[expect(clippy::cast_precision_loss, reason = "places on a screen")]
    document().element_from_point(x as f32, y as f32)
}

/// The places of the elements with the selector `over`, in pixels from the corner of the first one with
/// the selector `under`; none where they are not shown.
pub fn laid_over(under: &str, over: &str) -> Vec<Rect> {
    let (Ok(Some(under)), Ok(over)) = (
        document().query_selector(under),
        document().query_selector_all(over),
    ) else {
        return Vec::new();
    };
    let corner = under.get_bounding_client_rect();
    (0..over.length())
        .filter_map(|index| over.get(index)?.dyn_into::<Element>().ok())
        .map(|element| element.get_bounding_client_rect())
        .filter(|area| area.width() > 0.0 && area.height() > 0.0)
        .map(|area| {
            let min = Point::new(area.left() - corner.left(), area.top() - corner.top());
            Rect::at(min, area.width(), area.height())
        })
        .collect()
}

/// Moves the keyboard focus to the first element with this selector.
pub fn focus_first(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        // An element that cannot take the focus leaves it where it is, which harms nothing.
        let _ = element.focus();
    }
}

/// Moves the keyboard focus among the elements with this selector inside `container`: so many
/// further from the one that has it, round and round; to the first when none has it.
pub fn focus_beside(container: &Element, selector: &str, by: i32) {
    let Ok(list) = container.query_selector_all(selector) else {
        return;
    };
    let count = i32::try_from(list.length()).unwrap_or(i32::MAX);
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let is_focused = |index: &i32| list.get(index.unsigned_abs()).as_ref() == focused.as_deref();
    let next = match (0..count).find(is_focused) {
        Some(index) => (index + by).rem_euclid(count),
        None => 0,
    };
    let element = list.get(next.unsigned_abs());
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is, which harms nothing.
        let _ = element.focus();
    }
}

/// Calls `callback` before the next frame is drawn.
pub fn next_frame(callback: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(callback);
    // Only a window that is going away refuses.
    let _ = window().request_animation_frame(callback.unchecked_ref());
}

/// Calls `callback` after so many milliseconds.
pub fn after(milliseconds: i32, callback: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(callback);
    // Only a window that is going away refuses.
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(
        callback.unchecked_ref(),
        milliseconds,
    );
}

/// Lets the page do whatever else it has to.
pub async fn pause() {
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        // Only a window that is going away refuses.
        let _ = window().set_timeout_with_callback(&resolve);
    });
    // A timer does not fail.
    let _ = wasm_bindgen_futures::JsFuture::from(timer).await;
}

/// The text of an error that JavaScript threw.
pub fn error_text(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "The browser gave no reason.".to_owned())
}
