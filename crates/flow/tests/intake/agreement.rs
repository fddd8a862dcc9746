//! One project gives the same problems however it was exported.

use std::sync::Arc;

use flow::document::Document;
use flow::intake::{Opened, Taken};
use flow::report::FileReport;
use flow::rules::chart_index::ChartIndex;
use flow::rules::links::Beside;
use flow::rules::{Settings, check};

use crate::exports::parcels;
use crate::zip::Zip;
use crate::{found, take, take_zip};

/// What is wrong in all charts: flow, language, rule, message and fingerprint.
fn problems(taken: &Taken) -> Vec<String> {
    let documents: Vec<Document> = taken
        .entries
        .iter()
        .filter_map(|entry| match entry.open() {
            Opened::Document(document) => Some(document),
            _ => None,
        })
        .collect();
    let charts: Vec<_> = taken
        .entries
        .iter()
        .filter(|entry| entry.text().is_some())
        .collect();
    let views = documents.iter().filter_map(Document::chart);
    let origins = charts.iter().map(|entry| entry.origin.clone());
    let index = Arc::new(ChartIndex::of(origins.zip(views), taken.flows.clone()));
    let mut found = Vec::new();
    for ((own, document), entry) in (0..).zip(&documents).zip(charts) {
        let mut settings = Settings::default();
        settings.links.charts = Some(Beside {
            index: Arc::clone(&index),
            own,
        });
        let report = FileReport::checked(String::new(), document, check(document, &settings));
        for problem in report.problems() {
            found.push(format!(
                "{:?} {:?} {} {} {} {:x}",
                entry.origin.flow_name,
                entry.origin.locale,
                problem.rule.code,
                problem.pointer,
                problem.message,
                problem.fingerprint
            ));
        }
    }
    found
}

#[test]
fn a_folder_and_a_package_of_one_project_have_the_same_problems() {
    let files = parcels()
        .folder()
        .into_iter()
        .map(|(path, text)| found(&path, text));
    let of_folder = problems(&take(files.collect()));
    let of_package = problems(&take_zip(Zip::of(&parcels().package())));
    let of_zipped_folder = problems(&take_zip(Zip::of(&parcels().folder())));
    assert_eq!(of_folder, of_package);
    assert_eq!(of_folder, of_zipped_folder);
    // The jump to nowhere in each of three languages, told by the name of the flow it should be in.
    let missing = of_folder.iter().filter(|problem| problem.contains("CH301"));
    let missing: Vec<_> = missing.collect();
    assert_eq!(missing.len(), 3, "{of_folder:#?}");
    assert!(missing[0].contains("Track/Parcel"), "{}", missing[0]);
}
