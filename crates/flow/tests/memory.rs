//! How much memory opening takes at its peak beyond the bytes it is given, for files as they are and
//! files made to take much.

// A global allocator can only be written with `unsafe impl`; this one hands every call on to the
// system's and counts.
#![allow(unsafe_code)]
// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "../benches/support/corpus.rs"]
mod corpus;
#[path = "../benches/support/package.rs"]
mod package;
#[path = "support/zip.rs"]
mod zip;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use corpus::State;
use flow::document::Document;
use flow::intake::{File, Intake};
use flow::json::parse;

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grow(by: usize) {
    let held = HELD.fetch_add(by, Relaxed) + by;
    PEAK.fetch_max(held, Relaxed);
}

// SAFETY: every method upholds the contract by passing its arguments on to `System` unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller's promise about `layout` is the one `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: `pointer` came from `System` with this `layout`, since `alloc` hands on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Counted as if both were there for a moment: where memory cannot be remapped, as in
        // WebAssembly, it is so.
        grow(size);
        // SAFETY: as for `dealloc`; `size` is the caller's promise.
        let moved = unsafe { System.realloc(pointer, layout, size) };
        HELD.fetch_sub(layout.size(), Relaxed);
        moved
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The peak of what `job` holds beyond what was held before, in multiples of `bytes`.
fn peak<T>(bytes: usize, job: impl FnOnce() -> T) -> f64 {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    drop(job());
    let held = PEAK.load(Relaxed) - before;
    #[allow(clippy::cast_precision_loss)]
    let ratio = held as f64 / bytes as f64;
    ratio
}

/// The most that opening may take, in multiples of the file.
const LIMIT: f64 = 12.0;

/// A dialog flow of smallest nodes and edges: the typed view is largest beside such a text.
fn smallest(nodes: usize, edges: usize) -> String {
    let node = "{\"id\":\"\",\"type\":\"\",\"label\":\"\"}";
    let edge = "{\"id\":\"\",\"source\":\"\",\"target\":\"\"}";
    format!(
        "{{\"id\":\"\",\"name\":\"\",\"version\":\"\",\"entryPoint\":\"\",\"nodes\":[{}],\"edges\":[{}]}}",
        vec![node; nodes].join(","),
        vec![edge; edges].join(",")
    )
}

fn keys(count: usize) -> String {
    let members: Vec<String> = (0..count).map(|index| format!("\"{index:x}\":1")).collect();
    format!("{{{}}}", members.join(","))
}

