//! Tokens: asked for once, kept, renewed early, and once more after a 401.

use cognigy::area::Area;
use cognigy::error::{CallError, Changed, Error};
use cognigy::ports::{LocalBoxFuture, TransportError};
use cognigy::secret::Credential;
use cognigy::send::{Call, Watch};
use serde_json::json;

use crate::support::{CANARY, Making, Reply, World, together};

fn call(area: Area) -> Call {
    Call::get(area, &["thing"])
}

/// A tenant that gives a new token each time and takes those that `accepts` says.
fn tenant(life: u64, accepts: impl Fn(usize) -> bool + 'static) -> World {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let mut given = 0;
    World::made(making, move |request| {
        if request.url.ends_with("/oauth/token") {
            given += 1;
            let token = format!("token-{given}");
            return Reply::json(200, &json!({"access_token": token, "expires_in": life}));
        }
        let token = request
            .header("authorization")
            .unwrap()
            .trim_start_matches("Bearer token-");
        if accepts(token.parse().unwrap()) {
            Reply::json(200, &json!({}))
        } else {
            Reply::json(401, &json!({"message": "token revoked"}))
        }
    })
}

fn tokens(world: &World) -> usize {
    world.count("POST /oauth/token")
}

#[test]
fn one_token_is_shared_by_all_who_wait() {
    let world = tenant(3_600, |_| true);
    let watch = Watch::default();
    let calls = (0..20).map(|_| {
        let (client, watch) = (&world.tools.client, &watch);
        Box::pin(async move { client.call(&call(Area::Dialogs), watch).await.is_ok() }) as _
    });
    assert!(
        world
            .run(together(calls.collect()))
            .into_iter()
            .all(|worked| worked)
    );
    assert_eq!(tokens(&world), 1);
    world
        .run(world.tools.client.call(&call(Area::Context), &watch))
        .unwrap();
    assert_eq!(tokens(&world), 2, "other scopes, another token");
}

#[test]
fn id_and_secret_go_in_the_body_or_in_a_header() {
    for http_basic in [false, true] {
        let mut making = Making {
            gives_tokens: false,
            ..Making::default()
        };
        making.connection.http_basic = http_basic;
        let world = World::made(making, |_| Reply::json(200, &json!({"access_token": "t"})));
        world
            .run(
                world
                    .tools
                    .client
                    .call(&call(Area::Context), &Watch::default()),
            )
            .unwrap();
        let seen = world.wire.seen.borrow();
        let request = &seen[0].1;
        let body = String::from_utf8(request.body.clone().unwrap()).unwrap();
        assert!(body.starts_with(
            "grant_type=client_credentials&scope=context%3Awrite%20conversation%3Aread"
        ));
        assert_eq!(
            body.contains(&format!("client_id=client&client_secret={CANARY}")),
            !http_basic
        );
        let basic = "Basic Y2xpZW50OmNhbmFyeS1zZWNyZXQtNWYxYw==";
        assert_eq!(request.header("authorization"), http_basic.then_some(basic));
        assert!(!request.url.contains(CANARY));
    }
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    for (life, renewed_after) in [(3_600, 3_300), (100, 90)] {
        let world = tenant(life, |_| true);
        let watch = Watch::default();
        let ask = || {
            world
                .run(world.tools.client.call(&call(Area::Dialogs), &watch))
                .unwrap()
        };
        ask();
        world.time.pass(renewed_after * 1_000 - 1_000);
        ask();
        assert_eq!(tokens(&world), 1, "{life}");
        world.time.pass(1_000);
        ask();
        assert_eq!(tokens(&world), 2, "{life}");
    }
}

#[test]
fn a_401_forces_one_fresh_token_and_no_second() {
    let world = tenant(3_600, |token| token == 2);
    world
        .run(
            world
                .tools
                .client
                .call(&call(Area::Dialogs), &Watch::default()),
        )
        .unwrap();
    assert_eq!(tokens(&world), 2);

    let world = tenant(3_600, |_| false);
    let failed = world.run(
        world
            .tools
            .client
            .call(&call(Area::Dialogs), &Watch::default()),
    );
    let failed = failed.unwrap_err();
    assert!(matches!(failed.error, Error::Unauthorized { .. }));
    assert_eq!(failed.changed, Changed::Nothing);
    assert_eq!((tokens(&world), world.count("GET /thing")), (2, 2));
}

