//! What a review adds to a report: exactly what was reviewed, what was accepted, what is known.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod report_set;

use flow::checksum::sha256;
use flow::document::Document;
use flow::problem::Severity;
use flow::report::{Baseline, Content, Drawing, FileReport, Report, ReportAcknowledgement};
use flow::rules::{Level, Preset, Settings};
use report_set::{blank, file, fixed};

#[test]
fn what_was_reviewed_is_told_by_its_bytes() {
    // From FIPS 180-2.
    assert_eq!(
        sha256(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let text = blank(2);
    let document = Document::open(text.as_bytes()).unwrap();
    let report = FileReport::checked("a".to_owned(), &document, Vec::new());
    assert_eq!(report.content, Some(Content::of(text.as_bytes())));
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let document = Document::open(&marked).unwrap();
    let report = FileReport::checked("a".to_owned(), &document, Vec::new()).of_bytes(&marked);
    assert_eq!(report.content, Some(Content::of(&marked)));
    // A file is recognised by its text and a mark; an archive, which holds more, is not.
    let of_text = FileReport::checked("a".to_owned(), &document, Vec::new());
    for (file, expected) in [
        (Content::of(&marked), Content::of(&marked)),
        (Content::of(text.as_bytes()), Content::of(text.as_bytes())),
        (Content::of(&[0; 9]), Content::of(text.as_bytes())),
        (
            Content::of(&vec![0; marked.len()]),
            Content::of(text.as_bytes()),
        ),
    ] {
        let report = of_text.clone().of_file(&text, &file);
        assert_eq!(report.content, Some(expected));
    }
    let unread = FileReport::rejected("a".to_owned(), None, Vec::new());
    assert_eq!(unread.content, None);
    assert_eq!(unread.of_bytes(b"{").content.unwrap().bytes, 1);
}

#[test]
fn the_numbers_of_its_parts_go_with_a_document() {
    let inventory = |text: &str| file("a", text).inventory;
    assert_eq!(
        inventory(&blank(3)),
        [(3, "node"), (0, "edge"), (0, "variable")]
    );
    let states = include_str!("../../../samples/checkout-states.json");
    assert_eq!(inventory(states), [(8, "state"), (17, "transition")]);
    let chart = r#"{"nodes": [{"_id": "a", "type": "start"}], "relations": [{"_id": "r", "node": "a", "next": null, "children": []}]}"#;
    assert_eq!(inventory(chart), [(1, "node")]);
    assert_eq!(inventory("{"), []);
}

/// An acknowledgement of the first problem of the second file.
fn accepted(report: &Report) -> ReportAcknowledgement {
    let problem = &report.files[1].problems()[0];
    ReportAcknowledgement {
        path: report.files[1].path.clone(),
        fingerprint: problem.fingerprint,
        code: problem.rule.code.into(),
        reason: "seen".to_owned(),
        by: "Anna".to_owned(),
        at: "2026-11-28T10:00:00Z".to_owned(),
    }
}

#[test]
fn a_problem_is_accepted_by_its_file_and_fingerprint() {
    let mut report = fixed();
    let entry = accepted(&report);
    assert_eq!(report.acknowledge(std::slice::from_ref(&entry)), 1);
    let marked = report.files[1].problems()[0].acknowledged.clone().unwrap();
    assert_eq!(
        (marked.reason.as_str(), marked.by.as_str()),
        ("seen", "Anna")
    );
    assert_eq!(
        report.counts().acknowledged,
        fixed().counts().acknowledged + 1
    );
    for other in [
        ReportAcknowledgement {
            reason: " ".to_owned(),
            ..entry.clone()
        },
        ReportAcknowledgement {
            path: "flows/hello.json".to_owned(),
            ..entry.clone()
        },
        ReportAcknowledgement {
            fingerprint: entry.fingerprint ^ 1,
            ..entry.clone()
        },
        ReportAcknowledgement {
            code: "FD999".into(),
            ..entry.clone()
        },
    ] {
        let mut report = fixed();
        assert_eq!(
            report.acknowledge(std::slice::from_ref(&other)),
            0,
            "{other:?}"
        );
        assert_eq!(report.to_json(), fixed().to_json());
    }
}

#[test]
fn what_the_file_says_of_a_problem_stays() {
    let mut report = fixed();
    let problems = report.files[1].problems();
    let known = problems
        .iter()
        .find(|it| it.acknowledged.is_some())
        .unwrap();
    let entry = ReportAcknowledgement {
        fingerprint: known.fingerprint,
        code: known.rule.code.into(),
        ..accepted(&report)
    };
    assert_eq!(report.acknowledge(&[entry]), 1);
    assert_eq!(report.to_json(), fixed().to_json());
}

#[test]
fn a_baseline_leaves_out_what_it_knows_and_nothing_else() {
    let before = fixed();
    let text = before.to_baseline(&|path| path.replace("flows/", ""));
    let baseline = Baseline::read(&text).unwrap();
    let mut report = fixed();
    let all = report.files[1].problems().len();
    // A path that the baseline spells otherwise is not known.
    assert_eq!(baseline.subtract(&mut report, &str::to_owned), 0);
    let known = baseline.subtract(&mut report, &|path| path.replace("flows/", ""));
    assert_eq!(known, all);
    assert_eq!(report.known, before.known + all);
    assert!(report.files[1].problems().is_empty());
    assert_eq!(report.rejected(), 1);
    assert!(report.summary().contains("8 known problems left out."));
}

#[test]
fn the_picture_marks_what_the_report_lists() {
    let signs = |report: &Report| {
        let picture = report.files[1].picture().unwrap();
        let texts = picture
            .split('>')
            .map(|part| part.split('<').next().unwrap_or_default());
        let is_sign = |text: &&str| text.starts_with(['\u{2715}', '!', 'i', '\u{2713}']);
        let signs: Vec<String> = texts.filter(is_sign).map(str::to_owned).collect();
        signs
    };
    let mut report = fixed();
    // The dead end without a label, the node nobody comes to, the condition that does not parse.
    assert_eq!(signs(&report), ["\u{2715} 2", "\u{2713}", "\u{2715}"]);
    let entry = accepted(&report);
    report.acknowledge(&[entry]);
    assert_eq!(signs(&report)[0], "\u{2713} 2");
    let baseline = Baseline::read(&report.to_baseline(&str::to_owned)).unwrap();
    baseline.subtract(&mut report, &str::to_owned);
    assert!(signs(&report).is_empty());
}

#[test]
fn documents_that_are_no_graph_have_no_picture() {
    let context = r#"{"conversation_id": "c", "context": {"a": {"value": 1, "scope": "session"}}}"#;
    assert!(file("a", context).drawing.is_none());
    assert!(file("a", "{").drawing.is_none());
    assert!(matches!(
        file("a", &blank(1)).drawing,
        Some(Drawing::Drawn(_))
    ));
    assert!(matches!(
        file("a", &blank(5_000)).drawing,
        Some(Drawing::TooLarge { cards: 5_000 })
    ));
}

#[test]
fn a_report_says_how_severe_rules_were() {
    let mut settings = Settings::default();
    settings.preset = Preset::Strict;
    assert!(settings.set_level("FD109", Level::Off));
    let mut report = fixed();
    assert!(
        report
            .to_markdown()
            .contains("| Severities | recommended |")
    );
    report.files[0] = report.files[0].clone().checked_with(&settings);
    let both = "strict, FD109 off; for other files recommended";
    assert!(report.to_markdown().contains(both));
    let page = report.to_html();
    assert!(page.contains(both) && page.contains("Severities: strict, FD109 off</p>"));
    assert!(report.to_sarif().contains(both));
}

#[test]
fn the_headline_is_the_worst_there_is() {
    let of = |text: &str| Report {
        files: vec![file("a", text)],
        ..Report::default()
    };
    assert_eq!(Report::default().headline(), "Nothing was checked");
    assert_eq!(
        fixed().headline(),
        "Errors found, and not everything could be read"
    );
    assert_eq!(of("{").headline(), "Not everything could be read");
    let mut dirty = of(&blank(2));
    assert_eq!(dirty.headline(), "Errors found");
    let keep = |report: &mut Report, severity: Severity| {
        if let flow::report::Outcome::Checked(problems) = &mut report.files[0].outcome {
            problems.retain(|problem| problem.severity >= severity);
        }
    };
    keep(&mut dirty, Severity::Warning);
    assert_eq!(dirty.headline(), "No errors, but warnings");
    keep(&mut dirty, Severity::Info);
    assert_eq!(dirty.headline(), "No problems");
}
