//! A comparison as one HTML page that stands alone: both pictures with what differs marked, then what
//! differs. No scripts, nothing fetched, everything from a file escaped.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::words::{
    MOST_LINES, class, headline, line, marks_in_words, place, remarks, shown_fields, sign, values,
};
use super::{
    Comparison, Entry, Field, FileComparison, Marks, SetComparison, TextDifference, overlay,
};
use crate::document::Document;
use crate::open_document::OpenDocument;
use crate::picture::{Colours, Mark, Picture, escaped, svg};
use crate::report::{counted, visible};
use crate::session::Positions;

/// The style sheet: that of reports, and what only comparisons have. The page names its checksum and
/// permits no other style.
const STYLE: &str = concat!(
    include_str!("../report/html/page.css"),
    include_str!("page.css")
);
/// The most cards that are drawn of one file: a picture of more is too large to be looked at.
const MOST_CARDS: usize = 600;

/// Writes a comparison as a page.
///
/// # Complexity
/// O(entries), and the layout of every flow that has up to 600 cards and differs.
pub fn html(set: &SetComparison<'_>) -> String {
    let mut out = head();
    let headline = if set.differs() {
        "What differs"
    } else {
        "Nothing differs"
    };
    put(
        &mut out,
        format_args!(
            "<header>\n<p class=\"brand\">Flowdeck comparison</p>\n<h1>{headline}</h1>\n<p \
             class=\"summary\"><bdi>{}</bdi> → <bdi>{}</bdi></p>\n<p class=\"summary\">{}</p>\n</header>\n",
            escape(&set.old),
            escape(&set.new),
            escape(&set.summary()),
        ),
    );
    let files = || {
        set.files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.differs())
    };
    if files().count() > 1 {
        out.push_str(
            "<section><table><thead><tr><th>File</th><th>What differs</th></tr></thead><tbody>\n",
        );
        for (index, file) in files() {
            let path = escape(&file.path());
            let path = if file.comparison.is_some() {
                format!("<a href=\"#file-{index}\">{path}</a>")
            } else {
                path
            };
            put(
                &mut out,
                format_args!("<tr><td>{path}</td><td>{}</td></tr>\n", file.verdict()),
            );
        }
        out.push_str("</tbody></table></section>\n");
    }
    for (index, file) in files() {
        write_file(&mut out, index, file);
    }
    out.push_str("</main></body></html>\n");
    out
}

/// Up to the start of the content. The policy permits the style sheet alone.
fn head() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Flowdeck comparison</title>\n<style>{STYLE}</style></head>\n<body><main>\n"
    )
}

fn put(out: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing into a string does not fail.
    out.write_fmt(part).unwrap_or_default();
}

fn escape(text: &str) -> String {
    escaped(&visible(text))
}

fn write_file(out: &mut String, index: usize, file: &FileComparison<'_>) {
    let (Some(found), Some(old), Some(new)) = (&file.comparison, file.old, file.new) else {
        return;
    };
    put(
        out,
        format_args!(
            "<section class=\"file\" id=\"file-{index}\"><h2>{}</h2>\n<p class=\"what\">{}</p>\n",
            escape(&file.path()),
            file.verdict()
        ),
    );
    write_pictures(out, found, old.document, new.document);
    out.push_str("<ol class=\"changes\">\n");
    for entry in &found.entries {
        write_entry(out, entry);
    }
    out.push_str("</ol>\n");
    for remark in remarks(found) {
        put(
            out,
            format_args!("<p class=\"more\">{}</p>\n", escape(&remark)),
        );
    }
    out.push_str("</section>\n");
}

