//! Keeping records in two places at once, so that either may be wiped without a loss.

use std::collections::BTreeMap;

use super::{Batch, Record, Sealed, Storage, StorageError, seal};

/// Two stores that hold the same.
#[derive(Debug)]
pub struct Keeper<A, B> {
    first: A,
    second: B,
}

/// What was found on opening.
#[derive(Debug, PartialEq, Eq)]
pub struct Opened {
    /// Every record, the newest whole copy of each, ordered by key.
    pub records: Vec<Record>,
    /// The highest sequence number in use.
    pub sequence: u64,
    /// Keys that the first store had lost, or held damaged, and the second still had.
    pub recovered: Vec<String>,
    /// What is wrong with the first store.
    pub first: Result<(), StorageError>,
    /// What is wrong with the second store.
    pub second: Result<(), StorageError>,
}

/// How a write went in each store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In the first store.
    pub first: Result<(), StorageError>,
    /// In the second store.
    pub second: Result<(), StorageError>,
}

impl<A: Storage, B: Storage> Keeper<A, B> {
    /// A keeper of both stores; reads nothing yet.
    pub fn new(first: A, second: B) -> Self {
        Self { first, second }
    }

    /// The first store.
    pub fn first(&mut self) -> &mut A {
        &mut self.first
    }

    /// Reads both stores and takes the newest whole copy of each record. Writes nothing.
    pub async fn look(&mut self) -> Opened {
        let first = self.first.load().await;
        let second = self.second.load().await;
        merge(first, second).0
    }

    /// Like [`Keeper::look`], and gives each store what it lacks. Only for the one that writes.
    pub async fn open(&mut self) -> Opened {
        let first = self.first.load().await;
        let second = self.second.load().await;
        let (mut opened, lacking) = merge(first, second);
        let stale = |keys: &[usize]| -> Vec<Sealed> {
            keys.iter()
                .map(|&index| sealed(&opened.records[index]))
                .collect()
        };
        let (for_first, for_second) = (stale(&lacking.first), stale(&lacking.second));
        if opened.first.is_ok() && !for_first.is_empty() {
            opened.first = self.first.write(&for_first, &[]).await;
        }
        if opened.second.is_ok() && !for_second.is_empty() {
            opened.second = self.second.write(&for_second, &[]).await;
        }
        opened
    }

    /// Stores a batch in both. A store that failed does not keep the other from it.
    pub async fn write(&mut self, batch: &Batch) -> Outcome {
        let puts: Vec<Sealed> = batch
            .puts
            .iter()
            .map(|(key, payload)| Sealed {
                key: key.clone(),
                bytes: seal(batch.sequence, payload),
            })
            .collect();
        Outcome {
            first: self.first.write(&puts, &batch.removals).await,
            second: self.second.write(&puts, &batch.removals).await,
        }
    }
}

/// Indices of the records that each store lacks.
#[derive(Default)]
struct Lacking {
    first: Vec<usize>,
    second: Vec<usize>,
}

fn sealed(record: &Record) -> Sealed {
    Sealed {
        key: record.key.clone(),
        bytes: seal(record.sequence, &record.payload),
    }
}

type Loaded = Result<Vec<Record>, StorageError>;

