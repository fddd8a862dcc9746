//! How a wire runs from card to card: smooth, apart from its siblings, round cards in the way.

use super::grid::Grid;
use crate::geometry::{Point, Rect};

/// What a wire connects, and its place among the wires at either end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireEnds {
    /// Index of the card it leaves.
    pub source: u32,
    /// Index of the card it enters.
    pub target: u32,
    /// Its place among the wires that leave the source.
    pub slot: u32,
    /// How many leave the source.
    pub slots: u32,
    /// How many wires between the same two cards come before it.
    pub parallel: u32,
}

/// On which side wires leave cards; they enter on the opposite one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// To the right, as flows are read.
    #[default]
    Right,
    /// Downwards, as charts are read.
    Down,
}

impl Direction {
    /// A rectangle as if wires left to the right; the same again leads back.
    fn turn(self, rect: Rect) -> Rect {
        match self {
            Self::Right => rect,
            Self::Down => rect.transposed(),
        }
    }
}

impl WireEnds {
    /// A wire from card to card, whose place among others is not known yet.
    pub fn between(source: u32, target: u32) -> Self {
        Self {
            source,
            target,
            slot: 0,
            slots: 0,
            parallel: 0,
        }
    }
}

/// A path of cubic curves: the first point, then two control points and an end for each curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    points: Vec<Point>,
    bounds: Rect,
}

/// Free space a wire keeps from cards it goes round.
const CLEARANCE: f64 = 16.0;
/// Distance between parallel wires.
const SPREAD: f64 = 14.0;
/// Distance between wires of one card that take the same lane.
const LANE_SPREAD: f64 = 7.0;
/// More cards in the way than this are not looked at: the wire goes straight.
const MAX_OBSTACLES: usize = 400;

impl Wire {
    fn new(points: Vec<Point>) -> Self {
        let first = points.first().copied().unwrap_or_default();
        let bounds = points.iter().fold(
            Rect {
                min: first,
                max: first,
            },
            |bounds, &point| {
                bounds.union(Rect {
                    min: point,
                    max: point,
                })
            },
        );
        Self { points, bounds }
    }

    fn transposed(self) -> Self {
        Self::new(self.points.into_iter().map(Point::transposed).collect())
    }

    /// The points: start, then (control, control, end) for each curve.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// A rectangle that holds the whole path.
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// Where it starts.
    pub fn start(&self) -> Point {
        self.points.first().copied().unwrap_or_default()
    }

    /// Where it ends.
    pub fn end(&self) -> Point {
        self.points.last().copied().unwrap_or_default()
    }

    /// Where its label goes: shortly after it left its source, where siblings are apart already.
    pub fn label_at(&self) -> Point {
        let curves = self.curves().count();
        self.curves().next().map_or_else(Point::default, |curve| {
            curve_point(curve, if curves == 1 { 0.5 } else { 0.85 })
        })
    }

    /// The point at this share of the path, 0 at its start and 1 at its end, where each curve counts
    /// the same.
    pub fn point_at(&self, share: f64) -> Point {
        let curves = self.curves().count();
        let mut left = share.clamp(0.0, 1.0) * f64::from(u32::try_from(curves).unwrap_or(u32::MAX));
        let mut last = None;
        for curve in self.curves() {
            if left <= 1.0 {
                return curve_point(curve, left);
            }
            left -= 1.0;
            last = Some(curve);
        }
        last.map_or_else(Point::default, |curve| curve_point(curve, 1.0))
    }

    /// The distance of a point from the path, sampled finely enough for a pointer.
    pub fn distance(&self, point: Point) -> f64 {
        const STEPS: u32 = 24;
        let mut least = f64::INFINITY;
        for curve in self.curves() {
            let mut last = curve[0];
            for step in 1..=STEPS {
                let next = curve_point(curve, f64::from(step) / f64::from(STEPS));
                least = least.min(segment_distance(point, last, next));
                last = next;
            }
        }
        least
    }

    fn curves(&self) -> impl Iterator<Item = [Point; 4]> + '_ {
        let count = self.points.len().saturating_sub(1) / 3;
        (0..count).map(|curve| {
            let at = curve * 3;
            [
                self.points[at],
                self.points[at + 1],
                self.points[at + 2],
                self.points[at + 3],
            ]
        })
    }
}

