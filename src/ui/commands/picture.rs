//! Commands that hand out pictures.

use super::{AppCommand, Group, Heard, with_graph, with_selection};
use crate::ui::picture::{Extent, Format, export};

/// An entry for a format.
macro_rules! picture {
    ($id:literal, $name:literal, $possible:expr, $format:expr, $extent:expr) => {
        AppCommand {
            id: $id,
            name: $name,
            group: Group::File,
            keys: &[],
            heard: Heard::Design,
            possible: $possible,
            run: |place| export(place, $format, $extent),
        }
    };
}

/// The commands.
#[rustfmt::skip]
pub(super) const COMMANDS: &[AppCommand] = &[
    picture!("picture-svg", "Export picture as SVG", with_graph, Format::Svg, Extent::Whole),
    picture!("picture-png", "Export picture as PNG", with_graph, Format::Png, Extent::Whole),
    picture!("picture-mermaid", "Export picture as Mermaid", with_graph, Format::Mermaid, Extent::Whole),
    picture!("picture-dot", "Export picture as DOT", with_graph, Format::Dot, Extent::Whole),
    picture!("picture-selection-svg", "Export the selection as SVG", with_selection, Format::Svg, Extent::Selection),
    picture!("picture-selection-png", "Export the selection as PNG", with_selection, Format::Png, Extent::Selection),
    picture!("picture-print", "Print the picture", with_graph, Format::Print, Extent::Whole),
];
