//! What the app tells the user: errors stay until they are closed; what just happened is also said
//! to screen readers.

use leptos::prelude::*;

use super::desk::desk;
use super::icons::{Icon, icon};

/// What a message offers to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Open the document that was closed last again.
    Reopen,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    number: u32,
    /// The sentences: what happened, whether anything changed, what to do.
    pub text: String,
    /// Details, one a line: the mistakes of a file.
    pub details: Vec<String>,
    /// Whether something went wrong.
    pub is_error: bool,
    action: Option<NoticeAction>,
}

impl Notice {
    /// Something went wrong.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            number: 0,
            text: text.into(),
            details: Vec::new(),
            is_error: true,
            action: None,
        }
    }

    /// Something worth knowing.
    pub fn info(text: impl Into<String>) -> Self {
        Self {
            number: 0,
            text: text.into(),
            details: Vec::new(),
            is_error: false,
            action: None,
        }
    }

    /// With something to do about it.
    pub fn with_action(self, action: NoticeAction) -> Self {
        Self {
            action: Some(action),
            ..self
        }
    }

    /// With details, one a line.
    pub fn with_details(self, details: Vec<String>) -> Self {
        Self { details, ..self }
    }
}

/// The messages of this page.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Notice>>,
    next: StoredValue<u32>,
    said: RwSignal<String>,
}

impl Notices {
    pub(super) fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            said: RwSignal::new(String::new()),
        }
    }

    /// Shows a message until it is closed.
    pub fn show(self, notice: Notice) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.shown.update(|shown| {
            // The same again says nothing new; more than four would bury the work.
            shown.retain(|other| other.text != notice.text);
            if shown.len() >= 4 {
                shown.remove(0);
            }
            shown.push(Notice { number, ..notice });
        });
    }

    /// Says to screen readers what just happened.
    pub fn announce(self, text: impl Into<String>) {
        self.said.set(text.into());
    }

    fn close(self, number: u32) {
        self.shown
            .update(|shown| shown.retain(|notice| notice.number != number));
    }
}

/// The messages over the main area.
#[component]
pub fn NoticeList(notices: Notices) -> impl IntoView {
    view! {
        <div class="notices" aria-label="Messages" role="region">
            <For
                each=move || notices.shown.get()
                key=|notice| notice.number
                children=move |notice| view! { <NoticeCard notices notice/> }
            />
        </div>
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || notices.said.get()}
        </div>
    }
}

#[component]
fn NoticeCard(notices: Notices, notice: Notice) -> impl IntoView {
    let desk = desk();
    let number = notice.number;
    let details = notice.details.clone();
    view! {
        <div class="notice" class:is-error=notice.is_error role=if notice.is_error { "alert" } else { "status" }>
            <span class="notice-icon">{icon(if notice.is_error { Icon::Error } else { Icon::Info })}</span>
            <div class="notice-text">
                <p>{notice.text.clone()}</p>
                {(!details.is_empty()).then(|| view! {
                    <ul>{details.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                })}
            </div>
            {notice.action.map(|action| match action {
                NoticeAction::Reopen => view! {
                    <button
                        class="button is-small"
                        on:click=move |_| {
                            notices.close(number);
                            desk.reopen();
                        }
                    >
                        "Reopen"
                    </button>
                },
            })}
            <button class="icon-button" aria-label="Close message" on:click=move |_| notices.close(number)>
                {icon(Icon::Close)}
            </button>
        </div>
    }
}
