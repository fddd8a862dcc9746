//! What is sent, beside what is there.

use flow::document::DocumentKind;
use flow::payload::state_meters;
use leptos::prelude::*;

use super::remote::{dialog, sent};
use super::run;
use crate::ui::app::Activity;
use crate::ui::icons::Icon;
use crate::ui::operate::sending::{SendForm, Words};
use crate::ui::operate::state::Operating;
use crate::ui::operate::values::value_table;
use crate::ui::payload::ByteMeter;

const WORDS: Words = Words {
    region: "What is sent",
    title: "Update the state of a dialog",
    document: "State variables",
    choose: "Choose state variables first",
    explained: "State variables say what a running dialog shall remember for the session and the user, and \
                where it goes on. Open a document of that kind, or start with the sample \
                resume-checkout-variables.json.",
    steps: "Check, read, confirm, update",
    send: "Update state",
    edit: "Edit the variables",
};

/// The form.
#[component]
pub fn VariablesForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    view! {
        <SendForm
            operating
            activity
            kind=DocumentKind::StateVariables
            words=WORDS
            glyph=Icon::Operate
            start=run::update
        >
            <Sent operating/>
        </SendForm>
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
            operating.variables.source.remote.with(|remote| {
                let there = remote.of(&dialog).map(|held| &held.values);
                value_table(there, &sent.get(), "Variables")
            })
        }}
    }
}
