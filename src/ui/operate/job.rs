//! An operation of a screen: that no other runs meanwhile, how far it is, and how it ended. What an
//! end looks like is in [`super::ending`].

use std::rc::Rc;

use cognigy::Cancellation;
use cognigy::connection::Connection;
use cognigy::operation::{Event, Stopped, Tools};
use cognigy::ports::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ending::{Head, said};
use super::progress::Progress;
use super::state::Operating;

/// How an operation ended.
pub enum Ended<T> {
    /// It could not begin; a sentence.
    NotReady(String),
    /// It stopped before anything was changed.
    Stopped(Rc<Stopped>),
    /// It has a report.
    Done(Rc<T>),
}

impl<T> Clone for Ended<T> {
    fn clone(&self) -> Self {
        match self {
            Self::NotReady(reason) => Self::NotReady(reason.clone()),
            Self::Stopped(stopped) => Self::Stopped(Rc::clone(stopped)),
            Self::Done(report) => Self::Done(Rc::clone(report)),
        }
    }
}

/// What an operation does, once there are tools for it.
pub type Work<T> = LocalBoxFuture<'static, Result<T, Stopped>>;

/// A handle on the operation of a screen; copied freely.
pub struct Job<T: 'static> {
    /// How far it is.
    pub progress: Progress,
    /// How the last one ended.
    pub ended: RwSignal<Option<Ended<T>>, LocalStorage>,
}

impl<T> Clone for Job<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Job<T> {}

impl<T: 'static> Job<T> {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            progress: Progress::new(),
            ended: RwSignal::new_local(None),
        }
    }

    /// Runs an operation on the tenant of `connection`, whatever is chosen meanwhile, unless another
    /// one runs. `head` says what its report is worth; `after` sees
    /// how it ended once it is shown.
    pub fn run(
        self,
        operating: Operating,
        connection: Connection,
        start: impl FnOnce(Tools, Cancellation, Rc<dyn Fn(Event)>) -> Work<T> + 'static,
        head: fn(&T) -> Head,
        after: impl FnOnce(Ended<T>) -> LocalBoxFuture<'static, ()> + 'static,
    ) {
        if operating.busy.get_untracked() {
            return;
        }
        operating.busy.set(true);
        self.ended.set(None);
        let cancellation = self.progress.begin();
        spawn_local(async move {
            let ended = match operating.tools_for(&connection).await {
                Err(not_ready) => {
                    self.progress.clear();
                    Ended::NotReady(not_ready.0)
                }
                Ok(tools) => match start(tools, cancellation, self.progress.listener()).await {
                    Ok(report) => Ended::Done(Rc::new(report)),
                    Err(stopped) => Ended::Stopped(Rc::new(stopped)),
                },
            };
            self.progress.end();
            operating.busy.set(false);
            operating.desk.notices.announce(said(&ended, head));
            self.ended.set(Some(ended.clone()));
            after(ended).await;
            operating.interrupted.read(operating).await;
        });
    }

    /// Nothing is shown of it any more.
    pub fn close(self) {
        self.ended.set(None);
        self.progress.clear();
    }
}
