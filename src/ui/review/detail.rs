//! One problem in full: what it is, where, what its lines say, and what a reviewer makes of it.

use std::sync::Arc;

use flow::problem::Acknowledged;
use flow::report::visible;
use flow::review::{Place, Reviewed};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::acknowledged::{reviewer, set_reviewer};
use super::store::ReviewDesk;
use crate::browser::{clipboard, page};
use crate::ui::explain::Explained;
use crate::ui::icons::{Icon, icon, severity_icon};
use crate::ui::notices::Notice;

/// How many lines before and after the place are shown.
const AROUND: usize = 2;
/// Longer lines are cut: nobody reads them here.
const LONGEST: usize = 240;

/// The lines around a place, with their numbers from 1. Of the line itself what is near its column.
fn excerpt(text: &str, line: usize, column: usize) -> Vec<(usize, String)> {
    let first = line.saturating_sub(AROUND + 1);
    text.lines()
        .enumerate()
        .skip(first)
        .take(line - first + AROUND)
        .map(|(at, words)| {
            let from = if at + 1 == line {
                column.saturating_sub(LONGEST / 2)
            } else {
                0
            };
            let mut shown: String = words.chars().skip(from).take(LONGEST).collect();
            if from > 0 {
                shown.insert(0, '…');
            }
            (at + 1, visible(&shown).replace("\\u{9}", "\t"))
        })
        .collect()
}

/// The problem that is read.
#[component]
pub fn Detail(review: ReviewDesk) -> impl IntoView {
    let shown = move || {
        let place = review.selected.get()?;
        let file = review.files.with(|files| files.get(place.file).cloned())?;
        (place.problem < file.report.problems().len())
            .then(|| view! { <Problem review place file/> })
    };
    view! { <aside class="review-detail" role="region" aria-label="Problem">{shown}</aside> }
}

