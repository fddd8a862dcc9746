//! The screen Deploy: what of a dialog is where, deploying the shown flow, the versions there are, how
//! deployments went. What a deployment does is decided in the client.

mod deployed;
mod form;
mod history;
mod outcome;
mod run;
mod versions;

use leptos::prelude::*;

use self::form::DeployForm;
pub use self::history::read_again;
use self::history::{Entry, HistoryPanel};
pub use self::outcome::{BooksNote, CopyButton};
use self::outcome::{Outcome, OutcomePanel};
use self::versions::{Versions, VersionsPanel};
use super::progress::{Progress, Steps};
use super::state::operating;
use crate::ui::app::Activity;
use crate::ui::desk::DocumentId;

/// What the screen shows; copied freely.
#[derive(Clone, Copy)]
pub struct DeployState {
    /// The id of the dialog, as it is typed.
    dialog: RwSignal<String>,
    /// The id of the flow that it was last filled in from.
    filled: RwSignal<Option<String>>,
    /// The document that was last deployed.
    sent: RwSignal<Option<DocumentId>>,
    /// How far the operation is.
    progress: Progress,
    /// How the last operation ended.
    outcome: RwSignal<Option<Outcome>, LocalStorage>,
    versions: RwSignal<Versions>,
    history: RwSignal<Vec<Entry>>,
}

impl DeployState {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            dialog: RwSignal::new(String::new()),
            filled: RwSignal::new(None),
            sent: RwSignal::new(None),
            progress: Progress::new(),
            outcome: RwSignal::new_local(None),
            versions: RwSignal::new(Versions::default()),
            history: RwSignal::new(Vec::new()),
        }
    }
}

/// The screen.
#[component]
pub fn Deploy() -> impl IntoView {
    let operating = operating();
    let activity = expect_context::<RwSignal<Activity>>();
    let deploy = operating.deploy;
    history::read(operating);
    versions::follow(operating);
    view! {
        <div class="operate-columns">
            <div class="operate-column">
                <DeployForm operating activity/>
                <OutcomePanel operating activity/>
                <Steps progress=deploy.progress title="Progress"/>
            </div>
            <div class="operate-column">
                <VersionsPanel operating/>
                <HistoryPanel operating/>
            </div>
        </div>
    }
}
