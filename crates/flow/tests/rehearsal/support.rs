//! Reading fixtures and flows for the tests of rehearsal.

use std::path::PathBuf;

use flow::rehearsal::Program;

pub(crate) use super::fixture::{converse, program, written};

/// The folder with the conversations.
pub(crate) fn folder() -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "..",
        "..",
        "tests",
        "fixtures",
        "conversations",
    ]
    .iter()
    .collect()
}

/// A dialog flow of nodes `(id, type, properties)` and edges `(source, target, condition)`, which
/// are called e1, e2…; it starts at the first node.
pub(crate) fn dialog(nodes: &[(&str, &str, &str)], edges: &[(&str, &str, &str)]) -> Program {
    let start = nodes[0].0;
    let nodes: Vec<String> = nodes
        .iter()
        .map(|(id, kind, properties)| {
            format!(r#"{{"id":"{id}","type":"{kind}","label":"{id}","properties":{properties}}}"#)
        })
        .collect();
    let edges: Vec<String> = (1..)
        .zip(edges)
        .map(|(number, (source, target, condition))| {
            format!(
                r#"{{"id":"e{number}","source":"{source}","target":"{target}","condition":{condition}}}"#
            )
        })
        .collect();
    program(&format!(
        r#"{{"id":"f","name":"F","version":"1.0.0","entryPoint":"{start}","nodes":[{}],"edges":[{}]}}"#,
        nodes.join(","),
        edges.join(",")
    ))
}
