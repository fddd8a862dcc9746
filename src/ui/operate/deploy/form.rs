//! What is deployed and where to: the flow, the dialog, what stands in the way.

use cognigy::operation::next_patch;
use flow::command::dialog::set_text;
use flow::problem::Severity;
use leptos::prelude::*;

use super::run;
use super::versions::Versions;
use crate::ui::app::Activity;
use crate::ui::files;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::state::Operating;

/// A sample whose dialog the practice tenant has several versions of.
const PRACTICE_SAMPLE: &str = "order-status.json";
/// How many of the problems are listed.
const LISTED: usize = 5;

/// The shown flow, as far as this screen needs it.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    id: String,
    version: String,
    /// The index, code and message of each error.
    errors: Vec<(usize, &'static str, String)>,
}

fn shown(operating: Operating) -> Memo<Option<Shown>> {
    Memo::new(move |_| {
        let read = operating.desk.read(|open| {
            let flow = open.document().dialog_flow()?;
            let problems = open.problems().iter().enumerate();
            let errors = problems.filter(|(_, problem)| problem.severity == Severity::Error);
            Some(Shown {
                id: flow.id.text.to_string(),
                version: flow.version.text.to_string(),
                errors: errors
                    .map(|(index, problem)| (index, problem.rule.code, problem.message.clone()))
                    .collect(),
            })
        });
        read.flatten()
    })
}

/// Shows a problem on the canvas.
pub fn jump(operating: Operating, activity: RwSignal<Activity>, problem: usize) {
    activity.set(Activity::Design);
    let desk = operating.desk;
    let owner = desk.peek(|open| {
        let problem = open.problems().get(problem)?;
        open.owner_of(problem)
    });
    if let Some(owner) = owner.flatten() {
        // Once the canvas is there and has a size.
        crate::browser::page::after(60, move || desk.reveal(owner));
    }
}

/// The form.
#[component]
pub fn DeployForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let deploy = operating.deploy;
    let shown = shown(operating);
    let id = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|it| it.id.clone())));
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
    let errors = move || shown.with(|shown| shown.as_ref().map_or(0, |it| it.errors.len()));
    let dialog_missing = move || deploy.dialog.with(|dialog| dialog.trim().is_empty());
    let cannot = move || {
        operating.busy.get() || dialog_missing() || shown.with(Option::is_none) || errors() > 0
    };
    let why_not = move || {
        if shown.with(Option::is_none) {
            "Choose a dialog flow first"
        } else if errors() > 0 {
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
            <WhichFields operating shown/>
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
                    shown.with(|shown| shown.as_ref().map(|it| it.version.clone()).unwrap_or_default())
                })/>
            </Show>
            <Stops operating activity shown/>
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
fn WhichFields(operating: Operating, shown: Memo<Option<Shown>>) -> impl IntoView {
    let deploy = operating.deploy;
    let flows = Memo::new(move |_| operating.desk.dialog_flows());
    let active = move || operating.desk.active.get();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(id) = event_target_value(&event).parse() {
            operating.desk.show(id);
        }
    };
    view! {
            <div class="field-pair">
                <label class="field-row">
                    <span class="field-label">"Dialog flow"</span>
                    <span class="select">
                        <select class="field" on:change=choose>
                            <Show when=move || shown.with(Option::is_none)>
                                <option value="" selected=true>
                                    {move || if flows.with(Vec::is_empty) { "None is open" } else { "Choose one" }}
                                </option>
                            </Show>
                            <For
                                each=move || flows.get()
                                key=Clone::clone
                                children=move |(id, title)| view! {
                                    <option value=id.to_string() selected=move || active() == Some(id)>{title}</option>
                                }
                            />
                        </select>
                    </span>
                </label>
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

/// The problems that stop a deployment, each leading to the canvas.
#[component]
fn Stops(
    operating: Operating,
    activity: RwSignal<Activity>,
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let errors = move || shown.with(|shown| shown.as_ref().map_or(0, |it| it.errors.len()));
    view! {
            <Show when=move || { errors() > 0 }>
                <div class="stops" role="group" aria-label="Problems that stop it">
                    <p class="stops-head">
                        {icon(Icon::Error)}
                        {move || match errors() {
                            1 => "1 problem stops it".to_owned(),
                            count => format!("{count} problems stop it"),
                        }}
                    </p>
                    <ul>
                        <For
                            each=move || shown.with(|shown| shown.as_ref().map(|it| {
                                it.errors.iter().take(LISTED).cloned().collect::<Vec<_>>()
                            }).unwrap_or_default())
                            key=Clone::clone
                            children=move |(index, code, message)| view! {
                                <li>
                                    <button class="stop" title="Show it on the canvas" on:click=move |_| jump(operating, activity, index)>
                                        <span class="problem-code">{code}</span>
                                        <bdi>{message}</bdi>
                                    </button>
                                </li>
                            }
                        />
                    </ul>
                    <Show when=move || { errors() > LISTED }>
                        <p class="field-note">{move || format!("And {} more, in Design.", errors() - LISTED)}</p>
                    </Show>
                </div>
            </Show>
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
