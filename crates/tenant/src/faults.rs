//! Faults: what can be made to go wrong, on which calls, and how often. Which of them
//! strike a request is decided in `strike`; how each is carried out is in `delivery` and in the
//! calls.

use serde::{Deserialize, Serialize};

use crate::pattern::Pattern;

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Its name, given when it is switched on.
    #[serde(default)]
    pub id: String,
    /// The name of a call, `*` for every call, or a path, after a method or without one. In a path
    /// `*` stands for one segment, and for one or more at its end.
    #[serde(default = "every_call")]
    pub call: String,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// How many requests it strikes; none to go on until it is switched off.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// How many requests it lets pass before that.
    #[serde(default)]
    pub skip: u32,
}

fn every_call() -> String {
    "*".to_owned()
}

#[expect(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn once() -> Option<u32> {
    Some(1)
}

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FaultKind {
    /// The answer takes its time.
    Delay {
        /// How long, in milliseconds.
        #[serde(default = "delay_ms")]
        ms: u64,
    },
    /// 429; nothing happens.
    RateLimited {
        /// How the answer says when to come back.
        #[serde(default)]
        retry_after: RetryAfter,
        /// In how many seconds.
        #[serde(default = "wait_seconds")]
        seconds: u64,
    },
    /// A status from 500 to 599; nothing happens.
    ServerError {
        /// Which.
        #[serde(default = "unavailable")]
        status: u16,
    },
    /// It happens; half of the answer's body arrives.
    CutBody,
    /// It happens; a page of HTML arrives, as from a proxy.
    HtmlBody,
    /// It happens; the members of the answer are of other types.
    WrongType,
    /// The connection is dropped before anything happens.
    DropBefore,
    /// It happens; then the connection is dropped.
    DropAfter,
    /// A page of another origin may not read `ETag` and `Retry-After`.
    HideHeaders,
    /// The token of the request is no longer good, from now on.
    ExpireToken,
    /// Somebody else saves just before.
    Conflict {
        /// 409 or 412.
        #[serde(default = "conflict")]
        status: u16,
        /// Whether the request is carried out although it is answered with a conflict.
        #[serde(default)]
        applied: bool,
    },
    /// The compilation that is queued fails.
    CompileFailure {
        /// Its message; one that names the state that was changed, when there is none.
        #[serde(default)]
        message: Option<String>,
        /// Whether a request for a compilation is answered with 500 at once.
        #[serde(default)]
        as_server_error: bool,
    },
    /// A version that was never active cannot be promoted.
    PromotionFailure {
        /// Whether the answer claims that it was.
        #[serde(default)]
        silent: bool,
    },
    /// A version that was active before cannot be promoted again.
    RollbackFailure {
        /// Whether the answer claims that it was.
        #[serde(default)]
        silent: bool,
    },
    /// The simulation that is started fails half way.
    SimulationFailure,
}

/// How a 429 says when to come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RetryAfter {
    /// A number of seconds.
    #[default]
    Seconds,
    /// The date of an HTTP header.
    Date,
    /// Not at all.
    None,
}

fn delay_ms() -> u64 {
    2000
}

fn wait_seconds() -> u64 {
    2
}

fn unavailable() -> u16 {
    503
}

fn conflict() -> u16 {
    409
}

impl Fault {
    /// A fault of every call, once.
    pub fn once(kind: FaultKind) -> Self {
        Self {
            id: String::new(),
            call: every_call(),
            kind,
            times: once(),
            skip: 0,
        }
    }

    /// The same on one call.
    #[must_use]
    pub fn on(mut self, call: &str) -> Self {
        call.clone_into(&mut self.call);
        self
    }

    /// The same, `times` times; none to go on until it is switched off.
    #[must_use]
    pub fn times(mut self, times: Option<u32>) -> Self {
        self.times = times;
        self
    }

    /// The same, after `skip` requests.
    #[must_use]
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Reads a fault as a program sends it. What it does not know is refused, so that a misspelled
    /// member does not pass for its default.
    pub fn from_json(text: &str) -> Result<Self, FaultError> {
        let unreadable = |error: serde_json::Error| FaultError::Unreadable(error.to_string());
        let sent: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).map_err(unreadable)?;
        let fault: Self = serde_json::from_str(text).map_err(unreadable)?;
        let known = serde_json::to_value(&fault).map_err(unreadable)?;
        match sent.keys().find(|key| known.get(key).is_none()) {
            Some(key) => Err(FaultError::UnknownMember(key.clone())),
            None => fault.checked(),
        }
    }

    /// Itself, when it can strike.
    pub(crate) fn checked(self) -> Result<Self, FaultError> {
        if Pattern::read(&self.call).is_none() {
            return Err(FaultError::UnknownCall(self.call));
        }
        if self.times == Some(0) {
            return Err(FaultError::Never);
        }
        match self.kind {
            FaultKind::ServerError { status } if !(500..600).contains(&status) => {
                Err(FaultError::Status(status))
            }
            FaultKind::Conflict { status, .. } if status != 409 && status != 412 => {
                Err(FaultError::Status(status))
            }
            _ => Ok(self),
        }
    }
}

/// Why a fault cannot be switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultError {
    /// It is not JSON, or its members have the wrong types.
    Unreadable(String),
    /// It has a member no fault of its kind has.
    UnknownMember(String),
    /// There is no such call.
    UnknownCall(String),
    /// It would strike no request.
    Never,
    /// No fault of its kind has this status.
    Status(u16),
}

impl std::fmt::Display for FaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "The fault cannot be read: {why}.")?,
            Self::UnknownMember(key) => {
                write!(f, "A fault of this kind has no \"{key}\".")?;
            }
            Self::UnknownCall(call) => write!(
                f,
                "There is no call \"{call}\". GET /__practice/faults lists them."
            )?,
            Self::Never => f.write_str(
                "A fault strikes one request or more, or with null all until it is switched off.",
            )?,
            Self::Status(status) => {
                write!(f, "A fault of this kind cannot have the status {status}.")?;
            }
        }
        f.write_str(" Nothing was switched on.")
    }
}

impl std::error::Error for FaultError {}
