//! The conditions and scripts of a dialog flow, each distinct text read once.

use super::ids::Map;
use crate::expression::{Bounds, Expression, Polarity, parse};

/// Texts of which many places have the same: what was read from each distinct one.
#[derive(Debug)]
pub struct Texts<T> {
    /// The number of the text that each place has; [`NONE`] where it has none.
    of: Vec<u32>,
    /// What was read from each distinct text, in order of first appearance.
    pub distinct: Vec<T>,
}

const NONE: u32 = u32::MAX;

impl<T> Texts<T> {
    /// Reads the texts of places. O(places) and one reading for each distinct text.
    pub(super) fn new<'a>(
        places: impl ExactSizeIterator<Item = Option<&'a str>>,
        read: impl Fn(&'a str) -> T,
    ) -> Self {
        let mut numbers: Map<&str, u32> = Map::default();
        let mut of = Vec::with_capacity(places.len());
        let mut distinct = Vec::new();
        for place in places {
            let Some(text) = place else {
                of.push(NONE);
                continue;
            };
            let number = *numbers.entry(text).or_insert_with(|| {
                distinct.push(read(text));
                u32::try_from(distinct.len() - 1).unwrap_or(NONE)
            });
            of.push(number);
        }
        Self { of, distinct }
    }

    /// The number of the text of a place, when it has one.
    pub fn number(&self, place: usize) -> Option<usize> {
        let number = self.of[place];
        (number != NONE).then_some(number as usize)
    }

    /// What was read from the text of a place, when it has one.
    pub fn get(&self, place: usize) -> Option<&T> {
        self.number(place).map(|number| &self.distinct[number])
    }
}

/// A condition, with what branches are compared by.
#[derive(Debug)]
pub struct Condition<'a> {
    /// What it says.
    pub expression: Expression<'a>,
    /// Equal for conditions that differ in spelling only.
    pub fingerprint: u64,
    /// Between which numbers one path lies, where it says only that.
    pub bounds: Option<Bounds>,
    /// What it affirms or denies.
    pub polarity: Polarity,
}

impl<'a> Condition<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let expression = parse(text);
        Self {
            fingerprint: expression.fingerprint(),
            bounds: expression.bounds().filter(|_| expression.is_valid()),
            polarity: expression.polarity(),
            expression,
        }
    }
}
