//! Connections that come with a file.

use cognigy::connection::Connection;
use cognigy::connection::intake::{Arrival, take_in};
use serde_json::json;

fn practice() -> Connection {
    Connection::to("Practice tenant", "https://practice.invalid").unwrap()
}

fn acme() -> Connection {
    Connection::to("Acme", "https://acme.example").unwrap()
}

fn raw(connection: &Connection) -> String {
    serde_json::to_string(connection).unwrap()
}

fn one(known: &[Connection], raw: &str) -> Arrival {
    let mut all = take_in(known, &[raw.to_owned()], &practice());
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn taken(arrival: &Arrival) -> &Connection {
    match arrival {
        Arrival::Taken { connection, .. } => connection,
        other => panic!("not taken: {other:?}"),
    }
}

#[test]
fn a_new_connection_is_taken_with_its_addresses_in_order() {
    let mut brought = acme();
    brought.base_url = "https://ACME.example/api/v1/".to_owned();
    let arrival = one(&[], &raw(&brought));
    assert_eq!(*taken(&arrival), acme());
    assert_eq!(
        arrival.to_string(),
        "Acme (https://acme.example) was added."
    );
}

#[test]
fn the_same_connection_is_left_alone() {
    assert_eq!(one(&[acme()], &raw(&acme())), Arrival::Known);
}

#[test]
fn another_connection_of_the_same_name_gets_a_new_one_and_only_once() {
    let mut other = acme();
    other.base_url = "https://acme.test".to_owned();
    let arrival = one(&[acme()], &raw(&other));
    let second = taken(&arrival).clone();
    assert_eq!(second.name, "Acme (2)");
    assert!(arrival.to_string().contains("as Acme (2)"), "{arrival}");
    // The same file again.
    assert_eq!(one(&[acme(), second.clone()], &raw(&other)), Arrival::Known);
    // And a third one of that name.
    other.base_url = "https://third.test".to_owned();
    let third = one(&[acme(), second], &raw(&other));
    assert_eq!(taken(&third).name, "Acme (3)");
}

#[test]
fn two_of_one_name_in_one_file_do_not_clash_either() {
    let mut other = acme();
    other.operator = "somebody".to_owned();
    let all = take_in(&[], &[raw(&acme()), raw(&other), raw(&acme())], &practice());
    assert_eq!(taken(&all[0]).name, "Acme");
    assert_eq!(taken(&all[1]).name, "Acme (2)");
    assert_eq!(all[2], Arrival::Known);
}

#[test]
fn what_is_not_checked_stays_out() {
    for (field, value, word) in [
        ("baseUrl", "http://acme.example", "https"),
        ("baseUrl", "", "no address"),
        (
            "tokenUrl",
            "https://me:secret@acme.example/token",
            "user name",
        ),
    ] {
        let mut brought = serde_json::to_value(acme()).unwrap();
        brought[field] = json!(value);
        let arrival = one(&[], &brought.to_string());
        let Arrival::LeftOut { name, reason } = &arrival else {
            panic!("{field}: {arrival:?}");
        };
        assert_eq!(name, "Acme");
        assert!(reason.contains(field) && reason.contains(word), "{reason}");
    }
    let mut brought = serde_json::to_value(acme()).unwrap();
    brought["webhooks"] = json!({"crm": "http://localhost/hook"});
    let arrival = one(&[], &brought.to_string());
    assert!(arrival.to_string().contains("webhooks.crm"), "{arrival}");
    for strange in ["7", "\"a\"", "{\"areas\": [\"moon\"]}", "{\"name\": 3}"] {
        let arrival = one(&[], strange);
        assert!(matches!(arrival, Arrival::LeftOut { .. }), "{strange}");
    }
}

#[test]
fn a_secret_in_a_file_is_not_taken_and_that_is_told() {
    let mut brought = serde_json::to_value(acme()).unwrap();
    brought["clientSecret"] = json!("canary-secret");
    brought["webhooks"]["token"] = json!("canary-secret");
    let arrival = one(&[], &brought.to_string());
    assert!(!raw(taken(&arrival)).contains("canary-secret"));
    let told = arrival.to_string();
    assert!(
        told.ends_with("Not taken of it: clientSecret, webhooks.token."),
        "{told}"
    );
    assert!(!told.contains("canary-secret"));
}

#[test]
fn where_tokens_and_words_go_is_told_when_that_is_elsewhere() {
    let mut brought = acme();
    brought.token_url = "https://tokens.test/oauth/token".to_owned();
    brought.webhooks.crm = "https://hooks.test/crm".to_owned();
    brought.webhooks.analytics = "https://hooks.test/analytics".to_owned();
    let told = one(&[], &raw(&brought)).to_string();
    assert!(
        told.ends_with("It fetches tokens from tokens.test. It tells hooks.test of what is done."),
        "{told}"
    );
}

#[test]
fn there_is_one_practice_tenant() {
    let mut brought = practice();
    brought.operator = "somebody".to_owned();
    brought.name = "Another".to_owned();
    // Nobody has changed the one here: the one of the file takes its place.
    let arrival = one(&[], &raw(&brought));
    let here = taken(&arrival).clone();
    assert_eq!(
        (here.name.as_str(), here.operator.as_str()),
        ("Practice tenant", "somebody")
    );
    assert_eq!(one(&[], &raw(&practice())), Arrival::Known);
    assert_eq!(one(&[here.clone()], &raw(&brought)), Arrival::Known);
    brought.operator = "somebody else".to_owned();
    let arrival = one(&[here], &raw(&brought));
    assert!(matches!(arrival, Arrival::LeftOut { .. }), "{arrival:?}");
    // No other connection takes its name.
    let mut other = acme();
    other.name = "Practice tenant".to_owned();
    assert_eq!(taken(&one(&[], &raw(&other))).name, "Practice tenant (2)");
}

#[test]
fn names_and_spans_make_sense() {
    let mut brought = acme();
    brought.name = "\u{0}new \n".to_owned();
    assert_eq!(taken(&one(&[], &raw(&brought))).name, "new");
    brought.name = " ".to_owned();
    assert_eq!(taken(&one(&[], &raw(&brought))).name, "acme.example");
    brought.poll_interval = 0;
    let arrival = one(&[], &raw(&brought));
    assert_eq!(taken(&arrival).poll_interval, 2_000);
    assert!(arrival.to_string().contains("pollInterval"), "{arrival}");
}

#[test]
fn a_file_cannot_bring_any_number_of_connections() {
    let all = take_in(&[], &vec!["{}".to_owned(); 5_000], &practice());
    assert_eq!(all.len(), 201);
    assert!(all[200].to_string().contains("4800 more"), "{}", all[200]);
}
