//! The inspector: what is selected, field by field; the flow itself when nothing is.

mod chart;
mod edge;
pub mod fields;
mod flow_fields;
mod node;
pub mod picker;
pub mod reorder;
mod state;
mod sync_payload;
mod transition;

use flow::diagram::{Diagram, LinkOf, Owner, display};
use leptos::prelude::*;

use self::chart::{ChartNodeFields, ChartSummary};
use self::edge::EdgeFields;
pub use self::fields::leave;
use self::flow_fields::FlowFields;
use self::node::NodeFields;
use self::state::{StateFields, StateFlowFields};
use self::transition::TransitionFields;
use super::desk::{Desk, desk};
use super::icons::{Icon, icon};
use super::keys;

/// What the inspector is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The flow as a whole.
    Flow,
    /// A node, by index.
    Node(usize),
    /// An edge, by index.
    Edge(usize),
    /// A note.
    Note,
    /// Several things at once.
    Several(usize),
    /// A state flow as a whole.
    StateFlow,
    /// A state, by index.
    State(usize),
    /// A transition, by the index of its state and its own.
    Transition(usize, usize),
    /// An export as a whole.
    Chart,
    /// A node of an export, by index.
    ChartNode(usize),
}

/// The region "Inspector".
#[component]
pub fn Inspector() -> impl IntoView {
    let desk = desk();
    let subject = Memo::new(move |_| {
        desk.read_selected(|open| {
            let is_states = open.document().state_flow().is_some();
            let selection = open.selection();
            if open.document().chart().is_some() {
                return match selection.single() {
                    _ if selection.single_note().is_some() => Subject::Note,
                    _ if selection.len() > 1 => Subject::Several(selection.len()),
                    Some(Owner::Card(card)) => Subject::ChartNode(card as usize),
                    // Between two nodes there is nothing to read.
                    Some(Owner::Wire(_)) | None => Subject::Chart,
                };
            }
            match selection.single() {
                _ if selection.single_note().is_some() => Subject::Note,
                _ if selection.len() > 1 => Subject::Several(selection.len()),
                Some(Owner::Card(card)) if is_states => Subject::State(card as usize),
                Some(Owner::Card(card)) => Subject::Node(card as usize),
                Some(Owner::Wire(wire)) => match open.diagram().wires[wire as usize].of {
                    LinkOf::Edge(edge) => Subject::Edge(edge),
                    LinkOf::Transition(state, transition) => Subject::Transition(state, transition),
                    LinkOf::Relation(_) => Subject::Chart,
                },
                None if is_states => Subject::StateFlow,
                None => Subject::Flow,
            }
        })
        .unwrap_or(Subject::Flow)
    });
    // What a tenant said about what is selected, or about no card or wire.
    let said = Memo::new(move |_| {
        desk.read_selected(|open| {
            let owner = open.selection().single();
            let of = |at| open.diagram().owner(open.document().tree(), at);
            let remarks = open.remarks().iter();
            let ours = remarks.filter(|remark| of(remark.at) == owner);
            ours.map(|remark| remark.message.clone())
                .collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let remarks = move || {
        let said = said.get();
        said.into_iter()
            .map(|message| view! { <p class="panel-failure">{message}</p> })
            .collect_view()
    };
    view! {
        <aside class="inspector" role="region" aria-label="Inspector">
            {remarks}
            {move || match subject.get() {
                Subject::Flow => view! { <FlowFields/> }.into_any(),
                Subject::Node(node) => view! { <NodeFields node/> }.into_any(),
                Subject::Edge(edge) => view! { <EdgeFields edge/> }.into_any(),
                Subject::Note => several(desk, "Note".to_owned(), NOTE),
                Subject::Several(count) => several(desk, format!("{count} selected"), SEVERAL),
                Subject::Chart => view! { <ChartSummary/> }.into_any(),
                Subject::ChartNode(node) => view! { <ChartNodeFields node/> }.into_any(),
                Subject::StateFlow => view! { <StateFlowFields/> }.into_any(),
                Subject::State(state) => view! { <StateFields state/> }.into_any(),
                Subject::Transition(state, transition) => {
                    view! { <TransitionFields state transition/> }.into_any()
                }
            }}
        </aside>
    }
}

/// What a branch or transition leads to, in words: only one whose target exists has a wire.
fn target_words(diagram: &Diagram, wire: Option<u32>, id: &str) -> String {
    let link = wire.and_then(|wire| diagram.wires.get(wire as usize));
    match link.and_then(|link| diagram.cards.get(link.ends.target as usize)) {
        Some(card) => card.label.to_string(),
        None => format!("{} (missing)", display(id)),
    }
}

/// What can be done with several things.
const SEVERAL: &str = "Drag one of them to move them all. Arrow keys nudge.";
/// What a note is.
const NOTE: &str = "Double click it, or press Enter, to write. Notes are kept beside the flow and are \
    never sent.";

/// What is shown of things that have no fields of their own.
fn several(desk: Desk, title: String, words: &'static str) -> AnyView {
    view! {
        <div class="pane-head"><h2>{title}</h2></div>
        <div class="inspector-body">
            <p class="empty-note">{words}</p>
            <Show when=move || words == NOTE || !desk.is_export()>
                <button class="button is-danger" on:click=move |_| { keys::delete_selected(desk); }>
                    {icon(Icon::Trash)}
                    <span>"Delete"</span>
                </button>
            </Show>
        </div>
    }
    .into_any()
}
