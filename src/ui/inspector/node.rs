//! The fields of a node.

use flow::command::dialog;
use flow::command::{Change, Command};
use flow::diagram::{LinkOf, Owner, display};
use flow::document::{DialogFlow, Field, Node, NodeKind};
use flow::json::{NewValue, Tree, ValueRef};
use flow::open_document::OpenDocument;
use leptos::prelude::*;

use super::fields::{Choice, Switch, TextArea, TextField};
use super::picker::{Picker, card_choices};
use super::reorder::{Grip, moved};
use super::target_words;
use crate::browser::page;
use crate::ui::code::ScriptField;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, card_icon, icon};
use crate::ui::keys;
use crate::ui::notices::Notice;

/// How many branches are listed at first: more are asked for.
const LISTED: usize = 100;

/// Follows something of the node; a node that is gone gives the default.
fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    node: usize,
    read: fn(&Node, &Tree) -> T,
) -> Signal<T> {
    Memo::new(move |_| {
        desk.read(|open| {
            let flow = open.document().dialog_flow()?;
            Some(read(flow.nodes.get(node)?, open.document().tree()))
        })
        .flatten()
        .unwrap_or_default()
    })
    .into()
}

fn text_of(field: Option<&Field>) -> String {
    field
        .map(|field| field.text.to_string())
        .unwrap_or_default()
}

/// Applies what `build` makes of the flow.
fn change(desk: Desk, build: impl FnOnce(&DialogFlow, &Tree) -> Option<Command>) {
    desk.run(|open| build(open.document().dialog_flow()?, open.document().tree()));
}

fn set_property(desk: Desk, node: usize, key: &'static str, value: Option<NewValue>) {
    change(desk, |flow, tree| {
        flow.nodes.get(node)?;
        Some(dialog::set_property(flow, node, key, value, tree))
    });
}

/// Sets a property to a text; an empty one removes it.
fn text_property(desk: Desk, node: usize, key: &'static str) -> Callback<String> {
    Callback::new(move |text: String| {
        let value = (!text.is_empty()).then_some(NewValue::Text(text));
        set_property(desk, node, key, value);
    })
}

/// Every field of the node at an index.
#[component]
pub fn NodeFields(node: usize) -> impl IntoView {
    let desk = desk();
    let kind = follow(desk, node, |node, _| Some(node.kind));
    let is = move |wanted: NodeKind| kind.get() == Some(wanted);
    let kinds = Signal::stored(
        NodeKind::ALL
            .iter()
            .map(|kind| (kind.as_type().to_owned(), kind.as_type().to_owned()))
            .collect::<Vec<_>>(),
    );
    let glyph = move || {
        icon(card_icon(flow::diagram::CardKind::Node(
            kind.get().unwrap_or(NodeKind::Unknown),
        )))
    };
    view! {
        <div class="pane-head" data-kind=move || kind.get().unwrap_or(NodeKind::Unknown).as_type()>
            <span class="card-glyph">{glyph}</span>
            <h2>"Node"</h2>
            <button class="icon-button" aria-label="Delete node" title="Delete (Del)" on:click=move |_| { keys::delete_selected(desk); }>
                {icon(Icon::Trash)}
            </button>
        </div>
        <div class="inspector-body">
            <TextField
                label="Label"
                id="inspector-label"
                value=follow(desk, node, |node, _| node.label.text.to_string())
                commit=Callback::new(move |text: String| change(desk, |flow, _| {
                    Some(dialog::set_text("Change label", flow.nodes.get(node)?.label.at, &text))
                }))
            />
            <div class="field-pair">
                <TextField
                    label="Id"
                    code=true
                    value=follow(desk, node, |node, _| node.id.text.to_string())
                    commit=Callback::new(move |text: String| rename(desk, node, &text))
                />
                <Choice
                    label="Type"
                    options=kinds
                    value=follow(desk, node, |node, _| node.type_name.text.to_string())
                    commit=Callback::new(move |text: String| change(desk, |flow, _| {
                        Some(dialog::set_text("Change type", flow.nodes.get(node)?.type_name.at, &text))
                    }))
                />
            </div>
            <Show when=move || is(NodeKind::Intent)>
                <TextField
                    label="Intent"
                    placeholder="As the label"
                    value=follow(desk, node, |node, _| text_of(node.properties.intent_name.as_ref()))
                    commit=text_property(desk, node, "intentName")
                />
                <TextArea
                    label="Examples, one a line"
                    rows=4
                    placeholder="What users say when they mean this"
                    value=follow(desk, node, examples)
                    commit=Callback::new(move |text: String| set_property(desk, node, "examples", examples_value(&text)))
                />
            </Show>
            <Show when=move || is(NodeKind::Action)>
                <ScriptField
                    label="Script"
                    value=follow(desk, node, |node, _| text_of(node.properties.script.as_ref()))
                    commit=text_property(desk, node, "script")
                />
            </Show>
            <TextArea
                label="Says"
                rows=2
                placeholder="Text to the user"
                value=follow(desk, node, |node, _| text_of(node.properties.say.as_ref()))
                commit=text_property(desk, node, "say")
            />
            <Switch
                label="Part of an intended loop"
                note="Loops through this node are not reported as endless."
                value=follow(desk, node, |node, _| node.properties.is_fallback)
                commit=Callback::new(move |on: bool| {
                    let value = on.then(|| NewValue::Literal("true".to_owned()));
                    set_property(desk, node, "isFallback", value);
                })
            />
            <Branches node/>
            <OtherProperties node/>
        </div>
    }
}

