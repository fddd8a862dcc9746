//! Why the tenant refuses a request: each reason with its status, its code and its sentence.

use serde::Serialize;

use crate::answer::Reply;
use crate::clock::http_date;

/// One mistake in what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Flaw {
    /// JSON Pointer into the body.
    pub(crate) path: String,
    /// The code of the rule, or a word.
    pub(crate) code: String,
    /// A sentence.
    pub(crate) message: String,
}

/// A reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The token endpoint refuses, in the words of OAuth 2.0.
    Grant {
        status: u16,
        error: &'static str,
        description: String,
    },
    /// No token, an unknown one, or one that is no longer good.
    Unauthorized(&'static str),
    /// The token lacks scopes.
    Scopes(Vec<&'static str>),
    /// The environment is closed to the bot.
    Isolated { environment: String, bot: String },
    /// There is no such thing.
    NotFound { what: &'static str, id: String },
    /// No call has this path.
    NoSuchCall,
    /// A call has this path, with other methods.
    Method(Vec<&'static str>),
    /// What was sent is wrong.
    Invalid {
        code: &'static str,
        message: String,
        flaws: Vec<Flaw>,
    },
    /// Somebody else saved first.
    Stale { status: u16, what: &'static str },
    /// The thing is in the way of itself.
    Conflict { code: &'static str, message: String },
    /// The key was used for another payload.
    KeyReused,
    /// Too many requests.
    RateLimited { wait: Option<Wait> },
    /// The platform fails.
    Failing {
        status: u16,
        code: &'static str,
        message: String,
    },
    /// What should be impossible.
    Internal,
}

/// How `Retry-After` says when to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// In so many seconds.
    Seconds(u64),
    /// At this time, in milliseconds since 1970.
    Until(u64),
}

#[derive(Serialize)]
struct GrantBody<'a> {
    error: &'a str,
    error_description: &'a str,
}

#[derive(Serialize)]
struct Body<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "<[Flaw]>::is_empty")]
    errors: &'a [Flaw],
    message: String,
}

impl Refusal {
    /// What was sent is wrong in one place.
    pub(crate) fn flaw(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Invalid {
            code,
            flaws: vec![Flaw {
                path: path.to_owned(),
                code: code.to_owned(),
                message: message.clone(),
            }],
            message,
        }
    }

    /// There is no `what` with this id.
    pub(crate) fn not_found(what: &'static str, id: &str) -> Self {
        Self::NotFound {
            what,
            id: id.to_owned(),
        }
    }

    fn status(&self) -> u16 {
        match self {
            Self::Grant { status, .. }
            | Self::Stale { status, .. }
            | Self::Failing { status, .. } => *status,
            Self::Unauthorized(_) => 401,
            Self::Scopes(_) | Self::Isolated { .. } => 403,
            Self::NotFound { .. } | Self::NoSuchCall => 404,
            Self::Method(_) => 405,
            Self::Invalid { .. } => 400,
            Self::Conflict { .. } => 409,
            Self::KeyReused => 422,
            Self::RateLimited { .. } => 429,
            Self::Internal => 500,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Grant { error, .. } => error,
            Self::Unauthorized(_) => "unauthorized",
            Self::Scopes(_) => "insufficientScope",
            Self::Isolated { .. } => "isolationViolation",
            Self::NotFound { .. } => "notFound",
            Self::NoSuchCall => "noSuchCall",
            Self::Method(_) => "methodNotAllowed",
            Self::Invalid { code, .. }
            | Self::Conflict { code, .. }
            | Self::Failing { code, .. } => code,
            Self::Stale { status: 412, .. } => "preconditionFailed",
            Self::Stale { .. } => "conflict",
            Self::KeyReused => "idempotencyKeyReused",
            Self::RateLimited { .. } => "rateLimited",
            Self::Internal => "internal",
        }
    }

    /// The response that says so.
    pub(crate) fn into_reply(self) -> Reply {
        let status = self.status();
        let body = if let Self::Grant {
            error, description, ..
        } = &self
        {
            serde_json::to_string(&GrantBody {
                error,
                error_description: description,
            })
        } else {
            let errors: &[Flaw] = match &self {
                Self::Invalid { flaws, .. } => flaws,
                _ => &[],
            };
            serde_json::to_string(&Body {
                code: self.code(),
                errors,
                message: self.to_string(),
            })
        };
        // Strings can always be written as JSON.
        let body = body.unwrap_or_default();
        let reply = Reply::text(status, "application/json; charset=utf-8", body);
        match self {
            Self::Unauthorized(_) => {
                reply.with("www-authenticate", "Bearer error=\"invalid_token\"")
            }
            Self::Grant { status: 401, .. } => {
                reply.with("www-authenticate", "Basic realm=\"token\"")
            }
            Self::Method(methods) => reply.with("allow", methods.join(", ")),
            Self::RateLimited {
                wait: Some(Wait::Seconds(seconds)),
            } => reply.with("retry-after", seconds.to_string()),
            Self::RateLimited {
                wait: Some(Wait::Until(at)),
            } => reply.with("retry-after", http_date(at)),
            _ => reply,
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Grant { description, .. } => f.write_str(description),
            Self::Unauthorized(why) => write!(f, "{why} Get a new token."),
            Self::Scopes(scopes) => {
                write!(
                    f,
                    "The token lacks {}. Nothing was changed.",
                    scopes.join(", ")
                )
            }
            Self::Isolated { environment, bot } => write!(
                f,
                "Environment \"{environment}\" is isolated and does not allow bot \"{bot}\". \
                 Nothing was started."
            ),
            Self::NotFound { what, id } => write!(f, "There is no {what} \"{id}\"."),
            Self::NoSuchCall => f.write_str("There is no such call."),
            Self::Method(methods) => {
                write!(f, "This path takes {}.", methods.join(", "))
            }
            Self::Invalid { message, .. }
            | Self::Conflict { message, .. }
            | Self::Failing { message, .. } => f.write_str(message),
            Self::Stale { what, .. } => write!(
                f,
                "The {what} was changed by somebody else. Nothing was saved. Read it again."
            ),
            Self::KeyReused => f.write_str(
                "This idempotency key was used for another payload. Nothing was changed. Use a \
                 key of its own for each intent.",
            ),
            Self::RateLimited { .. } => f.write_str("Too many requests. Nothing was changed."),
            Self::Internal => f.write_str("The practice tenant could not write its answer."),
        }
    }
}
