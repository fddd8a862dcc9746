//! The fields of a state, and of a state flow as a whole.

use flow::command::Command;
use flow::command::state as edit;
use flow::diagram::{LinkOf, Owner};
use flow::document::{State, StateFlow, Transition};
use flow::open_document::OpenDocument;
use leptos::prelude::*;

use super::fields::{Switch, TextField};
use super::flow_fields::KeepInFile;
use super::node::rename_card;
use super::picker::{Picker, all_cards, card_words};
use super::reorder::{Grip, moved};
use super::target_words;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, card_icon, icon};
use crate::ui::keys;

/// Applies what `build` makes of the state flow.
pub fn change(desk: Desk, build: impl FnOnce(&StateFlow) -> Option<Command>) {
    desk.run(|open| build(open.document().state_flow()?));
}

fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    state: usize,
    read: fn(&StateFlow, &State) -> T,
) -> Signal<T> {
    Memo::new(move |_| {
        desk.read(|open| {
            let flow = open.document().state_flow()?;
            Some(read(flow, flow.states.get(state)?))
        })
        .flatten()
        .unwrap_or_default()
    })
    .into()
}

/// Every field of the state at an index.
#[component]
pub fn StateFields(state: usize) -> impl IntoView {
    let desk = desk();
    let kind = Memo::new(move |_| {
        desk.read(|open| open.diagram().cards.get(state).map(|card| card.kind))
            .flatten()
    });
    let partial = follow(desk, state, |flow, _| flow.partial);
    view! {
        <div class="pane-head" data-kind=move || kind.get().map_or("state", flow::diagram::CardKind::as_str)>
            <span class="card-glyph">{move || kind.get().map(|kind| icon(card_icon(kind)))}</span>
            <h2>"State"</h2>
            <Show when=move || !partial.get()>
                <button class="icon-button" aria-label="Delete state" title="Delete (Del)" on:click=move |_| { keys::delete_selected(desk); }>
                    {icon(Icon::Trash)}
                </button>
            </Show>
        </div>
        <div class="inspector-body">
            <TextField
                label="Name"
                id="inspector-label"
                placeholder="As the id"
                value=follow(desk, state, |_, state| {
                    state.name.as_ref().map(|name| name.text.to_string()).unwrap_or_default()
                })
                commit=Callback::new(move |text: String| change(desk, |flow| {
                    flow.states.get(state)?;
                    Some(edit::set_state_name(flow, state, (!text.is_empty()).then_some(&text)))
                }))
            />
            <TextField
                label="Id"
                code=true
                value=follow(desk, state, |_, state| state.id.text.to_string())
                commit=Callback::new(move |id: String| {
                    rename_card(desk, u32::try_from(state).unwrap_or(u32::MAX), &id);
                })
            />
            <Switch
                label="Final"
                note="A conversation may end here."
                value=follow(desk, state, |_, state| state.is_final)
                commit=Callback::new(move |on: bool| change(desk, |flow| {
                    flow.states.get(state)?;
                    Some(edit::set_final(flow, state, on))
                }))
            />
            <Transitions state/>
        </div>
    }
}

/// One transition of a state, in a line.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    wire: Option<u32>,
    condition: Option<String>,
    target: String,
}

fn lines(open: &OpenDocument, state: usize) -> Vec<Line> {
    let Some(flow) = open.document().state_flow() else {
        return Vec::new();
    };
    let Some(found) = flow.states.get(state) else {
        return Vec::new();
    };
    let diagram = open.diagram();
    let line = |(index, transition): (usize, &Transition)| {
        let wire = diagram.wire_of(LinkOf::Transition(state, index));
        let link = wire.map(|wire| &diagram.wires[wire as usize]);
        let words = link.map(|link| link.label.to_string()).unwrap_or_default();
        Line {
            wire,
            condition: (!transition.is_default()).then_some(words),
            target: target_words(diagram, wire, &transition.target.text),
        }
    };
    found.transitions.iter().enumerate().map(line).collect()
}

