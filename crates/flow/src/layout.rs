//! Placing nodes: a layered layout from left to right in linear time. Routing of edges is in
//! [`crate::scene`].
//!
//! The steps are those of Sugiyama, Tagawa and Toda ("Methods for visual understanding of
//! hierarchical system structures", 1981): break cycles, assign layers, order each layer by the
//! medians of its neighbours, place with the least squared deviation. Each step is O(nodes +
//! edges), or that times a logarithm for sorting, with a fixed number of sweeps.

mod layers;
mod place;
pub mod tree;

use crate::geometry::Point;

/// Width of a card on the canvas.
pub const CARD_WIDTH: f64 = 208.0;
/// Height of a card on the canvas.
pub const CARD_HEIGHT: f64 = 64.0;
/// Free space between two layers, where the edges run.
pub const LAYER_GAP: f64 = 136.0;
/// Free space between two cards of a layer.
pub const CARD_GAP: f64 = 32.0;
/// A layer with more cards than this continues in a further column.
const COLUMN_LENGTH: usize = 240;

/// A graph to place: `nodes` nodes in file order, edges as (source, target) in file order.
#[derive(Clone, Copy, Debug)]
pub struct Graph<'a> {
    /// How many nodes there are.
    pub nodes: usize,
    /// The edges by node index.
    pub edges: &'a [(u32, u32)],
    /// Where a conversation starts.
    pub entry: Option<u32>,
}

/// The top left corner of every card, on the 4-unit grid, the first layer at x = 0.
pub fn arrange(graph: Graph<'_>) -> Vec<Point> {
    if graph.nodes == 0 {
        return Vec::new();
    }
    let adjacency = layers::Adjacency::acyclic(graph);
    let layer_of = adjacency.layers();
    let mut columns = place::columns(&layer_of);
    place::order(&mut columns, &adjacency, &layer_of);
    place::coordinates(&columns, &adjacency, graph.nodes)
}
