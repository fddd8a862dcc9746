//! Strict, lossless JSON: a source text, a tree of spans over it, and edits of that text.
//!
//! The text is the truth. [`Tree`] holds the text and, for every value, where it stands; nothing
//! is respelled, reordered or dropped. What a value *means* to Flowdeck is decided in
//! [`crate::document`], not here.
//!
//! The grammar is [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), read strictly: duplicate
//! keys and lone surrogates are rejected too, because two programs would read them differently.

mod edit;
mod encode;
mod error;
mod locate;
mod moved;
mod normal;
mod pretty;
mod python;
mod reader;
mod scan;
mod tree;

pub use edit::{EditError, Editor, NewValue, TextEdit, apply_edits};
pub use encode::{quote, write_number};
pub use error::ReadError;
pub use locate::{LineIndex, Locator, Position, Step};
pub use normal::normal_text;
pub(crate) use normal::write_normal;
pub(crate) use pretty::lay_out;
pub use pretty::pretty;
pub(crate) use python::shortest;
pub use python::{python_len, python_parts, python_string_len, python_text};
pub use reader::{MAX_BYTES, MAX_DEPTH, MAX_ERRORS, decode_text, parse};
pub use tree::{Elements, Kind, Members, Span, Tree, ValueId, ValueRef};
