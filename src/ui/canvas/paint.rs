//! Painting single things onto a raster: wires, arrows, labels, boxes of cards. What is painted when
//! is up to the layers that use it.

use flow::diagram::Owner;
use flow::geometry::{Point, Rect};
use flow::open_document::{Ghost, OpenDocument};
use flow::problem::Severity;
use flow::scene::{Direction, Wire, place_labels};
use flow::view::View;
use web_sys::CanvasRenderingContext2d;

use super::colours::Colours;
use super::gestures::Reach;

/// From this zoom on wires have arrows and labels.
pub const NEAR: f64 = 0.45;
/// Wires that are shorter than this on the screen, in pixels, are painted straight: nobody can tell.
const TINY: f64 = 16.0;
/// Space a label may take, in world units, on a wire that goes back or round.
const LABEL_ROOM: f64 = 120.0;

/// How a wire is told from others.
#[derive(Clone, Copy)]
pub struct Stroke<'a> {
    colour: &'a str,
    width: f64,
}

/// Paints things of one document in one view.
#[derive(Clone, Copy)]
pub struct Painter<'a> {
    /// What is painted on.
    pub context: &'a CanvasRenderingContext2d,
    /// With which colours.
    pub colours: &'a Colours,
    /// Of which document.
    pub open: &'a OpenDocument,
    /// Pan and zoom.
    pub view: View,
}

