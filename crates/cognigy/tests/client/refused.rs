//! From the paths that platforms name to the values of a document.

use cognigy::error::{CallError, Changed, Error, Mistake};
use cognigy::refused::{Body, Refused, pointer, refused};
use flow::document::Document;
use serde_json::{Value, json};

fn document(value: &Value) -> Document {
    Document::read(value.to_string().into()).unwrap()
}

fn flow() -> Value {
    json!({
        "id": "f", "name": "F", "version": "1.0.0", "entryPoint": "s",
        "nodes": [
            {"id": "s", "type": "start", "label": "Start"},
            {"id": "e", "type": "end", "label": "End", "properties": {"a.b": 1, "a": {"c": 2}}},
        ],
        "edges": [{"id": "e1", "source": "s", "target": "e"}],
        "variables": [{"name": "agent", "type": "string"}],
    })
}

fn states() -> Value {
    let transition = |id: &str| {
        json!({"id": id, "targetStateId": "b",
            "conditions": [{"type": "expression", "value": "true"}]})
    };
    json!({
        "botId": "b", "flowId": "f",
        "states": [
            {"id": "a", "transitions": [transition("t1"), transition("t2")]},
            {"id": "b", "transitions": []},
        ],
    })
}

fn failed(paths: &[&str]) -> CallError {
    let mistakes = paths.iter().map(|path| Mistake {
        path: (*path).to_owned(),
        code: "invalid".to_owned(),
        message: "It is wrong.".to_owned(),
    });
    CallError {
        error: Error::Invalid(mistakes.collect()),
        changed: Changed::Nothing,
        at: 0,
    }
}

#[track_caller]
fn leads(document: &Document, body: Body<'_>, table: &[(&str, Option<&str>)]) {
    for (path, expected) in table {
        let found = pointer(document, body, path);
        assert_eq!(found.as_deref(), *expected, "{path}");
    }
}

#[test]
fn every_spelling_of_a_path_leads_to_the_value() {
    leads(
        &document(&flow()),
        Body::Document,
        &[
            ("/edges/0/source", Some("/edges/0/source")),
            ("#/edges/0/source", Some("/edges/0/source")),
            ("edges[0].source", Some("/edges/0/source")),
            ("edges.0.source", Some("/edges/0/source")),
            ("$.edges[0]['source']", Some("/edges/0/source")),
            ("body.edges[0].source", Some("/edges/0/source")),
            ("edges[e1].source", Some("/edges/0/source")),
            ("nodes.e.label", Some("/nodes/1/label")),
            ("/variables/agent/type", Some("/variables/0/type")),
            ("entry_point", Some("/entryPoint")),
            ("nodes[1].properties.a.b", Some("/nodes/1/properties/a")),
            ("/nodes/1/properties/a.b", Some("/nodes/1/properties/a.b")),
            ("nodes[1].properties.a.c", Some("/nodes/1/properties/a/c")),
            ("name", Some("/name")),
        ],
    );
}

#[test]
fn what_is_missing_is_told_of_what_lacks_it() {
    leads(
        &document(&flow()),
        Body::Document,
        &[
            ("/edges/0/condition", Some("/edges/0")),
            ("/edges/7/condition", Some("/edges")),
            ("nodes[ghost].label", Some("/nodes")),
        ],
    );
}

#[test]
fn a_path_that_leads_nowhere_has_no_place() {
    let flow = document(&flow());
    for path in [
        "",
        "/",
        "$",
        "body",
        "elsewhere.x",
        "/0",
        "[",
        "[0",
        ".",
        "...",
        "#",
    ] {
        assert_eq!(pointer(&flow, Body::Document, path), None, "{path}");
    }
}

#[test]
fn a_flow_inside_a_sync_payload_is_where_it_is_there() {
    let payload = json!({
        "dialog_id": "f", "version": "1.0.0", "exported_at": "2026-01-01T00:00:00Z",
        "artifact": flow(), "checksum": "0",
    });
    leads(
        &document(&payload),
        Body::Document,
        &[
            ("/edges/0/source", Some("/artifact/edges/0/source")),
            ("edges[0].condition", Some("/artifact/edges/0")),
            ("checksum", None),
        ],
    );
}

