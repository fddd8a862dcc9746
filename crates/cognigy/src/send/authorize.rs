//! How the client proves who is asking: the token of a call, and fetching one.

use crate::address::form;
use crate::answer;
use crate::area::Area;
use crate::error::{CallError, Changed, Error};
use crate::http::{Method, Request, Response};
use crate::secret::{Credential, Secret, basic};
use crate::send::client::Delivery;
use crate::send::token::Token;
use crate::send::{Answer, Client, Watch};
use crate::waiting::{First, first};

/// How long a token lives that does not say, in seconds.
const TOKEN_LIFETIME: f64 = 3_600.0;
impl Client {
    /// A token for `scopes` that is not the one that was rejected.
    pub(crate) async fn token(
        &self,
        scopes: &'static str,
        rejected: Option<&Secret>,
        watch: &Watch,
    ) -> Result<Secret, CallError> {
        match &self.credential {
            Credential::Token { token, expires_at } => {
                let over = expires_at.is_some_and(|end| end <= self.ports.clock.now());
                if over || token.is_empty() {
                    let message = if over {
                        "the pasted token has expired"
                    } else {
                        "there is no token"
                    };
                    let error = Error::Unauthorized {
                        message: message.to_owned(),
                    };
                    return Err(self.error(error, Changed::Nothing));
                }
                Ok(token.clone())
            }
            Credential::Client { id, secret } => {
                let now = || self.ports.clock.monotonic();
                let fetch = || self.fetch_token(id, secret, scopes, watch);
                let token = self.tokens.get(scopes, rejected, now, fetch);
                // Waiting for somebody else's request can be stopped too.
                match first(token, watch.cancellation.cancelled()).await {
                    First::One(token) => token,
                    First::Other(()) => Err(self.error(Error::Cancelled, Changed::Nothing)),
                }
            }
        }
    }

    /// Asks for a token. That changes nothing anybody sees, so it may be repeated.
    pub(crate) async fn fetch_token(
        &self,
        id: &str,
        secret: &Secret,
        scopes: &'static str,
        watch: &Watch,
    ) -> Result<Token, CallError> {
        let mut headers = vec![
            ("accept".to_owned(), "application/json".to_owned()),
            (
                "content-type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            ),
        ];
        let mut fields = vec![("grant_type", "client_credentials"), ("scope", scopes)];
        if self.connection.http_basic {
            headers.push(("authorization".to_owned(), basic(id, secret)));
        } else {
            fields.push(("client_id", id));
            fields.push(("client_secret", secret.reveal()));
        }
        let request = Request {
            method: Method::Post,
            url: self.connection.token_url.clone(),
            headers,
            body: Some(form(&fields).into_bytes()),
        };
        let failure = |response: &Response| {
            let failed = self.token_failure(response, scopes);
            failed.or_else(|| unreadable(response))
        };
        let delivery = Delivery {
            repeatable: true,
            polling: false,
            patient: false,
            pace: None,
            final_failure: None,
            failure: &failure,
        };
        let asked_at = self.ports.clock.monotonic();
        let nothing = |error| self.error(error, Changed::Nothing);
        let response = self.deliver(request, &delivery, watch).await;
        let response = response.map_err(|failed| nothing(failed.error))?;
        let answer = Answer::read(&response).map_err(nothing)?;
        let token = answer.root().text("access_token").map_err(nothing)?;
        let seconds = answer
            .body
            .get("expires_in")
            .and_then(serde_json::Value::as_f64);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a negative life is none, and an endless one is as good as endless"
        )]
        let lifetime = (seconds.unwrap_or(TOKEN_LIFETIME) * 1000.0) as u64;
        Ok(Token::new(Secret::new(token), asked_at, lifetime))
    }

    fn token_failure(&self, response: &Response, scopes: &'static str) -> Option<Error> {
        let path = &self.connection.token_url;
        let error = answer::failure(response, path, Area::Dialogs, self.ports.clock.now())?;
        let body = answer::json(&response.body).unwrap_or_default();
        let code = body.get("error").and_then(serde_json::Value::as_str);
        let message = || {
            let text = body
                .get("error_description")
                .and_then(serde_json::Value::as_str);
            text.or(code).unwrap_or_default().to_owned()
        };
        Some(match (code, error) {
            (Some("invalid_scope"), _) | (_, Error::Forbidden { .. }) => Error::Forbidden {
                scopes,
                message: message(),
            },
            (Some("invalid_client" | "unauthorized_client" | "invalid_grant"), _) => {
                Error::Unauthorized { message: message() }
            }
            (_, error) => error,
        })
    }
}

/// The failure of an answer that is no JSON. What stands in it is not told: a token may be in it.
fn unreadable(response: &Response) -> Option<Error> {
    let Err(Error::NotJson { start }) = answer::json(&response.body) else {
        return None;
    };
    let mut start: String = start.trim_start().chars().take(1).collect();
    if !start.is_empty() {
        start.push_str(" (the rest is not shown: a token may be in it)");
    }
    Some(Error::NotJson { start })
}
