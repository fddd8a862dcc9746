//! Painting wires, their labels and, from afar, cards onto a raster.

use flow::diagram::{CardKind, Owner};
use flow::document::NodeKind;
use flow::geometry::{Point, Rect};
use flow::open_document::OpenDocument;
use flow::problem::Severity;
use flow::scene::Wire;
use flow::view::View;
use web_sys::CanvasRenderingContext2d;

use super::MAX_ELEMENTS;
use super::gestures::Reach;
use crate::browser::page::style_value;

/// The colours of the theme, as the style sheet has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Palette {
    wire: String,
    wire_default: String,
    accent: String,
    error: String,
    warning: String,
    surface: String,
    text: String,
    muted: String,
    border: String,
    kinds: Vec<(&'static str, String)>,
}

impl Palette {
    /// Reads the colours off the style sheet.
    pub fn read() -> Self {
        let kinds = [
            "start",
            "intent",
            "action",
            "condition",
            "end",
            "fallback",
            "unknown",
            "state",
            "initial-state",
            "final-state",
            "fallback-state",
        ];
        Self {
            wire: style_value("--wire"),
            wire_default: style_value("--wire-default"),
            accent: style_value("--accent"),
            error: style_value("--error"),
            warning: style_value("--warning"),
            surface: style_value("--canvas"),
            text: style_value("--text"),
            muted: style_value("--text-muted"),
            border: style_value("--border-strong"),
            kinds: kinds
                .map(|kind| (kind, style_value(&format!("--kind-{kind}"))))
                .to_vec(),
        }
    }

    fn kind(&self, kind: CardKind) -> &str {
        let name = kind.as_str();
        self.kinds
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(&self.muted, |(_, colour)| colour)
    }
}

/// What is to be painted.
pub struct Frame {
    /// Pan and zoom.
    pub view: View,
    /// Width of the canvas in pixels.
    pub width: f64,
    /// Height of the canvas in pixels.
    pub height: f64,
    /// How far the raster reaches beyond it.
    pub margin: f64,
    /// What is under the pointer.
    pub hovered: Option<Owner>,
    /// The connection being drawn.
    pub reach: Option<Reach>,
}

/// Paints everything in view; returns how much that was.
pub fn paint(
    context: &CanvasRenderingContext2d,
    open: &OpenDocument,
    palette: &Palette,
    frame: &Frame,
) -> usize {
    let area = frame
        .view
        .visible(frame.width, frame.height)
        .grown(frame.margin / frame.view.zoom);
    let cards = open.scene().cards_in(area);
    let wires = open.scene().wires_in(area);
    let painter = Painter {
        context,
        palette,
        open,
        frame,
    };
    let near = frame.view.zoom >= 0.45;
    painter.wires(&wires, near);
    if cards.len() > MAX_ELEMENTS {
        painter.cards(&cards);
    }
    if near {
        for &wire in &wires {
            painter.label(wire);
        }
    }
    if let Some(reach) = &frame.reach {
        painter.reach(reach);
    }
    cards.len() + wires.len()
}

struct Painter<'a> {
    context: &'a CanvasRenderingContext2d,
    palette: &'a Palette,
    open: &'a OpenDocument,
    frame: &'a Frame,
}

