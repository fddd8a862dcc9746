//! Comparing many files with many: which file is which, and what differs in each.

use std::hash::Hash;

use super::{Comparison, Marks};
use crate::document::Document;
use crate::report::counted;
use crate::rules::chart_index::Origin;
use crate::rules::ids::Map;

/// A document of one of two sets.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The file, from the root of its set.
    pub path: &'a str,
    /// What is known of where it comes from: the flow and the language of a chart.
    pub origin: &'a Origin,
    /// What is in it.
    pub document: &'a Document,
}

/// How one set of files differs from another.
#[derive(Clone, Debug, Default)]
pub struct SetComparison<'a> {
    /// What the old set is called.
    pub old: String,
    /// What the new set is called.
    pub new: String,
    /// The files, in the order of the new set; those that are gone last.
    pub files: Vec<FileComparison<'a>>,
}

/// One file of two sets.
#[derive(Clone, Debug)]
pub struct FileComparison<'a> {
    /// The old file; none where it was added.
    pub old: Option<Side<'a>>,
    /// The new file; none where it was removed.
    pub new: Option<Side<'a>>,
    /// How they differ, where there are both.
    pub comparison: Option<Comparison>,
}

impl FileComparison<'_> {
    /// Whether it was added, removed or changed. Another path is no difference.
    pub fn differs(&self) -> bool {
        self.comparison
            .as_ref()
            .is_none_or(|found| !found.is_empty())
    }

    /// Its path; both where it has another one now.
    pub fn path(&self) -> String {
        match (self.old, self.new) {
            (Some(old), Some(new)) if old.path != new.path => {
                format!("{} → {}", old.path, new.path)
            }
            (_, Some(side)) | (Some(side), None) => side.path.to_owned(),
            (None, None) => String::new(),
        }
    }

    /// "added", "removed", "the same", or how many things differ.
    pub fn verdict(&self) -> String {
        let Some(found) = &self.comparison else {
            return if self.new.is_some() {
                "added"
            } else {
                "removed"
            }
            .to_owned();
        };
        let counts = Marks::ALL
            .into_iter()
            .map(|(mark, word)| (found.count(mark), word));
        let counts: Vec<String> = counts
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if counts.is_empty() {
            "the same".to_owned()
        } else {
            counts.join(", ")
        }
    }
}

impl SetComparison<'_> {
    /// How many files were added, removed, and are in both and differ.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |is: fn(&&FileComparison<'_>) -> bool| self.files.iter().filter(is).count();
        (
            count(|file| file.old.is_none()),
            count(|file| file.new.is_none()),
            count(|file| file.comparison.is_some() && file.differs()),
        )
    }

    /// How many files differ and how, in a sentence.
    pub fn summary(&self) -> String {
        let (added, removed, changed) = self.counts();
        let same = self.files.len() - added - removed - changed;
        if !self.differs() {
            return match self.files.len() {
                0 => "There is nothing to compare.".to_owned(),
                1 => "Nothing differs.".to_owned(),
                count => format!("Nothing differs in {count} files."),
            };
        }
        let parts = [
            (changed, "changed"),
            (added, "added"),
            (removed, "removed"),
            (same, "the same"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        format!(
            "{}: {}.",
            counted(self.files.len(), "file"),
            parts.join(", ")
        )
    }

    /// Whether any file differs.
    pub fn differs(&self) -> bool {
        self.files.iter().any(FileComparison::differs)
    }
}

/// Compares two sets of files. Files belong together by the flow and the language they are of, then by
/// path, then by name, each where that leaves no doubt; a single file against a single file in any case.
///
/// # Complexity
/// O(files) besides the comparison of each pair of files.
pub fn compare_sets<'a>(old: &[Side<'a>], new: &[Side<'a>]) -> SetComparison<'a> {
    let mut old_of: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    let mut matching = Matching {
        old,
        new,
        old_of: &mut old_of,
        is_taken: &mut is_taken,
    };
    if let ([_], [_]) = (old, new) {
        matching.pair(0, 0);
    }
    matching.by(|side| {
        let reference = side.origin.flow_reference.as_ref()?.as_str();
        let locale = side
            .origin
            .locale
            .as_ref()
            .map(compact_str::CompactString::as_str);
        Some((reference, locale))
    });
    matching.by(|side| Some(side.path));
    matching.by(|side| {
        let name = side.origin.flow_name.as_ref()?.as_str();
        let locale = side
            .origin
            .locale
            .as_ref()
            .map(compact_str::CompactString::as_str);
        Some((name, locale))
    });
    matching.by(|side| side.path.rsplit('/').next());
    let pairs = new.iter().zip(&old_of).map(|(now, before)| {
        let before = before.map(|index| old[index]);
        FileComparison {
            comparison: before.map(|old| Comparison::between(old.document, now.document)),
            old: before,
            new: Some(*now),
        }
    });
    let mut files: Vec<FileComparison<'a>> = pairs.collect();
    let gone = old
        .iter()
        .zip(&is_taken)
        .filter(|(_, is_taken)| !**is_taken);
    files.extend(gone.map(|(side, _)| FileComparison {
        old: Some(*side),
        new: None,
        comparison: None,
    }));
    SetComparison {
        files,
        ..SetComparison::default()
    }
}

struct Matching<'m, 'a> {
    old: &'m [Side<'a>],
    new: &'m [Side<'a>],
    old_of: &'m mut [Option<usize>],
    is_taken: &'m mut [bool],
}

impl<'m, 'a> Matching<'m, 'a> {
    fn pair(&mut self, old: usize, new: usize) {
        self.old_of[new] = Some(old);
        self.is_taken[old] = true;
    }

    /// Pairs the files left whose key one file of each set has.
    fn by<K: Hash + Eq>(&mut self, key: impl Fn(&'m Side<'a>) -> Option<K>) {
        let mut places: Map<K, (usize, usize)> = Map::default();
        for (index, side) in self
            .old
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.is_taken[*index])
        {
            if let Some(key) = key(side) {
                places.entry(key).or_insert((0, index)).0 += 1;
            }
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (index, side) in self
            .new
            .iter()
            .enumerate()
            .filter(|(index, _)| self.old_of[*index].is_none())
        {
            if let Some(&(1, old)) = key(side).and_then(|key| places.get(&key)) {
                found.push((old, index));
            }
        }
        let mut counts: Map<usize, usize> = Map::default();
        for (old, _) in &found {
            *counts.entry(*old).or_default() += 1;
        }
        found.retain(|(old, _)| counts.get(old) == Some(&1));
        for (old, new) in found {
            self.pair(old, new);
        }
    }
}
