//! The words and signs of JavaScript that decide what may come next.

/// What a word is to what comes before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The name of something, or a value such as `null`.
    Name,
    /// An operator before a value.
    Prefix,
    /// An operator between two values.
    Infix,
    /// A word of a statement, a function or a class: whatever follows is more than an expression.
    Statement,
}

impl Word {
    pub(super) fn of(word: &str) -> Self {
        match word {
            "new" | "typeof" | "void" | "delete" => Self::Prefix,
            "in" | "instanceof" => Self::Infix,
            "async" | "await" | "break" | "case" | "catch" | "class" | "const" | "continue"
            | "debugger" | "default" | "do" | "else" | "enum" | "export" | "extends"
            | "finally" | "for" | "function" | "if" | "import" | "let" | "return" | "static"
            | "super" | "switch" | "throw" | "try" | "using" | "var" | "while" | "with"
            | "yield" => Self::Statement,
            _ => Self::Name,
        }
    }
}

/// The signs between values; a longer one stands before those it starts with.
pub(super) const OPERATORS: [&str; 45] = [
    ">>>=", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=",
    ">=", "&&", "||", "??", "**", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<",
    ">>", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "?", "!", "~",
];
