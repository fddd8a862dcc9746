//! The fields of the flow as a whole: name, version, entry point, variables.

use flow::command::dialog;
use flow::command::{Change, Command};
use flow::document::DialogFlow;
use flow::json::NewValue;
use flow::rename::{self, VariableName};
use leptos::prelude::*;

use super::fields::TextField;
use super::picker::{Picker, all_cards, card_words};
use super::sync_payload::SyncPayload;
use crate::browser::page;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// The types a variable can have.
const TYPES: [&str; 5] = ["string", "number", "boolean", "object", "array"];

fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    read: fn(&DialogFlow) -> T,
) -> Signal<T> {
    Memo::new(move |_| {
        desk.read(|open| open.document().dialog_flow().map(read))
            .flatten()
            .unwrap_or_default()
    })
    .into()
}

fn change(desk: Desk, build: impl FnOnce(&DialogFlow) -> Option<Command>) {
    desk.run(|open| build(open.document().dialog_flow()?));
}

/// Puts what is Flowdeck's own into the file, which else never gets it.
#[component]
pub(super) fn KeepInFile() -> impl IntoView {
    let desk = desk();
    let keep = move |_| {
        if desk.run(|open| Some(open.keep_command())) {
            desk.notices
                .announce("Layout and notes are in the file now.");
        }
    };
    view! {
        <div class="keep-in-file">
            <button class="button" on:click=keep>"Store layout and notes in the file"</button>
            <p class="field-note">
                "Where cards stand, groups, notes and accepted problems are kept in this browser. This \
                 writes them under the key \"flowdeck\", for others who open the file. Nothing of it \
                 is sent to a platform."
            </p>
        </div>
    }
}

/// The fields of the flow.
#[component]
pub fn FlowFields() -> impl IntoView {
    let desk = desk();
    let counts = move || {
        desk.read(|open| (open.diagram().cards.len(), open.diagram().wires.len()))
            .unwrap_or_default()
    };
    view! {
        <div class="pane-head"><h2>"Flow"</h2><span class="pane-count">{move || {
            let (cards, wires) = counts();
            format!("{cards} nodes, {wires} edges")
        }}</span></div>
        <div class="inspector-body">
            <TextField
                label="Name"
                value=follow(desk, |flow| flow.name.text.to_string())
                commit=Callback::new(move |text: String| change(desk, |flow| {
                    Some(dialog::set_text("Rename flow", flow.name.at, &text))
                }))
            />
            <div class="field-pair">
                <TextField
                    label="Id"
                    code=true
                    value=follow(desk, |flow| flow.id.text.to_string())
                    commit=Callback::new(move |text: String| change(desk, |flow| {
                        Some(dialog::set_text("Change flow id", flow.id.at, &text))
                    }))
                />
                <TextField
                    label="Version"
                    code=true
                    value=follow(desk, |flow| flow.version.text.to_string())
                    commit=Callback::new(move |text: String| change(desk, |flow| {
                        Some(dialog::set_text("Change version", flow.version.at, &text))
                    }))
                />
            </div>
            <Picker
                label="Entry point"
                name="entry"
                choices=all_cards(desk)
                value=card_words(desk, follow(desk, |flow| flow.entry_point.text.to_string()))
                commit=Callback::new(move |id: String| change(desk, |flow| {
                    Some(dialog::set_text("Set entry point", flow.entry_point.at, &id))
                }))
            />
            <SyncPayload/>
            <Variables/>
            <KeepInFile/>
        </div>
    }
}

#[component]
fn Variables() -> impl IntoView {
    let desk = desk();
    let count = follow(desk, |flow| flow.variables.len());
    view! {
        <section class="group">
            <h3>"Variables"</h3>
            <ul class="variable-list">
                <For
                    each=move || 0..count.get()
                    key=|index| *index
                    children=move |index| view! { <VariableLine index/> }
                />
            </ul>
            <Show when=move || count.get() == 0>
                <p class="field-note">"None declared. Variables keep what a conversation learns."</p>
            </Show>
            <button class="button is-small" on:click=move |_| change(desk, |flow| Some(dialog::add_variable(flow, "variable", "string")))>
                {icon(Icon::Plus)}
                <span>"Add variable"</span>
            </button>
        </section>
    }
}

