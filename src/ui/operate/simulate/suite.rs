//! The regression suite: the open scripts that are run together, for one verdict.

use flow::document::DocumentKind;
use leptos::prelude::*;

use super::run;
use crate::ui::desk::DocumentId;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::documents::of_kind;
use crate::ui::operate::job::Ended;
use crate::ui::operate::state::Operating;

/// How a script of the last run went.
fn verdict(operating: Operating, id: DocumentId) -> Option<(&'static str, String)> {
    let state = operating.simulate;
    let place = state
        .ran
        .with(|ran| ran.iter().position(|(known, _)| *known == id))?;
    if let Some(current) = state.current.get() {
        return match current.cmp(&place) {
            std::cmp::Ordering::Equal => Some(("", "under way".to_owned())),
            std::cmp::Ordering::Less => Some(("", "to come".to_owned())),
            std::cmp::Ordering::Greater => Some(("", "done".to_owned())),
        };
    }
    state.job.ended.with(|ended| match ended {
        Some(Ended::Done(suite)) => {
            let (_, run) = suite.runs.get(place)?;
            Some(match run {
                Ok(run) if run.passes() => ("is-good", "passed".to_owned()),
                Ok(run) if !run.refused.is_empty() => ("is-bad", "refused".to_owned()),
                Ok(run) if run.cut_short.is_some() => ("is-warning", "not finished".to_owned()),
                Ok(run) => {
                    let metrics = &run.metrics;
                    let failed = metrics.total_assertions - metrics.passed_assertions;
                    (
                        "is-bad",
                        format!("{failed} of {} fail", metrics.total_assertions),
                    )
                }
                Err(_) => ("is-bad", "did not run".to_owned()),
            })
        }
        _ => None,
    })
}

/// The panel.
#[component]
pub fn SuitePanel(operating: Operating) -> impl IntoView {
    let scripts = of_kind(operating, DocumentKind::Simulation);
    let left_out = operating.simulate.left_out;
    let chosen = move || {
        let all = scripts.get().into_iter().map(|(id, _)| id);
        all.filter(|id| left_out.with(|left_out| !left_out.contains(id)))
            .collect::<Vec<_>>()
    };
    let toggle = move |id: DocumentId| {
        left_out.update(|left_out| {
            if !left_out.remove(&id) {
                left_out.insert(id);
            }
        });
    };
    view! {
        <section class="panel" aria-label="Regression suite">
            <div class="panel-head"><h2>"Regression suite"</h2></div>
            <Show
                when=move || !scripts.with(Vec::is_empty)
                fallback=|| view! { <p class="field-note">"Open several scripts to run them together, for one verdict."</p> }
            >
                <ul class="suite">
                    <For
                        each=move || scripts.get()
                        key=Clone::clone
                        children=move |(id, title)| view! {
                            <li class="suite-row">
                                <label class="choice">
                                    <input
                                        type="checkbox"
                                        class="check"
                                        prop:checked=move || left_out.with(|left_out| !left_out.contains(&id))
                                        on:change=move |_| toggle(id)
                                    />
                                    <bdi>{title}</bdi>
                                </label>
                                {move || verdict(operating, id).map(|(tone, words)| view! {
                                    <span class=format!("chip {tone}")>{words}</span>
                                })}
                                <button class="button is-small is-quiet" on:click=move |_| operating.desk.show(id)>"Show"</button>
                            </li>
                        }
                    />
                </ul>
                <div class="panel-buttons">
                    <button
                        class="button"
                        disabled=move || operating.busy.get() || chosen().is_empty()
                        on:click=move |_| run::run(operating, chosen())
                    >
                        {icon(Icon::Start)}
                        <span>{move || match chosen().len() {
                            1 => "Run 1 script as a suite".to_owned(),
                            count => format!("Run {count} scripts as a suite"),
                        }}</span>
                    </button>
                </div>
            </Show>
        </section>
    }
}
