//! Addresses: which URLs a connection and its webhooks may have, how they are normalised, and how
//! parts are put into them. Nothing is looked up.

use std::fmt::{Display, Formatter, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Why an address is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// There is none.
    Empty,
    /// It is no absolute URL with a host.
    NotUrl,
    /// Something other than `https`, or `http` to another machine.
    NotSecure,
    /// It holds a user name or a password.
    UserInfo,
    /// It has a query or a fragment, which a base has no use for.
    QueryOrFragment,
}

impl Display for AddressError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "There is no address yet. Type one, such as https://tenant.example.com.",
            Self::NotUrl => {
                "This is no complete address. It starts with https:// and names a host, such as \
                 https://tenant.example.com."
            }
            Self::NotSecure => {
                "What is sent there could be read on the way. Use https://; plain http:// is for \
                 this machine alone (localhost, 127.0.0.1)."
            }
            Self::UserInfo => {
                "The address holds a user name or password, which would end up in logs. Take out \
                 what stands before the @ and enter it as a credential."
            }
            Self::QueryOrFragment => {
                "The address has a part after ? or #, which would be lost. Take it out."
            }
        })
    }
}

impl std::error::Error for AddressError {}

/// The parts of an absolute `http` or `https` URL.
struct Parts<'a> {
    secure: bool,
    host: &'a str,
    /// Host and port.
    authority: &'a str,
    /// Path, query and fragment.
    rest: &'a str,
}

fn split(text: &str) -> Result<Parts<'_>, AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    let usable =
        |character: char| character.is_ascii_graphic() && !r#"<>"\^`{|}"#.contains(character);
    if !text.chars().all(usable) {
        return Err(AddressError::NotUrl);
    }
    let (scheme, rest) = text.split_once("://").ok_or(AddressError::NotUrl)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    if authority.contains('@') {
        return Err(AddressError::UserInfo);
    }
    let (host, port) = if authority.starts_with('[') {
        let end = authority.find(']').ok_or(AddressError::NotUrl)?;
        authority.split_at(end + 1)
    } else {
        authority.split_at(authority.find(':').unwrap_or(authority.len()))
    };
    let port_is_number = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.parse::<u16>().is_ok());
    if !host_is_sound(host) || !port_is_number {
        return Err(AddressError::NotUrl);
    }
    let secure = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" if is_loopback(host) => false,
        _ => return Err(AddressError::NotSecure),
    };
    Ok(Parts {
        secure,
        host,
        authority,
        rest,
    })
}

fn host_is_sound(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address.trim_end_matches(']').parse::<Ipv6Addr>().is_ok();
    }
    let label_is_sound = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    host.strip_suffix('.')
        .unwrap_or(host)
        .split('.')
        .all(label_is_sound)
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix('.').unwrap_or(&host);
    let v6 = host.trim_matches(['[', ']']).parse::<Ipv6Addr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || v6.is_ok_and(|address| address.is_loopback())
}

/// The base URL of a tenant as requests are made of it: scheme and host in lower case, without
/// trailing slashes and without a pasted `/api/v1` or the like.
///
/// # Example
/// ```
/// let base = cognigy::address::base_url(" https://Tenant.example.com/api/v1/ ").unwrap();
/// assert_eq!(base, "https://tenant.example.com");
/// ```
pub fn base_url(text: &str) -> Result<String, AddressError> {
    let parts = split(text.trim())?;
    if parts.rest.contains(['?', '#']) {
        return Err(AddressError::QueryOrFragment);
    }
    let mut path = parts.rest.trim_end_matches('/');
    for pasted in ["/api/v1", "/api/v2", "/api", "/runtime/v2"] {
        if let Some(shorter) = path.strip_suffix(pasted) {
            path = shorter.trim_end_matches('/');
            break;
        }
    }
    Ok(assemble(&parts, path))
}

/// The URL that tokens come from, as it is called.
pub fn token_url(text: &str) -> Result<String, AddressError> {
    let parts = split(text.trim())?;
    if parts.rest.contains('#') {
        return Err(AddressError::QueryOrFragment);
    }
    Ok(assemble(&parts, parts.rest))
}

/// The URL of a webhook: `https` only, on this machine too.
pub fn webhook_url(text: &str) -> Result<String, AddressError> {
    let parts = split(text.trim())?;
    if !parts.secure {
        return Err(AddressError::NotSecure);
    }
    if parts.rest.contains('#') {
        return Err(AddressError::QueryOrFragment);
    }
    Ok(assemble(&parts, parts.rest))
}

fn assemble(parts: &Parts<'_>, rest: &str) -> String {
    let scheme = if parts.secure { "https" } else { "http" };
    format!("{scheme}://{}{rest}", parts.authority.to_ascii_lowercase())
}

/// The URLs that tenants usually give tokens at.
pub fn token_url_presets(base: &str) -> [String; 3] {
    ["/oauth/token", "/api/v1/oauth/token", "/api/v1/auth/token"]
        .map(|path| format!("{base}{path}"))
}

/// The host of an address, with its port; all of it when it is no address.
pub fn host(url: &str) -> &str {
    split(url).map_or(url, |parts| parts.authority)
}

/// Why somebody should look twice at the host of an address: it is one that only this machine or
/// its network knows.
pub fn private_host_warning(url: &str) -> Option<String> {
    let host = split(url).ok()?.host.to_ascii_lowercase();
    let v4 = host.parse::<Ipv4Addr>().ok().or_else(|| {
        let v6 = host.trim_matches(['[', ']']).parse::<Ipv6Addr>().ok()?;
        v6.to_ipv4_mapped()
    });
    let v6 = host.trim_matches(['[', ']']).parse::<Ipv6Addr>().ok();
    let private_v4 = v4.is_some_and(|address| {
        let [first, second, ..] = address.octets();
        address.is_private()
            || address.is_loopback()
            || address.is_link_local()
            || address.is_unspecified()
            // Shared between the customers of a provider (RFC 6598).
            || (first == 100 && (64..128).contains(&second))
    });
    let private_v6 = v6.is_some_and(|address| {
        let first = address.segments()[0];
        address.is_loopback()
            || address.is_unspecified()
            || first & 0xfe00 == 0xfc00
            || first & 0xffc0 == 0xfe80
    });
    let private_name = is_loopback(&host)
        || [".local", ".internal", ".lan", ".home.arpa"]
            .iter()
            .any(|end| host.ends_with(end))
        || (v4.is_none() && v6.is_none() && !host.contains('.'));
    (private_v4 || private_v6 || private_name).then(|| {
        format!(
            "\"{host}\" is a host that only this machine or its network can reach. Keep it if that \
             is what you mean."
        )
    })
}

/// A text as one segment of a path, or one value of a query or form: all but letters, digits and
/// `-._~` is escaped.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(escaped, "%{byte:02X}").unwrap_or_default();
        }
    }
    escaped
}

/// Fields as `application/x-www-form-urlencoded`.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    pairs.join("&")
}
