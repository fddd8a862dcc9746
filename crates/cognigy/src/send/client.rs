//! The client of one connection: sends calls with a token, at the right pace, again when that may
//! help, and not at all while the breaker is open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::answer;
use crate::connection::Connection;
use crate::error::{CallError, Changed, Error, Mistake};
use crate::http::{Request, Response};
use crate::ports::{Clock, Random, Transport, TransportError};
use crate::secret::{Credential, Secret};
use crate::send::breaker::{Breaker, BreakerState};
use crate::send::pace::Buckets;
use crate::send::token::Tokens;
use crate::send::{
    Answer, Budget, Call, MAXIMUM_RETRIES, MAXIMUM_RETRIES_POLLING, Pace, Wait, WaitReason, Watch,
    delay,
};
use crate::waiting::{First, first};

/// A wait that the platform asks for is shown as a countdown when it is longer, in milliseconds.
const COUNTDOWN: u64 = 60_000;
/// The longest wait that is waited out at all, in milliseconds.
const LONGEST_WAIT: u64 = 900_000;
/// How often a patient call asks the breaker again.
const PATIENCE: u32 = 30;
/// How often when it is hurried: the next probe is still waited for.
const PATIENCE_HURRIED: u32 = 1;

/// The world around a client.
#[derive(Clone)]
pub struct Ports {
    /// Carries requests.
    pub transport: Rc<dyn Transport>,
    /// Tells the time.
    pub clock: Rc<dyn Clock>,
    /// Draws random numbers.
    pub random: Rc<dyn Random>,
}

/// The client of one connection.
pub struct Client {
    pub(super) connection: Connection,
    pub(super) credential: Credential,
    pub(super) ports: Ports,
    pub(super) tokens: Tokens,
    breaker: RefCell<Breaker>,
    budget: RefCell<Budget>,
    buckets: RefCell<Buckets>,
}

/// What [`Client::deliver`] needs to know besides the request.
pub(super) struct Delivery<'a> {
    pub(super) repeatable: bool,
    pub(super) polling: bool,
    pub(super) patient: bool,
    pub(super) pace: Option<&'a Pace>,
    pub(super) final_failure: Option<fn(&Error) -> bool>,
    pub(super) failure: &'a dyn Fn(&Response) -> Option<Error>,
}

impl Client {
    /// A client that has sent nothing yet.
    pub fn new(connection: Connection, credential: Credential, ports: Ports) -> Self {
        Self {
            connection,
            credential,
            ports,
            tokens: Tokens::default(),
            breaker: RefCell::default(),
            budget: RefCell::default(),
            buckets: RefCell::default(),
        }
    }

    /// The connection it was made for.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What proves who is asking.
    pub(crate) fn credential(&self) -> &Credential {
        &self.credential
    }

