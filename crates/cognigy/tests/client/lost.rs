//! Concurrent changes: however they interleave, nobody's update is lost.

use cognigy::Cancellation;
use cognigy::operation::{
    Conflict, PushEnd, PushReport, PushRequest, PushUser, StateChange, StateOutcome, Stopped,
    push_transitions,
};
use cognigy::ports::LocalBoxFuture;
use flow::rules::Settings;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::state_tenant::{StateTenant, address, file, to, world};

/// Merges by putting what both have side by side.
struct Both;

impl PushUser for Both {
    fn confirm<'a>(&'a self, _: &'a str, _: &'a [StateChange]) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { true })
    }

    fn merge<'a>(&'a self, conflict: &'a Conflict) -> LocalBoxFuture<'a, Option<Value>> {
        let mut merged = conflict.theirs.as_array().cloned().unwrap();
        for mine in conflict.mine.as_array().unwrap() {
            if merged.iter().all(|theirs| theirs["id"] != mine["id"]) {
                merged.push(mine.clone());
            }
        }
        Box::pin(async { Some(Value::Array(merged)) })
    }

    fn restore<'a>(&'a self, _: Option<&'a str>, _: &'a str) -> LocalBoxFuture<'a, bool> {
        Box::pin(async { false })
    }
}

/// A file in which "ask" has one transition of its own besides the common one.
fn file_of(author: usize) -> String {
    let mut file = file();
    let mut own = to(&format!("own{author}"), "bye");
    own["conditions"] = json!([{"value": format!("input.text == \"{author}\"")}]);
    file["states"][0]["transitions"] = json!([to("t1", "ask"), own]);
    file.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Two pages push at once, their requests arriving in any order: what is said to be done is
    /// there, and nothing of the other is gone.
    #[test]
    fn pushes_that_interleave_lose_nothing(delays in prop::collection::vec(0_u64..40, 16)) {
        let (world, tenant) = world(StateTenant::new());
        let mut delays = delays.into_iter().cycle();
        world.wire.delay(move || delays.next().unwrap_or_default());
        let settings = Settings::default();
        let (address, base) = (address(), Map::new());
        let texts = [file_of(1), file_of(2)];
        let (cancellation, sink) = (Cancellation::new(), world.sink());
        let requests: Vec<PushRequest<'_>> = texts
            .iter()
            .map(|text| PushRequest { address: &address, text, base: &base, settings: &settings })
            .collect();
        let pushes = requests
            .iter()
            .map(|request| {
                Box::pin(push_transitions(&world.tools, request, &Both, &cancellation, &sink)) as _
            })
            .collect();
        let reports: Vec<Result<PushReport, Stopped>> = world.run(crate::support::together(pushes));
        let tenant = tenant.borrow();
        let there: Vec<&Value> =
            tenant.states[0].2.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        for (author, report) in (1..).zip(reports) {
            let report = report.unwrap();
            prop_assert!(matches!(report.states[0].1, StateOutcome::Done { .. }), "{report:?}");
            prop_assert_eq!(report.end, PushEnd::Compiled);
            prop_assert!(there.contains(&&json!(format!("own{author}"))), "{there:?}");
        }
        prop_assert_eq!(there.len(), 3);
    }
}
