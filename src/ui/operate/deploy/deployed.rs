//! How a deployment or a switch to another version ended, in sentences: which version is active, what is
//! proved of it, and what is left to do. Titles and other ends are in [`super::outcome`].

use cognigy::operation::{DeployEnd, DeployReport, Unknown};
use leptos::prelude::*;

use super::outcome::{BooksNote, CopyButton};
use super::run;
use crate::ui::app::Activity;
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::refused::RefusedList;
use crate::ui::operate::state::Operating;

/// What a report says.
pub fn deployed(
    operating: Operating,
    activity: RwSignal<Activity>,
    report: DeployReport,
) -> AnyView {
    let facts = [
        ("Dialog", report.dialog.clone()),
        ("Version", report.version.clone()),
        ("Took", milliseconds(report.latency)),
        ("Checksum", report.checksum.clone()),
    ];
    let unknown = match &report.end {
        DeployEnd::Unknown(unknown) => Some(unknown.clone()),
        _ => None,
    };
    let text = match &report.end {
        DeployEnd::Unknown(unknown) => format!(
            "Which version is active could not be proved. Nothing more is sent by itself. {}",
            unknown.what_helps()
        ),
        DeployEnd::PreviousActive {
            version_id: Some(id),
            ..
        } => format!("The version before, {id}, is active. That was read back."),
        DeployEnd::PreviousActive {
            version_id: None, ..
        } => "No version is active, as before. That was read back.".to_owned(),
        DeployEnd::NewActive { .. } => report.end.to_string(),
    };
    let why = match &report.end {
        DeployEnd::PreviousActive { .. } if !report.refused.is_empty() => Some(
            "What went wrong: the tenant refused to publish the flow. Put right what is listed, then \
             deploy again."
                .to_owned(),
        ),
        DeployEnd::PreviousActive { reason, .. } => Some(format!("What went wrong: {reason}")),
        _ => None,
    };
    let left_over = match &report.end {
        DeployEnd::PreviousActive {
            created: Some(created),
            ..
        } => Some(format!(
            "The new version exists as {created} and is not active. Put right what is said above, \
             then deploy under the next number, or promote {created}."
        )),
        _ => None,
    };
    let again = report.clone();
    view! {
        <p>{text}</p>
        {why.map(|why| view! { <p>{why}</p> })}
        {operating.deploy.sent.get_untracked().map(|document| view! {
            <RefusedList operating activity document refused=report.refused/>
        })}
        {left_over.map(|text| view! { <p>{text}</p> })}
        {unknown.clone().map(|unknown| view! { <Tried unknown/> })}
        <dl class="fact-list">
            {facts.into_iter().filter(|(_, which)| !which.is_empty()).map(|(what, which)| view! {
                <dt>{what}</dt><dd class:is-code=what == "Checksum">{which}</dd>
            }).collect_view()}
        </dl>
        {unknown.map(|unknown| view! {
            <div class="panel-buttons">
                <CheckAgain operating report=again.clone()/>
                {(!unknown.request.is_empty()).then(|| view! {
                    <CopyButton operating text=unknown.request label="Copy the request"/>
                })}
            </div>
        })}
        <BooksNote operating books=report.books/>
    }
    .into_any()
}

/// Asks the tenant again what became of it.
#[component]
pub fn CheckAgain(operating: Operating, report: DeployReport) -> impl IntoView {
    view! {
        <button
            class="button is-primary"
            disabled=move || operating.busy.get()
            on:click=move |_| run::check_again(operating, report.clone())
        >
            "Check again"
        </button>
    }
}

#[component]
fn Tried(unknown: Unknown) -> impl IntoView {
    let id = |id: Option<String>| id.unwrap_or_else(|| "none".to_owned());
    view! {
        <dl class="fact-list">
            <dt>"To become active"</dt><dd class="is-code">{id(unknown.target)}</dd>
            <dt>"Active before"</dt><dd class="is-code">{id(unknown.previous)}</dd>
        </dl>
        <details class="more">
            <summary>"What was tried"</summary>
            <ol class="tried">{unknown.tried.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ol>
        </details>
        {(!unknown.request.is_empty()).then(|| view! {
            <pre class="request" tabindex="0" aria-label="The request to send by hand">{unknown.request}</pre>
        })}
    }
}