    /// Tells the time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.ports.clock
    }

    /// The world around it.
    pub(crate) fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Whether requests may go, with the moment of the next probe in monotonic milliseconds.
    pub fn breaker_state(&self) -> BreakerState {
        self.breaker.borrow().state()
    }

    /// Forgets its tokens.
    pub fn forget_tokens(&self) {
        self.tokens.clear();
    }

    /// Makes a call.
    pub async fn call(&self, call: &Call, watch: &Watch) -> Result<Answer, CallError> {
        if call.unusable_id {
            let mistake = Mistake {
                path: call.path.clone(),
                code: "id".into(),
                message: "an id is empty or consists of dots, which no URL can hold".into(),
            };
            return Err(self.error(Error::Invalid(vec![mistake]), Changed::Nothing));
        }
        let failure = |response: &Response| {
            answer::failure(response, &call.path, call.area, self.ports.clock.now()).or_else(|| {
                let cut = call.is_read().then(|| answer::json(&response.body).err());
                cut.flatten().filter(is_cut)
            })
        };
        let delivery = Delivery {
            repeatable: call.is_repeatable(),
            polling: call.polling,
            patient: call.patient,
            pace: call.pace.as_ref(),
            final_failure: call.final_failure,
            failure: &failure,
        };
        let mut token = self.token(call.area.scopes(), None, watch).await?;
        let mut response = self
            .deliver(self.request(call, &token), &delivery, watch)
            .await;
        let mut reached = Changed::Nothing;
        if let Err(failed) = &response
            && matches!(failed.error, Error::Unauthorized { .. })
            && matches!(self.credential, Credential::Client { .. })
        {
            // An attempt before the refused one may have got through.
            reached = failed.changed;
            token = match self.token(call.area.scopes(), Some(&token), watch).await {
                Ok(token) => token,
                Err(failed) => return Err(failed.at_least(reached)),
            };
            response = self
                .deliver(self.request(call, &token), &delivery, watch)
                .await;
        }
        let sent = if call.is_read() {
            Changed::Nothing
        } else {
            Changed::Perhaps
        };
        match response {
            Ok(response) => Answer::read(&response).map_err(|error| self.error(error, sent)),
            Err(failed) if call.is_read() => Err(CallError {
                changed: Changed::Nothing,
                ..failed
            }),
            Err(failed) => Err(failed.at_least(reached)),
        }
    }

    fn request(&self, call: &Call, token: &Secret) -> Request {
        let mut headers = vec![
            ("accept".to_owned(), "application/json".to_owned()),
            (
                "authorization".to_owned(),
                format!("Bearer {}", token.reveal()),
            ),
        ];
        if call.body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        if let Some(etag) = &call.if_match {
            headers.push(("if-match".to_owned(), etag.clone()));
        }
        if let Some(key) = &call.idempotency_key
            && self.connection.idempotency_keys
        {
            headers.push(("idempotency-key".to_owned(), key.clone()));
        }
        Request {
            method: call.method,
            url: format!("{}{}", self.connection.base_url, call.path),
            headers,
            body: call.body.as_ref().map(|body| body.clone().into_bytes()),
        }
    }

    /// Sends a request until it gets through, cannot be helped, or has been sent often enough.
    pub(super) async fn deliver(
        &self,
        request: Request,
        delivery: &Delivery<'_>,
        watch: &Watch,
    ) -> Result<Response, CallError> {
        let clock = &self.ports.clock;
        let most = if delivery.polling {
            MAXIMUM_RETRIES_POLLING
        } else {
            MAXIMUM_RETRIES
        };
        let mut changed = Changed::Nothing;
        let mut last: Option<Error> = None;
        self.budget.borrow_mut().request(clock.monotonic());
        for retry in 0.. {
            if let Err(error) = self.admit(delivery, watch).await {
                return Err(self.error(last.unwrap_or(error), changed));
            }
            let sent = self
                .send_once(request.clone(), delivery.failure, watch)
                .await;
            let (error, asked) = match sent {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            // Of all failures these alone leave open whether the request got through.
            if error.is_outage() || error == Error::Cancelled {
                changed = Changed::Perhaps;
            }
            let limited = matches!(error, Error::RateLimited { .. });
            let may_help =
                limited || (delivery.repeatable && (error.is_transient() || is_cut(&error)));
            let is_final = delivery
                .final_failure
                .is_some_and(|is_final| is_final(&error));
            let wait = asked.unwrap_or_else(|| delay(retry, &*self.ports.random));
            if !may_help
                || is_final
                || retry >= most
                || wait > LONGEST_WAIT
                || clock.monotonic() >= watch.hurried_from.get()
                || !self.budget.borrow_mut().retry(clock.monotonic())
            {
                return Err(self.error(error, changed));
            }
            let reason = match asked {
                None => WaitReason::Retry,
                Some(wait) if wait > COUNTDOWN => WaitReason::Countdown,
                Some(_) => WaitReason::RateLimit,
            };
            if self.wait(wait, reason, watch).await.is_err() {
                return Err(self.error(Error::Cancelled, changed));
            }
            last = Some(error);
        }
        Err(self.error(last.unwrap_or(Error::Cancelled), changed))
    }

    /// Waits for the pace and the breaker.
    async fn admit(&self, delivery: &Delivery<'_>, watch: &Watch) -> Result<(), Error> {
        let clock = &self.ports.clock;
        while let Some(pace) = delivery.pace {
            let taken = self.buckets.borrow_mut().take(pace, clock.monotonic());
            let Err(wait) = taken else { break };
            self.wait(wait, WaitReason::Pace, watch).await?;
        }
        for asked in 0.. {
            if watch.cancellation.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let now = clock.monotonic();
            let admitted = self.breaker.borrow_mut().admit(now);
            let Err(until) = admitted else { return Ok(()) };
            let wait = until - now;
            let hurried = now >= watch.hurried_from.get();
            let patience = if hurried { PATIENCE_HURRIED } else { PATIENCE };
            if !delivery.patient || asked >= patience {
                let until = clock.now() + wait;
                return Err(Error::Paused { until });
            }
            self.wait(wait, WaitReason::Probe, watch).await?;
        }
        Ok(())
    }

    /// Sends a request once. With the error comes how long the platform asks to wait.
    async fn send_once(
        &self,
        request: Request,
        failure: &dyn Fn(&Response) -> Option<Error>,
        watch: &Watch,
    ) -> Result<Response, (Error, Option<u64>)> {
        let clock = &self.ports.clock;
        let admitted = Admitted {
            client: self,
            told: Cell::new(false),
        };
        let waited = self.connection.request_deadline;
        // The transport keeps the deadline; a page that slept may not notice, so it is kept here
        // too, a little later.
        let sent = first(
            first(
                self.ports.transport.send(request, waited),
                clock.sleep(waited + 250),
            ),
            watch.cancellation.cancelled(),
        );
        let result = match sent.await {
            First::Other(()) => return Err((Error::Cancelled, None)),
            First::One(First::Other(()) | First::One(Err(TransportError::Timeout))) => {
                Err((Error::Timeout { waited }, None))
            }
            First::One(First::One(Err(TransportError::Blocked))) => Err((Error::Blocked, None)),
            First::One(First::One(Err(TransportError::Offline | TransportError::Dropped))) => {
                Err((Error::Offline, None))
            }
            First::One(First::One(Ok(response))) => match failure(&response) {
                None => Ok(response),
                Some(error) => Err((error, answer::retry_after(&response, clock.now()))),
            },
        };
        let failed = result.as_ref().is_err_and(|(error, _)| error.is_outage());
        admitted.tell(failed);
        result
    }

    /// Waits, unless it is stopped.
    pub(crate) async fn wait(
        &self,
        milliseconds: u64,
        reason: WaitReason,
        watch: &Watch,
    ) -> Result<(), Error> {
        if watch.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let clock = &self.ports.clock;
        (watch.on_wait)(Wait {
            until: clock.now() + milliseconds,
            reason,
        });
        let slept = first(clock.sleep(milliseconds), watch.cancellation.cancelled());
        match slept.await {
            First::One(()) => Ok(()),
            First::Other(()) => Err(Error::Cancelled),
        }
    }

    /// An error that is met now.
    pub(crate) fn error(&self, error: Error, changed: Changed) -> CallError {
        CallError {
            error,
            changed,
            at: self.ports.clock.now(),
        }
    }
}

/// Whether a body broke off: it began as JSON.
fn is_cut(error: &Error) -> bool {
    matches!(error, Error::NotJson { start } if start.trim_start().starts_with(['{', '[']))
}

/// A request that the breaker let through. It hears of the outcome, or that there is none.
struct Admitted<'a> {
    client: &'a Client,
    told: Cell<bool>,
}

impl Admitted<'_> {
    fn tell(&self, failed: bool) {
        self.told.set(true);
        let now = self.client.ports.clock.monotonic();
        self.client.breaker.borrow_mut().record(failed, now);
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        if !self.told.get() {
            let now = self.client.ports.clock.monotonic();
            self.client.breaker.borrow_mut().give_up(now);
        }
    }
}