#[test]
fn transitions_are_found_by_their_id_also_when_they_were_merged() {
    let flow = document(&states());
    let sent = json!([
        {"id": "theirs"},
        {"id": "t2"},
        {"id": "t1"},
    ]);
    let body = Body::Transitions {
        state: "a",
        sent: &sent,
    };
    leads(
        &flow,
        body,
        &[
            (
                "/transitions/1/targetStateId",
                Some("/states/0/transitions/1/targetStateId"),
            ),
            (
                "/transitions/2/conditions/0/value",
                Some("/states/0/transitions/0/conditions/0/value"),
            ),
            (
                "body.transitions[2].actions[0]",
                Some("/states/0/transitions/0"),
            ),
            ("transitions.t2", Some("/states/0/transitions/1")),
            ("/transitions/0/id", Some("/states/0")),
            ("/transitions", Some("/states/0/transitions")),
            ("/transitions/9", None),
            ("", None),
        ],
    );
    let other = Body::Transitions {
        state: "ghost",
        sent: &sent,
    };
    assert_eq!(pointer(&flow, other, "/transitions/0"), None);
    // A single state as the platform returns it.
    let partial = document(
        &json!({"id": "a", "etag": "1", "transitions": [{"id": "t1", "targetStateId": "b"}]}),
    );
    leads(
        &partial,
        body,
        &[(
            "/transitions/2/targetStateId",
            Some("/transitions/0/targetStateId"),
        )],
    );
}

#[test]
fn context_is_sent_by_the_key_inside_a_variable() {
    let set = document(&json!({
        "conversation_id": "c",
        "variables": {
            "first": {"key": "tier", "value": "gold", "scope": "user"},
            "second": {"key": "tier.level", "value": 3},
        },
    }));
    leads(
        &set,
        Body::Context,
        &[
            ("/context/tier/value", Some("/variables/first/value")),
            ("context.tier.scope", Some("/variables/first/scope")),
            ("context.tier.level.value", Some("/variables/second/value")),
            ("/context/tier.level/scope", Some("/variables/second")),
            ("/context/ghost/value", None),
            ("/conversationId", Some("/conversation_id")),
            ("/context", None),
        ],
    );
    let wire = document(
        &json!({"conversationId": "c", "context": {"tier": {"value": 1, "scope": "user"}}}),
    );
    leads(
        &wire,
        Body::Context,
        &[("/context/tier/value", Some("/context/tier/value"))],
    );
}

#[test]
fn other_payloads_are_sent_under_their_own_names() {
    let variables = document(&json!({
        "dialogId": "d", "session": {"itemCount": 3}, "user": {}, "transition": {"nextStep": "pay"},
    }));
    leads(
        &variables,
        Body::Document,
        &[
            ("/session/itemCount", Some("/session/itemCount")),
            ("transition.nextStep", Some("/transition/nextStep")),
            ("user.locale", Some("/user")),
        ],
    );
    let script = document(&json!({
        "botId": "b", "environmentId": "e", "versionId": "v",
        "inputs": [{"text": "Hi"}],
        "assertions": [{"step_index": 0, "expected_intent": "hello"}],
    }));
    leads(
        &script,
        Body::Document,
        &[
            ("inputs[0].text", Some("/inputs/0/text")),
            ("inputs[0].delay_ms", Some("/inputs/0")),
            (
                "/assertions/0/expected_intent",
                Some("/assertions/0/expected_intent"),
            ),
        ],
    );
}

fn one(document: &Document, path: &str) -> Refused {
    let mut found = refused(&failed(&[path]), document, Body::Document);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn a_place_is_found_again_while_the_document_is_edited() {
    let place = one(&document(&flow()), "/nodes/1/label").place.unwrap();
    assert_eq!(place.to_string(), "node e › label");
    let mut edited = flow();
    edited["nodes"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({"id": "new", "type": "action", "label": "New"}));
    let pointer_in = |value: &Value| {
        let document = document(value);
        let at = place.find(document.tree())?;
        Some(flow::json::Locator::new(document.tree()).pointer(at))
    };
    assert_eq!(pointer_in(&flow()).as_deref(), Some("/nodes/1/label"));
    assert_eq!(pointer_in(&edited).as_deref(), Some("/nodes/2/label"));
    // Its node is gone: no other takes its place.
    edited["nodes"].as_array_mut().unwrap().remove(2);
    edited["nodes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "z", "type": "end", "label": "Z"}));
    assert_eq!(pointer_in(&edited), None);
}

#[test]
fn what_has_no_name_is_told_by_its_number() {
    let script = document(&json!({
        "botId": "b", "environmentId": "e", "versionId": "v", "inputs": [{"text": "Hi"}, {"text": "Ho"}],
    }));
    assert_eq!(
        one(&script, "/inputs/1/text").place.unwrap().to_string(),
        "input 2 › text"
    );
}

#[test]
fn only_a_refusal_has_mistakes() {
    let flow = document(&flow());
    let mut other = failed(&[]);
    other.error = Error::Offline;
    assert_eq!(refused(&other, &flow, Body::Document), []);
    let found = refused(&failed(&["/name", "nowhere"]), &flow, Body::Document);
    let has_place: Vec<bool> = found.iter().map(|one| one.place.is_some()).collect();
    assert_eq!(has_place, [true, false]);
}
