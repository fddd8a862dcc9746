//! A client with all that is around it: the practice tenant, a clock, records, the user.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::OnceLock;
use std::task::Poll;

use cognigy::Cancellation;
use cognigy::audit::{AuditLog, AuditSettings};
use cognigy::connection::Connection;
use cognigy::operation::{Event, Tools};
use cognigy::ports::{AuditStore, Clock, Journal, Transport};
use cognigy::secret::{Credential, Secret};
use cognigy::send::{Client, Ports};
use serde_json::{Value, json};
use tenant::{Samples, Tenant};

use crate::chance::Chance;
use crate::inside::Inside;
use crate::memory::Memory;
use crate::network::Network;
use crate::user::User;
use crate::virtual_time::{Time, run};

/// The secret that must be found nowhere.
pub(crate) const CANARY: &str = "canary-7c41d09be2";
const BASE: &str = "https://practice.example";
/// Longer than anything takes that may still be on its way, in milliseconds.
const LONG: u64 = 3_600_000;

pub(crate) fn sample(file: &str) -> String {
    let path = format!("{}/../../samples/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// A tenant whose client has the canary for its secret, without the one dialog that is large.
pub(crate) fn tenant() -> Tenant {
    static TENANT: OnceLock<Tenant> = OnceLock::new();
    let made = || {
        let samples = Samples::from_texts(Samples::FILES.map(sample));
        altered(&Tenant::seeded(&samples).unwrap(), |world| {
            world["clients"]["practice-client"]["secret"] = json!(CANARY);
            world["dialogs"]
                .as_object_mut()
                .unwrap()
                .remove("customer-support");
        })
    };
    TENANT.get_or_init(made).clone()
}

/// The tenant with something else inside.
pub(crate) fn altered(tenant: &Tenant, alter: impl FnOnce(&mut Value)) -> Tenant {
    let mut whole: Value = serde_json::from_str(&tenant.to_json().unwrap()).unwrap();
    alter(&mut whole["world"]);
    Tenant::from_json(&whole.to_string()).unwrap()
}

/// How a client is connected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// As a page of another origin.
    pub(crate) page: bool,
    /// With idempotency keys.
    pub(crate) keys: bool,
}

pub(crate) struct World {
    pub(crate) time: Rc<Time>,
    pub(crate) network: Rc<Network>,
    pub(crate) memory: Rc<Memory>,
    pub(crate) tools: Tools,
    pub(crate) user: User,
    pub(crate) cancellation: Cancellation,
    events: Rc<RefCell<Vec<Event>>>,
}

fn connection(setup: Setup) -> Connection {
    let mut connection = Connection::to("Practice", BASE).unwrap();
    "practice-client".clone_into(&mut connection.client_id);
    connection.idempotency_keys = setup.keys;
    let hook = |name: &str| format!("{BASE}/__practice/hooks/{name}");
    connection.webhooks.analytics = hook("analytics");
    connection.webhooks.crm = hook("crm");
    connection.webhooks.context = hook("context");
    connection.webhooks.ml_ops = hook("mlops");
    connection.webhooks.artifact_sync = hook("sync");
    connection
}

/// A client of the tenant.
fn tools(
    setup: Setup,
    seed: u64,
    time: &Rc<Time>,
    network: &Rc<Network>,
    memory: &Rc<Memory>,
) -> Tools {
    let ports = Ports {
        transport: Rc::clone(network) as Rc<dyn Transport>,
        clock: Rc::clone(time) as Rc<dyn Clock>,
        random: Rc::new(Chance::seeded(seed)),
    };
    let credential = Credential::Client {
        id: "practice-client".to_owned(),
        secret: Secret::new(CANARY),
    };
    let settings = AuditSettings {
        operator: "olga".to_owned(),
        connection: "Practice".to_owned(),
        key: Secret::new(format!("{CANARY}-key")),
        clear_values: false,
    };
    let store = Rc::clone(memory) as Rc<dyn AuditStore>;
    let audit = AuditLog::new(store, Rc::clone(time) as Rc<dyn Clock>, settings);
    Tools {
        client: Rc::new(Client::new(connection(setup), credential, ports)),
        audit: Rc::new(audit),
        journal: Rc::clone(memory) as Rc<dyn Journal>,
    }
}

impl World {
    pub(crate) fn new(tenant: Tenant, setup: Setup, seed: u64) -> Self {
        let time = Rc::new(Time::default());
        let network = Rc::new(Network::new(&time, tenant));
        network.page.set(setup.page);
        network.tenant.borrow_mut().hide_headers(setup.page);
        let memory = Rc::new(Memory::default());
        Self {
            tools: tools(setup, seed, &time, &network, &memory),
            time,
            network,
            memory,
            user: User::default(),
            cancellation: Cancellation::new(),
            events: Rc::default(),
        }
    }

    /// Another client of the same tenant, with records of its own.
    pub(crate) fn beside(&self, setup: Setup, seed: u64) -> Self {
        let memory = Rc::new(Memory::default());
        Self {
            tools: tools(setup, seed, &self.time, &self.network, &memory),
            time: Rc::clone(&self.time),
            network: Rc::clone(&self.network),
            memory,
            user: User::default(),
            cancellation: Cancellation::new(),
            events: Rc::default(),
        }
    }

    /// The next start: everything that was on its way has arrived, nothing fails any more, and of
    /// what the client knew only its records are left.
    pub(crate) fn next_start(&mut self, setup: Setup) {
        self.time.forget();
        self.time.pass(LONG);
        self.network.let_arrive(true);
        self.network.tenant.borrow_mut().switch_all_off();
        self.network.trouble.set(None);
        self.network.closed.set(false);
        self.tools = tools(setup, 99, &self.time, &self.network, &self.memory);
    }

    /// Runs a future until it ends or the tab is closed.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        let until_closed = std::future::poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if self.network.closed.get() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        run(&self.time, until_closed)
    }

    pub(crate) fn sink(&self) -> Rc<dyn Fn(Event)> {
        let events = Rc::clone(&self.events);
        Rc::new(move |event| events.borrow_mut().push(event))
    }

    pub(crate) fn inside(&self) -> Inside {
        Inside::of(&self.network.tenant.borrow())
    }

    /// The audit log as it is exported.
    pub(crate) fn exported(&self) -> String {
        run(&self.time, self.tools.audit.export()).unwrap()
    }

    /// Everything that was kept, told or shown anywhere but in requests for tokens.
    pub(crate) fn everything(&self) -> String {
        let mut text = format!(
            "{}\n{:?}\n{:?}\n{:?}\n{}\n",
            self.exported(),
            self.events.borrow(),
            self.memory.journalled.borrow(),
            self.tools.client.connection(),
            serde_json::to_string(self.tools.client.connection()).unwrap(),
        );
        for seen in self.network.seen.borrow().iter() {
            text.push_str(&seen.request.url);
            if !seen.call.starts_with("token") {
                let body = seen.request.body.as_deref().unwrap_or_default();
                text.push_str(&String::from_utf8_lossy(body));
            }
            text.push('\n');
        }
        text
    }
}
