//! Ordering the nodes of each layer and giving them coordinates.

use super::layers::Adjacency;
use super::{CARD_GAP, CARD_HEIGHT, CARD_WIDTH, COLUMN_LENGTH, LAYER_GAP};
use crate::geometry::Point;

/// Sweeps over all layers, each forth or back, when ordering.
const ORDER_SWEEPS: usize = 6;
/// Sweeps over all layers when placing.
const PLACE_SWEEPS: usize = 6;
/// Distance between the tops of two cards of a layer.
const PITCH: f64 = CARD_HEIGHT + CARD_GAP;

/// The nodes of every layer in order of index.
pub(super) fn columns(layer_of: &[u32]) -> Vec<Vec<u32>> {
    let count = layer_of.iter().max().map_or(0, |&last| last as usize + 1);
    let mut columns = vec![Vec::new(); count];
    for (node, &layer) in layer_of.iter().enumerate() {
        columns[layer as usize].push(u32::try_from(node).unwrap_or(u32::MAX));
    }
    columns
}

/// Orders every layer so that edges cross little: first as a conversation meets the nodes, then
/// by the medians of the neighbours, forth and back.
pub(super) fn order(columns: &mut [Vec<u32>], adjacency: &Adjacency, layer_of: &[u32]) {
    let mut rank = vec![0.0_f64; layer_of.len()];
    for (place, &node) in adjacency.visited.iter().enumerate() {
        rank[node as usize] = to_f64(place);
    }
    for column in columns.iter_mut() {
        column.sort_by(|&a, &b| rank[a as usize].total_cmp(&rank[b as usize]));
        number(column, &mut rank);
    }
    let mut keys = vec![0.0_f64; layer_of.len()];
    let mut scratch = Vec::new();
    for sweep in 0..ORDER_SWEEPS {
        let forth = sweep % 2 == 0;
        let neighbours = if forth {
            &adjacency.into
        } else {
            &adjacency.out
        };
        let count = columns.len();
        for step in 0..count {
            let column = &mut columns[if forth { step } else { count - 1 - step }];
            for &node in column.iter() {
                scratch.clear();
                scratch.extend(
                    neighbours
                        .get(node)
                        .iter()
                        .map(|&other| rank[other as usize]),
                );
                keys[node as usize] = if scratch.is_empty() {
                    rank[node as usize]
                } else {
                    median(&mut scratch)
                };
            }
            column.sort_by(|&a, &b| {
                (keys[a as usize].total_cmp(&keys[b as usize]))
                    .then(rank[a as usize].total_cmp(&rank[b as usize]))
            });
            number(column, &mut rank);
        }
    }
}

/// Ranks in a layer, centred so that layers of different lengths compare.
fn number(column: &[u32], rank: &mut [f64]) {
    let middle = to_f64(column.len()) / 2.0;
    for (place, &node) in column.iter().enumerate() {
        rank[node as usize] = to_f64(place) - middle;
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// The top left corners. Every layer is moved towards the mean of its neighbours, keeping order
/// and distance: an isotonic regression, solved by pooling adjacent violators in linear time.
pub(super) fn coordinates(columns: &[Vec<u32>], adjacency: &Adjacency, nodes: usize) -> Vec<Point> {
    let mut tops = vec![0.0_f64; nodes];
    for column in columns {
        let middle = to_f64(column.len().min(COLUMN_LENGTH)) / 2.0;
        for (place, &node) in column.iter().enumerate() {
            tops[node as usize] = (to_f64(place % COLUMN_LENGTH) - middle) * PITCH;
        }
    }
    let mut wanted = Vec::new();
    for sweep in 0..PLACE_SWEEPS {
        let forth = sweep % 2 == 0;
        let count = columns.len();
        for step in 0..count {
            let column = &columns[if forth { step } else { count - 1 - step }];
            if column.len() > COLUMN_LENGTH {
                continue;
            }
            wanted.clear();
            wanted.extend(column.iter().map(|&node| {
                let (before, after) = (adjacency.into.get(node), adjacency.out.get(node));
                let near = match (forth, before.is_empty(), after.is_empty()) {
                    (true, false, _) | (false, false, true) => before,
                    (false, _, false) | (true, true, false) => after,
                    (_, true, true) => return tops[node as usize],
                };
                let sum: f64 = near.iter().map(|&other| tops[other as usize]).sum();
                sum / to_f64(near.len())
            }));
            separate(&mut wanted);
            for (&node, &top) in column.iter().zip(&wanted) {
                tops[node as usize] = top;
            }
        }
    }
    let mut corners = vec![Point::default(); nodes];
    let mut x = 0.0;
    for column in columns {
        for (part, nodes) in column.chunks(COLUMN_LENGTH).enumerate() {
            if part > 0 {
                x += CARD_WIDTH + CARD_GAP;
            }
            for &node in nodes {
                corners[node as usize] = Point::new(x, tops[node as usize]);
            }
        }
        x += CARD_WIDTH + LAYER_GAP;
    }
    let top = corners
        .iter()
        .map(|corner| corner.y)
        .fold(f64::INFINITY, f64::min);
    for corner in &mut corners {
        corner.y = ((corner.y - top) / 4.0).round() * 4.0;
    }
    corners
}

/// Changes `wanted` as little as possible, in squares, so that each is at least [`PITCH`] after
/// the one before it.
fn separate(wanted: &mut [f64]) {
    // Without the distances due, the task is to make the rest non-decreasing.
    let mut blocks: Vec<(f64, usize)> = Vec::with_capacity(wanted.len());
    for (place, value) in wanted.iter().enumerate() {
        let mut block = (value - to_f64(place) * PITCH, 1);
        while let Some(&(mean, size)) = blocks.last() {
            if mean <= block.0 {
                break;
            }
            blocks.pop();
            let total = mean * to_f64(size) + block.0 * to_f64(block.1);
            block = (total / to_f64(size + block.1), size + block.1);
        }
        blocks.push(block);
    }
    let mut place = 0;
    for (mean, size) in blocks {
        for _ in 0..size {
            wanted[place] = mean + to_f64(place) * PITCH;
            place += 1;
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of nodes are far below 2^52"
)]
fn to_f64(count: usize) -> f64 {
    count as f64
}
