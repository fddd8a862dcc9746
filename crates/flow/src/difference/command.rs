//! Changes as a command: the edits that lead a document to the new flow. What is not changed keeps
//! its bytes, keys that are not known included.

mod plan;
mod values;

use std::collections::BTreeMap;

use super::items::{header_keys, header_references, property};
use super::{Change, FieldChange, List};
use crate::command::{self, Command};
use crate::document::{Document, View};
use crate::json::{Kind, NewValue, Tree, ValueId, quote};
use crate::wire_form::FlowKind;
use plan::{Array, ByList, Fields, Plan, Slot};
use values::{new_value, object_value, replacements};

/// From more places than this on where elements come in, a list is written anew: each place takes a
/// look at the whole list.
const MAX_INSERTIONS: usize = 64;

/// The command that makes `changes` in a document whose wire form is the old one of them. None for
/// a document that cannot hold the result: no flow, or a single state to which others would be
/// added.
///
/// # Complexity
/// O(document).
pub fn command(document: &Document, label: &str, changes: &[Change]) -> Option<Command> {
    let tree = document.tree();
    let by_list = ByList::of(changes);
    let mut writer = Writer {
        tree,
        changes: Vec::new(),
    };
    match document.view() {
        View::DialogFlow(flow) | View::Artifact(flow) => {
            writer.header(flow.at, FlowKind::Dialog, changes);
            let renames = renames(changes, List::Nodes);
            let places = |at: Option<ValueId>| Array { owner: flow.at, at };
            let nodes = flow.nodes.iter().map(|node| node.at).collect();
            let edges = flow.edges.iter().map(|edge| edge.at).collect();
            let variables = flow.variables.iter().map(|own| own.at).collect();
            for (list, array, elements) in [
                (List::Nodes, places(Some(flow.nodes_at)), nodes),
                (List::Edges, places(Some(flow.edges_at)), edges),
                (List::Variables, places(flow.variables_at), variables),
            ] {
                let mut plan = Plan::of(list, array, elements, &by_list);
                plan.follow(tree, &renames);
                writer.list(&plan, &BTreeMap::new());
            }
        }
        View::StateFlow(flow) => {
            writer.header(flow.at, FlowKind::State, changes);
            let renames = renames(changes, List::States);
            let mut inner = BTreeMap::new();
            for (index, state) in flow.states.iter().enumerate() {
                let array = Array {
                    owner: state.at,
                    at: Some(state.transitions_at),
                };
                let elements = state.transitions.iter().map(|own| own.at).collect();
                let mut plan = Plan::of(List::Transitions(index), array, elements, &by_list);
                plan.follow(tree, &renames);
                if plan.is_changed() {
                    inner.insert(index, plan);
                }
            }
            let array = Array {
                owner: flow.at,
                at: flow.states_at,
            };
            let elements = flow.states.iter().map(|state| state.at).collect();
            let plan = Plan::of(List::States, array, elements, &by_list);
            if flow.partial && plan.moves() {
                return None;
            }
            writer.list(&plan, &inner);
        }
        _ => return None,
    }
    Some(Command {
        label: label.to_owned(),
        changes: writer.changes,
    })
}

/// The new spelling of each id that was renamed, by its old text.
fn renames(changes: &[Change], places: List) -> BTreeMap<&str, String> {
    (changes.iter())
        .filter_map(|change| match change {
            Change::Changed {
                list,
                id,
                renamed_from: Some(from),
                ..
            } if *list == places => Some((from.as_str(), quote(id))),
            _ => None,
        })
        .collect()
}

struct Writer<'tree> {
    tree: &'tree Tree,
    changes: Vec<command::Change>,
}

