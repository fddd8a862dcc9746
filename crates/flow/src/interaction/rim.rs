//! What the rim of the canvas does while something is held there: the view moves under it, the faster
//! the further out the pointer is. Frames and their clock belong to whoever calls.

use super::{Effect, Gesture, Pointer};
use crate::geometry::Point;
use crate::view::View;

/// How far from its edge the rim of the canvas begins, in pixels.
const RIM: f64 = 32.0;
/// No more than this part of a small canvas is rim.
const MOST_OF_CANVAS: f64 = 0.2;
/// How fast the view moves, in pixels a second, when the pointer is at the very edge. It grows with the
/// square of the depth.
const AT_THE_EDGE: f64 = 420.0;
/// It never moves faster than this.
const FASTEST: f64 = 1_800.0;
/// No more time than this counts as one frame, in milliseconds: what a busy machine leaves out is not
/// caught up with a jump.
const LONGEST_FRAME: f64 = 50.0;

/// How fast the view moves while something is held at a point of a canvas of this size, in pixels a
/// second.
pub fn drift(at: Point, (width, height): (f64, f64)) -> Point {
    let along = |at: f64, size: f64| {
        let rim = RIM.min(size * MOST_OF_CANVAS);
        if rim <= 0.0 {
            return 0.0;
        }
        let speed = |depth: f64| {
            let depth = depth.max(0.0) / rim;
            (depth * depth * AT_THE_EDGE).min(FASTEST)
        };
        speed(rim - at) - speed(at - (size - rim))
    };
    Point::new(along(at.x, width), along(at.y, height))
}

impl Gesture {
    /// Whether the view moves while the pointer is there.
    pub fn drifts(&self, at: Point, size: (f64, f64)) -> bool {
        let holds = matches!(
            self,
            Self::Marquee { .. } | Self::Dragging { .. } | Self::Connecting(_)
        );
        holds && drift(at, size) != Point::default()
    }

