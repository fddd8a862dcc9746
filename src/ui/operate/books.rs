//! The journal, the audit log and what else operations keep, as records in the worker's store. All
//! records are read once and held; every change is stored before it counts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cognigy::audit::Head;
use cognigy::ports::{AuditStore, Journal, LocalBoxFuture, Random, StoreError};
use futures_channel::oneshot;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ui::autosave::Autosave;
use crate::worker::{JOURNAL, Put, Request, Save, StoredRecord};

/// What the keys of pages of the audit log begin with.
const AUDIT: &str = "audit-";
/// How many entries a page of the audit log has: what is written again for one entry more.
const PAGE: usize = 50;
/// The key of the practice tenant.
const TENANT: &str = "tenant";
/// The key of what deployments there were.
const HISTORY: &str = "history";
/// What the keys of what screens keep begin with.
const KEPT: &str = "kept-";
/// The key of the furthest end of the audit log that was ever seen.
const HEAD: &str = "audit_head";
/// The key under which the audit log hashes values.
const HASH_KEY: &str = "key";

/// The records; copies share them.
#[derive(Clone)]
pub struct Books(Rc<Inner>);

struct Inner {
    autosave: Autosave,
    held: RefCell<Option<Held>>,
    /// The furthest end of the audit log that this page has seen. What is kept may be taken back by
    /// whoever can change the store; this cannot.
    seen: RefCell<Option<Head>>,
}

#[derive(Default)]
struct Held {
    journal: BTreeMap<String, String>,
    audit: Vec<String>,
    others: BTreeMap<String, Vec<u8>>,
}

impl Held {
    fn of(records: Vec<StoredRecord>) -> Self {
        let mut held = Self::default();
        // Pages have numbers of one length, so they come in their order.
        let mut records = records;
        records.sort_by(|one, other| one.key.cmp(&other.key));
        for StoredRecord { key, payload, .. } in records {
            if let Some(id) = key.strip_prefix(JOURNAL) {
                let text = String::from_utf8_lossy(&payload).into_owned();
                held.journal.insert(id.to_owned(), text);
            } else if key.starts_with(AUDIT) {
                let page = String::from_utf8_lossy(&payload).into_owned();
                held.audit.extend(page.lines().map(str::to_owned));
            } else {
                held.others.insert(key, payload);
            }
        }
        held
    }

    /// The furthest end of the audit log that was kept.
    fn head(&self) -> Option<Head> {
        let kept = serde_json::from_slice(self.others.get(HEAD)?).ok()?;
        Head::from_json(&kept)
    }

    /// What is to be kept as the end of a log of these lines. Nothing when the log does not reach what
    /// was kept before: that it was cut short shall go on to show.
    fn next_head(&self, lines: &[String]) -> Option<Head> {
        let fits = self.head().is_none_or(|kept| kept.is_on_the_way_of(lines));
        fits.then(|| Head::of(lines))
    }
}

impl Books {
    /// Reads nothing yet.
    pub fn new(autosave: Autosave) -> Self {
        Self(Rc::new(Inner {
            autosave,
            held: RefCell::default(),
            seen: RefCell::default(),
        }))
    }

    /// The furthest end of the audit log that this page has seen or an earlier one has kept: a log that
    /// was cut short does not reach it any more.
    pub async fn furthest(&self) -> Result<Head, StoreError> {
        let (now, kept) = self
            .read(|held| (Head::of(&held.audit), held.head()))
            .await?;
        let mut seen = self.0.seen.borrow_mut();
        let furthest = [seen.take(), kept, Some(now)].into_iter().flatten();
        let furthest =
            furthest.reduce(|one, other| if other.size > one.size { other } else { one });
        Ok(seen.insert(furthest.unwrap_or_else(Head::empty)).clone())
    }

    /// Keeps where the audit log ends, once that was verified, where nothing was kept that it does not
    /// reach. A log is kept with its end from then on.
    pub async fn keep_head(&self) -> Result<(), StoreError> {
        let put = self.read(|held| {
            let next = held.next_head(&held.audit);
            next.filter(|next| held.head().as_ref() != Some(next))
        });
        match put.await? {
            Some(head) => {
                self.keep_other(HEAD, head.to_json().to_string().into_bytes())
                    .await
            }
            None => Ok(()),
        }
    }

    /// Forgets what was read: another tab may have written.
    pub fn forget(&self) {
        *self.0.held.borrow_mut() = None;
    }

    async fn ask(&self, ask: impl FnOnce(u64) -> Request) -> Result<Vec<StoredRecord>, StoreError> {
        let (tell, told) = oneshot::channel();
        self.0.autosave.ask_books(ask, move |answer| {
            // Nobody waits any more when the page is taken down.
            let _ = tell.send(answer);
        });
        let answer = told.await.unwrap_or_else(|_| Err(GONE.to_owned()));
        answer.map_err(StoreError)
    }

    async fn read<T>(&self, look: impl FnOnce(&Held) -> T) -> Result<T, StoreError> {
        if let Some(held) = self.0.held.borrow().as_ref() {
            return Ok(look(held));
        }
        let records = self.ask(Request::ReadBooks).await?;
        let mut held = self.0.held.borrow_mut();
        Ok(look(held.get_or_insert_with(|| Held::of(records))))
    }

