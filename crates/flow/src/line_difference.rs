//! Which lines two texts do not share: enough to see what somebody else changed in a file.

use std::collections::HashMap;

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub text: String,
}

/// The lines that only one of two texts has. A line that only moved is in neither list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDifference {
    /// Lines of the first text that the second lacks.
    pub first: Vec<Line>,
    /// Lines of the second text that the first lacks.
    pub second: Vec<Line>,
}

impl LineDifference {
    /// Compares two texts. O(bytes).
    pub fn between(first: &str, second: &str) -> Self {
        Self {
            first: lacking(first, second),
            second: lacking(second, first),
        }
    }
}

/// The lines of `text` that `other` has not, or not as often.
fn lacking(text: &str, other: &str) -> Vec<Line> {
    let mut there: HashMap<&str, usize> = HashMap::new();
    for line in other.lines() {
        *there.entry(line).or_default() += 1;
    }
    let mut only_here = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match there.get_mut(line) {
            Some(count) if *count > 0 => *count -= 1,
            _ => only_here.push(Line {
                number,
                text: line.to_owned(),
            }),
        }
    }
    only_here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_on_both_sides_with_their_numbers() {
        let difference = LineDifference::between("a\nb\nc\n", "a\nB\nc\nc\n");
        let line = |number, text: &str| Line {
            number,
            text: text.to_owned(),
        };
        assert_eq!(difference.first, [line(2, "b")]);
        assert_eq!(difference.second, [line(2, "B"), line(4, "c")]);
    }

    #[test]
    fn equal_texts_and_moved_lines_differ_in_nothing() {
        let same = LineDifference::default();
        assert_eq!(LineDifference::between("a\nb", "a\nb\n"), same);
        assert_eq!(LineDifference::between("a\nb", "b\na"), same);
    }
}
