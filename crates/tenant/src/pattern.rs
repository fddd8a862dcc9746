//! Which requests a fault means: every one, those of a call by its name, or those of a method and a
//! path.

use crate::ask::{Ask, segments, split_url};
use crate::calls::{CALLS, Call};

/// What is meant, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern<'p> {
    /// `*`
    Every,
    /// `promote`
    Call(&'static str),
    /// `PATCH /api/v2/dialogs/hello/versions/*`, or without a method.
    Path {
        method: Option<&'p str>,
        path: &'p str,
    },
}

impl<'p> Pattern<'p> {
    /// Reads what is meant; none where it can mean no request.
    pub(crate) fn read(text: &'p str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Every);
        }
        let (method, path) = match text.split_once(' ') {
            Some((method, path)) => (Some(method), path),
            None => (None, text),
        };
        if path.starts_with('/') {
            let known = |call: &Call| method.is_none_or(|method| method == call.method.as_str());
            return CALLS
                .iter()
                .any(known)
                .then_some(Self::Path { method, path });
        }
        let call = CALLS.iter().find(|call| call.name == text)?;
        Some(Self::Call(call.name))
    }

    /// Whether a request is meant. In a path `*` stands for one segment, and for one or more at its
    /// end.
    pub(crate) fn means(self, ask: &Ask<'_>) -> bool {
        match self {
            Self::Every => true,
            Self::Call(name) => name == ask.call.name,
            Self::Path { method, path } => {
                method.is_none_or(|method| method == ask.call.method.as_str())
                    && is_below(path, &segments(split_url(&ask.request.url).0))
            }
        }
    }
}

fn is_below(pattern: &str, segments: &[String]) -> bool {
    let parts: Vec<&str> = pattern.trim_matches('/').split('/').collect();
    let open_ended = parts.last() == Some(&"*");
    let fits = |(part, segment): (&&str, &String)| *part == "*" || part == segment;
    let long_enough = if open_ended {
        segments.len() >= parts.len()
    } else {
        segments.len() == parts.len()
    };
    long_enough && parts.iter().zip(segments).all(fits)
}
