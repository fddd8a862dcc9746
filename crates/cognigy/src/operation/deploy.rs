//! Deploying a dialog flow: a new version that is active and proved to be, or the one before still
//! (or again) active, or an honest "unknown".

use flow::checksum::checksum;
use flow::document::{Document, DocumentKind};
use flow::json::parse;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::canonical::sha256;
use crate::error::{CallError, Changed, Error};
use crate::journal::{OperationKind, Record};
use crate::operation::activation::{Activation, PROMOTE, PROVE, activate, copyable_promotion};
use crate::operation::deploy_end::{DeployEnd, Unknown};
use crate::operation::proof::{Active, Proof, active, prove};
use crate::operation::run::{Books, Event, Run, Step, Tools};
use crate::operation::stopped::{Stopped, validated};
use crate::ports::LocalBoxFuture;
use crate::random::uuid;
use crate::refused::{Body, Refused, refused};
use crate::resource::dialogs::{self, Version};
use crate::send::{WaitReason, delay};
use crate::waiting::Cancellation;
use crate::wire;

const VALIDATE: Step = Step::reads("validate", "Check the flow");
const VERSIONS: Step = Step::reads("versions", "Read the versions there are");
const CONFIRM: Step = Step::reads("confirm", "Compare and confirm");
const PUBLISH: Step = Step::changes("publish", "Publish the version");
const STEPS: &[Step] = &[VALIDATE, VERSIONS, CONFIRM, PUBLISH, PROMOTE, PROVE];
/// How often a publication is sent at most, read back in between.
const PUBLICATIONS: u32 = 4;

/// What is to be deployed.
pub struct DeployRequest<'a> {
    /// The dialog it goes to.
    pub dialog: &'a str,
    /// The text of the flow.
    pub text: &'a str,
    /// Settings of the rules.
    pub settings: &'a Settings,
}

/// A version that has the number of the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionTaken {
    /// The version that is there.
    pub taken: Version,
    /// The next number that is free.
    pub next: String,
}

/// Which version was active before, as the user says when the platform does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviousChoice {
    /// This one, by id.
    Version(String),
    /// None.
    None,
}

/// What the user confirms.
#[derive(Clone, Debug, PartialEq)]
pub struct DeployPlan {
    /// The name of the connection.
    pub connection: String,
    /// The base URL of the tenant.
    pub tenant: String,
    /// The dialog.
    pub dialog: String,
    /// The version that is active now.
    pub previous: Option<Version>,
    /// The wire form of what is active now, where it could be read.
    pub old: Option<Value>,
    /// The wire form of what will be.
    pub new: Value,
}

/// The questions a deployment asks.
pub trait DeployUser {
    /// The flow has another id than the dialog: go on all the same?
    fn other_id<'a>(&'a self, flow: &'a str, dialog: &'a str) -> LocalBoxFuture<'a, bool>;
    /// No version, or several, are called active: which one was? The first one is proposed. Nothing
    /// stops.
    fn which_is_active<'a>(
        &'a self,
        versions: &'a [Version],
    ) -> LocalBoxFuture<'a, Option<PreviousChoice>>;
    /// The number is taken: the text with another one, or nothing to stop.
    fn version_taken<'a>(&'a self, taken: &'a VersionTaken) -> LocalBoxFuture<'a, Option<String>>;
    /// Deploy this?
    fn confirm<'a>(&'a self, plan: &'a DeployPlan) -> LocalBoxFuture<'a, bool>;
}

/// How a deployment went.
#[derive(Clone, Debug, PartialEq)]
pub struct DeployReport {
    /// The dialog.
    pub dialog: String,
    /// The number of the version.
    pub version: String,
    /// How it ended.
    pub end: DeployEnd,
    /// What the platform found in the flow when it refused to publish it.
    pub refused: Vec<Refused>,
    /// Whether the version before was made active again.
    pub rolled_back: bool,
    /// From the publication being sent to the end, in milliseconds.
    pub latency: u64,
    /// The checksum of what was deployed.
    pub checksum: String,
    /// The books.
    pub books: Books,
}

/// A flow that may be sent.
struct Ready {
    document: Document,
    version: String,
    previous: Option<Version>,
}

