//! What a report says in words, the same in every format.

use std::borrow::Cow;

use super::{Content, FLOWDECK_VERSION, FileReport, Report, counted};
use crate::rules;

impl Report {
    /// The verdict over all files, as a heading says it.
    pub fn headline(&self) -> &'static str {
        let counts = self.counts();
        match () {
            () if self.files.is_empty() => "Nothing was checked",
            () if self.rejected() > 0 && counts.errors > 0 => {
                "Errors found, and not everything could be read"
            }
            () if self.rejected() > 0 => "Not everything could be read",
            () if counts.errors > 0 => "Errors found",
            () if counts.warnings > 0 => "No errors, but warnings",
            () if counts.infos + counts.acknowledged > 0 => "No errors, no open warnings",
            () => "No problems",
        }
    }

    /// How many files were checked and what was found, in sentences on one line.
    pub fn summary(&self) -> String {
        let rejected = self.rejected();
        let checked = self.files.len() - rejected;
        let mut sentences = Vec::new();
        if checked > 0 {
            let files = counted(checked, "file");
            sentences.push(format!("{files} checked: {}.", self.counts().sentence()));
        }
        if rejected > 0 {
            let files = counted(rejected, "file");
            sentences.push(format!("{files} could not be read."));
        }
        if sentences.is_empty() {
            sentences.push("No documents were found to check.".to_owned());
        }
        if self.skipped > 0 {
            let files = counted(self.skipped, "other file");
            sentences.push(format!("{files} skipped."));
        }
        if self.known > 0 {
            let known = counted(self.known, "known problem");
            sentences.push(format!("{known} left out."));
        }
        sentences.join(" ")
    }
}

impl Report {
    /// Who reviewed what with which versions: names with values, those alone that say something.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        if let Some(review) = &self.review {
            facts.push(("Reviewer", review.reviewer.clone()));
            facts.push(("Date", readable_time(&review.at).into_owned()));
            facts.push(("Note", review.note.clone()));
        }
        facts.push(("Flowdeck", FLOWDECK_VERSION.to_owned()));
        facts.push(("Rules", rules::version()));
        facts.push(("Severities", self.settings_sentence()));
        facts.retain(|(_, value)| !value.trim().is_empty());
        facts
    }

    /// The settings that the files were checked with, each once, in the order of the files.
    pub(super) fn settings(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for settings in self
            .files
            .iter()
            .filter_map(|file| file.settings.as_deref())
        {
            if !all.contains(&settings) {
                all.push(settings);
            }
        }
        all
    }

    /// The settings in words, for all files together; nothing where they are not known.
    pub(super) fn settings_sentence(&self) -> String {
        match self.settings().as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            several => several.join("; for other files "),
        }
    }
}

impl FileReport {
    /// The kind in words.
    pub(super) fn kind_label(&self) -> &'static str {
        self.kind.map_or("unknown", |kind| kind.label())
    }

    /// "12 nodes, 14 edges"; nothing for what could not be read. What there is none of is not said.
    pub(super) fn inventory_sentence(&self) -> String {
        let parts = self.inventory.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|&(count, noun)| counted(count, noun)).collect();
        parts.join(", ")
    }
}

impl Content {
    /// "1,234 bytes".
    pub(super) fn size(&self) -> String {
        let noun = if self.bytes == 1 { "byte" } else { "bytes" };
        format!("{} {noun}", grouped(self.bytes))
    }
}

/// A number with its digits in groups of three.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut spelled = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            spelled.push(',');
        }
        spelled.push(digit);
    }
    spelled
}

/// A time as people read it: "2026-11-28 17:32:51 UTC" for what RFC 3339 spells so. Whatever else
/// it is stays as it is.
pub(super) fn readable_time(at: &str) -> Cow<'_, str> {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00";
    let fits = |(byte, pattern): (u8, &u8)| match pattern {
        b'0' => byte.is_ascii_digit(),
        pattern => byte == *pattern,
    };
    let (Some(time), Some(rest)) = (at.get(..PATTERN.len()), at.get(PATTERN.len()..)) else {
        return Cow::Borrowed(at);
    };
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    if !time.bytes().zip(PATTERN).all(fits) {
        return Cow::Borrowed(at);
    }
    let (date, clock) = (&time[..10], &time[11..]);
    match zone {
        "Z" => Cow::Owned(format!("{date} {clock} UTC")),
        zone if zone.starts_with(['+', '-']) => Cow::Owned(format!("{date} {clock} {zone}")),
        _ => Cow::Borrowed(at),
    }
}

/// Whether a time is spelled as RFC 3339 spells one in UTC.
pub(super) fn is_utc(at: &str) -> bool {
    at.ends_with('Z') && readable_time(at).ends_with(" UTC")
}

/// By whom and when, as far as that is known: " by Anna on 2026-11-28", or nothing.
pub(super) fn by_and_at(by: &str, at: &str) -> String {
    let mut words = String::new();
    for (word, value) in [(" by ", by), (" on ", at)] {
        if !value.trim().is_empty() {
            words.push_str(word);
            words.push_str(value);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_in_groups() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(12_345_678), "12,345,678");
    }

    #[test]
    fn times_are_read_by_people() {
        assert_eq!(
            readable_time("2026-11-28T17:32:51Z"),
            "2026-11-28 17:32:51 UTC"
        );
        assert_eq!(
            readable_time("2026-11-28T17:32:51.123Z"),
            "2026-11-28 17:32:51 UTC"
        );
        assert_eq!(
            readable_time("2026-11-28T17:32:51+01:00"),
            "2026-11-28 17:32:51 +01:00"
        );
        for other in [
            "",
            "yesterday",
            "2026-11-28",
            "2026-11-28T17:32:51",
            "é2026-11-28T17:32:51Z",
        ] {
            assert_eq!(readable_time(other), other);
            assert!(!is_utc(other));
        }
        assert!(is_utc("2026-11-28T17:32:51.5Z"));
        assert!(!is_utc("2026-11-28T17:32:51+01:00") && !is_utc("2026-11-28 17:32:51 UTC"));
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        assert_eq!(by_and_at("Anna", "2026-11-28"), " by Anna on 2026-11-28");
        assert_eq!(by_and_at("", "2026-11-28"), " on 2026-11-28");
        assert_eq!(by_and_at(" ", ""), "");
    }
}
