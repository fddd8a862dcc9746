//! The names that expressions and scripts of a document can use, beyond those of the language.

use std::collections::{BTreeSet, HashMap};

use compact_str::CompactString;

use crate::diagram::display;
use crate::document::{DialogFlow, Document, NodeKind, StateFlow};
use crate::expression::{ROOTS, Root, Types, nearest};
use crate::json::Tree;
use crate::limits::NAMES_COMPARED;
use crate::problem::Severity;
use crate::rules::context::DialogContext;
use crate::rules::mentions::How;
use crate::rules::{Level, Settings, rule};

/// Where a name gets its value from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The flow declares it, with this type.
    Declared(CompactString),
    /// A script or an action sets it, first in the node or state that is called so.
    Set(CompactString),
    /// A linked context set injects it.
    Injected,
}

/// A variable that gets a value from somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: CompactString,
    /// Where it gets its value from.
    pub origin: Origin,
    /// The root it is a property of; none where its bare name is enough.
    pub root: Option<Root>,
}

/// What sort of document a scope is of: each has its own rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Family {
    #[default]
    Neither,
    Dialog,
    State,
}

/// The names in scope, the same everywhere in one document, and how severe what rules about
/// expressions find in it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub(super) family: Family,
    names: Vec<Known>,
    /// The names that stand alone, by their place among all.
    bare: HashMap<CompactString, usize>,
    intents: Vec<CompactString>,
    /// The severities of the rules that are not as their pages say; none for one that is off.
    levels: Vec<(&'static str, Option<Severity>)>,
}

/// The rules that judge expressions and scripts.
const CODES: [&str; 10] = [
    "FD301", "FD302", "FD501", "FD502", "FD503", "FD507", "ST501", "ST502", "ST503", "ST504",
];

impl Scope {
    /// The scope of a document that is checked with `settings`.
    ///
    /// # Complexity
    /// O(document): every script and condition is read.
    pub fn of(document: &Document, settings: &Settings) -> Self {
        let mut scope = Self::default();
        if let Some(flow) = document.dialog_flow() {
            scope.family = Family::Dialog;
            scope.dialog(document.tree(), flow, settings);
        } else if let Some(flow) = document.state_flow() {
            scope.family = Family::State;
            scope.states(flow, settings);
        }
        scope.levels = CODES
            .iter()
            .filter_map(|code| match settings.level(rule(code)?)? {
                Level::Off => Some((*code, None)),
                Level::On(severity) => Some((*code, Some(severity))),
            })
            .collect();
        scope
    }

    /// The variables, declared ones first.
    pub fn names(&self) -> &[Known] {
        &self.names
    }

    /// The intents this flow waits for, each once, in file order.
    pub fn intents(&self) -> &[CompactString] {
        &self.intents
    }

    /// The variable whose bare name this is.
    pub fn find(&self, name: &str) -> Option<&Known> {
        self.bare.get(name).map(|&place| &self.names[place])
    }

    /// Whether the flow declares a variable of this name.
    pub fn declares(&self, name: &str) -> bool {
        self.find(name)
            .is_some_and(|known| matches!(known.origin, Origin::Declared(_)))
    }

    /// The types a variable can have.
    pub fn types(&self, name: &str) -> Types {
        match self.find(name).map(|known| &known.origin) {
            Some(Origin::Declared(word)) => Types::declared(word),
            _ => Types::ANY,
        }
    }

    /// The name that was meant instead of one that is not in scope; a root too where `roots` are
    /// asked for.
    pub fn nearest(&self, name: &str, roots: bool) -> Option<&str> {
        let roots = ROOTS.iter().map(|(root, _)| *root).filter(|_| roots);
        let bare = self.names.iter().filter(|known| known.root.is_none());
        let variables = bare.take(NAMES_COMPARED).map(|known| known.name.as_str());
        nearest(name, roots.chain(variables))
    }

    /// How severe what a rule finds is here, `own` where nothing else is set; none when the rule
    /// is off.
    pub(super) fn severity(&self, code: &str, own: Severity) -> Option<Severity> {
        let set = self.levels.iter().find(|(other, _)| *other == code);
        set.map_or(Some(own), |(_, severity)| *severity)
    }

    fn add(&mut self, root: Option<Root>, name: &str, origin: Origin) {
        let name = CompactString::from(name);
        if root.is_none() {
            if self.bare.contains_key(&name) {
                return;
            }
            self.bare.insert(name.clone(), self.names.len());
        }
        self.names.push(Known { name, origin, root });
    }