/// Deploys a flow.
pub async fn deploy(
    tools: &Tools,
    request: &DeployRequest<'_>,
    user: &dyn DeployUser,
    cancellation: &Cancellation,
    events: &std::rc::Rc<dyn Fn(Event)>,
) -> Result<DeployReport, Stopped> {
    let run = Run::start(tools, OperationKind::Deploy, STEPS, cancellation, events);
    match prepare(&run, request, user).await {
        Ok((ready, plan, body)) => carry_out(&run, request.dialog, ready, plan, &body).await,
        Err(stopped) => run.stopped(stopped),
    }
}

/// All that comes before the first request that changes something.
async fn prepare(
    run: &Run<'_>,
    request: &DeployRequest<'_>,
    user: &dyn DeployUser,
) -> Result<(Ready, DeployPlan, String), Stopped> {
    let mut text = request.text.to_owned();
    let mut asked_for_id = false;
    let ready = loop {
        run.step(VALIDATE);
        let document = validated(&text, DocumentKind::DialogFlow, request.settings)?;
        let (id, version) = document
            .dialog_flow()
            .map_or_else(Default::default, |flow| {
                (flow.id.text.to_string(), flow.version.text.to_string())
            });
        if id != request.dialog && !asked_for_id {
            if !user.other_id(&id, request.dialog).await {
                return Err(Stopped::Declined);
            }
            asked_for_id = true;
        }
        run.step(VERSIONS);
        let versions = dialogs::versions(run.client(), request.dialog, false, &run.watch).await?;
        if let Some(taken) = versions.iter().find(|known| known.version == version) {
            let taken = VersionTaken {
                taken: taken.clone(),
                next: next_patch(&version, &versions),
            };
            match user.version_taken(&taken).await {
                Some(renumbered) => text = renumbered,
                None => {
                    let next = taken.next;
                    return Err(Stopped::VersionTaken { version, next });
                }
            }
            continue;
        }
        break Ready {
            previous: previous_of(&versions, user).await?,
            document,
            version,
        };
    };
    run.step(CONFIRM);
    let old = match dialogs::export(run.client(), request.dialog, false, &run.watch).await {
        Ok(text) => wire::exported(&text),
        // A dialog without a version has nothing to export.
        Err(failed)
            if ready.previous.is_none() && matches!(failed.error, Error::NotFound { .. }) =>
        {
            None
        }
        Err(failed) => return Err(failed.into()),
    };
    let flow = ready.document.dialog_flow().map(|flow| flow.at);
    let tree = ready.document.tree();
    let body = wire::dialog_flow(flow.map_or(tree.root(), |at| tree.value(at)));
    let connection = run.client().connection();
    let plan = DeployPlan {
        connection: connection.name.clone(),
        tenant: connection.base_url.clone(),
        dialog: request.dialog.to_owned(),
        previous: ready.previous.clone(),
        old,
        new: serde_json::from_str(&body).unwrap_or_default(),
    };
    if !user.confirm(&plan).await || run.is_cancelled() {
        return Err(Stopped::Declined);
    }
    Ok((ready, plan, body))
}

async fn previous_of(
    versions: &[Version],
    user: &dyn DeployUser,
) -> Result<Option<Version>, Stopped> {
    let by_id = |id: &str| versions.iter().find(|version| version.id == id).cloned();
    match active(versions) {
        Active::One(id) => Ok(by_id(&id)),
        Active::None if versions.is_empty() => Ok(None),
        Active::None | Active::Several => match user.which_is_active(versions).await {
            Some(PreviousChoice::Version(id)) => match by_id(&id) {
                Some(version) => Ok(Some(version)),
                None => Err(Stopped::NoSuchVersion(id)),
            },
            Some(PreviousChoice::None) => Ok(None),
            None => Err(Stopped::Declined),
        },
    }
}

/// The next patch number after `version` that no version has.
pub fn next_patch(version: &str, taken: &[Version]) -> String {
    let mut parts = version.splitn(3, '.');
    let mut part = || {
        parts
            .next()
            .and_then(|part| part.parse::<u64>().ok())
            .unwrap_or(0)
    };
    let (major, minor, mut patch) = (part(), part(), part());
    loop {
        patch = patch.saturating_add(1);
        let next = format!("{major}.{minor}.{patch}");
        if patch == u64::MAX || taken.iter().all(|known| known.version != next) {
            return next;
        }
    }
}

