//! What a file holds, told as the difference from the text that is edited: a document of ten
//! megabytes with one changed label then costs a label, not ten megabytes more.

use std::sync::Arc;

/// Replaced in the text, gives the text of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Where the difference starts, in bytes of UTF-8.
    pub start: usize,
    /// Where it ends in the edited text.
    pub end: usize,
    /// What the file has there.
    pub text: String,
}

impl Original {
    /// How the file's text differs from `text`; none when it does not. O(bytes).
    pub fn between(text: &str, file: &str) -> Option<Self> {
        if text == file {
            return None;
        }
        let same = text.bytes().zip(file.bytes()).take_while(|(a, b)| a == b);
        let mut start = same.count();
        while !text.is_char_boundary(start) || !file.is_char_boundary(start) {
            start -= 1;
        }
        let (rest, file_rest) = (&text[start..], &file[start..]);
        let same = rest.bytes().rev().zip(file_rest.bytes().rev());
        let mut tail = same.take_while(|(a, b)| a == b).count();
        while !rest.is_char_boundary(rest.len() - tail)
            || !file_rest.is_char_boundary(file_rest.len() - tail)
        {
            tail -= 1;
        }
        Some(Self {
            start,
            end: text.len() - tail,
            text: file_rest[..file_rest.len() - tail].to_owned(),
        })
    }

    /// The file's text; none when this is no difference from `text`.
    pub fn apply(&self, text: &str) -> Option<Arc<str>> {
        let before = text.get(..self.start)?;
        let after = text.get(self.end.max(self.start)..)?;
        Some([before, &self.text, after].concat().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_middle_is_kept() {
        let original = Original::between("{\"a\": 123}", "{\"a\": 13}").unwrap();
        assert_eq!(original.text.len() + original.end - original.start, 1);
    }

    proptest! {
        #[test]
        fn the_file_comes_back(text in "[aäb🙂]{0,8}", file in "[aäb🙂]{0,8}") {
            match Original::between(&text, &file) {
                Some(original) => prop_assert_eq!(&*original.apply(&text).unwrap(), file.as_str()),
                None => prop_assert_eq!(text, file),
            }
        }
    }
}
