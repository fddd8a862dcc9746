//! The screen Simulate: a script is run on the platform, turn by turn, and what came is held against
//! what was expected. What an assertion is worth is decided in the client.

mod form;
mod past;
mod report;
mod run;
mod shares;
mod suite;
mod surroundings;
mod turns;

use std::collections::BTreeSet;
use std::sync::Arc;

use cognigy::operation::Suite;
use cognigy::resource::simulations::Step;
use flow::document::DocumentKind;
use leptos::prelude::*;

use self::form::SimulateForm;
pub use self::past::read_again;
use self::past::{PastPanel, PastRun};
use self::report::{ConfidencePanel, body, head};
use self::suite::SuitePanel;
use self::surroundings::Surroundings;
use self::turns::TurnsPanel;
use super::documents::show_only;
use super::ending::ending;
use super::job::Job;
use super::progress::Steps;
use super::state::operating;
use crate::ui::app::Activity;
use crate::ui::desk::DocumentId;

/// What the screen shows; copied freely.
#[derive(Clone, Copy)]
pub struct SimulateState {
    job: Job<Suite>,
    /// The scripts of the last run, in its order, each with the text that was run.
    ran: RwSignal<Vec<(DocumentId, Arc<str>)>>,
    /// Which of them runs now, while one does.
    current: RwSignal<Option<usize>>,
    /// The steps of it that have come.
    heard: RwSignal<Vec<Step>>,
    surroundings: RwSignal<Surroundings>,
    past: RwSignal<Vec<PastRun>>,
    /// The scripts that a suite leaves out.
    left_out: RwSignal<BTreeSet<DocumentId>>,
}

impl SimulateState {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            job: Job::new(),
            ran: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            heard: RwSignal::new(Vec::new()),
            surroundings: RwSignal::new(Surroundings::default()),
            past: RwSignal::new(Vec::new()),
            left_out: RwSignal::new(BTreeSet::new()),
        }
    }
}

/// The screen.
#[component]
pub fn Simulate() -> impl IntoView {
    let operating = operating();
    let activity = expect_context::<RwSignal<Activity>>();
    let simulate = operating.simulate;
    show_only(operating, DocumentKind::Simulation);
    past::read(operating);
    surroundings::follow(operating);
    view! {
        <div class="operate-columns">
            <div class="operate-column">
                <SimulateForm operating activity/>
                {ending(operating, activity, simulate.job, head, body)}
                <TurnsPanel operating/>
            </div>
            <div class="operate-column">
                <Steps progress=simulate.job.progress title="Progress"/>
                <ConfidencePanel operating/>
                <PastPanel operating/>
                <SuitePanel operating/>
            </div>
        </div>
    }
}
