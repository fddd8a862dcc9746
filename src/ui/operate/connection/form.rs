//! The form of a connection. Nothing in it is secret; it is kept with the workspace.

use cognigy::address::{self, base_url, private_host_warning, token_url_presets};
use cognigy::area::Area;
use cognigy::connection::{Connection, ConnectionMistake};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Draft;
use super::fields::{SecondsField, Switch, TextField};
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::practice::{PRACTICE, PRACTICE_URL};
use crate::ui::operate::question::Question;
use crate::ui::operate::state::{Operating, Screen};

/// Webhooks: label, name of the field, name in a connection.
const HOOKS: [(&str, &str, &str); 5] = [
    ("Analytics", "hook-analytics", "webhooks.analytics"),
    ("CRM", "hook-crm", "webhooks.crm"),
    ("Context", "hook-context", "webhooks.context"),
    ("MLOps", "hook-mlops", "webhooks.mlOps"),
    ("Artefact sync", "hook-sync", "webhooks.artifactSync"),
];

/// The form.
#[component]
pub fn ConnectionForm(operating: Operating, is_new: bool) -> impl IntoView {
    let old = if is_new {
        Connection::default()
    } else {
        operating.connection.get_untracked()
    };
    let practice = old.base_url == PRACTICE_URL;
    let draft = Draft::of(&old);
    if !is_new {
        follow(operating, draft);
    }
    let before = old.clone();
    let mistakes: Mistakes = Memo::new(move |_| {
        draft
            .connection(&before)
            .checked()
            .err()
            .unwrap_or_default()
    });
    let name_mistake = name_mistake(operating, draft, old.name.clone());
    let kept = old.clone();
    let told = RwSignal::new("");
    let keep = move |_| {
        draft.tried.set(true);
        let name_is_wrong = name_mistake.with_untracked(|mistake| !mistake.is_empty());
        // What was remembered since the form was made stays.
        let now = operating.connection_called(&kept.name);
        let now = now.filter(|_| !is_new);
        let checked = untrack(|| draft.connection(now.as_ref().unwrap_or(&kept))).checked();
        match checked {
            Ok(connection) if !name_is_wrong && !connection.name.is_empty() => {
                let old = if is_new { "" } else { &kept.name };
                if !operating.keep_connection(old, &connection) {
                    told.set("Not kept.");
                    return;
                }
                operating.is_new.set(false);
                operating.chosen.set(connection.name.clone());
                told.set("Kept with the workspace.");
            }
            _ => told.set("Not kept: put right what is marked."),
        }
    };
    let forget_it = {
        let name = old.name.clone();
        move |_| forget(operating, name.clone())
    };
    let title = if is_new {
        "New connection"
    } else {
        "Connection settings"
    };
    view! {
        <section class="panel" aria-label=title>
            <div class="panel-head">
                <h2>{title}</h2>
                {(!is_new && !practice).then(|| view! {
                    <button
                        class="button is-small is-quiet"
                        disabled=move || operating.busy.get()
                        title=move || not_now(operating)
                        on:click=forget_it
                    >"Forget it"</button>
                })}
            </div>
            {if practice {
                view! {
                    <p class="field-note">
                        "The practice tenant lives in this tab and is saved with your workspace. It behaves like a \
                         tenant, with its delays and failures, and needs no account."
                    </p>
                    <TextField label="Operator id" name="operator" value=draft.operator
                        note=Signal::derive(|| "Stands in the audit log as the one who did it.".to_owned())/>
                }.into_any()
            } else {
                view! { <AddressFields draft name_mistake mistakes/> }.into_any()
            }}
            <AreaFields draft/>
            <MoreFields draft practice mistakes/>
            <div class="panel-buttons">
                <button
                    class="button is-primary"
                    disabled=move || operating.busy.get()
                    title=move || not_now(operating)
                    on:click=keep
                >{icon(Icon::Save)}<span>"Keep connection"</span></button>
                <span class="field-note" role="status">{move || told.get()}</span>
                {is_new.then(|| view! {
                    <button class="button" on:click=move |_| {
                        operating.is_new.set(false);
                        operating.chosen.update(|chosen| if chosen.is_empty() { PRACTICE.clone_into(chosen) });
                        operating.screen.set(Screen::Deploy);
                    }>"Cancel"</button>
                })}
            </div>
        </section>
    }
}

