//! The list of ways to go on, beside the caret of a code field.

use flow::editing::{Asked, Language, Scope, Suggestion, Suggestions, suggest};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlTextAreaElement, PointerEvent};

use super::text_area::{caret, has_selection, replace_range};
use crate::browser::page;

/// The width of the list, in pixels, as the style sheet has it.
const WIDTH: f64 = 288.0;
/// The greatest height of the list, in pixels, as the style sheet has it.
const HEIGHT: f64 = 232.0;

/// The height of an option, in pixels, as the style sheet has it.
const OPTION: i32 = 26;
/// The space around the options, in pixels, as the style sheet has it.
const MARGIN: i32 = 4;

/// The list of one field; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Completion {
    /// What is offered; none while the list is closed.
    pub(super) offered: RwSignal<Option<Suggestions>>,
    /// Which of them would be taken.
    at: RwSignal<usize>,
    /// Where the list stands in the window.
    corner: RwSignal<(f64, f64)>,
    list: NodeRef<html::Ul>,
    /// Whether a suggestion is being put in, which is no typing.
    taking: StoredValue<bool>,
}

impl Completion {
    pub(super) fn new() -> Self {
        Self {
            offered: RwSignal::new(None),
            at: RwSignal::new(0),
            corner: RwSignal::new((0.0, 0.0)),
            list: NodeRef::new(),
            taking: StoredValue::new(false),
        }
    }

    pub(super) fn is_open(self) -> bool {
        self.offered.try_with_untracked(Option::is_some) == Some(true)
    }

    pub(super) fn close(self) {
        if self.is_open() {
            // A field that is removed while it has the focus is left without its signals.
            let _ = self.offered.try_set(None);
        }
    }

    /// Looks for ways to go on at the caret.
    pub(super) fn look(
        self,
        area: &HtmlTextAreaElement,
        language: Language,
        asked: Asked,
        scope: &Scope,
    ) {
        if self.taking.get_value() {
            return;
        }
        let text = area.value();
        let at = u32::try_from(caret(area, &text)).unwrap_or(u32::MAX);
        let found = if has_selection(area) {
            None
        } else {
            suggest(&text, at, language, asked, scope)
        };
        if found.is_some() || self.is_open() {
            self.at.set(0);
            self.offered.set(found);
        }
    }

    /// Goes to the next or the previous suggestion, round and round.
    pub(super) fn step(self, forward: bool) {
        let count = self
            .offered
            .with_untracked(|offered| offered.as_ref().map_or(1, |offered| offered.items.len()));
        self.at.update(|at| {
            *at = if forward {
                (*at + 1) % count
            } else {
                (*at + count - 1) % count
            };
        });
    }

    /// Puts the suggestion in that is marked.
    pub(super) fn take(self, area: &HtmlTextAreaElement) {
        let at = self.at.get_untracked();
        let offered = self.offered.get_untracked();
        self.offered.set(None);
        if let Some(offered) = offered
            && let Some(Suggestion {
                text, caret_back, ..
            }) = offered.items.get(at)
        {
            self.taking.set_value(true);
            replace_range(area, offered.replace, text, *caret_back);
            self.taking.set_value(false);
        }
    }

    /// Shows the list at a character: below it, or above where there is no room.
    pub(super) fn show_at(self, character: &DomRect) {
        let size = |side: Result<wasm_bindgen::JsValue, _>| {
            side.ok().and_then(|side| side.as_f64()).unwrap_or(1000.0)
        };
        let window = page::window();
        let (width, height) = (size(window.inner_width()), size(window.inner_height()));
        let left = character.left().min(width - WIDTH - 8.0).max(8.0);
        let count = self
            .offered
            .with_untracked(|offered| offered.as_ref().map_or(0, |offered| offered.items.len()));
        let rows = i32::try_from(count).unwrap_or(i32::MAX / OPTION) * OPTION;
        let needed = f64::from(rows + 2 * MARGIN + 2).min(HEIGHT);
        let below = character.bottom() + 4.0;
        let top = if below + needed > height {
            (character.top() - 4.0 - needed).max(8.0)
        } else {
            below
        };
        // The field may be gone by the time its list is shown.
        let _ = self.corner.try_set((left, top));
        if let Some(list) = self.list.try_get_untracked().flatten() {
            // Showing what is shown already is refused, and changes nothing.
            let _ = list.show_popover();
        }
    }
}

/// Scrolls the list so that the option at an index is in view.
fn show_option(list: &web_sys::HtmlElement, index: usize) {
    let top = i32::try_from(index).unwrap_or(i32::MAX / OPTION) * OPTION;
    let room = list.client_height() - 2 * MARGIN;
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + OPTION > list.scroll_top() + room {
        list.set_scroll_top(top + OPTION - room);
    }
}

/// The list itself.
#[component]
pub(super) fn CompletionList(
    completion: Completion,
    id: String,
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let prefix = StoredValue::new(format!("{id}-option-"));
    let items = move || {
        completion.offered.with(|offered| {
            offered
                .as_ref()
                .map(|offered| offered.items.clone())
                .unwrap_or_default()
        })
    };
    Effect::new(move |_| {
        if completion.offered.with(Option::is_none)
            && let Some(list) = completion.list.get_untracked()
        {
            // Hiding what is hidden is refused, and changes nothing.
            let _ = list.hide_popover();
        }
    });
    Effect::new(move |_| {
        let at = completion.at.get();
        if let (true, Some(list)) = (completion.is_open(), completion.list.get_untracked()) {
            show_option(&list, at);
        }
    });
    let press = move |event: PointerEvent| {
        event.prevent_default();
        let index = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[role=option]").ok().flatten())
            .and_then(|option| {
                prefix.with_value(|prefix| option.id().strip_prefix(prefix)?.parse().ok())
            });
        if let (Some(index), Some(area)) = (index, area.get_untracked()) {
            completion.at.set(index);
            completion.take(&area);
        }
    };
    view! {
        <ul
            class="code-list"
            popover="manual"
            role="listbox"
            aria-label="Suggestions"
            id=id
            node_ref=completion.list
            // The press must not take the focus from the field.
            on:mousedown=|event| event.prevent_default()
            on:pointerdown=press
            style:left=move || format!("{}px", completion.corner.get().0)
            style:top=move || format!("{}px", completion.corner.get().1)
        >
            {move || {
                let at = completion.at.get();
                items().into_iter().enumerate().map(|(index, item)| view! {
                    <li
                        role="option"
                        class="code-option"
                        id=prefix.with_value(|prefix| format!("{prefix}{index}"))
                        data-kind-of=item.kind.as_str()
                        aria-selected=if at == index { "true" } else { "false" }
                    >
                        <bdi class="code-option-name">{item.text}</bdi>
                        <span class="code-option-detail"><bdi>{item.detail}</bdi></span>
                    </li>
                }).collect_view()
            }}
        </ul>
    }
}

/// The id of the marked option, for the field.
pub(super) fn marked(completion: Completion, list_id: &str) -> Option<String> {
    let open = completion.offered.with(Option::is_some);
    open.then(|| format!("{list_id}-option-{}", completion.at.get()))
}
