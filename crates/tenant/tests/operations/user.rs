//! Who answers the questions of operations: yes, and a merge that keeps what both sides changed.

use std::cell::RefCell;

use cognigy::operation::{
    Conflict, ContextConflict, ContextUser, DeployPlan, DeployUser, PreviousChoice, PushUser,
    StateChange, SwitchUser, VersionTaken,
};
use cognigy::ports::LocalBoxFuture;
use cognigy::resource::dialogs::Version;
use serde_json::Value;

/// Says yes, and remembers the conflicts it was shown.
#[derive(Default)]
pub(crate) struct User {
    pub(crate) conflicts: RefCell<Vec<Conflict>>,
    pub(crate) overwritten: RefCell<Vec<ContextConflict>>,
}

fn said<'a, T: 'a>(answer: T) -> LocalBoxFuture<'a, T> {
    Box::pin(std::future::ready(answer))
}

impl DeployUser for User {
    fn other_id<'a>(&'a self, _: &'a str, _: &'a str) -> LocalBoxFuture<'a, bool> {
        said(true)
    }

    fn which_is_active<'a>(
        &'a self,
        _: &'a [Version],
    ) -> LocalBoxFuture<'a, Option<PreviousChoice>> {
        said(Some(PreviousChoice::None))
    }

    fn version_taken<'a>(&'a self, _: &'a VersionTaken) -> LocalBoxFuture<'a, Option<String>> {
        said(None)
    }

    fn confirm<'a>(&'a self, _: &'a DeployPlan) -> LocalBoxFuture<'a, bool> {
        said(true)
    }
}

impl SwitchUser for User {
    fn confirm<'a>(
        &'a self,
        _: &'a str,
        _: &'a Version,
        _: Option<&'a Version>,
    ) -> LocalBoxFuture<'a, bool> {
        said(true)
    }
}

impl ContextUser for User {
    fn overwrite<'a>(&'a self, conflict: &'a ContextConflict) -> LocalBoxFuture<'a, bool> {
        self.overwritten.borrow_mut().push(conflict.clone());
        said(true)
    }
}

impl PushUser for User {
    fn confirm<'a>(&'a self, _: &'a str, _: &'a [StateChange]) -> LocalBoxFuture<'a, bool> {
        said(true)
    }

    fn merge<'a>(&'a self, conflict: &'a Conflict) -> LocalBoxFuture<'a, Option<Value>> {
        self.conflicts.borrow_mut().push(conflict.clone());
        let base = conflict.base.as_ref().map_or(&[][..], list);
        let mut merged = list(&conflict.theirs).to_vec();
        for mine in list(&conflict.mine) {
            let of_id = |one: &&Value| one["id"] == mine["id"];
            let changed = base.iter().find(of_id) != Some(mine);
            match merged.iter_mut().find(|one| one["id"] == mine["id"]) {
                Some(theirs) if changed => *theirs = mine.clone(),
                Some(_) => {}
                None => merged.insert(0, mine.clone()),
            }
        }
        said(Some(Value::Array(merged)))
    }

    fn restore<'a>(&'a self, _: Option<&'a str>, _: &'a str) -> LocalBoxFuture<'a, bool> {
        said(true)
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
