//! Reading answers: which of them are failures, and values at known places of the others.

use serde_json::Value;

use crate::area::Area;
use crate::error::{Error, Mistake};
use crate::http::Response;

/// How much of an answer that is no JSON is shown, in characters.
const SHOWN: usize = 200;
/// How long a message of the platform may be before it is cut, in characters.
const MESSAGE: usize = 500;

/// A body as JSON. The text is read to its end, so that a cut one is noticed.
pub(crate) fn json(body: &[u8]) -> Result<Value, Error> {
    let text = flow::json::decode_text(body).ok();
    let value = text.and_then(|text| serde_json::from_str(text).ok());
    value.ok_or_else(|| Error::NotJson {
        start: String::from_utf8_lossy(body).chars().take(SHOWN).collect(),
    })
}

/// The failure that an answer is; nothing for 2xx. `now` is in milliseconds since 1970.
pub(crate) fn failure(response: &Response, path: &str, area: Area, now: u64) -> Option<Error> {
    let status = response.status;
    if (200..300).contains(&status) {
        return None;
    }
    let body = json(&response.body).unwrap_or(Value::Null);
    let message = message(&body);
    Some(match status {
        401 => Error::Unauthorized { message },
        403 => Error::Forbidden {
            scopes: area.scopes(),
            message,
        },
        404 | 410 => Error::NotFound {
            what: path.to_owned(),
        },
        409 | 412 => Error::Conflict { message },
        429 => Error::RateLimited {
            until: retry_after(response, now).map(|wait| now.saturating_add(wait)),
        },
        400..500 => Error::Invalid(mistakes(&body, status)),
        _ => Error::Server {
            status,
            request_id: response.header("x-request-id").map(str::to_owned),
            message,
        },
    })
}

/// How long the platform asks to wait, in milliseconds. A date is measured against the answer's own
/// date where that can be seen: the clocks need not agree.
pub(crate) fn retry_after(response: &Response, now: u64) -> Option<u64> {
    let text = response.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    let until = crate::moment::http_date(text)?;
    let sent = response.header("date").and_then(crate::moment::http_date);
    Some(until.saturating_sub(sent.unwrap_or(now)))
}

/// What the body of a failure says.
fn message(body: &Value) -> String {
    let text = ["message", "error_description", "errorMessage", "error"]
        .iter()
        .find_map(|key| body.get(key)?.as_str());
    text.unwrap_or_default().chars().take(MESSAGE).collect()
}

fn mistakes(body: &Value, status: u16) -> Vec<Mistake> {
    let text = |value: &Value, key: &str| {
        let text = value.get(key).and_then(Value::as_str).unwrap_or_default();
        text.chars().take(MESSAGE).collect::<String>()
    };
    let one = |value: &Value| Mistake {
        path: text(value, "path"),
        code: text(value, "code"),
        message: value
            .as_str()
            .map_or_else(|| text(value, "message"), str::to_owned),
    };
    let listed = body.get("errors").and_then(Value::as_array);
    let mut mistakes: Vec<Mistake> = listed.into_iter().flatten().map(one).collect();
    if mistakes.is_empty() {
        let mut whole = one(body);
        if whole.message.is_empty() {
            whole.message = message(body);
        }
        mistakes.push(whole);
    }
    for mistake in &mut mistakes {
        if mistake.message.is_empty() {
            mistake.message = if mistake.code.is_empty() {
                format!("status {status} without a reason")
            } else {
                mistake.code.clone()
            };
        }
    }
    mistakes
}

/// A place in an answer that knows its path.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Place<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    fn decode(&self, expected: &'static str) -> Error {
        let path = if self.path.is_empty() {
            "(the whole)"
        } else {
            &self.path
        };
        Error::Decode {
            path: path.to_owned(),
            expected,
        }
    }

    /// The path of a member.
    pub(crate) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// A member that may be absent or null.
    pub(crate) fn optional(&self, key: &str) -> Option<Place<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Place {
            value,
            path: self.path_of(key),
        })
    }

    /// A member that must be there.
    pub(crate) fn required(&self, key: &str, expected: &'static str) -> Result<Place<'a>, Error> {
        self.optional(key).ok_or_else(|| Error::Decode {
            path: self.path_of(key),
            expected,
        })
    }

    /// A member that is a text. The platform may spell an id or a version as a number.
    pub(crate) fn text(&self, key: &str) -> Result<String, Error> {
        let place = self.required(key, "a text")?;
        match place.value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(place.decode("a text")),
        }
    }

    /// A member that is a text, or nothing when it is absent.
    pub(crate) fn optional_text(&self, key: &str) -> Result<Option<String>, Error> {
        self.optional(key).map(|_| self.text(key)).transpose()
    }

    /// The elements, when it is an array.
    pub(crate) fn elements(&self) -> Result<Vec<Place<'a>>, Error> {
        let elements = self
            .value
            .as_array()
            .ok_or_else(|| self.decode("an array"))?;
        let place = |(index, value)| Place {
            value,
            path: format!("{}[{index}]", self.path),
        };
        Ok(elements.iter().enumerate().map(place).collect())
    }

    /// Itself, when it is an object.
    pub(crate) fn object(self) -> Result<Self, Error> {
        if self.value.is_object() {
            Ok(self)
        } else {
            Err(self.decode("an object"))
        }
    }
}
