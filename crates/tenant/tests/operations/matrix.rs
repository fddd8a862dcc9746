//! The fault matrix: every request of every operation with everything that can go wrong there. The
//! table is kept in `docs/fault-matrix.md`; with `FLOWDECK_BLESS=1` it is written anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cognigy::audit::verify;
use cognigy::operation::{Resolution, Resolved, resolve};
use cognigy::send::Watch;
use serde_json::Value;

use crate::faults::{Faults, Row, RowKind, cut, rows};
use crate::inside::Inside;
use crate::judge::{Case, Verdict, hold};
use crate::network::Trouble;
use crate::page;
use crate::scenarios::{Ended, Scenario, scenarios};
use crate::world::{CANARY, Setup, World};

/// How long any operation may take, whatever fails, in milliseconds.
const LONGEST: u64 = 240_000;

/// A request of an operation that meets no fault.
#[derive(Clone, Debug)]
struct Column {
    call: &'static str,
    /// Its place among all requests, and among those of its call.
    number: usize,
    of_call: u32,
}

/// The requests of an operation.
fn columns(scenario: &Scenario) -> Vec<Column> {
    let setup = Setup {
        page: false,
        keys: scenario.keys,
    };
    let world = World::new(scenario.tenant.clone(), setup, 1);
    world.run(scenario.kind.run(&world));
    let seen = world.network.seen.borrow();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let column = |(number, call): (usize, &'static str)| {
        let count = counts.entry(call).or_default();
        *count += 1;
        Column {
            call,
            number,
            of_call: *count - 1,
        }
    };
    seen.iter()
        .map(|seen| seen.call)
        .enumerate()
        .map(column)
        .collect()
}

/// One cell: nothing where the row has no effect on the column.
fn cell(
    scenario: &Scenario,
    before: &Inside,
    page: bool,
    row: &Row,
    column: &Column,
    lasting: bool,
) -> Option<Verdict> {
    let setup = Setup {
        page,
        keys: scenario.keys,
    };
    let mut world = World::new(scenario.tenant.clone(), setup, 1);
    let number = column.number;
    let mut first = None;
    let mut switch_on = |faults: Faults| {
        let times = if lasting { None } else { Some(1) };
        for fault in faults(column.call, column.of_call, times) {
            let id = world.network.tenant.borrow_mut().switch_on(fault).unwrap();
            first.get_or_insert(id);
        }
    };
    match row.kind {
        RowKind::Tenant(faults) => switch_on(faults),
        RowKind::Cut => {
            world.network.notices_cuts.set(true);
            switch_on(cut);
        }
        RowKind::Late => world
            .network
            .trouble
            .set(Some(Trouble::Late { number, lasting })),
        RowKind::ClosedBefore if !lasting => {
            world
                .network
                .trouble
                .set(Some(Trouble::ClosedBefore(number)));
        }
        RowKind::ClosedAfter if !lasting => {
            world
                .network
                .trouble
                .set(Some(Trouble::ClosedAfter(number)));
        }
        RowKind::ClosedBefore | RowKind::ClosedAfter => return None,
    }
    if matches!(row.kind, RowKind::Tenant(_)) && first.is_none() {
        return None;
    }
    let ended = world.run(scenario.kind.run(&world));
    if let Some(first) = first
        && !lasting
        && world
            .network
            .tenant
            .borrow()
            .faults()
            .iter()
            .any(|fault| fault.id == first)
    {
        return None;
    }
    Some(match &ended {
        Some(ended) => judged(scenario, setup, &mut world, before, ended),
        None => resumed(scenario, setup, &mut world, before),
    })
}

/// An operation that ended.
fn judged(
    scenario: &Scenario,
    setup: Setup,
    world: &mut World,
    before: &Inside,
    ended: &Ended,
) -> Verdict {
    let settled = world.memory.records.borrow().is_empty();
    hold(world.time.passed() <= LONGEST, "it ends in time")?;
    books_are_kept(world, true)?;
    world.next_start(setup);
    let after = world.inside();
    tells_no_secret(world, &after, &format!("{ended:?}"))?;
    let case = Case {
        kind: scenario.kind,
        before,
        after: &after,
        user: &world.user,
        settled,
    };
    let word = case.judge(ended)?;
    if !settled {
        let resolved = look_up(world)?;
        hold(resolved.len() == 1, "one record was left")?;
        fits(&resolved[0].resolution, &case)?;
    }
    Ok(word)
}

/// A tab that was closed, and the next start.
fn resumed(scenario: &Scenario, setup: Setup, world: &mut World, before: &Inside) -> Verdict {
    world.next_start(setup);
    let after = world.inside();
    let case = Case {
        kind: scenario.kind,
        before,
        after: &after,
        user: &world.user,
        settled: true,
    };
    let requests = world.network.seen.borrow().len();
    let resolved = look_up(world)?;
    let seen = world.network.seen.borrow();
    let only_reads = seen[requests..].iter().all(|seen| {
        seen.call.starts_with("token") || seen.request.method == cognigy::http::Method::Get
    });
    hold(only_reads, "nothing is sent again")?;
    drop(seen);
    books_are_kept(world, false)?;
    tells_no_secret(world, &after, &format!("{resolved:?}"))?;
    match resolved.as_slice() {
        [] => {
            // Either nothing was begun, or all was done and only the rest was missing.
            let (begun, whole) = case.left_behind()?;
            hold(begun == whole, "what has no record is whole")?;
            Ok(if begun { "finished" } else { "nothing" })
        }
        [one] => fits(&one.resolution, &case),
        _ => Err("more than one record was left".to_owned()),
    }
}

