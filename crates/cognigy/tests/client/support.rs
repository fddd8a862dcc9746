//! A world without a network and without time: a scripted tenant, a clock that jumps, stores in
//! memory, and a way to run futures in it.

mod memory;
mod time;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cognigy::Cancellation;
use cognigy::audit::{AuditLog, AuditSettings};
use cognigy::connection::Connection;
use cognigy::http::{Request, Response};
use cognigy::operation::{Event, Tools};
use cognigy::ports::{
    AuditStore, Clock, Journal, LocalBoxFuture, Random, Transport, TransportError,
};
use cognigy::secret::{Credential, Secret};
use cognigy::send::{Client, Ports};
use serde_json::{Value, json};

pub(crate) use memory::Memory;
use time::run;
pub(crate) use time::{Time, together};

/// 2026-03-01T12:00:00Z
pub(crate) const START: u64 = 1_772_366_400_000;
/// The secret that must be found nowhere.
pub(crate) const CANARY: &str = "canary-secret-5f1c";

/// Random bits: the middle of the range, so that a delay is half its bound; or a counter, so that
/// identifiers differ.
#[derive(Default)]
pub(crate) struct Dice(Cell<u64>);

impl Random for Dice {
    fn bits(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        u64::MAX / 2 + self.0.get()
    }
}

/// What the scripted tenant does with a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Answers after some milliseconds.
    Answer(Response, u64),
    /// Breaks off after some milliseconds.
    Fail(TransportError, u64),
    /// Never answers.
    Silence,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, &body.to_string())
    }

    pub(crate) fn text(status: u16, body: &str) -> Self {
        let response = Response {
            status,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.as_bytes().to_vec(),
        };
        Self::Answer(response, 10)
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        match self {
            Self::Answer(mut response, delay) => {
                response.headers.push((name.into(), value.into()));
                Self::Answer(response, delay)
            }
            other => other,
        }
    }

    pub(crate) fn after(self, milliseconds: u64) -> Self {
        match self {
            Self::Answer(response, _) => Self::Answer(response, milliseconds),
            other => other,
        }
    }
}

type Handler = Box<dyn FnMut(&Request) -> Reply>;

/// Says how long a request is on its way, in milliseconds.
type Travel = Box<dyn FnMut() -> u64>;

/// A tenant that does what a closure says, and remembers what it was asked and when.
pub(crate) struct Wire {
    time: Rc<Time>,
    handler: RefCell<Handler>,
    travel: RefCell<Option<Travel>>,
    pub(crate) seen: RefCell<Vec<(u64, Request)>>,
    /// Tokens are given by itself unless a test wants to see them asked for.
    gives_tokens: bool,
}

impl Transport for Wire {
    fn send(
        &self,
        request: Request,
        _: u64,
    ) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        let travel = self.travel.borrow_mut().as_mut().map(|travel| travel());
        // Without a travel time it arrives at once, before anybody waits for it.
        let early = travel.is_none().then(|| self.take(&request));
        Box::pin(async move {
            let reply = match early {
                Some(reply) => reply,
                None => {
                    self.time.sleep(travel.unwrap_or_default()).await;
                    self.take(&request)
                }
            };
            match reply {
                Reply::Answer(response, delay) => {
                    self.time.sleep(delay).await;
                    Ok(response)
                }
                Reply::Fail(error, delay) => {
                    self.time.sleep(delay).await;
                    Err(error)
                }
                Reply::Silence => std::future::pending().await,
            }
        })
    }
}

impl Wire {
    /// Lets requests travel for a while before they arrive.
    pub(crate) fn delay(&self, travel: impl FnMut() -> u64 + 'static) {
        *self.travel.borrow_mut() = Some(Box::new(travel));
    }

    fn take(&self, request: &Request) -> Reply {
        if self.gives_tokens && request.url.ends_with("/oauth/token") {
            return Reply::json(200, &json!({"access_token": "token", "expires_in": 86_400}))
                .after(0);
        }
        self.seen
            .borrow_mut()
            .push((self.time.passed(), request.clone()));
        (self.handler.borrow_mut())(request)
    }
}

