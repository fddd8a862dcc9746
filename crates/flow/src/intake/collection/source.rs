//! Where the files of a collection are: by themselves or in an archive.

use std::borrow::Cow;

use crate::intake::File;
use crate::intake::folder::join;
use crate::intake::plan::Member;
use crate::intake::zip::{Archive, Refusal, Sort};

/// Where the files are.
pub(super) enum Source {
    /// By themselves, each with its number; what is in one is taken once.
    Loose(Vec<(usize, File)>),
    /// In an archive that is not open yet.
    Closed(usize, File),
    /// In an archive.
    Open(Box<Contents>),
}

/// An archive that is open.
pub(super) struct Contents {
    /// The number of its file.
    pub(super) number: usize,
    /// The path of its file.
    pub(super) path: String,
    archive: Archive,
    /// The entries that are no folders.
    files: Vec<usize>,
}

impl Contents {
    /// The files in an archive.
    pub(super) fn new(number: usize, path: String, archive: Archive) -> Self {
        let files = archive.entries().iter().zip(0..);
        let files = files.filter(|(entry, _)| entry.sort != Sort::Folder);
        Self {
            number,
            path,
            files: files.map(|(_, index)| index).collect(),
            archive,
        }
    }
}

impl Source {
    /// The files, by what their paths say.
    pub(super) fn members(&self) -> Vec<Member<'_>> {
        match self {
            Self::Loose(files) => files
                .iter()
                .map(|(_, file)| Member {
                    path: &file.path,
                    named: file.named,
                    link: false,
                })
                .collect(),
            Self::Open(contents) => contents
                .files
                .iter()
                .map(|&index| &contents.archive.entries()[index])
                .map(|entry| Member {
                    path: &entry.path,
                    named: false,
                    link: entry.sort == Sort::Link,
                })
                .collect(),
            Self::Closed(..) => Vec::new(),
        }
    }

    /// The path of a file in the collection.
    pub(super) fn path(&self, member: usize) -> &str {
        match self {
            Self::Loose(files) => &files[member].1.path,
            Self::Open(contents) => &contents.archive.entries()[contents.files[member]].path,
            Self::Closed(_, file) => &file.path,
        }
    }

    /// The path that others know a file by.
    pub(super) fn shown(&self, member: usize) -> String {
        match self {
            Self::Open(contents) => join(&contents.path, self.path(member)),
            Self::Loose(_) | Self::Closed(..) => self.path(member).to_owned(),
        }
    }

    /// The number of the file that it is or is in.
    pub(super) fn number(&self, member: usize) -> usize {
        match self {
            Self::Loose(files) => files[member].0,
            Self::Closed(number, _) => *number,
            Self::Open(contents) => contents.number,
        }
    }

    /// Whether somebody asked for this very file.
    pub(super) fn is_named(&self, member: usize) -> bool {
        match self {
            Self::Loose(files) => files[member].1.named,
            Self::Closed(..) | Self::Open(_) => false,
        }
    }

    /// What is in a file, which is not asked for again.
    pub(super) fn take(&mut self, member: usize) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Loose(files) => Ok(std::mem::take(&mut files[member].1.bytes)),
            Self::Open(contents) => contents.archive.unpack(contents.files[member]),
            Self::Closed(..) => Ok(Vec::new()),
        }
    }

    /// What is in a file.
    pub(super) fn peek(&mut self, member: usize) -> Result<Cow<'_, [u8]>, Refusal> {
        match self {
            Self::Loose(files) => Ok(Cow::Borrowed(&files[member].1.bytes)),
            Self::Open(_) | Self::Closed(..) => self.take(member).map(Cow::Owned),
        }
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("files", &self.members().len())
            .finish_non_exhaustive()
    }
}
