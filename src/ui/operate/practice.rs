//! The practice tenant in this tab: carries requests to it as a network would, with the delays and
//! failures it is told to have, and keeps it with the workspace. What it answers is decided in the
//! `tenant` crate.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::http::{Method, Request, Response};
use cognigy::ports::{Clock, LocalBoxFuture, Transport, TransportError};
use leptos::prelude::*;
use tenant::{Delivery, Fault, Samples, Tenant};

use super::books::Books;
use crate::browser::assets;
use crate::browser::clock::{PageClock, sleep};

/// The base URL of the practice tenant. No host has this name, so nothing could be sent there.
pub const PRACTICE_URL: &str = "https://practice.invalid";
/// What the practice tenant is called.
pub const PRACTICE: &str = "Practice tenant";
/// The client it knows.
pub const PRACTICE_CLIENT: (&str, &str) = ("practice-client", "practice-secret");
/// How long an answer takes at least, in milliseconds: a network is never faster.
const TRIP: u64 = 30;

/// The practice tenant; copies share it.
#[derive(Clone)]
pub struct Practice(Rc<Inner>);

struct Inner {
    books: Books,
    tenant: RefCell<Option<Tenant>>,
    /// Grows when something in it changed.
    changed: RwSignal<u64>,
    /// Why it cannot be kept, once that was so.
    trouble: RwSignal<Option<String>>,
}

impl Practice {
    /// Nothing is fetched yet.
    pub fn new(books: Books) -> Self {
        Self(Rc::new(Inner {
            books,
            tenant: RefCell::default(),
            changed: RwSignal::new(0),
            trouble: RwSignal::new(None),
        }))
    }

    /// Forgets what was read: another tab may have written.
    pub fn forget(&self) {
        *self.0.tenant.borrow_mut() = None;
    }

    /// Why it cannot be kept, once that was so. Followed.
    pub fn trouble(&self) -> Option<String> {
        self.0.trouble.get()
    }

    /// Sees to it that it is there; why it cannot be, as a sentence.
    pub async fn ready(&self) -> Result<(), String> {
        if self.0.tenant.borrow().is_some() {
            return Ok(());
        }
        let kept = self
            .0
            .books
            .tenant()
            .await
            .map_err(|error| error.to_string())?;
        let tenant = match kept {
            Some(text) => Tenant::from_json(&text),
            None => Tenant::seeded(&samples().await?),
        };
        let tenant = tenant.map_err(|error| error.to_string())?;
        self.0.tenant.borrow_mut().get_or_insert(tenant);
        self.0.changed.update(|count| *count += 1);
        Ok(())
    }

    /// The faults that are on. Followed.
    pub fn faults(&self) -> Vec<Fault> {
        self.0.changed.track();
        let tenant = self.0.tenant.borrow();
        tenant
            .as_ref()
            .map(|it| it.faults().to_vec())
            .unwrap_or_default()
    }

    /// Changes it and keeps it.
    pub async fn change<T>(&self, change: impl FnOnce(&mut Tenant) -> T) -> Result<T, String> {
        self.ready().await?;
        let result = self.0.tenant.borrow_mut().as_mut().map(change);
        self.keep().await;
        result.ok_or_else(|| "The practice tenant is being read again. Try once more.".to_owned())
    }

    /// Starts afresh from the samples, whatever was kept.
    pub async fn reset(&self) -> Result<(), String> {
        let tenant = Tenant::seeded(&samples().await?).map_err(|error| error.to_string())?;
        *self.0.tenant.borrow_mut() = Some(tenant);
        self.keep().await;
        Ok(())
    }

    async fn keep(&self) {
        self.0.changed.update(|count| *count += 1);
        let text = self.0.tenant.borrow().as_ref().map(Tenant::to_json);
        let kept = match text {
            Some(Ok(text)) => {
                let kept = self.0.books.keep_tenant(text).await;
                kept.map_err(|error| error.to_string())
            }
            Some(Err(error)) => Err(error.to_string()),
            None => Ok(()),
        };
        self.0.trouble.set(kept.err());
    }
}

/// The documents it is filled with.
async fn samples() -> Result<Samples, String> {
    let mut texts: [String; 6] = Default::default();
    for (text, file) in texts.iter_mut().zip(Samples::FILES) {
        let failed = |reason: String| {
            format!(
                "The practice tenant could not be filled, because the sample {file} could not be \
                 downloaded. {reason} Check the connection and try again."
            )
        };
        let read = assets::read_text(&format!("./samples/{file}")).await;
        *text = read.map_err(failed)?;
    }
    Ok(Samples::from_texts(texts))
}

impl Transport for Practice {
    fn send(
        &self,
        request: Request,
        deadline: u64,
    ) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            // Said where the connection is chosen; here it is a tenant that does not answer.
            self.ready().await.map_err(|_| TransportError::Dropped)?;
            sleep(TRIP).await;
            let now = PageClock.now();
            let (answer, struck) = match self.0.tenant.borrow_mut().as_mut() {
                Some(tenant) => {
                    let faults = tenant.faults().to_vec();
                    let answer = tenant.answer(&request, now).as_seen_by_page();
                    (answer, tenant.faults() != faults)
                }
                None => return Err(TransportError::Dropped),
            };
            // Kept before the answer is told: what was answered has happened.
            if struck || !matches!(request.method, Method::Get | Method::Head) {
                self.keep().await;
            }
            if answer.delay_ms > deadline {
                sleep(deadline).await;
                return Err(TransportError::Timeout);
            }
            sleep(answer.delay_ms).await;
            match answer.delivery {
                Delivery::Whole(response) => Ok(response),
                // A page gets no body that broke off.
                Delivery::Cut { .. } | Delivery::Dropped => Err(TransportError::Dropped),
            }
        })
    }
}
