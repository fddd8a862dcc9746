//! Pushing transitions: compared, pushed through conflicts, compiled, restored.

use std::cell::RefCell;

use cognigy::http::Method;
use cognigy::operation::{
    Conflict, PushEnd, PushReport, PushRequest, PushUser, StateChange, StateOutcome, Stopped,
    push_transitions,
};
use cognigy::ports::{LocalBoxFuture, TransportError};
use flow::rules::Settings;
use serde_json::{Map, Value, json};

use crate::state_tenant::{StateTenant, address, file, to, world};
use crate::support::{Reply, World};

#[derive(Default)]
struct User {
    merged: RefCell<Option<Value>>,
    conflicts: RefCell<Vec<Conflict>>,
    restores: bool,
    asked: RefCell<Vec<(Option<String>, String)>>,
    declines: bool,
}

impl PushUser for User {
    fn confirm<'a>(&'a self, _: &'a str, _: &'a [StateChange]) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { !self.declines })
    }

    fn merge<'a>(&'a self, conflict: &'a Conflict) -> LocalBoxFuture<'a, Option<Value>> {
        self.conflicts.borrow_mut().push(conflict.clone());
        Box::pin(async { self.merged.borrow().clone() })
    }

    fn restore<'a>(&'a self, state: Option<&'a str>, message: &'a str) -> LocalBoxFuture<'a, bool> {
        self.asked
            .borrow_mut()
            .push((state.map(str::to_owned), message.to_owned()));
        Box::pin(async { self.restores })
    }
}

fn push_file(
    world: &World,
    user: &User,
    file: &Value,
    base: &Map<String, Value>,
) -> Result<PushReport, Stopped> {
    let (settings, address, text) = (Settings::default(), address(), file.to_string());
    let request = PushRequest {
        address: &address,
        text: &text,
        base,
        settings: &settings,
    };
    world.run(push_transitions(
        &world.tools,
        &request,
        user,
        &world.cancellation,
        &world.sink(),
    ))
}

fn push(world: &World, user: &User) -> Result<PushReport, Stopped> {
    push_file(world, user, &file(), &Map::new())
}

fn done(report: &PushReport) -> bool {
    matches!(report.states[0].1, StateOutcome::Done { .. })
}

#[test]
fn only_what_differs_is_pushed_then_compiled_and_told() {
    let (world, tenant) = world(StateTenant::new());
    tenant.borrow_mut().compilations = vec![
        json!({"status": "success"}),
        json!({"status": "pending"}),
        json!({"status": "pending"}),
    ];
    let report = push(&world, &User::default()).unwrap();
    assert_eq!(report.end, PushEnd::Compiled);
    assert!(done(&report));
    assert_eq!(
        world.asked(),
        [
            "GET /api/v1/bots/b/flows/f/states",
            "PATCH /api/v1/bots/b/flows/f/states/ask",
            "POST /api/v1/bots/b/flows/f/compile",
            "GET /api/v1/bots/b/flows/f/compile",
            "GET /api/v1/bots/b/flows/f/compile",
            "POST https://hooks.example.com/analytics"
        ]
    );
    assert_eq!(
        world.actions(),
        ["STATE_TRANSITIONS_PUSH", "STATE_TRANSITIONS_UPDATED"]
    );
    let body = &world.audited()[1].1;
    assert_eq!(body["transitionIds"], json!(["t1", "t9"]));
    assert_eq!(body["action"], "STATE_TRANSITIONS_UPDATED");
    assert_eq!(
        (&body["operatorId"], &body["stateId"]),
        (&json!("olga"), &json!("ask"))
    );
    assert_eq!(body["diff"]["added"][0]["id"], "t9");
    assert!(body["diff"]["added"][0]["actions"][0]["value"]["hmac"].is_string());
    assert!(!world.everything().contains("hidden-value"));
    let told = crate::support::body(&world.wire.seen.borrow()[5].1);
    assert_eq!(told["eventType"], "transition_update");
    assert_eq!(told["latencyMs"], 10);
    assert!(world.memory.records.borrow().is_empty());
    assert_eq!(push(&world, &User::default()), Err(Stopped::NothingToPush));
}

