//! Two clients that change the same things at once, while answers are lost: nobody's change is lost,
//! and nobody is told of a conflict with what is their own.

use cognigy::error::{CallError, Changed, Error};
use cognigy::http::Method;
use cognigy::operation::{
    ContextRequest, StateOutcome, VariablesRequest, inject_context, update_variables,
};
use cognigy::ports::Clock;
use cognigy::wire;
use flow::rules::Settings;
use serde_json::{Value, json};
use tenant::{Fault, FaultKind, Tenant};

use crate::chance::Chance;
use crate::inside::Inside;
use crate::scenarios::{BOT, Ended, FLOW, old_and_new_states, push, transitions};
use crate::virtual_time::together;
use crate::world::{Setup, World, altered, tenant};

/// How many ways of interleaving are tried.
const SEEDS: u64 = 1_000;
const STATE: &str = "basket";
const DIALOG: &str = "d-5f0c2a";
const CONVERSATION: &str = "conv_8a7b9c2d1e3f";

/// A tenant with nothing that is not needed here.
fn small_tenant() -> Tenant {
    altered(&tenant(), |world| world["dialogs"] = json!({}))
}

/// Two clients in one world. In every fourth the second one does nothing.
struct Two {
    worlds: [World; 2],
    chance: Chance,
    alone: bool,
}

impl Two {
    fn new(tenant: &Tenant, seed: u64, calls: &[&str]) -> Self {
        let chance = Chance::seeded(seed);
        let setup = Setup {
            page: seed.is_multiple_of(2),
            keys: true,
        };
        let first = World::new(tenant.clone(), setup, seed);
        first.network.travel.replace(Some(Chance::seeded(seed + 1)));
        let second = first.beside(setup, seed + 2);
        for _ in 0..chance.below(3) {
            let kind = match chance.below(4) {
                0 => FaultKind::DropBefore,
                1 => FaultKind::Delay { ms: 20_000 },
                _ => FaultKind::DropAfter,
            };
            let at = usize::try_from(chance.below(calls.len() as u64)).unwrap();
            let skip = u32::try_from(chance.below(4)).unwrap();
            let fault = Fault::once(kind).on(calls[at]).after(skip);
            first.network.tenant.borrow_mut().switch_on(fault).unwrap();
        }
        Self {
            worlds: [first, second],
            alone: seed % 4 == 3,
            chance,
        }
    }

    /// Runs what both do, the second one a moment later.
    fn run<'a, T>(&'a self, act: impl AsyncFn(&'a World, usize) -> T) -> Vec<Option<T>> {
        let later = self.chance.below(1_500);
        let (act, alone) = (&act, self.alone);
        let both = [0, 1].map(|author| async move {
            let world = &self.worlds[author];
            if author == 0 {
                return Some(act(world, author).await);
            }
            if alone {
                return None;
            }
            world.time.sleep(later).await;
            Some(act(world, author).await)
        });
        let both = both.map(|one| Box::pin(one) as _);
        self.worlds[0].run(together(both.into())).unwrap()
    }

    fn inside(&self) -> Inside {
        self.worlds[0].inside()
    }

    /// Every change named the version it was made to.
    fn all_are_guarded(&self) {
        for seen in self.worlds[0].network.seen.borrow().iter() {
            let guarded = seen.request.header("if-match").is_some();
            assert!(
                guarded || seen.request.method != Method::Patch,
                "{:?}",
                seen.request
            );
        }
    }
}

/// The transition that each changes alone, and the one that both change.
const OWN: [&str; 2] = ["to_voucher", "to_address"];
const SHARED: &str = "to_empty";

fn transition<'v>(transitions: &'v Value, id: &str) -> &'v Value {
    let mut all = transitions.as_array().unwrap().iter();
    all.find(|one| one["id"] == id).unwrap()
}

/// The flow with what an author makes of it.
fn flow_of(author: usize) -> Value {
    let (mut flow, _) = old_and_new_states();
    let states = flow["states"].as_array_mut().unwrap();
    let basket = states
        .iter_mut()
        .find(|state| state["id"] == STATE)
        .unwrap();
    for one in basket["transitions"].as_array_mut().unwrap() {
        if one["id"] == OWN[author] || one["id"] == SHARED {
            one["conditions"][0]["value"] = json!(format!("context.itemCount == {}", 100 + author));
        }
    }
    flow
}

fn same(one: &Value, other: &Value) -> bool {
    let list = |value: &Value| wire::transitions(&json!([value]));
    wire::same(&list(one), &list(other))
}

