//! Tokens: how they are got, how long they are good, and for what.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{NOON, Practice, json as body_of};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const BOTS: &str = "/api/v1/bots/nordlicht-shop/versions";

fn grant(practice: &mut Practice, headers: &[(&str, &str)], form: &str) -> (u16, Value) {
    practice.token.clear();
    let response = practice.whole("POST /oauth/token", headers, form);
    (response.status, body_of(&response))
}

fn with_token(client: &str, secret: &str) -> Practice {
    let mut practice = Practice::new();
    let form = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
    let (_, granted) = grant(&mut practice, &[FORM], &form);
    practice.carry(&granted);
    practice
}

fn pasted(payload: &Value) -> Practice {
    let mut practice = Practice::new();
    let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
    practice.token = format!("eyJhbGciOiJub25lIn0.{payload}.c2ln");
    practice
}

#[test]
fn every_token_url_takes_credentials_in_the_body() {
    for url in ["/oauth/token", "/api/v1/oauth/token", "/api/v1/auth/token"] {
        let mut practice = Practice::new();
        practice.token.clear();
        let form = "grant_type=client_credentials&client_id=practice-client\
                    &client_secret=practice-secret&scope=bot%3Aread+flow%3Acompile";
        let response = practice.whole(&format!("POST {url}"), &[FORM], form);
        let granted = body_of(&response);
        assert_eq!(response.status, 200, "{granted}");
        assert_eq!(granted["expires_in"], 3600);
        assert_eq!(granted["token_type"], "Bearer");
        assert_eq!(granted["scope"], "bot:read flow:compile");
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn credentials_may_come_by_http_basic() {
    let mut practice = Practice::new();
    let basic = format!(
        "Basic {}",
        STANDARD.encode("practice-client:practice-secret")
    );
    let headers = [FORM, ("authorization", basic.as_str())];
    let (status, granted) = grant(&mut practice, &headers, "grant_type=client_credentials");
    assert_eq!(status, 200);
    practice.carry(&granted);
    assert_eq!(practice.get(BOTS).0, 200);
}

#[test]
fn a_broken_basic_header_is_no_credential_whatever_the_body_says() {
    let form =
        "grant_type=client_credentials&client_id=practice-client&client_secret=practice-secret";
    for basic in ["Basic !", "Basic bm9jb2xvbg=="] {
        let headers = [FORM, ("authorization", basic)];
        let (status, refused) = grant(&mut Practice::new(), &headers, form);
        assert_eq!(status, 401, "{basic}: {refused}");
    }
    let headers = [FORM, ("authorization", "Bearer old")];
    assert_eq!(grant(&mut Practice::new(), &headers, form).0, 200);
}

#[test]
fn a_grant_is_refused_in_the_words_of_oauth() {
    let rows = [
        ("grant_type=password", 400, "unsupported_grant_type"),
        ("", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        (
            "grant_type=client_credentials&client_id=practice-client&client_secret=wrong",
            401,
            "invalid_client",
        ),
        (
            "grant_type=client_credentials&client_id=nobody&client_secret=practice-secret",
            401,
            "invalid_client",
        ),
        (
            "grant_type=client_credentials&client_id=reading-client&client_secret=reading-secret\
             &scope=bot:read%20bot:write",
            400,
            "invalid_scope",
        ),
    ];
    for (form, status, error) in rows {
        let (found, refused) = grant(&mut Practice::new(), &[FORM], form);
        assert_eq!(
            (found, refused["error"].as_str()),
            (status, Some(error)),
            "{form}"
        );
    }
    let json = [("content-type", "application/json")];
    let (status, refused) = grant(&mut Practice::new(), &json, "{}");
    assert_eq!(
        (status, &refused["error"]),
        (400, &json!("invalid_request"))
    );
}

#[test]
fn a_missing_scope_is_named() {
    let mut practice = with_token("reading-client", "reading-secret");
    assert_eq!(practice.get(BOTS).0, 200);
    let call = "POST /api/v1/bots/nordlicht-shop/flows/checkout/compile";
    let (status, refused) = practice.send(call, &[], &json!({}));
    assert_eq!(status, 403);
    assert_eq!(refused["code"], "insufficientScope");
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("flow:compile")
    );
}

#[test]
fn a_token_expires() {
    let mut practice = with_token("hasty-client", "hasty-secret");
    practice.now = NOON + 19_999;
    assert_eq!(practice.get(BOTS).0, 200);
    practice.now = NOON + 20_000;
    let response = practice.whole(&format!("GET {BOTS}"), &[], "");
    assert_eq!(response.status, 401);
    let challenge = response.header("www-authenticate").unwrap();
    assert!(challenge.starts_with("Bearer"), "{challenge}");
}

#[test]
fn a_pasted_token_says_itself_what_it_is_good_for() {
    let soon = NOON / 1000 + 10;
    let rows = [
        (json!({}), 200),
        (json!({"exp": soon}), 200),
        (json!({"exp": NOON / 1000}), 401),
        (json!({"exp": "never"}), 401),
        (json!({"scope": "bot:read version:read"}), 200),
        (json!({"scopes": ["bot:read"]}), 200),
        (json!({"scp": ["version:read"]}), 403),
        (json!({"scope": "version:read"}), 403),
        (json!([]), 200),
    ];
    for (payload, status) in rows {
        assert_eq!(pasted(&payload).get(BOTS).0, status, "{payload}");
    }
}

#[test]
fn what_is_no_token_is_not_taken_for_one() {
    for token in ["", "practice", "a.b", "a.b.c", "a.b.c.d", "..", "é.é.é"] {
        let mut practice = Practice::new();
        token.clone_into(&mut practice.token);
        assert_eq!(practice.get(BOTS).0, 401, "{token}");
    }
}