/// Takes over what changes elsewhere while the form is shown.
fn follow(operating: Operating, draft: Draft) {
    Effect::new(move |before: Option<Connection>| {
        let now = operating.connection.get();
        if let Some(before) = before.filter(|before| before.name == now.name) {
            draft.follow(&before, &now);
        }
        now
    });
}

/// Why a connection cannot be changed just now. Followed.
fn not_now(operating: Operating) -> Option<&'static str> {
    let busy = operating.busy.get();
    busy.then_some("An operation runs. The connection can be changed once it has ended.")
}

/// What is wrong with the name of the connection that was called `own`; empty while nothing is.
fn name_mistake(operating: Operating, draft: Draft, own: String) -> Signal<String> {
    Signal::derive(move || {
        let name = draft.name.with(|name| name.trim().to_owned());
        let taken = || {
            let known = operating.connections.get();
            name != own && known.iter().any(|it| it.name == name)
        };
        if name.is_empty() && draft.tried.get() {
            "Give it a name, such as that of the tenant.".to_owned()
        } else if !name.is_empty() && taken() {
            "Another connection has this name.".to_owned()
        } else {
            String::new()
        }
    })
}

/// Forgets a connection, once that is confirmed.
fn forget(operating: Operating, name: String) {
    spawn_local(async move {
        let question = Question {
            title: format!("Forget the connection {name}?"),
            text: vec![
                "Its settings and its credential are gone then. Nothing changes on the tenant, and \
                 the audit log stays."
                    .to_owned(),
            ],
            yes: "Forget it".to_owned(),
            is_danger: true,
            ..Question::default()
        };
        if operating.questions.ask(question).await.is_some() {
            operating.forget_connection(&name);
        }
    });
}

/// The mistakes in the addresses of a connection.
type Mistakes = Memo<Vec<ConnectionMistake>>;

/// What is wrong with a field; empty while nothing is. That it is empty is told when it was tried to
/// keep the connection.
fn mistake(
    draft: Draft,
    mistakes: Mistakes,
    field: &'static str,
    value: RwSignal<String>,
) -> Signal<String> {
    Signal::derive(move || {
        let empty = value.with(|value| value.trim().is_empty());
        let found = mistakes.with(|found| {
            let ours = found.iter().find(|mistake| mistake.field == field);
            ours.map(|mistake| mistake.error.to_string())
        });
        found
            .filter(|_| !empty || draft.tried.get())
            .unwrap_or_default()
    })
}

/// Name, addresses, client.
#[component]
fn AddressFields(draft: Draft, name_mistake: Signal<String>, mistakes: Mistakes) -> impl IntoView {
    let base_note = Signal::derive(move || match base_url(&draft.base.get()) {
        Ok(base) => {
            let warning = private_host_warning(&base).unwrap_or_default();
            format!("Requests go to {base}/… {warning}")
        }
        Err(_) => "The address of the tenant. A pasted /api/v1 is taken off.".to_owned(),
    });
    let presets = Memo::new(move |_| {
        base_url(&draft.base.get())
            .map(|base| token_url_presets(&base))
            .ok()
    });
    view! {
                    <div class="field-pair">
                        <TextField label="Name" name="connection-name" value=draft.name mistake=name_mistake placeholder="Acme staging"/>
                        <TextField label="Operator id" name="operator" value=draft.operator
                            note=Signal::derive(|| "Stands in the audit log.".to_owned())/>
                    </div>
                    <TextField label="Base URL" name="base-url" value=draft.base mistake=mistake(draft, mistakes, "baseUrl", draft.base)
                        note=base_note placeholder="https://tenant.example.com"/>
                    <TextField label="Token URL" name="token-url" value=draft.token mistake=mistake(draft, mistakes, "tokenUrl", draft.token)
                        note=Signal::derive(move || match (draft.token.with(|it| it.trim().is_empty()), presets.get()) {
                            (true, Some([usual, ..])) => format!("Empty means {usual}"),
                            _ => String::new(),
                        })/>
                    <div class="presets" role="group" aria-label="Usual token URLs">
                        {move || presets.get().into_iter().flatten().map(|preset| {
                            let path = preset.split("://").nth(1).and_then(|rest| rest.find('/').map(|at| rest[at..].to_owned()));
                            view! {
                                <button class="button is-small" title=preset.clone() on:click=move |_| draft.token.set(preset.clone())>
                                    {path.unwrap_or_default()}
                                </button>
                            }
                        }).collect_view()}
                    </div>
                    <TextField label="Client id" name="client-id" value=draft.client
                        note=Signal::derive(|| "Only for client credentials. Leave it empty to paste tokens.".to_owned())/>
    }
}

