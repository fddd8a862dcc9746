//! How far an operation is: its steps with their states, the wait it is in, and a button to stop it.
//! The same for every operation.

use std::rc::Rc;

use cognigy::Cancellation;
use cognigy::operation::{Event, Step, StepState};
use cognigy::ports::Clock;
use cognigy::send::{Wait, WaitReason};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock::{PageClock, sleep};
use crate::ui::icons::{Icon, icon};

/// How often a countdown is drawn anew, in milliseconds.
const TICK: u64 = 250;

/// Steps that run to their end whatever the user does: what proves how it ended, and what puts things
/// right again.
const STEADFAST: [&str; 2] = ["prove", "roll-back"];

/// A step with its state; none while it is ahead.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    step: Step,
    state: Option<StepState>,
}

/// A wait that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Waiting {
    wait: Wait,
    /// How many milliseconds are left.
    left: u64,
}

/// A handle on the progress of an operation; copied freely.
#[derive(Clone, Copy)]
pub struct Progress {
    /// Whether it runs.
    pub running: RwSignal<bool>,
    rows: RwSignal<Vec<Row>>,
    waiting: RwSignal<Option<Waiting>>,
    note: RwSignal<Option<String>>,
    cancellation: StoredValue<Cancellation, LocalStorage>,
    stopping: RwSignal<bool>,
}

impl Progress {
    /// Of an operation that has not begun.
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(false),
            rows: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(None),
            note: RwSignal::new(None),
            cancellation: StoredValue::new_local(Cancellation::new()),
            stopping: RwSignal::new(false),
        }
    }

    /// Begins anew; gives the switch that stops the operation.
    pub fn begin(self) -> Cancellation {
        let cancellation = Cancellation::new();
        self.cancellation.set_value(cancellation.clone());
        self.rows.set(Vec::new());
        self.note.set(None);
        self.waiting.set(None);
        self.stopping.set(false);
        self.running.set(true);
        cancellation
    }

    /// It is over.
    pub fn end(self) {
        self.waiting.set(None);
        self.running.set(false);
    }

    /// Nothing is shown any more.
    pub fn clear(self) {
        self.rows.set(Vec::new());
    }

    fn stop(self) {
        self.stopping.set(true);
        self.cancellation.with_value(Cancellation::cancel);
    }

    /// Takes what the operation tells.
    pub fn listener(self) -> Rc<dyn Fn(Event)> {
        Rc::new(move |event| self.take(event))
    }

    fn take(self, event: Event) {
        match event {
            Event::Started { steps, .. } => {
                let ahead = steps.iter().map(|&step| Row { step, state: None });
                self.rows.set(ahead.collect());
            }
            Event::Step { step, state } => {
                self.waiting.set(None);
                self.note.set(None);
                self.rows.update(|rows| {
                    let known = rows.iter().position(|row| row.step.id == step.id);
                    let state = Some(state);
                    match known {
                        Some(known) => rows[known].state = state,
                        // What puts things right again is not known ahead.
                        None => rows.push(Row { step, state }),
                    }
                });
            }
            Event::Wait(wait) => self.wait(wait),
            Event::Progress { done, of, note } => {
                self.note.set(Some(format!("{done} of {of}: {note}")));
            }
            // Shown by the screen that waits for them.
            Event::Heard(_) => {}
        }
    }

    fn wait(self, wait: Wait) {
        let left = move || wait.until.saturating_sub(PageClock.now());
        let shown = move || Some(Waiting { wait, left: left() });
        self.waiting.set(shown());
        spawn_local(async move {
            loop {
                sleep(TICK).await;
                let same = self.waiting.try_get_untracked().flatten();
                if same.is_none_or(|same| same.wait != wait) {
                    return;
                }
                self.waiting.set(shown().filter(|waiting| waiting.left > 0));
            }
        });
    }

    /// Done steps of all.
    fn counts(self) -> (usize, usize) {
        self.rows.with(|rows| {
            let over = rows
                .iter()
                .filter(|row| matches!(row.state, Some(StepState::Done | StepState::Failed(_))));
            (over.count(), rows.len())
        })
    }
}