    /// So many milliseconds went by with the pointer where it is: at the rim the view moves first, then
    /// what is held follows the pointer in the view that has come. None when the view stays, and then
    /// nobody needs to ask again before the pointer moves.
    pub fn tick(
        &mut self,
        pointer: Pointer,
        view: View,
        size: (f64, f64),
        elapsed: f64,
    ) -> Option<[Effect; 2]> {
        if !self.drifts(pointer.at, size) {
            return None;
        }
        let seconds = elapsed.clamp(0.0, LONGEST_FRAME) / 1_000.0;
        let by = drift(pointer.at, size) * seconds;
        let follows = self.drag(pointer, view.panned(by))?;
        Some([Effect::Pan(by), follows])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Rect;
    use crate::interaction::{End, Held, Loose, Target};

    const SIZE: (f64, f64) = (800.0, 600.0);
    const FRAME: f64 = 16.0;

    fn at(x: f64, y: f64) -> Pointer {
        Pointer {
            at: Point::new(x, y),
            ..Pointer::default()
        }
    }

    /// A gesture that began in the middle and is held at `pointer`.
    fn held(target: Target, pointer: Pointer, view: View) -> Gesture {
        let mut gesture = Gesture::default();
        gesture.press(at(400.0, 300.0), target, true);
        gesture.drag(pointer, view);
        gesture
    }

    #[test]
    fn the_view_rests_inside_and_moves_the_faster_the_further_out() {
        assert_eq!(drift(Point::new(400.0, 300.0), SIZE), Point::default());
        assert_eq!(drift(Point::new(32.0, 568.0), SIZE), Point::default());
        let speeds: Vec<f64> = [20.0, 4.0, 0.0, -20.0, -50.0]
            .map(|x| drift(Point::new(x, 300.0), SIZE).x)
            .to_vec();
        assert!(
            speeds.windows(2).all(|pair| pair[0] < pair[1]),
            "{speeds:?}"
        );
        assert!(speeds[0] > 0.0 && speeds[0] < 100.0);
        let far = drift(Point::new(-5_000.0, 9_000.0), SIZE);
        assert_eq!(far, Point::new(FASTEST, -FASTEST));
    }

    #[test]
    fn both_sides_do_the_same_in_opposite_directions() {
        for out in [31.0, 12.0, 0.0, -40.0] {
            let left = drift(Point::new(out, 300.0), SIZE);
            let right = drift(Point::new(800.0 - out, 300.0), SIZE);
            assert_eq!(left, right * -1.0);
            let top = drift(Point::new(400.0, out), SIZE);
            assert!((top.y - left.x).abs() < 1e-9 && top.x.abs() < 1e-9);
        }
    }

    #[test]
    fn a_canvas_without_room_has_no_rim_to_speak_of() {
        assert_eq!(
            drift(Point::new(30.0, 30.0), (60.0, 60.0)),
            Point::default()
        );
        assert_eq!(drift(Point::default(), (0.0, 0.0)), Point::default());
    }

    #[test]
    fn only_what_is_held_moves_the_view() {
        let edge = at(799.0, 300.0);
        let view = View::default();
        let mut idle = Gesture::default();
        assert_eq!(idle.tick(edge, view, SIZE, FRAME), None);
        let mut pressed = Gesture::default();
        pressed.press(edge, Target::Card(0), true);
        assert_eq!(pressed.tick(edge, view, SIZE, FRAME), None);
        let panning = Pointer { pan: true, ..edge };
        let mut gesture = Gesture::default();
        gesture.press(panning, Target::Canvas, false);
        gesture.drag(at(780.0, 300.0), view);
        assert_eq!(gesture.tick(edge, view, SIZE, FRAME), None);
        for target in [
            Target::Card(0),
            Target::Group(0),
            Target::Note(0),
            Target::NoteCorner(0),
            Target::Handle(0),
            Target::WireEnd(0, End::Target),
            Target::Canvas,
        ] {
            let mut gesture = held(target, edge, view);
            let [pan, _] = gesture.tick(edge, view, SIZE, FRAME).unwrap();
            assert!(matches!(pan, Effect::Pan(by) if by.x < 0.0 && by.y == 0.0));
        }
    }

    #[test]
    fn what_is_dragged_goes_on_in_the_world_while_the_pointer_rests() {
        let edge = at(820.0, 300.0);
        let mut view = View {
            zoom: 0.5,
            ..View::default()
        };
        let mut gesture = held(Target::Card(0), edge, view);
        let mut far = 840.0;
        for _ in 0..10 {
            let [pan, drag] = gesture.tick(edge, view, SIZE, FRAME).unwrap();
            let Effect::Pan(by) = pan else {
                panic!("{pan:?}")
            };
            view = view.panned(by);
            let Effect::Drag {
                held, by: moved, ..
            } = drag
            else {
                panic!("{drag:?}")
            };
            assert_eq!(held, Held::Selected);
            assert!((moved.x - (far - by.x / 0.5)).abs() < 1e-9, "{moved:?}");
            far = moved.x;
        }
        // What is let go there stays there.
        let dropped = gesture.release(edge, view);
        assert!(matches!(dropped, Some(Effect::Drop { by, .. }) if (by.x - far).abs() < 1e-9));
    }

    #[test]
    fn a_marquee_and_a_connection_keep_their_beginning() {
        let edge = at(400.0, -10.0);
        let view = View::default();
        let mut marquee = held(Target::Canvas, edge, view);
        let [pan, area] = marquee.tick(edge, view, SIZE, FRAME).unwrap();
        let Effect::Pan(by) = pan else {
            panic!("{pan:?}")
        };
        let corner = Point::new(400.0, -10.0 - by.y);
        let spanned = Rect::spanning(Point::new(400.0, 300.0), corner);
        assert_eq!(area, Effect::Marquee(spanned));
        let mut connecting = held(Target::Handle(3), edge, view);
        let [_, reach] = connecting.tick(edge, view, SIZE, FRAME).unwrap();
        let loose = Loose::New { source: 3 };
        assert_eq!(reach, Effect::Reach { loose, at: corner });
    }

    #[test]
    fn it_stops_when_the_pointer_comes_back_or_the_gesture_is_broken_off() {
        let (edge, view) = (at(400.0, 599.0), View::default());
        let mut gesture = held(Target::Card(0), edge, view);
        assert!(gesture.tick(edge, view, SIZE, FRAME).is_some());
        assert_eq!(gesture.tick(at(400.0, 500.0), view, SIZE, FRAME), None);
        assert_eq!(gesture.cancel(), Some(Effect::Cancel));
        assert_eq!(gesture.tick(edge, view, SIZE, FRAME), None);
    }

    #[test]
    fn a_frame_that_took_long_is_no_jump() {
        let (edge, view) = (at(-5_000.0, 300.0), View::default());
        let mut gesture = held(Target::Card(0), edge, view);
        let [pan, _] = gesture.tick(edge, view, SIZE, 60_000.0).unwrap();
        assert!(matches!(pan, Effect::Pan(by) if by.x <= FASTEST * LONGEST_FRAME / 1_000.0));
    }

    proptest! {
        #[test]
        fn what_is_held_is_under_the_pointer_after_every_frame(
            x in -300.0..1_100.0_f64,
            y in -300.0..900.0_f64,
            zoom in 0.1..3.0_f64,
            frames in proptest::collection::vec(0.0..200.0_f64, 0..20),
        ) {
            let pointer = at(x, y);
            let mut view = View { pan: Point::new(40.0, -90.0), zoom };
            let from = view.world_from_screen(Point::new(400.0, 300.0));
            let mut gesture = held(Target::Card(0), pointer, view);
            prop_assume!(gesture.is_dragging());
            for elapsed in frames {
                let Some([pan, drag]) = gesture.tick(pointer, view, SIZE, elapsed) else {
                    prop_assert_eq!(drift(pointer.at, SIZE), Point::default());
                    break;
                };
                if let (Effect::Pan(by), Effect::Drag { by: moved, .. }) = (pan, drag) {
                    view = view.panned(by);
                    let shown = view.screen_from_world(from + moved);
                    prop_assert!(shown.distance(pointer.at) < 1e-6);
                } else {
                    prop_assert!(false, "{pan:?} {drag:?}");
                }
            }
        }
    }
}