impl Painter<'_> {
    /// All wires: plain ones in one stroke each for conditions and defaults, special ones apart.
    fn wires(&self, wires: &[u32], near: bool) {
        let mut special = Vec::new();
        for is_default in [false, true] {
            self.context.begin_path();
            for &wire in wires {
                let link = &self.open.diagram().wires[wire as usize];
                if self.emphasis(wire).is_some() {
                    if !is_default {
                        special.push(wire);
                    }
                } else if link.is_default == is_default {
                    self.trace(&self.open.scene().wires()[wire as usize]);
                }
            }
            let alone = if is_default {
                &self.palette.wire_default
            } else {
                &self.palette.wire
            };
            self.stroke(alone, 1.5, false);
        }
        for wire in special {
            let Some((colour, width)) = self.emphasis(wire) else {
                continue;
            };
            self.context.begin_path();
            self.trace(&self.open.scene().wires()[wire as usize]);
            self.stroke(colour, width, false);
        }
        if near {
            for &wire in wires {
                self.arrow(wire);
            }
        }
    }

    /// The colour and width of a wire that is not plain.
    fn emphasis(&self, wire: u32) -> Option<(&str, f64)> {
        let owner = Owner::Wire(wire);
        let ends = self.open.scene().ends()[wire as usize];
        let selection = self.open.selection();
        let at_selected =
            selection.cards.contains(&ends.source) || selection.cards.contains(&ends.target);
        if selection.contains(owner) {
            Some((&self.palette.accent, 2.5))
        } else if self.frame.hovered == Some(owner) {
            Some((&self.palette.accent, 2.0))
        } else {
            match self.open.wire_mark(wire) {
                Some(Severity::Error) => Some((&self.palette.error, 1.75)),
                Some(Severity::Warning) => Some((&self.palette.warning, 1.75)),
                _ if at_selected && selection.cards.len() <= 20 => {
                    Some((&self.palette.accent, 1.5))
                }
                _ => None,
            }
        }
    }

    fn screen(&self, world: Point) -> Point {
        self.frame.view.screen_from_world(world)
    }

    fn trace(&self, wire: &Wire) {
        let points = wire.points();
        let start = self.screen(wire.start());
        self.context.move_to(start.x, start.y);
        for curve in points[1..].chunks_exact(3) {
            let [a, b, c] = [
                self.screen(curve[0]),
                self.screen(curve[1]),
                self.screen(curve[2]),
            ];
            self.context.bezier_curve_to(a.x, a.y, b.x, b.y, c.x, c.y);
        }
    }

    fn stroke(&self, colour: &str, width: f64, dashed: bool) {
        let context = self.context;
        context.set_stroke_style_str(colour);
        context.set_line_width((width * self.frame.view.zoom.sqrt()).clamp(0.5, width * 1.5));
        let dash = js_sys::Array::new();
        if dashed {
            dash.push(&5.0.into());
            dash.push(&4.0.into());
        }
        // Two finite, positive numbers, or none, are always a valid pattern.
        let _ = context.set_line_dash(&dash);
        context.stroke();
    }

    fn arrow(&self, wire: u32) {
        let end = self.screen(self.open.scene().wires()[wire as usize].end());
        let size = (6.0 * self.frame.view.zoom).clamp(3.5, 8.0);
        let link = &self.open.diagram().wires[wire as usize];
        let plain = if link.is_default {
            &self.palette.wire_default
        } else {
            &self.palette.wire
        };
        let colour = self
            .emphasis(wire)
            .map_or(plain.as_str(), |(colour, _)| colour);
        self.context.set_fill_style_str(colour);
        self.context.begin_path();
        self.context.move_to(end.x + 0.5, end.y);
        self.context
            .line_to(end.x - size * 1.3, end.y - size * 0.75);
        self.context
            .line_to(end.x - size * 1.3, end.y + size * 0.75);
        self.context.close_path();
        self.context.fill();
    }

    /// The number and condition of a branch, on a small plate.
    fn label(&self, wire: u32) {
        let link = &self.open.diagram().wires[wire as usize];
        if link.number == 0 && link.label.is_empty() {
            return;
        }
        // The plate must fit between the cards, which are drawn above it.
        let wire_shape = &self.open.scene().wires()[wire as usize];
        let room = (wire_shape.end().x - wire_shape.start().x).max(LABEL_ROOM);
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
        let text = match link.number {
            0 => format!("{words}{more}"),
            number => format!("{number}  {words}{more}"),
        };
        let zoom = self.frame.view.zoom.min(1.0);
        let size = (11.0 * zoom).max(8.0);
        let context = self.context;
        context.set_font(&format!(
            "500 {size}px ui-sans-serif, system-ui, sans-serif"
        ));
        let Ok(measured) = context.measure_text(&text) else {
            return;
        };
        let width = measured.width() + size * 1.1;
        let height = size * 1.65;
        let middle = self.screen(self.open.scene().wires()[wire as usize].label_at());
        let plate = Rect::at(
            middle - Point::new(width / 2.0, height / 2.0),
            width,
            height,
        );
        let colour = self
            .emphasis(wire)
            .map_or(self.palette.border.as_str(), |(colour, _)| colour);
        self.rounded(plate, height / 2.0);
        context.set_fill_style_str(&self.palette.surface);
        context.fill();
        context.set_line_width(1.0);
        context.set_stroke_style_str(colour);
        context.stroke();
        let ink = if link.is_default {
            &self.palette.muted
        } else {
            &self.palette.text
        };
        context.set_fill_style_str(ink);
        context.set_text_align("center");
        context.set_text_baseline("middle");
        // Text that cannot be drawn leaves an empty plate; the inspector shows it all the same.
        let _ = context.fill_text(&text, middle.x, middle.y + 0.5);
    }

    /// Cards as plain boxes, for when they are too many or too small for elements.
    fn cards(&self, cards: &[u32]) {
        let selection = self.open.selection();
        let zoom = self.frame.view.zoom;
        for kind in KINDS {
            let colour = self.palette.kind(kind);
            self.context.set_fill_style_str(colour);
            for &card in cards {
                if self.open.diagram().cards[card as usize].kind == kind {
                    let rect = self.open.scene().cards()[card as usize];
                    let corner = self.screen(rect.min);
                    let size = Point::new(rect.width(), rect.height()) * zoom;
                    self.context
                        .fill_rect(corner.x, corner.y, size.x.max(1.5), size.y.max(1.5));
                }
            }
        }
        for &card in cards {
            let colour = match self.open.card_mark(card) {
                _ if selection.cards.contains(&card) => &self.palette.accent,
                Some(Severity::Error) => &self.palette.error,
                Some(Severity::Warning) => &self.palette.warning,
                _ => continue,
            };
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
    }

    fn reach(&self, reach: &Reach) {
        let start = self.screen(reach.start);
        let end = self.screen(reach.end);
        let bend = ((end.x - start.x).abs() * 0.5).clamp(24.0, 140.0);
        self.context.begin_path();
        self.context.move_to(start.x, start.y);
        self.context
            .bezier_curve_to(start.x + bend, start.y, end.x - bend, end.y, end.x, end.y);
        let refused = reach.refused.is_some();
        self.stroke(
            if refused {
                &self.palette.error
            } else {
                &self.palette.accent
            },
            2.0,
            true,
        );
        // Nothing painted later may inherit the dashes.
        let _ = self.context.set_line_dash(&js_sys::Array::new());
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

/// Space a label may take, in world units, on a wire that goes back or round.
const LABEL_ROOM: f64 = 120.0;

/// Every kind of card, so that each colour is set once.
const KINDS: [CardKind; 11] = [
    CardKind::Node(NodeKind::Start),
    CardKind::Node(NodeKind::Intent),
    CardKind::Node(NodeKind::Action),
    CardKind::Node(NodeKind::Condition),
    CardKind::Node(NodeKind::End),
    CardKind::Node(NodeKind::Fallback),
    CardKind::Node(NodeKind::Unknown),
    CardKind::State,
    CardKind::InitialState,
    CardKind::FallbackState,
    CardKind::FinalState,
];
