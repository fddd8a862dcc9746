//! Testing a connection.

use cognigy::area::Area;
use cognigy::connection_test::{AreaTest, ConnectionTest, KeyTest, test_connection};
use cognigy::http::Request;
use cognigy::ports::TransportError;
use cognigy::secret::Credential;
use serde_json::json;

use crate::support::{Making, Reply, World};

fn test(
    making: Making,
    answer: impl FnMut(&Request) -> Reply + 'static,
) -> (ConnectionTest, World) {
    let making = Making {
        gives_tokens: false,
        ..making
    };
    let world = World::made(making, answer);
    let found = world.run(test_connection(&world.tools.client, &world.cancellation));
    (found, world)
}

fn is_token(request: &Request) -> bool {
    request.url.ends_with("/oauth/token")
}

fn token() -> Reply {
    Reply::json(200, &json!({"access_token": "t"}))
}

#[test]
fn a_connection_that_works() {
    let (found, world) = test(Making::default(), |request| {
        if is_token(request) {
            token()
        } else {
            Reply::json(404, &json!({}))
        }
    });
    assert!(found.passes(), "{found:?}");
    assert_eq!(world.count("POST /oauth/token"), 5);
    let seen = world.wire.seen.borrow();
    let last = &seen.last().unwrap().1;
    assert!(last.header("idempotency-key").is_some() && last.method.as_str() == "GET");
    assert_eq!(found.sentences().len(), 6);
}

#[test]
fn a_key_that_is_blocked_can_be_switched_off() {
    let (found, _) = test(Making::default(), |request| {
        if is_token(request) {
            token()
        } else if request.header("idempotency-key").is_some() {
            Reply::Fail(TransportError::Blocked, 1)
        } else {
            Reply::json(200, &json!({"data": []}))
        }
    });
    assert_eq!(found.idempotency_keys, Some(KeyTest::BlocksKeys));
    assert!(
        found
            .sentences()
            .last()
            .unwrap()
            .contains("Switch the key off")
    );
    let mut making = Making::default();
    making.connection.idempotency_keys = false;
    let (found, _) = test(making, |_| token());
    assert_eq!(found.idempotency_keys, None);
}

#[test]
fn a_browser_that_blocks_everything_is_told() {
    let (found, _) = test(Making::default(), |request| {
        if is_token(request) {
            token()
        } else {
            Reply::Fail(TransportError::Blocked, 1)
        }
    });
    assert!(matches!(found.idempotency_keys, Some(KeyTest::Fails(_))));
    assert!(found.sentences().last().unwrap().contains("CORS"));
}

#[test]
fn missing_scopes_are_found_one_by_one() {
    let (found, _) = test(Making::default(), |request| {
        if !is_token(request) {
            return Reply::json(200, &json!({}));
        }
        let asked = String::from_utf8(request.body.clone().unwrap()).unwrap();
        if asked.contains("version%3Awrite") || asked.contains("export%3Aread") {
            Reply::json(400, &json!({"error": "invalid_scope"}))
        } else {
            token()
        }
    });
    let missing = AreaTest::MissingScopes(vec!["version:write", "export:read"]);
    assert_eq!(found.areas[0], (Area::Dialogs, missing));
    assert_eq!(found.areas[1], (Area::Transitions, AreaTest::Works));
}

#[test]
fn a_pasted_token_is_read_for_its_scopes() {
    // {"scope":"context:write"}
    let making = || Making {
        credential: Credential::pasted("e30.eyJzY29wZSI6ImNvbnRleHQ6d3JpdGUifQ.x"),
        ..Making::default()
    };
    let (found, _) = test(making(), |_| Reply::json(200, &json!({})));
    let of_context = found
        .areas
        .iter()
        .find(|(area, _)| *area == Area::Context)
        .unwrap();
    assert_eq!(
        of_context.1,
        AreaTest::MissingScopes(vec!["conversation:read"])
    );
}

#[test]
fn a_wrong_secret_is_told_for_each_area() {
    let (found, _) = test(Making::default(), |_| {
        Reply::json(401, &json!({"error": "invalid_client"}))
    });
    assert!(
        found
            .areas
            .iter()
            .all(|(_, test)| matches!(test, AreaTest::Fails(_)))
    );
    assert_eq!(found.idempotency_keys, None);
}