#[component]
fn Problem(review: ReviewDesk, place: Place, file: Arc<Reviewed>) -> impl IntoView {
    let explained = expect_context::<Explained>();
    let found = file.report.problems()[place.problem].clone();
    let code = found.rule.code;
    let line = usize::try_from(found.start.line).unwrap_or(1).max(1);
    let lines = file
        .text()
        .map(|text| excerpt(text, line, usize::try_from(found.start.column).unwrap_or(1)))
        .unwrap_or_default();
    let can_open = file.text().is_some();
    let copy = move |_| {
        let Some(link) = review.link(place) else {
            return;
        };
        let notices = review.desk.notices;
        spawn_local(async move {
            if clipboard::write(&link).await {
                notices.show(Notice::info(
                    "The link is on the clipboard. It holds no file: whoever opens it hands the same file over and is shown this problem.",
                ));
            } else {
                notices.show(
                    Notice::info("The browser did not allow the clipboard. This is the link:")
                        .with_details(vec![link]),
                );
            }
        });
    };
    view! {
        <div class="pane-head" data-severity=found.severity.as_str()>
            <span class="problem-icon">{icon(severity_icon(found.severity))}</span>
            <h2>{format!("{code} {}", found.rule.name)}</h2>
            <button class="icon-button" aria-label=format!("Explain {code}") title="What this rule is about" on:click=move |_| explained.show(code)>
                {icon(Icon::Help)}
            </button>
            <button class="icon-button" aria-label="Close the problem" title="Close" on:click=move |_| review.selected.set(None)>
                {icon(Icon::Close)}
            </button>
        </div>
        <div class="inspector-body">
            <p class="detail-message"><bdi>{found.message.clone()}</bdi></p>
            <dl class="facts">
                <dt>"File"</dt>
                <dd><bdi>{visible(file.path()).into_owned()}</bdi></dd>
                <dt>"Place"</dt>
                <dd>{format!("line {}, column {}", found.start.line, found.start.column)}</dd>
                <dt>"Pointer"</dt>
                <dd class="fact-code"><bdi>{visible(&found.pointer).into_owned()}</bdi></dd>
                {(!found.ids.is_empty()).then(|| view! {
                    <dt>"About"</dt>
                    <dd class="fact-code"><bdi>{visible(&found.ids.iter().take(12).map(ToString::to_string).collect::<Vec<_>>().join(", ")).into_owned()}</bdi></dd>
                })}
            </dl>
            {(!lines.is_empty()).then(|| view! {
                <pre class="code-shown excerpt" tabindex="0" role="region" aria-label="The lines there">
                    {lines.into_iter().map(|(number, words)| view! {
                        <span class="excerpt-line" class:is-here={number == line}>
                            <span class="excerpt-number">{number}</span>
                            <span>{words}</span>
                        </span>
                    }).collect_view()}
                </pre>
            })}
            {(!found.related.is_empty()).then(|| view! {
                <ul class="found">
                    {found.related.iter().map(|related| view! {
                        <li><bdi>{format!("{} (line {})", related.message, related.start.line)}</bdi></li>
                    }).collect_view()}
                </ul>
            })}
            <div class="panel-buttons">
                {can_open.then(|| view! {
                    <button class="button is-primary" on:click=move |_| review.open(place.file, Some(place.problem))>"Show in Design"</button>
                })}
                <button class="button" on:click=copy>{icon(Icon::Link)}<span>"Copy link"</span></button>
            </div>
            <section class="group" id="review-accept">
                <h3>"Acknowledge"</h3>
                {match found.acknowledged {
                    Some(known) => view! { <Accepted review place known=*known/> }.into_any(),
                    None => view! { <Accept review place/> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// Puts the focus where the pressed button was: what stands there now is another form.
fn focus_accept() {
    page::after(0, || {
        let found = page::document().query_selector("#review-accept :is(button, textarea)");
        if let Ok(Some(element)) = found {
            // What cannot take the focus is reached with the next Tab.
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

#[component]
fn Accepted(review: ReviewDesk, place: Place, known: Acknowledged) -> impl IntoView {
    let take_back = move |_| {
        if review.take_back(place) {
            focus_accept();
        } else {
            review.desk.notices.show(Notice::info(
                "This was acknowledged in the file itself, under \"flowdeck\". It stays until that entry is removed there.",
            ));
        }
    };
    view! {
        <p><bdi>{visible(&known.reason).into_owned()}</bdi></p>
        {(!known.by.is_empty() || !known.at.is_empty()).then(|| view! {
            <p class="field-note">
                <bdi>{visible(&known.by).into_owned()}</bdi> " " {(!known.at.is_empty()).then(|| view! { <time>{visible(&known.at).into_owned()}</time> })}
            </p>
        })}
        <div><button class="button is-small" on:click=take_back>"Take back"</button></div>
    }
}

#[component]
fn Accept(review: ReviewDesk, place: Place) -> impl IntoView {
    let reason = NodeRef::<html::Textarea>::new();
    let name = NodeRef::<html::Input>::new();
    let accept = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = |field: Option<String>| field.unwrap_or_default().trim().to_owned();
        let why = text(reason.get_untracked().map(|field| field.value()));
        if why.is_empty() {
            review
                .desk
                .notices
                .announce("Nothing was acknowledged: a reason is needed.");
            if let Some(field) = reason.get_untracked() {
                // A field that cannot take the focus is reached with the next Tab.
                let _ = field.focus();
            }
            return;
        }
        set_reviewer(&text(name.get_untracked().map(|field| field.value())));
        review.acknowledge(place, &why);
        focus_accept();
    };
    view! {
        <form class="accept" on:submit=accept>
            <label class="field-row">
                <span class="field-label">"Why it is acceptable"</span>
                <textarea class="field" rows="2" node_ref=reason></textarea>
            </label>
            <label class="field-row">
                <span class="field-label">"Reviewer"</span>
                <input class="field" autocomplete="name" node_ref=name prop:value=reviewer()/>
            </label>
            <div><button class="button" type="submit">"Acknowledge"</button></div>
        </form>
    }
}
