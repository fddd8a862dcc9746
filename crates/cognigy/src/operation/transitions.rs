//! Pushing transitions of states: each changed state for itself, then one compilation of the flow.

mod compile;
mod plan;
mod push;

use std::rc::Rc;

use flow::rules::Settings;
use serde_json::{Map, Value, json};

use crate::journal::{OperationKind, Record};
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::stopped::Stopped;
use crate::ports::LocalBoxFuture;
use crate::refused::Refused;
use crate::resource::states::FlowAddress;
use crate::waiting::Cancellation;
use crate::webhook::{Webhook, WebhookEnd};

pub(crate) use push::content_hash;

use compile::{Compiled, compile};
use plan::{Plan, plan};
use push::{Pushed, push_all, restore_all};

const VALIDATE: Step = Step::reads("validate", "Check all states");
const COMPARE: Step = Step::reads("compare", "Compare with the platform and confirm");
const PUSH: Step = Step::changes("push", "Push the transitions");
const COMPILE: Step = Step::changes("compile", "Compile the flow");
const TELL: Step = Step::reads("tell", "Tell analytics");
const STEPS: &[Step] = &[VALIDATE, COMPARE, PUSH, COMPILE, TELL];
const RESTORE: Step = Step::changes("restore", "Restore the transitions before");

/// What is to be pushed.
pub struct PushRequest<'a> {
    /// Where to.
    pub address: &'a FlowAddress,
    /// The text of the state flow, or of one state.
    pub text: &'a str,
    /// The transitions of each state as they were fetched, by its id: what the edits began with.
    pub base: &'a Map<String, Value>,
    /// Settings of the rules.
    pub settings: &'a Settings,
}

/// A state that somebody else changed meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The state.
    pub state: String,
    /// The transitions that the edits began with, where they are known.
    pub base: Option<Value>,
    /// Those on the platform now.
    pub theirs: Value,
    /// Those to be pushed.
    pub mine: Value,
}

/// One state before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    /// Its id.
    pub state: String,
    /// Its transitions on the platform.
    pub old: Value,
    /// Those to be pushed.
    pub new: Value,
}

/// The questions a push asks.
pub trait PushUser {
    /// Push these to the tenant?
    fn confirm<'a>(
        &'a self,
        tenant: &'a str,
        changes: &'a [StateChange],
    ) -> LocalBoxFuture<'a, bool>;
    /// What shall the transitions of the state be? Nothing leaves it as it is on the platform. Where
    /// different transitions changed, this may answer without asking anybody.
    fn merge<'a>(&'a self, conflict: &'a Conflict) -> LocalBoxFuture<'a, Option<Value>>;
    /// The compilation failed, because of this state where it is named: restore what was there
    /// before?
    fn restore<'a>(&'a self, state: Option<&'a str>, message: &'a str) -> LocalBoxFuture<'a, bool>;
}

/// What became of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateOutcome {
    /// It has the transitions, and this mark where the platform told it.
    Done {
        /// Its new version mark.
        etag: Option<String>,
        /// How long it took, in milliseconds, without the user's time.
        latency: u64,
    },
    /// It has not; why.
    NotDone(String),
    /// Nobody could look; why.
    Unknown(String),
}

/// How a push ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushEnd {
    /// All states were pushed, and the flow is compiled.
    Compiled,
    /// All states were pushed, and the flow does not compile.
    CompileFailed {
        /// The state that is named, where one is.
        state: Option<String>,
        /// What the platform says.
        message: String,
        /// Whether what was there before was restored and compiles again.
        restored: bool,
    },
    /// All states were pushed; whether the flow compiles is not known.
    CompileUnknown(String),
    /// Not all states were pushed. The flow was not compiled by us.
    Partly,
}

/// How a push went.
#[derive(Clone, Debug, PartialEq)]
pub struct PushReport {
    /// How it ended.
    pub end: PushEnd,
    /// What became of each changed state, in the order of the file.
    pub states: Vec<(String, StateOutcome)>,
    /// What the platform found in the transitions that it refused, each with its state.
    pub refused: Vec<(String, Refused)>,
    /// How telling analytics went, for each state that was pushed.
    pub webhooks: Vec<WebhookEnd>,
    /// From the first push being sent to the end, in milliseconds, without the user's time.
    pub latency: u64,
    /// The books.
    pub books: Books,
}

/// Time that passes without the user's.
struct Stopwatch {
    began: u64,
    paused: std::cell::Cell<u64>,
}

impl Stopwatch {
    fn start(run: &Run<'_>) -> Self {
        Self {
            began: run.client().clock().monotonic(),
            paused: std::cell::Cell::default(),
        }
    }

