//! The one table of all rules, sorted by code.

use super::{Rule, dialog};

/// Every rule there is, sorted by code.
pub static RULES: &[&Rule] = &[
    &dialog::entry_point_missing::RULE,
    &dialog::edge_target_missing::RULE,
    &dialog::unreachable_node::RULE,
    &dialog::dead_end_node::RULE,
];

/// The rule with this code or name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}
