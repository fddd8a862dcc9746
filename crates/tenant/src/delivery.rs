//! Carrying a request out, and what a fault makes of it on its way there and back.

use crate::answer::{Delivery, Reply};
use crate::ask::Ask;
use crate::faults::{FaultKind, RetryAfter};
use crate::idempotency::once;
use crate::interference::interfere;
use crate::limits::take;
use crate::refusal::{Refusal, Wait};
use crate::tokens::{authorise, revoke};
use crate::world::World;

/// Carries a request out, with the fault that strikes it.
pub(crate) fn deliver(world: &mut World, ask: &Ask<'_>) -> Delivery {
    let Some(fault) = ask.fault else {
        return Delivery::Whole(perform(world, ask).into_response());
    };
    let reply = match fault {
        FaultKind::DropBefore => return Delivery::Dropped,
        FaultKind::DropAfter => {
            perform(world, ask);
            return Delivery::Dropped;
        }
        FaultKind::CutBody => {
            let response = perform(world, ask).into_response();
            let sent = response.body.len() / 2;
            return Delivery::Cut { response, sent };
        }
        FaultKind::RateLimited {
            retry_after,
            seconds,
        } => Refusal::RateLimited {
            wait: match retry_after {
                RetryAfter::Seconds => Some(Wait::Seconds(*seconds)),
                RetryAfter::Date => {
                    let ms = seconds.saturating_mul(1000);
                    Some(Wait::Until(ask.now.saturating_add(ms)))
                }
                RetryAfter::None => None,
            },
        }
        .into_reply(),
        FaultKind::ServerError { status } => Refusal::Failing {
            status: *status,
            code: "unavailable",
            message: "The platform is in trouble. Nothing was changed.".to_owned(),
        }
        .into_reply(),
        FaultKind::ExpireToken => {
            revoke(world, ask);
            perform(world, ask)
        }
        FaultKind::HtmlBody => {
            let status = perform(world, ask).status;
            let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>\
                        <p>Please sign in to the network.</p></body></html>";
            Reply::text(status, "text/html; charset=utf-8", page.to_owned())
        }
        FaultKind::WrongType => with_wrong_types(perform(world, ask)),
        FaultKind::Conflict { status, applied } => {
            if *applied {
                perform(world, ask);
                stale(*status)
            } else if interfere(world, ask) {
                perform(world, ask)
            } else {
                stale(*status)
            }
        }
        // Carried out by the calls themselves, or in `strike`.
        FaultKind::CompileFailure { .. }
        | FaultKind::PromotionFailure { .. }
        | FaultKind::RollbackFailure { .. }
        | FaultKind::SimulationFailure
        | FaultKind::Delay { .. }
        | FaultKind::HideHeaders => perform(world, ask),
    };
    Delivery::Whole(reply.into_response())
}

fn stale(status: u16) -> Reply {
    let what = "resource";
    Refusal::Stale { status, what }.into_reply()
}

/// Carries a request out.
fn perform(world: &mut World, ask: &Ask<'_>) -> Reply {
    let mut act = || {
        authorise(world, ask)?;
        take(world, ask)?;
        once(world, ask, |world| (ask.call.run)(world, ask))
    };
    act().unwrap_or_else(Refusal::into_reply)
}

/// The answer with members of other types: texts become numbers, all else becomes text.
fn with_wrong_types(mut reply: Reply) -> Reply {
    use serde_json::{Map, Value};
    let wrong = |value: Value| match value {
        Value::String(_) => Value::from(0),
        _ => Value::from("wrong"),
    };
    let wrong = match serde_json::from_str(&reply.body) {
        Ok(Value::Object(members)) => {
            let members = members.into_iter().map(|(key, value)| (key, wrong(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        _ => Value::from("wrong"),
    };
    reply.body = wrong.to_string();
    reply
}

impl Delivery {
    /// Gives what arrives of the response a number, to be named when something went wrong.
    pub(crate) fn numbered(mut self, id: String) -> Self {
        match &mut self {
            Self::Whole(response) | Self::Cut { response, .. } => {
                response.headers.push(("x-request-id".to_owned(), id));
            }
            Self::Dropped => {}
        }
        self
    }

    /// The status that arrives, if one does.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Whole(response) | Self::Cut { response, .. } => Some(response.status),
            Self::Dropped => None,
        }
    }
}
