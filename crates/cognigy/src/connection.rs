//! A connection: everything about a tenant that is worth keeping, and nothing secret. The
//! credential that goes with it lives in memory ([`crate::secret`]).

pub mod intake;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{self, AddressError};
use crate::area::Area;

/// How a tenant is reached and what is called on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Connection {
    /// What the user calls it.
    pub name: String,
    /// The tenant, as [`address::base_url`] gives it.
    pub base_url: String,
    /// Where tokens come from.
    pub token_url: String,
    /// Which client asks for them. Its secret is not kept.
    pub client_id: String,
    /// The areas of the API that are used.
    pub areas: Vec<Area>,
    /// Ids that were typed once and are offered again.
    pub remembered: Remembered,
    /// Who answers for what is done, for the audit log.
    pub operator: String,
    /// Who is told of what was done.
    pub webhooks: Webhooks,
    /// Milliseconds between two looks at a simulation or a compilation.
    pub poll_interval: u64,
    /// Milliseconds an answer may take.
    pub request_deadline: u64,
    /// Milliseconds a simulation or a compilation may take as a whole.
    pub job_deadline: u64,
    /// Whether requests that create carry an `Idempotency-Key`.
    pub idempotency_keys: bool,
    /// Whether id and secret go in a header (HTTP Basic) instead of the body.
    pub http_basic: bool,
}

/// Ids of what the API does not list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Remembered {
    /// Bots.
    pub bots: Vec<String>,
    /// Flows, by bot.
    pub flows: BTreeMap<String, Vec<String>>,
    /// Dialogs.
    pub dialogs: Vec<String>,
    /// Environments.
    pub environments: Vec<String>,
}

/// The URLs that are told of what was done. Empty ones are not called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Webhooks {
    /// Told of pushed transitions.
    pub analytics: String,
    /// Told of updated state variables.
    pub crm: String,
    /// Told of injected context.
    pub context: String,
    /// Told of simulations.
    pub ml_ops: String,
    /// Sent exported flows.
    pub artifact_sync: String,
}

/// What a new connection takes unless it is told otherwise, in milliseconds.
pub mod defaults {
    /// Between two looks at a job.
    pub const POLL_INTERVAL: u64 = 2_000;
    /// For an answer.
    pub const REQUEST_DEADLINE: u64 = 15_000;
    /// For a job as a whole.
    pub const JOB_DEADLINE: u64 = 300_000;
    /// What any of them may be.
    pub const SENSIBLE: std::ops::RangeInclusive<u64> = 100..=3_600_000;
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            name: String::new(),
            base_url: String::new(),
            token_url: String::new(),
            client_id: String::new(),
            areas: Area::ALL.to_vec(),
            remembered: Remembered::default(),
            operator: String::new(),
            webhooks: Webhooks::default(),
            poll_interval: defaults::POLL_INTERVAL,
            request_deadline: defaults::REQUEST_DEADLINE,
            job_deadline: defaults::JOB_DEADLINE,
            idempotency_keys: true,
            http_basic: false,
        }
    }
}

/// One mistake in a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionMistake {
    /// The field, as it is stored: `baseUrl`, `webhooks.crm`.
    pub field: &'static str,
    /// What is wrong with it.
    pub error: AddressError,
}

impl Connection {
    /// A connection to a tenant, with its URL normalised and the first of the usual token URLs.
    pub fn to(name: impl Into<String>, base_url: &str) -> Result<Self, AddressError> {
        let base_url = address::base_url(base_url)?;
        let [token_url, ..] = address::token_url_presets(&base_url);
        Ok(Self {
            name: name.into(),
            base_url,
            token_url,
            ..Self::default()
        })
    }

    /// The connection with its addresses normalised, or every mistake in them. Warnings about
    /// private hosts are [`address::private_host_warning`]'s.
    pub fn checked(mut self) -> Result<Self, Vec<ConnectionMistake>> {
        type Check = fn(&str) -> Result<String, AddressError>;
        let webhook: Check = |url| {
            if url.trim().is_empty() {
                Ok(String::new())
            } else {
                address::webhook_url(url)
            }
        };
        let hooks = &mut self.webhooks;
        let fields: [(&'static str, &mut String, Check); 7] = [
            ("baseUrl", &mut self.base_url, address::base_url),
            ("tokenUrl", &mut self.token_url, address::token_url),
            ("webhooks.analytics", &mut hooks.analytics, webhook),
            ("webhooks.crm", &mut hooks.crm, webhook),
            ("webhooks.context", &mut hooks.context, webhook),
            ("webhooks.mlOps", &mut hooks.ml_ops, webhook),
            ("webhooks.artifactSync", &mut hooks.artifact_sync, webhook),
        ];
        let mut mistakes = Vec::new();
        for (field, url, check) in fields {
            match check(url) {
                Ok(normal) => *url = normal,
                Err(error) => mistakes.push(ConnectionMistake { field, error }),
            }
        }
        if mistakes.is_empty() {
            Ok(self)
        } else {
            Err(mistakes)
        }
    }
}
