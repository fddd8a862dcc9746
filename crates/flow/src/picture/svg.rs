//! A picture as SVG: the cards, wires and labels of the canvas where they stand there.

use std::fmt::Write as _;

use super::width::{fitted, text_width};
use super::{Colours, Mark, Picture, glyph, words_on};
use crate::diagram::{Card, Link, display};
use crate::geometry::{Point, Rect};
use crate::scene::{Direction, Wire};

/// The fonts of the page.
const FONT: &str = "ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif";
/// Space a label may take on a wire that goes back or round.
const LABEL_ROOM: f64 = 120.0;

/// Writes a picture as SVG. O(cards + wires).
pub fn svg(picture: &Picture<'_>, colours: &Colours) -> String {
    let bounds = picture.bounds();
    let (width, height) = (short(bounds.width()), short(bounds.height()));
    let mut out = Writer {
        text: String::new(),
        colours,
    };
    out.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{} {} {width} {height}\" role=\"img\" font-family=\"{FONT}\">\n<title>{}</title>\n",
        short(bounds.min.x),
        short(bounds.min.y),
        escaped(&display(picture.title)),
    ));
    out.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        short(bounds.min.x),
        short(bounds.min.y),
        colours.canvas,
    ));
    for (area, label) in &picture.frames {
        out.frame(*area, label);
    }
    let direction = picture.diagram.direction;
    for ((link, wire), index) in picture.wires().zip(&picture.wires) {
        out.wire(link, wire, direction, mark_of(&picture.wire_marks, *index));
    }
    for (_, card, rect) in picture.cards() {
        out.card(card, rect);
    }
    for &card in picture.cards.keys() {
        if let Some(mark) = mark_of(&picture.card_marks, card) {
            out.mark(mark, picture.scene.cards()[card as usize]);
        }
    }
    for (link, wire) in picture.wires() {
        out.label(link, wire);
    }
    for (area, text) in &picture.notes {
        out.note(*area, text);
    }
    out.text.push_str("</svg>\n");
    out.text
}

pub(super) struct Writer<'a> {
    pub(super) text: String,
    pub(super) colours: &'a Colours,
}

