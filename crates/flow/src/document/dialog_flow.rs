//! The typed view of a dialog flow.

use std::ops::Deref;

use compact_str::CompactString;

use super::MAX_NODES;
use super::project::{Field, Item, Projector, pick};
use crate::geometry::Point;
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// Nodes, edges and declared variables with one entry point.
#[derive(Clone, Debug)]
pub struct DialogFlow {
    /// The object that is the flow; inside a sync payload not the root.
    pub at: ValueId,
    /// Which dialog it is.
    pub id: Field,
    /// What it is called.
    pub name: Field,
    /// `x.y.z`
    pub version: Field,
    /// Id of the node where a conversation starts.
    pub entry_point: Field,
    /// In file order.
    pub nodes: Vec<Node>,
    /// In file order, which is the order of evaluation among those of one source.
    pub edges: Vec<Edge>,
    /// In file order.
    pub variables: Vec<Variable>,
    /// The array `nodes`.
    pub nodes_at: ValueId,
    /// The array `edges`.
    pub edges_at: ValueId,
    /// The array `variables`, where the file has one.
    pub variables_at: Option<ValueId>,
}

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// Where a conversation starts.
    Start,
    /// Waits for input and matches an intent.
    Intent,
    /// Runs a script, says something.
    Action,
    /// Only branches.
    Condition,
    /// Finishes.
    End,
    /// Finishes where nothing else fitted.
    Fallback,
    /// Any other type: opens, and is a problem.
    Unknown,
}

impl NodeKind {
    /// The six types there are, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Start,
        Self::Intent,
        Self::Action,
        Self::Condition,
        Self::End,
        Self::Fallback,
    ];

    /// The kind that `type` spells.
    pub fn from_type(text: &str) -> Self {
        match text {
            "start" => Self::Start,
            "intent" => Self::Intent,
            "action" => Self::Action,
            "condition" => Self::Condition,
            "end" => Self::End,
            "fallback" => Self::Fallback,
            _ => Self::Unknown,
        }
    }

    /// How a file spells it. [`NodeKind::Unknown`] has no spelling of its own.
    pub fn as_type(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Intent => "intent",
            Self::Action => "action",
            Self::Condition => "condition",
            Self::End => "end",
            Self::Fallback => "fallback",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a conversation finishes here.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::End | Self::Fallback)
    }
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The object.
    pub at: ValueId,
    /// Its id.
    pub id: Field,
    /// The type as spelled.
    pub type_name: Field,
    /// The type.
    pub kind: NodeKind,
    /// What it is called on the canvas.
    pub label: Field,
    /// The known properties.
    pub properties: Properties,
}

/// The properties of a node: where they stand, and those that mean something to Flowdeck, which
/// are read as if they were fields of this.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The object, where the file has one.
    pub at: Option<ValueId>,
    /// Few nodes have more than one of these and many have none, so they are kept apart.
    known: Option<Box<KnownProperties>>,
}

/// The properties that mean something to Flowdeck. A known key of the wrong type is `None` here
/// and listed in `ill_typed`.
#[derive(Clone, Debug, Default)]
pub struct KnownProperties {
    /// What an action runs.
    pub script: Option<Field>,
    /// What is said to the user.
    pub say: Option<Field>,
    /// Which intent an intent node matches; the label when absent.
    pub intent_name: Option<Field>,
    /// Example sentences of an intent: an array of strings.
    pub examples: Option<ValueId>,
    /// Part of an intended loop.
    pub is_fallback: bool,
    /// Where the file places the node.
    pub position: Option<Point>,
    /// The value of `position`.
    pub position_at: Option<ValueId>,
    /// Known keys whose value has the wrong type, with the type they should have.
    pub ill_typed: Vec<(ValueId, &'static str, &'static str)>,
}

impl Deref for Properties {
    type Target = KnownProperties;

    fn deref(&self) -> &KnownProperties {
        static NONE: KnownProperties = KnownProperties {
            script: None,
            say: None,
            intent_name: None,
            examples: None,
            is_fallback: false,
            position: None,
            position_at: None,
            ill_typed: Vec::new(),
        };
        self.known.as_deref().unwrap_or(&NONE)
    }
}

/// One edge.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The object.
    pub at: ValueId,
    /// Its id.
    pub id: Field,
    /// Id of the node it leaves.
    pub source: Field,
    /// Id of the node it enters.
    pub target: Field,
    /// The condition; none for the default branch.
    pub condition: Option<Field>,
}

/// The types a declared variable can have.
pub const VARIABLE_TYPES: [&str; 5] = ["string", "number", "boolean", "object", "array"];

/// One declared variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The object.
    pub at: ValueId,
    /// Its name.
    pub name: Field,
    /// `string`, `number`, `boolean`, `object` or `array`; anything else is a problem.
    pub type_name: Field,
    /// Its initial value.
    pub default: Option<ValueId>,
}

