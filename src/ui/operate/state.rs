//! What the screens of Operate share: the chosen connection, the credentials in memory, the tools that
//! operations work with, and that only one of them runs at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognigy::audit::{AuditLog, AuditSettings};
use cognigy::connection::Connection;
use cognigy::operation::Tools;
use cognigy::ports::Transport;
use cognigy::secret::{Credential, Secret};
use cognigy::send::{Client, Ports};
use leptos::prelude::*;

use super::books::Books;
use super::context::ContextState;
use super::deploy::DeployState;
use super::practice::{PRACTICE, PRACTICE_CLIENT, PRACTICE_URL, Practice};
use super::question::Questions;
use super::simulate::SimulateState;
use super::transitions::TransitionsState;
use super::unfinished::Interrupted;
use super::variables::VariablesState;
use crate::browser::clock::{PageClock, PageRandom};
use crate::browser::transport::Fetch;
use crate::ui::autosave::Autosave;
use crate::ui::desk::Desk;
use cognigy::vault::{Vault, Whom};

/// A screen of Operate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Dialog flows and their versions.
    #[default]
    Deploy,
    /// States of bot flows.
    Transitions,
    /// Context of conversations.
    Context,
    /// Variables of running dialogs.
    StateVariables,
    /// Simulation scripts.
    Simulate,
    /// The connection itself.
    Connection,
}

/// A handle on what the screens share; copied freely.
#[derive(Clone, Copy)]
pub struct Operating {
    /// The open documents.
    pub desk: Desk,
    /// Which screen is shown.
    pub screen: RwSignal<Screen>,
    /// The name of the connection that is worked with.
    pub chosen: RwSignal<String>,
    /// The connection that is worked with.
    pub connection: Memo<Connection>,
    /// All connections, the practice tenant first.
    pub connections: Memo<Vec<Connection>>,
    /// Whether a connection is being made that is not kept yet.
    pub is_new: RwSignal<bool>,
    /// Whether an operation runs.
    pub busy: RwSignal<bool>,
    /// Questions that operations ask.
    pub questions: Questions,
    /// Operations that were interrupted.
    pub interrupted: Interrupted,
    /// What the screen Deploy shows.
    pub deploy: DeployState,
    /// What the screen Transitions shows.
    pub transitions: TransitionsState,
    /// What the screen Context shows.
    pub context: ContextState,
    /// What the screen State variables shows.
    pub variables: VariablesState,
    /// What the screen Simulate shows.
    pub simulate: SimulateState,
    /// Grows when a credential comes or goes.
    credentials: RwSignal<u64>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    books: Books,
    practice: Practice,
    network: Rc<Fetch>,
    vault: Vault,
    /// The tools of the last operation, with the connection and the credential they were made for.
    tools: Option<(Connection, Credential, Tools)>,
}

/// Why an operation cannot begin, as a sentence.
pub struct NotReady(pub String);

impl Operating {
    /// Shares of this page.
    pub fn new(desk: Desk, autosave: Autosave) -> Self {
        let books = Books::new(autosave);
        let practice = Practice::new(books.clone());
        let chosen = RwSignal::new(PRACTICE.to_owned());
        let connections = Memo::new(move |_| all(&desk.connections.read()));
        let connection = Memo::new(move |_| {
            let name = chosen.get();
            connections.with(|all| {
                let found = all.iter().find(|known| known.name == name);
                found.or(all.first()).cloned().unwrap_or_default()
            })
        });
        let operating = Self {
            desk,
            screen: RwSignal::new(Screen::default()),
            chosen,
            connection,
            connections,
            is_new: RwSignal::new(false),
            busy: RwSignal::new(false),
            questions: Questions::new(),
            interrupted: Interrupted::new(),
            deploy: DeployState::new(),
            transitions: TransitionsState::new(),
            context: ContextState::new(),
            variables: VariablesState::new(),
            simulate: SimulateState::new(),
            credentials: RwSignal::new(0),
            inner: StoredValue::new_local(Inner {
                books,
                practice,
                network: Rc::default(),
                vault: Vault::default(),
                tools: None,
            }),
        };
        // A tab that takes over has to read what the other one wrote.
        Effect::new(move |was: Option<bool>| {
            let read_only = desk.read_only.get();
            if was.is_some_and(|was| was != read_only) {
                operating.inner.update_value(|inner| {
                    inner.books.forget();
                    inner.practice.forget();
                    inner.tools = None;
                });
            }
            read_only
        });
        operating
    }

