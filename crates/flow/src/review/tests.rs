use super::*;
use crate::intake::{File, Intake};
use crate::problem::Severity;
use crate::rules::Settings;

const FIRST: &str = r#"{"nodes":[{"_id":"1","type":"start","referenceId":"s"},
    {"_id":"2","type":"goTo","label":"On","config":{"executionMode":"wait","flowNode":{"flow":"f2","node":"t"}}}],
  "relations":[{"node":"1","next":"2"},{"node":"2","next":null}]}"#;
const SECOND: &str = r#"{"nodes":[{"_id":"1","type":"start","referenceId":"t"}],"relations":[{"node":"1","next":null}]}"#;

fn examined(files: &[(&str, &str)]) -> Vec<Arc<Reviewed>> {
    let files = files.iter().map(|(path, text)| File {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        named: true,
    });
    let taken = Intake::new(files.collect()).finish();
    let examination = Examination::new(taken.entries, taken.flows, Vec::new(), Settings::default());
    let files = examination.finish().files;
    files.into_iter().map(Arc::new).collect()
}

fn codes(files: &[Arc<Reviewed>]) -> Vec<&'static str> {
    let problems = files.iter().flat_map(|file| file.report.problems());
    problems.map(|problem| problem.rule.code).collect()
}

#[test]
fn charts_are_checked_with_those_beside_them() {
    let alone = examined(&[("a.json", FIRST)]);
    assert!(codes(&alone).contains(&"CH301"));
    let together = examined(&[("a.json", FIRST), ("b.json", SECOND)]);
    assert!(!codes(&together).contains(&"CH301"));
    let charts: Vec<_> = together.iter().map(|file| file.chart).collect();
    assert_eq!(charts, [Some(0), Some(1)]);
}

#[test]
fn files_are_sorted_and_filtered_and_problems_grouped() {
    let files = examined(&[
        ("sound.json", r#"{"dialogId":"d","session":{"a":1}}"#),
        ("cut.json", "{"),
        ("warned.json", r#"{"dialogId":"d"}"#),
        ("a.json", FIRST),
    ]);
    let by = |by, reversed| {
        let order = Order { by, reversed };
        let rows = listed(&files, &Filter::default(), order).into_iter();
        rows.map(|row| files[row.file].path().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(by(Column::Verdict, false)[..2], ["cut.json", "warned.json"]);
    assert_eq!(by(Column::Path, true).last().unwrap(), "a.json");
    let errors = Filter {
        severity: Some(Severity::Error),
        ..Filter::default()
    };
    let order = Order {
        by: Column::Path,
        reversed: false,
    };
    let rows = listed(&files, &errors, order);
    let is_wanted = |row: &Listed| !row.problems.is_empty() || files[row.file].is_rejected();
    assert!(rows.iter().all(is_wanted));
    assert!(rows.iter().any(|row| files[row.file].path() == "cut.json"));
    let groups = groups(&files, &Filter::default(), Grouping::Severity);
    assert!(groups.iter().map(|group| group.worst).is_sorted());
    let places: Vec<Place> = groups.into_iter().flat_map(|group| group.places).collect();
    let first = neighbour(&places, None, true).unwrap();
    assert_eq!(first, places[0]);
    assert_eq!(
        neighbour(&places, Some(first), false),
        places.last().copied()
    );
    assert_eq!(neighbour(&[], None, false), None);
}
