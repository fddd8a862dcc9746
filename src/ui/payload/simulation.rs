//! The form of a simulation script: what it runs on, what is said, what is expected.

use flow::command::Command;
use flow::command::payload::simulation::{self as edit, ScriptField};
use flow::document::Simulation;
use flow::json::{Span, Tree, write_number};
use flow::open_document::OpenDocument;
use flow::payload::{read_number, read_object, shown_value};
use leptos::prelude::*;

use super::assertions::{Assertions, StrayAssertions};
use super::checked::{CheckedField, Lines};
use super::field_problems::{
    FieldProblems, is_wrong, problems_elsewhere, problems_of, problems_within,
};
use super::rows::{Pager, Rows};
use super::{FieldAt, LinkedFlow, follow, holds};
use crate::browser::page::{after, focus};
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::inspector::fields::TextField;
use crate::ui::inspector::reorder::{Grip, moved};

pub(super) fn follow_script<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    read: impl Fn(&OpenDocument, &Simulation) -> Option<T> + Send + Sync + 'static,
) -> Signal<T> {
    follow(desk, move |open| read(open, open.document().simulation()?))
}

pub(super) fn change(desk: Desk, build: impl FnOnce(&Simulation) -> Option<Command>) {
    desk.run(|open| build(open.document().simulation()?));
}

/// Applies what `build` makes of what was typed, or hands back what is wrong with it.
pub(super) fn try_change(
    desk: Desk,
    build: impl FnOnce(&Tree, &Simulation) -> Option<Result<Command, String>>,
) -> Result<(), String> {
    let made = desk.peek(|open| build(open.document().tree(), open.document().simulation()?));
    if let Some(command) = made.flatten() {
        desk.apply(&command?);
    }
    Ok(())
}

fn input_spans(tree: &Tree, script: &Simulation) -> Vec<Span> {
    let inputs = script.inputs.iter();
    inputs.map(|input| tree.value(input.at).span()).collect()
}

fn assertion_spans(tree: &Tree, script: &Simulation) -> Vec<Span> {
    let assertions = script.assertions.iter();
    assertions.map(|own| tree.value(own.at).span()).collect()
}

/// The field that is about the byte `offset`.
pub(super) fn field_at(tree: &Tree, script: &Simulation, offset: u32) -> Option<FieldAt> {
    let names = [
        (&script.bot_id, "bot-id"),
        (&script.environment_id, "environment-id"),
        (&script.version_id, "version-id"),
    ];
    for (field, id) in names {
        if holds(tree.value(field.at).span(), offset) {
            return FieldAt::new(id);
        }
    }
    let place = |spans: Vec<Span>| spans.into_iter().position(|span| holds(span, offset));
    if let Some(row) = place(input_spans(tree, script)) {
        let id = format!("input-{row}-text");
        return Some(FieldAt {
            second: false,
            row,
            id,
        });
    }
    let own = place(assertion_spans(tree, script))?;
    let row = script.assertions[own].step_index.unwrap_or(0);
    let id = format!("assertion-{own}-intent");
    Some(FieldAt {
        second: false,
        row,
        id,
    })
}

/// The whole form.
#[component]
pub fn SimulationForm() -> impl IntoView {
    let desk = desk();
    let counts = follow_script(desk, |_, script| {
        Some((script.inputs.len(), script.assertions.len()))
    });
    let elsewhere = follow_script(desk, |open, script| {
        let tree = open.document().tree();
        let mut spans = input_spans(tree, script);
        spans.extend(assertion_spans(tree, script));
        let names = [&script.bot_id, &script.environment_id, &script.version_id];
        spans.extend(names.map(|field| tree.value(field.at).span()));
        spans.sort_by_key(|span| span.start);
        Some(problems_elsewhere(open, &spans))
    });
    view! {
        <div class="pane-head">
            <h2>"Simulation script"</h2>
            <span class="pane-count">{move || {
                let (inputs, assertions) = counts.get();
                format!("{inputs} inputs, {assertions} assertions")
            }}</span>
        </div>
        <div class="payload-body">
            <div class="field-pair">
                <NameField field=ScriptField::Bot/>
                <NameField field=ScriptField::Environment/>
                <NameField field=ScriptField::Version/>
                <LinkedFlow/>
            </div>
            <FieldProblems problems=elsewhere/>
            <Inputs/>
            <StrayAssertions/>
            <Context/>
        </div>
    }
}

/// The bot, environment or version.
#[component]
fn NameField(field: ScriptField) -> impl IntoView {
    let desk = desk();
    let of = move |script: &Simulation| match field {
        ScriptField::Bot => script.bot_id.clone(),
        ScriptField::Environment => script.environment_id.clone(),
        ScriptField::Version => script.version_id.clone(),
    };
    let (label, id) = match field {
        ScriptField::Bot => ("Bot", "bot-id"),
        ScriptField::Environment => ("Environment", "environment-id"),
        ScriptField::Version => ("Version", "version-id"),
    };
    view! {
        <div>
            <TextField
                label
                id
                code=true
                value=follow_script(desk, move |_, script| Some(of(script).text.to_string()))
                commit=Callback::new(move |id: String| change(desk, |script| {
                    Some(edit::set_script_field(script, field, &id))
                }))
            />
            <FieldProblems problems=follow_script(desk, move |open, script| Some(problems_of(open, of(script).at)))/>
        </div>
    }
}

