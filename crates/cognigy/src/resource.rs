//! What can be asked of the platform, one module per resource. Each call is one request (or one page
//! after another); what several of them add up to is in [`crate::operation`].

pub mod context;
pub mod dialogs;
pub mod simulations;
pub mod state_variables;
pub mod states;

use crate::error::{CallError, Changed, Error};
use crate::send::{Answer, Client};

/// Reads an answer. What is wrong with it does not say that nothing happened.
fn decode<T>(
    client: &Client,
    answer: &Answer,
    changed: Changed,
    read: impl FnOnce(&Answer) -> Result<T, Error>,
) -> Result<T, CallError> {
    read(answer).map_err(|error| client.error(error, changed))
}
