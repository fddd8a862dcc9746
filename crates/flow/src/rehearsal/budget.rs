//! What one turn may still do, and the events it has collected.

use super::trace::{Event, Limit, Status};
use crate::limits::{
    REHEARSAL_CONDITIONS, REHEARSAL_EVENTS, REHEARSAL_STATEMENTS, REHEARSAL_STEPS,
    REHEARSAL_WRITTEN,
};

/// A turn while it runs.
#[derive(Debug, Default)]
pub(super) struct Doing {
    pub(super) events: Vec<Event>,
    steps: usize,
    conditions: usize,
    statements: usize,
}

impl Doing {
    /// Keeps an event, unless there are too many.
    pub(super) fn tell(&mut self, event: Event) {
        match self.events.len() {
            REHEARSAL_EVENTS => self.events.push(Event::Cut),
            more if more > REHEARSAL_EVENTS => {}
            _ => self.events.push(event),
        }
    }

    /// Tells how the turn ends; that is never cut.
    pub(super) fn end(&mut self, event: Event, status: Status) -> Status {
        self.events.push(event);
        status
    }

    pub(super) fn stop(&mut self, limit: Limit) -> Status {
        self.end(Event::Stopped(limit), Status::Stopped(limit))
    }

    pub(super) fn step(&mut self) -> Result<(), Limit> {
        self.steps += 1;
        within(self.steps, REHEARSAL_STEPS, Limit::Steps)
    }

    /// Counts a condition of so many parts; a long one counts for several.
    pub(super) fn condition(&mut self, parts: usize) -> Result<(), Limit> {
        self.conditions += 1 + parts / 64;
        within(self.conditions, REHEARSAL_CONDITIONS, Limit::Conditions)
    }

    /// Counts a statement that takes so many bytes to read; a long one counts for several.
    pub(super) fn statement(&mut self, bytes: usize) -> Result<(), Limit> {
        self.statements += 1 + bytes / 1024;
        within(self.statements, REHEARSAL_STATEMENTS, Limit::Statements)
    }
}

/// Counts bytes that are said or kept. `written` is of the whole run.
pub(super) fn write(written: &mut usize, bytes: usize) -> Result<(), Limit> {
    *written = written.saturating_add(bytes);
    within(*written, REHEARSAL_WRITTEN, Limit::Written)
}

fn within(count: usize, most: usize, limit: Limit) -> Result<(), Limit> {
    if count > most { Err(limit) } else { Ok(()) }
}
