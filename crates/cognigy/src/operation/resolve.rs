//! What became of operations that were interrupted: found out by reading, never by sending again.

use serde_json::{Value, json};

use crate::audit::NewEntry;
use crate::canonical::{canonical, sha256};
use crate::error::{CallError, Error};
use crate::journal::{OperationKind, Record, unfinished};
use crate::operation::proof::{Active, active};
use crate::operation::run::Tools;
use crate::operation::transitions::content_hash;
use crate::ports::StoreError;
use crate::resource::states::FlowAddress;
use crate::resource::{context, dialogs, simulations, state_variables, states};
use crate::send::Watch;
use crate::wire;

/// What became of an interrupted operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// What was intended is there.
    Done,
    /// What was there before is there.
    NotDone,
    /// Something else is there: somebody changed it meanwhile. In words.
    Elsewhere(String),
    /// It could not be read. The record stays.
    Unreadable(CallError),
    /// What there is to be read leaves it open. The record is dropped once the user has seen it.
    CannotTell,
    /// It was done through another connection. The record stays.
    OtherTenant,
}

/// An interrupted operation with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What it was about to do.
    pub record: Record,
    /// What became of it.
    pub resolution: Resolution,
}

impl std::fmt::Display for Resolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Record {
            subject,
            version,
            target,
            ..
        } = &self.record;
        let what = match self.record.kind {
            Some(OperationKind::Deploy) => "A deployment",
            Some(OperationKind::Promote) => "Making a version active",
            Some(OperationKind::RollBack) => "A rollback",
            Some(OperationKind::Export) => "Handing on an export",
            Some(OperationKind::PushTransitions) => "A push of transitions",
            Some(OperationKind::UpdateVariables) => "An update of variables",
            Some(OperationKind::Simulate) => "A simulation",
            Some(OperationKind::InjectContext) => "An injection of context",
            None => "An operation",
        };
        write!(
            f,
            "{what} on \"{subject}\" was interrupted at the step \"{}\". ",
            self.record.step
        )?;
        let version = version
            .as_deref()
            .or(target.as_deref())
            .unwrap_or("what was intended");
        match &self.resolution {
            Resolution::Done => write!(f, "It got through: {version} is there. That was read."),
            Resolution::NotDone => f.write_str("What was there before is there. That was read."),
            Resolution::Elsewhere(what) => write!(f, "{what} Look at it before you go on."),
            Resolution::Unreadable(error) => {
                write!(f, "What became of it is not known yet. {error}")
            }
            Resolution::CannotTell => {
                f.write_str("Whether it got through cannot be read. It was not sent again.")
            }
            Resolution::OtherTenant => {
                write!(
                    f,
                    "Connect to {} to find out what became of it.",
                    self.record.tenant
                )
            }
        }
    }
}

/// Looks up what became of every operation that was interrupted, writes that into the log, and removes
/// the records of which it is known. Also gives the texts in the journal that are no records.
pub async fn resolve(
    tools: &Tools,
    watch: &Watch,
) -> Result<(Vec<Resolved>, Vec<String>), StoreError> {
    let (records, unreadable) = unfinished(&*tools.journal).await?;
    let mut resolved = Vec::new();
    for record in records {
        let resolution = look(tools, &record, watch).await;
        let stays = matches!(
            resolution,
            Resolution::Unreadable(_) | Resolution::OtherTenant
        );
        if !stays {
            write_down(tools, &record, &resolution).await?;
            tools.journal.remove(&record.id).await?;
        }
        resolved.push(Resolved { record, resolution });
    }
    Ok((resolved, unreadable))
}

async fn write_down(
    tools: &Tools,
    record: &Record,
    resolution: &Resolution,
) -> Result<(), StoreError> {
    let result = match resolution {
        Resolution::Done => "done",
        Resolution::NotDone => "not_done",
        Resolution::Elsewhere(_) => "changed_elsewhere",
        Resolution::Unreadable(_) | Resolution::CannotTell | Resolution::OtherTenant => "unknown",
    };
    let entry = NewEntry {
        action: "RESOLVED_AFTER_INTERRUPTION",
        subject: &record.subject,
        body: json!({
            "operation": record.id,
            "step": record.step,
            "version": record.version,
            "version_id": record.target,
            "previous_version_id": record.before,
            "result": result,
        }),
        reference: record.intent,
    };
    let kept = tools.audit.append(entry).await;
    kept.map(|_| ()).map_err(|not_kept| not_kept.reason)
}

