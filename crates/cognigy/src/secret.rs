//! Secrets, and the credentials that hold them. They live in memory alone: what is stored is a
//! [`Connection`](crate::connection::Connection), which has none.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

/// A text that must not be seen. It shows and serialises as a placeholder.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands in the place of a secret.
const REDACTED: &str = "[secret]";

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one request or computation that needs it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// What it claims, when it is a JSON Web Token.
    pub(crate) fn claims(&self) -> Option<Value> {
        claims(&self.0)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(REDACTED)
    }
}

impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

/// What proves to the platform who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An id and a secret that tokens are fetched with.
    Client {
        /// Which client it is.
        id: String,
        /// Its secret.
        secret: Secret,
    },
    /// A token that was pasted. It is used until it ends.
    Token {
        /// The token.
        token: Secret,
        /// When it ends, in milliseconds since 1970, where it says so.
        expires_at: Option<u64>,
    },
}

impl Credential {
    /// A pasted token. White space around it and a pasted `Bearer ` are taken off.
    pub fn pasted(text: &str) -> Self {
        let text = text.trim();
        let token = match text.split_at_checked(7) {
            Some((word, rest)) if word.eq_ignore_ascii_case("bearer ") => rest.trim(),
            _ => text,
        };
        Self::Token {
            expires_at: expiry(token),
            token: Secret::new(token),
        }
    }
}

/// When a JSON Web Token ends, in milliseconds since 1970. Nothing for other tokens, and for those
/// that do not say.
fn expiry(token: &str) -> Option<u64> {
    let seconds = claims(token)?.get("exp")?.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a moment before 1970 is long past, and one beyond all reckoning never comes"
    )]
    let milliseconds = (seconds * 1000.0) as u64;
    Some(milliseconds)
}

/// What a JSON Web Token claims. Its signature is the platform's to check.
fn claims(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&claims).ok()
}

/// The value of an `Authorization` header for HTTP Basic.
pub(crate) fn basic(id: &str, secret: &Secret) -> String {
    let both = format!("{id}:{}", secret.reveal());
    format!("Basic {}", STANDARD.encode(both))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_show_as_a_placeholder() {
        let credential = Credential::Client {
            id: "me".into(),
            secret: Secret::new("canary"),
        };
        assert!(!format!("{credential:?}").contains("canary"));
        let Credential::Client { secret, .. } = credential else {
            panic!("it was made so")
        };
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"[secret]\"");
    }

    #[test]
    fn a_pasted_token_says_when_it_ends() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"me","exp":1700000000}"#);
        let token = format!("e30.{claims}.sig");
        for pasted in [
            token.clone(),
            format!("  Bearer {token}\n"),
            format!("bearer {token}"),
        ] {
            assert_eq!(
                Credential::pasted(&pasted),
                Credential::Token {
                    token: Secret::new(token.as_str()),
                    expires_at: Some(1_700_000_000_000)
                }
            );
        }
    }

    #[test]
    fn a_token_that_does_not_say_has_no_end() {
        for token in ["opaque", "a.b.c", "e30.e30.", "ä.ö.ü", ""] {
            let Credential::Token { expires_at, .. } = Credential::pasted(token) else {
                panic!("a pasted credential is a token")
            };
            assert_eq!(expires_at, None, "{token}");
        }
    }
}
