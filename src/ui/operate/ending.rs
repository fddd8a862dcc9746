//! How an operation ended, as a panel: what happened, whether anything changed, what to do. What a
//! report says is up to its screen.

use std::rc::Rc;

use cognigy::error::Error;
use cognigy::operation::Stopped;
use cognigy::webhook::WebhookEnd;
use leptos::prelude::*;

use super::documents::jump;
use super::job::{Ended, Job};
use super::state::{Operating, Screen};
use crate::browser::files::download;
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;

/// The colour of an end (`good`, `bad`, `unsure`, `plain`) and its title.
pub type Head = (&'static str, String);

/// The panel. `head` and `body` say what a report is worth.
pub fn ending<T: 'static>(
    operating: Operating,
    activity: RwSignal<Activity>,
    job: Job<T>,
    head: fn(&T) -> Head,
    body: fn(Operating, RwSignal<Activity>, &Rc<T>) -> AnyView,
) -> impl IntoView {
    move || {
        job.ended.get().map(|ended| {
            let shown = match &ended {
                Ended::NotReady(reason) => not_ready(operating, reason.clone()),
                Ended::Stopped(stopped) => stopped_view(operating, activity, stopped),
                Ended::Done(report) => body(operating, activity, report),
            };
            framed(head_of(&ended, head), shown, move || job.close())
        })
    }
}

/// The panel around how an operation ended.
pub fn framed((tone, title): Head, body: AnyView, close: impl Fn() + 'static) -> AnyView {
    let glyph = match tone {
        "good" => Icon::Check,
        "unsure" => Icon::Warning,
        "plain" => Icon::Info,
        _ => Icon::Error,
    };
    view! {
        <section class="panel outcome" data-tone=tone aria-label="How it ended">
            <div class="panel-head">
                <span class="outcome-glyph">{icon(glyph)}</span>
                <h2>{title}</h2>
                <button class="icon-button" aria-label="Close how it ended" on:click=move |_| close()>
                    {icon(Icon::Close)}
                </button>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn head_of<T>(ended: &Ended<T>, head: fn(&T) -> Head) -> Head {
    match ended {
        Ended::NotReady(_) => ("bad", "It could not begin".to_owned()),
        Ended::Stopped(stopped) => stopped_head(stopped),
        Ended::Done(report) => head(report),
    }
}

/// The head of an operation that stopped.
pub fn stopped_head(stopped: &Stopped) -> Head {
    let (tone, title) = match stopped {
        Stopped::Declined => ("plain", "Not confirmed"),
        Stopped::Problems(_) => ("bad", "Stopped by the rules"),
        Stopped::NothingToPush => ("plain", "Nothing to do"),
        _ => ("bad", "Stopped before anything was changed"),
    };
    (tone, title.to_owned())
}

/// An end in words, for screen readers.
pub fn said<T>(ended: &Ended<T>, head: fn(&T) -> Head) -> String {
    let (_, title) = head_of(ended, head);
    match ended {
        Ended::NotReady(reason) => format!("{title}. {reason}"),
        Ended::Stopped(stopped) => format!("{title}. {stopped}"),
        Ended::Done(_) => format!("{title}."),
    }
}

/// Why an operation could not begin, and what leads on.
pub fn not_ready(operating: Operating, reason: String) -> AnyView {
    view! {
        <p>{reason}</p>
        <ShowConnection operating label="Show the connection"/>
    }
    .into_any()
}

/// Leads to the connection.
#[component]
pub fn ShowConnection(operating: Operating, label: &'static str) -> impl IntoView {
    view! {
        <div class="panel-buttons">
            <button class="button" on:click=move |_| operating.screen.set(Screen::Connection)>{label}</button>
        </div>
    }
}

/// Why an operation stopped, and what leads on.
pub fn stopped_view(
    operating: Operating,
    activity: RwSignal<Activity>,
    stopped: &Stopped,
) -> AnyView {
    let problems = match stopped {
        Stopped::Problems(problems) => problems.clone(),
        _ => Vec::new(),
    };
    let sign_in = matches!(stopped, Stopped::Call(failed)
        if matches!(failed.error, Error::Unauthorized { .. }));
    view! {
        <p>{stopped.to_string()}</p>
        <ul class="plain-list">
            {problems.into_iter().map(|problem| {
                let message = problem.message.clone();
                view! {
                    <li>
                        <button class="stop" title="Show it in Design" on:click=move |_| {
                            let at = operating.desk.peek(|open| {
                                open.problems().iter().position(|known| known.message == message)
                            });
                            if let Some(Some(at)) = at {
                                jump(operating, activity, at);
                            }
                        }>
                            <span class="problem-code">{problem.code}</span>
                            <bdi>{problem.message}</bdi>
                        </button>
                    </li>
                }
            }).collect_view()}
        </ul>
        {sign_in.then(|| view! { <ShowConnection operating label="Enter the credential again"/> })}
    }
    .into_any()
}

/// How telling a webhook went, in words.
pub fn webhook_words(end: &WebhookEnd) -> String {
    match end {
        WebhookEnd::NotSet => "no URL is set".to_owned(),
        WebhookEnd::Delivered => "delivered".to_owned(),
        WebhookEnd::Failed(reason) => reason.clone(),
    }
}

/// Hands a text to the user as a file; says so when that fails.
pub fn save(operating: Operating, name: &str, kind: &str, text: &str) {
    match download(name, kind, text) {
        Ok(()) => operating
            .desk
            .notices
            .announce(format!("{name} is downloaded.")),
        Err(reason) => operating.desk.notices.show(Notice::error(format!(
            "{name} could not be downloaded; what it holds is still here. {reason}"
        ))),
    }
}
