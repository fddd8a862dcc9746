//! The way from a client to the practice tenant and back, in a time that jumps: answers that are cut
//! or dropped, requests that arrive late, and a tab that is closed on the way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cognigy::http::{Request, Response};
use cognigy::ports::{Clock, LocalBoxFuture, TransportError};
use tenant::{Answer, Delivery, Tenant, call_names};

use crate::chance::Chance;
use crate::virtual_time::{START, Time};

/// How long a request takes to arrive, and an answer to come back, in milliseconds.
const TRAVEL: u64 = 10;
/// How long a late request takes.
const LATE: u64 = 20_000;

/// What goes wrong on the way, besides what the tenant does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The request with this number arrives when nobody waits for it any more; `lasting`: so do
    /// all later ones of its call.
    Late { number: usize, lasting: bool },
    /// The tab is closed before the request with this number leaves.
    ClosedBefore(usize),
    /// The tab is closed when the tenant has carried out the request with this number.
    ClosedAfter(usize),
}

/// A request that was sent, with what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) request: Request,
    /// The name of its call.
    pub(crate) call: &'static str,
    /// When it left and when its answer was there, in milliseconds since the start.
    pub(crate) sent: u64,
    pub(crate) answered: Option<u64>,
    pub(crate) status: Option<u16>,
    /// Until when the answer asked to wait, in milliseconds since the start.
    pub(crate) wait_until: Option<u64>,
}

/// A tenant and the way to it.
pub(crate) struct Network {
    time: Rc<Time>,
    pub(crate) tenant: RefCell<Tenant>,
    pub(crate) seen: RefCell<Vec<Seen>>,
    pub(crate) trouble: Cell<Option<Trouble>>,
    /// Whether the client is a page of another origin, which sees less.
    pub(crate) page: Cell<bool>,
    /// Whether it is noticed when a body breaks off.
    pub(crate) notices_cuts: Cell<bool>,
    /// Draws how long each way takes, where that is left to chance.
    pub(crate) travel: RefCell<Option<Chance>>,
    /// Requests that are still on their way, with the time they arrive.
    late: RefCell<Vec<(u64, Request)>>,
    pub(crate) closed: Cell<bool>,
}

/// The name of the call that a request makes.
fn call_of(request: &Request) -> &'static str {
    let path = request.url.split('?').next().unwrap_or_default();
    let path = path.split("://").nth(1).unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let fits = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split('/').skip(1).collect();
        pattern.len() == parts.len()
            && pattern
                .iter()
                .zip(&parts)
                .all(|(one, part)| *one == "*" || one == part)
    };
    let found = call_names().find(|call| call.method == request.method && fits(&call.path));
    found.map_or("none", |call| call.name)
}

/// The moment that a `Retry-After` names, in milliseconds since the start.
fn wait_until(text: &str, now: u64) -> Option<u64> {
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(now + seconds * 1000);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()?.checked_sub(START)
}

impl Network {
    pub(crate) fn new(time: &Rc<Time>, tenant: Tenant) -> Self {
        Self {
            time: Rc::clone(time),
            tenant: RefCell::new(tenant),
            seen: RefCell::default(),
            trouble: Cell::default(),
            page: Cell::default(),
            notices_cuts: Cell::default(),
            travel: RefCell::default(),
            late: RefCell::default(),
            closed: Cell::default(),
        }
    }

    /// Lets the requests arrive that are due, or all that are on their way.
    pub(crate) fn let_arrive(&self, all: bool) {
        let now = self.time.passed();
        let due = |(at, _): &mut (u64, Request)| all || *at <= now;
        let late: Vec<_> = self.late.borrow_mut().extract_if(.., due).collect();
        for (at, request) in late {
            self.tenant.borrow_mut().answer(&request, START + at);
        }
    }

    fn travel(&self) -> u64 {
        self.travel
            .borrow()
            .as_ref()
            .map_or(TRAVEL, |chance| chance.below(400))
    }

    fn is_late(&self, number: usize, call: &str) -> bool {
        let Some(Trouble::Late {
            number: first,
            lasting,
        }) = self.trouble.get()
        else {
            return false;
        };
        let seen = self.seen.borrow();
        number == first || (lasting && number > first && seen[first].call == call)
    }

    async fn carry(&self, request: Request, deadline: u64) -> Result<Response, TransportError> {
        self.let_arrive(false);
        let number = self.seen.borrow().len();
        let call = call_of(&request);
        let sent = self.time.passed();
        let seen = Seen {
            request: request.clone(),
            call,
            sent,
            answered: None,
            status: None,
            wait_until: None,
        };
        self.seen.borrow_mut().push(seen);
        if self.trouble.get() == Some(Trouble::ClosedBefore(number)) {
            return self.close().await;
        }
        if self.is_late(number, call) {
            self.late.borrow_mut().push((sent + LATE, request));
            self.time.sleep(deadline).await;
            return Err(TransportError::Timeout);
        }
        self.time.sleep(self.travel()).await;
        self.let_arrive(false);
        let now = START + self.time.passed();
        let mut answer = self.tenant.borrow_mut().answer(&request, now);
        if self.trouble.get() == Some(Trouble::ClosedAfter(number)) {
            return self.close().await;
        }
        if self.page.get() {
            answer = answer.as_seen_by_page();
        }
        let wait = answer.delay_ms + self.travel();
        let left = (sent + deadline).saturating_sub(self.time.passed());
        self.time.sleep(wait.min(left)).await;
        if wait > left {
            return Err(TransportError::Timeout);
        }
        let received = self.receive(answer);
        if let Ok(response) = &received {
            let mut seen = self.seen.borrow_mut();
            seen[number].answered = Some(self.time.passed());
            seen[number].status = Some(response.status);
            let asked = response.header("retry-after");
            seen[number].wait_until = asked.and_then(|text| wait_until(text, self.time.passed()));
        }
        received
    }

    /// A page is told of a broken connection as little as of a blocked one.
    fn receive(&self, answer: Answer) -> Result<Response, TransportError> {
        let page = self.page.get();
        match answer.delivery {
            Delivery::Whole(response) => Ok(response),
            Delivery::Cut { mut response, sent } if !self.notices_cuts.get() => {
                response.body.truncate(sent);
                Ok(response)
            }
            Delivery::Cut { .. } | Delivery::Dropped if page => Err(TransportError::Blocked),
            Delivery::Cut { .. } | Delivery::Dropped => Err(TransportError::Dropped),
        }
    }

    async fn close<T>(&self) -> T {
        self.closed.set(true);
        std::future::pending().await
    }
}

impl cognigy::ports::Transport for Network {
    fn send(
        &self,
        request: Request,
        deadline: u64,
    ) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.carry(request, deadline))
    }
}
