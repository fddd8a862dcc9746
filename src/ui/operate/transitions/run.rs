//! Pushing the shown states: what is asked meanwhile, and what the document learns after.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use cognigy::connection::Connection;
use cognigy::operation::{
    Conflict, PushEnd, PushReport, PushRequest, PushUser, StateChange, push_transitions,
};
use cognigy::ports::LocalBoxFuture;
use cognigy::refused::Refused;
use cognigy::resource::states::{FlowAddress, RemoteStates};
use flow::command::{Change, Command};
use flow::difference::{Difference, command};
use flow::document::Document;
use flow::open_document::Remark;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::base;
use super::merge::merge;
use super::report::head;
use super::spelling;
use crate::ui::desk::DocumentId;
use crate::ui::operate::difference::changes;
use crate::ui::operate::job::Ended;
use crate::ui::operate::question::Question;
use crate::ui::operate::refused;
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;

/// How a push went.
pub struct Pushed {
    /// The document that was pushed.
    pub document: DocumentId,
    /// What the client reports.
    pub report: PushReport,
    /// The states that somebody else had changed, with what became of their transitions and whether
    /// the user decided it.
    pub merged: BTreeMap<String, (Value, bool)>,
    /// Whether the user wanted the transitions before back.
    pub wanted_back: bool,
}

/// Pushes the shown states.
pub fn push(operating: Operating) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let (Some((text, settings)), Some(address), Some(document)) = (
        shown,
        untrack(|| base::address(operating)),
        operating.desk.active.get_untracked(),
    ) else {
        return;
    };
    if !operating.busy.get_untracked() {
        refused::unmark(operating, document);
    }
    let base = untrack(|| base::of_shown(operating));
    let base = base.map(|base| base.transitions()).unwrap_or_default();
    let place = address.clone();
    let connection = operating.connection.get_untracked();
    let (tenant, used) = (tenant_words(&connection), connection.clone());
    operating.transitions.job.run(
        operating,
        connection,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let request = PushRequest {
                    address: &address,
                    text: &text,
                    base: &base,
                    settings: &settings,
                };
                let asker = Asker {
                    operating,
                    tenant,
                    address: address.clone(),
                    merged: RefCell::default(),
                    wanted_back: Cell::new(false),
                };
                let done = push_transitions(&tools, &request, &asker, &cancellation, &events).await;
                done.map(|report| Pushed {
                    document,
                    report,
                    merged: asker.merged.take(),
                    wanted_back: asker.wanted_back.get(),
                })
            })
        },
        head,
        move |ended: Ended<Pushed>| {
            Box::pin(async move {
                if let Ended::Done(pushed) = &ended {
                    learn(operating, &used, &place, pushed).await;
                    // After what the document learns, which takes marks away like any change.
                    remark(operating, pushed);
                }
            })
        },
    );
}

/// Marks on the document what was refused, and the state that does not compile.
fn remark(operating: Operating, pushed: &Pushed) {
    let report = &pushed.report;
    let uncompiled = match &report.end {
        PushEnd::CompileFailed {
            state: Some(state),
            message,
            ..
        } => Some((state, message)),
        _ => None,
    };
    let Some((state, message)) = uncompiled else {
        let refused: Vec<Refused> = report.refused.iter().map(|(_, one)| one.clone()).collect();
        refused::mark(operating, pushed.document, &refused);
        return;
    };
    operating.desk.remark(pushed.document, |open| {
        let states = open.document().state_flow().map(|flow| &flow.states);
        let named = states
            .into_iter()
            .flatten()
            .filter(|it| it.id.text == *state);
        let remarks = named.map(|it| Remark {
            at: it.at,
            message: format!("The tenant cannot compile it: {message}"),
        });
        remarks.collect()
    });
    operating.desk.notices.announce(format!(
        "The flow does not compile. State {state} is marked on the canvas. {message}"
    ));
}

/// Takes over what is on the tenant now: new version marks, what was merged, and what edits begin
/// with from here.
async fn learn(
    operating: Operating,
    connection: &Connection,
    address: &FlowAddress,
    pushed: &Pushed,
) {
    base::remember(operating, &connection.name, address);
    // When it cannot be read, the next push finds out by itself.
    let Ok(mut remote) = base::look(operating, connection, address).await else {
        return;
    };
    let desk = operating.desk;
    let before = desk.active.get_untracked();
    let is_open = desk.file(pushed.document).is_some();
    if before != Some(pushed.document) {
        desk.show(pushed.document);
    }
    // Some tenants do not say them; the user was asked when the states were loaded.
    let ends = is_open.then(|| {
        desk.peek(|open| {
            let flow = open.document().state_flow()?;
            let ends = [&flow.initial_state, &flow.fallback_state];
            Some(ends.map(|end| end.as_ref().map(|end| end.text.to_string())))
        })
    });
    if let Some([initial, fallback]) = ends.flatten().flatten() {
        remote.initial = remote.initial.or(initial);
        remote.fallback = remote.fallback.or(fallback);
    }
    let text = spelling::document(&address.bot, &address.flow, &remote);
    base::keep(operating, &connection.name, address, text).await;
    // It may have been closed, which is no reason to change another one.
    if !is_open || desk.active.get_untracked() != Some(pushed.document) {
        return;
    }
    let restored = matches!(
        pushed.report.end,
        PushEnd::CompileFailed { restored: true, .. }
    );
    if !restored && !pushed.merged.is_empty() {
        desk.run(|open| take_over(open.document(), pushed));
    }
    desk.run(|open| new_marks(open.document(), &remote));
    if let Some(before) = before.filter(|before| *before != pushed.document) {
        desk.show(before);
    }
}

