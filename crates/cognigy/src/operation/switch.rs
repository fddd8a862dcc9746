//! Switching to a version that exists: promoting an older one, or rolling back to the one before.

use serde_json::json;

use crate::journal::{OperationKind, Record};
use crate::operation::activation::{Activation, PROMOTE, PROVE, activate};
use crate::operation::deploy::DeployReport;
use crate::operation::proof::{Active, active};
use crate::operation::run::{Event, Run, Step, Tools};
use crate::operation::stopped::Stopped;
use crate::ports::LocalBoxFuture;
use crate::resource::dialogs::{self, Version};
use crate::waiting::Cancellation;

const VERSIONS: Step = Step::reads("versions", "Read the versions there are");
const CONFIRM: Step = Step::reads("confirm", "Confirm");
const STEPS: &[Step] = &[VERSIONS, CONFIRM, PROMOTE, PROVE];

/// What the switch is called in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchKind {
    /// Any version is made active.
    Promote,
    /// The one before is made active again.
    RollBack,
}

/// Which version is to be made active.
#[derive(Clone, Copy, Debug)]
pub struct SwitchRequest<'a> {
    /// The dialog.
    pub dialog: &'a str,
    /// The id of the version.
    pub version_id: &'a str,
    /// What the switch is called.
    pub kind: SwitchKind,
}

/// The question a switch asks.
pub trait SwitchUser {
    /// Make `target` active on the tenant, in the place of `now`?
    fn confirm<'a>(
        &'a self,
        tenant: &'a str,
        target: &'a Version,
        now: Option<&'a Version>,
    ) -> LocalBoxFuture<'a, bool>;
}

/// Makes a version active that exists. It is proved to be the active one; its content was never held
/// here, so that is not compared.
pub async fn switch_version(
    tools: &Tools,
    request: &SwitchRequest<'_>,
    user: &dyn SwitchUser,
    cancellation: &Cancellation,
    events: &std::rc::Rc<dyn Fn(Event)>,
) -> Result<DeployReport, Stopped> {
    let (kind, action) = match request.kind {
        SwitchKind::Promote => (OperationKind::Promote, "FLOW_DEPLOY"),
        SwitchKind::RollBack => (OperationKind::RollBack, "FLOW_ROLLBACK"),
    };
    let run = Run::start(tools, kind, STEPS, cancellation, events);
    let (target, now) = match prepare(&run, request, user).await {
        Ok(both) => both,
        Err(stopped) => return run.stopped(stopped),
    };
    let dialog = request.dialog;
    let previous = now.map(|version| version.id);
    let mut audited = json!({
        "dialog_id": dialog,
        "version": target.version,
        "version_id": target.id,
        "previous_version_id": previous,
        "result": "intended",
    });
    let record = Record {
        before: previous.clone(),
        target: Some(target.id.clone()),
        version: Some(target.version.clone()),
        ..run.record(PROMOTE, dialog)
    };
    let record = match run.intent(action, dialog, audited.clone(), record).await {
        Ok(record) => record,
        Err(stopped) => return run.stopped(stopped),
    };
    let intent = record.intent;
    let began = run.client().clock().monotonic();
    let what = Activation {
        dialog,
        target: &target.id,
        target_content: None,
        previous: previous.as_deref(),
        previous_content: None,
        version: &target.version,
    };
    let activated = activate(&run, &what, record).await;
    let latency = run.client().clock().monotonic() - began;
    audited["result"] = json!(activated.end.word());
    run.outcome(action, dialog, audited, intent).await;
    if activated.end.is_proved() {
        run.settle().await;
    }
    Ok(DeployReport {
        dialog: dialog.to_owned(),
        version: target.version,
        end: activated.end,
        refused: Vec::new(),
        rolled_back: activated.rolled_back,
        latency,
        checksum: String::new(),
        books: run.books().await,
    })
}

async fn prepare(
    run: &Run<'_>,
    request: &SwitchRequest<'_>,
    user: &dyn SwitchUser,
) -> Result<(Version, Option<Version>), Stopped> {
    run.step(VERSIONS);
    let versions = dialogs::versions(run.client(), request.dialog, false, &run.watch).await?;
    let by_id = |id: &str| versions.iter().find(|version| version.id == id).cloned();
    let Some(target) = by_id(request.version_id) else {
        return Err(Stopped::NoSuchVersion(request.version_id.to_owned()));
    };
    let now = match active(&versions) {
        Active::One(id) if id == target.id => return Err(Stopped::AlreadyActive(id)),
        Active::One(id) => by_id(&id),
        Active::None | Active::Several => None,
    };
    run.step(CONFIRM);
    let tenant = &run.client().connection().base_url;
    if !user.confirm(tenant, &target, now.as_ref()).await || run.is_cancelled() {
        return Err(Stopped::Declined);
    }
    Ok((target, now))
}
