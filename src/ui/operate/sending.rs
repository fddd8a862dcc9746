//! What the screens that send the shown document share: which document, what stands in its way, the button,
//! the question before anything goes out, and what is done after it.

use cognigy::connection::Connection;
use cognigy::ports::LocalBoxFuture;
use flow::document::DocumentKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attempts::{Attempts, On};
use super::documents::{DocumentChoice, Stops, errors, is_shown};
use super::job::Ended;
use super::question::Question;
use super::remote::Source;
use super::state::Operating;
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// What a form says.
#[derive(Clone, Copy)]
pub struct Words {
    /// The name of its region.
    pub region: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What the document is.
    pub document: &'static str,
    /// What to do while none is shown, on the button.
    pub choose: &'static str,
    /// What such a document is good for, while none is shown.
    pub explained: &'static str,
    /// What a press does, step by step.
    pub steps: &'static str,
    /// The button that sends it.
    pub send: &'static str,
    /// The button that leads to its editor.
    pub edit: &'static str,
}

/// The form. Below the choice stands what the screen shows of the document.
#[component]
pub fn SendForm(
    operating: Operating,
    activity: RwSignal<Activity>,
    kind: DocumentKind,
    words: Words,
    glyph: Icon,
    start: fn(Operating),
    children: ChildrenFn,
) -> impl IntoView {
    let errors = errors(operating, kind);
    let shown = move || is_shown(operating, kind);
    let stopped = move || errors.with(|errors| !errors.is_empty());
    let why_not = move || {
        if !shown() {
            words.choose
        } else if stopped() {
            "The problems below stop it"
        } else {
            words.steps
        }
    };
    view! {
        <section class="panel" aria-label=words.region>
            <div class="panel-head"><h2>{words.title}</h2></div>
            <DocumentChoice operating kind label=words.document/>
            <Show
                when=shown
                fallback=move || view! { <p class="field-note">{words.explained}</p> }
            >
                {children()}
            </Show>
            <Stops operating activity errors/>
            <div class="panel-buttons">
                <button
                    class="button is-primary"
                    title=why_not
                    disabled=move || operating.busy.get() || !shown() || stopped()
                    on:click=move |_| start(operating)
                >
                    {icon(glyph)}
                    <span>{words.send}</span>
                </button>
                <Show when=shown>
                    <button class="button" on:click=move |_| activity.set(Activity::Design)>{words.edit}</button>
                </Show>
            </div>
        </section>
    }
}

/// Asks, and goes on once that is confirmed.
pub fn once_confirmed(operating: Operating, question: Question, go_on: impl FnOnce() + 'static) {
    spawn_local(async move {
        if operating.questions.ask(question).await.is_some() {
            go_on();
        } else {
            operating
                .desk
                .notices
                .show(Notice::info("Not confirmed. Nothing was sent."));
        }
    });
}

/// What is done once an attempt to send something has ended: it is counted, and what is on the tenant then
/// is shown. `worth` says of a report whether it worked, and how long that took.
pub fn after_attempt<T: 'static, R: Clone + Send + Sync + 'static>(
    operating: Operating,
    (attempts, source): (Attempts, Source<R>),
    connection: Connection,
    subject: String,
    worth: fn(&T) -> (bool, u64),
) -> impl FnOnce(Ended<T>) -> LocalBoxFuture<'static, ()> + 'static {
    move |ended| {
        Box::pin(async move {
            let on = On {
                connection: &connection.name,
                subject: &subject,
            };
            attempts.add_end(operating, on, &ended, worth).await;
            source
                .refresh(operating, &connection, subject.clone())
                .await;
        })
    }
}
