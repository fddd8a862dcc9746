//! The icons: one stroke, 16 by 16, drawn for Flowdeck.

use flow::diagram::CardKind;
use flow::document::NodeKind;
use flow::document::chart::types::Family;
use flow::picture::glyph;
use leptos::prelude::*;

/// Every icon there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// The product's mark.
    Logo,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Open files.
    Open,
    /// Save.
    Save,
    /// Close, dismiss.
    Close,
    /// Something is wrong.
    Error,
    /// Something is probably wrong.
    Warning,
    /// Worth knowing.
    Info,
    /// All is well.
    Check,
    /// Fit everything.
    Fit,
    /// Tidy up.
    Tidy,
    /// More.
    Plus,
    /// Less.
    Minus,
    /// Delete.
    Trash,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// The theme of the system.
    System,
    /// The canvas.
    Design,
    /// The review desk.
    Review,
    /// The source text.
    Source,
    /// The outline.
    Outline,
    /// The inspector.
    Inspector,
    /// The panel below.
    Panel,
    /// Up.
    Up,
    /// Down.
    Down,
    /// A fix.
    Fix,
    /// A file.
    File,
    /// A start node.
    Start,
    /// An intent node.
    Intent,
    /// An action node.
    Action,
    /// A condition node.
    Condition,
    /// An end node.
    End,
    /// A fallback node.
    Fallback,
    /// A node of an unknown type.
    Unknown,
    /// A state.
    State,
    /// One in the place of the other.
    Swap,
    /// More to choose from.
    More,
    /// A node of an export.
    Chart(Family),
    /// Explain.
    Help,
    /// A link.
    Link,
    /// Working on a tenant.
    Operate,
    /// The audit log.
    Audit,
    /// A secret that is held.
    Lock,
    /// Copy.
    Copy,
    /// A wait.
    Clock,
    /// Finding something.
    Search,
    /// Upper and lower case.
    Case,
    /// A whole word.
    Word,
    /// Every command.
    Command,
    /// The minimap.
    Map,
    /// A picture.
    Picture,
    /// Snippets.
    Snippets,
    /// Left edges on one line.
    AlignLeft,
    /// Middles below each other.
    AlignCenter,
    /// Right edges on one line.
    AlignRight,
    /// Upper edges on one line.
    AlignTop,
    /// Middles beside each other.
    AlignMiddle,
    /// Lower edges on one line.
    AlignBottom,
    /// Even gaps from left to right.
    SpreadHorizontally,
    /// Even gaps from top to bottom.
    SpreadVertically,
    /// The wheel of a mouse.
    Wheel,
    /// Cards that belong together.
    Group,
    /// A note.
    Note,
}

