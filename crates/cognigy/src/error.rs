//! What can go wrong with a call, and the sentences that say so: what happened, whether anything
//! changed, what to do next.

use std::fmt::{Display, Formatter};

use crate::moment::{span_words, timestamp};

/// One mistake that the platform found in what it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, as the platform spells it. May be empty.
    pub path: String,
    /// The platform's code. May be empty.
    pub code: String,
    /// What is wrong.
    pub message: String,
}

/// What went wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is no network, or the connection broke off.
    Offline,
    /// The browser did not send the request or did not show its answer.
    Blocked,
    /// No answer in time.
    Timeout {
        /// How long was waited, in milliseconds.
        waited: u64,
    },
    /// The user stopped it.
    Cancelled,
    /// The platform does not know who asks. A fresh token did not help.
    Unauthorized {
        /// What it said.
        message: String,
    },
    /// The platform knows who asks and refuses.
    Forbidden {
        /// The scopes the area needs.
        scopes: &'static str,
        /// What it said.
        message: String,
    },
    /// There is no such thing.
    NotFound {
        /// What was asked for: the path.
        what: String,
    },
    /// Somebody else changed it meanwhile, or it exists already (409, 412).
    Conflict {
        /// What the platform said.
        message: String,
    },
    /// The platform refuses what it was sent.
    Invalid(Vec<Mistake>),
    /// Too many requests.
    RateLimited {
        /// From when on the platform takes requests again, in milliseconds since 1970, where it
        /// says so.
        until: Option<u64>,
    },
    /// The platform failed.
    Server {
        /// The status.
        status: u16,
        /// What the platform calls this request, where it says so.
        request_id: Option<String>,
        /// What it said.
        message: String,
    },
    /// The answer is no JSON.
    NotJson {
        /// Its first 200 characters.
        start: String,
    },
    /// The answer lacks something or has it in a wrong type.
    Decode {
        /// Where, such as `data[3].id`.
        path: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// Too much has failed lately, so nothing is sent until a probe gets through.
    Paused {
        /// When the next probe may go, in milliseconds since 1970.
        until: u64,
    },
}

/// Whether a failed call changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Surely not.
    Nothing,
    /// It may have, and nobody has looked yet.
    Perhaps,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError {
    /// Why.
    pub error: Error,
    /// Whether it changed anything.
    pub changed: Changed,
    /// The moment it failed, in milliseconds since 1970.
    pub at: u64,
}

impl CallError {
    /// The same failure, of a call of which an earlier attempt may have changed this.
    pub(crate) fn at_least(self, changed: Changed) -> Self {
        match changed {
            Changed::Nothing => self,
            Changed::Perhaps => Self { changed, ..self },
        }
    }
}