/// Both pictures, each with what is another thing in the other one marked.
fn write_pictures(out: &mut String, found: &Comparison, old: &Document, new: &Document) {
    let open = |document: &Document| OpenDocument::unchecked(document.clone(), Positions::new());
    let count = |document: &Document| {
        let nodes = document.dialog_flow().map(|flow| flow.nodes.len());
        let nodes = nodes.or(document.state_flow().map(|flow| flow.states.len()));
        nodes
            .or(document.chart().map(|chart| chart.nodes.len()))
            .unwrap_or_default()
    };
    let cards = count(old).max(count(new));
    if cards == 0 {
        return;
    }
    if cards > MOST_CARDS {
        put(
            out,
            format_args!(
                "<p class=\"more\">It has {cards} nodes, too many for a picture here.</p>\n"
            ),
        );
        return;
    }
    let (old, new) = (open(old), open(new));
    let marks = overlay(found, old.diagram(), new.diagram());
    out.push_str("<div class=\"pictures\">\n");
    for (title, open, marks) in [("Before", &old, &marks.old), ("After", &new, &marks.new)] {
        let Some(picture) = Picture::whole(open) else {
            continue;
        };
        let picture = picture.marked(of(&marks.cards), of(&marks.wires));
        put(
            out,
            format_args!(
                "<div><h3>{title}</h3><figure tabindex=\"0\" role=\"group\" aria-label=\"{title}\">\n{}</figure></div>\n",
                svg(&picture, &Colours::of_the_page())
            ),
        );
    }
    out.push_str("</div>\n");
    let legend = Marks::ALL.into_iter().map(|(mark, word)| {
        let word = if word == "retargeted" {
            "leads elsewhere"
        } else {
            word
        };
        format!(
            "<span class=\"{}\">{} {word}</span>",
            class(mark),
            sign(mark)
        )
    });
    let legend: Vec<String> = legend.collect();
    put(
        out,
        format_args!("<p class=\"legend\">{}</p>\n", legend.join(" ")),
    );
}

fn of(marks: &[Marks]) -> Vec<Option<Mark>> {
    let mark = |marks: &Marks| {
        let colour = match class(*marks) {
            "added" => "var(--success, #1c7a43)",
            "removed" => "var(--error, #c62a35)",
            "changed" => "var(--warning, #9a5b00)",
            "retargeted" => "var(--accent, #3b55d9)",
            _ => "var(--info, #2b6396)",
        };
        let sign = sign(*marks);
        (!marks.is_same()).then_some(Mark { colour, sign })
    };
    marks.iter().map(mark).collect()
}

fn write_entry(out: &mut String, entry: &Entry) {
    put(
        out,
        format_args!(
            "<li class=\"{}\"><p><b>{} {}</b> <span class=\"more\">{}</span></p>\n",
            class(entry.marks),
            sign(entry.marks),
            escape(&headline(entry)),
            marks_in_words(entry),
        ),
    );
    if let Some(place) = place(entry) {
        put(
            out,
            format_args!("<p class=\"more\">{}</p>\n", escape(&place)),
        );
    }
    let (fields, left) = shown_fields(entry);
    if !fields.is_empty() {
        out.push_str("<dl>\n");
        for field in fields {
            write_field(out, field);
        }
        out.push_str("</dl>\n");
    }
    if left > 0 {
        put(
            out,
            format_args!(
                "<p class=\"more\">and {} more</p>\n",
                counted(left, "field")
            ),
        );
    }
    out.push_str("</li>\n");
}

fn write_field(out: &mut String, field: &Field) {
    put(out, format_args!("<dt>{}</dt><dd>", escape(&field.label)));
    if let Some(lines) = &field.lines {
        write_lines(out, lines);
    } else {
        let (before, after) = values(field);
        if let Some(before) = before {
            put(out, format_args!("<del>{}</del> ", escape(&before)));
        }
        if let Some(after) = after {
            put(out, format_args!("<ins>{}</ins>", escape(&after)));
        }
    }
    out.push_str("</dd>\n");
}

fn write_lines(out: &mut String, lines: &TextDifference) {
    out.push_str("<pre tabindex=\"0\">");
    let mut left = MOST_LINES;
    for hunk in &lines.hunks {
        put(out, format_args!("<i>line {}</i>\n", hunk.new));
        for own in hunk.lines.iter().take(left) {
            let (sign, text) = line(own);
            let tag = match sign {
                "-" => "del",
                "+" => "ins",
                _ => "span",
            };
            put(
                out,
                format_args!("<{tag}>{sign} {}</{tag}>\n", escape(text)),
            );
        }
        left = left.saturating_sub(hunk.lines.len());
        if left == 0 {
            out.push_str("<i>and more lines further down</i>\n");
            break;
        }
    }
    out.push_str("</pre>");
}
