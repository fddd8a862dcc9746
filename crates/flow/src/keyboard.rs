//! Shortcuts: which keys are pressed together, how they are written, and which command they stand
//! for. What commands there are and what they do is not known here.

mod chord;
mod keymap;

pub use chord::{Chord, Platform, Press};
pub use keymap::{Keymap, Taken};
