//! How the parts of a package belong together: which nodes a chart has, which flow it is of, and which
//! languages that flow is in.

use std::borrow::Cow;

use compact_str::CompactString;

use super::{Part, Parts, compose, elements, order, text};
use crate::intake::folder::join;
use crate::intake::names::SafeNames;
use crate::intake::zip::Reason;
use crate::json::{ReadError, ValueRef};
use crate::limits::{PACKAGE_CHARTS, PACKAGE_LOCALES};
use crate::rules::chart_index::Origin;
use crate::rules::ids::Map;

/// How the parts belong together.
#[derive(Debug, Default)]
pub(in crate::intake) struct Joined {
    flows: Vec<Flow>,
    locales: Vec<Locale>,
    /// For each language which others may stand for it; the last is for no language.
    ranks: Vec<Ranks>,
    /// Each chart in each language, in the order of their paths.
    pub(in crate::intake) texts: Vec<ChartText>,
    /// What could not be made of the parts, by the path in the package.
    pub(in crate::intake) mistakes: Vec<(String, String)>,
    /// How many nodes belong to no chart of the package.
    pub(in crate::intake) homeless: usize,
}

/// A chart that a text can be made of.
#[derive(Debug)]
pub(in crate::intake) struct ChartText {
    pub(in crate::intake) path: String,
    pub(in crate::intake) origin: Origin,
    flow: usize,
    locale: Option<usize>,
}

#[derive(Debug)]
struct Flow {
    chart: usize,
    /// In file order, then in the order of the tree.
    nodes: Vec<usize>,
    ordered: bool,
}

#[derive(Debug)]
struct Locale {
    id: CompactString,
    name: CompactString,
    primary: bool,
    fallback: Option<CompactString>,
}

/// The languages a node's settings may be in: the lower the better.
pub(super) type Ranks = Map<CompactString, usize>;

impl Parts {
    /// Finds out which nodes, charts, flows and languages belong together. A flow is made whole or not at
    /// all: where a part of it could not be read, it is named instead.
    ///
    /// # Complexity
    /// O(bytes of the charts + parts · log parts + languages²).
    pub(in crate::intake) fn join(&mut self) -> Result<Joined, Reason> {
        if self.locales.len() > PACKAGE_LOCALES {
            return Err(Reason::TooManyCharts);
        }
        // The order of an archive means nothing.
        for parts in [&mut self.flows, &mut self.charts, &mut self.nodes] {
            parts.sort_by(|a, b| a.id.cmp(&b.id));
        }
        let mut joined = Joined {
            locales: self.locales.iter().map(Locale::of).collect(),
            ..Joined::default()
        };
        joined
            .locales
            .sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let by_locale: Map<CompactString, usize> = (joined.locales.iter())
            .map(|locale| locale.id.clone())
            .zip(0..)
            .collect();
        let wanted = (0..joined.locales.len()).map(Some).chain([None]);
        joined.ranks = wanted
            .map(|wanted| ranks(&joined.locales, &by_locale, wanted))
            .collect();
        let mut of_chart: Map<Cow<'_, str>, Vec<usize>> = Map::default();
        for (index, node) in self.nodes.iter().enumerate() {
            let chart = text(node.tree.root(), "chartReference").unwrap_or_default();
            of_chart.entry(chart).or_default().push(index);
        }
        let by_id: Map<&str, usize> = (self.flows.iter().map(|flow| flow.id.as_str()))
            .zip(0..)
            .collect();
        let by_chart: Map<Cow<'_, str>, usize> = self
            .flows
            .iter()
            .zip(0..)
            .filter_map(|(flow, index)| Some((text(flow.tree.root(), "chartReference")?, index)))
            .collect();
        let mut has_chart = vec![false; self.flows.len()];
        // The name, the flow and the chart of each, in the order of the names.
        let mut found = Vec::with_capacity(self.charts.len());
        for (chart, part) in self.charts.iter().enumerate() {
            let named = text(part.tree.root(), "resourceReference");
            let flow = named
                .as_deref()
                .and_then(|id| by_id.get(id))
                .or_else(|| by_chart.get(part.id.as_str()))
                .copied();
            if let Some(flow) = flow {
                has_chart[flow] = true;
            }
            let name = flow.and_then(|flow| text(self.flows[flow].tree.root(), "name"));
            let name = name.unwrap_or_else(|| Cow::Owned(format!("chart {}", part.id)));
            found.push((CompactString::from(name), flow, chart));
        }
        found.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
        let mut names = SafeNames::default();
        for (name, flow, chart) in found {
            let nodes = of_chart
                .remove(self.charts[chart].id.as_str())
                .unwrap_or_default();
            if let Some((folder, file)) = self.missing_of(chart) {
                let path = join(&folder, &file);
                let message = format!("The flow \"{name}\" was not opened because of it.");
                joined.mistakes.push((path, message));
                continue;
            }
            self.add_texts(&mut joined, &names.take(&name), &name, flow, &by_locale);
            joined.flows.push(Flow {
                chart,
                nodes,
                ordered: false,
            });
            if joined.texts.len() > PACKAGE_CHARTS {
                return Err(Reason::TooManyCharts);
            }
        }
        joined.homeless = of_chart.values().map(Vec::len).sum();
        for (flow, _) in self.flows.iter().zip(has_chart).filter(|(_, has)| !has) {
            let root = flow.tree.root();
            let chart = text(root, "chartReference").unwrap_or_default();
            let is_broken = self.is_broken("chart", &chart);
            let message = format!(
                "The flow \"{}\" was not opened because {}.",
                text(root, "name").unwrap_or_default(),
                if is_broken {
                    "its chart could not be read"
                } else {
                    "the package has no chart of it"
                }
            );
            joined.mistakes.push((join("flow", &flow.id), message));
        }
        Ok(joined)
    }

