//! Why a text was not accepted, and where.

/// One reason a file was rejected, with the place it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// A sentence: what was expected and what was found.
    pub message: String,
    /// [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) of the value it happened in; empty
    /// for the whole file.
    pub pointer: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
    /// Byte offset in the text.
    pub offset: u32,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// An error about a file as a whole, at its first byte.
    pub fn whole(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            pointer: String::new(),
            line: 1,
            column: 1,
            offset: 0,
        }
    }
}
