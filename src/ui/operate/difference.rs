//! How one flow differs from another, as rows a person reads: what came, what went, what is different
//! and how. What a difference is, is decided in the core.

use flow::difference::{Change, Difference, FieldChange, List};
use flow::document::Document;
use leptos::prelude::*;
use serde_json::Value;

/// How many rows are shown.
const SHOWN: usize = 200;
/// How many characters of a value are shown.
const QUOTED: usize = 160;

/// One change.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// `added`, `removed`, `changed` or `reordered`.
    kind: &'static str,
    mark: &'static str,
    what: &'static str,
    name: String,
    /// Field, value before, value now.
    fields: Vec<(String, Option<String>, Option<String>)>,
}

/// How the wire form `new` differs from `old`.
pub fn changes(old: &Value, new: &Value) -> AnyView {
    let read = |value: &Value| Document::read(value.to_string().into()).ok();
    let difference = read(old)
        .zip(read(new))
        .and_then(|(old, new)| Difference::between(&old, &new));
    let rows: Vec<Row> = difference.map_or_else(Vec::new, |difference| {
        let changes = difference.changes.iter();
        changes.map(|change| row(change, old, new)).collect()
    });
    let count = rows.len();
    let layout_only = difference_is_layout(&rows);
    let more = count.saturating_sub(SHOWN);
    view! {
        <section class="diff" role="region" aria-label="What changes" tabindex="0">
            <h3>{match count {
                0 => "Nothing differs but the spelling".to_owned(),
                1 => "1 change".to_owned(),
                count => format!("{count} changes"),
            }}{layout_only.then_some(", in the layout alone")}</h3>
            <ul>
                {rows.into_iter().take(SHOWN).map(|row| view! { <ChangeRow row/> }).collect_view()}
            </ul>
            {(more > 0).then(|| view! { <p class="field-note">{format!("And {more} more.")}</p> })}
        </section>
    }
    .into_any()
}

fn difference_is_layout(rows: &[Row]) -> bool {
    let is_layout = |row: &Row| {
        row.kind == "changed" && row.fields.iter().all(|(field, _, _)| field == "position")
    };
    !rows.is_empty() && rows.iter().all(is_layout)
}

#[component]
fn ChangeRow(row: Row) -> impl IntoView {
    let Row {
        kind,
        mark,
        what,
        name,
        fields,
    } = row;
    view! {
        <li class="diff-row" data-change=kind>
            <span class="diff-mark" aria-hidden="true">{mark}</span>
            <span class="diff-what">{what}" "{kind}</span>
            <span class="diff-name"><bdi>{name}</bdi></span>
            {(!fields.is_empty()).then(|| view! {
                <dl class="diff-fields">
                    {fields.into_iter().map(|(field, old, new)| view! {
                        <dt>{field}</dt>
                        <dd>
                            {old.map(|old| view! { <del>{old}</del> })}
                            {new.map(|new| view! { <ins>{new}</ins> })}
                        </dd>
                    }).collect_view()}
                </dl>
            })}
        </li>
    }
}

fn row(change: &Change, old: &Value, new: &Value) -> Row {
    let nothing = Row {
        kind: "changed",
        mark: "~",
        what: "Flow",
        name: String::new(),
        fields: Vec::new(),
    };
    match change {
        Change::Flow(field) => Row {
            name: new["name"].as_str().unwrap_or_default().to_owned(),
            fields: vec![shown(field)],
            ..nothing
        },
        Change::Added {
            list, value, id, ..
        } => Row {
            kind: "added",
            mark: "+",
            what: word(*list),
            name: name_in(*list, value, id, new),
            ..nothing
        },
        Change::Removed {
            list, value, id, ..
        } => Row {
            kind: "removed",
            mark: "−",
            what: word(*list),
            name: name_in(*list, value, id, old),
            ..nothing
        },
        Change::Changed {
            list,
            id,
            renamed_from,
            fields,
            ..
        } => {
            let key = key(*list);
            let item = new[key.0].as_array().into_iter().flatten();
            let item = item
                .into_iter()
                .find(|item| item[key.1].as_str() == Some(id.as_str()));
            let value = item.map(Value::to_string).unwrap_or_default();
            let renamed = renamed_from.as_ref().map(|from| {
                (
                    key.1.to_owned(),
                    Some(from.to_string()),
                    Some(id.to_string()),
                )
            });
            Row {
                what: word(*list),
                name: name_in(*list, &value, id, new),
                fields: renamed
                    .into_iter()
                    .chain(fields.iter().map(shown))
                    .collect(),
                ..nothing
            }
        }
        Change::Reordered { list, branches, .. } => {
            let spelled = |ids: &[_]| {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                Some(ids.join(", "))
            };
            let fields = branches.iter().map(|branches| {
                let from = label_of(new, &branches.from);
                (
                    format!("branches of {from}"),
                    spelled(&branches.old[..]),
                    spelled(&branches.new[..]),
                )
            });
            Row {
                kind: "reordered",
                mark: "↕",
                what: match list {
                    List::Nodes => "Nodes",
                    List::Edges => "Branches",
                    List::Variables => "Variables",
                    List::States => "States",
                    List::Transitions(_) => "Transitions",
                },
                fields: fields.collect(),
                ..nothing
            }
        }
    }
}

fn word(list: List) -> &'static str {
    match list {
        List::Nodes => "Node",
        List::Edges => "Branch",
        List::Variables => "Variable",
        List::States => "State",
        List::Transitions(_) => "Transition",
    }
}

/// The key of a list, and the one by which its items are known.
fn key(list: List) -> (&'static str, &'static str) {
    match list {
        List::Nodes => ("nodes", "id"),
        List::Edges => ("edges", "id"),
        List::Variables => ("variables", "name"),
        List::States => ("states", "id"),
        List::Transitions(_) => ("transitions", "id"),
    }
}

/// What a person calls an item.
fn name_in(list: List, value: &str, id: &str, flow: &Value) -> String {
    let item: Value = serde_json::from_str(value).unwrap_or_default();
    let text = |key: &str| item[key].as_str().unwrap_or_default();
    match list {
        List::Nodes if !text("label").is_empty() => format!("{} ({id})", text("label")),
        List::Edges => {
            let (from, to) = (
                label_of(flow, text("source")),
                label_of(flow, text("target")),
            );
            let condition = item["condition"].as_str();
            let condition = condition.map(|it| format!(" when {}", cut(it)));
            format!("{from} → {to}{}", condition.unwrap_or_default())
        }
        List::Variables => format!("{id}: {}", text("type")),
        _ => id.to_owned(),
    }
}

fn label_of(flow: &Value, id: &str) -> String {
    let nodes = flow["nodes"].as_array().into_iter().flatten();
    let node = nodes
        .into_iter()
        .find(|node| node["id"].as_str() == Some(id));
    let label = node.and_then(|node| node["label"].as_str());
    label
        .filter(|label| !label.is_empty())
        .unwrap_or(id)
        .to_owned()
}

fn shown(field: &FieldChange) -> (String, Option<String>, Option<String>) {
    let plain = |value: &Option<String>| value.as_deref().map(plain);
    let name = field
        .field
        .strip_prefix("properties.")
        .unwrap_or(&field.field);
    (name.to_owned(), plain(&field.old), plain(&field.new))
}

/// A value as a person writes it: texts without quotes.
fn plain(value: &str) -> String {
    match serde_json::from_str(value) {
        Ok(Value::String(text)) if !text.is_empty() => cut(&text),
        Ok(Value::Null) => "none".to_owned(),
        _ => cut(value),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
