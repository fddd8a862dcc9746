//! How earlier runs of the shown script went: the trend, as a chart and as a table.

use cognigy::operation::Suite;
use cognigy::ports::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::shares::{Share, ShareChart};
use crate::browser::clock::PageClock;
use crate::ui::notices::Notice;
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::moments::local;
use crate::ui::operate::state::Operating;

/// How many runs are kept of all scripts together.
const KEPT: usize = 500;
/// The name they are kept under.
const NAME: &str = "simulations";

/// One run, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PastRun {
    connection: String,
    script: String,
    version: String,
    /// Milliseconds since 1970.
    at: u64,
    passed: usize,
    total: usize,
    /// Percent.
    rate: f64,
    confidence: f64,
    accuracy: f64,
    duration: u64,
    passes: bool,
}

/// Reads what there was, once.
pub fn read(operating: Operating) {
    if operating.simulate.past.with_untracked(Vec::is_empty) {
        read_again(operating);
    }
}

/// Reads what there is now: another tab may have run some meanwhile.
pub fn read_again(operating: Operating) {
    let past = operating.simulate.past;
    spawn_local(async move {
        match operating.books().kept::<Vec<PastRun>>(NAME).await {
            Ok(kept) => past.set(kept),
            Err(error) => operating.desk.notices.show(Notice::error(format!(
                "How earlier simulations went could not be read. Nothing was changed. {error}"
            ))),
        }
    });
}

/// Adds the runs that went to an end, on the connection of a name.
pub async fn add(operating: Operating, connection: &str, suite: &Suite) {
    let past = operating.simulate.past;
    let mut added = false;
    for (script, run) in &suite.runs {
        let Ok(run) = run else { continue };
        if run.cut_short.is_some() {
            continue;
        }
        added = true;
        let metrics = &run.metrics;
        let entry = PastRun {
            connection: connection.to_owned(),
            script: script.clone(),
            version: run.version.clone(),
            at: PageClock.now(),
            passed: metrics.passed_assertions,
            total: metrics.total_assertions,
            rate: metrics.assertion_success_rate,
            confidence: metrics.avg_intent_confidence,
            accuracy: metrics.avg_entity_accuracy,
            duration: metrics.duration_ms,
            passes: run.passes(),
        };
        past.update(|past| {
            if past.len() >= KEPT {
                past.remove(0);
            }
            past.push(entry);
        });
    }
    if !added {
        return;
    }
    let entries = past.get_untracked();
    // Only a picture: what must last is in the audit log.
    if let Err(error) = operating.books().keep(NAME, &entries).await {
        operating.desk.notices.show(Notice::info(format!(
            "How the run went is shown until you leave, but could not be kept. {error}"
        )));
    }
}

/// The panel.
#[component]
pub fn PastPanel(operating: Operating) -> impl IntoView {
    let runs = Memo::new(move |_| {
        let connection = operating.connection.with(|it| it.name.clone());
        let id = operating.desk.active.get()?;
        let tabs = operating.desk.tabs.get();
        let name = tabs.into_iter().find(|tab| tab.id == id)?.file_name;
        let ours = operating.simulate.past.with(|past| {
            past.iter()
                .filter(|run| run.connection == connection && run.script == name)
                .cloned()
                .collect::<Vec<_>>()
        });
        Some(ours)
    });
    view! {
        <section class="panel" aria-label="Trend">
            <div class="panel-head"><h2>"Trend over past runs"</h2></div>
            {move || match runs.get().filter(|runs| !runs.is_empty()) {
                None => view! {
                    <p class="field-note">"No run of this script on this tenant yet. Each one adds a bar: how many of its assertions hold."</p>
                }.into_any(),
                Some(runs) => view! { <Trend runs/> }.into_any(),
            }}
        </section>
    }
}

fn when(at: u64) -> (String, String) {
    #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
    local(at as f64).unwrap_or_default()
}

#[component]
fn Trend(runs: Vec<PastRun>) -> impl IntoView {
    let shares: Vec<Share> = (1..)
        .zip(&runs)
        .map(|(number, run)| Share {
            value: run.rate / 100.0,
            mark: Some(run.confidence),
            short: format!("{number}"),
            label: format!(
                "{}: {} of {} hold, mean confidence {}",
                when(run.at).0,
                run.passed,
                run.total,
                run.confidence
            ),
            tone: if run.passes { "good" } else { "bad" },
        })
        .collect();
    let label = match shares.len() {
        1 => "How the last run went; the table has the numbers".to_owned(),
        count => format!("How the last {count} runs went; the table has the numbers"),
    };
    view! {
        <ShareChart shares label bar="assertions that hold" mark="mean confidence"/>
        <details class="more">
            <summary>"As a table"</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Past runs">
                <table class="small-table">
                    <thead><tr>
                        <th scope="col">"When"</th><th scope="col">"Version"</th><th scope="col">"Hold"</th>
                        <th scope="col">"Confidence"</th><th scope="col">"Entities"</th><th scope="col">"Took"</th>
                    </tr></thead>
                    <tbody>
                        {runs.into_iter().rev().map(|run| {
                            let (short, exact) = when(run.at);
                            view! {
                                <tr>
                                    <td><time title=exact>{short}</time></td>
                                    <td>{run.version}</td>
                                    <td>{format!("{} of {}", run.passed, run.total)}</td>
                                    <td>{run.confidence}</td>
                                    <td>{run.accuracy}</td>
                                    <td>{milliseconds(run.duration)}</td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
}
