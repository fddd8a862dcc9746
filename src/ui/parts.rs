//! The parts of the page whose code arrives in files of their own, after the page can be used. This
//! module fetches a part and says when it cannot be had; what each holds is in a module of its own,
//! what they do in theirs.

#[cfg_attr(
    feature = "split",
    expect(clippy::unnecessary_wraps, reason = "the macro that splits needs it")
)]
pub mod operate;
#[cfg_attr(
    feature = "split",
    expect(clippy::unnecessary_wraps, reason = "the macro that splits needs it")
)]
pub mod workbench;

use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

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
        // The page may have been taken down meanwhile.
        let Some(State::Unasked | State::Failed) = self.state.try_get_untracked() else {
            return;
        };
        self.state.set(State::Coming);
        leptos::task::spawn_local(async move {
            let state = (self.fetch)().await.map_or(State::Failed, State::Here);
            let page = self.page.try_get_value().flatten();
            if let (State::Here(views), Some(page)) = (state, page) {
                page.with(|| (self.begin)(views));
            }
            // The page may have been taken down meanwhile.
            let _ = self.state.try_set(state);
        });
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
                         opened is kept. Check the connection, then try again."
                    </p>
                    <button class="button is-primary" on:click=move |_| self.want()>"Try again"</button>
                </div>
            }
            .into_any(),
            _ => view! { <p class="restoring" role="status">{self.waiting}</p> }.into_any(),
        }
    }

    /// What `make` makes of the part, or word of why it is not there yet.
    pub fn show(self, make: fn(V) -> AnyView) -> AnyView {
        (move || self.get().map_or_else(|| self.missing(), make)).into_any()
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
    /// Parts nobody has asked for.
    pub fn new() -> Self {
        Self {
            workbench: Part::new(
                || Box::pin(workbench::fetch()),
                |_| {},
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
