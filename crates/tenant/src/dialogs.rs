//! Dialogs and their versions: listed in pages, published, promoted, exported.

use flow::document::DocumentKind;
use flow::rules::Settings;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::clock::timestamp;
use crate::faults::FaultKind;
use crate::held::DIALOG_FLOW;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::validate;
use crate::world::World;

/// How many versions a page has.
const PAGE: usize = 5;

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dialog {
    /// Whether its pages carry the cursor on their last element instead of beside the list. The
    /// platform does either.
    pub(crate) cursor_on_last: bool,
    /// Oldest first.
    pub(crate) versions: Vec<Version>,
}

/// A version of a dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Version {
    pub(crate) id: String,
    /// The version the flow has.
    pub(crate) number: String,
    pub(crate) status: Status,
    pub(crate) created_at: u64,
    /// Whether it was ever active.
    pub(crate) promoted: bool,
    /// The flow as the tenant holds it.
    pub(crate) flow: Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Draft,
    Active,
    Archived,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    created_at: String,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<&'a str>,
    status: Status,
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    data: Vec<Listed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<&'a str>,
}

impl Version {
    fn listed(&self) -> Listed<'_> {
        Listed {
            created_at: timestamp(self.created_at),
            id: &self.id,
            next_cursor: None,
            status: self.status,
            version: &self.number,
        }
    }
}

impl Dialog {
    /// The version that answers users.
    pub(crate) fn active(&self) -> Option<&Version> {
        let mut versions = self.versions.iter();
        versions.find(|version| version.status == Status::Active)
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.versions.iter().position(|version| version.id == id)
    }
}

/// `GET …/versions`: newest first. A cursor is the id of the last version seen, so that a version
/// published meanwhile neither repeats nor hides another.
pub(crate) fn list(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let dialog = world.dialog(ask.name(0))?;
    let end = match ask.query("cursor").filter(|cursor| !cursor.is_empty()) {
        None => dialog.versions.len(),
        Some(cursor) => dialog.position(&cursor).ok_or_else(|| {
            Refusal::flaw(
                "invalidCursor",
                "",
                "The cursor is none that was given out.",
            )
        })?,
    };
    let rest = dialog.versions.iter().take(end).rev();
    let mut data: Vec<Listed<'_>> = rest.take(PAGE).map(Version::listed).collect();
    let more = end > PAGE;
    let next_cursor = data.last().filter(|_| more).map(|last| last.id);
    let (on_last, beside) = if dialog.cursor_on_last {
        (next_cursor, None)
    } else {
        (None, next_cursor)
    };
    if let Some(last) = data.last_mut() {
        last.next_cursor = on_last;
    }
    let page = Page {
        data,
        next_cursor: beside,
    };
    Reply::json(200, &page)
}

/// `POST …/versions`: keeps a flow as a draft. A number that exists already is taken all the same,
/// as nothing on the platform stops it: who publishes has to look first.
pub(crate) fn publish(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let dialog_id = ask.name(0);
    world.dialog(dialog_id)?;
    let tree = ask.object()?;
    let document = validate::read(tree.shared_text(), DocumentKind::DialogFlow, "")?;
    validate::accept(validate::errors(&document, &Settings::default()))?;
    let flow = document.dialog_flow().ok_or(Refusal::Internal)?;
    if flow.id.text != dialog_id {
        let message = format!(
            "The flow has the id \"{}\", the dialog \"{dialog_id}\". Nothing was published.",
            flow.id.text
        );
        return Err(Refusal::flaw("dialogMismatch", "/id", message));
    }
    let version = Version {
        id: world.new_id("ver"),
        number: flow.version.text.to_string(),
        status: Status::Draft,
        created_at: ask.now,
        promoted: false,
        flow: Json::shaped(document.tree().root(), &DIALOG_FLOW),
    };
    let reply = Reply::json(201, &version.listed())?;
    world.dialog_mut(dialog_id)?.versions.push(version);
    Ok(reply)
}

/// `PATCH …/versions/{vid}`: makes a version the active one; the one that was becomes archived.
pub(crate) fn promote(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let dialog = world.dialog_mut(ask.name(0))?;
    let id = ask.name(1);
    let target = dialog
        .position(id)
        .ok_or_else(|| Refusal::not_found("version", id))?;
    let tree = ask.object()?;
    let wants = |key: &str| tree.root().get(key);
    if !wants("status").is_some_and(|status| status.is_text("active")) {
        let message = "A version can only be made \"active\".";
        return Err(Refusal::flaw("unsupportedStatus", "/status", message));
    }
    if wants("promote").and_then(flow::json::ValueRef::as_bool) != Some(true) {
        let message = "A version becomes active only with \"promote\": true.";
        return Err(Refusal::flaw("promoteRequired", "/promote", message));
    }
    let silently = match ask.fault {
        Some(FaultKind::PromotionFailure { silent } | FaultKind::RollbackFailure { silent }) => {
            if !silent {
                return Err(Refusal::Failing {
                    status: 500,
                    code: "promotionFailed",
                    message: "The version could not be promoted. The active version is the same \
                              as before."
                        .to_owned(),
                });
            }
            true
        }
        _ => false,
    };
    let version = dialog.versions.get(target).ok_or(Refusal::Internal)?;
    if version.status == Status::Active {
        return Err(Refusal::Conflict {
            code: "alreadyActive",
            message: format!("Version \"{id}\" is active already."),
        });
    }
    if silently {
        let claimed = Listed {
            status: Status::Active,
            ..version.listed()
        };
        return Reply::json(200, &claimed);
    }
    for (index, version) in dialog.versions.iter_mut().enumerate() {
        if index == target {
            version.status = Status::Active;
            version.promoted = true;
        } else if version.status == Status::Active {
            version.status = Status::Archived;
        }
    }
    let promoted = dialog.versions.get(target).ok_or(Refusal::Internal)?;
    Reply::json(200, &promoted.listed())
}

/// `GET …/export`: the active flow as the tenant holds it.
pub(crate) fn export(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let active = world.dialog(ask.name(0))?.active();
    let version =
        active.ok_or_else(|| Refusal::not_found("active version of dialog", ask.name(0)))?;
    Reply::json(200, &version.flow)
}

/// Whether a request to promote is a way back: the version was active before.
pub(crate) fn is_rollback(world: &World, ask: &Ask<'_>) -> bool {
    world.dialogs.get(ask.name(0)).is_some_and(|dialog| {
        let mut versions = dialog.versions.iter();
        versions.any(|version| version.id == ask.name(1) && version.promoted)
    })
}
