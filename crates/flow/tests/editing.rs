//! Editing keeps what it does not touch, and every step can be taken back: random flows in random
//! layouts under random commands.

// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "support/flows.rs"]
mod flows;
#[path = "support/json.rs"]
mod json;

use std::collections::BTreeSet;

use flow::command::Command;
use flow::document::{DialogFlow, Document};
use flow::json::{Kind, TextEdit, ValueRef, apply_edits};
use flow::session::{Positions, Session};
use flows::Action;
use json::{Json, Layout};
use proptest::prelude::*;

fn open(text: &str) -> Session {
    let document = Document::read(text.into()).unwrap();
    Session::new(document, Positions::new())
}

fn flow(session: &Session) -> &DialogFlow {
    session.document().dialog_flow().unwrap()
}

/// What stands in a text, spelled as there.
fn value_of(value: ValueRef<'_>) -> Json {
    match value.kind() {
        Kind::Null => Json::Word("null"),
        Kind::True => Json::Word("true"),
        Kind::False => Json::Word("false"),
        Kind::Number => Json::Number(value.raw().to_owned()),
        Kind::String | Kind::EscapedString => Json::Text(value.as_str().unwrap().into_owned()),
        Kind::Array => Json::Array(value.elements().map(value_of).collect()),
        Kind::Object => Json::Object(
            value
                .members()
                .map(|(key, value)| (key.as_str().unwrap().into_owned(), value_of(value)))
                .collect(),
        ),
    }
}

/// `text` without the bytes that edits are about.
fn without(text: &str, edits: &[TextEdit]) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for edit in edits {
        rest.push_str(&text[at..edit.span.start as usize]);
        at = edit.span.end as usize;
    }
    rest + &text[at..]
}

fn node_ids(flow: &DialogFlow) -> Vec<&str> {
    flow.nodes
        .iter()
        .map(|node| node.id.text.as_str())
        .collect()
}

fn edge_ids(flow: &DialogFlow) -> Vec<&str> {
    flow.edges
        .iter()
        .map(|edge| edge.id.text.as_str())
        .collect()
}

fn distinct(ids: &[&str]) -> bool {
    ids.iter().collect::<BTreeSet<_>>().len() == ids.len()
}

/// Ids of edges with an end that names no node.
fn dangling(flow: &DialogFlow) -> BTreeSet<String> {
    let ids: BTreeSet<&str> = node_ids(flow).into_iter().collect();
    flow.edges
        .iter()
        .filter(|edge| {
            !ids.contains(edge.source.text.as_str()) || !ids.contains(edge.target.text.as_str())
        })
        .map(|edge| edge.id.text.to_string())
        .collect()
}

/// Applies a command and checks what must hold after any.
fn apply(session: &mut Session, command: &Command) -> Result<bool, TestCaseError> {
    let before = session.document().clone();
    let positions = session.positions().clone();
    let edits = command.text_edits(before.tree()).unwrap();
    let applied = match session.apply(command) {
        Ok(applied) => applied,
        Err(refused) => return Err(TestCaseError::fail(format!("{command:?}: {refused}"))),
    };
    let text = session.document().text().to_owned();
    let (changed, back) = apply_edits(before.text(), &edits);
    prop_assert_eq!(&text, &changed, "the session does what the command says");
    prop_assert_eq!(
        without(before.text(), &edits),
        without(&text, &back),
        "nothing else moves"
    );
    prop_assert_eq!(
        applied,
        text != before.text() || positions != *session.positions()
    );
    let read = Document::read(text.as_str().into());
    prop_assert!(read.is_ok(), "{text}");
    let (old, new) = (before.dialog_flow().unwrap(), flow(session));
    if distinct(&node_ids(old)) {
        prop_assert!(distinct(&node_ids(new)), "{text}");
    }
    if distinct(&edge_ids(old)) {
        prop_assert!(distinct(&edge_ids(new)), "{text}");
    }
    // Edge ids may be there twice; an id that dangled before may dangle again.
    prop_assert!(dangling(new).is_subset(&dangling(old)), "{text}");
    Ok(applied)
}

