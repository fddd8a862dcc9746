//! Whatever is asked, there is an answer.

use cognigy::http::{Method, Request};
use proptest::prelude::*;
use proptest::sample::select;
use tenant::{Delivery, call_names};

use crate::support::{Practice, sample};

/// A word of a path: what exists, or anything.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec![
            "hello", "order-status", "nordlicht-shop", "checkout", "basket", "d-5f0c2a", "staging",
            "conv_8a7b9c2d1e3f", "none", "%ff", "",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

/// A path of the table with its open places filled, or anything.
fn path() -> impl Strategy<Value = String> {
    let paths: Vec<String> = call_names()
        .map(|call| call.path)
        .chain(
            [
                "/__practice/faults",
                "/__practice/reset",
                "/__practice/state",
            ]
            .map(str::to_owned),
        )
        .collect();
    let filled = (select(paths), prop::collection::vec(word(), 4)).prop_map(|(path, words)| {
        let mut words = words.into_iter();
        path.split('/')
            .map(|part| {
                if part == "*" {
                    words.next().unwrap_or_default()
                } else {
                    part.to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    });
    prop_oneof![8 => filled, 1 => "\\PC{0,20}", 1 => "/[a-z/?=&#%]{0,20}"]
}

fn body() -> impl Strategy<Value = Option<Vec<u8>>> {
    let known: Vec<Vec<u8>> = [
        "hello.json",
        "broken-flow.json",
        "broken-states.json",
        "payment-state.json",
        "order-status-simulation.json",
        "gold-customer-context.json",
        "resume-checkout-variables.json",
    ]
    .map(|file| sample(file).to_string().into_bytes())
    .into_iter()
    .chain([
        br#"{"status":"active","promote":true}"#.to_vec(),
        br#"{"transitions":[{"id":"a","targetStateId":"basket"}]}"#.to_vec(),
        br#"{"kind":"dropAfter","times":2}"#.to_vec(),
        br#"{"kind":"conflict","applied":true}"#.to_vec(),
        br#"{"kind":"wrongType"}"#.to_vec(),
        br#"{"conversationId":"conv_8a7b9c2d1e3f","context":{"a":{"value":1}}}"#.to_vec(),
        b"grant_type=client_credentials&client_id=practice-client&client_secret=practice-secret"
            .to_vec(),
    ])
    .collect();
    prop_oneof![
        4 => select(known).prop_map(Some),
        1 => Just(None),
        1 => prop::collection::vec(any::<u8>(), 0..30).prop_map(Some),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let header = prop_oneof![
        4 => select(vec![
            ("authorization", "Bearer practice-token"),
            ("authorization", "Basic cHJhY3RpY2UtY2xpZW50OnByYWN0aWNlLXNlY3JldA=="),
            ("content-type", "application/x-www-form-urlencoded"),
            ("if-match", "*"),
            ("if-match", "7"),
            ("idempotency-key", "k"),
        ]).prop_map(|(name, value)| (name.to_owned(), value.to_owned())),
        1 => (select(vec!["authorization", "if-match", "idempotency-key"]), "\\PC{0,12}")
            .prop_map(|(name, value)| (name.to_owned(), value)),
    ];
    let good = (
        "authorization".to_owned(),
        "Bearer practice-token".to_owned(),
    );
    prop::collection::vec(header, 0..4).prop_map(move |mut headers| {
        headers.push(good.clone());
        headers
    })
}

fn request() -> impl Strategy<Value = (Request, u64)> {
    let methods = vec![
        Method::Get,
        Method::Post,
        Method::Patch,
        Method::Get,
        Method::Post,
        Method::Patch,
        Method::Head,
        Method::Put,
        Method::Delete,
        Method::Options,
    ];
    let times = prop_oneof![8 => 1_772_000_000_000_u64..1_773_000_000_000, 1 => any::<u64>()];
    (select(methods), path(), headers(), body(), times).prop_map(
        |(method, url, headers, body, now)| {
            let request = Request {
                method,
                url,
                headers,
                body,
            };
            (request, now)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_requests_are_answered_and_leave_a_tenant_that_can_be_kept(
        requests in prop::collection::vec(request(), 1..24)
    ) {
        let mut practice = Practice::new();
        for (request, now) in requests {
            let answer = practice.tenant.answer(&request, now);
            if let Delivery::Whole(response) = &answer.delivery {
                prop_assert!((200..600).contains(&response.status));
                let json = response.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
                if json {
                    prop_assert!(serde_json::from_slice::<serde_json::Value>(&response.body).is_ok());
                }
            }
        }
        let text = practice.tenant.to_json().unwrap();
        let restored = tenant::Tenant::from_json(&text);
        prop_assert_eq!(restored, Ok(practice.tenant));
    }
}
