//! A comparison as JSON, schema 1, for other programs. One line per entry.

use std::fmt::Write as _;

use super::fields::dotted;
use super::words::line;
use super::{About, Entry, Field, FileComparison, Item, Marks, SetComparison};
use crate::json::quote;

/// Writes a comparison as JSON, schema 1, ending with a line break. Other programs parse it: what is there
/// keeps its name and meaning.
///
/// # Complexity
/// O(entries).
pub fn json(set: &SetComparison<'_>) -> String {
    let mut out = String::from("{\n  \"schema\": 1,\n");
    put(&mut out, format_args!("  \"old\": {},\n", quote(&set.old)));
    put(&mut out, format_args!("  \"new\": {},\n", quote(&set.new)));
    out.push_str("  \"files\": [");
    for (index, file) in set.files.iter().enumerate() {
        out.push_str(if index == 0 { "\n    " } else { ",\n    " });
        write_file(&mut out, file);
    }
    out.push_str(if set.files.is_empty() {
        "],\n"
    } else {
        "\n  ],\n"
    });
    let (added, removed, changed) = set.counts();
    put(
        &mut out,
        format_args!(
            "  \"summary\": {{\"files\": {}, \"added\": {added}, \"removed\": {removed}, \
             \"changed\": {changed}}}\n}}\n",
            set.files.len()
        ),
    );
    out
}

fn put(out: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing into a string does not fail.
    out.write_fmt(part).unwrap_or_default();
}

fn or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quote)
}

fn write_file(out: &mut String, file: &FileComparison<'_>) {
    let side = file.new.or(file.old);
    let status = match &file.comparison {
        None if file.new.is_some() => "added",
        None => "removed",
        Some(found) if found.is_empty() => "same",
        Some(_) => "changed",
    };
    put(
        out,
        format_args!(
            "{{\"old\": {}, \"new\": {}, \"kind\": {}, \"status\": \"{status}\", ",
            or_null(file.old.map(|side| side.path)),
            or_null(file.new.map(|side| side.path)),
            or_null(side.map(|side| side.document.kind().as_str())),
        ),
    );
    let none = Vec::new();
    let entries = file
        .comparison
        .as_ref()
        .map_or(&none, |found| &found.entries);
    let renumbered = file.comparison.as_ref().map_or(0, |found| found.renumbered);
    let lacks = file
        .comparison
        .as_ref()
        .is_some_and(|found| found.lacks_settings);
    put(
        out,
        format_args!(
            "\"renumbered\": {renumbered}, \"settingsCompared\": {}, \"entries\": [",
            !lacks
        ),
    );
    for (index, entry) in entries.iter().enumerate() {
        out.push_str(if index == 0 { "\n      " } else { ",\n      " });
        write_entry(out, entry);
    }
    out.push_str(if entries.is_empty() { "]}" } else { "\n    ]}" });
}

fn write_entry(out: &mut String, entry: &Entry) {
    let about = match entry.about {
        About::Document => "document",
        About::Card => "node",
        About::Wire => "edge",
        About::Variable => "variable",
    };
    let changes: Vec<String> = entry.marks.words().map(quote).collect();
    put(
        out,
        format_args!(
            "{{\"about\": \"{about}\", \"changes\": [{}], \"minor\": {}, \"old\": {}, \"new\": {}, \
             \"fields\": [",
            changes.join(", "),
            entry.is_minor(),
            item(entry.old.as_ref(), entry.marks),
            item(entry.new.as_ref(), entry.marks),
        ),
    );
    for (index, field) in entry.fields.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_field(out, field);
    }
    out.push_str("]}");
}

fn item(item: Option<&Item>, marks: Marks) -> String {
    let Some(item) = item else {
        return "null".to_owned();
    };
    // Where something stands that stayed where it was is of no use.
    let tells = [Marks::ADDED, Marks::REMOVED, Marks::MOVED];
    let is_told = tells.into_iter().any(|mark| marks.has(mark));
    let place = item.place.as_ref().filter(|_| is_told);
    format!(
        "{{\"id\": {}, \"name\": {}, \"type\": {}, \"pointer\": {}, \"place\": {}}}",
        quote(&item.id),
        quote(&item.name),
        quote(&item.type_name),
        quote(&item.pointer),
        or_null(place.map(|place| place.words.as_str())),
    )
}

fn write_field(out: &mut String, field: &Field) {
    put(
        out,
        format_args!(
            "{{\"path\": {}, \"label\": {}, \"minor\": {}, \"oldPointer\": {}, \"newPointer\": {}",
            quote(&dotted(&field.path)),
            quote(&field.label),
            field.is_minor,
            or_null(field.old_pointer.as_deref()),
            or_null(field.new_pointer.as_deref()),
        ),
    );
    let (before, after) = &field.names;
    for (key, name) in [("beforeName", before), ("afterName", after)] {
        if let Some(name) = name {
            put(out, format_args!(", \"{key}\": {}", quote(name)));
        }
    }
    // A value that is not there is no null.
    if let Some(before) = &field.before {
        put(out, format_args!(", \"before\": {before}"));
    }
    if let Some(after) = &field.after {
        put(out, format_args!(", \"after\": {after}"));
    }
    if let Some(lines) = &field.lines {
        out.push_str(", \"hunks\": [");
        for (index, hunk) in lines.hunks.iter().enumerate() {
            let lines = hunk.lines.iter().map(|own| {
                let (sign, text) = line(own);
                quote(&format!("{sign}{text}"))
            });
            let lines: Vec<String> = lines.collect();
            put(
                out,
                format_args!(
                    "{}{{\"old\": {}, \"new\": {}, \"lines\": [{}]}}",
                    if index == 0 { "" } else { ", " },
                    hunk.old,
                    hunk.new,
                    lines.join(", ")
                ),
            );
        }
        out.push(']');
    }
    out.push('}');
}
