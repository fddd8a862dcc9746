//! The screen Context: variables are injected into a running conversation, beside those that are
//! there, with a preview of what a template would read. What an injection does is decided in the
//! client.

mod form;
mod remote;
mod report;
mod run;

use flow::document::DocumentKind;
use leptos::prelude::*;

use self::form::{ContextForm, PreviewPanel};
use self::remote::Held;
use self::report::{body, head};
use self::run::Injection;
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
pub struct ContextState {
    job: Job<Injection>,
    /// What is on the tenant, of the conversation that it was read of.
    source: Source<Held>,
    attempts: Attempts,
}

impl ContextState {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            job: Job::new(),
            source: Source::new(remote::conversation, remote::fetch),
            attempts: Attempts::new("context"),
        }
    }

    /// Reads again how attempts went: another tab may have made some meanwhile.
    pub fn read_again(self, operating: Operating) {
        self.attempts.read_again(operating);
    }
}

/// The screen.
#[component]
pub fn Context() -> impl IntoView {
    let operating = operating();
    let activity = expect_context::<RwSignal<Activity>>();
    let context = operating.context;
    show_only(operating, DocumentKind::ContextSet);
    context.attempts.read(operating);
    context.source.follow(operating);
    view! {
        <div class="operate-columns">
            <div class="operate-column">
                <ContextForm operating activity/>
            </div>
            <div class="operate-column">
                {ending(operating, activity, context.job, head, body)}
                <Steps progress=context.job.progress title="Progress"/>
                <PreviewPanel operating/>
                <AttemptsPanel
                    operating
                    attempts=context.attempts
                    title="How injections went"
                    rate="success rate"
                    none="No injection on this tenant yet. How long each takes, and the share that worked, is drawn here."
                />
            </div>
        </div>
    }
}
