//! How attempts to write values went: counts, rates and latencies, kept with the workspace.

use cognigy::metrics::Attempts as Counted;
use cognigy::operation::Stopped;
use cognigy::ports::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::chart::{Bar, Chart, milliseconds};
use super::job::Ended;
use super::moments::local;
use super::state::Operating;
use crate::browser::clock::PageClock;
use crate::ui::notices::Notice;

/// How many are kept of all subjects together.
const KEPT: usize = 500;

/// One attempt, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    connection: String,
    subject: String,
    /// Milliseconds since 1970.
    at: u64,
    successful: bool,
    /// In milliseconds; none when the rules stopped it.
    latency: Option<u64>,
    validation_errors: u64,
}

/// What an attempt was made on.
#[derive(Clone, Copy)]
pub struct On<'a> {
    /// The name of the connection.
    pub connection: &'a str,
    /// The dialog or the conversation.
    pub subject: &'a str,
}

/// A handle on the attempts of one screen; copied freely.
#[derive(Clone, Copy)]
pub struct Attempts {
    name: &'static str,
    all: RwSignal<Vec<Attempt>>,
}

impl Attempts {
    /// None yet; kept under a name.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            all: RwSignal::new(Vec::new()),
        }
    }

    /// Reads what there was, once.
    pub fn read(self, operating: Operating) {
        if self.all.with_untracked(Vec::is_empty) {
            self.read_again(operating);
        }
    }

    /// Reads what there is now: another tab may have written meanwhile.
    pub fn read_again(self, operating: Operating) {
        spawn_local(async move {
            match operating.books().kept::<Vec<Attempt>>(self.name).await {
                Ok(kept) => self.all.set(kept),
                Err(error) => operating.desk.notices.show(Notice::error(format!(
                    "How earlier attempts went could not be read. Nothing was changed. {error}"
                ))),
            }
        });
    }

    /// Adds how an attempt ended: `worth` says of a report whether it worked, and how long that took.
    /// What the rules stopped counts; nothing else that stopped is an attempt.
    pub async fn add_end<T>(
        self,
        operating: Operating,
        on: On<'_>,
        ended: &Ended<T>,
        worth: fn(&T) -> (bool, u64),
    ) {
        match ended {
            Ended::Done(report) => {
                let (successful, latency) = worth(report);
                self.add(operating, on, successful, Some(latency), 0).await;
            }
            Ended::Stopped(stopped) => {
                if let Stopped::Problems(problems) = &**stopped {
                    let errors = u64::try_from(problems.len()).unwrap_or(u64::MAX);
                    self.add(operating, on, false, None, errors).await;
                }
            }
            Ended::NotReady(_) => {}
        }
    }

    async fn add(
        self,
        operating: Operating,
        on: On<'_>,
        successful: bool,
        latency: Option<u64>,
        validation_errors: u64,
    ) {
        let attempt = Attempt {
            connection: on.connection.to_owned(),
            subject: on.subject.to_owned(),
            at: PageClock.now(),
            successful,
            latency,
            validation_errors,
        };
        self.all.update(|all| {
            if all.len() >= KEPT {
                all.remove(0);
            }
            all.push(attempt);
        });
        // Only a picture: what must last is in the audit log.
        let all = self.all.get_untracked();
        if let Err(error) = operating.books().keep(self.name, &all).await {
            operating.desk.notices.show(Notice::info(format!(
                "How it went is shown until you leave, but could not be kept. {error}"
            )));
        }
    }
}

/// Counts, rate, mean latency, the chart and its table. `rate` is what the rate is called.
#[component]
pub fn AttemptsPanel(
    operating: Operating,
    attempts: Attempts,
    title: &'static str,
    rate: &'static str,
    none: &'static str,
) -> impl IntoView {
    let ours = Memo::new(move |_| {
        let connection = operating.connection.with(|it| it.name.clone());
        let all = attempts.all.get();
        all.into_iter()
            .filter(|attempt| attempt.connection == connection)
            .collect::<Vec<_>>()
    });
    view! {
        <section class="panel" aria-label=title>
            <div class="panel-head"><h2>{title}</h2></div>
            {move || {
                let ours = ours.get();
                if ours.is_empty() {
                    return view! { <p class="field-note">{none}</p> }.into_any();
                }
                figures(ours, rate)
            }}
        </section>
    }
}

fn figures(ours: Vec<Attempt>, rate: &'static str) -> AnyView {
    let mut counted = Counted::default();
    let mut errors = 0;
    for attempt in &ours {
        errors += attempt.validation_errors;
        if let Some(latency) = attempt.latency {
            counted.record(attempt.successful, latency);
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of latencies is positive and far below 2^53"
    )]
    let mean = milliseconds(counted.average_latency().round() as u64);
    let last = counted.latencies.last().copied();
    let numbers = [
        (format!("{:.0} %", counted.success_rate() * 100.0), rate),
        (
            format!("{} of {}", counted.successful, counted.total),
            "worked",
        ),
        (mean, "mean latency"),
        (
            last.map_or_else(|| "none".to_owned(), milliseconds),
            "last latency",
        ),
        (errors.to_string(), "rule errors"),
    ];
    let timed: Vec<Attempt> = ours.into_iter().filter(|it| it.latency.is_some()).collect();
    view! {
        <ul class="numbers">
            {numbers.into_iter().map(|(count, what)| view! { <li><b>{count}</b>" "{what}</li> }).collect_view()}
        </ul>
        {(!timed.is_empty()).then(|| latencies(timed))}
    }
    .into_any()
}

fn latencies(timed: Vec<Attempt>) -> AnyView {
    let words = |attempt: &Attempt| {
        if attempt.successful {
            "worked"
        } else {
            "did not work"
        }
    };
    let bars: Vec<Bar> = timed
        .iter()
        .map(|attempt| {
            let value = attempt.latency.unwrap_or_default();
            Bar {
                value,
                label: format!(
                    "{}: {}, {}",
                    attempt.subject,
                    milliseconds(value),
                    words(attempt)
                ),
                tone: if attempt.successful { "good" } else { "bad" },
            }
        })
        .collect();
    let label = format!(
        "How long the last {} attempts took; the table has the numbers",
        bars.len()
    );
    let rows = timed.into_iter().rev().map(|attempt| {
        #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
        let (short, exact) = local(attempt.at as f64).unwrap_or_default();
        view! {
            <tr>
                <td><time title=exact>{short}</time></td>
                <td>{attempt.subject.clone()}</td>
                <td>{milliseconds(attempt.latency.unwrap_or_default())}</td>
                <td>{words(&attempt)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Chart bars label/>
        <details class="more">
            <summary>"As a table"</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Attempts">
                <table class="small-table">
                    <thead><tr><th scope="col">"When"</th><th scope="col">"Where"</th><th scope="col">"Took"</th><th scope="col">"How"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
