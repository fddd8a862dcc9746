//! Many files at once: the result does not depend on which thread was first.

use crate::support::{CLEAN, DIRTY, Folder, WARNED};

#[test]
fn a_thousand_files_come_out_in_order_and_complete() {
    let folder = Folder::new();
    for index in 0..1000 {
        let text = match index % 4 {
            0 => CLEAN.to_owned(),
            1 => DIRTY.replace("dirty", &format!("dirty-{index}")),
            2 => WARNED.to_owned(),
            _ => "{\"no\": \"document\"}".to_owned(),
        };
        folder.write(format!("{}/{index:04}.json", index % 7), text);
    }
    let arguments = ["check", ".", "--format", "json"];
    let first = folder.run(&arguments);
    assert_eq!(first.code, 1);
    let json = first.json();
    let paths: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    let mut sorted = paths.clone();
    sorted.sort_unstable();
    assert_eq!(paths, sorted);
    assert_eq!(
        json["summary"],
        serde_json::json!({"files": 750, "skipped": 250, "errors": 250, "warnings": 500, "infos": 0})
    );
    assert_eq!(folder.run(&arguments).stdout, first.stdout);
}

#[test]
fn many_problems_of_one_file_are_cut_short_unless_all_are_asked_for() {
    let nodes: Vec<String> = (0..3000)
        .map(|index| format!("{{\"id\": \"n{index}\", \"type\": \"end\", \"label\": \"\"}}"))
        .collect();
    let text = format!(
        "{{\"id\": \"f\", \"name\": \"F\", \"version\": \"1\", \"entryPoint\": \"n0\", \"edges\": [], \"nodes\": [{}]}}",
        nodes.join(",")
    );
    let folder = Folder::with(&[("a.json", &text)]);
    let cut = folder.run(&["check", "a.json"]).stdout;
    assert!(cut.lines().count() < 300, "{} lines", cut.lines().count());
    assert!(
        cut.contains("more problems in a.json; --all shows them"),
        "{cut}"
    );
    assert!(
        cut.contains("error[FD203]"),
        "errors are shown before warnings:\n{cut}"
    );
    let all = folder.run(&["check", "a.json", "--all"]).stdout;
    assert_eq!(all.matches("warning[FD109]").count(), 3000);
}
