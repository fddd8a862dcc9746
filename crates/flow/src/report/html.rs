//! The report as one HTML page that stands alone: nothing runs, nothing is fetched, and it prints.
//! Everything from a file is escaped, and shortened where it is longer than anybody reads. What is
//! found in one file is written in `file.rs`, the pieces both need in `parts.rs`.

mod file;
mod parts;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::rule_summary::{RuleSummary, by_rule};
use super::words::grouped;
use super::{FLOWDECK_VERSION, Report};
use crate::problem::Severity;
use parts::{MESSAGE, NAME, Tone, shown, verdict};

/// The style sheet. The page names its checksum and permits no other style.
const STYLE: &str = include_str!("html/page.css");
/// Pictures together may be about so many bytes; those of later files are left out.
const MOST_PICTURES: usize = 8 << 20;

/// The page.
pub(super) fn write(report: &Report) -> String {
    let mut out = head(report);
    write_header(&mut out, report);
    if !report.files.is_empty() {
        write_files(&mut out, report);
    }
    write_rules(&mut out, &by_rule(report));
    let differ = report.settings().len() > 1;
    let mut room = MOST_PICTURES;
    for (index, found) in report.files.iter().enumerate() {
        file::write(&mut out, index + 1, found, differ, &mut room);
    }
    out.push_str(
        "<footer><p>A SHA-256 is the same as long as the file is: on most systems <code>sha256sum \
         FILE</code> or <code>shasum -a 256 FILE</code> prints it. <code>flowdeck explain \
         CODE</code> prints the page of a rule.</p></footer>\n</main></body></html>\n",
    );
    out
}

/// Up to the start of the content. The policy permits the style sheet alone.
fn head(report: &Report) -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let title = format!("{} – Flowdeck report", report.headline());
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"Flowdeck {FLOWDECK_VERSION}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style></head>\n<body><main>\n"
    )
}

fn write_header(out: &mut String, report: &Report) {
    let counts = report.counts();
    let tone = match () {
        () if report.rejected() + counts.errors > 0 => Tone::Error,
        () if counts.warnings > 0 => Tone::Warning,
        () if report.files.is_empty() => Tone::Info,
        () => Tone::Clean,
    };
    write!(
        out,
        "<header>\n<p class=\"brand\">Flowdeck report</p>\n<div class=\"headline {}\">{}<h1>{}</h1>\
         </div>\n<p class=\"summary\">{}</p>\n<ul class=\"counts\">\n",
        tone.class(),
        tone.sign(),
        report.headline(),
        shown(&report.summary(), MESSAGE),
    )
    .unwrap_or_default();
    let mut tile = |count: usize, noun: &str, plural: &str, tone: Option<Tone>, always: bool| {
        if count == 0 && !always {
            return;
        }
        let class = match tone {
            _ if count == 0 => "zero",
            Some(tone) => tone.class(),
            None => "plain",
        };
        let noun = if count == 1 { noun } else { plural };
        let count = grouped(count);
        writeln!(
            out,
            "<li class=\"{class}\"><b>{count}</b><span>{noun}</span></li>"
        )
        .unwrap_or_default();
    };
    tile(report.files.len(), "file", "files", None, true);
    tile(
        report.rejected(),
        "not readable",
        "not readable",
        Some(Tone::Error),
        false,
    );
    tile(counts.errors, "error", "errors", Some(Tone::Error), true);
    tile(
        counts.warnings,
        "warning",
        "warnings",
        Some(Tone::Warning),
        true,
    );
    tile(counts.infos, "info", "infos", Some(Tone::Info), true);
    tile(
        counts.acknowledged,
        "acknowledged",
        "acknowledged",
        None,
        false,
    );
    tile(
        report.known,
        "known, left out",
        "known, left out",
        None,
        false,
    );
    tile(report.skipped, "skipped", "skipped", None, false);
    out.push_str("</ul>\n<dl class=\"facts\">\n");
    for (name, value) in report.facts() {
        let value = shown(&value, MESSAGE);
        writeln!(out, "<dt>{name}</dt><dd><bdi>{value}</bdi></dd>").unwrap_or_default();
    }
    out.push_str("</dl>\n</header>\n");
}

fn write_files(out: &mut String, report: &Report) {
    out.push_str(
        "<section>\n<h2>Files</h2>\n<table><thead><tr><th class=\"number\" scope=\"col\">#</th>\
         <th scope=\"col\" class=\"path\">File</th><th scope=\"col\" class=\"optional\">Kind</th>\
         <th scope=\"col\" class=\"optional\">Contents</th><th scope=\"col\">Verdict</th></tr></thead>\
         <tbody>\n",
    );
    for (index, file) in report.files.iter().enumerate() {
        let number = index + 1;
        writeln!(
            out,
            "<tr><td class=\"number\">{number}</td><th scope=\"row\"><a href=\"#file-{number}\">\
             <bdi>{}</bdi></a></th><td class=\"short optional\">{}</td><td class=\"optional\">{}</td>\
             <td>{}</td></tr>",
            shown(&file.path, NAME),
            file.kind_label(),
            file.inventory_sentence(),
            verdict(file),
        )
        .unwrap_or_default();
    }
    out.push_str("</tbody></table>\n</section>\n");
}

fn write_rules(out: &mut String, found: &[RuleSummary]) {
    if found.is_empty() {
        return;
    }
    out.push_str(
        "<section>\n<h2>Rules that found something</h2>\n<table><thead><tr><th scope=\"col\">Rule\
         </th><th scope=\"col\">What it finds</th><th scope=\"col\" class=\"number\">Problems</th>\
         <th scope=\"col\" class=\"number\">Files</th></tr></thead><tbody>\n",
    );
    for found in found {
        let acknowledged = match found.acknowledged {
            0 => String::new(),
            count => format!(" ({} acknowledged)", grouped(count)),
        };
        let tone = if found.acknowledged == found.problems && found.worst != Severity::Error {
            Tone::Seen
        } else {
            Tone::of(found.worst)
        };
        writeln!(
            out,
            "<tr><th scope=\"row\" class=\"short\"><span class=\"verdict {}\">{}{}</span> <span \
             class=\"rule-name\">{}</span></th><td>{}{acknowledged}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td></tr>",
            tone.class(),
            tone.sign(),
            found.rule.code,
            found.rule.name,
            shown(found.rule.summary, MESSAGE),
            grouped(found.problems),
            grouped(found.files),
        )
        .unwrap_or_default();
    }
    out.push_str("</tbody></table>\n</section>\n");
}
