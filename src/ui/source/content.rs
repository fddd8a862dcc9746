//! What the source pane shows: the text, where its lines are, what is marked in it.

use std::sync::Arc;

use flow::editing::{carried, difference};
use flow::json::{LineIndex, Span, TextEdit};
use flow::problem::Severity;
use leptos::prelude::*;

use super::draft::{Drafts, Standing};
use super::span_of;
use crate::ui::desk::Desk;

/// Something wrong at a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, inside one line.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// A sentence.
    pub message: String,
}

/// A text with the places of its lines.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The text.
    pub text: Arc<str>,
    /// Where its lines are.
    pub index: Arc<LineIndex>,
    /// An upper bound of the columns of its longest line, in bytes.
    pub widest: u32,
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.index, &other.index)
    }
}

impl Lines {
    fn new(text: Arc<str>) -> Self {
        let index = LineIndex::new(&text);
        let count = u32::try_from(index.line_count()).unwrap_or(u32::MAX);
        let length = |line: u32| {
            let span = index.line_span(&text, line);
            span.end - span.start
        };
        let widest = (1..=count).map(length).max().unwrap_or(0);
        Self {
            text,
            index: Arc::new(index),
            widest,
        }
    }

    /// How many lines there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.index.line_count()).unwrap_or(u32::MAX)
    }

    /// The bytes of a line, from 1.
    pub fn line(&self, line: u32) -> Span {
        self.index.line_span(&self.text, line)
    }

    /// The line a byte stands in, from 1.
    pub fn line_at(&self, offset: u32) -> u32 {
        self.index.position(&self.text, offset).line
    }
}

/// What is shown; copied freely.
#[derive(Clone, Copy)]
pub struct Content {
    /// The text: of the draft where there is one, else of the document.
    pub lines: Memo<Lines>,
    /// What is marked, by place.
    pub marks: Memo<Arc<Vec<Mark>>>,
    /// The first and the last line of what is selected, from 1.
    pub selected: Memo<Option<(u32, u32)>>,
    /// How the draft differs from the document.
    pub edit: Memo<Option<TextEdit>>,
}

impl Content {
    /// Follows the shown document and its draft.
    pub fn new(desk: Desk) -> Self {
        let drafts = expect_context::<Drafts>();
        let document = Memo::new(move |_| {
            let text = desk.read(|open| open.document().tree().shared_text());
            text.unwrap_or_else(|| Arc::from(""))
        });
        let draft = Memo::new(move |_| drafts.text(desk.active.get()?));
        let lines = Memo::new(move |_| Lines::new(draft.get().unwrap_or_else(|| document.get())));
        let edit = Memo::new(move |_| {
            let draft = draft.get()?;
            document.with(|document| difference(document, &draft))
        });
        let marks = Memo::new(move |_| {
            let lines = lines.get();
            let mut marks = edit.with(|edit| problem_marks(desk, &lines, edit.as_ref()));
            if let Some(Standing::Mistaken(mistakes)) =
                desk.active.get().and_then(|id| drafts.standing(id))
            {
                marks.extend(mistakes.iter().map(|mistake| Mark {
                    span: Span::new(mistake.offset, mistake.offset + 1),
                    severity: Severity::Error,
                    message: mistake.message.clone(),
                }));
                marks.sort_by_key(|mark| mark.span);
            }
            Arc::new(marks)
        });
        let selected = Memo::new(move |_| {
            let span = desk.read_selected(|open| span_of(open, open.selection().single()?));
            let span = edit.with(|edit| shown(span.flatten()?, edit.as_ref()))?;
            lines.with(|lines| Some((lines.line_at(span.start), lines.line_at(span.end))))
        });
        Self {
            lines,
            marks,
            selected,
            edit,
        }
    }

    /// Where a span of the document stands in the text that is shown.
    pub fn shown(self, span: Span) -> Option<Span> {
        self.edit.with_untracked(|edit| shown(span, edit.as_ref()))
    }
}

/// Where a span of the document stands in a draft.
fn shown(span: Span, edit: Option<&TextEdit>) -> Option<Span> {
    match edit {
        None => Some(span),
        Some(edit) if span.start <= edit.span.start && edit.span.end <= span.end => {
            // What is edited inside it makes it longer or shorter.
            let end = carried(Span::new(span.end, span.end), edit)?.end;
            Some(Span::new(span.start, end))
        }
        Some(edit) => carried(span, edit),
    }
}

/// The problems of the document as marks, each inside its first line.
fn problem_marks(desk: Desk, lines: &Lines, edit: Option<&TextEdit>) -> Vec<Mark> {
    let marks = desk.read(|open| {
        let mut marks: Vec<Mark> = open
            .problems()
            .iter()
            .filter_map(|problem| {
                let span = shown(problem.span, edit)?;
                let line = lines.line(lines.line_at(span.start));
                // All of an object underlined would hide what is wrong inside it.
                let is_whole = matches!(
                    lines.text.as_bytes().get(span.start as usize),
                    Some(b'{' | b'[')
                );
                let end = if is_whole { span.start + 1 } else { span.end };
                Some(Mark {
                    span: Span::new(span.start, end.min(line.end).max(span.start)),
                    severity: problem.severity,
                    message: format!("{} {}", problem.rule.code, problem.message),
                })
            })
            .collect();
        marks.sort_by_key(|mark| mark.span);
        marks
    });
    marks.unwrap_or_default()
}