impl Writer<'_> {
    fn header(&mut self, at: ValueId, kind: FlowKind, changes: &[Change]) {
        let mut gone = Vec::new();
        let mut set = Vec::new();
        let fields = changes.iter().filter_map(|change| match change {
            Change::Flow(field) => Some(field),
            _ => None,
        });
        let renamed = self.renamed_header(at, kind, changes);
        for FieldChange { field, new, .. } in fields {
            match new {
                Some(source) => set.push((field.clone(), new_value(source))),
                None => gone.extend(header_keys(kind).iter().filter(|key| *key == field)),
            }
        }
        for (key, source) in renamed {
            if !set.iter().any(|(own, _)| own == key) && !gone.contains(&key) {
                set.push((key.to_owned(), new_value(&source)));
            }
        }
        if !gone.is_empty() {
            self.changes
                .push(command::Change::RemoveMembers { at, keys: gone });
        }
        if !set.is_empty() {
            self.changes
                .push(command::Change::SetMembers { at, members: set });
        }
    }

    /// The fields of the flow that follow a renamed id.
    fn renamed_header(
        &self,
        at: ValueId,
        kind: FlowKind,
        changes: &[Change],
    ) -> Vec<(&'static str, String)> {
        let renames = renames(changes, List::of(kind)[0]);
        let flow = self.tree.value(at);
        (header_references(kind).iter())
            .filter_map(|&key| {
                let id = flow.get(key)?.as_str()?;
                Some((key, renames.get(&*id)?.clone()))
            })
            .collect()
    }

    fn list(&mut self, plan: &Plan<'_>, inner: &BTreeMap<usize, Plan<'_>>) {
        let touched = !plan.fields.is_empty() || !inner.is_empty();
        if !plan.moves() {
            self.in_place(plan, inner);
            return;
        }
        if let (Some(order), false) = (plan.order, touched)
            && plan.added.is_empty()
            && plan.removed.is_empty()
        {
            let places = plan.elements.clone();
            let order = order.iter().map(|&index| plan.elements[index]).collect();
            self.changes
                .push(command::Change::Permute { places, order });
            return;
        }
        let slots = plan.slots();
        let first_stays = matches!(slots.first(), Some(Slot::Old(_)));
        let is_new = |slot: &Slot<'_>| matches!(slot, Slot::New(_));
        let few = slots
            .windows(2)
            .filter(|pair| is_new(&pair[1]) && !is_new(&pair[0]))
            .count()
            <= MAX_INSERTIONS;
        if let (None, true, Some(array)) = (plan.order, first_stays && few, plan.array.at) {
            self.come_and_go(array, plan, &slots);
            self.in_place(plan, inner);
            return;
        }
        let value = self.list_value(plan, &slots, inner);
        self.changes.push(match plan.array.at {
            Some(at) => command::Change::Replace { at, value },
            None => command::Change::SetMember {
                at: plan.array.owner,
                key: plan.list.key().to_owned(),
                value,
            },
        });
    }

    /// Removes and adds elements where the others keep their order.
    fn come_and_go(&mut self, at: ValueId, plan: &Plan<'_>, slots: &[Slot<'_>]) {
        if !plan.removed.is_empty() {
            let elements = plan.removed.iter().map(|&index| plan.elements[index]);
            self.changes.push(command::Change::RemoveElements {
                at,
                elements: elements.collect(),
            });
        }
        let mut after = None;
        let mut values = Vec::new();
        let mut flush = |after: Option<ValueId>, values: &mut Vec<NewValue>| {
            if !values.is_empty() {
                let values = std::mem::take(values);
                self.changes
                    .push(command::Change::InsertElements { at, after, values });
            }
        };
        for slot in slots {
            match slot {
                Slot::New(source) => values.push(new_value(source)),
                Slot::Old(index) => {
                    flush(after, &mut values);
                    after = Some(plan.elements[*index]);
                }
            }
        }
        flush(after, &mut values);
    }

    /// Changes elements where they stand.
    fn in_place(&mut self, plan: &Plan<'_>, inner: &BTreeMap<usize, Plan<'_>>) {
        let none = Fields::new();
        for (index, &element) in plan.elements.iter().enumerate() {
            let fields = plan.fields.get(&index).unwrap_or(&none);
            let inner = inner.get(&index);
            if plan.removed.contains(&index) {
                continue;
            }
            let object = self.tree.value(element);
            if let Some(replaced) = replacements(object, fields) {
                self.changes.extend(replaced);
                if let Some(inner) = inner {
                    self.list(inner, &BTreeMap::new());
                }
            } else {
                let value = self.item_value(element, fields, inner);
                self.changes
                    .push(command::Change::Replace { at: element, value });
            }
        }
    }

    fn list_value(
        &self,
        plan: &Plan<'_>,
        slots: &[Slot<'_>],
        inner: &BTreeMap<usize, Plan<'_>>,
    ) -> NewValue {
        let none = Fields::new();
        NewValue::Array(
            (slots.iter())
                .map(|slot| match slot {
                    Slot::New(source) => new_value(source),
                    Slot::Old(index) => {
                        let fields = plan.fields.get(index).unwrap_or(&none);
                        self.item_value(plan.elements[*index], fields, inner.get(index))
                    }
                })
                .collect(),
        )
    }

    /// An element with its changes, made anew.
    fn item_value(&self, element: ValueId, fields: &Fields, inner: Option<&Plan<'_>>) -> NewValue {
        let object = self.tree.value(element);
        if fields.is_empty() && inner.is_none() {
            return NewValue::Literal(object.raw().to_owned());
        }
        let mut own: BTreeMap<&str, Option<NewValue>> = BTreeMap::new();
        let mut properties: BTreeMap<&str, Option<NewValue>> = BTreeMap::new();
        for (field, source) in fields {
            let value = source.as_deref().map(new_value);
            match property(field) {
                Some(key) => properties.insert(key, value),
                None => own.insert(field, value),
            };
        }
        if !properties.is_empty() {
            let old = object.get("properties");
            let old = old.filter(|value| value.kind() == Kind::Object);
            own.insert("properties", Some(object_value(old, properties)));
        }
        if let Some(plan) = inner {
            let transitions = self.list_value(plan, &plan.slots(), &BTreeMap::new());
            own.insert(plan.list.key(), Some(transitions));
        }
        object_value(Some(object), own)
    }
}
