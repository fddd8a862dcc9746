//! What a run was worth: the verdict, the figures, the confidence of each step, and reports to take
//! along.

use std::rc::Rc;

use cognigy::operation::{SimulationRun, Stopped, Suite, junit, markdown};
use cognigy::resource::simulations::SimulationStatus;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::shares::{Share, ShareChart};
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::deploy::BooksNote;
use crate::ui::operate::ending::{Head, save, stopped_head, stopped_view, webhook_words};
use crate::ui::operate::job::Ended;
use crate::ui::operate::refused::RefusedList;
use crate::ui::operate::state::Operating;

/// The run of the shown script, while its text is the one that was run. Followed.
pub fn result_of_shown(operating: Operating) -> Option<SimulationRun> {
    let state = operating.simulate;
    let id = operating.desk.active.get()?;
    let text = operating
        .desk
        .read(|open| open.document().tree().shared_text())?;
    let place = state.ran.with(|ran| {
        ran.iter()
            .position(|(known, ran)| *known == id && *ran == text)
    })?;
    state.job.ended.with(|ended| match ended {
        Some(Ended::Done(suite)) => suite.runs.get(place)?.1.as_ref().ok().cloned(),
        _ => None,
    })
}

/// The head of a report.
pub fn head(suite: &Suite) -> Head {
    if let [(_, Err(stopped))] = suite.runs.as_slice() {
        return stopped_head(stopped);
    }
    let cut = |(_, run): &(String, Result<SimulationRun, Stopped>)| {
        run.as_ref().is_ok_and(|run| run.cut_short.is_some())
    };
    let scripts = suite.runs.len();
    if suite.passes() {
        let title = match scripts {
            1 => "Passed: every assertion holds".to_owned(),
            count => format!("Passed: all {count} scripts hold"),
        };
        ("good", title)
    } else if let [(_, Ok(run))] = suite.runs.as_slice()
        && !run.refused.is_empty()
    {
        (
            "bad",
            "Not started: the tenant refused the script".to_owned(),
        )
    } else if suite.runs.iter().any(cut) {
        ("unsure", "Not followed to its end".to_owned())
    } else {
        let passing = suite
            .runs
            .iter()
            .filter(|(_, run)| run.as_ref().is_ok_and(SimulationRun::passes));
        let title = match suite.runs.as_slice() {
            [(_, Ok(run))] if run.status == SimulationStatus::Failed => {
                "Failed: the platform gave the simulation up".to_owned()
            }
            [(_, Ok(run))] => {
                let metrics = &run.metrics;
                let (passed, total) = (metrics.passed_assertions, metrics.total_assertions);
                format!("Failed: {passed} of {total} assertions hold")
            }
            _ => format!("Failed: {} of {scripts} scripts hold", passing.count()),
        };
        ("bad", title)
    }
}

/// What a report says.
pub fn body(operating: Operating, activity: RwSignal<Activity>, suite: &Rc<Suite>) -> AnyView {
    if let [(_, Err(stopped))] = suite.runs.as_slice() {
        return stopped_view(operating, activity, stopped);
    }
    let many = suite.runs.len() > 1;
    let runs = suite
        .runs
        .iter()
        .enumerate()
        .map(|(place, (name, run))| {
            let title = many.then(|| view! { <h3 class="run-name">{name.clone()}</h3> });
            let shown = match run {
                Ok(run) => run_view(operating, activity, place, run),
                Err(stopped) => view! { <p>{stopped.to_string()}</p> }.into_any(),
            };
            view! { {title}{shown} }
        })
        .collect_view();
    view! {
        {runs}
        <Downloads operating suite=suite_texts(suite)/>
    }
    .into_any()
}

