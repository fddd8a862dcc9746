//! The rules about simulation scripts, a file each.

pub(in crate::rules) mod confidence_range;
pub(in crate::rules) mod duplicate_assertion;
pub(in crate::rules) mod input_without_assertion;
pub(in crate::rules) mod required_field;
pub(in crate::rules) mod step_out_of_range;
pub(in crate::rules) mod unknown_intent;
