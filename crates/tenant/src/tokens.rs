//! Tokens: issued for client credentials, good for some scopes and some time; and pasted ones,
//! which say themselves what they are good for.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flow::json::parse;
use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::world::World;

/// Every scope there is.
pub(crate) const SCOPES: [&str; 14] = [
    "bot:read",
    "bot:write",
    "context:write",
    "conversation:read",
    "dialog:read",
    "dialog:write",
    "environment:read",
    "export:read",
    "flow:compile",
    "runtime:write",
    "session:manage",
    "simulation:execute",
    "version:read",
    "version:write",
];

/// Who may get tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Client {
    pub(crate) secret: String,
    pub(crate) scopes: Vec<String>,
    /// How long its tokens are good, in seconds.
    pub(crate) lifetime: u64,
}

/// A token that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Token {
    pub(crate) scopes: Vec<String>,
    /// In milliseconds since 1970; none when it is good for ever.
    pub(crate) expires_at: Option<u64>,
}

#[derive(Serialize)]
struct Granted<'a> {
    access_token: &'a str,
    expires_in: u64,
    scope: String,
    token_type: &'a str,
}

fn refuse<T>(
    status: u16,
    error: &'static str,
    description: impl Into<String>,
) -> Result<T, Refusal> {
    Err(Refusal::Grant {
        status,
        error,
        description: description.into(),
    })
}

/// `POST` to a token URL.
pub(crate) fn issue(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let request = ask.request;
    let media_type = request.header("content-type").unwrap_or_default();
    if !media_type
        .trim()
        .to_ascii_lowercase()
        .starts_with("application/x-www-form-urlencoded")
    {
        let message = "The body must be application/x-www-form-urlencoded.";
        return refuse(400, "invalid_request", message);
    }
    let body = request.body.as_deref().unwrap_or_default();
    let field = |name: &str| {
        form_urlencoded::parse(body)
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if field("grant_type").as_deref() != Some("client_credentials") {
        let message = "Only the grant type client_credentials is supported.";
        return refuse(400, "unsupported_grant_type", message);
    }
    // A token that is sent along by habit says nothing here.
    let header = request.header("authorization");
    let credentials = match header.and_then(|header| without_scheme(header, "basic")) {
        Some(encoded) => basic(encoded),
        None => field("client_id").zip(field("client_secret")),
    };
    let client = credentials.and_then(|(id, secret)| {
        let client = world.clients.get(&id);
        client.filter(|client| client.secret == secret)
    });
    let Some(client) = client else {
        return refuse(
            401,
            "invalid_client",
            "The client is unknown or its secret is wrong.",
        );
    };
    let wanted = field("scope").unwrap_or_default();
    let wanted: Vec<String> = wanted.split_whitespace().map(str::to_owned).collect();
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|scope| !client.scopes.contains(scope))
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        let message = format!("The client may not have: {}.", missing.join(" "));
        return refuse(400, "invalid_scope", message);
    }
    let scopes = if wanted.is_empty() {
        client.scopes.clone()
    } else {
        wanted
    };
    let lifetime = client.lifetime;
    world
        .tokens
        .retain(|_, token| token.expires_at.is_none_or(|at| at > ask.now));
    let name = world.new_token();
    let reply = Reply::json(
        200,
        &Granted {
            access_token: &name,
            expires_in: lifetime,
            scope: scopes.join(" "),
            token_type: "Bearer",
        },
    )?;
    let expires_at = Some(ask.now.saturating_add(lifetime.saturating_mul(1000)));
    world.tokens.insert(name, Token { scopes, expires_at });
    Ok(reply.with("cache-control", "no-store"))
}

/// Id and secret of HTTP Basic.
fn basic(encoded: &str) -> Option<(String, String)> {
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let decode = |text: &str| {
        // OAuth 2.0 has both encoded as in a form before they are joined.
        let pair = form_urlencoded::parse(text.as_bytes()).next();
        pair.map(|(text, _)| text.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

/// What follows the name of an authentication scheme, in any case.
fn without_scheme<'a>(header: &'a str, scheme: &str) -> Option<&'a str> {
    let (found, rest) = header.trim().split_once(' ')?;
    found.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// The bearer token of a request.
pub(crate) fn bearer<'a>(ask: &Ask<'a>) -> Option<&'a str> {
    without_scheme(ask.request.header("authorization")?, "bearer")
}

/// Whether the request may be made.
pub(crate) fn authorise(world: &World, ask: &Ask<'_>) -> Result<(), Refusal> {
    if ask.call.scopes.is_empty() {
        return Ok(());
    }
    let name = bearer(ask).ok_or(Refusal::Unauthorized("There is no bearer token."))?;
    if world.revoked.contains(name) {
        return Err(Refusal::Unauthorized("The token was revoked."));
    }
    let pasted;
    let token = match world.tokens.get(name) {
        Some(token) => token,
        None => {
            pasted = json_web_token(name).ok_or(Refusal::Unauthorized("The token is unknown."))?;
            &pasted
        }
    };
    if token.expires_at.is_some_and(|at| at <= ask.now) {
        return Err(Refusal::Unauthorized("The token has expired."));
    }
    let lacks = |scope: &&&str| !token.scopes.iter().any(|own| own == **scope);
    let missing: Vec<&'static str> = ask.call.scopes.iter().filter(lacks).copied().collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Scopes(missing))
    }
}

/// What a JSON web token says of itself. Its signature is not checked: there is nothing here worth
/// forging one for. Without scopes it is good for all; without `exp` it is good for ever.
fn json_web_token(token: &str) -> Option<Token> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let tree = parse(payload.as_str().into()).ok()?;
    let root = tree.root();
    let claim = ["scope", "scopes", "scp"]
        .iter()
        .find_map(|key| root.get(key));
    let scopes = match claim {
        None => SCOPES.iter().map(ToString::to_string).collect(),
        Some(list) => match list.as_str() {
            Some(text) => text.split_whitespace().map(str::to_owned).collect(),
            None => list
                .elements()
                .filter_map(|scope| scope.as_str().map(std::borrow::Cow::into_owned))
                .collect(),
        },
    };
    let expires_at = match root.get("exp") {
        None => None,
        Some(exp) => Some(milliseconds(exp.as_f64()?)),
    };
    Some(Token { scopes, expires_at })
}

/// Seconds since 1970 as milliseconds; what cannot be is the nearest that can.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float that does not fit becomes the nearest that does"
)]
fn milliseconds(seconds: f64) -> u64 {
    (seconds * 1000.0) as u64
}

/// Makes the token of a request worthless from now on.
pub(crate) fn revoke(world: &mut World, ask: &Ask<'_>) {
    if let Some(name) = bearer(ask) {
        world.tokens.remove(name);
        world.revoked.insert(name.to_owned());
    }
}
