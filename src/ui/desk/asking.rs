//! What the canvas may ask before it changes something.

use compact_str::CompactString;
use flow::geometry::{Point, Rect};
use flow::open_document::Joins;

/// A question of the canvas.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Which type of card to add.
    Add {
        /// Where its middle goes, in the world.
        at: Point,
        /// Where the question is shown, on the canvas.
        screen: Point,
        /// What it will be connected to.
        joins: Joins,
    },
    /// Which card to connect another one to.
    Connect {
        /// The card it leaves.
        source: u32,
    },
    /// What a group is called.
    NameGroup {
        /// The group.
        group: CompactString,
    },
    /// What a new note says, which is only added once it says something.
    NewNote {
        /// Where it goes, in the world.
        area: Rect,
    },
    /// What a note says.
    Write {
        /// The note.
        note: CompactString,
    },
}
