//! A value with its type: text, number, boolean, null or JSON.

use flow::json::{NewValue, ValueRef};
use flow::payload::{ValueType, converted, read_value, shown_value, size_words};
use leptos::prelude::*;

use super::checked::{CheckedField, Lines};

/// A longer value is edited in the JSON: a field that long is slow and shows little.
const MAX_INLINE: usize = 64 * 1024;

/// A value as its fields show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueFace {
    kind: ValueType,
    /// What a field shows.
    text: String,
    /// The bytes of a value that is too long for a field.
    long: Option<usize>,
}

impl ValueFace {
    /// The face of a value. O(value) up to a bound.
    pub fn of(value: ValueRef<'_>) -> Self {
        let length = value.raw().len();
        let long = (length > MAX_INLINE).then_some(length);
        Self {
            kind: ValueType::of(value),
            text: match long {
                Some(_) => String::new(),
                None => shown_value(value),
            },
            long,
        }
    }
}

/// What a user makes of a value.
#[derive(Clone, Debug)]
pub enum ValueEdit {
    /// Another text for the same type.
    Typed(ValueType, String),
    /// Another type.
    Type(ValueType),
}

impl ValueEdit {
    /// The value it makes of `old`, or what is wrong with what was typed.
    pub fn apply(&self, old: ValueRef<'_>) -> Result<NewValue, String> {
        match self {
            Self::Typed(kind, text) => read_value(*kind, text, old),
            Self::Type(kind) => Ok(converted(old, *kind)),
        }
    }
}

/// The select of the type.
#[component]
pub fn TypeSelect(
    #[prop(into)] label: Signal<String>,
    value: Signal<ValueFace>,
    edit: Callback<ValueEdit, Result<(), String>>,
) -> impl IntoView {
    let kind = Memo::new(move |_| value.with(|value| value.kind));
    let change = move |event| {
        if let Some(kind) = ValueType::from_word(&event_target_value(&event)) {
            // Every value can become every type.
            let _ = edit.run(ValueEdit::Type(kind));
        }
    };
    view! {
        <span class="select">
            <select class="field" aria-label=move || label.get() prop:value=move || kind.get().as_str() on:change=change>
                {ValueType::ALL.into_iter().map(|own| view! {
                    <option value=own.as_str() selected=move || kind.get() == own>{own.as_str()}</option>
                }).collect_view()}
            </select>
        </span>
    }
}

/// The field of the value.
#[component]
pub fn ValueField(
    #[prop(into)] label: Signal<String>,
    id: String,
    value: Signal<ValueFace>,
    wrong: Signal<bool>,
    edit: Callback<ValueEdit, Result<(), String>>,
) -> impl IntoView {
    let shape = Memo::new(move |_| value.with(|value| (value.kind, value.long)));
    let text = Signal::derive(move || value.with(|value| value.text.clone()));
    move || {
        let id = id.clone();
        let (kind, long) = shape.get();
        let typed = Callback::new(move |text| edit.run(ValueEdit::Typed(kind, text)));
        if let Some(length) = long {
            return view! {
                <p class="value-note" id=id tabindex="-1">
                    {format!("{} long: edit it in the JSON.", size_words(length))}
                </p>
            }
            .into_any();
        }
        match kind {
            ValueType::Text => view! {
                <CheckedField label id value=text lines=Lines::Text wrong commit=typed placeholder="empty"/>
            }
            .into_any(),
            ValueType::Number => view! {
                <CheckedField label id value=text lines=Lines::One code=true wrong commit=typed/>
            }
            .into_any(),
            ValueType::Json => view! {
                <CheckedField label id value=text lines=Lines::Code code=true wrong commit=typed/>
            }
            .into_any(),
            ValueType::Null => view! { <p class="value-note" id=id tabindex="-1">"no value"</p> }.into_any(),
            ValueType::Boolean => view! {
                <span class="select">
                    <select
                        class="field"
                        id=id
                        aria-label=move || label.get()
                        on:change=move |event| {
                            // Both words are booleans.
                            let _ = typed.run(event_target_value(&event));
                        }
                    >
                        <option value="true" selected=move || text.get() == "true">"true"</option>
                        <option value="false" selected=move || text.get() == "false">"false"</option>
                    </select>
                </span>
            }
            .into_any(),
        }
    }
}
