use super::*;

fn at(x: f64, y: f64) -> Pointer {
    Pointer {
        at: Point::new(x, y),
        ..Pointer::default()
    }
}

fn finger(x: f64, y: f64) -> Pointer {
    Pointer {
        touch: true,
        ..at(x, y)
    }
}

fn select(target: Target, toggle: bool) -> Effect {
    Effect::Select { target, toggle }
}

#[test]
fn a_click_selects_and_a_click_on_nothing_clears() {
    let mut gesture = Gesture::default();
    let card = Target::Card(3);
    let selected = Some(select(card, false));
    assert_eq!(gesture.press(at(5.0, 5.0), card, false), selected);
    assert_eq!(gesture.drag(at(6.0, 6.0), View::default()), None);
    assert_eq!(gesture.release(at(6.0, 6.0), View::default()), selected);
    gesture.press(at(0.0, 0.0), Target::Canvas, false);
    assert_eq!(
        gesture.release(at(0.0, 0.0), View::default()),
        Some(Effect::ClearSelection)
    );
}

#[test]
fn dragging_a_card_is_in_world_units() {
    let mut gesture = Gesture::default();
    let view = View {
        pan: Point::new(100.0, 0.0),
        zoom: 0.5,
    };
    gesture.press(at(100.0, 100.0), Target::Card(0), true);
    let (held, by) = (Held::Selected, Point::new(24.0, 12.0));
    assert_eq!(
        gesture.drag(at(112.0, 106.0), view),
        Some(Effect::Drag {
            held,
            by,
            free: false
        })
    );
    let release = Pointer {
        free: true,
        ..at(112.0, 106.0)
    };
    assert_eq!(
        gesture.release(release, view),
        Some(Effect::Drop {
            held,
            by,
            free: true
        })
    );
    assert!(gesture.is_idle());
}

#[test]
fn a_drag_with_alt_moves_copies() {
    let mut gesture = Gesture::default();
    let pressed = Pointer {
        alt: true,
        ..at(0.0, 0.0)
    };
    gesture.press(pressed, Target::Card(0), true);
    assert_eq!(
        gesture.drag(at(8.0, 0.0), View::default()),
        Some(Effect::Duplicate)
    );
    let moved = gesture.drag(at(9.0, 0.0), View::default());
    assert!(matches!(moved, Some(Effect::Drag { .. })));
    assert_eq!(gesture.cancel(), Some(Effect::Cancel));
}

#[test]
fn an_end_of_a_wire_is_drawn_to_another_card() {
    let mut gesture = Gesture::default();
    gesture.press(at(0.0, 0.0), Target::WireEnd(4, End::Source), false);
    let loose = Loose::Wire {
        wire: 4,
        end: End::Source,
    };
    let to = Point::new(50.0, 0.0);
    assert_eq!(
        gesture.drag(at(50.0, 0.0), View::default()),
        Some(Effect::Reach { loose, at: to })
    );
    assert_eq!(
        gesture.release(at(50.0, 0.0), View::default()),
        Some(Effect::Connect { loose, at: to })
    );
}

#[test]
fn a_card_dragged_with_shift_joins_what_is_selected() {
    let mut gesture = Gesture::default();
    let shifted = |x: f64| Pointer {
        shift: true,
        ..at(x, 0.0)
    };
    let card = Target::Card(3);
    assert_eq!(gesture.press(shifted(0.0), card, false), None);
    assert_eq!(
        gesture.drag(shifted(40.0), View::default()),
        Some(Effect::Select {
            target: card,
            toggle: true
        })
    );
    assert!(gesture.is_dragging());
}

#[test]
fn escape_ends_any_gesture_without_effect_on_the_document() {
    for target in [
        Target::Canvas,
        Target::Card(0),
        Target::Handle(0),
        Target::Wire(0),
        Target::WireEnd(0, End::Target),
        Target::Group(0),
        Target::Note(0),
        Target::NoteCorner(0),
    ] {
        let mut gesture = Gesture::default();
        gesture.press(at(0.0, 0.0), target, false);
        gesture.drag(at(50.0, 50.0), View::default());
        assert_eq!(gesture.cancel(), Some(Effect::Cancel));
        assert_eq!(gesture.release(at(50.0, 50.0), View::default()), None);
    }
}

