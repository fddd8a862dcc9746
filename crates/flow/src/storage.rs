//! The port to whatever keeps the workspace between visits, and what is true of any such place:
//! records under keys, sealed with a checksum, kept twice, the newest valid copy wins.
//!
//! What a record says is no concern of this module; see [`crate::workspace`]. The adapters to a
//! browser live in the app.

mod keeper;
mod seal;
mod slots;

pub use keeper::{Keeper, Opened, Outcome};
pub use seal::{Record, seal, unseal};
pub use slots::{Files, Slots};

/// Why something could not be stored or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no room left.
    Full,
    /// This place does not exist here, or the user or a private window forbids it.
    Unavailable(String),
    /// It failed for a reason of its own.
    Failed(String),
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full => f.write_str("The storage of this browser is full."),
            Self::Unavailable(reason) => {
                write!(
                    f,
                    "This browser does not let the page store anything. {reason}"
                )
            }
            Self::Failed(reason) => write!(f, "The browser could not store it. {reason}"),
        }
    }
}

impl std::error::Error for StorageError {}

/// A change to what is stored: records put, then keys removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What it is acknowledged by; grows from batch to batch.
    pub sequence: u64,
    /// Keys and payloads to store, in this order.
    pub puts: Vec<(String, Vec<u8>)>,
    /// Keys to forget afterwards.
    pub removals: Vec<String>,
}

impl Batch {
    /// Takes in a batch that came later, so that both are stored by one write.
    pub fn absorb(&mut self, later: Self) {
        self.sequence = later.sequence;
        self.puts.retain(|(key, _)| {
            !later.removals.contains(key) && later.puts.iter().all(|(other, _)| other != key)
        });
        self.removals
            .retain(|key| later.puts.iter().all(|(other, _)| other != key));
        self.puts.extend(later.puts);
        self.removals.extend(later.removals);
    }
}

/// A record as a store is given it: sealed, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What it is found by.
    pub key: String,
    /// The bytes with their seal.
    pub bytes: Vec<u8>,
}

/// A place that keeps sealed records.
///
/// The futures need not be `Send`: a browser has one thread for them.
pub trait Storage {
    /// Every record whose seal is whole; what is damaged is left out. `None` as the key of a
    /// record does not occur: a store that cannot list its keys is no store.
    fn load(&mut self) -> impl Future<Output = Result<Vec<Record>, StorageError>>;

    /// Stores `puts` in order, then forgets `removals`. When this returns `Ok`, what was put
    /// survives the end of the process. After an error any part may have been done, but no record
    /// is worse than it was or than it should be.
    fn write(
        &mut self,
        puts: &[Sealed],
        removals: &[String],
    ) -> impl Future<Output = Result<(), StorageError>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(key: &str, payload: &str) -> (String, Vec<u8>) {
        (key.to_owned(), payload.as_bytes().to_vec())
    }

    #[test]
    fn of_two_batches_the_later_word_about_a_key_counts() {
        let mut batch = Batch {
            sequence: 4,
            puts: vec![put("1", "old"), put("2", "two"), put("3", "three")],
            removals: vec!["9".to_owned()],
        };
        batch.absorb(Batch {
            sequence: 5,
            puts: vec![put("1", "new"), put("9", "back")],
            removals: vec!["3".to_owned()],
        });
        let whole = Batch {
            sequence: 5,
            puts: vec![put("2", "two"), put("1", "new"), put("9", "back")],
            removals: vec!["3".to_owned()],
        };
        assert_eq!(batch, whole);
    }
}
