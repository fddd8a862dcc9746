//! Names of flows and languages as parts of a path: whatever people called them, each becomes one name
//! that every file system takes, and no two become the same.

use std::collections::{BTreeMap, BTreeSet};

/// How many characters of a name are kept.
const LONGEST: usize = 100;

/// Gives names that are safe in a path, each once in a folder.
#[derive(Debug, Default)]
pub(super) struct SafeNames {
    /// Those given out, in lower case: some file systems tell no cases apart.
    given: BTreeSet<String>,
    /// The number to try next for each name.
    next: BTreeMap<String, usize>,
}

impl SafeNames {
    /// A safe name that reads like `name`; with a number after it when it was given out before. No number
    /// is tried twice for one name, so that giving out many stays linear.
    pub(super) fn take(&mut self, name: &str) -> String {
        let safe = safe(name);
        let next = self.next.entry(safe.to_lowercase()).or_insert(1);
        loop {
            let taken = match *next {
                1 => safe.clone(),
                number => format!("{safe} ({number})"),
            };
            *next += 1;
            if self.given.insert(taken.to_lowercase()) {
                return taken;
            }
        }
    }
}

/// `name` without what some file system forbids, or what would make folders of it.
fn safe(name: &str) -> String {
    let replaced: String = name
        .trim()
        .chars()
        .take(LONGEST)
        .map(|character| match character {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            other if other.is_control() => '_',
            other => other,
        })
        .collect();
    // A dot or blank at the end is dropped by some systems, and a dot alone is a folder.
    let kept = replaced.trim_end_matches(['.', ' ']);
    if kept.is_empty() {
        return "unnamed".to_owned();
    }
    // Hidden folders are passed over when they are read again.
    match kept.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_safe_and_stay_apart() {
        let mut names = SafeNames::default();
        let mut take = |name| names.take(name);
        assert_eq!(take("Main"), "Main");
        assert_eq!(take("main"), "main (2)");
        assert_eq!(take("Main (2)"), "Main (2) (2)");
        assert_eq!(take("MAIN"), "MAIN (3)");
        assert_eq!(take("Orders/Returns"), "Orders_Returns");
        assert_eq!(take(".."), "unnamed");
        assert_eq!(take(" ./a\u{0}\\ . "), "__a__");
        assert_eq!(take(""), "unnamed (2)");
        assert_eq!(take("Größe 日本"), "Größe 日本");
        assert_eq!(take(&"x".repeat(500)).len(), LONGEST);
    }

    #[test]
    fn many_of_one_name_stay_linear() {
        let mut names = SafeNames::default();
        for _ in 0..20_000 {
            names.take("a");
        }
        assert_eq!(names.take("a"), "a (20001)");
    }
}
