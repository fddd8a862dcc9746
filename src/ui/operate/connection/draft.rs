//! A connection while it is typed.

use std::collections::BTreeMap;

use cognigy::address::{base_url, token_url_presets};
use cognigy::area::Area;
use cognigy::connection::Connection;
use leptos::prelude::*;

use super::fields::{list_in, milliseconds, seconds};

/// What is typed.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) name: RwSignal<String>,
    pub(super) base: RwSignal<String>,
    pub(super) token: RwSignal<String>,
    pub(super) client: RwSignal<String>,
    pub(super) operator: RwSignal<String>,
    pub(super) areas: RwSignal<Vec<Area>>,
    pub(super) bots: RwSignal<String>,
    pub(super) dialogs: RwSignal<String>,
    pub(super) environments: RwSignal<String>,
    /// The flows of each bot.
    pub(super) flows: RwSignal<BTreeMap<String, String>>,
    pub(super) hooks: [RwSignal<String>; 5],
    pub(super) poll: RwSignal<String>,
    pub(super) request: RwSignal<String>,
    pub(super) job: RwSignal<String>,
    pub(super) keys: RwSignal<bool>,
    pub(super) basic: RwSignal<bool>,
    /// Whether it was tried to keep it: mistakes in empty fields are told then.
    pub(super) tried: RwSignal<bool>,
}

impl Draft {
    /// What a connection has.
    pub(super) fn of(connection: &Connection) -> Self {
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
            flows: RwSignal::new(joined(&remembered.flows)),
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

    /// Takes over what other screens remember and switch, where nothing else was typed.
    pub(super) fn follow(self, before: &Connection, now: &Connection) {
        let (old, new) = (&before.remembered, &now.remembered);
        for (text, old, new) in [
            (self.bots, &old.bots, &new.bots),
            (self.dialogs, &old.dialogs, &new.dialogs),
            (self.environments, &old.environments, &new.environments),
        ] {
            if text.with_untracked(|text| list_in(text) == *old) {
                text.set(new.join(", "));
            }
        }
        for (bot, new) in joined(&new.flows) {
            let old = old.flows.get(&bot).map(Vec::as_slice).unwrap_or_default();
            self.flows.update(|flows| {
                let typed = flows.entry(bot).or_default();
                if list_in(typed) == old {
                    *typed = new;
                }
            });
        }
        if before.idempotency_keys != now.idempotency_keys {
            self.keys.set(now.idempotency_keys);
        }
    }

    /// The bots whose flows can be typed: those that are, and those that have flows. Followed.
    pub(super) fn bots(self) -> Vec<String> {
        let mut bots = self.bots.with(|text| list_in(text));
        self.flows.with(|flows| {
            let others = flows.iter().filter(|(_, text)| !text.trim().is_empty());
            for (bot, _) in others {
                if !bots.contains(bot) {
                    bots.push(bot.clone());
                }
            }
        });
        bots
    }

    /// The connection that is typed, on top of `old`. Followed.
    pub(super) fn connection(self, old: &Connection) -> Connection {
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
        let flows = self.flows.get().into_iter();
        let flows = flows.map(|(bot, text)| (bot, list_in(&text)));
        new.remembered.flows = flows.filter(|(_, flows)| !flows.is_empty()).collect();
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

/// Ids as they are typed, by bot.
fn joined(flows: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let joined = flows.iter();
    joined
        .map(|(bot, flows)| (bot.clone(), flows.join(", ")))
        .collect()
}
