//! How an injection ended.

use std::rc::Rc;

use cognigy::error::{Changed, Error};
use leptos::prelude::*;

use super::run::Injection;
use crate::ui::app::Activity;
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::deploy::BooksNote;
use crate::ui::operate::ending::{Head, webhook_words};
use crate::ui::operate::refused::RefusedList;
use crate::ui::operate::state::Operating;

/// The head of a report.
pub fn head(injection: &Injection) -> Head {
    let (tone, title) = match &injection.report.result {
        Ok(_) => ("good", "Injected"),
        Err(failed) if matches!(failed.error, Error::Conflict { .. }) => {
            ("bad", "Not injected: the context was changed meanwhile")
        }
        Err(failed) if failed.changed == Changed::Perhaps => {
            ("unsure", "Not known whether it was injected")
        }
        Err(_) => ("bad", "Not injected"),
    };
    (tone, title.to_owned())
}

/// What a report says.
pub fn body(
    operating: Operating,
    activity: RwSignal<Activity>,
    injection: &Rc<Injection>,
) -> AnyView {
    let report = &injection.report;
    let books = report.books.clone();
    let text = match &report.result {
        Ok(version) => format!("The context is in version {version} now."),
        Err(failed) => failed.in_short(),
    };
    let refused = injection.refused.clone();
    let document = injection.document;
    let conflicts = report.conflicts.len();
    let worked = report.result.is_ok();
    view! {
        <p>{text}</p>
        <RefusedList operating activity document refused/>
        {(conflicts > 0).then(|| view! {
            <p class="field-note">{match conflicts {
                1 => "Somebody else changed it once meanwhile.".to_owned(),
                count => format!("Somebody else changed it {count} times meanwhile."),
            }}</p>
        })}
        <dl class="fact-list">
            <dt>"Conversation"</dt><dd class="is-code">{injection.conversation.clone()}</dd>
            <dt>"Injection"</dt><dd class="is-code">{report.injection.clone()}</dd>
            <dt>"Checksum"</dt><dd class="is-code">{report.checksum.clone()}</dd>
            <dt>"Took"</dt><dd>{milliseconds(report.latency)}</dd>
            {worked.then(|| view! { <dt>"Context webhook"</dt><dd>{webhook_words(&report.webhook)}</dd> })}
        </dl>
        <BooksNote operating books/>
    }
    .into_any()
}
