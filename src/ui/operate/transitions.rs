//! The screen Transitions: the states of a bot flow are loaded onto the canvas, edited there, and
//! their transitions are pushed. What a push does is decided in the client, what differs and how
//! changes come together in the core.

mod base;
mod changed;
mod form;
mod merge;
mod report;
mod run;
mod spelling;

use flow::document::DocumentKind;
use leptos::prelude::*;

use self::base::Base;
use self::changed::ChangedPanel;
use self::form::{LoadForm, PushForm};
use self::report::{body, head};
use self::run::Pushed;
use super::documents::show_only;
use super::ending::ending;
use super::job::Job;
use super::progress::Steps;
use super::state::operating;
use crate::ui::app::Activity;

/// What the screen shows; copied freely.
#[derive(Clone, Copy)]
pub struct TransitionsState {
    job: Job<Pushed>,
    /// The bot and the flow to be loaded, as they are typed.
    bot: RwSignal<String>,
    flow: RwSignal<String>,
    /// Whether states are being loaded.
    loading: RwSignal<bool>,
    /// Why they could not be.
    trouble: RwSignal<Option<String>>,
    /// What edits began with.
    bases: RwSignal<Vec<Base>>,
}

impl TransitionsState {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            job: Job::new(),
            bot: RwSignal::new(String::new()),
            flow: RwSignal::new(String::new()),
            loading: RwSignal::new(false),
            trouble: RwSignal::new(None),
            bases: RwSignal::new(Vec::new()),
        }
    }
}

/// The screen.
#[component]
pub fn Transitions() -> impl IntoView {
    let operating = operating();
    let activity = expect_context::<RwSignal<Activity>>();
    let transitions = operating.transitions;
    show_only(operating, DocumentKind::StateFlow);
    base::read(operating);
    view! {
        <div class="operate-columns">
            <div class="operate-column">
                <PushForm operating activity/>
                {ending(operating, activity, transitions.job, head, body)}
                <Steps progress=transitions.job.progress title="Progress"/>
                <ChangedPanel operating/>
            </div>
            <div class="operate-column">
                <LoadForm operating/>
            </div>
        </div>
    }
}
