//! The lines of a text on a sheet that scrolls. Only those in view are elements; of very long
//! lines only the part in view.

use flow::editing::{Axis, ends_in_string, whole};
use flow::json::Span;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::SourceView;
use super::content::{Content, Lines, Mark};
use super::paint::{child, marks_of, part, place, put_number, put_text};
use crate::browser::{page, resize};
use crate::ui::desk::{Desk, desk};

/// The height of a line, in pixels, as the style sheet has it.
const LINE: f64 = 18.0;
/// Longer lines are shown in part. In bytes.
const LONG: u32 = 2_000;
/// The part of a long line starts at a multiple of this. In bytes.
const STEP: u32 = 64;
/// So much of a long line is shown before and after the part in view. In bytes.
const MARGIN: f64 = 200.0;

/// The sheet of one pane; copied freely.
#[derive(Clone, Copy)]
pub struct Sheet {
    desk: Desk,
    content: Content,
    /// What scrolls.
    pub scroller: NodeRef<html::Div>,
    text: NodeRef<html::Div>,
    gutter: NodeRef<html::Div>,
    scroll: RwSignal<(f64, f64)>,
    size: RwSignal<(f64, f64)>,
    /// The width of a character.
    character: RwSignal<f64>,
    painted: StoredValue<Painted>,
}

/// What the elements of the sheet show.
#[derive(Default)]
struct Painted {
    /// Grows when all elements are out of date.
    generation: u64,
    /// What each element shows: the generation, the line and the column it starts at.
    slots: Vec<Option<(u64, u32, u32)>>,
}

/// What is in view.
struct Frame {
    /// The lines before the first one in view.
    first: u32,
    /// How many lines are in view, at most.
    count: u32,
    /// The columns of long lines that are shown.
    from: u32,
    to: u32,
    rows: Axis,
    columns: Axis,
    left: f64,
    top: f64,
    selected: Option<(u32, u32)>,
}

impl Frame {
    /// Puts the elements of a line where it belongs; returns the column it is shown from.
    fn place_line(&self, lines: &Lines, line: u32, row: &HtmlElement, number: &HtmlElement) -> u32 {
        let y = self.rows.place(f64::from(line - 1), self.top);
        let span = lines.line(line);
        let start = if span.end - span.start > LONG {
            self.from
        } else {
            0
        };
        place(row, "top", y);
        place(number, "top", y);
        place(row, "left", self.columns.place(f64::from(start), self.left));
        start
    }
}

impl Sheet {
    /// A sheet that shows `content`.
    pub fn new(content: Content) -> Self {
        let sheet = Self {
            desk: desk(),
            content,
            scroller: NodeRef::new(),
            text: NodeRef::new(),
            gutter: NodeRef::new(),
            scroll: RwSignal::new((0.0, 0.0)),
            size: RwSignal::new((0.0, 0.0)),
            character: RwSignal::new(7.2),
            painted: StoredValue::new(Painted::default()),
        };
        Effect::new(move |_| {
            if let Some(scroller) = sheet.scroller.get() {
                resize::follow(&scroller, move |width, height| {
                    sheet.size.set((width, height));
                });
                sheet.measure();
            }
        });
        Effect::new(move |_| {
            content.lines.track();
            content.marks.track();
            content.selected.track();
            sheet
                .painted
                .update_value(|painted| painted.generation += 1);
            sheet.paint();
        });
        Effect::new(move |_| {
            sheet.scroll.track();
            sheet.size.track();
            sheet.character.track();
            sheet.paint();
        });
        let view = expect_context::<SourceView>();
        Effect::new(move |_| {
            // The first size says that there is something to scroll.
            if sheet.size.get().1 > 0.0
                && let Some(span) = view.asked.get()
            {
                view.asked.set(None);
                if let Some(span) = content.shown(span) {
                    sheet.reveal(span.start);
                }
            }
        });
        sheet
    }

