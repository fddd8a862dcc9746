//! What a program without Flowdeck does with the same bytes: a typed `serde_json` parse. Fields
//! are the table of a dialog flow; nothing is checked and no place is remembered.

#![allow(dead_code)]

use serde::Deserialize;
use serde_json::{Map, Value};

/// A dialog flow whose properties stay open, as the format has them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Flow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) entry_point: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    #[serde(default)]
    pub(crate) variables: Vec<Variable>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) r#type: String,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) properties: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Edge {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) target: String,
    #[serde(default)]
    pub(crate) condition: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) r#type: String,
    #[serde(default)]
    pub(crate) default: Option<Value>,
}

/// The same with the known properties alone: others are skipped, so less is kept than the format
/// asks for. The harder peer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LeanFlow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) entry_point: String,
    pub(crate) nodes: Vec<LeanNode>,
    pub(crate) edges: Vec<Edge>,
    #[serde(default)]
    pub(crate) variables: Vec<Variable>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LeanNode {
    pub(crate) id: String,
    pub(crate) r#type: String,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) properties: LeanProperties,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LeanProperties {
    pub(crate) script: Option<String>,
    pub(crate) say: Option<String>,
    pub(crate) intent_name: Option<String>,
    pub(crate) examples: Option<Vec<String>>,
    /// A boolean in a clean flow, anything in a dirty one.
    pub(crate) is_fallback: Option<Value>,
}
