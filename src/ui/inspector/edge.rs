//! The fields of an edge.

use flow::command::Command;
use flow::command::dialog;
use flow::document::{DialogFlow, Edge};
use leptos::prelude::*;

use super::fields::{Switch, TextField};
use super::picker::{Picker, all_cards, card_words};
use crate::ui::code::ExpressionField;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::keys;

fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    edge: usize,
    read: fn(&Edge) -> T,
) -> Signal<T> {
    Memo::new(move |_| {
        desk.read(|open| Some(read(open.document().dialog_flow()?.edges.get(edge)?)))
            .flatten()
            .unwrap_or_default()
    })
    .into()
}

fn change(desk: Desk, build: impl FnOnce(&DialogFlow) -> Option<Command>) {
    desk.run(|open| build(open.document().dialog_flow()?));
}

/// Every field of the edge at an index.
#[component]
pub fn EdgeFields(edge: usize) -> impl IntoView {
    let desk = desk();
    let is_default = follow(desk, edge, |edge| edge.condition.is_none());
    view! {
        <div class="pane-head">
            <h2>"Edge"</h2>
            <button class="icon-button" aria-label="Delete edge" title="Delete (Del)" on:click=move |_| { keys::delete_selected(desk); }>
                {icon(Icon::Trash)}
            </button>
        </div>
        <div class="inspector-body">
            <Switch
                label="Default branch"
                note="Taken when no condition of the node holds."
                value=is_default
                commit=Callback::new(move |on: bool| {
                    let condition = if on { None } else { Some("true") };
                    change(desk, |flow| {
                        flow.edges.get(edge)?;
                        Some(dialog::set_condition(flow, edge, condition))
                    });
                })
            />
            <Show when=move || !is_default.get()>
                <ExpressionField
                    label="Condition"
                    value=follow(desk, edge, |edge| {
                        edge.condition.as_ref().map(|field| field.text.to_string()).unwrap_or_default()
                    })
                    commit=Callback::new(move |text: String| change(desk, |flow| {
                        flow.edges.get(edge)?;
                        Some(dialog::set_condition(flow, edge, Some(&text)))
                    }))
                />
            </Show>
            <Picker
                label="From"
                name="from"
                choices=all_cards(desk)
                value=card_words(desk, follow(desk, edge, |edge| edge.source.text.to_string()))
                commit=Callback::new(move |id: String| change(desk, |flow| {
                    Some(dialog::set_text("Move edge", flow.edges.get(edge)?.source.at, &id))
                }))
            />
            <Picker
                label="To"
                name="to"
                choices=all_cards(desk)
                value=card_words(desk, follow(desk, edge, |edge| edge.target.text.to_string()))
                commit=Callback::new(move |id: String| change(desk, |flow| {
                    Some(dialog::set_text("Move edge", flow.edges.get(edge)?.target.at, &id))
                }))
            />
            <TextField
                label="Id"
                code=true
                value=follow(desk, edge, |edge| edge.id.text.to_string())
                commit=Callback::new(move |id: String| change(desk, |flow| {
                    Some(dialog::set_text("Rename edge", flow.edges.get(edge)?.id.at, &id))
                }))
            />
        </div>
    }
}
