//! A tenant with a clock of its own, and tables of requests with what is expected of them.

use cognigy::http::{Method, Request, Response};
use serde_json::Value;
use tenant::{Answer, Delivery, Entity, Fault, FaultKind, Rehearse, Samples, Step, Tenant};

/// When every test starts: 2026-03-02T08:15:00Z.
pub(crate) const NOON: u64 = 1_772_439_300_000;

/// Answers every input with its own words, sure of itself, and ends when it hears "bye".
pub(crate) struct Parrot;

impl Rehearse for Parrot {
    fn run(&self, flow_json: &str, inputs: &[&str], context_json: &str) -> Vec<Step> {
        let flow: Value = serde_json::from_str(flow_json).unwrap();
        let id = flow["id"].as_str().unwrap();
        let heard = inputs.iter().take_while(|input| **input != "bye");
        heard
            .map(|input| Step {
                response: format!("{id} heard {input} with {context_json}"),
                intent: (*input != "mumble").then(|| "parrot.words".to_owned()),
                confidence: 0.912_345,
                entities: vec![Entity {
                    kind: "words".to_owned(),
                    value: (*input).to_owned(),
                }],
            })
            .collect()
    }
}

pub(crate) fn samples() -> Samples {
    let texts = Samples::FILES.map(|file| {
        let path = format!("{}/../../samples/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    Samples::from_texts(texts)
}

/// A sample as JSON.
pub(crate) fn sample(file: &str) -> Value {
    let path = format!("{}/../../samples/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A tenant, the time, and the token that requests carry.
#[derive(Clone)]
pub(crate) struct Practice {
    pub(crate) tenant: Tenant,
    pub(crate) now: u64,
    pub(crate) token: String,
}

pub(crate) fn method(word: &str) -> Method {
    [
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Options,
    ]
    .into_iter()
    .find(|method| method.as_str() == word)
    .unwrap()
}

impl Practice {
    pub(crate) fn new() -> Self {
        Self {
            tenant: Tenant::seeded(&samples()).unwrap(),
            now: NOON,
            token: "practice-token".to_owned(),
        }
    }

    /// Carries the token that was granted from now on.
    pub(crate) fn carry(&mut self, granted: &Value) {
        let token = granted["access_token"].as_str().unwrap();
        token.clone_into(&mut self.token);
    }

    /// Asks `call`, such as `GET /path`, and tells everything that comes back.
    pub(crate) fn ask(&mut self, call: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let (word, path) = call.split_once(' ').unwrap();
        let mut all: Vec<(String, String)> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        if !self.token.is_empty() {
            all.push(("authorization".to_owned(), format!("Bearer {}", self.token)));
        }
        let request = Request {
            method: method(word),
            url: format!("https://practice.example{path}"),
            headers: all,
            body: (!body.is_empty()).then(|| body.as_bytes().to_vec()),
        };
        self.tenant.answer_with(&request, self.now, &Parrot)
    }

    /// Asks, and takes the whole response.
    pub(crate) fn whole(&mut self, call: &str, headers: &[(&str, &str)], body: &str) -> Response {
        match self.ask(call, headers, body).delivery {
            Delivery::Whole(response) => response,
            other => panic!("{call}: {other:?}"),
        }
    }

    /// Asks without a body, and takes status and JSON.
    pub(crate) fn get(&mut self, path: &str) -> (u16, Value) {
        let response = self.whole(&format!("GET {path}"), &[], "");
        (response.status, json(&response))
    }

    /// Asks with headers and a JSON body, and takes status and JSON.
    pub(crate) fn send(
        &mut self,
        call: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> (u16, Value) {
        let response = self.whole(call, headers, &body.to_string());
        (response.status, json(&response))
    }

    /// Switches a fault on.
    pub(crate) fn fault(&mut self, call: &str, kind: FaultKind) -> String {
        self.tenant.switch_on(Fault::once(kind).on(call)).unwrap()
    }

    /// What the tenant says of its own inside.
    pub(crate) fn inside(&mut self) -> Value {
        self.get("/__practice/state").1["world"].clone()
    }

    /// Asks each row in turn and compares status and body. Of the body only what the row names has
    /// to be there.
    pub(crate) fn table(&mut self, rows: &[(&str, Value, u16, Value)]) {
        for (call, body, status, expected) in rows {
            let sent = if body.is_null() {
                String::new()
            } else {
                body.to_string()
            };
            let response = self.whole(call, &[], &sent);
            let found = json(&response);
            assert_eq!(response.status, *status, "{call} {body}: {found}");
            assert!(
                holds(&found, expected),
                "{call} {body}: {found} lacks {expected}"
            );
        }
    }
}

pub(crate) fn json(response: &Response) -> Value {
    if response.body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&response.body).unwrap()
}

/// Whether `found` has all that `expected` names. Lists have to be as long.
pub(crate) fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected
            .iter()
            .all(|(key, value)| found.get(key).is_some_and(|own| holds(own, value))),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found
                    .iter()
                    .zip(expected)
                    .all(|(own, value)| holds(own, value))
        }
        _ => found == expected,
    }
}