    /// The records of operations.
    pub fn books(self) -> Books {
        self.inner.with_value(|inner| inner.books.clone())
    }

    /// The practice tenant.
    pub fn practice(self) -> Practice {
        self.inner.with_value(|inner| inner.practice.clone())
    }

    /// Whether the chosen connection is the practice tenant. Followed.
    pub fn is_practice(self) -> bool {
        self.connection.with(|it| it.base_url == PRACTICE_URL)
    }

    /// Whether there is a credential for a connection. Followed.
    pub fn has_credential(self, whom: &Whom) -> bool {
        self.credentials.track();
        whom.base_url() == PRACTICE_URL
            || self
                .inner
                .with_value(|inner| inner.vault.get(whom).is_some())
    }

    /// Takes a credential into memory, or forgets the one that is there.
    pub fn keep_credential(self, whom: Whom, credential: Option<Credential>) {
        self.change_vault(|vault| vault.keep(whom, credential));
    }

    fn change_vault(self, change: impl FnOnce(&mut Vault)) {
        self.inner.update_value(|inner| {
            inner.tools = None;
            change(&mut inner.vault);
        });
        self.credentials.update(|count| *count += 1);
    }

    /// The connection of a name, as it is kept now.
    pub fn connection_called(self, name: &str) -> Option<Connection> {
        self.connections
            .with_untracked(|all| all.iter().find(|known| known.name == name).cloned())
    }

    /// Whether the chosen connection still goes where this one does.
    pub fn works_with(self, connection: &Connection) -> bool {
        self.connection.with_untracked(Whom::of) == Whom::of(connection)
    }

    /// Keeps a connection with the workspace, in the place of the one that had `old` as its name;
    /// false when it is not kept, which the user was told.
    pub fn keep_connection(self, old: &str, connection: &Connection) -> bool {
        let Ok(text) = serde_json::to_string(connection) else {
            return false;
        };
        let before = self.connection_called(old);
        let kept = self.desk.change_connections(|kept| {
            let place = kept.iter().position(|raw| is_called(raw, old));
            match place {
                Some(place) => kept[place] = text,
                None => kept.push(text),
            }
        });
        if let Some(before) = before.filter(|_| kept) {
            let (old, new) = (Whom::of(&before), Whom::of(connection));
            self.change_vault(|vault| vault.follow(&old, new));
        }
        kept
    }

    /// Forgets a connection and its credential, unless this tab may not.
    pub fn forget_connection(self, name: &str) {
        let known = self.connection_called(name);
        let forgotten = self
            .desk
            .change_connections(|kept| kept.retain(|raw| !is_called(raw, name)));
        if !forgotten {
            return;
        }
        if let Some(known) = known {
            self.keep_credential(Whom::of(&known), None);
        }
        self.chosen.set(PRACTICE.to_owned());
    }

