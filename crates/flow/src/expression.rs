//! The expression language of conditions: parsing, analysis for rules, evaluation. What the
//! problems found are called, and where expressions stand in a document, is not known here.

mod bounds;
mod characters;
mod complete;
mod constant;
mod escapes;
mod evaluate;
mod explain;
mod foreign;
mod functions;
mod javascript;
mod lexer;
mod methods;
mod mismatch;
mod mistakes;
mod names;
mod normal;
pub mod number;
mod operators;
mod parser;
mod print;
pub mod references;
mod text;
mod tokens;
mod tree;
mod types;
mod value;

pub use crate::json::Span;
pub use bounds::{Bound, Bounds, Comparison};
pub use complete::{Completion, completion};
pub use evaluate::{Environment, EvaluationError, Trace, evaluate, evaluate_traced};
pub use explain::Reason;
pub use functions::{Function, MATH_CONSTANTS, MathFunction, Method};
pub use javascript::impossible;
pub use names::{ROOTS, Root, nearest};
pub use normal::{Polarity, exhaustive};
pub use operators::Limits;
pub use parser::{MAXIMUM_DEPTH, parse};
pub use text::Text;
pub use tokens::{Token, TokenClass, tokens};
pub use tree::{Arguments, Binary, Expression, Node, NodeId, NodeKind, SyntaxError, Unary};
pub use types::{TypeMismatch, Types};
pub use value::{Object, Value};

pub(crate) use characters::is_name_part;
pub(crate) use lexer::{Lexer, TokenKind};
pub(crate) use parser::parse_range;
