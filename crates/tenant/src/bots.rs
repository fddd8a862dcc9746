//! Bots with their versions, and the environments they run in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::Reply;
use crate::ask::Ask;
use crate::dialogs::{Status, Version};
use crate::refusal::Refusal;
use crate::states::StateFlow;
use crate::world::World;

/// A bot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bot {
    /// The ids of its dialogs.
    pub(crate) dialogs: Vec<String>,
    /// Its state flows by id.
    pub(crate) flows: BTreeMap<String, StateFlow>,
}

/// Where simulations run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Environment {
    pub(crate) name: String,
    /// Whether only the allowed bots may run in it.
    pub(crate) strict: bool,
    pub(crate) allowed_bots: Vec<String>,
}

#[derive(Serialize)]
struct ShownVersion<'a> {
    deployed: bool,
    id: String,
    name: String,
    status: &'a str,
}

#[derive(Serialize)]
struct ShownEnvironment<'a> {
    allowed_bot_ids: &'a [String],
    id: &'a str,
    isolation_mode: &'a str,
    name: &'a str,
}

/// Every version of a bot: those of its dialogs, by `{dialog}-{version}`. When a dialog has two
/// versions of one number, the active one stands for both, else the newest.
fn versions_of<'w>(world: &'w World, bot: &Bot) -> BTreeMap<String, &'w Version> {
    let mut versions: BTreeMap<String, &Version> = BTreeMap::new();
    for id in &bot.dialogs {
        let dialog = world.dialogs.get(id);
        for version in dialog.iter().flat_map(|dialog| &dialog.versions) {
            let key = format!("{id}-{}", version.number);
            let taken = versions.get(&key);
            if taken.is_none_or(|taken| taken.status != Status::Active) {
                versions.insert(key, version);
            }
        }
    }
    versions
}

/// The version of a bot with this id.
pub(crate) fn version<'w>(world: &'w World, bot: &str, id: &str) -> Result<&'w Version, Refusal> {
    let found = versions_of(world, world.bot(bot)?).remove(id);
    found.ok_or_else(|| Refusal::not_found("version of the bot", id))
}

/// `GET /api/v1/bots/{b}/versions`
pub(crate) fn versions(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let bot = world.bot(ask.name(0))?;
    let list: Vec<ShownVersion<'_>> = versions_of(world, bot)
        .into_iter()
        .map(|(id, version)| ShownVersion {
            deployed: version.status == Status::Active,
            name: id.replace('-', " "),
            id,
            status: match version.status {
                Status::Draft => "DRAFT",
                Status::Active => "ACTIVE",
                Status::Archived => "ARCHIVED",
            },
        })
        .collect();
    Reply::json(200, &list)
}

/// The environment with this id.
pub(crate) fn environment_called<'w>(
    world: &'w World,
    id: &str,
) -> Result<&'w Environment, Refusal> {
    let found = world.environments.get(id);
    found.ok_or_else(|| Refusal::not_found("environment", id))
}

/// `GET /api/v1/environments/{e}`
pub(crate) fn environment(world: &mut World, ask: &Ask<'_>) -> Result<Reply, Refusal> {
    let id = ask.name(0);
    let environment = environment_called(world, id)?;
    let shown = ShownEnvironment {
        allowed_bot_ids: &environment.allowed_bots,
        id,
        isolation_mode: if environment.strict {
            "STRICT"
        } else {
            "SHARED"
        },
        name: &environment.name,
    };
    Reply::json(200, &shown)
}
