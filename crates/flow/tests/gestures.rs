//! Random gestures and commands on random flows: no edge ever dangles that did not before, what is
//! selected is always there, and undoing everything leads back to the same bytes, places, groups and
//! notes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/flows.rs"]
mod flows;
#[path = "support/json.rs"]
mod json;
#[path = "support/opened.rs"]
mod opened;

use flow::command::Command;
use flow::diagram::Owner;
use flow::document::{Document, NodeKind};
use flow::fragment::{Fragment, Placing, copy};
use flow::geometry::Point;
use flow::interaction::{Effect, End, Gesture, Held, Loose, Pointer, Target};
use flow::open_document::{Align, Joins, NewCard, OpenDocument, Selection, Snap, Spread};
use flow::session::Positions;
use flow::view::View;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use opened::dangling;

#[derive(Clone, Debug)]
enum Event {
    Press {
        on: u8,
        index: Index,
        shift: bool,
        alt: bool,
        touch: bool,
    },
    Move(i16, i16),
    Release(bool),
    Rest,
    Cancel,
    Edit(Edit),
}

#[derive(Clone, Copy, Debug)]
enum Edit {
    Delete,
    Heal,
    Duplicate,
    Paste,
    Align(Align),
    Spread(Spread),
    Tidy,
    Add(NodeKind),
    Group,
    Ungroup,
    Note,
    Undo,
    Redo,
}

fn event() -> impl Strategy<Value = Event> {
    let edit = prop_oneof![
        Just(Edit::Delete),
        Just(Edit::Heal),
        Just(Edit::Duplicate),
        Just(Edit::Paste),
        select(Align::ALL.to_vec()).prop_map(Edit::Align),
        select(Spread::ALL.to_vec()).prop_map(Edit::Spread),
        Just(Edit::Tidy),
        select(NodeKind::ALL.to_vec()).prop_map(Edit::Add),
        Just(Edit::Group),
        Just(Edit::Ungroup),
        Just(Edit::Note),
        Just(Edit::Undo),
        Just(Edit::Redo),
    ];
    prop_oneof![
        6 => (0..11_u8, any::<Index>(), any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(on, index, shift, alt, touch)| Event::Press { on, index, shift, alt, touch }),
        6 => (-400..400_i16, -400..400_i16).prop_map(|(x, y)| Event::Move(x, y)),
        6 => any::<bool>().prop_map(Event::Release),
        1 => Just(Event::Rest),
        1 => Just(Event::Cancel),
        6 => edit.prop_map(Event::Edit),
    ]
}

/// A canvas without a screen.
struct Canvas {
    open: OpenDocument,
    gesture: Gesture,
    at: Point,
    clipboard: Option<String>,
    before: Option<Selection>,
}

impl Canvas {
    fn happen(&mut self, event: &Event) {
        let view = View::default();
        let effect = match event {
            Event::Press {
                on,
                index,
                shift,
                alt,
                touch,
            } => {
                if !self.gesture.is_idle() {
                    return;
                }
                let Some(target) = self.target(*on, *index) else {
                    return;
                };
                let selected = match target {
                    Target::Card(card) => self.open.selection().cards.contains(&card),
                    Target::Note(note) => {
                        let id = self.open.note(note).unwrap().0;
                        self.open.selection().notes.contains(id)
                    }
                    _ => false,
                };
                let (shift, alt, touch) = (*shift, *alt, *touch);
                let pointer = Pointer {
                    at: self.at,
                    shift,
                    alt,
                    touch,
                    ..Pointer::default()
                };
                self.gesture.press(pointer, target, selected)
            }
            Event::Move(x, y) => {
                self.at = self.at + Point::new(f64::from(*x), f64::from(*y));
                let pointer = Pointer {
                    at: self.at,
                    ..Pointer::default()
                };
                self.gesture.drag(pointer, view)
            }
            Event::Release(free) => {
                let pointer = Pointer {
                    at: self.at,
                    free: *free,
                    ..Pointer::default()
                };
                self.gesture.release(pointer, view)
            }
            Event::Rest => self.gesture.long_press(view),
            Event::Cancel => self.gesture.cancel(),
            Event::Edit(edit) => {
                // Keys do nothing while a gesture is under way.
                if self.gesture.is_idle() {
                    self.edit(*edit);
                }
                return;
            }
        };
        if let Some(effect) = effect {
            self.carry_out(effect);
        }
    }

