//! Which lines of a text were taken out and put in, with the lines around them: for code and messages.
//! Lines of files, where what moved does not matter, are compared in [`crate::line_difference`].

use crate::rules::ids::Map;

/// From more lines taken out and put in than this on, the rest is told as replaced whole: finding the
/// smallest difference of two texts takes the square of its size.
const MOST_EDITS: usize = 400;
/// How many lines that stayed are shown around a difference.
const AROUND: usize = 2;

/// How the lines of two texts differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextDifference {
    /// The places that differ, in order; each with some lines around.
    pub hunks: Vec<Hunk>,
}

/// One place that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Number of its first line in the old text, from 1.
    pub old: usize,
    /// Number of its first line in the new text, from 1.
    pub new: usize,
    /// Its lines, in order.
    pub lines: Vec<HunkLine>,
}

/// A line of a hunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HunkLine {
    /// In both texts.
    Same(String),
    /// In the old text only.
    Removed(String),
    /// In the new text only.
    Added(String),
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Same,
    Removed,
    Added,
}

impl TextDifference {
    /// Compares two texts: the fewest lines taken out and put in, up to a limit.
    ///
    /// # Complexity
    /// O(bytes + lines · edits), with at most 400 edits; what differs in more is told as replaced whole.
    pub fn between(old: &str, new: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.split('\n').collect(), new.split('\n').collect());
        let steps = steps(&old, &new);
        Self {
            hunks: hunks(&old, &new, &steps),
        }
    }
}

/// What leads from the old lines to the new.
fn steps<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Step> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let both = old.iter().rev().zip(new.iter().rev());
    let end = both.take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    // Lines are compared often: by number.
    let mut numbers: Map<&str, usize> = Map::default();
    let mut numbered = |lines: &[&'t str]| -> Vec<usize> {
        let number = |line: &&'t str| {
            let next = numbers.len();
            *numbers.entry(line).or_insert(next)
        };
        lines.iter().map(number).collect()
    };
    let (before, after) = (numbered(old), numbered(new));
    let mut steps = vec![Step::Same; start];
    steps.extend(shortest(&before, &after).unwrap_or_else(|| {
        let mut whole = vec![Step::Removed; old.len()];
        whole.resize(old.len() + new.len(), Step::Added);
        whole
    }));
    steps.resize(steps.len() + end, Step::Same);
    steps
}

/// The fewest steps that lead from one list to the other, after
/// [Myers](https://doi.org/10.1007/BF01840446); none when they are too many to look for.
fn shortest(old: &[usize], new: &[usize]) -> Option<Vec<Step>> {
    let most = MOST_EDITS.min(old.len() + new.len());
    // How many old lines are behind the furthest way on each diagonal (old lines less new ones), for each
    // number of edits. The diagonal 0 is in the middle.
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=most {
        let before = rounds.last();
        let mut round = vec![0; 2 * edits + 1];
        for place in (0..=2 * edits).step_by(2) {
            let mut at = match before {
                None => 0,
                Some(before) => entry(before, place).0,
            };
            // The diagonal is `place - edits`.
            while at + edits >= place
                && at < old.len()
                && new.get(at + edits - place) == Some(&old[at])
            {
                at += 1;
            }
            round[place] = at;
            if at == old.len() && at + edits == place + new.len() {
                rounds.push(round);
                return Some(way_back(&rounds, old.len(), new.len(), place));
            }
        }
        rounds.push(round);
    }
    None
}

/// Where a diagonal is entered with one edit more, and whether that takes out an old line: from the one
/// above or below it that is further. `place` is that of the diagonal in the new round.
fn entry(before: &[usize], place: usize) -> (usize, bool) {
    let last = before.len() - 1;
    // In the round before, the diagonal one less is two places before this one, the one more at this one.
    let by_removal = place.checked_sub(2).map(|from| before[from] + 1);
    let by_addition = (place <= last).then(|| before[place]);
    match (by_removal, by_addition) {
        (Some(removal), Some(addition)) if removal > addition => (removal, true),
        (Some(removal), None) => (removal, true),
        (_, addition) => (addition.unwrap_or_default(), false),
    }
}

fn way_back(rounds: &[Vec<usize>], old: usize, new: usize, place: usize) -> Vec<Step> {
    let (mut at, mut place) = (old, place);
    let mut steps = Vec::with_capacity(old.max(new));
    for edits in (1..rounds.len()).rev() {
        let (from, is_removal) = entry(&rounds[edits - 1], place);
        steps.resize(steps.len() + at - from, Step::Same);
        if is_removal {
            steps.push(Step::Removed);
            at = from - 1;
            place -= 2;
        } else {
            steps.push(Step::Added);
            at = from;
        }
    }
    steps.resize(steps.len() + at, Step::Same);
    steps.reverse();
    steps
}

