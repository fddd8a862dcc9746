//! What edits began with: the states as they were loaded, kept with the workspace, so that what
//! changed can be told after a reload too.

use cognigy::connection::Connection;
use cognigy::resource::states::{FlowAddress, RemoteStates, states};
use cognigy::send::Watch;
use flow::document::{Document, StateFlow};
use flow::session::Positions;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::spelling;
use crate::ui::notices::Notice;
use crate::ui::operate::question::Question;
use crate::ui::operate::state::Operating;

/// The name they are kept under.
const NAME: &str = "states";
/// How many flows are kept.
const KEPT: usize = 20;

/// The states of a flow as they were loaded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Base {
    connection: String,
    bot: String,
    flow: String,
    /// The document.
    pub text: String,
}

impl Base {
    /// The transitions of each state.
    pub fn transitions(&self) -> Map<String, Value> {
        let all: Value = serde_json::from_str(&self.text).unwrap_or_default();
        let states = all["states"].as_array().into_iter().flatten();
        states
            .filter_map(|state| {
                Some((
                    state["id"].as_str()?.to_owned(),
                    state["transitions"].clone(),
                ))
            })
            .collect()
    }
}

/// Reads what there was, once.
pub fn read(operating: Operating) {
    let bases = operating.transitions.bases;
    if bases.with_untracked(|bases| !bases.is_empty()) {
        return;
    }
    spawn_local(async move {
        match operating.books().kept::<Vec<Base>>(NAME).await {
            Ok(kept) => bases.set(kept),
            Err(error) => operating.desk.notices.show(Notice::error(format!(
                "What the edits of states began with could not be read. Nothing was changed; load \
                 the states again before you push. {error}"
            ))),
        }
    });
}

/// Which bot and flow the shown state flow names. Followed.
pub fn address(operating: Operating) -> Option<FlowAddress> {
    let found = operating.desk.read(|open| {
        let states = open.document().state_flow()?;
        Some(FlowAddress {
            bot: states.bot_id.as_ref()?.text.to_string(),
            flow: states.flow_id.as_ref()?.text.to_string(),
        })
    });
    found.flatten()
}

/// What the shown state flow began with on this connection. Followed.
pub fn of_shown(operating: Operating) -> Option<Base> {
    let address = address(operating)?;
    let connection = operating.connection.with(|it| it.name.clone());
    operating.transitions.bases.with(|bases| {
        let ours = bases.iter().find(|base| {
            base.connection == connection && base.bot == address.bot && base.flow == address.flow
        });
        ours.cloned()
    })
}

/// Keeps what edits begin with, on the connection of a name.
pub async fn keep(operating: Operating, connection: &str, address: &FlowAddress, text: String) {
    let bases = operating.transitions.bases;
    bases.update(|bases| {
        bases.retain(|base| {
            base.connection != connection || base.bot != address.bot || base.flow != address.flow
        });
        if bases.len() >= KEPT {
            bases.remove(0);
        }
        bases.push(Base {
            connection: connection.to_owned(),
            bot: address.bot.clone(),
            flow: address.flow.clone(),
            text,
        });
    });
    let all = bases.get_untracked();
    if let Err(error) = operating.books().keep(NAME, &all).await {
        operating.desk.notices.show(Notice::info(format!(
            "What the edits begin with is known until you leave, but could not be kept. {error}"
        )));
    }
}

/// Offers the ids of a bot and one of its flows again later, on the connection of a name.
pub fn remember(operating: Operating, name: &str, address: &FlowAddress) {
    let Some(mut connection) = operating.connection_called(name) else {
        return;
    };
    let FlowAddress { bot, flow } = address;
    let remembered = &mut connection.remembered;
    let flows = remembered.flows.entry(bot.clone()).or_default();
    let new_flow = !flows.contains(flow);
    if new_flow {
        flows.push(flow.clone());
    }
    let new_bot = !remembered.bots.contains(bot);
    if new_bot {
        remembered.bots.push(bot.clone());
    }
    if (new_flow || new_bot) && !operating.desk.read_only.get_untracked() {
        operating.keep_connection(name, &connection);
    }
}

