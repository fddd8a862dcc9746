//! The words that all formats share: what an entry is called, how it differs, what a value reads like.

use std::borrow::Cow;

use compact_str::CompactString;

use super::{About, Comparison, Entry, Field, HunkLine, Marks, Step};
use crate::document::DocumentKind;
use crate::json::{ValueRef, parse};
use crate::report::{counted, visible};

/// How many characters of a value are shown.
const QUOTED: usize = 160;
/// How many lines of one field are shown, and how many of an entry's fields.
pub(super) const MOST_LINES: usize = 200;
/// How many fields of something that was added or removed are shown.
pub(super) const MOST_FIELDS: usize = 12;

/// What an entry is about: `say “Greeting”`.
pub fn headline(entry: &Entry) -> String {
    let Some(item) = entry.item() else {
        return String::new();
    };
    let type_name = visible(&item.type_name);
    if entry.about == About::Document {
        return format!("the {type_name}");
    }
    let name = cut(&visible(&item.name));
    match entry.about {
        About::Variable => format!("variable “{name}”"),
        _ if item.name == item.type_name => type_name.into_owned(),
        _ => format!("{type_name} “{name}”"),
    }
}

/// The sign that goes with the marks, for those who do not see colours.
pub(super) fn sign(marks: Marks) -> &'static str {
    if marks.has(Marks::ADDED) {
        "+"
    } else if marks.has(Marks::REMOVED) {
        "−"
    } else if marks.has(Marks::RETARGETED) {
        "↷"
    } else if marks.has(Marks::CHANGED) {
        "~"
    } else {
        "↕"
    }
}

/// The word that styles know the marks by.
pub(super) fn class(marks: Marks) -> &'static str {
    let strongest = [
        Marks::ADDED,
        Marks::REMOVED,
        Marks::RETARGETED,
        Marks::CHANGED,
    ];
    let strongest = strongest.into_iter().find(|&mark| marks.has(mark));
    let strongest = strongest.unwrap_or(Marks::MOVED);
    strongest.words().next().unwrap_or_default()
}

/// "moved, changed", "changed in the file only".
pub(super) fn marks_in_words(entry: &Entry) -> String {
    if entry.is_minor() {
        return "changed, without changing what it says".to_owned();
    }
    let words: Vec<&str> = entry.marks.words().collect();
    words.join(", ").replace("retargeted", "leads elsewhere")
}

/// Where something is that was added, removed or moved.
pub(super) fn place(entry: &Entry) -> Option<String> {
    let words = |item: &Option<super::Item>| {
        let place = item.as_ref()?.place.as_ref()?;
        Some(visible(&place.words).into_owned())
    };
    match (words(&entry.old), words(&entry.new)) {
        (Some(old), Some(new)) if entry.marks.has(Marks::MOVED) => Some(if old == new {
            format!("{new}, in another order")
        } else {
            format!("was {old}, is {new}")
        }),
        (Some(_), Some(_)) => None,
        (old, new) => old.or(new),
    }
}

/// The fields worth showing, and how many are left out. What the headline says is not told again of what
/// was added or removed.
pub(super) fn shown_fields(entry: &Entry) -> (Vec<&Field>, usize) {
    if entry.old.is_some() && entry.new.is_some() {
        return (entry.fields.iter().collect(), 0);
    }
    let is_told = |field: &&Field| match &field.path[..] {
        [Step::Key(key)] => !matches!(key.as_str(), "type" | "label" | "name" | "extension"),
        _ => true,
    };
    let told = entry.fields.iter().filter(|field| !field.is_minor);
    let mut told: Vec<&Field> = told.filter(is_told).collect();
    let left = told.len().saturating_sub(MOST_FIELDS);
    told.truncate(MOST_FIELDS);
    (told, left)
}

/// A value as a person writes it, on one line and shortened: texts without quotes.
pub fn field_value(value: &str) -> String {
    let text = parse(value.into()).ok().and_then(|tree| {
        let root = tree.root();
        // A message is what it says.
        let said = root.get("text").map(|texts| {
            let texts = texts.elements().filter_map(ValueRef::as_str);
            texts.collect::<Vec<_>>().join(" · ")
        });
        let said = said.filter(|said| !said.is_empty());
        said.or_else(|| root.as_str().map(Cow::into_owned))
    });
    match text {
        Some(text) if text.is_empty() => "empty".to_owned(),
        Some(text) => cut(&visible(&text.replace('\n', " ↵ "))),
        None => cut(&visible(value)),
    }
}

/// What a field was and is, as a person writes it: what it names, else its value.
pub(super) fn values(field: &Field) -> (Option<String>, Option<String>) {
    let told = |value: &Option<String>, name: &Option<CompactString>| match name {
        Some(name) => Some(format!("“{}”", cut(&visible(name)))),
        None => value.as_deref().map(field_value),
    };
    (
        told(&field.before, &field.names.0),
        told(&field.after, &field.names.1),
    )
}

/// A line of a hunk with its sign.
pub(super) fn line(line: &HunkLine) -> (&'static str, &str) {
    match line {
        HunkLine::Same(text) => (" ", text),
        HunkLine::Removed(text) => ("-", text),
        HunkLine::Added(text) => ("+", text),
    }
}

/// What is to be said of a comparison besides its entries.
pub(super) fn remarks(found: &Comparison) -> Vec<String> {
    let mut remarks = Vec::new();
    let (old, new) = found.kinds;
    let same_view = |kind: DocumentKind| match kind {
        DocumentKind::Artifact => DocumentKind::DialogFlow,
        other => other,
    };
    if same_view(old) != same_view(new) {
        remarks.push(format!(
            "The old file is a {}, the new one a {}: they were compared value by value.",
            old.label(),
            new.label()
        ));
    }
    if found.lacks_settings {
        remarks.push(
            "Only one of the charts has the settings of its nodes; they were not compared."
                .to_owned(),
        );
    }
    if found.renumbered > 0 {
        let nodes = counted(found.renumbered, "node");
        let (verb, subject) = if found.renumbered == 1 {
            ("has", "it is")
        } else {
            ("have", "they are")
        };
        remarks.push(format!(
            "{nodes} {verb} another id and nothing else, as after an import: {subject} told as the same."
        ));
    }
    remarks
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