/// The areas of the API in use.
#[component]
fn AreaFields(draft: Draft) -> impl IntoView {
    view! {
            <fieldset class="areas">
                <legend class="field-label">"Areas of the API in use"</legend>
                {Area::ALL.map(|area| view! {
                    <label class="area" title=format!("Needs the scopes {}", area.scopes())>
                        <input
                            class="check"
                            type="checkbox"
                            prop:checked=move || draft.areas.with(|areas| areas.contains(&area))
                            on:change=move |event| {
                                let on = event_target_checked(&event);
                                draft.areas.update(|areas| {
                                    areas.retain(|known| *known != area);
                                    if on {
                                        areas.push(area);
                                        areas.sort();
                                    }
                                });
                            }
                        />
                        <span>{area.label()}</span>
                    </label>
                }).collect_view()}
            </fieldset>
    }
}

/// The flows of each bot.
#[component]
fn FlowFields(draft: Draft) -> impl IntoView {
    let bots = Memo::new(move |_| draft.bots());
    view! {
        <For
            each=move || bots.get()
            key=Clone::clone
            children=move |bot| {
                let (shown, typed) = (bot.clone(), bot.clone());
                view! {
                    <label class="field-row">
                        <span class="field-label">"Flows of "<bdi>{bot}</bdi></span>
                        <input
                            class="field"
                            type="text"
                            autocomplete="off"
                            spellcheck="false"
                            prop:value=move || draft.flows.with(|flows| flows.get(&shown).cloned().unwrap_or_default())
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                draft.flows.update(|flows| {
                                    flows.insert(typed.clone(), text);
                                });
                            }
                        />
                    </label>
                }
            }
        />
    }
}

/// What most connections leave as it is.
#[component]
fn MoreFields(draft: Draft, practice: bool, mistakes: Mistakes) -> impl IntoView {
    view! {
            <details class="more">
                <summary>"Remembered ids"</summary>
                <p class="field-note">"The API lists none of these, so they are typed once and offered again. Commas between them."</p>
                <TextField label="Dialogs" name="dialogs" value=draft.dialogs/>
                <TextField label="Bots" name="bots" value=draft.bots/>
                <FlowFields draft/>
                <TextField label="Environments" name="environments" value=draft.environments/>
            </details>
            {(!practice).then(|| view! {
                <details class="more">
                    <summary>"Webhooks"</summary>
                    <p class="field-note">"Told of what was done. https only; they get no token. Empty ones are not called."</p>
                    {HOOKS.into_iter().zip(draft.hooks).map(|((label, name, field), value)| view! {
                        <TextField label name value mistake=mistake(draft, mistakes, field, value)
                            note=Signal::derive(move || value.with(|url| {
                                address::webhook_url(url).ok().and_then(|url| private_host_warning(&url)).unwrap_or_default()
                            }))/>
                    }).collect_view()}
                </details>
            })}
            <details class="more">
                <summary>"Timing and switches"</summary>
                <div class="field-triple">
                    <SecondsField label="Answer within, s" value=draft.request/>
                    <SecondsField label="Look again every, s" value=draft.poll/>
                    <SecondsField label="A job within, s" value=draft.job/>
                </div>
                <Switch label="Send idempotency keys" value=draft.keys
                    note="Creations carry a key, so that a repeated request creates nothing twice. Off for tenants whose CORS rules refuse the header."/>
                <Switch label="HTTP Basic for tokens" value=draft.basic
                    note="Id and secret go in a header instead of the body."/>
            </details>
    }
}
