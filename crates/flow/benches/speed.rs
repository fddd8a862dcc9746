//! The same jobs as `budgets`, one by one, for comparing two states of the code:
//! `cargo bench -p flowdeck-flow --bench speed`

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/peer.rs"]
mod peer;

use corpus::State;
use divan::Bencher;
use divan::counter::BytesCount;
use flow::document::Document;
use flow::rules::{Settings, check};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [500, 5_000, 50_000];

#[divan::bench(args = SIZES)]
fn typed_serde_json(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = corpus::dialog_flow(nodes, State::Clean);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<peer::Flow>(&text));
}

#[divan::bench(args = SIZES)]
fn lean_serde_json(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = corpus::dialog_flow(nodes, State::Clean);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<peer::LeanFlow>(&text));
}

#[divan::bench(args = SIZES)]
fn tree(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = corpus::dialog_flow(nodes, State::Clean);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| flow::json::parse(text.as_str().into()));
}

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = corpus::dialog_flow(nodes, State::Clean);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Document::open(text.as_bytes()));
}

#[divan::bench(args = SIZES)]
fn rules_clean(bencher: Bencher<'_, '_>, nodes: usize) {
    rules(bencher, &corpus::dialog_flow(nodes, State::Clean));
}

#[divan::bench(args = SIZES)]
fn rules_dirty(bencher: Bencher<'_, '_>, nodes: usize) {
    rules(bencher, &corpus::dialog_flow(nodes, State::Dirty));
}

#[divan::bench]
fn rules_complete_digraph_of_60(bencher: Bencher<'_, '_>) {
    rules(bencher, &corpus::complete(60));
}

#[divan::bench]
fn rules_component_of_50_000(bencher: Bencher<'_, '_>) {
    rules(bencher, &corpus::component(50_000));
}

#[divan::bench]
fn rules_star_of_50_000(bencher: Bencher<'_, '_>) {
    rules(bencher, &corpus::star(50_000));
}

#[divan::bench]
fn rules_state_flow_of_10_000(bencher: Bencher<'_, '_>) {
    rules(bencher, &corpus::state_flow(10_000));
}

/// The rules alone, on an open document.
fn rules(bencher: Bencher<'_, '_>, text: &str) {
    let document = Document::open(text.as_bytes())
        .unwrap_or_else(|errors| panic!("a corpus does not open: {}", errors[0]));
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| check(&document, &Settings::default()));
}
