//! Numbers and their texts as ECMAScript defines them: `Number::toString` with radix 10 and
//! `StringToNumber`.

use super::characters::is_space;
use crate::json::shortest;

/// The text JavaScript gives for a number (ECMA-262, `Number::toString`).
pub fn to_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let shortest = shortest(number.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let digits: String = mantissa.chars().filter(|digit| *digit != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut text = String::with_capacity(digits.len() + 8);
    if number < 0.0 {
        text.push('-');
    }
    lay_out(&mut text, &digits, exponent + 1);
    text
}

/// Writes digits whose decimal point stands after the first `point` of them.
fn lay_out(text: &mut String, digits: &str, point: i32) {
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |text: &mut String, number: i32| (0..number).for_each(|_| text.push('0'));
    if (1..=21).contains(&point) {
        if count <= point {
            text.push_str(digits);
            zeros(text, point - count);
        } else {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            text.push_str(whole);
            text.push('.');
            text.push_str(fraction);
        }
    } else if (-5..=0).contains(&point) {
        text.push_str("0.");
        zeros(text, -point);
        text.push_str(digits);
    } else {
        let (first, rest) = digits.split_at(1);
        text.push_str(first);
        if !rest.is_empty() {
            text.push('.');
            text.push_str(rest);
        }
        text.push('e');
        text.push(if point > 0 { '+' } else { '-' });
        text.push_str(&(point - 1).abs().to_string());
    }
}

/// The number JavaScript reads in a text (ECMA-262, `StringToNumber`); NaN when it is none.
pub fn from_text(text: &str) -> f64 {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return 0.0;
    }
    if let Some(("0", rest)) = text.split_at_checked(1)
        && let Some((prefix, digits)) = rest.split_at_checked(1)
        && let Some(base) = match prefix {
            "x" | "X" => Some(16),
            "o" | "O" => Some(8),
            "b" | "B" => Some(2),
            _ => None,
        }
    {
        let valid = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base));
        return if valid { radix(digits, base) } else { f64::NAN };
    }
    match text.strip_prefix(['+', '-']).unwrap_or(text) {
        "Infinity" if text.starts_with('-') => f64::NEG_INFINITY,
        "Infinity" => f64::INFINITY,
        // Rust also reads `inf` and `nan`; JavaScript does not.
        unsigned if unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// The value of digits in a base that is a power of two, rounded to the nearest number.
pub(super) fn radix(digits: &str, base: u32) -> f64 {
    let width = base.trailing_zeros();
    let mut mantissa: u64 = 0;
    let mut exponent: i32 = 0;
    let mut dropped = false;
    for digit in digits.chars().filter_map(|digit| digit.to_digit(base)) {
        if mantissa >> (63 - width) == 0 {
            mantissa = mantissa << width | u64::from(digit);
        } else {
            exponent = exponent.saturating_add(width.cast_signed());
            dropped |= digit != 0;
        }
    }
    // More than 54 bits are kept, so one sticky bit at the end is enough to round rightly.
    mantissa |= u64::from(dropped);
    #[expect(
        clippy::cast_precision_loss,
        reason = "this is the rounding that is meant"
    )]
    let rounded = mantissa as f64;
    rounded * 2_f64.powi(exponent)
}
