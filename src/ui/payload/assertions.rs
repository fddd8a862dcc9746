//! What a simulation script expects after an input.

use flow::command::payload::simulation::{self as edit, AssertionField};
use flow::document::{Assertion, Simulation};
use flow::json::{NewValue, Tree};
use flow::payload::{read_number, read_object, shown_value};
use leptos::prelude::*;

use super::checked::{CheckedField, Lines};
use super::field_problems::{FieldProblems, is_wrong, problems_within};
use super::simulation::{change, follow_script, try_change};
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon};

/// How many assertions are shown under one input.
const SHOWN: usize = 50;

/// The assertions about one input.
#[component]
pub fn Assertions(step: usize) -> impl IntoView {
    let desk = desk();
    let own = follow_script(desk, move |_, script| {
        Some(places(script, |assertion| {
            assertion.step_index == Some(step)
        }))
    });
    view! {
        <ul class="assertions" hidden=move || own.with(Vec::is_empty)>
            <For
                each=move || own.get()
                key=|place| *place
                children=move |place| view! { <AssertionRow place/> }
            />
        </ul>
        <button
            class="button is-small is-quiet"
            on:click=move |_| change(desk, |script| Some(edit::add_assertion(script, step, "")))
        >
            {icon(Icon::Plus)}
            <span>"Add assertion"</span>
        </button>
    }
}

/// The assertions about inputs that are not there.
#[component]
pub fn StrayAssertions() -> impl IntoView {
    let desk = desk();
    let stray = follow_script(desk, |_, script| {
        let count = script.inputs.len();
        Some(places(script, |assertion| {
            assertion.step_index.is_none_or(|step| step >= count)
        }))
    });
    view! {
        <Show when=move || !stray.with(Vec::is_empty)>
            <section class="group" aria-labelledby="stray-title">
                <h3 id="stray-title">"Assertions without an input"</h3>
                <ul class="assertions">
                    <For
                        each=move || stray.get()
                        key=|place| *place
                        children=move |place| view! { <AssertionRow place stray=true/> }
                    />
                </ul>
            </section>
        </Show>
    }
}

/// Where the assertions stand that are wanted.
fn places(script: &Simulation, wanted: impl Fn(&Assertion) -> bool) -> Vec<usize> {
    let all = script.assertions.iter().enumerate();
    all.filter(|(_, assertion)| wanted(assertion))
        .map(|(place, _)| place)
        .take(SHOWN)
        .collect()
}

/// What a field shows of an assertion; nothing when the file does not say it.
fn shown(tree: &Tree, assertion: &Assertion, field: AssertionField) -> String {
    let raw = |at| shown_value(tree.value(at));
    let found = match field {
        AssertionField::Step => Some(raw(assertion.step_at)),
        AssertionField::Intent => Some(assertion.expected_intent.text.to_string()),
        AssertionField::Confidence => assertion.confidence_at.map(raw),
        AssertionField::Entities => assertion.entities_at.map(raw),
        AssertionField::Node => assertion
            .expected_node
            .as_ref()
            .map(|id| id.text.to_string()),
        AssertionField::Text => assertion
            .expected_text
            .as_ref()
            .map(|it| it.text.to_string()),
    };
    found.unwrap_or_default()
}

/// The value that was typed into a field; none where its default is to hold.
fn read(
    tree: &Tree,
    assertion: &Assertion,
    field: AssertionField,
    typed: &str,
) -> Result<Option<NewValue>, String> {
    let is_empty = typed.trim().is_empty();
    match field {
        AssertionField::Intent => Ok(Some(typed.into())),
        AssertionField::Step => read_number(typed).map(Some),
        _ if is_empty => Ok(None),
        AssertionField::Confidence => read_number(typed).map(Some),
        AssertionField::Entities => {
            let at = tree.value(assertion.entities_at.unwrap_or(assertion.at));
            read_object(typed, at).map(Some)
        }
        AssertionField::Node | AssertionField::Text => Ok(Some(typed.into())),
    }
}

#[component]
fn AssertionRow(place: usize, #[prop(optional)] stray: bool) -> impl IntoView {
    let desk = desk();
    let problems = follow_script(desk, move |open, script| {
        let at = script.assertions.get(place)?.at;
        Some(problems_within(
            open,
            open.document().tree().value(at).span(),
        ))
    });
    let wrong = Signal::derive(move || problems.with(|problems| is_wrong(problems)));
    let remove = move |_| {
        change(desk, |script| {
            script.assertions.get(place)?;
            Some(edit::remove_assertion(script, place))
        });
    };
    let name = format!("Assertion {}", place + 1);
    view! {
        <li>
            <div class="assertion" role="group" aria-label=name.clone() class:is-wrong=wrong>
                <div class="assertion-fields">
                    {stray.then(|| view! { <Expected place field=AssertionField::Step/> })}
                    <Expected place field=AssertionField::Intent/>
                    <Expected place field=AssertionField::Confidence/>
                    <Expected place field=AssertionField::Entities/>
                    <Expected place field=AssertionField::Node/>
                    <Expected place field=AssertionField::Text/>
                </div>
                <button class="icon-button" aria-label=format!("Delete {}", name.to_lowercase()) title="Delete the assertion" on:click=remove>
                    {icon(Icon::Trash)}
                </button>
                <FieldProblems problems/>
            </div>
        </li>
    }
}

/// One field of an assertion.
#[component]
fn Expected(place: usize, field: AssertionField) -> impl IntoView {
    let desk = desk();
    let value = follow_script(desk, move |open, script| {
        let assertion = script.assertions.get(place)?;
        Some(shown(open.document().tree(), assertion, field))
    });
    let set = move |typed: String| {
        try_change(desk, |tree, script| {
            let assertion = script.assertions.get(place)?;
            let value = read(tree, assertion, field, &typed);
            Some(value.map(|value| edit::set_assertion_field(script, place, field, value)))
        })
    };
    let (caption, name, placeholder) = match field {
        AssertionField::Step => ("Index of the input", "step", ""),
        AssertionField::Intent => ("Intent", "intent", ""),
        AssertionField::Confidence => ("Confidence, at least", "confidence", "0.85"),
        AssertionField::Entities => ("Entities as JSON", "entities", "{ }"),
        AssertionField::Node => ("Node, in rehearsal", "node", "any"),
        AssertionField::Text => ("Text, in rehearsal", "text", "any"),
    };
    let lines = match field {
        AssertionField::Entities => Lines::Code,
        AssertionField::Text => Lines::Text,
        _ => Lines::One,
    };
    view! {
        <CheckedField
            label=caption
            caption
            id=format!("assertion-{place}-{name}")
            value
            lines
            code=field != AssertionField::Text
            placeholder
            commit=Callback::new(set)
        />
    }
}
