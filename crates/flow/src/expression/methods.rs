//! What properties, methods and functions give: `length`, `includes`, `Math.max` and the rest of
//! `functions.rs`, each as ECMA-262 defines it.

use std::f64::consts::LN_2;

use super::functions::{Function, MathFunction, Method};
use super::operators::{Budget, Failure, array_index, same_value_zero, to_number, to_text};
use super::text::Text;
use super::value::Value;

/// `object.key`, where `object` is neither null nor undefined.
pub(super) fn property(object: &Value, key: &str) -> Result<Value, Failure> {
    let is_method = match object {
        Value::String(_) => Method::named(key).is_some(),
        Value::Array(_) => key == "includes",
        _ => false,
    };
    if is_method {
        return Err(format!("`{key}` is a method; write `{key}(…)` to call it.").into());
    }
    Ok(match object {
        Value::String(text) if key == "length" => length(text.length()),
        Value::String(text) => array_index(key)
            .and_then(|index| text.unit_at(index))
            .map_or(Value::Undefined, Value::String),
        Value::Array(values) if key == "length" => length(values.len()),
        Value::Array(values) => array_index(key)
            .and_then(|index| values.get(index))
            .cloned()
            .unwrap_or_default(),
        Value::Object(object) => object.get(key).cloned().unwrap_or_default(),
        _ => Value::Undefined,
    })
}

/// `object[key]`, where `object` is neither null nor undefined.
pub(super) fn indexed(object: &Value, key: &Value, budget: &mut Budget) -> Result<Value, Failure> {
    let key = to_text(key, budget)?;
    budget.step(match object {
        Value::String(text) => text.size(),
        _ => 0,
    })?;
    // No key of a document holds a lone surrogate.
    key.as_str()
        .map_or(Ok(Value::Undefined), |key| property(object, key))
}

#[expect(clippy::cast_precision_loss, reason = "no length reaches 2^53")]
fn length(length: usize) -> Value {
    Value::Number(length as f64)
}

/// `ToIntegerOrInfinity`, clamped to what can be a position.
fn position(value: &Value, budget: &mut Budget) -> Result<usize, Failure> {
    let number = to_number(value, budget)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and NaN becomes 0, as is wanted"
    )]
    Ok(number as usize)
}

/// Whether a value has a method of this name.
pub(super) const fn has_method(object: &Value, method: Method) -> bool {
    match object {
        Value::String(_) => true,
        Value::Array(_) => matches!(method, Method::Includes),
        _ => false,
    }
}

/// Calls a method that the value has; see [`has_method`].
pub(super) fn call_method(
    object: &Value,
    method: Method,
    arguments: &[Value],
    budget: &mut Budget,
) -> Result<Value, Failure> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    let second = arguments.get(1).unwrap_or(&Value::Undefined);
    match object {
        Value::String(text) => string_method(text, method, first, second, budget),
        Value::Array(values) => {
            let start = to_number(second, budget)?;
            let start = if start < 0.0 {
                let from_end = position(&Value::Number(-start), budget)?;
                values.len().saturating_sub(from_end)
            } else {
                position(second, budget)?
            };
            let rest = values.get(start..).unwrap_or_default();
            budget.step(rest.len().saturating_mul(8))?;
            Ok(Value::Boolean(
                rest.iter().any(|value| same_value_zero(value, first)),
            ))
        }
        other => Err(format!("{} has no method `{}`.", other.describe(), method.name()).into()),
    }
}

fn string_method(
    text: &Text,
    method: Method,
    first: &Value,
    second: &Value,
    budget: &mut Budget,
) -> Result<Value, Failure> {
    budget.step(text.size())?;
    let converted = match method {
        Method::ToLowerCase => Some(text.to_lower_case()),
        Method::ToUpperCase => Some(text.to_upper_case()),
        Method::Trim => Some(text.trim()),
        _ => None,
    };
    if let Some(converted) = converted {
        return Ok(converted.into());
    }
    let part = to_text(first, budget)?;
    if part.as_str().is_none() || text.as_str().is_none() {
        // The search over units is the plain one, in proportion to both lengths.
        budget.step(text.size().saturating_mul(part.size()))?;
    }
    Ok(Value::Boolean(match method {
        Method::EndsWith if matches!(second, Value::Undefined) => text.ends_with(&part, usize::MAX),
        Method::EndsWith => text.ends_with(&part, position(second, budget)?),
        Method::StartsWith => text.starts_with(&part, position(second, budget)?),
        _ => text.includes(&part, position(second, budget)?),
    }))
}

/// Calls a function.
pub(super) fn call(
    function: Function,
    arguments: &[Value],
    budget: &mut Budget,
) -> Result<Value, Failure> {
    Ok(match function {
        Function::Boolean => Value::Boolean(arguments.first().is_some_and(Value::is_truthy)),
        Function::Number => match arguments.first() {
            Some(value) => Value::Number(to_number(value, budget)?),
            None => Value::Number(0.0),
        },
        Function::String => match arguments.first() {
            Some(value) => Value::String(to_text(value, budget)?),
            None => Value::String(Text::default()),
        },
        Function::Math(function) => Value::Number(math(function, arguments, budget)?),
    })
}

