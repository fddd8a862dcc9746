//! The start screen: open files, a new flow, a sample.

use flow::document::Document;
use flow::session::Positions;
use leptos::prelude::*;

use super::desk::{Desk, desk};
use super::files;
use super::icons::{Icon, icon};
use super::workplace::{Workplace, workplace};

/// The smallest dialog flow: it says hello and ends.
pub const NEW_DIALOG_FLOW: &str = r#"{
  "id": "new-flow",
  "name": "New flow",
  "version": "1.0.0",
  "entryPoint": "start",
  "nodes": [
    { "id": "start", "type": "start", "label": "Start", "properties": {} },
    { "id": "hello", "type": "action", "label": "Say hello", "properties": { "say": "Hello! How can I help?" } },
    { "id": "end", "type": "end", "label": "Goodbye", "properties": {} }
  ],
  "edges": [
    { "id": "e1", "source": "start", "target": "hello", "condition": null },
    { "id": "e2", "source": "hello", "target": "end", "condition": null }
  ],
  "variables": []
}
"#;

/// The smallest state flow: it greets and ends.
pub const NEW_STATE_FLOW: &str = r#"{
  "botId": "bot",
  "flowId": "new-flow",
  "initialStateId": "greeting",
  "fallbackStateId": "fallback",
  "states": [
    { "id": "greeting", "name": "Greeting", "transitions": [
      { "id": "t1", "targetStateId": "done", "conditions": [ { "type": "expression", "value": "intent.name == \"goodbye\"" } ], "actions": [] },
      { "id": "t2", "targetStateId": "greeting", "conditions": [], "actions": [] }
    ] },
    { "id": "done", "name": "Done", "final": true, "transitions": [] },
    { "id": "fallback", "name": "Fallback", "transitions": [
      { "id": "t3", "targetStateId": "greeting", "conditions": [], "actions": [] }
    ] }
  ]
}
"#;

/// A context set with one variable.
const NEW_CONTEXT_SET: &str = r#"{
  "conversationId": "conv_0",
  "variables": {
    "name": { "key": "name", "value": "", "scope": "user" }
  }
}
"#;

/// State variables with one of each scope.
const NEW_STATE_VARIABLES: &str = r#"{
  "dialogId": "dialog",
  "session": {
    "step": 1
  },
  "user": {
    "name": ""
  }
}
"#;

/// A simulation script that says hello.
const NEW_SIMULATION: &str = r#"{
  "botId": "bot",
  "environmentId": "environment",
  "versionId": "version",
  "inputs": [
    { "text": "Hello", "delay_ms": 0 }
  ],
  "context": {},
  "assertions": [
    { "step_index": 0, "expected_intent": "greeting" }
  ]
}
"#;

/// Opens a new document of the page.
pub fn open_new(desk: Desk, name: &str, text: &'static str) {
    match Document::read(text.into()) {
        Ok(document) => {
            desk.open(name, document, Positions::new(), None);
        }
        // The texts above are constants that the tests open.
        Err(errors) => desk.notices.show(super::notices::Notice::error(
            errors.first().map(ToString::to_string).unwrap_or_default(),
        )),
    }
}

/// The sample that the tour is on.
const TOUR: &str = "customer-support.json";

/// Starts the tour, on the sample.
pub fn take_tour(place: Workplace) {
    let active = place.desk.active.get_untracked();
    let shown = place.desk.tabs.with_untracked(|tabs| {
        let tab = tabs.iter().find(|tab| Some(tab.id) == active);
        tab.is_some_and(|tab| tab.file_name == TOUR)
    });
    if !shown {
        files::open_sample(place.desk, TOUR);
    }
    place.tour.set(Some(0));
}

/// What is shown while no document is open.
#[component]
pub fn StartScreen() -> impl IntoView {
    let desk = desk();
    let intake = files::intake();
    let place = workplace();
    view! {
        <main class="start" aria-label="Start">
            <div class="start-inner">
                <div class="start-hero">
                    <h1>"Draw, check and mend dialog flows"</h1>
                    <p>"Everything happens in this tab. Nothing is uploaded."</p>
                    <button class="button is-small start-tour" on:click=move |_| take_tour(place)>
                        {icon(Icon::Help)}
                        <span>"Take the tour"</span>
                    </button>
                </div>
                <button class="drop-zone" on:click=move |_| intake.choose()>
                    <span class="drop-glyph">{icon(Icon::Open)}</span>
                    <span class="drop-title">"Drop files here, or choose them"</span>
                    <span class="drop-note">"Dialog flows, state flows, payloads, simulation scripts, and what Cognigy.AI exports: charts, packages, folders. You can also paste JSON anywhere."</span>
                </button>
                <div class="start-grid">
                    <StartCard
                        glyph=Icon::Plus
                        title="New dialog flow"
                        note="Nodes and branches, from a greeting to a goodbye."
                        action=move || open_new(desk, "new-flow.json", NEW_DIALOG_FLOW)
                    />
                    <StartCard
                        glyph=Icon::State
                        title="New state flow"
                        note="States with transitions, conditions and actions."
                        action=move || open_new(desk, "new-state-flow.json", NEW_STATE_FLOW)
                    />
                    <StartCard
                        glyph=Icon::Design
                        title="Open a sample"
                        note="A customer support flow, to look around without a file of your own."
                        action=move || files::open_sample(desk, "customer-support.json")
                    />
                    <StartCard
                        glyph=Icon::Warning
                        title="Open a broken sample"
                        note="A flow with mistakes in it, to see how they are found and mended."
                        action=move || files::open_sample(desk, "broken-flow.json")
                    />
                </div>
                <div class="start-more">
                    <span>"New:"</span>
                    <button class="button is-quiet" on:click=move |_| open_new(desk, "context-set.json", NEW_CONTEXT_SET)>
                        "Context set"
                    </button>
                    <button class="button is-quiet" on:click=move |_| open_new(desk, "state-variables.json", NEW_STATE_VARIABLES)>
                        "State variables"
                    </button>
                    <button class="button is-quiet" on:click=move |_| open_new(desk, "simulation.json", NEW_SIMULATION)>
                        "Simulation script"
                    </button>
                </div>
            </div>
        </main>
    }
}

#[component]
fn StartCard(
    glyph: Icon,
    title: &'static str,
    note: &'static str,
    action: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button class="start-card" on:click=move |_| action()>
            <span class="start-card-glyph">{icon(glyph)}</span>
            <span class="start-card-title">{title}</span>
            <span class="start-card-note">{note}</span>
        </button>
    }
}