/// Gives a variable another name, everywhere it is mentioned where that can be told apart from what
/// else is called so; else where it is declared alone.
fn rename_variable(desk: Desk, index: usize, name: &str) {
    let renaming = desk.peek(|open| {
        let flow = open.document().dialog_flow()?;
        let old = VariableName::context(&flow.variables.get(index)?.name.text);
        rename::rename_variable(open.document(), &old, name).ok()
    });
    match renaming.flatten() {
        Some(renaming) => {
            if desk.apply(&renaming.command) {
                let said = format!("Renamed everywhere: {}.", renaming.summary());
                desk.notices.announce(said);
            }
        }
        None => change(desk, |flow| {
            let at = flow.variables.get(index)?.name.at;
            Some(dialog::set_text("Rename variable", at, name))
        }),
    }
}

#[component]
fn VariableLine(index: usize) -> impl IntoView {
    let desk = desk();
    let variable = Memo::new(move |_| {
        desk.read(|open| {
            let variable = open.document().dialog_flow()?.variables.get(index)?;
            let tree = open.document().tree();
            let default = variable.default.map(|at| tree.value(at).raw().to_owned());
            Some((
                variable.name.text.to_string(),
                variable.type_name.text.to_string(),
                default,
            ))
        })
        .flatten()
        .unwrap_or_default()
    });
    let types = move || {
        let current = variable.get().1;
        let mut types: Vec<String> = TYPES.iter().map(ToString::to_string).collect();
        if !types.contains(&current) {
            types.insert(0, current);
        }
        types
    };
    let set_default = move |literal: String| {
        let literal = literal.trim().to_owned();
        if literal.is_empty() {
            change(desk, |flow| {
                let at = flow.variables.get(index)?.at;
                Some(Command::one(
                    "Remove default",
                    Change::RemoveMembers {
                        at,
                        keys: vec!["default"],
                    },
                ))
            });
        } else if flow::json::parse(literal.as_str().into()).is_ok() {
            change(desk, |flow| {
                let at = flow.variables.get(index)?.at;
                let value = NewValue::Literal(literal);
                Some(Command::one(
                    "Change default",
                    Change::SetMember {
                        at,
                        key: "default".to_owned(),
                        value,
                    },
                ))
            });
        } else {
            desk.notices.show(Notice::error(
                "The default was not changed: what was typed is not JSON. Text stands in double quotes.",
            ));
        }
    };
    view! {
        <li class="variable">
            <input
                class="field is-code"
                aria-label="Variable name"
                spellcheck="false"
                prop:value=move || variable.get().0
                on:change=move |event| {
                    let name = event_target_value(&event);
                    rename_variable(desk, index, &name);
                }
            />
            <span class="select">
                <select
                    class="field"
                    aria-label="Variable type"
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        change(desk, |flow| Some(dialog::set_text("Change variable type", flow.variables.get(index)?.type_name.at, &name)));
                    }
                >
                    {move || types().into_iter().map(|name| {
                        let selected = name == variable.get().1;
                        view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
                    }).collect_view()}
                </select>
            </span>
            <input
                class="field is-code"
                aria-label="Default value as JSON"
                placeholder="no default"
                spellcheck="false"
                prop:value=move || variable.get().2.unwrap_or_default()
                on:change=move |event| {
                    set_default(event_target_value(&event));
                    page::show_value(&event, &variable.get_untracked().2.unwrap_or_default());
                }
            />
            <button
                class="icon-button"
                aria-label="Delete variable"
                on:click=move |_| change(desk, |flow| {
                    flow.variables.get(index)?;
                    Some(dialog::delete_variable(flow, index))
                })
            >
                {icon(Icon::Trash)}
            </button>
        </li>
    }
}
