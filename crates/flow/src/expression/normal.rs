//! Which expressions are the same, whatever their spacing, quotes and parentheses. Expressions
//! that are equal by their meaning only, as `a && b` and `b && a`, are not found.

use super::names::Root;
use super::tree::{Arguments, Binary, Expression, Node, NodeId, NodeKind, Unary, offset};
use crate::json::Span;

/// What is left of a node when its spelling is taken away.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item<'expression> {
    Kind(u8, u32),
    Number(u64),
    Text(u8, &'expression str),
    Escaped(&'expression Expression<'expression>, NodeId),
    Root(Root),
    Member(u32, &'expression str),
}

impl Expression<'_> {
    /// A number that is equal for equal expressions, and nearly always different for others;
    /// confirm with [`Expression::same`].
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint_of(self.root)
    }

    /// The same of the tree under a node.
    pub fn fingerprint_of(&self, id: NodeId) -> u64 {
        let mut hash = Hash::default();
        self.items(id, |item| {
            hash.item(item);
            true
        });
        hash.finish()
    }

    /// Whether two expressions differ in spelling only.
    pub fn same(&self, other: &Expression<'_>) -> bool {
        self.same_node(self.root, other, other.root)
    }

    /// Whether two trees differ in spelling only.
    pub fn same_node(&self, id: NodeId, other: &Expression<'_>, other_id: NodeId) -> bool {
        let mut theirs = Vec::new();
        other.items(other_id, |item| {
            theirs.push(item);
            true
        });
        let mut theirs = theirs.into_iter();
        let mut equal = true;
        self.items(id, |item| {
            equal = theirs.next().is_some_and(|their| same_item(item, their));
            equal
        });
        equal && theirs.next().is_none()
    }

    /// Gives the items of a tree in the order of the arena, until `take` declines. As children
    /// come before parents and every item has a fixed number of them, the sequence stands for
    /// exactly one tree.
    fn items<'this>(&'this self, id: NodeId, mut take: impl FnMut(Item<'this>) -> bool) {
        let nodes = self.subtree(id);
        let first = id.index() + 1 - nodes.len();
        for (position, node) in nodes.iter().enumerate() {
            let place = NodeId(offset(first + position));
            let next = nodes.get(position + 1);
            if let Some(item) = self.item(place, node, next)
                && !take(item)
            {
                return;
            }
        }
    }

    fn item(&self, place: NodeId, node: &Node, next: Option<&Node>) -> Option<Item<'_>> {
        let is_index =
            |next: &Node| matches!(next.kind, NodeKind::Index { index, .. } if index == place);
        Some(match node.kind {
            NodeKind::Error => Item::Kind(0, node.span.start),
            NodeKind::Undefined => Item::Kind(1, 0),
            NodeKind::Null => Item::Kind(1, 1),
            NodeKind::Boolean(value) => Item::Kind(2, u32::from(value)),
            NodeKind::Number(value) => Item::Number(value.to_bits()),
            NodeKind::String { escaped } => {
                let content = Span::new(node.span.start + 1, node.span.end - 1);
                let content = self.slice(content);
                // `a["b"]` is `a.b`: the name goes with the access.
                if !escaped && next.is_some_and(is_index) {
                    return None;
                }
                if escaped {
                    Item::Escaped(self, place)
                } else {
                    Item::Text(3, content)
                }
            }
            NodeKind::Name => {
                let name = self.slice(node.span);
                Root::named(name).map_or(Item::Text(4, name), Item::Root)
            }
            NodeKind::Member {
                object,
                property,
                optional,
            } => Item::Member(
                self.chain_flags(object, optional),
                self.slice(Span::new(property, node.span.end)),
            ),
            NodeKind::Index {
                object,
                index,
                optional,
            } => {
                let flags = self.chain_flags(object, optional);
                match self.node(index) {
                    Node {
                        kind: NodeKind::String { escaped: false },
                        span,
                    } => {
                        let name = Span::new(span.start + 1, span.end - 1);
                        Item::Member(flags, self.slice(name))
                    }
                    _ => Item::Kind(5, flags),
                }
            }
            NodeKind::Method {
                object,
                method,
                optional,
                optional_call,
                arguments,
            } => {
                let flags = self.chain_flags(object, optional) | u32::from(optional_call) << 2;
                Item::Kind(16 + method as u8, flags | count(arguments) << 3)
            }
            NodeKind::Call {
                function,
                arguments,
            } => {
                let number = match function {
                    super::Function::Boolean => 0,
                    super::Function::Number => 1,
                    super::Function::String => 2,
                    super::Function::Math(function) => 3 + function as u8,
                };
                Item::Kind(32 + number, count(arguments))
            }
            NodeKind::Unary { operator, .. } => Item::Kind(6, operator as u32),
            NodeKind::Binary { operator, .. } => Item::Kind(7, operator as u32),
            NodeKind::Conditional { .. } => Item::Kind(8, 0),
            NodeKind::Group { .. } => return None,
        })
    }

    /// How a property is read: with `?.`, and from an optional chain that parentheses have ended.
    /// `(a?.b).c` fails where `a?.b.c` does not.
    fn chain_flags(&self, object: NodeId, optional: bool) -> u32 {
        let inner = self.without_groups(object);
        u32::from(optional) | u32::from(inner != object && self.is_chain(inner)) << 1
    }

    pub(super) fn is_chain(&self, mut id: NodeId) -> bool {
        loop {
            id = match self.node(id).kind {
                NodeKind::Member { optional: true, .. }
                | NodeKind::Index { optional: true, .. }
                | NodeKind::Method { optional: true, .. }
                | NodeKind::Method {
                    optional_call: true,
                    ..
                } => return true,
                NodeKind::Member { object, .. }
                | NodeKind::Index { object, .. }
                | NodeKind::Method { object, .. } => object,
                _ => return false,
            };
        }
    }

    /// The condition with its outermost negation taken off, for finding branches of which one
    /// always holds.
    pub fn polarity(&self) -> Polarity {
        let mut id = self.without_groups(self.root);
        let mut positive = true;
        while let NodeKind::Unary {
            operator: Unary::Not,
            operand,
        } = self.node(id).kind
        {
            positive = !positive;
            id = self.without_groups(operand);
        }
        let NodeKind::Binary {
            operator,
            left,
            right,
        } = self.node(id).kind
        else {
            return Polarity {
                fingerprint: self.fingerprint_of(id),
                positive,
            };
        };
        let (equality, negated) = match operator {
            Binary::Equal => (Binary::Equal, false),
            Binary::NotEqual => (Binary::Equal, true),
            Binary::StrictEqual => (Binary::StrictEqual, false),
            Binary::StrictNotEqual => (Binary::StrictEqual, true),
            _ => {
                return Polarity {
                    fingerprint: self.fingerprint_of(id),
                    positive,
                };
            }
        };
        // Equality does not care for the order of its operands.
        let (left, right) = (self.fingerprint_of(left), self.fingerprint_of(right));
        let mut hash = Hash::default();
        hash.add(left.min(right));
        hash.add(left.max(right));
        hash.item(Item::Kind(7, equality as u32));
        Polarity {
            fingerprint: hash.finish(),
            positive: positive != negated,
        }
    }
}

