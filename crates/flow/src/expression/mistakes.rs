//! The sentences the parser says about mistakes, and the words and names it recognises as
//! mistaken ones.

use std::borrow::Cow;

use super::functions::{MATH_CONSTANTS, MathFunction, Method};
use super::names::nearest;
use super::tree::Binary;

pub(super) const EMPTY: &str =
    "The expression is empty; write a condition such as `intent.confidence > 0.8`.";
pub(super) const EMPTY_PARENTHESES: &str = "There is nothing between these parentheses.";
pub(super) const EMPTY_BRACKETS: &str =
    "There is nothing between these brackets; write an index or a name in quotes.";
pub(super) const MISSING_COLON: &str =
    "This `?` has no `:`; write `condition ? value : other value`.";
pub(super) const MISSING_PROPERTY: &str = "A name is missing after the dot.";
pub(super) const MIXED_NULLISH: &str =
    "`??` next to `&&` or `||` needs parentheses to say which comes first.";
pub(super) const LIST: &str =
    "Lists cannot be written in an expression; compare with each value and join with `||`.";
pub(super) const NOT: &str = "Write `!` for “not”.";
pub(super) const MATH_ALONE: &str =
    "A function of `Math` is missing here, as in `Math.round(context.price)`.";
pub(super) const TOO_MANY_ARGUMENTS: &str = "This call has too many arguments.";
pub(super) const TOO_DEEP: &str =
    "This is nested more than 200 levels deep; take the expression apart.";

type Suggestion = (Cow<'static, str>, Option<Cow<'static, str>>);

/// The start of a piece of source, for quoting.
fn quoted(source: &str) -> String {
    const LONGEST: usize = 30;
    match source.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &source[..end]),
        None => format!("`{source}`"),
    }
}

pub(super) fn missing_operator(found: &str) -> String {
    format!(
        "An operator is missing before {}, such as `==` or `&&`.",
        quoted(found)
    )
}

pub(super) fn missing_after(before: &str) -> String {
    format!("A value is missing after {}.", quoted(before))
}

pub(super) fn missing_before(found: &str) -> String {
    format!("A value is missing before {}.", quoted(found))
}

pub(super) fn misplaced(found: &str) -> String {
    match found {
        ")" | "]" => format!("This `{found}` closes nothing."),
        ":" => "This `:` belongs to no `?`.".to_owned(),
        "," => "A comma can only stand between the arguments of a call.".to_owned(),
        _ => format!("{} does not belong here.", quoted(found)),
    }
}

pub(super) fn unclosed(open: &str) -> String {
    format!("The `{open}` that starts here is not closed.")
}

/// The operator a word stands for in other languages, and whether that is certain enough to
/// replace it.
pub(super) fn word_operator(word: &str) -> Option<(Binary, bool)> {
    Some(match word {
        "and" | "AND" => (Binary::And, true),
        "or" | "OR" => (Binary::Or, true),
        "eq" | "EQ" | "is" | "IS" | "equals" => (Binary::Equal, true),
        "ne" | "neq" | "NE" => (Binary::NotEqual, true),
        "gt" | "GT" => (Binary::Greater, true),
        "gte" | "ge" => (Binary::GreaterEqual, true),
        "lt" | "LT" => (Binary::Less, true),
        "lte" | "le" => (Binary::LessEqual, true),
        "mod" => (Binary::Remainder, true),
        "instanceof" | "like" | "matches" | "contains" => (Binary::Equal, false),
        _ => return None,
    })
}

pub(super) fn word(word: &str, operator: Binary) -> String {
    match word {
        "instanceof" => "`instanceof` is not available in expressions.".to_owned(),
        "like" | "matches" | "contains" => {
            format!("`{word}` is no operator; write `text.includes(part)`.")
        }
        _ => format!("Write `{}` for “{word}”.", operator.symbol()),
    }
}

pub(super) fn not_callable(callee: &str) -> String {
    format!(
        "{} cannot be called; only methods such as `includes` can.",
        quoted(callee)
    )
}

pub(super) fn uncalled(name: &str) -> String {
    format!("`{name}` needs a value in parentheses, as in `{name}(input.text)`.")
}

fn suggest(unknown: &str, near: Option<&'static str>, otherwise: &str) -> Suggestion {
    match near {
        Some(near) => (
            format!("{unknown}; did you mean `{near}`?").into(),
            Some(near.into()),
        ),
        None => (format!("{unknown}; {otherwise}").into(), None),
    }
}

pub(super) fn unknown_method(name: &str) -> Suggestion {
    suggest(
        &format!("There is no method {}", quoted(name)),
        nearest(name, Method::ALL.iter().map(|method| method.name())),
        "there are `includes`, `startsWith`, `endsWith`, `toLowerCase`, `toUpperCase` and `trim`.",
    )
}

pub(super) fn unknown_function(name: &str) -> Suggestion {
    suggest(
        &format!("There is no function {}", quoted(name)),
        nearest(name, ["Number", "String", "Boolean"]),
        "there are `Number`, `String`, `Boolean` and those of `Math`.",
    )
}

pub(super) fn unknown_math(name: &str) -> Suggestion {
    if name == "random" {
        let message = "`Math.random` is not available: a condition must give the same answer \
                       each time it is rehearsed.";
        return (message.into(), None);
    }
    if MathFunction::named(name).is_some() {
        let message = format!("`Math.{name}` needs values in parentheses.");
        return (message.into(), None);
    }
    suggest(
        &format!("`Math` has no {}", quoted(name)),
        nearest(
            name,
            MathFunction::ALL
                .iter()
                .map(|function| function.name())
                .chain(MATH_CONSTANTS.iter().map(|(name, _)| *name)),
        ),
        "common ones are `round`, `floor`, `max` and `min`.",
    )
}

/// Whether JavaScript keeps the word for itself, so that it can name no variable.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "debugger"
            | "default"
            | "delete"
            | "do"
            | "else"
            | "enum"
            | "export"
            | "extends"
            | "finally"
            | "for"
            | "function"
            | "if"
            | "import"
            | "instanceof"
            | "new"
            | "return"
            | "super"
            | "switch"
            | "this"
            | "throw"
            | "try"
            | "typeof"
            | "var"
            | "void"
            | "while"
            | "with"
    )
}

pub(super) fn reserved(word: &str) -> String {
    match word {
        "if" | "return" => {
            format!("Leave out `{word}`; an expression is only the condition itself.")
        }
        _ => format!("`{word}` is a word of JavaScript that expressions do not have."),
    }
}
