//! Reading workspaces: strictly, with the place of every mistake.

use std::sync::Arc;

use compact_str::CompactString;

use super::{Member, Original, RawJson, RuleSettings, StoredDocument, VERSION, Workspace};
use crate::annotations::{Annotations, Group, Note};
use crate::geometry::{Point, Rect};
use crate::json::{Kind, Locator, ReadError, Tree, ValueId, ValueRef, parse};
use crate::rules::{Acknowledgement, Level, Preset};
use crate::session::Positions;
use crate::view::View;

/// An entry of the index: the id of a document, and how it was looked at.
pub(super) type Entry = (String, Option<View>);

impl Workspace {
    /// Reads the text of a file. A newer format is read as far as this version knows it.
    pub fn read(text: Arc<str>) -> Result<Self, Vec<ReadError>> {
        let tree = parse(text)?;
        let mut reader = Reader::default();
        let mut workspace = reader.workspace(&tree);
        for entry in reader.list(tree.root(), "documents") {
            if let Some(document) = reader.document(entry) {
                workspace.documents.push(document);
            }
        }
        reader.finish(&tree, workspace)
    }

    /// Reads the index record of a store: the workspace without documents, and their entries.
    pub(super) fn read_index(payload: &[u8]) -> Result<(Self, Vec<Entry>), String> {
        let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
        let tree = parse(text.into()).map_err(|errors| first(&errors))?;
        let mut reader = Reader::default();
        let workspace = reader.workspace(&tree);
        let mut entries = Vec::new();
        for entry in reader.list(tree.root(), "documents") {
            let id = reader.string(entry, "id");
            entries.push((id, reader.view(entry)));
        }
        reader
            .finish(&tree, (workspace, entries))
            .map_err(|errors| first(&errors))
    }
}

impl StoredDocument {
    /// Reads a record of a store.
    pub fn read_record(payload: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
        let (head, text) = text
            .split_once('\n')
            .ok_or_else(|| "The record has no text.".to_owned())?;
        let tree = parse(head.into()).map_err(|errors| first(&errors))?;
        let mut reader = Reader::default();
        let document = reader.described(tree.root(), text.into());
        reader
            .finish(&tree, document)
            .map_err(|errors| first(&errors))
    }
}

fn first(errors: &[ReadError]) -> String {
    errors.first().map(ToString::to_string).unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    mistakes: Vec<(ValueId, String)>,
}

impl Reader {
    fn workspace(&mut self, tree: &Tree) -> Workspace {
        let root = tree.root();
        if root.kind() != Kind::Object {
            self.expected(root, "a workspace");
        }
        let newer = self.version(root);
        Workspace {
            name: self.optional_string(root, "name").unwrap_or_default(),
            active: self.optional_string(root, "active"),
            documents: Vec::new(),
            tests: self.raw_list(root, "tests"),
            links: self.raw_list(root, "links"),
            connections: self.raw_list(root, "connections"),
            rules: self.rules(root),
            unknown: unknown(
                root,
                &[
                    "flowdeck",
                    "name",
                    "active",
                    "documents",
                    "tests",
                    "links",
                    "connections",
                    "preset",
                    "levels",
                ],
            ),
            newer,
        }
    }

    /// The number of the format when it is newer. There is no older one yet; the first will be
    /// told apart here, and brought up to date after its text has been set aside.
    fn version(&mut self, root: ValueRef<'_>) -> Option<String> {
        let Some(number) = root.get("flowdeck") else {
            self.mistakes.push((
                root.id(),
                "The workspace has no \"flowdeck\". Expected the number of its format there."
                    .to_owned(),
            ));
            return None;
        };
        let whole: Option<u32> = (number.kind() == Kind::Number)
            .then(|| number.raw().parse().ok())
            .flatten();
        match whole {
            Some(VERSION) => None,
            Some(newer) if newer > VERSION => Some(number.raw().to_owned()),
            _ => {
                let found = match number.kind() {
                    Kind::Number => number.raw(),
                    other => other.describe(),
                };
                let message = format!("Expected 1 or a higher whole number, found {found}.");
                self.mistakes.push((number.id(), message));
                None
            }
        }
    }

    fn document(&mut self, entry: ValueRef<'_>) -> Option<StoredDocument> {
        if entry.kind() != Kind::Object {
            self.expected(entry, "a document");
            return None;
        }
        let text = self.string(entry, "text");
        let mut document = self.described(entry, text.into());
        document.view = self.view(entry);
        document
            .unknown
            .retain(|member| !matches!(member.key.as_str(), "text" | "view"));
        Some(document)
    }

    /// A document whose text stands elsewhere.
    fn described(&mut self, entry: ValueRef<'_>, text: Arc<str>) -> StoredDocument {
        let known = [
            "id", "kind", "fileName", "layout", "groups", "notes", "original", "allow",
        ];
        StoredDocument {
            id: self.string(entry, "id"),
            kind: self.string(entry, "kind"),
            file_name: self.string(entry, "fileName"),
            layout: self.layout(entry),
            annotations: self.annotations(entry),
            view: None,
            original: self.original(entry, &text),
            acknowledgements: self.acknowledgements(entry),
            text,
            unknown: unknown(entry, &known),
        }
    }

    fn rules(&mut self, root: ValueRef<'_>) -> RuleSettings {
        let preset = self.optional_string(root, "preset");
        let preset = preset.and_then(|word| Preset::from_word(&word));
        let levels = root.get("levels").into_iter().flat_map(ValueRef::members);
        let levels = levels.filter_map(|(code, level)| {
            let level = Level::from_word(&level.as_str()?)?;
            Some((code.as_str()?.into_owned(), level))
        });
        RuleSettings {
            preset: preset.unwrap_or_default(),
            levels: levels.collect(),
        }
    }