fn math(function: MathFunction, arguments: &[Value], budget: &mut Budget) -> Result<f64, Failure> {
    if matches!(
        function,
        MathFunction::Max | MathFunction::Min | MathFunction::Hypot
    ) {
        let mut numbers = Vec::with_capacity(arguments.len());
        for argument in arguments {
            numbers.push(to_number(argument, budget)?);
        }
        return Ok(of_all(function, &numbers));
    }
    let x = to_number(arguments.first().unwrap_or(&Value::Undefined), budget)?;
    let mut second = || to_number(arguments.get(1).unwrap_or(&Value::Undefined), budget);
    Ok(match function {
        MathFunction::Atan2 => x.atan2(second()?),
        MathFunction::Pow => power(x, second()?),
        MathFunction::Imul => {
            let product = to_int32(x).wrapping_mul(to_int32(second()?));
            f64::from(product.cast_signed())
        }
        _ => of_one(function, x),
    })
}

/// From here on the square root of x² ± 1 is x to the last digit, and x² may overflow.
const HUGE: f64 = 268_435_456.0;

fn of_one(function: MathFunction, x: f64) -> f64 {
    match function {
        MathFunction::Abs => x.abs(),
        MathFunction::Acos => x.acos(),
        MathFunction::Acosh if x > HUGE => x.ln() + LN_2,
        MathFunction::Acosh => x.acosh(),
        MathFunction::Asin => x.asin(),
        MathFunction::Asinh if x.abs() > HUGE => (x.abs().ln() + LN_2).copysign(x),
        MathFunction::Asinh => x.asinh(),
        MathFunction::Atan => x.atan(),
        MathFunction::Atanh => x.atanh(),
        MathFunction::Cbrt => x.cbrt(),
        MathFunction::Ceil => x.ceil(),
        MathFunction::Clz32 => f64::from(to_int32(x).leading_zeros()),
        MathFunction::Cos => x.cos(),
        MathFunction::Cosh => x.cosh(),
        MathFunction::Exp => x.exp(),
        MathFunction::Expm1 => x.exp_m1(),
        MathFunction::Floor => x.floor(),
        #[expect(clippy::cast_possible_truncation, reason = "this is what fround does")]
        MathFunction::Fround => f64::from(x as f32),
        MathFunction::Log => x.ln(),
        MathFunction::Log10 => x.log10(),
        MathFunction::Log1p => x.ln_1p(),
        MathFunction::Log2 => x.log2(),
        MathFunction::Round => round(x),
        MathFunction::Sign if x == 0.0 || x.is_nan() => x,
        MathFunction::Sign => x.signum(),
        MathFunction::Sin => x.sin(),
        MathFunction::Sinh => x.sinh(),
        MathFunction::Sqrt => x.sqrt(),
        MathFunction::Tan => x.tan(),
        MathFunction::Tanh => x.tanh(),
        MathFunction::Trunc => x.trunc(),
        // The functions of two or more numbers are computed before.
        MathFunction::Atan2
        | MathFunction::Hypot
        | MathFunction::Imul
        | MathFunction::Max
        | MathFunction::Min
        | MathFunction::Pow => f64::NAN,
    }
}

fn of_all(function: MathFunction, numbers: &[f64]) -> f64 {
    if function == MathFunction::Hypot {
        if numbers.iter().any(|number| number.is_infinite()) {
            return f64::INFINITY;
        }
        return numbers
            .iter()
            .fold(0.0, |length: f64, &number| length.hypot(number));
    }
    if numbers.iter().any(|number| number.is_nan()) {
        return f64::NAN;
    }
    // `total_cmp` puts -0 below +0, which ECMAScript asks for and `f64::max` does not promise.
    let sorted = numbers.iter().copied();
    if function == MathFunction::Max {
        sorted.max_by(f64::total_cmp).unwrap_or(f64::NEG_INFINITY)
    } else {
        sorted.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
    }
}

/// `Math.pow`, which unlike IEEE 754 knows no answer for 1 to the power of NaN or infinity.
fn power(base: f64, exponent: f64) -> f64 {
    let undefined = exponent.is_nan() || (base.abs() - 1.0 == 0.0 && exponent.is_infinite());
    if undefined {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

/// `Math.round`: halves go up, and the sign of zero is kept.
fn round(x: f64) -> f64 {
    let floor = x.floor();
    let rounded = if x - floor >= 0.5 { floor + 1.0 } else { floor };
    if x.is_finite() {
        rounded.copysign(x)
    } else {
        x
    }
}

/// `ToInt32`, as bits.
fn to_int32(x: f64) -> u32 {
    if !x.is_finite() {
        return 0;
    }
    let modulo = x.trunc().rem_euclid(4_294_967_296.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the remainder lies in the range of u32"
    )]
    let bits = modulo as u32;
    bits
}
