//! What types the parts of an expression can have, and operators between types that can never be
//! meaningful together. Where nothing is known, nothing is claimed.

use std::ops::BitOr;

use super::functions::{Function, Method};
use super::mismatch;
use super::names::Root;
use super::number;
use super::tree::{Binary, Expression, NodeId, NodeKind, Unary, offset};
use crate::json::Span;

/// A set of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Types(u8);

impl Types {
    /// `undefined`
    pub const UNDEFINED: Self = Self(1);
    /// `null`
    pub const NULL: Self = Self(2);
    /// `true`, `false`
    pub const BOOLEAN: Self = Self(4);
    /// Numbers.
    pub const NUMBER: Self = Self(8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Any type: nothing is known.
    pub const ANY: Self = Self(127);

    /// The type that a flow declares with this word; any type for a word that is none of the
    /// five.
    pub fn declared(word: &str) -> Self {
        match word {
            "string" => Self::STRING,
            "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            "object" => Self::OBJECT,
            "array" => Self::ARRAY,
            _ => Self::ANY,
        }
    }

    /// Whether every type of this set is in the other.
    pub const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether no type is in both sets.
    pub const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// What a message calls it: “a number”; “a value” for several types.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::UNDEFINED => "undefined",
            Self::NULL => "null",
            Self::BOOLEAN => "true or false",
            Self::NUMBER => "a number",
            Self::STRING => "a text",
            Self::ARRAY => "a list",
            Self::OBJECT => "an object",
            _ => "a value",
        }
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An operator that can never be meaningful where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeMismatch {
    /// The operation.
    pub span: Span,
    /// A sentence for a person.
    pub message: String,
}

impl Expression<'_> {
    /// The types each node can have, by its index. `declared` gives the types of a context
    /// variable by name; [`Types::ANY`] when it is not declared.
    pub fn types(&self, declared: &dyn Fn(&str) -> Types) -> Vec<Types> {
        let mut types = Vec::with_capacity(self.nodes.len());
        for id in 0..offset(self.nodes.len()) {
            let next = self.types_of(NodeId(id), &types, declared);
            types.push(next);
        }
        types
    }

    /// The operators between types that can never be meaningful, in the order of the arena.
    /// Nothing is said about an expression with syntax errors. Takes linear time.
    pub fn type_mismatches(&self, declared: &dyn Fn(&str) -> Types) -> Vec<TypeMismatch> {
        if !self.is_valid() {
            return Vec::new();
        }
        let types = self.types(declared);
        let mut found = Vec::new();
        for id in (0..offset(self.nodes.len())).map(NodeId) {
            if let Some(message) = mismatch::message(self, id, &types) {
                found.push(TypeMismatch {
                    span: self.node(id).span,
                    message,
                });
            }
        }
        found
    }

    fn types_of(&self, id: NodeId, known: &[Types], declared: &dyn Fn(&str) -> Types) -> Types {
        let of = |id: NodeId| known[id.index()];
        match self.node(id).kind {
            NodeKind::Error => Types::ANY,
            NodeKind::Undefined => Types::UNDEFINED,
            NodeKind::Null => Types::NULL,
            NodeKind::String { .. } => Types::STRING,
            NodeKind::Name => {
                let name = self.text(id);
                match Root::named(name) {
                    Some(Root::Intent | Root::Input | Root::Context) => Types::OBJECT,
                    // What these hold comes from outside and may be missing altogether.
                    Some(_) => Types::ANY,
                    None => declared(name),
                }
            }
            NodeKind::Member {
                object, property, ..
            } => {
                let name = self.slice(Span::new(property, self.node(id).span.end));
                self.property_types(object, name, of(object), declared)
            }
            NodeKind::Index { object, index, .. } => match self.node(index).kind {
                NodeKind::String { .. } => {
                    let name = self.string(index);
                    self.property_types(object, &name.to_str(), of(object), declared)
                }
                _ if of(object) == Types::STRING => Types::STRING | Types::UNDEFINED,
                _ => Types::ANY,
            },
            NodeKind::Method {
                method,
                optional,
                optional_call,
                ..
            } => {
                let result = match method {
                    Method::Includes | Method::StartsWith | Method::EndsWith => Types::BOOLEAN,
                    Method::ToLowerCase | Method::ToUpperCase | Method::Trim => Types::STRING,
                };
                if optional || optional_call {
                    result | Types::UNDEFINED
                } else {
                    result
                }
            }
            NodeKind::Call { function, .. } => match function {
                Function::Boolean => Types::BOOLEAN,
                Function::String => Types::STRING,
                Function::Number | Function::Math(_) => Types::NUMBER,
            },
            NodeKind::Boolean(_)
            | NodeKind::Unary {
                operator: Unary::Not,
                ..
            } => Types::BOOLEAN,
            NodeKind::Number(_) | NodeKind::Unary { .. } => Types::NUMBER,
            NodeKind::Binary {
                operator,
                left,
                right,
            } => match operator {
                Binary::Or | Binary::And | Binary::Nullish => of(left) | of(right),
                Binary::Add => add(of(left), of(right)),
                Binary::Subtract | Binary::Multiply | Binary::Divide | Binary::Remainder => {
                    Types::NUMBER
                }
                _ => Types::BOOLEAN,
            },
            NodeKind::Conditional {
                consequent,
                alternative,
                ..
            } => of(consequent) | of(alternative),
            NodeKind::Group { inner } => of(inner),
        }
    }

    /// The types of a property, from the root it is read from.
    fn property_types(
        &self,
        object: NodeId,
        name: &str,
        object_types: Types,
        declared: &dyn Fn(&str) -> Types,
    ) -> Types {
        if name == "length" && object_types.is_within(Types::STRING | Types::ARRAY) {
            return Types::NUMBER;
        }
        let object = self.without_groups(object);
        if self.node(object).kind != NodeKind::Name {
            return Types::ANY;
        }
        match (Root::named(self.text(object)), name) {
            (Some(Root::Intent), "name") | (Some(Root::Input), "text") => Types::STRING,
            (Some(Root::Intent), "confidence") => Types::NUMBER,
            (Some(Root::Context), name) => declared(name),
            _ => Types::ANY,
        }
    }

    /// Whether the node is a string literal that reads as a number.
    pub(super) fn is_numeric_text(&self, id: NodeId) -> bool {
        let id = self.without_groups(id);
        let text = self.string(id);
        matches!(self.node(id).kind, NodeKind::String { .. })
            && text
                .as_str()
                .is_some_and(|text| !number::from_text(text).is_nan())
    }

    /// Whether the node is a string literal that does not read as a number.
    pub(super) fn is_word(&self, id: NodeId) -> bool {
        let id = self.without_groups(id);
        matches!(self.node(id).kind, NodeKind::String { .. }) && !self.is_numeric_text(id)
    }
}

fn add(left: Types, right: Types) -> Types {
    let texts = Types::STRING | Types::ARRAY | Types::OBJECT;
    if left.is_within(texts) || right.is_within(texts) {
        Types::STRING
    } else if left.is_disjoint(texts) && right.is_disjoint(texts) {
        Types::NUMBER
    } else {
        Types::NUMBER | Types::STRING
    }
}