/// One run, by its place among those of the suite.
fn run_view(
    operating: Operating,
    activity: RwSignal<Activity>,
    place: usize,
    run: &SimulationRun,
) -> AnyView {
    let ran = operating.simulate.ran;
    let sent = ran.with_untracked(|ran| ran.get(place).map(|(document, _)| *document));
    if let (Some(document), false) = (sent, run.refused.is_empty()) {
        let (refused, books) = (run.refused.clone(), run.books.clone());
        return view! {
            <p>"Nothing was started. Put right what is listed, then run it again."</p>
            <RefusedList operating activity document refused/>
            <BooksNote operating books/>
        }
        .into_any();
    }
    let ended = match (&run.cut_short, run.status) {
        (Some(reason), _) => Some(reason.clone()),
        (None, SimulationStatus::Failed) => Some(
            "The platform ended the simulation before its last turn; the turns that came are below. Bot, \
             version and environment are as they were. Run it again, or ask the platform's operators \
             about the id."
                .to_owned(),
        ),
        _ => None,
    };
    let metrics = &run.metrics;
    let numbers = [
        (
            format!(
                "{} of {}",
                metrics.passed_assertions, metrics.total_assertions
            ),
            "assertions hold",
        ),
        (format!("{} %", metrics.assertion_success_rate), "success"),
        (metrics.avg_intent_confidence.to_string(), "mean confidence"),
        (metrics.avg_entity_accuracy.to_string(), "entity accuracy"),
        (milliseconds(metrics.duration_ms), "took"),
    ];
    let id = run.id.clone().unwrap_or_else(|| "not known".to_owned());
    let books = run.books.clone();
    view! {
        {ended.map(|reason| view! { <p>{reason}</p> })}
        <ul class="numbers">
            {numbers.into_iter().map(|(count, what)| view! { <li><b>{count}</b>" "{what}</li> }).collect_view()}
        </ul>
        <dl class="fact-list">
            <dt>"Simulation"</dt><dd class="is-code">{id}</dd>
            <dt>"MLOps webhook"</dt><dd>{webhook_words(&run.webhook)}</dd>
        </dl>
        <BooksNote operating books/>
    }
    .into_any()
}

/// A suite in the forms it can be taken along in: what the button says, the file, its kind, the text.
fn suite_texts(suite: &Suite) -> [(&'static str, &'static str, &'static str, String); 3] {
    let runs: Vec<Value> = suite
        .runs
        .iter()
        .map(|(name, run)| match run {
            Ok(run) => json!({"script": name, "run": run.to_json()}),
            Err(stopped) => json!({"script": name, "stopped": stopped.to_string()}),
        })
        .collect();
    let all = json!({"passes": suite.passes(), "runs": runs});
    let text = serde_json::to_string_pretty(&all).unwrap_or_else(|_| all.to_string());
    [
        ("JSON", "simulation-report.json", "application/json", text),
        (
            "Markdown",
            "simulation-report.md",
            "text/markdown",
            markdown(suite),
        ),
        (
            "JUnit XML",
            "simulation-report.xml",
            "application/xml",
            junit(suite),
        ),
    ]
}

#[component]
fn Downloads(
    operating: Operating,
    suite: [(&'static str, &'static str, &'static str, String); 3],
) -> impl IntoView {
    view! {
        <div class="panel-buttons" role="group" aria-label="Download report">
            {suite.into_iter().map(|(label, name, kind, text)| view! {
                <button
                    class="button"
                    aria-label=format!("Download report as {label}")
                    on:click=move |_| save(operating, name, kind, &text)
                >
                    {icon(Icon::Save)}
                    <span>{label}</span>
                </button>
            }).collect_view()}
        </div>
    }
}

/// The confidence of each asserted step against the least that is wanted.
#[component]
pub fn ConfidencePanel(operating: Operating) -> impl IntoView {
    let chart = move || {
        let run = result_of_shown(operating)?;
        let shares: Vec<Share> = run
            .assertions
            .iter()
            .map(|result| Share {
                value: result.confidence,
                mark: Some(result.minimum_confidence),
                short: (result.step_index.saturating_add(1)).to_string(),
                label: format!(
                    "Turn {}: {} of at least {}",
                    result.step_index.saturating_add(1),
                    result.confidence,
                    result.minimum_confidence
                ),
                tone: if result.came && result.confidence >= result.minimum_confidence {
                    "good"
                } else {
                    "bad"
                },
            })
            .collect();
        (!shares.is_empty()).then_some(shares)
    };
    view! {
        <section class="panel" aria-label="Confidence">
            <div class="panel-head"><h2>"Confidence of each turn"</h2></div>
            {move || match chart() {
                None => view! {
                    <p class="field-note">"After a run: how sure the platform was of each intent, against the least that the script wants."</p>
                }.into_any(),
                Some(shares) => confidence_chart(shares),
            }}
        </section>
    }
}

fn confidence_chart(shares: Vec<Share>) -> AnyView {
    let rows = shares.clone();
    view! {
        <ShareChart shares label="Confidence of each asserted turn against its minimum; the table has the numbers".to_owned() bar="confidence" mark="the least that is wanted"/>
        <details class="more">
            <summary>"As a table"</summary>
            <table class="small-table">
                <thead><tr><th scope="col">"Turn"</th><th scope="col">"Confidence"</th><th scope="col">"At least"</th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|share| view! {
                        <tr><td>{share.short}</td><td>{share.value}</td><td>{share.mark}</td></tr>
                    }).collect_view()}
                </tbody>
            </table>
        </details>
    }
    .into_any()
}
