//! What is run and where: the script, its bot, version and environment, and what stands in the way.

use flow::command::payload::simulation::{ScriptField, set_script_field};
use flow::document::DocumentKind;
use leptos::prelude::*;

use super::run;
use super::surroundings::{Surroundings, read};
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::documents::{DocumentChoice, Stops, errors, is_shown};
use crate::ui::operate::state::Operating;

/// How many versions are offered instead of one that cannot be talked to.
const OFFERED: usize = 3;

/// The form.
#[component]
pub fn SimulateForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let errors = errors(operating, DocumentKind::Simulation);
    let shown = move || is_shown(operating, DocumentKind::Simulation);
    let stopped = move || errors.with(|errors| !errors.is_empty());
    let why_not = move || {
        if !shown() {
            "Choose a simulation script first"
        } else if stopped() {
            "The problems below stop it"
        } else {
            "Check, look at bot and environment, confirm, run, compare"
        }
    };
    let start = move |_| {
        if let Some(id) = operating.desk.active.get_untracked() {
            run::run(operating, vec![id]);
        }
    };
    view! {
        <section class="panel" aria-label="What is run">
            <div class="panel-head"><h2>"Simulate a conversation"</h2></div>
            <DocumentChoice operating kind=DocumentKind::Simulation label="Simulation script"/>
            <Show
                when=shown
                fallback=|| view! {
                    <p class="field-note">
                        "A script says what a user types, turn by turn, and which intent, confidence and \
                         entities are expected. Open one, or start with the sample order-status-simulation.json."
                    </p>
                }
            >
                <Where operating/>
            </Show>
            <Stops operating activity errors/>
            <div class="panel-buttons">
                <button
                    class="button is-primary"
                    title=why_not
                    disabled=move || operating.busy.get() || !shown() || stopped()
                    on:click=start
                >
                    {icon(Icon::Start)}
                    <span>"Run simulation"</span>
                </button>
                <Show when=shown>
                    <button class="button" on:click=move |_| activity.set(Activity::Design)>"Edit the script"</button>
                </Show>
            </div>
        </section>
    }
}

/// Bot, version and environment, each with what the platform says of it.
#[component]
fn Where(operating: Operating) -> impl IntoView {
    let surroundings = operating.simulate.surroundings;
    let names = Memo::new(move |_| super::surroundings::names(operating));
    let name = move |which: usize| names.get().map(|names| names[which].clone());
    let failed = move || {
        surroundings.with(|now| match now {
            Surroundings::Failed(reason) => Some(reason.clone()),
            _ => None,
        })
    };
    let version = move || surroundings.with(|now| names.get().map(|names| now.version(&names)));
    let environment =
        move || surroundings.with(|now| names.get().map(|names| now.environment(&names)));
    view! {
        <div class="where" role="group" aria-label="Bot and environment">
            <dl class="where-list">
                <dt>"Bot"</dt><dd class="is-code">{move || name(0)}</dd>
                <dt>"Version"</dt>
                <dd><span class="is-code">{move || name(1)}</span>{move || version().map(verdict_chip)}</dd>
                <dt>"Environment"</dt>
                <dd><span class="is-code">{move || name(2)}</span>{move || environment().map(verdict_chip)}</dd>
            </dl>
            <Offers operating/>
            {move || failed().map(|reason| view! {
                <p class="panel-failure">
                    {reason}
                    <button class="button is-small" disabled=move || operating.busy.get() on:click=move |_| read(operating)>"Look again"</button>
                </p>
            })}
        </div>
    }
}

/// What the platform says of a version or an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it can be used; none while that is not known.
    pub usable: Option<bool>,
    /// In words.
    pub words: String,
}

fn verdict_chip(verdict: Verdict) -> impl IntoView {
    let (class, glyph) = match verdict.usable {
        Some(true) => ("chip is-good", Some(Icon::Check)),
        Some(false) => ("chip is-bad", Some(Icon::Close)),
        None => ("chip", None),
    };
    (!verdict.words.is_empty())
        .then(|| view! { <span class=class>{glyph.map(icon)}{verdict.words}</span> })
}

/// Active versions, instead of one that cannot be talked to.
#[component]
fn Offers(operating: Operating) -> impl IntoView {
    let offers = move || {
        operating.simulate.surroundings.with(|now| {
            let names = super::surroundings::names(operating)?;
            let unusable = now.version(&names).usable == Some(false);
            unusable.then(|| now.active_versions(OFFERED))
        })
    };
    let take = move |version: &str| {
        operating.desk.run(|open| {
            let script = open.document().simulation()?;
            Some(set_script_field(script, ScriptField::Version, version))
        });
    };
    move || {
        offers().filter(|offers| !offers.is_empty()).map(|offers| {
            view! {
                <div class="presets" role="group" aria-label="Versions that are active">
                    {offers.into_iter().map(|version| {
                        let own = version.clone();
                        view! {
                            <button class="button is-small" title="Change it in the script; undo takes it back" on:click=move |_| take(&own)>
                                {format!("Use {version}")}
                            </button>
                        }
                    }).collect_view()}
                </div>
            }
        })
    }
}
