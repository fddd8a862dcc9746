//! Records in files, each in two slots that are written in turn: whatever happens to the slot that
//! is being written, the other holds the value before it.

use std::collections::BTreeMap;

use super::{Record, Sealed, Storage, StorageError, unseal};

/// A folder of files.
pub trait Files {
    /// The names of all files.
    fn names(&mut self) -> impl Future<Output = Result<Vec<String>, StorageError>>;
    /// The content of a file.
    fn read(&mut self, name: &str) -> impl Future<Output = Result<Vec<u8>, StorageError>>;
    /// Makes or replaces a file. When this returns `Ok`, the content survives the end of the
    /// process; after anything else the file may hold anything.
    fn write(
        &mut self,
        name: &str,
        content: &[u8],
    ) -> impl Future<Output = Result<(), StorageError>>;
    /// Removes a file; one that is not there is fine.
    fn remove(&mut self, name: &str) -> impl Future<Output = Result<(), StorageError>>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    A,
    B,
}

impl Slot {
    fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    fn name(self, key: &str) -> String {
        match self {
            Self::A => format!("{key}.a"),
            Self::B => format!("{key}.b"),
        }
    }

    fn of(name: &str) -> Option<(&str, Self)> {
        let a = name.strip_suffix(".a").map(|key| (key, Self::A));
        a.or_else(|| name.strip_suffix(".b").map(|key| (key, Self::B)))
    }
}

/// A [`Storage`] of two files a record. Keys become file names, so they are plain words.
#[derive(Debug)]
pub struct Slots<F> {
    files: F,
    /// The slot that holds the newest whole copy of each record.
    newest: BTreeMap<String, Slot>,
}

impl<F: Files> Slots<F> {
    /// The records in `files`. What is there is known only after [`Storage::load`].
    pub fn new(files: F) -> Self {
        Self {
            files,
            newest: BTreeMap::new(),
        }
    }
}

impl<F: Files> Storage for Slots<F> {
    async fn load(&mut self) -> Result<Vec<Record>, StorageError> {
        let mut found: BTreeMap<String, (Slot, Record)> = BTreeMap::new();
        for name in self.files.names().await? {
            let Some((key, slot)) = Slot::of(&name) else {
                continue;
            };
            // A slot that cannot be read is as good as a torn one: the other decides.
            let Ok(content) = self.files.read(&name).await else {
                continue;
            };
            let Some((sequence, payload)) = unseal(&content) else {
                continue;
            };
            let older = found
                .get(key)
                .is_none_or(|(_, known)| known.sequence < sequence);
            if older {
                let record = Record {
                    key: key.to_owned(),
                    sequence,
                    payload: payload.to_vec(),
                };
                found.insert(key.to_owned(), (slot, record));
            }
        }
        self.newest = found
            .iter()
            .map(|(key, (slot, _))| (key.clone(), *slot))
            .collect();
        Ok(found.into_values().map(|(_, record)| record).collect())
    }

    async fn write(&mut self, puts: &[Sealed], removals: &[String]) -> Result<(), StorageError> {
        for Sealed { key, bytes } in puts {
            let slot = self.newest.get(key).map_or(Slot::A, |slot| slot.other());
            self.files.write(&slot.name(key), bytes).await?;
            self.newest.insert(key.clone(), slot);
        }
        for key in removals {
            self.newest.remove(key);
            self.files.remove(&Slot::A.name(key)).await?;
            self.files.remove(&Slot::B.name(key)).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::seal;
    use super::*;
    use crate::storage::keeper::tests::now;
    use proptest::prelude::*;

    /// Files in memory. The write after `until_torn` others leaves only so many bytes.
    #[derive(Debug, Default)]
    pub struct MemoryFiles {
        pub files: BTreeMap<String, Vec<u8>>,
        pub until_torn: Option<(usize, usize)>,
    }

    impl Files for MemoryFiles {
        async fn names(&mut self) -> Result<Vec<String>, StorageError> {
            Ok(self.files.keys().cloned().collect())
        }

        async fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
            let missing = || StorageError::Failed("not there".to_owned());
            self.files.get(name).cloned().ok_or_else(missing)
        }

        async fn write(&mut self, name: &str, content: &[u8]) -> Result<(), StorageError> {
            match &mut self.until_torn {
                Some((0, bytes)) => {
                    let torn = &content[..(*bytes).min(content.len())];
                    self.files.insert(name.to_owned(), torn.to_vec());
                    return Err(StorageError::Failed("torn".to_owned()));
                }
                Some((writes, _)) => *writes -= 1,
                None => {}
            }
            self.files.insert(name.to_owned(), content.to_vec());
            Ok(())
        }

        async fn remove(&mut self, name: &str) -> Result<(), StorageError> {
            self.files.remove(name);
            Ok(())
        }
    }

    fn sealed(key: &str, sequence: u64) -> Sealed {
        Sealed {
            key: key.to_owned(),
            bytes: seal(sequence, &sequence.to_le_bytes()),
        }
    }

    #[test]
    fn a_removed_record_is_gone_with_both_slots() {
        let mut slots = Slots::new(MemoryFiles::default());
        now(slots.write(&[sealed("1", 1)], &[])).unwrap();
        now(slots.write(&[sealed("1", 2)], &[])).unwrap();
        assert_eq!(slots.files.files.len(), 2);
        now(slots.write(&[], &["1".to_owned()])).unwrap();
        assert!(slots.files.files.is_empty());
    }

    #[test]
    fn files_of_others_are_left_alone() {
        let mut files = MemoryFiles::default();
        files.files.insert("notes.txt".to_owned(), b"x".to_vec());
        let mut slots = Slots::new(files);
        assert_eq!(now(slots.load()).unwrap(), []);
        assert!(slots.files.files.contains_key("notes.txt"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        // The process ends at any byte of any write, is started again and goes on, twice over.
        #[test]
        fn a_torn_write_never_costs_what_was_written_before(
            first in 0_usize..6,
            second in 0_usize..6,
            bytes in 0_usize..80,
        ) {
            let mut files = MemoryFiles::default();
            let mut sequence = 0;
            let mut acknowledged = 0;
            for (writes, cut) in [(first, bytes), (second, 80 - bytes)] {
                files.until_torn = Some((writes, cut));
                let mut slots = Slots::new(files);
                let found = now(slots.load()).unwrap();
                let newest = found.first().map_or(0, |record| record.sequence);
                // A cut after the last byte is a whole write that was not acknowledged.
                prop_assert!(newest == acknowledged || newest == sequence);
                acknowledged = newest;
                loop {
                    sequence += 1;
                    if now(slots.write(&[sealed("1", sequence)], &[])).is_err() {
                        break;
                    }
                    acknowledged = sequence;
                }
                files = slots.files;
            }
            files.until_torn = None;
            let found = now(Slots::new(files).load()).unwrap();
            let newest = found.first().map_or(0, |record| record.sequence);
            prop_assert!(newest == acknowledged || newest == sequence);
        }
    }
}
