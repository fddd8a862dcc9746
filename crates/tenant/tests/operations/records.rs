//! Records that are refused or lost: what operations do when they cannot write down what they do.

use std::fmt::Write as _;

use cognigy::operation::Books;
use tenant::{Fault, FaultKind};

use crate::inside::Inside;
use crate::judge::{Case, Verdict, hold};
use crate::matrix::books_are_kept;
use crate::page;
use crate::scenarios::{Ended, Scenario, scenarios};
use crate::world::{Setup, World};

/// How much is kept: lines of the log, records of the journal; and whether records are lost.
struct Row {
    name: &'static str,
    lines: Option<usize>,
    records: Option<usize>,
    loses: bool,
    /// Whether promotions fail besides, so that the way back has to be found without records.
    stuck: bool,
}

const ROWS: [Row; 6] = [
    row("the log takes nothing"),
    Row {
        lines: Some(1),
        ..row("the log takes one line")
    },
    Row {
        lines: Some(1),
        stuck: true,
        ..row("the same, and nothing can be promoted")
    },
    Row {
        lines: None,
        records: Some(0),
        ..row("the journal takes nothing")
    },
    Row {
        lines: None,
        records: Some(1),
        ..row("the journal takes one record")
    },
    Row {
        lines: None,
        loses: true,
        ..row("the journal forgets")
    },
];

const fn row(name: &'static str) -> Row {
    Row {
        name,
        lines: Some(0),
        records: None,
        loses: false,
        stuck: false,
    }
}

fn cell(scenario: &Scenario, row: &Row) -> Verdict {
    let setup = Setup {
        page: false,
        keys: scenario.keys,
    };
    let mut world = World::new(scenario.tenant.clone(), setup, 1);
    world.memory.lines_left.set(row.lines);
    world.memory.records_left.set(row.records);
    world.memory.loses_records.set(row.loses);
    if row.stuck {
        let fault = Fault::once(FaultKind::PromotionFailure { silent: true }).times(None);
        world.network.tenant.borrow_mut().switch_on(fault).unwrap();
    }
    let before = world.inside();
    let ended = world
        .run(scenario.kind.run(&world))
        .ok_or("it did not end")?;
    books_are_kept(&world, row.lines.is_none())?;
    let settled = world.memory.records.borrow().is_empty();
    world.next_start(setup);
    let after: Inside = world.inside();
    let case = Case {
        kind: scenario.kind,
        before: &before,
        after: &after,
        user: &world.user,
        settled,
    };
    let word = case.judge(&ended)?;
    let refuses = row.lines.is_some() || row.records == Some(0);
    if let Some(books) = books(&ended).filter(|_| refuses) {
        hold(
            !books.not_kept.is_empty(),
            "what was not kept is handed out",
        )?;
    }
    let nothing = row.lines == Some(0) || row.records == Some(0);
    hold(
        !nothing || word == "stopped",
        "nothing starts without its records",
    )?;
    Ok(word)
}

fn books(ended: &Ended) -> Option<&Books> {
    Some(match ended {
        Ended::Deploy(report) => &report.as_ref().ok()?.books,
        Ended::Export(report) => &report.as_ref().ok()?.books,
        Ended::Push(report) => &report.as_ref().ok()?.books,
        Ended::Variables(report) => &report.as_ref().ok()?.books,
        Ended::Simulation(report) => &report.as_ref().ok()?.books,
        Ended::Context(report) => &report.as_ref().ok()?.books,
    })
}

#[test]
fn nothing_starts_without_records_and_what_puts_things_right_runs_without() {
    let mut wrong = Vec::new();
    let heads: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
    let mut text = format!(
        "| | {} |\n|---|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len())
    );
    for scenario in scenarios() {
        let mut word = |row: &Row| {
            cell(&scenario, row).unwrap_or_else(|what| {
                wrong.push(format!("{}, {}: {what}", scenario.name, row.name));
                "wrong"
            })
        };
        let words: Vec<&str> = ROWS.iter().map(&mut word).collect();
        writeln!(text, "| {} | {} |", scenario.name, words.join(" | ")).unwrap();
    }
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    page::compare(page::Part::Records, &text);
}
