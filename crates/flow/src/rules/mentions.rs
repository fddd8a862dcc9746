//! Where a dialog flow mentions context variables: in conditions, in scripts, in what is said.
//! Which of the mentions are mistakes is for the rules.

use compact_str::CompactString;

use super::context::{DialogContext, EdgeAt, NodeAt};
use super::ids::Map;
use crate::expression::references::{TextReference, scan_text, words};
use crate::expression::{Expression, Root, Span, nearest};
use crate::json::ValueId;
use crate::limits::NAMES_COMPARED;
use crate::script::{Action, Script};

/// The number of a variable's name.
pub type NameAt = usize;

/// How a variable is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By its bare name in an expression.
    Bare,
    /// As a property of the context or in braces.
    Reference,
    /// As `${name}` in a script.
    Dollar,
    /// It is set.
    Set,
}

/// One mention in a text.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Which variable.
    pub name: NameAt,
    /// How.
    pub how: How,
    /// Where its name stands in the decoded text.
    pub span: Span,
}

/// A string of the document that mentions variables.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The string.
    pub at: ValueId,
    /// The node it belongs to: for a condition the one its edge leaves.
    pub node: Option<NodeAt>,
    /// The edge, for a condition.
    pub edge: Option<EdgeAt>,
}

impl Place {
    /// The id a problem there is about: of the edge for a condition, else of the node.
    pub fn ids<'a>(&self, context: &DialogContext<'a>) -> impl Iterator<Item = &'a CompactString> {
        let edge = self.edge.map(|edge| &context.edge(edge).id.text);
        let node = self.node.map(|node| &context.node(node).id.text);
        edge.or(node).into_iter()
    }
}

/// The first mention of each variable, in order.
pub fn first_of_each<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Vec<&'m Mention> {
    let mut first: Vec<&Mention> = mentions.collect();
    first.sort_by_key(|mention| mention.name);
    first.dedup_by_key(|mention| mention.name);
    first.sort_by_key(|mention| mention.span);
    first
}

/// Every mention of every variable.
#[derive(Debug)]
pub struct Mentions {
    numbers: Map<CompactString, NameAt>,
    /// The names, in order of first appearance: declared ones first.
    pub names: Vec<CompactString>,
    /// What is known of each name.
    pub known: Vec<Known>,
    /// Whether a place reads the context as a whole, so that any variable may be meant.
    pub whole_context: bool,
    /// The mentions in each distinct condition, in order.
    conditions: Vec<Vec<Mention>>,
    /// The mentions in each distinct script, in the order in which they are carried out.
    scripts: Vec<Vec<Mention>>,
    /// The nodes that mention variables in what they say.
    says: Vec<(NodeAt, Vec<Mention>)>,
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// Its index among the declared variables.
    pub declared: Option<usize>,
    /// Whether some script sets it.
    pub set: bool,
    /// Whether a linked context set injects it.
    pub injected: bool,
    /// Whether it is mentioned at all, in any form.
    pub mentioned: bool,
}

impl Known {
    /// Whether it gets a value from somewhere.
    pub fn exists(&self) -> bool {
        self.declared.is_some() || self.set || self.injected
    }
}

impl Mentions {
    /// Collects the mentions. O(texts).
    pub(super) fn new(context: &DialogContext<'_>) -> Self {
        let mut all = Self {
            numbers: Map::default(),
            names: Vec::new(),
            known: Vec::new(),
            whole_context: false,
            conditions: Vec::new(),
            scripts: Vec::new(),
            says: Vec::new(),
        };
        for (index, variable) in context.flow.variables.iter().enumerate() {
            let name = all.number(&variable.name.text);
            all.known[name].declared.get_or_insert(index);
        }
        for name in &context.settings.injected {
            let name = all.number(name);
            all.known[name].injected = true;
        }
        for condition in &context.conditions().distinct {
            let mentions = all.in_condition(&condition.expression);
            all.conditions.push(mentions);
        }
        for script in &context.scripts().distinct {
            let mentions = all.in_script(script);
            all.scripts.push(mentions);
        }
        for (index, node) in context.flow.nodes.iter().enumerate() {
            let Some(say) = &node.properties.say else {
                continue;
            };
            let mut mentions = Vec::new();
            for reference in scan_text(&say.text) {
                mentions.extend(all.in_text(&reference, How::Reference));
            }
            if !mentions.is_empty() {
                all.says.push((index, mentions));
            }
        }
        // Only now is it known which words of foreign scripts are names.
        for script in context
            .scripts()
            .distinct
            .iter()
            .filter(|script| script.is_opaque())
        {
            for (word, _) in words(script.source()) {
                if let Some(&name) = all.numbers.get(word) {
                    all.known[name].mentioned = true;
                }
            }
        }
        all
    }

