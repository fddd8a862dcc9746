//! Idempotency keys: the same key with the same payload gets the same answer, and nothing happens
//! twice.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::world::World;

/// How many answers are kept.
const MOST: usize = 200;
/// How long an answer is kept, in milliseconds.
const LIFETIME_MS: u64 = 24 * 60 * 60 * 1000;

/// The answer a key got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptAnswer {
    key: String,
    /// Of path and payload.
    fingerprint: String,
    at: u64,
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Does `act`, unless it was done for the same key.
pub(crate) fn once(
    world: &mut World,
    ask: &Ask<'_>,
    act: impl FnOnce(&mut World) -> Result<Reply, Refusal>,
) -> Result<Reply, Refusal> {
    let key = ask.request.header("idempotency-key").map(str::trim);
    let Some(key) = key.filter(|key| ask.call.keyed && !key.is_empty()) else {
        return act(world);
    };
    let now = ask.now;
    world
        .kept_answers
        .retain(|kept| now.saturating_sub(kept.at) < LIFETIME_MS);
    let fingerprint = fingerprint(ask);
    if let Some(kept) = world.kept_answers.iter().find(|kept| kept.key == key) {
        if kept.fingerprint != fingerprint {
            return Err(Refusal::KeyReused);
        }
        let reply = Reply {
            status: kept.status,
            headers: kept.headers.clone(),
            body: kept.body.clone(),
        };
        return Ok(reply.with("idempotency-replayed", "true"));
    }
    let reply = act(world).unwrap_or_else(Refusal::into_reply);
    // What failed may be tried again.
    if reply.status < 500 {
        world.kept_answers.push_back(KeptAnswer {
            key: key.to_owned(),
            fingerprint,
            at: now,
            status: reply.status,
            headers: reply.headers.clone(),
            body: reply.body.clone(),
        });
        if world.kept_answers.len() > MOST {
            world.kept_answers.pop_front();
        }
    }
    Ok(reply)
}

fn fingerprint(ask: &Ask<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(ask.call.name);
    for name in ask.names {
        hash.update([0]);
        hash.update(name);
    }
    hash.update([0]);
    hash.update(ask.request.body.as_deref().unwrap_or_default());
    STANDARD_NO_PAD.encode(hash.finalize())
}
