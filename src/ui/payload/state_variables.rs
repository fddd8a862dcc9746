//! The form of state variables.

use flow::command::Command;
use flow::command::payload::state_variables::{self as edit, VariableAt};
use flow::document::{StateVariables, VariableScope};
use flow::json::{NewValue, Span, Tree};
use flow::open_document::OpenDocument;
use flow::payload::{StateMeters, state_meters};
use leptos::prelude::*;

use super::entry::{Entry, EntryActions, EntryFace, EntryHead};
use super::field_problems::{FieldProblems, problems_elsewhere, problems_of, problems_within};
use super::meter::ByteMeter;
use super::rows::{Pager, Rows};
use super::split::Split;
use super::value::{ValueEdit, ValueFace};
use super::{FieldAt, LinkedFlow, follow, holds, member_span};
use crate::browser::page::{after, focus};
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::inspector::fields::TextField;
use crate::ui::inspector::picker::{Choices, Picker, card_choices};

pub(super) fn follow_variables<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    read: impl Fn(&OpenDocument, &StateVariables) -> Option<T> + Send + Sync + 'static,
) -> Signal<T> {
    follow(desk, move |open| {
        read(open, open.document().state_variables()?)
    })
}

fn change(desk: Desk, build: impl FnOnce(&StateVariables) -> Option<Command>) {
    desk.run(|open| build(open.document().state_variables()?));
}

/// The spans of the variables of a scope.
fn spans(tree: &Tree, variables: &StateVariables, scope: VariableScope) -> Vec<Span> {
    let own = variables.map(scope).map_or(&[][..], |map| &map.variables);
    own.iter()
        .map(|own| member_span(tree, own.name.at, own.value_at))
        .collect()
}

/// The field that is about the byte `offset`.
pub(super) fn field_at(tree: &Tree, variables: &StateVariables, offset: u32) -> Option<FieldAt> {
    let at = |id| tree.value(id).span();
    if holds(at(variables.dialog_id.at), offset) {
        return FieldAt::new("dialog-id");
    }
    if variables
        .transition_at
        .is_some_and(|id| holds(at(id), offset))
    {
        return FieldAt::new("next-step-picker");
    }
    VariableScope::ALL.into_iter().find_map(|scope| {
        let spans = spans(tree, variables, scope);
        let row = spans.iter().position(|&span| holds(span, offset))?;
        let own = variables.map(scope)?.variables.get(row)?;
        let field = if holds(at(own.value_at), offset) {
            "value"
        } else {
            "name"
        };
        Some(FieldAt {
            second: scope == VariableScope::User,
            row,
            id: format!("{}-{row}-{field}", scope.key()),
        })
    })
}

/// The whole form.
#[component]
pub fn StateVariablesForm() -> impl IntoView {
    let desk = desk();
    let meters = Memo::new(move |_| {
        let measure = |open: &OpenDocument| {
            let document = open.document();
            Some(state_meters(document.tree(), document.state_variables()?))
        };
        desk.read(measure).flatten()
    });
    let whole = Signal::derive(move || meters.with(|meters| meters.as_ref().map(|all| all.whole)));
    let elsewhere = follow_variables(desk, |open, variables| {
        let tree = open.document().tree();
        let all = VariableScope::ALL.into_iter();
        let mut spans: Vec<Span> = all
            .flat_map(|scope| spans(tree, variables, scope))
            .collect();
        spans.push(tree.value(variables.dialog_id.at).span());
        spans.extend(variables.transition_at.map(|at| tree.value(at).span()));
        spans.sort_by_key(|span| span.start);
        Some(problems_elsewhere(open, &spans))
    });
    view! {
        <div class="pane-head">
            <h2>"State variables"</h2>
            <ByteMeter label="Size of the update" meter=whole full=true/>
        </div>
        <div class="payload-body">
            <div class="field-pair">
                <div>
                    <TextField
                        label="Dialog"
                        id="dialog-id"
                        code=true
                        value=follow_variables(desk, |_, variables| Some(variables.dialog_id.text.to_string()))
                        commit=Callback::new(move |id: String| change(desk, |variables| {
                            Some(edit::set_dialog(variables, &id))
                        }))
                    />
                    <FieldProblems problems=follow_variables(desk, |open, variables| {
                        Some(problems_of(open, variables.dialog_id.at))
                    })/>
                </div>
                <LinkedFlow/>
            </div>
            <FieldProblems problems=elsewhere/>
            <Split whole/>
            <Variables scope=VariableScope::Session meters/>
            <Variables scope=VariableScope::User meters/>
            <NextStep/>
        </div>
    }
}

