//! The tenant's own state, read past its API, its faults and the client.

use serde_json::Value;
use tenant::Tenant;

/// What a tenant holds at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inside(Value);

impl Inside {
    pub(crate) fn of(tenant: &Tenant) -> Self {
        let mut whole: Value = serde_json::from_str(&tenant.to_json().unwrap()).unwrap();
        Self(whole["world"].take())
    }

    fn list(&self, pointer: &str) -> &[Value] {
        self.0
            .pointer(pointer)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// The versions of a dialog: `id`, `number`, `status`, `flow`.
    pub(crate) fn versions(&self, dialog: &str) -> &[Value] {
        self.list(&format!("/dialogs/{dialog}/versions"))
    }

    /// The versions of a dialog that have a number.
    pub(crate) fn numbered(&self, dialog: &str, number: &str) -> usize {
        let versions = self.versions(dialog).iter();
        versions
            .filter(|version| version["number"] == number)
            .count()
    }

    /// The active version of a dialog. More than one is a mistake of the tenant's.
    pub(crate) fn active(&self, dialog: &str) -> Option<&Value> {
        let versions = self.versions(dialog).iter();
        let active: Vec<&Value> = versions
            .filter(|version| version["status"] == "active")
            .collect();
        assert!(active.len() < 2, "{active:?}");
        active.first().copied()
    }

    pub(crate) fn active_id(&self, dialog: &str) -> Option<&str> {
        self.active(dialog)
            .and_then(|version| version["id"].as_str())
    }

    /// A flow of states: `states`, `compilation`.
    pub(crate) fn flow(&self, bot: &str, flow: &str) -> &Value {
        &self.0["bots"][bot]["flows"][flow]
    }

    /// The transitions of a state.
    pub(crate) fn transitions(&self, bot: &str, flow: &str, state: &str) -> &Value {
        let states = self.flow(bot, flow)["states"].as_array().unwrap();
        let of_id = |one: &&Value| one["id"] == state;
        &states.iter().find(of_id).unwrap()["transitions"]
    }

    /// A running dialog: `session`, `user`, `step`, `history`.
    pub(crate) fn runtime(&self, dialog: &str) -> &Value {
        &self.0["runtimes"][dialog]
    }

    /// A conversation: `version`, `context`.
    pub(crate) fn conversation(&self, id: &str) -> &Value {
        &self.0["conversations"][id]
    }

    /// The simulations: `id`, `endsAt`, `fails`, `steps`.
    pub(crate) fn simulations(&self) -> &[Value] {
        self.list("/simulations")
    }

    /// The bodies that a receiver of webhooks was sent.
    pub(crate) fn told(&self, receiver: &str) -> Vec<&Value> {
        let last = self.list(&format!("/hooks/{receiver}/last"));
        last.iter().map(|hook| &hook["body"]).collect()
    }

    /// Everything that webhooks were sent.
    pub(crate) fn all_told(&self) -> String {
        self.0["hooks"].to_string()
    }

    /// The tokens that were issued.
    pub(crate) fn tokens(&self) -> Vec<&str> {
        let known = self.0["tokens"]
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys);
        let revoked = self.list("/revoked").iter().filter_map(Value::as_str);
        known.map(String::as_str).chain(revoked).collect()
    }
}