/// The places that differ, with the lines around them.
fn hunks(old: &[&str], new: &[&str], steps: &[Step]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut before, mut after) = (0, 0);
    // How many lines since the last difference are waiting to be shown.
    let mut quiet = usize::MAX;
    for (index, step) in steps.iter().enumerate() {
        if *step == Step::Same {
            quiet = quiet.saturating_add(1);
            if quiet <= AROUND
                && let Some(hunk) = hunks.last_mut()
            {
                hunk.lines.push(HunkLine::Same(old[before].to_owned()));
            }
            before += 1;
            after += 1;
            continue;
        }
        // The lines before it, unless they are shown as those after the difference before.
        let shown = quiet.min(AROUND);
        let hidden = quiet.saturating_sub(shown);
        let lead = hidden.min(AROUND).min(index);
        if hunks.is_empty() || hidden > AROUND {
            hunks.push(Hunk {
                old: before - lead + 1,
                new: after - lead + 1,
                lines: Vec::new(),
            });
        }
        if let Some(hunk) = hunks.last_mut() {
            let lead = &old[before - lead..before];
            let lead = lead.iter().map(|line| HunkLine::Same((*line).to_owned()));
            hunk.lines.extend(lead);
            if *step == Step::Removed {
                hunk.lines.push(HunkLine::Removed(old[before].to_owned()));
                before += 1;
            } else {
                hunk.lines.push(HunkLine::Added(new[after].to_owned()));
                after += 1;
            }
        }
        quiet = 0;
    }
    hunks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the steps make of the old lines, and of the new ones backwards.
    fn walked<'t>(old: &[&'t str], new: &[&'t str]) -> (Vec<&'t str>, Vec<&'t str>, usize) {
        let steps = steps(old, new);
        let (mut lines_old, mut lines_new) = (Vec::new(), Vec::new());
        let (mut before, mut after) = (0, 0);
        for step in &steps {
            if *step != Step::Added {
                lines_old.push(old[before]);
                before += 1;
            }
            if *step != Step::Removed {
                // What is the same in both is taken from the old, so that the test sees it is.
                let is_new = *step == Step::Added;
                lines_new.push(if is_new { new[after] } else { old[before - 1] });
                after += 1;
            }
        }
        let edits = steps.iter().filter(|step| **step != Step::Same).count();
        (lines_old, lines_new, edits)
    }

    /// The length of the longest common subsequence, the slow and certain way.
    fn longest(old: &[&str], new: &[&str]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut diagonal = 0;
            for (index, b) in new.iter().enumerate() {
                let above = row[index + 1];
                row[index + 1] = if a == b {
                    diagonal + 1
                } else {
                    above.max(row[index])
                };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    fn lines() -> impl Strategy<Value = Vec<&'static str>> {
        proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c", ""]), 0..30)
    }

    proptest! {
        #[test]
        fn the_steps_lead_from_one_text_to_the_other_and_are_the_fewest(old in lines(), new in lines()) {
            let (before, after, edits) = walked(&old, &new);
            prop_assert_eq!(&before, &old);
            prop_assert_eq!(&after, &new);
            prop_assert_eq!(edits, old.len() + new.len() - 2 * longest(&old, &new));
        }

        #[test]
        fn hunks_show_every_difference_once_and_stand_where_they_say(old in lines(), new in lines()) {
            let (old_text, new_text) = (old.join("\n"), new.join("\n"));
            let (old, new): (Vec<_>, Vec<_>) =
                (old_text.split('\n').collect(), new_text.split('\n').collect());
            let found = TextDifference::between(&old_text, &new_text);
            let mut edits = 0;
            let mut shown = 0;
            for hunk in &found.hunks {
                let (mut before, mut after) = (hunk.old - 1, hunk.new - 1);
                prop_assert!(before >= shown);
                for line in &hunk.lines {
                    match line {
                        HunkLine::Same(line) => {
                            prop_assert_eq!(line, old[before]);
                            prop_assert_eq!(line, new[after]);
                            before += 1;
                            after += 1;
                        }
                        HunkLine::Removed(line) => {
                            prop_assert_eq!(line, old[before]);
                            before += 1;
                            edits += 1;
                        }
                        HunkLine::Added(line) => {
                            prop_assert_eq!(line, new[after]);
                            after += 1;
                            edits += 1;
                        }
                    }
                }
                shown = before;
            }
            prop_assert_eq!(edits, old.len() + new.len() - 2 * longest(&old, &new));
        }
    }

    #[test]
    fn two_long_texts_that_share_nothing_are_replaced_whole() {
        let text = |letter: char| {
            let lines = (0..20_000).map(|line| format!("{letter}{line}\n"));
            format!("head\n{}tail", lines.collect::<String>())
        };
        let found = TextDifference::between(&text('a'), &text('b'));
        let [hunk] = &found.hunks[..] else {
            panic!("{}", found.hunks.len())
        };
        assert_eq!((hunk.old, hunk.new, hunk.lines.len()), (1, 1, 40_002));
        assert_eq!(hunk.lines[1], HunkLine::Removed("a0".to_owned()));
        assert_eq!(hunk.lines[20_001], HunkLine::Added("b0".to_owned()));
    }
}
