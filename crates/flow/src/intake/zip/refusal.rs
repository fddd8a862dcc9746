//! Why an archive is refused, as sentences.

use std::fmt;

use crate::limits;
use crate::report::visible;

/// Why nothing of an archive is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Refusal {
    /// The entry it is about, as the archive names it; none when it is about the archive.
    pub(super) entry: Option<String>,
    /// What is wrong.
    pub(super) reason: Reason,
}

/// What is wrong with an archive or one of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Reason {
    /// The list of contents at the end is not there.
    CutOff,
    /// Something is not where it should be, or not what it should be.
    Damaged,
    /// It is one of several parts.
    Split,
    /// There are too many entries.
    Entries,
    /// The path leads out of the archive's folder.
    Escapes,
    /// The path is too long or too deep.
    Path,
    /// The path stands twice.
    Twice,
    /// It takes a password.
    Encrypted,
    /// It is packed by a method that is not read.
    Method(u16),
    /// It is larger than a file may be.
    TooLarge,
    /// It is larger than its header says.
    LargerThanSaid,
    /// It grows out of proportion.
    Ratio,
    /// All that was unpacked is too much.
    TooMuch,
    /// Its bytes are not those that were packed.
    Checksum,
    /// All charts of the package are too much.
    Charts,
    /// The package has too many charts or languages.
    TooManyCharts,
}

impl Refusal {
    /// About one entry.
    pub(in crate::intake) fn of(entry: &str, reason: Reason) -> Self {
        let entry = Some(entry.to_owned());
        Self { entry, reason }
    }

    /// About the archive as a whole.
    pub(in crate::intake) fn whole(reason: Reason) -> Self {
        Self {
            entry: None,
            reason,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: usize| bytes / (1024 * 1024);
        match &self.entry {
            None if matches!(self.reason, Reason::Charts | Reason::TooManyCharts) => {
                f.write_str("The package ")?;
            }
            None => f.write_str("The ZIP archive ")?,
            // A path may be as long as a page.
            Some(path) => {
                let shown: String = path.chars().take(120).collect();
                let more = if shown.len() < path.len() { "…" } else { "" };
                write!(
                    f,
                    "The entry \"{}{more}\" of the ZIP archive ",
                    visible(&shown)
                )?;
            }
        }
        match &self.reason {
            Reason::CutOff => f.write_str(
                "is cut off: the list of contents at its end is missing. Export or copy it again.",
            )?,
            Reason::Damaged => f.write_str(
                "is damaged: its parts are not where they should be. Export or copy it again.",
            )?,
            Reason::Split => f.write_str("is one of several parts. Put them together first.")?,
            Reason::Entries => write!(
                f,
                "has more than {} entries. Make a smaller package.",
                limits::ARCHIVE_ENTRIES
            )?,
            Reason::Escapes => f.write_str(
                "has a path that leads out of the archive or that systems read differently. Do not trust \
                 where it comes from.",
            )?,
            Reason::Path => write!(
                f,
                "has a path that is too long: up to {} bytes and {} folders are read.",
                limits::ARCHIVE_PATH_BYTES,
                limits::ARCHIVE_DEPTH
            )?,
            Reason::Twice => {
                f.write_str("stands in it twice, and programs would choose differently.")?;
            }
            Reason::Encrypted => {
                f.write_str("is encrypted. Unpack it with its password and open what is in it.")?;
            }
            Reason::Method(number) => write!(
                f,
                "is packed by {}, which is not read. Pack it again with Deflate, as most programs do.",
                method_name(*number)
            )?,
            Reason::TooLarge => write!(
                f,
                "is larger than {} MiB when unpacked, the most that is read.",
                mib(crate::json::MAX_BYTES)
            )?,
            Reason::LargerThanSaid => f.write_str(
                "is larger than the archive says. Do not trust where it comes from.",
            )?,
            Reason::Ratio => write!(
                f,
                "grows to more than {} times its size when unpacked, which no export does. Do not trust \
                 where it comes from.",
                limits::ARCHIVE_RATIO
            )?,
            Reason::TooMuch => write!(
                f,
                "would bring what is unpacked to over {} MiB, the most that is read. Make a smaller package.",
                mib(limits::ARCHIVE_BYTES)
            )?,
            Reason::Checksum => {
                f.write_str("is damaged: its checksum is wrong. Export or copy the archive again.")?;
            }
            Reason::Charts => write!(
                f,
                "holds charts of more than {} MiB in all its languages. Make a smaller package.",
                mib(limits::PACKAGE_CHART_BYTES)
            )?,
            Reason::TooManyCharts => write!(
                f,
                "holds more than {} charts or {} languages. Make a smaller package.",
                limits::PACKAGE_CHARTS,
                limits::PACKAGE_LOCALES
            )?,
        }
        f.write_str(match self.entry {
            Some(_) => " Nothing of the archive was opened.",
            None => " Nothing of it was opened.",
        })
    }
}

/// What people call a method of packing.
fn method_name(number: u16) -> String {
    let name = match number {
        1..=5 => "an old method (Shrink, Reduce)",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        99 => "a method with AES encryption",
        _ => return format!("method {number}"),
    };
    name.to_owned()
}
