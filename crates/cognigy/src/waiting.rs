//! Waiting on one thread: cancellation, the first of two futures, and a lock that is waited for.
//! What is waited for lives with whoever waits.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Tells work that is under way to stop. Copies share one switch.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Rc<Switch>);

#[derive(Debug, Default)]
struct Switch {
    cancelled: Cell<bool>,
    wakers: RefCell<Vec<Waker>>,
}

impl Cancellation {
    /// A switch that is not thrown yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Throws the switch, for good.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }

    /// Whether it was thrown.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.get()
    }

    /// Waits until it is thrown.
    pub async fn cancelled(&self) {
        poll_fn(|context| {
            if self.is_cancelled() {
                return Poll::Ready(());
            }
            remember(&self.0.wakers, context.waker());
            Poll::Pending
        })
        .await;
    }
}

fn remember(wakers: &RefCell<Vec<Waker>>, waker: &Waker) {
    let mut wakers = wakers.borrow_mut();
    if !wakers.iter().any(|known| known.will_wake(waker)) {
        wakers.push(waker.clone());
    }
}

/// What the first future to finish gave; when both are ready, the first one's.
pub(crate) enum First<A, B> {
    One(A),
    Other(B),
}

/// Waits for either future and drops the other.
pub(crate) async fn first<A: Future, B: Future>(one: A, other: B) -> First<A::Output, B::Output> {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        if let Poll::Ready(result) = one.as_mut().poll(context) {
            return Poll::Ready(First::One(result));
        }
        other.as_mut().poll(context).map(First::Other)
    })
    .await
}

/// Lets one at a time through. Whoever waits gets its turn when the holder is done or dropped.
#[derive(Debug, Default)]
pub(crate) struct Lock {
    held: Cell<bool>,
    wakers: RefCell<Vec<Waker>>,
}

impl Lock {
    /// Waits for the turn.
    pub(crate) async fn acquire(&self) -> Held<'_> {
        poll_fn(|context| {
            if self.held.replace(true) {
                remember(&self.wakers, context.waker());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
        Held(self)
    }
}

/// The turn, until it is dropped.
pub(crate) struct Held<'a>(&'a Lock);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.held.set(false);
        // All are woken: one of them may have been given up meanwhile.
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }
}