    async fn write(
        &self,
        puts: Vec<(String, Vec<u8>)>,
        removal: Option<String>,
        change: impl FnOnce(&mut Held),
    ) -> Result<(), StoreError> {
        self.read(|_| ()).await?;
        let puts = puts.into_iter().map(|(key, payload)| Put { key, payload });
        self.ask(|sequence| {
            Request::KeepBooks(Save {
                sequence,
                puts: puts.collect(),
                removals: removal.into_iter().collect(),
            })
        })
        .await?;
        if let Some(held) = self.0.held.borrow_mut().as_mut() {
            change(held);
        }
        Ok(())
    }

    async fn other(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|held| held.others.get(key).cloned()).await
    }

    async fn keep_other(&self, key: &str, payload: Vec<u8>) -> Result<(), StoreError> {
        let kept = payload.clone();
        self.write(vec![(key.to_owned(), payload)], None, |held| {
            held.others.insert(key.to_owned(), kept);
        })
        .await
    }

    /// The practice tenant as it was kept.
    pub async fn tenant(&self) -> Result<Option<String>, StoreError> {
        let kept = self.other(TENANT).await?;
        Ok(kept.map(|kept| String::from_utf8_lossy(&kept).into_owned()))
    }

    /// Keeps the practice tenant.
    pub async fn keep_tenant(&self, text: String) -> Result<(), StoreError> {
        self.keep_other(TENANT, text.into_bytes()).await
    }

    /// What deployments there were. What cannot be read any more counts as none.
    pub async fn history<T: DeserializeOwned + Default>(&self) -> Result<T, StoreError> {
        let kept = self.other(HISTORY).await?.unwrap_or_default();
        Ok(serde_json::from_slice(&kept).unwrap_or_default())
    }

    /// Keeps what deployments there were.
    pub async fn keep_history(&self, history: &impl Serialize) -> Result<(), StoreError> {
        let text = serde_json::to_vec(history).map_err(|error| StoreError(error.to_string()))?;
        self.keep_other(HISTORY, text).await
    }

    /// What a screen keeps under a name of its own. What cannot be read any more counts as none.
    pub async fn kept<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, StoreError> {
        let kept = self.other(&format!("{KEPT}{name}")).await?;
        Ok(serde_json::from_slice(&kept.unwrap_or_default()).unwrap_or_default())
    }

    /// Keeps what a screen needs again, under a name of its own.
    pub async fn keep(&self, name: &str, what: &impl Serialize) -> Result<(), StoreError> {
        let text = serde_json::to_vec(what).map_err(|error| StoreError(error.to_string()))?;
        self.keep_other(&format!("{KEPT}{name}"), text).await
    }

    /// The key of the workspace, under which values are hashed in the audit log; made when there is
    /// none yet.
    pub async fn hash_key(&self, random: &dyn Random) -> Result<String, StoreError> {
        if let Some(key) = self.other(HASH_KEY).await? {
            return Ok(String::from_utf8_lossy(&key).into_owned());
        }
        let [a, b, c, d] = [(); 4].map(|()| random.bits());
        let key = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
        self.keep_other(HASH_KEY, key.clone().into_bytes()).await?;
        Ok(key)
    }
}

const GONE: &str = "The page stopped waiting for its store.";

impl Journal for Books {
    fn write<'a>(
        &'a self,
        id: &'a str,
        text: &'a str,
    ) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let put = (format!("{JOURNAL}{id}"), text.as_bytes().to_vec());
            self.write(vec![put], None, |held| {
                held.journal.insert(id.to_owned(), text.to_owned());
            })
            .await
        })
    }

    fn remove<'a>(&'a self, id: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.write(Vec::new(), Some(format!("{JOURNAL}{id}")), |held| {
                held.journal.remove(id);
            })
            .await
        })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(self.read(|held| held.journal.values().cloned().collect()))
    }
}

impl AuditStore for Books {
    fn append<'a>(&'a self, line: &'a str) -> LocalBoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let (page, head) = self
                .read(|held| {
                    let page = held.audit.len() / PAGE;
                    let mut text = held.audit[page * PAGE..].join("\n");
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(line);
                    let fits = held.next_head(&held.audit).is_some();
                    let head = fits.then(|| {
                        let last = Head::of(&[line.to_owned()]);
                        let size = u64::try_from(held.audit.len()).unwrap_or(u64::MAX);
                        Head {
                            size: size.saturating_add(1),
                            ..last
                        }
                    });
                    ((format!("{AUDIT}{page:08}"), text.into_bytes()), head)
                })
                .await?;
            let head = head.map(|head| head.to_json().to_string().into_bytes());
            // Both or neither are stored.
            let mut puts = vec![page];
            puts.extend(head.clone().map(|head| (HEAD.to_owned(), head)));
            self.write(puts, None, |held| {
                held.audit.push(line.to_owned());
                if let Some(head) = head {
                    held.others.insert(HEAD.to_owned(), head);
                }
            })
            .await
        })
    }

    fn list(&self) -> LocalBoxFuture<'_, Result<Vec<String>, StoreError>> {
        Box::pin(self.read(|held| held.audit.clone()))
    }
}