    /// The tools to work with a connection. Whoever works for longer takes the connection once, at the
    /// start: another may be chosen meanwhile.
    pub async fn tools_for(self, connection: &Connection) -> Result<Tools, NotReady> {
        let is_practice = connection.base_url == PRACTICE_URL;
        let credential = if is_practice {
            let (id, secret) = PRACTICE_CLIENT;
            Some(Credential::Client {
                id: id.to_owned(),
                secret: Secret::new(secret),
            })
        } else {
            let whom = Whom::of(connection);
            self.inner
                .with_value(|inner| inner.vault.get(&whom).cloned())
        };
        let Some(credential) = credential else {
            return Err(NotReady(format!(
                "There is no credential for \"{}\" in memory. Nothing was sent. Enter it on the \
                 screen Connection.",
                connection.name
            )));
        };
        let known = self.inner.with_value(|inner| match &inner.tools {
            Some((of, with, tools)) if of == connection && *with == credential => {
                Some(tools.clone())
            }
            _ => None,
        });
        if let Some(tools) = known {
            return Ok(tools);
        }
        let (books, practice) = (self.books(), self.practice());
        let transport: Rc<dyn Transport> = if is_practice {
            practice.ready().await.map_err(NotReady)?;
            Rc::new(practice)
        } else {
            self.inner
                .with_value(|inner| Rc::clone(&inner.network) as Rc<dyn Transport>)
        };
        let key = books.hash_key(&PageRandom).await;
        let key = key.map_err(|error| {
            NotReady(format!(
                "What is done could not be written down, so nothing was sent. {error}"
            ))
        })?;
        let settings = AuditSettings {
            operator: connection.operator.clone(),
            connection: connection.name.clone(),
            key: Secret::new(key),
            clear_values: false,
        };
        let ports = Ports {
            transport,
            clock: Rc::new(PageClock),
            random: Rc::new(PageRandom),
        };
        let tools = Tools {
            client: Rc::new(Client::new(connection.clone(), credential.clone(), ports)),
            audit: Rc::new(AuditLog::new(
                Rc::new(books.clone()),
                Rc::new(PageClock),
                settings,
            )),
            journal: Rc::new(books),
        };
        self.inner.update_value(|inner| {
            inner.tools = Some((connection.clone(), credential, tools.clone()));
        });
        Ok(tools)
    }

    /// Offers an id of a dialog again later, on the connection of a name.
    pub fn remember_dialog(self, name: &str, dialog: &str) {
        let Some(mut connection) = self.connection_called(name) else {
            return;
        };
        let dialogs = &mut connection.remembered.dialogs;
        if dialogs.iter().all(|known| known != dialog) && !self.desk.read_only.get_untracked() {
            dialogs.push(dialog.to_owned());
            self.keep_connection(name, &connection);
        }
    }
}

/// The shares of this page. Asked for while a component is made, not in an event.
pub fn operating() -> Operating {
    expect_context::<Operating>()
}

/// What is kept with the workspace. One that a newer version wrote in another form is not known here.
pub fn known(kept: &[String]) -> Vec<Connection> {
    kept.iter()
        .filter_map(|raw| serde_json::from_str(raw).ok())
        .collect()
}

/// The practice tenant as it is before anybody changed it, then what is kept with the workspace.
fn all(kept: &[String]) -> Vec<Connection> {
    let mut all = vec![practice_connection()];
    for connection in known(kept) {
        if connection.base_url == PRACTICE_URL {
            all[0] = connection;
        } else {
            all.push(connection);
        }
    }
    all
}

/// The practice tenant before anybody changed it.
pub fn practice_connection() -> Connection {
    let mut connection = Connection::to(PRACTICE, PRACTICE_URL).unwrap_or_default();
    PRACTICE_CLIENT.0.clone_into(&mut connection.client_id);
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let remembered = &mut connection.remembered;
    remembered.bots = owned(&["nordlicht-shop", "nordlicht-workshop"]);
    remembered.flows = BTreeMap::from([(
        "nordlicht-shop".to_owned(),
        owned(&["checkout", "opening-hours"]),
    )]);
    remembered.dialogs = owned(&[
        "order-status",
        "hello",
        "returns",
        "workshop-appointment",
        "nordlicht-support",
    ]);
    remembered.environments = owned(&["staging", "production", "sandbox"]);
    connection
}

fn is_called(raw: &str, name: &str) -> bool {
    serde_json::from_str::<Connection>(raw).is_ok_and(|connection| connection.name == name)
}