    fn dialog(&mut self, tree: &Tree, flow: &DialogFlow, settings: &Settings) {
        let context = DialogContext::new(tree, flow, settings);
        let mentions = context.mentions();
        let mut setters: Vec<Option<usize>> = vec![None; mentions.names.len()];
        for (place, own) in mentions.places(&context) {
            for mention in own.iter().filter(|mention| mention.how == How::Set) {
                let setter = &mut setters[mention.name];
                *setter = setter.or(place.node);
            }
        }
        for ((name, known), setter) in mentions.names.iter().zip(&mentions.known).zip(setters) {
            let declared = known.declared.map(|index| &flow.variables[index]);
            let origin = match declared {
                Some(variable) => Origin::Declared(variable.type_name.text.clone()),
                None if known.set => {
                    let setter = setter.and_then(|node| flow.nodes.get(node));
                    Origin::Set(
                        setter
                            .map(|node| display(&node.label.text))
                            .unwrap_or_default(),
                    )
                }
                None if known.injected => Origin::Injected,
                None => continue,
            };
            self.add(None, name, origin);
        }
        let intents = flow
            .nodes
            .iter()
            .filter(|node| node.kind == NodeKind::Intent);
        let mut seen = BTreeSet::new();
        for intent in intents.map(crate::document::Node::intent) {
            if seen.insert(intent) {
                self.intents.push(intent.clone());
            }
        }
    }

    fn states(&mut self, flow: &StateFlow, settings: &Settings) {
        let actions = flow.states.iter().flat_map(|state| {
            let actions = state.transitions.iter().flat_map(|it| &it.actions);
            actions.map(move |action| (state, action))
        });
        let written =
            actions.filter_map(|(state, action)| Some((state, action.variable.as_ref()?)));
        let mut scoped = BTreeSet::new();
        for (state, variable) in written {
            let set = || Origin::Set(display(state.label()));
            match variable.text.split_once('.') {
                None => self.add(None, &variable.text, set()),
                Some((root, name)) => {
                    if let Some(root) = Root::named(root)
                        && scoped.insert(&variable.text)
                    {
                        self.add(Some(root), name, set());
                    }
                }
            }
        }
        for name in &settings.injected {
            self.add(None, name, Origin::Injected);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A flow with declared, set and unknown names and two intents.
    pub(in crate::editing) fn scope() -> Scope {
        let text = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
            "variables":[{"name":"agent","type":"string"},{"name":"total","type":"number"},
                         {"name":"items","type":"array"}],
            "nodes":[{"id":"a","type":"start","label":"A"},
                     {"id":"b","type":"intent","label":"B","properties":{"intentName":"order status"}},
                     {"id":"c","type":"intent","label":"greet"},
                     {"id":"d","type":"intent","label":"greet"},
                     {"id":"e","type":"action","label":"E","properties":{"script":"set(place, 'here')"}},
                     {"id":"g","type":"action","label":"G","properties":{"script":"if (1) context.tier = 2; context.total == 3"}}],
            "edges":[]}"#;
        let document = Document::read(text.into()).unwrap();
        let mut settings = Settings::default();
        settings.injected.insert("tenant".into());
        Scope::of(&document, &settings)
    }

    #[test]
    fn names_come_from_everywhere_once() {
        let scope = scope();
        let names: Vec<_> = scope
            .names()
            .iter()
            .map(|known| known.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["agent", "total", "items", "tenant", "place", "tier"]
        );
        assert_eq!(scope.intents(), ["order status", "greet"]);
        assert!(scope.declares("agent") && !scope.declares("place"));
        assert_eq!(scope.types("total"), Types::NUMBER);
        assert_eq!(scope.nearest("agnet", false), Some("agent"));
        assert_eq!(scope.nearest("intnet", false), None);
        assert_eq!(scope.nearest("intnet", true), Some("intent"));
    }

    /// A state flow whose actions set names with a scope and without.
    pub(in crate::editing) fn states() -> Scope {
        let text = r#"{"botId":"b","flowId":"f","states":[{"id":"s","transitions":[
            {"id":"t","targetStateId":"s","actions":[
                {"type":"set","variable":"session.tier","value":1},
                {"type":"set","variable":"session.tier","value":2},
                {"type":"set","variable":"count","value":1}]}]}]}"#;
        let document = Document::read(text.into()).unwrap();
        Scope::of(&document, &Settings::default())
    }

    #[test]
    fn actions_of_states_set_names_with_their_scope() {
        let states = states();
        let names: Vec<_> = states
            .names()
            .iter()
            .map(|known| (known.root, known.name.as_str()))
            .collect();
        assert_eq!(names, [(Some(Root::Session), "tier"), (None, "count")]);
        assert!(states.find("count").is_some() && states.find("tier").is_none());
    }

    #[test]
    fn settings_decide_how_severe_a_finding_is() {
        let mut settings = Settings::default();
        settings.set_level("FD503", Level::Off);
        settings.set_level("FD507", Level::On(Severity::Error));
        let text = r#"{"id":"f","name":"F","version":"1.0.0","entryPoint":"a",
            "nodes":[{"id":"a","type":"start","label":"A"}],"edges":[]}"#;
        let document = Document::read(text.into()).unwrap();
        let scope = Scope::of(&document, &settings);
        assert_eq!(scope.severity("FD503", Severity::Warning), None);
        assert_eq!(
            scope.severity("FD507", Severity::Warning),
            Some(Severity::Error)
        );
        assert_eq!(
            scope.severity("FD502", Severity::Warning),
            Some(Severity::Warning)
        );
    }
}
