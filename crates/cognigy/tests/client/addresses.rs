//! Which addresses are taken, and what becomes of them.

use cognigy::address::{
    AddressError, base_url, escape, private_host_warning, token_url, token_url_presets, webhook_url,
};
use cognigy::connection::Connection;

#[test]
fn a_base_url_is_normalised() {
    for (typed, normal) in [
        ("https://t.example.com", "https://t.example.com"),
        ("  HTTPS://T.Example.com///  ", "https://t.example.com"),
        ("https://t.example.com/api/v1", "https://t.example.com"),
        ("https://t.example.com/api/v2/", "https://t.example.com"),
        (
            "https://t.example.com/proxy/api/v1",
            "https://t.example.com/proxy",
        ),
        ("https://t.example.com:8443/", "https://t.example.com:8443"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:1"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        assert_eq!(base_url(typed).as_deref(), Ok(normal), "{typed}");
    }
}

#[test]
fn other_base_urls_are_refused() {
    use AddressError::{Empty, NotSecure, NotUrl, QueryOrFragment, UserInfo};
    for (typed, error) in [
        ("", Empty),
        ("  ", Empty),
        ("tenant.example.com", NotUrl),
        ("https://", NotUrl),
        ("https://a b.example.com", NotUrl),
        ("https://bücher.example", NotUrl),
        ("https://a..b", NotUrl),
        ("https://t.example.com:99999", NotUrl),
        ("https://t.example.com:", NotUrl),
        ("https://[::1", NotUrl),
        ("https://[zz]", NotUrl),
        ("http://t.example.com", NotSecure),
        ("http://10.0.0.1", NotSecure),
        ("http://localhost.example.com", NotSecure),
        ("ftp://t.example.com", NotSecure),
        ("javascript://t.example.com", NotSecure),
        ("https://me:secret@t.example.com", UserInfo),
        ("https://t.example.com@evil.example", UserInfo),
        ("https://t.example.com?x=1", QueryOrFragment),
        ("https://t.example.com/#x", QueryOrFragment),
    ] {
        let refused = base_url(typed).unwrap_err();
        assert_eq!(refused, error, "{typed}");
        assert!(refused.to_string().ends_with('.'));
    }
}

#[test]
fn webhooks_are_https_even_here() {
    assert_eq!(
        webhook_url("https://hooks.example.com/a?b=c").as_deref(),
        Ok("https://hooks.example.com/a?b=c")
    );
    assert_eq!(
        webhook_url("http://localhost/a"),
        Err(AddressError::NotSecure)
    );
    assert_eq!(
        webhook_url("https://u@h.example"),
        Err(AddressError::UserInfo)
    );
}

#[test]
fn token_urls_are_offered_and_checked() {
    assert_eq!(
        token_url_presets("https://t.example.com"),
        [
            "https://t.example.com/oauth/token",
            "https://t.example.com/api/v1/oauth/token",
            "https://t.example.com/api/v1/auth/token"
        ]
    );
    assert!(token_url("https://login.example.com/token?tenant=a").is_ok());
    assert!(token_url("http://login.example.com/token").is_err());
}

#[test]
fn private_hosts_are_pointed_out() {
    for private in [
        "https://10.1.2.3/",
        "https://192.168.0.1",
        "https://172.16.0.1",
        "https://100.64.0.1",
        "https://169.254.169.254/latest",
        "https://127.0.0.1",
        "https://0.0.0.0",
        "https://[::1]",
        "https://[fd00::1]",
        "https://[fe80::1]",
        "https://[::ffff:10.0.0.1]",
        "https://localhost",
        "https://intranet",
        "https://nas.local",
        "https://db.prod.internal",
    ] {
        assert!(private_host_warning(private).is_some(), "{private}");
    }
    for public in [
        "https://hooks.example.com",
        "https://8.8.8.8",
        "https://100.128.0.1",
        "https://172.32.0.1",
        "https://[2001:db8::1]",
    ] {
        assert_eq!(private_host_warning(public), None, "{public}");
    }
}

#[test]
fn ids_stay_within_their_segment() {
    assert_eq!(escape("a/b?c#d %ä"), "a%2Fb%3Fc%23d%20%25%C3%A4");
    assert_eq!(escape("a-b._~1"), "a-b._~1");
}

#[test]
fn a_connection_tells_all_its_mistakes() {
    let mut connection = Connection::to("T", "https://t.example.com/api/v1/").unwrap();
    assert_eq!(connection.token_url, "https://t.example.com/oauth/token");
    assert!(connection.clone().checked().is_ok());
    connection.base_url = "nonsense".into();
    connection.webhooks.crm = "http://crm.example.com".into();
    let mistakes = connection.checked().unwrap_err();
    let fields: Vec<&str> = mistakes.iter().map(|mistake| mistake.field).collect();
    assert_eq!(fields, ["baseUrl", "webhooks.crm"]);
}

#[test]
fn a_connection_is_stored_and_read_again() {
    let mut connection = Connection::to("T", "https://t.example.com").unwrap();
    connection.remembered.bots.push("b1".into());
    let text = serde_json::to_string(&connection).unwrap();
    assert_eq!(
        serde_json::from_str::<Connection>(&text).unwrap(),
        connection
    );
    let older: Connection = serde_json::from_str(r#"{"name":"old","unknown":1}"#).unwrap();
    assert!(older.idempotency_keys && older.poll_interval == 2_000);
}
