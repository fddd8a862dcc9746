//! Applying a comparison of two charts to the old one. What comes of it says all that the new chart says.

use std::collections::BTreeMap;

use flow::compare::{Comparison, Entry, Field, List, Marks, Step};
use flow::document::Document;
use flow::document::chart::{Place, Structure};
use serde_json::{Map, Value, json};

/// Nodes by list. They are known by their index in the new chart.
type Lists = BTreeMap<List, Vec<u32>>;

/// What a chart says, its ids apart, as nested lists.
pub(crate) fn said(document: &Document) -> Value {
    let chart = document.chart().unwrap();
    let structure = Structure::of(chart);
    let lists = lists_of(&structure);
    let mut contents: BTreeMap<u32, Map<String, Value>> = (0..chart.nodes.len())
        .map(|node| (u32::try_from(node).unwrap(), content(document, node)))
        .collect();
    let references = references(document);
    for content in contents.values_mut() {
        resolve(content, |text| references.get(text).copied());
    }
    nested(&lists, contents)
}

/// What the old chart says after the changes of a comparison, whose new chart is only asked what its nodes
/// are called that jumps lead to.
pub(crate) fn applied(old: &Document, found: &Comparison, new: &Document) -> Value {
    let chart = old.chart().unwrap();
    let structure = Structure::of(chart);
    let entry_of = |marks: Marks, node: u32| {
        found.entries.iter().find(|entry| {
            let card = entry.old.as_ref().and_then(|item| item.card);
            card == Some(node) && entry.marks.has(marks)
        })
    };
    // What stays where it is, then what comes to where it says.
    let mut lists = Lists::new();
    for (list, nodes) in lists_of(&structure) {
        let stay = nodes.into_iter().filter(|&node| {
            entry_of(Marks::REMOVED, node).is_none() && entry_of(Marks::MOVED, node).is_none()
        });
        let stay: Vec<u32> = stay.map(|node| found.cards.new_of(node).unwrap()).collect();
        let now = match list {
            List::Roots => Some(List::Roots),
            List::Branches(node) => found.cards.new_of(node).map(List::Branches),
            List::Chain(node) => found.cards.new_of(node).map(List::Chain),
        };
        match now {
            Some(now) => drop(lists.insert(now, stay)),
            None => assert!(stay.is_empty(), "what stays must have a place"),
        }
    }
    let mut coming: BTreeMap<(List, Option<u32>), u32> = BTreeMap::new();
    for entry in &found.entries {
        if entry.marks.has(Marks::ADDED) || entry.marks.has(Marks::MOVED) {
            let item = entry.new.as_ref().unwrap();
            let place = item.place.as_ref().unwrap();
            let other = coming.insert((place.list, place.after), item.card.unwrap());
            assert_eq!(other, None, "two nodes at one place");
            lists.entry(place.list).or_default();
        }
    }
    for (list, nodes) in &mut lists {
        let stay = std::mem::take(nodes);
        for before in std::iter::once(None).chain(stay.into_iter().map(Some)) {
            nodes.extend(before);
            let mut at = before;
            while let Some(node) = coming.remove(&(*list, at)) {
                nodes.push(node);
                at = Some(node);
            }
        }
    }
    assert_eq!(coming, BTreeMap::new(), "nodes that come after nothing");
    let (of_old, of_new) = (references(old), references(new));
    let mut contents = BTreeMap::new();
    for node in 0..chart.nodes.len() {
        let index = u32::try_from(node).unwrap();
        let Some(now) = found.cards.new_of(index) else {
            continue;
        };
        let mut content = content(old, node);
        let entry = found
            .entries
            .iter()
            .find(|entry| entry.old.as_ref().and_then(|item| item.card) == Some(index));
        if entry.is_none_or(|entry| !entry.marks.has(Marks::RETARGETED)) {
            // A jump that is not told leads to the same node, whatever that is called now.
            resolve(&mut content, |text| {
                let target = of_old.get(text).and_then(|&node| found.cards.new_of(node));
                target.or_else(|| of_new.get(text).copied())
            });
        }
        if let Some(entry) = entry {
            content = changed(content, entry);
        }
        resolve(&mut content, |text| of_new.get(text).copied());
        contents.insert(now, content);
    }
    for entry in found
        .entries
        .iter()
        .filter(|entry| entry.marks.has(Marks::ADDED))
    {
        let mut content = changed(empty(), entry);
        resolve(&mut content, |text| of_new.get(text).copied());
        contents.insert(entry.new.as_ref().unwrap().card.unwrap(), content);
    }
    nested(&lists, contents)
}

fn lists_of(structure: &Structure) -> Lists {
    let mut lists = Lists::new();
    for step in structure.order() {
        let node = step.node;
        match structure.place(node) {
            None => lists.entry(List::Roots).or_default().push(node),
            Some(Place::Under(parent)) => {
                lists.entry(List::Branches(parent)).or_default().push(node);
            }
            Some(Place::After(_)) => {
                let mut head = node;
                while let Some(Place::After(before)) = structure.place(head) {
                    head = before;
                }
                lists.entry(List::Chain(head)).or_default().push(node);
            }
        }
    }
    for node in 0..u32::try_from(structure.len()).unwrap() {
        for list in [List::Branches(node), List::Chain(node)] {
            lists.entry(list).or_default();
        }
    }
    lists
}

fn references(document: &Document) -> BTreeMap<String, u32> {
    let nodes = document.chart().unwrap().nodes.iter().zip(0..);
    nodes
        .map(|(node, index)| (node.reference.as_ref().unwrap().text.to_string(), index))
        .collect()
}

fn empty() -> Map<String, Value> {
    let mut content = Map::new();
    content.insert("config".to_owned(), json!({}));
    content
}

