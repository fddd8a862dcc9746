//! Deploying and switching versions: the good way, every refusal, every question.

use std::cell::RefCell;

use cognigy::http::Method;
use cognigy::operation::{
    DeployEnd, DeployPlan, DeployReport, DeployRequest, DeployUser, Event, PreviousChoice,
    StepState, Stopped, SwitchKind, SwitchRequest, SwitchUser, VersionTaken, deploy, next_patch,
    switch_version,
};
use cognigy::ports::LocalBoxFuture;
use cognigy::resource::dialogs::Version;
use flow::rules::Settings;
use serde_json::{Value, json};

use crate::dialogs::{DialogTenant, Fault, Stored, Wrong, flow, world};
use crate::support::World;

/// A user with fixed answers.
pub(crate) struct User {
    confirms: bool,
    other_id: bool,
    active: Option<PreviousChoice>,
    renumbered: RefCell<Option<String>>,
    plan: RefCell<Option<DeployPlan>>,
    taken: RefCell<Option<VersionTaken>>,
}

impl Default for User {
    fn default() -> Self {
        Self {
            confirms: true,
            other_id: false,
            active: None,
            renumbered: RefCell::default(),
            plan: RefCell::default(),
            taken: RefCell::default(),
        }
    }
}

impl DeployUser for User {
    fn other_id<'a>(&'a self, _: &'a str, _: &'a str) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { self.other_id })
    }

    fn which_is_active<'a>(
        &'a self,
        _: &'a [Version],
    ) -> LocalBoxFuture<'a, Option<PreviousChoice>> {
        Box::pin(async { self.active.clone() })
    }

    fn version_taken<'a>(&'a self, taken: &'a VersionTaken) -> LocalBoxFuture<'a, Option<String>> {
        *self.taken.borrow_mut() = Some(taken.clone());
        Box::pin(async { self.renumbered.take() })
    }

    fn confirm<'a>(&'a self, plan: &'a DeployPlan) -> LocalBoxFuture<'a, bool> {
        *self.plan.borrow_mut() = Some(plan.clone());
        Box::pin(async { self.confirms })
    }
}

impl SwitchUser for User {
    fn confirm<'a>(
        &'a self,
        _: &'a str,
        _: &'a Version,
        _: Option<&'a Version>,
    ) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { self.confirms })
    }
}

pub(crate) fn deploy_text(world: &World, user: &User, text: &str) -> Result<DeployReport, Stopped> {
    let settings = Settings::default();
    let request = DeployRequest {
        dialog: "d",
        text,
        settings: &settings,
    };
    world.run(deploy(
        &world.tools,
        &request,
        user,
        &world.cancellation,
        &world.sink(),
    ))
}

pub(crate) fn deploy_new(world: &World) -> Result<DeployReport, Stopped> {
    deploy_text(world, &User::default(), &flow("1.1.0", "New").to_string())
}

#[test]
fn a_deployment_ends_with_the_new_version_proved() {
    let (world, tenant) = world(DialogTenant::with_one());
    let user = User::default();
    let mut text = flow("1.1.0", "New");
    text["flowdeck"] = json!({"notes": []});
    text["mine"] = json!(1);
    let report = deploy_text(&world, &user, &text.to_string()).unwrap();
    assert_eq!(
        report.end,
        DeployEnd::NewActive {
            version_id: "v2".into(),
            compared: true,
        }
    );
    assert_eq!(
        world.asked(),
        [
            "GET /api/v2/dialogs/d/versions",
            "GET /api/v2/dialogs/d/export",
            "POST /api/v2/dialogs/d/versions",
            "PATCH /api/v2/dialogs/d/versions/v2",
            "GET /api/v2/dialogs/d/versions",
            "GET /api/v2/dialogs/d/export"
        ]
    );
    let sent = &tenant.borrow().versions[1].flow;
    assert!(
        sent.get("flowdeck").is_none() && sent.get("mine").is_none(),
        "{sent}"
    );
    assert_eq!(report.latency, 40);
    let plan = user.plan.take().unwrap();
    assert_eq!(plan.old.unwrap()["nodes"][0]["label"], "Old");
    assert_eq!(plan.new["nodes"][0]["label"], "New");
    assert_eq!(plan.tenant, "https://tenant.example.com");
    assert_eq!(world.actions(), ["FLOW_DEPLOY", "FLOW_DEPLOY"]);
    assert_eq!(
        world.audited()[1].1,
        json!({
            "dialog_id": "d", "version": "1.1.0", "version_id": "v2", "previous_version_id": "v1",
            "result": "new_version_active"
        })
    );
    assert!(world.memory.records.borrow().is_empty());
    assert_eq!(report.books.head.unwrap().size, 2);
    let seen = world.wire.seen.borrow();
    assert!(seen[2].1.header("idempotency-key").is_some());
}