/// The transitions out of a state, in the order they are tried.
#[component]
fn Transitions(state: usize) -> impl IntoView {
    let desk = desk();
    let list = Memo::new(move |_| desk.read(|open| lines(open, state)).unwrap_or_default());
    let count = Signal::derive(move || list.with(Vec::len));
    let reorder = Callback::new(move |(from, to): (usize, usize)| {
        let order = moved(list.with_untracked(Vec::len), from, to);
        change(desk, |flow| {
            Some(edit::reorder_transitions(flow, state, &order))
        });
    });
    let connect = Callback::new(move |id: String| {
        change(desk, |flow| {
            flow.states.get(state)?;
            Some(edit::add_transition(flow, state, &id, None).0)
        });
    });
    view! {
        <section class="group">
            <h3>"Transitions, in the order they are tried"</h3>
            <ol class="branch-list">
                <For
                    each=move || 0..count.get()
                    key=|place| *place
                    children=move |place| {
                        let line = Memo::new(move |_| list.with(|list| list.get(place).cloned()));
                        let with = move |read: fn(&Line) -> String| {
                            line.with(|line| line.as_ref().map(read).unwrap_or_default())
                        };
                        view! {
                            <li class="branch" data-list="transition" data-place=place.to_string()>
                                <Grip list="transition" what="transition" place=Signal::stored(place) count commit=reorder/>
                                <button
                                    class="branch-text"
                                    title="Show this transition"
                                    on:click=move |_| if let Some(wire) = line.get_untracked().and_then(|line| line.wire) {
                                        desk.reveal(Owner::Wire(wire));
                                    }
                                >
                                    <span class="branch-condition" class:is-default=move || line.with(|line| line.as_ref().is_some_and(|line| line.condition.is_none()))>
                                        <bdi>{move || with(|line| line.condition.clone().unwrap_or_else(|| "default".to_owned()))}</bdi>
                                    </span>
                                    <span class="branch-target"><bdi>{move || with(|line| format!("→ {}", line.target))}</bdi></span>
                                </button>
                            </li>
                        }
                    }
                />
            </ol>
            <Show when=move || count.get() == 0>
                <p class="field-note">"No transition leads on from here."</p>
            </Show>
            <Picker
                label="Add a transition to"
                name="transition"
                placeholder="Type a name or an id"
                value=Signal::stored(String::new())
                choices=all_cards(desk)
                commit=connect
            />
        </section>
    }
}

/// The fields of a state flow as a whole.
#[component]
pub fn StateFlowFields() -> impl IntoView {
    let desk = desk();
    let read = move |read: fn(&StateFlow) -> String| -> Signal<String> {
        Memo::new(move |_| {
            desk.read(|open| open.document().state_flow().map(read))
                .flatten()
                .unwrap_or_default()
        })
        .into()
    };
    let counts = move || {
        desk.read(|open| (open.diagram().cards.len(), open.diagram().wires.len()))
            .unwrap_or_default()
    };
    let partial = move || {
        let partial = |open: &OpenDocument| {
            open.document()
                .state_flow()
                .is_some_and(|flow| flow.partial)
        };
        desk.read(partial).unwrap_or(false)
    };
    let set_id = move |label: &'static str, pick: fn(&StateFlow) -> Option<flow::json::ValueId>| {
        Callback::new(move |id: String| {
            change(desk, |flow| {
                Some(flow::command::dialog::set_text(label, pick(flow)?, &id))
            });
        })
    };
    view! {
        <div class="pane-head"><h2>"State flow"</h2><span class="pane-count">{move || {
            let (cards, wires) = counts();
            format!("{cards} states, {wires} transitions")
        }}</span></div>
        <div class="inspector-body">
            <Show when=move || !partial()><div class="field-pair">
                <TextField
                    label="Bot id"
                    code=true
                    value=read(|flow| flow.bot_id.as_ref().map(|id| id.text.to_string()).unwrap_or_default())
                    commit=set_id("Change bot id", |flow| flow.bot_id.as_ref().map(|id| id.at))
                />
                <TextField
                    label="Flow id"
                    code=true
                    value=read(|flow| flow.flow_id.as_ref().map(|id| id.text.to_string()).unwrap_or_default())
                    commit=set_id("Change flow id", |flow| flow.flow_id.as_ref().map(|id| id.at))
                />
            </div></Show>
            <Picker
                label="Initial state"
                name="initial"
                placeholder="None"
                choices=all_cards(desk)
                value=card_words(desk, read(|flow| flow.initial_state.as_ref().map(|id| id.text.to_string()).unwrap_or_default()))
                commit=Callback::new(move |id: String| change(desk, |flow| Some(edit::set_initial(flow, Some(&id)))))
            />
            <Picker
                label="Fallback state"
                name="fallback"
                placeholder="None"
                choices=all_cards(desk)
                value=card_words(desk, read(|flow| flow.fallback_state.as_ref().map(|id| id.text.to_string()).unwrap_or_default()))
                commit=Callback::new(move |id: String| change(desk, |flow| Some(edit::set_fallback(flow, Some(&id)))))
            />
            <p class="field-note">"Select a state to edit its transitions, or a transition to edit its conditions and actions."</p>
            <KeepInFile/>
        </div>
    }
}
