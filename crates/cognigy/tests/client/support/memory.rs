//! Journal and audit store in memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use cognigy::ports::{AuditStore, Journal, LocalBoxFuture, StoreError};

/// Records in memory, which can be made to refuse.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) records: RefCell<BTreeMap<String, String>>,
    pub(crate) lines: RefCell<Vec<String>>,
    /// All that was ever written into the journal.
    pub(crate) journalled: RefCell<Vec<String>>,
    pub(crate) refuses_records: Cell<bool>,
    /// How many more lines are taken.
    pub(crate) lines_left: Cell<Option<usize>>,
}

fn refused() -> StoreError {
    StoreError("The disk is full.".into())
}

impl Journal for Memory {
    fn write<'a>(
        &'a self,
        id: &'a str,
        text: &'a str,
    ) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            if self.refuses_records.get() {
                return Err(refused());
            }
            self.journalled.borrow_mut().push(text.into());
            self.records.borrow_mut().insert(id.into(), text.into());
            Ok(())
        })
    }

    fn remove<'a>(&'a self, id: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.records.borrow_mut().remove(id);
            Ok(())
        })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move { Ok(self.records.borrow().values().cloned().collect()) })
    }
}

impl AuditStore for Memory {
    fn append<'a>(&'a self, line: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match self.lines_left.get() {
                Some(0) => return Err(refused()),
                Some(left) => self.lines_left.set(Some(left - 1)),
                None => {}
            }
            self.lines.borrow_mut().push(line.into());
            Ok(())
        })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move { Ok(self.lines.borrow().clone()) })
    }
}
