//! `flowdeck convert`: a document in canonical layout, as another kind, or as a picture.

use std::path::Path;

use flow::checksum::checksum;
use flow::document::{DialogFlow, Document, DocumentKind};
use flow::json::{parse, pretty, quote};
use flow::open_document::OpenDocument;
use flow::picture::{Colours, Picture, dot, mermaid, svg};
use flow::session::Positions;

use crate::arguments::{ConvertArguments, Target};
use crate::failure::Failure;
use crate::{check, clock, output};

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
    let is_picture = arguments.to.is_none() && format(&arguments.output).is_some();
    let text = match (arguments.to, document.dialog_flow()) {
        (None, _) if is_picture => picture(arguments, document)?,
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

/// Writes a picture in one language.
type Draw = fn(&Picture<'_>) -> String;

/// How a picture is written into a file of this name; none for a name that is of no picture.
fn format(output: &Path) -> Option<Draw> {
    let extension = output.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "svg" => |picture| svg(picture, &Colours::light()),
        "mmd" | "mermaid" => mermaid,
        "dot" | "gv" => dot,
        _ => return None,
    })
}

/// The picture of a flow, in the language that the name of the output tells.
fn picture(arguments: &ConvertArguments, document: Document) -> Result<String, Failure> {
    let kind = document.kind();
    let open = OpenDocument::unchecked(document, Positions::new());
    let drawn = Picture::whole(&open).zip(format(&arguments.output));
    drawn
        .map(|(picture, draw)| draw(&picture))
        .ok_or_else(|| Failure::NothingToDraw {
            path: arguments.input.clone(),
            kind,
        })
}

/// A sync payload with the flow in it, exported now.
fn artifact(document: &Document, flow: &DialogFlow) -> String {
    let flow_value = document.tree().value(flow.at);
    let exported_at = clock::now();
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
