//! One run of an operation: its steps as they pass, its intents and outcomes, its record in the
//! journal.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::Value;

use crate::audit::{AuditLog, Head, NewEntry};
use crate::journal::{OperationKind, Record};
use crate::moment::timestamp;
use crate::operation::Stopped;
use crate::ports::Journal;
use crate::random::uuid;
use crate::resource::simulations::Step as Heard;
use crate::send::{Client, Wait, Watch};
use crate::waiting::Cancellation;

/// For how long repetitions are made after something failed, in milliseconds.
const RECOVERY: u64 = 120_000;

/// What operations work with.
#[derive(Clone)]
pub struct Tools {
    /// The client of the connection.
    pub client: Rc<Client>,
    /// The log of the workspace.
    pub audit: Rc<AuditLog>,
    /// Where records of unfinished operations are kept.
    pub journal: Rc<dyn Journal>,
}

/// A step of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name in the journal: `publish`.
    pub id: &'static str,
    /// What a progress bar says: "Publish the version".
    pub title: &'static str,
    /// Whether it changes something on the tenant.
    pub changes: bool,
}

impl Step {
    pub(crate) const fn reads(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            changes: false,
        }
    }

    pub(crate) const fn changes(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            changes: true,
        }
    }
}

/// How far a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Under way.
    Running,
    /// Done.
    Done,
    /// Failed, with the reason.
    Failed(String),
}

/// What an operation tells while it runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It began, with these steps ahead. Recovery adds steps of its own.
    Started {
        /// Names this run.
        operation: String,
        /// The steps, in order.
        steps: &'static [Step],
    },
    /// A step went on.
    Step {
        /// Which.
        step: Step,
        /// How far it is.
        state: StepState,
    },
    /// It waits.
    Wait(Wait),
    /// Something came in while a step runs: steps of a simulation, states pushed.
    Progress {
        /// How many are done.
        done: usize,
        /// Of how many.
        of: usize,
        /// What came in, in words.
        note: String,
    },
    /// All steps of a simulation that have come so far.
    Heard(Vec<Heard>),
}

/// What every report says of the books.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Books {
    /// Names the run.
    pub operation: String,
    /// Where the audit log ends now, where that could be read.
    pub head: Option<Head>,
    /// Audit entries and journal records that could not be kept, to be offered for download.
    pub not_kept: Vec<String>,
}

/// A run.
pub(crate) struct Run<'a> {
    pub(crate) tools: &'a Tools,
    pub(crate) kind: OperationKind,
    pub(crate) id: String,
    /// What the user may stop.
    pub(crate) watch: Watch,
    /// For what must run to its end whatever the user does.
    pub(crate) steadfast: Watch,
    events: Rc<dyn Fn(Event)>,
    current: RefCell<Option<Step>>,
    not_kept: RefCell<Vec<String>>,
}

impl<'a> Run<'a> {
    pub(crate) fn start(
        tools: &'a Tools,
        kind: OperationKind,
        steps: &'static [Step],
        cancellation: &Cancellation,
        events: &Rc<dyn Fn(Event)>,
    ) -> Self {
        let id = uuid(&*tools.client.ports().random);
        events(Event::Started {
            operation: id.clone(),
            steps,
        });
        let waits = Rc::clone(events);
        let on_wait: Rc<dyn Fn(Wait)> = Rc::new(move |wait| waits(Event::Wait(wait)));
        let hurried_from = Rc::new(Cell::new(u64::MAX));
        Self {
            tools,
            kind,
            id,
            watch: Watch {
                cancellation: cancellation.clone(),
                on_wait: Rc::clone(&on_wait),
                hurried_from: Rc::clone(&hurried_from),
            },
            steadfast: Watch {
                cancellation: Cancellation::new(),
                on_wait,
                hurried_from,
            },
            events: Rc::clone(events),
            current: RefCell::default(),
            not_kept: RefCell::default(),
        }
    }