/// Everything a test needs.
pub(crate) struct World {
    pub(crate) time: Rc<Time>,
    pub(crate) wire: Rc<Wire>,
    pub(crate) memory: Rc<Memory>,
    pub(crate) tools: Tools,
    pub(crate) events: Rc<RefCell<Vec<Event>>>,
    pub(crate) cancellation: Cancellation,
}

/// How a world is made.
pub(crate) struct Making {
    pub(crate) connection: Connection,
    pub(crate) credential: Credential,
    pub(crate) gives_tokens: bool,
    pub(crate) clear_values: bool,
}

impl Default for Making {
    fn default() -> Self {
        let mut connection = Connection::to("Test", "https://tenant.example.com").unwrap();
        connection.client_id = "client".into();
        connection.operator = "olga".into();
        Self {
            connection,
            credential: Credential::Client {
                id: "client".into(),
                secret: Secret::new(CANARY),
            },
            gives_tokens: true,
            clear_values: false,
        }
    }
}

impl World {
    pub(crate) fn new(handler: impl FnMut(&Request) -> Reply + 'static) -> Self {
        Self::made(Making::default(), handler)
    }

    pub(crate) fn made(making: Making, handler: impl FnMut(&Request) -> Reply + 'static) -> Self {
        let time = Rc::new(Time::default());
        let wire = Rc::new(Wire {
            time: Rc::clone(&time),
            handler: RefCell::new(Box::new(handler)),
            travel: RefCell::default(),
            seen: RefCell::default(),
            gives_tokens: making.gives_tokens,
        });
        let memory = Rc::new(Memory::default());
        let ports = Ports {
            transport: Rc::clone(&wire) as Rc<dyn Transport>,
            clock: Rc::clone(&time) as Rc<dyn Clock>,
            random: Rc::new(Dice::default()),
        };
        let settings = AuditSettings {
            operator: "olga".into(),
            connection: making.connection.name.clone(),
            key: Secret::new(format!("{CANARY}-key")),
            clear_values: making.clear_values,
        };
        let audit = AuditLog::new(
            Rc::clone(&memory) as Rc<dyn AuditStore>,
            Rc::clone(&time) as Rc<dyn Clock>,
            settings,
        );
        let tools = Tools {
            client: Rc::new(Client::new(making.connection, making.credential, ports)),
            audit: Rc::new(audit),
            journal: Rc::clone(&memory) as Rc<dyn Journal>,
        };
        Self {
            time,
            wire,
            memory,
            tools,
            events: Rc::default(),
            cancellation: Cancellation::new(),
        }
    }

    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        run(&self.time, future)
    }

    pub(crate) fn sink(&self) -> Rc<dyn Fn(Event)> {
        let events = Rc::clone(&self.events);
        Rc::new(move |event| events.borrow_mut().push(event))
    }

    /// What was asked, as method and path.
    pub(crate) fn asked(&self) -> Vec<String> {
        let seen = self.wire.seen.borrow();
        seen.iter().map(|(_, request)| line(request)).collect()
    }

    /// How often a line stands in [`World::asked`].
    pub(crate) fn count(&self, line: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == line).count()
    }

    /// The audit log: action and body.
    pub(crate) fn audited(&self) -> Vec<(String, Value)> {
        let lines = self.memory.lines.borrow();
        let entry = |line: &String| {
            let entry: Value = serde_json::from_str(line).unwrap();
            (
                entry["action"].as_str().unwrap().to_owned(),
                entry["body"].clone(),
            )
        };
        lines.iter().map(entry).collect()
    }

    pub(crate) fn actions(&self) -> Vec<String> {
        self.audited()
            .into_iter()
            .map(|(action, _)| action)
            .collect()
    }

    /// Everything that was kept or told anywhere, to be searched for secrets.
    pub(crate) fn everything(&self) -> String {
        let export = self.run(self.tools.audit.export()).unwrap();
        format!(
            "{export}\n{:?}\n{:?}\n{}",
            self.events.borrow(),
            self.memory.journalled.borrow(),
            serde_json::to_string(self.tools.client.connection()).unwrap()
        )
    }
}

/// `GET /api/v2/…`
pub(crate) fn line(request: &Request) -> String {
    let path = request.url.trim_start_matches("https://tenant.example.com");
    format!("{} {path}", request.method.as_str())
}

pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body.as_deref().unwrap_or_default()).unwrap_or_default()
}
