//! Every sentence an error can say.

use cognigy::area::Area;
use cognigy::error::{CallError, Changed, Error, Mistake};
use cognigy::send::{Call, Watch};
use serde_json::json;

use crate::support::{Reply, START, World};

#[test]
fn every_error_says_what_happened_whether_it_changed_anything_and_what_to_do() {
    let message = || "scope missing".to_owned();
    let errors = [
        Error::Offline,
        Error::Blocked,
        Error::Timeout { waited: 15_000 },
        Error::Cancelled,
        Error::Unauthorized { message: message() },
        Error::Unauthorized {
            message: String::new(),
        },
        Error::Forbidden {
            scopes: Area::Context.scopes(),
            message: message(),
        },
        Error::NotFound {
            what: "/api/v2/dialogs/x/versions".into(),
        },
        Error::Conflict {
            message: String::new(),
        },
        Error::Invalid(vec![
            Mistake {
                path: "nodes[1].id".into(),
                code: "duplicateId".into(),
                message: "The id stands twice.".into(),
            },
            Mistake {
                path: String::new(),
                code: "tooLarge".into(),
                message: "tooLarge".into(),
            },
        ]),
        Error::RateLimited { until: None },
        Error::RateLimited {
            until: Some(START + 90_000),
        },
        Error::Server {
            status: 503,
            request_id: Some("r-17".into()),
            message: "maintenance".into(),
        },
        Error::NotJson {
            start: "<!doctype html>".into(),
        },
        Error::NotJson {
            start: String::new(),
        },
        Error::Decode {
            path: "data[3].id".into(),
            expected: "a text",
        },
        Error::Paused {
            until: START + 15_000,
        },
    ];
    let sentences: Vec<String> = errors
        .into_iter()
        .enumerate()
        .map(|(index, error)| {
            let changed = if index % 2 == 0 {
                Changed::Nothing
            } else {
                Changed::Perhaps
            };
            CallError {
                error,
                changed,
                at: START,
            }
            .to_string()
        })
        .collect();
    insta::assert_snapshot!("sentences", sentences.join("\n"));
}

/// What a reply becomes.
fn error(reply: Reply) -> Error {
    let world = World::new(move |_| reply.clone());
    let call = Call::post(Area::Context, &["thing"], Some("{}".into()));
    world
        .run(world.tools.client.call(&call, &Watch::default()))
        .unwrap_err()
        .error
}

#[test]
fn answers_become_errors() {
    let listed = json!({"errors": [{"path": "a", "code": "b", "message": "c"}, {"code": "d"}]});
    let mistake = |path: &str, code: &str, message: &str| Mistake {
        path: path.into(),
        code: code.into(),
        message: message.into(),
    };
    assert_eq!(
        error(Reply::json(400, &listed)),
        Error::Invalid(vec![mistake("a", "b", "c"), mistake("", "d", "d")])
    );
    assert_eq!(
        error(Reply::json(
            422,
            &json!({"code": "stateNotFound", "message": "no state x"})
        )),
        Error::Invalid(vec![mistake("", "stateNotFound", "no state x")])
    );
    assert_eq!(
        error(Reply::text(413, "<html>")),
        Error::Invalid(vec![mistake("", "", "status 413 without a reason")])
    );
    assert_eq!(
        error(Reply::json(500, &json!({"message": "oops"})).header("x-request-id", "r1")),
        Error::Server {
            status: 500,
            request_id: Some("r1".into()),
            message: "oops".into()
        }
    );
    assert!(matches!(
        error(Reply::json(302, &json!({}))),
        Error::Server { status: 302, .. }
    ));
    assert!(
        matches!(error(Reply::json(403, &json!({}))), Error::Forbidden { scopes, .. } if scopes == Area::Context.scopes())
    );
    let long = "ä".repeat(500);
    assert_eq!(
        error(Reply::text(200, &long)),
        Error::NotJson {
            start: "ä".repeat(200)
        }
    );
}