impl DialogFlow {
    /// Reads the flow out of the object `at`. O(values inside).
    pub(super) fn project(tree: &Tree, at: ValueId) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.value(at);
        if object.kind() != Kind::Object {
            read.wrong_type(object, "sync payload", "artifact", "a dialog flow");
        }
        let what = "flow";
        let [id, name, version, entry_point, nodes, edges, variables] = pick(
            object,
            [
                "id",
                "name",
                "version",
                "entryPoint",
                "nodes",
                "edges",
                "variables",
            ],
        );
        let variables = variables.filter(|value| !value.is_null());
        let flow = Self {
            at,
            id: read.required(object, id, what, "id"),
            name: read.required(object, name, what, "name"),
            version: read.required(object, version, what, "version"),
            entry_point: read.required(object, entry_point, what, "entryPoint"),
            nodes: read.list(object, nodes, what, "nodes", true),
            edges: read.list(object, edges, what, "edges", true),
            variables: read.list(object, variables, what, "variables", false),
            nodes_at: nodes.map_or(at, ValueRef::id),
            edges_at: edges.map_or(at, ValueRef::id),
            variables_at: variables.map(ValueRef::id),
        };
        read.finish(flow)
    }
}

impl Item for Node {
    const LEAST_BYTES: usize = r#"{"id":"","type":"","label":""},"#.len();
    const MOST: usize = MAX_NODES;

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let [id, type_name, label, properties] =
            pick(object, ["id", "type", "label", "properties"]);
        let type_name = read.required(object, type_name, "node", "type");
        Self {
            at: object.id(),
            id: read.required(object, id, "node", "id"),
            kind: NodeKind::from_type(&type_name.text),
            type_name,
            label: read.required(object, label, "node", "label"),
            properties: Properties::project(read, properties),
        }
    }
}

impl Node {
    /// The intent it matches: `intentName`, else the label.
    pub fn intent(&self) -> &CompactString {
        self.properties
            .intent_name
            .as_ref()
            .map_or(&self.label.text, |field| &field.text)
    }
}

/// The keys of [`KnownProperties`].
const KNOWN_PROPERTIES: [&str; 6] = [
    "script",
    "say",
    "intentName",
    "examples",
    "isFallback",
    "position",
];

impl Properties {
    fn project(read: &mut Projector<'_>, found: Option<ValueRef<'_>>) -> Self {
        let mut properties = Self::default();
        let Some(object) = found.filter(|value| !value.is_null()) else {
            return properties;
        };
        if object.kind() != Kind::Object {
            read.wrong_type(object, "node", "properties", "an object");
            return properties;
        }
        properties.at = Some(object.id());
        for (key, value) in object.members() {
            if let Some(name) = KNOWN_PROPERTIES.into_iter().find(|name| key.is_text(name)) {
                properties.known.get_or_insert_default().read(name, value);
            }
        }
        properties
    }
}

impl KnownProperties {
    fn read(&mut self, key: &'static str, value: ValueRef<'_>) {
        match key {
            "script" => self.script = self.text(value, key),
            "say" => self.say = self.text(value, key),
            "intentName" => self.intent_name = self.text(value, key),
            "examples" => {
                if value.kind() == Kind::Array && value.elements().all(ValueRef::is_string) {
                    self.examples = Some(value.id());
                } else {
                    self.ill_typed.push((value.id(), key, "a list of strings"));
                }
            }
            "isFallback" => match value.as_bool() {
                Some(flag) => self.is_fallback = flag,
                None => self.ill_typed.push((value.id(), key, "true or false")),
            },
            _ => {
                let coordinate = |key| value.get(key).and_then(ValueRef::as_f64);
                match (coordinate("x"), coordinate("y")) {
                    (Some(x), Some(y)) if x.is_finite() && y.is_finite() => {
                        self.position = Some(Point::new(x, y));
                        self.position_at = Some(value.id());
                    }
                    _ => {
                        let expected = "an object with the numbers x and y";
                        self.ill_typed.push((value.id(), key, expected));
                    }
                }
            }
        }
    }

    fn text(&mut self, value: ValueRef<'_>, key: &'static str) -> Option<Field> {
        let field = Field::of(value);
        if field.is_none() {
            self.ill_typed.push((value.id(), key, "a string"));
        }
        field
    }
}

impl Item for Edge {
    const LEAST_BYTES: usize = r#"{"id":"","source":"","target":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let [id, source, target, condition] = pick(object, ["id", "source", "target", "condition"]);
        Self {
            at: object.id(),
            id: read.required(object, id, "edge", "id"),
            source: read.required(object, source, "edge", "source"),
            target: read.required(object, target, "edge", "target"),
            condition: read.optional(condition, "edge", "condition"),
        }
    }
}

impl Item for Variable {
    const LEAST_BYTES: usize = r#"{"name":"","type":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let [name, type_name, default] = pick(object, ["name", "type", "default"]);
        Self {
            at: object.id(),
            name: read.required(object, name, "variable", "name"),
            type_name: read.required(object, type_name, "variable", "type"),
            default: default.map(ValueRef::id),
        }
    }
}
