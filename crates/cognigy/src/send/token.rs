//! Access tokens: one for each set of scopes, fetched once for all who wait, kept until shortly
//! before it ends. They live in memory alone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::error::{CallError, Error};
use crate::secret::Secret;
use crate::waiting::Lock;

/// How long before its end a token is renewed, in milliseconds; a tenth of its life when that is
/// less.
const EARLY: u64 = 300_000;

/// A token with the monotonic moments from which on it is renewed and no longer taken.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    secret: Secret,
    renew_at: u64,
    ends_at: u64,
}

impl Token {
    /// A token that was asked for at `now` and lives for `lifetime` milliseconds.
    pub(crate) fn new(secret: Secret, now: u64, lifetime: u64) -> Self {
        let early = EARLY.min(lifetime / 10);
        Self {
            secret,
            renew_at: now.saturating_add(lifetime - early),
            ends_at: now.saturating_add(lifetime),
        }
    }
}

/// What is known of one set of scopes.
#[derive(Debug, Default)]
struct Slot {
    lock: Lock,
    state: RefCell<SlotState>,
}

#[derive(Debug, Default)]
struct SlotState {
    token: Option<Token>,
    /// How often tokens were asked for, and how the last time ended when it failed.
    attempts: u64,
    failure: Option<CallError>,
}

/// The tokens of a connection.
#[derive(Debug, Default)]
pub(crate) struct Tokens(RefCell<BTreeMap<&'static str, Rc<Slot>>>);

impl Tokens {
    /// The token for `scopes`: the one there is, unless it is the one that was `rejected` or ends
    /// soon; else what `fetch` gives. Those who come while it is fetched share what it gives.
    pub(crate) async fn get<F>(
        &self,
        scopes: &'static str,
        rejected: Option<&Secret>,
        now: impl Fn() -> u64,
        fetch: impl FnOnce() -> F,
    ) -> Result<Secret, CallError>
    where
        F: Future<Output = Result<Token, CallError>>,
    {
        let slot = Rc::clone(self.0.borrow_mut().entry(scopes).or_default());
        let usable = |ends: fn(&Token) -> u64| {
            let state = slot.state.borrow();
            let token = state.token.as_ref()?;
            let fresh = now() < ends(token) && Some(&token.secret) != rejected;
            fresh.then(|| token.secret.clone())
        };
        let early = |token: &Token| token.renew_at;
        if let Some(token) = usable(early) {
            return Ok(token);
        }
        let seen = slot.state.borrow().attempts;
        let turn = slot.lock.acquire().await;
        if let Some(token) = usable(early) {
            return Ok(token);
        }
        if slot.state.borrow().attempts != seen
            && let Some(failure) = &slot.state.borrow().failure
        {
            return Err(failure.clone());
        }
        let fetched = fetch().await;
        drop(turn);
        match fetched {
            Ok(token) => {
                let secret = token.secret.clone();
                let mut state = slot.state.borrow_mut();
                state.attempts += 1;
                state.failure = None;
                state.token = Some(token);
                Ok(secret)
            }
            // Somebody else may still want one.
            Err(stopped) if stopped.error == Error::Cancelled => Err(stopped),
            Err(failure) => {
                // It was asked for early; the old one still holds for a while.
                if let Some(token) = usable(|token| token.ends_at) {
                    return Ok(token);
                }
                let mut state = slot.state.borrow_mut();
                state.attempts += 1;
                state.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    /// Forgets all tokens.
    pub(crate) fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}
