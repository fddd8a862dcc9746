//! What is sent, beside what is there.

use flow::document::DocumentKind;
use flow::payload::state_meters;
use leptos::prelude::*;

use super::remote::{dialog, sent};
use super::run;
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::documents::{DocumentChoice, Stops, errors, is_shown};
use crate::ui::operate::state::Operating;
use crate::ui::operate::values::value_table;
use crate::ui::payload::ByteMeter;

/// The form.
#[component]
pub fn VariablesForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let kind = DocumentKind::StateVariables;
    let errors = errors(operating, kind);
    let shown = move || is_shown(operating, kind);
    let stopped = move || errors.with(|errors| !errors.is_empty());
    let why_not = move || {
        if !shown() {
            "Choose state variables first"
        } else if stopped() {
            "The problems below stop it"
        } else {
            "Check, read, confirm, update"
        }
    };
    view! {
        <section class="panel" aria-label="What is sent">
            <div class="panel-head"><h2>"Update the state of a dialog"</h2></div>
            <DocumentChoice operating kind label="State variables"/>
            <Show
                when=shown
                fallback=|| view! {
                    <p class="field-note">
                        "State variables say what a running dialog shall remember for the session and the user, and \
                         where it goes on. Open a document of that kind, or start with the sample \
                         resume-checkout-variables.json."
                    </p>
                }
            >
                <Sent operating/>
            </Show>
            <Stops operating activity errors/>
            <div class="panel-buttons">
                <button
                    class="button is-primary"
                    title=why_not
                    disabled=move || operating.busy.get() || !shown() || stopped()
                    on:click=move |_| run::update(operating)
                >
                    {icon(Icon::Operate)}
                    <span>"Update state"</span>
                </button>
                <Show when=shown>
                    <button class="button" on:click=move |_| activity.set(Activity::Design)>"Edit the variables"</button>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Sent(operating: Operating) -> impl IntoView {
    let whole = Memo::new(move |_| {
        let meters = operating.desk.read(|open| {
            let document = open.document();
            Some(state_meters(document.tree(), document.state_variables()?).whole)
        });
        meters.flatten()
    });
    let next = move || {
        let next = operating.desk.read(|open| {
            let next = open.document().state_variables()?.next_step.as_ref()?;
            Some(next.text.to_string())
        });
        next.flatten()
            .unwrap_or_else(|| "stays where it is".to_owned())
    };
    let sent = Memo::new(move |_| sent(operating));
    view! {
        <dl class="where-list">
            <dt>"Dialog"</dt><dd class="is-code">{move || dialog(operating)}</dd>
            <dt>"Goes on at"</dt><dd class="is-code">{next}</dd>
            <dt>"Size"</dt><dd><ByteMeter label="Size of the update" meter=whole.into() full=true/></dd>
        </dl>
        {move || {
            let dialog = dialog(operating).unwrap_or_default();
            operating.variables.remote.with(|remote| {
                let there = remote.of(&dialog).map(|held| &held.values);
                value_table(there, &sent.get(), "Variables")
            })
        }}
    }
}
