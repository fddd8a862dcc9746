//! Sets of files, and the problems of two versions.

use flow::compare::{Side, compare_sets, problems_between};
use flow::document::Document;
use flow::report::FileReport;
use flow::rules::chart_index::Origin;
use flow::rules::{self, Settings};
use serde_json::json;

fn flow(label: &str) -> Document {
    let text = json!({"id": "f", "name": "F", "version": "1.0.0", "entryPoint": "a",
        "nodes": [{"id": "a", "type": "start", "label": label}, {"id": "b", "type": "end", "label": "B"}],
        "edges": [{"id": "1", "source": "a", "target": "b"}]});
    Document::read(text.to_string().into()).unwrap()
}

fn origin(name: &str, reference: &str, locale: &str) -> Origin {
    let some = |text: &str| (!text.is_empty()).then(|| text.into());
    Origin {
        root: String::new(),
        flow_name: some(name),
        flow_reference: some(reference),
        locale: some(locale),
    }
}

/// Which file became which, and what is said of it.
fn told(old: &[(&str, Origin, Document)], new: &[(&str, Origin, Document)]) -> Vec<String> {
    fn sides<'a>(set: &'a [(&str, Origin, Document)]) -> Vec<Side<'a>> {
        let sides = set.iter();
        sides
            .map(|(path, origin, document)| Side {
                path,
                origin,
                document,
            })
            .collect()
    }
    let (old, new) = (sides(old), sides(new));
    let found = compare_sets(&old, &new);
    found
        .files
        .iter()
        .map(|file| format!("{}: {}", file.path(), file.verdict()))
        .collect()
}

#[test]
fn files_belong_together_by_flow_then_path_then_name() {
    let none = || Origin::default();
    let old = [
        ("flows/Main/en.json", origin("Main", "m", "en"), flow("A")),
        ("flows/Main/de.json", origin("Main", "m", "de"), flow("A")),
        ("a.json", none(), flow("A")),
        ("deep/b.json", none(), flow("A")),
        ("gone.json", none(), flow("A")),
    ];
    let new = [
        ("flows/Home/de.json", origin("Home", "m", "de"), flow("A")),
        ("flows/Home/en.json", origin("Home", "m", "en"), flow("B")),
        ("a.json", none(), flow("B")),
        ("b.json", none(), flow("A")),
        ("came.json", none(), flow("A")),
    ];
    assert_eq!(
        told(&old, &new),
        [
            "flows/Main/de.json → flows/Home/de.json: the same",
            "flows/Main/en.json → flows/Home/en.json: 1 changed",
            "a.json: 1 changed",
            "deep/b.json → b.json: the same",
            "came.json: added",
            "gone.json: removed",
        ]
    );
}

#[test]
fn what_is_not_certain_is_not_paired_but_one_file_is_always_compared_with_one() {
    let none = || Origin::default();
    let old = [
        ("x/a.json", none(), flow("A")),
        ("y/a.json", none(), flow("A")),
    ];
    let new = [
        ("z/a.json", none(), flow("A")),
        ("w/b.json", none(), flow("A")),
    ];
    assert_eq!(
        told(&old, &new),
        [
            "z/a.json: added",
            "w/b.json: added",
            "x/a.json: removed",
            "y/a.json: removed"
        ]
    );
    assert_eq!(
        told(&old[..1], &new[1..]),
        ["x/a.json → w/b.json: the same"]
    );
}

#[test]
fn problems_are_new_mended_or_kept_and_counted() {
    let report = |labels: &[&str]| {
        let nodes: Vec<_> = labels
            .iter()
            .enumerate()
            .map(|(number, label)| json!({"id": format!("n{number}"), "type": "end", "label": label}))
            .collect();
        let text = json!({"id": "f", "name": "F", "version": "1.0.0", "entryPoint": "n0", "nodes": nodes, "edges": []});
        let document = Document::read(text.to_string().into()).unwrap();
        let problems = rules::check(&document, &Settings::default());
        FileReport::checked("a.json".to_owned(), &document, problems)
    };
    let codes = |problems: &[&flow::report::ReportedProblem]| -> Vec<String> {
        let blank = problems
            .iter()
            .filter(|problem| problem.rule.code == "FD109");
        blank.map(|problem| problem.ids[0].to_string()).collect()
    };
    let (old, new) = (report(&["", "B", ""]), report(&["A", "", ""]));
    let found = problems_between(&old, &new);
    assert_eq!(codes(&found.new), ["n1"]);
    assert_eq!(codes(&found.mended), ["n0"]);
    assert_eq!(codes(&found.kept), ["n2"]);
    assert_eq!(found.new.len() + found.kept.len(), new.problems().len());
    assert_eq!(found.mended.len() + found.kept.len(), old.problems().len());
    // Two of one fingerprint against one.
    let twice = |count: usize| {
        let mut report = report(&["", "B", ""]);
        let flow::report::Outcome::Checked(problems) = &mut report.outcome else {
            panic!()
        };
        let first = problems
            .iter()
            .find(|problem| problem.rule.code == "FD109")
            .unwrap()
            .clone();
        *problems = vec![first; count];
        report
    };
    let (one, two) = (twice(1), twice(2));
    let found = problems_between(&one, &two);
    assert_eq!(
        (found.new.len(), found.mended.len(), found.kept.len()),
        (1, 0, 1)
    );
    let found = problems_between(&two, &one);
    assert_eq!(
        (found.new.len(), found.mended.len(), found.kept.len()),
        (0, 1, 1)
    );
}
