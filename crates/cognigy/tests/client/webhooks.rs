//! The five webhooks: what they are told and how long they may take.

use cognigy::http::Request;
use cognigy::send::Watch;
use cognigy::webhook::{Webhook, WebhookEnd};
use serde_json::{Value, json};

use crate::support::{Making, Reply, START, World};

fn world(answer: impl FnMut(&Request) -> Reply + 'static) -> World {
    let mut making = Making::default();
    let hooks = &mut making.connection.webhooks;
    hooks.analytics = "https://hooks.example.com/analytics".into();
    hooks.crm = "https://hooks.example.com/crm".into();
    hooks.context = "https://hooks.example.com/context".into();
    hooks.ml_ops = "https://hooks.example.com/mlops".into();
    hooks.artifact_sync = "https://hooks.example.com/sync".into();
    World::made(making, answer)
}

fn all() -> Vec<Webhook> {
    vec![
        Webhook::Analytics {
            bot: "b".into(),
            flow: "f".into(),
            state: "s".into(),
            latency: 12,
        },
        Webhook::Crm {
            dialog: "d".into(),
            payload: json!({"session": {"a": 1}}),
            result: "stored".into(),
        },
        Webhook::Context {
            injection: "i".into(),
            conversation: "conv_1".into(),
            version: "4".into(),
            resolved_template: "Hello".into(),
            audit_checksum: "abc".into(),
        },
        Webhook::MlOps {
            metrics: json!({"total_assertions": 1}),
            audit: json!({"compliance_status": "PASS"}),
        },
        Webhook::ArtifactSync("{\"dialog_id\":\"d\"}".into()),
    ]
}

#[test]
fn each_is_told_in_its_own_words() {
    let bodies: Vec<Value> = all()
        .iter()
        .map(|hook| serde_json::from_str(&hook.body(START)).unwrap())
        .collect();
    insta::assert_json_snapshot!("webhook_bodies", bodies);
}

#[test]
fn they_get_no_token_and_one_try() {
    for (hook, path) in all()
        .iter()
        .zip(["analytics", "crm", "context", "mlops", "sync"])
    {
        let world = world(|_| Reply::json(503, &json!({})));
        let end = world.run(hook.deliver(&world.tools.client, &Watch::default()));
        assert!(matches!(&end, WebhookEnd::Failed(reason) if reason.contains("it answered 503")));
        assert_eq!(
            world.asked(),
            [format!("POST https://hooks.example.com/{path}")]
        );
        let seen = world.wire.seen.borrow();
        assert_eq!(seen[0].1.header("authorization"), None);
    }
}

#[test]
fn they_may_take_five_seconds_and_mlops_ten() {
    for (hook, deadline) in all().iter().zip([5_000, 5_000, 5_000, 10_000, 5_000]) {
        let world = world(|_| Reply::Silence);
        let end = world.run(hook.deliver(&world.tools.client, &Watch::default()));
        assert!(matches!(end, WebhookEnd::Failed(_)));
        assert_eq!(world.time.passed(), deadline);
    }
}

#[test]
fn without_an_url_nothing_is_sent() {
    let world = World::new(|_| Reply::Silence);
    for hook in all() {
        let end = world.run(hook.deliver(&world.tools.client, &Watch::default()));
        assert_eq!(end, WebhookEnd::NotSet);
    }
    assert!(world.asked().is_empty());
}