    /// Asks how wide a character is; all of them are equally wide.
    fn measure(self) {
        const SAMPLE: &str = "0000000000000000000000000000000000000000";
        const COUNT: f64 = 40.0;
        let Some(text) = self.text.get_untracked() else {
            return;
        };
        let Ok(probe) = page::document().create_element("span") else {
            return;
        };
        probe.set_text_content(Some(SAMPLE));
        // A new element can be added to one that exists.
        let _ = text.append_child(&probe);
        let width = probe.get_bounding_client_rect().width() / COUNT;
        probe.remove();
        if width > 0.0 {
            self.character.set(width);
        }
    }

    fn rows(self, lines: &Lines) -> Axis {
        Axis {
            count: f64::from(lines.count()) + 1.0,
            unit: LINE,
            window: self.size.get_untracked().1,
        }
    }

    fn columns(self, lines: &Lines) -> Axis {
        Axis {
            count: f64::from(lines.widest) + 4.0,
            unit: self.character.get_untracked(),
            window: (self.size.get_untracked().0 - self.gutter_width(lines)).max(0.0),
        }
    }

    fn gutter_width(self, lines: &Lines) -> f64 {
        let digits = lines.count().max(100).ilog10() + 1;
        (f64::from(digits) * self.character.get_untracked() + 30.0).ceil()
    }

    /// The height, the width and the width of the gutter of the sheet, in pixels.
    fn extent(self) -> (f64, f64, f64) {
        self.size.track();
        self.character.track();
        self.content.lines.with(|lines| {
            let gutter = self.gutter_width(lines);
            let width = gutter + self.columns(lines).length();
            (self.rows(lines).length(), width, gutter)
        })
    }

    /// Brings a byte of the text into view.
    pub fn reveal(self, offset: u32) {
        let Some(scroller) = self.scroller.get_untracked() else {
            return;
        };
        self.content.lines.with_untracked(|lines| {
            let line = lines.line_at(offset);
            let row = f64::from(line - 1);
            let (left, top) = self.scroll.get_untracked();
            let rows = self.rows(lines);
            let first = rows.first(top);
            let room = rows.window / rows.unit;
            if row < first + 1.0 || row > first + room - 3.0 {
                // A little of what stands before it shows where it belongs.
                scroller.set_scroll_top(pixels(rows.scroll_to((row - room / 4.0).max(0.0))));
            }
            let columns = self.columns(lines);
            let column = f64::from(offset - lines.line(line).start);
            let first = columns.first(left);
            if column < first || column > first + columns.window / columns.unit - 8.0 {
                let before = (column - 8.0).max(0.0);
                scroller.set_scroll_left(pixels(columns.scroll_to(before)));
            }
        });
    }

    /// The byte at a place in the window.
    pub fn offset_at(self, x: f64, y: f64) -> Option<u32> {
        let rect = self.text.get_untracked()?.get_bounding_client_rect();
        let (left, top) = self.scroll.get_untracked();
        self.content.lines.with_untracked(|lines| {
            let row = self.rows(lines).at(y - rect.top(), top);
            let line = whole(row).saturating_add(1).min(lines.count());
            let span = lines.line(line);
            let column = whole(self.columns(lines).at(x - rect.left(), left));
            Some(span.start + column.min(span.end - span.start))
        })
    }

    fn paint(self) {
        let (Some(text), Some(gutter)) = (self.text.get_untracked(), self.gutter.get_untracked())
        else {
            return;
        };
        if self.size.get_untracked().1 == 0.0 {
            return;
        }
        self.content.lines.with_untracked(|lines| {
            self.content.marks.with_untracked(|marks| {
                let frame = self.frame(lines);
                self.painted.update_value(|painted| {
                    let pool = frame.count.max(index32(painted.slots.len()));
                    painted.slots.resize(pool as usize, None);
                    for line in frame.first + 1..=frame.first + pool {
                        let slot = (line % pool) as usize;
                        let (Some(row), Some(number)) = (child(&text, slot), child(&gutter, slot))
                        else {
                            return;
                        };
                        let is_shown = line <= lines.count() && line <= frame.first + frame.count;
                        row.set_hidden(!is_shown);
                        number.set_hidden(!is_shown);
                        let shown = is_shown.then(|| {
                            let start = frame.place_line(lines, line, &row, &number);
                            (painted.generation, line, start)
                        });
                        if let (Some((_, _, start)), true) = (shown, painted.slots[slot] != shown) {
                            let marks = marks_of(marks, lines.line(line));
                            self.put_line(&frame, lines, (line, start), &row, marks);
                            put_number(&number, line, marks);
                        }
                        painted.slots[slot] = shown;
                    }
                });
            });
        });
    }

