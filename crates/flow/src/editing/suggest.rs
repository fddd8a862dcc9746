//! What can be completed where somebody types in an expression or a script.

mod before;
mod candidates;

use std::borrow::Cow;

use self::before::Before;
use self::candidates::Candidates;
use super::scope::Scope;
use crate::expression::{Span, completion, is_name_part};

/// At most so many suggestions are made.
const MAX_SUGGESTIONS: usize = 24;

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// One expression: a condition.
    Expression,
    /// The script of an action.
    Script,
}

/// Why suggestions are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Something was typed: only what goes on from it is worth showing.
    Typing,
    /// Somebody asked for all there is.
    Outright,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A context variable.
    Variable,
    /// A root: `intent`, `input` and so on.
    Root,
    /// A property of a root or a value.
    Property,
    /// A method, function or statement that is called.
    Function,
    /// A word with a value of its own: `true`, `Math.PI`.
    Constant,
    /// An intent of this flow, in quotes.
    Intent,
    /// An operator.
    Operator,
}

impl SuggestionKind {
    /// The word a screen reader says and a style knows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::Root => "root",
            Self::Property => "property",
            Self::Function => "function",
            Self::Constant => "constant",
            Self::Intent => "intent",
            Self::Operator => "operator",
        }
    }
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is put in the place of what was typed.
    pub text: String,
    /// How many bytes before its end the caret then stands: inside the parentheses of a call.
    pub caret_back: u32,
    /// What it is.
    pub kind: SuggestionKind,
    /// Where it comes from, in a few words.
    pub detail: Cow<'static, str>,
}

/// The ways to go on at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestions {
    /// What a suggestion replaces.
    pub replace: Span,
    /// The ways, best first; at least one.
    pub items: Vec<Suggestion>,
}

/// The ways to go on at `caret`, a byte offset; `None` where there are none. O(source + names in
/// scope).
pub fn suggest(
    source: &str,
    caret: u32,
    language: Language,
    asked: Asked,
    scope: &Scope,
) -> Option<Suggestions> {
    if !source.is_char_boundary(caret as usize) || caret as usize > source.len() {
        return None;
    }
    if language == Language::Script
        && let Some(place) = placeholder(source, caret)
    {
        return place.suggestions(scope);
    }
    let before = Before::new(source, caret);
    if let Some((replace, quote)) = before.compared_intent() {
        let mut candidates = Candidates::new(scope);
        candidates.intents(quote);
        let typed = source[replace.start as usize..caret as usize].trim_start_matches(['"', '\'']);
        let found = candidates.matching(typed);
        if !found.is_empty() || before.string.is_some() {
            return finish(source, replace, found);
        }
    }
    let completion = completion(source, caret)?;
    let after_dot = completion.path.as_ref().is_none_or(|path| !path.is_empty());
    if asked == Asked::Typing && completion.partial.is_empty() && !after_dot {
        return None;
    }
    let mut candidates = Candidates::new(scope);
    match completion.path.as_deref() {
        Some([]) if before.ends_value(completion.replace.start) => {
            if asked == Asked::Typing {
                return None;
            }
            candidates.operators();
        }
        Some([]) => {
            if language == Language::Script && before.starts_statement(completion.replace.start) {
                candidates.statements();
            }
            candidates.variables();
            candidates.roots();
            candidates.functions();
        }
        Some([root]) if candidates.members(root) => {}
        _ => candidates.of_value(source, completion.replace.start),
    }
    let called = source[completion.replace.end as usize..].starts_with('(');
    if called {
        candidates.without_parentheses();
    }
    finish(
        source,
        completion.replace,
        candidates.matching(completion.partial),
    )
}

fn finish(source: &str, replace: Span, mut items: Vec<Suggestion>) -> Option<Suggestions> {
    items.truncate(MAX_SUGGESTIONS);
    let finished = matches!(&items[..], [only] if only.text == source[replace.range()]);
    (!items.is_empty() && !finished).then_some(Suggestions { replace, items })
}

/// A `${` or `{{` in a script that the caret stands in.
struct Placeholder<'source> {
    typed: &'source str,
    replace: Span,
    close: &'static str,
}

fn placeholder(source: &str, caret: u32) -> Option<Placeholder<'_>> {
    let before = &source[..caret as usize];
    let typed = &before[before.trim_end_matches(is_name_part).len()..];
    let lead = before[..before.len() - typed.len()].trim_end_matches([' ', '\t']);
    let close = if lead.ends_with("${") {
        "}"
    } else if lead.ends_with("{{") {
        "}}"
    } else {
        return None;
    };
    let after = &source[caret as usize..];
    let rest = after.trim_start_matches(is_name_part);
    let end = source.len() - rest.len();
    Some(Placeholder {
        typed,
        replace: Span::new(offset(before.len() - typed.len()), offset(end)),
        close: if rest.trim_start().starts_with(close) {
            ""
        } else {
            close
        },
    })
}