fn rename(desk: Desk, node: usize, id: &str) {
    rename_card(desk, u32::try_from(node).unwrap_or(u32::MAX), id);
}

/// Gives a card another id, or says why not.
pub fn rename_card(desk: Desk, card: u32, id: &str) {
    let id = id.trim();
    let taken = desk.peek(|open| open.rename_command(card, id).is_none()) == Some(true);
    if taken {
        desk.notices.show(Notice::error(format!(
            "The id was not changed: \"{}\" is taken, and two things of one id cannot be told apart.",
            display(id)
        )));
    } else {
        desk.run(|open| open.rename_command(card, id));
    }
}

fn examples(node: &Node, tree: &Tree) -> String {
    let Some(at) = node.properties.examples else {
        return String::new();
    };
    let lines: Vec<_> = tree
        .value(at)
        .elements()
        .filter_map(ValueRef::as_str)
        .collect();
    lines.join("\n")
}

fn examples_value(text: &str) -> Option<NewValue> {
    let lines: Vec<NewValue> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(NewValue::from)
        .collect();
    (!lines.is_empty()).then_some(NewValue::Array(lines))
}

/// One way out of a node.
#[derive(Clone, Debug, PartialEq)]
struct Branch {
    wire: Option<u32>,
    edge: usize,
    condition: Option<String>,
    target: String,
}

/// The ways out of a node in file order. O(edges + branches · log edges).
fn branches(open: &OpenDocument, node: usize) -> Vec<Branch> {
    let Some(flow) = open.document().dialog_flow() else {
        return Vec::new();
    };
    let Some(id) = flow.nodes.get(node).map(|node| &node.id.text) else {
        return Vec::new();
    };
    let diagram = open.diagram();
    let out = flow
        .edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.source.text == *id);
    out.map(|(index, edge)| {
        let condition = edge.condition.as_ref();
        let wire = diagram.wire_of(LinkOf::Edge(index));
        Branch {
            wire,
            edge: index,
            condition: condition.map(|condition| display(&condition.text).to_string()),
            target: target_words(diagram, wire, &edge.target.text),
        }
    })
    .collect()
}

