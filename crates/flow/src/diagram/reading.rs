//! The order in which a conversation meets the cards, and a card in words: how the graph is read by
//! those who do not see it.

use std::fmt::Write as _;

use super::{Diagram, index32};

/// More branches than this are counted, not read out.
const MAX_BRANCHES: usize = 9;

impl Diagram {
    /// The cards as a conversation would meet them, each with how deep it is in branches, then those
    /// it would not. O(cards + wires).
    pub fn reading_order(&self) -> Vec<(u32, u32)> {
        if let Some(tree) = &self.tree {
            let steps = tree.order().iter();
            return steps.map(|step| (step.node, step.depth)).collect();
        }
        let count = self.cards.len();
        let mut next: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
        for link in &self.wires {
            next[link.ends.source as usize].push((link.ends.slot, link.ends.target));
        }
        for targets in &mut next {
            targets.sort_unstable();
        }
        let mut seen = vec![false; count];
        let mut order = Vec::with_capacity(count);
        for root in self.entry.into_iter().chain(0..index32(count)) {
            let mut stack = vec![(root, 0)];
            while let Some((card, depth)) = stack.pop() {
                if std::mem::replace(&mut seen[card as usize], true) {
                    continue;
                }
                order.push((card, depth));
                let targets = &next[card as usize];
                // Only branching indents: a long chain stays readable.
                let deeper = depth + u32::from(targets.len() > 1);
                stack.extend(targets.iter().rev().map(|&(_, target)| (target, deeper)));
            }
        }
        order
    }

    /// A card with where it leads, as sentences: "Hours, condition. Leads to 1 Open, if isOpen;
    /// 2 Closed, by default." O(wires).
    pub fn in_words(&self, card: u32) -> String {
        let face = &self.cards[card as usize];
        let name = |label: &str| {
            if label.trim().is_empty() {
                "unnamed".to_owned()
            } else {
                label.to_owned()
            }
        };
        let mut words = format!("{}, {}.", name(&face.label), face.type_label);
        if !face.line.is_empty() {
            // Writing into a string does not fail.
            let _ = write!(words, " {}.", face.line.trim_end_matches('.'));
        }
        let mut ways: Vec<_> = self
            .wires
            .iter()
            .filter(|link| link.ends.source == card)
            .collect();
        ways.sort_by_key(|link| link.ends.slot);
        if ways.is_empty() {
            words.push_str(" Leads nowhere.");
            return words;
        }
        words.push_str(" Leads to ");
        for (place, link) in ways.iter().take(MAX_BRANCHES).enumerate() {
            if place > 0 {
                words.push_str("; ");
            }
            if link.number > 0 {
                let _ = write!(words, "{} ", link.number);
            }
            words.push_str(&name(&self.cards[link.ends.target as usize].label));
            if link.is_default && ways.len() > 1 {
                words.push_str(", by default");
            } else if !link.label.is_empty() {
                let _ = write!(words, ", if {}", link.label);
            }
        }
        if ways.len() > MAX_BRANCHES {
            let _ = write!(words, "; and {} more", ways.len() - MAX_BRANCHES);
        }
        words.push('.');
        words
    }
}

#[cfg(test)]
mod tests {
    use crate::diagram::Diagram;
    use crate::document::Document;

    fn diagram() -> Diagram {
        let text = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"b",
            "nodes":[{"id":"lost","type":"action","label":" "},
                     {"id":"b","type":"condition","label":"Hours"},
                     {"id":"shut","type":"end","label":"Closed"},
                     {"id":"c","type":"action","label":"Open","properties":{"message":"Hello."}}],
            "edges":[{"id":"d","source":"b","target":"shut"},
                     {"id":"x","source":"b","target":"c","condition":"isOpen"},
                     {"id":"y","source":"c","target":"b"}]}"#;
        Diagram::of(&Document::read(text.into()).unwrap())
    }

    #[test]
    fn cards_are_read_as_a_conversation_meets_them_and_each_once() {
        assert_eq!(
            diagram().reading_order(),
            [(1, 0), (3, 1), (2, 1), (0, 0)],
            "entry, its branches in their order, what is never met"
        );
    }

    #[test]
    fn a_card_says_where_it_leads() {
        let diagram = diagram();
        assert_eq!(
            diagram.in_words(1),
            "Hours, condition. Leads to 1 Open, if isOpen; 2 Closed, by default."
        );
        assert_eq!(diagram.in_words(2), "Closed, end. Leads nowhere.");
        assert!(diagram.in_words(0).starts_with("unnamed, action."));
        assert!(diagram.in_words(3).ends_with("Leads to Hours."));
    }
}
