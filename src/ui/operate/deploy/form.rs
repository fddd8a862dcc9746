//! What is deployed and where to: the flow, the dialog, what stands in the way.

use cognigy::operation::next_patch;
use flow::command::dialog::set_text;
use flow::document::DocumentKind;
use leptos::prelude::*;

use super::run;
use super::versions::Versions;
use crate::ui::app::Activity;
use crate::ui::files;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::documents::{DocumentChoice, Stops, errors};
use crate::ui::operate::state::Operating;

/// A sample whose dialog the practice tenant has several versions of.
const PRACTICE_SAMPLE: &str = "order-status.json";

/// Id and version of the shown flow.
type Shown = Memo<Option<(String, String)>>;

fn shown(operating: Operating) -> Shown {
    Memo::new(move |_| {
        let read = operating.desk.read(|open| {
            let flow = open.document().dialog_flow()?;
            Some((flow.id.text.to_string(), flow.version.text.to_string()))
        });
        read.flatten()
    })
}

/// The form.
#[component]
pub fn DeployForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let deploy = operating.deploy;
    let shown = shown(operating);
    let id = Memo::new(move |_| shown.get().map(|(id, _)| id));
    // Another flow goes to another dialog. What is typed then stays, also when this is shown again.
    Effect::new(move |_| {
        let Some(id) = id.get() else { return };
        let same = deploy
            .filled
            .with_untracked(|filled| filled.as_ref() == Some(&id));
        if !same || deploy.dialog.with_untracked(String::is_empty) {
            deploy.dialog.set(id.clone());
            deploy.filled.set(Some(id));
        }
    });
    let errors = errors(operating, DocumentKind::DialogFlow);
    let stopped = move || errors.with(|errors| !errors.is_empty());
    let dialog_missing = move || deploy.dialog.with(|dialog| dialog.trim().is_empty());
    let cannot = move || {
        operating.busy.get() || dialog_missing() || shown.with(Option::is_none) || stopped()
    };
    let why_not = move || {
        if shown.with(Option::is_none) {
            "Choose a dialog flow first"
        } else if stopped() {
            "The problems below stop it"
        } else if dialog_missing() {
            "Type the id of the dialog"
        } else {
            "Check, compare, confirm, publish, make active, prove"
        }
    };
    view! {
        <section class="panel" aria-label="What goes where">
            <div class="panel-head">
                <h2>"Deploy a dialog flow"</h2>
            </div>
            <WhichFields operating/>
            <Show
                when=move || shown.with(Option::is_some)
                fallback=move || view! {
                    <p class="field-note">
                        "Open the dialog flow that is to be deployed: a file, a sample, or a new one in Design. \
                         The versions of a dialog can be looked at and switched without one."
                    </p>
                    <Show when=move || operating.is_practice()>
                        <button
                            class="button is-small is-start"
                            on:click=move |_| files::open_sample(operating.desk, PRACTICE_SAMPLE)
                        >
                            "Open a flow that the practice tenant knows"
                        </button>
                    </Show>
                }
            >
                <VersionLine operating version=Signal::derive(move || {
                    shown.get().map(|(_, version)| version).unwrap_or_default()
                })/>
            </Show>
            <Stops operating activity errors/>
            <div class="panel-buttons">
                <button
                    class="button is-primary"
                    title=why_not
                    disabled=cannot
                    on:click=move |_| run::deploy(operating)
                >
                    {icon(Icon::Operate)}
                    <span>"Deploy"</span>
                </button>
                <button
                    class="button"
                    title="Fetch the flow as the platform holds it, with its checksum; hand it on where a sync URL is set"
                    disabled=move || operating.busy.get() || dialog_missing()
                    on:click=move |_| run::export(operating)
                >
                    {icon(Icon::Save)}
                    <span>"Export and sync"</span>
                </button>
            </div>
        </section>
    }
}

/// Which flow, and which dialog.
#[component]
fn WhichFields(operating: Operating) -> impl IntoView {
    let deploy = operating.deploy;
    view! {
            <div class="field-pair">
                <DocumentChoice operating kind=DocumentKind::DialogFlow label="Dialog flow"/>
                <label class="field-row">
                    <span class="field-label">"Dialog id"</span>
                    <input
                        class="field is-code"
                        type="text"
                        list="known-dialogs"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || deploy.dialog.get()
                        on:change=move |event| deploy.dialog.set(event_target_value(&event).trim().to_owned())
                    />
                    <datalist id="known-dialogs">
                        {move || operating.connection.with(|it| it.remembered.dialogs.clone())
                            .into_iter()
                            .map(|id| view! { <option value=id></option> })
                            .collect_view()}
                    </datalist>
                </label>
            </div>
    }
}

/// The version of the flow, and the next one at a press where it is taken.
#[component]
fn VersionLine(operating: Operating, version: Signal<String>) -> impl IntoView {
    let taken = move || {
        let version = version.get();
        match Versions::of_chosen(operating) {
            Versions::Read { list, .. } => {
                let taken = list.iter().any(|known| known.version == version);
                (taken, next_patch(&version, &list))
            }
            _ => (false, next_patch(&version, &[])),
        }
    };
    view! {
        <div class="version-line">
            <span class="field-label">"Version"</span>
            <span class="version-number">{move || version.get()}</span>
            <Show when=move || taken().0>
                <span class="chip is-warning">"exists already"</span>
            </Show>
            <button
                class="button is-small"
                title="Change the number in the flow; undo takes it back"
                disabled=move || operating.busy.get()
                on:click=move |_| {
                    bump(operating, &taken().1);
                }
            >
                {move || format!("Bump to {}", taken().1)}
            </button>
        </div>
    }
}

/// Gives the shown flow another version number; one step to undo.
pub fn bump(operating: Operating, next: &str) -> bool {
    operating.desk.run(|open| {
        let flow = open.document().dialog_flow()?;
        Some(set_text("Change version", flow.version.at, next))
    })
}
