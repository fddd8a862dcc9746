//! Where the labels of wires go, so that they cover neither each other nor cards. How large a label
//! is says whoever draws it.

use super::{Grid, Scene};
use crate::geometry::{Point, Rect};

/// Where along a wire a label may go, best first: near the source, where it is clear which branch
/// it belongs to, before the crowd at the target.
const SHARES: [f64; 7] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
/// Space between labels, in world units.
const APART: f64 = 3.0;

/// The rectangles of the labels of `wires`, in that order. `sizes` holds the width and height of each
/// label in world units; nothing for a wire without one.
///
/// A label goes to the first place on its wire where it covers no card and no label before it; where
/// there is none, to where it covers least.
///
/// # Complexity
/// O(labels × what is near them).
pub fn place_labels(
    scene: &Scene,
    wires: &[u32],
    sizes: &[Option<(f64, f64)>],
) -> Vec<Option<Rect>> {
    let mut taken: Vec<Rect> = Vec::new();
    let mut index = Grid::new();
    let mut placed = Vec::with_capacity(wires.len());
    for (&wire, size) in wires.iter().zip(sizes) {
        let Some((width, height)) = *size else {
            placed.push(None);
            continue;
        };
        let path = &scene.wires()[wire as usize];
        let plate = |middle: Point| {
            Rect::at(
                middle - Point::new(width / 2.0, height / 2.0),
                width,
                height,
            )
        };
        let wanted = plate(path.label_at());
        let mut best = (covered(scene, &taken, &index, wanted), wanted);
        for share in SHARES {
            if best.0 <= 0.0 {
                break;
            }
            let candidate = plate(path.point_at(share));
            let cost = covered(scene, &taken, &index, candidate);
            if cost < best.0 {
                best = (cost, candidate);
            }
        }
        let number = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        index.insert(number, best.1);
        taken.push(best.1);
        placed.push(Some(best.1));
    }
    placed
}

/// The area of what a label there would cover.
fn covered(scene: &Scene, taken: &[Rect], index: &Grid, plate: Rect) -> f64 {
    let wide = plate.grown(APART);
    let cards = scene
        .cards_in(plate)
        .into_iter()
        .map(|card| scene.cards()[card as usize]);
    let labels = index
        .query(wide)
        .into_iter()
        .map(|label| taken[label as usize]);
    cards
        .map(|card| shared(card, plate))
        .chain(labels.map(|label| shared(label, wide)))
        .sum()
}

fn shared(a: Rect, b: Rect) -> f64 {
    let width = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let height = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    width.max(0.0) * height.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::WireEnds;
    use super::*;
    use crate::scene::Direction;

    fn ends(source: u32, target: u32, slot: u32, slots: u32) -> WireEnds {
        WireEnds {
            source,
            target,
            slot,
            slots,
            parallel: 0,
        }
    }

    #[test]
    fn labels_of_a_fan_cover_neither_each_other_nor_cards() {
        // Eight close targets: in the middle of their wires the labels would lie on one another.
        let mut corners = vec![Point::new(0.0, 0.0)];
        corners.extend((0..8).map(|row| Point::new(620.0, f64::from(row) * 22.0 - 80.0)));
        let fan = (1..9)
            .map(|target| ends(0, target, target - 1, 8))
            .collect();
        let scene = Scene::new(&corners, fan, Direction::Right);
        let wires: Vec<u32> = (0..8).collect();
        let sizes = vec![Some((70.0, 18.0)); 8];
        let placed: Vec<Rect> = place_labels(&scene, &wires, &sizes)
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(placed.len(), 8);
        for (number, &label) in placed.iter().enumerate() {
            assert!(scene.cards_in(label).is_empty(), "{number} covers a card");
            for &other in &placed[..number] {
                assert!(!label.intersects(other), "{number} covers a label");
            }
        }
    }

    #[test]
    fn a_lone_label_stays_where_it_is_wanted_and_a_wire_without_one_gets_none() {
        let corners = [Point::new(0.0, 0.0), Point::new(500.0, 0.0)];
        let scene = Scene::new(
            &corners,
            vec![ends(0, 1, 0, 2), ends(0, 1, 1, 2)],
            Direction::Right,
        );
        let placed = place_labels(&scene, &[0, 1], &[Some((40.0, 18.0)), None]);
        let label = placed[0].map(Rect::center);
        let wanted = scene.wires()[0].label_at();
        assert!(label.is_some_and(|label| label.distance(wanted) < 1e-9));
        assert_eq!(placed[1], None);
    }

    #[test]
    fn where_everything_is_covered_a_label_still_has_a_place() {
        let corners = [Point::new(0.0, 0.0), Point::new(10.0, 4.0)];
        let scene = Scene::new(&corners, vec![ends(0, 1, 0, 1)], Direction::Right);
        let placed = place_labels(&scene, &[0], &[Some((900.0, 300.0))]);
        assert!(placed[0].is_some());
    }
}
