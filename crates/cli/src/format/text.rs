//! The report for people at a terminal.

use std::fmt::Write as _;

use flow::json::{Position, ReadError, Span};
use flow::problem::Severity;
use flow::report::{FileReport, Outcome, ReportedProblem, counted, visible};

use super::Source;
use super::excerpt::{excerpt, gutter};
use crate::check::Checked;
use crate::output::{ERROR, FAINT, FRAME, INFO, Paint, STRONG, Style, WARNING};

/// How many problems of one file are shown unless all are asked for.
const MOST_PER_FILE: usize = 25;
/// How wide running text is set.
const TEXT_WIDTH: usize = 96;

/// The report, with the source at each problem, ending with the summary.
pub(crate) fn write(checked: &Checked, all: bool, paint: Paint) -> String {
    let mut page = Page {
        out: String::new(),
        paint,
    };
    let most = if all { usize::MAX } else { MOST_PER_FILE };
    for (file, source) in checked.report.files.iter().zip(&checked.sources) {
        page.file(file, source.as_ref(), most);
    }
    let summary = checked.report.summary();
    let style = if checked.report.rejected() + checked.report.counts().errors > 0 {
        ERROR
    } else {
        STRONG
    };
    page.line(&paint.on(&summary, style));
    page.out
}

struct Page {
    out: String,
    paint: Paint,
}

impl Page {
    fn file(&mut self, file: &FileReport, source: Option<&Source>, most: usize) {
        match &file.outcome {
            Outcome::Checked(problems) => {
                let shown = worst(problems, most);
                for &problem in &shown {
                    self.problem(&file.path, problem, source);
                }
                self.rest(&file.path, problems.len() - shown.len(), "problem");
            }
            Outcome::Rejected(errors) => {
                for error in errors.iter().take(most) {
                    self.rejection(&file.path, error, source);
                }
                self.rest(&file.path, errors.len().saturating_sub(most), "mistake");
            }
        }
    }

    fn problem(&mut self, path: &str, problem: &ReportedProblem, source: Option<&Source>) {
        let style = style_of(problem.severity);
        let code = format!("{}[{}]", problem.severity.as_str(), problem.rule.code);
        let head = format!(
            "{} {}",
            self.paint.on(&code, style),
            self.paint.on(problem.rule.name, STRONG)
        );
        self.line(&head);
        let gutter = gutter(problem.start, problem.end);
        self.place(path, problem.start, gutter);
        if let Some(source) = source.filter(|_| problem.rule.shows_source()) {
            self.frame(gutter);
            let places = (problem.start, problem.end);
            let shown = excerpt(&source.text, problem.span, places, self.paint, style);
            self.out.push_str(&shown);
        }
        self.note(gutter, "", &problem.message);
        for related in &problem.related {
            let place = format!("{}:{}:{}", path, related.start.line, related.start.column);
            self.note(gutter, "see", &format!("{place} {}", related.message));
        }
        if let Some(label) = &problem.fix {
            self.note(gutter, "fix", label);
        }
        if let Some(accepted) = &problem.acknowledged {
            self.note(gutter, "acknowledged", &accepted.reason);
        }
        self.note(
            gutter,
            "help",
            &format!("flowdeck explain {}", problem.rule.code),
        );
        self.out.push('\n');
    }

    fn rejection(&mut self, path: &str, error: &ReadError, source: Option<&Source>) {
        let head = format!(
            "{} {}",
            self.paint.on("error:", ERROR),
            self.paint.on("this file was not checked", STRONG)
        );
        self.line(&head);
        let at = Position {
            line: error.line,
            column: error.column,
        };
        let gutter = gutter(at, at);
        self.place(path, at, gutter);
        // A mistake without a place of its own is about the file as a whole.
        let located = error.offset > 0 || !error.pointer.is_empty();
        if let Some(source) = source.filter(|_| located) {
            self.frame(gutter);
            let span = Span::new(error.offset, error.offset);
            let shown = excerpt(&source.text, span, (at, at), self.paint, ERROR);
            self.out.push_str(&shown);
        }
        self.note(gutter, "", &error.message);
        self.out.push('\n');
    }

    fn place(&mut self, path: &str, at: Position, gutter: usize) {
        let arrow = self.paint.on("-->", FRAME);
        let path = visible(path);
        writeln!(
            self.out,
            "{:gutter$}{arrow} {path}:{}:{}",
            "", at.line, at.column
        )
        .unwrap_or_default();
    }

    /// An empty line of the frame around the source.
    fn frame(&mut self, gutter: usize) {
        let bar = self.paint.on("|", FRAME);
        writeln!(self.out, "{:gutter$} {bar}", "").unwrap_or_default();
    }

    /// Running text below the source, wrapped, with a word before it that says what it is.
    fn note(&mut self, gutter: usize, label: &str, text: &str) {
        let mark = self.paint.on("=", FRAME);
        let text = visible(text);
        let label = if label.is_empty() {
            String::new()
        } else {
            format!("{label}: ")
        };
        let mut prefix = format!("{:gutter$} {mark} {}", "", self.paint.on(&label, FAINT));
        for line in wrapped(&text, TEXT_WIDTH) {
            writeln!(self.out, "{prefix}{line}").unwrap_or_default();
            prefix = " ".repeat(gutter + 3);
        }
    }

    fn rest(&mut self, path: &str, count: usize, noun: &str) {
        if count > 0 {
            let text = format!(
                "… and {} in {}; --all shows them.\n",
                counted(count, &format!("more {noun}")),
                visible(path)
            );
            let text = self.paint.on(&text, FAINT);
            self.line(&text);
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// The worst `most` problems, in order of place.
fn worst(problems: &[ReportedProblem], most: usize) -> Vec<&ReportedProblem> {
    if problems.len() <= most {
        return problems.iter().collect();
    }
    let mut order: Vec<usize> = (0..problems.len()).collect();
    order.sort_by_key(|&index| problems[index].severity);
    order.truncate(most);
    order.sort_unstable();
    order.into_iter().map(|index| &problems[index]).collect()
}

fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => INFO,
    }
}

/// `text` in lines of at most `width` characters where its words allow.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
    }
    lines
}
