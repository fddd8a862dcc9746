//! The client of a Cognigy tenant: requests, authentication, retries, one module per resource, the
//! operations on them, audit and metrics.
//!
//! Pure over the traits it is given: it opens no connection, reads no clock and draws no random
//! number of its own.

pub mod http;
