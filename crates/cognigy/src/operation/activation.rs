//! Making a version active, proving it, and going back when that fails. Shared by deploying and by
//! switching between versions that exist.

use serde_json::{Value, json};

use crate::error::{Changed, Error};
use crate::journal::Record;
use crate::operation::deploy_end::{DeployEnd, Unknown};
use crate::operation::proof::{Proof, look, pause, prove, told};
use crate::operation::run::{Run, Step};
use crate::resource::dialogs;

pub(crate) const PROMOTE: Step = Step::changes("promote", "Make it active");
pub(crate) const PROVE: Step = Step::reads("prove", "Read it back and compare");
pub(crate) const ROLL_BACK: Step = Step::changes("roll-back", "Go back to the version before");
/// How often something is tried before the next thing is.
const TRIES: u32 = 4;
/// How often while nothing can be read.
const TRIES_UNSEEN: u32 = 2;

/// What is to be made active, and what was before.
pub(crate) struct Activation<'a> {
    pub(crate) dialog: &'a str,
    pub(crate) target: &'a str,
    /// What the export must say then; none for a version that was there before, whose text was never
    /// held here.
    pub(crate) target_content: Option<&'a Value>,
    pub(crate) previous: Option<&'a str>,
    pub(crate) previous_content: Option<&'a Value>,
    /// The number of the version, for the log.
    pub(crate) version: &'a str,
}

/// How an activation ended, and whether it went back on the way.
pub(crate) struct Activated {
    pub(crate) end: DeployEnd,
    pub(crate) rolled_back: bool,
}

/// Promotes the target, proves it, goes back when either fails.
pub(crate) async fn activate(
    run: &Run<'_>,
    what: &Activation<'_>,
    mut record: Record,
) -> Activated {
    let mut tried = Vec::new();
    run.step(PROMOTE);
    PROMOTE.id.clone_into(&mut record.step);
    record.target = Some(what.target.to_owned());
    let promotion = if !run.journal(&record).await {
        Promotion::Refused("The step could not be written down, so it was not taken.".to_owned())
    } else if run.is_cancelled() {
        Promotion::Refused("You stopped it.".to_owned())
    } else {
        promote(run, what, &mut tried).await
    };
    let reason = match &promotion {
        Promotion::Refused(reason) | Promotion::Failed(reason) => reason.clone(),
        Promotion::Done => {
            run.step(PROVE);
            match prove(run, what.dialog, Some(what.target), what.target_content).await {
                Proof::Holds => {
                    run.done();
                    return Activated {
                        end: DeployEnd::NewActive {
                            version_id: what.target.to_owned(),
                            compared: what.target_content.is_some(),
                        },
                        rolled_back: false,
                    };
                }
                other => told(&other),
            }
        }
    };
    run.hurry();
    run.failed(&reason);
    tried.push(reason.clone());
    // What was refused had no effect, so the version before may never have stopped being active.
    if matches!(promotion, Promotion::Refused(_))
        && matches!(
            prove(run, what.dialog, what.previous, None).await,
            Proof::Holds
        )
    {
        return Activated {
            end: previous_active(what, &reason),
            rolled_back: false,
        };
    }
    roll_back(run, what, record, reason, tried).await
}

/// What became of a promotion.
enum Promotion {
    /// It had its effect, as far as the platform says.
    Done,
    /// It surely had none.
    Refused(String),
    /// It may have had, or have it yet.
    Failed(String),
}

fn previous_active(what: &Activation<'_>, reason: &str) -> DeployEnd {
    DeployEnd::PreviousActive {
        version_id: what.previous.map(str::to_owned),
        created: what.target_content.map(|_| what.target.to_owned()),
        reason: reason.to_owned(),
    }
}

/// Promotes the target.
async fn promote(run: &Run<'_>, what: &Activation<'_>, tried: &mut Vec<String>) -> Promotion {
    let client = run.client();
    let mut reached = false;
    for attempt in 1..=TRIES {
        let sent = dialogs::promote(client, what.dialog, what.target, true, &run.watch).await;
        let Err(failed) = sent else {
            tried.push(format!("Version {} was promoted.", what.target));
            return Promotion::Done;
        };
        run.hurry();
        reached |= failed.changed == Changed::Perhaps;
        let conflict = matches!(failed.error, Error::Conflict { .. });
        tried.push(format!("Promoting {} failed. {failed}", what.target));
        // The answer may be lost while the effect is not, and a conflict may be with ourselves.
        let seen = if reached || conflict {
            Some(look(run, what.dialog, Some(what.target), None).await)
        } else {
            None
        };
        if matches!(seen, Some(Proof::Holds)) {
            return Promotion::Done;
        }
        let unseen = matches!(seen, Some(Proof::Unreadable(_))) && attempt >= TRIES_UNSEEN;
        let again = failed.error.is_transient() && reached && attempt < TRIES && !unseen;
        if again && !run.is_cancelled() {
            pause(run, attempt).await;
            continue;
        }
        let reason = failed.to_string();
        return if reached {
            Promotion::Failed(reason)
        } else {
            Promotion::Refused(reason)
        };
    }
    Promotion::Failed("Promoting was tried too often.".to_owned())
}

