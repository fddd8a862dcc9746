//! The snippets that come with Flowdeck.

use super::Snippet;
use crate::fragment::FragmentKind::{Nodes, States};

/// All of them: those for dialog flows, then those for state flows.
pub const SNIPPETS: &[Snippet] = &[
    Snippet {
        name: "Ask, validate, retry",
        note: "asks up to three times",
        kind: Nodes,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 96], [264, 96], [528, 96], [792, 96], [1056, 0], [1056, 96], [1056, 192]],
"nodes": [
{"id": "ask", "type": "action", "label": "Ask", "properties": {"say": "What is your order number?", "script": "set(attempts, 0)"}},
{"id": "answer", "type": "intent", "label": "Answer", "properties": {"intentName": "answer", "examples": ["It is 12345", "12345"], "isFallback": true}},
{"id": "note_answer", "type": "action", "label": "Note the answer", "properties": {"script": "set(answer, input.text); set(attempts, attempts + 1)"}},
{"id": "check_answer", "type": "condition", "label": "Is it valid?", "properties": {}},
{"id": "accept", "type": "action", "label": "Accept", "properties": {"say": "Thank you."}},
{"id": "ask_again", "type": "action", "label": "Ask again", "properties": {"say": "That does not look right. Please try again."}},
{"id": "give_up", "type": "action", "label": "Give up", "properties": {"say": "Let us leave it at that."}}],
"edges": [
{"id": "to_answer", "source": "ask", "target": "answer", "condition": null},
{"id": "to_note", "source": "answer", "target": "note_answer", "condition": null},
{"id": "to_check", "source": "note_answer", "target": "check_answer", "condition": null},
{"id": "to_accept", "source": "check_answer", "target": "accept", "condition": "answer.length > 4"},
{"id": "to_again", "source": "check_answer", "target": "ask_again", "condition": "attempts < 3"},
{"id": "to_give_up", "source": "check_answer", "target": "give_up", "condition": null},
{"id": "to_wait", "source": "ask_again", "target": "answer", "condition": null}]}"#,
        exits: &[4, 6],
        variables: &[("answer", "string", "\"\""), ("attempts", "number", "0")],
    },
    Snippet {
        name: "Confirm",
        note: "yes or no",
        kind: Nodes,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 48], [264, 0], [264, 96], [528, 0], [528, 96]],
"nodes": [
{"id": "ask_confirm", "type": "action", "label": "Ask to confirm", "properties": {"say": "Shall I go ahead?"}},
{"id": "said_yes", "type": "intent", "label": "Yes", "properties": {"intentName": "yes", "examples": ["yes", "go ahead", "sure"]}},
{"id": "said_no", "type": "intent", "label": "No", "properties": {"intentName": "no", "examples": ["no", "stop", "rather not"]}},
{"id": "confirmed", "type": "action", "label": "Confirmed", "properties": {"say": "Done.", "script": "set(confirmed, true)"}},
{"id": "declined", "type": "action", "label": "Declined", "properties": {"say": "All right, I leave it as it is.", "script": "set(confirmed, false)"}}],
"edges": [
{"id": "to_yes", "source": "ask_confirm", "target": "said_yes", "condition": null},
{"id": "to_no", "source": "ask_confirm", "target": "said_no", "condition": null},
{"id": "to_confirmed", "source": "said_yes", "target": "confirmed", "condition": null},
{"id": "to_declined", "source": "said_no", "target": "declined", "condition": null}]}"#,
        exits: &[3, 4],
        variables: &[("confirmed", "boolean", "false")],
    },
    Snippet {
        name: "Menu",
        note: "three choices",
        kind: Nodes,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 96], [264, 0], [264, 96], [264, 192], [528, 0], [528, 96], [528, 192]],
