//! What people write in expressions that is no part of the language: assignments, operators of
//! other languages, objects, comments. The sentences about them, and what they are read as.

use super::tree::Binary;

/// Something that is no part of the language, with what to say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The sentence.
    pub(crate) message: &'static str,
    /// What would be right in its place, where that is certain.
    pub(crate) replacement: Option<&'static str>,
    /// The operator it is read as, so that the rest can be checked.
    pub(crate) operator: Option<Binary>,
    /// Whether it stands where a value stands.
    pub(crate) value: bool,
}

const fn value(message: &'static str) -> Foreign {
    Foreign {
        message,
        replacement: None,
        operator: None,
        value: true,
    }
}

const fn operator(message: &'static str, replacement: &'static str, operator: Binary) -> Foreign {
    Foreign {
        message,
        replacement: Some(replacement),
        operator: Some(operator),
        value: false,
    }
}

const fn refused(message: &'static str, operator: Option<Binary>) -> Foreign {
    Foreign {
        message,
        replacement: None,
        operator,
        value: false,
    }
}

pub(super) static UNCLOSED_STRING: Foreign = value("The string that starts here is not closed.");
pub(super) static BAD_ESCAPE: Foreign =
    value("A `\\` in this string starts no known escape; write `\\\\` for a backslash.");
pub(super) static TEMPLATE: Foreign =
    value("Text in backticks cannot be used here; write it in quotes and join with `+`.");
pub(super) static PLACEHOLDER: Foreign =
    value("`${…}` and `{{…}}` belong in texts; in an expression write the name alone.");
pub(super) static OBJECT: Foreign =
    value("`{` has no meaning in an expression; objects and blocks cannot be written here.");
pub(super) static CURLY_QUOTE: Foreign = value("Write straight quotes (\" or ') around a string.");
pub(super) static OCTAL: Foreign = value("A number cannot start with `0`; leave the zero out.");
pub(super) static BAD_NUMBER: Foreign = value(
    "This is not a number; write digits, as in `12`, `0.5` or `1e3`, and put words in quotes.",
);
pub(super) static COMMENT: Foreign = value("Comments cannot be written in an expression.");
pub(super) static UNKNOWN: Foreign =
    refused("This character has no meaning in an expression.", None);
pub(super) static SEMICOLON: Foreign =
    refused("An expression ends without `;`; leave it out.", None);
pub(super) static CLOSE_BRACE: Foreign = refused("This `}` closes nothing.", None);

/// Symbols by their spelling; a longer one stands before those it starts with.
pub(super) static SYMBOLS: [(&str, Foreign); 28] = [
    (
        "=>",
        operator(
            "Write `>=` for “greater or equal”.",
            ">=",
            Binary::GreaterEqual,
        ),
    ),
    (
        "=<",
        operator("Write `<=` for “less or equal”.", "<=", Binary::LessEqual),
    ),
    (
        "<>",
        operator("Write `!=` for “not equal”.", "!=", Binary::NotEqual),
    ),
    (
        "**=",
        refused("An expression cannot assign.", Some(Binary::Multiply)),
    ),
    (
        "**",
        refused(
            "`**` is not available; write `Math.pow(a, b)`.",
            Some(Binary::Multiply),
        ),
    ),
    (
        "++",
        refused(
            "`++` is not available; write `+ 1` to add one.",
            Some(Binary::Add),
        ),
    ),
    (
        "--",
        refused(
            "`--` is not available; put a space between two minus signs.",
            Some(Binary::Subtract),
        ),
    ),
    (
        "+=",
        refused(
            "`+=` assigns, and an expression cannot assign.",
            Some(Binary::Add),
        ),
    ),
    (
        "-=",
        refused(
            "`-=` assigns, and an expression cannot assign.",
            Some(Binary::Subtract),
        ),
    ),
    (
        "*=",
        refused(
            "`*=` assigns, and an expression cannot assign.",
            Some(Binary::Multiply),
        ),
    ),
    (
        "/=",
        refused(
            "`/=` assigns, and an expression cannot assign.",
            Some(Binary::Divide),
        ),
    ),
    (
        "%=",
        refused(
            "`%=` assigns, and an expression cannot assign.",
            Some(Binary::Remainder),
        ),
    ),
    (
        "&&=",
        refused(
            "`&&=` assigns, and an expression cannot assign.",
            Some(Binary::And),
        ),
    ),
    (
        "||=",
        refused(
            "`||=` assigns, and an expression cannot assign.",
            Some(Binary::Or),
        ),
    ),
    (
        "??=",
        refused(
            "`??=` assigns, and an expression cannot assign.",
            Some(Binary::Nullish),
        ),
    ),
    (
        ">>>",
        refused(
            "`>>>` is not available in expressions.",
            Some(Binary::Divide),
        ),
    ),
    (
        ">>",
        refused(
            "`>>` is not available; write `>` to compare.",
            Some(Binary::Greater),
        ),
    ),
    (
        "<<",
        refused(
            "`<<` is not available; write `<` to compare.",
            Some(Binary::Less),
        ),
    ),
    (
        "=",
        operator("`=` assigns; write `==` to compare.", "==", Binary::Equal),
    ),
    ("&", operator("Write `&&` for “and”.", "&&", Binary::And)),
    ("|", operator("Write `||` for “or”.", "||", Binary::Or)),
    (
        "^",
        refused(
            "`^` is not available; write `Math.pow(a, b)` for a power.",
            Some(Binary::Multiply),
        ),
    ),
    ("~", refused("`~` is not available in expressions.", None)),
    (
        "≠",
        operator("Write `!=` for “not equal”.", "!=", Binary::NotEqual),
    ),
    (
        "≤",
        operator("Write `<=` for “less or equal”.", "<=", Binary::LessEqual),
    ),
    (
        "≥",
        operator(
            "Write `>=` for “greater or equal”.",
            ">=",
            Binary::GreaterEqual,
        ),
    ),
    (";", SEMICOLON),
    ("}", CLOSE_BRACE),
];
