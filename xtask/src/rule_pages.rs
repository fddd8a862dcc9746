//! The pages of the rules, `docs/rules/<CODE>.md` and the table in `docs/rules/README.md`, made
//! from the rules' own files: the module documentation is the page, the `Rule { … }` its head.
//! Only the standard library is used, because a test of the command includes this file to say
//! whether the committed pages are up to date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where the rules are, from the root of the repository.
const SOURCES: &str = "crates/flow/src/rules";
/// Where their pages go.
const PAGES: &str = "docs/rules";

/// Writes all pages and removes those of rules that are gone. Returns the paths that changed.
pub(crate) fn generate(root: &Path) -> io::Result<Vec<PathBuf>> {
    let stale = check(root)?;
    let pages = pages(root)?;
    fs::create_dir_all(root.join(PAGES))?;
    for path in &stale {
        match pages.get(path) {
            Some(text) => fs::write(root.join(path), text)?,
            None => fs::remove_file(root.join(path))?,
        }
    }
    Ok(stale)
}

/// The paths of pages that are not as [`generate`] would write them: changed, missing, or left
/// over from rules that are gone.
pub(crate) fn check(root: &Path) -> io::Result<Vec<PathBuf>> {
    let pages = pages(root)?;
    let mut stale = Vec::new();
    for (path, text) in &pages {
        if fs::read_to_string(root.join(path)).ok().as_ref() != Some(text) {
            stale.push(path.clone());
        }
    }
    if let Ok(present) = fs::read_dir(root.join(PAGES)) {
        for entry in present {
            let path = Path::new(PAGES).join(entry?.file_name());
            if !pages.contains_key(&path) {
                stale.push(path);
            }
        }
    }
    stale.sort();
    Ok(stale)
}

/// Every page by its path from the root.
fn pages(root: &Path) -> io::Result<BTreeMap<PathBuf, String>> {
    let mut rules = BTreeMap::new();
    let mut waiting = vec![root.join(SOURCES)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path)?;
            for head in heads(&source) {
                let head = head.map_err(|reason| {
                    let message = format!("{}: {reason}", path.display());
                    io::Error::new(io::ErrorKind::InvalidData, message)
                })?;
                let page = page(&head, &source);
                rules.insert(head.code.clone(), (head, page));
            }
        }
    }
    let mut pages = BTreeMap::new();
    let table = table(rules.values().map(|(head, _)| head));
    pages.insert(Path::new(PAGES).join("README.md"), table);
    for (code, (_, page)) in rules {
        pages.insert(Path::new(PAGES).join(format!("{code}.md")), page);
    }
    Ok(pages)
}

/// What the table of rules says about one.
struct Head {
    code: String,
    name: String,
    severity: String,
    scope: String,
    since: String,
    summary: String,
}

/// The head of every rule that a source file defines.
fn heads(source: &str) -> impl Iterator<Item = Result<Head, String>> + '_ {
    source.split(": Rule = Rule {").skip(1).map(|rest| {
        let block = rest.split("\n};").next().unwrap_or(rest);
        Ok(Head {
            code: text_field(block, "code")?,
            name: text_field(block, "name")?,
            severity: variant_field(block, "severity")?,
            scope: variant_field(block, "scope")?,
            since: text_field(block, "since")?,
            summary: text_field(block, "summary")?,
        })
    })
}

/// The value of a field that is a string literal.
fn text_field(block: &str, name: &str) -> Result<String, String> {
    let missing = || format!("the rule has no text `{name}`");
    let rest = field(block, name).ok_or_else(missing)?;
    let mut characters = rest.strip_prefix('"').ok_or_else(missing)?.chars();
    let mut text = String::new();
    loop {
        match characters.next().ok_or_else(missing)? {
            '"' => return Ok(text),
            '\\' => match characters.next().ok_or_else(missing)? {
                // A line that is continued: the break and the indentation are not part of it.
                '\n' => {
                    let rest = characters.as_str().trim_start();
                    characters = rest.chars();
                }
                escaped => text.push(escaped),
            },
            other => text.push(other),
        }
    }
}

/// The value of a field that is a variant of an enumeration, in small letters.
fn variant_field(block: &str, name: &str) -> Result<String, String> {
    let variant = field(block, name)
        .and_then(|rest| rest.split(',').next())
        .and_then(|path| path.rsplit("::").next())
        .ok_or_else(|| format!("the rule has no `{name}`"))?;
    Ok(variant.trim().to_lowercase())
}

/// What stands after `name:` in the block of a rule.
fn field<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    let start = block.find(&format!("\n    {name}:"))?;
    let rest = &block[start + 1..];
    Some(rest[rest.find(':')? + 1..].trim_start())
}

fn page(head: &Head, source: &str) -> String {
    let mut page = format!(
        "# {} {}\n\n{}\n\n| severity | looks at | since |\n|---|---|---|\n| {} | {} | {} |\n\n",
        head.code, head.name, head.summary, head.severity, head.scope, head.since
    );
    for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        // The word behind the language tells tests what to expect; readers have no use for it.
        let fence = line.strip_prefix("```json").map(|_| "```json");
        page.push_str(fence.unwrap_or(line).trim_end());
        page.push('\n');
    }
    page
}

fn table<'a>(heads: impl Iterator<Item = &'a Head>) -> String {
    let mut table = String::from(
        "# Rules\n\nEvery rule has a page: what it finds, why that is bad, an example, the same put \
         right, and when to\nswitch the rule off. `flowdeck explain CODE` prints it. These files are \
         made by `cargo xtask docs`\nfrom the documentation of the rules.\n\n\
         | code | name | severity | looks at | finds |\n|---|---|---|---|---|\n",
    );
    for head in heads {
        let row = format!(
            "| [{0}]({0}.md) | {1} | {2} | {3} | {4} |\n",
            head.code,
            head.name,
            head.severity,
            head.scope,
            head.summary.replace('|', "\\|")
        );
        table.push_str(&row);
    }
    table
}
