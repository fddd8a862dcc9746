//! What a call takes, while somebody types between its parentheses.

use std::ops::Range;

use super::suggest::Language;
use crate::expression::{MathFunction, Token, TokenClass, tokens};

/// A call that the caret stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// As it is written: `startsWith(text)`.
    pub text: String,
    /// Where each parameter stands in it.
    pub parameters: Vec<Range<usize>>,
    /// The number of the parameter at the caret; beyond the last where there is none for it.
    pub active: usize,
    /// What it does.
    pub about: &'static str,
}

/// The call whose parentheses the caret stands in, if it is one that is known. O(source).
pub fn signature(source: &str, caret: u32, language: Language) -> Option<Signature> {
    let before: Vec<Token> = tokens(source)
        .into_iter()
        .take_while(|token| token.span.start < caret)
        .filter(|token| token.class != TokenClass::Space)
        .collect();
    let text = |token: &Token| &source[token.span.range()];
    // What is open at the caret: the place of each bracket, and how many commas came after it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, token) in before.iter().enumerate() {
        // A bracket that the caret stands in, not after, is not entered yet.
        if token.span.end > caret {
            break;
        }
        match (token.class, text(token)) {
            (TokenClass::Punctuation, "(" | "[") => open.push((at, 0)),
            (TokenClass::Punctuation, ")" | "]") => {
                open.pop();
            }
            (TokenClass::Punctuation, ",") => {
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            // A statement of a script ends whatever was left open.
            (TokenClass::Error, ";") => open.clear(),
            _ => {}
        }
    }
    // Inside plain parentheses or brackets, the call around them is still the one.
    let (bracket, active) = open.into_iter().rev().find(|&(at, _)| {
        let name = at.checked_sub(1).map(|name| before[name]);
        text(&before[at]) == "(" && name.is_some_and(|name| name.class == TokenClass::Method)
    })?;
    let name = text(&before[bracket - 1]);
    let dot = bracket.checked_sub(2).map(|dot| text(&before[dot]));
    let is_member = matches!(dot, Some("." | "?."));
    let of_math = is_member && bracket >= 3 && text(&before[bracket - 3]) == "Math";
    let (parameters, about) = if of_math {
        math(MathFunction::named(name)?)
    } else if is_member {
        method(name)?
    } else {
        function(name, language)?
    };
    let mut written = format!("{}{name}(", if of_math { "Math." } else { "" });
    let mut ranges = Vec::with_capacity(parameters.len());
    for (number, parameter) in parameters.iter().enumerate() {
        if number > 0 {
            written.push_str(", ");
        }
        let start = written.len();
        written.push_str(parameter);
        ranges.push(start..written.len());
    }
    written.push(')');
    // A last parameter that takes any number takes all that come.
    let takes_all = parameters.last().is_some_and(|last| last.starts_with('…'));
    let active = if takes_all {
        active.min(parameters.len() - 1)
    } else {
        active
    };
    Some(Signature {
        text: written,
        parameters: ranges,
        active,
        about,
    })
}

/// Parameters, and what is done with them.
type Known = (&'static [&'static str], &'static str);

fn function(name: &str, language: Language) -> Option<Known> {
    Some(match name {
        "Number" => (&["value"], "A text as a number; NaN where it is none."),
        "String" => (&["value"], "A value as a text."),
        "Boolean" => (&["value"], "Whether a value holds."),
        "set" if language == Language::Script => {
            (&["name", "value"], "Gives a variable a new value.")
        }
        "say" if language == Language::Script => (&["text"], "Says a text to the user."),
        _ => return None,
    })
}

fn method(name: &str) -> Option<Known> {
    Some(match name {
        "includes" => (&["part"], "Whether a text, or a list, has this in it."),
        "startsWith" => (&["start"], "Whether a text starts with this."),
        "endsWith" => (&["end"], "Whether a text ends with this."),
        "toLowerCase" => (&[], "The text in small letters."),
        "toUpperCase" => (&[], "The text in capitals."),
        "trim" => (&[], "The text without spaces around it."),
        _ => return None,
    })
}

fn math(function: MathFunction) -> Known {
    use MathFunction as F;
    match function {
        F::Max => (&["…numbers"], "The greatest of the numbers."),
        F::Min => (&["…numbers"], "The least of the numbers."),
        F::Hypot => (&["…numbers"], "The root of the sum of their squares."),
        F::Pow => (
            &["base", "exponent"],
            "The base to the power of the exponent.",
        ),
        F::Atan2 => (&["y", "x"], "The angle of a point."),
        F::Imul => (&["a", "b"], "The product in 32 bits."),
        F::Abs => (&["number"], "Without its sign."),
        F::Ceil => (&["number"], "Rounded up."),
        F::Floor => (&["number"], "Rounded down."),
        F::Round => (&["number"], "Rounded to the nearest whole."),
        F::Trunc => (&["number"], "Without what is after the point."),
        F::Sign => (&["number"], "−1, 0 or 1, as its sign is."),
        F::Sqrt => (&["number"], "The square root."),
        F::Cbrt => (&["number"], "The cube root."),
        _ => (&["number"], "A function of one number."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signature at `|`, with the parameter at the caret in brackets.
    fn at(source: &str, language: Language) -> Option<String> {
        let caret = source.find('|').unwrap();
        let source = source.replacen('|', "", 1);
        let found = signature(&source, u32::try_from(caret).unwrap(), language)?;
        let mut shown = found.text.clone();
        if let Some(range) = found.parameters.get(found.active) {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        Some(shown)
    }

    #[test]
    fn the_parameter_at_the_caret_is_told() {
        let expression = |source| at(source, Language::Expression);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            expression("input.text.startsWith(|"),
            some("startsWith([start])")
        );
        assert_eq!(
            expression("input.text.startsWith('a|"),
            some("startsWith([start])")
        );
        assert_eq!(
            expression("Math.pow(2, |)"),
            some("Math.pow(base, [exponent])")
        );
        assert_eq!(
            expression("Math.pow(2, 3, |)"),
            some("Math.pow(base, exponent)")
        );
        assert_eq!(
            expression("Math.max(1, (2 + 3), |"),
            some("Math.max([…numbers])")
        );
        assert_eq!(expression("Math.max(a[|"), some("Math.max([…numbers])"));
        assert_eq!(
            expression("Number(Math.min(|, 2))"),
            some("Math.min([…numbers])")
        );
        assert_eq!(
            expression("Number(Math.min(1, 2)|)"),
            some("Number([value])")
        );
        assert_eq!(expression("x.trim(|)"), some("trim()"));
    }

    #[test]
    fn outside_of_known_calls_nothing_is_told() {
        let expression = |source| at(source, Language::Expression);
        for source in [
            "|",
            "(a |)",
            "f(|)",
            "Number|(1)",
            "Number(1)|",
            "Math.random(|)",
            "set(|)",
            "a.b(|)",
        ] {
            assert_eq!(expression(source), None, "{source}");
        }
    }

    #[test]
    fn scripts_have_statements() {
        let script = |source| at(source, Language::Script);
        assert_eq!(script("set(x, |").unwrap(), "set(name, [value])");
        assert_eq!(script("set(x, 1); say(|)").unwrap(), "say([text])");
        assert_eq!(script("set(x; |"), None);
    }

    #[test]
    fn any_caret_is_safe() {
        let source = "Math.pow('é😀(', [1, (2)), 3)) ) ;set(x,";
        for caret in 0..=u32::try_from(source.len()).unwrap() + 2 {
            signature(source, caret, Language::Script);
        }
    }
}
