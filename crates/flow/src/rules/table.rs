//! The one table of all rules, sorted by code.

use super::{Rule, dialog};

/// Every rule there is, sorted by code.
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
];

/// The rule with this code or name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}
