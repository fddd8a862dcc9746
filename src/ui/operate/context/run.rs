//! Injecting the shown set: what is asked before, and when somebody else changed the context
//! meanwhile.

use cognigy::connection::Connection;
use cognigy::operation::{
    ContextConflict, ContextReport, ContextRequest, ContextUser, inject_context,
};
use cognigy::ports::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::remote::{self, Held, conversation, sent};
use super::report::head;
use crate::ui::notices::Notice;
use crate::ui::operate::attempts::On;
use crate::ui::operate::job::Ended;
use crate::ui::operate::question::Question;
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;
use crate::ui::operate::values::{Remote, changed_between, place_words};

/// How an injection went.
pub struct Injection {
    /// The conversation.
    pub conversation: String,
    /// What the client reports.
    pub report: ContextReport,
}

/// Asks, then injects.
pub fn inject(operating: Operating) {
    let Some(conversation) = untrack(|| conversation(operating)) else {
        return;
    };
    if operating.busy.get_untracked() {
        return;
    }
    let connection = operating.connection.get_untracked();
    let question = Question {
        title: "Inject these variables?".to_owned(),
        text: vec![
            "The conversation reads them from its next turn on. Variables that are not sent stay as \
             they are."
                .to_owned(),
        ],
        facts: vec![
            ("Tenant", tenant_words(&connection)),
            ("Conversation", conversation.clone()),
            ("Variables", untrack(|| sent(operating)).len().to_string()),
        ],
        yes: "Inject on this tenant".to_owned(),
        ..Question::default()
    };
    spawn_local(async move {
        if operating.questions.ask(question).await.is_some() {
            begin(operating, connection, conversation);
        } else {
            operating
                .desk
                .notices
                .show(Notice::info("Not confirmed. Nothing was sent."));
        }
    });
}

fn begin(operating: Operating, connection: Connection, conversation: String) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let Some((text, settings)) = shown else {
        return;
    };
    let state = operating.context;
    let seen = state
        .remote
        .with_untracked(|remote| remote.of(&conversation).cloned());
    let subject = conversation.clone();
    let (here, used) = (connection.clone(), connection.clone());
    state.job.run(
        operating,
        connection,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let version = seen.as_ref().map(|seen| seen.version.clone());
                let template = settings.links.template.clone().unwrap_or_default();
                let request = ContextRequest {
                    text: &text,
                    version: version.as_deref(),
                    template: &template,
                    settings: &settings,
                };
                let asker = Asker {
                    operating,
                    connection: here,
                    conversation: conversation.clone(),
                    seen,
                };
                let done = inject_context(&tools, &request, &asker, &cancellation, &events).await;
                done.map(|report| Injection {
                    conversation,
                    report,
                })
            })
        },
        head,
        move |ended: Ended<Injection>| {
            Box::pin(async move {
                let on = On {
                    connection: &used.name,
                    subject: &subject,
                };
                match &ended {
                    Ended::Done(injection) => {
                        let report = &injection.report;
                        let worked = report.result.is_ok();
                        let latency = report.latency;
                        state.attempts.sent(operating, on, worked, latency).await;
                    }
                    Ended::Stopped(stopped) => {
                        state.attempts.stopped(operating, on, stopped).await;
                    }
                    Ended::NotReady(_) => {}
                }
                if let Ok(held) = remote::fetch(operating, &used, &subject).await
                    && operating.works_with(&used)
                {
                    state.remote.set(Remote::Read(subject, held));
                }
            })
        },
    );
}

/// Asks the user by dialogs.
struct Asker {
    operating: Operating,
    /// Of the tenant that is changed.
    connection: Connection,
    conversation: String,
    /// What was there when the user last looked.
    seen: Option<Held>,
}

impl ContextUser for Asker {
    fn overwrite<'a>(&'a self, conflict: &'a ContextConflict) -> LocalBoxFuture<'a, bool> {
        Box::pin(async move {
            let now = remote::fetch(self.operating, &self.connection, &self.conversation).await;
            let now = now.ok();
            let changed = match self.seen.as_ref().zip(now.as_ref()) {
                Some((seen, now)) => place_words(&changed_between(&seen.values, &now.values)),
                None if conflict.changed.is_empty() => "not known".to_owned(),
                None => conflict.changed.join(", "),
            };
            let overwritten = match conflict.overwritten.as_slice() {
                [] => "none".to_owned(),
                keys => keys.join(", "),
            };
            let question = Question {
                title: "Somebody else changed the context meanwhile".to_owned(),
                text: vec![
                    "Nothing of yours was injected yet. Going on injects over the version that is \
                     there now."
                        .to_owned(),
                ],
                facts: vec![
                    ("Tenant", tenant_words(&self.connection)),
                    ("Conversation", self.conversation.clone()),
                    ("Version now", conflict.version.clone()),
                    ("Changed meanwhile", changed),
                    ("You overwrite", overwritten),
                ],
                yes: format!("Inject over version {}", conflict.version),
                no: "Leave it as it is there".to_owned(),
                ..Question::default()
            };
            self.operating.questions.ask(question).await.is_some()
        })
    }
}
