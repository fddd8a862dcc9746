//! Webhooks: telling others of what was done. They get no token, have little time, and whatever
//! becomes of them undoes nothing.

use serde_json::{Value, json};

use crate::http::{Method, Request};
use crate::moment::timestamp;
use crate::ports::TransportError;
use crate::send::{Client, Watch};
use crate::waiting::{First, first};

/// How long a webhook may take, in milliseconds.
const DEADLINE: u64 = 5_000;
/// How long that of `MLOps` may take.
const DEADLINE_ML_OPS: u64 = 10_000;

/// Which webhook, with what it is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Webhook {
    /// Of pushed transitions of one state.
    Analytics {
        /// The bot.
        bot: String,
        /// The flow.
        flow: String,
        /// The state.
        state: String,
        /// How long it took, in milliseconds.
        latency: u64,
    },
    /// Of updated state variables.
    Crm {
        /// The dialog.
        dialog: String,
        /// What was sent to the platform.
        payload: Value,
        /// What it answered, in short.
        result: String,
    },
    /// Of injected context.
    Context {
        /// Names the injection.
        injection: String,
        /// The conversation.
        conversation: String,
        /// The version of its context.
        version: String,
        /// The template with values put in. May be empty.
        resolved_template: String,
        /// The checksum of the audit entry.
        audit_checksum: String,
    },
    /// Of a simulation.
    MlOps {
        /// Its metrics.
        metrics: Value,
        /// Its audit entry.
        audit: Value,
    },
    /// Of an exported flow: all of the sync payload, as text.
    ArtifactSync(String),
}

/// How telling went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookEnd {
    /// There is no URL for it.
    NotSet,
    /// It took it.
    Delivered,
    /// It did not. What was done stays done.
    Failed(String),
}

impl Webhook {
    fn url<'a>(&self, client: &'a Client) -> &'a str {
        let urls = &client.connection().webhooks;
        match self {
            Self::Analytics { .. } => &urls.analytics,
            Self::Crm { .. } => &urls.crm,
            Self::Context { .. } => &urls.context,
            Self::MlOps { .. } => &urls.ml_ops,
            Self::ArtifactSync(_) => &urls.artifact_sync,
        }
    }

    /// What is sent, at a moment in milliseconds since 1970.
    pub fn body(&self, now: u64) -> String {
        let at = timestamp(now);
        let body = match self {
            Self::Analytics {
                bot,
                flow,
                state,
                latency,
            } => json!({
                "eventType": "transition_update",
                "botId": bot,
                "flowId": flow,
                "stateId": state,
                "latencyMs": latency,
                "timestamp": at,
            }),
            Self::Crm {
                dialog,
                payload,
                result,
            } => {
                json!({"dialog_id": dialog, "payload": payload, "result": result})
            }
            Self::Context {
                injection,
                conversation,
                version,
                resolved_template,
                audit_checksum,
            } => {
                json!({"event": "context_injection", "payload": {
                    "injection_id": injection,
                    "conversation_id": conversation,
                    "version": version,
                    "resolved_template": resolved_template,
                    "audit_checksum": audit_checksum,
                }})
            }
            Self::MlOps { metrics, audit } => json!({
                "event": "cognigy_simulation_complete",
                "metrics": metrics,
                "audit_log": audit.to_string(),
                "timestamp": at,
            }),
            Self::ArtifactSync(payload) => return payload.clone(),
        };
        body.to_string()
    }

    /// Tells it. Never repeated, and not counted by the breaker: the tenant has nothing to do with
    /// it.
    pub async fn deliver(&self, client: &Client, watch: &Watch) -> WebhookEnd {
        let url = self.url(client);
        if url.is_empty() {
            return WebhookEnd::NotSet;
        }
        let clock = &client.ports().clock;
        let mut headers = vec![
            ("accept".to_owned(), "application/json".to_owned()),
            ("content-type".to_owned(), "application/json".to_owned()),
        ];
        let mut deadline = DEADLINE;
        if matches!(self, Self::MlOps { .. }) {
            headers.push(("x-source".to_owned(), "cognigy-sim-runner".to_owned()));
            deadline = DEADLINE_ML_OPS;
        }
        let request = Request {
            method: Method::Post,
            url: url.to_owned(),
            headers,
            body: Some(self.body(clock.now()).into_bytes()),
        };
        let sent = first(
            first(
                client.ports().transport.send(request, deadline),
                clock.sleep(deadline),
            ),
            watch.cancellation.cancelled(),
        );
        let reason = match sent.await {
            First::One(First::One(Ok(response))) if (200..300).contains(&response.status) => {
                return WebhookEnd::Delivered;
            }
            First::One(First::One(Ok(response))) => format!("it answered {}", response.status),
            First::One(First::One(Err(TransportError::Timeout)) | First::Other(())) => {
                format!(
                    "it did not answer within {}",
                    crate::moment::span_words(deadline)
                )
            }
            First::One(First::One(Err(TransportError::Blocked))) => {
                "the browser blocked it, because it does not allow this page to call it".to_owned()
            }
            First::One(First::One(Err(_))) => "it could not be reached".to_owned(),
            First::Other(()) => "you stopped it".to_owned(),
        };
        WebhookEnd::Failed(format!(
            "The webhook was not told: {reason}. What was done stays done."
        ))
    }
}