/// Loads the states of a flow and opens them as a document.
pub fn load(operating: Operating, address: FlowAddress) {
    let state = operating.transitions;
    let connection = operating.connection.get_untracked();
    state.trouble.set(None);
    state.loading.set(true);
    spawn_local(async move {
        let loaded = fetch(operating, &connection, &address).await;
        state.loading.set(false);
        match loaded {
            Err(reason) => state.trouble.set(Some(reason)),
            Ok(None) => {}
            Ok(Some(remote)) => open(operating, &connection.name, &address, &remote).await,
        }
    });
}

async fn open(
    operating: Operating,
    connection: &str,
    address: &FlowAddress,
    remote: &RemoteStates,
) {
    let text = spelling::document(&address.bot, &address.flow, remote);
    match Document::read(text.as_str().into()) {
        Ok(document) => {
            keep(operating, connection, address, text).await;
            let name = format!("{}-states.json", address.flow);
            operating.desk.open(&name, document, Positions::new(), None);
            remember(operating, connection, address);
            operating.desk.notices.announce(format!(
                "{} states of {} are open.",
                remote.states.len(),
                address.flow
            ));
        }
        Err(errors) => operating.transitions.trouble.set(Some(format!(
            "What the tenant holds is no state flow. Nothing was changed. {}",
            errors.first().map(ToString::to_string).unwrap_or_default()
        ))),
    }
}

/// The states as the platform holds them.
pub async fn look(
    operating: Operating,
    connection: &Connection,
    address: &FlowAddress,
) -> Result<RemoteStates, String> {
    let tools = operating
        .tools_for(connection)
        .await
        .map_err(|not_ready| not_ready.0)?;
    let remote = states(&tools.client, address, &Watch::default()).await;
    remote.map_err(|failed| failed.to_string())
}

/// The states as the platform holds them, with both ends known; none when the user was asked and went away.
async fn fetch(
    operating: Operating,
    connection: &Connection,
    address: &FlowAddress,
) -> Result<Option<RemoteStates>, String> {
    let mut remote = look(operating, connection, address).await?;
    // Some tenants answer with a list of states and nothing beside it.
    if remote.initial.is_none() {
        let asked = "Where does a conversation start?";
        remote.initial = match ask(operating, &remote, asked).await {
            Some(id) => Some(id),
            None => return Ok(None),
        };
    }
    if remote.fallback.is_none() {
        let asked = "Which state takes what no transition takes?";
        remote.fallback = match ask(operating, &remote, asked).await {
            Some(id) => Some(id),
            None => return Ok(None),
        };
    }
    Ok(Some(remote))
}

async fn ask(operating: Operating, remote: &RemoteStates, title: &str) -> Option<String> {
    let choice = |state: &cognigy::resource::states::RemoteState| {
        let name = state.name.as_deref().unwrap_or(&state.id);
        (state.id.clone(), format!("{name} ({})", state.id))
    };
    let question = Question {
        title: title.to_owned(),
        text: vec![
            "The tenant does not say it. It is needed to check the flow and is not sent."
                .to_owned(),
        ],
        choices: remote.states.iter().map(choice).collect(),
        yes: "Take this one".to_owned(),
        ..Question::default()
    };
    operating.questions.ask(question).await
}

/// What of a flow differs from its base besides transitions, in words: the API cannot change it.
pub fn refusals(base: &StateFlow, mine: &StateFlow) -> Vec<String> {
    if mine.partial {
        return Vec::new();
    }
    let name = |state: &flow::document::State| state.name.as_ref().map(|name| name.text.clone());
    let find = |states: &StateFlow, id: &str| {
        let found = states.states.iter().find(|state| state.id.text == id);
        found.map(name)
    };
    let mut found = Vec::new();
    for state in &mine.states {
        match find(base, &state.id.text) {
            None => found.push(format!("State \"{}\" was added.", state.id.text)),
            Some(old) if old != name(state) => found.push(format!(
                "State \"{}\" was renamed from \"{}\".",
                state.id.text,
                old.unwrap_or_default()
            )),
            Some(_) => {}
        }
    }
    let gone = base
        .states
        .iter()
        .filter(|state| find(mine, &state.id.text).is_none());
    found.extend(gone.map(|state| format!("State \"{}\" was removed.", state.id.text)));
    found
}
