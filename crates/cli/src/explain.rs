//! `flowdeck explain` and `flowdeck rules`: what the rules are about.

use std::fmt::Write as _;
use std::io;

use flow::problem::Severity;
use flow::rules::{RULES, Rule, rule};

use crate::failure::Failure;
use crate::output::{self, ERROR, FAINT, INFO, Paint, STRONG, WARNING};

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Prints the page of the rule with this code or name.
pub(crate) fn explain(code_or_name: &str) -> Result<(), Failure> {
    let page = rule(code_or_name)
        .and_then(|rule| PAGES.iter().find(|(code, _)| *code == rule.code))
        .map(|(_, page)| *page)
        .ok_or_else(|| Failure::UnknownRule {
            asked: code_or_name.to_owned(),
            nearest: nearest(code_or_name),
        })?;
    output::deliver(&styled(page, Paint::for_stream(&io::stdout())), None)
}

/// Prints the table of all rules.
pub(crate) fn list() -> Result<(), Failure> {
    let paint = Paint::for_stream(&io::stdout());
    let width = RULES.iter().map(|rule| rule.name.len()).max();
    let width = width.unwrap_or_default();
    let mut table = String::new();
    for rule in RULES {
        let style = match rule.severity {
            Severity::Error => ERROR,
            Severity::Warning => WARNING,
            Severity::Info => INFO,
        };
        writeln!(
            table,
            "{}  {}  {}  {}",
            paint.on(rule.code, STRONG),
            paint.on(&format!("{:7}", rule.severity.as_str()), style),
            format_args!("{:width$}", rule.name),
            rule.summary
        )
        .unwrap_or_default();
    }
    output::deliver(&table, None)
}

/// A page with its headings and examples set off.
fn styled(page: &str, paint: Paint) -> String {
    let mut out = String::with_capacity(page.len());
    let mut code = false;
    for line in page.lines() {
        let fence = line.starts_with("```");
        code ^= fence;
        let style = match line {
            _ if fence => Some(FAINT),
            _ if code => None,
            _ if line.starts_with('#') => Some(STRONG),
            _ => None,
        };
        match style {
            Some(style) => out.push_str(&paint.on(line, style)),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// The rule that somebody may have meant: its code or name differs by one or two letters.
fn nearest(asked: &str) -> Option<&'static Rule> {
    let asked = asked.to_lowercase();
    let distance = |rule: &Rule| {
        edit_distance(&asked, &rule.code.to_lowercase()).min(edit_distance(&asked, rule.name))
    };
    let nearest = RULES.iter().copied().min_by_key(|rule| distance(rule))?;
    (distance(nearest) <= 2).then_some(nearest)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (index, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, right) in b.chars().enumerate() {
            let change = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page() {
        for rule in RULES {
            let page = PAGES.iter().find(|(code, _)| *code == rule.code);
            let head = format!("# {} {}", rule.code, rule.name);
            assert!(
                page.is_some_and(|(_, page)| page.starts_with(&head)),
                "{head}"
            );
        }
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_rule() {
        assert_eq!(nearest("fd10l").map(|rule| rule.code), Some("FD101"));
        assert_eq!(nearest("dead-end-nod").map(|rule| rule.code), Some("FD402"));
        assert!(nearest("something else").is_none());
    }
}