async fn look(tools: &Tools, record: &Record, watch: &Watch) -> Resolution {
    if record.tenant != tools.client.connection().base_url {
        return Resolution::OtherTenant;
    }
    let looked = match record.kind {
        Some(OperationKind::Deploy | OperationKind::Promote | OperationKind::RollBack) => {
            active_version(tools, record, watch).await
        }
        Some(OperationKind::PushTransitions) => transitions(tools, record, watch).await,
        Some(OperationKind::Simulate) => simulation(tools, record, watch).await,
        Some(OperationKind::UpdateVariables) => {
            let read = state_variables::variables(&tools.client, &record.subject, watch).await;
            version_mark(record, read.map(|remote| remote.etag))
        }
        Some(OperationKind::InjectContext) => {
            let read = context::context(&tools.client, &record.subject, watch).await;
            version_mark(record, read.map(|remote| Some(remote.version)))
        }
        _ => Ok(Resolution::CannotTell),
    };
    looked.unwrap_or_else(Resolution::Unreadable)
}

/// A simulation whose id is known was started. Whether it passed is for whoever looks at it to say.
async fn simulation(
    tools: &Tools,
    record: &Record,
    watch: &Watch,
) -> Result<Resolution, CallError> {
    let Some(id) = &record.target else {
        return Ok(Resolution::CannotTell);
    };
    match simulations::simulation(&tools.client, &record.subject, id, watch).await {
        Ok(_) => Ok(Resolution::Done),
        Err(failed) if matches!(failed.error, Error::NotFound { .. }) => Ok(Resolution::CannotTell),
        Err(failed) => Err(failed),
    }
}

/// What still has the version mark it had before was not changed. Otherwise nobody knows by whom it
/// was: values are not kept in the journal, so they cannot be compared.
fn version_mark(
    record: &Record,
    now: Result<Option<String>, CallError>,
) -> Result<Resolution, CallError> {
    match now {
        Ok(now) if now.is_some() && now == record.before => Ok(Resolution::NotDone),
        Ok(_) => Ok(Resolution::CannotTell),
        // Who may write need not be allowed to read.
        Err(failed)
            if matches!(
                failed.error,
                Error::Forbidden { .. } | Error::NotFound { .. }
            ) =>
        {
            Ok(Resolution::CannotTell)
        }
        Err(failed) => Err(failed),
    }
}

async fn active_version(
    tools: &Tools,
    record: &Record,
    watch: &Watch,
) -> Result<Resolution, CallError> {
    let client = &tools.client;
    let versions = dialogs::versions(client, &record.subject, true, watch).await?;
    let of_number = |version: &&dialogs::Version| Some(&version.version) == record.version.as_ref();
    let target = record.target.clone().or_else(|| {
        versions
            .iter()
            .find(of_number)
            .map(|version| version.id.clone())
    });
    let now = match active(&versions) {
        Active::None => None,
        Active::One(id) => Some(id),
        Active::Several => {
            let what = "Several versions are called active.".to_owned();
            return Ok(Resolution::Elsewhere(what));
        }
    };
    if now == record.before {
        return Ok(Resolution::NotDone);
    }
    if now.is_none() || now != target {
        let now = now.map_or("no version".to_owned(), |id| format!("version {id}"));
        return Ok(Resolution::Elsewhere(format!("Now {now} is active.")));
    }
    let Some(hash) = &record.content_hash else {
        return Ok(Resolution::Done);
    };
    let exported = wire::exported(&dialogs::export(client, &record.subject, true, watch).await?);
    if exported.is_some_and(|flow| sha256(&canonical(&flow)) == *hash) {
        Ok(Resolution::Done)
    } else {
        Ok(Resolution::Elsewhere(
            "The new version is active, but what the platform exports is not what was sent."
                .to_owned(),
        ))
    }
}

async fn transitions(
    tools: &Tools,
    record: &Record,
    watch: &Watch,
) -> Result<Resolution, CallError> {
    let text = |key: &str| {
        record
            .more
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let address = FlowAddress {
        bot: text("bot"),
        flow: text("flow"),
    };
    let remote = states::states(&tools.client, &address, watch).await?;
    let (mut done, mut open) = (Vec::new(), Vec::new());
    for (state, hash) in record
        .more
        .get("states")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let there = remote.states.iter().find(|known| known.id == *state);
        let same = there.is_some_and(|there| hash == &json!(content_hash(&there.transitions)));
        if same { &mut done } else { &mut open }.push(state.as_str());
    }
    Ok(match (done.is_empty(), open.is_empty()) {
        (_, true) => Resolution::Done,
        (true, false) => Resolution::NotDone,
        (false, false) => Resolution::Elsewhere(format!(
            "Pushed: {}. Not pushed: {}.",
            done.join(", "),
            open.join(", ")
        )),
    })
}