/// The strokes of an icon.
fn strokes(icon: Icon) -> &'static str {
    match icon {
        Icon::Logo => {
            "M2.5 4.5h4v3h-4zM9.5 2.5h4v3h-4zM9.5 10.5h4v3h-4zM6.5 6h1.2c.8 0 .8-2 1.8-2M6.5 6.5c2.2 0 1 5.5 3 5.5"
        }
        Icon::Undo => "M5.5 3.5 2.5 6.5l3 3M2.8 6.5H9a4 4 0 0 1 0 8H6.5",
        Icon::Redo => "m10.5 3.5 3 3-3 3M13.2 6.5H7a4 4 0 0 0 0 8h2.5",
        Icon::Open => "M1.5 12.5v-9h4l1.5 2h6.5v2M1.5 12.5l2-5h11l-2 5z",
        Icon::Save => "M2.5 2.5h9l2 2v9h-11zM5 2.5v3.5h5V2.5M5 13.5V9.5h6v4",
        Icon::Close => "m4 4 8 8M12 4l-8 8",
        Icon::Error => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 5v3.5M8 10.9v.1",
        Icon::Warning => "M8 2 1.5 13.5h13zM8 6.5v3.3M8 11.6v.1",
        Icon::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 7.5V11M8 5v.1",
        Icon::Check => "m3 8.5 3.3 3.3L13 4.8",
        Icon::Fit => "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M5.5 6.5h5v3h-5z",
        Icon::Tidy => {
            "M2 3.5h4v3H2zM10 2h4v3h-4zM10 6.5h4v3h-4zM10 11h4v3h-4zM6 5h4M8 5v7.5h2M8 8h2"
        }
        Icon::AlignLeft => "M2.5 2v12M5 4h8.5v3H5zM5 9.5h5v3H5z",
        Icon::AlignCenter => "M8 2v2M8 7v2.5M8 12.5V14M3.5 4h9v3h-9zM5.5 9.5h5v3h-5z",
        Icon::AlignRight => "M13.5 2v12M2.5 4H11v3H2.5zM6 9.5h5v3H6z",
        Icon::AlignTop => "M2 2.5h12M4 5h3v8.5H4zM9.5 5h3v5h-3z",
        Icon::AlignMiddle => "M2 8h2M7 8h2.5M12.5 8H14M4 3.5h3v9H4zM9.5 5.5h3v5h-3z",
        Icon::AlignBottom => "M2 13.5h12M4 2.5h3V11H4zM9.5 6h3v5h-3z",
        Icon::SpreadHorizontally => "M2.5 2v12M13.5 2v12M6.5 4.5h3v7h-3z",
        Icon::SpreadVertically => "M2 2.5h12M2 13.5h12M4.5 6.5h7v3h-7z",
        Icon::Group => {
            "M2.5 5v-2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M5 5.5h3.5v2.5H5zM7.5 8.5H11V11H7.5z"
        }
        Icon::Note => "M2.5 2.5h11v7l-4 4h-7zM13.5 9.5h-4v4M5 5.5h6M5 8h3.5",
        Icon::Wheel => {
            "M8 1.8c-2.4 0-4 1.7-4 4v4.4c0 2.3 1.6 4 4 4s4-1.7 4-4V5.8c0-2.3-1.6-4-4-4M8 4.5v3"
        }
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Minus => "M3 8h10",
        Icon::Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
        Icon::Sun => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"
        }
        Icon::Moon => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7",
        Icon::System => "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
        Icon::Design => {
            "M2 5.5h4v5H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 7h1.5c1 0 .5-3 2.5-3M6 9h1.5c1 0 .5 3 2.5 3"
        }
        Icon::Review => "M3.5 1.5h6l3 3v10h-9zM5.5 9l1.8 1.8L10.5 7.5",
        Icon::Source => "M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4",
        Icon::Outline => "M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.5M2 8h.5M2 12h.5",
        Icon::Inspector => "M2 2.5h12v11H2zM10 2.5v11",
        Icon::Panel => "M2 2.5h12v11H2zM2 10h12",
        Icon::Up => "m4 10 4-4 4 4",
        Icon::Down => "m4 6 4 4 4-4",
        Icon::Fix => {
            "M9.8 2.2a3.7 3.7 0 0 0-3.6 5L2 11.4 4.6 14l4.2-4.2a3.7 3.7 0 0 0 5-4.6L11.5 7.5 9 7 8.5 4.5z"
        }
        Icon::File => "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3",
        Icon::Start => glyph(CardKind::Node(NodeKind::Start)),
        Icon::Intent => glyph(CardKind::Node(NodeKind::Intent)),
        Icon::Action => glyph(CardKind::Node(NodeKind::Action)),
        Icon::Condition => glyph(CardKind::Node(NodeKind::Condition)),
        Icon::End => glyph(CardKind::Node(NodeKind::End)),
        Icon::Fallback => glyph(CardKind::Node(NodeKind::Fallback)),
        Icon::Unknown => glyph(CardKind::Node(NodeKind::Unknown)),
        Icon::Operate => {
            "M8 1.5c2.6 1.6 3.6 4.2 3 7.5H5c-.6-3.3.4-5.9 3-7.5M5 9 3 11.5V13l3-1M11 9l2 2.5V13l-3-1M8 5.2v.1M7 13.5 8 15l1-1.5"
        }
        Icon::Audit => "M2.5 2.5h8v11h-8zM5 5.5h3M5 8h3M5 10.5h1.5M13.5 4.5v6l-.9 2-.9-2",
        Icon::Lock => "M3.5 7h9v6.5h-9zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7M8 9.6v1.4",
        Icon::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
        Icon::Clock => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.5V8l2.3 1.6",
        Icon::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.2 10.2l3.3 3.3",
        Icon::Case => {
            "M1.5 12.5 5 3.5h.5l3.5 9M2.7 9.5h5M14 12.5V9a2 2 0 0 0-3.6-1.2M14 9.7h-1.6a1.4 1.4 0 0 0 0 2.8c1 0 1.6-.7 1.6-1.5"
        }
        Icon::Word => "M2.5 3.5v9M13.5 3.5v9M5 6.5h6M5 9.5h4",
        Icon::Command => {
            "M5.8 5.8h4.4v4.4H5.8zM5.8 5.8H4.2a1.7 1.7 0 1 1 1.6-1.7zM10.2 5.8V4.1a1.7 1.7 0 1 1 1.7 1.7zM10.2 10.2h1.7a1.7 1.7 0 1 1-1.7 1.7zM5.8 10.2v1.7a1.7 1.7 0 1 1-1.6-1.7z"
        }
        Icon::Map => "M2 3.5h12v9H2zM4.5 6h2v1.5h-2zM8 8.5h3.5v2H8z",
        Icon::Snippets => "M2.5 2.5h4.5v4.5H2.5zM9 9h4.5v4.5H9zM9 4.7h2.2v2.3M7 11.3H4.8V9",
        Icon::Picture => "M2 3h12v10H2zM2 11l3.5-3.5L8 10l2.5-2.5L14 11M10.8 5.6v.1",
        Icon::Link => {
            "M6.5 9.5l3-3M7 4.5l1.8-1.8a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.8 1.8a3.2 3.2 0 0 1-4.5-4.5L4.5 7"
        }
        Icon::Help => {
            "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6.3 6.3c0-1 .8-1.6 1.7-1.6s1.7.6 1.7 1.5c0 1.3-1.7 1.4-1.7 2.7M8 11.2v.1"
        }
        Icon::State => glyph(CardKind::State),
        Icon::Swap => "M3 5.5h9M9.5 3 12 5.5 9.5 8M13 10.5H4M6.5 8 4 10.5 6.5 13",
        Icon::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
        Icon::Chart(family) => glyph(CardKind::Chart(family)),
    }
}

