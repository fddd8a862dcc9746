//! Opening never panics and never hangs, whatever the bytes: every fixture and sample of the
//! repository, changed at random in the same way on every run, and texts made to hurt.

#[path = "../benches/support/corpus.rs"]
mod corpus;

use std::fs;
use std::path::{Path, PathBuf};

use corpus::{Random, State};
use flow::document::Document;
use flow::json::{MAX_ERRORS, ReadError, quote};
use flow::rules::{Settings, check};

/// How many mutations of each fixture are opened; more with `FLOWDECK_MUTATIONS=20000`.
const MUTATIONS: usize = 1_000;
/// How many bytes are opened for one fixture unless asked otherwise, so that a long one does not
/// take the day.
const BYTES: usize = 1_000_000;

/// How many mutations of a fixture of this size are opened.
fn mutations(size: usize) -> usize {
    let asked = std::env::var("FLOWDECK_MUTATIONS")
        .ok()
        .and_then(|times| times.parse().ok());
    asked.unwrap_or_else(|| MUTATIONS.min(BYTES / size.max(1)))
}

/// The files with JSON that the repository holds, by path.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["tests", "samples", "public", "crates"] {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    let mut fixtures: Vec<(String, Vec<u8>)> = found
        .into_iter()
        .filter_map(|path| Some((path.display().to_string(), fs::read(path).ok()?)))
        .collect();
    for (name, text) in [
        ("dialog flow", corpus::dialog_flow(9, State::Clean)),
        ("dirty dialog flow", corpus::dialog_flow(9, State::Dirty)),
        ("state flow", corpus::state_flow(3)),
        ("star", corpus::star(5)),
    ] {
        fixtures.push((name.to_owned(), text.into_bytes()));
    }
    fixtures
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "node_modules" && name != "target" {
                collect(&path, found);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
}

/// Changes `bytes` in one to four places: bytes flipped, taken out, doubled, or replaced by a
/// stretch of `donor`.
fn mutate(bytes: &mut Vec<u8>, donor: &[u8], random: &mut Random) {
    const TELLING: &[u8] = b"{}[]\",:\\/'-+.eE0189utfn \n\r\t\0\x7F\x80\xC3\xED\xF0\xFF";
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        let length = (1 + random.below(32)).min(bytes.len() - at);
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = *random.pick(TELLING),
            2 => bytes.insert(at, *random.pick(TELLING)),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let copy = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => {
                let from = random.below(donor.len());
                let piece = &donor[from..(from + 1 + random.below(64)).min(donor.len())];
                bytes.splice(at..at + length, piece.iter().copied());
            }
        }
    }
}

/// What holds for whatever was opened.
fn open(bytes: &[u8]) -> Result<Document, Vec<ReadError>> {
    let opened = Document::open(bytes);
    match &opened {
        Ok(document) => {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            assert_eq!(document.text().as_bytes(), text);
        }
        Err(errors) => {
            assert!(!errors.is_empty() && errors.len() <= MAX_ERRORS);
            for error in errors {
                assert!(error.line >= 1 && error.column >= 1, "{error}");
                assert!(error.offset as usize <= bytes.len(), "{error}");
                assert!(error.message.ends_with('.'), "{error}");
                assert!(error.message.len() < 1000, "{error}");
            }
        }
    }
    opened
}

#[test]
fn mutations_of_every_fixture_open_or_are_refused_with_a_place() {
    let fixtures = fixtures();
    let mut random = Random(2026);
    let (mut opened, mut refused) = (0_u64, 0_u64);
    for (index, (name, fixture)) in fixtures.iter().enumerate() {
        let donor = &fixtures[(index + 1) % fixtures.len()].1;
        for _ in 0..mutations(fixture.len()) {
            let mut bytes = fixture.clone();
            mutate(&mut bytes, donor, &mut random);
            match open(&bytes) {
                Ok(document) => {
                    opened += 1;
                    drop(check(&document, &Settings::default()));
                }
                Err(_) => refused += 1,
            }
        }
        assert!(opened + refused > 0, "{name}");
    }
    // Both happen a great deal, else the mutations are too tame or too wild to find anything.
    assert!(
        opened > 1000 && refused > 1000,
        "{opened} opened, {refused} refused"
    );
}

