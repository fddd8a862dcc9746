//! Folders that the command line of Cognigy writes, loose and in archives.

use flow::intake::Opened;

use crate::exports::{Exported, parcels};
use crate::zip::Zip;
use crate::{found, messages, named, shapes, take, take_zip};

fn loose(files: Vec<Exported>) -> Vec<flow::intake::File> {
    files
        .into_iter()
        .map(|(path, text)| found(&path, text))
        .collect()
}

#[test]
fn charts_know_their_flow_from_what_is_beside_them() {
    let taken = take(loose(parcels().folder()));
    assert_eq!(
        shapes(&taken),
        [
            "text agent/flows/Main/Deutsch/chart.json",
            "text agent/flows/Main/English/chart.json",
            "text agent/flows/Main/Schwiizertüütsch/chart.json",
            "text agent/flows/Track/Parcel/English/chart.json",
        ]
    );
    // The settings, the languages, the words, two flows, and the intents of four charts.
    assert_eq!(taken.skipped, 9);
    let origin = &taken.entries[3].origin;
    assert_eq!(origin.root, "agent");
    assert_eq!(origin.flow_name.as_deref(), Some("Track/Parcel"));
    assert_eq!(origin.flow_reference.as_deref(), Some("ref-flow-1"));
    assert_eq!(origin.locale.as_deref(), Some("English"));
    assert_eq!(taken.flows.len(), 2);
}

#[test]
fn the_same_folder_in_an_archive_is_read_the_same() {
    let taken = take_zip(Zip::of(&parcels().folder()));
    assert_eq!(taken.entries.len(), 4);
    assert_eq!(
        taken.entries[0].path,
        "a.zip/agent/flows/Main/Deutsch/chart.json"
    );
    assert_eq!(taken.entries[0].origin.root, "a.zip/agent");
    assert_eq!(taken.skipped, 9);
}

#[test]
fn what_belongs_to_an_export_is_never_a_mistake() {
    let taken = take(vec![
        found("agent/flows/locales.json", "broken"),
        found("agent/flows/Main/config.json", "{"),
        found(
            "agent/flows/Main/en/chart.json",
            "{\"nodes\":[],\"relations\":[]}",
        ),
        found("agent/flows/Main/en/intents.json", ""),
        found("agent/endpoints/Web/config.json", "\u{0}"),
        found("agent/flows/.DS_Store/chart.json", "?"),
    ]);
    assert_eq!(shapes(&taken), ["text agent/flows/Main/en/chart.json"]);
    assert_eq!(taken.skipped, 4);
    assert_eq!(taken.entries[0].origin.flow_name.as_deref(), Some("Main"));
}

#[test]
fn a_folder_of_flows_may_be_called_anything_and_hold_other_documents() {
    let chart = "{\"nodes\":[],\"relations\":[]}";
    let taken = take(vec![
        found("locales.json", "[]"),
        found(
            "Main/config.json",
            "{\"name\":\"Main!\",\"referenceId\":\"r\"}",
        ),
        found("Main/en/US/chart.json", chart),
        found("own.json", "{}"),
    ]);
    assert_eq!(
        shapes(&taken),
        ["text Main/en/US/chart.json", "text own.json"]
    );
    let origin = &taken.entries[0].origin;
    assert_eq!(origin.flow_name.as_deref(), Some("Main!"));
    assert_eq!(origin.locale.as_deref(), Some("en/US"));
    assert!(matches!(taken.entries[1].open(), Opened::Other));
    // Without anything that says so, a folder is no export.
    let taken = take(vec![
        found("flows/chart.json", chart),
        found("flows/config.json", "{"),
    ]);
    assert_eq!(taken.entries.len(), 2);
    assert_eq!(
        taken.entries[0].origin,
        flow::rules::chart_index::Origin::default()
    );
}

#[test]
fn settings_that_hold_a_key_are_never_shown() {
    for text in [
        "{\"apiKey\": \"canary-7d3f\"}",
        "{\"apiKey\": \"canary-7d3f\"",
    ] {
        let taken = take(vec![found("config.json", text)]);
        assert_eq!((taken.entries.len(), taken.skipped), (0, 1));
        let taken = take(vec![named("work/config.json", text)]);
        assert!(messages(&taken.entries[0])[0].contains("may hold a key"));
        assert!(!format!("{taken:?}").contains("canary"));
    }
    let taken = take(loose(parcels().folder()));
    assert!(!format!("{taken:?}").contains("canary"));
}

#[test]
fn what_is_asked_for_by_name_is_answered() {
    let taken = take(vec![
        named("agent/flows/Main/config.json", "{\"name\":\"Main\"}"),
        found(
            "agent/flows/Main/en/chart.json",
            "{\"nodes\":[],\"relations\":[]}",
        ),
        named("notes.txt", "hello"),
        found("picture.png", "\u{0}"),
    ]);
    assert_eq!(
        shapes(&taken),
        [
            "text agent/flows/Main/config.json",
            "text agent/flows/Main/en/chart.json",
            "text notes.txt"
        ]
    );
    assert!(matches!(
        taken.entries[0].open(),
        Opened::Rejected { kind: None, .. }
    ));
    assert!(matches!(
        taken.entries[2].open(),
        Opened::Rejected { kind: None, .. }
    ));
    assert_eq!(taken.skipped, 0);
}
