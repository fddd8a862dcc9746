//! The line over the canvas that tells where one is: workspace, document, what is selected.

use flow::diagram::{Diagram, Owner, display};
use flow::open_document::{OpenDocument, Selection};
use leptos::prelude::*;

use super::desk::desk;

/// One step of the way; one that leads somewhere can be pressed.
#[derive(Clone, Debug, PartialEq)]
struct Crumb {
    words: String,
    leads: Option<Lead>,
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lead {
    /// To the document with nothing selected.
    Document,
    /// To a card.
    Card(u32),
}

fn crumbs(open: &OpenDocument) -> Vec<Crumb> {
    let selection = open.selection();
    let document = Crumb {
        words: display(open.title()).to_string(),
        leads: (!selection.is_empty()).then_some(Lead::Document),
    };
    let mut way = vec![document];
    let here = |words: String| Crumb { words, leads: None };
    match selection.single() {
        Some(Owner::Card(card)) => way.push(here(label(open.diagram(), card))),
        Some(Owner::Wire(wire)) => {
            if let Some(link) = open.diagram().wires.get(wire as usize) {
                way.push(Crumb {
                    words: label(open.diagram(), link.ends.source),
                    leads: Some(Lead::Card(link.ends.source)),
                });
                let target = label(open.diagram(), link.ends.target);
                way.push(here(format!("to {target}")));
            }
        }
        None if selection.is_empty() => {}
        None if selection.single_note().is_some() => way.push(here("Note".to_owned())),
        None => way.push(here(format!("{} selected", selection.len()))),
    }
    way
}

fn label(diagram: &Diagram, card: u32) -> String {
    let card = diagram.cards.get(card as usize);
    card.map(|card| card.label.to_string()).unwrap_or_default()
}

/// The navigation "Breadcrumbs".
#[component]
pub fn Breadcrumbs() -> impl IntoView {
    let desk = desk();
    let way = Memo::new(move |_| desk.read_selected(crumbs).unwrap_or_default());
    let go = move |lead: Lead| match lead {
        Lead::Document => desk.select(Selection::default()),
        Lead::Card(card) => desk.reveal(Owner::Card(card)),
    };
    let step = move |crumb: Crumb, is_last: bool| {
        let words = view! { <bdi>{crumb.words}</bdi> };
        let current = is_last.then_some("location");
        match crumb.leads {
            Some(lead) => view! {
                <li><button class="crumb" on:click=move |_| go(lead)>{words}</button></li>
            }
            .into_any(),
            None => view! { <li><span class="crumb" aria-current=current>{words}</span></li> }
                .into_any(),
        }
    };
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumbs">
            <ol>
                <li><span class="crumb">"Workspace"</span></li>
                {move || {
                    let way = way.get();
                    let last = way.len().saturating_sub(1);
                    way.into_iter().enumerate().map(|(at, crumb)| step(crumb, at == last)).collect_view()
                }}
            </ol>
        </nav>
    }
}
