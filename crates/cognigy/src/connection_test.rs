//! Testing a connection before it is relied on: whether each area gets its token, which scopes are
//! missing, whether a browser is let through.

use serde_json::Value;

use crate::area::Area;
use crate::error::{CallError, Error};
use crate::resource::dialogs;
use crate::secret::{Credential, Secret};
use crate::send::{Call, Client, Watch};
use crate::waiting::Cancellation;

/// What a test found.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionTest {
    /// Each area in use.
    pub areas: Vec<(Area, AreaTest)>,
    /// Whether an `Idempotency-Key` gets through; nothing where that was not tried.
    pub idempotency_keys: Option<KeyTest>,
}

/// What was found of one area.
#[derive(Clone, Debug, PartialEq)]
pub enum AreaTest {
    /// It has its token.
    Works,
    /// The token is there and lacks these scopes, or is refused because of them.
    MissingScopes(Vec<&'static str>),
    /// Something else is wrong.
    Fails(CallError),
}

/// Whether requests with an `Idempotency-Key` get through.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyTest {
    /// They do.
    Works,
    /// Only without the key: switch it off for this connection.
    BlocksKeys,
    /// The API cannot be reached at all.
    Fails(CallError),
}

impl ConnectionTest {
    /// Whether everything works.
    pub fn passes(&self) -> bool {
        self.areas.iter().all(|(_, area)| *area == AreaTest::Works)
            && matches!(self.idempotency_keys, None | Some(KeyTest::Works))
    }

    /// What was found, a sentence for each thing.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        for (area, test) in &self.areas {
            let label = area.label();
            sentences.push(match test {
                AreaTest::Works => format!("The area \"{label}\" has its token."),
                AreaTest::MissingScopes(scopes) => format!(
                    "The area \"{label}\" lacks these scopes: {}. Ask whoever administers the tenant \
                     for them, or leave the area out.",
                    scopes.join(", ")
                ),
                AreaTest::Fails(error) => format!("The area \"{label}\" does not work. {error}"),
            });
        }
        match &self.idempotency_keys {
            None => {}
            Some(KeyTest::Works) => {
                sentences
                    .push("Requests get through, those with an Idempotency-Key too.".to_owned());
            }
            Some(KeyTest::BlocksKeys) => sentences.push(
                "Requests get through, but the tenant does not let a page send an Idempotency-Key \
                 (CORS). Switch the key off for this connection; creations are then told apart by \
                 reading back alone."
                    .to_owned(),
            ),
            Some(KeyTest::Fails(error)) => {
                sentences.push(format!("The API cannot be reached. {error}"));
            }
        }
        sentences
    }
}

/// Tests a connection. Nothing is changed on the tenant.
pub async fn test_connection(client: &Client, cancellation: &Cancellation) -> ConnectionTest {
    let watch = Watch {
        cancellation: cancellation.clone(),
        ..Watch::default()
    };
    let mut areas = Vec::new();
    for area in &client.connection().areas {
        areas.push((*area, test_area(client, *area, &watch).await));
    }
    let some_token = areas.iter().any(|(_, test)| *test == AreaTest::Works);
    let idempotency_keys = match areas.first() {
        Some((area, _)) if some_token && client.connection().idempotency_keys => {
            let working = areas.iter().find(|(_, test)| *test == AreaTest::Works);
            Some(test_keys(client, working.map_or(*area, |(area, _)| *area), &watch).await)
        }
        _ => None,
    };
    ConnectionTest {
        areas,
        idempotency_keys,
    }
}

async fn test_area(client: &Client, area: Area, watch: &Watch) -> AreaTest {
    let failed = match client.token(area.scopes(), None, watch).await {
        Ok(token) => {
            let missing = missing_scopes(&token, area);
            return if missing.is_empty() {
                AreaTest::Works
            } else {
                AreaTest::MissingScopes(missing)
            };
        }
        Err(failed) => failed,
    };
    let Credential::Client { id, secret } = client.credential() else {
        return AreaTest::Fails(failed);
    };
    if !matches!(failed.error, Error::Forbidden { .. }) {
        return AreaTest::Fails(failed);
    }
    // Asked for one by one, the scopes that are refused show.
    let mut missing = Vec::new();
    for scope in area.scopes().split(' ') {
        match client.fetch_token(id, secret, scope, watch).await {
            Ok(_) => {}
            Err(refused) if matches!(refused.error, Error::Forbidden { .. }) => missing.push(scope),
            Err(other) => return AreaTest::Fails(other),
        }
    }
    if missing.is_empty() {
        AreaTest::Fails(failed)
    } else {
        AreaTest::MissingScopes(missing)
    }
}

/// The scopes of an area that a token does not name, where it is one that names its scopes.
fn missing_scopes(token: &Secret, area: Area) -> Vec<&'static str> {
    let Some(claims) = token.claims() else {
        return Vec::new();
    };
    let scopes = claims.get("scope").or_else(|| claims.get("scp"));
    let granted: Vec<&str> = match scopes {
        Some(Value::String(text)) => text.split(' ').collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    area.scopes()
        .split(' ')
        .filter(|scope| !granted.contains(scope))
        .collect()
}

/// Asks for something harmless with a key and, when that is blocked, without. Any answer will do,
/// "not found" too: it got through.
async fn test_keys(client: &Client, area: Area, watch: &Watch) -> KeyTest {
    let dialogs = &client.connection().remembered.dialogs;
    let dialog = dialogs.first().map_or("connection-test", String::as_str);
    let call = Call::get(area, &dialogs::versions_of(dialog)).unrepeated();
    let blocked = |error: &Error| matches!(error, Error::Blocked);
    let with_key = client
        .call(&call.clone().idempotency_key("connection-test"), watch)
        .await;
    match with_key {
        Err(failed) if blocked(&failed.error) => match client.call(&call, watch).await {
            Err(failed) if failed.error.is_outage() => KeyTest::Fails(failed),
            _ => KeyTest::BlocksKeys,
        },
        Err(failed) if failed.error.is_outage() => KeyTest::Fails(failed),
        _ => KeyTest::Works,
    }
}