/// What a node says: its members but for ids and what says nothing, with JSON in texts unfolded.
fn content(document: &Document, node: usize) -> Map<String, Value> {
    let at = document.chart().unwrap().nodes[node].at;
    let raw = document.tree().value(at).raw();
    let members: Map<String, Value> = serde_json::from_str(raw).unwrap();
    let mut content = empty();
    for (key, value) in members {
        let says_nothing =
            value.is_null() || value == "" || (key == "isDisabled" && value == false);
        let is_id = matches!(
            key.as_str(),
            "_id" | "referenceId" | "localeReference" | "preview"
        );
        if !says_nothing && !is_id {
            content.insert(key, value);
        }
    }
    let config = content["config"].as_object_mut().unwrap();
    config.remove("transpiled");
    for (key, value) in config {
        unfold(key, value);
    }
    content
}

/// A setting that is JSON in a text, as what it says. Code is code.
fn unfold(key: &str, value: &mut Value) {
    if key != "code"
        && let Value::String(text) = value
        && text.starts_with(['{', '['])
        && let Ok(inside) = serde_json::from_str(text)
    {
        *value = inside;
    }
}

/// Says of a jump to which node it leads, where that is known.
fn resolve(content: &mut Map<String, Value>, find: impl Fn(&str) -> Option<u32>) {
    let Some(jump) = content["config"].get_mut("flowNode") else {
        return;
    };
    if let Some(target) = jump.get("node").and_then(Value::as_str).and_then(find) {
        *jump = json!({"here": target});
    }
}

/// The members after the fields of an entry.
fn changed(content: Map<String, Value>, entry: &Entry) -> Map<String, Value> {
    let fields: Vec<(&[Step], &Field)> = entry
        .fields
        .iter()
        .filter(|field| field.path[0] != Step::Key("referenceId".to_owned()))
        .map(|field| (&field.path[..], field))
        .collect();
    let Some(Value::Object(content)) = apply(Some(Value::Object(content)), &fields) else {
        panic!("{entry:?}")
    };
    content
}

/// A value of a field. Settings that are JSON in a text count as what they say.
fn read(text: Option<&String>, path: &[Step]) -> Option<Value> {
    text.map(|text| {
        let mut value = serde_json::from_str(text).unwrap();
        if let [Step::Key(config), Step::Key(key)] = path
            && config == "config"
        {
            unfold(key, &mut value);
        }
        value
    })
}

/// A field with what is left of the way to it.
type Left<'f> = (&'f [Step], &'f Field);

fn apply(value: Option<Value>, fields: &[Left<'_>]) -> Option<Value> {
    if let [([], field)] = fields {
        assert_eq!(value, read(field.before.as_ref(), &field.path), "{field:?}");
        return read(field.after.as_ref(), &field.path);
    }
    let mut by_step: Vec<(&Step, Vec<Left<'_>>)> = Vec::new();
    for (path, field) in fields {
        let (first, rest) = path.split_first().unwrap();
        match by_step.iter_mut().find(|(step, _)| *step == first) {
            Some((_, group)) => group.push((rest, field)),
            None => by_step.push((first, vec![(rest, field)])),
        }
    }
    match value {
        Some(Value::Object(mut members)) => {
            for (step, fields) in by_step {
                let Step::Key(key) = step else {
                    panic!("{step:?}")
                };
                if let Some(value) = apply(members.remove(key), &fields) {
                    members.insert(key.clone(), value);
                }
            }
            Some(Value::Object(members))
        }
        Some(Value::Array(elements)) => {
            let mut elements: Vec<Option<Value>> = elements.into_iter().map(Some).collect();
            let mut coming = Vec::new();
            for (step, fields) in by_step {
                match step {
                    Step::Element(Some(old), _) => {
                        let value = elements[*old].take();
                        elements[*old] = apply(value, &fields);
                    }
                    Step::Element(None, Some(new)) => coming.push((*new, apply(None, &fields))),
                    other => panic!("{other:?}"),
                }
            }
            let mut left: Vec<Value> = elements.into_iter().flatten().collect();
            coming.sort_by_key(|(place, _)| *place);
            for (place, value) in coming {
                left.insert(place, value.unwrap());
            }
            Some(Value::Array(left))
        }
        other => panic!("{other:?} {fields:?}"),
    }
}

/// All of it as one value, jumps by the number of their target in reading order.
fn nested(lists: &Lists, mut contents: BTreeMap<u32, Map<String, Value>>) -> Value {
    let mut order = Vec::new();
    let roots = lists.get(&List::Roots).cloned().unwrap_or_default();
    read_in_order(lists, &roots, &mut order);
    for content in contents.values_mut() {
        if let Some(target) = content["config"].pointer_mut("/flowNode/here") {
            let node = u32::try_from(target.as_u64().unwrap()).unwrap();
            let place = order.iter().position(|&own| own == node);
            *target = json!(place);
        }
    }
    value_of(lists, &roots, &contents)
}

fn read_in_order(lists: &Lists, nodes: &[u32], order: &mut Vec<u32>) {
    for &node in nodes {
        order.push(node);
        for list in [List::Branches(node), List::Chain(node)] {
            read_in_order(lists, lists.get(&list).map_or(&[], |list| list), order);
        }
    }
}

fn value_of(lists: &Lists, nodes: &[u32], contents: &BTreeMap<u32, Map<String, Value>>) -> Value {
    let values = nodes.iter().map(|node| {
        let [branches, chain] = [List::Branches(*node), List::Chain(*node)]
            .map(|list| value_of(lists, lists.get(&list).map_or(&[], |list| list), contents));
        json!([contents[node], branches, chain])
    });
    Value::Array(values.collect())
}
