//! Injecting the shown set: what is asked before, and when somebody else changed the context
//! meanwhile.

use cognigy::connection::Connection;
use cognigy::operation::{
    ContextConflict, ContextReport, ContextRequest, ContextUser, inject_context,
};
use cognigy::ports::LocalBoxFuture;
use cognigy::refused::{Body, Refused};
use leptos::prelude::*;

use super::remote::{Held, conversation, sent};
use super::report::head;
use crate::ui::desk::DocumentId;
use crate::ui::operate::question::Question;
use crate::ui::operate::refused::{mark, of_call, unmark};
use crate::ui::operate::sending::{after_attempt, once_confirmed};
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;
use crate::ui::operate::values::{changed_between, place_words};

/// How an injection went.
pub struct Injection {
    /// The conversation.
    pub conversation: String,
    /// The document that was sent.
    pub document: DocumentId,
    /// What the tenant refused of it.
    pub refused: Vec<Refused>,
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
    once_confirmed(operating, question, move || {
        begin(operating, connection, conversation);
    });
}

fn begin(operating: Operating, connection: Connection, conversation: String) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let (Some((text, settings)), Some(document)) = (shown, operating.desk.active.get_untracked())
    else {
        return;
    };
    unmark(operating, document);
    let state = operating.context;
    let seen = state.source.seen(&conversation);
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
                done.map(|report| {
                    let failed = report.result.as_ref().err();
                    let refused = failed.map(|failed| of_call(failed, &text, Body::Context));
                    let refused = refused.unwrap_or_default();
                    mark(operating, document, &refused);
                    Injection {
                        conversation,
                        document,
                        refused,
                        report,
                    }
                })
            })
        },
        head,
        after_attempt(
            operating,
            (state.attempts, state.source),
            used,
            subject,
            |injection: &Injection| (injection.report.result.is_ok(), injection.report.latency),
        ),
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
            let now = self
                .operating
                .context
                .source
                .look(self.operating, &self.connection, &self.conversation)
                .await;
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