/// The steps, while there are any.
#[component]
pub fn Steps(progress: Progress, title: &'static str) -> impl IntoView {
    let some = move || progress.rows.with(|rows| !rows.is_empty());
    let current = move || {
        progress.rows.with(|rows| {
            let running = rows
                .iter()
                .find(|row| row.state == Some(StepState::Running));
            running.map(|row| row.step.title)
        })
    };
    let stoppable = move || {
        progress.rows.with(|rows| {
            let running = rows
                .iter()
                .find(|row| row.state == Some(StepState::Running));
            running.is_some_and(|row| !STEADFAST.contains(&row.step.id))
        })
    };
    view! {
        <Show when=some>
            <section class="panel op-panel" aria-label=title>
                <div class="panel-head">
                    <h2>{title}</h2>
                    <span class="field-note" role="status">{current}</span>
                    <Show when=stoppable>
                        <button
                            class="button is-small"
                            disabled=move || progress.stopping.get()
                            on:click=move |_| progress.stop()
                        >
                            {move || if progress.stopping.get() { "Stopping…" } else { "Cancel" }}
                        </button>
                    </Show>
                </div>
                <progress
                    class="progress"
                    aria-label=format!("{title}: steps done")
                    max=move || progress.counts().1.to_string()
                    prop:value=move || progress.counts().0.to_string()
                ></progress>
                <ol class="op-steps">
                    <For
                        each=move || progress.rows.get()
                        key=|row| (row.step.id, format!("{:?}", row.state))
                        children=move |row| view! { <StepRow progress row/> }
                    />
                </ol>
                <Show when=move || progress.running.get() && current().is_none()>
                    <p class="op-wait" role="status">
                        {icon(Icon::Clock)}
                        "Finding out what is so now. "
                        {move || progress.waiting.get().map(waiting_words)}
                    </p>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn StepRow(progress: Progress, row: Row) -> impl IntoView {
    let (word, said, glyph) = match &row.state {
        None => ("ahead", "to come", None),
        Some(StepState::Running) => ("running", "under way", None),
        Some(StepState::Done) => ("done", "done", Some(Icon::Check)),
        Some(StepState::Failed(_)) => ("failed", "failed", Some(Icon::Close)),
    };
    let reason = match &row.state {
        Some(StepState::Failed(reason)) => Some(reason.clone()),
        _ => None,
    };
    let running = row.state == Some(StepState::Running);
    let changes = row.step.changes;
    view! {
        <li class="op-step" data-state=word>
            <span class="op-mark">{glyph.map(icon)}</span>
            <div class="op-text">
                <span class="op-title">
                    {row.step.title}
                    <span class="visually-hidden">{format!(": {said}")}</span>
                </span>
                {changes.then(|| view! { <span class="op-tag" title="This step changes something on the tenant">"changes"</span> })}
                {reason.map(|reason| view! { <p class="op-reason">{reason}</p> })}
                {running.then(|| view! {
                    {move || progress.waiting.get().map(|waiting| view! {
                        <p class="op-wait">{icon(Icon::Clock)}{waiting_words(waiting)}</p>
                    })}
                    {move || progress.note.get().map(|note| view! { <p class="op-wait">{note}</p> })}
                })}
            </div>
        </li>
    }
}

fn waiting_words(waiting: Waiting) -> String {
    let seconds = waiting.left.div_ceil(1000);
    let why = match waiting.wait.reason {
        WaitReason::Retry => "Trying again",
        WaitReason::RateLimit | WaitReason::Countdown => "The tenant asked to wait; going on",
        WaitReason::Pace => "Keeping the pace; going on",
        WaitReason::Probe => "Paused after failures; trying again",
        WaitReason::Job => "Looking again",
    };
    format!("{why} in {seconds} s")
}