/// One test, so that no other allocates meanwhile.
#[test]
fn opening_takes_at_most_twelve_times_the_file() {
    let many = 300_000;
    let list = |element: &str| format!("[{}1]", format!("{element},").repeat(many));
    let in_flow = |value: String| {
        format!(
            "{{\"id\":\"\",\"name\":\"\",\"version\":\"\",\"entryPoint\":\"\",\"nodes\":[],\"edges\":[],\"x\":{value}}}"
        )
    };
    let in_state = |transition: &str| {
        let transition = format!("{{\"id\":\"\",\"targetStateId\":\"\"{transition}}}");
        format!("{{\"id\":\"\",\"transitions\":[{transition}]}}")
    };
    let of_objects = |key: &str, object: &str| {
        in_state(&format!(",\"{key}\":[{}]", vec![object; many].join(",")))
    };
    let cases = [
        (
            "flow, a line a value",
            pretty(&corpus::dialog_flow(5_000, State::Clean)),
        ),
        (
            "flow, a line an element",
            corpus::dialog_flow(5_000, State::Clean),
        ),
        (
            "flow, minified",
            minified(&corpus::dialog_flow(5_000, State::Clean)),
        ),
        ("state flow, minified", minified(&corpus::state_flow(5_000))),
        ("smallest nodes", smallest(100_000, 0)),
        ("smallest edges", smallest(0, 100_000)),
        ("numbers", in_flow(list("1"))),
        ("empty arrays", in_flow(list("[]"))),
        ("empty objects", in_flow(list("{}"))),
        ("empty strings", in_flow(list("\"\""))),
        ("objects of one member", in_flow(list("{\"a\":1}"))),
        ("an object of many members", in_flow(keys(many))),
        (
            "nested arrays",
            in_flow(list(&format!("{}{}", "[".repeat(90), "]".repeat(90)))),
        ),
        (
            "one long string",
            in_flow(format!("\"{}\"", "x".repeat(many * 10))),
        ),
        (
            "commas in a string",
            in_flow(format!("[1,\"{}\"]", ",".repeat(many * 10))),
        ),
        (
            "escapes",
            in_flow(format!("\"{}\"", "\\u0000".repeat(many))),
        ),
        (
            "a long label",
            smallest(0, 0).replace(
                "\"name\":\"\"",
                &format!("\"name\":\"{}\"", "x".repeat(many * 10)),
            ),
        ),
        ("mistakes", format!("[{}1]", "01,".repeat(many))),
        (
            "a key again and again",
            format!("{{{}\"a\":1}}", "\"a\":1,".repeat(many)),
        ),
        (
            "smallest transitions",
            in_state("").replace("}]}", &"},{\"id\":\"\",\"targetStateId\":\"\"".repeat(many))
                + "}]}",
        ),
        (
            "smallest conditions",
            of_objects("conditions", "{\"value\":\"\"}"),
        ),
        ("smallest actions", of_objects("actions", "{\"type\":\"\"}")),
        (
            "edges without anything",
            smallest(0, 0).replace(
                "\"edges\":[]",
                &format!("\"edges\":[{}{{}}]", "{},".repeat(many)),
            ),
        ),
        (
            "nodes without anything",
            smallest(0, 0).replace(
                "\"nodes\":[]",
                &format!("\"nodes\":[{}{{}}]", "{},".repeat(many)),
            ),
        ),
    ];
    let mut report = Vec::new();
    for (name, text) in &cases {
        let opened = peak(text.len(), || Document::open(text.as_bytes()));
        let read = peak(text.len(), || parse(text.as_str().into()));
        println!("{name}: {opened:.1} times, the tree alone {read:.1}");
        if opened > LIMIT {
            report.push(format!("{name}: {opened:.1} times the file"));
        }
    }
    measure_packages(&mut report);
    assert!(report.is_empty(), "{report:#?}");
}

/// What taking in packages takes, in multiples of what is in them.
fn measure_packages(report: &mut Vec<String>) {
    for (name, files) in packages() {
        let bytes = files.iter().map(|(_, text)| text.len()).sum();
        let archive = zip::Zip::of(&files);
        let taken = peak(bytes, || {
            let file = File {
                path: "a.zip".to_owned(),
                bytes: archive.clone(),
                named: true,
            };
            let taken = Intake::new(vec![file]).finish();
            assert!(taken.entries.len() > 1, "{name}");
            taken
        });
        println!("{name}: {taken:.1} times");
        if taken > LIMIT {
            report.push(format!("{name}: {taken:.1} times what is unpacked"));
        }
    }
}

/// Packages as they are, and with nodes that would grow when they are laid out.
fn packages() -> Vec<(&'static str, Vec<(String, String)>)> {
    let with = |value: String| {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let mut files = vec![
            file("flow/f", "{\"_id\":\"f\",\"name\":\"F\"}"),
            file(
                "chart/c",
                "{\"_id\":\"c\",\"relations\":[],\"resourceReference\":\"f\"}",
            ),
        ];
        for index in 0..10 {
            let node = format!(
                "{{\"_id\":\"{index}\",\"chartReference\":\"c\",\"localizedData\":[{{\"config\":{value}}}]}}"
            );
            files.push((format!("nodeData/{index}"), node));
        }
        files
    };
    let nested = |inner: &str| format!("[[[[[[[[{}1]]]]]]]]", inner.repeat(100_000));
    vec![
        ("package", package::files(3, 300, 900_000)),
        ("package of numbers", with(nested("1,"))),
        ("package of longer numbers", with(nested("1234567,"))),
        ("package of empty texts", with(nested("\"\","))),
        (
            "package of one long text",
            with(format!("\"{}\"", "x ".repeat(500_000))),
        ),
    ]
}

fn pretty(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

fn minified(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    value.to_string()
}
