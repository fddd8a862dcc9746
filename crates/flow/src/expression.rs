//! The expression language of conditions: parsing, analysis for rules, evaluation. What the
//! problems found are called, and where expressions stand in a document, is not known here.

mod evaluate;
mod functions;
mod lexer;
mod methods;
mod mistakes;
mod names;
pub mod number;
mod operators;
mod parser;
mod text;
mod tokens;
mod tree;
mod value;

pub use crate::json::Span;
pub use evaluate::{Environment, EvaluationError, Trace, evaluate, evaluate_traced};
pub use functions::{Function, MATH_CONSTANTS, MathFunction, Method};
pub use names::{ROOTS, Root, nearest};
pub use operators::Limits;
pub use parser::{MAXIMUM_DEPTH, parse};
pub use text::Text;
pub use tokens::{Token, TokenClass, tokens};
pub use tree::{Arguments, Binary, Expression, Node, NodeId, NodeKind, SyntaxError, Unary};
pub use value::{Object, Value};
