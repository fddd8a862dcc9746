//! Renaming everywhere, there and back.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::document::Document;
use crate::open_document::OpenDocument;
use crate::session::Positions;

fn open(text: &str) -> OpenDocument {
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

const FLOW: &str = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
 "variables":[{"name":"agent","type":"string"}],
 "nodes":[{"id":"a","type":"start","label":"agent"},
          {"id":"b","type":"action","label":"B","properties":{"script":"agent = 'x'; say(context.agent + '${agent} {{cc.agent}} agent')","say":"{{ agent.name }} and ${input.agent}"}},
          {"id":"c","type":"action","label":"C","properties":{"script":"if (agent) { context.agent = 1 }"}}],
 "edges":[{"id":"e1","source":"a","target":"b","condition":"agent.name == 'agent' || input.agent || $context['agent'] == '${agent}'"},
          {"id":"e2","source":"b","target":"c"}]}"#;

#[test]
fn a_variable_is_renamed_wherever_it_is_meant_and_nowhere_else() {
    let mut open = open(FLOW);
    let renaming =
        rename_variable(open.document(), &VariableName::context("agent"), "person").unwrap();
    assert_eq!(
        renaming.summary(),
        "1 declaration, 3 mentions in conditions, 5 mentions in scripts, 1 mention in messages"
    );
    assert_eq!(renaming.unsure, 1);
    open.apply(&renaming.command).unwrap();
    let flow = open.document().dialog_flow().unwrap();
    assert_eq!(
        flow.edges[0].condition.as_ref().unwrap().text,
        "person.name == 'agent' || input.agent || $context['person'] == '${person}'"
    );
    let script = |node: usize| &flow.nodes[node].properties.script.as_ref().unwrap().text;
    assert_eq!(
        script(1),
        "person = 'x'; say(context.person + '${person} {{cc.person}} agent')"
    );
    assert_eq!(script(2), "if (agent) { context.person = 1 }");
    assert_eq!(
        flow.nodes[1].properties.say.as_ref().unwrap().text,
        "{{ person.name }} and ${input.agent}"
    );
    assert_eq!(flow.nodes[0].label.text, "agent");
    open.undo();
    assert_eq!(open.document().text(), FLOW);
}

#[test]
fn names_that_cannot_be_are_refused() {
    let open = open(FLOW);
    let rename =
        |name: &str| rename_variable(open.document(), &VariableName::context("agent"), name);
    for (name, refusal) in [
        (" ", Refusal::Blank),
        ("context", Refusal::Reserved("context".into())),
        ("true", Refusal::Reserved("true".into())),
        ("Math", Refusal::Reserved("Math".into())),
        ("two words", Refusal::NoName("two words".into())),
        ("1st", Refusal::NoName("1st".into())),
        ("x ", Refusal::NoName("x ".into())),
    ] {
        assert_eq!(rename(name).unwrap_err(), refusal);
    }
    let gone = VariableName::context("nobody");
    let refused = rename_variable(open.document(), &gone, "x").unwrap_err();
    assert_eq!(refused, Refusal::Gone);
    assert!(matches!(rename_card(&open, 0, "b"), Err(Refusal::Taken(_))));
    assert!(matches!(rename_card(&open, 0, " "), Err(Refusal::Blank)));
    assert!(matches!(rename_card(&open, 9, "z"), Err(Refusal::Gone)));
    // A word of a foreign script may be a name too.
    let refused = rename_variable(open.document(), &VariableName::context("agent"), "if");
    assert!(refused.is_err());
}

#[test]
fn an_id_is_renamed_with_every_edge_and_the_entry() {
    let open = open(FLOW);
    let renaming = rename_card(&open, 0, "start").unwrap();
    assert_eq!(
        renaming.summary(),
        "1 declaration, 1 entry of the flow, 1 end of an edge"
    );
    let renaming = rename_card(&open, 1, "middle").unwrap();
    assert_eq!(renaming.summary(), "1 declaration, 2 ends of edges");
}

