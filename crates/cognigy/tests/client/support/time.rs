//! A time that jumps, and running futures in it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use cognigy::ports::{Clock, LocalBoxFuture};

use super::START;

/// A clock that stands until everything waits, then jumps to the first thing waited for.
#[derive(Default)]
pub(crate) struct Time {
    now: Cell<u64>,
    next: Cell<u64>,
    sleepers: RefCell<BTreeMap<(u64, u64), Waker>>,
}

impl Time {
    pub(crate) fn passed(&self) -> u64 {
        self.now.get()
    }

    pub(crate) fn pass(&self, milliseconds: u64) {
        self.now.set(self.now.get() + milliseconds);
    }

    /// Lets the first wait end.
    pub(crate) fn step(&self) {
        assert!(
            self.jump(),
            "everything waits for something that never comes"
        );
    }

    /// Forgets who waits.
    pub(crate) fn forget(&self) {
        self.sleepers.borrow_mut().clear();
    }

    /// Jumps to the first wait that ends. False when nothing is waited for.
    fn jump(&self) -> bool {
        let Some(((until, _), waker)) = self.sleepers.borrow_mut().pop_first() else {
            return false;
        };
        self.now.set(self.now.get().max(until));
        waker.wake();
        true
    }
}

struct Sleep<'a> {
    time: &'a Time,
    key: (u64, u64),
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut sleepers = self.time.sleepers.borrow_mut();
        if self.time.now.get() >= self.key.0 {
            sleepers.remove(&self.key);
            return Poll::Ready(());
        }
        sleepers.insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        self.time.sleepers.borrow_mut().remove(&self.key);
    }
}

impl Clock for Time {
    fn now(&self) -> u64 {
        START + self.now.get()
    }

    fn monotonic(&self) -> u64 {
        self.now.get()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'_, ()> {
        self.next.set(self.next.get() + 1);
        let key = (self.now.get() + milliseconds, self.next.get());
        Box::pin(Sleep { time: self, key })
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a future to its end in the time of `time`.
pub(crate) fn run<T>(time: &Time, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&flag));
    let mut context = Context::from_waker(&waker);
    loop {
        if flag.0.swap(false, Ordering::Relaxed)
            && let Poll::Ready(result) = future.as_mut().poll(&mut context)
        {
            return result;
        }
        if !flag.0.load(Ordering::Relaxed) {
            assert!(
                time.jump(),
                "everything waits for something that never comes"
            );
        }
    }
}

/// Runs futures side by side and gives their results in order.
pub(crate) async fn together<T>(futures: Vec<LocalBoxFuture<'_, T>>) -> Vec<T> {
    let mut futures: Vec<_> = futures.into_iter().map(Some).collect();
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (slot, result) in futures.iter_mut().zip(&mut results) {
            if let Some(future) = slot
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *result = Some(ready);
                *slot = None;
            }
        }
        if results.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    results.into_iter().map(Option::unwrap).collect()
}
