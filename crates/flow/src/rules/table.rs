//! The one table of all rules: by kind of document, then by code.

use std::fmt::Write as _;

use super::{Rule, chart, dialog, payload, state};
use crate::checksum::sha256;

/// Every rule there is: by kind of document, then by code.
pub static RULES: &[&Rule] = &[
    &dialog::entry_point_missing::RULE,
    &dialog::edge_source_missing::RULE,
    &dialog::edge_target_missing::RULE,
    &dialog::duplicate_id::RULE,
    &dialog::blank_id::RULE,
    &dialog::entry_point_not_start::RULE,
    &dialog::edge_against_type::RULE,
    &dialog::duplicate_edge::RULE,
    &dialog::blank_label::RULE,
    &dialog::property_type::RULE,
    &dialog::too_many_nodes::RULE,
    &dialog::unsupported_node_type::RULE,
    &dialog::version_not_semantic::RULE,
    &dialog::unsupported_variable_type::RULE,
    &dialog::default_type_mismatch::RULE,
    &dialog::nearly_too_many_nodes::RULE,
    &dialog::unbound_variable::RULE,
    &dialog::unknown_context_variable::RULE,
    &dialog::unused_variable::RULE,
    &dialog::read_before_set::RULE,
    &dialog::unreachable_node::RULE,
    &dialog::dead_end_node::RULE,
    &dialog::endless_loop::RULE,
    &dialog::no_path_to_end::RULE,
    &dialog::condition_syntax::RULE,
    &dialog::unknown_name::RULE,
    &dialog::constant_condition::RULE,
    &dialog::shadowed_branch::RULE,
    &dialog::missing_default::RULE,
    &dialog::several_defaults::RULE,
    &dialog::type_mismatch::RULE,
    &dialog::intent_without_examples::RULE,
    &dialog::artifact_checksum::RULE,
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
    &state::condition_syntax::RULE,
    &state::unknown_name::RULE,
    &state::constant_condition::RULE,
    &state::type_mismatch::RULE,
    &payload::context_set::invalid_key::RULE,
    &payload::context_set::invalid_scope::RULE,
    &payload::context_set::variable_too_large::RULE,
    &payload::context_set::context_too_large::RULE,
    &payload::context_set::unexpected_field::RULE,
    &payload::context_set::conversation_id::RULE,
    &payload::context_set::unresolved_placeholder::RULE,
    &payload::context_set::key_mismatch::RULE,
    &payload::state_variables::reserved_prefix::RULE,
    &payload::state_variables::invalid_name::RULE,
    &payload::state_variables::unsupported_value::RULE,
    &payload::state_variables::variable_too_large::RULE,
    &payload::state_variables::payload_too_large::RULE,
    &payload::state_variables::nested_too_deep::RULE,
    &payload::state_variables::next_step_missing::RULE,
    &payload::state_variables::empty_update::RULE,
    &payload::simulation::required_field::RULE,
    &payload::simulation::step_out_of_range::RULE,
    &payload::simulation::confidence_range::RULE,
    &payload::simulation::duplicate_assertion::RULE,
    &payload::simulation::input_without_assertion::RULE,
    &payload::simulation::unknown_intent::RULE,
    &chart::settings_not_included::RULE,
    &chart::broken_tree::RULE,
    &chart::branch_marker_misplaced::RULE,
    &chart::too_many_nodes::RULE,
    &chart::node_too_large::RULE,
    &chart::code_too_long::RULE,
    &chart::jump_target_missing::RULE,
    &chart::jump_target_not_entry::RULE,
    &chart::jump_loop::RULE,
    &chart::unreachable_after_stop::RULE,
    &chart::empty_branch::RULE,
    &chart::disabled_node::RULE,
    &chart::script_in_condition::RULE,
    &chart::condition_syntax::RULE,
    &chart::default_condition::RULE,
    &chart::cognigy_script_syntax::RULE,
    &chart::code_error::RULE,
    &chart::empty_say::RULE,
    &chart::duplicate_case::RULE,
    &chart::secret_in_node::RULE,
];

/// The rule with this code, or the first one with this name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    rules_called(code_or_name).next()
}

/// The rule with this code, or the rules with this name.
pub fn rules_called(code_or_name: &str) -> impl Iterator<Item = &'static Rule> + '_ {
    let called = move |rule: &&Rule| {
        rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name
    };
    RULES.iter().copied().filter(called)
}

/// Names what this build checks: the version of Flowdeck, and a mark of its rules that changes
/// whenever a rule comes, goes, or is as severe as it was not before.
pub fn version() -> String {
    version_of(RULES)
}

fn version_of(rules: &[&Rule]) -> String {
    const DIGITS: usize = 12;
    let mut table = String::new();
    for rule in rules {
        let severity = rule.severity.as_str();
        writeln!(
            table,
            "{} {} {} {severity}",
            rule.code, rule.name, rule.since
        )
        .unwrap_or_default();
    }
    let mark = sha256(table.as_bytes());
    format!("{}+{}", env!("CARGO_PKG_VERSION"), &mark[..DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Severity;

    #[test]
    fn the_version_tells_tables_apart() {
        let all = version();
        let (number, mark) = all.split_once('+').unwrap();
        assert_eq!(number, env!("CARGO_PKG_VERSION"));
        assert_eq!(mark.len(), 12);
        assert_eq!(version(), all);
        assert_ne!(version_of(&RULES[1..]), all);
        let milder = Rule {
            severity: Severity::Info,
            ..*RULES[0]
        };
        let mut others = RULES.to_vec();
        let milder: &'static Rule = Box::leak(Box::new(milder));
        others[0] = milder;
        assert_ne!(version_of(&others), all);
    }
}
