//! How deployments of the dialog went: counts, and how long each took.

use cognigy::operation::DeployEnd;
use cognigy::ports::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::outcome::{Outcome, Task};
use crate::browser::clock::PageClock;
use crate::ui::notices::Notice;
use crate::ui::operate::chart::{Bar, Chart, milliseconds};
use crate::ui::operate::moments::local;
use crate::ui::operate::state::Operating;

/// How many are kept of all dialogs together.
const KEPT: usize = 500;

/// One deployment, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    connection: String,
    dialog: String,
    /// Milliseconds since 1970.
    at: u64,
    version: String,
    latency: Option<u64>,
    end: End,
    rolled_back: bool,
    validation_errors: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum End {
    /// The rules stopped it.
    #[default]
    Stopped,
    New,
    Previous,
    Unknown,
}

/// Reads what there was, once.
pub fn read(operating: Operating) {
    let history = operating.deploy.history;
    if history.with_untracked(Vec::is_empty) {
        read_again(operating);
    }
}

/// Reads what there is now: another tab may have deployed meanwhile.
pub fn read_again(operating: Operating) {
    let history = operating.deploy.history;
    spawn_local(async move {
        match operating.books().history::<Vec<Entry>>().await {
            Ok(kept) => history.set(kept),
            Err(error) => operating.desk.notices.show(Notice::error(format!(
                "How earlier deployments went could not be read. {error}"
            ))),
        }
    });
}

/// Adds what an operation ended with, on the connection of a name and a dialog of its.
pub async fn add(
    operating: Operating,
    task: Task,
    (connection, dialog): (&str, &str),
    outcome: &Outcome,
) {
    let (version, latency, end, rolled_back, errors) = match outcome {
        Outcome::Deployed(report) => {
            let end = match report.end {
                DeployEnd::NewActive { .. } => End::New,
                DeployEnd::PreviousActive { .. } => End::Previous,
                DeployEnd::Unknown(_) => End::Unknown,
            };
            let went_back = report.rolled_back || (task == Task::RollBack && end == End::New);
            let version = report.version.clone();
            (version, Some(report.latency), end, went_back, 0)
        }
        Outcome::Stopped(stopped) if stopped.problem_count() > 0 => (
            String::new(),
            None,
            End::Stopped,
            false,
            stopped.problem_count(),
        ),
        _ => return,
    };
    let entry = Entry {
        connection: connection.to_owned(),
        dialog: dialog.to_owned(),
        at: PageClock.now(),
        version,
        latency,
        end,
        rolled_back,
        validation_errors: errors,
    };
    let history = operating.deploy.history;
    history.update(|history| {
        if history.len() >= KEPT {
            history.remove(0);
        }
        history.push(entry);
    });
    // Only a picture: what must last is in the audit log.
    let (books, entries) = (operating.books(), history.get_untracked());
    if let Err(error) = books.keep_history(&entries).await {
        operating.desk.notices.show(Notice::info(format!(
            "How long it took is shown until you leave, but could not be kept. {error}"
        )));
    }
}

/// The deployments of one dialog.
fn of_dialog(history: &[Entry], connection: &str, dialog: &str) -> Vec<Entry> {
    let ours = history
        .iter()
        .filter(|entry| entry.connection == connection && entry.dialog == dialog);
    ours.cloned().collect()
}

/// The counts, the chart, the table.
#[component]
pub fn HistoryPanel(operating: Operating) -> impl IntoView {
    let found = Memo::new(move |_| {
        let connection = operating.connection.with(|it| it.name.clone());
        let dialog = operating.deploy.dialog.get();
        operating
            .deploy
            .history
            .with(|history| of_dialog(history, &connection, &dialog))
    });
    view! {
        <section class="panel" aria-label="How deployments went">
            <div class="panel-head"><h2>"How deployments went"</h2></div>
            {move || {
                let entries = found.get();
                if entries.is_empty() {
                    return view! {
                        <p class="field-note">"No deployment of this dialog yet. How long each takes, from publishing to the proof, is drawn here."</p>
                    }
                    .into_any();
                }
                let count = |is: fn(&&Entry) -> bool| entries.iter().filter(is).count();
                let errors: u64 = entries.iter().map(|entry| entry.validation_errors).sum();
                let numbers = [
                    ("made active", count(|entry| entry.end == End::New).to_string()),
                    ("rolled back", count(|entry| entry.rolled_back).to_string()),
                    ("rule errors", errors.to_string()),
                ];
                let timed: Vec<Entry> = entries.into_iter().filter(|entry| entry.latency.is_some()).collect();
                view! {
                    <ul class="numbers">
                        {numbers.into_iter().map(|(what, count)| view! { <li><b>{count}</b>" "{what}</li> }).collect_view()}
                    </ul>
                    {(!timed.is_empty()).then(|| view! { <Latencies timed/> })}
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Latencies(timed: Vec<Entry>) -> impl IntoView {
    let bars = timed.iter().map(|entry| {
        let value = entry.latency.unwrap_or_default();
        Bar {
            value,
            label: format!(
                "{}: {}, {}",
                entry.version,
                milliseconds(value),
                words(entry.end)
            ),
            tone: match entry.end {
                End::New => "good",
                End::Previous | End::Stopped => "bad",
                End::Unknown => "unsure",
            },
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let label = format!(
        "How long the last {} deployments took; the table has the numbers",
        bars.len()
    );
    #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
    let when = |at: u64| local(at as f64).unwrap_or_default();
    view! {
        <Chart bars label/>
        <details class="more">
            <summary>"As a table"</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Deployments">
            <table class="small-table">
                <thead><tr><th scope="col">"When"</th><th scope="col">"Version"</th><th scope="col">"Took"</th><th scope="col">"Active then"</th></tr></thead>
                <tbody>
                    {timed.into_iter().rev().map(|entry| {
                        let (short, exact) = when(entry.at);
                        view! {
                            <tr>
                                <td><time title=exact>{short}</time></td>
                                <td>{entry.version}</td>
                                <td>{milliseconds(entry.latency.unwrap_or_default())}</td>
                                <td>{words(entry.end)}</td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
            </div>
        </details>
    }
}

fn words(end: End) -> &'static str {
    match end {
        End::Stopped => "unchanged",
        End::New => "the new one",
        End::Previous => "the one before",
        End::Unknown => "unknown",
    }
}
