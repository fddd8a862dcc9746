//! Reading back which version is active and whether its content is what it should be.

use serde_json::Value;

use crate::error::{CallError, Error};
use crate::operation::run::Run;
use crate::resource::dialogs::{self, Version};
use crate::send::{WaitReason, delay};
use crate::wire;

/// How often it is looked before what is seen is believed.
const LOOKS: u32 = 4;

/// Which version of a dialog is active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Active {
    None,
    One(String),
    Several,
}

pub(crate) fn active(versions: &[Version]) -> Active {
    let mut active = versions.iter().filter(|version| version.is_active());
    match (active.next(), active.next()) {
        (None, _) => Active::None,
        (Some(version), None) => Active::One(version.id.clone()),
        (Some(_), Some(_)) => Active::Several,
    }
}

/// What reading back showed.
pub(crate) enum Proof {
    Holds,
    OtherActive(Active),
    OtherContent,
    Unreadable(CallError),
}

/// Reads which version is active and what the export says. Tries again where the platform may not
/// have caught up with itself.
pub(crate) async fn prove(
    run: &Run<'_>,
    dialog: &str,
    expected: Option<&str>,
    content: Option<&Value>,
) -> Proof {
    let mut last = Proof::OtherContent;
    for attempt in 0..LOOKS {
        if attempt > 0 {
            run.hurry();
            pause(run, attempt).await;
        }
        last = look(run, dialog, expected, content).await;
        match &last {
            Proof::Holds => return last,
            Proof::Unreadable(error) if !may_differ(&error.error) => return last,
            _ => {}
        }
    }
    last
}

/// Whether it was answered, so that reading again may give something else. What was not answered was
/// already asked for several times.
fn may_differ(error: &Error) -> bool {
    matches!(error, Error::NotJson { .. } | Error::Decode { .. })
}

/// Reads once which version is active and what the export says.
pub(super) async fn look(
    run: &Run<'_>,
    dialog: &str,
    expected: Option<&str>,
    content: Option<&Value>,
) -> Proof {
    let client = run.client();
    let versions = match dialogs::versions(client, dialog, true, &run.steadfast).await {
        Ok(versions) => versions,
        Err(error) => return Proof::Unreadable(error),
    };
    match (active(&versions), expected) {
        (Active::One(id), Some(expected)) if id == expected => {}
        (Active::None, None) => return Proof::Holds,
        (other, _) => return Proof::OtherActive(other),
    }
    let Some(content) = content else {
        return Proof::Holds;
    };
    match dialogs::export(client, dialog, true, &run.steadfast).await {
        Ok(text) => match wire::exported(&text) {
            Some(exported) if wire::same(&exported, content) => Proof::Holds,
            _ => Proof::OtherContent,
        },
        Err(error) => Proof::Unreadable(error),
    }
}

/// Lets some time pass before something is tried again.
pub(super) async fn pause(run: &Run<'_>, attempt: u32) {
    let client = run.client();
    let wait = delay(attempt, &*client.ports().random);
    // The steadfast watch is never cancelled, so the wait never ends early.
    let _ended = client.wait(wait, WaitReason::Retry, &run.steadfast).await;
}

/// What a proof that does not hold says.
pub(super) fn told(proof: &Proof) -> String {
    match proof {
        Proof::Holds => "It was read back.".to_owned(),
        Proof::OtherActive(Active::None) => "Read back: no version is active.".to_owned(),
        Proof::OtherActive(Active::One(id)) => format!("Read back: version {id} is active."),
        Proof::OtherActive(Active::Several) => {
            "Read back: several versions are called active.".to_owned()
        }
        Proof::OtherContent => {
            "Read back: what the platform exports is not what should be active.".to_owned()
        }
        Proof::Unreadable(error) => format!("Reading back failed. {error}"),
    }
}