impl Writer<'_> {
    fn put(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing into a string does not fail.
        self.text.write_fmt(part).unwrap_or_default();
    }

    fn wire(&mut self, link: &Link, wire: &Wire, direction: Direction, mark: Option<Mark>) {
        let colour = match mark {
            Some(mark) => mark.colour,
            None if link.is_default => &self.colours.wire_default,
            None => &self.colours.wire,
        };
        let width = if mark.is_some() { "2.5" } else { "1.5" };
        let dashes = if link.is_dashed() {
            " stroke-dasharray=\"6 4\""
        } else {
            ""
        };
        let start = wire.start();
        let mut path = format!("M{} {}", short(start.x), short(start.y));
        for curve in wire.points()[1..].chunks_exact(3) {
            let [a, b, c] = [curve[0], curve[1], curve[2]].map(pair);
            // Writing into a string does not fail.
            write!(path, "C{a} {b} {c}").unwrap_or_default();
        }
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}/>\n"
        ));
        let end = wire.end();
        // How far along the wire, and how far beside it.
        let at = |along: f64, beside: f64| match direction {
            Direction::Right => pair(Point::new(end.x + along, end.y + beside)),
            Direction::Down => pair(Point::new(end.x + beside, end.y + along)),
        };
        self.put(format_args!(
            "<path d=\"M{}L{} {}z\" fill=\"{colour}\"/>\n",
            at(0.5, 0.0),
            at(-7.8, -4.5),
            at(-7.8, 4.5),
        ));
    }

    fn card(&mut self, card: &Card, rect: Rect) {
        let Colours {
            card: surface,
            border,
            text,
            muted,
            ..
        } = self.colours;
        let kind = self.colours.kind(card.kind);
        let (x, y) = (rect.min.x, rect.min.y);
        self.put(format_args!(
            "<g transform=\"translate({} {})\"><rect width=\"{}\" height=\"{}\" rx=\"10\" \
             fill=\"{surface}\" stroke=\"{border}\"/><rect x=\"10\" y=\"18\" width=\"28\" height=\"28\" \
             rx=\"7\" fill=\"{kind}\" fill-opacity=\"0.14\"/><path transform=\"translate(16 24)\" \
             d=\"{}\" fill=\"none\" stroke=\"{kind}\" stroke-width=\"1.4\" stroke-linecap=\"round\" \
             stroke-linejoin=\"round\"/>",
            short(x),
            short(y),
            short(rect.width()),
            short(rect.height()),
            glyph(card.kind),
        ));
        let room = rect.width() - 60.0;
        let mut line = |top: f64, size: f64, weight: u32, colour: &str, words: &str| {
            self.put(format_args!(
                "<text x=\"48\" y=\"{top}\" font-size=\"{size}\" font-weight=\"{weight}\" \
                 fill=\"{colour}\">{}</text>",
                escaped(&fitted(words, size, room)),
            ));
        };
        let top = if card.line.is_empty() { 29.0 } else { 21.0 };
        line(top, 10.5, 600, kind, &card.type_label);
        line(top + 16.0, 13.0, 600, text, &card.label);
        if !card.line.is_empty() {
            line(top + 31.0, 11.5, 400, muted, &card.line);
        }
        self.put(format_args!("</g>\n"));
    }

    /// A frame around a card that is marked, with the sign on a plate at its corner.
    fn mark(&mut self, mark: Mark, rect: Rect) {
        let Mark { colour, sign } = mark;
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"11.5\" fill=\"none\" stroke=\"{colour}\" \
             stroke-width=\"3\"/><circle cx=\"{}\" cy=\"{}\" r=\"10\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\" \
             font-size=\"14\" font-weight=\"700\" fill=\"{}\" text-anchor=\"middle\">{}</text>\n",
            short(rect.min.x - 1.5),
            short(rect.min.y - 1.5),
            short(rect.width() + 3.0),
            short(rect.height() + 3.0),
            short(rect.max.x),
            short(rect.min.y),
            short(rect.max.x),
            short(rect.min.y + 5.0),
            self.colours.card,
            escaped(sign),
        ));
    }

    /// The number and condition of a branch, on a small plate.
    fn label(&mut self, link: &Link, wire: &Wire) {
        const SIZE: f64 = 11.0;
        let words = words_on(link);
        if words.is_empty() {
            return;
        }
        // The plate must fit between the cards.
        let room = (wire.end().x - wire.start().x).max(LABEL_ROOM);
        let words = fitted(&words, SIZE, (room - 12.0).clamp(40.0, 220.0));
        let (width, height) = (text_width(&words, SIZE) + 14.0, 18.0);
        let middle = wire.label_at();
        let Colours {
            canvas,
            border,
            text,
            muted,
            ..
        } = self.colours;
        let ink = if link.is_default { muted } else { text };
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\" rx=\"9\" fill=\"{canvas}\" \
             stroke=\"{border}\"/><text x=\"{}\" y=\"{}\" font-size=\"{SIZE}\" font-weight=\"500\" \
             fill=\"{ink}\" text-anchor=\"middle\" xml:space=\"preserve\">{}</text>\n",
            short(middle.x - width / 2.0),
            short(middle.y - height / 2.0),
            short(width),
            short(middle.x),
            short(middle.y + 4.0),
            escaped(&words),
        ));
    }
}

fn mark_of(marks: &[Option<Mark>], index: u32) -> Option<Mark> {
    marks.get(index as usize).copied().flatten()
}

/// A number with two places at most.
pub(crate) fn short(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}

fn pair(point: Point) -> String {
    format!("{} {}", short(point.x), short(point.y))
}

/// A text as XML takes it: nothing in it is read as anything but text.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // What XML has no way to spell.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                escaped.push('\u{fffd}');
            }
            other => escaped.push(other),
        }
    }
    escaped
}
