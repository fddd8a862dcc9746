//! Packages: a text for each flow and language, with what belongs into it.

use flow::document::DocumentKind;
use flow::intake::{Content, Intake, Opened};
use serde_json::{Value, json};

use crate::exports::{Exported, parcels};
use crate::zip::Zip;
use crate::{messages, named, shapes, take, take_zip, text};

const CHARTS: [&str; 5] = [
    "package a.zip",
    "text a.zip/flows/Main/Deutsch/chart.json",
    "text a.zip/flows/Main/English/chart.json",
    "text a.zip/flows/Main/Schwiizertüütsch/chart.json",
    "text a.zip/flows/Track_Parcel/English/chart.json",
];

fn parts(parts: &[(&str, Value)]) -> Vec<u8> {
    let files: Vec<Exported> = parts
        .iter()
        .map(|(path, value)| ((*path).to_owned(), value.to_string()))
        .collect();
    Zip::of(&files)
}

fn replaced(mut files: Vec<Exported>, path: &str, text: &str) -> Vec<u8> {
    for file in files.iter_mut().filter(|file| file.0 == path) {
        text.clone_into(&mut file.1);
    }
    Zip::of(&files)
}

#[test]
fn each_flow_becomes_a_chart_in_each_of_its_languages() {
    let taken = take_zip(Zip::of(&parcels().package()));
    assert_eq!(shapes(&taken), CHARTS);
    assert_eq!(taken.skipped, 0);
    let Content::Package(facts) = &taken.entries[0].content else {
        panic!("{:?}", taken.entries[0]);
    };
    assert_eq!(facts.name, "Parcels");
    assert_eq!(facts.cognigy_version, "2026.4.0");
    assert_eq!(facts.created_at, "2026-05-06T07:08:09.000Z");
    assert_eq!(facts.description, "Invented");
    let counts: Vec<_> = facts
        .counts
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(
        counts,
        [
            ("chart", 2),
            ("connection", 1),
            ("flow", 2),
            ("locale", 3),
            ("nodeData", 11)
        ]
    );
    let flows: Vec<_> = taken
        .flows
        .iter()
        .map(|flow| (&*flow.name, &*flow.reference))
        .collect();
    assert_eq!(
        flows,
        [("Main", "ref-flow-0"), ("Track/Parcel", "ref-flow-1")]
    );
    let origin = &taken.entries[4].origin;
    assert_eq!(origin.root, "a.zip");
    assert_eq!(origin.flow_name.as_deref(), Some("Track/Parcel"));
    assert_eq!(origin.flow_reference.as_deref(), Some("ref-flow-1"));
    assert_eq!(origin.locale.as_deref(), Some("English"));
    for entry in &taken.entries[1..] {
        let Opened::Document(document) = entry.open() else {
            panic!("{} does not open: {:?}", entry.path, entry.open());
        };
        assert_eq!(document.kind(), DocumentKind::Chart);
    }
}

