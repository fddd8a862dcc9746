//! What the platform says of the bot and the environment that the shown script names, read before
//! anything is run. Whether a run may begin is decided by the client again.

use cognigy::resource::simulations::{BotVersion, Environment, bot_versions, environment};
use cognigy::send::Watch;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Verdict;
use crate::ui::operate::state::Operating;
use cognigy::vault::Whom;

/// Bot, version and environment.
pub type Names = [String; 3];

/// What is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Surroundings {
    /// Nobody has asked.
    #[default]
    Unread,
    /// On its way.
    Reading,
    /// As it was when it was read.
    Read {
        /// The versions of the bot.
        versions: Vec<BotVersion>,
        /// The environment, or why it could not be read.
        environment: Result<Environment, String>,
    },
    /// It could not be read; a sentence.
    Failed(String),
}

impl Surroundings {
    fn unknown(&self) -> Verdict {
        let words = match self {
            Self::Reading => "looking…",
            _ => "",
        };
        Verdict {
            usable: None,
            words: words.to_owned(),
        }
    }

    /// Of the version of the bot.
    pub fn version(&self, [_, version, _]: &Names) -> Verdict {
        let Self::Read { versions, .. } = self else {
            return self.unknown();
        };
        let known = versions.iter().find(|known| known.id == *version);
        Verdict {
            usable: Some(known.is_some_and(|known| known.status == "ACTIVE")),
            words: match known {
                Some(known) => known.status.clone(),
                None => "does not exist".to_owned(),
            },
        }
    }

    /// Of the environment.
    pub fn environment(&self, [bot, ..]: &Names) -> Verdict {
        let Self::Read { environment, .. } = self else {
            return self.unknown();
        };
        match environment {
            Ok(known) => Verdict {
                usable: Some(known.allows(bot)),
                words: match (known.is_strict, known.allows(bot)) {
                    (true, true) => "STRICT, allows this bot",
                    (true, false) => "STRICT, does not allow this bot",
                    (false, _) => "open to every bot",
                }
                .to_owned(),
            },
            Err(_) => Verdict {
                usable: Some(false),
                words: "cannot be read".to_owned(),
            },
        }
    }

    /// The ids of versions that can be talked to.
    pub fn active_versions(&self, most: usize) -> Vec<String> {
        let Self::Read { versions, .. } = self else {
            return Vec::new();
        };
        let active = versions.iter().filter(|known| known.status == "ACTIVE");
        active.take(most).map(|known| known.id.clone()).collect()
    }
}

/// What the shown script names. Followed.
pub fn names(operating: Operating) -> Option<Names> {
    let names = operating.desk.read(|open| {
        let script = open.document().simulation()?;
        let fields = [&script.bot_id, &script.version_id, &script.environment_id];
        Some(fields.map(|field| field.text.to_string()))
    });
    names.flatten()
}

/// Reads whenever the script names something else or another connection is chosen, where that needs
/// no credential first.
pub fn follow(operating: Operating) {
    let now = Memo::new(move |_| {
        let connection = operating.connection.with(Whom::of);
        let ready = operating.has_credential(&connection);
        (names(operating), connection, ready)
    });
    Effect::new(move |_| {
        let (names, _, ready) = now.get();
        operating.simulate.surroundings.set(Surroundings::Unread);
        if names.is_some() && ready && !operating.busy.get_untracked() {
            read(operating);
        }
    });
}

/// Reads it.
pub fn read(operating: Operating) {
    let surroundings = operating.simulate.surroundings;
    let Some(asked) = untrack(|| names(operating)) else {
        return;
    };
    let connection = operating.connection.get_untracked();
    surroundings.set(Surroundings::Reading);
    spawn_local(async move {
        let [bot, _, place] = &asked;
        let found = match operating.tools_for(&connection).await {
            Err(not_ready) => Surroundings::Failed(not_ready.0),
            Ok(tools) => {
                let watch = Watch::default();
                match bot_versions(&tools.client, bot, &watch).await {
                    Err(failed) => Surroundings::Failed(failed.to_string()),
                    Ok(versions) => Surroundings::Read {
                        versions,
                        environment: environment(&tools.client, place, &watch)
                            .await
                            .map_err(|failed| failed.to_string()),
                    },
                }
            }
        };
        // The script may name something else by now, or another tenant be chosen.
        if untrack(|| names(operating)).as_ref() == Some(&asked)
            && operating.works_with(&connection)
        {
            surroundings.set(found);
        }
    });
}