/// The branches out of a node, in their order, which can be changed.
#[component]
fn Branches(node: usize) -> impl IntoView {
    let desk = desk();
    let list = Memo::new(move |_| desk.read(|open| branches(open, node)).unwrap_or_default());
    let count = Signal::derive(move || list.with(Vec::len));
    let shown = RwSignal::new(LISTED);
    let reorder = Callback::new(move |(from, to): (usize, usize)| {
        let edges: Vec<usize> =
            list.with_untracked(|list| list.iter().map(|branch| branch.edge).collect());
        let order: Vec<usize> = moved(edges.len(), from, to)
            .into_iter()
            .map(|place| edges[place])
            .collect();
        change(desk, |flow, _| {
            Some(dialog::reorder_branches(flow, &edges, &order))
        });
    });
    let targets = Callback::new(move |()| {
        let source = u32::try_from(node).unwrap_or(u32::MAX);
        desk.peek(|open| card_choices(open, &open.possible_targets(source)))
            .unwrap_or_default()
    });
    let connect = Callback::new(move |id: String| {
        desk.run(|open| open.connect_command(u32::try_from(node).ok()?, open.diagram().find(&id)?));
    });
    view! {
        <section class="group">
            <h3>"Branches"</h3>
            <ol class="branch-list">
                <For
                    each=move || 0..count.get().min(shown.get())
                    key=|place| *place
                    children=move |place| {
                        let branch = Memo::new(move |_| list.with(|list| list.get(place).cloned()));
                        view! { <BranchLine place branch count reorder/> }
                    }
                />
            </ol>
            <Show when=move || { count.get() > shown.get() }>
                <button class="button is-small" on:click=move |_| shown.update(|shown| *shown += LISTED)>
                    {move || format!("Show more of {}", count.get())}
                </button>
            </Show>
            <Show when=move || count.get() == 0>
                <p class="field-note">"Nothing leads on from here yet."</p>
            </Show>
            <Picker
                label="Add a branch to"
                name="branch"
                placeholder="Type a label or an id"
                value=Signal::stored(String::new())
                choices=targets
                commit=connect
            />
        </section>
    }
}

#[component]
fn BranchLine(
    place: usize,
    branch: Memo<Option<Branch>>,
    count: Signal<usize>,
    reorder: Callback<(usize, usize)>,
) -> impl IntoView {
    let desk = desk();
    let is_default =
        move || branch.with(|it| it.as_ref().is_some_and(|branch| branch.condition.is_none()));
    let words = move || {
        branch.with(|it| {
            let condition = it.as_ref().and_then(|branch| branch.condition.clone());
            condition.unwrap_or_else(|| "default".to_owned())
        })
    };
    let select = move |_| {
        if let Some(wire) = branch.get_untracked().and_then(|branch| branch.wire) {
            desk.reveal(Owner::Wire(wire));
        }
    };
    view! {
        <li class="branch" data-list="branch" data-place=place.to_string()>
            <Grip list="branch" what="branch" place=Signal::stored(place) count commit=reorder/>
            <span class="branch-number">{place + 1}</span>
            <button class="branch-text" title="Show this branch" on:click=select>
                <span class="branch-condition" class:is-default=is_default>
                    <bdi>{words}</bdi>
                </span>
                <span class="branch-target">
                    <bdi>{move || branch.get().map(|branch| format!("→ {}", branch.target))}</bdi>
                </span>
            </button>
        </li>
    }
}

/// The properties that Flowdeck gives no meaning to, as JSON.
#[component]
fn OtherProperties(node: usize) -> impl IntoView {
    const KNOWN: [&str; 6] = [
        "script",
        "say",
        "intentName",
        "examples",
        "isFallback",
        "position",
    ];
    let desk = desk();
    let others = follow(desk, node, |node, tree| {
        let members = node.properties.at.map(|at| tree.value(at).members());
        let known = |key: &str| KNOWN.contains(&key);
        members
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.as_str()?.into_owned(), value.raw().to_owned())))
            .filter(|(key, _)| !known(key))
            .collect::<Vec<_>>()
    });
    let set = move |key: String, literal: String| {
        if flow::json::parse(literal.as_str().into()).is_err() {
            desk.notices.show(Notice::error(format!(
                "\"{key}\" was not changed: what was typed is not JSON. Text stands in double quotes."
            )));
            return;
        }
        change(desk, |flow, _| {
            let at = flow.nodes.get(node)?.properties.at?;
            let value = NewValue::Literal(literal.trim().to_owned());
            Some(Command::one(
                format!("Change {key}"),
                Change::SetMember { at, key, value },
            ))
        });
    };
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="group">
                <h3>"Other properties"</h3>
                {move || others.get().into_iter().map(|(key, literal)| {
                    let name = key.clone();
                    view! {
                        <label class="field-row">
                            <span class="field-label is-code"><bdi>{flow::diagram::display(&key).to_string()}</bdi></span>
                            <textarea
                                class="field is-code"
                                rows="2"
                                spellcheck="false"
                                prop:value=literal
                                on:change=move |event| {
                                    set(name.clone(), event_target_value(&event));
                                    let now = others.get_untracked();
                                    let literal = now.iter().find(|(key, _)| *key == name);
                                    page::show_value(&event, literal.map_or("", |(_, it)| it));
                                }
                            ></textarea>
                        </label>
                    }
                }).collect_view()}
            </section>
        </Show>
    }
}
