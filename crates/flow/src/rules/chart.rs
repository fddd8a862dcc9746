//! The rules about charts, one file each.

pub(super) mod branch_marker_misplaced;
pub(super) mod broken_tree;
pub(super) mod code_error;
pub(super) mod code_too_long;
pub(super) mod cognigy_script_syntax;
pub(super) mod condition_syntax;
pub(super) mod default_condition;
pub(super) mod disabled_node;
pub(super) mod duplicate_case;
pub(super) mod empty_branch;
pub(super) mod empty_say;
pub(super) mod jump_loop;
pub(super) mod jump_target_missing;
pub(super) mod jump_target_not_entry;
pub(super) mod node_too_large;
pub(super) mod script_in_condition;
pub(super) mod secret_in_node;
pub(super) mod settings_not_included;
pub(super) mod too_many_nodes;
pub(super) mod unreachable_after_stop;