    /// Every place with mentions, with them: scripts and what is said by node, then conditions by
    /// edge.
    pub fn places<'m>(
        &'m self,
        context: &'m DialogContext<'_>,
    ) -> impl Iterator<Item = (Place, &'m [Mention])> {
        let flow = context.flow;
        let scripts = (0..flow.nodes.len()).filter_map(move |node| {
            let field = flow.nodes[node].properties.script.as_ref()?;
            let mentions = &self.scripts[context.scripts().number(node)?];
            Some((of_node(node, field.at), &mentions[..]))
        });
        let says = self.says.iter().filter_map(move |(node, mentions)| {
            let field = flow.nodes[*node].properties.say.as_ref()?;
            Some((of_node(*node, field.at), &mentions[..]))
        });
        let conditions = (0..flow.edges.len()).filter_map(move |edge| {
            let field = flow.edges[edge].condition.as_ref()?;
            let mentions = &self.conditions[context.conditions().number(edge)?];
            let place = Place {
                at: field.at,
                node: context.source(edge),
                edge: Some(edge),
            };
            Some((place, &mentions[..]))
        });
        scripts
            .chain(says)
            .chain(conditions)
            .filter(|(_, mentions)| !mentions.is_empty())
    }

    /// The number of a name that is mentioned, declared or injected.
    pub fn find(&self, name: &str) -> Option<NameAt> {
        self.numbers.get(name).copied()
    }

    /// The name that was meant instead of one that does not exist: one of `roots`, or of the first
    /// [`NAMES_COMPARED`] variables that get a value from somewhere.
    pub fn nearest<'m>(&'m self, name: &str, roots: &[&'m str]) -> Option<&'m str> {
        let variables = self
            .names
            .iter()
            .zip(&self.known)
            .filter(|(_, known)| known.exists())
            .map(|(name, _)| name.as_str())
            .take(NAMES_COMPARED);
        nearest(name, roots.iter().copied().chain(variables))
    }

    fn number(&mut self, name: &str) -> NameAt {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let name = CompactString::from(name);
        self.names.push(name.clone());
        self.known.push(Known::default());
        self.numbers.insert(name, self.names.len() - 1);
        self.names.len() - 1
    }

    fn mention(&mut self, name: &str, how: How, span: Span) -> Mention {
        let name = self.number(name);
        self.known[name].mentioned = true;
        self.known[name].set |= how == How::Set;
        Mention { name, how, span }
    }

    fn in_condition(&mut self, expression: &Expression<'_>) -> Vec<Mention> {
        let mut mentions = Vec::new();
        self.paths(expression, &mut mentions);
        // A reference in a string of a condition is compared as it is written; but whoever wrote
        // it means the variable.
        if expression.source().contains('{') {
            for reference in scan_text(expression.source()).filter(TextReference::is_replaced) {
                self.in_text(&reference, How::Reference);
            }
        }
        mentions
    }

    /// The mentions outside strings, in the order of the source.
    fn paths(&mut self, expression: &Expression<'_>, mentions: &mut Vec<Mention>) {
        for reference in expression.references() {
            match reference.root() {
                None => {
                    let (name, span) = (reference.root_name(), reference.root_span());
                    mentions.push(self.mention(name, How::Bare, span));
                }
                Some(Root::Context) => match reference.variable() {
                    Some(step) => {
                        mentions.push(self.mention(&step.name, How::Reference, step.span));
                    }
                    None => self.whole_context = true,
                },
                Some(_) => {}
            }
        }
    }

    fn in_text(&mut self, reference: &TextReference<'_>, how: How) -> Option<Mention> {
        if !reference.is_property && reference.root == Some(Root::Context) {
            self.whole_context = true;
        }
        // `${input}` is no variable either, but a script that says so means one.
        (reference.names_variable() || how == How::Dollar)
            .then(|| self.mention(reference.name, how, reference.name_span))
    }

    /// The mentions in a script. Of each statement, what it reads comes before what it sets; what
    /// a script in another language sets is taken to be set before what it reads.
    fn in_script(&mut self, script: &Script<'_>) -> Vec<Mention> {
        let source = script.source();
        let mut mentions = Vec::new();
        if script.is_opaque() {
            for reference in script.text_references() {
                let rest = source[reference.span.end as usize..].trim_start();
                let sets = rest.starts_with('=') && !rest.starts_with("==");
                let how = match in_braces(&reference) {
                    How::Reference if sets && !reference.is_replaced() => How::Set,
                    how => how,
                };
                mentions.extend(self.in_text(&reference, how));
            }
            mentions.sort_by_key(|mention| mention.how != How::Set);
            return mentions;
        }
        // Outside strings there are no braces in the grammar.
        let mut in_strings = script
            .text_references()
            .filter(TextReference::is_replaced)
            .peekable();
        for statement in script.statements() {
            for expression in statement.expressions() {
                self.paths(expression, &mut mentions);
            }
            let is_before =
                |reference: &TextReference<'_>| reference.span.start < statement.span.end;
            while let Some(reference) = in_strings.next_if(is_before) {
                mentions.extend(self.in_text(&reference, in_braces(&reference)));
            }
            if let Action::Set { name, .. } = &statement.action {
                mentions.push(self.mention(&name.name, How::Set, name.span));
            }
        }
        mentions
    }
}

/// How a reference in a script mentions its variable, unless it sets it.
fn in_braces(reference: &TextReference<'_>) -> How {
    if reference.is_plain_dollar() {
        How::Dollar
    } else {
        How::Reference
    }
}

fn of_node(node: NodeAt, at: ValueId) -> Place {
    Place {
        at,
        node: Some(node),
        edge: None,
    }
}
