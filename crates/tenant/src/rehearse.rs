//! The port to whatever runs a flow: the tenant says what was said to the bot, and is told what the
//! bot answers.

/// What a bot answers to one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it says.
    pub response: String,
    /// The intent it recognised, if any.
    pub intent: Option<String>,
    /// How sure it is of the intent, from 0 to 1.
    pub confidence: f64,
    /// What it found in the input.
    pub entities: Vec<Entity>,
}

/// Something found in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its type, such as `order_number`.
    pub kind: String,
    /// Its value, as text.
    pub value: String,
}

/// Runs a dialog flow.
pub trait Rehearse {
    /// Says `inputs` one after the other to the flow `flow_json`, which starts with the variables
    /// of the JSON object `context_json`. One step for each input that was answered; fewer than
    /// inputs when the conversation ends before.
    fn run(&self, flow_json: &str, inputs: &[&str], context_json: &str) -> Vec<Step>;
}
