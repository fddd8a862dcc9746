//! All that the tenant holds: its resources, and what it remembers of requests.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::bots::{Bot, Environment};
use crate::context::Conversation;
use crate::dialogs::Dialog;
use crate::hooks::Received;
use crate::idempotency::KeptAnswer;
use crate::limits::Bucket;
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::simulations::Simulation;
use crate::tokens::{Client, Token};

/// How many requests are remembered one by one.
const LOG_LENGTH: usize = 200;

/// The resources of a tenant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct World {
    /// What ids are made of, with the counter.
    pub(crate) seed: u64,
    /// How many ids were made.
    pub(crate) counter: u64,
    pub(crate) clients: BTreeMap<String, Client>,
    pub(crate) tokens: BTreeMap<String, Token>,
    /// Tokens that are no longer good, whatever they say themselves.
    pub(crate) revoked: BTreeSet<String>,
    pub(crate) bots: BTreeMap<String, Bot>,
    pub(crate) dialogs: BTreeMap<String, Dialog>,
    pub(crate) environments: BTreeMap<String, Environment>,
    pub(crate) runtimes: BTreeMap<String, Runtime>,
    pub(crate) conversations: BTreeMap<String, Conversation>,
    /// Oldest first.
    pub(crate) simulations: VecDeque<Simulation>,
    pub(crate) buckets: BTreeMap<String, Bucket>,
    /// Oldest first.
    pub(crate) kept_answers: VecDeque<KeptAnswer>,
    pub(crate) hooks: BTreeMap<String, Received>,
    /// How often each call was made, by name.
    pub(crate) requests: BTreeMap<String, u64>,
    /// The last requests, oldest first.
    pub(crate) log: VecDeque<Logged>,
}

/// One request that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Logged {
    /// In milliseconds since 1970.
    pub(crate) at: u64,
    /// The name of the call.
    pub(crate) call: String,
    /// The path.
    pub(crate) path: String,
    /// The status that arrived; none when the connection was dropped.
    pub(crate) status: Option<u16>,
}

impl World {
    /// A new id: what it is of, then letters that no other id has.
    pub(crate) fn new_id(&mut self, prefix: &str) -> String {
        let mixed = self.mixed();
        let counter = self.counter;
        format!("{prefix}-{:06x}{counter:x}", mixed >> 40)
    }

    /// A new etag, in its quotes.
    pub(crate) fn new_etag(&mut self) -> String {
        let mixed = self.mixed();
        let counter = self.counter;
        format!("\"{:04x}{counter:x}\"", mixed >> 48)
    }

    /// A new secret that looks like one.
    pub(crate) fn new_token(&mut self) -> String {
        let (first, second) = (self.mixed(), self.mixed());
        format!("practice-{first:016x}{second:016x}{:x}", self.counter)
    }

    /// Counts on, and mixes the counter with the seed (`SplitMix64`), so that ids look alike to no
    /// eye and are the same in each run.
    fn mixed(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(1);
        let mut z = self
            .seed
            .wrapping_add(self.counter.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn dialog(&self, id: &str) -> Result<&Dialog, Refusal> {
        let found = self.dialogs.get(id);
        found.ok_or_else(|| Refusal::not_found("dialog", id))
    }

    pub(crate) fn dialog_mut(&mut self, id: &str) -> Result<&mut Dialog, Refusal> {
        let found = self.dialogs.get_mut(id);
        found.ok_or_else(|| Refusal::not_found("dialog", id))
    }

    pub(crate) fn bot(&self, id: &str) -> Result<&Bot, Refusal> {
        let found = self.bots.get(id);
        found.ok_or_else(|| Refusal::not_found("bot", id))
    }

    /// Writes down that a call was made.
    pub(crate) fn log(&mut self, entry: Logged) {
        let count = self.requests.entry(entry.call.clone()).or_default();
        *count = count.saturating_add(1);
        self.log.push_back(entry);
        if self.log.len() > LOG_LENGTH {
            self.log.pop_front();
        }
    }
}
