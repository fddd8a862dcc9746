//! The form of a connection. Nothing in it is secret; it is kept with the workspace.

use cognigy::address::{self, base_url, private_host_warning, token_url_presets};
use cognigy::area::Area;
use cognigy::connection::Connection;
use leptos::prelude::*;

use super::fields::{SecondsField, Switch, TextField, list_in, milliseconds, seconds};
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;
use crate::ui::operate::practice::{PRACTICE, PRACTICE_URL};
use crate::ui::operate::state::{Operating, Screen};

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    base: RwSignal<String>,
    token: RwSignal<String>,
    client: RwSignal<String>,
    operator: RwSignal<String>,
    areas: RwSignal<Vec<Area>>,
    bots: RwSignal<String>,
    dialogs: RwSignal<String>,
    environments: RwSignal<String>,
    hooks: [RwSignal<String>; 5],
    poll: RwSignal<String>,
    request: RwSignal<String>,
    job: RwSignal<String>,
    keys: RwSignal<bool>,
    basic: RwSignal<bool>,
    /// Whether it was tried to keep it: mistakes in empty fields are told then.
    tried: RwSignal<bool>,
}

const HOOKS: [(&str, &str, &str); 5] = [
    ("Analytics", "hook-analytics", "webhooks.analytics"),
    ("CRM", "hook-crm", "webhooks.crm"),
    ("Context", "hook-context", "webhooks.context"),
    ("MLOps", "hook-mlops", "webhooks.mlOps"),
    ("Artefact sync", "hook-sync", "webhooks.artifactSync"),
];

impl Draft {
    fn of(connection: &Connection) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let hooks = &connection.webhooks;
        let remembered = &connection.remembered;
        Self {
            name: text(&connection.name),
            base: text(&connection.base_url),
            token: text(&connection.token_url),
            client: text(&connection.client_id),
            operator: text(&connection.operator),
            areas: RwSignal::new(connection.areas.clone()),
            bots: text(&remembered.bots.join(", ")),
            dialogs: text(&remembered.dialogs.join(", ")),
            environments: text(&remembered.environments.join(", ")),
            hooks: [
                text(&hooks.analytics),
                text(&hooks.crm),
                text(&hooks.context),
                text(&hooks.ml_ops),
                text(&hooks.artifact_sync),
            ],
            poll: text(&seconds(connection.poll_interval)),
            request: text(&seconds(connection.request_deadline)),
            job: text(&seconds(connection.job_deadline)),
            keys: RwSignal::new(connection.idempotency_keys),
            basic: RwSignal::new(connection.http_basic),
            tried: RwSignal::new(false),
        }
    }

    /// The connection that is typed, on top of `old`. Followed.
    fn connection(self, old: &Connection) -> Connection {
        let mut new = old.clone();
        let trimmed = |text: RwSignal<String>| text.with(|text| text.trim().to_owned());
        new.name = trimmed(self.name);
        new.base_url = trimmed(self.base);
        new.token_url = trimmed(self.token);
        if new.token_url.is_empty()
            && let Ok(base) = base_url(&new.base_url)
        {
            let [usual, ..] = token_url_presets(&base);
            new.token_url = usual;
        }
        new.client_id = trimmed(self.client);
        new.operator = trimmed(self.operator);
        new.areas = self.areas.get();
        new.remembered.bots = self.bots.with(|text| list_in(text));
        new.remembered.dialogs = self.dialogs.with(|text| list_in(text));
        new.remembered.environments = self.environments.with(|text| list_in(text));
        let [analytics, crm, context, ml_ops, sync] = self.hooks.map(trimmed);
        new.webhooks.analytics = analytics;
        new.webhooks.crm = crm;
        new.webhooks.context = context;
        new.webhooks.ml_ops = ml_ops;
        new.webhooks.artifact_sync = sync;
        let span =
            |text: RwSignal<String>, old: u64| text.with(|text| milliseconds(text)).unwrap_or(old);
        new.poll_interval = span(self.poll, old.poll_interval);
        new.request_deadline = span(self.request, old.request_deadline);
        new.job_deadline = span(self.job, old.job_deadline);
        new.idempotency_keys = self.keys.get();
        new.http_basic = self.basic.get();
        new
    }
}

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
    let before = old.clone();
    let mistakes = Memo::new(move |_| {
        draft
            .connection(&before)
            .checked()
            .err()
            .unwrap_or_default()
    });
    let mistake = move |field: &'static str, value: RwSignal<String>| {
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
    };
    let own = old.name.clone();
    let name_mistake = Signal::derive(move || {
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
    });
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
    let kept = old.clone();
    let keep = move |_| {
        draft.tried.set(true);
        let name_is_wrong = name_mistake.with_untracked(|mistake| !mistake.is_empty());
        let checked = untrack(|| draft.connection(&kept)).checked();
        match checked {
            Ok(connection) if !name_is_wrong && !connection.name.is_empty() => {
                let old = if is_new { "" } else { &kept.name };
                operating.keep_connection(old, &connection);
                operating.is_new.set(false);
                operating.chosen.set(connection.name.clone());
                operating
                    .desk
                    .notices
                    .announce(format!("{} is kept.", connection.name));
            }
            _ => operating
                .desk
                .notices
                .announce("The connection was not kept: something in it is wrong."),
        }
    };
    let forget = {
        let name = old.name.clone();
        move |_| {
            operating.forget_connection(&name);
            operating.desk.notices.show(Notice::info(format!(
                "The connection {name} was forgotten, and its credential with it. Nothing changed on \
                 the tenant."
            )));
        }
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
                    <button class="button is-small is-quiet" on:click=forget>"Forget it"</button>
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
                view! {
                    <div class="field-pair">
                        <TextField label="Name" name="connection-name" value=draft.name mistake=name_mistake placeholder="Acme staging"/>
                        <TextField label="Operator id" name="operator" value=draft.operator
                            note=Signal::derive(|| "Stands in the audit log.".to_owned())/>
                    </div>
                    <TextField label="Base URL" name="base-url" value=draft.base mistake=mistake("baseUrl", draft.base)
                        note=base_note placeholder="https://tenant.example.com"/>
                    <TextField label="Token URL" name="token-url" value=draft.token mistake=mistake("tokenUrl", draft.token)
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
                }.into_any()
            }}
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
            <details class="more">
                <summary>"Remembered ids"</summary>
                <p class="field-note">"The API lists none of these, so they are typed once and offered again. Commas between them."</p>
                <TextField label="Dialogs" name="dialogs" value=draft.dialogs/>
                <TextField label="Bots" name="bots" value=draft.bots/>
                <TextField label="Environments" name="environments" value=draft.environments/>
            </details>
            {(!practice).then(|| view! {
                <details class="more">
                    <summary>"Webhooks"</summary>
                    <p class="field-note">"Told of what was done. https only; they get no token. Empty ones are not called."</p>
                    {HOOKS.into_iter().zip(draft.hooks).map(|((label, name, field), value)| view! {
                        <TextField label name value mistake=mistake(field, value)
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
            <div class="panel-buttons">
                <button class="button is-primary" on:click=keep>{icon(Icon::Save)}<span>"Keep connection"</span></button>
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
