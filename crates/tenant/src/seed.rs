//! What a new tenant is filled with: bots, dialogs with versions, state flows. Ids and contents match
//! the samples. What it has besides is in `surroundings`.

use flow::document::{Document, StateFlow as StateFlowView};
use flow::json::{Tree, parse};
use serde_json::Value;

use crate::bots::Bot;
use crate::compile::Job;
use crate::dialogs::{Dialog, Status, Version};
use crate::held::{DIALOG_FLOW, TRANSITIONS};
use crate::json::Json;
use crate::samples::Samples;
use crate::states::{State, StateFlow};
use crate::surroundings::{
    DAY_MS, START_MS, clients, conversations, environments, fill_runtimes, owned,
};
use crate::tenant::RestoreError;
use crate::tokens::{SCOPES, Token};
use crate::world::World;

/// What ids are mixed with.
const SEED: u64 = 0x000f_10fd_ec4b_0a7d;

/// A second flow, small, whose list of states is answered as an array alone.
const OPENING_HOURS: &str = r#"{"botId":"nordlicht-shop","flowId":"opening-hours",
"initialStateId":"ask","fallbackStateId":"closed","states":[
{"id":"ask","name":"Ask for the shop","etag":"\"0a11\"","transitions":[
{"id":"ask_known","targetStateId":"tell","conditions":[{"value":"entities.shop != null"}]},
{"id":"ask_else","targetStateId":"closed"}]},
{"id":"tell","name":"Tell the hours","etag":"\"0a12\"","final":true,"transitions":[]},
{"id":"closed","name":"No such shop","etag":"\"0a13\"","final":true,"transitions":[]}]}"#;

impl Samples {
    /// The samples without the layout of their files.
    pub(crate) fn on_one_line(&self) -> Result<Self, RestoreError> {
        let line = |index: usize, text: &str| -> Result<String, RestoreError> {
            let file = Self::FILES.get(index).copied().unwrap_or_default();
            Ok(Json::of(tree(file, text)?.root()).text().to_owned())
        };
        Ok(Self {
            hello: line(0, &self.hello)?,
            order_status: line(1, &self.order_status)?,
            returns: line(2, &self.returns)?,
            workshop_appointment: line(3, &self.workshop_appointment)?,
            customer_support: line(4, &self.customer_support)?,
            checkout_states: line(5, &self.checkout_states)?,
        })
    }
}

/// The resources a tenant starts with.
pub(crate) fn world_of(samples: &Samples) -> Result<World, RestoreError> {
    let mut world = World {
        seed: SEED,
        clients: clients(),
        environments: environments(),
        conversations: conversations(),
        ..World::default()
    };
    // Good for ever, to be pasted.
    world.tokens.insert(
        "practice-token".to_owned(),
        Token {
            scopes: owned(&SCOPES),
            expires_at: None,
        },
    );
    let shop = [
        ("hello.json", &samples.hello, &HELLO_BEFORE[..], true),
        (
            "order-status.json",
            &samples.order_status,
            &["1.2.0", "1.3.0"][..],
            false,
        ),
        ("returns.json", &samples.returns, &["1.0.0"][..], false),
        (
            "customer-support.json",
            &samples.customer_support,
            &[][..],
            false,
        ),
    ];
    let workshop = [(
        "workshop-appointment.json",
        &samples.workshop_appointment,
        &["2.0.0"][..],
        false,
    )];
    let mut shop_bot = Bot::default();
    for (file, text, before, cursor_on_last) in shop {
        let id = fill_dialog(&mut world, file, text, before, cursor_on_last)?;
        shop_bot.dialogs.push(id);
    }
    let mut workshop_bot = Bot::default();
    for (file, text, before, cursor_on_last) in workshop {
        let id = fill_dialog(&mut world, file, text, before, cursor_on_last)?;
        workshop_bot.dialogs.push(id);
    }
    let checkout = state_flow(
        &mut world,
        "checkout-states.json",
        &samples.checkout_states,
        false,
    )?;
    let hours = state_flow(&mut world, "checkout-states.json", OPENING_HOURS, true)?;
    fill_runtimes(&mut world, &checkout);
    shop_bot.flows.insert("checkout".to_owned(), checkout);
    shop_bot.flows.insert("opening-hours".to_owned(), hours);
    world.bots.insert("nordlicht-shop".to_owned(), shop_bot);
    world
        .bots
        .insert("nordlicht-workshop".to_owned(), workshop_bot);
    Ok(world)
}

