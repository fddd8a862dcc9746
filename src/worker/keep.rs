//! Keeping the workspace: one job after the other, one writer among the tabs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use flow::storage::{Batch, Keeper, Outcome, Record, Slots, StorageError};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;

use super::books::BooksKeeper;
use super::messages::{Handle, Opened, Report, Request, Save, StoredRecord};
use crate::browser::database::Database;
use crate::browser::locks;
use crate::browser::origin_files::OriginFiles;

/// The name of the database, the folder, the lock and the channel.
const NAME: &str = "flowdeck";

/// Two copies of everything.
pub(super) type Store = Keeper<Database, Slots<OriginFiles>>;

/// The store in the database and the folder of this name.
pub(super) fn store(name: &str) -> Store {
    Keeper::new(Database::new(name), Slots::new(OriginFiles::new(name)))
}

/// What is kept: the workspace, and the records of operations.
struct Stores {
    workspace: Store,
    books: BooksKeeper,
}

enum Job {
    Load,
    Save(Batch),
    KeepHandle(Handle),
    ReadBooks(u64),
    KeepBooks(Save),
}

/// A handle on what keeps the workspace.
#[derive(Clone)]
pub struct Keep {
    shared: Rc<Shared>,
}

struct Shared {
    post: fn(&Report),
    jobs: RefCell<VecDeque<Job>>,
    /// Not here while a job works with them.
    stores: RefCell<Option<Stores>>,
    writes: Cell<bool>,
    /// Tells the other tabs that something was stored; none in a browser without channels.
    channel: Option<BroadcastChannel>,
}

impl Keep {
    /// Keeps nothing yet; reports go to `post`.
    pub fn new(post: fn(&Report)) -> Self {
        let stores = Stores {
            workspace: store(NAME),
            books: BooksKeeper::new(),
        };
        Self {
            shared: Rc::new(Shared {
                post,
                jobs: RefCell::default(),
                stores: RefCell::new(Some(stores)),
                writes: Cell::new(false),
                channel: BroadcastChannel::new(NAME).ok(),
            }),
        }
    }

    /// Takes a request; it is answered by a report.
    pub fn take(&self, request: Request) {
        match request {
            Request::Open => self.open(),
            Request::Save(save) => self.enqueue(Job::Save(batch(save))),
            Request::KeepHandle(handle) => self.enqueue(Job::KeepHandle(handle)),
            Request::ReadBooks(ticket) => self.enqueue(Job::ReadBooks(ticket)),
            Request::KeepBooks(save) => self.enqueue(Job::KeepBooks(save)),
        }
    }

    fn open(&self) {
        let keep = self.clone();
        spawn_local(async move {
            let granted = locks::hold(NAME, false).await;
            keep.shared.writes.set(granted);
            if !granted {
                keep.follow();
            }
            keep.enqueue(Job::Load);
            if !granted && locks::hold(NAME, true).await {
                keep.shared.writes.set(true);
                keep.enqueue(Job::Load);
            }
        });
    }

