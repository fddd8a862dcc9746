//! The settings of a node as people read them: one line each, with its name in words; empty ones left
//! out. Code stays code, JSON in a text is laid out, messages are told by
//! [`messages`](super::content::messages).

use super::ChartNode;
use super::content::unfolded;
use crate::json::{Kind, Tree, ValueRef, pretty};

/// The most bytes of one setting that are shown; the source has all of it.
const MAX_SHOWN: usize = 20_000;

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name in words: "Store location" for `storeLocation`.
    pub label: String,
    /// What it is.
    pub shown: Shown,
}

/// How a setting is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Some words.
    Text(String),
    /// Lines of code or of a longer text.
    Code(String),
    /// On or off.
    Switch(bool),
}

/// The settings of a node in the order of the file, but for what is told elsewhere: its messages and
/// where it jumps. O(settings).
pub fn facts(tree: &Tree, node: &ChartNode) -> Vec<Fact> {
    let Some(config) = node.config else {
        return Vec::new();
    };
    let members = tree.value(config).members();
    members
        .filter_map(|(key, value)| {
            let key = key.as_str()?;
            // The compiled copy of the code says nothing new.
            if matches!(key.as_ref(), "say" | "flowNode" | "transpiled") || is_empty(value) {
                return None;
            }
            Some(Fact {
                shown: shown(&key, value),
                label: in_words(&key),
            })
        })
        .collect()
}

fn shown(key: &str, value: ValueRef<'_>) -> Shown {
    match value.kind() {
        Kind::True => Shown::Switch(true),
        Kind::False => Shown::Switch(false),
        Kind::Object | Kind::Array => Shown::Code(shortened(pretty(value).trim_end())),
        Kind::String | Kind::EscapedString => unfolded(value, |inside| {
            if inside.is_string() {
                let text = inside.as_str().unwrap_or_default();
                if key == "code" || text.contains('\n') {
                    Shown::Code(shortened(&text))
                } else {
                    Shown::Text(shortened(&text))
                }
            } else {
                Shown::Code(shortened(pretty(inside).trim_end()))
            }
        }),
        Kind::Number | Kind::Null => Shown::Text(value.raw().to_owned()),
    }
}

/// Whether a setting says nothing: `""`, `null`, `{}`, `[]`, or one of these in a text.
fn is_empty(value: ValueRef<'_>) -> bool {
    unfolded(value, |inside| match inside.kind() {
        Kind::Null => true,
        Kind::Object => inside.members().next().is_none(),
        Kind::Array => inside.elements().next().is_none(),
        _ => inside.as_str().is_some_and(|text| text.trim().is_empty()),
    })
}

fn shortened(text: &str) -> String {
    if text.len() <= MAX_SHOWN {
        return text.to_owned();
    }
    let mut end = MAX_SHOWN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

/// A key in words: `storeLocation` as "Store location".
pub(crate) fn in_words(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for letter in key.trim_start_matches('_').chars() {
        let starts = letter.is_uppercase() && (before.is_lowercase() || before.is_numeric());
        if starts || letter == '_' {
            words.push(' ');
        }
        if letter != '_' {
            if words.is_empty() {
                words.extend(letter.to_uppercase());
            } else if starts {
                words.extend(letter.to_lowercase());
            } else {
                words.push(letter);
            }
        }
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn settings_are_told_in_words_and_empty_ones_left_out() {
        let text = r#"{"nodes":[{"_id":"1","type":"httpRequest","config":{"url":"https://x.test","async":false,
            "headers":"{\"Accept\":\"*/*\"}","payloadText":"","cacheExpiry":15,"inputKey":null,"payloadJSON":"{}",
            "code":"a();","transpiled":"a()","flowNode":{},"aVeryLongKey2Go":"x"}}],"relations":[]}"#;
        let document = Document::read(text.into()).unwrap();
        let node = &document.chart().unwrap().nodes[0];
        let told: Vec<_> = facts(document.tree(), node)
            .into_iter()
            .map(|fact| (fact.label, fact.shown))
            .collect();
        assert_eq!(
            told,
            [
                ("Url".to_owned(), Shown::Text("https://x.test".to_owned())),
                ("Async".to_owned(), Shown::Switch(false)),
                (
                    "Headers".to_owned(),
                    Shown::Code("{\n  \"Accept\": \"*/*\"\n}".to_owned())
                ),
                ("Cache expiry".to_owned(), Shown::Text("15".to_owned())),
                ("Code".to_owned(), Shown::Code("a();".to_owned())),
                (
                    "A very long key2 go".to_owned(),
                    Shown::Text("x".to_owned())
                ),
            ]
        );
    }
}
