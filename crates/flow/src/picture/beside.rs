//! What people put beside a flow, as the canvas shows it: frames around groups, and notes.

use std::fmt::Write as _;

use super::svg::{Writer, escaped, short};
use super::width::{fitted, lines};
use crate::diagram::display;
use crate::geometry::Rect;

/// The size of the words in a note, and from line to line.
const SIZE: f64 = 13.0;
const LINE: f64 = 19.0;

impl Writer<'_> {
    /// The frame of a group with its name; behind everything.
    pub(super) fn frame(&mut self, area: Rect, label: &str) {
        let accent = &self.colours.accent;
        let words = fitted(&display(label), 12.0, area.width() - 36.0);
        let part = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"14\" fill=\"{accent}\" \
             fill-opacity=\"0.05\" stroke=\"{accent}\" stroke-opacity=\"0.4\"/><text x=\"{}\" y=\"{}\" \
             font-size=\"12\" font-weight=\"600\" fill=\"{accent}\">{}</text>\n",
            short(area.min.x),
            short(area.min.y),
            short(area.width()),
            short(area.height()),
            short(area.min.x + 18.0),
            short(area.min.y + 22.0),
            escaped(&words),
        );
        self.text.push_str(&part);
    }

    /// A note with as many of its lines as it has room for.
    pub(super) fn note(&mut self, area: Rect, text: &str) {
        let crate::picture::Colours {
            note,
            warning,
            text: ink,
            ..
        } = self.colours;
        let mut part = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{note}\" \
             stroke=\"{warning}\" stroke-opacity=\"0.3\"/>",
            short(area.min.x),
            short(area.min.y),
            short(area.width()),
            short(area.height()),
        );
        let mut top = area.min.y + 24.0;
        for line in lines(text, SIZE, area.width() - 24.0) {
            if top > area.max.y - 8.0 {
                break;
            }
            // Writing into a string does not fail.
            write!(
                part,
                "<text x=\"{}\" y=\"{}\" font-size=\"{SIZE}\" fill=\"{ink}\">{}</text>",
                short(area.min.x + 12.0),
                short(top),
                escaped(&display(&line)),
            )
            .unwrap_or_default();
            top += LINE;
        }
        part.push('\n');
        self.text.push_str(&part);
    }
}
