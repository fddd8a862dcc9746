//! Templates: texts in which `{{name}}` stands for a context variable.

use std::collections::HashMap;

use crate::document::{ContextScope, ContextSet};
use crate::json::{Kind, Span, Tree, ValueId, ValueRef};

/// A `{{name}}` in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder<'template> {
    /// Where it stands, braces included.
    pub span: Span,
    /// The name in it.
    pub name: &'template str,
}

/// The placeholders of a template, in order. O(template).
pub fn placeholders(template: &str) -> impl Iterator<Item = Placeholder<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + template[from..].find("{{")?;
            let inside = &template[start + 2..];
            // `{{{name}}` is a brace and a placeholder.
            let name = inside.trim_start_matches(' ');
            let lead = inside.len() - name.len();
            let length = name
                .bytes()
                .take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
                .count();
            let rest = name[length..].trim_start_matches(' ');
            let close = start + 2 + lead + name.len() - rest.len();
            if length > 0 && rest.starts_with("}}") {
                from = close + 2;
                return Some(Placeholder {
                    span: Span::new(offset32(start), offset32(from)),
                    name: &name[..length],
                });
            }
            from = start + 1;
        }
    })
}

/// What a template becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The text; unresolved placeholders stand in it as they were written.
    pub text: String,
    /// The placeholders, in order.
    pub replaced: Vec<Replaced>,
}

/// One placeholder of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The name in it.
    pub name: String,
    /// Where it stands in the template.
    pub from: Span,
    /// Where its value stands in [`Preview::text`].
    pub to: Span,
    /// The scope whose value won; none when no scope defines the name.
    pub scope: Option<ContextScope>,
}

/// Puts the values of variables into a template. Where several sets or scopes define a name, the
/// one of the highest precedence wins: session, user, conversation, global; within one scope the
/// last.
///
/// # Complexity
/// O(template + sets + values put in).
pub fn preview(template: &str, sets: &[(&Tree, &ContextSet)]) -> Preview {
    let mut winners: HashMap<&str, (ContextScope, &Tree, ValueId)> = HashMap::new();
    for &(tree, set) in sets {
        for variable in &set.variables {
            let Some(scope) = variable.scope() else {
                continue;
            };
            let winner =
                winners
                    .entry(&variable.key().text)
                    .or_insert((scope, tree, variable.value_at));
            if scope >= winner.0 {
                *winner = (scope, tree, variable.value_at);
            }
        }
    }
    let mut made = Preview::default();
    let mut from = 0;
    for placeholder in placeholders(template) {
        let range = placeholder.span.range();
        made.text.push_str(&template[from..range.start]);
        from = range.end;
        let start = offset32(made.text.len());
        let winner = winners.get(placeholder.name);
        match winner {
            Some((_, tree, value)) => push_value(&mut made.text, tree.value(*value)),
            None => made.text.push_str(&template[range]),
        }
        made.replaced.push(Replaced {
            name: placeholder.name.to_owned(),
            from: placeholder.span,
            to: Span::new(start, offset32(made.text.len())),
            scope: winner.map(|winner| winner.0),
        });
    }
    made.text.push_str(&template[from..]);
    made
}

/// A string as it is, anything else as JSON on one line.
fn push_value(text: &mut String, value: ValueRef<'_>) {
    if let Some(string) = value.as_str() {
        text.push_str(&string);
        return;
    }
    let raw = value.raw();
    if !matches!(value.kind(), Kind::Object | Kind::Array) {
        text.push_str(raw);
        return;
    }
    let (mut inside, mut escaped) = (false, false);
    text.extend(raw.chars().filter(|&character| {
        let keep = inside || !character.is_ascii_whitespace();
        if escaped {
            escaped = false;
        } else if inside && character == '\\' {
            escaped = true;
        } else if character == '"' {
            inside = !inside;
        }
        keep
    }));
}

fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn names(template: &str) -> Vec<&str> {
        placeholders(template).map(|found| found.name).collect()
    }

    #[test]
    fn placeholders_are_names_in_two_braces() {
        assert_eq!(
            names("Hi {{name}}, {{ last_order }}!"),
            ["name", "last_order"]
        );
        assert_eq!(
            names("{{{a}}} {{}} {{ }} {{a b}} {{a.b}} {{é}} {a} {{open"),
            ["a"]
        );
        assert_eq!(names("{{a}}{{b}}{{ {{c}} }}"), ["a", "b", "c"]);
        assert_eq!(names(""), [""; 0]);
    }

    #[test]
    fn the_highest_scope_wins_and_unknown_names_stay() {
        let open = |text: &str| Document::read(text.into()).unwrap();
        let low = open(
            r#"{"conversationId":"conv_1","variables":{
                "a":{"key":"a","value":"low","scope":"global"},
                "b":{"key":"b","value":{"x": [1.0, "y \" z"]}},
                "c":{"key":"c","value":1,"scope":"planet"}}}"#,
        );
        let high = open(
            r#"{"conversationId":"conv_1","context":{
                "a":{"value":"h\u00efgh","scope":"session"},"n":{"value":null,"scope":"user"}}}"#,
        );
        let sets: Vec<(&Tree, &ContextSet)> = [&high, &low]
            .map(|document| (document.tree(), document.context_set().unwrap()))
            .to_vec();
        let made = preview("{{a}} {{ b }} {{c}} {{n}}{{d}}.", &sets);
        assert_eq!(
            made.text,
            "hïgh {\"x\":[1.0,\"y \\\" z\"]} {{c}} null{{d}}."
        );
        let scopes: Vec<Option<ContextScope>> = made
            .replaced
            .iter()
            .map(|replaced| replaced.scope)
            .collect();
        assert_eq!(
            scopes,
            [
                Some(ContextScope::Session),
                Some(ContextScope::Conversation),
                None,
                Some(ContextScope::User),
                None
            ]
        );
        for replaced in &made.replaced {
            if replaced.scope.is_none() {
                assert_eq!(
                    made.text[replaced.to.range()],
                    format!("{{{{{}}}}}", replaced.name)
                );
            }
        }
    }
}