    fn target(&mut self, on: u8, index: Index) -> Option<Target> {
        let (cards, wires) = (
            self.open.diagram().cards.len(),
            self.open.diagram().wires.len(),
        );
        let notes = self.open.annotations().notes.len();
        let among = |count: usize| (count > 0).then(|| u32::try_from(index.index(count)).unwrap());
        let place = |card: u32| self.open.scene().cards()[card as usize].center();
        Some(match on {
            0 => Target::Canvas,
            1..=3 => {
                let card = among(cards)?;
                self.at = place(card);
                Target::Card(card)
            }
            4 => Target::Handle(among(cards)?),
            5 => Target::Wire(among(wires)?),
            6 => Target::WireEnd(among(wires)?, End::Source),
            7 => Target::WireEnd(among(wires)?, End::Target),
            8 => Target::NoteCorner(among(notes)?),
            _ => Target::Note(among(notes)?),
        })
    }

    fn select(&mut self, target: Target, toggle: bool) {
        let open = &mut self.open;
        let mut selection = open.selection().clone();
        let owner = match target {
            Target::Card(card) => Owner::Card(card),
            Target::Wire(wire) => Owner::Wire(wire),
            Target::Note(note) => {
                let id = open.note(note).unwrap().0.clone();
                if toggle {
                    selection.toggle_note(&id);
                } else {
                    selection = Selection::note(id);
                }
                open.select(selection);
                return;
            }
            _ => return,
        };
        if toggle {
            selection.toggle(owner);
        } else {
            selection = Selection::of(owner);
        }
        open.select(selection);
    }

    fn carry_out(&mut self, effect: Effect) {
        let open = &mut self.open;
        match effect {
            Effect::Select { target, toggle } => self.select(target, toggle),
            Effect::ClearSelection => open.select(Selection::default()),
            Effect::Duplicate => {
                self.before = Some(open.selection().clone());
                open.begin();
                let copied = copy(&self.open);
                self.put(copied.as_deref(), Placing::Same);
            }
            Effect::Pan(_) | Effect::Marquee(_) | Effect::Reach { .. } => {}
            Effect::SelectArea { area, .. } => {
                let (cards, wires) = (open.scene().cards_in(area), open.scene().wires_in(area));
                open.select(Selection {
                    cards: cards.into_iter().collect(),
                    wires: wires.into_iter().collect(),
                    notes: open.notes_in(area).collect(),
                });
            }
            Effect::Drag {
                held: Held::Selected,
                by,
                ..
            } => {
                let snapped = open.snap(by, Snap::Within(6.0));
                open.preview_move(snapped.by);
            }
            Effect::Drag {
                held: Held::NoteCorner(note),
                by,
                ..
            } => {
                assert!(open.resized_note(note, by).is_some());
            }
            Effect::Drop {
                held: Held::Selected,
                by,
                free,
            } => {
                let snap = if free { Snap::Free } else { Snap::Within(6.0) };
                let by = open.snap(by, snap).by;
                open.end_preview();
                let command = match open.wire_for_dragged(by, 26.0) {
                    Some(wire) => open.insert_command(wire, by),
                    None => open.move_command(by),
                };
                self.run(command);
                self.open.commit();
                self.before = None;
            }
            Effect::Drop {
                held: Held::NoteCorner(note),
                by,
                ..
            } => {
                let command = open.resize_note_command(note, by);
                self.run(command);
            }
            Effect::Connect { loose, at } => {
                let Some(card) = open.scene().card_at(at) else {
                    return;
                };
                if open.loose_refusal(loose, card).is_some() {
                    return;
                }
                let command = match loose {
                    Loose::New { source } => open.connect_command(source, card),
                    Loose::Wire { wire, end } => open.reconnect_command(wire, end, card),
                };
                self.run(command);
            }
            Effect::Cancel => {
                open.roll_back();
                open.end_preview();
                if let Some(selection) = self.before.take() {
                    open.select(selection);
                }
            }
        }
    }

