//! The fields of a transition: target, conditions and actions as lists that reorder.

use flow::command::dialog::set_text;
use flow::command::state::parts::{self, ActionField, NewAction};
use flow::command::state::{TransitionAt, delete_transitions, rename_transition_id, retarget};
use flow::document::{StateFlow, Transition};
use flow::json::{NewValue, Tree};
use leptos::prelude::*;

use super::fields::TextField;
use super::picker::{Picker, all_cards, card_words};
use super::reorder::{Grip, moved};
use super::state::change;
use crate::browser::page;
use crate::ui::code::ExpressionField;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// The types of action that Flowdeck knows.
const ACTIONS: [&str; 4] = ["set", "append", "remove", "increment"];

fn find(flow: &StateFlow, at: TransitionAt) -> Option<&Transition> {
    flow.states.get(at.state)?.transitions.get(at.transition)
}

fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    at: TransitionAt,
    read: impl Fn(&Transition, &Tree) -> T + Send + Sync + 'static,
) -> Signal<T> {
    Memo::new(move |_| {
        desk.read(|open| {
            let transition = find(open.document().state_flow()?, at)?;
            Some(read(transition, open.document().tree()))
        })
        .flatten()
        .unwrap_or_default()
    })
    .into()
}

/// Applies what `build` makes of the transition, while it exists.
fn edit(
    desk: Desk,
    at: TransitionAt,
    build: impl FnOnce(&StateFlow, &Transition) -> Option<flow::command::Command>,
) {
    change(desk, |flow| build(flow, find(flow, at)?));
}

/// Every field of a transition.
#[component]
pub fn TransitionFields(state: usize, transition: usize) -> impl IntoView {
    let desk = desk();
    let at = TransitionAt { state, transition };
    let delete = move |_| edit(desk, at, |flow, _| Some(delete_transitions(flow, &[at])));
    view! {
        <div class="pane-head">
            <h2>"Transition"</h2>
            <button class="icon-button" aria-label="Delete transition" title="Delete (Del)" on:click=delete>
                {icon(Icon::Trash)}
            </button>
        </div>
        <div class="inspector-body">
            <Picker
                label="To"
                name="target"
                choices=all_cards(desk)
                value=card_words(desk, follow(desk, at, |transition, _| transition.target.text.to_string()))
                commit=Callback::new(move |id: String| edit(desk, at, |flow, _| Some(retarget(flow, at, &id))))
            />
            <TextField
                label="Id"
                code=true
                value=follow(desk, at, |transition, _| transition.id.text.to_string())
                commit=Callback::new(move |id: String| edit(desk, at, |flow, _| Some(rename_transition_id(flow, at, &id))))
            />
            <Conditions at/>
            <Actions at/>
        </div>
    }
}

#[component]
fn Conditions(at: TransitionAt) -> impl IntoView {
    let desk = desk();
    let count = follow(desk, at, |transition, _| transition.conditions.len());
    let reorder = Callback::new(move |(from, to): (usize, usize)| {
        let order = moved(count.get_untracked(), from, to);
        edit(desk, at, |flow, _| {
            Some(parts::reorder_conditions(flow, at, &order))
        });
    });
    view! {
        <section class="group">
            <h3>"Conditions, all of which must hold"</h3>
            <ol class="part-list">
                <For
                    each=move || 0..count.get()
                    key=|place| *place
                    children=move |place| view! {
                        <li class="part" data-list="condition" data-place=place.to_string()>
                            <Grip list="condition" what="condition" place=Signal::stored(place) count commit=reorder/>
                            <ConditionFields at place/>
                            <button
                                class="icon-button"
                                aria-label="Delete condition"
                                on:click=move |_| edit(desk, at, |flow, transition| {
                                    transition.conditions.get(place)?;
                                    Some(parts::delete_condition(flow, at, place))
                                })
                            >
                                {icon(Icon::Trash)}
                            </button>
                        </li>
                    }
                />
            </ol>
            <Show when=move || count.get() == 0>
                <p class="field-note">"None: this is the default, taken when no other transition holds."</p>
            </Show>
            <button
                class="button is-small"
                on:click=move |_| edit(desk, at, |flow, _| Some(parts::add_condition(flow, at, "true")))
            >
                {icon(Icon::Plus)}
                <span>"Add condition"</span>
            </button>
        </section>
    }
}

#[component]
fn ConditionFields(at: TransitionAt, place: usize) -> impl IntoView {
    let desk = desk();
    let condition = follow(desk, at, move |transition, tree| {
        let condition = transition.conditions.get(place)?;
        let raw = condition.value_at.map(|at| tree.value(at).raw().to_owned());
        let expression = condition
            .expression
            .as_ref()
            .map(|field| field.text.to_string());
        Some((
            condition.type_name.to_string(),
            expression,
            raw.unwrap_or_default(),
        ))
    });
    let is_expression = move || {
        condition.with(|it| {
            it.as_ref()
                .is_none_or(|(_, expression, _)| expression.is_some())
        })
    };
    view! {
        <div class="part-fields">
            <Show
                when=is_expression
                fallback=move || view! {
                    <span class="part-kind">{move || condition.get().map(|(kind, ..)| kind)}</span>
                    <code class="part-raw"><bdi>{move || condition.get().map(|(.., raw)| flow::diagram::display(&raw).to_string())}</bdi></code>
                }
            >
                <ExpressionField
                    bare=true
                    label=format!("Condition {}", place + 1)
                    value=Signal::derive(move || {
                        condition.get().and_then(|(_, expression, _)| expression).unwrap_or_default()
                    })
                    commit=Callback::new(move |text: String| edit(desk, at, |flow, transition| {
                        transition.conditions.get(place)?;
                        Some(parts::set_condition(flow, at, place, &text))
                    }))
                />
            </Show>
        </div>
    }
}

