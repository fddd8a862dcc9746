//! What belongs together among the files under review: a package with its charts, a folder, a single file.
//! These are what can be compared.

use std::sync::Arc;

use super::Reviewed;
use crate::compare::{
    Comparison, ProblemsBetween, SetComparison, Side, compare_sets, problems_between,
};
use crate::document::{Document, DocumentKind};

/// Files that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The path they share: of the archive, the folder, or the file itself.
    pub path: String,
    /// The documents in it, as indices of files.
    pub files: Vec<usize>,
}

/// The packages, folders and single files, in the order they came. O(files).
pub fn roots(files: &[Arc<Reviewed>]) -> Vec<Root> {
    let mut roots: Vec<Root> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let path = root_of(file.path());
        let is_document = file.text().is_some()
            && !file.is_rejected()
            && file.kind() != Some(DocumentKind::Package);
        match roots.last_mut().filter(|root| root.path == path) {
            Some(root) => root.files.extend(is_document.then_some(index)),
            None => roots.push(Root {
                path: path.to_owned(),
                files: is_document.then_some(index).into_iter().collect(),
            }),
        }
    }
    roots.retain(|root| !root.files.is_empty());
    roots
}

/// The archive, else the outermost folder, else the file itself.
fn root_of(path: &str) -> &str {
    let lower = path.to_ascii_lowercase();
    if let Some(at) = lower.find(".zip/") {
        return &path[..at + 4];
    }
    path.split('/').next().unwrap_or(path)
}

/// What one pair of files, or a file without a partner, comes to.
#[derive(Clone, Debug)]
pub struct ComparedFile {
    /// Its path; both where it has another one now.
    pub path: String,
    /// How it differs, in words.
    pub verdict: String,
    /// Whether it does.
    pub differs: bool,
    /// The old and the new file under review.
    pub files: (Option<usize>, Option<usize>),
    /// What differs; nothing where only one is there.
    pub comparison: Option<Comparison>,
    /// How many problems are new.
    pub new_problems: usize,
    /// How many were mended.
    pub mended_problems: usize,
}

/// What comparing two roots comes to.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// How many files differ and how, in a sentence.
    pub summary: String,
    /// The files.
    pub files: Vec<ComparedFile>,
}

/// One side: the documents of a root with where they are among the files.
fn opened(files: &[Arc<Reviewed>], root: &Root) -> Vec<(usize, Document)> {
    let open = |&index: &usize| {
        let text = files.get(index)?.text()?;
        // What is under review has been read before.
        let document = Document::read(Arc::clone(text)).ok()?;
        Some((index, document))
    };
    root.files.iter().filter_map(open).collect()
}

/// Hands out the comparison of two roots.
///
/// # Complexity
/// O(bytes of both), besides what comparing each pair takes.
pub fn with_comparison<R>(
    files: &[Arc<Reviewed>],
    old: &Root,
    new: &Root,
    read: impl FnOnce(&SetComparison<'_>) -> R,
) -> R {
    let documents = [opened(files, old), opened(files, new)];
    let sides = |root: &Root, documents: &[(usize, Document)]| {
        let within = |path: &'_ str| {
            let rest = path.strip_prefix(root.path.as_str()).unwrap_or(path);
            path.len() - rest.trim_start_matches('/').len()
        };
        documents
            .iter()
            .map(|(index, _)| within(files[*index].path()))
            .collect::<Vec<usize>>()
    };
    let starts = [sides(old, &documents[0]), sides(new, &documents[1])];
    let made: Vec<Vec<Side<'_>>> = documents
        .iter()
        .zip(&starts)
        .map(|(documents, starts)| {
            documents
                .iter()
                .zip(starts)
                .map(|((index, document), &start)| {
                    let path = files[*index].path();
                    let rest = &path[start..];
                    Side {
                        path: if rest.is_empty() { path } else { rest },
                        origin: &files[*index].entry.origin,
                        document,
                    }
                })
                .collect()
        })
        .collect();
    let mut set = compare_sets(&made[0], &made[1]);
    set.old.clone_from(&old.path);
    set.new.clone_from(&new.path);
    read(&set)
}

/// Compares two roots.
pub fn compare(files: &[Arc<Reviewed>], old: &Root, new: &Root) -> Compared {
    with_comparison(files, old, new, |set| {
        let index_of = |side: &Side<'_>, root: &Root| {
            let is =
                |&&index: &&usize| std::ptr::eq(&raw const files[index].entry.origin, side.origin);
            root.files.iter().find(is).copied()
        };
        let compared = set.files.iter().map(|file| {
            let before = file.old.as_ref().and_then(|side| index_of(side, old));
            let now = file.new.as_ref().and_then(|side| index_of(side, new));
            let between = match (before, now) {
                (Some(before), Some(now)) => {
                    problems_between(&files[before].report, &files[now].report)
                }
                _ => ProblemsBetween::default(),
            };
            ComparedFile {
                path: file.path(),
                verdict: file.verdict(),
                differs: file.differs(),
                files: (before, now),
                new_problems: between.new.len(),
                mended_problems: between.mended.len(),
                comparison: file.comparison.clone(),
            }
        });
        Compared {
            summary: set.summary(),
            files: compared.collect(),
        }
    })
}
