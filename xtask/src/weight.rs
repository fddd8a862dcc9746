//! What each file of the site weighs, raw and as a host with brotli sends it.

use crate::{npm, process};
use anyhow::{Context, Result};
use std::path::Path;

/// One file: its path in the site and its size in bytes.
struct Row {
    path: String,
    raw: u64,
    brotli: u64,
}

/// Prints the table: every file the page loads to be ready, and one line for the rest.
pub(crate) fn print_table(site: &Path) -> Result<()> {
    let rows = weigh(site)?;
    let (ready, rest): (Vec<_>, Vec<_>) = rows.iter().partition(|row| is_needed_at_once(&row.path));
    println!("{:>10} {:>10}  file", "raw", "brotli");
    for row in &ready {
        print_row(row.raw, row.brotli, &row.path);
    }
    print_total(&ready, "to be ready");
    let is_part = |row: &&&Row| is_later(&row.path);
    for row in rest.iter().filter(is_part) {
        print_row(row.raw, row.brotli, &row.path);
    }
    print_total(
        &rest,
        "fetched later or never (parts of the app, samples, worker, files for hosts)",
    );
    print_total(&rows.iter().collect::<Vec<_>>(), "in all");
    Ok(())
}

/// What the page loads once it can be used: the start of the worker, and the parts of the app.
const LATER: &[&str] = &[
    "assets/worker-",
    "assets/workbench-",
    "assets/operate-",
    "assets/chunk_",
];

fn is_needed_at_once(path: &str) -> bool {
    path == "index.html" || path == "icon.svg" || (path.starts_with("assets/") && !is_later(path))
}

fn is_later(path: &str) -> bool {
    // The module that fetches the parts is there from the start; how they look comes with them.
    let is_style = path.starts_with("assets/parts-")
        && Path::new(path).extension().is_some_and(|it| it == "css");
    is_style || LATER.iter().any(|later| path.starts_with(later))
}

fn print_total(rows: &[&Row], name: &str) {
    let sum = |size: fn(&Row) -> u64| rows.iter().map(|row| size(row)).sum();
    print_row(sum(|row| row.raw), sum(|row| row.brotli), name);
}

fn print_row(raw: u64, brotli: u64, name: &str) {
    println!("{raw:>10} {brotli:>10}  {name}");
}

fn weigh(site: &Path) -> Result<Vec<Row>> {
    let said = process::read(
        npm::node()
            .args([
                "--input-type=module",
                "--eval",
                include_str!("weight.mjs"),
                "--",
            ])
            .arg(site),
    )?;
    let rows: Vec<(String, u64, u64)> = serde_json::from_str(&said)
        .with_context(|| format!("The sizes of the files could not be read from `{said}`."))?;
    Ok(rows
        .into_iter()
        .map(|(path, raw, brotli)| Row { path, raw, brotli })
        .collect())
}
