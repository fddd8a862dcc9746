//! What running state flows keeps to beyond the conversations in the fixtures.

use flow::document::Document;
use flow::rehearsal::{Input, Program, Scope, Status, Stranding, Variables};

use super::support::program;

fn one_state(actions: &str) -> Program {
    program(&format!(
        r#"{{"botId":"b","flowId":"f","initialStateId":"a","fallbackStateId":"a","states":[
            {{"id":"a","transitions":[{{"id":"t1","targetStateId":"a","actions":{actions}}}]}}]}}"#
    ))
}

fn after(actions: &str, variables: &Variables) -> Variables {
    let program = one_state(actions);
    let (run, _) = program.start(variables);
    let (run, _) = program.say(&run, &Input::text("x"));
    run.variables().clone()
}

#[test]
fn actions_write_their_scope() {
    let mut before = Variables::new();
    before.set(
        Scope::User,
        "tags",
        flow::expression::Value::array(["a".into(), "b".into()]),
    );
    before.set(Scope::Session, "n", 2.0.into());
    let variables = after(
        r#"[{"type":"set","variable":"user.name","value":"Ada"},
            {"type":"set","variable":"flow.order.id","value":7},
            {"type":"set","variable":"flow.order.lines","value":[1]},
            {"type":"append","variable":"flow.order.lines","value":2},
            {"type":"remove","variable":"flow.order.id"},
            {"type":"remove","variable":"user.tags","value":"a"},
            {"type":"increment","variable":"session.n","value":-3},
            {"type":"increment","variable":"bare"}]"#,
        &before,
    );
    let json = |scope, name| {
        variables
            .get(scope, name)
            .map(flow::expression::Value::to_json)
    };
    assert_eq!(json(Scope::User, "name").as_deref(), Some("\"Ada\""));
    assert_eq!(json(Scope::User, "tags").as_deref(), Some("[\"b\"]"));
    assert_eq!(
        json(Scope::Flow, "order").as_deref(),
        Some("{\"lines\":[1,2]}")
    );
    assert_eq!(json(Scope::Session, "n").as_deref(), Some("-1"));
    assert_eq!(json(Scope::Conversation, "bare").as_deref(), Some("1"));
}

#[test]
fn an_action_that_fails_changes_nothing_and_the_next_is_carried_out() {
    let deep = format!("session{}", ".a".repeat(50));
    let variables = after(
        &format!(
            r#"[{{"type":"set","variable":"profile.a","value":1}},
                {{"type":"set","variable":"session.","value":1}},
                {{"type":"set","variable":"{deep}","value":1}},
                {{"type":"increment","variable":"session.n","value":"2"}},
                {{"type":"set","variable":"session.done","value":true}}]"#
        ),
        &Variables::new(),
    );
    let session: Vec<&str> = variables
        .entries(Scope::Session)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(session, ["done"]);
    assert_eq!(variables.entries(Scope::Profile).count(), 0);
}

#[test]
fn a_single_state_is_rehearsed_and_leads_nowhere_else() {
    let state = r#"{"id":"pay","etag":"\"1\"","transitions":[
        {"id":"t1","targetStateId":"done","conditions":[{"value":"input.text == \"pay\""}]}]}"#;
    let document = Document::read(state.into()).unwrap();
    let program = Program::of(&document).unwrap();
    let (run, turn) = program.start(&Variables::new());
    assert_eq!(turn.status, Status::Waiting);
    let end = |text: &str| program.say(&run, &Input::text(text)).1.status;
    assert_eq!(end("pay"), Status::Stranded(Stranding::NoTarget));
    assert_eq!(end("wait"), Status::Stranded(Stranding::NoFallback));
}

#[test]
fn other_documents_cannot_be_rehearsed() {
    let set = r#"{"conversationId":"conv_1","variables":{}}"#;
    assert!(Program::of(&Document::read(set.into()).unwrap()).is_none());
}
