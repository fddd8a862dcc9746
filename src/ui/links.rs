//! Links that carry a whole flow in the part of the address that is never sent to a server.

use flow::diagram::Owner;
use flow::json::MAX_BYTES;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{Desk, desk};
use super::files;
use super::icons::{Icon, icon};
use super::notices::Notice;
use crate::browser::{clipboard, compress, page};

/// Longer links are cut by some programs on the way.
const COMFORTABLE: usize = 8_000;
/// Longer links are not made: browsers and chat programs refuse them.
const LONGEST: usize = 200_000;

/// What the fragment of an address asks for.
struct Asked {
    flow: Option<String>,
    problem: Option<String>,
}

fn asked(fragment: &str) -> Asked {
    let mut asked = Asked {
        flow: None,
        problem: None,
    };
    for part in fragment.trim_start_matches('#').split('&') {
        if let Some(packed) = part.strip_prefix("flow=") {
            asked.flow = Some(packed.to_owned());
        } else if let Some(problem) = part.strip_prefix("problem=") {
            let decoded = js_sys::decode_uri_component(problem).map(String::from);
            asked.problem = Some(decoded.unwrap_or_else(|_| problem.to_owned()));
        }
    }
    asked
}

/// Opens the flow that the address carries, if it does.
pub fn open_from_fragment(desk: Desk) {
    let fragment = page::window().location().hash().unwrap_or_default();
    let Asked {
        flow: Some(packed),
        problem,
    } = asked(&fragment)
    else {
        return;
    };
    spawn_local(async move {
        match compress::unpack(&packed, MAX_BYTES).await {
            Ok(bytes) => {
                files::open_bytes(desk, "linked-flow.json", &bytes, None);
                if let Some(problem) = problem {
                    reveal_problem(desk, &problem);
                }
            }
            Err(reason) => desk.notices.show(Notice::error(format!(
                "The link is damaged, most likely cut short on the way. Nothing was opened. Ask for \
                 the file instead. {reason}"
            ))),
        }
    });
}

/// Shows the problem `CODE@id`.
pub fn reveal_problem(desk: Desk, wanted: &str) {
    let (code, id) = wanted.split_once('@').unwrap_or((wanted, ""));
    let owner = desk.peek(|open| {
        let fits = |problem: &&flow::problem::Problem| {
            problem.rule.code == code && (id.is_empty() || problem.ids.iter().any(|own| own == id))
        };
        open.problems()
            .iter()
            .find(fits)
            .and_then(|problem| open.owner_of(problem))
    });
    match owner.flatten() {
        Some(owner) => desk.reveal(owner),
        None => desk.notices.show(Notice::info(format!(
            "The link points at {wanted}, which is not among the problems of this flow any more."
        ))),
    }
}

/// The problem that is worth pointing at: that of the one selected card or wire.
fn selected_problem(desk: Desk) -> Option<String> {
    desk.peek(|open| {
        let owner: Owner = open.selection().single()?;
        let found = open
            .problems()
            .iter()
            .find(|problem| open.owner_of(problem) == Some(owner))?;
        let id = found
            .ids
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        Some(format!("{}@{id}", found.rule.code))
    })
    .flatten()
}

async fn make(desk: Desk) -> Result<String, String> {
    let text = desk
        .peek(|open| open.document().tree().shared_text())
        .unwrap_or_default();
    let packed = compress::pack(&text).await?;
    let location = page::window().location();
    let place = location.origin().unwrap_or_default() + &location.pathname().unwrap_or_default();
    let problem = selected_problem(desk)
        .map(|problem| {
            format!(
                "&problem={}",
                String::from(js_sys::encode_uri_component(&problem))
            )
        })
        .unwrap_or_default();
    Ok(format!("{place}#flow={packed}{problem}"))
}

/// The button that makes a link, and the dialog that shows it.
#[component]
pub fn ShareButton() -> impl IntoView {
    let desk = desk();
    let dialog = NodeRef::<html::Dialog>::new();
    let link = RwSignal::new(None::<Result<String, String>>);
    let open = move |_| {
        link.set(None);
        if let Some(dialog) = dialog.get_untracked() {
            // Opening a closed dialog that is in the page does not fail.
            let _ = dialog.show_modal();
        }
        spawn_local(async move { link.set(Some(make(desk).await)) });
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let copy = move |text: String| {
        spawn_local(async move {
            if clipboard::write(&text).await {
                desk.notices.announce("The link is on the clipboard.");
            } else {
                desk.notices.show(Notice::error(
                    "The browser did not allow the clipboard. Select the link and copy it by hand.",
                ));
            }
        });
    };
    let shown = move || {
        match link.get() {
        None => view! { <p class="field-note">"Packing…"</p> }.into_any(),
        Some(Err(reason)) => view! {
            <p>{format!("The link could not be made. Nothing was changed. {reason}")}</p>
        }
        .into_any(),
        Some(Ok(text)) if text.len() > LONGEST => view! {
            <p>{format!("This flow would need a link of {} characters, more than programs pass on. Send the file instead.", text.len())}</p>
        }
        .into_any(),
        Some(Ok(text)) => {
            let size = text.len();
            let long = size > COMFORTABLE;
            let to_copy = text.clone();
            view! {
                <p>"The link contains the whole flow: whoever gets it can read it. It is never sent to a server."</p>
                {page::is_from_disk().then(|| view! {
                    <p>
                        "This page was opened from disk, so the link names its place on this machine and \
                         opens only here. To pass the flow on, send its file."
                    </p>
                })}
                <textarea class="field is-code" rows="4" readonly aria-label="Link" prop:value=text></textarea>
                <p class="field-note">
                    {format!("{size} characters.")}
                    {long.then_some(" Some chat programs cut links this long; a file is safer.")}
                </p>
                <button class="button is-primary" on:click=move |_| copy(to_copy.clone())>"Copy link"</button>
            }
            .into_any()
        }
    }
    };
    view! {
        <button class="icon-button" aria-label="Share as link" title="Share as link" on:click=open>{icon(Icon::Link)}</button>
        <dialog class="dialog" node_ref=dialog aria-labelledby="share-title">
            <div class="dialog-head">
                <h2 id="share-title">"Share as link"</h2>
                <button class="icon-button" aria-label="Close" on:click=close>{icon(Icon::Close)}</button>
            </div>
            <div class="dialog-body share-body">{shown}</div>
        </dialog>
    }
}
