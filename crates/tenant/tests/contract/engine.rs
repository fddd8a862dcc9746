//! Simulations with the engine they run on.

use cognigy::http::{Method, Request};
use serde_json::{Value, json};
use tenant::{Engine, Entity, Rehearse};

use crate::support::{NOON, Practice, json as body_of, sample};

fn heard(file: &str, inputs: &[&str], context: &Value) -> Vec<tenant::Step> {
    Engine.run(&sample(file).to_string(), inputs, &context.to_string())
}

#[test]
fn the_sample_script_meets_its_assertions() {
    let script = sample("order-status-simulation.json");
    let ask = |method: Method, path: &str, body: Option<&Value>| Request {
        method,
        url: format!("https://practice.example{path}"),
        headers: vec![(
            "authorization".to_owned(),
            "Bearer practice-token".to_owned(),
        )],
        body: body.map(|body| body.to_string().into_bytes()),
    };
    let mut tenant = Practice::new().tenant;
    let answer = tenant.answer(
        &ask(Method::Post, "/api/v1/simulations", Some(&script)),
        NOON,
    );
    let run = body_of(answer.response().unwrap());
    let path = format!("/api/v1/simulations/{}", run["id"].as_str().unwrap());
    let answer = tenant.answer(&ask(Method::Get, &path, None), NOON + 60_000);
    let run = body_of(answer.response().unwrap());
    assert_eq!(run["status"], "COMPLETED");
    for assertion in script["assertions"].as_array().unwrap() {
        let step =
            &run["steps"][usize::try_from(assertion["step_index"].as_u64().unwrap()).unwrap()];
        let nlu = &step["nlu"];
        assert_eq!(nlu["intent"], assertion["expected_intent"], "{step}");
        let minimum = assertion["expected_confidence_min"]
            .as_f64()
            .unwrap_or(0.85);
        assert!(nlu["confidence"].as_f64().unwrap() >= minimum, "{step}");
        if let Some(expected) = assertion.get("expected_entities") {
            for (kind, value) in expected.as_object().unwrap() {
                let entity = json!({"type": kind, "value": value});
                assert!(
                    nlu["entities"].as_array().unwrap().contains(&entity),
                    "{step}"
                );
            }
        }
    }
    let says = |index: usize| run["steps"][index]["botResponse"].as_str().unwrap();
    assert!(
        says(1).contains("Order NL-77120 is on its way"),
        "{}",
        says(1)
    );
    assert_eq!(says(2), "Thank you for shopping at Nordlicht. Goodbye!");
}

#[test]
fn a_conversation_that_ends_leaves_inputs_unanswered() {
    let steps = heard(
        "hello.json",
        &["good morning", "hello?"],
        &json!({"visitor": "Zoë"}),
    );
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].response, "Hello, Zoë!\nSee you soon.");
    assert_eq!(steps[0].intent.as_deref(), Some("greeting"));
    assert!((steps[0].confidence - 1.0).abs() < f64::EPSILON);
}

#[test]
fn what_is_not_understood_has_no_intent() {
    let steps = heard("hello.json", &["qwfp zxcv"], &json!({}));
    assert_eq!((&steps[0].intent, steps[0].confidence), (&None, 0.0));
    assert_eq!(steps[0].response, "Sorry, I only know how to say hello.");
}

#[test]
fn words_that_look_like_data_are_the_entities_read_next() {
    let number = |input: &str| {
        heard("order-status.json", &[input], &json!({}))
            .remove(0)
            .entities
    };
    let found = |value: &str| {
        vec![Entity {
            kind: "order_number".to_owned(),
            value: value.to_owned(),
        }]
    };
    assert_eq!(number("my number is (NL-310077)."), found("NL-310077"));
    assert_eq!(number("NL-77120 or NL-9051"), found("NL-77120"));
    assert_eq!(number("I do not have it"), []);
}

#[test]
fn what_is_no_flow_says_nothing() {
    for text in ["", "{}", &sample("checkout-states.json").to_string()] {
        assert_eq!(Engine.run(text, &["hello"], "{}"), []);
    }
}
