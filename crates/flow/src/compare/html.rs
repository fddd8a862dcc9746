//! A comparison as one HTML page that stands alone: both pictures with what differs marked, then what
//! differs. No scripts, nothing fetched, everything from a file escaped.

use std::fmt::Write as _;

use super::text::summary;
use super::words::{
    MOST_LINES, class, field_value, headline, line, marks_in_words, place, remarks, shown_fields,
    sign,
};
use super::{
    Comparison, Entry, Field, FileComparison, Marks, SetComparison, TextDifference, overlay,
};
use crate::document::Document;
use crate::open_document::OpenDocument;
use crate::picture::{Colours, Mark, Picture, escaped, svg};
use crate::report::{counted, visible};
use crate::session::Positions;

/// The most cards that are drawn of one file: a picture of more is too large to be looked at.
const MOST_CARDS: usize = 600;

/// Writes a comparison as a page.
///
/// # Complexity
/// O(entries), and the layout of every flow that has up to 600 cards and differs.
pub fn html(set: &SetComparison<'_>) -> String {
    let mut out = String::from(HEAD);
    put(
        &mut out,
        format_args!(
            "<h1>Flowdeck comparison</h1>\n<p class=\"summary\"><bdi>{}</bdi> → <bdi>{}</bdi></p>\n<p>{}</p>\n",
            escape(&set.old),
            escape(&set.new),
            escape(&summary(set)),
        ),
    );
    let files = || {
        set.files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.differs())
    };
    if files().count() > 1 {
        out.push_str("<table><thead><tr><th>File</th><th>What differs</th></tr></thead><tbody>\n");
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
        out.push_str("</tbody></table>\n");
    }
    for (index, file) in files() {
        write_file(&mut out, index, file);
    }
    out.push_str("</main></body></html>\n");
    out
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
            "<section id=\"file-{index}\"><h2>{}</h2>\n<p class=\"faint\">{}</p>\n",
            escape(&file.path()),
            file.verdict()
        ),
    );
    write_pictures(out, found, old.document, new.document);
    out.push_str("<ol>\n");
    for entry in &found.entries {
        write_entry(out, entry);
    }
    out.push_str("</ol>\n");
    for remark in remarks(found) {
        put(
            out,
            format_args!("<p class=\"faint\">{}</p>\n", escape(&remark)),
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
                "<p class=\"faint\">It has {cards} nodes, too many for a picture here.</p>\n"
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
                "<figure><figcaption>{title}</figcaption><div class=\"picture\" tabindex=\"0\" role=\"region\" \
                 aria-label=\"{title}\">\n{}</div></figure>\n",
                svg(&picture, &Colours::light())
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
            "added" => "#1b6e3c",
            "removed" => "#b3261e",
            "changed" => "#8a5a00",
            "retargeted" => "#6b3fa0",
            _ => "#0b5cad",
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
            "<li class=\"{}\"><p><b>{} {}</b> <span class=\"faint\">{}</span></p>\n",
            class(entry.marks),
            sign(entry.marks),
            escape(&headline(entry)),
            marks_in_words(entry),
        ),
    );
    if let Some(place) = place(entry) {
        put(
            out,
            format_args!("<p class=\"faint\">{}</p>\n", escape(&place)),
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
                "<p class=\"faint\">and {} more</p>\n",
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
        if let Some(before) = &field.before {
            put(
                out,
                format_args!("<del>{}</del> ", escape(&field_value(before))),
            );
        }
        if let Some(after) = &field.after {
            put(
                out,
                format_args!("<ins>{}</ins>", escape(&field_value(after))),
            );
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

/// Up to the start of the content. The policy forbids everything but the page's own style sheet.
const HEAD: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flowdeck comparison</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#dcdfe4, #3a3f47); --faint: light-dark(#5c6570, #9aa4b0);
  --added: light-dark(#1b6e3c, #6fd08f); --removed: light-dark(#b3261e, #ff8a80); --changed: light-dark(#8a5a00, #f2b84b);
  --moved: light-dark(#0b5cad, #7db7ff); --retargeted: light-dark(#6b3fa0, #c4a3f5);
  --ins: light-dark(#e3f4e8, #16301f); --del: light-dark(#fbe6e4, #3b1a18); }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
p { margin: .15rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
a { color: inherit; }
ol { list-style: none; margin: 1rem 0 0; padding: 0; }
li { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .75rem; margin: .75rem 0; }
.faint, dt, pre i { color: var(--faint); }
li.added { border-color: var(--added); } li.removed { border-color: var(--removed); } li.changed { border-color: var(--changed); }
li.moved { border-color: var(--moved); } li.retargeted { border-color: var(--retargeted); }
.added > p > b, .legend .added { color: var(--added); } .removed > p > b, .legend .removed { color: var(--removed); }
.changed > p > b, .legend .changed { color: var(--changed); } .moved > p > b, .legend .moved { color: var(--moved); }
.retargeted > p > b, .legend .retargeted { color: var(--retargeted); }
.legend span { margin-right: 1rem; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: .15rem .75rem; margin: .35rem 0; }
dd { margin: 0; overflow-wrap: anywhere; }
ins, del { text-decoration: none; padding: 0 .2rem; border-radius: 3px; }
ins { background: var(--ins); } del { background: var(--del); }
pre { margin: 0; font: 12px/1.5 ui-monospace, monospace; overflow-x: auto; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; margin-top: 1rem; }
figure { margin: 0; min-width: 0; }
.picture { overflow: auto; max-height: 36rem; border: 1px solid var(--line); border-radius: 8px; }
.picture svg { display: block; }
@media print { main { margin: 0; max-width: none; } li { break-inside: avoid; } .picture { max-height: none; } .picture svg { width: 100%; height: auto; } }
</style></head>
<body><main>
"#;