impl Placeholder<'_> {
    fn suggestions(&self, scope: &Scope) -> Option<Suggestions> {
        let mut candidates = Candidates::new(scope);
        candidates.variables();
        let mut items = candidates.matching(self.typed);
        for item in &mut items {
            item.text.push_str(self.close);
        }
        items.truncate(MAX_SUGGESTIONS);
        (!items.is_empty()).then_some(Suggestions {
            replace: self.replace,
            items,
        })
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::scope::tests::{scope, states};
    use super::*;

    /// The suggestions where `|` stands, and what the text becomes with the first one.
    fn at(source: &str, language: Language, asked: Asked) -> Option<(Vec<String>, String)> {
        let caret = source.find('|').unwrap();
        let text = source.replacen('|', "", 1);
        let found = suggest(&text, offset(caret), language, asked, &scope())?;
        let first = &found.items[0];
        let mut becomes = text.clone();
        becomes.replace_range(found.replace.range(), &first.text);
        let back = first.caret_back as usize;
        becomes.insert(found.replace.start as usize + first.text.len() - back, '|');
        let names = found.items.into_iter().map(|item| item.text).collect();
        Some((names, becomes))
    }

    fn typed(source: &str) -> Option<(Vec<String>, String)> {
        at(source, Language::Expression, Asked::Typing)
    }

    #[test]
    fn names_in_scope_are_offered_best_first() {
        let (names, becomes) = typed("total > 5 && ag|").unwrap();
        assert_eq!(names[0], "agent");
        assert_eq!(becomes, "total > 5 && agent|");
        let (names, _) = typed("T|").unwrap();
        assert_eq!(names[..3], ["total", "tenant", "tier"]);
        assert_eq!(typed("agent|"), None, "it is there already");
        assert_eq!(typed("|"), None, "nothing was typed");
        assert_eq!(typed("agent a|"), None, "an operator comes first");
        assert_eq!(typed("'ag|'"), None, "a string is no name");
    }

    #[test]
    fn members_follow_their_roots() {
        assert_eq!(typed("intent.|").unwrap().0, ["name", "confidence"]);
        assert_eq!(
            typed("intent.c|on > 1").unwrap().1,
            "intent.confidence| > 1"
        );
        assert_eq!(typed("cc.pl|").unwrap().1, "cc.place|");
        assert_eq!(typed("Math.rou|").unwrap().1, "Math.round(|)");
        assert_eq!(typed("Math.rou|(1)").unwrap().1, "Math.round|(1)");
    }

    #[test]
    fn methods_follow_what_the_value_can_be() {
        let (text, becomes) = typed("input.text.|").unwrap();
        assert!(text.contains(&"trim()".to_owned()) && text.contains(&"length".to_owned()));
        assert_eq!(becomes, "input.text.length|");
        assert_eq!(
            typed("input.text.inc|").unwrap().1,
            "input.text.includes(|)"
        );
        assert_eq!(typed("'a'.tr|").unwrap().1, "'a'.trim()|");
        assert_eq!(typed("items.|").unwrap().0, ["length", "includes()"]);
        assert_eq!(typed("total.|"), None, "numbers have none");
        assert!(typed("entities.size.|").is_some(), "it may be a text");
        assert_eq!(
            typed("agent.trim().toU|").unwrap().1,
            "agent.trim().toUpperCase()|"
        );
    }

    #[test]
    fn intents_are_offered_where_they_are_compared() {
        let (names, becomes) = typed("intent.name == |").unwrap();
        assert_eq!(names, ["\"order status\"", "\"greet\""]);
        assert_eq!(becomes, "intent.name == \"order status\"|");
        assert_eq!(
            typed("intent.name === 'gr|'").unwrap().1,
            "intent.name === 'greet'|"
        );
        assert_eq!(
            typed("intent.name != \"or|").unwrap().1,
            "intent.name != \"order status\"|"
        );
        assert_eq!(
            typed("intent.name == gr|").unwrap().1,
            "intent.name == \"greet\"|"
        );
        assert_eq!(typed("intent.name == 'nothing like it|'"), None);
        assert_eq!(
            typed("intent.name == ag|").unwrap().1,
            "intent.name == agent|"
        );
    }

    #[test]
    fn operators_and_all_names_are_there_for_who_asks() {
        let (names, _) = at("agent |", Language::Expression, Asked::Outright).unwrap();
        assert!(names.contains(&"==".to_owned()) && !names.contains(&"agent".to_owned()));
        let (names, _) = at("|", Language::Expression, Asked::Outright).unwrap();
        assert!(names.contains(&"agent".to_owned()) && names.contains(&"intent".to_owned()));
        assert!(!names.contains(&"set()".to_owned()));
    }

    #[test]
    fn scripts_have_statements_and_placeholders() {
        let script = |source| at(source, Language::Script, Asked::Typing);
        assert_eq!(script("se|").unwrap().1, "set(|)");
        assert_eq!(script("x = 1; sa|").unwrap().1, "x = 1; say(|)");
        assert_eq!(script("x = 1\nsa|").unwrap().1, "x = 1\nsay(|)");
        assert_eq!(script("say('Hi ${ag|')").unwrap().1, "say('Hi ${agent}|')");
        assert_eq!(
            script("say('Hi {{pl|}}')").unwrap().1,
            "say('Hi {{place|}}')"
        );
        assert_eq!(script("x = ag|").unwrap().1, "x = agent|");
    }

    #[test]
    fn what_actions_set_follows_its_scope() {
        let found = suggest(
            "session.t",
            9,
            Language::Expression,
            Asked::Typing,
            &states(),
        );
        let items = found.unwrap().items;
        assert_eq!(
            (items[0].text.as_str(), &*items[0].detail),
            ("tier", "set in s")
        );
    }

    #[test]
    fn any_caret_is_safe() {
        let source = "intent.name == 'é😀' && context[\"x\"]?.y.includes(input.te)";
        for caret in 0..=offset(source.len()) + 2 {
            for language in [Language::Expression, Language::Script] {
                suggest(source, caret, language, Asked::Outright, &scope());
            }
        }
    }
}
