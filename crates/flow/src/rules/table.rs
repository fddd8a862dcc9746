//! The one table of all rules, sorted by code.

use super::{Rule, dialog, state};

/// Every rule there is, sorted by code.
pub static RULES: &[&Rule] = &[
    &dialog::entry_point_missing::RULE,
    &dialog::edge_target_missing::RULE,
    &dialog::unreachable_node::RULE,
    &dialog::dead_end_node::RULE,
    &state::transition_target_missing::RULE,
    &state::duplicate_id::RULE,
    &state::blank_id::RULE,
    &state::initial_state_missing::RULE,
    &state::fallback_state_missing::RULE,
    &state::partial_flow::RULE,
    &state::too_many_transitions::RULE,
    &state::too_many_conditions::RULE,
    &state::too_many_actions::RULE,
    &state::invalid_action_scope::RULE,
    &state::unscoped_action::RULE,
    &state::unknown_action_type::RULE,
    &state::unreachable_state::RULE,
    &state::dead_end_state::RULE,
    &state::closed_loop::RULE,
    &state::missing_default::RULE,
    &state::shadowed_transition::RULE,
    &state::default_cycle::RULE,
];

/// The rule with this code or name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}
