//! One variable as a row: its name, its value with type and size, the problems about it.

use flow::payload::Meter;
use leptos::prelude::*;

use super::checked::{CheckedField, Lines};
use super::field_problems::{FieldProblems, Shown, is_wrong};
use super::meter::ByteMeter;
use super::value::{TypeSelect, ValueEdit, ValueFace, ValueField};
use crate::ui::icons::{Icon, icon};

/// What a row shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryFace {
    /// The name of the variable.
    pub name: String,
    /// Its value.
    pub value: ValueFace,
    /// What is wrong with it.
    pub problems: Vec<Shown>,
}

/// What a row does.
#[derive(Clone, Copy)]
pub struct EntryActions {
    /// Gives the variable another name.
    pub rename: Callback<String, Result<(), String>>,
    /// Gives it another value.
    pub edit: Callback<ValueEdit, Result<(), String>>,
    /// Removes it.
    pub remove: Callback<()>,
}

/// The words above the rows. The fields carry their own names for screen readers.
#[component]
pub fn EntryHead(
    /// The words above the further fields.
    #[prop(optional)]
    extra: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="entry entry-head" aria-hidden="true">
            <span class="entry-name">"Name"</span>
            {extra.map(|extra| view! { <span class="entry-extra">{extra}</span> })}
            <span class="entry-type">"Type"</span>
            <span class="entry-value">"Value"</span>
            <span class="entry-size">"Size"</span>
        </div>
    }
}

/// The row. Its fields have the ids `{id}-name` and `{id}-value`.
#[component]
pub fn Entry(
    id: String,
    face: Signal<EntryFace>,
    meter: Signal<Option<Meter>>,
    actions: EntryActions,
    /// Further fields, between the name and the type.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = Signal::derive(move || face.with(|face| face.name.clone()));
    let value = Signal::derive(move || face.with(|face| face.value.clone()));
    let problems = Signal::derive(move || face.with(|face| face.problems.clone()));
    let wrong = Signal::derive(move || problems.with(|problems| is_wrong(problems)));
    let label = move |what: &'static str| Signal::derive(move || format!("{what} {}", name.get()));
    let EntryActions {
        rename,
        edit,
        remove,
    } = actions;
    view! {
        <li><div class="entry" role="group" aria-label=label("Variable") class:is-wrong=wrong>
            <div class="entry-name">
                <CheckedField
                    label="Name"
                    id=format!("{id}-name")
                    value=name
                    lines=Lines::One
                    code=true
                    commit=rename
                />
            </div>
            {children.map(|children| view! { <div class="entry-extra">{children()}</div> })}
            <div class="entry-type"><TypeSelect label="Type" value edit/></div>
            <div class="entry-value"><ValueField label="Value" id=format!("{id}-value") value wrong edit/></div>
            <div class="entry-size"><ByteMeter label=label("Size of") meter/></div>
            <button
                class="icon-button entry-remove"
                aria-label=label("Delete")
                title="Delete the variable"
                on:click=move |_| remove.run(())
            >
                {icon(Icon::Trash)}
            </button>
            <FieldProblems problems/>
        </div></li>
    }
}
