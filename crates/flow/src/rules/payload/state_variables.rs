//! The rules about state variables, a file each.

pub(in crate::rules) mod empty_update;
pub(in crate::rules) mod invalid_name;
pub(in crate::rules) mod nested_too_deep;
pub(in crate::rules) mod next_step_missing;
pub(in crate::rules) mod payload_too_large;
pub(in crate::rules) mod reserved_prefix;
pub(in crate::rules) mod unsupported_value;
pub(in crate::rules) mod variable_too_large;
