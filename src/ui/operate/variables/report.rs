//! How an update ended.

use std::rc::Rc;

use cognigy::error::{Changed, Error};
use leptos::prelude::*;

use super::run::{self, Update};
use crate::ui::app::Activity;
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::deploy::BooksNote;
use crate::ui::operate::ending::{Head, webhook_words};
use crate::ui::operate::refused::RefusedList;
use crate::ui::operate::state::Operating;
use crate::ui::operate::values::place_words;

/// The head of a report.
pub fn head(update: &Update) -> Head {
    let (tone, title) = match &update.report.result {
        Ok(_) => ("good", "Updated"),
        Err(failed) if matches!(failed.error, Error::Conflict { .. }) => {
            ("bad", "Somebody else changed the state meanwhile")
        }
        Err(failed) if failed.changed == Changed::Perhaps => {
            ("unsure", "Not known whether it was updated")
        }
        Err(_) => ("bad", "Not updated"),
    };
    (tone, title.to_owned())
}

/// What a report says.
pub fn body(operating: Operating, activity: RwSignal<Activity>, update: &Rc<Update>) -> AnyView {
    let report = &update.report;
    let books = report.books.clone();
    let (text, conflict) = match &report.result {
        Ok(updated) => (updated.summary.clone(), false),
        Err(failed) => (
            failed.in_short(),
            matches!(failed.error, Error::Conflict { .. }),
        ),
    };
    let refused = update.refused.clone();
    let document = update.document;
    let etag = report
        .result
        .as_ref()
        .ok()
        .and_then(|updated| updated.etag.clone());
    let worked = report.result.is_ok();
    view! {
        <p>{text}</p>
        <RefusedList operating activity document refused/>
        {conflict.then(|| conflict_view(operating, update))}
        <dl class="fact-list">
            <dt>"Dialog"</dt><dd class="is-code">{update.dialog.clone()}</dd>
            {etag.map(|etag| view! { <dt>"Version mark"</dt><dd class="is-code">{etag}</dd> })}
            <dt>"Took"</dt><dd>{milliseconds(report.latency)}</dd>
            {worked.then(|| view! { <dt>"CRM webhook"</dt><dd>{webhook_words(&report.webhook)}</dd> })}
        </dl>
        <BooksNote operating books/>
    }
    .into_any()
}

fn conflict_view(operating: Operating, update: &Update) -> AnyView {
    let changed = match &update.changed {
        Some(changed) => place_words(changed),
        None => "what it was before is not known".to_owned(),
    };
    view! {
        <dl class="fact-list" aria-label="Conflict">
            <dt>"Changed meanwhile"</dt><dd>{changed}</dd>
            <dt>"Would be overwritten"</dt><dd>{place_words(&update.overwritten)}</dd>
        </dl>
        <p class="field-note">"The table beside it shows what is there now. Sending again uses the version as it is now."</p>
        <div class="panel-buttons">
            <button class="button" disabled=move || operating.busy.get() on:click=move |_| run::update(operating)>
                "Send over the new version"
            </button>
        </div>
    }
    .into_any()
}