#[test]
fn steps_are_told_in_order() {
    let (world, _) = world(DialogTenant::with_one());
    deploy_new(&world).unwrap();
    let events = world.events.borrow();
    let done: Vec<&str> = events
        .iter()
        .filter_map(|event| match event {
            Event::Step {
                step,
                state: StepState::Done,
            } => Some(step.id),
            _ => None,
        })
        .collect();
    let ahead: Vec<&str> = match &events[0] {
        Event::Started { steps, .. } => steps.iter().map(|step| step.id).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(done, ahead);
}

#[test]
fn errors_stop_it_before_anything_is_sent() {
    let (world, _) = world(DialogTenant::with_one());
    let mut broken = flow("1.1.0", "New");
    broken["edges"] = json!([]);
    broken["flowdeck"] =
        json!({"allow": [{"code": "FD402", "pointer": "/nodes/0", "reason": "x"}]});
    let stopped = deploy_text(&world, &User::default(), &broken.to_string()).unwrap_err();
    assert!(matches!(&stopped, Stopped::Problems(found) if !found.is_empty()));
    assert!(stopped.to_string().ends_with("Nothing was changed."));
    let stopped = deploy_text(&world, &User::default(), "{").unwrap_err();
    assert!(matches!(stopped, Stopped::Unreadable(_)));
    let states = r#"{"botId": "b", "flowId": "f", "states": []}"#;
    assert!(matches!(
        deploy_text(&world, &User::default(), states),
        Err(Stopped::WrongKind { .. })
    ));
    assert!(world.asked().is_empty() && world.actions().is_empty());
}

#[test]
fn the_user_is_asked_and_may_stop() {
    let (world, tenant) = world(DialogTenant::with_one());
    let other = flow("1.1.0", "New")
        .to_string()
        .replace("\"id\":\"d\"", "\"id\":\"other\"");
    assert_eq!(
        deploy_text(&world, &User::default(), &other),
        Err(Stopped::Declined)
    );
    let user = User {
        confirms: false,
        ..User::default()
    };
    let text = flow("1.1.0", "New").to_string();
    assert_eq!(deploy_text(&world, &user, &text), Err(Stopped::Declined));
    assert_eq!(tenant.borrow().versions.len(), 1);
    let user = User {
        other_id: true,
        ..User::default()
    };
    assert!(deploy_text(&world, &user, &other).unwrap().end.is_proved());
}

#[test]
fn a_number_that_is_taken_is_bumped_or_stops() {
    let mut tenant = DialogTenant::with_one();
    tenant.versions.push(Stored {
        id: "v2".into(),
        version: "1.0.1".into(),
        active: false,
        flow: Value::Null,
    });
    let (world, tenant) = world(tenant);
    let text = flow("1.0.0", "New").to_string();
    let stopped = deploy_text(&world, &User::default(), &text).unwrap_err();
    assert!(stopped.to_string().contains("1.0.2 is free"), "{stopped}");
    let user = User {
        renumbered: RefCell::new(Some(flow("1.0.2", "New").to_string())),
        ..User::default()
    };
    let report = deploy_text(&world, &user, &text).unwrap();
    assert_eq!(
        (report.version.as_str(), report.end.is_proved()),
        ("1.0.2", true)
    );
    assert_eq!(user.taken.take().unwrap().next, "1.0.2");
    assert_eq!(tenant.borrow().active(), Some("v3".into()));
    assert_eq!(next_patch("nonsense", &[]), "0.0.1");
    assert_eq!(next_patch("1.2.9", &[]), "1.2.10");
}

#[test]
fn a_first_version_has_nothing_before_it() {
    let (world, tenant) = world(DialogTenant::default());
    let report = deploy_new(&world).unwrap();
    assert_eq!(
        report.end,
        DeployEnd::NewActive {
            version_id: "v1".into(),
            compared: true,
        }
    );
    assert_eq!(tenant.borrow().active(), Some("v1".into()));
}

#[test]
fn where_none_is_called_active_the_user_says_which() {
    for (choice, starts) in [
        (None, false),
        (Some(PreviousChoice::None), true),
        (Some(PreviousChoice::Version("v1".into())), true),
        (Some(PreviousChoice::Version("v9".into())), false),
    ] {
        let mut tenant = DialogTenant::with_one();
        tenant.versions[0].active = false;
        let (world, _) = world(tenant);
        let user = User {
            active: choice.clone(),
            ..User::default()
        };
        let text = flow("1.1.0", "New").to_string();
        let ended = deploy_text(&world, &user, &text);
        // With a version before, its export must be readable; here there is none.
        let starts = starts && choice == Some(PreviousChoice::None);
        assert_eq!(ended.is_ok(), starts, "{choice:?}: {ended:?}");
    }
}

#[test]
fn without_its_intent_it_does_not_start() {
    let (world, tenant) = world(DialogTenant::with_one());
    world.memory.lines_left.set(Some(0));
    assert!(matches!(deploy_new(&world), Err(Stopped::NoRecord(_))));
    world.memory.lines_left.set(None);
    world.memory.records_left.set(Some(0));
    assert!(matches!(deploy_new(&world), Err(Stopped::NoRecord(_))));
    assert_eq!(tenant.borrow().versions.len(), 1);
    assert_eq!(world.count("POST /api/v2/dialogs/d/versions"), 0);
}

#[test]
fn a_conflict_with_ourselves_is_no_conflict() {
    let mut tenant = DialogTenant::with_one();
    tenant.fault = Some(Box::new(|_, request| {
        (request.method != Method::Get).then_some(Fault::After(Wrong::Status(409)))
    }));
    let (world, tenant) = world(tenant);
    let report = deploy_new(&world).unwrap();
    assert_eq!(
        report.end,
        DeployEnd::NewActive {
            version_id: "v2".into(),
            compared: true,
        }
    );
    assert_eq!(tenant.borrow().numbered("1.1.0"), 1);
}

#[test]
fn an_older_version_is_promoted_and_rolled_back_to() {
    for (kind, action) in [
        (SwitchKind::Promote, "FLOW_DEPLOY"),
        (SwitchKind::RollBack, "FLOW_ROLLBACK"),
    ] {
        let mut tenant = DialogTenant::with_one();
        tenant.versions.push(Stored {
            id: "v0".into(),
            version: "0.9.0".into(),
            active: false,
            flow: flow("0.9.0", "Older"),
        });
        let (world, tenant) = world(tenant);
        let switch = |version_id| {
            let request = SwitchRequest {
                dialog: "d",
                version_id,
                kind,
            };
            let user = User::default();
            world.run(switch_version(
                &world.tools,
                &request,
                &user,
                &world.cancellation,
                &world.sink(),
            ))
        };
        assert_eq!(switch("v7"), Err(Stopped::NoSuchVersion("v7".into())));
        assert_eq!(switch("v1"), Err(Stopped::AlreadyActive("v1".into())));
        let report = switch("v0").unwrap();
        assert_eq!(
            report.end,
            DeployEnd::NewActive {
                version_id: "v0".into(),
                compared: false,
            }
        );
        assert!(
            report.end.to_string().contains("was not compared"),
            "{}",
            report.end
        );
        assert_eq!(tenant.borrow().active(), Some("v0".into()));
        assert_eq!(world.actions(), [action, action]);
    }
}
