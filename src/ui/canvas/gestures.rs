//! Feeds pointer events to the gesture state machine. What it answers is carried out in
//! [`super::effects`].

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::interaction::fingers::Fingers;
use flow::interaction::wheel::Turn;
use flow::interaction::{End, Gesture, Loose, Pointer, Target};
use flow::open_document::{Guide, Joins, NewCard, OpenDocument, Selection};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, MouseEvent, PointerEvent, WheelEvent};

use super::super::desk::{Asked, Desk};
use super::add::add_card;
use super::effects::owner;
use super::frames;
use super::rim::Rim;
use super::wheel;
use crate::browser::page;

/// A connection being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The end that follows the pointer.
    pub loose: Loose,
    /// Where it leaves, in the world.
    pub start: Point,
    /// Where it arrives, in the world.
    pub end: Point,
    /// Where the pointer is, in the world.
    pub at: Point,
    /// Where the pointer is, on the screen.
    pub screen: Point,
    /// The card under it.
    pub over: Option<u32>,
    /// Why the connection cannot end there.
    pub refused: Option<String>,
}

/// The gestures of one canvas; copied freely.
#[derive(Clone, Copy)]
pub struct Gestures {
    pub(super) desk: Desk,
    pub(super) gesture: RwSignal<Gesture, LocalStorage>,
    /// Top left corner of the canvas in the window.
    origin: StoredValue<Point>,
    space: StoredValue<bool>,
    /// Whether Ctrl is held: a turn of the wheel may claim so without.
    control: StoredValue<bool>,
    /// What was selected before a drag put copies in its place.
    pub(super) selected_before: StoredValue<Option<Selection>>,
    /// The rectangle being drawn, in the world.
    pub marquee: RwSignal<Option<Rect>>,
    /// The connection being drawn.
    pub reach: RwSignal<Option<Reach>>,
    /// The card or wire under the pointer; while a card is dragged, the wire it would be put into.
    pub hovered: RwSignal<Option<Owner>>,
    /// Where the pointer is, on the screen, while letting go would put a card into a wire.
    pub inserts: RwSignal<Option<Point>>,
    /// The lines that dragged cards are aligned with.
    pub guides: RwSignal<Vec<Guide>>,
    /// A new card that is dragged in, and where the pointer is on the screen.
    pub carried: RwSignal<Option<(NewCard, Point)>>,
    /// The note that is made larger or smaller, and where it is shown.
    pub resized_note: RwSignal<Option<(u32, Rect)>>,
    /// Whether the wheel zooms without a key.
    pub wheel_zooms: RwSignal<bool>,
    pub(super) fingers: StoredValue<Fingers>,
    /// Grows with every press, so that a finger that rests is told from the one before.
    pub(super) presses: StoredValue<u32>,
    pub(super) rim: StoredValue<Rim>,
}

impl Gestures {
    pub(super) fn new(desk: Desk) -> Self {
        let gestures = Self {
            desk,
            gesture: RwSignal::new_local(Gesture::Idle),
            origin: StoredValue::new(Point::default()),
            space: StoredValue::new(false),
            control: StoredValue::new(false),
            selected_before: StoredValue::new(None),
            marquee: RwSignal::new(None),
            reach: RwSignal::new(None),
            hovered: RwSignal::new(None),
            inserts: RwSignal::new(None),
            guides: RwSignal::new(Vec::new()),
            carried: RwSignal::new(None),
            resized_note: RwSignal::new(None),
            wheel_zooms: RwSignal::new(wheel::zooms()),
            fingers: StoredValue::new(Fingers::default()),
            presses: StoredValue::new(0),
            rim: StoredValue::new(Rim::default()),
        };
        gestures.follow_keys();
        gestures
    }