fn curve_point(curve: [Point; 4], t: f64) -> Point {
    let [start, leave, arrive, end] = curve;
    let left = 1.0 - t;
    start * (left * left * left)
        + leave * (3.0 * left * left * t)
        + arrive * (3.0 * left * t * t)
        + end * (t * t * t)
}

fn segment_distance(point: Point, a: Point, b: Point) -> f64 {
    let along = b - a;
    let length = along.x * along.x + along.y * along.y;
    let t = if length == 0.0 {
        0.0
    } else {
        (((point.x - a.x) * along.x + (point.y - a.y) * along.y) / length).clamp(0.0, 1.0)
    };
    point.distance(a + along * t)
}

/// Where the wires of a card leave it: spread over its right side.
fn exit(card: Rect, slot: u32, slots: u32) -> Point {
    let share = (f64::from(slot) + 1.0) / (f64::from(slots.max(1)) + 1.0);
    let inset = 14.0_f64.min(card.height() / 4.0);
    let usable = card.height() - 2.0 * inset;
    let y = if slots <= 1 {
        card.center().y
    } else {
        card.min.y + inset + usable * share
    };
    Point::new(card.max.x, y)
}

/// Routes one wire. O(cards between its ends), bounded.
pub fn route(ends: &WireEnds, direction: Direction, cards: &[Rect], grid: &Grid) -> Wire {
    let wire = route_right(ends, direction, cards, grid);
    match direction {
        Direction::Right => wire,
        Direction::Down => wire.transposed(),
    }
}

/// Routes a wire as if it left to the right.
fn route_right(ends: &WireEnds, direction: Direction, cards: &[Rect], grid: &Grid) -> Wire {
    let source = direction.turn(cards[ends.source as usize]);
    let target = direction.turn(cards[ends.target as usize]);
    // Siblings that take the same lane would hide each other.
    let offset = f64::from(ends.parallel) * SPREAD;
    let lane_offset = offset + f64::from(ends.slot % 4) * LANE_SPREAD;
    let start = exit(source, ends.slot, ends.slots);
    if ends.source == ends.target {
        return self_loop(source, start, offset);
    }
    let end = Point::new(target.min.x, target.center().y + offset.min(24.0));
    let obstacles = |area: Rect| -> Vec<Rect> {
        grid.query(direction.turn(area))
            .into_iter()
            .filter(|&card| card != ends.source && card != ends.target)
            .map(|card| direction.turn(cards[card as usize]).grown(CLEARANCE))
            .filter(|rect| rect.intersects(area))
            .take(MAX_OBSTACLES)
            .collect()
    };
    if end.x >= start.x + 2.0 * CLEARANCE {
        forward(start, end, offset, lane_offset, obstacles)
    } else {
        backward(start, end, source, target, lane_offset, obstacles)
    }
}

fn self_loop(card: Rect, start: Point, offset: f64) -> Wire {
    let reach = 44.0 + offset;
    let below = card.max.y + 28.0 + offset;
    let end = Point::new(card.min.x, card.center().y + 12.0);
    let middle = Point::new(card.center().x, below);
    Wire::new(vec![
        start,
        Point::new(start.x + reach, start.y),
        Point::new(card.max.x + reach, below),
        middle,
        Point::new(card.min.x - reach, below),
        Point::new(end.x - reach, end.y),
        end,
    ])
}