/// Promotes the version before and proves that it is active.
async fn roll_back(
    run: &Run<'_>,
    what: &Activation<'_>,
    mut record: Record,
    reason: String,
    mut tried: Vec<String>,
) -> Activated {
    run.step(ROLL_BACK);
    let Some(previous) = what.previous else {
        let line = "There is no version before to go back to.".to_owned();
        let proof = prove(run, what.dialog, None, None).await;
        if matches!(proof, Proof::Holds) {
            run.done();
            let end = previous_active(what, &format!("{reason} {line}"));
            return Activated {
                end,
                rolled_back: false,
            };
        }
        run.failed(&line);
        tried.extend([line, told(&proof)]);
        return Activated {
            end: unknown(run, what, tried),
            rolled_back: false,
        };
    };
    ROLL_BACK.id.clone_into(&mut record.step);
    run.journal(&record).await;
    let mut body = json!({
        "dialog_id": what.dialog,
        "version": what.version,
        "version_id": what.target,
        "previous_version_id": previous,
        "result": "intended",
    });
    let intent = run
        .intent_anyway("FLOW_ROLLBACK", what.dialog, body.clone())
        .await;
    let end = go_back(run, what, previous, &reason, &mut tried).await;
    match &end {
        DeployEnd::PreviousActive { .. } => run.done(),
        other => run.failed(&other.to_string()),
    }
    body["result"] = json!(end.word());
    run.outcome("FLOW_ROLLBACK", what.dialog, body, intent)
        .await;
    Activated {
        rolled_back: matches!(end, DeployEnd::PreviousActive { .. }),
        end,
    }
}

async fn go_back(
    run: &Run<'_>,
    what: &Activation<'_>,
    previous: &str,
    reason: &str,
    tried: &mut Vec<String>,
) -> DeployEnd {
    let client = run.client();
    for attempt in 1..=TRIES {
        let sent = dialogs::promote(client, what.dialog, previous, true, &run.steadfast).await;
        let refused = match &sent {
            Ok(()) => {
                tried.push(format!("Version {previous}, the one before, was promoted."));
                false
            }
            Err(failed) => {
                tried.push(format!("Going back to {previous} failed. {failed}"));
                failed.changed == Changed::Nothing && !failed.error.is_transient()
            }
        };
        let content = what.previous_content;
        let seen = look(run, what.dialog, Some(previous), content).await;
        match &seen {
            Proof::Holds => return previous_active(what, reason),
            // A tenant that is silent is not asked for ever.
            Proof::Unreadable(_) if attempt >= TRIES_UNSEEN => break,
            _ if sent.is_ok() || refused => break,
            _ => pause(run, attempt).await,
        }
    }
    // Once more with patience; and perhaps the new one got through late.
    let proof = prove(run, what.dialog, Some(previous), what.previous_content).await;
    if matches!(proof, Proof::Holds) {
        return previous_active(what, reason);
    }
    tried.push(told(&proof));
    if let (Proof::OtherActive(_), Some(content)) = (&proof, what.target_content)
        && matches!(
            look(run, what.dialog, Some(what.target), Some(content)).await,
            Proof::Holds
        )
    {
        return DeployEnd::NewActive {
            version_id: what.target.to_owned(),
            compared: true,
        };
    }
    unknown(run, what, std::mem::take(tried))
}

fn unknown(run: &Run<'_>, what: &Activation<'_>, tried: Vec<String>) -> DeployEnd {
    DeployEnd::Unknown(Unknown {
        target: Some(what.target.to_owned()),
        previous: what.previous.map(str::to_owned),
        tried,
        request: copyable_promotion(run, what.dialog, what.previous.unwrap_or(what.target)),
    })
}

/// The request that promotes a version, for a shell. It holds no token.
pub(crate) fn copyable_promotion(run: &Run<'_>, dialog: &str, version: &str) -> String {
    let path = dialogs::promotion_path(dialog, version).map(|part| crate::address::escape(&part));
    format!(
        "curl -X PATCH '{}/{}' -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: \
         application/json' -d '{}'",
        run.client().connection().base_url,
        path.join("/"),
        dialogs::promotion_body()
    )
}