/// Enough versions for several pages.
const HELLO_BEFORE: [&str; 11] = [
    "0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0", "0.7.0", "0.8.0", "0.9.0", "0.9.1",
    "0.9.2",
];

fn tree(file: &'static str, text: &str) -> Result<Tree, RestoreError> {
    parse(text.into()).map_err(|errors| unreadable(file, errors.first()))
}

fn unreadable(file: &'static str, error: Option<&flow::json::ReadError>) -> RestoreError {
    RestoreError::Sample {
        file,
        reason: error.map_or_else(String::new, ToString::to_string),
    }
}

/// A dialog with the sample as its active version, and archived ones `before` it.
fn fill_dialog(
    world: &mut World,
    file: &'static str,
    text: &str,
    before: &[&str],
    cursor_on_last: bool,
) -> Result<String, RestoreError> {
    let document =
        Document::read(text.into()).map_err(|errors| unreadable(file, errors.first()))?;
    let Some(flow) = document.dialog_flow() else {
        return Err(RestoreError::Sample {
            file,
            reason: "It is no dialog flow.".to_owned(),
        });
    };
    let mut versions = Vec::new();
    let mut created_at = START_MS;
    for number in before {
        let older = older(file, text, number)?;
        versions.push(Version {
            id: world.new_id("ver"),
            number: (*number).to_owned(),
            status: Status::Archived,
            created_at,
            promoted: true,
            flow: Json::shaped(older.root(), &DIALOG_FLOW),
        });
        created_at += 3 * DAY_MS;
    }
    versions.push(Version {
        id: world.new_id("ver"),
        number: flow.version.text.to_string(),
        status: Status::Active,
        created_at,
        promoted: true,
        flow: Json::shaped(document.tree().root(), &DIALOG_FLOW),
    });
    let dialog = Dialog {
        cursor_on_last,
        versions,
    };
    let id = flow.id.text.to_string();
    world.dialogs.insert(id.clone(), dialog);
    Ok(id)
}

/// The flow as it was before: its last text was not yet said.
fn older(file: &'static str, text: &str, version: &str) -> Result<Tree, RestoreError> {
    let mut flow: Value = serde_json::from_str(text).map_err(|error| RestoreError::Sample {
        file,
        reason: format!("{error}."),
    })?;
    if let Some(number) = flow.get_mut("version") {
        *number = Value::from(version);
    }
    let nodes = flow.get_mut("nodes").and_then(Value::as_array_mut);
    let mut properties = nodes
        .into_iter()
        .flatten()
        .rev()
        .filter_map(|node| node.get_mut("properties")?.as_object_mut());
    if let Some(properties) = properties.find(|properties| properties.contains_key("say")) {
        properties.remove("say");
    }
    tree(file, &flow.to_string())
}

fn state_flow(
    world: &mut World,
    file: &'static str,
    text: &str,
    as_array: bool,
) -> Result<StateFlow, RestoreError> {
    let document =
        Document::read(text.into()).map_err(|errors| unreadable(file, errors.first()))?;
    let Some(view) = document.state_flow() else {
        return Err(RestoreError::Sample {
            file,
            reason: "It is no state flow.".to_owned(),
        });
    };
    Ok(StateFlow {
        initial: view.initial_state.as_ref().map(|id| id.text.to_string()),
        fallback: view.fallback_state.as_ref().map(|id| id.text.to_string()),
        as_array,
        states: states(world, document.tree(), view),
        compilation: Job {
            id: world.new_id("cmp"),
            queued_at: START_MS,
            ends_at: START_MS,
            failure: None,
        },
    })
}

fn states(world: &mut World, tree: &Tree, view: &StateFlowView) -> Vec<State> {
    let states = view.states.iter();
    states
        .map(|state| State {
            id: state.id.text.to_string(),
            name: state.name.as_ref().map(|name| name.text.to_string()),
            is_final: state.is_final,
            etag: match &state.etag {
                Some(etag) => etag.text.to_string(),
                None => world.new_etag(),
            },
            transitions: Json::shaped(tree.value(state.transitions_at), &TRANSITIONS),
        })
        .collect()
}
