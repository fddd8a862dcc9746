//! Which flow is loaded, and which document is pushed.

use cognigy::resource::states::FlowAddress;
use flow::document::DocumentKind;
use leptos::prelude::*;

use super::base::{self, load};
use super::changed::refusals;
use super::run;
use crate::ui::app::Activity;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::documents::{DocumentChoice, Stops, errors, is_shown};
use crate::ui::operate::state::Operating;

/// How many known flows are offered.
const OFFERED: usize = 6;

/// Which flow is loaded.
#[component]
pub fn LoadForm(operating: Operating) -> impl IntoView {
    let state = operating.transitions;
    let missing = move || state.bot.with(String::is_empty) || state.flow.with(String::is_empty);
    let start = move |_| {
        load(
            operating,
            FlowAddress {
                bot: state.bot.get_untracked(),
                flow: state.flow.get_untracked(),
            },
        );
    };
    let bots = move || operating.connection.with(|it| it.remembered.bots.clone());
    let flows = move || {
        let bot = state.bot.get();
        operating
            .connection
            .with(|it| it.remembered.flows.get(&bot).cloned().unwrap_or_default())
    };
    view! {
        <section class="panel" aria-label="Load from the tenant">
            <div class="panel-head"><h2>"Load from the tenant"</h2></div>
            <IdField label="Bot id" list="known-bots" value=state.bot known=Signal::derive(bots)/>
            <IdField label="Flow id" list="known-flows" value=state.flow known=Signal::derive(flows)/>
            <KnownFlows operating/>
            {move || state.trouble.get().map(|reason| view! { <p class="panel-failure" role="alert">{reason}</p> })}
            <div class="panel-buttons">
                <button
                    class="button"
                    disabled=move || missing() || state.loading.get() || operating.busy.get()
                    on:click=start
                >
                    {icon(Icon::Open)}
                    <span>{move || if state.loading.get() { "Loading…" } else { "Load states" }}</span>
                </button>
            </div>
            <p class="field-note">"They open as a document of their own. What is open already stays as it is."</p>
        </section>
    }
}

/// Flows that were loaded before, each a press away.
#[component]
fn KnownFlows(operating: Operating) -> impl IntoView {
    let state = operating.transitions;
    let known = move || {
        operating.connection.with(|it| {
            let flows = it.remembered.flows.iter();
            flows
                .flat_map(|(bot, flows)| flows.iter().map(|flow| (bot.clone(), flow.clone())))
                .take(OFFERED)
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="presets" role="group" aria-label="Known flows">
            {move || known().into_iter().map(|(bot, flow)| {
                let label = format!("{bot} / {flow}");
                view! {
                    <button
                        class="button is-small"
                        title="Put both ids in"
                        on:click=move |_| {
                            state.bot.set(bot.clone());
                            state.flow.set(flow.clone());
                        }
                    >
                        {label}
                    </button>
                }
            }).collect_view()}
        </div>
    }
}

/// An id, with those that are known.
#[component]
fn IdField(
    label: &'static str,
    list: &'static str,
    value: RwSignal<String>,
    known: Signal<Vec<String>>,
) -> impl IntoView {
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <input
                class="field is-code"
                type="text"
                list=list
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event).trim().to_owned())
            />
            <datalist id=list>
                {move || known.get().into_iter().map(|id| view! { <option value=id></option> }).collect_view()}
            </datalist>
        </label>
    }
}

/// Which document is pushed.
#[component]
pub fn PushForm(operating: Operating, activity: RwSignal<Activity>) -> impl IntoView {
    let errors = errors(operating, DocumentKind::StateFlow);
    let shown = move || is_shown(operating, DocumentKind::StateFlow);
    let address =
        Memo::new(move |_| base::address(operating).map(|address| (address.bot, address.flow)));
    let refused = Memo::new(move |_| refusals(operating));
    let stopped = move || {
        errors.with(|errors| !errors.is_empty()) || refused.with(|refused| !refused.is_empty())
    };
    let why_not = move || {
        if !shown() {
            "Load or choose a state flow first"
        } else if address.with(Option::is_none) {
            "The document does not say which bot and flow it belongs to"
        } else if stopped() {
            "What is listed below stops it"
        } else {
            "Check, compare, confirm, push, compile"
        }
    };
    let cannot =
        move || operating.busy.get() || !shown() || stopped() || address.with(Option::is_none);
    view! {
        <section class="panel" aria-label="What is pushed">
            <div class="panel-head"><h2>"Push transitions"</h2></div>
            <DocumentChoice operating kind=DocumentKind::StateFlow label="State flow"/>
            {move || match address.get() {
                Some((bot, flow)) => view! {
                    <dl class="where-list">
                        <dt>"Bot"</dt><dd class="is-code">{bot}</dd>
                        <dt>"Flow"</dt><dd class="is-code">{flow}</dd>
                    </dl>
                }.into_any(),
                None => view! {
                    <p class="field-note">
                        "Load the states of a flow, edit their transitions on the canvas, come back and push them."
                    </p>
                }.into_any(),
            }}
            <Stops operating activity errors/>
            <Refused refused/>
            <div class="panel-buttons">
                <button class="button is-primary" title=why_not disabled=cannot on:click=move |_| run::push(operating)>
                    {icon(Icon::Operate)}
                    <span>"Push transitions"</span>
                </button>
                <Show when=shown>
                    <button class="button" on:click=move |_| activity.set(Activity::Design)>"Edit on the canvas"</button>
                </Show>
            </div>
        </section>
    }
}

/// What the API cannot change.
#[component]
fn Refused(refused: Memo<Vec<String>>) -> impl IntoView {
    view! {
        <Show when=move || refused.with(|refused| !refused.is_empty())>
            <div class="stops" role="group" aria-label="What cannot be pushed">
                <p class="stops-head">{icon(Icon::Error)}"Only transitions can be pushed"</p>
                <ul class="plain-list">
                    {move || refused.get().into_iter().map(|line| view! { <li><bdi>{line}</bdi></li> }).collect_view()}
                </ul>
                <p class="field-note">"Undo it here, or change it on the platform and load the states again. Nothing was sent."</p>
            </div>
        </Show>
    }
}
