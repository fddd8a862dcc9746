//! How the nodes of a chart follow each other: the ordered tree that its relations make, and where a
//! conversation goes from each node. Broken relations make a forest all the same, so that a broken
//! chart can be drawn and read; what is wrong with them is for rules to say.

use super::{Chart, types};
use crate::rules::ids::Ids;

/// Why a node comes where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the `next` of this node.
    After(u32),
    /// It is one of the `children` of this node.
    Under(u32),
}

impl Place {
    /// The node that leads to it.
    pub fn from(self) -> u32 {
        match self {
            Self::After(node) | Self::Under(node) => node,
        }
    }
}

/// One node on the way through a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index in [`Chart::nodes`].
    pub node: u32,
    /// In how many branches it stands.
    pub depth: u32,
}

/// The ordered tree of a chart. Nodes are indices in [`Chart::nodes`].
#[derive(Debug)]
pub struct Structure {
    /// The nodes by their `_id`.
    pub ids: Ids,
    /// The first relation about each node, as an index in [`Chart::relations`].
    relation: Vec<Option<u32>>,
    next: Vec<Option<u32>>,
    children: Vec<u32>,
    /// Where the children of each node are in `children`.
    child_range: Vec<(u32, u32)>,
    place: Vec<Option<Place>>,
    falls_to: Vec<Option<u32>>,
    start: Option<u32>,
    order: Vec<Step>,
    /// Where each node is in `order`, and where what it leads to ends there.
    span: Vec<(u32, u32)>,
}

impl Structure {
    /// The tree of a chart. A node that is referred to more than once belongs to what leads to it
    /// first, coming from the start; what cannot be reached from there follows as trees of its own.
    ///
    /// # Complexity
    /// O(nodes + relations + references).
    pub fn of(chart: &Chart) -> Self {
        let count = chart.nodes.len();
        let ids = Ids::of(chart.nodes.iter().map(|node| node.id.text.as_str()));
        let mut relation = vec![None; count];
        let mut is_referred = vec![false; count];
        for (index, of) in (0_u32..).zip(&chart.relations) {
            if let Some(node) = ids.find(&of.node.text) {
                relation[node].get_or_insert(index);
            }
            for field in of.children.iter().chain(&of.next) {
                if let Some(node) = ids.find(&field.text) {
                    is_referred[node] = true;
                }
            }
        }
        let indices = || 0..index32(count);
        let start = indices().find(|&node| chart.nodes[node as usize].type_name.text == "start");
        let mut structure = Self {
            ids,
            relation,
            next: vec![None; count],
            children: Vec::new(),
            child_range: vec![(0, 0); count],
            place: vec![None; count],
            falls_to: vec![None; count],
            start,
            order: Vec::with_capacity(count),
            span: vec![(0, 0); count],
        };
        let roots = indices().filter(|&node| !is_referred[node as usize]);
        let mut seen = vec![false; count];
        // Those that only a circle leads to come last.
        for root in start.into_iter().chain(roots).chain(indices()) {
            structure.walk(chart, root, &mut seen);
        }
        structure.measure();
        structure
    }

    /// Notes how far what each node leads to goes on in the order.
    fn measure(&mut self) {
        for (at, step) in (0_u32..).zip(&self.order) {
            self.span[step.node as usize] = (at, at + 1);
        }
        for step in self.order.iter().rev() {
            if let Some(place) = self.place[step.node as usize] {
                let end = self.span[step.node as usize].1;
                let before = &mut self.span[place.from() as usize].1;
                *before = (*before).max(end);
            }
        }
    }

