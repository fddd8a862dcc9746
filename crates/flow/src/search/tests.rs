//! Finding and replacing, by example and on random flows.

use proptest::prelude::*;

use super::*;
use crate::open_document::OpenDocument;
use crate::session::Positions;

const FLOW: &str = r#"{"id":"f","name":"Agents","version":"1.0.0","entryPoint":"agent_start",
 "variables":[{"name":"agent","type":"string"},{"name":"agentName","type":"string"}],
 "nodes":[{"id":"agent_start","type":"start","label":"Start"},
          {"id":"ask","type":"intent","label":"Ask an AGENT","properties":{"intentName":"agent","examples":["an agent, please","caf\u00e9 agent"]}},
          {"id":"note","type":"action","label":"Note","properties":{"script":"set(agent, 'x ${agentName}')","say":"Your agent is {{agent}}."}}],
 "edges":[{"id":"e1","source":"agent_start","target":"ask"},
          {"id":"e2","source":"ask","target":"note","condition":"context.agent == \"agent\" && agentName"}]}"#;

fn open(text: &str) -> OpenDocument {
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

fn query(text: &str) -> Query<'_> {
    Query {
        text,
        ..Query::default()
    }
}

fn listed(open: &OpenDocument, query: &Query<'_>) -> Vec<String> {
    let found = find(open.document(), query);
    assert_eq!(found.total, found.hits.len());
    let line = |hit: &Hit| {
        let (before, own, after) = surroundings(open.document(), hit);
        let place = described(open.document(), open.diagram(), &hit.place);
        format!("{place}: {before}[{own}]{after}")
    };
    found.hits.iter().map(line).collect()
}

#[test]
fn everything_written_is_found_with_its_place() {
    let open = open(FLOW);
    insta::assert_snapshot!(listed(&open, &query("agent")).join("\n"), @r#"
    Name of the flow: [Agent]s
    Variable: [agent]
    Variable: [agent]Name
    Id of Start: [agent]_start
    Label of Ask an AGENT: Ask an [AGENT]
    Intent of Ask an AGENT: [agent]
    Example of Ask an AGENT: an [agent], please
    Example of Ask an AGENT: café [agent]
    Message of Note: Your [agent] is {{agent}}.
    Message of Note: Your agent is {{[agent]}}.
    Script of Note: set([agent], 'x ${agentName}')
    Script of Note: set(agent, 'x ${[agent]Name}')
    Condition of e2: context.[agent] == "agent" && agentName
    Condition of e2: context.agent == "[agent]" && agentName
    Condition of e2: …ext.agent == "agent" && [agent]Name
    "#);
    let whole = Query {
        match_case: true,
        whole_word: true,
        text: "agent",
    };
    assert_eq!(listed(&open, &whole).len(), 9);
    assert!(listed(&open, &query("")).is_empty());
    assert_eq!(listed(&open, &query("CAFÉ")).len(), 1);
}

#[test]
fn letters_that_change_their_length_are_found_where_they_stand() {
    let mut ranges = Vec::new();
    let mut matcher = Matcher::new(&query("x")).unwrap();
    matcher.each("İXßx", |range| ranges.push(range));
    assert_eq!(ranges, [2..3, 5..6]);
}

#[test]
fn replacing_everything_takes_ids_and_variables_along() {
    let mut open = open(FLOW);
    let whole = Query {
        text: "agent",
        match_case: true,
        whole_word: false,
    };
    let replacement = replace_all(&open, &whole, "person").unwrap();
    assert!(replacement.skipped.is_empty());
    open.apply(&replacement.command).unwrap();
    let text = open.document().text().to_owned();
    assert!(!text.contains("agent") && text.contains("AGENT"), "{text}");
    assert!(
        open.problems()
            .iter()
            .all(|problem| problem.rule.code != "FD106")
    );
    assert_eq!(open.undo().as_deref(), Some("Replace all"));
    assert_eq!(open.document().text(), FLOW);
}

#[test]
fn a_card_that_is_called_something_else_stays_in_its_group() {
    let mut open = open(FLOW);
    open.select(crate::open_document::Selection::card(0));
    let command = open.group_command().unwrap();
    open.apply(&command).unwrap();
    let replacement = replace_all(&open, &query("agent_start"), "begin").unwrap();
    open.apply(&replacement.command).unwrap();
    let groups = &open.annotations().groups;
    assert!(groups.values().all(|group| group.members.contains("begin")));
}

#[test]
fn what_would_be_called_like_another_stays() {
    let mut open = open(FLOW);
    let replacement = replace_all(&open, &query("agent_start"), "ask").unwrap();
    assert_eq!(replacement.skipped, ["agent_start"]);
    let replacement = replace_all(&open, &query("agent"), "agent!").unwrap();
    assert_eq!(replacement.skipped, ["agent", "agentName"]);
    open.apply(&replacement.command).unwrap();
    let flow = open.document().dialog_flow().unwrap();
    assert_eq!(flow.entry_point.text, "agent!_start");
    assert_eq!(flow.variables[0].name.text, "agent");
}

#[test]
fn one_hit_is_replaced_by_itself_or_with_all_that_refers_to_it() {
    let mut open = open(FLOW);
    let hits = find(open.document(), &query("agent_start")).hits;
    let replacement = replace_one(&open, &hits[0], "begin").unwrap();
    open.apply(&replacement.command).unwrap();
    let flow = open.document().dialog_flow().unwrap();
    assert_eq!(
        (&*flow.entry_point.text, &*flow.edges[0].source.text),
        ("begin", "begin")
    );

    let found = find(open.document(), &query("please")).hits[0];
    let replacement = replace_one(&open, &found, "\"now\"\n").unwrap();
    open.apply(&replacement.command).unwrap();
    assert!(open.document().text().contains(r#"an agent, \"now\"\n"#));
}

proptest! {
    /// A text that is nowhere replaced and put back again leads back, whatever is replaced.
    #[test]
    fn replacing_there_and_back_is_nothing(word in "agent|a|e|note|Start|[a-z]", case in any::<bool>()) {
        let mut open = open(FLOW);
        let there = Query { text: &word, match_case: true, whole_word: case };
        let Some(replacement) = replace_all(&open, &there, "Zq9") else { return Ok(()) };
        open.apply(&replacement.command).unwrap();
        let back = Query { text: "Zq9", match_case: true, whole_word: false };
        let replacement = replace_all(&open, &back, &word).unwrap();
        prop_assert!(replacement.skipped.is_empty());
        open.apply(&replacement.command).unwrap();
        prop_assert_eq!(open.document().text(), FLOW);
    }

    #[test]
    fn every_hit_reads_as_the_query(text in "[abAB éÉß]{0,16}", word in "[abÉé]{1,2}", whole in any::<bool>()) {
        let query = Query { text: &word, match_case: false, whole_word: whole };
        let mut matcher = Matcher::new(&query).unwrap();
        let mut last = 0;
        let mut wrong = None;
        matcher.each(&text, |range| {
            if text[range.clone()].to_lowercase() != word.to_lowercase() || range.start < last {
                wrong = Some(range.clone());
            }
            last = range.end;
        });
        prop_assert_eq!(wrong, None);
    }
}