#[test]
fn a_finger_on_the_canvas_pans_and_a_mouse_draws_a_marquee() {
    let mut gesture = Gesture::default();
    gesture.press(finger(0.0, 0.0), Target::Canvas, false);
    let pan = gesture.drag(finger(10.0, 4.0), View::default());
    assert_eq!(pan, Some(Effect::Pan(Point::new(10.0, 4.0))));
    gesture.cancel();
    gesture.press(at(0.0, 0.0), Target::Canvas, false);
    let area = Rect::spanning(Point::default(), Point::new(10.0, 4.0));
    assert_eq!(
        gesture.drag(at(10.0, 4.0), View::default()),
        Some(Effect::Marquee(area))
    );
}

#[test]
fn a_finger_that_rests_adds_a_card_or_draws_a_marquee() {
    let mut gesture = Gesture::default();
    let card = Target::Card(2);
    assert_eq!(gesture.press(finger(0.0, 0.0), card, false), None);
    assert_eq!(
        gesture.long_press(View::default()),
        Some(select(card, true))
    );
    assert_eq!(gesture.drag(finger(40.0, 0.0), View::default()), None);
    assert_eq!(gesture.release(finger(40.0, 0.0), View::default()), None);

    gesture.press(finger(0.0, 0.0), Target::Canvas, false);
    let none = Rect::default();
    assert_eq!(
        gesture.long_press(View::default()),
        Some(Effect::Marquee(none))
    );
    let area = Rect::spanning(Point::default(), Point::new(30.0, 30.0));
    assert_eq!(
        gesture.release(finger(30.0, 30.0), View::default()),
        Some(Effect::SelectArea { area, add: false })
    );
}

#[test]
fn a_finger_drags_a_card_that_was_not_selected() {
    let mut gesture = Gesture::default();
    let card = Target::Card(2);
    gesture.press(finger(0.0, 0.0), card, false);
    assert_eq!(
        gesture.drag(finger(20.0, 0.0), View::default()),
        Some(select(card, false))
    );
    assert_eq!(gesture.long_press(View::default()), None);
    assert!(gesture.is_dragging());
}

#[test]
fn a_mouse_that_rests_does_nothing() {
    let mut gesture = Gesture::default();
    gesture.press(at(0.0, 0.0), Target::Canvas, false);
    assert_eq!(gesture.long_press(View::default()), None);
}

#[test]
fn a_note_is_selected_dragged_and_copied_as_a_card_is() {
    let note = Target::Note(1);
    let mut gesture = Gesture::default();
    assert_eq!(
        gesture.press(at(0.0, 0.0), note, false),
        Some(select(note, false))
    );
    let by = Point::new(30.0, 0.0);
    let (held, free) = (Held::Selected, false);
    assert_eq!(
        gesture.drag(at(30.0, 0.0), View::default()),
        Some(Effect::Drag { held, by, free })
    );
    gesture.cancel();
    // With Shift it joins what is selected, as it does when a finger rests on it.
    let shifted = Pointer {
        shift: true,
        ..at(0.0, 0.0)
    };
    assert_eq!(gesture.press(shifted, note, false), None);
    assert_eq!(
        gesture.release(shifted, View::default()),
        Some(select(note, true))
    );
    gesture.press(finger(0.0, 0.0), note, false);
    assert_eq!(
        gesture.long_press(View::default()),
        Some(select(note, true))
    );
}

#[test]
fn alt_duplicates_notes_and_groups_too_and_nothing_else() {
    for (target, copies) in [
        (Target::Note(0), true),
        (Target::Group(0), true),
        (Target::NoteCorner(0), false),
        (Target::Canvas, false),
        (Target::Handle(0), false),
    ] {
        let mut gesture = Gesture::default();
        let pressed = Pointer {
            alt: true,
            ..at(0.0, 0.0)
        };
        gesture.press(pressed, target, true);
        let first = gesture.drag(at(20.0, 0.0), View::default());
        assert_eq!(first == Some(Effect::Duplicate), copies, "{target:?}");
    }
}