#[test]
fn what_the_api_cannot_change_is_listed_and_refused() {
    let (world, _) = world(StateTenant::new());
    let mut file = file();
    file["states"][1]["name"] = json!("Goodbye");
    file["states"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "new", "transitions": [to("t3", "ask")]}));
    let Err(Stopped::StatesDiffer(list)) = push_file(&world, &User::default(), &file, &Map::new())
    else {
        panic!("it must be refused");
    };
    assert_eq!(
        list,
        [
            "state \"bye\" was renamed from \"bye\"".to_owned(),
            "state \"new\" was added".into()
        ]
    );
    let mut file = crate::state_tenant::file();
    file["initialStateId"] = json!("bye");
    assert!(matches!(
        push_file(&world, &User::default(), &file, &Map::new()),
        Err(Stopped::StatesDiffer(_))
    ));
    let mut file = crate::state_tenant::file();
    file["states"][0]["transitions"][1]["targetStateId"] = json!("nowhere");
    assert!(matches!(
        push_file(&world, &User::default(), &file, &Map::new()),
        Err(Stopped::Problems(_))
    ));
    let user = User {
        declines: true,
        ..User::default()
    };
    assert_eq!(push(&world, &user), Err(Stopped::Declined));
    assert!(world.actions().is_empty());
}

#[test]
fn a_412_on_our_own_content_is_a_success() {
    let mut tenant = StateTenant::new();
    let mut first = true;
    // The effect happens, the answer is lost; the repetition meets its own mark.
    tenant.fault = Some(Box::new(move |_, request| {
        let lost = request.method == Method::Patch && std::mem::take(&mut first);
        lost.then_some((true, Reply::Fail(TransportError::Dropped, 5)))
    }));
    let (world, tenant) = world(tenant);
    let user = User::default();
    let report = push(&world, &user).unwrap();
    assert_eq!(report.end, PushEnd::Compiled);
    assert!(user.conflicts.borrow().is_empty());
    assert_eq!(tenant.borrow().states[0].1, 2, "changed once");
    assert_eq!(world.count("PATCH /api/v1/bots/b/flows/f/states/ask"), 2);
}

/// Somebody else changes "ask" just before our change arrives, so many times.
fn contested(times: usize) -> StateTenant {
    let mut tenant = StateTenant::new();
    let mut left = times;
    tenant.fault = Some(Box::new(move |states, request| {
        if request.method == Method::Patch && left > 0 {
            left -= 1;
            states[0].1 += 1;
            states[0].2 = json!([to("t1", "ask"), to(&format!("theirs{left}"), "bye")]);
        }
        None
    }));
    tenant
}

#[test]
fn a_conflict_is_merged_with_base_theirs_and_mine() {
    let (world, tenant) = world(contested(1));
    let merged = json!([to("t1", "ask"), {"id": "m", "targetStateId": "bye", "conditions": [{"value": "input.text == \"x\""}]}]);
    let user = User {
        merged: RefCell::new(Some(merged.clone())),
        ..User::default()
    };
    let base: Map<String, Value> = [("ask".to_owned(), json!([to("t1", "ask")]))]
        .into_iter()
        .collect();
    let report = push_file(&world, &user, &file(), &base).unwrap();
    assert_eq!(report.end, PushEnd::Compiled);
    assert_eq!(tenant.borrow().states[0].2, merged);
    let conflicts = user.conflicts.borrow();
    assert_eq!(conflicts[0].base, base.get("ask").cloned());
    assert_eq!(conflicts[0].theirs[1]["id"], "theirs0");
    assert_eq!(conflicts[0].mine[1]["id"], "t9");
}

