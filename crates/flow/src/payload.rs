//! What payloads amount to on their way to the platform: how large they are, what a template
//! becomes, how a large update is divided, how a form reads their values. Which of that is a problem is decided in
//! [`crate::rules`].

mod size;
mod split;
mod template;
mod typed;

pub use size::{ContextMeters, Meter, StateMeters, context_meters, size_words, state_meters};
pub use split::split_updates;
pub use template::{Placeholder, Preview, Replaced, placeholders, preview};
pub use typed::{ValueType, converted, read_number, read_object, read_value, shown_value};
