//! What an editor of text shows while somebody types: the names in scope, what can be completed,
//! what is wrong and where, and what a change does to the text. How it looks is not known here.

mod axis;
mod change;
mod findings;
mod offsets;
mod preview;
mod scope;
mod segments;
mod signature;
mod spelling;
mod suggest;

pub use axis::{Axis, whole};
pub use change::{carried, difference, rebase};
pub use findings::{Finding, MAX_FINDINGS, Mend, check_expression, check_script};
pub use offsets::{byte_at, units_before};
pub use preview::{ChangedLines, fix_preview};
pub use scope::{Known, Origin, Scope};
pub use segments::{Segment, divide};
pub use signature::{Signature, signature};
pub use spelling::{Spelling, ends_in_string, spelling, spelling_inside};
pub use suggest::{Asked, Language, Suggestion, SuggestionKind, Suggestions, suggest};
