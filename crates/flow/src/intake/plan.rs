//! What each of the files that came together is, judged by their paths alone: parts of a package, the
//! surroundings of charts, documents, or none of our business. Nothing is read here.

use std::collections::{BTreeMap, BTreeSet};

use super::folder::join;
use crate::rules::ids::Map;

/// A file of a collection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// With forward slashes, told from the root of the collection.
    pub(super) path: &'a str,
    /// Whether somebody asked for this very file.
    pub(super) named: bool,
    /// Whether it is a symbolic link in an archive.
    pub(super) link: bool,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A document, or what is to be told that it is none.
    Text,
    /// The chart of a flow in one language, in a folder of the command line of Cognigy.
    Chart {
        /// Index in [`Plan::folders`].
        folder: usize,
    },
    /// What the command line of Cognigy says about a flow; it is no document.
    Config {
        /// Index in [`Plan::folders`].
        folder: usize,
    },
    /// A part of a package.
    Part {
        /// Index in [`Plan::packages`].
        package: usize,
        /// The folder it is in; none for the index.
        folder: Option<String>,
    },
    /// Belongs to an export and is no document: counted.
    Other,
    /// Nothing that anybody would want opened: not counted.
    Ignored,
    /// An archive inside an archive, or a link: named, not opened.
    Refused(&'static str),
}

/// What all files of a collection are.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// By the index of the file.
    pub(super) roles: Vec<Role>,
    /// The folders with the flows of a project, each with its place: `…/flows`.
    pub(super) folders: Vec<String>,
    /// The folders that are packages: a prefix of paths, empty or ending with a slash.
    pub(super) packages: Vec<String>,
}

/// The folders that make a package.
const PACKAGE_FOLDERS: [&str; 3] = ["flow", "chart", "nodeData"];
/// Folders beside the flows in which the command line of Cognigy keeps what is no document.
const BESIDE_FLOWS: [&str; 3] = ["lexicons", "endpoints", "extensions"];
/// Why an archive in an archive is not opened.
pub(super) const NESTED: &str =
    "This is an archive inside an archive, which is not opened. Unpack it and open it by itself.";
/// Why a snapshot is not opened.
pub(super) const SNAPSHOT: &str = "This is a snapshot of Cognigy.AI, which is encrypted: only Cognigy.AI can read it. Nothing was opened. \
                                   Export the project as a package there and open that.";
/// Those that are archives were told by their content.
const NO_ARCHIVE: &str =
    "This is no ZIP archive, whatever its name says. Nothing was opened. Export or copy it again.";
const LINK: &str = "This is a symbolic link, which is not followed. Put the file itself there.";

impl Plan {
    /// Judges the files that came together, in an archive or loose.
    ///
    /// # Complexity
    /// O(bytes of the paths · folders in them).
    pub(super) fn of(members: &[Member<'_>], in_archive: bool) -> Self {
        let packages = packages(members, in_archive);
        let folders = flow_folders(members);
        let mut plan = Self {
            roles: Vec::with_capacity(members.len()),
            folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
            packages: packages.iter().map(|&prefix| prefix.to_owned()).collect(),
        };
        let number = |of: &BTreeSet<&str>| -> BTreeMap<String, usize> {
            of.iter().map(|&at| at.to_owned()).zip(0..).collect()
        };
        let (packages, folders) = (number(&packages), number(&folders));
        for member in members {
            let role = role(member, in_archive, &packages, &folders);
            plan.roles.push(role);
        }
        plan
    }
}

fn role(
    member: &Member<'_>,
    in_archive: bool,
    packages: &BTreeMap<String, usize>,
    folders: &BTreeMap<String, usize>,
) -> Role {
    let path = member.path;
    let name = name_of(path);
    if is_hidden(path) && !member.named {
        return Role::Ignored;
    }
    if let Some((package, folder)) = part(path, packages) {
        let folder = folder.map(str::to_owned);
        return if member.link {
            Role::Refused(LINK)
        } else {
            Role::Part { package, folder }
        };
    }
    if has_extension(name, "csnap") {
        return Role::Refused(SNAPSHOT);
    }
    if has_extension(name, "zip") {
        return Role::Refused(if in_archive { NESTED } else { NO_ARCHIVE });
    }
    let is_json = has_extension(name, "json");
    if !is_json && !member.named {
        return Role::Ignored;
    }
    if member.link {
        return Role::Refused(LINK);
    }
    let flows = parents(path).find_map(|at| folders.get(at)).copied();
    match (flows, name) {
        (Some(folder), "chart.json") => return Role::Chart { folder },
        (Some(folder), "config.json") => return Role::Config { folder },
        (Some(_), "locales.json" | "intents.json") if !member.named => return Role::Other,
        _ => {}
    }
    let is_beside = || {
        parents(path)
            .filter(|at| BESIDE_FLOWS.contains(&name_of(at)))
            .any(|at| folders.contains_key(&join(parent(at), "flows")))
    };
    if !member.named && is_beside() {
        return Role::Other;
    }
    Role::Text
}

/// The package a path is a part of, and the folder it is in there.
fn part<'a>(path: &'a str, packages: &BTreeMap<String, usize>) -> Option<(usize, Option<&'a str>)> {
    let name = name_of(path);
    let folder = &path[..path.len() - name.len()];
    if name == "index.json"
        && let Some(&package) = packages.get(folder)
    {
        return Some((package, None));
    }
    let folder_name = name_of(folder.strip_suffix('/')?);
    let prefix = &path[..folder.len() - 1 - folder_name.len()];
    let package = *packages.get(prefix)?;
    (!name.contains('.')).then_some((package, Some(folder_name)))
}

