//! The audit log: entries that are only ever added, each holding the hash of the one before. What is
//! written into it is decided by the operations; checking a log is in [`verify`].

mod verify;

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::canonical::{canonical, keyed_hash, sha256};
use crate::moment::timestamp;
use crate::ports::{AuditStore, Clock, StoreError};
use crate::secret::Secret;
use crate::waiting::Lock;

pub use verify::{Fault, FaultKind, Verified, verify};

/// What the first entry has for the hash of the one before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How many entries a log has and the hash of the last one. Kept elsewhere, it shows when a log was
/// cut short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries.
    pub size: u64,
    /// The hash of the last one; [`GENESIS`] when there is none.
    pub hash: String,
}

impl Head {
    /// The head of an empty log.
    pub fn empty() -> Self {
        Self {
            size: 0,
            hash: GENESIS.to_owned(),
        }
    }

    /// As it travels in exports.
    pub fn to_json(&self) -> Value {
        json!({"size": self.size, "hash": self.hash})
    }

    /// Out of what [`Head::to_json`] gives; none for anything else.
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            size: value.get("size")?.as_u64()?,
            hash: value.get("hash")?.as_str()?.to_owned(),
        })
    }

    /// Where a log with these lines ends.
    pub fn of(lines: &[String]) -> Self {
        let Some(last) = lines.last() else {
            return Self::empty();
        };
        let entry: Value = serde_json::from_str(last).unwrap_or_default();
        let hash = entry.get("hash").and_then(Value::as_str);
        Self {
            size: u64::try_from(lines.len()).unwrap_or(u64::MAX),
            // A last line that is no entry is chained to as it is, so that it shows.
            hash: hash.map_or_else(|| sha256(last), str::to_owned),
        }
    }

    /// Whether a log with these lines goes through here: it has as many entries at least, and this is
    /// where it stood then.
    pub fn is_on_the_way_of(&self, lines: &[String]) -> bool {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        lines
            .get(..size)
            .is_some_and(|lines| Self::of(lines) == *self)
    }
}

impl std::fmt::Display for Head {
    /// As the command takes it: `SIZE:HASH`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.size, self.hash)
    }
}

/// Who writes the log, and how much it tells.
#[derive(Clone, Debug)]
pub struct AuditSettings {
    /// Who answers for what is done.
    pub operator: String,
    /// Where it is done: the name of the connection.
    pub connection: String,
    /// The key of the workspace, under which values are hashed.
    pub key: Secret,
    /// Whether values of variables are kept in clear.
    pub clear_values: bool,
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// What is done, such as `FLOW_DEPLOY`.
    pub action: &'a str,
    /// To what: an id.
    pub subject: &'a str,
    /// The details.
    pub body: Value,
    /// The entry it belongs to: for an outcome its intent.
    pub reference: Option<u64>,
}

/// An entry that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    /// Why.
    pub reason: StoreError,
    /// The entry as it would have been written, for a download.
    pub line: String,
}

/// The log of one workspace.
pub struct AuditLog {
    store: Rc<dyn AuditStore>,
    clock: Rc<dyn Clock>,
    settings: AuditSettings,
    lock: Lock,
    /// Where the log ends, once that was read.
    head: RefCell<Option<Head>>,
}

impl AuditLog {
    /// The log in a store.
    pub fn new(store: Rc<dyn AuditStore>, clock: Rc<dyn Clock>, settings: AuditSettings) -> Self {
        Self {
            store,
            clock,
            settings,
            lock: Lock::default(),
            head: RefCell::default(),
        }
    }

    /// Adds an entry and gives its number, counted from one.
    pub async fn append(&self, entry: NewEntry<'_>) -> Result<u64, NotKept> {
        let _turn = self.lock.acquire().await;
        let head = self.read_head().await;
        let before = head.clone().unwrap_or_else(|_| Head::empty());
        let seq = before.size + 1;
        let mut whole = json!({
            "seq": seq,
            "at": timestamp(self.clock.now()),
            "operator": self.settings.operator,
            "connection": self.settings.connection,
            "action": entry.action,
            "subject": entry.subject,
            "body": entry.body,
            "ref": entry.reference,
            "prev": before.hash,
        });
        let hash = sha256(&canonical(&whole));
        if let Value::Object(members) = &mut whole {
            members.insert("hash".to_owned(), Value::String(hash.clone()));
        }
        let line = canonical(&whole);
        let kept = match head {
            Ok(_) => self.store.append(&line).await,
            Err(reason) => Err(reason),
        };
        match kept {
            Ok(()) => {
                *self.head.borrow_mut() = Some(Head { size: seq, hash });
                Ok(seq)
            }
            Err(reason) => {
                // Whether the line got in is not known, so the end is read again next time.
                *self.head.borrow_mut() = None;
                Err(NotKept { reason, line })
            }
        }
    }

    /// Where the log ends.
    pub async fn head(&self) -> Result<Head, StoreError> {
        let _turn = self.lock.acquire().await;
        self.read_head().await
    }

    async fn read_head(&self) -> Result<Head, StoreError> {
        if let Some(head) = self.head.borrow().clone() {
            return Ok(head);
        }
        let head = Head::of(&self.store.list().await?);
        *self.head.borrow_mut() = Some(head.clone());
        Ok(head)
    }

    /// The entries in which every word of `query` stands, in any case; the first one first.
    pub async fn search(&self, query: &str) -> Result<Vec<Value>, StoreError> {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let lines = self.store.list().await?;
        let found = lines.iter().filter(|line| {
            let line = line.to_lowercase();
            words.iter().all(|word| line.contains(word.as_str()))
        });
        // A line that is no entry any more is shown as the text it is.
        let read = |line: &String| serde_json::from_str(line).unwrap_or_else(|_| json!(line));
        Ok(found.map(read).collect())
    }

    /// The log as JSON Lines, with a last line that holds its head.
    pub async fn export(&self) -> Result<String, StoreError> {
        let head = self.head().await?;
        let mut text = String::new();
        for line in self.store.list().await? {
            text.push_str(&line);
            text.push('\n');
        }
        let last = json!({"exported_at": timestamp(self.clock.now()), "head": head.to_json()});
        text.push_str(&canonical(&last));
        text.push('\n');
        Ok(text)
    }

    /// A value of a variable as the log keeps it: hashed under the key of the workspace, so that equal
    /// values show as equal and nothing else shows, unless the operator wants it in clear.
    pub fn kept_value(&self, value: &Value) -> Value {
        if self.settings.clear_values {
            value.clone()
        } else {
            json!({"hmac": keyed_hash(&self.settings.key, value)})
        }
    }

    /// The values of an object, each as [`AuditLog::kept_value`] keeps it.
    pub(crate) fn kept_values(&self, values: &Value) -> Value {
        let Some(members) = values.as_object() else {
            return self.kept_value(values);
        };
        let kept = members
            .iter()
            .map(|(key, value)| (key.clone(), self.kept_value(value)));
        Value::Object(kept.collect())
    }

    /// Who answers for what is done.
    pub(crate) fn operator(&self) -> &str {
        &self.settings.operator
    }
}