/// A condition as a statement and whether it is affirmed or denied.
///
/// Two conditions with the same fingerprint and opposite signs, such as `b` and `!b` or
/// `x === 1` and `x !== 1`, leave nothing over. `x > 5` and `x <= 5` do: `x` may be undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Polarity {
    /// Stands for the statement.
    pub fingerprint: u64,
    /// Whether the condition affirms it.
    pub positive: bool,
}

/// Whether one of the two conditions holds in every case.
pub fn exhaustive(first: &Expression<'_>, second: &Expression<'_>) -> bool {
    let (first, second) = (first.polarity(), second.polarity());
    first.fingerprint == second.fingerprint && first.positive != second.positive
}

fn count(arguments: Arguments) -> u32 {
    u32::from(arguments.count)
}

fn same_item(left: Item<'_>, right: Item<'_>) -> bool {
    match (left, right) {
        (Item::Escaped(left, a), Item::Escaped(right, b)) => left.string(a) == right.string(b),
        (Item::Escaped(escaped, id), Item::Text(3, text))
        | (Item::Text(3, text), Item::Escaped(escaped, id)) => {
            escaped.string(id).as_str() == Some(text)
        }
        (left, right) => left == right,
    }
}

/// FNV-1a over words, with a last mixing step. The same on every machine.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, word: u64) {
        self.0 = (self.0 ^ word)
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(23);
    }

    fn text(&mut self, text: &str) {
        self.add(text.len() as u64);
        for chunk in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn item(&mut self, item: Item<'_>) {
        match item {
            Item::Kind(kind, detail) => self.add(u64::from(kind) << 32 | u64::from(detail)),
            Item::Number(bits) => {
                self.add(10);
                self.add(bits);
            }
            Item::Text(kind, text) => {
                self.add(u64::from(kind) << 32);
                self.text(text);
            }
            Item::Escaped(expression, id) => {
                self.add(3 << 32);
                self.text(&expression.string(id).to_str());
            }
            Item::Root(root) => self.add(11 << 32 | root as u64),
            Item::Member(flags, name) => {
                self.add(12 << 32 | u64::from(flags));
                self.text(name);
            }
        }
    }

    fn finish(&self) -> u64 {
        let mixed = (self.0 ^ self.0 >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    }
}
