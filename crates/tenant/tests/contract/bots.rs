//! Bot versions and environments.

use serde_json::{Value, json};

use crate::support::{Practice, sample};

fn version<'a>(list: &'a Value, id: &str) -> &'a Value {
    let mut list = list.as_array().unwrap().iter();
    list.find(|version| version["id"] == id).unwrap()
}

#[test]
fn versions_and_environments_are_told() {
    let mut practice = Practice::new();
    let (status, list) = practice.get("/api/v1/bots/nordlicht-shop/versions");
    assert_eq!(status, 200);
    assert_eq!(
        version(&list, "order-status-1.4.0"),
        &json!({"deployed": true, "id": "order-status-1.4.0", "name": "order status 1.4.0", "status": "ACTIVE"})
    );
    assert_eq!(version(&list, "order-status-1.3.0")["status"], "ARCHIVED");
    practice.table(&[
        (
            "GET /api/v1/environments/staging",
            Value::Null,
            200,
            json!({"id": "staging", "name": "Staging", "isolation_mode": "STRICT", "allowed_bot_ids": ["nordlicht-shop"]}),
        ),
        ("GET /api/v1/environments/sandbox", Value::Null, 200, json!({"isolation_mode": "SHARED"})),
        ("GET /api/v1/environments/none", Value::Null, 404, json!({"code": "notFound"})),
        ("GET /api/v1/bots/none/versions", Value::Null, 404, json!({"code": "notFound"})),
    ]);
}

#[test]
fn a_deployed_dialog_becomes_a_version_of_its_bot() {
    let mut practice = Practice::new();
    let mut flow = sample("order-status.json");
    flow["version"] = json!("1.5.0");
    let (_, draft) = practice.send("POST /api/v2/dialogs/order-status/versions", &[], &flow);
    let bot = "/api/v1/bots/nordlicht-shop/versions";
    assert_eq!(
        version(&practice.get(bot).1, "order-status-1.5.0")["status"],
        "DRAFT"
    );
    let call = format!(
        "PATCH /api/v2/dialogs/order-status/versions/{}",
        draft["id"].as_str().unwrap()
    );
    practice.send(&call, &[], &json!({"status": "active", "promote": true}));
    let list = practice.get(bot).1;
    assert_eq!(version(&list, "order-status-1.5.0")["status"], "ACTIVE");
    assert_eq!(version(&list, "order-status-1.4.0")["status"], "ARCHIVED");
}
