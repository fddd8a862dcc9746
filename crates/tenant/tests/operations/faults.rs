//! The rows of the fault matrix: everything that can be made to go wrong at a request.

use tenant::{Fault, FaultKind, RetryAfter};

/// The faults that make a row happen at the request of `call` after `skip` others of it; `times` is
/// how often, none for always. No faults where the row is not about the call.
pub(crate) type Faults = fn(call: &str, skip: u32, times: Option<u32>) -> Vec<Fault>;

/// One row.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) kind: RowKind,
}

/// How a row is made to happen.
pub(crate) enum RowKind {
    /// By the tenant. The first fault is the one whose strike counts.
    Tenant(Faults),
    /// The answer breaks off, and that is noticed.
    Cut,
    /// The request arrives after its deadline.
    Late,
    /// The tab is closed before the request leaves.
    ClosedBefore,
    /// The tab is closed when the request has had its effect.
    ClosedAfter,
}

fn at(kind: FaultKind, call: &str, skip: u32, times: Option<u32>) -> Fault {
    Fault::once(kind).on(call).after(skip).times(times)
}

fn limited(retry_after: RetryAfter) -> FaultKind {
    FaultKind::RateLimited {
        retry_after,
        seconds: 3,
    }
}

const fn conflict(status: u16, applied: bool) -> FaultKind {
    FaultKind::Conflict { status, applied }
}

const fn no_compiling(as_server_error: bool) -> FaultKind {
    FaultKind::CompileFailure {
        message: None,
        as_server_error,
    }
}

/// The answer breaks off.
pub(crate) fn cut(call: &str, skip: u32, times: Option<u32>) -> Vec<Fault> {
    vec![at(FaultKind::CutBody, call, skip, times)]
}

/// The answer cannot be read, and there is no way back either.
fn unreadable_and_stuck(call: &str, skip: u32, times: Option<u32>, silent: bool) -> Vec<Fault> {
    let stuck = Fault::once(FaultKind::RollbackFailure { silent }).times(None);
    let unreadable = at(FaultKind::HtmlBody, call, skip, times);
    if ["list-versions", "export", "publish", "promote"].contains(&call) {
        vec![unreadable, stuck]
    } else {
        Vec::new()
    }
}

/// Every row, in the order of the table.
pub(crate) fn rows() -> Vec<Row> {
    let tenant: [(&str, Faults); 26] = [
        ("answer after the deadline", |c, s, t| {
            vec![at(FaultKind::Delay { ms: 20_000 }, c, s, t)]
        }),
        ("429, in seconds", |c, s, t| {
            vec![at(limited(RetryAfter::Seconds), c, s, t)]
        }),
        ("429, with a date", |c, s, t| {
            vec![at(limited(RetryAfter::Date), c, s, t)]
        }),
        ("429, without a time", |c, s, t| {
            vec![at(limited(RetryAfter::None), c, s, t)]
        }),
        ("500", |c, s, t| {
            vec![at(FaultKind::ServerError { status: 500 }, c, s, t)]
        }),
        ("502", |c, s, t| {
            vec![at(FaultKind::ServerError { status: 502 }, c, s, t)]
        }),
        ("503", |c, s, t| {
            vec![at(FaultKind::ServerError { status: 503 }, c, s, t)]
        }),
        ("504", |c, s, t| {
            vec![at(FaultKind::ServerError { status: 504 }, c, s, t)]
        }),
        ("body cut", cut),
        ("HTML", |c, s, t| vec![at(FaultKind::HtmlBody, c, s, t)]),
        ("wrong types", |c, s, t| {
            vec![at(FaultKind::WrongType, c, s, t)]
        }),
        ("dropped before the effect", |c, s, t| {
            vec![at(FaultKind::DropBefore, c, s, t)]
        }),
        ("dropped after the effect", |c, s, t| {
            vec![at(FaultKind::DropAfter, c, s, t)]
        }),
        ("token no longer good", |c, s, t| {
            vec![at(FaultKind::ExpireToken, c, s, t)]
        }),
        ("conflict, 409", |c, s, t| {
            vec![at(conflict(409, false), c, s, t)]
        }),
        ("conflict, 412", |c, s, t| {
            vec![at(conflict(412, false), c, s, t)]
        }),
        ("conflict with oneself", |c, s, t| {
            vec![at(conflict(412, true), c, s, t)]
        }),
        ("compilation fails", |c, s, t| {
            vec![at(no_compiling(false), c, s, t)]
        }),
        ("compilation fails at once", |c, s, t| {
            vec![at(no_compiling(true), c, s, t)]
        }),
        ("conflict, then no compiling", |c, s, t| {
            let stuck = Fault::once(no_compiling(false)).on("compile");
            let conflict = at(conflict(412, false), c, s, t);
            if c == "patch-state" {
                vec![conflict, stuck]
            } else {
                Vec::new()
            }
        }),
        ("promotion fails", |c, s, t| {
            vec![at(FaultKind::PromotionFailure { silent: false }, c, s, t)]
        }),
        ("promotion fails silently", |c, s, t| {
            vec![at(FaultKind::PromotionFailure { silent: true }, c, s, t)]
        }),
        ("rollback fails", |c, s, t| {
            vec![at(FaultKind::RollbackFailure { silent: false }, c, s, t)]
        }),
        ("HTML, then no way back", |c, s, t| {
            unreadable_and_stuck(c, s, t, false)
        }),
        ("HTML, then silently no way back", |c, s, t| {
            unreadable_and_stuck(c, s, t, true)
        }),
        ("simulation fails", |c, s, t| {
            vec![at(FaultKind::SimulationFailure, c, s, t)]
        }),
    ];
    let tenant = tenant.map(|(name, faults)| Row {
        name,
        kind: RowKind::Tenant(faults),
    });
    let others = [
        ("body cut, and noticed", RowKind::Cut),
        ("request after the deadline", RowKind::Late),
        ("tab closed before", RowKind::ClosedBefore),
        ("tab closed after", RowKind::ClosedAfter),
    ];
    let others = others.map(|(name, kind)| Row { name, kind });
    tenant.into_iter().chain(others).collect()
}
