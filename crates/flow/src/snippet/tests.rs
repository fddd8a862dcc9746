//! Every snippet fits into a valid flow and leaves it valid.

use super::*;
use crate::document::Document;
use crate::problem::Severity;
use crate::session::Positions;

const FLOW: &str = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"start",
 "nodes":[{"id":"start","type":"start","label":"Start"},
          {"id":"hello","type":"action","label":"Hello","properties":{"say":"Hello"}},
          {"id":"e5","type":"end","label":"Bye"}],
 "edges":[{"id":"e1","source":"start","target":"hello"},
          {"id":"to_yes","source":"hello","target":"e5"}]}"#;

const STATES: &str = r#"{"botId":"b","flowId":"f","initialStateId":"greeting","fallbackStateId":"fallback","states":[
 {"id":"greeting","name":"Greeting","transitions":[
   {"id":"t1","targetStateId":"done","conditions":[{"type":"expression","value":"intent.name == \"bye\""}],"actions":[]},
   {"id":"t2","targetStateId":"confirm","conditions":[],"actions":[]}]},
 {"id":"confirm","name":"Confirm","transitions":[{"id":"t1","targetStateId":"done","conditions":[],"actions":[]}]},
 {"id":"done","name":"Done","final":true,"transitions":[]},
 {"id":"fallback","name":"Fallback","transitions":[{"id":"t1","targetStateId":"greeting","conditions":[],"actions":[]}]}]}"#;

fn open(text: &str) -> OpenDocument {
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

fn flow_of(kind: FragmentKind) -> OpenDocument {
    open(match kind {
        FragmentKind::Nodes => FLOW,
        FragmentKind::States => STATES,
    })
}

fn wrong(open: &OpenDocument) -> Vec<String> {
    let bad = |problem: &&crate::problem::Problem| problem.severity <= Severity::Warning;
    let problems = open.problems().iter().filter(bad);
    problems
        .map(|problem| format!("{} {}", problem.rule.code, problem.message))
        .collect()
}

#[test]
fn a_valid_flow_stays_valid_when_a_snippet_is_put_in_after_a_card() {
    for snippet in SNIPPETS {
        let mut open = flow_of(snippet.kind);
        assert_eq!(wrong(&open), [""; 0]);
        let card = open.diagram().find(match snippet.kind {
            FragmentKind::Nodes => "hello",
            FragmentKind::States => "greeting",
        });
        let before = open.document().text().to_owned();
        // Twice, so that its own ids are taken already.
        for _ in 0..2 {
            let inserted = snippet.insert(&open, card, Point::default()).unwrap();
            assert!(inserted.is_joined, "{}", snippet.name);
            open.apply(&inserted.command).unwrap();
            assert_eq!(wrong(&open), [""; 0], "{} {:?}", snippet.name, snippet.kind);
            let first = open.diagram().find(&inserted.ids[0]).unwrap();
            let leads = open
                .scene()
                .ends()
                .iter()
                .any(|ends| Some(ends.source) == card && ends.target == first);
            assert!(leads, "{}", snippet.name);
        }
        open.undo();
        open.undo();
        assert_eq!(open.document().text(), before);
    }
}

#[test]
fn without_a_card_a_snippet_stands_for_itself_where_it_is_wanted() {
    for snippet in SNIPPETS {
        let mut open = flow_of(snippet.kind);
        let wires = open.diagram().wires.len();
        let to = Point::new(4_000.0, 2_000.0);
        let inserted = snippet.insert(&open, None, to).unwrap();
        assert!(!inserted.is_joined);
        open.apply(&inserted.command).unwrap();
        assert!(open.diagram().wires.len() > wires);
        let first = open.diagram().find(&inserted.ids[0]).unwrap();
        assert!(open.scene().cards()[first as usize].center().distance(to) < 1_000.0);
        let errors = open
            .problems()
            .iter()
            .filter(|it| it.severity == Severity::Error);
        let codes: Vec<_> = errors.map(|it| it.rule.code).collect();
        assert!(
            codes
                .iter()
                .all(|code| ["FD401", "FD402", "ST401", "ST402"].contains(code)),
            "{codes:?}"
        );
    }
}

#[test]
fn a_card_that_ends_or_asks_is_not_led_on_from() {
    let open = open(FLOW);
    let end = open.diagram().find("e5");
    let inserted = SNIPPETS[1].insert(&open, end, Point::default()).unwrap();
    assert!(!inserted.is_joined);
    let states = flow_of(FragmentKind::States);
    assert!(matches!(
        SNIPPETS[0].insert(&states, None, Point::default()),
        Err(NotInserted::Refused(_))
    ));
    assert!(insert_piece(&open, "{}", &[], None, Point::default()).is_err());
}

#[test]
fn a_piece_of_ones_own_is_put_after_a_card_with_nothing_behind_it() {
    let mut open = open(FLOW);
    open.select(crate::open_document::Selection::card(1));
    let piece = crate::fragment::copy(&open).unwrap();
    let edge = crate::command::dialog::delete_edge(open.document().dialog_flow().unwrap(), 1);
    open.apply(&edge).unwrap();
    let inserted = insert_piece(&open, &piece, &[], Some(1), Point::default()).unwrap();
    assert!(inserted.is_joined);
    open.apply(&inserted.command).unwrap();
    let flow = open.document().dialog_flow().unwrap();
    assert_eq!(flow.edges[1].source.text, "hello");
    assert_eq!(flow.edges[1].target.text, inserted.ids[0]);
}