    pub(crate) fn client(&self) -> &'a Client {
        &self.tools.client
    }

    pub(crate) fn now(&self) -> u64 {
        self.client().clock().now()
    }

    pub(crate) fn timestamp(&self) -> String {
        timestamp(self.now())
    }

    /// Something failed: from here on there is only so much time for repetitions, so that the user
    /// hears of it.
    pub(crate) fn hurry(&self) {
        let until = self.client().clock().monotonic() + RECOVERY;
        let hurried_from = &self.steadfast.hurried_from;
        hurried_from.set(hurried_from.get().min(until));
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.watch.cancellation.is_cancelled()
    }

    /// Ends the step before and begins another.
    pub(crate) fn step(&self, step: Step) {
        self.done();
        *self.current.borrow_mut() = Some(step);
        self.tell(step, StepState::Running);
    }

    /// Ends the step that runs.
    pub(crate) fn done(&self) {
        if let Some(step) = self.current.take() {
            self.tell(step, StepState::Done);
        }
    }

    /// The step that runs has failed.
    pub(crate) fn failed(&self, reason: &str) {
        if let Some(step) = self.current.take() {
            self.tell(step, StepState::Failed(reason.to_owned()));
        }
    }

    /// The operation stops before anything was sent.
    pub(crate) fn stopped<T>(&self, stopped: Stopped) -> Result<T, Stopped> {
        self.failed(&stopped.to_string());
        Err(stopped)
    }

    fn tell(&self, step: Step, state: StepState) {
        (self.events)(Event::Step { step, state });
    }

    pub(crate) fn progress(&self, done: usize, of: usize, note: impl Into<String>) {
        (self.events)(Event::Progress {
            done,
            of,
            note: note.into(),
        });
    }

    pub(crate) fn heard(&self, steps: &[Heard]) {
        (self.events)(Event::Heard(steps.to_vec()));
    }

    /// Writes an intent and, when it is kept, the record of the first changing step. Without both
    /// nothing may be sent.
    pub(crate) async fn intent(
        &self,
        action: &str,
        subject: &str,
        body: Value,
        mut record: Record,
    ) -> Result<Record, Stopped> {
        let entry = NewEntry {
            action,
            subject,
            body: body.clone(),
            reference: None,
        };
        let kept = self.tools.audit.append(entry).await;
        record.intent = Some(kept.map_err(|not_kept| Stopped::NoRecord(not_kept.reason))?);
        let text = record.to_text();
        if let Err(reason) = self.tools.journal.write(&record.id, &text).await {
            let mut nothing = body;
            if let Value::Object(members) = &mut nothing {
                members.insert("result".to_owned(), "not_started".into());
            }
            self.outcome(action, subject, nothing, record.intent).await;
            return Err(Stopped::NoRecord(reason));
        }
        Ok(record)
    }

    /// Writes an intent of what puts things right again. It goes on without.
    pub(crate) async fn intent_anyway(
        &self,
        action: &str,
        subject: &str,
        body: Value,
    ) -> Option<u64> {
        let entry = NewEntry {
            action,
            subject,
            body,
            reference: None,
        };
        self.keep(entry).await
    }

    /// Writes how an intent ended.
    pub(crate) async fn outcome(
        &self,
        action: &str,
        subject: &str,
        body: Value,
        intent: Option<u64>,
    ) {
        let entry = NewEntry {
            action,
            subject,
            body,
            reference: intent,
        };
        self.keep(entry).await;
    }

    async fn keep(&self, entry: NewEntry<'_>) -> Option<u64> {
        match self.tools.audit.append(entry).await {
            Ok(seq) => Some(seq),
            Err(not_kept) => {
                self.not_kept.borrow_mut().push(not_kept.line);
                None
            }
        }
    }

    /// The record of the step that is about to be taken.
    pub(crate) fn record(&self, step: Step, subject: &str) -> Record {
        Record {
            id: self.id.clone(),
            kind: Some(self.kind),
            tenant: self.client().connection().base_url.clone(),
            step: step.id.to_owned(),
            subject: subject.to_owned(),
            at: self.now(),
            ..Record::default()
        }
    }

    /// Writes a record over the one before, for a step after the first. False when it is not kept.
    pub(crate) async fn journal(&self, record: &Record) -> bool {
        let text = record.to_text();
        let written = self.tools.journal.write(&record.id, &text).await;
        if written.is_err() {
            self.not_kept.borrow_mut().push(text);
        }
        written.is_ok()
    }

    /// It is known how it ended, so its record goes. A record that cannot be removed is resolved by
    /// reading at the next start, which does no harm.
    pub(crate) async fn settle(&self) {
        if let Err(error) = self.tools.journal.remove(&self.id).await {
            let line = format!("The record {} could not be removed: {error}", self.id);
            self.not_kept.borrow_mut().push(line);
        }
    }

    /// What the report says of the books.
    pub(crate) async fn books(&self) -> Books {
        Books {
            operation: self.id.clone(),
            // A log that cannot be read has no head to travel with the report.
            head: self.tools.audit.head().await.ok(),
            not_kept: self.not_kept.take(),
        }
    }
}
