//! What the automatic layout costs, and with it a whole tidy, until everything is derived anew:
//! `cargo bench -p flowdeck-flow --bench tidy`

#[path = "support/corpus.rs"]
mod corpus;

use std::hint::black_box;

use corpus::State;
use divan::Bencher;
use flow::diagram::Diagram;
use flow::document::Document;
use flow::open_document::OpenDocument;
use flow::placement::arrange_diagram;
use flow::session::Positions;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];

fn document(nodes: usize) -> Document {
    match Document::read(corpus::dialog_flow(nodes, State::Clean).into()) {
        Ok(document) => document,
        Err(error) => panic!("the corpus opens: {error:?}"),
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn layout(bencher: Bencher<'_, '_>, nodes: usize) {
    let diagram = Diagram::of(&document(nodes));
    bencher.bench_local(|| arrange_diagram(black_box(&diagram)));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn tidy(bencher: Bencher<'_, '_>, nodes: usize) {
    let open = OpenDocument::new(document(nodes), Positions::new());
    bencher
        .with_inputs(|| open.clone())
        .bench_local_values(|mut open| {
            let command = open.tidy_command();
            open.apply(&command).map(|_| open)
        });
}
