//! The typed view of a simulation script.

use super::project::{Field, Item, Projector, pick};
use crate::json::{Kind, ReadError, Tree, ValueId, ValueRef};

/// The confidence an assertion asks for when it says nothing.
pub const DEFAULT_CONFIDENCE: f64 = 0.85;

/// User inputs with assertions.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The object: the root.
    pub at: ValueId,
    /// Which bot is talked to.
    pub bot_id: Field,
    /// Where it runs.
    pub environment_id: Field,
    /// Which version of it.
    pub version_id: Field,
    /// In the order they are said.
    pub inputs: Vec<SimulationInput>,
    /// The array `inputs`.
    pub inputs_at: ValueId,
    /// The object `context`: variables the conversation starts with.
    pub context_at: Option<ValueId>,
    /// In file order.
    pub assertions: Vec<Assertion>,
    /// The array `assertions`, where the file has one.
    pub assertions_at: Option<ValueId>,
}

/// One input.
#[derive(Clone, Debug)]
pub struct SimulationInput {
    /// The object.
    pub at: ValueId,
    /// What the user says.
    pub text: Field,
    /// How long the user waits before saying it, in milliseconds.
    pub delay_ms: f64,
}

/// What is expected after one input.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// The object.
    pub at: ValueId,
    /// Index of the input, from zero; none when the number is no index.
    pub step_index: Option<usize>,
    /// The number `step_index`.
    pub step_at: ValueId,
    /// Which intent is recognised.
    pub expected_intent: Field,
    /// With which confidence at least.
    pub minimum_confidence: f64,
    /// The number `expected_confidence_min`, where the file has it.
    pub confidence_at: Option<ValueId>,
    /// The object `expected_entities`: values by entity type.
    pub entities_at: Option<ValueId>,
    /// Id of the node a rehearsal stands at. Not sent.
    pub expected_node: Option<Field>,
    /// What a rehearsal says. Not sent.
    pub expected_text: Option<Field>,
}

impl Simulation {
    /// Reads the script out of a document. O(values inside).
    pub(super) fn project(tree: &Tree) -> Result<Self, Vec<ReadError>> {
        let mut read = Projector::new(tree);
        let object = tree.root();
        let what = "simulation script";
        let [bot, environment, version, inputs, context, assertions] = pick(
            object,
            [
                "botId",
                "environmentId",
                "versionId",
                "inputs",
                "context",
                "assertions",
            ],
        );
        let script = Self {
            at: object.id(),
            bot_id: read.required(object, bot, what, "botId"),
            environment_id: read.required(object, environment, what, "environmentId"),
            version_id: read.required(object, version, what, "versionId"),
            inputs: read.list(object, inputs, what, "inputs", true),
            inputs_at: inputs.map_or(object.id(), ValueRef::id),
            context_at: optional_object(&mut read, context, what, "context"),
            assertions: read.list(object, assertions, what, "assertions", false),
            assertions_at: assertions.map(ValueRef::id),
        };
        read.finish(script)
    }
}

impl Item for SimulationInput {
    const LEAST_BYTES: usize = r#"{"text":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "input";
        let [text, delay] = pick(object, ["text", "delay_ms"]);
        Self {
            at: object.id(),
            text: read.required(object, text, what, "text"),
            delay_ms: delay.map_or(0.0, |delay| read.number(delay, what, "delay_ms")),
        }
    }
}

impl Item for Assertion {
    const LEAST_BYTES: usize = r#"{"step_index":0,"expected_intent":""},"#.len();

    fn project(read: &mut Projector<'_>, object: ValueRef<'_>) -> Self {
        let what = "assertion";
        let [step, intent, confidence, entities, node, text] = pick(
            object,
            [
                "step_index",
                "expected_intent",
                "expected_confidence_min",
                "expected_entities",
                "expected_node",
                "expected_text",
            ],
        );
        let step_index = match step {
            Some(step) => index(read.number(step, what, "step_index")),
            None => {
                read.missing(object, what, "step_index", "the index of an input");
                None
            }
        };
        let minimum_confidence = confidence.map_or(DEFAULT_CONFIDENCE, |confidence| {
            read.number(confidence, what, "expected_confidence_min")
        });
        Self {
            at: object.id(),
            step_index,
            step_at: step.map_or(object.id(), ValueRef::id),
            expected_intent: read.required(object, intent, what, "expected_intent"),
            minimum_confidence,
            confidence_at: confidence.map(ValueRef::id),
            entities_at: optional_object(read, entities, what, "expected_entities"),
            expected_node: read.optional(node, what, "expected_node"),
            expected_text: read.optional(text, what, "expected_text"),
        }
    }
}

/// The number as an index, when it is one.
fn index(number: f64) -> Option<usize> {
    // Beyond 32 bits no list has an index, and within them a double counts exactly.
    let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked above"
    )]
    whole.then_some(number as u32 as usize)
}

fn optional_object(
    read: &mut Projector<'_>,
    found: Option<ValueRef<'_>>,
    what: &str,
    key: &str,
) -> Option<ValueId> {
    let value = found.filter(|value| !value.is_null())?;
    if value.kind() != Kind::Object {
        read.wrong_type(value, what, key, "an object");
    }
    Some(value.id())
}
