//! Commands that put in the snippets that come with Flowdeck.

use flow::fragment::FragmentKind;
use flow::snippet::SNIPPETS;

use super::{AppCommand, Group, Heard, with_graph, writable};
use crate::ui::snippets;
use crate::ui::workplace::Workplace;

/// The snippet of this name for the kind of flow that is shown is put in.
fn insert(place: Workplace, name: &str) {
    let kind = place.desk.peek(|open| FragmentKind::of(open.document()));
    let fitting = SNIPPETS
        .iter()
        .filter(|own| Some(own.kind) == kind.flatten());
    if let Some(snippet) = { fitting }.find(|own| own.name == name) {
        snippets::insert(place.desk, snippet);
    }
}

fn with_flow(place: Workplace) -> Result<(), &'static str> {
    with_graph(place).and_then(|()| writable(place))
}

fn with_dialog_flow(place: Workplace) -> Result<(), &'static str> {
    with_flow(place)?;
    match place
        .desk
        .peek(|open| open.document().dialog_flow().is_some())
    {
        Some(true) => Ok(()),
        _ => Err("only in a dialog flow"),
    }
}

/// An entry for a snippet.
macro_rules! snippet {
    ($id:literal, $name:literal, $snippet:literal, $possible:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::Edit,
            keys: &[],
            heard: Heard::Design,
            possible: $possible,
            run: |place| insert(place, $snippet),
        }
    };
}

/// The commands.
#[rustfmt::skip]
pub(super) const COMMANDS: &[AppCommand] = &[
    snippet!("snippet-ask", "Insert snippet: ask, validate, retry", "Ask, validate, retry", with_flow),
    snippet!("snippet-confirm", "Insert snippet: confirm", "Confirm", with_flow),
    snippet!("snippet-menu", "Insert snippet: menu", "Menu", with_dialog_flow),
    snippet!("snippet-handover", "Insert snippet: handover", "Handover", with_dialog_flow),
];
