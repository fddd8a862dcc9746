use super::{Look, find, is_secret};

/// Keys are put together here, so that no scanner takes this file for one that leaks them.
fn found(parts: &[&str]) -> Vec<(Look, String)> {
    let text = parts.concat();
    let found = find(&text).into_iter();
    found
        .map(|secret| (secret.look, text[secret.span].to_owned()))
        .collect()
}

#[test]
fn keys_are_known_by_how_they_start() {
    for (whose, start, body) in [
        ("Amazon Web Services", "AKIA", "Q3EGRM7ZPLX2VN5T"),
        ("GitHub", "ghp_", "a8Kd02mQzX71vbT4yLr9WcE6sHuJ3pN5fGqM"),
        ("GitHub", "github_pat_", "11ABQ7YZA0k3mD82nQwLxr_9pTz"),
        ("GitLab", "glpat-", "Zk3mD82nQwLxr9pTzB4a"),
        ("Slack", "xoxb-", "2847561930-8472651-Qm3kZt9"),
        ("Stripe", "sk_live_", "4kQm92ZtX7bLr03Vn8"),
        ("Google", "AIza", "SyD3k9Qm2ZtX7bLr03Vn8WcE6sHuJ4pN5fG"),
        (
            "SendGrid",
            "SG.",
            "k3mD82nQwLxr9pTzB4aQ7.Zk3mD82nQwLxr9pTzB4aY1",
        ),
        (
            "a language model's service",
            "sk-",
            "proj-k3mD82nQwLxr9pTzB4aQ7",
        ),
    ] {
        let key = [start, body].concat();
        let expected = vec![(Look::KeyOf(whose), key.clone())];
        assert_eq!(found(&["call(\"", &key, "\")"]), expected, "{start}");
        assert_eq!(found(&[&key]), expected, "{start}");
        // In the middle of a word it is no start.
        assert_eq!(found(&["x", &key]), [], "{start}");
        // Too short.
        assert_eq!(found(&[start, "k3m"]), [], "{start}");
        // Put in later, or an example.
        assert_eq!(found(&[start, "{{context.key}}"]), [], "{start}");
        assert_eq!(
            found(&[start, "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX1"]),
            [],
            "{start}"
        );
    }
    assert_eq!(found(&["AKIA", "IOSFODNN7EXAMPLE"]), []);
    assert_eq!(
        found(&["the task-", "list-of-all-risks-in-2024-and-more-words"]),
        []
    );
    assert_eq!(found(&["sk-", "loading-indicator-wrapper-element"]), []);
}

#[test]
fn keys_written_out_and_tokens_are_found() {
    let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
    for line_end in ["\n", "\\n", "\r\n"] {
        let all = found(&["-----BEGIN RSA PRIVATE ", "KEY-----", line_end, body]);
        assert_eq!(all.len(), 1, "{line_end:?}");
        assert_eq!(all[0].0, Look::PrivateKey);
    }
    assert_eq!(found(&["-----BEGIN PRIVATE ", "KEY-----\n...\n"]), []);
    assert_eq!(found(&["-----BEGIN PUBLIC ", "KEY-----\n", body]), []);
    let token = [
        "eyJ",
        "hbGciOiJIUzI1NiJ9.",
        "eyJ",
        "zdWIiOiI0NzExIn0.",
        "dBjftJeZ4CVPmB92K27u",
    ]
    .concat();
    assert_eq!(found(&["x = ", &token])[0].0, Look::WebToken);
    assert_eq!(found(&["eyJ", "hbGciOiJIUzI1NiJ9"]), []);
}

#[test]
fn credentials_in_headers_and_addresses_are_found() {
    let key = "k3mD82nQwLxr9pTzB4aQ7";
    let all = found(&["Authorization: Bearer ", key]);
    assert_eq!(all, [(Look::Credentials, key.to_owned())]);
    assert_eq!(found(&["bearer ", key]).len(), 1);
    assert_eq!(found(&["Basic ", "dXNlcjpwYTU1dzByZA=="]).len(), 1);
    for text in [
        "Bearer {{context.token}}",
        "Bearer ${token}",
        "Bearer [[snippet-a]]",
        "Bearer <your token goes here 12345>",
        "Bearer YOUR_ACCESS_TOKEN_1234",
        "Bearer \" + token12345678901234",
        "the bearer understands everything",
        "Basic authentication",
        "Basic ",
        "Bearer",
        "Basi",
    ] {
        assert_eq!(found(&[text]), [], "{text}");
    }
    let all = found(&["https://robot:", "h7Kq2z", "@example.org/x"]);
    assert_eq!(all, [(Look::PasswordInAddress, "h7Kq2z".to_owned())]);
    for text in [
        "https://user:password@example.org",
        "https://{{context.user}}:{{context.password}}@example.org",
        "https://example.org:8080/@someone",
        "https://name@example.org",
        "https://a:${b}@c.org",
        "://",
    ] {
        assert_eq!(found(&[text]), [], "{text}");
    }
}

