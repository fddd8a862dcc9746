//! What somebody else says about an open document, a tenant that refused it: shown where its values
//! are, until the text changes.

use flow::open_document::{OpenDocument, Remark};
use leptos::prelude::*;

use super::{Desk, DocumentId};

impl Desk {
    /// Puts remarks in the place of those a document has; nothing when it is closed by now.
    pub fn remark(self, id: DocumentId, make: impl FnOnce(&OpenDocument) -> Vec<Remark>) {
        self.store.update_value(|store| {
            if let Some(seat) = store.seat_mut(id) {
                let remarks = make(&seat.open);
                seat.open.set_remarks(remarks);
            }
        });
        self.announce_change();
    }
}
