//! The rules about state flows, a file each.

pub(super) mod blank_id;
pub(super) mod closed_loop;
pub(super) mod condition_syntax;
pub(super) mod constant_condition;
pub(super) mod dead_end_state;
pub(super) mod default_cycle;
pub(super) mod duplicate_id;
pub(super) mod fallback_state_missing;
pub(super) mod initial_state_missing;
pub(super) mod invalid_action_scope;
pub(super) mod missing_default;
pub(super) mod partial_flow;
pub(super) mod shadowed_transition;
pub(super) mod too_many_actions;
pub(super) mod too_many_conditions;
pub(super) mod too_many_transitions;
pub(super) mod transition_target_missing;
pub(super) mod type_mismatch;
pub(super) mod unknown_action_type;
pub(super) mod unknown_name;
pub(super) mod unreachable_state;
pub(super) mod unscoped_action;
