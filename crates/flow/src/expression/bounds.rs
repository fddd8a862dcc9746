//! Conditions that only say between which numbers one path lies.

use super::tree::{Binary, Expression, NodeId, NodeKind, Unary};

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: f64,
    /// Whether the number itself is in the range.
    pub inclusive: bool,
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// With `<`, `<=`, `>`, `>=`.
    Range,
    /// With `==`.
    Equal,
    /// With `===`.
    StrictEqual,
}

/// What a condition such as `x > 0.5 && x <= 0.8` says about its one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// A place where the path stands in the expression.
    pub path: NodeId,
    /// The fingerprint of the path.
    pub path_fingerprint: u64,
    /// The lower end, if there is one.
    pub lower: Option<Bound>,
    /// The upper end, if there is one.
    pub upper: Option<Bound>,
    /// Whether it is a range or a single number.
    pub comparison: Comparison,
}

impl Bounds {
    /// Whether this condition holds wherever `narrower` holds, given that both are about the same
    /// path. JavaScript reads the path's value as a number in the same way for both.
    pub fn covers(&self, narrower: &Self) -> bool {
        if self.path_fingerprint != narrower.path_fingerprint {
            return false;
        }
        let same_number = self.lower == narrower.lower && self.upper == narrower.upper;
        match (self.comparison, narrower.comparison) {
            (Comparison::Range, _) => {
                reaches(self.lower, narrower.lower, 1.0)
                    && reaches(self.upper, narrower.upper, -1.0)
            }
            (Comparison::Equal, Comparison::Equal | Comparison::StrictEqual)
            | (Comparison::StrictEqual, Comparison::StrictEqual) => same_number,
            _ => false,
        }
    }
}

/// Whether the end `wide` lies at or beyond the end `narrow`; `sign` is 1 for lower ends.
#[expect(
    clippy::float_cmp,
    reason = "bounds are literals, compared as JavaScript does"
)]
fn reaches(wide: Option<Bound>, narrow: Option<Bound>, sign: f64) -> bool {
    match (wide, narrow) {
        // An end that is open on the wide side lets everything through, even though NaN is in no
        // range: the other end keeps it out on both sides.
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => {
            wide.value * sign < narrow.value * sign
                || (wide.value == narrow.value && (wide.inclusive || !narrow.inclusive))
        }
    }
}

impl Expression<'_> {
    /// The bounds of a condition that is a conjunction of comparisons of one path with numbers;
    /// `None` for any other condition.
    pub fn bounds(&self) -> Option<Bounds> {
        let mut bounds = None;
        let mut id = self.root;
        loop {
            let node = self.without_groups(id);
            match self.node(node).kind {
                // Conjunctions group to the left; other shapes are rare and left alone.
                NodeKind::Binary {
                    operator: Binary::And,
                    left,
                    right,
                } => {
                    self.narrow(&mut bounds, right)?;
                    id = left;
                }
                _ => {
                    self.narrow(&mut bounds, node)?;
                    return bounds;
                }
            }
        }
    }

    /// Takes one comparison into the bounds.
    fn narrow(&self, bounds: &mut Option<Bounds>, id: NodeId) -> Option<()> {
        let (path, operator, value) = self.comparison(id)?;
        let (lower, upper, inclusive) = match operator {
            Binary::Greater => (true, false, false),
            Binary::GreaterEqual => (true, false, true),
            Binary::Less => (false, true, false),
            Binary::LessEqual => (false, true, true),
            Binary::Equal | Binary::StrictEqual => (true, true, true),
            _ => return None,
        };
        let comparison = match operator {
            Binary::Equal => Comparison::Equal,
            Binary::StrictEqual => Comparison::StrictEqual,
            _ => Comparison::Range,
        };
        let bound = Bound { value, inclusive };
        let (lower, upper) = (lower.then_some(bound), upper.then_some(bound));
        let path_fingerprint = self.fingerprint_of(path);
        match bounds {
            None => {
                *bounds = Some(Bounds {
                    path,
                    path_fingerprint,
                    lower,
                    upper,
                    comparison,
                });
            }
            Some(known) => {
                let ranges =
                    (known.comparison, comparison) == (Comparison::Range, Comparison::Range);
                if !ranges || known.path_fingerprint != path_fingerprint {
                    return None;
                }
                if reaches(known.lower, lower, 1.0) && lower.is_some() {
                    known.lower = lower;
                }
                if reaches(known.upper, upper, -1.0) && upper.is_some() {
                    known.upper = upper;
                }
            }
        }
        Some(())
    }

    /// A comparison of a path with a number, turned so that the path is on the left.
    fn comparison(&self, id: NodeId) -> Option<(NodeId, Binary, f64)> {
        let NodeKind::Binary {
            operator,
            left,
            right,
        } = self.node(self.without_groups(id)).kind
        else {
            return None;
        };
        if let Some(value) = self.number(right) {
            return self.is_path(left).then_some((left, operator, value));
        }
        let value = self.number(left)?;
        let flipped = match operator {
            Binary::Less => Binary::Greater,
            Binary::LessEqual => Binary::GreaterEqual,
            Binary::Greater => Binary::Less,
            Binary::GreaterEqual => Binary::LessEqual,
            other => other,
        };
        self.is_path(right).then_some((right, flipped, value))
    }

    /// The value of a number literal with or without a sign; NaN, which bounds nothing, is none.
    fn number(&self, id: NodeId) -> Option<f64> {
        match self.node(self.without_groups(id)).kind {
            NodeKind::Number(value) if !value.is_nan() => Some(value),
            NodeKind::Unary {
                operator: Unary::Minus,
                operand,
            } => self.number(operand).map(|value| -value),
            NodeKind::Unary {
                operator: Unary::Plus,
                operand,
            } => self.number(operand),
            _ => None,
        }
    }

    /// Whether the node is a name or properties read from one, by names or constants.
    fn is_path(&self, id: NodeId) -> bool {
        let mut id = self.without_groups(id);
        loop {
            id = match self.node(id).kind {
                NodeKind::Name => return true,
                NodeKind::Member { object, .. } => self.without_groups(object),
                NodeKind::Index { object, index, .. } => match self.node(index).kind {
                    NodeKind::String { .. } | NodeKind::Number(_) => self.without_groups(object),
                    _ => return false,
                },
                _ => return false,
            };
        }
    }
}
