//! Placing an ordered tree from top to bottom: what follows stands below, branches stand side by side,
//! and what follows branches stands below the longest of them.

use super::{CARD_GAP, CARD_HEIGHT, CARD_WIDTH};
use crate::document::chart::Structure;
use crate::geometry::Point;

/// Distance between the tops of two cards of a chain.
const ROW: f64 = CARD_HEIGHT + 56.0;
/// Distance between trees that stand beside each other.
const APART: f64 = 2.0 * CARD_WIDTH;

/// How much room something takes.
#[derive(Clone, Copy, Default)]
struct Room {
    width: f64,
    height: f64,
}

/// The top left corner of every card of a chart; the first card of the first tree is at the top.
///
/// # Complexity
/// O(nodes).
pub fn arrange(tree: &Structure) -> Vec<Point> {
    let count = tree.len();
    // With its branches, and with all that follows in its chain.
    let (mut alone, mut chain) = (vec![Room::default(); count], vec![Room::default(); count]);
    for step in tree.order().iter().rev() {
        let node = step.node as usize;
        let branches = side_by_side(tree.children(step.node), &chain);
        alone[node] = Room {
            width: branches.width.max(CARD_WIDTH),
            height: ROW + branches.height,
        };
        let after = tree
            .next(step.node)
            .map_or_else(Room::default, |next| chain[next as usize]);
        chain[node] = Room {
            width: alone[node].width.max(after.width),
            height: alone[node].height + after.height,
        };
    }
    // The middle of the top of each card.
    let mut tops = vec![Point::default(); count];
    let mut left = 0.0;
    for step in tree.order() {
        let node = step.node as usize;
        if tree.place(step.node).is_none() {
            tops[node] = Point::new(left + chain[node].width / 2.0, 0.0);
            left += chain[node].width + APART;
        }
        let top = tops[node];
        if let Some(next) = tree.next(step.node) {
            tops[next as usize] = Point::new(top.x, top.y + alone[node].height);
        }
        let branches = tree.children(step.node);
        let mut x = top.x - side_by_side(branches, &chain).width / 2.0;
        for &branch in branches {
            let width = chain[branch as usize].width;
            tops[branch as usize] = Point::new(x + width / 2.0, top.y + ROW);
            x += width + CARD_GAP;
        }
    }
    let corner = |top: Point| {
        let snapped = ((top.x - CARD_WIDTH / 2.0) / 4.0).round() * 4.0;
        Point::new(snapped, top.y)
    };
    tops.into_iter().map(corner).collect()
}

fn side_by_side(branches: &[u32], chain: &[Room]) -> Room {
    let mut room = Room::default();
    for (place, &branch) in branches.iter().enumerate() {
        let of = chain[branch as usize];
        room.width += of.width + if place > 0 { CARD_GAP } else { 0.0 };
        room.height = room.height.max(of.height);
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn branches_stand_side_by_side_and_what_follows_below_the_longest() {
        let text = r#"{"nodes":[{"_id":"start","type":"start"},{"_id":"if","type":"if"},
            {"_id":"then","type":"then"},{"_id":"say","type":"say"},{"_id":"else","type":"else"},
            {"_id":"end","type":"end"},{"_id":"lost","type":"say"}],
          "relations":[{"node":"start","next":"if"},{"node":"if","next":"end","children":["then","else"]},
            {"node":"then","next":"say"}]}"#;
        let document = Document::read(text.into()).unwrap();
        let corners = arrange(&Structure::of(document.chart().unwrap()));
        let [start, branching, then, say, other, end, lost] = corners[..] else {
            panic!("{corners:?}");
        };
        assert_eq!((start.x, start.y), (branching.x, 0.0));
        assert!((then.y - other.y).abs() < f64::EPSILON);
        assert!(then.x + CARD_WIDTH < other.x);
        assert_eq!((say.x, say.y), (then.x, then.y + ROW));
        assert_eq!((end.x, end.y), (start.x, say.y + ROW));
        assert!(lost.x > other.x + CARD_WIDTH, "another tree stands aside");
        let middle = f64::midpoint(then.x, other.x);
        assert!((middle - branching.x).abs() < 4.0);
    }
}
