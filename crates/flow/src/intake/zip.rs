//! Reading ZIP archives, strictly: an archive that two programs could read differently, that reaches out
//! of its folder, or that grows out of proportion is refused as a whole. Only what exports need is read:
//! stored and deflated entries, with or without ZIP64. What is in the entries is not known here.
//!
//! The format is that of [APPNOTE 6.3](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).

mod checksum;
mod directory;
mod path;
mod refusal;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::json::MAX_BYTES;
use crate::limits::{ARCHIVE_BYTES, ARCHIVE_RATIO, ARCHIVE_RATIO_FROM};
use checksum::Checksum;
pub(super) use refusal::{Reason, Refusal};

/// Whether bytes are a ZIP archive, whatever their file is called.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// An archive whose list of contents was read and found sound.
pub(super) struct Archive {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    checksum: Checksum,
    inflater: Box<DecompressorOxide>,
    /// How many bytes were unpacked so far.
    unpacked: usize,
}

/// One entry of an archive.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its path: relative, with forward slashes, nothing but names in it.
    pub(super) path: String,
    /// What it is.
    pub(super) sort: Sort,
    method: Method,
    checksum: u32,
    packed: usize,
    size: usize,
    /// Where its packed bytes start.
    start: usize,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    File,
    Folder,
    /// A symbolic link, which is not followed.
    Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
}

impl Archive {
    /// Reads the list of contents. O(entries · log entries).
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Refusal> {
        let entries = directory::read(&bytes)?;
        Ok(Self {
            bytes,
            entries,
            checksum: Checksum::new(),
            inflater: Box::default(),
            unpacked: 0,
        })
    }

    /// What is in it, in the order of its list.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Unpacks one entry. What its header says of its size is first held against every limit and then
    /// against what is really there, so that a header that lies costs no more than one that does not.
    pub(super) fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let entry = &self.entries[index];
        let refuse = |reason| Refusal::of(&entry.path, reason);
        if entry.size > MAX_BYTES {
            return Err(refuse(Reason::TooLarge));
        }
        let is_bomb = entry.size > ARCHIVE_RATIO_FROM && entry.size / ARCHIVE_RATIO > entry.packed;
        if is_bomb {
            return Err(refuse(Reason::Ratio));
        }
        if self.unpacked + entry.size > ARCHIVE_BYTES {
            return Err(refuse(Reason::TooMuch));
        }
        self.unpacked += entry.size;
        let packed = &self.bytes[entry.start..entry.start + entry.packed];
        let unpacked = match entry.method {
            Method::Stored if entry.packed == entry.size => packed.to_vec(),
            Method::Stored => return Err(refuse(Reason::Damaged)),
            Method::Deflated => {
                let mut unpacked = vec![0; entry.size];
                self.inflater.init();
                let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
                let (status, _, written) =
                    decompress(&mut self.inflater, packed, &mut unpacked, 0, flags);
                match status {
                    TINFLStatus::Done if written == entry.size => unpacked,
                    TINFLStatus::HasMoreOutput => return Err(refuse(Reason::LargerThanSaid)),
                    _ => return Err(refuse(Reason::Damaged)),
                }
            }
        };
        if self.checksum.of(&unpacked) != entry.checksum {
            return Err(refuse(Reason::Checksum));
        }
        Ok(unpacked)
    }
}
