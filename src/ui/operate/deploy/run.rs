//! Running the operations of this screen: what they ask becomes a dialog, what they end with is shown
//! and remembered.

use std::rc::Rc;

use cognigy::Cancellation;
use cognigy::connection::Connection;
use cognigy::operation::{
    self, DeployPlan, DeployReport, DeployRequest, DeployUser, Event, PreviousChoice, Stopped,
    SwitchKind, SwitchRequest, SwitchUser, Tools, VersionTaken, switch_version,
};
use cognigy::ports::LocalBoxFuture;
use cognigy::resource::dialogs::Version;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::bump;
use super::history;
use super::outcome::{Outcome, Task};
use super::versions;
use crate::ui::desk::DocumentId;
use crate::ui::operate::difference::changes;
use crate::ui::operate::question::Question;
use crate::ui::operate::refused::{mark, unmark};
use crate::ui::operate::state::Operating;
use crate::ui::operate::tenant_words;

/// Deploys the shown flow.
pub fn deploy(operating: Operating) {
    let shown = operating.desk.peek(|open| {
        let text = open.document().tree().shared_text();
        (text, open.settings().clone())
    });
    let Some((text, settings)) = shown else {
        return;
    };
    let document = operating.desk.active.get_untracked();
    let dialog = operating.deploy.dialog.get_untracked();
    if !operating.busy.get_untracked() {
        operating.deploy.sent.set(document);
        if let Some(document) = document {
            unmark(operating, document);
        }
    }
    run(
        operating,
        Task::Deploy,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let request = DeployRequest {
                    dialog: &dialog,
                    text: &text,
                    settings: &settings,
                };
                let user = Asker {
                    operating,
                    tenant: tenant_words(tools.client.connection()),
                    document,
                };
                let done = operation::deploy(&tools, &request, &user, &cancellation, &events).await;
                if let (Ok(report), Some(document)) = (&done, document) {
                    mark(operating, document, &report.refused);
                }
                done.map(Outcome::Deployed)
            })
        },
    );
}

/// Makes a version active that exists.
pub fn switch(operating: Operating, version: Version, kind: SwitchKind) {
    let dialog = operating.deploy.dialog.get_untracked();
    let task = match kind {
        SwitchKind::Promote => Task::Promote,
        SwitchKind::RollBack => Task::RollBack,
    };
    run(operating, task, move |tools, cancellation, events| {
        Box::pin(async move {
            let request = SwitchRequest {
                dialog: &dialog,
                version_id: &version.id,
                kind,
            };
            let user = SwitchAsker {
                operating,
                tenant: tenant_words(tools.client.connection()),
                dialog: dialog.clone(),
                kind,
            };
            let done = switch_version(&tools, &request, &user, &cancellation, &events).await;
            done.map(Outcome::Deployed)
        })
    });
}

/// Fetches the flow as the platform holds it, and hands it on.
pub fn export(operating: Operating) {
    let dialog = operating.deploy.dialog.get_untracked();
    let rules = operating.desk.rules.get_untracked();
    run(
        operating,
        Task::Export,
        move |tools, cancellation, events| {
            Box::pin(async move {
                let settings = rules.settings();
                let done =
                    operation::export_flow(&tools, &dialog, &settings, &cancellation, &events)
                        .await;
                done.map(|report| Outcome::Exported {
                    dialog: dialog.clone(),
                    report: Box::new(report),
                })
            })
        },
    );
}

type Ended = LocalBoxFuture<'static, Result<Outcome, Stopped>>;

/// Runs one operation; no other runs meanwhile.
fn run(
    operating: Operating,
    task: Task,
    start: impl FnOnce(Tools, Cancellation, Rc<dyn Fn(Event)>) -> Ended + 'static,
) {
    if operating.busy.get_untracked() {
        return;
    }
    operating.busy.set(true);
    let deploy = operating.deploy;
    let dialog = deploy.dialog.get_untracked();
    // Taken once: whatever is chosen meanwhile, this one is worked with.
    let connection = operating.connection.get_untracked();
    deploy.outcome.set(None);
    let cancellation = deploy.progress.begin();
    spawn_local(async move {
        let outcome = match operating.tools_for(&connection).await {
            Err(not_ready) => {
                deploy.progress.clear();
                Outcome::NotReady(not_ready.0)
            }
            Ok(tools) => {
                let ended = start(tools, cancellation, deploy.progress.listener()).await;
                ended.unwrap_or_else(|stopped| Outcome::Stopped(Box::new(stopped)))
            }
        };
        deploy.progress.end();
        operating.busy.set(false);
        let Connection { name, .. } = &connection;
        history::add(operating, task, (name, &dialog), &outcome).await;
        if matches!(outcome, Outcome::Deployed(_) | Outcome::Exported { .. }) {
            operating.remember_dialog(name, &dialog);
        }
        let text = outcome.to_string();
        deploy.outcome.set(Some(outcome));
        operating.desk.notices.announce(text);
        operating.interrupted.read(operating).await;
        versions::read(operating);
    });
}

/// Asks what became of a deployment that ended unknown, and shows it in its place.
pub fn check_again(operating: Operating, report: DeployReport) {
    spawn_local(async move {
        let found = operating.interrupted.look(operating).await;
        let ours = found
            .into_iter()
            .find(|resolved| resolved.record.id == report.books.operation);
        if let Some(resolved) = ours {
            let outcome = Outcome::Resolved {
                report: Box::new(report),
                resolved: Box::new(resolved),
            };
            operating.desk.notices.announce(outcome.to_string());
            operating.deploy.outcome.set(Some(outcome));
        }
        versions::read(operating);
    });
}

