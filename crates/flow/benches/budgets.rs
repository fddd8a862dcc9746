//! Prints one table: what the budgets for reading and checking allow and what was measured here.
//! `cargo bench -p flowdeck-flow --bench budgets`

// Byte and node counts are far below 2^52.
#![allow(clippy::cast_precision_loss)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/peer.rs"]
mod peer;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::State;
use flow::document::Document;
use flow::rules::{Settings, check};

/// Medians, in milliseconds, of jobs that take turns, so that a slow moment of the machine meets
/// all of them alike.
fn medians(jobs: &mut [(&str, &mut dyn FnMut())], budget: Duration) -> Vec<f64> {
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
            samples[samples.len() / 2]
        })
        .collect()
}

/// Names of the columns, in the order they are measured.
const JOBS: [&str; 5] = ["typed", "lean", "tree", "open", "open + rules"];

fn measure(text: &str, typed: bool, budget: Duration) -> Vec<f64> {
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
    medians(
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

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let sizes: &[usize] = if quick { &[500] } else { &[500, 5_000, 50_000] };
    let large = if quick { 500 } else { 50_000 };
    let budget = Duration::from_millis(if quick { 1 } else { 2_500 });
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
    let shape = |name: &str, text: String, limit: f64| Row {
        name: name.to_owned(),
        text,
        limit: Some(limit),
        typed: true,
    };
    rows.push(shape("complete digraph of 60", corpus::complete(60), 5.0));
    let name = format!("one component of {large}");
    rows.push(shape(&name, corpus::component(large), 100.0));
    let name = format!("star of {large} branches");
    rows.push(shape(&name, corpus::star(large), 100.0));
    rows.push(Row {
        name: format!("state flow of {}", large / 5),
        text: corpus::state_flow(large / 5),
        limit: None,
        typed: false,
    });

    println!("Milliseconds, medians; `typed` and `lean` are serde_json, see `support/peer.rs`.\n");
    println!(
        "| corpus | MB | problems | {} | ratio open | ratio all | ratio to lean | budget |",
        JOBS.join(" | ")
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    let mut measured = Vec::new();
    for row in &rows {
        let problems = match Document::open(row.text.as_bytes()) {
            Ok(document) => check(&document, &Settings::default()).len(),
            Err(errors) => panic!("{}: {}", row.name, errors[0]),
        };
        let times = measure(&row.text, row.typed, budget);
        let columns: Vec<String> = times.iter().map(|time| format!("{time:.3}")).collect();
        let ratio = times[4] / times[0];
        let verdict = match row.limit {
            Some(limit) if times[4] > limit => format!("**missed**: {limit} ms"),
            Some(limit) => format!("{limit} ms"),
            None => String::new(),
        };
        let of_peer = if row.name.contains("nodes") {
            if ratio > 2.5 {
                ", **missed** 2.5×"
            } else {
                ", 2.5×"
            }
        } else {
            ""
        };
        println!(
            "| {} | {:.2} | {problems} | {} | {:.2} | {ratio:.2} | {:.2} | {verdict}{of_peer} |",
            row.name,
            row.text.len() as f64 / 1e6,
            columns.join(" | "),
            times[3] / times[0],
            times[4] / times[1],
        );
        measured.push(times[4]);
    }
    if let [small, _, large] = *sizes {
        let decades = (large as f64 / small as f64).ln();
        for (first, state) in [(0, "clean"), (3, "dirty")] {
            let whole = (measured[first + 2] / measured[first]).ln() / decades;
            let lower = (measured[first + 1] / measured[first]).log10();
            let upper = (measured[first + 2] / measured[first + 1]).log10();
            println!(
                "\nGrowth exponent of open + rules, {state}: {whole:.2} over all, {lower:.2} from \
                 500 to 5,000, {upper:.2} from 5,000 to 50,000 (budget 1.1)."
            );
        }
    }
}
