//! Writing workspaces: members in a fixed order, one document a line, so that the same workspace
//! is the same text.

use super::{Member, RawJson, RuleSettings, StoredDocument, VERSION, Workspace};
use crate::annotations::Annotations;
use crate::json::{quote, write_number};
use crate::rules::Preset;

impl Workspace {
    /// The whole workspace as the text of a file. O(bytes).
    pub fn write(&self) -> String {
        let documents = self.documents.iter().map(|document| {
            let mut members = document.head();
            members.insert(3, ("text", quote(&document.text)));
            if let Some(view) = document.view_member() {
                members.push(view);
            }
            object(&members, &document.unknown)
        });
        self.text(&documents.collect::<Vec<_>>())
    }

    /// The index of a store: the workspace with its documents by id alone.
    pub fn write_index(&self) -> Vec<u8> {
        let documents = self.documents.iter().map(|document| {
            let mut members = vec![("id", quote(&document.id))];
            members.extend(document.view_member());
            object(&members, &[])
        });
        self.text(&documents.collect::<Vec<_>>()).into_bytes()
    }

    fn text(&self, documents: &[String]) -> String {
        let mut members = vec![
            ("flowdeck", VERSION.to_string()),
            ("name", quote(&self.name)),
        ];
        if let Some(active) = &self.active {
            members.push(("active", quote(active)));
        }
        members.push(("documents", lines(documents)));
        members.push(("tests", lines(&self.tests)));
        members.push(("links", lines(&self.links)));
        members.push(("connections", lines(&self.connections)));
        members.extend(rule_members(&self.rules));
        let known = members.iter().map(|(key, value)| member(key, value));
        let unknown = self.unknown.iter().map(|it| member(&it.key, &it.value));
        let all: Vec<String> = known.chain(unknown).collect();
        format!("{{\n  {}\n}}\n", all.join(",\n  "))
    }
}

impl StoredDocument {
    /// The record of a store: the document without its text as one line of JSON, then the text.
    /// O(bytes).
    pub fn write_record(&self) -> Vec<u8> {
        let mut record = object(&self.head(), &self.unknown);
        record.push('\n');
        record.push_str(&self.text);
        record.into_bytes()
    }

    fn head(&self) -> Vec<(&'static str, String)> {
        let places: Vec<String> = self
            .layout
            .iter()
            .map(|(id, at)| member(id, &numbers(&[at.x, at.y])))
            .collect();
        let mut members = vec![
            ("id", quote(&self.id)),
            ("kind", quote(&self.kind)),
            ("fileName", quote(&self.file_name)),
            ("layout", format!("{{{}}}", places.join(", "))),
        ];
        members.extend(annotation_members(&self.annotations));
        if let Some(original) = &self.original {
            let parts = vec![
                ("start", original.start.to_string()),
                ("end", original.end.to_string()),
                ("text", quote(&original.text)),
            ];
            members.push(("original", object(&parts, &[])));
        }
        if !self.acknowledgements.is_empty() {
            let allow = self.acknowledgements.iter().map(|it| {
                let parts = [
                    ("code", quote(&it.code)),
                    ("pointer", quote(&it.pointer)),
                    ("reason", quote(&it.reason)),
                    ("by", quote(&it.by)),
                    ("at", quote(&it.at)),
                ];
                object(&parts, &[])
            });
            let allow: Vec<String> = allow.collect();
            members.push(("allow", format!("[{}]", allow.join(", "))));
        }
        members
    }

    fn view_member(&self) -> Option<(&'static str, String)> {
        let view = self.view?;
        Some(("view", numbers(&[view.pan.x, view.pan.y, view.zoom])))
    }
}

/// Groups and notes, where there are any.
fn annotation_members(annotations: &Annotations) -> Vec<(&'static str, String)> {
    let mut members = Vec::new();
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    if !annotations.groups.is_empty() {
        let groups = annotations.groups.iter().map(|(id, group)| {
            let ids = group.members.iter().map(|member| quote(member)).collect();
            let parts = [
                ("id", quote(id)),
                ("label", quote(&group.label)),
                ("members", list(ids)),
            ];
            object(&parts, &[])
        });
        members.push(("groups", list(groups.collect())));
    }
    if !annotations.notes.is_empty() {
        let notes = annotations.notes.iter().map(|(id, note)| {
            let area = note.area;
            let area = [area.min.x, area.min.y, area.width(), area.height()];
            let parts = [
                ("id", quote(id)),
                ("text", quote(&note.text)),
                ("area", numbers(&area)),
            ];
            object(&parts, &[])
        });
        members.push(("notes", list(notes.collect())));
    }
    members
}

/// Only what differs from the usual.
fn rule_members(rules: &RuleSettings) -> Vec<(&'static str, String)> {
    let RuleSettings { preset, levels } = rules;
    let mut members = Vec::new();
    if *preset != Preset::default() {
        members.push(("preset", quote(preset.word())));
    }
    if !levels.is_empty() {
        let levels = levels.iter();
        let levels: Vec<String> = levels
            .map(|(code, level)| member(code, &quote(level.word())))
            .collect();
        members.push(("levels", format!("{{{}}}", levels.join(", "))));
    }
    members
}

fn numbers(numbers: &[f64]) -> String {
    let spelled: Vec<String> = numbers.iter().map(|it| write_number(*it)).collect();
    format!("[{}]", spelled.join(", "))
}

fn member(key: &str, value: &str) -> String {
    format!("{}: {value}", quote(key))
}

fn object(members: &[(&'static str, String)], unknown: &[Member]) -> String {
    let known = members.iter().map(|(key, value)| member(key, value));
    let unknown = unknown.iter().map(|it| member(&it.key, &it.value));
    let all: Vec<String> = known.chain(unknown).collect();
    format!("{{{}}}", all.join(", "))
}

fn lines(values: &[RawJson]) -> String {
    if values.is_empty() {
        return "[]".to_owned();
    }
    format!("[\n    {}\n  ]", values.join(",\n    "))
}