#[component]
fn Actions(at: TransitionAt) -> impl IntoView {
    let desk = desk();
    let count = follow(desk, at, |transition, _| transition.actions.len());
    let reorder = Callback::new(move |(from, to): (usize, usize)| {
        let order = moved(count.get_untracked(), from, to);
        edit(desk, at, |flow, _| {
            Some(parts::reorder_actions(flow, at, &order))
        });
    });
    let add = move |_| {
        let action = NewAction {
            type_name: "set".to_owned(),
            variable: "session.name".to_owned(),
            value: Some(NewValue::Text(String::new())),
        };
        edit(desk, at, |flow, _| {
            Some(parts::add_action(flow, at, &action))
        });
    };
    view! {
        <section class="group">
            <h3>"Actions, in the order they run"</h3>
            <ol class="part-list">
                <For
                    each=move || 0..count.get()
                    key=|place| *place
                    children=move |place| view! {
                        <li class="part" data-list="action" data-place=place.to_string()>
                            <Grip list="action" what="action" place=Signal::stored(place) count commit=reorder/>
                            <ActionFields at place/>
                            <button
                                class="icon-button"
                                aria-label="Delete action"
                                on:click=move |_| edit(desk, at, |flow, transition| {
                                    transition.actions.get(place)?;
                                    Some(parts::delete_action(flow, at, place))
                                })
                            >
                                {icon(Icon::Trash)}
                            </button>
                        </li>
                    }
                />
            </ol>
            <Show when=move || count.get() == 0>
                <p class="field-note">"Nothing happens besides going there."</p>
            </Show>
            <button class="button is-small" on:click=add>
                {icon(Icon::Plus)}
                <span>"Add action"</span>
            </button>
        </section>
    }
}

/// What an action is, as the fields show it: type, variable, value as JSON.
type ActionFace = (String, Option<String>, Option<String>);

#[component]
fn ActionFields(at: TransitionAt, place: usize) -> impl IntoView {
    let desk = desk();
    let action: Signal<Option<ActionFace>> = follow(desk, at, move |transition, tree| {
        let action = transition.actions.get(place)?;
        let variable = action.variable.as_ref().map(|field| field.text.to_string());
        let value = action.value_at.map(|at| tree.value(at).raw().to_owned());
        Some((action.type_name.text.to_string(), variable, value))
    });
    let kinds = move || {
        let current = action.get().map(|(kind, ..)| kind).unwrap_or_default();
        let mut kinds: Vec<(String, String)> = ACTIONS
            .iter()
            .map(|kind| ((*kind).to_owned(), (*kind).to_owned()))
            .collect();
        if !ACTIONS.contains(&current.as_str()) {
            let words = format!("{} (unknown action)", flow::diagram::display(&current));
            kinds.insert(0, (current.clone(), words));
        }
        (current, kinds)
    };
    let set = move |field: ActionField, value: NewValue| {
        edit(desk, at, |flow, transition| {
            transition.actions.get(place)?;
            Some(parts::set_action_field(flow, at, place, field, value))
        });
    };
    let set_value = move |literal: String| {
        if flow::json::parse(literal.as_str().into()).is_ok() {
            set(
                ActionField::Value,
                NewValue::Literal(literal.trim().to_owned()),
            );
        } else {
            desk.notices.show(Notice::error(
                "The value was not changed: what was typed is not JSON. Text stands in double quotes.",
            ));
        }
    };
    let set_variable = move |name: String| {
        edit(desk, at, |_, transition| {
            let variable = transition.actions.get(place)?.variable.as_ref()?;
            Some(set_text(
                "Change variable of the action",
                variable.at,
                &name,
            ))
        });
    };
    view! {
        <div class="part-fields">
            <div class="part-row">
                <span class="select">
                    <select
                        class="field"
                        aria-label=format!("Type of action {}", place + 1)
                        on:change=move |event| set(ActionField::Type, NewValue::Text(event_target_value(&event)))
                    >
                        {move || {
                            let (current, kinds) = kinds();
                            kinds.into_iter().map(|(kind, words)| {
                                let selected = kind == current;
                                view! { <option value=kind selected=selected>{words}</option> }
                            }).collect_view()
                        }}
                    </select>
                </span>
                <input
                    class="field is-code"
                    aria-label=format!("Variable of action {}", place + 1)
                    placeholder="session.name"
                    spellcheck="false"
                    disabled=move || action.with(|it| it.as_ref().is_none_or(|(_, variable, _)| variable.is_none()))
                    prop:value=move || action.get().and_then(|(_, variable, _)| variable).unwrap_or_default()
                    on:change=move |event| set_variable(event_target_value(&event))
                />
            </div>
            <input
                class="field is-code"
                aria-label=format!("Value of action {} as JSON", place + 1)
                placeholder="value as JSON"
                spellcheck="false"
                prop:value=move || action.get().and_then(|(.., value)| value).unwrap_or_default()
                on:change=move |event| {
                    set_value(event_target_value(&event));
                    let now = action.get_untracked().and_then(|(.., value)| value);
                    page::show_value(&event, &now.unwrap_or_default());
                }
            />
        </div>
    }
}