/// O((n + m) log(n + m)) in the number of records.
fn merge(first: Loaded, second: Loaded) -> (Opened, Lacking) {
    let split = |loaded: Loaded| match loaded {
        Ok(records) => (records, Ok(())),
        Err(error) => (Vec::new(), Err(error)),
    };
    let (first, first_state) = split(first);
    let (second, second_state) = split(second);
    let mut both: BTreeMap<String, [Option<Record>; 2]> = BTreeMap::new();
    for (place, records) in [first, second].into_iter().enumerate() {
        for record in records {
            let key = record.key.clone();
            both.entry(key).or_default()[place] = Some(record);
        }
    }
    let mut opened = Opened {
        records: Vec::with_capacity(both.len()),
        sequence: 0,
        recovered: Vec::new(),
        first: first_state,
        second: second_state,
    };
    let mut lacking = Lacking::default();
    for (key, [first, second]) in both {
        let index = opened.records.len();
        let age = |record: &Option<Record>| record.as_ref().map(|record| record.sequence);
        let (in_first, in_second) = (age(&first), age(&second));
        if in_first < in_second {
            lacking.first.push(index);
        }
        if in_second < in_first {
            lacking.second.push(index);
        }
        if first.is_none() {
            opened.recovered.push(key);
        }
        let newest = if in_first < in_second { second } else { first };
        // A key is here because one of the stores has it.
        if let Some(newest) = newest {
            opened.sequence = opened.sequence.max(newest.sequence);
            opened.records.push(newest);
        }
    }
    (opened, lacking)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::slots::tests::MemoryFiles;
    use super::super::{Slots, unseal};
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// Runs a future that never waits.
    pub fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("nothing in these tests waits"),
        }
    }

    /// A store in memory; every write from the `fails_from`th on fails.
    #[derive(Default)]
    struct Memory {
        records: BTreeMap<String, Vec<u8>>,
        writes: usize,
        fails_from: Option<usize>,
    }

    impl Storage for Memory {
        async fn load(&mut self) -> Result<Vec<Record>, StorageError> {
            let whole = self.records.iter().filter_map(|(key, bytes)| {
                let (sequence, payload) = unseal(bytes)?;
                Some(Record {
                    key: key.clone(),
                    sequence,
                    payload: payload.to_vec(),
                })
            });
            Ok(whole.collect())
        }

        async fn write(
            &mut self,
            puts: &[Sealed],
            removals: &[String],
        ) -> Result<(), StorageError> {
            self.writes += 1;
            if self.fails_from.is_some_and(|from| self.writes >= from) {
                return Err(StorageError::Full);
            }
            for Sealed { key, bytes } in puts {
                self.records.insert(key.clone(), bytes.clone());
            }
            for key in removals {
                self.records.remove(key);
            }
            Ok(())
        }
    }

    type TestKeeper = Keeper<Memory, Slots<MemoryFiles>>;

    fn keeper() -> TestKeeper {
        Keeper::new(Memory::default(), Slots::new(MemoryFiles::default()))
    }

    fn put(keeper: &mut TestKeeper, sequence: u64, key: &str, payload: &str) -> Outcome {
        now(keeper.write(&Batch {
            sequence,
            puts: vec![(key.to_owned(), payload.as_bytes().to_vec())],
            removals: Vec::new(),
        }))
    }

    fn payloads(opened: &Opened) -> Vec<(&str, &str)> {
        let text = |record: &'_ Record| std::str::from_utf8(&record.payload).unwrap().to_owned();
        opened
            .records
            .iter()
            .map(|record| (record.key.as_str(), &*text(record).leak()))
            .collect()
    }

    #[test]
    fn a_wiped_first_store_is_filled_from_the_second_and_named() {
        let mut keeper = keeper();
        put(&mut keeper, 1, "1", "one");
        put(&mut keeper, 2, "2", "two");
        keeper.first.records.clear();
        let opened = now(keeper.open());
        assert_eq!(payloads(&opened), [("1", "one"), ("2", "two")]);
        assert_eq!((opened.sequence, opened.recovered.len()), (2, 2));
        let again = now(keeper.open());
        assert_eq!(payloads(&again), [("1", "one"), ("2", "two")]);
        assert!(again.recovered.is_empty());
    }

    #[test]
    fn a_damaged_record_of_the_first_store_is_taken_from_the_second() {
        let mut keeper = keeper();
        put(&mut keeper, 1, "1", "one");
        *keeper
            .first
            .records
            .get_mut("1")
            .unwrap()
            .last_mut()
            .unwrap() ^= 1;
        let opened = now(keeper.open());
        assert_eq!(payloads(&opened), [("1", "one")]);
        assert_eq!(opened.recovered, ["1"]);
    }

    #[test]
    fn a_wiped_second_store_is_filled_from_the_first_without_a_word() {
        let mut keeper = keeper();
        put(&mut keeper, 1, "1", "one");
        keeper.second = Slots::new(MemoryFiles::default());
        let opened = now(keeper.open());
        assert!(opened.recovered.is_empty());
        keeper.first.records.clear();
        assert_eq!(payloads(&now(keeper.open())), [("1", "one")]);
    }

    #[test]
    fn whichever_store_fails_from_whichever_write_on_the_newest_comes_back() {
        for fails_from in 1..6_usize {
            let mut keeper = keeper();
            keeper.first.fails_from = Some(fails_from);
            for sequence in 1..6_u64 {
                let outcome = put(&mut keeper, sequence, "1", &format!("text {sequence}"));
                assert_eq!(outcome.second, Ok(()));
                assert_eq!(
                    outcome.first.is_ok(),
                    usize::try_from(sequence).unwrap() < fails_from
                );
            }
            assert_eq!(payloads(&now(keeper.look())), [("1", "text 5")]);
        }
    }

    #[test]
    fn looking_writes_nothing() {
        let mut keeper = keeper();
        put(&mut keeper, 1, "1", "one");
        keeper.first.records.clear();
        let opened = now(keeper.look());
        assert_eq!(payloads(&opened), [("1", "one")]);
        assert!(keeper.first.records.is_empty());
    }

    #[test]
    fn what_was_removed_stays_away() {
        let mut keeper = keeper();
        put(&mut keeper, 1, "1", "one");
        now(keeper.write(&Batch {
            sequence: 2,
            puts: Vec::new(),
            removals: vec!["1".to_owned()],
        }));
        assert!(now(keeper.open()).records.is_empty());
    }
}