#[component]
fn Variables(scope: VariableScope, meters: Memo<Option<StateMeters>>) -> impl IntoView {
    let desk = desk();
    let page = expect_context::<Rows>().list(scope == VariableScope::User);
    let count = follow_variables(desk, move |_, variables| {
        Some(variables.map(scope)?.variables.len())
    });
    let title = match scope {
        VariableScope::Session => "Session",
        VariableScope::User => "User",
    };
    let note = match scope {
        VariableScope::Session => "None. Session variables last as long as the session.",
        VariableScope::User => "None. User variables stay with the user.",
    };
    let add = move |_| {
        change(desk, |variables| {
            let name = edit::free_name(variables, scope);
            edit::add_variable(variables, scope, &name, NewValue::from(""))
        });
        let last = count.get_untracked().saturating_sub(1);
        page.show(last);
        after(0, move || focus(&format!("{}-{last}-name", scope.key())));
    };
    view! {
        <section class="group" aria-label=title>
            <h3>{title}</h3>
            <Show when=move || { count.get() > 0 }>
                <EntryHead/>
            </Show>
            <ul class="entries">
                <For
                    each=move || page.rows(count.get())
                    key=|index| *index
                    children=move |index| view! { <VariableRow at=VariableAt { scope, index } meters/> }
                />
            </ul>
            <Show when=move || count.get() == 0>
                <p class="field-note">{note}</p>
            </Show>
            <div class="group-tools">
                <button class="button is-small" on:click=add>
                    {icon(Icon::Plus)}
                    <span>{format!("Add {} variable", scope.key())}</span>
                </button>
                <Pager page count/>
            </div>
        </section>
    }
}

#[component]
fn VariableRow(at: VariableAt, meters: Memo<Option<StateMeters>>) -> impl IntoView {
    let desk = desk();
    let VariableAt { scope, index } = at;
    let face = follow_variables(desk, move |open, variables| {
        let own = variables.map(scope)?.variables.get(index)?;
        let tree = open.document().tree();
        Some(EntryFace {
            name: own.name.text.to_string(),
            value: ValueFace::of(tree.value(own.value_at)),
            problems: problems_within(open, member_span(tree, own.name.at, own.value_at)),
        })
    });
    let meter = Signal::derive(move || {
        meters.with(|meters| {
            let meters = meters.as_ref()?;
            let own = match scope {
                VariableScope::Session => &meters.session,
                VariableScope::User => &meters.user,
            };
            own.get(index).copied()
        })
    });
    let rename = move |name: String| {
        let taken = desk.peek(|open| {
            let variables = open.document().state_variables()?;
            Some(edit::has_name(variables, scope, &name))
        });
        if taken.flatten() == Some(true) {
            return Err(format!("There is a variable \"{name}\" already."));
        }
        change(desk, |variables| {
            edit::rename_variable(variables, at, &name)
        });
        Ok(())
    };
    let set_value = move |typed: ValueEdit| {
        let made = desk.peek(|open| {
            let variables = open.document().state_variables()?;
            let value_at = variables.map(scope)?.variables.get(index)?.value_at;
            match typed.apply(open.document().tree().value(value_at)) {
                Ok(value) => edit::set_value(variables, at, value).map(Ok),
                Err(mistake) => Some(Err(mistake)),
            }
        });
        if let Some(command) = made.flatten() {
            desk.apply(&command?);
        }
        Ok(())
    };
    let actions = EntryActions {
        rename: Callback::new(rename),
        edit: Callback::new(set_value),
        remove: Callback::new(move |()| {
            change(desk, |variables| edit::remove_variable(variables, at))
        }),
    };
    view! { <Entry id=format!("{}-{index}", scope.key()) face meter actions/> }
}

/// Where the dialog goes on: a node of the linked flow, or any id.
#[component]
fn NextStep() -> impl IntoView {
    let desk = desk();
    let step = follow_variables(desk, |_, variables| {
        Some(variables.next_step.as_ref()?.text.to_string())
    });
    let set = Callback::new(move |id: String| {
        let id = Some(id.as_str()).filter(|id| !id.is_empty());
        change(desk, |variables| Some(edit::set_next_step(variables, id)));
    });
    let is_linked = Memo::new(move |_| desk.linked_flow().is_some());
    let nodes = move |()| {
        let mut choices: Choices = vec![(String::new(), "Stay where it is".to_owned())];
        let all = desk.read_linked(|open| {
            let count = u32::try_from(open.diagram().cards.len()).unwrap_or(u32::MAX);
            card_choices(open, &(0..count).collect::<Vec<_>>())
        });
        choices.extend(all.unwrap_or_default());
        choices
    };
    let words = Memo::new(move |_| {
        let id = step.get();
        let label = desk.read_linked(|open| {
            let card = open.diagram().find(&id)?;
            Some(open.diagram().cards[card as usize].label.to_string())
        });
        match label.flatten() {
            Some(label) => format!("{label} ({id})"),
            None => id,
        }
    });
    let problems = follow_variables(desk, |open, variables| {
        Some(problems_of(open, variables.transition_at?))
    });
    view! {
        <section class="group" aria-labelledby="transition-title">
            <h3 id="transition-title">"Transition"</h3>
            <Show
                when=move || is_linked.get()
                fallback=move || view! {
                    <TextField
                        label="Next step"
                        id="next-step-picker"
                        code=true
                        placeholder="Stay where it is"
                        value=step
                        commit=set
                    />
                }
            >
                <Picker
                    label="Next step"
                    name="next-step"
                    placeholder="Stay where it is"
                    value=words.into()
                    choices=Callback::new(nodes)
                    commit=set
                />
            </Show>
            <FieldProblems problems/>
        </section>
    }
}
