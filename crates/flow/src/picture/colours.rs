//! The colours of a picture.

use crate::diagram::CardKind;
use crate::document::NodeKind;

/// The colours of a theme, as CSS writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Behind everything.
    pub canvas: String,
    /// Of cards.
    pub card: String,
    /// Around cards and plates.
    pub border: String,
    /// Of words.
    pub text: String,
    /// Of words that matter less.
    pub muted: String,
    /// Of wires.
    pub wire: String,
    /// Of wires that are taken when no other is.
    pub wire_default: String,
    /// Of groups.
    pub accent: String,
    /// Of notes.
    pub note: String,
    /// Around notes.
    pub warning: String,
    /// Of each kind of card, by its word.
    pub kinds: Vec<(&'static str, String)>,
}

impl Colours {
    /// The words of all kinds of cards.
    pub const KINDS: [&'static str; 11] = [
        "start",
        "intent",
        "action",
        "condition",
        "end",
        "fallback",
        "unknown",
        "state",
        "initial-state",
        "final-state",
        "fallback-state",
    ];

    /// Takes colours from wherever they are known by the names of the style sheet: `--canvas`,
    /// `--kind-start` and so on. What is no colour there is black.
    pub fn read(value: impl Fn(&str) -> String) -> Self {
        let colour = |name: &str| plain(&value(name));
        let kind = |kind: &'static str| (kind, colour(&format!("--kind-{kind}")));
        Self {
            canvas: colour("--canvas"),
            card: colour("--raised"),
            border: colour("--border-strong"),
            text: colour("--text"),
            muted: colour("--text-muted"),
            wire: colour("--wire"),
            wire_default: colour("--wire-default"),
            accent: colour("--accent"),
            note: colour("--warning-soft"),
            warning: colour("--warning"),
            kinds: Self::KINDS.map(kind).to_vec(),
        }
    }

    /// The light theme, for where there is no style sheet.
    pub fn light() -> Self {
        Self::read(|name| light(name).to_owned())
    }

    /// The colours of whatever page the picture stands in, by the names of the style sheet; the
    /// light theme where it stands alone.
    pub fn of_the_page() -> Self {
        Self::read(of_the_page)
    }

    /// The colour of a kind of card.
    pub(super) fn kind(&self, kind: CardKind) -> &str {
        let unknown = CardKind::Node(NodeKind::Unknown).as_str();
        let of = |word: &str| self.kinds.iter().find(|(own, _)| *own == word);
        of(kind.as_str())
            .or_else(|| of(unknown))
            .map_or("#7c8494", |(_, colour)| colour)
    }
}

/// A colour of the page by its name in the style sheet, else that of the light theme.
pub(crate) fn of_the_page(name: &str) -> String {
    format!("var({name}, {})", light(name))
}

/// A colour of the light theme by its name in the style sheet.
fn light(name: &str) -> &'static str {
    match name {
        "--canvas" => "#f6f7f9",
        "--raised" => "#ffffff",
        "--border-strong" => "#c2c8d2",
        "--text" => "#171a21",
        "--text-muted" => "#59606e",
        "--wire" => "#8089a0",
        "--wire-default" => "#aab1c0",
        "--accent" => "#3b55d9",
        "--error" => "#c62a35",
        "--info" => "#2b6396",
        "--warning-soft" => "#fdf3e0",
        "--warning" => "#9a5b00",
        "--kind-start" | "--kind-initial-state" => "#177341",
        "--kind-intent" | "--kind-state" => "#2b6fc9",
        "--kind-action" => "#7a4fcf",
        "--kind-condition" => "#8f5600",
        "--kind-end" | "--kind-final-state" => "#4c5566",
        "--kind-fallback" | "--kind-fallback-state" => "#c03a68",
        _ => "#7c8494",
    }
}

/// A colour as it may stand in an attribute: nothing in it can end one.
fn plain(colour: &str) -> String {
    let harmless = |letter: char| letter.is_ascii_alphanumeric() || "#(),.%/ -".contains(letter);
    if colour.is_empty() || !colour.chars().all(harmless) {
        return "#000000".to_owned();
    }
    colour.to_owned()
}
