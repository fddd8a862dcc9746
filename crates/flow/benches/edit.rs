//! What one edit of an open flow costs until everything is derived anew:
//! `cargo bench -p flowdeck-flow --bench edit`

#[path = "support/corpus.rs"]
mod corpus;

use std::hint::black_box;

use corpus::State;
use divan::Bencher;
use flow::command::{Command, dialog};
use flow::document::{Document, NodeKind};
use flow::geometry::Point;
use flow::open_document::{Joins, NewCard, OpenDocument, Selection};
use flow::session::Positions;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [500, 10_000];

#[divan::bench(args = SIZES)]
fn label(bencher: Bencher<'_, '_>, nodes: usize) {
    edit(bencher, nodes, |open, round| {
        let flow = open.document().dialog_flow()?;
        let label = flow.nodes.get(nodes / 2)?.label.at;
        Some(dialog::set_text("Rename", label, &format!("Label {round}")))
    });
}

#[divan::bench(args = SIZES)]
fn condition(bencher: Bencher<'_, '_>, nodes: usize) {
    edit(bencher, nodes, |open, round| {
        let flow = open.document().dialog_flow()?;
        let condition = format!("context.step == {round}");
        Some(dialog::set_condition(flow, nodes / 2, Some(&condition)))
    });
}

#[divan::bench(args = SIZES)]
fn name_of_the_flow(bencher: Bencher<'_, '_>, nodes: usize) {
    edit(bencher, nodes, |open, round| {
        let name = open.document().dialog_flow()?.name.at;
        let text = if round % 2 == 0 { "" } else { "F" };
        Some(dialog::set_text("Rename", name, text))
    });
}

/// Every other edit takes the last one back, so that the flow does not grow.
#[divan::bench(args = SIZES)]
fn add_node(bencher: Bencher<'_, '_>, nodes: usize) {
    edit(bencher, nodes, |open, round| {
        if round % 2 == 1 {
            return None;
        }
        let card = NewCard::Node(NodeKind::Action);
        let (command, _) = open.add_card_command(card, Point::new(40.0, 40.0), Joins::Nothing)?;
        Some(command)
    });
}

#[divan::bench(args = SIZES)]
fn move_node(bencher: Bencher<'_, '_>, nodes: usize) {
    edit(bencher, nodes, |open, round| {
        let away = if round % 2 == 0 { 24.0 } else { -24.0 };
        open.move_command(Point::new(away, 0.0))
    });
}

/// Applies what `build` makes of the flow; takes the last step back where it makes nothing.
fn edit(
    bencher: Bencher<'_, '_>,
    nodes: usize,
    build: impl Fn(&OpenDocument, usize) -> Option<Command>,
) {
    let text = corpus::dialog_flow(nodes, State::Clean);
    let document = Document::open(text.as_bytes())
        .unwrap_or_else(|errors| panic!("a corpus does not open: {}", errors[0]));
    let mut open = OpenDocument::new(document, Positions::new());
    let card = u32::try_from(nodes / 2).unwrap_or_default();
    open.select(Selection::card(card));
    let mut round = 0;
    bencher.bench_local(move || {
        round += 1;
        match build(&open, round) {
            Some(command) => black_box(open.apply(&command)).is_ok(),
            None => black_box(open.undo()).is_some(),
        }
    });
}
