//! How a push ended: for the flow as a whole, and for each state.

use std::rc::Rc;

use cognigy::operation::{PushEnd, StateOutcome};
use cognigy::refused::Refused;
use cognigy::webhook::WebhookEnd;
use leptos::prelude::*;

use super::run::Pushed;
use crate::ui::app::Activity;
use crate::ui::desk::DocumentId;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::deploy::BooksNote;
use crate::ui::operate::documents::show_value;
use crate::ui::operate::ending::Head;
use crate::ui::operate::refused::RefusedList;
use crate::ui::operate::state::Operating;

/// The head of a report.
pub fn head(pushed: &Pushed) -> Head {
    let unknown = pushed
        .report
        .states
        .iter()
        .any(|(_, outcome)| matches!(outcome, StateOutcome::Unknown(_)));
    let (tone, title) = match &pushed.report.end {
        PushEnd::Compiled => ("good", "Pushed, and the flow compiles"),
        PushEnd::CompileFailed { restored: true, .. } => (
            "bad",
            "It does not compile; the transitions before are restored",
        ),
        PushEnd::CompileFailed { .. } => ("bad", "Pushed, but the flow does not compile"),
        PushEnd::CompileUnknown(_) => ("unsure", "Pushed; whether the flow compiles is not known"),
        PushEnd::Partly if unknown => ("unsure", "Not known for every state"),
        PushEnd::Partly => ("bad", "Not every state was pushed"),
    };
    (tone, title.to_owned())
}

fn words(pushed: &Pushed) -> Option<String> {
    match &pushed.report.end {
        PushEnd::Compiled => None,
        PushEnd::CompileFailed { message, restored: true, .. } => Some(format!(
            "{message} The tenant holds what it held before. Your edits are still in the document: put \
             them right and push again."
        )),
        PushEnd::CompileFailed { message, .. } if pushed.wanted_back => Some(format!(
            "{message} The transitions before could not all be restored, or do not compile either: some \
             states may hold the old ones, some the new. Load the states again to see; your edits are \
             still in the document."
        )),
        PushEnd::CompileFailed { message, .. } => Some(format!(
            "{message} The transitions are on the tenant, and are not in use until the flow compiles. \
             Put them right and push again."
        )),
        PushEnd::CompileUnknown(reason) => Some(format!(
            "{reason} Load the states again later to see, or push again: what is there already is not \
             sent twice."
        )),
        PushEnd::Partly => Some(
            "The flow was not compiled by Flowdeck. The states below say what each of them has. Push \
             again for those that are not done; what is there already is not sent twice."
                .to_owned(),
        ),
    }
}

/// What a report says.
pub fn body(operating: Operating, activity: RwSignal<Activity>, pushed: &Rc<Pushed>) -> AnyView {
    let report = &pushed.report;
    let named = match &report.end {
        PushEnd::CompileFailed { state, .. } => state.clone(),
        _ => None,
    };
    let document = pushed.document;
    let states: Vec<_> = report
        .states
        .iter()
        .map(|(id, outcome)| {
            let merged = pushed.merged.get(id).map(|(_, asked)| *asked);
            let refused = report.refused.iter().filter(|(of, _)| of == id);
            let refused = refused.map(|(_, one)| one.clone()).collect();
            state_view(operating, activity, document, id, outcome, merged, refused)
        })
        .collect();
    let told =
        |wanted: fn(&WebhookEnd) -> bool| report.webhooks.iter().filter(|end| wanted(end)).count();
    let delivered = told(|end| *end == WebhookEnd::Delivered);
    let failed = report.webhooks.iter().find_map(|end| match end {
        WebhookEnd::Failed(reason) => Some(reason.clone()),
        _ => None,
    });
    let analytics = match failed {
        Some(reason) => reason,
        None if delivered > 0 => format!("{delivered} of {} delivered", report.webhooks.len()),
        None if report.webhooks.is_empty() => "not told, because it did not end well".to_owned(),
        None => "no URL is set".to_owned(),
    };
    let books = report.books.clone();
    view! {
        {words(pushed).map(|words| view! { <p>{words}</p> })}
        {named.map(|state| view! {
            <div class="panel-buttons">
                <ShowState operating activity document state=state.clone() label=format!("Show state {state}") primary=true/>
            </div>
        })}
        <ul class="pushed" aria-label="States">{states}</ul>
        <dl class="fact-list">
            <dt>"Took"</dt><dd>{milliseconds(report.latency)}</dd>
            <dt>"Analytics webhook"</dt><dd>{analytics}</dd>
        </dl>
        <BooksNote operating books/>
    }
    .into_any()
}

fn state_view(
    operating: Operating,
    activity: RwSignal<Activity>,
    document: DocumentId,
    id: &str,
    outcome: &StateOutcome,
    merged: Option<bool>,
    refused: Vec<Refused>,
) -> impl IntoView + use<> {
    let (tone, glyph, words) = match outcome {
        StateOutcome::Done { latency, .. } => (
            "good",
            Icon::Check,
            format!("pushed in {}", milliseconds(*latency)),
        ),
        StateOutcome::NotDone(_) if !refused.is_empty() => {
            ("bad", Icon::Close, "not pushed".to_owned())
        }
        StateOutcome::NotDone(reason) => ("bad", Icon::Close, format!("not pushed: {reason}")),
        StateOutcome::Unknown(reason) => ("unsure", Icon::Warning, format!("not known: {reason}")),
    };
    let merged = merged.map(|asked| {
        if asked {
            "merged as you decided"
        } else {
            "merged with what somebody else changed"
        }
    });
    let id = id.to_owned();
    view! {
        <li class="pushed-row" data-tone=tone>
            {icon(glyph)}
            <span class="pushed-text"><b>{id.clone()}</b>" "<span class="field-note">{words}</span></span>
            {merged.map(|merged| view! { <span class="chip">{merged}</span> })}
            <ShowState operating activity document state=id label="Show".to_owned() primary=false/>
            <RefusedList operating activity document refused/>
        </li>
    }
}

/// Leads to a state on the canvas.
#[component]
fn ShowState(
    operating: Operating,
    activity: RwSignal<Activity>,
    document: DocumentId,
    state: String,
    label: String,
    primary: bool,
) -> impl IntoView {
    let show = move |_| {
        show_value(operating, activity, Some(document), |open| {
            let cards = &open.diagram().cards;
            let card = cards.iter().find(|card| card.id == state.as_str())?;
            Some(card.at)
        });
    };
    view! {
        <button class="button" class:is-small=!primary class:is-primary=primary on:click=show>{label}</button>
    }
}