#[test]
fn what_is_given_to_a_telling_name_is_found() {
    let key = "k3mD82nQwLxr9pTzB4aQ7";
    for (before, after) in [
        ("const apiKey = \"", "\";"),
        ("apiKey: '", "',"),
        ("{\"api_key\": \"", "\"}"),
        ("headers[\"x-api-key\"] = `", "`"),
        ("clientSecret=\"", "\""),
        ("{\\\"accessToken\\\": \\\"", "\\\"}"),
        ("https://example.org/a?x=1&token=", "&y=2"),
        ("https://example.org/a?api_key=", ""),
        ("https://example.org/a?key=", "&b=c"),
        ("{ Authorization: \"", "\" }"),
    ] {
        let all = found(&[before, key, after]);
        assert_eq!(all, [(Look::Named, key.to_owned())], "{before}");
    }
    assert_eq!(found(&["password = \"", "Winter2024!", "\""]).len(), 1);
    // Few digits, but as no name is written.
    assert_eq!(found(&["token = \"", "qWeRtAzP7mXnBvKlQj", "\""]).len(), 1);
    assert_eq!(
        found(&["token = \"", "a1b2c3d4e5f60718293a4b5c6d7e8f90", "\""]).len(),
        1
    );
    for text in [
        "const apiKey = context.apiKey",
        "const apiKey = \"\"",
        "const apiKey = \"your-api-key-1234567\"",
        "const apiKey = \"xxxxxxxxxxxxxxxxxxxx1\"",
        "const apiKey = \"{{context.key1234567890}}\"",
        "const token = \"${process.env.TOKEN_12345}\"",
        "const tokenName = \"k3mD82nQwLxr9pTzB4aQ7\"",
        "if (token === \"k3mD82nQwLxr9pTzB4aQ7\") {}",
        "if (token != \"k3mD82nQwLxr9pTzB4aQ7\") {}",
        "const token = \"accessTokenOfTheUser\"",
        "const token = \"oauth2AccessTokenV1\"",
        "const token = \"abcdefghijklmnopqrstuvwxyz0123456789\"",
        "const secret = \"client_secret_field\"",
        "const password = \"password\"",
        "const password = \"required\"",
        "const password = \"Please enter your password: 8 characters\"",
        "const apiKey = \"https://example.org/keys/12345678\"",
        "const token = \"12345678901234567890\"",
        "const secret = \"abcdefghijklmnopqrstuvwxyz123\"",
        "token: \"",
        "\"",
        "=\"k3mD82nQwLxr9pTzB4aQ7\"",
        "?token={{context.token}}",
        "?token=abc123${x}",
    ] {
        assert_eq!(found(&[text]), [], "{text}");
    }
}

#[test]
fn values_with_a_name_of_their_own_are_judged_by_it() {
    let key = "k3mD82nQwLxr9pTzB4aQ7";
    for name in [
        "x-api-key",
        "apiKey",
        "Ocp-Apim-Subscription-Key",
        "auth_token",
        "client_secret",
    ] {
        assert!(is_secret(name, key), "{name}");
        assert!(!is_secret(name, ""), "{name}");
        assert!(!is_secret(name, "{{context.key}}"), "{name}");
        assert!(!is_secret(name, "a few words 1234567890"), "{name}");
    }
    assert!(is_secret("password", "h7Kq2z"));
    for name in [
        "contextKey",
        "keyphraseTag",
        "profileKey",
        "id",
        "",
        "tokens",
        "passwordHint",
    ] {
        assert!(!is_secret(name, key), "{name}");
    }
}

#[test]
fn texts_made_to_hurt_are_read_in_one_pass() {
    for unit in [
        "xoxb-",
        "\"=",
        "&a=",
        "://a:b@",
        "Bearer ",
        "-----BEGIN ",
        "eyJa.",
        "é",
        "key=\" ",
    ] {
        let text = unit.repeat(200_000);
        assert!(find(&text).len() < 200_000, "{unit}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_found_stands_in_the_text_in_order(
        text in "(Bearer |://|apiKey[=:]\"|\\\\|\"|'|@|-----BEGIN |PRIVATE KEY-----|sk-|[a-zA-Z0-9]{1,20}|é|[?&=]){0,30}"
    ) {
        let mut end = 0;
        for secret in find(&text) {
            proptest::prop_assert!(secret.span.start >= end);
            proptest::prop_assert!(text.get(secret.span.clone()).is_some());
            end = secret.span.end;
        }
    }
}