fn forward(
    start: Point,
    end: Point,
    offset: f64,
    lane_offset: f64,
    obstacles: impl Fn(Rect) -> Vec<Rect>,
) -> Wire {
    let straight = |offset: f64| {
        let reach = ((end.x - start.x) * 0.5).clamp(32.0, 160.0);
        if offset == 0.0 {
            vec![
                start,
                Point::new(start.x + reach, start.y),
                Point::new(end.x - reach, end.y),
                end,
            ]
        } else {
            // Parallel wires bow apart.
            let bow = offset * 2.0;
            vec![
                start,
                Point::new(start.x + reach, start.y + bow),
                Point::new(end.x - reach, end.y + bow),
                end,
            ]
        }
    };
    let direct = Wire::new(straight(offset));
    let corridor = Rect::spanning(
        Point::new(start.x + 2.0 * CLEARANCE, start.y),
        Point::new(end.x - 2.0 * CLEARANCE, end.y),
    );
    if end.x - start.x < 4.0 * CLEARANCE {
        return direct;
    }
    let in_way = obstacles(corridor.grown(1.0));
    if !in_way.iter().any(|rect| crosses(&direct, *rect)) {
        return direct;
    }
    let Some(left) = in_way.iter().map(|rect| rect.min.x).reduce(f64::min) else {
        return direct;
    };
    let right = in_way.iter().map(|rect| rect.max.x).fold(left, f64::max);
    let (left, right) = (left.max(start.x + CLEARANCE), right.min(end.x - CLEARANCE));
    if right <= left {
        return direct;
    }
    // All cards of the columns that are passed count, not only those on the straight line.
    let reach = 1200.0;
    let tall = Rect {
        min: Point::new(left, start.y.min(end.y) - reach),
        max: Point::new(right, start.y.max(end.y) + reach),
    };
    let lane = free_lane(&obstacles(tall), f64::midpoint(start.y, end.y)) + lane_offset;
    let (enter, leave) = (Point::new(left, lane), Point::new(right, lane));
    Wire::new(through(start, enter, leave, end))
}

fn backward(
    start: Point,
    end: Point,
    source: Rect,
    target: Rect,
    offset: f64,
    obstacles: impl Fn(Rect) -> Vec<Rect>,
) -> Wire {
    let (left, right) = (end.x - 28.0 - offset, start.x + 28.0 + offset);
    let below = source.max.y.max(target.max.y) + 28.0;
    let above = source.min.y.min(target.min.y) - 28.0;
    let reach = 1200.0;
    let tall = Rect {
        min: Point::new(left, above - reach),
        max: Point::new(right, below + reach),
    };
    let mut taken = obstacles(tall);
    taken.push(source.grown(CLEARANCE));
    taken.push(target.grown(CLEARANCE));
    let lane = free_lane(&taken, below) + offset;
    let bend = 36.0;
    let down = if lane > start.y { 1.0 } else { -1.0 };
    let up = if lane > end.y { 1.0 } else { -1.0 };
    let (turn_right, turn_left) = (
        Point::new(right - bend, lane),
        Point::new(left + bend, lane),
    );
    Wire::new(vec![
        start,
        Point::new(right + bend * 0.6, start.y),
        Point::new(right + bend * 0.6, lane - down * 4.0),
        turn_right,
        Point::new(turn_right.x - 24.0, lane),
        Point::new(turn_left.x + 24.0, lane),
        turn_left,
        Point::new(left - bend * 0.6, lane - up * 4.0),
        Point::new(left - bend * 0.6, end.y),
        end,
    ])
}

/// A path through a level stretch from `enter` to `leave`.
fn through(start: Point, enter: Point, leave: Point, end: Point) -> Vec<Point> {
    let first = ((enter.x - start.x) * 0.5).max(16.0);
    let level = ((leave.x - enter.x) / 3.0).max(1.0);
    let last = ((end.x - leave.x) * 0.5).max(16.0);
    vec![
        start,
        Point::new(start.x + first, start.y),
        Point::new(enter.x - first, enter.y),
        enter,
        Point::new(enter.x + level, enter.y),
        Point::new(leave.x - level, leave.y),
        leave,
        Point::new(leave.x + last, leave.y),
        Point::new(end.x - last, end.y),
        end,
    ]
}

/// The height nearest to `wanted` that no obstacle covers.
fn free_lane(obstacles: &[Rect], wanted: f64) -> f64 {
    let mut spans: Vec<(f64, f64)> = obstacles
        .iter()
        .map(|rect| (rect.min.y, rect.max.y))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => merged.push(span),
        }
    }
    match merged
        .iter()
        .find(|span| wanted > span.0 && wanted < span.1)
    {
        None => wanted,
        Some(&(top, bottom)) => {
            if wanted - top <= bottom - wanted {
                top
            } else {
                bottom
            }
        }
    }
}

fn crosses(wire: &Wire, rect: Rect) -> bool {
    const STEPS: u32 = 16;
    wire.curves().any(|curve| {
        (0..=STEPS)
            .any(|step| rect.contains(curve_point(curve, f64::from(step) / f64::from(STEPS))))
    })
}
