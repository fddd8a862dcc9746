//! Which payload belongs to which flow, and what the rules learn of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;
use flow::diagram::Owner;
use flow::document::{ContextSet, DocumentKind};
use flow::json::Tree;
use flow::open_document::OpenDocument;
use flow::rules::chart_index::{ChartIndex, Origin};
use flow::rules::links::{Beside, LinkedFlow, Links, injected_by};
use leptos::prelude::*;

use super::{Desk, DocumentId, Seat, Store};

/// The flows that payloads belong to, by payload.
pub(super) type FlowOf = BTreeMap<DocumentId, DocumentId>;

impl Store {
    /// Tells every document what the others say about it. O(documents), and O(document) for each
    /// that is linked.
    pub(super) fn follow_links(&mut self) {
        let open: BTreeSet<DocumentId> = self.seats.iter().map(|seat| seat.id).collect();
        self.links
            .retain(|payload, flow| open.contains(payload) && open.contains(flow));
        self.index_charts();
        let surroundings: Vec<_> = self
            .seats
            .iter()
            .map(|seat| {
                let settings = seat.open.settings();
                let linked = self.links.get(&seat.id).and_then(|&flow| self.seat(flow));
                let links = Links {
                    flow: linked
                        .and_then(|flow| flow.open.document().dialog_flow())
                        .map(LinkedFlow::of),
                    template: settings.links.template.clone(),
                    charts: self.beside(seat),
                };
                let injected = self
                    .sets_beside(seat.id)
                    .flat_map(|(_, set)| injected_by(set).cloned())
                    .collect();
                (links, injected)
            })
            .collect();
        for (seat, (links, injected)) in self.seats.iter_mut().zip(surroundings) {
            seat.open.set_surroundings(links, injected);
        }
    }

    /// Indexes the charts that were opened one by one, when they are others than before.
    fn index_charts(&mut self) {
        let alone = |seat: &&Seat| seat.beside.is_none() && seat.open.document().chart().is_some();
        let ids: Vec<DocumentId> = self
            .seats
            .iter()
            .filter(alone)
            .map(|seat| seat.id)
            .collect();
        if self.charts.0 == ids {
            return;
        }
        let charts = self.seats.iter().filter(alone).filter_map(|seat| {
            let origin = Origin {
                flow_name: Some(seat.open.title().into()),
                ..Origin::default()
            };
            Some((origin, seat.open.document().chart()?))
        });
        let index = Arc::new(ChartIndex::of(charts, []));
        self.charts = (ids, index);
    }

    /// The charts that a chart was opened with.
    fn beside(&self, seat: &Seat) -> Option<Beside> {
        if seat.beside.is_some() {
            return seat.beside.clone();
        }
        let (ids, index) = &self.charts;
        let own = ids.iter().position(|&id| id == seat.id)?;
        Some(Beside {
            index: Arc::clone(index),
            own: u32::try_from(own).ok()?,
        })
    }

    /// The context sets that inject into the flow `id`, or into the flow that `id` belongs to
    /// besides it.
    fn sets_beside(&self, id: DocumentId) -> impl Iterator<Item = (&Tree, &ContextSet)> {
        let flow = self.links.get(&id).copied().unwrap_or(id);
        self.links
            .iter()
            .filter(move |&(&payload, &its)| its == flow && payload != id)
            .filter_map(|(&payload, _)| {
                let document = self.seat(payload)?.open.document();
                Some((document.tree(), document.context_set()?))
            })
    }
}

impl Desk {
    /// Shows the node that a jump of the shown chart leads to, in another chart of those it was opened
    /// with.
    pub fn follow_jump(self, chart: u32, node: &CompactString) {
        let found = self.store.with_value(|store| {
            let seat = store.seat(self.active.get_untracked()?)?;
            match &seat.beside {
                Some(beside) => Some(Err(Arc::clone(&beside.index))),
                None => store.charts.0.get(chart as usize).copied().map(Ok),
            }
        });
        match found {
            Some(Ok(id)) => {
                self.show(id);
                self.reveal_id(node);
            }
            Some(Err(index)) => self.other_chart.set(Some(((index, chart), node.clone()))),
            None => {}
        }
    }

    /// Selects the card with this id in the shown document and brings it into view.
    pub fn reveal_id(self, id: &str) {
        if let Some(card) = self.peek(|open| open.diagram().find(id)).flatten() {
            self.reveal(Owner::Card(card));
        }
    }

    /// The flow that the shown payload belongs to.
    pub fn linked_flow(self) -> Option<DocumentId> {
        self.revision.track();
        let id = self.active.get_untracked()?;
        self.store.with_value(|store| store.links.get(&id).copied())
    }

    /// Says which flow the shown payload belongs to.
    pub fn link(self, flow: Option<DocumentId>) {
        if self.refuses() {
            return;
        }
        let Some(id) = self.active.get_untracked() else {
            return;
        };
        self.store.update_value(|store| match flow {
            Some(flow) => {
                store.links.insert(id, flow);
            }
            None => {
                store.links.remove(&id);
            }
        });
        self.announce_change();
    }

    /// Says of several payloads which flow each belongs to.
    pub fn add_links(self, links: impl Iterator<Item = (DocumentId, DocumentId)>) {
        self.store.update_value(|store| store.links.extend(links));
        self.announce_change();
    }

    /// The open dialog flows, with their titles.
    pub fn dialog_flows(self) -> Vec<(DocumentId, String)> {
        let is_flow = |kind| matches!(kind, DocumentKind::DialogFlow | DocumentKind::Artifact);
        self.tabs.with(|tabs| {
            tabs.iter()
                .filter(|tab| is_flow(tab.kind))
                .map(|tab| (tab.id, format!("{} ({})", tab.title, tab.file_name)))
                .collect()
        })
    }

    /// Reads the flow that the shown payload belongs to, following it.
    pub fn read_linked<T>(self, reader: impl FnOnce(&OpenDocument) -> T) -> Option<T> {
        let flow = self.linked_flow()?;
        self.store
            .with_value(|store| store.seat(flow).map(|seat| reader(&seat.open)))
    }

    /// Sets the template that is previewed with the shown context set, for the rules to look at.
    pub fn set_template(self, template: &str) {
        let changed = self.with(|open| {
            let settings = open.settings();
            let links = Links {
                template: (!template.is_empty()).then(|| template.to_owned()),
                flow: settings.links.flow.clone(),
                charts: settings.links.charts.clone(),
            };
            let injected = settings.injected.clone();
            open.set_surroundings(links, injected)
        });
        if changed == Some(true) {
            self.announce_change();
        }
    }

    /// Reads the shown context set after those that inject into the same flow.
    pub fn read_context_sets<T>(
        self,
        reader: impl FnOnce(&[(&Tree, &ContextSet)]) -> T,
    ) -> Option<T> {
        self.revision.track();
        let id = self.active.get_untracked()?;
        self.store.with_value(|store| {
            let document = store.seat(id)?.open.document();
            let own = (document.tree(), document.context_set()?);
            let sets: Vec<_> = store.sets_beside(id).chain([own]).collect();
            Some(reader(&sets))
        })
    }
}
