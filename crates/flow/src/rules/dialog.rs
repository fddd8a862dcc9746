//! The rules about dialog flows, a file each.

pub(super) mod dead_end_node;
pub(super) mod edge_target_missing;
pub(super) mod entry_point_missing;
pub(super) mod unreachable_node;
