//! Prints one table: what the budgets for reading and checking allow and what was measured here.
//! `cargo bench -p flowdeck-flow --bench budgets`, and with `-- --write DIRECTORY` leaves the texts
//! there, for `peer/checks.py`.

// Byte and node counts are far below 2^52.
#![allow(clippy::cast_precision_loss)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/package.rs"]
mod package;
#[path = "support/peer.rs"]
mod peer;
#[path = "../tests/support/zip.rs"]
mod zip;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::State;
use flow::document::Document;
use flow::intake::{File, Intake, Opened, Taken};
use flow::rules::chart_index::ChartIndex;
use flow::rules::links::Beside;
use flow::rules::{Settings, check};

/// How long a job takes, in milliseconds.
#[derive(Clone, Copy)]
struct Time {
    median: f64,
    /// The shortest run: what is left of the time when nothing else runs on the machine.
    least: f64,
}

/// Times of jobs that take turns, so that a slow moment of the machine meets
/// all of them alike.
fn times(jobs: &mut [(&str, &mut dyn FnMut())], budget: Duration) -> Vec<Time> {
    let mut samples = vec![Vec::new(); jobs.len()];
    let begun = Instant::now();
    while begun.elapsed() < budget || samples[0].len() < 7 {
        for ((_, job), samples) in jobs.iter_mut().zip(&mut samples) {
            let start = Instant::now();
            job();
            samples.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    samples
        .iter_mut()
        .map(|samples| {
            samples.sort_by(f64::total_cmp);
            Time {
                median: samples[samples.len() / 2],
                least: samples[0],
            }
        })
        .collect()
}

/// Names of the columns, in the order they are measured.
const JOBS: [&str; 5] = ["typed", "lean", "tree", "open", "open + rules"];

fn measure(text: &str, typed: bool, budget: Duration) -> Vec<Time> {
    let bytes = text.as_bytes();
    let shared: Arc<str> = text.into();
    let settings = Settings::default();
    let mut flow = || {
        if typed {
            drop(black_box(serde_json::from_slice::<peer::Flow>(bytes)));
        } else {
            drop(black_box(serde_json::from_slice::<serde_json::Value>(
                bytes,
            )));
        }
    };
    let mut lean = || {
        if typed {
            drop(black_box(serde_json::from_slice::<peer::LeanFlow>(bytes)));
        }
    };
    let mut tree = || drop(black_box(flow::json::parse(Arc::clone(&shared))));
    let mut open = || drop(black_box(Document::open(bytes)));
    let mut whole = || {
        if let Ok(document) = Document::open(bytes) {
            drop(black_box(check(&document, &settings)));
        }
    };
    times(
        &mut [
            (JOBS[0], &mut flow),
            (JOBS[1], &mut lean),
            (JOBS[2], &mut tree),
            (JOBS[3], &mut open),
            (JOBS[4], &mut whole),
        ],
        budget,
    )
}

struct Row {
    name: String,
    text: String,
    /// Milliseconds allowed for open + rules.
    limit: Option<f64>,
    /// Whether it is read by the typed structs of a dialog flow.
    typed: bool,
}

/// The texts of the budgets; `large` stands for 50,000.
fn rows(sizes: &[usize], large: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for state in [State::Clean, State::Dirty] {
        for &nodes in sizes {
            rows.push(Row {
                name: format!("{nodes} nodes, {state:?}").to_lowercase(),
                text: corpus::dialog_flow(nodes, state),
                limit: match nodes {
                    500 => Some(0.6),
                    50_000 => Some(60.0),
                    _ => None,
                },
                typed: true,
            });
        }
    }
    for (name, text, limit) in [
        (
            "complete digraph of 60".to_owned(),
            corpus::complete(60),
            5.0,
        ),
        (
            format!("one component of {large}"),
            corpus::component(large),
            100.0,
        ),
        (
            format!("star of {large} branches"),
            corpus::star(large),
            100.0,
        ),
    ] {
        rows.push(Row {
            name,
            text,
            limit: Some(limit),
            typed: true,
        });
    }
    rows.push(Row {
        name: format!("state flow of {}", large / 5),
        text: corpus::state_flow(large / 5),
        limit: None,
        typed: false,
    });
    rows
}

/// Prints the table; returns the times of open + rules.
fn print_table(rows: &[Row], budget: Duration) -> Vec<f64> {
    println!(
        "Milliseconds, medians; `least` is the shortest run of open + rules; `typed` and `lean` are serde_json, see `support/peer.rs`.\n"
    );
    println!(
        "| corpus | MB | problems | {} | least | open ÷ typed | all ÷ typed | all ÷ lean | budget |",
        JOBS.join(" | ")
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    let mut whole = Vec::new();
    for row in rows {
        let problems = match Document::open(row.text.as_bytes()) {
            Ok(document) => check(&document, &Settings::default()).len(),
            Err(errors) => panic!("{}: {}", row.name, errors[0]),
        };
        let measured = measure(&row.text, row.typed, budget);
        let least = measured[4].least;
        let times: Vec<f64> = measured.iter().map(|time| time.median).collect();
        let mut columns: Vec<String> = times.iter().map(|time| format!("{time:.3}")).collect();
        let mut ratios = [
            times[3] / times[0],
            times[4] / times[0],
            times[4] / times[1],
        ]
        .map(|ratio| format!("{ratio:.2}"));
        if !row.typed {
            // The structs of the peer are those of a dialog flow: here it reads any value.
            columns[1].clear();
            ratios[2].clear();
        }
        let mut verdict: Vec<String> = Vec::new();
        if let Some(limit) = row.limit {
            let missed = if times[4] > limit { " **missed**" } else { "" };
            verdict.push(format!("{limit} ms{missed}"));
        }
        if row.name.contains("nodes") {
            let missed = if times[4] > 2.5 * times[0] {
                " **missed**"
            } else {
                ""
            };
            verdict.push(format!("2.5×{missed}"));
        }
        println!(
            "| {} | {:.2} | {problems} | {} | {least:.3} | {} | {} |",
            row.name,
            row.text.len() as f64 / 1e6,
            columns.join(" | "),
            ratios.join(" | "),
            verdict.join(", "),
        );
        whole.push(times[4]);
    }
    whole
}

fn print_growth(whole: &[f64]) {
    for (first, state) in [(0, "clean"), (3, "dirty")] {
        let exponent = |from: usize, to: usize, decades: f64| {
            (whole[first + to] / whole[first + from]).log10() / decades
        };
        println!(
            "\nGrowth exponent of open + rules, {state}: {:.2} over all, {:.2} from 500 to 5,000, \
             {:.2} from 5,000 to 50,000 (budget 1.1).",
            exponent(0, 2, 2.0),
            exponent(0, 1, 1.0),
            exponent(1, 2, 1.0),
        );
    }
}

/// Opens texts made to hurt, each of about a megabyte.
fn print_hostile(budget: Duration) {
    let hostile = [
        ("closed brackets", format!("[{}1]", "[],".repeat(400_000))),
        ("numbers", format!("[{}1]", "1,".repeat(600_000))),
        (
            "one key",
            format!("{{{}\"a\":1}}", "\"a\":1,".repeat(200_000)),
        ),
        ("mistakes", format!("[{}1]", "01,".repeat(400_000))),
        ("comments", format!("[{}1]", "/**/".repeat(300_000))),
        ("open brackets", "[".repeat(1_200_000)),
        ("escapes", format!("[\"{}\"]", "\\u00e9".repeat(200_000))),
        (
            "half characters",
            format!("[\"{}\"]", "\\ud83d".repeat(200_000)),
        ),
        ("a long string", format!("[\"{}\"]", "x".repeat(1_200_000))),
        ("white space", format!("[{}1]", " ".repeat(1_200_000))),
        (
            "empty nodes",
            format!("{{\"nodes\":[{}{{}}],\"edges\":[]}}", "{},".repeat(199_000)),
        ),
    ];
    let worst = hostile
        .iter()
        .map(|(name, text)| {
            let mut open = || drop(black_box(Document::open(text.as_bytes())));
            let time = times(&mut [("open", &mut open)], budget / 10)[0].median;
            (time / (text.len() as f64 / f64::from(1 << 20)), *name)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((time, name)) = worst {
        println!(
            "\nOf texts made to hurt, the slowest ({name}) takes {time:.1} ms a MiB (budget 20)."
        );
    }
}

/// Opens what was taken in, and checks every chart with all others beside it.
fn check_package(taken: &Taken) -> (Vec<Document>, usize) {
    let opened = taken.entries.iter().map(|entry| (entry, entry.open()));
    let (mut origins, mut documents) = (Vec::new(), Vec::new());
    for (entry, opened) in opened {
        if let Opened::Document(document) = opened {
            origins.push(entry.origin.clone());
            documents.push(document);
        }
    }
    let charts = documents.iter().filter_map(Document::chart);
    let index = ChartIndex::of(origins.into_iter().zip(charts), taken.flows.clone());
    let index = Arc::new(index);
    let mut settings = Settings::default();
    let mut problems = 0;
    for (own, document) in (0..).zip(&documents) {
        settings.links.charts = Some(Beside {
            index: Arc::clone(&index),
            own,
        });
        problems += check(document, &settings).len();
    }
    (documents, problems)
}

/// A package from its bytes to its problems, on one thread.
fn print_package((flows, nodes, bytes): (usize, usize, usize), budget: Duration) {
    let files = package::files(flows, nodes, bytes);
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    let archive = zip::Zip::of(&files);
    let take = || {
        Intake::new(vec![File {
            path: "package.zip".to_owned(),
            bytes: archive.clone(),
            named: true,
        }])
    };
    let taken = take().finish();
    let (documents, problems) = check_package(&taken);
    assert_eq!(documents.len(), flows, "a chart a flow");
    let mut longest = 0.0_f64;
    let mut stepped = || {
        let mut intake = take();
        loop {
            let start = Instant::now();
            if intake.step().is_none() {
                break;
            }
            longest = longest.max(start.elapsed().as_secs_f64() * 1e3);
        }
    };
    stepped();
    let mut whole = || {
        let taken = take().finish();
        drop(black_box(check_package(&taken)));
    };
    let mut intake = || drop(black_box(take().finish()));
    let mut rest = || drop(black_box(check_package(&taken)));
    let times = times(
        &mut [
            ("all", &mut whole),
            ("intake", &mut intake),
            ("rest", &mut rest),
        ],
        budget,
    );
    let missed = if times[0].median > 150.0 {
        " **missed**"
    } else {
        ""
    };
    println!(
        "\nA package of {flows} flows, {nodes} nodes, {:.1} MB ({:.1} MB packed, {problems} problems): {:.1} ms \
         on one thread, at least {:.1} (budget 150 ms{missed}); unpacking and joining {:.1} ms, its longest \
         step {longest:.1} ms; opening and rules {:.1} ms.",
        size as f64 / 1e6,
        archive.len() as f64 / 1e6,
        times[0].median,
        times[0].least,
        times[1].median,
        times[2].median,
    );
}

/// Leaves the texts of dialog flows in a directory.
fn write(rows: &[Row], directory: &str) {
    for row in rows.iter().filter(|row| row.typed) {
        let path = format!(
            "{directory}/{}.json",
            row.name.replace(", ", "-").replace(' ', "-")
        );
        if let Err(error) = std::fs::write(&path, &row.text) {
            panic!("{path} was not written: {error}");
        }
    }
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let (sizes, large, budget): (&[usize], _, _) = if quick {
        (&[500], 500, Duration::from_millis(1))
    } else {
        (&[500, 5_000, 50_000], 50_000, Duration::from_millis(2_500))
    };
    let rows = rows(sizes, large);
    let mut after = std::env::args().skip_while(|argument| argument != "--write");
    if let Some(directory) = after.nth(1) {
        write(&rows, &directory);
        return;
    }
    let whole = print_table(&rows, budget);
    if !quick {
        print_growth(&whole);
    }
    print_hostile(budget);
    let package = if quick {
        (3, 60, 180_000)
    } else {
        (30, 5_000, 15_000_000)
    };
    print_package(package, budget);
}
