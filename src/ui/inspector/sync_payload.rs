//! What a sync payload says around the flow in it, and whether its checksum holds.

use flow::command::Command;
use flow::diagram::display;
use flow::document::DocumentKind;
use flow::open_document::OpenDocument;
use leptos::prelude::*;

use crate::ui::desk::desk;
use crate::ui::icons::{Icon, icon};

/// The rule about the checksum.
const CHECKSUM: &str = "FD601";

/// The texts of a sync payload.
#[derive(Clone, Debug, PartialEq)]
struct Face {
    dialog: String,
    version: String,
    exported_at: String,
    checksum: String,
    /// What mends the checksum, where it does not match.
    fix: Option<(String, Command)>,
    matches: bool,
}

fn face(open: &OpenDocument) -> Option<Face> {
    let document = open.document();
    if document.kind() != DocumentKind::Artifact {
        return None;
    }
    let root = document.tree().root();
    let text = |key: &str| {
        let text = root
            .get(key)
            .and_then(|value| Some(display(&value.as_str()?).to_string()));
        text.unwrap_or_else(|| "none".to_owned())
    };
    let problem = open
        .problems()
        .iter()
        .find(|problem| problem.rule.code == CHECKSUM);
    let fix = problem.and_then(|problem| problem.fix.clone());
    Some(Face {
        dialog: text("dialog_id"),
        version: text("version"),
        exported_at: text("exported_at"),
        checksum: text("checksum"),
        fix: fix.map(|fix| (fix.label, fix.command)),
        matches: problem.is_none(),
    })
}

/// The block "Sync payload"; nothing for a flow on its own.
#[component]
pub fn SyncPayload() -> impl IntoView {
    let desk = desk();
    let shown = Memo::new(move |_| desk.read(face).flatten());
    move || {
        shown.get().map(|face| {
            let Face {
                dialog,
                version,
                exported_at,
                checksum,
                fix,
                matches,
            } = face;
            let severity = if matches { "success" } else { "error" };
            view! {
                <section class="group" aria-labelledby="sync-title">
                    <h3 id="sync-title">"Sync payload"</h3>
                    <dl class="facts">
                        <dt>"Dialog"</dt><dd><bdi>{dialog}</bdi></dd>
                        <dt>"Version"</dt><dd><bdi>{version}</bdi></dd>
                        <dt>"Exported"</dt><dd><bdi>{exported_at}</bdi></dd>
                        <dt>"Checksum"</dt><dd class="is-code"><bdi>{checksum}</bdi></dd>
                    </dl>
                    <p class="checksum-state" data-severity=severity>
                        {icon(if matches { Icon::Check } else { Icon::Error })}
                        <span>{if matches { "The checksum matches the flow." } else { "The checksum does not match the flow." }}</span>
                    </p>
                    {fix.map(|(label, command)| view! {
                        <button class="button is-small" on:click=move |_| { desk.apply(&command); }>
                            {icon(Icon::Fix)}
                            <span>{label}</span>
                        </button>
                    })}
                </section>
            }
        })
    }
}
