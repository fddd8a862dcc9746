//! What shall go wrong on the practice tenant. What a fault does is decided there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use tenant::{Fault, call_names};

use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;
use crate::ui::operate::practice::Practice;
use crate::ui::operate::question::Question;
use crate::ui::operate::state::Operating;

/// Kinds of faults, with what they are called.
const KINDS: [(&str, &str); 15] = [
    ("dropAfter", "Connection lost after the effect"),
    ("dropBefore", "Connection lost before the effect"),
    ("delay", "Slow answer"),
    ("serverError", "Server error"),
    ("rateLimited", "Too many requests"),
    ("cutBody", "Answer cut off"),
    ("htmlBody", "A page of HTML instead"),
    ("wrongType", "Answer of the wrong types"),
    ("expireToken", "Token expires"),
    ("conflict", "Somebody else saves just before"),
    ("promotionFailure", "Promotion fails"),
    ("rollbackFailure", "Rollback fails"),
    ("compileFailure", "Compilation fails"),
    ("simulationFailure", "Simulation fails half way"),
    ("hideHeaders", "Headers hidden from the page"),
];

fn kind_words(kind: &str) -> &str {
    let known = KINDS.iter().find(|(word, _)| *word == kind);
    known.map_or(kind, |(_, label)| label)
}

/// The panel.
#[component]
pub fn FaultPanel(operating: Operating) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let practice = operating.practice();
    let faults = StoredValue::new_local(practice.clone());
    spawn_local(async move { trouble.set(practice.ready().await.err()) });
    let reset = move |_| {
        let practice = faults.get_value();
        spawn_local(async move {
            let question = Question {
                title: "Reset the practice tenant?".to_owned(),
                text: vec![
                    "Its versions, conversations and faults go back to what they were at the start. \
                     Your documents and the audit log stay."
                        .to_owned(),
                ],
                yes: "Reset it".to_owned(),
                is_danger: true,
                ..Question::default()
            };
            if operating.questions.ask(question).await.is_none() {
                return;
            }
            let done = practice.reset().await;
            if done.is_ok() {
                operating
                    .desk
                    .notices
                    .announce("The practice tenant is as it was at the start.");
            }
            tell(operating, done);
        });
    };
    view! {
        <section class="panel" aria-label="What shall go wrong">
            <div class="panel-head">
                <h2>"What shall go wrong"</h2>
                <button class="button is-small is-quiet" title="Everything back as it was at the start, faults off" on:click=reset>
                    "Reset the tenant"
                </button>
            </div>
            <p class="field-note">"Switch a fault on, then do something: every operation has to end well or say honestly that it does not know."</p>
            {move || trouble.get().map(|reason| view! { <p class="panel-failure" role="alert">{reason}</p> })}
            <FaultForm operating/>
            <FaultList operating/>
        </section>
    }
}

fn tell(operating: Operating, result: Result<(), String>) {
    if let Err(reason) = result {
        operating.desk.notices.show(Notice::error(reason));
    }
}

/// Switches a fault on.
#[component]
fn FaultForm(operating: Operating) -> impl IntoView {
    let kind = RwSignal::new(KINDS[0].0.to_owned());
    let call = RwSignal::new("*".to_owned());
    let times = RwSignal::new("1".to_owned());
    let faults = StoredValue::new_local(operating.practice());
    let add = move |_| {
        let times = match times.get_untracked().as_str() {
            "always" => json!(null),
            number => json!(number.parse::<u32>().unwrap_or(1)),
        };
        let text = json!({
            "kind": kind.get_untracked(),
            "call": call.get_untracked(),
            "times": times,
        });
        let practice = faults.get_value();
        spawn_local(async move {
            let fault = Fault::from_json(&text.to_string()).map_err(|error| error.to_string());
            let done = match fault {
                Ok(fault) => {
                    practice
                        .change(|tenant| tenant.switch_on(fault).map(drop))
                        .await
                }
                Err(reason) => Err(reason),
            };
            tell(
                operating,
                done.and_then(|switched| switched.map_err(|error| error.to_string())),
            );
        });
    };
    view! {
            <div class="fault-form">
                <label class="field-row">
                    <span class="field-label">"Fault"</span>
                    <span class="select">
                        <select class="field" on:change=move |event| kind.set(event_target_value(&event))>
                            {KINDS.map(|(word, label)| view! { <option value=word>{label}</option> }).collect_view()}
                        </select>
                    </span>
                </label>
                <label class="field-row">
                    <span class="field-label">"On the call"</span>
                    <span class="select">
                        <select class="field" on:change=move |event| call.set(event_target_value(&event))>
                            <option value="*">"every call"</option>
                            {call_names().map(|call| view! { <option value=call.name title=call.path>{call.name}</option> }).collect_view()}
                        </select>
                    </span>
                </label>
                <label class="field-row">
                    <span class="field-label">"How often"</span>
                    <span class="select">
                        <select class="field" on:change=move |event| times.set(event_target_value(&event))>
                            <option value="1">"once"</option>
                            <option value="2">"twice"</option>
                            <option value="5">"5 times"</option>
                            <option value="always">"always"</option>
                        </select>
                    </span>
                </label>
                <button class="button" on:click=add>"Switch on"</button>
            </div>
    }
}

/// The faults that are on.
#[component]
fn FaultList(operating: Operating) -> impl IntoView {
    let faults = StoredValue::new_local(operating.practice());
    let off = move |id: String| {
        let practice = faults.get_value();
        spawn_local(async move {
            tell(
                operating,
                practice
                    .change(|tenant| tenant.switch_off(&id))
                    .await
                    .map(drop),
            );
        });
    };
    view! {
            <ul class="faults" aria-label="Faults that are on">
                {move || {
                    let faults = faults.with_value(Practice::faults);
                    if faults.is_empty() {
                        return view! { <li class="field-note">"Nothing goes wrong."</li> }.into_any();
                    }
                    faults.into_iter().map(|fault| {
                        let value = serde_json::to_value(&fault).unwrap_or_default();
                        let kind = kind_words(value["kind"].as_str().unwrap_or_default()).to_owned();
                        let often = match fault.times {
                            None => "always".to_owned(),
                            Some(1) => "once".to_owned(),
                            Some(times) => format!("{times} times"),
                        };
                        let call = if fault.call == "*" { "every call".to_owned() } else { fault.call.clone() };
                        let name = format!("Switch off {kind} on {call}");
                        let id = fault.id.clone();
                        view! {
                            <li class="fault">
                                {icon(Icon::Warning)}
                                <span class="fault-what">{kind}</span>
                                <span class="field-note">{format!("{call}, {often}")}</span>
                                <button class="icon-button is-small" aria-label=name on:click=move |_| off(id.clone())>{icon(Icon::Close)}</button>
                            </li>
                        }
                    }).collect_view().into_any()
                }}
            </ul>
    }
}