    /// Holding space pans; that Ctrl is held tells a wheel from a pinch.
    fn follow_keys(self) {
        use leptos::ev;
        let down = window_event_listener(ev::keydown, move |event| {
            self.control.set_value(event.ctrl_key());
            if event.code() == "Space" && !page::is_typing() {
                self.space.set_value(true);
                let on_button = page::document()
                    .active_element()
                    .is_some_and(|element| element.tag_name() == "BUTTON");
                if !on_button {
                    event.prevent_default();
                }
            }
        });
        let up = window_event_listener(ev::keyup, move |event| {
            self.control.set_value(event.ctrl_key());
            if event.code() == "Space" {
                self.space.set_value(false);
            }
        });
        // A window that is left does not tell when the key goes up.
        let left = window_event_listener(ev::blur, move |_| {
            self.space.set_value(false);
            self.control.set_value(false);
        });
        on_cleanup(move || {
            down.remove();
            up.remove();
            left.remove();
        });
    }

    /// Whether the view follows the pointer.
    pub fn is_panning(self) -> bool {
        matches!(self.gesture.get(), Gesture::Panning { .. })
    }

    /// Whether cards follow the pointer.
    pub fn is_dragging(self) -> bool {
        self.gesture.with(Gesture::is_dragging)
    }

    /// The canvas has another size or place.
    pub fn resized(self, rect: &DomRect) {
        let first = self.desk.size.get_untracked().0 == 0.0;
        self.origin.set_value(Point::new(rect.left(), rect.top()));
        self.desk.size.set((rect.width(), rect.height()));
        if first {
            self.desk.look();
        }
    }

    fn pointer(self, event: &PointerEvent) -> Pointer {
        Pointer {
            at: self.screen_point(event),
            shift: event.shift_key(),
            alt: event.alt_key(),
            free: event.ctrl_key() || event.meta_key(),
            pan: event.button() == 1 || event.buttons() == 4 || self.space.get_value(),
            touch: event.pointer_type() == "touch",
        }
    }

    pub(super) fn screen_point(self, event: &MouseEvent) -> Point {
        Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
            - self.origin.get_value()
    }

    /// What is under the pointer.
    fn target(self, event: &MouseEvent) -> Target {
        let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        self.target_in(element.as_ref(), event)
    }

    /// What is under the pointer, which is over this element.
    fn target_in(self, element: Option<&Element>, event: &MouseEvent) -> Target {
        let marked = |name: &str| {
            let holder = element?.closest(&format!("[{name}]")).ok().flatten()?;
            holder.get_attribute(name)?.parse::<u32>().ok()
        };
        if let Some(wire) = marked("data-wire") {
            let name = element.and_then(|it| it.get_attribute("data-wire-end"));
            let end = match name.as_deref() {
                Some("source") => End::Source,
                _ => End::Target,
            };
            return Target::WireEnd(wire, end);
        }
        if let Some(card) = marked("data-handle") {
            return Target::Handle(card);
        }
        if let Some(card) = marked("data-card") {
            return Target::Card(card);
        }
        if let Some(group) = marked("data-group") {
            return Target::Group(group);
        }
        if let Some(note) = marked("data-note-corner") {
            return Target::NoteCorner(note);
        }
        if let Some(note) = marked("data-note") {
            return Target::Note(note);
        }
        let view = self.desk.view.get_untracked();
        let world = view.world_from_screen(self.screen_point(event));
        let found = self.desk.peek(|open| {
            let scene = open.scene();
            let card = scene.card_at(world).map(Target::Card);
            card.or_else(|| scene.wire_at(world, 7.0 / view.zoom).map(Target::Wire))
        });
        found.flatten().unwrap_or(Target::Canvas)
    }

    /// The pointer went down.
    pub fn down(self, event: &PointerEvent) {
        if event.button() == 2 {
            return;
        }
        // What is being typed belongs to what is still selected.
        page::leave_field();
        if self.finger_down(event) {
            return;
        }
        let target = self.target(event);
        if let Some(canvas) = event
            .current_target()
            .and_then(|it| it.dyn_into::<Element>().ok())
        {
            let rect = canvas.get_bounding_client_rect();
            self.origin.set_value(Point::new(rect.left(), rect.top()));
            // Without capture the gesture only ends when the pointer leaves; nothing breaks.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        if let (Target::Group(group), false) = (target, event.shift_key()) {
            self.select_group(group, false);
        }
        let selected = self.desk.peek(|open| {
            let selection = open.selection();
            match (owner(target), target) {
                (Some(owner), _) => selection.contains(owner),
                (None, Target::Note(note)) => open
                    .note(note)
                    .is_some_and(|(id, _)| selection.notes.contains(id)),
                _ => false,
            }
        });
        let selected = selected.unwrap_or(false);
        let pointer = self.pointer(event);
        self.start_rim();
        let effect = self.step(|gesture| gesture.press(pointer, target, selected));
        self.carry_out(effect, pointer.at);
        if pointer.touch {
            self.wait_for_long_press();
        }
    }