    fn walk(&mut self, chart: &Chart, root: u32, seen: &mut [bool]) {
        if std::mem::replace(&mut seen[root as usize], true) {
            return;
        }
        let mut waiting = vec![Step {
            node: root,
            depth: 0,
        }];
        while let Some(step) = waiting.pop() {
            self.order.push(step);
            let at = step.node as usize;
            let Some(relation) = self.relation[at] else {
                continue;
            };
            let relation = &chart.relations[relation as usize];
            let next = relation
                .next
                .as_ref()
                .and_then(|id| self.ids.find(&id.text));
            let next = next.filter(|&next| !std::mem::replace(&mut seen[next], true));
            if let Some(next) = next {
                let falls_to = self.falls_to[at];
                self.next[at] = Some(index32(next));
                self.place[next] = Some(Place::After(step.node));
                self.falls_to[next] = falls_to;
                waiting.push(Step {
                    node: index32(next),
                    depth: step.depth,
                });
            }
            let from = index32(self.children.len());
            let after = self.next[at].or(self.falls_to[at]);
            for child in &relation.children {
                let Some(child) = self.ids.find(&child.text) else {
                    continue;
                };
                if std::mem::replace(&mut seen[child], true) {
                    continue;
                }
                self.children.push(index32(child));
                self.place[child] = Some(Place::Under(step.node));
                self.falls_to[child] = after;
            }
            let to = index32(self.children.len());
            self.child_range[at] = (from, to);
            // The last to be put there is the first to be taken: branches before what follows them.
            let branches = self.children[from as usize..to as usize].iter().rev();
            waiting.extend(branches.map(|&node| Step {
                node,
                depth: step.depth + 1,
            }));
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.place.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
    }

    /// The first node of the type `start`.
    pub fn start(&self) -> Option<u32> {
        self.start
    }

    /// Every node once, in the order in which the chart is read: each before its branches, these before
    /// what follows them.
    pub fn order(&self) -> &[Step] {
        &self.order
    }

    /// A node and all that it leads to: its branches, what follows it, and what these lead to.
    pub fn below(&self, node: u32) -> &[Step] {
        let (from, to) = self.span[node as usize];
        &self.order[from as usize..to as usize]
    }

    /// Whether a node leads to another one, or is it.
    pub fn leads_to(&self, node: u32, other: u32) -> bool {
        let (from, to) = self.span[node as usize];
        (from..to).contains(&self.span[other as usize].0)
    }

    /// The first relation about a node, as an index in [`Chart::relations`].
    pub fn relation(&self, node: u32) -> Option<usize> {
        self.relation[node as usize].map(|index| index as usize)
    }

    /// What follows a node and its branches in the same chain.
    pub fn next(&self, node: u32) -> Option<u32> {
        self.next[node as usize]
    }

    /// The heads of the branches of a node, in order.
    pub fn children(&self, node: u32) -> &[u32] {
        let (from, to) = self.child_range[node as usize];
        &self.children[from as usize..to as usize]
    }

    /// What leads to a node; none for the start and for what nothing leads to.
    pub fn place(&self, node: u32) -> Option<Place> {
        self.place[node as usize]
    }

    /// The node whose branch a node stands in: the nearest one above its chain. O(chain).
    pub fn parent(&self, node: u32) -> Option<u32> {
        let mut at = node;
        loop {
            match self.place(at)? {
                Place::After(before) => at = before,
                Place::Under(parent) => return Some(parent),
            }
        }
    }

    /// Where a conversation goes on when the chain of a node has run out: what follows the branch it
    /// stands in.
    pub fn falls_to(&self, node: u32) -> Option<u32> {
        self.falls_to[node as usize]
    }

    /// What a conversation comes to directly after a node, within this chart: its branches; else what
    /// follows it, here or after the branch it ends. Nothing after a node that stops or goes elsewhere.
    /// A disabled node is passed over with its branches.
    pub fn successors<'s>(&'s self, chart: &Chart, node: u32) -> impl Iterator<Item = u32> + 's {
        let own = &chart.nodes[node as usize];
        let type_name = own.type_name.text.as_str();
        let branches: &[u32] = if own.is_disabled {
            &[]
        } else {
            self.children(node)
        };
        let stops = !own.is_disabled && types::is_stop(type_name);
        // A node of an unknown type may pass its branches by.
        let is_passed = branches.is_empty() || types::branches_of(type_name).is_empty();
        let after = self.next(node).or_else(|| self.falls_to(node));
        let branches = if stops { &[] } else { branches };
        branches
            .iter()
            .copied()
            .chain(after.filter(|_| is_passed && !stops))
    }
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    const CHART: &str = r#"{"nodes":[
        {"_id":"else","type":"else"},{"_id":"then","type":"then"},{"_id":"start","type":"start"},
        {"_id":"if","type":"if"},{"_id":"say","type":"say"},{"_id":"end","type":"end"},
        {"_id":"lost","type":"say"}],
      "relations":[
        {"node":"start","next":"if","children":[]},
        {"node":"if","next":"end","children":["then","else"]},
        {"node":"then","next":"say","children":[]},
        {"node":"else","next":null,"children":[]},
        {"node":"say","next":null,"children":[]},
        {"node":"end","next":null,"children":[]},
        {"node":"lost","next":"lost","children":["end"]}]}"#;

    #[test]
    fn the_tree_is_read_branches_first_and_falls_through_to_what_follows() {
        let document = Document::read(CHART.into()).unwrap();
        let chart = document.chart().unwrap();
        let structure = Structure::of(chart);
        let name = |node: u32| chart.nodes[node as usize].id.text.as_str();
        let order: Vec<_> = structure
            .order()
            .iter()
            .map(|step| (name(step.node), step.depth))
            .collect();
        assert_eq!(
            order,
            [
                ("start", 0),
                ("if", 0),
                ("then", 1),
                ("say", 1),
                ("else", 1),
                ("end", 0),
                ("lost", 0)
            ]
        );
        let after = |id: &str| {
            let node = index32(structure.ids.find(id).unwrap());
            structure
                .successors(chart, node)
                .map(name)
                .collect::<Vec<_>>()
        };
        assert_eq!(after("if"), ["then", "else"]);
        assert_eq!(after("say"), ["end"]);
        assert_eq!(after("else"), ["end"]);
        assert_eq!(after("end"), [""; 0]);
        let say = index32(structure.ids.find("say").unwrap());
        assert_eq!(structure.parent(say).map(name), Some("if"));
    }
}
