//! Running scripts: what is asked before, the steps as they come, and what is remembered after.

use std::rc::Rc;

use cognigy::connection::Connection;
use cognigy::operation::{Event, SimulationRequest, Suite, simulate_suite};
use flow::document::Document;
use flow::rules::Settings;
use flow::workspace::RuleSettings;
use leptos::prelude::*;

use super::past;
use super::report::head;
use super::surroundings;
use crate::ui::desk::DocumentId;
use crate::ui::operate::job::Ended;
use crate::ui::operate::question::Question;
use crate::ui::operate::refused::{mark, unmark};
use crate::ui::operate::sending::once_confirmed;
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;

/// A script that is to be run.
struct Script {
    id: DocumentId,
    name: String,
    text: std::sync::Arc<str>,
    settings: Settings,
}

fn script(operating: Operating, id: DocumentId) -> Option<Script> {
    let desk = operating.desk;
    let (name, text, _) = desk.file(id)?;
    let shown = desk.active.get_untracked() == Some(id);
    let own = shown.then(|| desk.peek(|open| open.settings().clone()));
    let settings = own.flatten();
    Some(Script {
        id,
        name,
        text,
        settings: settings.unwrap_or_else(|| desk.rules.with_untracked(RuleSettings::settings)),
    })
}

/// What the question says of the scripts.
fn facts(connection: &Connection, scripts: &[Script]) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Tenant", tenant_words(connection))];
    let mut places: Vec<String> = Vec::new();
    let mut turns = 0;
    for script in scripts {
        let Ok(document) = Document::read(script.text.as_ref().into()) else {
            continue;
        };
        let Some(view) = document.simulation() else {
            continue;
        };
        turns += view.inputs.len();
        let place = format!("{} in {}", view.version_id.text, view.environment_id.text);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if scripts.len() > 1 {
        facts.push(("Scripts", scripts.len().to_string()));
    }
    facts.push(("Runs", places.join(", ")));
    facts.push(("Turns", turns.to_string()));
    facts
}

/// Asks, then runs scripts one after another.
pub fn run(operating: Operating, ids: Vec<DocumentId>) {
    let scripts: Vec<Script> = ids
        .into_iter()
        .filter_map(|id| script(operating, id))
        .collect();
    if scripts.is_empty() || operating.busy.get_untracked() {
        return;
    }
    let connection = operating.connection.get_untracked();
    let question = Question {
        title: match scripts.len() {
            1 => "Run this simulation?".to_owned(),
            count => format!("Run {count} simulations?"),
        },
        text: vec![
            "The bot is talked to as by a user. Actions that its flow takes are taken there."
                .to_owned(),
        ],
        facts: facts(&connection, &scripts),
        yes: "Run on this tenant".to_owned(),
        ..Question::default()
    };
    once_confirmed(operating, question, move || {
        begin(operating, connection, scripts);
    });
}

fn begin(operating: Operating, connection: Connection, scripts: Vec<Script>) {
    let state = operating.simulate;
    let ran = scripts
        .iter()
        .map(|script| (script.id, script.text.clone()))
        .collect();
    state.ran.set(ran);
    for script in &scripts {
        unmark(operating, script.id);
    }
    state.current.set(None);
    state.heard.set(Vec::new());
    let used = connection.name.clone();
    state.job.run(
        operating,
        connection,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let requests: Vec<(String, SimulationRequest<'_>)> = scripts
                    .iter()
                    .map(|script| {
                        let request = SimulationRequest {
                            text: &script.text,
                            settings: &script.settings,
                        };
                        (script.name.clone(), request)
                    })
                    .collect();
                let events = listen(operating, events);
                Ok(simulate_suite(&tools, &requests, &cancellation, &events).await)
            })
        },
        head,
        move |ended: Ended<Suite>| {
            Box::pin(async move {
                state.current.set(None);
                if let Ended::Done(suite) = &ended {
                    let ran = state.ran.get_untracked();
                    for ((document, _), (_, run)) in ran.into_iter().zip(&suite.runs) {
                        if let Ok(run) = run {
                            mark(operating, document, &run.refused);
                        }
                    }
                    past::add(operating, &used, suite).await;
                }
                surroundings::read(operating);
            })
        },
    );
}

/// Shows steps as they come, and hands everything on.
fn listen(operating: Operating, events: Rc<dyn Fn(Event)>) -> Rc<dyn Fn(Event)> {
    let state = operating.simulate;
    Rc::new(move |event| {
        match &event {
            Event::Started { .. } => {
                state.heard.set(Vec::new());
                state
                    .current
                    .update(|current| *current = Some(current.map_or(0, |current| current + 1)));
            }
            Event::Heard(steps) => state.heard.set(steps.clone()),
            _ => {}
        }
        events(event);
    })
}
