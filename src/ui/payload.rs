//! The editors of documents that are no graphs: a form with live problems and byte meters beside
//! the JSON. Each kind of document has its form in a submodule; what they share is here.

mod assertions;
mod checked;
mod context_set;
mod entry;
mod field_problems;
mod json_pane;
mod meter;
mod rows;
mod simulation;
mod split;
mod state_variables;
mod template;
mod value;
mod workspace;

use flow::document::{DocumentKind, View};
use flow::json::{Span, Tree, ValueId};
use flow::open_document::OpenDocument;
use flow::problem::Problem;
use leptos::prelude::*;

use self::context_set::ContextSetForm;
use self::json_pane::JsonPane;
pub use self::meter::ByteMeter;
use self::rows::Rows;
use self::simulation::SimulationForm;
use self::state_variables::StateVariablesForm;
pub use self::template::TemplatePreview;
use self::workspace::WorkspaceForm;
use super::desk::{Desk, desk};
use super::inspector::picker::Picker;
use crate::browser::page;

/// Whether documents of this kind are edited here.
pub fn is_form(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::ContextSet
            | DocumentKind::StateVariables
            | DocumentKind::Simulation
            | DocumentKind::Workspace
    )
}

/// The shown document as a form and as JSON, side by side.
#[component]
pub fn PayloadEditor() -> impl IntoView {
    let desk = desk();
    let rows = Rows::new();
    provide_context(rows);
    let shown = Memo::new(move |_| (desk.read(|open| open.document().kind()), desk.active.get()));
    Effect::new(move |_| {
        if let Some(offset) = desk.jumped.get() {
            jump(desk, rows, offset);
        }
    });
    view! {
        <div class="payload">
            {move || {
                let (kind, _) = shown.get();
                rows.reset();
                desk.jumped.set(None);
                let form = match kind {
                    Some(DocumentKind::ContextSet) => view! { <ContextSetForm/> }.into_any(),
                    Some(DocumentKind::StateVariables) => view! { <StateVariablesForm/> }.into_any(),
                    Some(DocumentKind::Simulation) => view! { <SimulationForm/> }.into_any(),
                    _ => view! { <WorkspaceForm/> }.into_any(),
                };
                view! {
                    <section class="payload-form" aria-label="Form">{form}</section>
                    <JsonPane/>
                }
            }}
        </div>
    }
}

/// Shows the field that a problem is about.
pub fn reveal(desk: Desk, problem: usize) {
    let offset = desk.peek(|open| Some(open.problems().get(problem)?.span.start));
    if let Some(offset) = offset.flatten() {
        reveal_at(desk, offset);
    }
}

/// Shows the field that is about the byte `offset`; nothing in a graph.
pub fn reveal_at(desk: Desk, offset: u32) {
    if desk.peek(|open| is_form(open.document().kind())) == Some(true) {
        desk.jumped.set(Some(offset));
    }
}

/// Shows the field of the next or the previous problem; false for a graph.
pub fn step(desk: Desk, forward: bool) -> bool {
    let found = desk.peek(|open| {
        let current = desk.jumped.get_untracked();
        let mut places = open
            .problems()
            .iter()
            .enumerate()
            .filter(|(_, problem)| problem.acknowledged.is_none());
        let start = |&(_, problem): &(usize, &Problem)| Some(problem.span.start);
        let next = if forward {
            let next = places.clone().find(|place| start(place) > current);
            next.or_else(|| places.next())
        } else {
            let before = places.clone().rfind(|place| start(place) < current);
            before.or_else(|| places.next_back())
        };
        let found = next.map(|(index, problem)| (index, problem.message.clone()));
        is_form(open.document().kind()).then_some(found)
    });
    match found.flatten() {
        None => return false,
        Some(None) => desk.notices.announce("No problems."),
        Some(Some((index, message))) => {
            reveal(desk, index);
            desk.notices.announce(message);
        }
    }
    true
}

/// Moves the focus to the field that is about the byte `offset`.
fn jump(desk: Desk, rows: Rows, offset: u32) {
    let field = desk.peek(|open| match open.document().view() {
        View::ContextSet(set) => context_set::field_at(open.document().tree(), set, offset),
        View::StateVariables(variables) => {
            state_variables::field_at(open.document().tree(), variables, offset)
        }
        View::Simulation(script) => simulation::field_at(open.document().tree(), script, offset),
        _ => None,
    });
    if let Some(FieldAt { second, row, id }) = field.flatten() {
        rows.list(second).show(row);
        page::after(0, move || page::focus(&id));
    }
}

/// A field of a form.
struct FieldAt {
    /// Whether it is in the second list of the form.
    second: bool,
    /// Its row there.
    row: usize,
    /// The id of its element.
    id: String,
}

impl FieldAt {
    /// A field that stands alone.
    fn alone(id: &str) -> Self {
        Self {
            second: false,
            row: 0,
            id: id.to_owned(),
        }
    }
}

/// From the start of a key to the end of its value.
fn member_span(tree: &Tree, key: ValueId, value: ValueId) -> Span {
    Span::new(tree.value(key).span().start, tree.value(value).span().end)
}

fn holds(span: Span, offset: u32) -> bool {
    (span.start..span.end).contains(&offset)
}

/// A signal of something in the shown document, its default while that is not there.
fn follow<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    read: impl Fn(&OpenDocument) -> Option<T> + Send + Sync + 'static,
) -> Signal<T> {
    Memo::new(move |_| desk.read(&read).flatten().unwrap_or_default()).into()
}

/// The flow that the payload belongs to.
#[component]
fn LinkedFlow() -> impl IntoView {
    let desk = desk();
    let flows = Memo::new(move |_| desk.dialog_flows());
    let value = Memo::new(move |_| {
        let linked = desk.linked_flow();
        flows.with(|flows| {
            let found = flows.iter().find(|flow| Some(flow.0) == linked);
            found.map(|flow| flow.1.clone()).unwrap_or_default()
        })
    });
    let choices = move |()| {
        let none = (String::new(), "None".to_owned());
        let open = flows.with_untracked(|flows| {
            let flows = flows.iter();
            flows
                .map(|(id, title)| (id.to_string(), title.clone()))
                .collect::<Vec<_>>()
        });
        std::iter::once(none).chain(open).collect()
    };
    view! {
        <div>
            <Picker
                label="Linked flow"
                name="linked-flow"
                placeholder="None"
                value=value.into()
                choices=Callback::new(choices)
                commit=Callback::new(move |id: String| desk.link(id.parse().ok()))
            />
            <Show when=move || flows.with(Vec::is_empty)>
                <p class="field-note">"Open the dialog flow this belongs to, and the rules check them together."</p>
            </Show>
        </div>
    }
}
