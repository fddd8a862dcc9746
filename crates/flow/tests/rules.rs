//! Every rule against its fixtures and its page. Fixtures are `tests/fixtures/rules/CODE/`
//! `fails*.json` and `passes*.json` at the root of the repository; a rule's page is the
//! documentation at the top of its source.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flow::document::Document;
use flow::json::{Locator, TextEdit, apply_edits};
use flow::problem::Problem;
use flow::rules::chart_index::{ChartIndex, Origin};
use flow::rules::links::{Beside, LinkedFlow};
use flow::rules::{RULES, Rule, Settings, check};
use flow::session::{Positions, Session};

/// What every page says, in this order.
const HEADINGS: [&str; 5] = [
    "## What it does",
    "## Why it is bad",
    "## Example",
    "## Use instead",
    "## When to switch it off",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A document that a rule is tried on.
struct Fixture {
    name: String,
    text: String,
    settings: Settings,
}

/// The fixtures of a rule, sorted by name. Beside `NAME.json` may stand `NAME.flow`, the dialog flow
/// that is linked to it, `NAME.template`, the template that is previewed with it, and `NAME.beside`, the
/// chart of another flow that is opened with it. `<x*1000>` in a fixture stands for a thousand `x`.
fn fixtures(rule: &Rule) -> Vec<Fixture> {
    let folder = root().join("tests/fixtures/rules").join(rule.code);
    let mut found: Vec<Fixture> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let mut settings = Settings::default();
            let beside = |extension| std::fs::read_to_string(path.with_extension(extension)).ok();
            settings.links.template = beside("template");
            settings.links.flow = beside("flow")
                .map(|text| LinkedFlow::of(read(&text).dialog_flow().expect("a dialog flow")));
            let text = expanded(&std::fs::read_to_string(&path).unwrap());
            settings.links.charts = beside("beside").map(|other| two_charts(&text, &other));
            Fixture {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                text,
                settings,
            }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The flow `f-1` with the flow `f-2` beside it.
fn two_charts(own: &str, other: &str) -> Beside {
    let (own, other) = (read(own), read(other));
    let origin = |reference: &str, name: &str| Origin {
        flow_reference: Some(reference.into()),
        flow_name: Some(name.into()),
        ..Origin::default()
    };
    let charts = [
        (origin("f-1", "Main"), own.chart().expect("a chart")),
        (origin("f-2", "Other"), other.chart().expect("a chart")),
    ];
    Beside {
        index: Arc::new(ChartIndex::of(charts, [])),
        own: 0,
    }
}

/// A text with every `<x*1000>` written out.
fn expanded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('<');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let repeated = part.split_once('>').and_then(|(inside, rest)| {
            let (unit, count) = inside.split_once('*')?;
            Some((unit.repeat(count.parse().ok()?), rest))
        });
        match repeated {
            Some((unit, rest)) => out.extend([&unit, rest]),
            None => out.extend(["<", part]),
        }
    }
    out
}

fn read(text: &str) -> Document {
    Document::read(text.into()).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

fn problems(text: &str, settings: &Settings) -> (Document, Vec<Problem>) {
    let document = read(text);
    let problems = check(&document, settings);
    (document, problems)
}

/// One line for each problem, and the effect of the fixes of `rule`.
fn rendered(text: &str, settings: &Settings, rule: &Rule) -> String {
    let (document, problems) = problems(text, settings);
    let mut locator = Locator::new(document.tree());
    let mut out = String::new();
    for problem in &problems {
        let place = locator.position(problem.span.start);
        writeln!(
            out,
            "{} {} {}:{} [{}] {}",
            problem.rule.code,
            problem.severity.as_str(),
            place.line,
            place.column,
            problem.ids.join(", "),
            problem.message
        )
        .unwrap();
        for related in &problem.related {
            let pointer = locator.pointer(related.at);
            writeln!(out, "    {pointer}: {}", related.message).unwrap();
        }
        if let Some(fix) = &problem.fix
            && problem.rule == rule
        {
            writeln!(out, "    fix: {} ({})", fix.label, fix.command.label).unwrap();
            let edits = fix.command.text_edits(document.tree()).unwrap();
            for line in changed_lines(text, &edits).lines() {
                writeln!(out, "    {line}").unwrap();
            }
        }
    }
    out
}

/// The lines that edits take away and put there.
fn changed_lines(text: &str, edits: &[TextEdit]) -> String {
    let (changed, _) = apply_edits(text, edits);
    let before: Vec<&str> = text.lines().collect();
    let after: Vec<&str> = changed.lines().collect();
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(before, after)| before == after).count()
    };
    let start = same(&mut before.iter().zip(&after));
    let left = before.len().min(after.len()) - start;
    let end = same(&mut before.iter().rev().zip(after.iter().rev())).min(left);
    let mut out = String::new();
    for line in &before[start..before.len() - end] {
        writeln!(out, "- {line}").unwrap();
    }
    for line in &after[start..after.len() - end] {
        writeln!(out, "+ {line}").unwrap();
    }
    out
}