    fn frame(self, lines: &Lines) -> Frame {
        let (left, top) = self.scroll.get_untracked();
        let rows = self.rows(lines);
        let columns = self.columns(lines);
        let from = whole(columns.first(left) - MARGIN) / STEP * STEP;
        let width = whole(columns.window / columns.unit + 2.0 * MARGIN);
        Frame {
            first: whole(rows.first(top)),
            count: whole(rows.window / rows.unit) + 3,
            from,
            to: from + width + STEP,
            rows,
            columns,
            left,
            top,
            selected: self.content.selected.get_untracked(),
        }
    }

    /// Makes a row show a line from a column on.
    fn put_line(
        self,
        frame: &Frame,
        lines: &Lines,
        (line, start): (u32, u32),
        row: &HtmlElement,
        marks: &[Mark],
    ) {
        let span = lines.line(line);
        let is_long = span.end - span.start > LONG;
        let shown = if is_long {
            part(lines, span, start, frame.to)
        } else {
            span
        };
        let is_inside = shown.start > span.start && self.is_inside_string(lines, shown.start, span);
        put_text(row, &lines.text, shown, is_inside, marks);
        let is_selected = frame
            .selected
            .is_some_and(|(first, last)| first <= line && line <= last);
        row.set_class_name(if is_selected {
            "source-line is-selected"
        } else {
            "source-line"
        });
    }

    /// Whether a byte of a line stands inside a string.
    fn is_inside_string(self, lines: &Lines, offset: u32, line: Span) -> bool {
        if self.content.edit.with_untracked(Option::is_some) {
            return ends_in_string(&lines.text[line.start as usize..offset as usize]);
        }
        // The document itself knows without reading the line from its start.
        let inside = self.desk.peek(|open| {
            let tree = open.document().tree();
            let value = tree.value(tree.innermost_at(offset)?);
            Some(value.is_string() && value.span().start < offset)
        });
        inside.flatten().unwrap_or(false)
    }

    /// The sheet, with what lies over its text. `name` names it and lets the keyboard scroll it,
    /// where nothing on it takes the focus.
    pub fn view(self, name: Option<&'static str>, over: AnyView) -> impl IntoView {
        let scrolled = move |_| {
            if let Some(scroller) = self.scroller.get_untracked() {
                let left = f64::from(scroller.scroll_left());
                self.scroll.set((left, f64::from(scroller.scroll_top())));
            }
        };
        let extent = Memo::new(move |_| self.extent());
        view! {
            <div
                class="source-scroll"
                node_ref=self.scroller
                role=name.map(|_| "group")
                aria-label=name
                tabindex=name.map(|_| "0")
                on:scroll=scrolled
            >
                <div
                    class="source-sheet"
                    style:height=move || format!("{}px", extent.get().0)
                    style:width=move || format!("{}px", extent.get().1)
                    style:--gutter=move || format!("{}px", extent.get().2)
                >
                    <div class="source-gutter" aria-hidden="true" node_ref=self.gutter></div>
                    <div class="source-text">
                        <div class="source-lines" aria-hidden="true" node_ref=self.text></div>
                        {over}
                    </div>
                </div>
            </div>
        }
    }
}

/// A size in pixels as the browser takes it.
fn pixels(size: f64) -> i32 {
    i32::try_from(whole(size)).unwrap_or(i32::MAX)
}

fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
