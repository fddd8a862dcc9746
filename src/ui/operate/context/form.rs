//! What is injected, beside what is there, and what a template would read.

use flow::document::DocumentKind;
use flow::payload::context_meters;
use leptos::prelude::*;

use super::remote::{conversation, sent};
use super::run;
use crate::ui::app::Activity;
use crate::ui::icons::Icon;
use crate::ui::operate::documents::is_shown;
use crate::ui::operate::remote::Remote;
use crate::ui::operate::sending::{SendForm, Words};
use crate::ui::operate::state::Operating;
use crate::ui::operate::values::value_table;
use crate::ui::payload::{ByteMeter, TemplatePreview};

const WORDS: Words = Words {
    region: "What is injected",
    title: "Inject context into a conversation",
    document: "Context set",
    choose: "Choose a context set first",
    explained: "A context set gives a running conversation variables, each in a scope. Open one, or start \
                with the sample gold-customer-context.json.",
    steps: "Check, read the version, confirm, inject",
    send: "Inject context",
    edit: "Edit the set",
};

/// The form.
#[component]
pub fn ContextForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    view! {
        <SendForm
            operating
            activity
            kind=DocumentKind::ContextSet
            words=WORDS
            glyph=Icon::Operate
            start=run::inject
        >
            <Sent operating/>
        </SendForm>
    }
}

#[component]
fn Sent(operating: Operating) -> impl IntoView {
    let source = operating.context.source;
    let remote = source.remote;
    let whole = Memo::new(move |_| {
        let meters = operating.desk.read(|open| {
            let document = open.document();
            Some(context_meters(document.tree(), document.context_set()?).whole)
        });
        meters.flatten()
    });
    let version = move || {
        let conversation = conversation(operating).unwrap_or_default();
        remote.with(|remote| match remote {
            Remote::Reading => "reading…".to_owned(),
            other => other
                .of(&conversation)
                .map_or_else(|| "not read yet".to_owned(), |held| held.version.clone()),
        })
    };
    let failed = move || {
        remote.with(|remote| match remote {
            Remote::Failed(reason) => Some(reason.clone()),
            _ => None,
        })
    };
    let sent = Memo::new(move |_| sent(operating));
    view! {
        <dl class="where-list">
            <dt>"Conversation"</dt><dd class="is-code">{move || conversation(operating)}</dd>
            <dt>"Version there"</dt>
            <dd>
                <span>{version}</span>
                <button class="button is-small is-quiet" disabled=move || operating.busy.get() on:click=move |_| source.read(operating)>"Read again"</button>
            </dd>
            <dt>"Size"</dt><dd><ByteMeter label="Size of the context set" meter=whole.into() full=true/></dd>
        </dl>
        {move || failed().map(|reason| view! { <p class="panel-failure" role="alert">{reason}</p> })}
        {move || {
            let conversation = conversation(operating).unwrap_or_default();
            remote.with(|remote| {
                let there = remote.of(&conversation).map(|held| &held.values);
                value_table(there, &sent.get(), "Variables")
            })
        }}
    }
}

/// What a template would read.
#[component]
pub fn PreviewPanel(operating: Operating) -> impl IntoView {
    // Another set has another template.
    let shown = Memo::new(move |_| {
        let is_set = is_shown(operating, DocumentKind::ContextSet);
        operating.desk.active.get().filter(|_| is_set)
    });
    move || {
        shown.get().map(|_| {
            view! {
                <section class="panel is-preview" aria-label="Template">
                    <TemplatePreview/>
                    <p class="field-note">"The webhook is told the text as it reads after the injection."</p>
                </section>
            }
        })
    }
}
