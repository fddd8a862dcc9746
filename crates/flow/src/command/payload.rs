//! The commands of payloads: context sets, state variables, simulation scripts.

pub mod context_set;
pub mod simulation;
pub mod state_variables;
