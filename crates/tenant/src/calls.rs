//! The table of calls: name, method, path, scopes, limit, and the function that answers. Faults
//! name calls by this table too.

use cognigy::http::Method;

use crate::answer::Reply;
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::world::World;
use crate::{bots, compile, context, dialogs, hooks, runtime, simulations, states, tokens};

/// One call of the tenant.
pub(crate) struct Call {
    /// What people and faults call it.
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    /// Its segments; `*` stands for any one.
    pub(crate) path: &'static [&'static str],
    /// What a token must be good for. Calls without any need no token.
    pub(crate) scopes: &'static [&'static str],
    /// Whose requests are counted: what the first open segment names.
    pub(crate) limit: Option<Limit>,
    /// Whether an idempotency key makes it happen once.
    pub(crate) keyed: bool,
    pub(crate) run: fn(&mut World, &Ask<'_>) -> Result<Reply, Refusal>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Whose requests are limited together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Those about one bot.
    Bot,
    /// Those about one dialog.
    Dialog,
}

impl Call {
    /// The open segments, when the path of a request is this call's.
    pub(crate) fn names_in(&self, segments: &[String]) -> Option<Vec<String>> {
        if segments.len() != self.path.len() {
            return None;
        }
        let mut names = Vec::new();
        for (&pattern, segment) in self.path.iter().zip(segments) {
            if pattern == "*" {
                names.push(segment.clone());
            } else if pattern != segment {
                return None;
            }
        }
        Some(names)
    }
}

/// A call, for those who list or choose calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallName {
    /// Its name, as faults use it.
    pub name: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, `*` standing for any one segment.
    pub path: String,
}

/// Every call there is.
pub fn call_names() -> impl Iterator<Item = CallName> {
    CALLS.iter().map(|call| CallName {
        name: call.name,
        method: call.method,
        path: format!("/{}", call.path.join("/")),
    })
}

type Run = fn(&mut World, &Ask<'_>) -> Result<Reply, Refusal>;

const fn call(
    name: &'static str,
    method: Method,
    path: &'static [&'static str],
    scopes: &'static [&'static str],
    limit: Option<Limit>,
    run: Run,
) -> Call {
    Call {
        name,
        method,
        path,
        scopes,
        limit,
        // A request that creates or starts something is a POST with a token.
        keyed: matches!(method, Method::Post) && !scopes.is_empty(),
        run,
    }
}

const DIALOG: Option<Limit> = Some(Limit::Dialog);
const BOT: Option<Limit> = Some(Limit::Bot);
const FLOWS: [&str; 6] = ["api", "v1", "bots", "*", "flows", "*"];
const STATES: [&str; 7] = [
    FLOWS[0], FLOWS[1], FLOWS[2], FLOWS[3], FLOWS[4], FLOWS[5], "states",
];
const STATE: [&str; 8] = [
    FLOWS[0], FLOWS[1], FLOWS[2], FLOWS[3], FLOWS[4], FLOWS[5], "states", "*",
];
const COMPILE: [&str; 7] = [
    FLOWS[0], FLOWS[1], FLOWS[2], FLOWS[3], FLOWS[4], FLOWS[5], "compile",
];
const VERSIONS: &[&str] = &["api", "v2", "dialogs", "*", "versions"];
const VERSION: &[&str] = &["api", "v2", "dialogs", "*", "versions", "*"];
const EXPORT: &[&str] = &["api", "v2", "dialogs", "*", "export"];
const RUNTIME: &[&str] = &["runtime", "v2", "dialogs", "*", "state"];
const SIMULATION: &[&str] = &["api", "v1", "simulations", "*"];

/// Every call of the contract. No two that share a method match the same path.
pub(crate) static CALLS: &[Call] = &[
    call(
        "token",
        Method::Post,
        &["oauth", "token"],
        &[],
        None,
        tokens::issue,
    ),
    call(
        "token-v1",
        Method::Post,
        &["api", "v1", "oauth", "token"],
        &[],
        None,
        tokens::issue,
    ),
    call(
        "token-auth",
        Method::Post,
        &["api", "v1", "auth", "token"],
        &[],
        None,
        tokens::issue,
    ),
    call(
        "list-versions",
        Method::Get,
        VERSIONS,
        &["version:read"],
        DIALOG,
        dialogs::list,
    ),
    call(
        "publish",
        Method::Post,
        VERSIONS,
        &["version:write"],
        DIALOG,
        dialogs::publish,
    ),
    call(
        "promote",
        Method::Patch,
        VERSION,
        &["version:write"],
        DIALOG,
        dialogs::promote,
    ),
    call(
        "export",
        Method::Get,
        EXPORT,
        &["export:read"],
        DIALOG,
        dialogs::export,
    ),
    call(
        "list-states",
        Method::Get,
        &STATES,
        &["bot:read"],
        BOT,
        states::list,
    ),
    call(
        "read-state",
        Method::Get,
        &STATE,
        &["bot:read"],
        BOT,
        states::read,
    ),
    call(
        "patch-state",
        Method::Patch,
        &STATE,
        &["bot:write"],
        BOT,
        states::patch,
    ),
    call(
        "compile",
        Method::Post,
        &COMPILE,
        &["flow:compile"],
        BOT,
        compile::start,
    ),
    call(
        "read-compile",
        Method::Get,
        &COMPILE,
        &["flow:compile"],
        BOT,
        compile::read,
    ),
    call(
        "read-runtime",
        Method::Get,
        RUNTIME,
        &["session:manage"],
        DIALOG,
        runtime::read,
    ),
    call(
        "patch-runtime",
        Method::Patch,
        RUNTIME,
        &["runtime:write", "session:manage"],
        DIALOG,
        runtime::patch,
    ),
    call(
        "bot-versions",
        Method::Get,
        &["api", "v1", "bots", "*", "versions"],
        &["bot:read"],
        BOT,
        bots::versions,
    ),
    call(
        "environment",
        Method::Get,
        &["api", "v1", "environments", "*"],
        &["environment:read"],
        None,
        bots::environment,
    ),
    call(
        "simulate",
        Method::Post,
        &["api", "v1", "simulations"],
        &["simulation:execute"],
        None,
        simulations::submit,
    ),
    call(
        "read-simulation",
        Method::Get,
        SIMULATION,
        &["simulation:execute"],
        None,
        simulations::read,
    ),
    call(
        "read-context",
        Method::Get,
        &["api", "v1", "context", "*"],
        &["conversation:read"],
        None,
        context::read,
    ),
    call(
        "patch-context",
        Method::Patch,
        &["api", "v1", "context"],
        &["context:write"],
        None,
        context::patch,
    ),
    call(
        "hook",
        Method::Post,
        &["__practice", "hooks", "*"],
        &[],
        None,
        hooks::receive,
    ),
];
