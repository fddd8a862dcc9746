//! `flowdeck explain` and `flowdeck rules`.

use crate::support::Folder;

#[test]
fn a_rule_is_explained_by_code_or_name() {
    let folder = Folder::new();
    let by_code = folder.run(&["explain", "fd101"]);
    assert_eq!(by_code.code, 0);
    assert!(by_code.stdout.starts_with("# FD101 entry-point-missing\n"));
    assert!(by_code.stdout.contains("## Use instead"));
    assert_eq!(
        folder.run(&["explain", "entry-point-missing"]).stdout,
        by_code.stdout
    );
}

#[test]
fn an_unknown_rule_is_refused_with_the_nearest() {
    let ran = Folder::new().run(&["explain", "entry-point-mising"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr
            .contains("Did you mean FD101 entry-point-missing?"),
        "{ran:?}"
    );
}

#[test]
fn the_table_has_a_line_for_each_rule() {
    let ran = Folder::new().run(&["rules"]);
    let codes: Vec<&str> = ran.stdout.lines().map(|line| &line[..5]).collect();
    let expected: Vec<&str> = flow::rules::RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes, expected);
}
