//! Finding a name by a few of its letters, as a list of commands is searched.

/// How well a query fits a text, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The better it fits the more.
    pub score: i32,
    /// The characters that were found, by number, sorted, each once.
    pub places: Vec<usize>,
}

/// For each letter that is found.
const LETTER: i32 = 1;
/// At the start of a word.
const WORD_START: i32 = 8;
/// Right after the letter before.
const TOGETHER: i32 = 9;

/// Fits the words of `query` into `text`, each for itself and in any order: their letters must
/// appear in their order. Upper and lower case are the same. None when one of them does not fit; an
/// empty query fits everything.
///
/// # Complexity
/// O(letters of the query · letters of the text).
pub fn fit(query: &str, text: &str) -> Option<Fit> {
    let letters: Vec<char> = text.chars().map(folded).collect();
    let mut whole = Fit::default();
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(folded).collect();
        let fit = fit_word(&word, &letters)?;
        whole.score += fit.score;
        whole.places.extend(fit.places);
    }
    whole.places.sort_unstable();
    whole.places.dedup();
    // Of two texts that fit alike the shorter is meant.
    let length = i32::try_from(letters.len().min(200)).unwrap_or(200);
    whole.score = whole.score * 16 - length;
    Some(whole)
}

fn folded(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}

fn fit_word(word: &[char], text: &[char]) -> Option<Fit> {
    let starts =
        |at: usize| at == 0 || (!text[at - 1].is_alphanumeric() && text[at].is_alphanumeric());
    // The best score with the letters so far, the last of them at each place, and where the one
    // before it stands.
    let mut rows: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(word.len());
    for (row, &letter) in word.iter().enumerate() {
        let mut current = vec![None; text.len()];
        let mut best: Option<(i32, usize)> = None;
        for at in 0..text.len() {
            let before = match (row, at) {
                (0, _) => Some((0, usize::MAX)),
                (_, 0) => None,
                _ => {
                    let adjacent = rows[row - 1][at - 1].map(|(score, _)| (score, at - 1));
                    best = best.max(adjacent);
                    let together = adjacent.map(|(score, from)| (score + TOGETHER, from));
                    best.max(together)
                }
            };
            if text[at] == letter
                && let Some((score, from)) = before
            {
                let bonus = if starts(at) { WORD_START } else { 0 };
                current[at] = Some((score + LETTER + bonus, from));
            }
        }
        rows.push(current);
    }
    let last = rows.last()?;
    let scored = last
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| Some((cell.as_ref()?.0, at)));
    // Of equal ones the first.
    let (score, mut at) = scored.max_by_key(|&(score, at)| (score, std::cmp::Reverse(at)))?;
    let mut places = Vec::with_capacity(word.len());
    for row in rows.iter().rev() {
        places.push(at);
        at = row[at].map_or(at, |(_, from)| from);
    }
    places.reverse();
    Some(Fit { score, places })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn best<'a>(query: &str, texts: &[&'a str]) -> Option<&'a str> {
        let fits = texts
            .iter()
            .filter_map(|text| Some((fit(query, text)?.score, *text)));
        fits.max_by_key(|(score, _)| *score).map(|(_, text)| text)
    }

    fn marked(query: &str, text: &str) -> Option<String> {
        let places = fit(query, text)?.places;
        let letters = text.chars().enumerate();
        Some(
            letters
                .map(|(at, letter)| if places.contains(&at) { letter } else { '.' })
                .collect(),
        )
    }

    #[test]
    fn letters_at_the_start_of_words_count_most() {
        let names = ["Fit selection", "Find and replace", "Finish", "Zoom to fit"];
        assert_eq!(best("fs", &names), Some("Fit selection"));
        assert_eq!(best("far", &names), Some("Find and replace"));
        assert_eq!(best("fini", &names), Some("Finish"));
        assert_eq!(best("fit zo", &names), Some("Zoom to fit"));
        assert_eq!(best("xq", &names), None);
    }

    #[test]
    fn what_was_found_is_told() {
        assert_eq!(
            marked("far", "Find and replace").unwrap(),
            "F....a...r......"
        );
        assert_eq!(
            marked("REP", "Find and replace").unwrap(),
            ".........rep...."
        );
        assert_eq!(marked("", "Undo").unwrap(), "....");
        assert_eq!(marked("ud", "Undo").unwrap(), "U.d.");
        assert_eq!(marked("uu", "Undo"), None);
    }

    proptest! {
        #[test]
        fn a_fit_spells_the_query(query in "[abc]{1,4}", text in "[abc A]{0,12}") {
            let letters: Vec<char> = text.to_lowercase().chars().collect();
            let mut rest = query.chars().peekable();
            for letter in &letters {
                if rest.peek() == Some(letter) {
                    rest.next();
                }
            }
            let is_inside = rest.peek().is_none();
            let fit = fit(&query, &text);
            prop_assert_eq!(fit.is_some(), is_inside);
            if let Some(fit) = fit {
                let spelled: String = fit.places.iter().map(|&at| letters[at]).collect();
                prop_assert_eq!(spelled, query);
            }
        }
    }
}
