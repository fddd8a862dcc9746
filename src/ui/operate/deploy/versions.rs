//! The versions of the dialog, which one is active, and switching to another.

use cognigy::operation::SwitchKind;
use cognigy::resource::dialogs::{self, Version};
use cognigy::send::Watch;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::run;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::moments::Moment;
use crate::ui::operate::state::Operating;
use cognigy::vault::Whom;

/// What is known of the versions of a dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Versions {
    /// Nobody has asked.
    #[default]
    Unread,
    /// On their way.
    Reading,
    /// These, as they were when they were read.
    Read {
        /// Of this tenant.
        whom: Whom,
        /// Of this dialog.
        dialog: String,
        /// The versions, in the order of the platform.
        list: Vec<Version>,
    },
    /// They could not be read; a sentence.
    Failed(String),
}

impl Versions {
    /// They, where they are of the chosen tenant and dialog and not of one before. Followed.
    pub fn of_chosen(operating: Operating) -> Self {
        let versions = operating.deploy.versions.get();
        match &versions {
            Self::Read { whom, dialog, .. }
                if operating.deploy.dialog.with(|chosen| chosen != dialog)
                    || operating.connection.with(Whom::of) != *whom =>
            {
                Self::Unread
            }
            _ => versions,
        }
    }
}

/// Reads them whenever another dialog or connection is chosen, where that needs no credential first.
pub fn follow(operating: Operating) {
    Effect::new(move |before: Option<(Whom, String)>| {
        let now = (
            operating.connection.with(Whom::of),
            operating.deploy.dialog.get(),
        );
        let ready = operating.has_credential(&now.0);
        let unread = operating
            .deploy
            .versions
            .with_untracked(|versions| matches!(versions, Versions::Unread));
        if before.as_ref() != Some(&now) || unread {
            operating.deploy.versions.set(Versions::Unread);
            if ready && !now.1.is_empty() && !operating.busy.get_untracked() {
                read(operating);
            }
        }
        now
    });
}

/// Reads them.
pub fn read(operating: Operating) {
    let versions = operating.deploy.versions;
    let dialog = operating.deploy.dialog.get_untracked();
    if dialog.is_empty() {
        return;
    }
    let connection = operating.connection.get_untracked();
    versions.set(Versions::Reading);
    spawn_local(async move {
        let found = match operating.tools_for(&connection).await {
            Err(not_ready) => Versions::Failed(not_ready.0),
            Ok(tools) => {
                let watch = Watch::default();
                match dialogs::versions(&tools.client, &dialog, false, &watch).await {
                    Ok(list) => Versions::Read {
                        whom: Whom::of(&connection),
                        dialog: dialog.clone(),
                        list,
                    },
                    Err(failed) => Versions::Failed(failed.to_string()),
                }
            }
        };
        // Another dialog or tenant may have been chosen meanwhile, which is read for itself.
        if operating.deploy.dialog.get_untracked() == dialog && operating.works_with(&connection) {
            versions.set(found);
        }
    });
}

/// The version to go back to: the youngest that is older than the active one.
fn before(list: &[Version]) -> Option<String> {
    let active = list.iter().find(|version| version.is_active())?;
    let older = list
        .iter()
        .filter(|version| version.created_at < active.created_at);
    let youngest = older.max_by(|one, other| one.created_at.cmp(&other.created_at));
    youngest.map(|version| version.id.clone())
}

/// The versions.
#[component]
pub fn VersionsPanel(operating: Operating) -> impl IntoView {
    let versions = operating.deploy.versions;
    let reading = move || versions.with(|versions| *versions == Versions::Reading);
    let body = move || {
        match Versions::of_chosen(operating) {
        Versions::Unread => view! {
            <p class="field-note">
                {move || {
                    if operating.deploy.dialog.with(String::is_empty) {
                        "Type the id of a dialog to see its versions."
                    } else {
                        "Not read yet."
                    }
                }}
            </p>
        }
        .into_any(),
        Versions::Reading => view! { <p class="field-note" role="status">"Reading the versions…"</p> }.into_any(),
        Versions::Failed(reason) => view! { <p class="panel-failure" role="alert">{reason}</p> }.into_any(),
        Versions::Read { list, .. } if list.is_empty() => {
            view! { <p class="field-note">"The dialog has no versions yet. A deployment makes the first one."</p> }.into_any()
        }
        Versions::Read { list, .. } => {
            let back = before(&list);
            let mut list = list;
            list.sort_by(|one, other| other.created_at.cmp(&one.created_at));
            view! {
                <ul class="versions" aria-label="Versions">
                    {list.into_iter().map(|version| {
                        let is_back = back.as_ref() == Some(&version.id);
                        view! { <VersionRow operating version is_back/> }
                    }).collect_view()}
                </ul>
            }
            .into_any()
        }
    }
    };
    view! {
        <section class="panel" aria-label="Versions on the tenant">
            <div class="panel-head">
                <h2>"Versions"</h2>
                <button
                    class="button is-small is-quiet"
                    disabled=move || reading() || operating.busy.get()
                    on:click=move |_| read(operating)
                >
                    "Read again"
                </button>
            </div>
            {body}
        </section>
    }
}

#[component]
fn VersionRow(operating: Operating, version: Version, is_back: bool) -> impl IntoView {
    let active = version.is_active();
    let number = version.version.clone();
    let (kind, word, name) = if is_back {
        (
            SwitchKind::RollBack,
            "Roll back",
            format!("Roll back to {number}"),
        )
    } else {
        (SwitchKind::Promote, "Promote", format!("Promote {number}"))
    };
    let target = version.clone();
    view! {
        <li class="version" class:is-active=active>
            <span class="version-mark">{active.then(|| icon(Icon::Check))}</span>
            <div class="version-text">
                <span class="version-number">{number}</span>
                <span class="version-id is-code">{version.id}</span>
                <span class="version-made"><Moment text=version.created_at/></span>
            </div>
            {if active {
                view! { <span class="chip is-good">"Active"</span> }.into_any()
            } else {
                view! {
                    <button
                        class="button is-small"
                        aria-label=name
                        disabled=move || operating.busy.get()
                        on:click=move |_| run::switch(operating, target.clone(), kind)
                    >
                        {word}
                    </button>
                }
                .into_any()
            }}
        </li>
    }
}
