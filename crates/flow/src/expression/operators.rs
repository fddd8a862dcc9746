//! What operators do with values: the abstract operations of ECMA-262, under a budget. Where an
//! operator stands in a source is not known here.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::number;
use super::text::Text;
use super::tree::{Binary, Unary};
use super::value::Value;

/// How much an evaluation may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Operations, where looking through long texts and lists counts by their length.
    pub steps: u32,
    /// How deep the arrays that are turned into text may nest.
    pub depth: u32,
    /// Bytes of the longest string.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 100_000,
            depth: 100,
            text: 1 << 20,
        }
    }
}

/// Why a value cannot be computed; a sentence.
pub(super) type Failure = Cow<'static, str>;

const TOO_LONG: &str = "The evaluation stopped: it takes too many steps.";
const TOO_DEEP: &str = "The evaluation stopped: a list is nested too deep to be turned into text.";
const TEXT_TOO_LONG: &str = "The evaluation stopped: a text becomes too long.";
const NO_PRIMITIVE: &str = "An object with its own `toString` cannot be turned into text here.";

/// What is left of the limits.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    steps: u32,
}

impl Budget {
    pub(super) const fn new(limits: Limits) -> Self {
        Self {
            limits,
            steps: limits.steps,
        }
    }

    pub(super) fn step(&mut self, work: usize) -> Result<(), Failure> {
        let cost = u32::try_from(work / 64)
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        self.steps = self.steps.checked_sub(cost).ok_or(TOO_LONG)?;
        Ok(())
    }

    fn text(&mut self, size: usize) -> Result<(), Failure> {
        if size > self.limits.text {
            return Err(TEXT_TOO_LONG.into());
        }
        self.step(size)
    }
}

/// `ToPrimitive`. Without functions, arrays and objects can only become text.
fn to_primitive(value: &Value, budget: &mut Budget) -> Result<Value, Failure> {
    match value {
        Value::Array(_) | Value::Object(_) => Ok(Value::String(to_text(value, budget)?)),
        primitive => Ok(primitive.clone()),
    }
}

/// `ToString`
pub(super) fn to_text(value: &Value, budget: &mut Budget) -> Result<Text, Failure> {
    Ok(match value {
        Value::Undefined => "undefined".into(),
        Value::Null => "null".into(),
        Value::Boolean(true) => "true".into(),
        Value::Boolean(false) => "false".into(),
        Value::Number(value) => number::to_text(*value).into(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let mut units = Vec::new();
            join(values, &mut units, 0, budget)?;
            Text::from_units(&units)
        }
        Value::Object(object) => {
            if object.get("toString").is_some() {
                return Err(NO_PRIMITIVE.into());
            }
            "[object Object]".into()
        }
    })
}

/// `Array.prototype.join` with commas.
fn join(
    values: &Arc<[Value]>,
    units: &mut Vec<u16>,
    depth: u32,
    budget: &mut Budget,
) -> Result<(), Failure> {
    if depth >= budget.limits.depth {
        return Err(TOO_DEEP.into());
    }
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            units.push(u16::from(b','));
        }
        match value {
            Value::Undefined | Value::Null => budget.step(0)?,
            Value::Array(inner) => join(inner, units, depth + 1, budget)?,
            other => {
                let text = to_text(other, budget)?;
                budget.text(units.len() + text.size())?;
                units.extend(text.units());
            }
        }
    }
    Ok(())
}

/// `ToNumber`
pub(super) fn to_number(value: &Value, budget: &mut Budget) -> Result<f64, Failure> {
    Ok(match value {
        Value::Undefined => f64::NAN,
        Value::Null | Value::Boolean(false) => 0.0,
        Value::Boolean(true) => 1.0,
        Value::Number(value) => *value,
        Value::String(text) => {
            budget.step(text.size())?;
            text.as_str().map_or(f64::NAN, number::from_text)
        }
        Value::Array(_) | Value::Object(_) => {
            let text = to_text(value, budget)?;
            text.as_str().map_or(f64::NAN, number::from_text)
        }
    })
}

#[expect(clippy::float_cmp, reason = "JavaScript compares numbers exactly")]
fn same_number(left: f64, right: f64) -> bool {
    left == right
}

/// `IsStrictlyEqual`: `===`.
pub(super) fn strictly_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => same_number(*left, *right),
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Array(left), Value::Array(right)) => Arc::ptr_eq(left, right),
        (Value::Object(left), Value::Object(right)) => Arc::ptr_eq(left, right),
        _ => false,
    }
}

/// `SameValueZero`: as `===`, but NaN is itself.
pub(super) fn same_value_zero(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) if left.is_nan() && right.is_nan() => true,
        _ => strictly_equal(left, right),
    }
}

