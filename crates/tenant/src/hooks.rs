//! Receivers for webhooks, so that operations that call one can be practised as a whole.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::json::Json;
use crate::refusal::Refusal;
use crate::world::World;

/// How many bodies of one receiver are kept.
const MOST: usize = 20;
/// How many receivers there can be.
const MOST_NAMES: usize = 50;

/// What a receiver was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Received {
    count: u64,
    /// The last ones, oldest first.
    last: VecDeque<Hook>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Hook {
    at: u64,
    /// The header `X-Source`.
    source: Option<String>,
    body: Json,
}

#[derive(Serialize)]
struct Thanks {
    received: u64,
}

/// `POST /__practice/hooks/{name}`: takes any JSON object.
pub(crate) fn receive(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let tree = ask.object()?;
    let name = ask.name(0);
    if !world.hooks.contains_key(name) && world.hooks.len() >= MOST_NAMES {
        return Err(Refusal::not_found("receiver", name));
    }
    let receiver = world.hooks.entry(name.to_owned()).or_default();
    receiver.count = receiver.count.saturating_add(1);
    receiver.last.push_back(Hook {
        at: ask.now,
        source: ask.request.header("x-source").map(str::to_owned),
        body: Json::of(tree.root()),
    });
    if receiver.last.len() > MOST {
        receiver.last.pop_front();
    }
    let received = receiver.count;
    Reply::json(202, &Thanks { received })
}
