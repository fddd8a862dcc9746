//! One file on the page: what was reviewed, its picture, and its problems by severity.

use std::fmt::Write as _;

use super::parts::{MESSAGE, NAME, Tone, shown, verdict};
use crate::problem::{Acknowledged, Severity};
use crate::report::words::{by_and_at, grouped, readable_time};
use crate::report::{Content, Drawing, FileReport, MAX_CARDS, Outcome, ReportedProblem, counted};

/// How many problems of one file are listed.
const MOST_PROBLEMS: usize = 5_000;
/// How many ids of a problem are listed.
const MOST_IDS: usize = 12;
/// How many places that explain a problem are listed.
const MOST_RELATED: usize = 20;
/// A picture that is wider or higher than this, in pixels, is small where it fits the page, and can
/// be had in its full size.
const FITTING: (f64, f64) = (1_300.0, 1_600.0);
/// Lists that are longer than this are laid out as they come into view.
const MANY: usize = 200;

/// The section of the file with this number. Settings that `differ` are told for each file; `room`
/// is what is left for pictures.
pub(super) fn write(
    out: &mut String,
    number: usize,
    file: &FileReport,
    differ: bool,
    room: &mut usize,
) {
    let what: Vec<String> = [
        file.kind_label().to_owned(),
        file.inventory_sentence(),
        file.content
            .as_ref()
            .map_or_else(String::new, Content::size),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    write!(
        out,
        "<section class=\"file\" id=\"file-{number}\">\n<div class=\"file-head\"><h2><span \
         class=\"file-number\">{number}.</span> <bdi>{}</bdi></h2>{}</div>\n<p \
         class=\"what\">{}</p>\n",
        shown(&file.path, NAME),
        verdict(file),
        what.join(" \u{b7} "),
    )
    .unwrap_or_default();
    if let Some(content) = &file.content {
        let sha256 = &content.sha256;
        writeln!(out, "<p class=\"what\">SHA-256 <code>{sha256}</code></p>").unwrap_or_default();
    }
    if let Some(settings) = file.settings.as_ref().filter(|_| differ) {
        let settings = shown(settings, MESSAGE);
        writeln!(out, "<p class=\"what\">Severities: {settings}</p>").unwrap_or_default();
    }
    write_picture(out, number, file, room);
    match &file.outcome {
        Outcome::Checked(problems) => write_groups(out, problems),
        Outcome::Rejected(errors) => {
            out.push_str("<ol class=\"problems\">\n");
            for error in errors {
                writeln!(
                    out,
                    "<li class=\"error\"><p class=\"title\"><b>Could not be read</b> <span \
                     class=\"place\">line {}, column {}</span></p><p class=\"message\"><bdi>{}</bdi>\
                     </p></li>",
                    error.line,
                    error.column,
                    shown(&error.message, MESSAGE)
                )
                .unwrap_or_default();
            }
            out.push_str("</ol>\n");
        }
    }
    out.push_str("</section>\n");
}

fn write_picture(out: &mut String, number: usize, file: &FileReport, room: &mut usize) {
    let why_not = match &file.drawing {
        None => return,
        Some(Drawing::TooLarge { cards }) => format!(
            "There is no picture: the graph has {} cards, and a picture of more than {MAX_CARDS} \
             would be too small to read.",
            grouped(*cards)
        ),
        Some(Drawing::Drawn(drawn)) if drawn.weight() > *room => {
            "There is no picture: those of the files before are as much as a page should hold."
                .to_owned()
        }
        Some(Drawing::Drawn(drawn)) => {
            *room -= drawn.weight();
            let (width, height) = drawn.size();
            let class = if width > FITTING.0 || height > FITTING.1 {
                writeln!(
                    out,
                    "<input type=\"checkbox\" class=\"full\" id=\"full-{number}\"><label \
                     class=\"full-label\" for=\"full-{number}\">Show the picture in full size</label>"
                )
                .unwrap_or_default();
                " tabindex=\"0\" role=\"group\" aria-label=\"Picture of the flow\""
            } else {
                ""
            };
            let picture = file.picture().unwrap_or_default();
            write!(out, "<figure{class}>\n{picture}</figure>\n").unwrap_or_default();
            return;
        }
    };
    writeln!(out, "<p class=\"remark\">{why_not}</p>").unwrap_or_default();
}

/// The problems by severity; those that were acknowledged come last, but for errors.
fn write_groups(out: &mut String, problems: &[ReportedProblem]) {
    if problems.is_empty() {
        out.push_str("<p class=\"remark\">Every rule that applies to this file is content.</p>\n");
        return;
    }
    let is_open = |problem: &&ReportedProblem| {
        problem.severity == Severity::Error || problem.acknowledged.is_none()
    };
    let of = |severity: Severity| {
        let of_severity = move |problem: &&ReportedProblem| problem.severity == severity;
        let open = problems.iter().filter(is_open).filter(of_severity);
        open.collect::<Vec<_>>()
    };
    let mut room = MOST_PROBLEMS;
    let mut group = |heading: &str, tone: Tone, problems: &[&ReportedProblem]| {
        if problems.is_empty() {
            return;
        }
        write!(
            out,
            "<h3 class=\"{}\">{}{heading} ({})</h3>\n<ol class=\"problems{}\">\n",
            tone.class(),
            tone.sign(),
            grouped(problems.len()),
            if problems.len() > MANY { " many" } else { "" },
        )
        .unwrap_or_default();
        let listed = problems.len().min(room);
        for problem in &problems[..listed] {
            write_problem(out, problem, tone);
        }
        out.push_str("</ol>\n");
        room -= listed;
        let more = problems.len() - listed;
        if more > 0 {
            writeln!(
                out,
                "<p class=\"remark\">And {} that a page cannot hold; the JSON and CSV reports have \
                 all of them.</p>",
                counted(more, "more problem")
            )
            .unwrap_or_default();
        }
    };
    group("Errors", Tone::Error, &of(Severity::Error));
    group("Warnings", Tone::Warning, &of(Severity::Warning));
    group("Infos", Tone::Info, &of(Severity::Info));
    let seen: Vec<&ReportedProblem> = problems.iter().filter(|it| !is_open(it)).collect();
    group("Acknowledged", Tone::Seen, &seen);
}

fn write_problem(out: &mut String, problem: &ReportedProblem, tone: Tone) {
    // Elsewhere the heading says it.
    let severity = match tone {
        Tone::Seen => format!(" {}", problem.severity.as_str()),
        _ => String::new(),
    };
    write!(
        out,
        "<li class=\"{}\"><p class=\"title\"><b>{}</b> <span class=\"rule-name\">{}</span>{severity}",
        tone.class(),
        problem.rule.code,
        problem.rule.name,
    )
    .unwrap_or_default();
    for id in problem.ids.iter().take(MOST_IDS) {
        write!(out, " <code><bdi>{}</bdi></code>", shown(id, NAME)).unwrap_or_default();
    }
    if problem.ids.len() > MOST_IDS {
        let more = problem.ids.len() - MOST_IDS;
        write!(out, " <span>and {more} more</span>").unwrap_or_default();
    }
    writeln!(
        out,
        " <span class=\"place\"><bdi class=\"mono\">{}</bdi> line {}, column {}</span></p>\n<p \
         class=\"message\"><bdi>{}</bdi></p>",
        shown(&problem.pointer, NAME),
        problem.start.line,
        problem.start.column,
        shown(&problem.message, MESSAGE)
    )
    .unwrap_or_default();
    for related in problem.related.iter().take(MOST_RELATED) {
        writeln!(
            out,
            "<p class=\"more\">See line {}, column {}: <bdi>{}</bdi></p>",
            related.start.line,
            related.start.column,
            shown(&related.message, MESSAGE)
        )
        .unwrap_or_default();
    }
    if problem.related.len() > MOST_RELATED {
        let more = counted(problem.related.len() - MOST_RELATED, "more place");
        writeln!(out, "<p class=\"more\">And {more}.</p>").unwrap_or_default();
    }
    if let Some(label) = &problem.fix {
        let label = shown(label, MESSAGE);
        writeln!(out, "<p class=\"more\">Fix: <bdi>{label}</bdi></p>").unwrap_or_default();
    }
    if let Some(accepted) = &problem.acknowledged {
        write_accepted(out, accepted);
    }
    out.push_str("</li>\n");
}

fn write_accepted(out: &mut String, accepted: &Acknowledged) {
    let who = by_and_at(&accepted.by, &readable_time(&accepted.at));
    let who = match shown(&who, NAME) {
        who if who.is_empty() => who,
        who => format!("<bdi>{who}</bdi>"),
    };
    writeln!(
        out,
        "<p class=\"accepted\"><b>Acknowledged</b>{who}: <bdi>{}</bdi></p>",
        shown(&accepted.reason, MESSAGE)
    )
    .unwrap_or_default();
}
