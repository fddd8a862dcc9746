//! The samples open, the right ones are clean, and the broken ones show what they promise.

use std::path::Path;

use serde_json::Value;

use crate::support::Folder;

fn samples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

fn index() -> Vec<Value> {
    let text = std::fs::read_to_string(samples().join("index.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn check(file: &str) -> crate::support::Ran {
    let path = samples().join(file);
    Folder::new().run(&["check", path.to_str().unwrap(), "--format", "json"])
}

#[test]
fn every_sample_is_what_the_index_says() {
    for entry in index() {
        let file = entry["file"].as_str().unwrap();
        let json = check(file).json();
        assert_eq!(json["files"][0]["kind"], entry["kind"], "{file}");
        assert!(json["files"][0]["problems"].is_array(), "{file}: {json}");
        let broken = file.starts_with("broken-");
        let loud = json["summary"]["errors"] != 0 || json["summary"]["warnings"] != 0;
        assert_eq!(loud, broken, "{file}: {json:#}");
    }
}

#[test]
fn the_index_and_the_page_list_every_sample() {
    let readme = std::fs::read_to_string(samples().join("README.md")).unwrap();
    let listed: Vec<String> = index()
        .iter()
        .map(|entry| entry["file"].as_str().unwrap().to_owned())
        .collect();
    for entry in std::fs::read_dir(samples()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name).extension() == Some("json".as_ref()) && name != "index.json" {
            assert!(listed.contains(&name), "{name} is not in index.json");
            assert!(readme.contains(&name), "{name} is not in README.md");
        }
    }
}

#[test]
fn the_broken_samples_have_the_problems_their_page_lists() {
    let readme = std::fs::read_to_string(samples().join("README.md")).unwrap();
    for file in ["broken-flow.json", "broken-states.json"] {
        let found = check(file).codes();
        let start = format!("`{file}` shows ");
        let line = readme.lines().find_map(|line| line.strip_prefix(&start));
        let listed: Vec<&str> = line.unwrap().trim_end_matches('.').split(' ').collect();
        assert!(listed.len() > 5);
        for code in listed {
            assert!(
                found.iter().any(|found| found == code),
                "{file} has no {code}"
            );
        }
    }
}
