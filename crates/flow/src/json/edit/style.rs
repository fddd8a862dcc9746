//! How a document is laid out, and new values spelled in that way.

use super::NewValue;
use crate::json::encode::quote;
use crate::json::tree::{Kind, Tree, ValueRef};

/// How many values are looked at to learn how objects on one line are spelled.
const SAMPLE: usize = 1000;

/// How a document is laid out, read off the document itself.
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// One level of indentation; none when the document stands on one line.
    pub(super) indent: Option<String>,
    pub(super) newline: &'static str,
    /// Whether `"key": value` has the space.
    pub(super) spaced: bool,
    /// Whether an object on one line has spaces inside its braces.
    padded: bool,
}

impl Style {
    pub(super) fn of(tree: &Tree) -> Self {
        let text = tree.text();
        // The first line end speaks for all, else one command would cost a look at every byte.
        let newline = match text.find('\n') {
            Some(at) if text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        let first = tree.root().members().next();
        let indent = match first {
            Some((key, _)) => indentation_before(text, key.span().start).map(str::to_owned),
            None => Some("  ".to_owned()),
        };
        let spaced = first.is_none_or(|(key, value)| {
            text[key.span().end as usize..value.span().start as usize].ends_with(' ')
        });
        let padded = tree
            .values()
            .take(SAMPLE)
            .filter(|value| value.kind() == Kind::Object && value.members().next().is_some())
            .map(ValueRef::raw)
            .find(|raw| !raw.contains('\n'))
            .map_or(spaced, |raw| raw.starts_with("{ "));
        Self {
            indent,
            newline,
            spaced,
            padded,
        }
    }

    /// Spells `value`, on lines of their own after `lead` or on one line.
    pub(super) fn spell(&self, value: &NewValue, lead: &str, lines: bool) -> String {
        let indent = self.indent.as_deref().filter(|_| lines);
        match value {
            NewValue::Text(text) => quote(text),
            NewValue::Literal(literal) => literal.clone(),
            NewValue::Object(members) if members.is_empty() => "{}".to_owned(),
            NewValue::Array(elements) if elements.is_empty() => "[]".to_owned(),
            NewValue::Object(members) => {
                let inner = format!("{lead}{}", indent.unwrap_or_default());
                let colon = if self.spaced { ": " } else { ":" };
                let parts: Vec<String> = members
                    .iter()
                    .map(|(key, value)| {
                        let value = self.spell(value, &inner, lines);
                        format!("{}{colon}{value}", quote(key))
                    })
                    .collect();
                self.enclose('{', '}', &parts, lead, lines)
            }
            NewValue::Array(elements) => {
                let inner = format!("{lead}{}", indent.unwrap_or_default());
                let parts: Vec<String> = elements
                    .iter()
                    .map(|value| self.spell(value, &inner, lines))
                    .collect();
                self.enclose('[', ']', &parts, lead, lines)
            }
        }
    }

    fn enclose(
        &self,
        open: char,
        close: char,
        parts: &[String],
        lead: &str,
        lines: bool,
    ) -> String {
        match self.indent.as_deref().filter(|_| lines) {
            Some(indent) => {
                let newline = self.newline;
                let separator = format!(",{newline}{lead}{indent}");
                let body = parts.join(&separator);
                format!("{open}{newline}{lead}{indent}{body}{newline}{lead}{close}")
            }
            None => {
                let body = parts.join(if self.spaced { ", " } else { "," });
                let pad = if self.padded && open == '{' { " " } else { "" };
                format!("{open}{pad}{body}{pad}{close}")
            }
        }
    }
}

/// The white space between the start of the line and `offset`, when nothing else stands there and
/// it is not the first line.
pub(super) fn indentation_before(text: &str, offset: u32) -> Option<&str> {
    let before = &text[..offset as usize];
    let line = before.rfind('\n')? + 1;
    let lead = &before[line..];
    lead.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t'))
        .then_some(lead)
}