    fn edit(&mut self, edit: Edit) {
        let open = &mut self.open;
        let command = match edit {
            Edit::Delete => open.delete_command(),
            Edit::Heal => open.heal_command().map(|healed| healed.command),
            Edit::Duplicate => {
                let copied = copy(&self.open);
                self.put(copied.as_deref(), Placing::Beside);
                return;
            }
            Edit::Paste => {
                let copied = copy(open);
                let text = self.clipboard.clone();
                self.clipboard = copied.or_else(|| text.clone());
                self.put(text.as_deref(), Placing::Middle(self.at));
                return;
            }
            Edit::Align(align) => open.align_command(align),
            Edit::Spread(spread) => open.distribute_command(spread),
            Edit::Tidy => Some(open.tidy_command()),
            Edit::Add(kind) => {
                let joins = match open.selection().single() {
                    Some(Owner::Card(card)) => Joins::After(card),
                    Some(Owner::Wire(wire)) => Joins::Into(wire),
                    None => Joins::Nothing,
                };
                let made = open.add_card_command(NewCard::Node(kind), self.at, joins);
                made.map(|(command, _)| command)
            }
            Edit::Group => open.group_command(),
            Edit::Ungroup => open.ungroup_command(),
            Edit::Note => {
                let area = open.new_note_area(self.at);
                open.add_note_command(area, "Note")
                    .map(|(command, _)| command)
            }
            Edit::Undo => {
                open.undo();
                None
            }
            Edit::Redo => {
                open.redo();
                None
            }
        };
        self.run(command);
    }

    fn put(&mut self, text: Option<&str>, placing: Placing) {
        let Some(Ok(fragment)) = text.and_then(Fragment::read) else {
            return;
        };
        let pasted = fragment.paste(&self.open, placing, "Paste").unwrap();
        let before = u32::try_from(self.open.diagram().cards.len()).unwrap();
        self.run(Some(pasted.command));
        let after = u32::try_from(self.open.diagram().cards.len()).unwrap();
        self.open.select(Selection {
            cards: (before..after).collect(),
            notes: pasted.notes.into_iter().collect(),
            ..Selection::default()
        });
    }

    fn run(&mut self, command: Option<Command>) {
        if let Some(command) = command {
            self.open.apply(&command).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn whatever_is_done_holds_together_and_is_undone(
        flow in flows::flow(),
        layout in json::layout(),
        events in proptest::collection::vec(event(), 1..40),
    ) {
        let text = json::write(&flow, layout);
        let document = Document::read(text.as_str().into()).unwrap();
        let loose = dangling(&document);
        let mut canvas = Canvas {
            open: OpenDocument::new(document, Positions::new()),
            gesture: Gesture::default(),
            at: Point::default(),
            clipboard: None,
            before: None,
        };
        for event in &events {
            canvas.happen(event);
            let open = &canvas.open;
            prop_assert!(dangling(open.document()).keys().all(|id| loose.contains_key(id)), "{event:?}");
            let (cards, wires) = (open.diagram().cards.len(), open.diagram().wires.len());
            prop_assert!(open.selection().cards.iter().all(|&card| (card as usize) < cards), "{event:?}");
            prop_assert!(open.selection().wires.iter().all(|&wire| (wire as usize) < wires), "{event:?}");
            let notes = &open.annotations().notes;
            prop_assert!(open.selection().notes.iter().all(|id| notes.contains_key(id)), "{event:?}");
            prop_assert_eq!(open.scene().cards().len(), cards);
        }
        canvas.happen(&Event::Cancel);
        let open = &mut canvas.open;
        while open.undo().is_some() {}
        prop_assert_eq!(open.document().text(), text);
        prop_assert!(open.session().positions().is_empty());
        prop_assert!(open.annotations().is_empty());
    }
}