/// The history as it should be: every state, and where the session stands.
struct Model {
    states: Vec<(String, Positions)>,
    at: usize,
    transaction: Option<usize>,
}

impl Model {
    fn of(session: &Session) -> Self {
        Self {
            states: vec![state_of(session)],
            at: 0,
            transaction: None,
        }
    }

    fn record(&mut self, session: &Session) {
        self.states.truncate(self.at + 1);
        self.states.push(state_of(session));
        self.at += 1;
    }

    fn commit(&mut self) {
        if let Some(start) = self.transaction.take()
            && self.at > start
        {
            self.states.drain(start + 1..self.at);
            self.at = start + 1;
        }
    }

    fn roll_back(&mut self) {
        if let Some(start) = self.transaction.take()
            && self.at > start
        {
            self.states.truncate(start + 1);
            self.at = start;
        }
    }
}

fn state_of(session: &Session) -> (String, Positions) {
    (
        session.document().text().to_owned(),
        session.positions().clone(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn every_state_can_be_reached_again(
        document in flows::flow(),
        layout in json::layout(),
        actions in proptest::collection::vec(flows::action(), 1..40),
    ) {
        let mut session = open(&json::write(&document, layout));
        let mut model = Model::of(&session);
        for action in &actions {
            let revision = session.revision();
            let before = state_of(&session);
            match action {
                Action::Undo => {
                    model.commit();
                    let possible = model.at > 0;
                    prop_assert_eq!(session.undo().is_some(), possible);
                    model.at -= usize::from(possible);
                }
                Action::Redo => {
                    model.commit();
                    let possible = model.at + 1 < model.states.len();
                    prop_assert_eq!(session.redo().is_some(), possible);
                    model.at += usize::from(possible);
                }
                Action::Begin => {
                    model.commit();
                    session.begin();
                    model.transaction = Some(model.at);
                }
                Action::Commit => {
                    model.commit();
                    session.commit();
                }
                Action::RollBack => {
                    model.roll_back();
                    session.roll_back();
                }
                edit => {
                    let Some(command) = flows::command(session.document(), edit) else { continue };
                    if apply(&mut session, &command)? {
                        model.record(&session);
                    }
                }
            }
            let now = state_of(&session);
            prop_assert_eq!(&now, &model.states[model.at], "after {:?}", action);
            prop_assert!(now == before || session.revision() > revision, "a change is told");
            if model.transaction.is_none() {
                prop_assert_eq!(session.undo_label().is_some(), model.at > 0);
                prop_assert_eq!(session.redo_label().is_some(), model.at + 1 < model.states.len());
            }
        }
        model.commit();
        while session.undo().is_some() {
            model.at -= 1;
            prop_assert_eq!(&state_of(&session), &model.states[model.at]);
        }
        prop_assert_eq!(model.at, 0);
        while session.redo().is_some() {
            model.at += 1;
            prop_assert_eq!(&state_of(&session), &model.states[model.at]);
        }
        prop_assert_eq!(model.at + 1, model.states.len());
    }

    #[test]
    fn a_layout_without_exceptions_stays_so(
        document in flows::flow(),
        layout in proptest::sample::select(vec![
            Layout::Minified, Layout::OneLine, Layout::Spaces(2), Layout::Spaces(4), Layout::Tabs, Layout::CarriageReturns,
        ]),
        edits in proptest::collection::vec(flows::edit(), 1..12),
    ) {
        let mut session = open(&json::write(&document, layout));
        for edit in &edits {
            let Some(command) = flows::command(session.document(), edit) else { continue };
            apply(&mut session, &command)?;
            let value = value_of(session.document().tree().root());
            prop_assert_eq!(session.document().text(), json::write(&value, layout), "after {:?}", edit);
        }
    }
}
