//! Feeds pointer events to the gesture state machine and carries out its effects.

use flow::diagram::{CardKind, Owner};
use flow::document::NodeKind;
use flow::geometry::{Point, Rect};
use flow::interaction::{Effect, GRID_STEP, Gesture, Pointer, Target};
use flow::layout::{CARD_HEIGHT, CARD_WIDTH};
use flow::open_document::{NewCard, Selection};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, MouseEvent, PointerEvent, WheelEvent};

use super::super::desk::Desk;
use super::super::notices::Notice;
use crate::browser::page;

/// A connection being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The card it leaves.
    pub source: u32,
    /// Where it is, in the world.
    pub at: Point,
    /// Where it is, on the screen.
    pub screen: Point,
    /// The card under it.
    pub over: Option<u32>,
    /// Why that card cannot be the target.
    pub refused: Option<String>,
}

/// The gestures of one canvas; copied freely.
#[derive(Clone, Copy)]
pub struct Gestures {
    desk: Desk,
    gesture: RwSignal<Gesture, LocalStorage>,
    /// Top left corner of the canvas in the window.
    origin: StoredValue<Point>,
    space: StoredValue<bool>,
    /// The rectangle being drawn, in the world.
    pub marquee: RwSignal<Option<Rect>>,
    /// The connection being drawn.
    pub reach: RwSignal<Option<Reach>>,
    /// The card or wire under the pointer.
    pub hovered: RwSignal<Option<Owner>>,
}

impl Gestures {
    pub(super) fn new(desk: Desk) -> Self {
        let gestures = Self {
            desk,
            gesture: RwSignal::new_local(Gesture::Idle),
            origin: StoredValue::new(Point::default()),
            space: StoredValue::new(false),
            marquee: RwSignal::new(None),
            reach: RwSignal::new(None),
            hovered: RwSignal::new(None),
        };
        gestures.follow_space();
        gestures
    }

    /// Holding space pans.
    fn follow_space(self) {
        use leptos::ev;
        let down = window_event_listener(ev::keydown, move |event| {
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
            if event.code() == "Space" {
                self.space.set_value(false);
            }
        });
        on_cleanup(move || {
            down.remove();
            up.remove();
        });
    }

