//! The colours that the raster is painted with, read off the style sheet.

use flow::diagram::CardKind;

use crate::browser::page::style_value;

/// The colours of the theme, as the style sheet has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Colours {
    /// Of a wire with a condition or none.
    pub wire: String,
    /// Of a wire that is taken when no condition holds.
    pub wire_default: String,
    /// Of what is selected or pointed at.
    pub accent: String,
    /// Of what has errors.
    pub error: String,
    /// Of what has warnings.
    pub warning: String,
    /// Of the canvas.
    pub surface: String,
    /// Of words.
    pub text: String,
    /// Of words that matter less.
    pub muted: String,
    /// Of lines around something.
    pub border: String,
    kinds: Vec<String>,
}

impl Colours {
    /// Reads the colours off the style sheet.
    pub fn read() -> Self {
        Self {
            wire: style_value("--wire"),
            wire_default: style_value("--wire-default"),
            accent: style_value("--accent"),
            error: style_value("--error"),
            warning: style_value("--warning"),
            surface: style_value("--canvas"),
            text: style_value("--text"),
            muted: style_value("--text-muted"),
            border: style_value("--border-strong"),
            kinds: CardKind::ALL
                .map(|kind| style_value(&format!("--kind-{}", kind.as_str())))
                .to_vec(),
        }
    }

    /// The colour of a kind of card.
    pub fn kind(&self, kind: CardKind) -> &str {
        CardKind::ALL
            .iter()
            .position(|&known| known == kind)
            .and_then(|index| self.kinds.get(index))
            .map_or(&self.muted, String::as_str)
    }
}
