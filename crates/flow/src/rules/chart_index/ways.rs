//! Where a conversation goes from each node of one chart, stored side by side. What lies behind a jump
//! is known only when all charts are there.

use crate::document::chart::{Structure, types};
use crate::document::{Chart, ChartNode, Jump};

/// How a conversation leaves a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Straight on, to any of what follows.
    On,
    /// Only after the user has said something, or perhaps only then.
    Waiting,
    /// To its target alone.
    Away,
    /// To its target, and on when the conversation comes back from there.
    AwayAndBack,
    /// Not at all.
    Nowhere,
}

/// A jump that is not disabled.
#[derive(Clone, Debug)]
pub(super) struct JumpOf {
    pub(super) node: u32,
    pub(super) to: Jump,
}

/// The ways on from the nodes of a chart.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    pub(super) leaving: Vec<Leaving>,
    /// What follows each node within the chart, one list after the other.
    next: Vec<u32>,
    /// Where the list of each node ends.
    ends: Vec<u32>,
    /// In file order.
    pub(super) jumps: Vec<JumpOf>,
    /// Where else a conversation may be sent.
    pub(super) detours: Vec<Jump>,
}

impl Ways {
    /// O(nodes + relations).
    pub(super) fn of(chart: &Chart) -> Self {
        let structure = Structure::of(chart);
        let mut ways = Self::default();
        for (index, node) in (0_u32..).zip(&chart.nodes) {
            ways.next.extend(structure.successors(chart, index));
            ways.ends
                .push(u32::try_from(ways.next.len()).unwrap_or(u32::MAX));
            ways.leaving.push(leaving(node));
            if node.is_disabled {
                continue;
            }
            ways.detours.extend(node.detours.iter().cloned());
            ways.jumps.extend(node.jump.iter().map(|jump| JumpOf {
                node: index,
                to: jump.clone(),
            }));
        }
        ways
    }

    /// What follows a node within the chart.
    pub(super) fn next(&self, node: usize) -> &[u32] {
        let from = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.next[from as usize..self.ends[node] as usize]
    }
}

fn leaving(node: &ChartNode) -> Leaving {
    let type_name = node.type_name.text.as_str();
    let is_go_to = type_name == "goTo";
    // Without settings nobody knows whether a goTo waits.
    let may_wait =
        is_go_to && (node.config.is_none() || node.jump.as_ref().is_some_and(|jump| jump.waits));
    if node.is_disabled {
        Leaving::On
    } else if types::waits(type_name) || may_wait {
        Leaving::Waiting
    } else if is_go_to {
        Leaving::Away
    } else if types::is_jump(type_name) {
        Leaving::AwayAndBack
    } else if types::is_stop(type_name) {
        Leaving::Nowhere
    } else {
        Leaving::On
    }
}