#[test]
fn texts_made_to_hurt_are_refused_at_once() {
    let many = 200_000;
    for text in [
        "[".repeat(many),
        "{\"a\":".repeat(many),
        "{".repeat(many),
        "\"".repeat(many),
        "\\".repeat(many),
        "[\"".to_owned() + &"\\ud83d".repeat(many) + "\"]",
        "/".repeat(many),
        "[".to_owned() + &"/**/".repeat(many) + "]",
        "[".to_owned() + &"/*".repeat(many),
        "[".to_owned() + &"//\n".repeat(many) + "]",
        ",".repeat(many),
        "[".to_owned() + &"'".repeat(many),
        "{".to_owned() + &"a:1,".repeat(many) + "}",
        "{".to_owned() + &"\"a\":{},".repeat(many) + "}",
        "-".repeat(many),
        "1".repeat(many) + "x",
        "[1".to_owned() + &" 1".repeat(many) + "]",
        "\u{FEFF}".repeat(many),
        "\u{202E}".repeat(many),
        format!("{}{}", " ".repeat(many), "x".repeat(many)),
    ] {
        assert!(open(text.as_bytes()).is_err(), "{text:.20}");
    }
}

/// A flow of two nodes whose start has this label.
fn labelled(literal: &str) -> String {
    format!(
        "{{\"id\":\"f\",\"name\":{literal},\"version\":\"1.0.0\",\"entryPoint\":\"s\",\"nodes\":\
         [{{\"id\":\"s\",\"type\":\"start\",\"label\":{literal},\"properties\":{{\"say\":{literal}}}}},\
         {{\"id\":\"e\",\"type\":\"end\",\"label\":\"E\"}}],\"edges\":[{{\"id\":\"e1\",\
         \"source\":\"s\",\"target\":\"e\",\"condition\":null}}]}}"
    )
}

#[test]
fn strange_labels_open_and_stay_what_they_are() {
    let long = "long label ".repeat(100_000);
    for label in [
        "<script>alert('x')</script><img src=x onerror=alert(1)>",
        "\u{0}\u{1}\u{1b}[31mred\u{7f}\u{85}",
        "\u{202E}desrever\u{2066}\u{2069}",
        "\u{2028}\u{2029}\u{FEFF}\u{200B}",
        "e\u{301}\u{1F468}\u{200D}\u{1F469}",
        "\u{FFFF}\u{10FFFF}\u{FDD0}",
        "../../etc/passwd\0.json",
        "${nobody} {{nobody}} %s %n",
        &long,
        &long.replace(' ', "\n"),
        &"\u{301}".repeat(300_000),
    ] {
        let text = labelled(&quote(label));
        let document = open(text.as_bytes()).unwrap();
        let flow = document.dialog_flow().unwrap();
        assert_eq!(flow.nodes[0].label.text, label);
        assert_eq!(flow.name.text, label);
        drop(check(&document, &Settings::default()));
    }
}

#[test]
fn what_is_said_about_long_texts_is_short() {
    let label = "A".repeat(1_000_000);
    let name = "a".repeat(100_000);
    let flow = format!(
        r#"{{"id":"f","name":"f","version":"1.0.0","entryPoint":"n0","nodes":[
            {{"id":"n0","type":"start","label":"{label}"}},{{"id":"n1","type":"end","label":"x"}}],
            "edges":[{{"id":"e","source":"n0","target":"n1","condition":"{name}"}}]}}"#
    );
    let states = format!(
        r#"{{"botId":"b","flowId":"f","initialStateId":"{name}","states":[{{"id":"s","name":"{label}","transitions":[
            {{"id":"{name}","targetStateId":"{name}","conditions":[{{"type":"expression","value":"{name} == 1"}}],
              "actions":[{{"type":"{name}","variable":"{name}","value":1}}]}}]}}]}}"#
    );
    for text in [flow, states] {
        let document = Document::open(text.as_bytes()).unwrap();
        let problems = check(&document, &Settings::default());
        assert!(problems.len() > 1, "{problems:?}");
        for problem in &problems {
            let related = problem.related.iter().map(|related| &related.message);
            let fix = problem.fix.iter().map(|fix| &fix.label);
            for said in related.chain(fix).chain([&problem.message]) {
                let length = said.chars().count();
                assert!(length < 1_500, "{}: {length}", problem.rule.code);
            }
        }
    }
}
