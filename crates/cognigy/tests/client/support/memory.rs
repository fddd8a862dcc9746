//! A journal and an audit store in memory, which can be made to refuse or to lose.

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
    /// How many more records are taken.
    pub(crate) records_left: Cell<Option<usize>>,
    /// Whether records are taken and forgotten at once.
    pub(crate) loses_records: Cell<bool>,
    /// How many more lines are taken.
    pub(crate) lines_left: Cell<Option<usize>>,
}

/// Takes one of what is left.
fn take(left: &Cell<Option<usize>>) -> Result<(), StoreError> {
    match left.get() {
        Some(0) => return Err(StoreError("The disk is full.".into())),
        Some(some) => left.set(Some(some - 1)),
        None => {}
    }
    Ok(())
}

impl Journal for Memory {
    fn write<'a>(
        &'a self,
        id: &'a str,
        text: &'a str,
    ) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            take(&self.records_left)?;
            self.journalled.borrow_mut().push(text.into());
            if !self.loses_records.get() {
                self.records.borrow_mut().insert(id.into(), text.into());
            }
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
            take(&self.lines_left)?;
            self.lines.borrow_mut().push(line.into());
            Ok(())
        })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move { Ok(self.lines.borrow().clone()) })
    }
}
