//! How an operation ended: what happened, whether anything changed, what to do. A deployment has
//! exactly three ends.

use cognigy::operation::{
    Books, DeployEnd, DeployReport, ExportReport, Resolution, Resolved, Stopped,
};
use leptos::prelude::*;

use super::deployed::{CheckAgain, deployed};
use crate::browser::clipboard;
use crate::browser::files::download;
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;
use crate::ui::operate::ending::{Head, framed, not_ready, stopped_view, webhook_words};
use crate::ui::operate::state::Operating;

/// What was to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Deploying.
    Deploy,
    /// Making an older version active.
    Promote,
    /// Going back to the version before.
    RollBack,
    /// Exporting.
    Export,
}

/// How it ended.
#[derive(Clone)]
pub enum Outcome {
    /// It could not begin; a sentence.
    NotReady(String),
    /// It stopped before anything was changed.
    Stopped(Box<Stopped>),
    /// A version was deployed or switched to, or not.
    Deployed(DeployReport),
    /// A flow was exported.
    Exported {
        /// Of this dialog.
        dialog: String,
        /// What came of it.
        report: Box<ExportReport>,
    },
    /// A deployment whose end was unknown was looked up.
    Resolved {
        /// The deployment.
        report: Box<DeployReport>,
        /// What became of it.
        resolved: Box<Resolved>,
    },
}

impl Outcome {
    /// Its colour, and its title.
    fn head(&self) -> Head {
        let (tone, title) = match self {
            Self::NotReady(_) => ("bad", "It could not begin"),
            Self::Stopped(stopped) => match **stopped {
                Stopped::Declined => ("plain", "Not confirmed"),
                Stopped::Problems(_) => ("bad", "Stopped by the rules"),
                _ => ("bad", "Stopped before anything was sent"),
            },
            Self::Deployed(report) => match report.end {
                DeployEnd::NewActive { compared, .. } => {
                    return ("good", active_title(&report.version, compared));
                }
                DeployEnd::PreviousActive { .. } => ("bad", PREVIOUS),
                DeployEnd::Unknown(_) => ("unsure", "Unknown which version is active"),
            },
            Self::Exported { report, .. } if report.governance_compliant => ("good", "Exported"),
            Self::Exported { .. } => ("unsure", "Exported, with problems"),
            Self::Resolved { report, resolved } => match resolved.resolution {
                Resolution::Done => {
                    // What was sent is compared where it is known what that was.
                    let compared = resolved.record.content_hash.is_some();
                    return ("good", active_title(&report.version, compared));
                }
                Resolution::NotDone => ("bad", PREVIOUS),
                _ => ("unsure", "Unknown"),
            },
        };
        (tone, title.to_owned())
    }
}

const PREVIOUS: &str = "Previous version active (proved)";

/// What is proved of a version depends on whether its content was compared.
fn active_title(version: &str, compared: bool) -> String {
    if compared {
        "New version active (proved)".to_owned()
    } else {
        format!("Version {version} is active (read back)")
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}. ", self.head().1)?;
        match self {
            Self::NotReady(reason) => f.write_str(reason),
            Self::Stopped(stopped) => write!(f, "{stopped}"),
            Self::Deployed(report) => write!(f, "{}", report.end),
            Self::Exported { report, .. } => write!(f, "Version {}.", report.version),
            Self::Resolved { resolved, .. } => write!(f, "{resolved}"),
        }
    }
}

/// The end of the last operation.
#[component]
pub fn OutcomePanel(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let outcome = operating.deploy.outcome;
    move || {
        outcome.get().map(|outcome| {
            let head = outcome.head();
            framed(head, body(operating, activity, outcome), move || {
                operating.deploy.outcome.set(None);
                operating.deploy.progress.clear();
            })
        })
    }
}

fn body(operating: Operating, activity: RwSignal<Activity>, outcome: Outcome) -> AnyView {
    match outcome {
        Outcome::NotReady(reason) => not_ready(operating, reason),
        Outcome::Stopped(stopped) => stopped_view(operating, activity, &stopped),
        Outcome::Deployed(report) => deployed(operating, activity, report),
        Outcome::Exported { dialog, report } => exported(operating, dialog, *report),
        Outcome::Resolved { report, resolved } => {
            let unsure = !matches!(resolved.resolution, Resolution::Done | Resolution::NotDone);
            view! {
                <p>{resolved.to_string()}</p>
                {unsure.then(|| view! {
                    <div class="panel-buttons">
                        <CheckAgain operating report=*report/>
                    </div>
                })}
            }
            .into_any()
        }
    }
}

/// Copies a text, and says so.
#[component]
pub fn CopyButton(operating: Operating, text: String, label: &'static str) -> impl IntoView {
    let copy = move |_| {
        let notices = operating.desk.notices;
        let text = text.clone();
        leptos::task::spawn_local(async move {
            notices.show(if clipboard::write(&text).await {
                Notice::info("Copied.")
            } else {
                Notice::error(
                    "The browser did not let the page copy. Select the text and copy it by hand.",
                )
            });
        });
    };
    view! { <button class="button" on:click=copy>{icon(Icon::Copy)}<span>{label}</span></button> }
}

fn exported(operating: Operating, dialog: String, report: ExportReport) -> AnyView {
    let name = format!("{dialog}-{}-sync.json", report.version);
    let payload = report.payload.clone();
    let save = move |_| {
        if let Err(reason) = download(&name, "application/json", &payload) {
            operating.desk.notices.show(Notice::error(format!(
                "The payload could not be downloaded; it is still here. {reason}"
            )));
        }
    };
    let compliant = if report.governance_compliant {
        "yes: no errors, and the checksum was read back"
    } else {
        "no"
    };
    let problems = report.problems.clone();
    view! {
        <dl class="fact-list">
            <dt>"Dialog"</dt><dd>{dialog}</dd>
            <dt>"Version"</dt><dd>{report.version.clone()}</dd>
            <dt>"Checksum"</dt><dd class="is-code">{report.checksum.clone()}</dd>
            <dt>"Compliant"</dt><dd>{compliant}</dd>
            <dt>"Handed on"</dt><dd>{webhook_words(&report.delivered)}</dd>
        </dl>
        {(!problems.is_empty()).then(|| view! {
            <details class="more">
                <summary>{format!("{} errors in what the platform holds", problems.len())}</summary>
                <ul class="tried">
                    {problems.into_iter().map(|it| view! { <li>{format!("{}: {}", it.code, it.message)}</li> }).collect_view()}
                </ul>
            </details>
        })}
        <div class="panel-buttons">
            <button class="button is-primary" on:click=save>{icon(Icon::Save)}<span>"Download payload"</span></button>
            <CopyButton operating text=report.checksum label="Copy the checksum"/>
        </div>
        <BooksNote operating books=report.books/>
    }
    .into_any()
}

/// What of the books could not be kept, offered for download.
#[component]
pub fn BooksNote(operating: Operating, books: Books) -> impl IntoView {
    let lines = books.not_kept;
    let none = lines.is_empty();
    let save = move |_| {
        let text = lines.join("\n") + "\n";
        let name = format!("flowdeck-records-{}.jsonl", books.operation);
        if let Err(reason) = download(&name, "application/x-ndjson", &text) {
            operating.desk.notices.show(Notice::error(format!(
                "The record could not be downloaded; it is still here. {reason}"
            )));
        }
    };
    (!none).then(|| view! {
        <div class="panel-note" role="alert">
            <p>"Some of what was done could not be written into the log of this browser. Download the record and keep it with the log."</p>
            <button class="button is-small" on:click=save>"Download the record"</button>
        </div>
    })
}
