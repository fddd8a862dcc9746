//! Texts that look like keys, tokens and passwords: where they stand and what they look like. Stand-ins,
//! examples and what a program puts in later are no secrets. Nothing here ever gives out the text itself.

mod known;
mod standin;

use std::ops::Range;

use crate::limits::{SECRET_CREDENTIALS, SECRET_KEY, SECRET_LENGTH, SECRET_PASSWORD};
use known::known;
use standin::{is_stand_in, looks_random};

/// What a secret looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// A key that gives away whose it is by how it starts.
    KeyOf(&'static str),
    /// A JSON Web Token.
    WebToken,
    /// A private key, written out.
    PrivateKey,
    /// What stands after `Bearer` or `Basic`.
    Credentials,
    /// A password in an address.
    PasswordInAddress,
    /// The value of something with a name such as `apiKey`.
    Named,
}

impl Look {
    /// What a message calls it, with its article.
    pub fn describe(self) -> String {
        match self {
            Self::KeyOf(whose) => format!("a key of {whose}"),
            Self::WebToken => "a JSON Web Token".to_owned(),
            Self::PrivateKey => "a private key".to_owned(),
            Self::Credentials => "the credentials of an Authorization header".to_owned(),
            Self::PasswordInAddress => "a password in a web address".to_owned(),
            Self::Named => "a key, token or password".to_owned(),
        }
    }
}

