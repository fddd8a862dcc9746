//! The rules about state flows and payloads: the examples of their pages, and fixtures.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use flow::document::Document;
use flow::json::Locator;
use flow::problem::Problem;
use flow::rules::{Options, RULES, check};
use flow::session::{Positions, Session};

const PREFIXES: [&str; 4] = ["ST", "CX", "SV", "SM"];

fn own(code: &str) -> bool {
    PREFIXES.iter().any(|prefix| code.starts_with(prefix))
}

fn open(text: &str) -> Document {
    Document::read(text.into()).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

fn problems(document: &Document) -> Vec<Problem> {
    check(document, &Options::default())
}

/// The example of a page, without the comment marks.
fn example(page: &str, class: &str) -> String {
    let start = format!("//! ```json {class}\n");
    let (_, rest) = page
        .split_once(&start)
        .unwrap_or_else(|| panic!("no {class} example"));
    let (example, _) = rest.split_once("//! ```").unwrap();
    example.replace("//! ", "")
}

#[test]
fn pages_have_examples_that_do_what_they_say() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut seen = 0;
    for folder in ["state", "payload"] {
        let Ok(entries) = std::fs::read_dir(sources.join(folder)) else {
            continue;
        };
        for entry in entries {
            let page = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let code = page
                .split("code: \"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            for heading in [
                "## What it does",
                "## Why it is bad",
                "## Example",
                "## Use instead",
                "## When to switch it off",
            ] {
                assert!(
                    page.contains(&format!("//! {heading}\n")),
                    "{code}: {heading}"
                );
            }
            let found = problems(&open(&example(&page, "fails")));
            assert!(
                found.iter().any(|problem| problem.rule.code == code),
                "{code}: {found:?}"
            );
            let found = problems(&open(&example(&page, "passes")));
            assert!(found.is_empty(), "{code}: {found:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, RULES.iter().filter(|rule| own(rule.code)).count());
}

fn fixtures(code: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/rules")
        .join(code);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
}

/// The problems as a person reads them, and what the text is after their fixes.
fn describe(document: &Document, code: &str) -> String {
    let mut text = String::new();
    let mut locator = Locator::new(document.tree());
    for problem in problems(document)
        .iter()
        .filter(|problem| problem.rule.code == code)
    {
        let position = locator.position(problem.span.start);
        writeln!(
            text,
            "{}:{} {} {} {}\n  at {:?}, about {:?}",
            position.line,
            position.column,
            problem.severity.as_str(),
            problem.rule.code,
            problem.message,
            locator.pointer(problem.at),
            problem.ids,
        )
        .unwrap();
        for related in &problem.related {
            writeln!(
                text,
                "  see {:?}: {}",
                locator.pointer(related.at),
                related.message
            )
            .unwrap();
        }
        if let Some(fix) = &problem.fix {
            let mut session = Session::new(document.clone(), Positions::new());
            session.apply(&fix.command).unwrap();
            let left = problems(session.document());
            let stays = left
                .iter()
                .any(|left| left.rule == problem.rule && left.message == problem.message);
            assert!(!stays, "{}: the fix mends nothing", problem.message);
            let changed: Vec<&str> = session
                .document()
                .text()
                .lines()
                .filter(|line| !document.text().lines().any(|before| before == *line))
                .collect();
            writeln!(text, "  fix: {}\n    {}", fix.label, changed.join("\n    ")).unwrap();
            session.undo().unwrap();
            assert_eq!(session.document().text(), document.text());
        }
    }
    text
}

#[test]
fn fixtures_fail_and_pass() {
    for rule in RULES.iter().filter(|rule| own(rule.code)) {
        let files = fixtures(rule.code);
        let named = |start: &str| {
            files.iter().any(|path| {
                path.file_name()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .starts_with(start)
            })
        };
        assert!(named("fails") && named("passes"), "{}", rule.code);
        for path in files {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let document = open(&std::fs::read_to_string(&path).unwrap());
            let described = describe(&document, rule.code);
            if name.starts_with("passes") {
                assert!(described.is_empty(), "{} {name}: {described}", rule.code);
            } else {
                assert!(!described.is_empty(), "{} {name} passes", rule.code);
                insta::assert_snapshot!(format!("{}_{name}", rule.code), described);
            }
        }
    }
}
