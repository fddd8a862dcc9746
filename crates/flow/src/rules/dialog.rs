//! The rules about dialog flows, a file each.

pub(super) mod artifact_checksum;
pub(super) mod blank_id;
pub(super) mod blank_label;
pub(super) mod dead_end_node;
pub(super) mod default_type_mismatch;
pub(super) mod duplicate_edge;
pub(super) mod duplicate_id;
pub(super) mod edge_against_type;
pub(super) mod edge_source_missing;
pub(super) mod edge_target_missing;
pub(super) mod endless_loop;
pub(super) mod entry_point_missing;
pub(super) mod entry_point_not_start;
pub(super) mod intent_without_examples;
pub(super) mod nearly_too_many_nodes;
pub(super) mod no_path_to_end;
pub(super) mod property_type;
pub(super) mod too_many_nodes;
pub(super) mod unreachable_node;
pub(super) mod unsupported_node_type;
pub(super) mod unsupported_variable_type;
pub(super) mod version_not_semantic;