impl Error {
    /// Whether a breaker counts it: the network or the platform failed, not the request.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::Blocked | Self::Timeout { .. } | Self::Server { .. }
        )
    }

    /// Whether the same request may get through later without anybody doing anything.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Blocked | Self::Timeout { .. } | Self::RateLimited { .. } => true,
            Self::Server { status, .. } => matches!(status, 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    fn what_happened(&self, at: u64) -> String {
        match self {
            Self::Offline => "The tenant could not be reached: this machine is offline, or the \
                              connection broke off."
                .to_owned(),
            Self::Blocked => "The browser blocked the request or hid its answer: the tenant does \
                              not allow this page to call it (CORS), the address is plain http on a \
                              page served by https (mixed content), or the connection broke off."
                .to_owned(),
            Self::Timeout { waited } => {
                format!("The tenant did not answer within {}.", span_words(*waited))
            }
            Self::Cancelled => "You stopped it.".to_owned(),
            Self::Unauthorized { message } => {
                format!("The tenant did not accept the token or the credential{}.", said(message))
            }
            Self::Forbidden { message, .. } => format!("The tenant refused this{}.", said(message)),
            Self::NotFound { what } => format!("The tenant has nothing at {what}."),
            Self::Conflict { message } => {
                format!("It was changed by somebody else meanwhile, or exists already{}.", said(message))
            }
            Self::Invalid(mistakes) => {
                let list: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
                format!("The tenant refused what it was sent: {}.", list.join("; "))
            }
            Self::RateLimited { until: None } => {
                "The tenant takes no more requests for now (too many of them).".to_owned()
            }
            Self::RateLimited { until: Some(until) } => format!(
                "The tenant takes no more requests before {}, in {} (too many of them).",
                timestamp(*until),
                span_words(until.saturating_sub(at))
            ),
            Self::Server { status, request_id, message } => {
                let id = request_id.as_ref().map(|id| format!(", request {id}"));
                let id = id.unwrap_or_default();
                format!("The tenant failed with status {status}{id}{}.", said(message))
            }
            Self::NotJson { start } if start.is_empty() => {
                "The answer is empty where JSON was expected.".to_owned()
            }
            Self::NotJson { start } => {
                format!("The answer is no whole JSON. It begins: {}", start.trim())
            }
            Self::Decode { path, expected } => {
                format!("The answer does not have {expected} at \"{path}\".")
            }
            Self::Paused { until } => format!(
                "Nothing is sent for now, because too many requests failed. The next one goes at \
                 {}, in {}.",
                timestamp(*until),
                span_words(until.saturating_sub(at))
            ),
        }
    }

    fn what_to_do(&self) -> String {
        match self {
            Self::Offline => "Check the network and try again.".to_owned(),
            Self::Blocked => "Let the tenant allow this page's origin, or serve this page and the \
                              tenant from one origin through a proxy: docs/operations.md has the \
                              recipe."
                .to_owned(),
            Self::Timeout { .. } | Self::Server { .. } => {
                "Try again in a while; if it stays so, tell whoever runs the tenant.".to_owned()
            }
            Self::Cancelled => "Start it again whenever you like.".to_owned(),
            Self::Unauthorized { .. } => {
                "Enter the credential again, or paste a fresh token.".to_owned()
            }
            Self::Forbidden { scopes, .. } => format!(
                "The token needs the scopes {scopes}, and the environment must not be isolated from \
                 this bot. Ask whoever administers the tenant."
            ),
            Self::NotFound { .. } => "Check the id and the base URL.".to_owned(),
            Self::Conflict { .. } => "Look at what is there now, then decide again.".to_owned(),
            Self::Invalid(_) => "Put that right and try again.".to_owned(),
            Self::RateLimited { .. } | Self::Paused { .. } => {
                "Wait until then and try again.".to_owned()
            }
            Self::NotJson { .. } => {
                "Check that the base URL is the tenant's and not a portal's or a proxy's."
                    .to_owned()
            }
            Self::Decode { .. } => {
                "Check that the base URL is that of a dialog API; its version may differ."
                    .to_owned()
            }
        }
    }
}

impl CallError {
    /// The same in sentences that do not list the mistakes of a refusal, for where they are listed
    /// beside them.
    pub fn in_short(&self) -> String {
        let Error::Invalid(mistakes) = &self.error else {
            return self.to_string();
        };
        let count = match mistakes.len() {
            1 => "1 mistake".to_owned(),
            count => format!("{count} mistakes"),
        };
        format!(
            "The tenant refused what it was sent, because of {count}. {}",
            self.changed
        )
    }
}

impl Display for Changed {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing was changed.",
            Self::Perhaps => "Whether it had an effect is not known yet.",
        })
    }
}

impl Display for CallError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {} {}",
            self.error.what_happened(self.at),
            self.changed,
            self.error.what_to_do()
        )
    }
}

impl std::error::Error for CallError {}

impl Display for Mistake {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(self.message.trim_end_matches('.'))?;
        if !self.code.is_empty() && self.code != self.message {
            write!(f, " ({})", self.code)?;
        }
        Ok(())
    }
}

/// What the platform said, as the end of a sentence.
fn said(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    if message.is_empty() {
        String::new()
    } else {
        format!(": {message}")
    }
}
