//! The parts of the page whose code arrives in files of their own, after the page can be used. This
//! module fetches a part and says when it cannot be had; what each holds is in a module of its own,
//! what they do in theirs.

pub mod operate;
pub mod workbench;

use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::browser::page;

/// The code of a part on its way.
type Coming<V> = Pin<Box<dyn Future<Output = Result<V, SplitLoaderError>>>>;

/// Whether a part is there. `V` says how to make what is in it.
#[derive(Clone, Copy, Default)]
enum State<V> {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// Under way.
    Coming,
    /// There.
    Here(V),
    /// It could not be downloaded.
    Failed,
}

/// A handle on a part; copied freely.
pub struct Part<V: 'static> {
    state: RwSignal<State<V>>,
    fetch: fn() -> Coming<V>,
    /// Run once, before anything of the part is shown.
    begin: fn(V),
    /// The scope that `begin` runs in: that of the page.
    page: StoredValue<Option<Owner>>,
    /// What is said while it is under way.
    waiting: &'static str,
}

impl<V> Clone for Part<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Part<V> {}

impl<V: Copy + Send + Sync + 'static> Part<V> {
    /// A part nobody has asked for.
    fn new(fetch: fn() -> Coming<V>, begin: fn(V), waiting: &'static str) -> Self {
        Self {
            state: RwSignal::new(State::default()),
            fetch,
            begin,
            page: StoredValue::new(Owner::current()),
            waiting,
        }
    }

    /// Sees to it that the part is there soon. Asks again after a failure.
    pub fn want(self) {
        if matches!(self.state.get_untracked(), State::Coming | State::Here(_)) {
            return;
        }
        self.state.set(State::Coming);
        leptos::task::spawn_local(async move {
            self.arrive().await;
        });
    }

    /// Waits for the part; none when it cannot be had, which is shown where it would be.
    pub async fn arrive(self) -> Option<V> {
        let fetched = (self.fetch)().await;
        // The page may have been taken down meanwhile, or another call was sooner.
        if self
            .state
            .try_with_untracked(|state| matches!(state, State::Here(_)))
            != Some(false)
        {
            return fetched.ok();
        }
        if let Ok(views) = fetched
            && let Some(Some(owner)) = self.page.try_update_value(Option::take)
        {
            owner.with(|| (self.begin)(views));
        }
        let state = fetched
            .as_ref()
            .map_or(State::Failed, |views| State::Here(*views));
        self.state.set(state);
        fetched.ok()
    }

    /// The part, if it is there.
    pub fn peek(self) -> Option<V> {
        match self.state.get_untracked() {
            State::Here(views) => Some(views),
            _ => None,
        }
    }

    /// The part, once it is there. Followed.
    pub fn get(self) -> Option<V> {
        match self.state.get() {
            State::Here(views) => Some(views),
            _ => None,
        }
    }

    /// Whether it is known that the part is there, or that it cannot be had. Followed.
    pub fn is_settled(self) -> bool {
        matches!(self.state.get(), State::Here(_) | State::Failed)
    }

    /// What is shown while the part is not there.
    fn missing(self) -> AnyView {
        match self.state.get() {
            State::Failed => view! {
                <div class="parts-missing" role="alert">
                    <p>
                        "A part of Flowdeck could not be downloaded. Nothing was changed, and what was \
                         opened is kept. Check the connection, then try again. If a new version of Flowdeck was \
                         published since this page was opened, the part is gone: reload the page then."
                    </p>
                    <div class="panel-buttons">
                        <button class="button is-primary" on:click=move |_| self.want()>"Try again"</button>
                        <button class="button" on:click=move |_| page::reload()>"Reload"</button>
                    </div>
                </div>
            }
            .into_any(),
            _ => view! { <p class="restoring" role="status">{self.waiting}</p> }.into_any(),
        }
    }

    /// What `make` makes of the part, or word of why it is not there yet.
    pub fn show(self, make: impl Fn(V) -> AnyView + Send + 'static) -> AnyView {
        (move || self.get().map_or_else(|| self.missing(), &make)).into_any()
    }
}

/// Every part of this page.
#[derive(Clone, Copy)]
pub struct Parts {
    /// What is shown once a document is open, and Review.
    pub workbench: Part<workbench::Views>,
    /// Operate and Audit, with the client of tenants and the practice tenant.
    pub operate: Part<operate::Views>,
}

impl Parts {
    /// Parts nobody has asked for. What they share will be given to what is below the caller.
    pub fn new() -> Self {
        Self {
            workbench: Part::new(
                || Box::pin(workbench::fetch()),
                |views| (views.share)(),
                "Loading the workbench…",
            ),
            operate: Part::new(
                || Box::pin(operate::fetch()),
                |views| (views.begin)(),
                "Loading Operate…",
            ),
        }
    }
}