#[test]
fn pushes_that_interleave_lose_nothing() {
    let tenant = small_tenant();
    let (old, _) = old_and_new_states();
    let flows = [flow_of(0), flow_of(1)];
    let texts = [flows[0].to_string(), flows[1].to_string()];
    let mine = |author: usize| transitions(&flows[author], STATE);
    let base = [(STATE.to_owned(), transitions(&old, STATE).clone())]
        .into_iter()
        .collect();
    for seed in 0..SEEDS {
        let two = Two::new(&tenant, seed, &["patch-state", "read-state", "compile"]);
        let ended = two.run(async |world, author| push(world, &texts[author], &base).await);
        let inside = two.inside();
        let held = inside.transitions(BOT, FLOW, STATE);
        let has =
            |author: usize, id: &str| same(transition(held, id), transition(mine(author), id));
        let mut done = [false; 2];
        for (author, ended) in ended.iter().enumerate() {
            let Some(ended) = ended else { continue };
            let Ended::Push(Ok(report)) = ended else {
                panic!("{seed}: {ended:?}")
            };
            match &report.states[0].1 {
                StateOutcome::Done { .. } => {
                    assert!(has(author, OWN[author]), "{seed}: {author} is lost: {held}");
                    done[author] = true;
                }
                StateOutcome::NotDone(why) => {
                    assert!(
                        !has(author, OWN[author]),
                        "{seed}: {author} is there: {why}"
                    );
                }
                StateOutcome::Unknown(_) => {}
            }
            let other = 1 - author;
            for conflict in two.worlds[author].user.conflicts.borrow().iter() {
                let theirs = transition(&conflict.theirs, OWN[other]);
                let others = same(theirs, transition(mine(other), OWN[other]));
                assert!(
                    others && !two.alone,
                    "{seed}: {author} met a conflict with itself"
                );
            }
        }
        // Of what both changed one is there, and whoever wrote it last had seen the other.
        if done == [true; 2] {
            let last = usize::from(has(1, SHARED));
            assert!(has(last, SHARED), "{seed}");
            let conflicts = two.worlds[last].user.conflicts.borrow();
            let saw = conflicts.iter().any(|conflict| {
                let theirs = transition(&conflict.theirs, SHARED);
                same(theirs, transition(mine(1 - last), SHARED))
            });
            assert!(saw, "{seed}: {last} overwrote what it had not seen");
        }
        two.all_are_guarded();
    }
}

/// What became of an update, as far as it says so.
fn claims(failed: Option<&CallError>) -> Option<bool> {
    match failed.map(|failed| failed.changed) {
        None => Some(true),
        Some(Changed::Nothing) => Some(false),
        Some(Changed::Perhaps) => None,
    }
}

#[test]
fn updates_of_variables_that_interleave_lose_nothing() {
    let tenant = small_tenant();
    for seed in 0..SEEDS {
        let two = Two::new(&tenant, seed, &["patch-runtime", "read-runtime"]);
        let ended = two.run(async |world, author| {
            let session = json!({format!("own{author}"): author, "shared": author});
            let text = json!({"dialogId": DIALOG, "session": session}).to_string();
            let settings = Settings::default();
            let request = VariablesRequest {
                text: &text,
                etag: None,
                settings: &settings,
            };
            let (stop, sink) = (&world.cancellation, world.sink());
            update_variables(&world.tools, &request, stop, &sink)
                .await
                .unwrap()
                .result
        });
        let inside = two.inside();
        let held = &inside.runtime(DIALOG)["session"];
        for (author, result) in ended.iter().enumerate() {
            let Some(result) = result else { continue };
            let there = held[format!("own{author}")] == author;
            if let Some(claimed) = claims(result.as_ref().err()) {
                assert_eq!(claimed, there, "{seed}, {author}: {result:?}");
            }
            let conflict =
                matches!(result, Err(failed) if matches!(failed.error, Error::Conflict { .. }));
            assert!(!(conflict && two.alone), "{seed}: a conflict with itself");
        }
        two.all_are_guarded();
    }
}

#[test]
fn injections_that_interleave_lose_nothing() {
    let tenant = small_tenant();
    for seed in 0..SEEDS {
        let two = Two::new(&tenant, seed, &["patch-context", "read-context"]);
        let ended = two.run(async |world, author| {
            let own = format!("own{author}");
            let variable = |key: &str| json!({"key": key, "value": author, "scope": "session"});
            let variables = json!({&own: variable(&own), "shared": variable("shared")});
            let text = json!({"conversationId": CONVERSATION, "variables": variables}).to_string();
            let settings = Settings::default();
            let request = ContextRequest {
                text: &text,
                version: None,
                template: "",
                settings: &settings,
            };
            let (stop, sink) = (&world.cancellation, world.sink());
            inject_context(&world.tools, &request, &world.user, stop, &sink).await
        });
        let inside = two.inside();
        let held = &inside.conversation(CONVERSATION)["context"];
        for (author, report) in ended.iter().enumerate() {
            // Reading the version there is may fail for good; then it was never begun.
            let Some(Ok(report)) = report else { continue };
            let there = held[format!("own{author}")]["value"] == author;
            if let Some(claimed) = claims(report.result.as_ref().err()) {
                assert_eq!(claimed, there, "{seed}, {author}: {report:?}");
            }
            let others = format!("own{}", 1 - author);
            for conflict in &report.conflicts {
                // What one changed alone is never told it as changed by the other.
                let own = conflict.changed.contains(&format!("own{author}"));
                let met = conflict.changed.contains(&others)
                    || conflict.overwritten.contains(&"shared".to_owned());
                assert!(
                    met && !own && !two.alone,
                    "{seed}: {author} met a conflict with itself: {report:?}"
                );
            }
        }
        two.all_are_guarded();
    }
}
