//! The tenant: a request goes in, and what comes back goes out, faults included.

use cognigy::http::{Method, Request};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Delivery, Reply};
use crate::ask::{Ask, find, segments, split_url};
use crate::clock::LATEST_MS;
use crate::delivery::deliver;
use crate::engine::Engine;
use crate::faults::{Fault, FaultError};
use crate::practice;
use crate::rehearse::Rehearse;
use crate::samples::Samples;
use crate::seed::world_of;
use crate::strike::{Struck, strike};
use crate::world::{Logged, World};

/// The number of the format a tenant is kept in.
const FORMAT: u32 = 1;

/// A practice tenant. It is plain data; what it answers depends on nothing but it, the request and
/// the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    format: u32,
    /// What a reset goes back to.
    samples: Samples,
    pub(crate) world: World,
    pub(crate) faults: Vec<Fault>,
    hides_headers: bool,
}

impl Tenant {
    /// A tenant filled with the samples.
    pub fn seeded(samples: &Samples) -> Result<Self, RestoreError> {
        let samples = samples.on_one_line()?;
        Ok(Self {
            format: FORMAT,
            world: world_of(&samples)?,
            samples,
            faults: Vec::new(),
            hides_headers: false,
        })
    }

    /// The tenant as JSON, to be kept.
    pub fn to_json(&self) -> Result<String, RestoreError> {
        serde_json::to_string(self).map_err(|error| RestoreError::Unreadable(error.to_string()))
    }

    /// A tenant that was kept.
    pub fn from_json(text: &str) -> Result<Self, RestoreError> {
        let unreadable = |error: serde_json::Error| RestoreError::Unreadable(error.to_string());
        let tenant: Self = serde_json::from_str(text).map_err(unreadable)?;
        if tenant.format > FORMAT {
            return Err(RestoreError::Newer(tenant.format));
        }
        Ok(tenant)
    }

    /// Everything back as it was at the start, faults included.
    pub fn reset(&mut self) -> Result<(), RestoreError> {
        self.world = world_of(&self.samples)?;
        self.faults.clear();
        Ok(())
    }

    /// The faults that are switched on, in the order they strike.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Switches a fault on. Its id, which is made here.
    pub fn switch_on(&mut self, fault: Fault) -> Result<String, FaultError> {
        let id = self.world.new_id("fault");
        let fault = fault.checked()?;
        self.faults.push(Fault {
            id: id.clone(),
            ..fault
        });
        Ok(id)
    }

    /// Switches a fault off. Whether it was on.
    pub fn switch_off(&mut self, id: &str) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.faults.len() < before
    }

    /// Switches all faults off.
    pub fn switch_all_off(&mut self) {
        self.faults.clear();
    }

    /// Whether pages of other origins may not read `ETag` and `Retry-After`, from now on.
    pub fn hide_headers(&mut self, hidden: bool) {
        self.hides_headers = hidden;
    }

    /// What comes back for `request` at `now_ms`, in milliseconds since 1970.
    pub fn answer(&mut self, request: &Request, now_ms: u64) -> Answer {
        self.answer_with(request, now_ms, &Engine)
    }

    /// The same, with something else than the rehearsal engine to run the flows of simulations.
    pub fn answer_with(
        &mut self,
        request: &Request,
        now_ms: u64,
        rehearse: &dyn Rehearse,
    ) -> Answer {
        let now = now_ms.min(LATEST_MS);
        let (path, _) = split_url(&request.url);
        let segments = segments(path);
        if request.method == Method::Options {
            return self.whole(Reply::empty(204));
        }
        if let Some(reply) = practice::answer(self, request, &segments) {
            return self.whole(reply);
        }
        let (call, names) = match find(request.method, &segments) {
            Ok(found) => found,
            Err(refusal) => return self.whole(refusal.into_reply()),
        };
        let mut ask = Ask {
            call,
            names: &names,
            request,
            now,
            rehearse,
            fault: None,
        };
        let struck = strike(&mut self.faults, &self.world, &ask);
        ask.fault = struck.fault.as_ref();
        let id = self.world.new_id("req");
        let delivery = deliver(&mut self.world, &ask).numbered(id);
        self.world.log(Logged {
            at: now,
            call: call.name.to_owned(),
            path: path.to_owned(),
            status: delivery.status(),
        });
        self.sent(delivery, &struck)
    }

    fn whole(&self, reply: Reply) -> Answer {
        self.sent(Delivery::Whole(reply.into_response()), &Struck::default())
    }

    fn sent(&self, delivery: Delivery, struck: &Struck) -> Answer {
        Answer {
            delivery,
            delay_ms: struck.delay_ms,
            headers_exposed: !(self.hides_headers || struck.hides_headers),
        }
    }
}

/// Why there is no tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestoreError {
    /// It was kept by a newer version.
    Newer(u32),
    /// What was kept is no tenant.
    Unreadable(String),
    /// A sample is not what it should be.
    Sample {
        /// The file it is in.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl std::fmt::Display for RestoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Newer(format) => write!(
                f,
                "This practice tenant was saved by a newer version of Flowdeck (format {format}). \
                 Nothing was changed. Reset it, or use the newer version."
            ),
            Self::Unreadable(reason) => write!(
                f,
                "The saved practice tenant cannot be read: {reason}. Nothing was changed. Reset it \
                 to start afresh."
            ),
            Self::Sample { file, reason } => write!(
                f,
                "The practice tenant cannot start, because the sample {file} cannot be read: \
                 {reason} Load the page again."
            ),
        }
    }
}

impl std::error::Error for RestoreError {}