"nodes": [
{"id": "offer", "type": "action", "label": "Offer the choices", "properties": {"say": "Is it about an order, an invoice, or something else?"}},
{"id": "chose_order", "type": "intent", "label": "Order", "properties": {"intentName": "order", "examples": ["an order", "my parcel"]}},
{"id": "chose_invoice", "type": "intent", "label": "Invoice", "properties": {"intentName": "invoice", "examples": ["an invoice", "my bill"]}},
{"id": "chose_other", "type": "intent", "label": "Something else", "properties": {"intentName": "other", "examples": ["something else"]}},
{"id": "about_order", "type": "action", "label": "About an order", "properties": {"say": "Let us look at your order."}},
{"id": "about_invoice", "type": "action", "label": "About an invoice", "properties": {"say": "Let us look at your invoice."}},
{"id": "about_other", "type": "action", "label": "About something else", "properties": {"say": "Tell me more."}}],
"edges": [
{"id": "to_order", "source": "offer", "target": "chose_order", "condition": null},
{"id": "to_invoice", "source": "offer", "target": "chose_invoice", "condition": null},
{"id": "to_other", "source": "offer", "target": "chose_other", "condition": null},
{"id": "on_order", "source": "chose_order", "target": "about_order", "condition": null},
{"id": "on_invoice", "source": "chose_invoice", "target": "about_invoice", "condition": null},
{"id": "on_other", "source": "chose_other", "target": "about_other", "condition": null}]}"#,
        exits: &[4, 5, 6],
        variables: &[],
    },
    Snippet {
        name: "Handover",
        note: "to a person, in service hours",
        kind: Nodes,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 48], [264, 0], [528, 0], [264, 96]],
"nodes": [
{"id": "check_hours", "type": "condition", "label": "Within service hours?", "properties": {}},
{"id": "hand_over", "type": "action", "label": "Hand over", "properties": {"say": "One moment, I connect you with a colleague.", "script": "handover()"}},
{"id": "handed_over", "type": "end", "label": "Handed over", "properties": {}},
{"id": "nobody_there", "type": "action", "label": "Nobody is there", "properties": {"say": "Nobody is there right now. We call you back."}}],
"edges": [
{"id": "to_hand_over", "source": "check_hours", "target": "hand_over", "condition": "serviceHours"},
{"id": "to_nobody", "source": "check_hours", "target": "nobody_there", "condition": null},
{"id": "to_handed_over", "source": "hand_over", "target": "handed_over", "condition": null}]}"#,
        exits: &[3],
        variables: &[("serviceHours", "boolean", "true")],
    },
    Snippet {
        name: "Ask, validate, retry",
        note: "asks again until it fits",
        kind: States,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 48], [264, 0], [264, 96]],
"states": [
{"id": "ask", "name": "Ask", "transitions": [
  {"id": "valid", "targetStateId": "accepted", "conditions": [{"type": "expression", "value": "input.text.length > 4"}], "actions": [{"type": "set", "variable": "session.answer", "value": "{{input.text}}"}]},
  {"id": "invalid", "targetStateId": "ask_again", "conditions": [], "actions": [{"type": "increment", "variable": "session.attempts", "value": 1}]}]},
{"id": "accepted", "name": "Accepted", "transitions": []},
{"id": "ask_again", "name": "Ask again", "transitions": [
  {"id": "valid", "targetStateId": "accepted", "conditions": [{"type": "expression", "value": "input.text.length > 4"}], "actions": [{"type": "set", "variable": "session.answer", "value": "{{input.text}}"}]}]}]}"#,
        exits: &[1, 2],
        variables: &[],
    },
    Snippet {
        name: "Confirm",
        note: "yes or no",
        kind: States,
        text: r#"{"flowdeck": "fragment",
"corners": [[0, 48], [264, 0]],
"states": [
{"id": "confirm", "name": "Confirm", "transitions": [
  {"id": "yes", "targetStateId": "confirmed", "conditions": [{"type": "expression", "value": "intent.name == \"yes\""}], "actions": [{"type": "set", "variable": "session.confirmed", "value": true}]}]},
{"id": "confirmed", "name": "Confirmed", "transitions": []}]}"#,
        exits: &[0, 1],
        variables: &[],
    },
];