/// Something that looks like a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it looks like.
    pub look: Look,
    /// Where it stands in the text.
    pub span: Range<usize>,
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const fn is_dashed(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

const fn is_dotted(byte: u8) -> bool {
    is_dashed(byte) || byte == b'.'
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

const fn is_token(byte: u8) -> bool {
    is_dotted(byte) || is_base64(byte) || byte == b'~'
}

/// Every secret in a text, in order, none inside another. O(bytes).
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let is_inside = at > 0 && is_word(bytes[at - 1]);
        let secret = match bytes[at] {
            b'A' | b'g' | b'x' | b's' | b'r' | b'S' | b'n' | b'h' | b'G' if !is_inside => {
                known(text, at)
            }
            b'e' if !is_inside => web_token(text, at),
            b'-' => private_key(text, at),
            b'B' | b'b' if !is_inside => credentials(text, at),
            b':' => password_in_address(text, at),
            b'"' | b'\'' | b'`' => named_literal(text, at),
            b'?' | b'&' => named_parameter(text, at),
            _ => None,
        };
        match secret {
            Some(secret) => {
                at = secret.span.end.max(at + 1);
                found.push(secret);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a value that has a name by itself, such as that of a header, looks like a secret.
pub fn is_secret(name: &str, value: &str) -> bool {
    let value = value.trim();
    !value.contains(char::is_whitespace) && is_named_secret(name, value)
}

/// How many bytes from `at` on `holds` is true of, up to the most that are looked at.
fn run(text: &str, at: usize, holds: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes().iter().skip(at).take(SECRET_LENGTH);
    bytes.take_while(|byte| holds(**byte)).count()
}

fn web_token(text: &str, at: usize) -> Option<Secret> {
    if !text.as_bytes()[at..].starts_with(b"eyJ") {
        return None;
    }
    let end = at + run(text, at, is_dotted);
    let mut parts = text[at..end].split('.');
    let is_token = parts.next().is_some_and(|head| head.len() >= 10)
        && parts
            .next()
            .is_some_and(|body| body.len() >= 10 && body.starts_with("eyJ"))
        && parts.next().is_some_and(|signature| signature.len() >= 10);
    is_token.then_some(Secret {
        look: Look::WebToken,
        span: at..end,
    })
}

fn private_key(text: &str, at: usize) -> Option<Secret> {
    const MARK: &str = "PRIVATE KEY-----";
    let rest = &text[at..];
    if !rest.starts_with("-----BEGIN ") {
        return None;
    }
    let head = rest
        .as_bytes()
        .iter()
        .take(60)
        .position(|byte| !byte.is_ascii())
        .unwrap_or(60.min(rest.len()));
    let body = rest[..head].find(MARK)? + MARK.len();
    // In code the line ends are written as `\n`.
    let body = body
        + run(rest, body, |byte| {
            matches!(byte, b'\\' | b'n' | b'r' | b'\n' | b'\r' | b' ')
        });
    let length = run(rest, body, is_base64);
    (length >= 20 && !is_stand_in(&rest[body..body + length])).then(|| Secret {
        look: Look::PrivateKey,
        span: at..at + body + length,
    })
}

fn credentials(text: &str, at: usize) -> Option<Secret> {
    let word = text.as_bytes().get(at..at + 6)?;
    let (length, is_basic) = if word.eq_ignore_ascii_case(b"bearer") {
        (6, false)
    } else if word[..5].eq_ignore_ascii_case(b"basic") {
        (5, true)
    } else {
        return None;
    };
    let blanks = run(text, at + length, |byte| byte == b' ');
    if blanks == 0 {
        return None;
    }
    let from = at + length + blanks;
    let end = from + run(text, from, if is_basic { is_base64 } else { is_token });
    let value = &text[from..end];
    let has = |holds: fn(&u8) -> bool| value.bytes().any(|byte| holds(&byte));
    let is_mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let is_secret = if is_basic {
        value.len() >= 12
            && value.len().is_multiple_of(4)
            && is_mixed
            && (has(u8::is_ascii_digit) || value.ends_with('='))
    } else {
        value.len() >= SECRET_CREDENTIALS && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
    };
    (is_secret && !is_stand_in(value)).then_some(Secret {
        look: Look::Credentials,
        span: from..end,
    })
}

/// `://name:password@`
fn password_in_address(text: &str, at: usize) -> Option<Secret> {
    if !text.as_bytes()[at..].starts_with(b"://") {
        return None;
    }
    let from = at + 3;
    let end = from
        + run(text, from, |byte| {
            byte.is_ascii_graphic()
                && !matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>')
        });
    let (login, _) = text[from..end].rsplit_once('@')?;
    let (_, password) = login.split_once(':')?;
    let is_secret = password.len() >= 3 && !is_stand_in(password);
    let start = from + login.len() - password.len();
    is_secret.then(|| Secret {
        look: Look::PasswordInAddress,
        span: start..start + password.len(),
    })
}

/// A text in quotes that is given to something with a telling name: `apiKey = "…"`, `"token": "…"`.
fn named_literal(text: &str, at: usize) -> Option<Secret> {
    let quote = text.as_bytes()[at];
    let name = name_before(&text[..at])?;
    let from = at + 1;
    let length = run(text, from, |byte| {
        byte != quote && byte != b'\n' && byte != b'\\'
    });
    let end = from + length;
    let is_closed = text.as_bytes().get(end) == Some(&quote);
    // A quotation mark inside JSON inside code has a backslash before it.
    let is_escaped = text.as_bytes().get(end) == Some(&b'\\');
    let value = text.get(from..end)?;
    ((is_closed || is_escaped) && is_secret(name, value)).then_some(Secret {
        look: Look::Named,
        span: from..end,
    })
}

/// The name that the value after `before` is given to. Only so much is looked at as a name is long.
fn name_before(before: &str) -> Option<&str> {
    const BLANKS: usize = 8;
    const NAME: usize = 60;
    fn blanks(text: &[u8]) -> &[u8] {
        let least = text.len().saturating_sub(BLANKS);
        let count = text[least..]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_whitespace());
        &text[..text.len() - count.count()]
    }
    let bytes = before.as_bytes();
    let bytes = blanks(bytes.strip_suffix(b"\\").unwrap_or(bytes));
    let bytes = match bytes {
        [.., b'=' | b'!' | b'<' | b'>', b'='] => return None,
        [rest @ .., b'=' | b':'] => blanks(rest),
        _ => return None,
    };
    let bytes = blanks(bytes.strip_suffix(b"]").unwrap_or(bytes));
    let bytes = match bytes {
        [rest @ .., b'"' | b'\'' | b'`'] => rest.strip_suffix(b"\\").unwrap_or(rest),
        _ => bytes,
    };
    let least = bytes.len().saturating_sub(NAME);
    let length = bytes[least..]
        .iter()
        .rev()
        .take_while(|byte| is_dashed(**byte))
        .count();
    let start = bytes.len() - length;
    (length > 0).then(|| &before[start..bytes.len()])
}

/// `?apikey=…` in an address.
fn named_parameter(text: &str, at: usize) -> Option<Secret> {
    let name_length = run(text, at + 1, is_dashed);
    let equals = at + 1 + name_length;
    if name_length == 0 || text.as_bytes().get(equals) != Some(&b'=') {
        return None;
    }
    let from = equals + 1;
    let end = from + run(text, from, |byte| is_token(byte) || byte == b'%');
    let is_whole = !matches!(text.as_bytes().get(end), Some(b'{' | b'$' | b'['));
    let name = match &text[at + 1..equals] {
        // In an address it is a key to the service.
        "key" => "apikey",
        name => name,
    };
    (is_whole && is_secret(name, &text[from..end])).then_some(Secret {
        look: Look::Named,
        span: from..end,
    })
}

/// What names of secrets end in, without `-`, `_` and capitals.
const KEYS: [&str; 17] = [
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "subscriptionkey",
    "accountkey",
    "sharedkey",
    "signingkey",
    "encryptionkey",
    "consumerkey",
    "functionskey",
    "masterkey",
    "authkey",
    "appkey",
    "token",
    "secret",
    "authorization",
];
const PASSWORDS: [&str; 5] = ["password", "passwd", "pwd", "passphrase", "passwort"];

fn is_named_secret(name: &str, value: &str) -> bool {
    if value.len() > SECRET_LENGTH || name.len() > SECRET_LENGTH {
        return false;
    }
    let plain: String = name
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let ends_in = |names: &[&str]| names.iter().any(|end| plain.ends_with(end));
    if ends_in(&PASSWORDS) {
        let has = |holds: fn(&u8) -> bool| value.bytes().any(|byte| holds(&byte));
        let is_mixed = has(u8::is_ascii_alphabetic)
            && (has(u8::is_ascii_digit) || has(u8::is_ascii_punctuation));
        return value.len() >= SECRET_PASSWORD && is_mixed && !is_stand_in(value);
    }
    ends_in(&KEYS) && value.len() >= SECRET_KEY && looks_random(value) && !is_stand_in(value)
}

#[cfg(test)]
mod tests;