fn look_up(world: &World) -> Result<Vec<Resolved>, String> {
    let resolved = world.run(async { resolve(&world.tools, &Watch::default()).await });
    let (resolved, unreadable) = resolved
        .ok_or("it was closed again")?
        .map_err(|e| e.to_string())?;
    hold(unreadable.is_empty(), "every record can be read")?;
    hold(
        world.memory.records.borrow().is_empty(),
        "no record is left",
    )?;
    Ok(resolved)
}

/// Whether what the next start finds out is what the tenant holds.
fn fits(resolution: &Resolution, case: &Case<'_>) -> Verdict {
    let (begun, whole) = case.left_behind()?;
    match resolution {
        Resolution::Done => hold(whole, "it got through").map(|()| "new"),
        Resolution::NotDone => hold(!begun, "nothing was changed").map(|()| "before"),
        Resolution::Elsewhere(_) => hold(begun && !whole, "it is in between").map(|()| "in part"),
        Resolution::CannotTell => Ok("cannot tell"),
        Resolution::Unreadable(error) => Err(format!("it could not be read: {error}")),
        Resolution::OtherTenant => Err("it is the same tenant".to_owned()),
    }
}

/// The log is whole, and every intent of an operation that ended has its outcome.
pub(crate) fn books_are_kept(world: &World, ended: bool) -> Result<(), String> {
    let log = world.exported();
    verify(&log, None).map_err(|fault| fault.to_string())?;
    let lines = world.memory.lines.borrow();
    let entries: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let closed = |entry: &Value| entries.iter().any(|other| other["ref"] == entry["seq"]);
    let mut intents = entries.iter().filter(|entry| entry["ref"].is_null());
    hold(
        !ended || intents.all(closed),
        "every intent has its outcome",
    )
}

/// Neither the secret nor a token is anywhere but where it must be.
fn tells_no_secret(world: &World, inside: &Inside, shown: &str) -> Result<(), String> {
    let everything = format!("{}{shown}{}", world.everything(), inside.all_told());
    hold(!everything.contains(CANARY), "the secret is nowhere")?;
    let mut tokens = inside
        .tokens()
        .into_iter()
        .filter(|token| *token != "practice-token");
    hold(
        !tokens.any(|token| everything.contains(token)),
        "no token is anywhere",
    )
}

/// The cell as it is written: what comes of it once, and of it lasting.
fn written(once: &str, lasting: Option<&str>) -> String {
    match lasting {
        Some(lasting) if lasting != once => format!("{once} / {lasting}"),
        _ => once.to_owned(),
    }
}

/// The table of an operation, and what is not true.
fn table(scenario: &Scenario, page: bool, wrong: &mut Vec<String>) -> String {
    let columns = columns(scenario);
    let before = Inside::of(&scenario.tenant);
    let several = |call: &str| columns.iter().filter(|column| column.call == call).count() > 1;
    let heads: Vec<String> = columns
        .iter()
        .map(|column| {
            if several(column.call) {
                format!("{} {}", column.call, column.of_call + 1)
            } else {
                column.call.to_owned()
            }
        })
        .collect();
    let mut text = format!(
        "| | {} |\n|---|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len())
    );
    for row in rows() {
        let mut cells = Vec::new();
        for (column, head) in columns.iter().zip(&heads) {
            let mut word = |lasting| {
                cell(scenario, &before, page, &row, column, lasting).map(|verdict| {
                    verdict.unwrap_or_else(|what| {
                        let place = format!("{}, {}, {head}", scenario.name, row.name);
                        wrong.push(format!("{place}, lasting {lasting}, page {page}: {what}"));
                        "wrong"
                    })
                })
            };
            cells.push(match word(false) {
                None => "·".to_owned(),
                Some(once) => written(once, word(true)),
            });
        }
        if cells.iter().any(|cell| cell != "·") {
            writeln!(text, "| {} | {} |", row.name, cells.join(" | ")).unwrap();
        }
    }
    text
}

/// The tables of all operations. Panics with what is not true.
fn tables(page: bool) -> String {
    let mut wrong = Vec::new();
    let mut text = String::new();
    for scenario in scenarios() {
        let found = table(&scenario, page, &mut wrong);
        write!(text, "\n## {}\n\n{found}", scenario.name).unwrap();
    }
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    text
}

#[test]
fn every_end_is_what_the_tenant_holds() {
    page::compare(page::Part::Requests, &tables(false));
}

/// A page of another origin is not shown the headers, and not told a broken connection from a
/// blocked one. That changes no end.
#[test]
fn every_end_is_the_same_for_a_page_that_sees_less() {
    page::compare(page::Part::Requests, &tables(true));
}