#[component]
fn Inputs() -> impl IntoView {
    let desk = desk();
    let page = expect_context::<Rows>().list(false);
    let count = follow_script(desk, |_, script| Some(script.inputs.len()));
    let reorder = Callback::new(move |(from, to): (usize, usize)| {
        let order = moved(count.get_untracked(), from, to);
        change(desk, |script| Some(edit::reorder_inputs(script, &order)));
        page.show(to);
    });
    let add = move |_| {
        change(desk, |script| Some(edit::add_input(script, "")));
        let last = count.get_untracked().saturating_sub(1);
        page.show(last);
        after(0, move || focus(&format!("input-{last}-text")));
    };
    view! {
        <section class="group" aria-labelledby="inputs-title">
            <h3 id="inputs-title">"Inputs, in the order they are said"</h3>
            <ol class="steps">
                <For
                    each=move || page.rows(count.get())
                    key=|index| *index
                    children=move |index| view! { <InputRow index count reorder/> }
                />
            </ol>
            <Show when=move || count.get() == 0>
                <p class="field-note">"None yet. A simulation says its inputs one after the other."</p>
            </Show>
            <div class="group-tools">
                <button class="button is-small" on:click=add>
                    {icon(Icon::Plus)}
                    <span>"Add input"</span>
                </button>
                <Pager page count/>
            </div>
        </section>
    }
}

#[component]
fn InputRow(
    index: usize,
    count: Signal<usize>,
    reorder: Callback<(usize, usize)>,
) -> impl IntoView {
    let desk = desk();
    let text = follow_script(desk, move |_, script| {
        Some(script.inputs.get(index)?.text.text.to_string())
    });
    let delay = follow_script(desk, move |_, script| {
        Some(write_number(script.inputs.get(index)?.delay_ms))
    });
    let problems = follow_script(desk, move |open, script| {
        let at = script.inputs.get(index)?.at;
        Some(problems_within(
            open,
            open.document().tree().value(at).span(),
        ))
    });
    let wrong = Signal::derive(move || problems.with(|problems| is_wrong(problems)));
    let set_text = move |text: String| {
        try_change(desk, |_, script| {
            script.inputs.get(index)?;
            Some(Ok(edit::set_input_text(script, index, &text)))
        })
    };
    let set_delay = move |typed: String| {
        try_change(desk, |_, script| {
            script.inputs.get(index)?;
            Some(milliseconds(&typed).map(|delay| edit::set_input_delay(script, index, delay)))
        })
    };
    let remove = move |_| {
        change(desk, |script| {
            script.inputs.get(index)?;
            Some(edit::remove_input(script, index))
        });
    };
    let number = index + 1;
    view! {
        <li class="step" data-list="input" data-place=index.to_string()>
            <div class="step-head" role="group" aria-label=format!("Input {number}")>
                <Grip list="input" what="input" place=Signal::stored(index) count commit=reorder/>
                <span class="step-number">{number}</span>
                <CheckedField
                    label="Text"
                    id=format!("input-{index}-text")
                    value=text
                    lines=Lines::Text
                    placeholder="What the user says"
                    wrong
                    commit=Callback::new(set_text)
                />
                <span class="step-delay">
                    <CheckedField
                        label="Delay in milliseconds"
                        id=format!("input-{index}-delay")
                        value=delay
                        lines=Lines::One
                        commit=Callback::new(set_delay)
                    />
                    <span class="field-note">"ms"</span>
                </span>
                <button class="icon-button" aria-label=format!("Delete input {number}") title="Delete the input and its assertions" on:click=remove>
                    {icon(Icon::Trash)}
                </button>
            </div>
            <FieldProblems problems/>
            <Assertions step=index/>
        </li>
    }
}

/// The delay that `typed` spells; nothing typed is no delay.
fn milliseconds(typed: &str) -> Result<f64, String> {
    let wrong = || "A delay is a number of milliseconds, zero or more: 800".to_owned();
    match typed.trim() {
        "" => Ok(0.0),
        typed => {
            read_number(typed).map_err(|_| wrong())?;
            let delay = typed.parse::<f64>().map_err(|_| wrong())?;
            if delay >= 0.0 {
                Ok(delay)
            } else {
                Err(wrong())
            }
        }
    }
}

/// The variables the conversation starts with, as JSON.
#[component]
fn Context() -> impl IntoView {
    let desk = desk();
    let value = follow_script(desk, |open, script| {
        Some(shown_value(
            open.document().tree().value(script.context_at?),
        ))
    });
    let set = move |typed: String| {
        try_change(desk, |tree, script| {
            if typed.trim().is_empty() {
                return Some(Ok(edit::set_context(script, None)));
            }
            let at = tree.value(script.context_at.unwrap_or(script.at));
            Some(read_object(&typed, at).map(|value| edit::set_context(script, Some(value))))
        })
    };
    view! {
        <section class="group" aria-labelledby="context-title">
            <h3 id="context-title">"Context the conversation starts with"</h3>
            <CheckedField
                label="Context as JSON"
                id="script-context"
                value
                lines=Lines::Code
                code=true
                placeholder="{ }"
                commit=Callback::new(set)
            />
        </section>
    }
}