    /// A part that a chart needs and that could not be read.
    fn missing_of(&self, chart: usize) -> Option<(String, String)> {
        if self.broken.is_empty() {
            return None;
        }
        let root = self.charts[chart].tree.root();
        let broken = |folder: &str, name: &str| {
            let is_broken = self.is_broken(folder, name);
            is_broken.then(|| (folder.to_owned(), name.to_owned()))
        };
        let locale = self.broken.iter().find(|(folder, _)| folder == "locale");
        let flow = text(root, "resourceReference").and_then(|id| broken("flow", &id));
        let relations = root
            .get("relations")
            .into_iter()
            .flat_map(ValueRef::elements);
        let mut nodes = relations.filter_map(|relation| text(relation, "node"));
        locale
            .cloned()
            .or(flow)
            .or_else(|| nodes.find_map(|id| broken("nodeData", &id)))
    }

    fn is_broken(&self, folder: &str, name: &str) -> bool {
        self.broken.contains(&(folder.to_owned(), name.to_owned()))
    }

    /// Adds a text for each language of a flow: those the flow has, all where it names none.
    fn add_texts(
        &self,
        joined: &mut Joined,
        folder: &str,
        name: &CompactString,
        flow: Option<usize>,
        by_locale: &Map<CompactString, usize>,
    ) {
        let root = flow.map(|flow| self.flows[flow].tree.root());
        let mut own = Vec::new();
        for entry in elements(root, "localizedData") {
            let id = text(entry, "localeReference");
            own.extend(id.and_then(|id| by_locale.get(id.as_ref()).copied()));
        }
        own.sort_unstable();
        own.dedup();
        let mut locales: Vec<Option<usize>> = own.into_iter().map(Some).collect();
        if locales.is_empty() {
            locales.extend((0..joined.locales.len()).map(Some));
        }
        if locales.is_empty() {
            locales.push(None);
        }
        let reference = root.and_then(|root| text(root, "referenceId"));
        let reference = reference.map(CompactString::from);
        let mut names = SafeNames::default();
        for locale in locales {
            let language = locale.map(|locale| joined.locales[locale].name.clone());
            let mut path = format!("{}/flows/{folder}", self.base);
            if let Some(language) = &language {
                path = join(&path, &names.take(language));
            }
            joined.texts.push(ChartText {
                path: join(&path, "chart.json"),
                origin: Origin {
                    root: self.base.clone(),
                    flow_name: flow.map(|_| name.clone()),
                    flow_reference: reference.clone(),
                    locale: language,
                },
                flow: joined.flows.len(),
                locale,
            });
        }
    }

    /// The text of a chart in one language.
    ///
    /// # Complexity
    /// O(bytes of its parts).
    pub(in crate::intake) fn text(
        &self,
        joined: &mut Joined,
        index: usize,
    ) -> Result<String, ReadError> {
        let (flow, locale) = (joined.texts[index].flow, joined.texts[index].locale);
        let flow = &mut joined.flows[flow];
        let chart = &self.charts[flow.chart].tree;
        if !flow.ordered {
            order::sort(chart, &mut flow.nodes, &self.nodes);
            flow.ordered = true;
        }
        let ranks = &joined.ranks[locale.unwrap_or(joined.locales.len())];
        let nodes = flow.nodes.iter().map(|&node| &self.nodes[node].tree);
        compose::chart(chart, nodes, ranks)
    }
}

impl Locale {
    fn of(part: &Part) -> Self {
        let root = part.tree.root();
        let is = |key| root.get(key).and_then(ValueRef::as_bool) == Some(true);
        Self {
            id: part.id.clone(),
            name: text(root, "name").map_or_else(|| part.id.clone(), CompactString::from),
            primary: is("primary"),
            fallback: text(root, "fallbackLocaleReference").map(CompactString::from),
        }
    }
}

/// The languages that may stand for the one that is wanted. Those it falls back to come after it, the
/// project's own language after those.
fn ranks(locales: &[Locale], by_id: &Map<CompactString, usize>, wanted: Option<usize>) -> Ranks {
    let mut ranks = Ranks::default();
    let mut next = wanted;
    while let Some(locale) = next.map(|at| &locales[at]) {
        // Languages that fall back to each other in a circle end where it closes.
        if ranks.contains_key(&locale.id) {
            break;
        }
        ranks.insert(locale.id.clone(), ranks.len());
        next = locale
            .fallback
            .as_ref()
            .and_then(|id| by_id.get(id).copied());
    }
    for locale in locales.iter().filter(|locale| locale.primary) {
        let rank = ranks.len();
        ranks.entry(locale.id.clone()).or_insert(rank);
    }
    ranks
}
