//! What somebody else says about the document as it is now: a tenant that refused it, or that cannot
//! compile it. Remarks are marked where their values are, like problems, and are gone with the next
//! change of the text: what they were about is no longer what stands there.

use super::OpenDocument;
use crate::diagram::Owner;
use crate::json::ValueId;

/// What is said about one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The value.
    pub at: ValueId,
    /// Sentences that say who says it, too.
    pub message: String,
}

impl OpenDocument {
    /// Takes these remarks in the place of those before; in the order of the text from then on.
    pub fn set_remarks(&mut self, mut remarks: Vec<Remark>) {
        remarks.sort_by_key(|remark| remark.at);
        self.remarks = remarks;
        self.mark();
    }

    /// The remarks, in the order of the text.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// What is said about a card or wire, all of it. O(remarks · log (cards + wires)).
    pub fn remarks_on(&self, owner: Owner) -> impl Iterator<Item = &str> {
        let (diagram, tree) = (&self.diagram, self.document().tree());
        self.remarks
            .iter()
            .filter(move |remark| diagram.owner(tree, remark.at) == Some(owner))
            .map(|remark| remark.message.as_str())
    }
}
