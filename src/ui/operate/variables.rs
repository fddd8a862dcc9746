//! The screen State variables: session and user variables of a running dialog, beside those that are
//! there, with the versions there were. What an update does is decided in the client.

mod form;
mod remote;
mod report;
mod run;

use flow::document::DocumentKind;
use leptos::prelude::*;

use self::form::VariablesForm;
use self::remote::{Held, VersionsPanel};
use self::report::{body, head};
use self::run::Update;
use super::attempts::{Attempts, AttemptsPanel};
use super::documents::show_only;
use super::ending::ending;
use super::job::Job;
use super::progress::Steps;
use super::remote::Source;
use super::state::{Operating, operating};
use crate::ui::app::Activity;

/// What the screen shows; copied freely.
#[derive(Clone, Copy)]
pub struct VariablesState {
    job: Job<Update>,
    /// What is on the tenant, of the dialog that it was read of.
    source: Source<Held>,
    attempts: Attempts,
}

impl VariablesState {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            job: Job::new(),
            source: Source::new(remote::dialog, remote::fetch),
            attempts: Attempts::new("variables"),
        }
    }

    /// Reads again how attempts went: another tab may have made some meanwhile.
    pub fn read_again(self, operating: Operating) {
        self.attempts.read_again(operating);
    }
}

/// The screen.
#[component]
pub fn StateVariables() -> impl IntoView {
    let operating = operating();
    let activity = expect_context::<RwSignal<Activity>>();
    let variables = operating.variables;
    show_only(operating, DocumentKind::StateVariables);
    variables.attempts.read(operating);
    variables.source.follow(operating);
    view! {
        <div class="operate-columns">
            <div class="operate-column">
                <VariablesForm operating activity/>
            </div>
            <div class="operate-column">
                {ending(operating, activity, variables.job, head, body)}
                <Steps progress=variables.job.progress title="Progress"/>
                <VersionsPanel operating/>
                <AttemptsPanel
                    operating
                    attempts=variables.attempts
                    title="How updates went"
                    rate="persistence rate"
                    none="No update on this tenant yet. How long each takes, and the share that is kept, is drawn here."
                />
            </div>
        </div>
    }
}
