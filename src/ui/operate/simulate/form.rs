//! What is run and where: the script, its bot, version and environment, and what stands in the way.

use flow::command::payload::simulation::{ScriptField, set_script_field};
use flow::document::DocumentKind;
use leptos::prelude::*;

use super::run;
use super::surroundings::{Surroundings, read};
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::sending::{SendForm, Words};
use crate::ui::operate::state::Operating;

/// How many versions are offered instead of one that cannot be talked to.
const OFFERED: usize = 3;

const WORDS: Words = Words {
    region: "What is run",
    title: "Simulate a conversation",
    document: "Simulation script",
    choose: "Choose a simulation script first",
    explained: "A script says what a user types, turn by turn, and which intent, confidence and entities \
                are expected. Open one, or start with the sample order-status-simulation.json.",
    steps: "Check, look at bot and environment, confirm, run, compare",
    send: "Run simulation",
    edit: "Edit the script",
};

/// The form.
#[component]
pub fn SimulateForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let start = |operating: Operating| {
        if let Some(id) = operating.desk.active.get_untracked() {
            run::run(operating, vec![id]);
        }
    };
    view! {
        <SendForm
            operating
            activity
            kind=DocumentKind::Simulation
            words=WORDS
            glyph=Icon::Start
            start
        >
            <Where operating/>
        </SendForm>
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