    /// Whether the view follows the pointer.
    pub fn is_panning(self) -> bool {
        matches!(self.gesture.get(), Gesture::Panning { .. })
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
            pan: event.button() == 1 || event.buttons() == 4 || self.space.get_value(),
            touch: event.pointer_type() == "touch",
        }
    }

    fn screen_point(self, event: &MouseEvent) -> Point {
        Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
            - self.origin.get_value()
    }

    /// What is under the pointer.
    fn target(self, event: &MouseEvent) -> Target {
        let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let marked = |name: &str| {
            let holder = element
                .as_ref()?
                .closest(&format!("[{name}]"))
                .ok()
                .flatten()?;
            holder.get_attribute(name)?.parse::<u32>().ok()
        };
        if let Some(card) = marked("data-handle") {
            return Target::Handle(card);
        }
        if let Some(card) = marked("data-card") {
            return Target::Card(card);
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
        let owner = owner(target);
        let selected = owner
            .and_then(|owner| self.desk.peek(|open| open.selection().contains(owner)))
            .unwrap_or(false);
        let pointer = self.pointer(event);
        let effect = self.step(|gesture| gesture.press(pointer, target, selected));
        self.carry_out(effect, pointer.at);
    }

    /// The pointer moved.
    pub fn moved(self, event: &PointerEvent) {
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
    }

    /// The pointer went up.
    pub fn up(self, event: &PointerEvent) {
        let pointer = self.pointer(event);
        let view = self.desk.view.get_untracked();
        let effect = self.step(|gesture| gesture.release(pointer, view));
        self.carry_out(effect, pointer.at);
    }

    /// Breaks the gesture off.
    pub fn cancel(self) {
        let effect = self.step(Gesture::cancel);
        self.carry_out(effect, Point::default());
    }

    fn step(self, event: impl FnOnce(&mut Gesture) -> Option<Effect>) -> Option<Effect> {
        let before = self.gesture.get_untracked();
        let mut gesture = before.clone();
        let effect = event(&mut gesture);
        if gesture != before {
            self.desk.gesturing.set(!gesture.is_idle());
            self.gesture.set(gesture);
        }
        effect
    }

    fn carry_out(self, effect: Option<Effect>, screen: Point) {
        let desk = self.desk;
        match effect {
            None => {}
            Some(Effect::Select { target, toggle }) => {
                if let Some(owner) = owner(target) {
                    if toggle {
                        desk.change_selection(|selection| selection.toggle(owner));
                    } else {
                        desk.select(Selection::of(owner));
                    }
                }
            }
            Some(Effect::ClearSelection) => desk.select(Selection::default()),
            Some(Effect::Pan(offset)) => desk.view.update(|view| *view = view.panned(offset)),
            Some(Effect::Marquee(area)) => self.marquee.set(Some(area)),
            Some(Effect::SelectArea { area, add }) => {
                self.marquee.set(None);
                self.select_area(area, add);
            }
            Some(Effect::Drag(offset)) => desk.preview_move(offset),
            Some(Effect::Drop(offset)) => desk.move_selected(offset),
            Some(Effect::Reach { source, at }) => {
                self.reach.set(Some(self.look(source, at, screen)));
            }
            Some(Effect::Connect { source, at }) => {
                let reach = self.look(source, at, screen);
                self.reach.set(None);
                self.connect(&reach);
            }
            Some(Effect::Cancel) => {
                self.marquee.set(None);
                self.reach.set(None);
                desk.end_preview();
            }
        }
    }

    fn select_area(self, area: Rect, add: bool) {
        self.desk.change_selection(|selection| {
            if !add {
                *selection = Selection::default();
            }
        });
        let found = self.desk.peek(|open| {
            let scene = open.scene();
            let cards = scene.cards_in(area);
            let wires = scene.wires_in(area);
            let inside = |&wire: &u32| area.encloses(scene.wires()[wire as usize].bounds());
            (cards, wires.into_iter().filter(inside).collect::<Vec<_>>())
        });
        if let Some((cards, wires)) = found {
            self.desk.change_selection(|selection| {
                selection.cards.extend(cards);
                selection.wires.extend(wires);
            });
        }
    }

    /// What a connection that ends here would do.
    fn look(self, source: u32, at: Point, screen: Point) -> Reach {
        let over = self.desk.peek(|open| open.scene().card_at(at)).flatten();
        let refused = over.and_then(|target| {
            self.desk
                .peek(|open| open.refusal(source, target))
                .flatten()
        });
        Reach {
            source,
            at,
            screen,
            over,
            refused,
        }
    }

    fn connect(self, reach: &Reach) {
        if let Some(reason) = &reach.refused {
            self.desk.notices.announce(reason.clone());
            return;
        }
        let desk = self.desk;
        match reach.over {
            Some(target) => {
                desk.run(|open| open.connect_command(reach.source, target));
            }
            None => self.connect_to_new(reach.source, reach.at),
        }
    }

    /// Lets go over nothing: adds the card that is most likely meant, connected.
    fn connect_to_new(self, source: u32, at: Point) {
        let is_end = self.desk.peek(|open| {
            let kind = open
                .diagram()
                .cards
                .get(source as usize)
                .map(|card| card.kind);
            kind == Some(CardKind::Node(NodeKind::End))
        });
        if is_end == Some(false) {
            add_card(
                self.desk,
                None,
                at + Point::new(CARD_WIDTH / 2.0, 0.0),
                Some(source),
            );
        }
    }

    /// A double click on nothing adds a node there; on a card it opens it for editing.
    pub fn double_click(self, event: &MouseEvent) {
        let at = self.screen_point(event);
        match self.target(event) {
            Target::Canvas => {
                let world = self.desk.view.get_untracked().world_from_screen(at);
                add_card(self.desk, None, world, None);
            }
            _ => page::after(0, || page::focus("inspector-label")),
        }
    }

    /// Wheel pans; with Ctrl, or pinching a trackpad, it zooms.
    pub fn wheel(self, event: &WheelEvent) {
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => 18.0,
            WheelEvent::DOM_DELTA_PAGE => 400.0,
            _ => 1.0,
        };
        let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.ctrl_key() || event.meta_key() {
            let at = self.screen_point(event);
            let factor = (-y * 0.0022).exp().clamp(0.5, 2.0);
            self.desk
                .view
                .update(|view| *view = view.zoomed_at(at, factor));
        } else {
            let offset = if event.shift_key() && x == 0.0 {
                Point::new(-y, 0.0)
            } else {
                Point::new(-x, -y)
            };
            self.desk.view.update(|view| *view = view.panned(offset));
        }
    }
}

/// Adds a card with its middle at a point of the world, selects it and opens its label. Without a
/// `card` it is what the document has most of: an action, or a state.
pub fn add_card(desk: Desk, card: Option<NewCard>, middle: Point, source: Option<u32>) {
    let corner = middle - Point::new(CARD_WIDTH / 2.0, CARD_HEIGHT / 2.0);
    let snap = |value: f64| (value / GRID_STEP).round() * GRID_STEP;
    let corner = Point::new(snap(corner.x), snap(corner.y));
    let made = desk.peek(|open| {
        let usual = match open.document().state_flow() {
            Some(_) => NewCard::State,
            None => NewCard::Node(NodeKind::Action),
        };
        open.add_card_command(card.unwrap_or(usual), open.free_corner(corner), source)
    });
    match made.flatten() {
        Some((command, id)) => {
            if desk.apply(&command)
                && let Some(card) = desk.peek(|open| open.diagram().find(&id)).flatten()
            {
                desk.reveal(Owner::Card(card));
                page::after(0, || page::focus("inspector-label"));
            }
        }
        None => desk.notices.show(Notice::info(
            "Nothing was added: this document is one state of a flow and holds no other.",
        )),
    }
}

fn owner(target: Target) -> Option<Owner> {
    match target {
        Target::Canvas => None,
        Target::Card(card) | Target::Handle(card) => Some(Owner::Card(card)),
        Target::Wire(wire) => Some(Owner::Wire(wire)),
    }
}
