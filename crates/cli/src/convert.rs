//! `flowdeck convert`: a document in canonical layout, or as another kind.

use std::path::Path;
use std::time::SystemTime;

use flow::checksum::checksum;
use flow::document::{DialogFlow, Document, DocumentKind};
use flow::json::{parse, pretty, quote};

use crate::arguments::{ConvertArguments, Target};
use crate::failure::Failure;
use crate::{check, output};

/// Reads one document, writes the other.
pub(crate) fn run(arguments: &ConvertArguments) -> Result<(), Failure> {
    let bytes = check::read(&arguments.input).map_err(|source| Failure::Read {
        path: arguments.input.clone(),
        source,
    })?;
    let document = Document::open(&bytes).map_err(|errors| Failure::Rejected {
        path: arguments.input.clone(),
        errors,
    })?;
    let text = match (arguments.to, document.dialog_flow()) {
        (None, _) => pretty(document.tree().root()),
        (Some(Target::DialogFlow), Some(flow)) => pretty(document.tree().value(flow.at)),
        (Some(Target::Artifact), Some(flow)) => artifact(&document, flow),
        (Some(target), None) => {
            return Err(Failure::NotConvertible {
                path: arguments.input.clone(),
                from: document.kind(),
                to: target.kind(),
            });
        }
    };
    let file = Some(arguments.output.as_path()).filter(|path| *path != Path::new("-"));
    output::deliver(&text, file)
}

/// A sync payload with the flow in it, exported now.
fn artifact(document: &Document, flow: &DialogFlow) -> String {
    let flow_value = document.tree().value(flow.at);
    let exported_at = humantime::format_rfc3339_seconds(SystemTime::now());
    let text = format!(
        "{{\"dialog_id\": {}, \"version\": {}, \"exported_at\": \"{exported_at}\", \"artifact\": \
         {}, \"checksum\": \"{}\"}}",
        quote(&flow.id.text),
        quote(&flow.version.text),
        flow_value.raw(),
        checksum(flow_value)
    );
    // It is made of parts that were read, so it reads; else it is handed over as it is.
    parse(text.as_str().into()).map_or(text, |tree| pretty(tree.root()))
}

impl Target {
    fn kind(self) -> DocumentKind {
        match self {
            Self::DialogFlow => DocumentKind::DialogFlow,
            Self::Artifact => DocumentKind::Artifact,
        }
    }
}
