//! Connections that come with a file: which of them are taken, under which names, and what a user is
//! told of each. What was written elsewhere is believed in nothing: addresses are checked, what a
//! connection does not know, such as a secret, is left behind. Keeping them is up to the caller.

use std::fmt::{Display, Formatter};

use serde_json::Value;

use super::{Connection, defaults};
use crate::address;

/// How many connections of one file are looked at. Nobody has as many.
const MOST: usize = 200;

/// What became of one connection of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is taken.
    Taken {
        /// As it is kept.
        connection: Box<Connection>,
        /// Its name in the file, where that stands for something else here.
        renamed: Option<String>,
        /// What else of it is worth knowing, in sentences.
        notes: Vec<String>,
    },
    /// It is here already.
    Known,
    /// It stays out.
    LeftOut {
        /// What the file calls it.
        name: String,
        /// Why, in sentences.
        reason: String,
    },
}

/// Looks at the connections of a file, each as JSON. `known` are those there are, without a practice
/// tenant that nobody has changed. `practice` is the connection to the practice tenant, of which there
/// is one.
pub fn take_in(known: &[Connection], brought: &[String], practice: &Connection) -> Vec<Arrival> {
    let mut known = known.to_vec();
    let mut arrivals = Vec::with_capacity(brought.len());
    for raw in brought.iter().take(MOST) {
        let arrival = arrive(&known, raw, practice);
        if let Arrival::Taken { connection, .. } = &arrival {
            known.push((**connection).clone());
        }
        arrivals.push(arrival);
    }
    if let more @ 1.. = brought.len().saturating_sub(MOST) {
        arrivals.push(Arrival::LeftOut {
            name: format!("Everything after the first {MOST} ({more} more)"),
            reason: "A workspace holds no more connections than that.".to_owned(),
        });
    }
    arrivals
}

fn arrive(known: &[Connection], raw: &str, practice: &Connection) -> Arrival {
    let whole: Value = serde_json::from_str(raw).unwrap_or_default();
    let named = || {
        let name = clean(whole["name"].as_str().unwrap_or_default());
        if name.is_empty() {
            "A connection without a name".to_owned()
        } else {
            name
        }
    };
    let left_out = |reason: String| Arrival::LeftOut {
        name: named(),
        reason,
    };
    let read = serde_json::from_str::<Connection>(raw);
    let Ok(connection) = read else {
        return left_out("It has a form that this version does not know.".to_owned());
    };
    let mut connection = match connection.checked() {
        Ok(connection) => connection,
        Err(mistakes) => {
            let told = mistakes
                .iter()
                .map(|it| format!("{}: {}", it.field, it.error));
            return left_out(told.collect::<Vec<_>>().join(" "));
        }
    };
    let mut notes = Vec::new();
    for (field, span, usual) in [
        (
            "pollInterval",
            &mut connection.poll_interval,
            defaults::POLL_INTERVAL,
        ),
        (
            "requestDeadline",
            &mut connection.request_deadline,
            defaults::REQUEST_DEADLINE,
        ),
        (
            "jobDeadline",
            &mut connection.job_deadline,
            defaults::JOB_DEADLINE,
        ),
    ] {
        if !defaults::SENSIBLE.contains(span) {
            *span = usual;
            notes.push(format!(
                "Its {field} was no sensible one and is the usual one now."
            ));
        }
    }
    let wanted = named_after(&connection);
    connection.name.clone_from(&wanted);
    if connection.base_url == practice.base_url {
        connection.name.clone_from(&practice.name);
        return match known.iter().find(|it| it.base_url == practice.base_url) {
            Some(own) if *own == connection => Arrival::Known,
            Some(_) => left_out(
                "There is a practice tenant here already, which stays as it is.".to_owned(),
            ),
            None if connection == *practice => Arrival::Known,
            None => Arrival::Taken {
                connection: Box::new(connection),
                renamed: None,
                notes,
            },
        };
    }
    let taken = |name: &str| name == practice.name || known.iter().any(|it| it.name == name);
    let mut names = std::iter::once(wanted.clone())
        .chain((2_u64..).map(|number| format!("{wanted} ({number})")));
    // The first name that is free. On the way to it are those that an earlier opening of the same
    // file may have given.
    let free = names.find(|name| {
        connection.name.clone_from(name);
        !taken(name) || known.contains(&connection)
    });
    if known.contains(&connection) {
        return Arrival::Known;
    }
    notes.extend(whereto(&connection));
    notes.extend(left_behind(&whole));
    Arrival::Taken {
        renamed: free.filter(|name| *name != wanted).map(|_| wanted),
        connection: Box::new(connection),
        notes,
    }
}

/// A name without what cannot be seen or typed.
fn clean(name: &str) -> String {
    let seen: String = name.chars().filter(|it| !it.is_control()).collect();
    seen.trim().to_owned()
}

/// The name of a connection, or of its tenant where it has none.
fn named_after(connection: &Connection) -> String {
    let name = clean(&connection.name);
    if name.is_empty() {
        address::host(&connection.base_url).to_owned()
    } else {
        name
    }
}

/// Where credentials and words of what was done would go, where that is not the tenant itself.
fn whereto(connection: &Connection) -> Vec<String> {
    let mut notes = Vec::new();
    let tenant = address::host(&connection.base_url);
    let token = address::host(&connection.token_url);
    if token != tenant {
        notes.push(format!("It fetches tokens from {token}."));
    }
    let hooks = &connection.webhooks;
    let mut told: Vec<&str> = [
        &hooks.analytics,
        &hooks.crm,
        &hooks.context,
        &hooks.ml_ops,
        &hooks.artifact_sync,
    ]
    .into_iter()
    .filter(|url| !url.is_empty())
    .map(|url| address::host(url))
    .collect();
    told.sort_unstable();
    told.dedup();
    if !told.is_empty() {
        notes.push(format!("It tells {} of what is done.", told.join(", ")));
    }
    notes
}

/// The members that a connection does not know. A secret would be one; none is ever kept.
fn left_behind(whole: &Value) -> Option<String> {
    let known = serde_json::to_value(Connection::default()).unwrap_or_default();
    let mut names = Vec::new();
    for (part, prefix) in [
        ("", ""),
        ("remembered", "remembered."),
        ("webhooks", "webhooks."),
    ] {
        let (whole, known) = if part.is_empty() {
            (whole, &known)
        } else {
            (&whole[part], &known[part])
        };
        let members = whole.as_object().into_iter().flatten();
        let unknown = members.filter(|(key, _)| known.get(key.as_str()).is_none());
        names.extend(unknown.map(|(key, _)| format!("{prefix}{}", clean(key))));
    }
    (!names.is_empty()).then(|| format!("Not taken of it: {}.", names.join(", ")))
}

impl Display for Arrival {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known => f.write_str("It is here already."),
            Self::LeftOut { name, reason } => write!(f, "{name} was left out. {reason}"),
            Self::Taken {
                connection,
                renamed,
                notes,
            } => {
                let Connection { name, base_url, .. } = &**connection;
                match renamed {
                    None => write!(f, "{name} ({base_url}) was added.")?,
                    Some(old) => write!(
                        f,
                        "{old} ({base_url}) was added as {name}, because another connection is \
                         called {old}."
                    )?,
                }
                notes.iter().try_for_each(|note| write!(f, " {note}"))
            }
        }
    }
}
