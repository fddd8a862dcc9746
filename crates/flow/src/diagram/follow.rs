//! Keeping a diagram in step with a flow in which only some nodes and edges changed.

use super::{Diagram, edge_label, node_card};
use crate::document::{Document, Touched};

/// What of a diagram an edit has changed, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drift {
    /// At most what stands on cards and wires.
    Words,
    /// Also where the file places cards.
    Places,
    /// Which cards and wires there are, or what they mean to each other.
    Graph,
}

impl Diagram {
    /// Follows an edit of `document`. When the graph itself has changed, this diagram is of no use
    /// any more and another one has to be made.
    ///
    /// # Complexity
    /// O(cards) to find the entry, and what was touched.
    pub fn follow(&mut self, document: &Document, touched: &Touched) -> Drift {
        let (Touched::Parts { nodes, edges }, Some(flow)) = (touched, document.dialog_flow())
        else {
            return Drift::Graph;
        };
        let mut drift = Drift::Words;
        for &node in nodes {
            let (Some(card), Some(node)) = (self.cards.get_mut(node), flow.nodes.get(node)) else {
                return Drift::Graph;
            };
            let next = node_card(node, card.occurrence, document.tree());
            if next.id != card.id || next.kind != card.kind {
                return Drift::Graph;
            }
            if next.position != card.position {
                drift = Drift::Places;
            }
            *card = next;
        }
        for &edge in edges {
            let Some(edge) = flow.edges.get(edge) else {
                return Drift::Graph;
            };
            // An edge without a wire may have both its ends now.
            let Ok(wire) = self.wires.binary_search_by_key(&edge.at, |link| link.at) else {
                return Drift::Graph;
            };
            let link = &mut self.wires[wire];
            let ends = [
                (link.ends.source, &edge.source),
                (link.ends.target, &edge.target),
            ];
            let is_moved = ends
                .iter()
                .any(|&(card, id)| self.cards[card as usize].id != id.text);
            // The order among branches depends on which of them is the default.
            if is_moved || link.is_default != edge.condition.is_none() {
                return Drift::Graph;
            }
            link.id.clone_from(&edge.id.text);
            link.label = edge_label(edge);
        }
        self.entry = self.find(&flow.entry_point.text);
        drift
    }
}
