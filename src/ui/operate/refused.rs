//! What a tenant refused of a document, mistake by mistake: listed with the outcome, each leading to the
//! value it is about, and marked on the document itself. Which value that is, is decided in the client.

use std::sync::Arc;

use cognigy::error::{CallError, Error};
use cognigy::refused::{Body, Refused, refused};
use flow::document::Document;
use flow::open_document::Remark;
use leptos::prelude::*;

use super::documents::show_value;
use super::state::Operating;
use crate::ui::app::Activity;
use crate::ui::desk::DocumentId;
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// What a call was refused for, of the text that was sent.
pub fn of_call(failed: &CallError, text: &Arc<str>, body: Body<'_>) -> Vec<Refused> {
    if !matches!(failed.error, Error::Invalid(_)) {
        return Vec::new();
    }
    Document::read(text.clone())
        .map(|document| refused(failed, &document, body))
        .unwrap_or_default()
}

/// Marks on a document what was refused of it.
pub fn mark(operating: Operating, document: DocumentId, refused: &[Refused]) {
    operating.desk.remark(document, |open| {
        let tree = open.document().tree();
        let remarks = refused.iter().filter_map(|one| {
            Some(Remark {
                at: one.place.as_ref()?.find(tree)?,
                message: format!("The tenant refuses it: {}", one.mistake.message),
            })
        });
        remarks.collect()
    });
}

/// Takes the marks off a document: it is asked again.
pub fn unmark(operating: Operating, document: DocumentId) {
    operating.desk.remark(document, |_| Vec::new());
}

/// The mistakes. Those whose path leads to no value say the path.
#[component]
pub fn RefusedList(
    operating: Operating,
    activity: RwSignal<Activity>,
    /// The document that was sent.
    document: DocumentId,
    refused: Vec<Refused>,
) -> impl IntoView {
    let none = refused.is_empty();
    let rows = refused
        .into_iter()
        .map(|one| refused_view(operating, activity, document, one));
    let rows = rows.collect_view();
    (!none).then(|| {
        view! {
            <div class="stops" role="group" aria-label="What the tenant refused">
                <p class="stops-head">{icon(Icon::Error)}"What the tenant refused"</p>
                <ul>{rows}</ul>
            </div>
        }
    })
}

fn refused_view(
    operating: Operating,
    activity: RwSignal<Activity>,
    document: DocumentId,
    one: Refused,
) -> AnyView {
    let Refused { mistake, place } = one;
    let code = (!mistake.code.is_empty())
        .then(|| view! { <span class="problem-code">{mistake.code}</span> });
    let Some(place) = place else {
        let path = (!mistake.path.is_empty())
            .then(|| view! { <span class="refused-place is-code">{mistake.path}</span> });
        return view! {
            <li class="stop is-still">{code}<bdi>{path}{mistake.message}</bdi></li>
        }
        .into_any();
    };
    let words = place.to_string();
    let show = move |_| {
        let place = place.clone();
        let found = show_value(operating, activity, Some(document), move |open| {
            place.find(open.document().tree())
        });
        if !found {
            operating.desk.notices.show(Notice::info(
                "What the tenant refused is not in the document any more.",
            ));
        }
    };
    view! {
        <li>
            <button class="stop" title="Show it in Design" on:click=show>
                {code}
                <bdi><b class="refused-place">{words}</b>{mistake.message}</bdi>
            </button>
        </li>
    }
    .into_any()
}
