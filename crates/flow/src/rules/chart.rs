//! The rules about charts, one file each.

pub(super) mod jump_target_missing;
pub(super) mod jump_target_not_entry;
