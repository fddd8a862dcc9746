//! A folder with the flows of a project, as the command line of Cognigy writes it: `…/flows/<Flow>` with
//! `config.json` and, for each language, a folder with `chart.json`. Says where a chart comes from.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::plan::{name_of, parent};
use crate::json::{decode_text, parse};
use crate::rules::chart_index::{KnownFlow, Origin};

/// The flows of one such folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// Where it is, told from the root of the collection: `…/flows`.
    at: String,
    /// What its charts have in common.
    root: String,
    /// By the folder of the flow, told from [`Folder::at`].
    flows: BTreeMap<String, Flow>,
}

#[derive(Debug)]
struct Flow {
    name: CompactString,
    reference: Option<CompactString>,
}

impl Folder {
    /// The folder `at`; `base` is what stands before the paths of the collection.
    pub(super) fn new(at: &str, base: &str) -> Self {
        let root = match name_of(at) {
            "flows" => parent(at),
            _ => at,
        };
        Self {
            at: at.to_owned(),
            root: join(base, root),
            flows: BTreeMap::new(),
        }
    }

    /// Takes up what a `config.json` says about its flow. Whatever it is not, it is not known.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        let Some(flow) = self.inside(parent(path)) else {
            return;
        };
        let tree = decode_text(bytes)
            .ok()
            .and_then(|text| parse(text.into()).ok());
        let Some(tree) = tree else {
            return;
        };
        let text = |key| {
            let text = tree.root().get(key).and_then(crate::json::ValueRef::as_str);
            text.filter(|text| !text.trim().is_empty())
                .map(CompactString::from)
        };
        let flow_name = text("name").unwrap_or_else(|| name_of(flow).into());
        let reference = text("referenceId");
        self.flows.insert(
            flow.to_owned(),
            Flow {
                name: flow_name,
                reference,
            },
        );
    }

    /// Where a chart of this folder comes from. A slash in the name of a flow or language makes a deeper
    /// folder, so the flow is the deepest folder that has a configuration, else all but the last.
    pub(super) fn origin(&self, path: &str) -> Origin {
        let inside = self.inside(parent(path)).unwrap_or_default();
        let mut flow_folder = parent(inside);
        let folder = flow_folder;
        while !flow_folder.is_empty() && !self.flows.contains_key(flow_folder) {
            flow_folder = parent(flow_folder);
        }
        let (folder, flow) = match self.flows.get(flow_folder) {
            Some(flow) => (flow_folder, Some(flow)),
            None => (folder, None),
        };
        let locale = inside[folder.len()..].trim_start_matches('/');
        let text = |text: &str| (!text.is_empty()).then(|| CompactString::from(text));
        Origin {
            root: self.root.clone(),
            flow_name: flow.map_or_else(|| text(folder), |flow| Some(flow.name.clone())),
            flow_reference: flow.and_then(|flow| flow.reference.clone()),
            locale: text(locale),
        }
    }

    /// The flows that the folder tells of.
    pub(super) fn known(&self) -> impl Iterator<Item = KnownFlow> + '_ {
        self.flows.values().filter_map(|flow| {
            Some(KnownFlow {
                root: self.root.clone(),
                name: flow.name.clone(),
                reference: flow.reference.clone()?,
            })
        })
    }

    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.at.is_empty() {
            return Some(path);
        }
        path.strip_prefix(self.at.as_str())?.strip_prefix('/')
    }
}

/// `path` below `base`; either may be empty.
pub(super) fn join(base: &str, path: &str) -> String {
    match (base, path) {
        ("", path) => path.to_owned(),
        (base, "") => base.to_owned(),
        (base, path) => format!("{base}/{path}"),
    }
}
