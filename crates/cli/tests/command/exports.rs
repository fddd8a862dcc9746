//! Exports of Cognigy.AI: packages, archives and folders.

use serde_json::{Value, json};

use crate::project::{Exported, parcels};
use crate::support::{DIRTY, Folder, Ran};
use crate::zip::{Item, Zip};

fn folder(files: &[Exported]) -> Folder {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Folder::with(&files)
}

fn with_package() -> Folder {
    let folder = Folder::new();
    folder.write("exports/parcels.zip", Zip::of(&parcels().package()));
    folder
}

/// The path and kind of each file, and whether it was read.
fn files(ran: &Ran) -> Vec<(String, Value, bool)> {
    let json = ran.json();
    let files = json["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            let path = file["path"].as_str().unwrap().to_owned();
            (path, file["kind"].clone(), file["problems"].is_array())
        })
        .collect()
}

#[test]
fn a_package_is_checked_chart_by_chart() {
    let folder = with_package();
    for path in ["exports/parcels.zip", "exports", "."] {
        let ran = folder.run(&["check", path, "--format", "json"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let chart = |path: &str| {
            (
                format!("exports/parcels.zip/flows/{path}/chart.json"),
                json!("chart"),
                true,
            )
        };
        assert_eq!(
            files(&ran),
            [
                ("exports/parcels.zip".to_owned(), json!("package"), true),
                chart("Main/Deutsch"),
                chart("Main/English"),
                chart("Main/Schwiizertüütsch"),
                chart("Track_Parcel/English"),
            ]
        );
        assert_eq!(ran.json()["summary"]["files"], 5);
        assert_eq!(ran.json()["summary"]["skipped"], 0);
        // The jump to nowhere: the flow is there, the node is not.
        let codes = ran.codes();
        assert_eq!(
            codes.iter().filter(|code| *code == "CH301").count(),
            3,
            "{codes:?}"
        );
    }
}

#[test]
fn every_format_shows_the_paths_inside() {
    let folder = with_package();
    let inside = "exports/parcels.zip/flows/Main/English/chart.json";
    for format in ["text", "markdown", "html", "github", "sarif"] {
        let ran = folder.run(&["check", "exports", "--format", format]);
        assert_eq!(ran.code, 1);
        assert!(ran.stdout.contains(inside), "{format}: {}", ran.stdout);
    }
    let ran = folder.run(&["check", "exports"]);
    assert!(
        ran.stdout.contains("\"node\": \"ref-nowhere\""),
        "the source is shown: {}",
        ran.stdout
    );
}

#[test]
fn a_folder_and_a_package_of_one_project_have_the_same_problems() {
    let packaged = with_package();
    let ran = packaged.run(&["check", ".", "--format", "json"]);
    let of_package = ran.json();
    let unpacked = folder(&parcels().folder());
    let ran = unpacked.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let of_folder = ran.json();
    assert_eq!(of_folder["summary"]["files"], 4);
    assert_eq!(of_folder["summary"]["skipped"], 9);
    for severity in ["errors", "warnings", "infos"] {
        assert_eq!(
            of_folder["summary"][severity],
            of_package["summary"][severity]
        );
    }
    let messages = |json: &Value| -> Vec<String> {
        let files = json["files"].as_array().unwrap().iter();
        files
            .filter_map(|file| file["problems"].as_array())
            .flatten()
            .map(|problem| {
                format!(
                    "{} {} {}",
                    problem["code"], problem["pointer"], problem["message"]
                )
            })
            .collect()
    };
    assert_eq!(messages(&of_folder), messages(&of_package));
    assert!(
        !ran.stdout.contains("canary"),
        "a key in the settings is never shown"
    );
}

#[test]
fn charts_of_one_call_know_each_other() {
    let project = parcels();
    let folder = folder(&project.folder());
    let alone = folder.run(&[
        "check",
        "agent/flows/Main/English/chart.json",
        "--format",
        "json",
    ]);
    let all = folder.run(&["check", "agent/flows", "--format", "json"]);
    // Alone, the other flow is only known to be elsewhere.
    let message = |ran: &Ran| ran.stdout.contains("Track/Parcel");
    assert!(!message(&alone), "{}", alone.stdout);
    assert!(message(&all), "{}", all.stdout);
}

#[test]
fn an_archive_that_cannot_be_read_ends_with_2_and_one_message() {
    let whole = Zip::of(&parcels().package());
    let folder = Folder::new();
    folder.write("cut.zip", &whole[..whole.len() / 2]);
    folder.write("fake.zip", "not a ZIP");
    folder.write("dirty.json", DIRTY);
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let json = ran.json();
    assert!(
        json["files"][0]["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("cut off")
    );
    assert_eq!(json["files"][1]["kind"], "dialog-flow");
    assert!(
        json["files"][2]["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("no ZIP archive")
    );
    let text = folder.run(&["check", "cut.zip"]);
    assert_eq!(text.code, 2);
    assert!(text.stdout.contains("cut.zip:1:1"), "{}", text.stdout);
}

#[test]
fn what_is_wrong_inside_an_archive_is_told_by_its_path_there() {
    let mut project = parcels().package();
    for (path, text) in &mut project {
        if path == "nodeData/t2" {
            text.insert(0, '!');
        }
    }
    let mut zip = Zip::default();
    for (path, text) in &project {
        zip.add(&Item::new(path, text.as_str()));
    }
    zip.add(&Item::new("more/inner.zip", "PK\u{3}\u{4}"));
    let folder = Folder::new();
    folder.write("p.zip", zip.finish());
    let ran = folder.run(&["check", "p.zip", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let rejected: Vec<_> = files(&ran)
        .into_iter()
        .filter(|(.., read)| !read)
        .map(|(path, ..)| path)
        .collect();
    assert_eq!(rejected, ["p.zip/more/inner.zip", "p.zip/nodeData/t2"]);
    assert!(
        ran.stdout
            .contains("The flow \\\"Track/Parcel\\\" was not opened because of it.")
    );
}

#[test]
fn plain_archives_standard_input_and_snapshots_are_told_apart() {
    let folder = Folder::new();
    let bytes = Zip::of(&[
        ("x/dirty.json", DIRTY),
        ("x/other.json", "{\"no\":1}"),
        ("x/readme.md", "#"),
    ]);
    folder.write("plain.zip", &bytes);
    folder.write("whole.csnap", [0_u8, 1, 2]);
    let ran = folder.run(&["check", "plain.zip", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        files(&ran),
        [(
            "plain.zip/x/dirty.json".to_owned(),
            json!("dialog-flow"),
            true
        )]
    );
    assert_eq!(ran.json()["summary"]["skipped"], 1);
    let ran = folder.run_with_input(&["check", "-", "--format", "json"], &bytes);
    assert_eq!((ran.code, files(&ran)[0].0.as_str()), (1, "-/x/dirty.json"));
    let ran = folder.run(&["check", "whole.csnap"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("encrypted"), "{}", ran.stdout);
}

#[test]
fn settings_and_baselines_hold_for_paths_inside() {
    let folder = with_package();
    folder.write(
        "flowdeck.toml",
        "[[paths]]\nmatch = [\"exports/*.zip/flows/Main/**\"]\nrules = { CH301 = \"off\" }\n",
    );
    let ran = folder.run(&["check", ".", "--format", "json"]);
    assert!(!ran.codes().contains(&"CH301".to_owned()), "{ran:?}");
    folder.write("flowdeck.toml", "");
    let ran = folder.run(&["check", ".", "--write-baseline", "exports/known.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        folder
            .read("exports/known.json")
            .contains("\"parcels.zip/flows/Main/English/chart.json\"")
    );
    let ran = folder.run(&[
        "check",
        "exports/parcels.zip",
        "--baseline",
        "exports/known.json",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
