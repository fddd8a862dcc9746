//! States of bot flows, their transitions, and the compilation of a flow.

use serde_json::{Value, json};

use super::decode;
use crate::answer::Place;
use crate::area::Area;
use crate::error::{CallError, Changed, Error};
use crate::send::{Answer, Call, Client, Pace, Watch};

/// Which flow of which bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowAddress {
    /// The bot.
    pub bot: String,
    /// The flow.
    pub flow: String,
}

impl FlowAddress {
    fn path<'a>(&'a self, rest: &[&'a str]) -> Vec<&'a str> {
        let mut path = vec!["api", "v1", "bots", &self.bot, "flows", &self.flow];
        path.extend_from_slice(rest);
        path
    }

    fn pace(&self) -> Pace {
        Pace::Bot(self.bot.clone())
    }
}

/// A state as the platform holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteState {
    /// Its id.
    pub id: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its version mark, where the platform gives one.
    pub etag: Option<String>,
    /// Its transitions, an array.
    pub transitions: Value,
    /// All of it, as it came.
    pub whole: Value,
}

/// The states of a flow as the platform holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteStates {
    /// Where a conversation starts, where the platform says so.
    pub initial: Option<String>,
    /// What takes unmatched input, where the platform says so.
    pub fallback: Option<String>,
    /// In the platform's order.
    pub states: Vec<RemoteState>,
}

/// How far the compilation of a flow is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compilation {
    /// Under way.
    Pending,
    /// Done.
    Success,
    /// Failed, with what the platform says.
    Failed(String),
}

fn state(place: &Place<'_>, etag: Option<&str>) -> Result<RemoteState, Error> {
    let transitions = place.required("transitions", "an array")?;
    transitions.elements()?;
    let own = place.optional_text("etag")?;
    Ok(RemoteState {
        id: place.text("id")?,
        name: place.optional_text("name")?,
        etag: etag.map(str::to_owned).or(own),
        transitions: transitions.value().clone(),
        whole: place.value().clone(),
    })
}

/// All states of a flow.
pub async fn states(
    client: &Client,
    address: &FlowAddress,
    watch: &Watch,
) -> Result<RemoteStates, CallError> {
    let call = Call::get(Area::Transitions, &address.path(&["states"]));
    let answer = client.call(&call.paced(address.pace()), watch).await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        let root = answer.root();
        let list = if root.value().is_array() {
            root.clone()
        } else {
            root.required("data", "an array of states")?
        };
        let read = |place: &Place<'_>| state(place, None);
        Ok(RemoteStates {
            initial: root.optional_text("initialStateId")?,
            fallback: root.optional_text("fallbackStateId")?,
            states: list
                .elements()?
                .iter()
                .map(read)
                .collect::<Result<_, _>>()?,
        })
    })
}

/// One state. `patient` waits for the breaker.
pub async fn one_state(
    client: &Client,
    address: &FlowAddress,
    id: &str,
    patient: bool,
    watch: &Watch,
) -> Result<RemoteState, CallError> {
    let call = Call::get(Area::Transitions, &address.path(&["states", id]));
    let answer = client
        .call(&call.paced(address.pace()).patient(patient), watch)
        .await?;
    decode(client, &answer, Changed::Nothing, |answer| {
        whole_state(answer)
    })
}

fn whole_state(answer: &Answer) -> Result<RemoteState, Error> {
    state(&answer.root(), answer.etag.as_deref())
}

/// Sets the transitions of a state, an array as text, when the state is still in the version with
/// this mark. Gives the new mark, where the platform tells it.
pub async fn set_transitions(
    client: &Client,
    address: &FlowAddress,
    id: &str,
    etag: Option<&str>,
    transitions: &str,
    watch: &Watch,
) -> Result<Option<String>, CallError> {
    let body = format!("{{\"transitions\":{transitions}}}");
    let call = Call::patch(Area::Transitions, &address.path(&["states", id]), body);
    let call = call.paced(address.pace()).if_match(etag);
    Ok(client.call(&call, watch).await?.etag)
}

/// Asks for a compilation.
pub async fn compile(
    client: &Client,
    address: &FlowAddress,
    watch: &Watch,
) -> Result<Compilation, CallError> {
    let body = Some(json!({}).to_string());
    let call = Call::post(Area::Transitions, &address.path(&["compile"]), body);
    compilation_of(client, call.paced(address.pace()), watch).await
}

/// Looks how far the compilation is.
pub async fn compilation(
    client: &Client,
    address: &FlowAddress,
    watch: &Watch,
) -> Result<Compilation, CallError> {
    let call = Call::get(Area::Transitions, &address.path(&["compile"]));
    compilation_of(client, call.paced(address.pace()).polling(), watch).await
}

async fn compilation_of(
    client: &Client,
    call: Call,
    watch: &Watch,
) -> Result<Compilation, CallError> {
    let changed = if call.is_read() {
        Changed::Nothing
    } else {
        Changed::Perhaps
    };
    match client
        .call(&call.final_failure(speaks_of_compilation), watch)
        .await
    {
        Ok(answer) => decode(client, &answer, changed, |answer| {
            let root = answer.root();
            let message = root.optional_text("errorMessage")?.unwrap_or_default();
            match root.text("status")?.as_str() {
                "pending" => Ok(Compilation::Pending),
                "success" => Ok(Compilation::Success),
                "failed" => Ok(Compilation::Failed(message)),
                _ => Err(Error::Decode {
                    path: "status".to_owned(),
                    expected: "pending, success or failed",
                }),
            }
        }),
        Err(failed) => match failed.error {
            Error::Server { message, .. } if message_speaks_of_compilation(&message) => {
                Ok(Compilation::Failed(message))
            }
            _ => Err(failed),
        },
    }
}

/// The platform answers 500 when a compilation failed: that is its outcome, not a fault.
fn speaks_of_compilation(error: &Error) -> bool {
    matches!(error, Error::Server { status: 500, message, .. } if message_speaks_of_compilation(message))
}

fn message_speaks_of_compilation(message: &str) -> bool {
    message.to_ascii_lowercase().contains("compil")
}