/// The prefixes under which a package lies: by its three folders; in an archive also by an index with
/// nothing beside it but files without extensions in folders.
fn packages<'a>(members: &[Member<'a>], in_archive: bool) -> BTreeSet<&'a str> {
    let mut folders: Map<&str, u8> = Map::default();
    for Member { path, .. } in members {
        let name = name_of(path);
        let Some(folder) = path[..path.len() - name.len()].strip_suffix('/') else {
            continue;
        };
        let folder_name = name_of(folder);
        let prefix = &folder[..folder.len() - folder_name.len()];
        let known = PACKAGE_FOLDERS.iter().position(|&own| own == folder_name);
        if let Some(bit) = known.filter(|_| !name.contains('.')) {
            *folders.entry(prefix).or_default() |= 1 << bit;
        }
    }
    let mut found: BTreeSet<&str> = members
        .iter()
        .filter_map(|member| {
            let folder = parent(member.path);
            let prefix = &folder[..folder.len() - name_of(folder).len()];
            (folders.get(prefix) == Some(&0b111)).then_some(prefix)
        })
        .collect();
    let mut shown = members.iter().filter(|member| !is_hidden(member.path));
    let index = shown
        .clone()
        .find(|member| name_of(member.path) == "index.json");
    if let Some(index) = index.filter(|_| in_archive && found.is_empty()) {
        let prefix = &index.path[..index.path.len() - "index.json".len()];
        let is_part = |member: &Member<'_>| {
            let inside = member.path.strip_prefix(prefix);
            let mut names = inside.into_iter().flat_map(|inside| inside.split('/'));
            match (names.next(), names.next(), names.next()) {
                (Some("index.json"), None, None) => true,
                (Some(_), Some(name), None) => !name.contains('.'),
                _ => false,
            }
        };
        if members.len() > 1 && shown.all(is_part) {
            found.insert(prefix);
        }
    }
    found
}

/// The folders whose flows the command line of Cognigy wrote: those that hold `locales.json` and charts
/// at least two folders below, or are called `flows` and hold such charts.
fn flow_folders<'a>(members: &[Member<'a>]) -> BTreeSet<&'a str> {
    let with_locales: BTreeSet<&str> = members
        .iter()
        .filter(|member| name_of(member.path) == "locales.json")
        .map(|member| parent(member.path))
        .collect();
    members
        .iter()
        .filter(|member| name_of(member.path) == "chart.json" && !is_hidden(member.path))
        .filter_map(|member| {
            // Above the language and the flow.
            let above = || parents(member.path).skip(2);
            let marked = above().find(|at| with_locales.contains(at));
            marked.or_else(|| above().find(|at| name_of(at) == "flows"))
        })
        .collect()
}

/// Whether it lies in something hidden, or in what programs put beside what they pack.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|name| name.starts_with('.') || matches!(name, "__MACOSX" | "node_modules"))
}

/// The folders a path is in, the innermost first; the root of the collection is the last.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    let mut at = Some(path);
    std::iter::from_fn(move || {
        at = at.filter(|at| !at.is_empty()).map(parent);
        at
    })
}

/// The folder something is in; empty for what is in no folder.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last name of a path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, own)| own.eq_ignore_ascii_case(extension))
}