    /// Waits for the user off the clock.
    async fn off<T>(&self, run: &Run<'_>, asked: LocalBoxFuture<'_, T>) -> T {
        let before = run.client().clock().monotonic();
        let answer = asked.await;
        let passed = run.client().clock().monotonic() - before;
        self.paused.set(self.paused.get() + passed);
        answer
    }

    fn passed(&self, run: &Run<'_>) -> u64 {
        (run.client().clock().monotonic() - self.began).saturating_sub(self.paused.get())
    }
}

/// Pushes the transitions of all states that differ from the platform's.
pub async fn push_transitions(
    tools: &Tools,
    request: &PushRequest<'_>,
    user: &dyn PushUser,
    cancellation: &Cancellation,
    events: &Rc<dyn Fn(Event)>,
) -> Result<PushReport, Stopped> {
    let run = Run::start(
        tools,
        OperationKind::PushTransitions,
        STEPS,
        cancellation,
        events,
    );
    let plan = match plan(&run, request, user).await {
        Ok(plan) => plan,
        Err(stopped) => return run.stopped(stopped),
    };
    run.step(PUSH);
    let clock = Stopwatch::start(&run);
    let mut pushed = match push_all(&run, request, &plan, user, &clock).await {
        Ok(pushed) => pushed,
        Err(stopped) => return run.stopped(stopped),
    };
    let all_done = pushed
        .iter()
        .all(|one| matches!(one.outcome, StateOutcome::Done { .. }));
    let end = if all_done {
        compile_and_perhaps_restore(&run, request, &plan, &mut pushed, user, &clock).await
    } else {
        run.failed("Not all states were pushed.");
        PushEnd::Partly
    };
    let latency = clock.passed(&run);
    let mut refused = Vec::new();
    let mut states = Vec::with_capacity(pushed.len());
    for one in pushed {
        let found = one.refused.into_iter();
        refused.extend(found.map(|found| (one.state.clone(), found)));
        states.push((one.state, one.outcome));
    }
    let mut webhooks = Vec::new();
    if end == PushEnd::Compiled {
        run.step(TELL);
        for (state, outcome) in &states {
            if let StateOutcome::Done { latency, .. } = outcome {
                let webhook = Webhook::Analytics {
                    bot: request.address.bot.clone(),
                    flow: request.address.flow.clone(),
                    state: state.clone(),
                    latency: *latency,
                };
                webhooks.push(webhook.deliver(run.client(), &run.watch).await);
            }
        }
        run.done();
    }
    let unknown =
        |(_, outcome): &(String, StateOutcome)| matches!(outcome, StateOutcome::Unknown(_));
    if !states.iter().any(unknown) {
        run.settle().await;
    }
    Ok(PushReport {
        end,
        states,
        refused,
        webhooks,
        latency,
        books: run.books().await,
    })
}

async fn compile_and_perhaps_restore(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    plan: &Plan,
    states: &mut [Pushed],
    user: &dyn PushUser,
    clock: &Stopwatch,
) -> PushEnd {
    run.step(COMPILE);
    let message = match compile(run, request.address, &run.watch).await {
        Compiled::Success => return PushEnd::Compiled,
        Compiled::Unknown(reason) => {
            run.failed(&reason);
            return PushEnd::CompileUnknown(reason);
        }
        Compiled::Failed(message) => message,
    };
    run.failed(&message);
    let state = plan.state_named_in(&message);
    let wanted = clock.off(run, user.restore(state.as_deref(), &message));
    let problem = if !wanted.await {
        Some("The new transitions stay.".to_owned())
    } else if !restore_all(run, request, states).await {
        Some("Not all of the transitions before could be restored.".to_owned())
    } else {
        match compile(run, request.address, &run.steadfast).await {
            Compiled::Success => None,
            Compiled::Failed(why) | Compiled::Unknown(why) => Some(format!(
                "The transitions before were restored, but the flow does not surely compile. {why}"
            )),
        }
    };
    match &problem {
        None => run.done(),
        Some(problem) => run.failed(problem),
    }
    let restored = problem.is_none();
    PushEnd::CompileFailed {
        state,
        message,
        restored,
    }
}

/// The record of a push.
fn record(
    run: &Run<'_>,
    request: &PushRequest<'_>,
    state: &str,
    hashes: &Map<String, Value>,
) -> Record {
    Record {
        more: json!({
            "bot": request.address.bot,
            "flow": request.address.flow,
            "states": hashes,
        }),
        ..run.record(PUSH, state)
    }
}
