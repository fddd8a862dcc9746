//! ## What it does
//! Checks the form of the conversation's id.
//!
//! ## Why it is bad
//! The platform finds no conversation by another id.
//!
//! ## Example
//! ```json fails
//! { "conversationId": "8a7b9c2d1e3f",
//!   "variables": {
//!     "customer_tier": { "key": "customer_tier", "value": "premium", "scope": "user" } } }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "conversationId": "conv_8a7b9c2d1e3f",
//!   "variables": {
//!     "customer_tier": { "key": "customer_tier", "value": "premium", "scope": "user" } } }
//! ```
//!
//! ## When to switch it off
//! When the set is a template whose conversation is filled in later.

use crate::command::payload::context_set::set_conversation;
use crate::document::ContextSet;
use crate::problem::Severity;
use crate::rules::{Check, Payload, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "CX106",
    name: "conversation-id",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Payload,
    summary: "The id of the conversation is not `conv_` and hexadecimal digits.",
    check: Check::ContextSet(check),
    veto: None,
};

fn check(payload: &Payload<'_, ContextSet>, report: &mut Report<'_>) {
    let id = &payload.view.conversation_id;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
    if id.text.strip_prefix("conv_").is_some_and(digits) {
        return;
    }
    let message = format!(
        "\"{}\" is not the id of a conversation, so the platform finds none. It is conv_ followed by \
         hexadecimal digits, as conv_8a7b9c2d1e3f.",
        id.text
    );
    let finding = report.problem(id.at, message).id(&id.text);
    if digits(&id.text) {
        let meant = format!("conv_{}", id.text);
        finding.fix(
            format!("Write \"{meant}\""),
            set_conversation(payload.view, &meant),
        );
    }
}
