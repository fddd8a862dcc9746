//! What page and worker say to each other.

use serde::{Deserialize, Serialize};
use web_sys::FileSystemFileHandle;

/// What the page asks for.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// To become the one that writes, or to follow the one that does; answered by
    /// [`Report::Opened`], again each time something changed that this page did not do.
    Open,
    /// To store something.
    Save(Save),
    /// To keep a file handle.
    KeepHandle(Handle),
    /// To read the records of operations, which are kept like the workspace and apart from it;
    /// answered by [`Report::Books`] with this number.
    ReadBooks(u64),
    /// To store records of operations; answered by [`Report::Books`] with its sequence number.
    KeepBooks(Save),
}

/// What the keys of records begin with that tell of an operation that is not over.
pub const JOURNAL: &str = "journal-";

/// Records to store and to forget.
#[derive(Serialize, Deserialize)]
pub struct Save {
    /// What it is acknowledged by; grows.
    pub sequence: u64,
    /// Records to store, in this order.
    pub puts: Vec<Put>,
    /// Keys to forget afterwards.
    pub removals: Vec<String>,
}

/// A record to store.
#[derive(Serialize, Deserialize)]
pub struct Put {
    /// What it is found by.
    pub key: String,
    /// What to store.
    #[serde(with = "bytes")]
    pub payload: Vec<u8>,
}

/// The handle of the file a document came from.
#[derive(Serialize, Deserialize)]
pub struct Handle {
    /// The key of the document.
    pub key: String,
    /// The handle.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub handle: FileSystemFileHandle,
}

/// What the worker answers.
#[derive(Serialize, Deserialize)]
pub enum Report {
    /// What is stored.
    Opened(Opened),
    /// Everything up to this sequence number is stored; a sentence when it is in one place only.
    Saved {
        /// The number of the newest batch that is stored.
        sequence: u64,
        /// What keeps it from being in both places.
        trouble: Option<String>,
    },
    /// Nothing of what was sent since the last [`Report::Saved`] can be relied on.
    Failed {
        /// Why, as a sentence.
        reason: String,
    },
    /// About the records of operations.
    Books {
        /// The number that the question came with.
        ticket: u64,
        /// Why it was not done, as a sentence.
        failure: Option<String>,
        /// Every record, where that was asked.
        records: Vec<StoredRecord>,
    },
    /// An operation was interrupted when the page was last open.
    Interrupted,
}

/// What is stored.
#[derive(Serialize, Deserialize)]
pub struct Opened {
    /// Whether this page writes; else another tab does.
    pub writes: bool,
    /// The highest sequence number in use.
    pub sequence: u64,
    /// Every record.
    pub records: Vec<StoredRecord>,
    /// The file handles that were kept.
    pub handles: Vec<Handle>,
    /// Keys that only the second copy still had.
    pub recovered: Vec<String>,
    /// What is wrong with one of the two stores.
    pub trouble: Option<String>,
    /// Why nothing can be stored at all.
    pub failure: Option<String>,
}

/// A record as it is stored.
#[derive(Serialize, Deserialize)]
pub struct StoredRecord {
    /// What it is found by.
    pub key: String,
    /// The sequence number of the batch that stored it.
    pub sequence: u64,
    /// What was stored.
    #[serde(with = "bytes")]
    pub payload: Vec<u8>,
}

/// Bytes as one `Uint8Array` instead of an array of numbers.
mod bytes {
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        from.deserialize_byte_buf(Bytes)
    }
}
