//! What a new tenant has besides its bots: running dialogs, conversations, environments, clients.

use std::collections::{BTreeMap, VecDeque};

use crate::bots::Environment;
use crate::context::{Conversation, Variable};
use crate::json::Json;
use crate::runtime::{Runtime, Saved};
use crate::states::StateFlow;
use crate::tokens::{Client, SCOPES};
use crate::world::World;

/// When the first of what is there was made: the start of 2026.
pub(crate) const START_MS: u64 = 1_767_225_600_000;
/// A day, in milliseconds.
pub(crate) const DAY_MS: u64 = 24 * 60 * 60 * 1000;

pub(crate) fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// Two running dialogs: the one of the sample, in the middle of the checkout, and a fresh one.
pub(crate) fn fill_runtimes(world: &mut World, checkout: &StateFlow) {
    let steps: Vec<String> = checkout
        .states
        .iter()
        .map(|state| state.id.clone())
        .collect();
    let session = BTreeMap::from([
        ("basketPrompts".to_owned(), Json::number(1)),
        ("itemCount".to_owned(), Json::number(1)),
    ]);
    let user = BTreeMap::from([("locale".to_owned(), Json::string("en-GB"))]);
    let history = (1..=3).map(|version| Saved {
        version,
        at: START_MS + version * DAY_MS,
    });
    let running = Runtime {
        steps: steps.clone(),
        step: Some("basket".to_owned()),
        session,
        user,
        etag: world.new_etag(),
        history: history.collect(),
    };
    let fresh = Runtime {
        steps,
        step: None,
        session: BTreeMap::new(),
        user: BTreeMap::new(),
        etag: world.new_etag(),
        history: VecDeque::new(),
    };
    world.runtimes.insert("d-5f0c2a".to_owned(), running);
    world.runtimes.insert("d-000001".to_owned(), fresh);
}

pub(crate) fn conversations() -> BTreeMap<String, Conversation> {
    let variable = |scope: &str, value: Json| Variable {
        scope: scope.to_owned(),
        value,
    };
    let context = BTreeMap::from([
        (
            "openOrders".to_owned(),
            variable("conversation", Json::number(0)),
        ),
        (
            "shopName".to_owned(),
            variable("global", Json::string("Nordlicht")),
        ),
        ("tier".to_owned(), variable("user", Json::string("silver"))),
    ]);
    BTreeMap::from([
        (
            "conv_8a7b9c2d1e3f".to_owned(),
            Conversation {
                version: 7,
                says_version: false,
                context,
            },
        ),
        (
            "conv_00c0ffee0001".to_owned(),
            Conversation {
                version: 1,
                says_version: true,
                context: BTreeMap::new(),
            },
        ),
    ])
}

pub(crate) fn environments() -> BTreeMap<String, Environment> {
    let environment = |name: &str, strict: bool, allowed: &[&str]| Environment {
        name: name.to_owned(),
        strict,
        allowed_bots: owned(allowed),
    };
    BTreeMap::from([
        (
            "staging".to_owned(),
            environment("Staging", true, &["nordlicht-shop"]),
        ),
        (
            "production".to_owned(),
            environment("Production", true, &[]),
        ),
        ("sandbox".to_owned(), environment("Sandbox", false, &[])),
    ])
}

pub(crate) fn clients() -> BTreeMap<String, Client> {
    let client = |secret: &str, scopes: Vec<String>, lifetime: u64| Client {
        secret: secret.to_owned(),
        scopes,
        lifetime,
    };
    let reads = |scope: &&str| scope.ends_with(":read");
    let reading: Vec<&str> = SCOPES.iter().copied().filter(reads).collect();
    BTreeMap::from([
        (
            "practice-client".to_owned(),
            client("practice-secret", owned(&SCOPES), 3600),
        ),
        (
            "hasty-client".to_owned(),
            client("hasty-secret", owned(&SCOPES), 20),
        ),
        (
            "reading-client".to_owned(),
            client("reading-secret", owned(&reading), 3600),
        ),
    ])
}