#[test]
fn variables_of_states_have_their_scope() {
    let text = r#"{"botId":"b","flowId":"f","states":[{"id":"s","transitions":[
        {"id":"t","targetStateId":"s","conditions":[{"type":"expression","value":"session.tier == 1 && tier && user.tier"}],
         "actions":[{"type":"set","variable":"session.tier","value":"{{session.tier}} {{tier}}"},
                    {"type":"set","variable":"tier","value":1}]}]}]}"#;
    let mut open = open(text);
    let names: Vec<String> = variables(open.document())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["tier", "session.tier", "user.tier"]);
    let session = variables(open.document())[1].clone();
    let renaming = rename_variable(open.document(), &session, "level").unwrap();
    assert_eq!(
        renaming.summary(),
        "1 mention in conditions, 2 mentions in actions"
    );
    open.apply(&renaming.command).unwrap();
    let transition = &open.document().state_flow().unwrap().states[0].transitions[0];
    assert_eq!(
        transition.conditions[0].expression.as_ref().unwrap().text,
        "session.level == 1 && tier && user.tier"
    );
    assert_eq!(
        transition.actions[0].variable.as_ref().unwrap().text,
        "session.level"
    );
}

/// Texts in which `v` is a variable, in every form there is.
fn fragment() -> impl Strategy<Value = &'static str> {
    select(vec![
        "v",
        "context.v",
        "$context['v']",
        "cc?.v",
        "v.v",
        "'${v} {{v}} v'",
        "\"{{ context.v.x }}\"",
        "input.v",
        "other",
        "vv + v",
        "!v ? v : 'é😀 ${v}'",
    ])
}

fn flow() -> impl Strategy<Value = String> {
    let texts = || proptest::collection::vec(fragment(), 1..4);
    let node = (texts(), texts(), 0..5_usize, 0..5_usize);
    proptest::collection::vec(node, 1..6).prop_map(|parts| {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        for (at, (script, condition, from, to)) in parts.into_iter().enumerate() {
            let count = at + 1;
            let says: Vec<String> = script.iter().map(|it| format!("say({it})")).collect();
            let script = format!("v = {}; {}", script[0], says.join("; "));
            let condition = crate::json::quote(&condition.join(" && "));
            let script = crate::json::quote(&script);
            nodes.push(format!(
                r#"{{"id":"n{at}","type":"action","label":"v","properties":{{"script":{script},"say":"${{v}} v {{{{v}}}} \u0076"}}}}"#
            ));
            edges.push(format!(
                r#"{{"id":"e{at}","source":"n{}","target":"n{}","condition":{condition}}}"#,
                from % count,
                to % count
            ));
        }
        format!(
            r#"{{"id":"f","name":"v","version":"1.0.0","entryPoint":"n0","variables":[{{"name":"v","type":"string"}}],"nodes":[{}],"edges":[{}]}}"#,
            nodes.join(",\n"),
            edges.join(",\n")
        )
    })
}

proptest! {
    #[test]
    fn a_variable_renamed_there_and_back_is_as_it_was(text in flow(), name in "zz[a-z]{0,4}") {
        let mut open = open(&text);
        let before = mentions(open.document(), None);
        let there = rename_variable(open.document(), &VariableName::context("v"), &name).unwrap();
        prop_assert_eq!(there.unsure, 0);
        open.apply(&there.command).unwrap();
        // Every mention of the one is one of the other now, and no other has changed.
        let after = mentions(open.document(), None);
        prop_assert_eq!(before.len(), after.len());
        for (old, new) in before.iter().zip(&after) {
            if old.variable == VariableName::context("v") {
                prop_assert_eq!(&new.variable, &VariableName::context(&name));
            } else {
                prop_assert_eq!(&new.variable, &old.variable);
            }
        }
        let back = rename_variable(open.document(), &VariableName::context(&name), "v").unwrap();
        prop_assert_eq!(back.places, there.places);
        open.apply(&back.command).unwrap();
        prop_assert_eq!(open.document().text(), &text);
    }

    #[test]
    fn an_id_renamed_there_and_back_is_as_it_was(text in flow(), card in 0..6_u32) {
        let mut open = open(&text);
        let card = card % u32::try_from(open.diagram().cards.len()).unwrap();
        let old = open.diagram().cards[card as usize].id.clone();
        let corners: Vec<_> = open.scene().cards().to_vec();
        let there = rename_card(&open, card, "zz").unwrap();
        open.apply(&there.command).unwrap();
        prop_assert_eq!(open.scene().cards(), &corners[..]);
        let problems = open.problems().len();
        let back = rename_card(&open, card, &old).unwrap();
        open.apply(&back.command).unwrap();
        prop_assert_eq!(open.problems().len(), problems);
        prop_assert_eq!(open.document().text(), &text);
    }
}
