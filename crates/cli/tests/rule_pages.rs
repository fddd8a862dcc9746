//! The pages of the rules in `docs/rules` are as their sources say. After changing a rule, write
//! them with `cargo xtask docs`, or with `UPDATE_PAGES=1 cargo test -p flowdeck-cli rule_pages`.

#[path = "../../../xtask/src/rule_pages.rs"]
mod rule_pages;

use std::path::Path;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn rule_pages_are_up_to_date() {
    if std::env::var_os("UPDATE_PAGES").is_some() {
        rule_pages::generate(root()).unwrap();
    }
    let stale = rule_pages::check(root()).unwrap();
    assert!(stale.is_empty(), "run `cargo xtask docs`: {stale:?}");
}

/// The generator reads source text; what it read must be what the compiler reads.
#[test]
fn rule_pages_say_what_the_table_says() {
    let table = std::fs::read_to_string(root().join("docs/rules/README.md")).unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| ["))
        .collect();
    let expected: Vec<String> = flow::rules::RULES
        .iter()
        .map(|rule| {
            format!(
                "| [{0}]({0}.md) | {1} | {2} | {3} | {4} |",
                rule.code,
                rule.name,
                rule.severity.as_str(),
                rule.scope.as_str(),
                rule.summary
            )
        })
        .collect();
    let mut sorted = expected.clone();
    sorted.sort();
    assert_eq!(rows, sorted);
}