/// From the intent on.
async fn carry_out(
    run: &Run<'_>,
    dialog: &str,
    ready: Ready,
    plan: DeployPlan,
    body: &str,
) -> Result<DeployReport, Stopped> {
    run.step(PUBLISH);
    let previous = ready.previous.as_ref().map(|version| version.id.clone());
    let mut audited = json!({
        "dialog_id": dialog,
        "version": ready.version,
        "version_id": null,
        "previous_version_id": previous,
        "result": "intended",
    });
    let content_hash = sha256(&crate::canonical::canonical(&plan.new));
    let record = Record {
        before: previous.clone(),
        version: Some(ready.version.clone()),
        content_hash: Some(content_hash),
        ..run.record(PUBLISH, dialog)
    };
    let record = match run
        .intent("FLOW_DEPLOY", dialog, audited.clone(), record)
        .await
    {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    let intent = record.intent;
    let began = run.client().clock().monotonic();
    let mut mistakes = Vec::new();
    let (end, rolled_back) = match publish(run, dialog, &ready.version, body).await {
        Published::Created(id) => {
            audited["version_id"] = json!(id);
            let what = Activation {
                dialog,
                target: &id,
                target_content: Some(&plan.new),
                previous: previous.as_deref(),
                previous_content: plan.old.as_ref(),
                version: &ready.version,
            };
            let activated = activate(run, &what, record).await;
            (activated.end, activated.rolled_back)
        }
        Published::Nothing(failed) => {
            run.failed(&failed.to_string());
            mistakes = refused(&failed, &ready.document, Body::Document);
            (unpublished(run, dialog, previous, failed).await, false)
        }
    };
    let latency = run.client().clock().monotonic() - began;
    audited["result"] = json!(end.word());
    run.outcome("FLOW_DEPLOY", dialog, audited, intent).await;
    if end.is_proved() {
        run.settle().await;
    }
    Ok(DeployReport {
        dialog: dialog.to_owned(),
        version: ready.version,
        end,
        refused: mistakes,
        rolled_back,
        latency,
        checksum: parse(body.into()).map_or_else(|_| sha256(body), |tree| checksum(tree.root())),
        books: run.books().await,
    })
}

enum Published {
    /// There is a version with our number that was not there before.
    Created(String),
    /// There is none, as far as can be read.
    Nothing(CallError),
}

/// Publishes, and after a lost answer looks whether the version is there before it is sent again.
/// Without keys it is sent again only when the platform has answered: a request that got no answer may
/// still be on its way.
async fn publish(run: &Run<'_>, dialog: &str, version: &str, body: &str) -> Published {
    let client = run.client();
    let key = uuid(&*client.ports().random);
    let keys = client.connection().idempotency_keys;
    let mut attempt = 1;
    loop {
        let sent = dialogs::publish(client, dialog, version, body, &key, &run.watch).await;
        let failed = match sent {
            Ok(created) => return Published::Created(created.id),
            Err(failed) => failed,
        };
        run.hurry();
        // A conflict may be with our own first copy: browsers repeat requests by themselves.
        let conflict = matches!(failed.error, Error::Conflict { .. });
        if failed.changed == Changed::Nothing && !conflict {
            return Published::Nothing(failed);
        }
        match dialogs::versions(client, dialog, true, &run.steadfast).await {
            Ok(versions) => {
                let ours = versions.into_iter().find(|known| known.version == version);
                if let Some(ours) = ours {
                    return Published::Created(ours.id);
                }
            }
            Err(_) => return Published::Nothing(failed),
        }
        let answered = matches!(failed.error, Error::Server { .. });
        let again = failed.error.is_transient() && (keys || answered);
        if !again || attempt == PUBLICATIONS || run.is_cancelled() {
            return Published::Nothing(failed);
        }
        let wait = delay(attempt, &*client.ports().random);
        attempt += 1;
        if client
            .wait(wait, WaitReason::Retry, &run.watch)
            .await
            .is_err()
        {
            return Published::Nothing(failed);
        }
    }
}

/// Nothing was promoted: proves that what was active is active.
async fn unpublished(
    run: &Run<'_>,
    dialog: &str,
    previous: Option<String>,
    failed: CallError,
) -> DeployEnd {
    match prove(run, dialog, previous.as_deref(), None).await {
        Proof::Holds => DeployEnd::PreviousActive {
            version_id: previous,
            created: None,
            reason: failed.to_string(),
        },
        _ => DeployEnd::Unknown(Unknown {
            target: None,
            tried: vec![
                format!("Publishing failed. {failed}"),
                "Which version is active could not be read back.".to_owned(),
            ],
            request: previous
                .as_deref()
                .map(|id| copyable_promotion(run, dialog, id))
                .unwrap_or_default(),
            previous,
        }),
    }
}