/// Puts merged transitions into the document.
fn take_over(document: &Document, pushed: &Pushed) -> Option<Command> {
    let mut whole: Value = serde_json::from_str(document.text()).ok()?;
    for state in whole["states"].as_array_mut()? {
        let id = state["id"].as_str().unwrap_or_default();
        if let Some((transitions, _)) = pushed.merged.get(id) {
            state["transitions"] = transitions.clone();
        }
    }
    let new = Document::read(whole.to_string().into()).ok()?;
    let difference = Difference::between(document, &new)?;
    command(document, "Take over what was merged", &difference.changes)
}

/// Puts new version marks into the document.
fn new_marks(document: &Document, remote: &RemoteStates) -> Option<Command> {
    let states = document.state_flow()?;
    let changes: Vec<Change> = states
        .states
        .iter()
        .filter_map(|state| {
            let old = state.etag.as_ref()?;
            let now = remote.states.iter().find(|now| now.id == *state.id.text)?;
            let mark = now.etag.as_deref()?;
            (old.text != mark).then(|| Change::Replace {
                at: old.at,
                value: mark.into(),
            })
        })
        .collect();
    (!changes.is_empty()).then(|| Command {
        label: "Take over version marks".to_owned(),
        changes,
    })
}

/// Asks the user by dialogs.
struct Asker {
    operating: Operating,
    /// The tenant that is changed.
    tenant: String,
    address: FlowAddress,
    merged: RefCell<BTreeMap<String, (Value, bool)>>,
    wanted_back: Cell<bool>,
}

impl Asker {
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Tenant", self.tenant.clone()),
            ("Bot", self.address.bot.clone()),
            ("Flow", self.address.flow.clone()),
        ]
    }
}

impl PushUser for Asker {
    fn confirm<'a>(
        &'a self,
        _tenant: &'a str,
        found: &'a [StateChange],
    ) -> LocalBoxFuture<'a, bool> {
        let mut facts = self.facts();
        let names: Vec<&str> = found.iter().map(|change| change.state.as_str()).collect();
        facts.push(("States", names.join(", ")));
        let with = |transitions: fn(&StateChange) -> &Value| {
            let states = found
                .iter()
                .map(|change| json!({"id": change.state, "transitions": transitions(change)}));
            json!({"botId": "", "flowId": "", "states": states.collect::<Vec<_>>()})
        };
        let (old, new) = (with(|change| &change.old), with(|change| &change.new));
        let question = Question {
            title: match found.len() {
                1 => "Push the transitions of 1 state?".to_owned(),
                count => format!("Push the transitions of {count} states?"),
            },
            facts,
            more: Some(Rc::new(move || changes(&old, &new))),
            yes: "Push and compile".to_owned(),
            ..Question::default()
        };
        Box::pin(async move { self.operating.questions.ask(question).await.is_some() })
    }

    fn merge<'a>(&'a self, conflict: &'a Conflict) -> LocalBoxFuture<'a, Option<Value>> {
        Box::pin(async move {
            let merged = merge(self.operating, &self.tenant, conflict).await?;
            let (transitions, asked) = (merged.transitions, merged.asked);
            self.merged
                .borrow_mut()
                .insert(conflict.state.clone(), (transitions.clone(), asked));
            Some(transitions)
        })
    }

    fn restore<'a>(&'a self, state: Option<&'a str>, message: &'a str) -> LocalBoxFuture<'a, bool> {
        let mut facts = self.facts();
        facts.push(("State", state.unwrap_or("not named").to_owned()));
        facts.push(("It says", message.to_owned()));
        let question = Question {
            title: "The flow does not compile".to_owned(),
            text: vec![
                "The transitions are on the tenant, and users get the flow as it was compiled \
                 before. Flowdeck can put the transitions back that were there, and compile again. \
                 Your document keeps your edits either way."
                    .to_owned(),
            ],
            facts,
            yes: "Restore the transitions before".to_owned(),
            no: "Leave them pushed".to_owned(),
            ..Question::default()
        };
        Box::pin(async move {
            let wanted = self.operating.questions.ask(question).await.is_some();
            self.wanted_back.set(wanted);
            wanted
        })
    }
}