/// An icon. It is decoration: what it stands for is said in words beside it or in a label.
pub fn icon(icon: Icon) -> AnyView {
    leptos::svg::svg()
        .attr("viewBox", "0 0 16 16")
        .attr("class", "icon")
        .attr("aria-hidden", "true")
        .child(leptos::svg::path().attr("d", strokes(icon)))
        .into_any()
}

/// The icon of a kind of card.
pub fn card_icon(kind: CardKind) -> Icon {
    match kind {
        CardKind::Node(NodeKind::Start) | CardKind::InitialState => Icon::Start,
        CardKind::Node(NodeKind::Intent) => Icon::Intent,
        CardKind::Node(NodeKind::Action) => Icon::Action,
        CardKind::Node(NodeKind::Condition) => Icon::Condition,
        CardKind::Node(NodeKind::End) | CardKind::FinalState => Icon::End,
        CardKind::Node(NodeKind::Fallback) | CardKind::FallbackState => Icon::Fallback,
        CardKind::Node(NodeKind::Unknown) => Icon::Unknown,
        CardKind::State => Icon::State,
        CardKind::Chart(family) => Icon::Chart(family),
    }
}

/// The icon of a severity.
pub fn severity_icon(severity: flow::problem::Severity) -> Icon {
    match severity {
        flow::problem::Severity::Error => Icon::Error,
        flow::problem::Severity::Warning => Icon::Warning,
        flow::problem::Severity::Info => Icon::Info,
    }
}