#[test]
fn a_chart_reads_as_the_command_line_writes_it() {
    let taken = take_zip(Zip::of(&parcels().package()));
    let text = text(&taken, "a.zip/flows/Track_Parcel/English/chart.json");
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_not_translated_comes_from_the_language_that_stands_for_it() {
    let taken = take_zip(Zip::of(&parcels().package()));
    for (language, said, from) in [
        ("English", "Where is it?", "locale-1"),
        ("Deutsch", "Wo ist es?", "locale-0"),
        ("Schwiizertüütsch", "Wo ist es?", "locale-0"),
    ] {
        let path = format!("a.zip/flows/Main/{language}/chart.json");
        let chart: Value = serde_json::from_str(text(&taken, &path)).unwrap();
        let ids: Vec<_> = chart["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| &node["_id"])
            .collect();
        assert_eq!(
            json!(ids),
            json!(["m1", "m2", "m3", "m4", "m6", "m5", "m7", "m8"])
        );
        let say = &chart["nodes"][1];
        assert_eq!(say["config"]["say"]["text"][0], said, "{language}");
        assert_eq!(say["localeReference"], from);
        // Not translated at all.
        assert_eq!(chart["nodes"][2]["localeReference"], "locale-1");
    }
}

fn in_languages(locales: &[(&str, Value)], entries: &Value) -> String {
    let mut files = vec![
        ("index.json".to_owned(), json!({ "type": "package" })),
        (
            "flow/f".to_owned(),
            json!({ "_id": "f", "name": "F", "chartReference": "c",
                "localizedData": [{ "localeReference": "wanted" }] }),
        ),
        (
            "chart/c".to_owned(),
            json!({ "_id": "c", "relations": [], "resourceReference": "f" }),
        ),
        (
            "nodeData/n".to_owned(),
            json!({ "_id": "n", "type": "start", "chartReference": "c", "localizedData": entries }),
        ),
    ];
    for (id, more) in locales {
        let mut locale = json!({ "_id": id, "name": id });
        locale
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        files.push((format!("locale/{id}"), locale));
    }
    let files: Vec<Exported> = files
        .into_iter()
        .map(|(path, value)| (path, value.to_string()))
        .collect();
    let taken = take_zip(Zip::of(&files));
    let chart: Value =
        serde_json::from_str(text(&taken, "a.zip/flows/F/wanted/chart.json")).unwrap();
    chart["nodes"][0]["config"].to_string()
}

#[test]
fn the_wanted_language_falls_back_along_its_chain_then_to_the_first_of_the_project_then_to_any() {
    let fallback = |id: &str| json!({ "fallbackLocaleReference": id });
    let chain = [
        ("primary", json!({ "primary": true })),
        ("middle", fallback("far")),
        ("far", json!({})),
        ("wanted", fallback("middle")),
    ];
    let entry = |locale: &str| json!({ "config": { "of": locale }, "localeReference": locale });
    let of = |locales: &[(&str, Value)], present: &[&str]| {
        let entries = present.iter().map(|locale| entry(locale)).collect();
        in_languages(locales, &entries)
    };
    let all = ["other", "primary", "far", "middle", "wanted"];
    for (count, taken) in [
        (5, "wanted"),
        (4, "middle"),
        (3, "far"),
        (2, "primary"),
        (1, "other"),
    ] {
        assert_eq!(of(&chain, &all[..count]), format!("{{\"of\":\"{taken}\"}}"));
    }
    let circle = [
        ("wanted", fallback("middle")),
        ("middle", fallback("wanted")),
    ];
    assert_eq!(of(&circle, &["other", "middle"]), "{\"of\":\"middle\"}");
    assert_eq!(of(&chain, &[]), "null");
}

#[test]
fn values_keep_their_spelling_and_unknown_keys_stay() {
    let node = "{\"_id\":\"n\",\"type\":\"start\",\"newKey\":{\"a\":1.50e3,\"b\":\"\\u00e9\\/\"},\"config\":\"old\",\
                \"chartReference\":\"c\",\"projectReference\":\"p\",\"localizedData\":[{\"config\":{\"z\":1,\"a\":[ ]},\
                \"more\":true}]}";
    let files = [
        ("pack/index.json", "{\"type\":\"package\"}"),
        ("pack/flow/f", "{\"_id\":\"f\",\"name\":\"F\"}"),
        (
            "pack/chart/c",
            "{\"_id\":\"c\",\"newOne\":1.0,\"relations\":[],\"resourceReference\":\"f\"}",
        ),
        ("pack/nodeData/n", node),
    ];
    let taken = take_zip(Zip::of(&files));
    assert_eq!(
        shapes(&taken),
        ["package a.zip", "text a.zip/flows/F/chart.json"]
    );
    let expected = "{\n  \"_id\": \"c\",\n  \"newOne\": 1.0,\n  \"relations\": [],\n  \"nodes\": [\n    {\n      \"_id\": \"n\",\n      \
                    \"type\": \"start\",\n      \"newKey\": {\n        \"a\": 1.50e3,\n        \"b\": \"\\u00e9\\/\"\n      },\n      \
                    \"config\": {\n        \"z\": 1,\n        \"a\": []\n      },\n      \"more\": true\n    }\n  ]\n}\n";
    assert_eq!(text(&taken, "a.zip/flows/F/chart.json"), expected);
}

#[test]
fn flows_of_one_name_get_numbers_and_safe_paths() {
    let mut files = vec![("index.json", json!({ "type": "package" }))];
    for (flow, chart, name) in [
        ("flow/1", "chart/1", "../up"),
        ("flow/2", "chart/2", "Main"),
        ("flow/3", "chart/3", "main"),
        ("flow/4", "chart/4", ""),
    ] {
        let id = &flow[5..];
        files.push((
            flow,
            json!({ "_id": id, "name": name, "chartReference": id }),
        ));
        files.push((
            chart,
            json!({ "_id": id, "relations": [], "resourceReference": id }),
        ));
    }
    files.push((
        "nodeData/n",
        json!({ "_id": "n", "chartReference": "elsewhere" }),
    ));
    let taken = take_zip(parts(&files));
    assert_eq!(
        shapes(&taken),
        [
            "package a.zip",
            "text a.zip/flows/Main/chart.json",
            "text a.zip/flows/_._up/chart.json",
            "text a.zip/flows/chart 4/chart.json",
            "text a.zip/flows/main (2)/chart.json",
        ]
    );
    assert_eq!(taken.skipped, 1, "the node of no chart");
}

#[test]
fn a_part_that_is_broken_takes_its_flow_with_it_and_nothing_else() {
    let taken = take_zip(replaced(
        parcels().package(),
        "nodeData/m3",
        "{\"_id\": \"m3\",}",
    ));
    assert_eq!(
        shapes(&taken),
        [
            "package a.zip",
            "text a.zip/flows/Track_Parcel/English/chart.json",
            "rejected a.zip/nodeData/m3"
        ]
    );
    let errors = messages(&taken.entries[2]);
    assert!(errors[0].contains("comma"), "{errors:?}");
    assert_eq!(errors[1], "The flow \"Main\" was not opened because of it.");

    let taken = take_zip(replaced(parcels().package(), "chart/chart-1", "[]"));
    assert_eq!(
        shapes(&taken)[..3],
        [
            "package a.zip",
            "rejected a.zip/chart/chart-1",
            "rejected a.zip/flow/flow-1"
        ]
    );
    assert!(messages(&taken.entries[1])[0].contains("Expected an object"));
    assert!(messages(&taken.entries[2])[0].contains("its chart could not be read"));

    let taken = take_zip(replaced(parcels().package(), "locale/locale-2", ""));
    assert_eq!(
        shapes(&taken),
        ["package a.zip", "rejected a.zip/locale/locale-2"]
    );
}

#[test]
fn a_flow_without_a_chart_is_named() {
    let files: Vec<Exported> = (parcels().package().into_iter())
        .filter(|(path, _)| path != "chart/chart-1")
        .collect();
    let taken = take_zip(Zip::of(&files));
    assert_eq!(
        messages(&taken.entries[1]),
        ["The flow \"Track/Parcel\" was not opened because the package has no chart of it."]
    );
}

#[test]
fn a_package_is_told_by_what_is_in_it_whatever_it_is_called() {
    let bytes = Zip::of(&parcels().package());
    let taken = take(vec![
        named("parcels.json", bytes.clone()),
        named("-", bytes),
    ]);
    let packages: Vec<String> = shapes(&taken)
        .into_iter()
        .filter(|shape| shape.starts_with("package"))
        .collect();
    assert_eq!(packages, ["package parcels.json", "package -"]);
    // Unpacked, too.
    let loose = (parcels().package().into_iter())
        .map(|(path, text)| crate::found(&format!("p/{path}"), text));
    let taken = take(loose.collect());
    assert_eq!(
        shapes(&taken)[..2],
        ["package p", "text p/flows/Main/Deutsch/chart.json"]
    );
    assert_eq!(taken.entries.len(), 5);
}

#[test]
fn a_package_without_flows_is_one_all_the_same() {
    let taken = take_zip(Zip::of(&[
        ("index.json", "{\"type\":\"package\",\"name\":\"Words\"}"),
        ("lexicon/1", "not even JSON"),
    ]));
    assert_eq!(shapes(&taken), ["package a.zip"]);
    assert_eq!(taken.skipped, 0);
}

#[test]
fn progress_comes_to_its_end_in_small_steps() {
    let mut intake = Intake::new(vec![
        named("a.zip", Zip::of(&parcels().package())),
        named("b.json", "{}"),
    ]);
    let mut seen = Vec::new();
    while let Some(progress) = intake.step() {
        assert!(progress.done <= progress.total, "{progress:?}");
        seen.push(progress);
    }
    let last = seen.last().unwrap();
    assert_eq!(last.done, last.total);
    assert!(last.done > 20, "{last:?}");
    assert!(seen.is_sorted_by_key(|progress| progress.done));
    assert_eq!(intake.finish().entries.len(), 6);
}