/// Asks the user by dialogs.
struct Asker {
    operating: Operating,
    /// The tenant that is changed.
    tenant: String,
    /// The document that is deployed.
    document: Option<DocumentId>,
}

impl DeployUser for Asker {
    fn other_id<'a>(&'a self, flow: &'a str, dialog: &'a str) -> LocalBoxFuture<'a, bool> {
        let question = Question {
            title: "The flow has another id than the dialog".to_owned(),
            text: vec![
                "It can be published there all the same, but it may be the wrong flow.".to_owned(),
            ],
            facts: vec![
                ("Flow", flow.to_owned()),
                ("Dialog", dialog.to_owned()),
                ("Tenant", self.tenant.clone()),
            ],
            yes: "Go on all the same".to_owned(),
            is_danger: true,
            ..Question::default()
        };
        Box::pin(async move { self.operating.questions.ask(question).await.is_some() })
    }

    fn which_is_active<'a>(
        &'a self,
        versions: &'a [Version],
    ) -> LocalBoxFuture<'a, Option<PreviousChoice>> {
        let version = |version: &Version| {
            let label = format!("{} ({}, {})", version.version, version.id, version.status);
            (version.id.clone(), label)
        };
        let none = (String::new(), "None of them".to_owned());
        let question = Question {
            title: "Which version is active now?".to_owned(),
            text: vec![
                "The platform does not say it of exactly one. Flowdeck goes back to it if the new \
                 version cannot be made active."
                    .to_owned(),
            ],
            choices: versions.iter().map(version).chain([none]).collect(),
            yes: "Go on".to_owned(),
            ..Question::default()
        };
        Box::pin(async move {
            let chosen = self.operating.questions.ask(question).await?;
            Some(if chosen.is_empty() {
                PreviousChoice::None
            } else {
                PreviousChoice::Version(chosen)
            })
        })
    }

    fn version_taken<'a>(&'a self, taken: &'a VersionTaken) -> LocalBoxFuture<'a, Option<String>> {
        let VersionTaken { taken, next } = taken;
        let question = Question {
            title: format!("Version {} exists already", taken.version),
            text: vec![format!(
                "Publishing it again would make two versions with one number. Flowdeck can change \
                 the number in the flow to {next}, the next one that is free; undo takes that back."
            )],
            yes: format!("Bump to {next}"),
            ..Question::default()
        };
        Box::pin(async move {
            self.operating.questions.ask(question).await?;
            let desk = self.operating.desk;
            // Something else may be shown by now, or the flow closed.
            let document = self.document.filter(|id| desk.file(*id).is_some())?;
            desk.show(document);
            if !bump(self.operating, next) {
                return None;
            }
            desk.peek(|open| open.document().text().to_owned())
        })
    }

    fn confirm<'a>(&'a self, plan: &'a DeployPlan) -> LocalBoxFuture<'a, bool> {
        let number = plan.new["version"].as_str().unwrap_or_default().to_owned();
        let now = plan.previous.as_ref().map_or_else(
            || "none".to_owned(),
            |version| format!("{} ({})", version.version, version.id),
        );
        let (old, new) = (plan.old.clone(), plan.new.clone());
        let question = Question {
            title: format!("Publish version {number} and make it active?"),
            facts: vec![
                ("Tenant", self.tenant.clone()),
                ("Dialog", plan.dialog.clone()),
                ("New version", number),
                ("Active now", now),
            ],
            text: match &plan.old {
                Some(_) => Vec::new(),
                None => vec![
                    "What is active now could not be read as a flow, so there is nothing to \
                     compare with."
                        .to_owned(),
                ],
            },
            more: old.map(|old| Rc::new(move || changes(&old, &new)) as Rc<dyn Fn() -> AnyView>),
            yes: "Publish and make active".to_owned(),
            ..Question::default()
        };
        Box::pin(async move { self.operating.questions.ask(question).await.is_some() })
    }
}

struct SwitchAsker {
    operating: Operating,
    /// The tenant that is changed.
    tenant: String,
    dialog: String,
    kind: SwitchKind,
}

impl SwitchUser for SwitchAsker {
    fn confirm<'a>(
        &'a self,
        _tenant: &'a str,
        target: &'a Version,
        now: Option<&'a Version>,
    ) -> LocalBoxFuture<'a, bool> {
        let number = &target.version;
        let (title, yes) = match self.kind {
            SwitchKind::Promote => (format!("Make version {number} active?"), "Make active"),
            SwitchKind::RollBack => (format!("Roll back to version {number}?"), "Roll back"),
        };
        let spelled = |version: &Version| format!("{} ({})", version.version, version.id);
        let question = Question {
            title,
            text: vec![
                "It answers users at once. What it contains is not compared, because its text is \
                 not here."
                    .to_owned(),
            ],
            facts: vec![
                ("Tenant", self.tenant.clone()),
                ("Dialog", self.dialog.clone()),
                ("Version", spelled(target)),
                ("Active now", now.map_or_else(|| "none".to_owned(), spelled)),
            ],
            yes: yes.to_owned(),
            ..Question::default()
        };
        Box::pin(async move { self.operating.questions.ask(question).await.is_some() })
    }
}
