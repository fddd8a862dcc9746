//! Strings as JavaScript has them: sequences of UTF-16 units. Well-formed ones, which is nearly
//! all, are kept as UTF-8.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::characters::is_space;

/// An immutable string value; cloning it is cheap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Units);

// A string without lone surrogates is always `Utf8`, so that equal strings are equal values.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Units {
    Utf8(Arc<str>),
    Utf16(Arc<[u16]>),
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Units::Utf8(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Units::Utf8(text.into()))
    }
}

impl Text {
    /// The string of these UTF-16 units; lone surrogates are kept.
    pub fn from_units(units: &[u16]) -> Self {
        String::from_utf16(units).map_or_else(|_| Self(Units::Utf16(units.into())), Self::from)
    }

    /// The text, unless it holds half a surrogate pair.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Units::Utf8(text) => Some(text),
            Units::Utf16(_) => None,
        }
    }

    /// The text; a lone surrogate becomes U+FFFD.
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.0 {
            Units::Utf8(text) => Cow::Borrowed(text),
            Units::Utf16(units) => Cow::Owned(String::from_utf16_lossy(units)),
        }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Units::Utf8(text) => text.is_empty(),
            Units::Utf16(units) => units.is_empty(),
        }
    }

    /// The bytes it takes in memory.
    pub fn size(&self) -> usize {
        match &self.0 {
            Units::Utf8(text) => text.len(),
            Units::Utf16(units) => units.len() * 2,
        }
    }

    /// Its UTF-16 units.
    pub fn units(&self) -> impl Iterator<Item = u16> + '_ {
        let (utf8, utf16) = match &self.0 {
            Units::Utf8(text) => (&**text, [].as_slice()),
            Units::Utf16(units) => ("", &**units),
        };
        utf8.encode_utf16().chain(utf16.iter().copied())
    }

    /// Its length in UTF-16 units, which is JavaScript's `length`.
    pub fn length(&self) -> usize {
        match &self.0 {
            Units::Utf8(text) if text.is_ascii() => text.len(),
            Units::Utf8(text) => text.encode_utf16().count(),
            Units::Utf16(units) => units.len(),
        }
    }

    /// The string of the one unit at `index`.
    pub fn unit_at(&self, index: usize) -> Option<Self> {
        let unit = match &self.0 {
            Units::Utf8(text) if text.is_ascii() => u16::from(*text.as_bytes().get(index)?),
            _ => self.units().nth(index)?,
        };
        Some(Self::from_units(&[unit]))
    }

    /// The order of the UTF-16 units.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.units().cmp(other.units())
    }

    /// This string followed by another.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if let (Some(left), Some(right)) = (self.as_str(), other.as_str()) {
            return [left, right].concat().into();
        }
        Self::from_units(&self.units().chain(other.units()).collect::<Vec<_>>())
    }

    /// The part from unit `start` on.
    fn skip(&self, start: usize) -> Self {
        if start == 0 {
            return self.clone();
        }
        Self::from_units(&self.units().skip(start).collect::<Vec<_>>())
    }

    /// Whether `other` occurs at or after unit `start`.
    pub fn includes(&self, other: &Self, start: usize) -> bool {
        let rest = self.skip(start.min(self.length()));
        if let (Some(text), Some(part)) = (rest.as_str(), other.as_str()) {
            return text.contains(part);
        }
        let (text, part) = (
            rest.units().collect::<Vec<_>>(),
            other.units().collect::<Vec<_>>(),
        );
        part.is_empty() || text.windows(part.len()).any(|window| window == part)
    }

    /// Whether `other` stands at unit `start`.
    pub fn starts_with(&self, other: &Self, start: usize) -> bool {
        let mut units = self.units().skip(start.min(self.length()));
        other.units().all(|unit| units.next() == Some(unit))
    }

    /// Whether the part before unit `end` ends with `other`.
    pub fn ends_with(&self, other: &Self, end: usize) -> bool {
        let end = end.min(self.length());
        let length = other.length();
        length <= end
            && self
                .units()
                .skip(end - length)
                .take(length)
                .eq(other.units())
    }

    /// In lower case, by the Unicode rules that know no language.
    #[must_use]
    pub fn to_lower_case(&self) -> Self {
        self.convert(str::to_lowercase)
    }

    /// In upper case, by the Unicode rules that know no language.
    #[must_use]
    pub fn to_upper_case(&self) -> Self {
        self.convert(str::to_uppercase)
    }

    /// Without white space at both ends.
    #[must_use]
    pub fn trim(&self) -> Self {
        match &self.0 {
            Units::Utf8(text) => text.trim_matches(is_space).into(),
            Units::Utf16(units) => {
                let space = |unit: &u16| char::from_u32(u32::from(*unit)).is_some_and(is_space);
                let start = units.iter().position(|unit| !space(unit)).unwrap_or(0);
                let end = units
                    .iter()
                    .rposition(|unit| !space(unit))
                    .map_or(0, |last| last + 1);
                Self::from_units(&units[start..end])
            }
        }
    }

    /// Converts each well-formed part; lone surrogates have no case and stay.
    fn convert(&self, part: impl Fn(&str) -> String) -> Self {
        let Units::Utf16(units) = &self.0 else {
            return part(&self.to_str()).into();
        };
        let mut converted = Vec::with_capacity(units.len());
        let mut well_formed = String::new();
        for decoded in char::decode_utf16(units.iter().copied()) {
            match decoded {
                Ok(character) => well_formed.push(character),
                Err(lone) => {
                    converted.extend(part(&well_formed).encode_utf16());
                    well_formed.clear();
                    converted.push(lone.unpaired_surrogate());
                }
            }
        }
        converted.extend(part(&well_formed).encode_utf16());
        Self::from_units(&converted)
    }
}
