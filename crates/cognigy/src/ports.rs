//! What the client needs of the world around it, as traits: the network, time, chance, and two
//! places to keep records. Browser and native implementations live with the programs that use them.
//!
//! Nothing here is `Send`: everything runs on one thread, as a page does.

use std::future::Future;
use std::pin::Pin;

use crate::http::{Request, Response};

/// A future on the heap that stays on its thread.
pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Why no answer came. A transport tells apart what it can; in a browser that is little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The machine knows that it has no network.
    Offline,
    /// The browser refused to send the request or to show its answer (CORS, mixed content, a
    /// redirect). A browser says the same of a dropped connection.
    Blocked,
    /// The connection could not be made or broke off.
    Dropped,
    /// The time was up.
    Timeout,
}

/// Carries requests.
pub trait Transport {
    /// Sends a request and waits at most `deadline` milliseconds for all of its answer. Redirects
    /// are not followed and no cookies are sent. Dropping the future gives the request up.
    fn send(
        &self,
        request: Request,
        deadline: u64,
    ) -> LocalBoxFuture<'_, Result<Response, TransportError>>;
}

/// Tells the time.
pub trait Clock {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    fn now(&self) -> u64;
    /// Milliseconds since some moment; never goes back, whatever happens to the date.
    fn monotonic(&self) -> u64;
    /// Waits. Dropping the future ends the wait.
    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'_, ()>;
}

/// Draws random numbers. Identifiers are made of them, so they must be hard to guess.
pub trait Random {
    /// 64 random bits.
    fn bits(&self) -> u64;
}

/// A place for records refused to keep or give one: the reason, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError(pub String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

/// Keeps what operations are about to change until it is known how they ended.
pub trait Journal {
    /// Keeps `text` under `id`, in the place of what was there. The record must outlive a crash
    /// when this has answered.
    fn write<'a>(
        &'a self,
        id: &'a str,
        text: &'a str,
    ) -> LocalBoxFuture<'a, Result<(), StoreError>>;
    /// Forgets a record. That there is none is no failure.
    fn remove<'a>(&'a self, id: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>>;
    /// All records, in the order of their ids.
    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>>;
}

/// Keeps the audit log: lines that are only ever added.
pub trait AuditStore {
    /// Adds a line at the end. The line must outlive a crash when this has answered.
    fn append<'a>(&'a self, line: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>>;
    /// All lines, the first one first.
    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>>;
}