/// The page of a rule: the `//!` lines at the top of its file.
fn page(rule: &Rule) -> String {
    let folder = match &rule.code[..2] {
        "FD" => "dialog",
        "ST" => "state",
        "CH" => "chart",
        "CX" => "payload/context_set",
        "SV" => "payload/state_variables",
        _ => "payload/simulation",
    };
    let source = root()
        .join("crates/flow/src/rules")
        .join(folder)
        .join(format!("{}.rs", rule.name.replace('-', "_")));
    let source = std::fs::read_to_string(source).unwrap();
    let mut page = String::new();
    for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
        page.push_str(line.strip_prefix(' ').unwrap_or(line));
        page.push('\n');
    }
    page
}

/// The first block of a page that is fenced as `json word`.
fn example(page: &str, word: &str) -> Option<String> {
    let fence = format!("```json {word}\n");
    let start = page.find(&fence)? + fence.len();
    let end = start + page[start..].find("```")?;
    Some(page[start..end].to_owned())
}

#[test]
fn fixtures_fail_and_pass_as_they_are_named() {
    for rule in RULES {
        let (mut fails, mut passes) = (0, 0);
        let mut snapshot = String::new();
        for Fixture {
            name,
            text,
            settings,
        } in fixtures(rule)
        {
            let (_, problems) = problems(&text, &settings);
            let found = problems.iter().any(|problem| problem.rule == *rule);
            if name.starts_with("fails") {
                assert!(found, "{} does not find {name}", rule.code);
                fails += 1;
                write!(snapshot, "{name}\n{}\n", rendered(&text, &settings, rule)).unwrap();
            } else if name.starts_with("passes") {
                assert!(!found, "{} finds {name}: {problems:#?}", rule.code);
                passes += 1;
            } else {
                panic!(
                    "{} has a fixture {name} that neither fails nor passes",
                    rule.code
                );
            }
        }
        assert!(fails > 0 && passes > 0, "{} lacks fixtures", rule.code);
        insta::assert_snapshot!(rule.code, snapshot);
    }
}

#[test]
fn fixes_mend_what_they_are_for_and_can_be_undone() {
    for rule in RULES {
        for Fixture {
            name,
            text,
            settings,
        } in fixtures(rule)
        {
            let (document, problems) = problems(&text, &settings);
            for problem in problems.iter().filter(|problem| problem.rule == *rule) {
                let Some(fix) = &problem.fix else { continue };
                let mut session = Session::new(document.clone(), Positions::new());
                assert!(session.apply(&fix.command).unwrap(), "{} {name}", rule.code);
                let same = |other: &&Problem| {
                    other.rule == *rule
                        && other.ids == problem.ids
                        && other.message == problem.message
                };
                let before = problems.iter().filter(same).count();
                let left = check(session.document(), &settings);
                let after = left.iter().filter(same).count();
                assert!(after < before, "{} {name}: {}", rule.code, fix.label);
                session.undo().unwrap();
                assert_eq!(session.document().text(), text, "{} {name}", rule.code);
            }
        }
    }
}

#[test]
fn pages_are_complete_and_their_examples_true() {
    for rule in RULES {
        let page = page(rule);
        let places: Vec<Option<usize>> =
            HEADINGS.iter().map(|heading| page.find(heading)).collect();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{} lacks a heading or has them in another order: {places:?}",
            rule.code
        );
        // An example with hundreds of nodes is told instead of shown.
        if page.contains("```text") {
            continue;
        }
        for (word, expected) in [("fails", true), ("passes", false)] {
            let text = example(&page, word).unwrap_or_else(|| panic!("{} {word}", rule.code));
            let (_, problems) = problems(&text, &Settings::default());
            let found = problems.iter().any(|problem| problem.rule == *rule);
            assert_eq!(found, expected, "{} {word}: {problems:#?}", rule.code);
        }
    }
}

#[test]
fn codes_and_names_of_a_family_are_unique() {
    for (index, rule) in RULES.iter().enumerate() {
        for earlier in &RULES[..index] {
            assert_ne!(rule.code, earlier.code);
            let family = rule.code[..2] == earlier.code[..2];
            assert!(!family || earlier.code < rule.code, "{}", rule.code);
            assert!(!family || earlier.name != rule.name, "{}", rule.code);
        }
    }
}

#[test]
fn messages_are_sentences() {
    for rule in RULES {
        assert!(rule.summary.ends_with('.'), "{}", rule.code);
        for Fixture {
            name,
            text,
            settings,
        } in fixtures(rule)
        {
            for problem in problems(&text, &settings).1 {
                let message = &problem.message;
                assert!(
                    message.ends_with('.'),
                    "{} {name}: {message}",
                    problem.rule.code
                );
                assert!(
                    !message.contains("  "),
                    "{} {name}: {message}",
                    problem.rule.code
                );
            }
        }
    }
}