#[test]
fn many_401s_at_once_fetch_one_fresh_token() {
    let world = tenant(3_600, |token| token >= 2);
    let watch = Watch::default();
    let calls = (0..10).map(|_| {
        let (client, watch) = (&world.tools.client, &watch);
        Box::pin(async move { client.call(&call(Area::Dialogs), watch).await.is_ok() }) as _
    });
    assert!(
        world
            .run(together(calls.collect()))
            .into_iter()
            .all(|worked| worked)
    );
    assert_eq!(tokens(&world), 2);
}

#[test]
fn a_failure_is_shared_too() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let world = World::made(making, |_| {
        Reply::json(
            401,
            &json!({"error": "invalid_client", "error_description": "no such client"}),
        )
    });
    let watch = Watch::default();
    let calls = (0..10).map(|_| {
        let (client, watch) = (&world.tools.client, &watch);
        Box::pin(async move { client.call(&call(Area::Dialogs), watch).await.unwrap_err() }) as _
    });
    let failures = world.run(together(calls.collect()));
    assert!(
        failures
            .iter()
            .all(|failed: &CallError| failed.to_string().contains("no such client"))
    );
    assert_eq!(tokens(&world), 1);
}

#[test]
fn an_early_renewal_that_fails_does_no_harm() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let mut given = false;
    let world = World::made(making, move |request| {
        if request.url.ends_with("/oauth/token") && std::mem::replace(&mut given, true) {
            return Reply::json(400, &json!({"error": "temporarily_unavailable"}));
        }
        Reply::json(200, &json!({"access_token": "t", "expires_in": 1_000}))
    });
    let watch = Watch::default();
    world
        .run(world.tools.client.call(&call(Area::Dialogs), &watch))
        .unwrap();
    world.time.pass(950_000);
    world
        .run(world.tools.client.call(&call(Area::Dialogs), &watch))
        .unwrap();
    world.time.pass(50_000);
    world
        .run(world.tools.client.call(&call(Area::Dialogs), &watch))
        .unwrap_err();
}

#[test]
fn a_pasted_token_is_used_until_it_ends() {
    let making = Making {
        credential: Credential::Token {
            token: cognigy::secret::Secret::new("pasted"),
            expires_at: Some(crate::support::START + 1_000),
        },
        gives_tokens: false,
        ..Making::default()
    };
    let world = World::made(making, |_| Reply::json(200, &json!({})));
    let watch = Watch::default();
    world
        .run(world.tools.client.call(&call(Area::Dialogs), &watch))
        .unwrap();
    assert_eq!(
        world.wire.seen.borrow()[0].1.header("authorization"),
        Some("Bearer pasted")
    );
    world.time.pass(1_000);
    let failed = world
        .run(world.tools.client.call(&call(Area::Dialogs), &watch))
        .unwrap_err();
    assert!(failed.to_string().contains("expired"), "{failed}");
    assert_eq!(world.asked(), ["GET /thing"]);
}

#[test]
fn what_may_have_got_through_before_a_401_stays_open() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let mut replies = vec![
        Reply::json(412, &json!({})),
        Reply::json(401, &json!({})),
        Reply::Fail(TransportError::Dropped, 5),
    ];
    let world = World::made(making, move |request| {
        if request.url.ends_with("/oauth/token") {
            return Reply::json(200, &json!({"access_token": "t"}));
        }
        replies.pop().unwrap()
    });
    let call = Call::patch(Area::Dialogs, &["thing"], "{}".into()).if_match(Some("1"));
    let failed = world
        .run(world.tools.client.call(&call, &Watch::default()))
        .unwrap_err();
    assert!(matches!(failed.error, Error::Conflict { .. }));
    assert_eq!(failed.changed, Changed::Perhaps);
}

#[test]
fn waiting_for_somebody_elses_token_can_be_stopped() {
    let making = Making {
        gives_tokens: false,
        ..Making::default()
    };
    let world = World::made(making, |_| {
        Reply::json(200, &json!({"access_token": "t"})).after(9_000)
    });
    let (waits, stops) = (Watch::default(), Watch::default());
    let ask = |watch: Watch| {
        let (client, time) = (&world.tools.client, &world.time);
        async move {
            let failed = client.call(&call(Area::Dialogs), &watch).await.err();
            (failed.map(|failed| failed.error), time.passed())
        }
    };
    let stop = async {
        use cognigy::ports::Clock as _;
        world.time.sleep(1_000).await;
        stops.cancellation.cancel();
        (None, world.time.passed())
    };
    let ends = vec![
        Box::pin(ask(waits)) as LocalBoxFuture<'_, _>,
        Box::pin(ask(stops.clone())),
        Box::pin(stop),
    ];
    let ends = world.run(together(ends));
    assert_eq!(ends[1], (Some(Error::Cancelled), 1_000));
    assert_eq!(ends[0], (None, 18_000));
}
