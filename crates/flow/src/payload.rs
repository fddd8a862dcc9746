//! What payloads amount to on their way to the platform: how large they are, what a template
//! becomes, how a large update is divided. Which of that is a problem is decided in
//! [`crate::rules`].

mod size;
mod split;
mod template;

pub use size::{ContextMeters, Meter, StateMeters, context_meters, state_meters};
pub use split::split_updates;
pub use template::{Placeholder, Preview, Replaced, placeholders, preview};
