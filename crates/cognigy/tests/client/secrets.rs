//! A secret must be found nowhere but in the one request that needs it.

use cognigy::secret::{Credential, Secret};
use cognigy::send::Watch;
use serde_json::json;

use crate::dialogs::{DialogTenant, flow, world_made};
use crate::support::{CANARY, Making, Reply, World};

#[test]
fn the_secret_of_a_client_stays_in_its_token_request() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let world = World::made(making, |request| {
        if request.url.ends_with("/oauth/token") {
            return Reply::json(
                200,
                &json!({"access_token": format!("{CANARY}-token"), "expires_in": 60}),
            );
        }
        Reply::json(500, &json!({"message": "down"}))
    });
    let settings = flow::rules::Settings::default();
    let stopped = world
        .run(cognigy::operation::export_flow(
            &world.tools,
            "d",
            &settings,
            &world.cancellation,
            &world.sink(),
        ))
        .unwrap_err();
    assert!(!format!("{stopped} {stopped:?}").contains(CANARY));
    assert!(!world.everything().contains(CANARY));
    for (_, request) in world.wire.seen.borrow().iter() {
        assert!(!request.url.contains(CANARY));
        let in_body =
            String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).contains(CANARY);
        assert_eq!(in_body, request.url.ends_with("/oauth/token"));
    }
}

#[test]
fn a_pasted_token_is_in_no_record_of_a_deployment() {
    let making = Making {
        credential: Credential::pasted(&format!("Bearer {CANARY}")),
        ..Making::default()
    };
    let shown = format!("{:?}", making.credential);
    assert!(!shown.contains(CANARY), "{shown}");
    let mut tenant = DialogTenant::with_one();
    tenant.alter_export = Some(|flow| flow["name"] = json!("Altered"));
    let (world, _) = world_made(making, tenant);
    let text = flow("1.1.0", "New").to_string();
    let report =
        crate::deploy::deploy_text(&world, &crate::deploy::User::default(), &text).unwrap();
    assert!(!format!("{report:?}").contains(CANARY));
    assert!(!world.everything().contains(CANARY));
    assert!(world.memory.journalled.borrow().len() > 2);
}

#[test]
fn secrets_do_not_serialise() {
    let secret = Secret::new(CANARY);
    assert_eq!(
        serde_json::to_string(&json!({"secret": secret})).unwrap(),
        r#"{"secret":"[secret]"}"#
    );
    assert!(!format!("{:?} {:?}", secret, Some(&secret)).contains(CANARY));
}

#[test]
fn errors_that_repeat_what_was_sent_do_not_tell_the_secret() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let world = World::made(making, |_| {
        Reply::json(401, &json!({"error": "invalid_client"}))
    });
    let call = cognigy::send::Call::get(cognigy::area::Area::Dialogs, &["thing"]);
    let failed = world
        .run(world.tools.client.call(&call, &Watch::default()))
        .unwrap_err();
    assert!(!format!("{failed} {failed:?}").contains(CANARY));
}
