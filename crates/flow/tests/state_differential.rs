//! Reachability, dead ends and closed loops of state flows against the same checks written the
//! plain way, over random flows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use flow::document::Document;
use flow::rules::{Settings, check};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// One state: whether it is final, and per transition its target and whether it has a condition.
/// A target beyond the last state is missing.
#[derive(Clone, Debug)]
struct PlainState {
    is_final: bool,
    transitions: Vec<(usize, bool)>,
}

#[derive(Clone, Debug)]
struct PlainFlow {
    states: Vec<PlainState>,
    initial: usize,
    fallback: Option<usize>,
}

impl PlainFlow {
    fn text(&self) -> String {
        let states: Vec<String> = self
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| {
                let transitions: Vec<String> = state
                    .transitions
                    .iter()
                    .enumerate()
                    .map(|(number, &(target, conditional))| {
                        let conditions = if conditional {
                            format!(", \"conditions\": [{{ \"value\": \"context.n == {number}\" }}]")
                        } else {
                            String::new()
                        };
                        format!("{{ \"id\": \"t{number}\", \"targetStateId\": \"s{target}\"{conditions} }}")
                    })
                    .collect();
                format!(
                    "{{ \"id\": \"s{index}\", \"final\": {}, \"transitions\": [{}] }}",
                    state.is_final,
                    transitions.join(", ")
                )
            })
            .collect();
        let fallback = self.fallback.map_or_else(String::new, |at| {
            format!("\"fallbackStateId\": \"s{at}\", ")
        });
        format!(
            "{{ \"botId\": \"b\", \"flowId\": \"f\", \"initialStateId\": \"s{}\", {fallback}\"states\": [{}] }}",
            self.initial,
            states.join(", ")
        )
    }

    fn fallback(&self) -> Option<usize> {
        self.fallback.filter(|&at| at < self.states.len())
    }

    fn next(&self, at: usize) -> BTreeSet<usize> {
        let own = &self.states[at].transitions;
        let mut next: BTreeSet<usize> = own
            .iter()
            .map(|&(target, _)| target)
            .filter(|&target| target < self.states.len())
            .collect();
        if own.iter().all(|&(_, conditional)| conditional) {
            next.extend(self.fallback());
        }
        next
    }

    /// Every state on a path of one step or more from `at`.
    fn after(&self, at: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open: Vec<usize> = self.next(at).into_iter().collect();
        while let Some(state) = open.pop() {
            if found.insert(state) {
                open.extend(self.next(state));
            }
        }
        found
    }

    fn unreachable(&self) -> BTreeSet<usize> {
        if self.initial >= self.states.len() {
            return BTreeSet::new();
        }
        let reached = self.after(self.initial);
        (0..self.states.len())
            .filter(|&at| at != self.initial && !reached.contains(&at))
            .collect()
    }

    fn can_end(&self, at: usize) -> bool {
        self.states[at].is_final || self.fallback() == Some(at)
    }

    fn dead_ends(&self) -> BTreeSet<usize> {
        (0..self.states.len())
            .filter(|&at| self.states[at].transitions.is_empty() && !self.can_end(at))
            .collect()
    }

    /// States from which all that follows leads back, and where nothing can end.
    fn in_closed_loops(&self) -> BTreeSet<usize> {
        (0..self.states.len())
            .filter(|&at| {
                let after = self.after(at);
                after.contains(&at)
                    && after
                        .iter()
                        .all(|&other| !self.can_end(other) && self.after(other).contains(&at))
            })
            .collect()
    }
}

fn plain_flow() -> impl Strategy<Value = PlainFlow> {
    (1_usize..12).prop_flat_map(|count| {
        let transition = (0..=count, prop::bool::weighted(0.4));
        let state = (
            prop::bool::weighted(0.15),
            prop::collection::vec(transition, 0..4),
        )
            .prop_map(|(is_final, transitions)| PlainState {
                is_final,
                transitions,
            });
        (
            prop::collection::vec(state, count),
            0..=count,
            prop::option::of(0..=count),
        )
            .prop_map(|(states, initial, fallback)| PlainFlow {
                states,
                initial,
                fallback,
            })
    })
}

#[test]
fn agrees_with_the_plain_way() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut found = [0; 3];
    for _ in 0..5_000 {
        let plain = plain_flow().new_tree(&mut runner).unwrap().current();
        let document = Document::read(plain.text().into()).unwrap();
        let problems = check(&document, &Settings::default());
        let about = |code: &str| -> BTreeSet<usize> {
            problems
                .iter()
                .filter(|problem| problem.rule.code == code)
                .flat_map(|problem| &problem.ids)
                .map(|id| id[1..].parse().unwrap())
                .collect()
        };
        let expected = [
            ("ST401", plain.unreachable()),
            ("ST402", plain.dead_ends()),
            ("ST403", plain.in_closed_loops()),
        ];
        for (index, (code, expected)) in expected.into_iter().enumerate() {
            assert_eq!(about(code), expected, "{code} in {}", plain.text());
            found[index] += usize::from(!expected.is_empty());
        }
    }
    assert!(found.iter().all(|&count| count > 300), "{found:?}");
}
