//! Carries out what the gestures ask for.

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::interaction::{Effect, End, Held, Loose, Target};
use flow::open_document::{OpenDocument, Selection};
use leptos::prelude::*;

use super::carry::INSERT_REACH;
use super::gestures::{Gestures, Reach};
use super::{add, clipboard};
use crate::browser::page;

impl Gestures {
    pub(super) fn carry_out(self, effect: Option<Effect>, screen: Point) {
        let desk = self.desk;
        match effect {
            None => {}
            Some(Effect::Select { target, toggle }) => self.select(target, toggle),
            Some(Effect::ClearSelection) => desk.select(Selection::default()),
            Some(Effect::Duplicate) => self.duplicate(),
            Some(Effect::Pan(offset)) => desk.view.update(|view| *view = view.panned(offset)),
            Some(Effect::Marquee(area)) => self.marquee.set(Some(area)),
            Some(Effect::SelectArea { area, add }) => {
                self.marquee.set(None);
                self.select_area(area, add);
            }
            Some(Effect::Drag { held, by, free }) => self.drag(held, by, free, screen),
            Some(Effect::Drop { held, by, free }) => self.drop(held, by, free),
            Some(Effect::Reach { loose, at }) => {
                self.reach.set(self.look(loose, at, screen));
            }
            Some(Effect::Connect { loose, at }) => {
                let reach = self.look(loose, at, screen);
                self.reach.set(None);
                if let Some(reach) = reach {
                    self.connect(&reach);
                }
            }
            Some(Effect::Cancel) => {
                self.marquee.set(None);
                self.reach.set(None);
                self.stop_showing();
                desk.break_drag_off();
                self.undo_rim();
                if let Some(selection) = self
                    .selected_before
                    .try_update_value(Option::take)
                    .flatten()
                {
                    desk.select(selection);
                }
            }
        }
    }

    fn select(self, target: Target, toggle: bool) {
        if let Target::Group(group) = target {
            self.select_group(group, toggle);
            return;
        }
        if let Target::Note(note) = target {
            self.select_note(note, toggle);
            return;
        }
        let Some(owner) = owner(target) else { return };
        if toggle {
            self.desk
                .change_selection(|selection| selection.toggle(owner));
        } else {
            self.desk.select(Selection::of(owner));
        }
    }

    fn select_note(self, note: u32, toggle: bool) {
        let desk = self.desk;
        let id = desk.peek(|open| open.note(note).map(|(id, _)| id.clone()));
        let Some(id) = id.flatten() else { return };
        if toggle {
            desk.change_selection(|selection| selection.toggle_note(&id));
            return;
        }
        desk.select(Selection::note(id));
        page::after(0, move || {
            // A double click has opened it for writing meanwhile.
            if desk.asked.try_get_untracked() == Some(None) {
                page::focus(&format!("note-{note}"));
            }
        });
    }

    /// Selects the cards of a group, or adds them to what is selected.
    pub(super) fn select_group(self, group: u32, add: bool) {
        let frames = self.desk.peek(OpenDocument::frames).unwrap_or_default();
        let Some(frame) = frames.into_iter().nth(group as usize) else {
            return;
        };
        self.desk.change_selection(|selection| {
            if !add {
                *selection = Selection::default();
            }
            selection.cards.extend(frame.cards);
        });
    }

    /// Puts copies of what is selected in its place; the drag that goes on moves them.
    fn duplicate(self) {
        let selection = self.desk.peek(|open| open.selection().clone());
        self.desk.begin();
        if clipboard::duplicate_in_place(self.desk) {
            self.selected_before.set_value(selection);
        } else {
            self.cancel();
        }
    }

    fn drag(self, held: Held, by: Point, free: bool, screen: Point) {
        if let Held::NoteCorner(note) = held {
            let area = self.desk.peek(|open| open.resized_note(note, by)).flatten();
            self.resized_note.set(area.map(|area| (note, area)));
            return;
        }
        let snapped = self.desk.snapped(by, free);
        let wire = self
            .desk
            .peek(|open| open.wire_for_dragged(snapped.by, INSERT_REACH));
        let wire = wire.flatten();
        self.show_insertion(wire, screen);
        let guides = if wire.is_some() {
            Vec::new()
        } else {
            snapped.guides
        };
        if self.guides.with_untracked(|old| *old != guides) {
            self.guides.set(guides);
        }
        self.desk.preview_move(snapped.by);
    }

    fn drop(self, held: Held, by: Point, free: bool) {
        self.selected_before.set_value(None);
        if let Held::NoteCorner(note) = held {
            self.resized_note.set(None);
            self.desk.run(|open| open.resize_note_command(note, by));
            return;
        }
        let wire = self.insertion();
        self.stop_showing();
        let by = self.desk.snapped(by, free).by;
        match wire {
            Some(wire) => {
                self.desk.run(|open| open.insert_command(wire, by));
            }
            None => self.desk.move_selected(by),
        }
        self.desk.end_drag();
    }

    /// Hides what is shown while something is dragged.
    fn stop_showing(self) {
        self.show_insertion(None, Point::default());
        self.guides.set(Vec::new());
        if self.resized_note.get_untracked().is_some() {
            self.resized_note.set(None);
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
            let wires: Vec<u32> = wires.into_iter().filter(inside).collect();
            let notes: Vec<_> = open.notes_in(area).collect();
            (cards, wires, notes)
        });
        if let Some((cards, wires, notes)) = found {
            self.desk.change_selection(|selection| {
                selection.cards.extend(cards);
                selection.wires.extend(wires);
                selection.notes.extend(notes);
            });
        }
    }

    /// What a connection that ends here would do.
    fn look(self, loose: Loose, at: Point, screen: Point) -> Option<Reach> {
        let read = |open: &OpenDocument| {
            let scene = open.scene();
            let (start, end) = match loose {
                Loose::New { source } => {
                    let card = scene.cards().get(source as usize)?;
                    (Point::new(card.max.x, card.center().y), at)
                }
                Loose::Wire { wire, end } => {
                    let wire = scene.wires().get(wire as usize)?;
                    match end {
                        End::Source => (at, wire.end()),
                        End::Target => (wire.start(), at),
                    }
                }
            };
            let over = scene.card_at(at);
            let refused = over.and_then(|card| open.loose_refusal(loose, card));
            Some(Reach {
                loose,
                start,
                end,
                at,
                screen,
                over,
                refused,
            })
        };
        self.desk.peek(read).flatten()
    }

    fn connect(self, reach: &Reach) {
        let desk = self.desk;
        if let Some(reason) = &reach.refused {
            desk.notices.announce(reason.clone());
            return;
        }
        match (reach.loose, reach.over) {
            (Loose::New { source }, Some(card)) => {
                desk.run(|open| open.connect_command(source, card));
            }
            (Loose::New { source }, None) => {
                add::ask_for_end(desk, source, reach.at, reach.screen);
            }
            (Loose::Wire { wire, end }, Some(card)) => {
                desk.run(|open| open.reconnect_command(wire, end, card));
            }
            (Loose::Wire { .. }, None) => {
                desk.notices
                    .announce("Nothing was changed: let go over a card to reconnect.");
            }
        }
    }
}

/// The card or wire that a target is.
pub(super) fn owner(target: Target) -> Option<Owner> {
    match target {
        Target::Card(card) | Target::Handle(card) => Some(Owner::Card(card)),
        Target::Wire(wire) | Target::WireEnd(wire, _) => Some(Owner::Wire(wire)),
        Target::Canvas | Target::Group(_) | Target::Note(_) | Target::NoteCorner(_) => None,
    }
}
