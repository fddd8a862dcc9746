//! Connections that came with files: they are taken once the workspace is open, and the user is told
//! what came of each. Which are taken is decided in the client.

use cognigy::connection::intake::{Arrival, take_in};
use leptos::prelude::*;

use super::state::{known, practice_connection};
use crate::ui::autosave::Autosave;
use crate::ui::desk::{Brought, Desk};
use crate::ui::notices::Notice;

/// How many connections are told one by one.
const LISTED: usize = 12;

/// Takes what came and what comes.
pub fn follow(desk: Desk, autosave: Autosave) {
    Effect::new(move |_| {
        // What is stored takes the place of what is there when the workspace opens.
        if !autosave.opened.get() || desk.brought.with(Vec::is_empty) {
            return;
        }
        for brought in desk.brought.try_update(std::mem::take).unwrap_or_default() {
            take(desk, &brought);
        }
    });
}

fn take(desk: Desk, brought: &Brought) {
    let kept = desk.connections.with_untracked(|kept| known(kept));
    let arrivals = take_in(&kept, &brought.connections, &practice_connection());
    let mut new = Vec::new();
    for arrival in &arrivals {
        if let Arrival::Taken { connection, .. } = arrival
            && let Ok(text) = serde_json::to_string(connection)
        {
            new.push(text);
        }
    }
    let taken = new.len();
    if taken > 0 && !desk.change_connections(|connections| connections.extend(new)) {
        return;
    }
    if let Some(notice) = notice(&brought.file_name, taken, &arrivals) {
        desk.notices.show(notice);
    }
}

/// What the user is told; nothing where all of it was here already.
fn notice(file: &str, taken: usize, arrivals: &[Arrival]) -> Option<Notice> {
    let told = arrivals.iter().filter(|it| **it != Arrival::Known);
    let mut details: Vec<String> = told.map(Arrival::to_string).collect();
    let left_out = details.len() - taken;
    if let more @ 1.. = details.len().saturating_sub(LISTED) {
        details.truncate(LISTED);
        details.push(format!("And {more} more."));
    }
    let connections = |count: usize| match count {
        1 => "1 connection".to_owned(),
        count => format!("{count} connections"),
    };
    let credential =
        "A file holds no credentials: enter one on the screen Connection before you use it.";
    let text = match (taken, left_out) {
        (0, 0) => return None,
        (0, left_out) => format!(
            "{file} has {} that cannot be taken. Nothing was changed in those that are here.",
            connections(left_out)
        ),
        (taken, 0) => format!("{file} brought {}. {credential}", connections(taken)),
        (taken, left_out) => format!(
            "{file} brought {}; {left_out} more could not be taken. {credential}",
            connections(taken)
        ),
    };
    let notice = if left_out > 0 {
        Notice::error(text)
    } else {
        Notice::info(text)
    };
    Some(notice.with_details(details))
}