impl<'a> Painter<'a> {
    /// How a plain wire looks.
    pub fn plain(&self, wire: u32) -> Stroke<'a> {
        let is_default = self.open.diagram().wires[wire as usize].is_default;
        let colour = if is_default {
            &self.colours.wire_default
        } else {
            &self.colours.wire
        };
        Stroke { colour, width: 1.5 }
    }

    /// How a wire with problems looks; nothing for one without.
    pub fn marked(&self, wire: u32) -> Option<Stroke<'a>> {
        let colour = match self.open.wire_mark(wire)? {
            Severity::Error => &self.colours.error,
            Severity::Warning => &self.colours.warning,
            Severity::Info => return None,
        };
        Some(Stroke {
            colour,
            width: 1.75,
        })
    }

    /// How a wire in the user's hand looks: selected, under the pointer, or at a selected card.
    pub fn accented(&self, width: f64) -> Stroke<'a> {
        Stroke {
            colour: &self.colours.accent,
            width,
        }
    }

    /// Paints some wires in one stroke, all of them default branches or none. Default branches are dashed
    /// where that can be seen.
    pub fn wires(&self, wires: &[u32], stroke: Stroke<'_>) {
        let first = wires.first();
        let is_dashed =
            first.is_some_and(|&wire| self.open.diagram().wires[wire as usize].is_dashed());
        self.context.begin_path();
        for &wire in wires {
            self.trace(&self.open.scene().wires()[wire as usize]);
        }
        self.stroke(stroke, is_dashed && self.view.zoom >= NEAR);
    }

    /// Paints the end of a wire.
    pub fn arrow(&self, wire: u32, stroke: Stroke<'_>) {
        let end = self.screen(self.open.scene().wires()[wire as usize].end());
        let size = (6.0 * self.view.zoom).clamp(3.5, 8.0);
        let context = self.context;
        context.set_fill_style_str(stroke.colour);
        context.begin_path();
        // The tip, then the two behind it: along the way in and across it.
        let point = |along: f64, across: f64| match self.open.scene().direction() {
            Direction::Right => (end.x + along, end.y + across),
            Direction::Down => (end.x + across, end.y + along),
        };
        let (tip, left, right) = (
            point(0.5, 0.0),
            point(-size * 1.3, -size * 0.75),
            point(-size * 1.3, size * 0.75),
        );
        context.move_to(tip.0, tip.1);
        context.line_to(left.0, left.1);
        context.line_to(right.0, right.1);
        context.close_path();
        context.fill();
    }

    /// Paints the numbers and conditions of some wires, each on a small plate where it covers
    /// nothing; `stroke_of` says what stands round the plate of a wire.
    pub fn labels(&self, wires: &[u32], stroke_of: impl Fn(u32) -> Option<Stroke<'a>>) {
        let zoom = self.view.zoom;
        let size = (11.0 * zoom.min(1.0)).max(8.0);
        let context = self.context;
        context.set_font(&format!(
            "500 {size}px ui-sans-serif, system-ui, sans-serif"
        ));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        let texts: Vec<Option<String>> = wires.iter().map(|&wire| self.words(wire)).collect();
        let measure = |text: &Option<String>| {
            let measured = context.measure_text(text.as_ref()?).ok()?;
            Some(((measured.width() + size * 1.1) / zoom, size * 1.65 / zoom))
        };
        let sizes: Vec<Option<(f64, f64)>> = texts.iter().map(measure).collect();
        let plates = place_labels(self.open.scene(), wires, &sizes);
        for ((&wire, text), plate) in wires.iter().zip(&texts).zip(plates) {
            let (Some(text), Some(plate)) = (text, plate) else {
                continue;
            };
            let plate = Rect {
                min: self.screen(plate.min),
                max: self.screen(plate.max),
            };
            let colour = stroke_of(wire).map_or(self.colours.border.as_str(), |it| it.colour);
            self.rounded(plate, plate.height() / 2.0);
            context.set_fill_style_str(&self.colours.surface);
            context.fill();
            context.set_line_width(1.0);
            context.set_stroke_style_str(colour);
            context.stroke();
            let ink = if self.open.diagram().wires[wire as usize].is_default {
                &self.colours.muted
            } else {
                &self.colours.text
            };
            context.set_fill_style_str(ink);
            let middle = plate.center();
            // Text that cannot be drawn leaves an empty plate; the inspector shows it all the same.
            let _ = context.fill_text(text, middle.x, middle.y + 0.5);
        }
    }

    /// What stands on the plate of a wire: its number and as much of its condition as there is room
    /// for; nothing where it has neither.
    fn words(&self, wire: u32) -> Option<String> {
        let link = &self.open.diagram().wires[wire as usize];
        if link.number == 0 && link.label.is_empty() {
            return None;
        }
        // The plate must fit between the cards, which are drawn above it.
        let shape = &self.open.scene().wires()[wire as usize];
        let room = (shape.end().x - shape.start().x).max(LABEL_ROOM);
        let fitting = ((room - 34.0) / 6.2).clamp(4.0, 30.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "4 to 30"
        )]
        let fitting = fitting as usize;
        let shown: String = link.label.chars().take(fitting).collect();
        let more = if link.label.chars().nth(fitting).is_some() {
            "…"
        } else {
            ""
        };
        let words = if link.is_default { "default" } else { &shown };
        Some(match link.number {
            0 => format!("{words}{more}"),
            number => format!("{number}  {words}{more}"),
        })
    }

    /// Paints some cards as plain boxes of one colour, for when they are too many for elements.
    pub fn boxes(&self, cards: &[u32], colour: &str) {
        let zoom = self.view.zoom;
        self.context.set_fill_style_str(colour);
        for &card in cards {
            let rect = self.open.scene().cards()[card as usize];
            let corner = self.screen(rect.min);
            let size = Point::new(rect.width(), rect.height()) * zoom;
            self.context
                .fill_rect(corner.x, corner.y, size.x.max(1.5), size.y.max(1.5));
        }
    }

    /// Paints the outline of a card as seen from afar.
    pub fn outline(&self, card: u32, colour: &str) {
        let zoom = self.view.zoom;
        let rect = self.open.scene().cards()[card as usize].grown(3.0 / zoom);
        let corner = self.screen(rect.min);
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(2.0);
        self.context.stroke_rect(
            corner.x,
            corner.y,
            rect.width() * zoom,
            rect.height() * zoom,
        );
    }

    /// The colour of the outline of a card with problems.
    pub fn card_mark(&self, card: u32) -> Option<&'a str> {
        match self.open.card_mark(card)? {
            Severity::Error => Some(&self.colours.error),
            Severity::Warning => Some(&self.colours.warning),
            Severity::Info => None,
        }
    }

    /// Paints a connection that is being drawn.
    pub fn reach(&self, reach: &Reach) {
        let start = self.screen(reach.start);
        let end = self.screen(reach.end);
        let bend = ((end.x - start.x).abs() * 0.5).clamp(24.0, 140.0);
        self.context.begin_path();
        self.context.move_to(start.x, start.y);
        self.context
            .bezier_curve_to(start.x + bend, start.y, end.x - bend, end.y, end.x, end.y);
        let colour = if reach.refused.is_some() {
            &self.colours.error
        } else {
            &self.colours.accent
        };
        self.stroke(Stroke { colour, width: 2.0 }, true);
    }

    /// Paints what a fix would do: what comes is dashed in the accent colour, what goes is crossed out
    /// in the colour of errors.
    pub fn ghost(&self, ghost: &Ghost) {
        let scene = self.open.scene();
        let removed = Stroke {
            colour: &self.colours.error,
            width: 2.5,
        };
        for &wire in &ghost.removed_wires {
            self.wires(&[wire], removed);
        }
        for &card in &ghost.removed_cards {
            let rect = scene.cards()[card as usize];
            self.frame(rect, &self.colours.error, false);
            self.context.begin_path();
            for (from, to) in [
                (rect.min, rect.max),
                (
                    Point::new(rect.min.x, rect.max.y),
                    Point::new(rect.max.x, rect.min.y),
                ),
            ] {
                let (from, to) = (self.screen(from), self.screen(to));
                self.context.move_to(from.x, from.y);
                self.context.line_to(to.x, to.y);
            }
            self.stroke(removed, false);
        }
        for &card in &ghost.changed_cards {
            self.frame(scene.cards()[card as usize], &self.colours.accent, false);
        }
        for &rect in &ghost.added_cards {
            self.frame(rect, &self.colours.accent, true);
        }
        for wire in &ghost.added_wires {
            self.context.begin_path();
            self.trace(wire);
            self.stroke(self.accented(2.5), true);
        }
    }

    /// The outline of a card that stands out.
    fn frame(&self, rect: Rect, colour: &str, dashed: bool) {
        let zoom = self.view.zoom;
        let rect = rect.grown(4.0 / zoom);
        let rect = Rect {
            min: self.screen(rect.min),
            max: self.screen(rect.max),
        };
        self.rounded(rect, 10.0 * zoom);
        self.stroke(Stroke { colour, width: 2.5 }, dashed);
    }

    /// How a wire in the user's hand looks, if it is: selected, under the pointer, or at one of a few
    /// selected cards.
    pub fn emphasis(&self, wire: u32, hovered: Option<Owner>) -> Option<Stroke<'a>> {
        if self.open.selection().wires.contains(&wire) {
            Some(self.accented(2.5))
        } else if hovered == Some(Owner::Wire(wire)) {
            Some(self.accented(2.0))
        } else if Self::is_emphasised(self.open, wire) {
            Some(self.marked(wire).unwrap_or(self.accented(1.5)))
        } else {
            None
        }
    }

    /// Whether a wire is at one of a few selected cards.
    pub fn is_emphasised(open: &OpenDocument, wire: u32) -> bool {
        const FEW: usize = 20;
        let cards = &open.selection().cards;
        let ends = open.scene().ends()[wire as usize];
        cards.len() <= FEW && (cards.contains(&ends.source) || cards.contains(&ends.target))
    }

    fn screen(&self, world: Point) -> Point {
        self.view.screen_from_world(world)
    }

    fn trace(&self, wire: &Wire) {
        let points = wire.points();
        let start = self.screen(wire.start());
        self.context.move_to(start.x, start.y);
        let bounds = wire.bounds();
        if (bounds.width() + bounds.height()) * self.view.zoom < TINY {
            let end = self.screen(wire.end());
            self.context.line_to(end.x, end.y);
            return;
        }
        for curve in points[1..].chunks_exact(3) {
            let [a, b, c] = [
                self.screen(curve[0]),
                self.screen(curve[1]),
                self.screen(curve[2]),
            ];
            self.context.bezier_curve_to(a.x, a.y, b.x, b.y, c.x, c.y);
        }
    }

    fn stroke(&self, stroke: Stroke<'_>, dashed: bool) {
        let context = self.context;
        let Stroke { colour, width } = stroke;
        context.set_stroke_style_str(colour);
        context.set_line_width((width * self.view.zoom.sqrt()).clamp(0.5, width * 1.5));
        if !dashed {
            context.stroke();
            return;
        }
        let dashes = js_sys::Array::of2(&5.0.into(), &4.0.into());
        // Two finite, positive numbers, or none, are always a valid pattern.
        let _ = context.set_line_dash(&dashes);
        context.stroke();
        // Nothing painted later may inherit the dashes.
        let _ = context.set_line_dash(&js_sys::Array::new());
    }

    fn rounded(&self, rect: Rect, radius: f64) {
        let context = self.context;
        context.begin_path();
        let drawn = context.round_rect_with_f64(
            rect.min.x,
            rect.min.y,
            rect.width(),
            rect.height(),
            radius,
        );
        if drawn.is_err() {
            context.rect(rect.min.x, rect.min.y, rect.width(), rect.height());
        }
    }
}