    /// The pointer moved.
    pub fn moved(self, event: &PointerEvent) {
        let at = self.screen_point(event);
        self.desk.pointer.set_value(Some(at));
        self.control.set_value(event.ctrl_key());
        if self.finger_moved(event) {
            return;
        }
        if self.gesture.with_untracked(Gesture::is_idle) {
            let hovered = owner(self.target(event));
            if self.hovered.get_untracked() != hovered {
                self.hovered.set(hovered);
            }
            return;
        }
        let pointer = self.pointer(event);
        let view = self.desk.view.get_untracked();
        let effect = self.step(|gesture| gesture.drag(pointer, view));
        self.carry_out(effect, pointer.at);
        self.watch_rim(pointer);
    }

    /// The pointer went up.
    pub fn up(self, event: &PointerEvent) {
        if self.finger_up(event) {
            return;
        }
        let pointer = self.pointer(event);
        let view = self.desk.view.get_untracked();
        let effect = self.step(|gesture| gesture.release(pointer, view));
        self.carry_out(effect, pointer.at);
    }

    /// The pointer left the canvas.
    pub fn left(self) {
        self.desk.pointer.set_value(None);
        // The event also comes when the canvas is taken away under the pointer.
        if self.hovered.try_get_untracked().flatten().is_some() {
            self.hovered.set(None);
        }
    }

    /// Breaks the gesture off.
    pub fn cancel(self) {
        if self.carried.get_untracked().is_some() {
            self.carried.set(None);
            self.show_insertion(None, Point::default());
            self.desk.gesturing.set(false);
        }
        let effect = self.step(Gesture::cancel);
        self.carry_out(effect, Point::default());
    }

    /// Lets something happen to the gesture; what it answers is to be carried out.
    pub(super) fn step<T>(self, event: impl FnOnce(&mut Gesture) -> T) -> T {
        let before = self.gesture.get_untracked();
        let mut gesture = before.clone();
        let answer = event(&mut gesture);
        if gesture != before {
            self.desk.gesturing.set(!gesture.is_idle());
            self.gesture.set(gesture);
        }
        answer
    }

    /// A double click on nothing adds a node there; on a card, note or group it opens that.
    pub fn double_click(self, event: &MouseEvent) {
        let at = self.screen_point(event);
        // The canvas has captured the pointer, so the event does not say what is under it.
        let under = page::element_at(event.client_x(), event.client_y());
        match self.target_in(under.as_ref(), event) {
            Target::Canvas => {
                let world = self.desk.view.get_untracked().world_from_screen(at);
                add_card(self.desk, None, world, Joins::Nothing);
            }
            Target::Note(number) | Target::NoteCorner(number) => {
                let note = self
                    .desk
                    .peek(|open| open.note(number).map(|(id, _)| id.clone()));
                if let Some(note) = note.flatten() {
                    self.desk.asked.set(Some(Asked::Write { note }));
                }
            }
            Target::Group(number) => {
                let frames = self.desk.peek(OpenDocument::frames).unwrap_or_default();
                if let Some(frame) = frames.into_iter().nth(number as usize) {
                    frames::name(self.desk, frame.id);
                }
            }
            _ => page::after(0, page::focus_inspector),
        }
    }

    /// The wheel was turned, or two fingers pinched a trackpad.
    pub fn wheel(self, event: &WheelEvent) {
        let turn = wheel::read(event, self.control.get_value());
        let view = self.desk.view.get_untracked();
        self.desk
            .view
            .set(match turn.turn(self.wheel_zooms.get_untracked()) {
                Turn::Pan(by) => view.panned(by),
                Turn::Zoom(factor) => view.zoomed_at(self.screen_point(event), factor),
            });
    }
}
