//! ## What it does
//! Counts the transitions of every state against the platform's limit.
//!
//! ## Why it is bad
//! The platform refuses the update, and nothing of the state is saved.
//!
//! ## Example
//! ```json fails
//! { "id": "greet", "transitions": [
//!     { "id": "t1", "targetStateId": "s1" }, { "id": "t2", "targetStateId": "s2" },
//!     { "id": "t3", "targetStateId": "s3" }, { "id": "t4", "targetStateId": "s4" },
//!     { "id": "t5", "targetStateId": "s5" }, { "id": "t6", "targetStateId": "s6" },
//!     { "id": "t7", "targetStateId": "s7" }, { "id": "t8", "targetStateId": "s8" },
//!     { "id": "t9", "targetStateId": "s9" }, { "id": "t10", "targetStateId": "s10" },
//!     { "id": "t11", "targetStateId": "s11" }, { "id": "t12", "targetStateId": "s12" },
//!     { "id": "t13", "targetStateId": "s13" }, { "id": "t14", "targetStateId": "s14" },
//!     { "id": "t15", "targetStateId": "s15" }, { "id": "t16", "targetStateId": "s16" },
//!     { "id": "t17", "targetStateId": "s17" }, { "id": "t18", "targetStateId": "s18" },
//!     { "id": "t19", "targetStateId": "s19" }, { "id": "t20", "targetStateId": "s20" },
//!     { "id": "t21", "targetStateId": "s21" }, { "id": "t22", "targetStateId": "s22" },
//!     { "id": "t23", "targetStateId": "s23" }, { "id": "t24", "targetStateId": "s24" },
//!     { "id": "t25", "targetStateId": "s25" }, { "id": "t26", "targetStateId": "s26" },
//!     { "id": "t27", "targetStateId": "s27" }, { "id": "t28", "targetStateId": "s28" },
//!     { "id": "t29", "targetStateId": "s29" }, { "id": "t30", "targetStateId": "s30" },
//!     { "id": "t31", "targetStateId": "s31" }, { "id": "t32", "targetStateId": "s32" },
//!     { "id": "t33", "targetStateId": "s33" }, { "id": "t34", "targetStateId": "s34" },
//!     { "id": "t35", "targetStateId": "s35" }, { "id": "t36", "targetStateId": "s36" },
//!     { "id": "t37", "targetStateId": "s37" }, { "id": "t38", "targetStateId": "s38" },
//!     { "id": "t39", "targetStateId": "s39" }, { "id": "t40", "targetStateId": "s40" },
//!     { "id": "t41", "targetStateId": "s41" }, { "id": "t42", "targetStateId": "s42" },
//!     { "id": "t43", "targetStateId": "s43" }, { "id": "t44", "targetStateId": "s44" },
//!     { "id": "t45", "targetStateId": "s45" }, { "id": "t46", "targetStateId": "s46" },
//!     { "id": "t47", "targetStateId": "s47" }, { "id": "t48", "targetStateId": "s48" },
//!     { "id": "t49", "targetStateId": "s49" }, { "id": "t50", "targetStateId": "s50" },
//!     { "id": "t51", "targetStateId": "s51" } ] }
//! ```
//!
//! ## Use instead
//! ```json passes
//! { "botId": "b", "flowId": "f", "initialStateId": "greet", "fallbackStateId": "lost",
//!   "states": [{ "id": "greet", "transitions": [{ "id": "t1", "targetStateId": "bye" }] },
//!              { "id": "lost", "final": true, "transitions": [] },
//!              { "id": "bye", "final": true, "transitions": [] }] }
//! ```
//!
//! ## When to switch it off
//! Never: the limit is the platform's.

use crate::limits::STATE_TRANSITIONS;
use crate::problem::Severity;
use crate::rules::state_context::StateContext;
use crate::rules::wording::Quoted;
use crate::rules::{Check, Report, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ST201",
    name: "too-many-transitions",
    severity: Severity::Error,
    since: "0.1.0",
    scope: Scope::Node,
    summary: "A state has more transitions than the platform takes.",
    check: Check::State(check),
    veto: None,
};

fn check(context: &StateContext<'_>, report: &mut Report<'_>) {
    for state in &context.flow.states {
        let count = state.transitions.len();
        if count > STATE_TRANSITIONS {
            let message = format!(
                "\"{}\" has {count} transitions; the platform takes {STATE_TRANSITIONS} and refuses \
                 the update. Join transitions to one target, or divide the state.",
                Quoted(state.label())
            );
            report.problem(state.at, message).id(&state.id.text);
        }
    }
}
