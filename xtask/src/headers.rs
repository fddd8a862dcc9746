//! The security headers of the site: the Content Security Policy and its companions, and the
//! files that make common hosts send them. `docs/hosting.md` explains them to whoever hosts.

use anyhow::{Result, bail};
use serde_json::json;
use std::fmt::Write as _;

/// What any file whose name carries the digest of its content may be cached for.
pub(crate) const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";
/// What every other file is cached for: kept, but asked for again each time.
pub(crate) const CACHE_CHECKED: &str = "no-cache";

/// The hosts the page may talk to besides the one it came from.
pub(crate) struct ConnectSources(String);

impl Default for ConnectSources {
    /// Tenants are typed in by the user, so any https host, and servers on the same machine.
    fn default() -> Self {
        Self("https: http://localhost:* http://127.0.0.1:*".into())
    }
}

impl ConnectSources {
    /// Only the hosts in `list`, separated by spaces.
    pub(crate) fn pinned(list: &str) -> Result<Self> {
        for source in list.split_whitespace() {
            let host = source
                .strip_prefix("https://")
                .or_else(|| source.strip_prefix("http://localhost"))
                .or_else(|| source.strip_prefix("http://127.0.0.1"));
            let plain = source
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._:/*[]".contains(c));
            if host.is_none_or(|host| host.is_empty() && source.starts_with("https")) || !plain {
                bail!(
                    "`{source}` cannot be a host to connect to. Nothing was built. Give addresses \
                     such as https://tenant.example, separated by spaces."
                );
            }
        }
        let list: Vec<_> = list.split_whitespace().collect();
        Ok(Self(list.join(" ")))
    }
}

/// The policy as the page itself carries it, in a meta tag.
pub(crate) fn policy(connect: &ConnectSources) -> String {
    let connect = format!("connect-src 'self' {}", connect.0);
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        connect.trim_end(),
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default flowdeck",
    ]
    .join("; ")
}

/// The policy of a page that carries the whole app in itself: what runs is named by its digest. Its
/// worker is made of the same script and under the same policy.
pub(crate) fn policy_of_one_file(connect: &ConnectSources, script: &str, style: &str) -> String {
    // For a tenant, or a proxy to one, beside the file when it is served.
    let connect = format!("connect-src 'self' {}", connect.0);
    [
        "default-src 'none'",
        &format!("script-src '{script}' 'wasm-unsafe-eval'"),
        &format!("style-src '{style}'"),
        "img-src data: blob:",
        connect.trim_end(),
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default flowdeck",
    ]
    .join("; ")
}

/// The headers every answer carries. Framing can only be forbidden here: browsers ignore
/// `frame-ancestors` in a meta tag.
pub(crate) fn security(connect: &ConnectSources) -> Vec<(&'static str, String)> {
    vec![
        (
            "Content-Security-Policy",
            format!("{}; frame-ancestors 'none'", policy(connect)),
        ),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "no-referrer".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()".into(),
        ),
    ]
}

/// Configuration files for hosts: (name in the site, content).
pub(crate) fn host_files(connect: &ConnectSources) -> Vec<(&'static str, String)> {
    let headers = security(connect);
    vec![
        ("_headers", underscore_headers(&headers)),
        ("nginx.conf", nginx(&headers)),
        ("Caddyfile", caddy(&headers)),
        ("vercel.json", vercel(&headers)),
    ]
}

/// Netlify and Cloudflare Pages.
fn underscore_headers(headers: &[(&str, String)]) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in headers {
        let _ = writeln!(text, "  {name}: {value}");
    }
    let _ = writeln!(text, "/assets/*\n  Cache-Control: {CACHE_FOREVER}");
    text
}

fn nginx(headers: &[(&str, String)]) -> String {
    let mut text = String::from(
        "# Include this in the `server` block, or in the `location` of the folder, of nginx.\n\
         # It needs `application/wasm wasm;` in mime.types (there since nginx 1.21.1).\n\
         # Once the site is served over https only, add:\n\
         # add_header Strict-Transport-Security \"max-age=31536000\" always;\n",
    );
    for (name, value) in headers {
        let _ = writeln!(text, "add_header {name} \"{value}\" always;");
    }
    text
}

fn caddy(headers: &[(&str, String)]) -> String {
    let mut text = String::from(
        "# Import this into the site block of a Caddyfile.\n\
         # Once the site is served over https only, add to the block below:\n\
         # Strict-Transport-Security \"max-age=31536000\"\n\
         header {\n",
    );
    for (name, value) in headers {
        let _ = writeln!(text, "\t{name} \"{value}\"");
    }
    let _ = writeln!(
        text,
        "}}\nheader /assets/* Cache-Control \"{CACHE_FOREVER}\"\nfile_server"
    );
    text
}

fn vercel(headers: &[(&str, String)]) -> String {
    let pair = |name: &str, value: &str| json!({ "key": name, "value": value });
    let all: Vec<_> = headers
        .iter()
        .map(|(name, value)| pair(name, value))
        .collect();
    let config = json!({
        "headers": [
            { "source": "/(.*)", "headers": all },
            { "source": "/assets/(.*)", "headers": [pair("Cache-Control", CACHE_FOREVER)] },
        ]
    });
    format!("{config:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_hosts_replace_the_open_ones() {
        let policy =
            policy(&ConnectSources::pinned(" https://a.example  https://b.example ").unwrap());
        assert!(
            policy.contains("connect-src 'self' https://a.example https://b.example; worker-src")
        );
        assert!(!policy.contains("https:;"));
    }

    #[test]
    fn no_host_at_all_can_be_pinned() {
        assert!(policy(&ConnectSources::pinned("").unwrap()).contains("connect-src 'self';"));
    }

    #[test]
    fn a_host_cannot_smuggle_in_a_directive() {
        for source in [
            "https://a.example;script-src",
            "*",
            "https:",
            "'unsafe-inline'",
            "http://b.example",
        ] {
            assert!(ConnectSources::pinned(source).is_err(), "{source}");
        }
    }

    #[test]
    fn the_policy_allows_nothing_inline() {
        for (_, value) in security(&ConnectSources::default()) {
            assert!(!value.contains("unsafe-inline") && !value.contains("'unsafe-eval'"));
        }
    }

    #[test]
    fn one_file_runs_only_what_its_policy_names() {
        let policy = policy_of_one_file(&ConnectSources::default(), "sha384-a", "sha384-b");
        assert!(policy.contains("script-src 'sha384-a' 'wasm-unsafe-eval'; style-src 'sha384-b';"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn every_host_file_carries_the_policy() {
        for (name, text) in host_files(&ConnectSources::default()) {
            assert!(text.contains("frame-ancestors 'none'"), "{name}");
        }
    }
}
