//! The panel below: every problem of the shown document, with a jump, a fix, an explanation.

mod fix;
mod list;
mod rows;

use flow::diagram::Owner;
use flow::problem::Severity;
use flow::rules::Preset;
use leptos::prelude::*;

use self::list::ProblemList;
use super::app::Panels;
use super::desk::{Desk, desk};
use super::icons::{Icon, icon, severity_icon};
use super::payload;

/// Which of the problems are listed, and how.
#[derive(Clone, Copy)]
struct Listing {
    /// Only those with this in code, name or message.
    query: RwSignal<String>,
    /// One group per rule instead of one list.
    by_rule: RwSignal<bool>,
}

/// The panel "Problems".
#[component]
pub fn Problems(panels: Panels) -> impl IntoView {
    let desk = desk();
    let listing = Listing {
        query: RwSignal::new(String::new()),
        by_rule: RwSignal::new(false),
    };
    let count = move |severity: Severity| {
        desk.read(|open| {
            let counts = |problem: &&flow::problem::Problem| {
                problem.severity == severity && problem.acknowledged.is_none()
            };
            open.problems().iter().filter(counts).count()
        })
        .unwrap_or(0)
    };
    let strict = Memo::new(move |_| {
        desk.read(|open| open.settings().preset == Preset::Strict)
            .unwrap_or(false)
    });
    let choose_preset = move |event: leptos::ev::Event| {
        let preset = Preset::from_word(&event_target_value(&event)).unwrap_or_default();
        desk.change_rules(|rules| rules.preset = preset);
    };
    let open = move || panels.problems.get();
    view! {
        <section class="problems" aria-label="Problems" role="region" class:is-open=open>
            <div class="problems-head">
                <button
                    class="problems-toggle"
                    aria-expanded=move || open().to_string()
                    title="F8 next problem, Shift+F8 previous"
                    on:click=move |_| panels.problems.update(|open| *open = !*open)
                >
                    {move || icon(if open() { Icon::Down } else { Icon::Up })}
                    <span class="problems-title">"Problems"</span>
                    <Count severity=Severity::Error count=Memo::new(move |_| count(Severity::Error)).into()/>
                    <Count severity=Severity::Warning count=Memo::new(move |_| count(Severity::Warning)).into()/>
                    <Count severity=Severity::Info count=Memo::new(move |_| count(Severity::Info)).into()/>
                </button>
                <Show when=open>
                    <input
                        class="field is-search problems-filter"
                        type="search"
                        placeholder="Filter"
                        aria-label="Filter the problems"
                        prop:value=move || listing.query.get()
                        on:input=move |event| listing.query.set(event_target_value(&event))
                    />
                    <button
                        class="button is-small"
                        aria-pressed=move || listing.by_rule.get().to_string()
                        on:click=move |_| listing.by_rule.update(|on| *on = !*on)
                    >
                        "Group by rule"
                    </button>
                    <span class="select">
                        <select class="field is-small" aria-label="Which rules" on:change=choose_preset>
                            <option value="recommended" selected=move || !strict.get()>"Recommended"</option>
                            <option value="strict" selected=move || strict.get()>"Strict"</option>
                        </select>
                    </span>
                </Show>
            </div>
            <Show when=open>
                <ProblemList listing/>
            </Show>
        </section>
    }
}

#[component]
fn Count(severity: Severity, count: Signal<usize>) -> impl IntoView {
    let noun = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    view! {
        <span class="count" data-severity=severity.as_str() class:is-zero=move || count.get() == 0>
            {icon(severity_icon(severity))}
            <span>
                {move || count.get()}
                <span class="count-word">{move || format!(" {noun}{}", if count.get() == 1 { "" } else { "s" })}</span>
            </span>
        </span>
    }
}

/// Jumps to the next or the previous problem that is on the canvas.
pub fn step(desk: Desk, panels: Panels, forward: bool) {
    panels.problems.set(true);
    if payload::step(desk, forward) {
        return;
    }
    let found = desk.peek(|open| {
        let places: Vec<(usize, Owner)> = open
            .problems()
            .iter()
            .enumerate()
            .filter(|(_, problem)| problem.acknowledged.is_none())
            .filter_map(|(index, problem)| Some((index, open.owner_of(problem)?)))
            .collect();
        let current = open.selection().single();
        let at = places.iter().position(|&(_, owner)| Some(owner) == current);
        let differs = |next: usize, from: usize| places[next].1 != places[from].1;
        let count = places.len();
        let next = match (at, forward) {
            _ if count == 0 => return None,
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1..count).find(|&next| differs(next, at)).unwrap_or(0),
            (Some(at), false) => (0..at)
                .rev()
                .find(|&next| differs(next, at))
                .unwrap_or(count - 1),
        };
        let (index, owner) = places[next];
        Some((owner, open.problems()[index].message.clone()))
    });
    match found.flatten() {
        Some((owner, message)) => {
            desk.reveal(owner);
            desk.notices.announce(message);
        }
        None => desk.notices.announce("No problems."),
    }
}
