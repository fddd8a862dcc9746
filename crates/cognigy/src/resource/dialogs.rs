//! Versions of dialog flows and their export.

use std::collections::BTreeSet;

use serde_json::json;

use super::decode;
use crate::answer::Place;
use crate::area::Area;
use crate::error::{CallError, Changed, Error};
use crate::send::{Answer, Call, Client, Pace, Watch};

/// The most pages that are read of one list.
const PAGES: usize = 1_000;

/// A version of a dialog flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// Its number, such as `1.2.0`. May be empty.
    pub version: String,
    /// What the platform says of it: `active` for the one that answers users.
    pub status: String,
    /// When it was made, as the platform spells it. May be empty.
    pub created_at: String,
}

impl Version {
    /// Whether it is the one that answers users.
    pub fn is_active(&self) -> bool {
        self.status.eq_ignore_ascii_case("active")
    }

    fn read(place: &Place<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: place.text("id")?,
            version: place.optional_text("version")?.unwrap_or_default(),
            status: place.optional_text("status")?.unwrap_or_default(),
            created_at: place.optional_text("createdAt")?.unwrap_or_default(),
        })
    }
}

/// The path of the versions of a dialog.
pub(crate) fn versions_of(dialog: &str) -> [&str; 5] {
    ["api", "v2", "dialogs", dialog, "versions"]
}

fn pace(dialog: &str) -> Pace {
    Pace::Dialog(dialog.to_owned())
}

/// All versions of a dialog, page after page. The cursor to the next page stands beside the list or
/// on its last element; one that was there before ends the list with a failure, because it would
/// never end. `patient` waits for the breaker.
pub async fn versions(
    client: &Client,
    dialog: &str,
    patient: bool,
    watch: &Watch,
) -> Result<Vec<Version>, CallError> {
    let mut versions = Vec::new();
    let mut seen = BTreeSet::new();
    let mut cursor: Option<String> = None;
    for _ in 0..PAGES {
        let mut call = Call::get(Area::Dialogs, &versions_of(dialog));
        if let Some(cursor) = &cursor {
            call = call.query("cursor", cursor);
        }
        let call = call.paced(pace(dialog)).patient(patient);
        let answer = client.call(&call, watch).await?;
        let (page, next) = decode(client, &answer, Changed::Nothing, page)?;
        versions.extend(page);
        match next {
            None => return Ok(versions),
            Some(next) if seen.insert(next.clone()) => cursor = Some(next),
            Some(_) => break,
        }
    }
    let error = Error::Decode {
        path: "nextCursor".to_owned(),
        expected: "a cursor that leads to an end",
    };
    Err(client.error(error, Changed::Nothing))
}

fn page(answer: &Answer) -> Result<(Vec<Version>, Option<String>), Error> {
    let root = answer.root();
    let elements = if root.value().is_array() {
        root.elements()?
    } else {
        root.required("data", "an array")?.elements()?
    };
    let mut next = root.optional_text("nextCursor")?;
    if next.is_none()
        && let Some(last) = elements.last()
    {
        next = last.optional_text("nextCursor")?;
    }
    let versions: Result<_, _> = elements.iter().map(Version::read).collect();
    Ok((versions?, next.filter(|cursor| !cursor.is_empty())))
}

/// Creates a version with this number out of the wire form of a flow. Sent once; see
/// [`Call::idempotency_key`]. An answer that speaks of another number is not believed.
pub async fn publish(
    client: &Client,
    dialog: &str,
    number: &str,
    flow: &str,
    key: &str,
    watch: &Watch,
) -> Result<Version, CallError> {
    let call = Call::post(Area::Dialogs, &versions_of(dialog), Some(flow.to_owned()));
    let answer = client
        .call(&call.paced(pace(dialog)).idempotency_key(key), watch)
        .await?;
    decode(client, &answer, Changed::Perhaps, |answer| {
        let created = Version::read(&answer.root().object()?)?;
        if created.version.is_empty() || created.version == number {
            Ok(created)
        } else {
            Err(Error::Decode {
                path: "version".to_owned(),
                expected: "the number that was sent",
            })
        }
    })
}

/// The path that [`promote`] calls.
pub(crate) fn promotion_path(dialog: &str, version: &str) -> [String; 6] {
    ["api", "v2", "dialogs", dialog, "versions", version].map(str::to_owned)
}

/// The body that [`promote`] sends.
pub(crate) fn promotion_body() -> String {
    json!({"status": "active", "promote": true}).to_string()
}

/// Makes a version the one that answers users. Sent once: whether it worked can be read.
pub async fn promote(
    client: &Client,
    dialog: &str,
    version: &str,
    patient: bool,
    watch: &Watch,
) -> Result<(), CallError> {
    let path = promotion_path(dialog, version);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let call = Call::patch(Area::Dialogs, &path, promotion_body());
    client
        .call(&call.paced(pace(dialog)).patient(patient), watch)
        .await?;
    Ok(())
}

/// The flow as the platform holds it, as its text.
pub async fn export(
    client: &Client,
    dialog: &str,
    patient: bool,
    watch: &Watch,
) -> Result<String, CallError> {
    let call = Call::get(Area::Dialogs, &["api", "v2", "dialogs", dialog, "export"]);
    let answer = client
        .call(&call.paced(pace(dialog)).patient(patient), watch)
        .await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        answer.root().object()?;
        Ok(answer.text.clone())
    })
}
