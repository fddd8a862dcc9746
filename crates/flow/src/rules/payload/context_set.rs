//! The rules about context sets, a file each.

pub(in crate::rules) mod context_too_large;
pub(in crate::rules) mod conversation_id;
pub(in crate::rules) mod invalid_key;
pub(in crate::rules) mod invalid_scope;
pub(in crate::rules) mod key_mismatch;
pub(in crate::rules) mod unexpected_field;
pub(in crate::rules) mod unresolved_placeholder;
pub(in crate::rules) mod variable_too_large;