    /// Loads again whenever the tab that writes has written.
    fn follow(&self) {
        let Some(channel) = &self.shared.channel else {
            return;
        };
        let keep = self.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            let waiting = keep.shared.jobs.borrow().len();
            // One that waits will see this change too.
            if waiting == 0 && !keep.shared.writes.get() {
                keep.enqueue(Job::Load);
            }
        });
        // Listens for as long as the worker lives.
        let changed: JsValue = changed.into_js_value();
        channel.set_onmessage(wasm_bindgen::JsCast::dyn_ref(&changed));
    }

    /// Adds a job. What is saved while another write is under way is merged into one.
    fn enqueue(&self, job: Job) {
        {
            let mut jobs = self.shared.jobs.borrow_mut();
            match (jobs.back_mut(), job) {
                (Some(Job::Save(waiting)), Job::Save(later)) => waiting.absorb(later),
                (_, job) => jobs.push_back(job),
            }
        }
        let stores = self.shared.stores.borrow_mut().take();
        if let Some(stores) = stores {
            spawn_local(self.clone().work(stores));
        }
    }

    async fn work(self, mut stores: Stores) {
        loop {
            let store = &mut stores.workspace;
            let job = self.shared.jobs.borrow_mut().pop_front();
            match job {
                Some(Job::Load) => {
                    let writes = self.shared.writes.get();
                    let opened = load(store, writes).await;
                    (self.shared.post)(&Report::Opened(opened));
                    if writes && stores.books.is_interrupted().await {
                        (self.shared.post)(&Report::Interrupted);
                    }
                }
                Some(Job::Save(batch)) => {
                    let report = self.save(store, batch).await;
                    (self.shared.post)(&report);
                }
                Some(Job::KeepHandle(Handle { key, handle })) => {
                    // Without it, saving asks for the file again. Nothing is lost.
                    let _ = store.first().keep_handle(&key, Some(&handle)).await;
                }
                Some(Job::ReadBooks(ticket)) => {
                    let read = stores.books.read(self.shared.writes.get()).await;
                    self.answer(ticket, read);
                }
                Some(Job::KeepBooks(save)) => {
                    let ticket = save.sequence;
                    let kept = stores.books.write(save, self.shared.writes.get()).await;
                    self.answer(ticket, kept.map(|()| Vec::new()));
                }
                None => break,
            }
        }
        *self.shared.stores.borrow_mut() = Some(stores);
    }

    fn answer(&self, ticket: u64, answer: Result<Vec<StoredRecord>, String>) {
        let (failure, records) = match answer {
            Ok(records) => (None, records),
            Err(reason) => (Some(reason), Vec::new()),
        };
        (self.shared.post)(&Report::Books {
            ticket,
            failure,
            records,
        });
    }

    async fn save(&self, store: &mut Store, batch: Batch) -> Report {
        let sequence = batch.sequence;
        if !self.shared.writes.get() {
            let reason = "Another tab writes this workspace.".to_owned();
            return Report::Failed { reason };
        }
        let outcome = store.write(&batch).await;
        for key in &batch.removals {
            // A handle that stays belongs to no document and does nothing.
            let _ = store.first().keep_handle(key, None).await;
        }
        if let Some(channel) = &self.shared.channel {
            // The others look again when they are told the next time.
            let _ = channel.post_message(&JsValue::TRUE);
        }
        report(sequence, outcome)
    }
}

pub(super) fn batch(save: Save) -> Batch {
    Batch {
        sequence: save.sequence,
        puts: save
            .puts
            .into_iter()
            .map(|put| (put.key, put.payload))
            .collect(),
        removals: save.removals,
    }
}

fn report(sequence: u64, outcome: Outcome) -> Report {
    match (outcome.first, outcome.second) {
        (Err(reason), Err(_)) => Report::Failed {
            reason: reason.to_string(),
        },
        (first, second) => Report::Saved {
            sequence,
            trouble: first.and(second).err().as_ref().map(one_place),
        },
    }
}

/// What the user is told when one of the two copies cannot be kept.
fn one_place(error: &StorageError) -> String {
    format!("Your work is kept in one place instead of two. {error}")
}

async fn load(store: &mut Store, writes: bool) -> Opened {
    let opened = if writes {
        store.open().await
    } else {
        store.look().await
    };
    // Without them, saving asks for the file again.
    let handles = store.first().handles().await.unwrap_or_default();
    let (trouble, failure) = match (opened.first, opened.second) {
        (Err(reason), Err(_)) => (None, Some(reason.to_string())),
        (first, second) => (first.and(second).err().as_ref().map(one_place), None),
    };
    Opened {
        writes,
        sequence: opened.sequence,
        records: opened.records.into_iter().map(StoredRecord::from).collect(),
        handles: handles
            .into_iter()
            .map(|(key, handle)| Handle { key, handle })
            .collect(),
        recovered: opened.recovered,
        trouble,
        failure,
    }
}

impl From<Record> for StoredRecord {
    fn from(record: Record) -> Self {
        Self {
            key: record.key,
            sequence: record.sequence,
            payload: record.payload,
        }
    }
}