#[test]
fn no_update_of_others_is_lost() {
    for (times, merges, done_at_last) in [(1, false, false), (2, true, true), (3, true, false)] {
        let (world, tenant) = world(contested(times));
        let merged = json!([to("t1", "ask")]);
        let user = User {
            merged: RefCell::new(merges.then_some(merged)),
            ..User::default()
        };
        let report = push(&world, &user).unwrap();
        assert_eq!(done(&report), done_at_last, "{times}");
        if !done_at_last {
            assert_eq!(report.end, PushEnd::Partly);
            assert_eq!(tenant.borrow().states[0].2[1]["id"], "theirs0");
            assert_eq!(
                world.actions(),
                ["STATE_TRANSITIONS_PUSH", "STATE_TRANSITIONS_PUSH"]
            );
            assert_eq!(world.count("POST /api/v1/bots/b/flows/f/compile"), 0);
        }
    }
}

#[test]
fn a_merge_that_breaks_rules_is_not_sent() {
    let (world, _) = world(contested(1));
    let user = User {
        merged: RefCell::new(Some(json!([to("t1", "nowhere")]))),
        ..User::default()
    };
    let report = push(&world, &user).unwrap();
    assert!(
        matches!(&report.states[0].1, StateOutcome::NotDone(reason) if reason.contains("ST101"))
    );
}

#[test]
fn a_refused_state_stops_the_rest_and_both_are_listed() {
    let mut tenant = StateTenant::new();
    tenant.fault = Some(Box::new(|_, request| {
        let refused = request.method == Method::Patch;
        refused.then(|| {
            (
                false,
                Reply::json(
                    400,
                    &json!({"code": "stateNotFound", "message": "no state"}),
                ),
            )
        })
    }));
    let (world, _) = world(tenant);
    let mut file = file();
    file["states"][1]["transitions"] = json!([to("t2", "bye")]);
    file["states"][1]["final"] = json!(true);
    let report = push_file(&world, &User::default(), &file, &Map::new()).unwrap();
    assert_eq!(report.end, PushEnd::Partly);
    let reason = |index: usize| match &report.states[index].1 {
        StateOutcome::NotDone(reason) => reason.clone(),
        other => panic!("{other:?}"),
    };
    assert!(reason(0).contains("stateNotFound"));
    assert!(reason(1).starts_with("It was not tried."));
}

#[test]
fn a_failed_compilation_names_its_state_and_is_restored() {
    for restores in [false, true] {
        let mut tenant = StateTenant::new();
        tenant.compilations =
            vec![json!({"status": "failed", "errorMessage": "State 'ask': transition t9 is bad."})];
        let (world, tenant) = world(tenant);
        let user = User {
            restores,
            ..User::default()
        };
        let report = push(&world, &user).unwrap();
        let PushEnd::CompileFailed {
            state, restored, ..
        } = &report.end
        else {
            panic!("{:?}", report.end);
        };
        assert_eq!((state.as_deref(), *restored), (Some("ask"), restores));
        let now = tenant.borrow().states[0].2.as_array().unwrap().len();
        assert_eq!(now, if restores { 1 } else { 2 });
        assert_eq!(world.actions().len(), if restores { 4 } else { 2 });
    }
}

#[test]
fn a_500_that_speaks_of_compilation_is_a_failed_compilation() {
    let mut tenant = StateTenant::new();
    tenant.fault = Some(Box::new(|_, request| {
        let compiles = request.url.ends_with("/compile");
        compiles.then(|| {
            (
                false,
                Reply::json(500, &json!({"message": "Compilation failed in bye"})),
            )
        })
    }));
    let (world, _) = world(tenant);
    let report = push(&world, &User::default()).unwrap();
    assert!(
        matches!(&report.end, PushEnd::CompileFailed { state: Some(state), .. } if state == "bye")
    );
    assert_eq!(
        world.count("POST /api/v1/bots/b/flows/f/compile"),
        1,
        "it is not repeated"
    );
}

#[test]
fn a_compilation_that_never_ends_is_not_waited_for_for_ever() {
    let mut tenant = StateTenant::new();
    tenant.compilations = vec![json!({"status": "pending"}); 1_000];
    let (world, _) = world(tenant);
    let report = push(&world, &User::default()).unwrap();
    assert!(matches!(report.end, PushEnd::CompileUnknown(_)));
    assert!((300_000..310_000).contains(&world.time.passed()));
}
