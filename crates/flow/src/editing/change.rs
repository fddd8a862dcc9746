//! What somebody changed in a text: the part that differs, and whether two such changes can stand
//! together.

use crate::json::{Span, TextEdit};

/// The smallest edit that leads from `old` to `new`; `None` when they are equal. O(texts).
pub fn difference(old: &str, new: &str) -> Option<TextEdit> {
    if old == new {
        return None;
    }
    let mut start = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let longest = old.len().min(new.len()) - start;
    let mut same = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(longest)
        .take_while(|(left, right)| left == right)
        .count();
    while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
        same -= 1;
    }
    Some(TextEdit {
        span: Span::new(offset(start), offset(old.len() - same)),
        text: new[start..new.len() - same].to_owned(),
    })
}

/// Makes the change from `base` to `draft` in `now`, which was changed from `base` too. `None`
/// where both changed the same place: which of them is meant is not for a program to say.
pub fn rebase(base: &str, draft: &str, now: &str) -> Option<String> {
    let (Some(mine), Some(theirs)) = (difference(base, draft), difference(base, now)) else {
        return Some(if base == draft { now } else { draft }.to_owned());
    };
    if draft == now {
        return Some(draft.to_owned());
    }
    let grown = now
        .len()
        .checked_add(draft.len())?
        .checked_sub(base.len())?;
    let mut merged = String::with_capacity(grown);
    if mine.span.end <= theirs.span.start && mine.span != theirs.span {
        merged.push_str(&draft[..mine.span.start as usize + mine.text.len()]);
        merged.push_str(&now[mine.span.end as usize..]);
    } else if theirs.span.end <= mine.span.start && mine.span != theirs.span {
        merged.push_str(&now[..theirs.span.start as usize + theirs.text.len()]);
        merged.push_str(&draft[theirs.span.end as usize..]);
    } else {
        return None;
    }
    Some(merged)
}

/// Where a span of the text before an edit stands after it; `None` when the edit touches it.
pub fn carried(span: Span, edit: &TextEdit) -> Option<Span> {
    if span.end <= edit.span.start {
        return Some(span);
    }
    if span.start < edit.span.end {
        return None;
    }
    let grown = offset(edit.text.len());
    let shift = |at: u32| at - edit.span.end + edit.span.start + grown;
    Some(Span::new(shift(span.start), shift(span.end)))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::apply_edits;

    #[test]
    fn the_difference_is_as_small_as_it_can_be() {
        let edit = difference("one two three", "one 2 three").unwrap();
        assert_eq!((edit.span, edit.text.as_str()), (Span::new(4, 7), "2"));
        let grown = difference("aa", "aaa").unwrap();
        assert_eq!((grown.span, grown.text.as_str()), (Span::new(2, 2), "a"));
        // The two share their first byte in UTF-8, but no character.
        let letters = difference("é", "è").unwrap();
        assert_eq!(
            (letters.span, letters.text.as_str()),
            (Span::new(0, 2), "è")
        );
        assert_eq!(difference("same", "same"), None);
    }

    #[test]
    fn changes_apart_are_joined_and_changes_of_one_place_are_not() {
        let base = "{\"a\": 1, \"b\": 2}";
        let draft = "{\"a\": 10, \"b\": 2}";
        assert_eq!(
            rebase(base, draft, "{\"a\": 1, \"b\": 3}").as_deref(),
            Some("{\"a\": 10, \"b\": 3}")
        );
        assert_eq!(
            rebase(base, "{\"a\": 1, \"b\": 3}", draft).as_deref(),
            Some("{\"a\": 10, \"b\": 3}")
        );
        assert_eq!(rebase(base, draft, "{\"a\": 11, \"b\": 2}"), None);
        assert_eq!(rebase(base, draft, base).as_deref(), Some(draft));
        assert_eq!(rebase(base, base, draft).as_deref(), Some(draft));
        assert_eq!(rebase(base, draft, draft).as_deref(), Some(draft));
    }

    #[test]
    fn spans_are_carried_along() {
        let edit = TextEdit {
            span: Span::new(4, 6),
            text: "longer".to_owned(),
        };
        assert_eq!(carried(Span::new(0, 4), &edit), Some(Span::new(0, 4)));
        assert_eq!(carried(Span::new(6, 8), &edit), Some(Span::new(10, 12)));
        assert_eq!(carried(Span::new(3, 5), &edit), None);
        assert_eq!(carried(Span::new(0, 9), &edit), None);
    }

    proptest! {
        #[test]
        fn a_difference_leads_from_one_text_to_the_other(old in "[aé😀\n]{0,12}", new in "[aé😀\n]{0,12}") {
            let edits: Vec<_> = difference(&old, &new).into_iter().collect();
            prop_assert_eq!(apply_edits(&old, &edits).0, new);
        }

        #[test]
        fn a_rebase_never_panics(base in "[aé😀]{0,8}", draft in "[aé😀]{0,8}", now in "[aé😀]{0,8}") {
            let _ = rebase(&base, &draft, &now);
        }
    }
}
