//! Asking the worker about the records of operations. What is in them is known to the operations.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Autosave;
use crate::worker::{Request, StoredRecord};

/// What comes of a question: the records, or why it was not done, as a sentence.
pub type Answer = Result<Vec<StoredRecord>, String>;

/// The questions that are not answered yet.
#[derive(Default)]
pub(super) struct Asked {
    next: u64,
    open: BTreeMap<u64, Box<dyn FnOnce(Answer)>>,
}

impl Autosave {
    /// Asks the worker what `ask` makes of a number; `answer` is called once.
    pub fn ask_books(
        self,
        ask: impl FnOnce(u64) -> Request,
        answer: impl FnOnce(Answer) + 'static,
    ) {
        let ticket = self.asked.try_update_value(|asked| {
            asked.next += 1;
            asked.open.insert(asked.next, Box::new(answer));
            asked.next
        });
        let Some(ticket) = ticket else { return };
        let sent = self.inner.try_with_value(|inner| match &inner.link {
            Some(link) => link.send(&ask(ticket)),
            None => Err(STOPPED.to_owned()),
        });
        if let Some(Err(reason)) = sent {
            self.answered(ticket, Err(reason));
        }
    }

    pub(super) fn answered(self, ticket: u64, answer: Answer) {
        let open = self
            .asked
            .try_update_value(|asked| asked.open.remove(&ticket));
        if let Some(tell) = open.flatten() {
            tell(answer);
        }
    }

    /// Nothing that was asked is answered any more.
    pub(super) fn give_up_asking(self) {
        let open = self
            .asked
            .try_update_value(|asked| std::mem::take(&mut asked.open));
        for tell in open.unwrap_or_default().into_values() {
            tell(Err(STOPPED.to_owned()));
        }
    }
}

const STOPPED: &str = "The part of Flowdeck that saves has stopped. Reload the page.";