/// `IsLooselyEqual`: `==`.
fn loosely_equal(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Failure> {
    use Value::{Array, Boolean, Null, Number, Object, String, Undefined};
    Ok(match (left, right) {
        (Undefined | Null, Undefined | Null) => true,
        (Undefined | Null, _) | (_, Undefined | Null) => false,
        (Boolean(_), Boolean(_))
        | (Number(_), Number(_))
        | (String(_), String(_))
        | (Array(_) | Object(_), Array(_) | Object(_)) => strictly_equal(left, right),
        (Array(_) | Object(_), primitive) => {
            let left = to_primitive(left, budget)?;
            loosely_equal_primitives(&left, primitive, budget)?
        }
        (primitive, Array(_) | Object(_)) => {
            let right = to_primitive(right, budget)?;
            loosely_equal_primitives(primitive, &right, budget)?
        }
        _ => loosely_equal_primitives(left, right, budget)?,
    })
}

fn loosely_equal_primitives(
    left: &Value,
    right: &Value,
    budget: &mut Budget,
) -> Result<bool, Failure> {
    if let (Value::String(left), Value::String(right)) = (left, right) {
        return Ok(left == right);
    }
    Ok(same_number(
        to_number(left, budget)?,
        to_number(right, budget)?,
    ))
}

/// `IsLessThan`, except that it answers with the order: `None` where NaN is involved.
fn order(left: &Value, right: &Value, budget: &mut Budget) -> Result<Option<Ordering>, Failure> {
    let left = to_primitive(left, budget)?;
    let right = to_primitive(right, budget)?;
    if let (Value::String(left), Value::String(right)) = (&left, &right) {
        budget.step(left.size().min(right.size()))?;
        return Ok(Some(left.compare(right)));
    }
    let left = to_number(&left, budget)?;
    Ok(left.partial_cmp(&to_number(&right, budget)?))
}

/// `+`
fn add(left: &Value, right: &Value, budget: &mut Budget) -> Result<Value, Failure> {
    let left = to_primitive(left, budget)?;
    let right = to_primitive(right, budget)?;
    if matches!(left, Value::String(_)) || matches!(right, Value::String(_)) {
        let (left, right) = (to_text(&left, budget)?, to_text(&right, budget)?);
        budget.text(left.size() + right.size())?;
        return Ok(left.join(&right).into());
    }
    Ok(Value::Number(
        to_number(&left, budget)? + to_number(&right, budget)?,
    ))
}

/// The position in an array that a property key names, if it names one.
pub(super) fn array_index(key: &str) -> Option<usize> {
    let canonical = key == "0" || (!key.starts_with('0') && !key.starts_with('+'));
    let index: u32 = canonical.then(|| key.parse().ok())??;
    (index < u32::MAX).then_some(index as usize)
}

/// `key in container`
fn contains_key(key: &Value, container: &Value, budget: &mut Budget) -> Result<bool, Failure> {
    match container {
        Value::Array(values) => {
            let key = to_text(key, budget)?;
            let key = key.to_str();
            Ok(key == "length" || array_index(&key).is_some_and(|index| index < values.len()))
        }
        Value::Object(object) => {
            let key = to_text(key, budget)?;
            Ok(key.as_str().is_some_and(|key| object.get(key).is_some()))
        }
        other => Err(format!(
            "`in` looks for a key in an object or a list, and this is {}.",
            other.describe()
        )
        .into()),
    }
}

/// Applies an operator to both operands. `&&`, `||` and `??` give their second operand: whether
/// it is needed at all is decided before.
pub(super) fn binary(
    operator: Binary,
    left: &Value,
    right: &Value,
    budget: &mut Budget,
) -> Result<Value, Failure> {
    use std::ops::{Div, Mul, Rem, Sub};
    let mut arithmetic = |operation: fn(f64, f64) -> f64| {
        let left = to_number(left, budget)?;
        Ok(Value::Number(operation(left, to_number(right, budget)?)))
    };
    Ok(Value::Boolean(match operator {
        Binary::Or | Binary::And | Binary::Nullish => return Ok(right.clone()),
        Binary::Add => return add(left, right, budget),
        Binary::Subtract => return arithmetic(f64::sub),
        Binary::Multiply => return arithmetic(f64::mul),
        Binary::Divide => return arithmetic(f64::div),
        Binary::Remainder => return arithmetic(f64::rem),
        Binary::Equal => loosely_equal(left, right, budget)?,
        Binary::NotEqual => !loosely_equal(left, right, budget)?,
        Binary::StrictEqual => strictly_equal(left, right),
        Binary::StrictNotEqual => !strictly_equal(left, right),
        Binary::In => contains_key(left, right, budget)?,
        Binary::Less => order(left, right, budget)? == Some(Ordering::Less),
        Binary::Greater => order(left, right, budget)? == Some(Ordering::Greater),
        Binary::LessEqual => order(left, right, budget)?.is_some_and(Ordering::is_le),
        Binary::GreaterEqual => order(left, right, budget)?.is_some_and(Ordering::is_ge),
    }))
}

/// Applies an operator to its operand.
pub(super) fn unary(
    operator: Unary,
    operand: &Value,
    budget: &mut Budget,
) -> Result<Value, Failure> {
    Ok(match operator {
        Unary::Not => Value::Boolean(!operand.is_truthy()),
        Unary::Minus => Value::Number(-to_number(operand, budget)?),
        Unary::Plus => Value::Number(to_number(operand, budget)?),
    })
}