    fn acknowledgements(&mut self, entry: ValueRef<'_>) -> Vec<Acknowledgement> {
        let allow = self.list(entry, "allow");
        allow
            .into_iter()
            .map(|it| Acknowledgement {
                code: self.string(it, "code").into(),
                pointer: self.string(it, "pointer"),
                reason: self.string(it, "reason"),
                by: self.string(it, "by"),
                at: self.string(it, "at"),
            })
            .collect()
    }

    fn layout(&mut self, entry: ValueRef<'_>) -> Positions {
        let mut layout = Positions::new();
        let Some(value) = entry.get("layout") else {
            return layout;
        };
        if value.kind() != Kind::Object {
            self.expected(value, "an object of positions");
        }
        for (id, place) in value.members() {
            let (Some(id), [x, y]) = (id.as_str(), self.numbers(place)) else {
                continue;
            };
            layout.insert(CompactString::from(id), Point::new(x, y));
        }
        layout
    }

    fn annotations(&mut self, entry: ValueRef<'_>) -> Annotations {
        let mut annotations = Annotations::default();
        for group in self.list(entry, "groups") {
            let id = self.string(group, "id").into();
            let members = self.list(group, "members").into_iter();
            let members = members
                .filter_map(ValueRef::as_str)
                .map(Into::into)
                .collect();
            let label = self.string(group, "label");
            annotations.groups.insert(id, Group { label, members });
        }
        for note in self.list(entry, "notes") {
            let id = self.string(note, "id").into();
            let text = self.string(note, "text");
            let [x, y, width, height] =
                note.get("area").map_or([0.0; 4], |area| self.numbers(area));
            let area = Rect::at(Point::new(x, y), width.max(0.0), height.max(0.0));
            annotations.notes.insert(id, Note { text, area });
        }
        annotations
    }

    fn view(&mut self, entry: ValueRef<'_>) -> Option<View> {
        let [x, y, zoom] = self.numbers(entry.get("view")?);
        (zoom > 0.0).then_some(View {
            pan: Point::new(x, y),
            zoom,
        })
    }

    /// A difference that does not fit the text says that the file differs, not how.
    fn original(&mut self, entry: ValueRef<'_>, text: &str) -> Option<Original> {
        let value = entry.get("original")?;
        let offset = |key: &str| -> Option<usize> { value.get(key)?.raw().parse().ok() };
        let original = Original {
            start: offset("start").unwrap_or(usize::MAX),
            end: offset("end").unwrap_or_default(),
            text: self.string(value, "text"),
        };
        let fits = original.apply(text).is_some();
        Some(if fits {
            original
        } else {
            Original {
                start: 0,
                end: text.len(),
                text: String::new(),
            }
        })
    }

    fn numbers<const N: usize>(&mut self, value: ValueRef<'_>) -> [f64; N] {
        let mut numbers = [0.0; N];
        let found: Option<Vec<f64>> = value.elements().map(ValueRef::as_f64).collect();
        match found.filter(|found| found.len() == N && found.iter().all(|it| it.is_finite())) {
            Some(found) => numbers.copy_from_slice(&found),
            None => self.expected(value, &format!("{N} numbers")),
        }
        numbers
    }

    fn string(&mut self, object: ValueRef<'_>, key: &str) -> String {
        if object.get(key).is_none() {
            let message = format!("\"{key}\" is missing. Expected a string there.");
            self.mistakes.push((object.id(), message));
        }
        self.optional_string(object, key).unwrap_or_default()
    }

    fn optional_string(&mut self, object: ValueRef<'_>, key: &str) -> Option<String> {
        let value = object.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.expected(value, &format!("a string as \"{key}\""));
        }
        text.map(std::borrow::Cow::into_owned)
    }

    fn list<'a>(&mut self, object: ValueRef<'a>, key: &str) -> Vec<ValueRef<'a>> {
        let Some(value) = object.get(key) else {
            return Vec::new();
        };
        if value.kind() != Kind::Array {
            self.expected(value, &format!("an array as \"{key}\""));
        }
        value.elements().collect()
    }

    fn raw_list(&mut self, object: ValueRef<'_>, key: &str) -> Vec<RawJson> {
        let list = self.list(object, key);
        list.into_iter().map(|it| it.raw().to_owned()).collect()
    }

    fn expected(&mut self, value: ValueRef<'_>, expected: &str) {
        let found = value.kind().describe();
        self.mistakes
            .push((value.id(), format!("Expected {expected}, found {found}.")));
    }

    fn finish<T>(self, tree: &Tree, value: T) -> Result<T, Vec<ReadError>> {
        if self.mistakes.is_empty() {
            return Ok(value);
        }
        let mut locator = Locator::new(tree);
        let mistakes = self.mistakes.into_iter().take(crate::json::MAX_ERRORS);
        Err(mistakes
            .map(|(at, message)| {
                let offset = tree.value(at).span().start;
                let place = locator.position(offset);
                ReadError {
                    message,
                    pointer: locator.pointer(at),
                    line: place.line,
                    column: place.column,
                    offset,
                }
            })
            .collect())
    }
}

fn unknown(object: ValueRef<'_>, known: &[&str]) -> Vec<Member> {
    object
        .members()
        .filter_map(|(key, value)| {
            let key = key.as_str()?.into_owned();
            let value = value.raw().to_owned();
            (!known.contains(&key.as_str())).then_some(Member { key, value })
        })
        .collect()
}
