//! A state that somebody else changed meanwhile: brought together by itself where different
//! transitions changed, decided by the user one by one where the same did.

use std::rc::Rc;

use cognigy::operation::Conflict;
use flow::document::Document;
use flow::merge::{About, Merge, Side};
use flow::wire_form::WireForm;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::spelling::laid_out;
use crate::ui::operate::question::Question;
use crate::ui::operate::state::Operating;

/// The values of the choices.
const THEIRS: &str = "theirs";
const MINE: &str = "mine";

/// What the transitions shall be, and whether somebody had to decide.
pub struct Merged {
    /// The transitions.
    pub transitions: Value,
    /// Whether the user decided something.
    pub asked: bool,
}

fn wire(state: &str, transitions: &Value) -> Option<WireForm> {
    let flow =
        json!({"botId": "", "flowId": "", "states": [{"id": state, "transitions": transitions}]});
    WireForm::of(&Document::read(flow.to_string().into()).ok()?)
}

/// Brings them together; none when the user leaves the state as it is on the platform. Questions name
/// the tenant.
pub async fn merge(operating: Operating, tenant: &str, conflict: &Conflict) -> Option<Merged> {
    let state = &conflict.state;
    let known = conflict.base.as_ref().and_then(|base| {
        Merge::of(
            &wire(state, base)?,
            &wire(state, &conflict.theirs)?,
            &wire(state, &conflict.mine)?,
        )
    });
    let Some(merge) = known else {
        return whole(operating, tenant, conflict).await;
    };
    let count = merge.conflicts().len();
    let mut choices = Vec::new();
    for (number, one) in (1..).zip(merge.conflicts()) {
        let title = format!("Conflict {number} of {count} in state {state}");
        let values = [
            one.base.as_deref(),
            one.theirs.as_deref(),
            one.mine.as_deref(),
        ];
        choices.push(ask(operating, tenant, state, title, about(&one.about), values).await?);
    }
    let result = merge.result(&choices)?;
    let first = result.root().get("states")?.elements().next()?;
    let transitions = serde_json::from_str(first.get("transitions")?.raw()).ok()?;
    Some(Merged {
        transitions,
        asked: count > 0,
    })
}

/// Without a base nothing can be told apart: one of the two, as a whole.
async fn whole(operating: Operating, tenant: &str, conflict: &Conflict) -> Option<Merged> {
    let (theirs, mine) = (conflict.theirs.to_string(), conflict.mine.to_string());
    let values = [None, Some(theirs.as_str()), Some(mine.as_str())];
    let state = &conflict.state;
    let title = format!("Somebody else changed state {state}");
    let about = "all its transitions".to_owned();
    match ask(operating, tenant, state, title, about, values).await? {
        Side::Mine => Some(Merged {
            transitions: conflict.mine.clone(),
            asked: true,
        }),
        Side::Theirs | Side::Base => None,
    }
}

fn about(about: &About) -> String {
    match about {
        About::Flow { field } => format!("{field} of the flow"),
        About::Field { id, field, .. } => format!("{field} of {id}"),
        About::Item { id, .. } => format!("transition {id}"),
        About::Order { .. } => "the order of the transitions".to_owned(),
    }
}

async fn ask(
    operating: Operating,
    tenant: &str,
    state: &str,
    title: String,
    about: String,
    values: [Option<&str>; 3],
) -> Option<Side> {
    let labels = ["When it was loaded", "On the tenant now", "Yours"];
    let shown: Vec<(&'static str, String)> = labels
        .into_iter()
        .zip(values)
        .map(|(label, value)| {
            (
                label,
                value.map_or_else(|| "not there".to_owned(), over_lines),
            )
        })
        .skip(usize::from(values[0].is_none() && about.starts_with("all")))
        .collect();
    let question = Question {
        title,
        text: vec![
            "It was changed on the tenant since you loaded it, and by you. Nothing of this state was \
             pushed yet."
                .to_owned(),
        ],
        facts: vec![
            ("Tenant", tenant.to_owned()),
            ("State", state.to_owned()),
            ("What", about),
        ],
        choices: vec![
            (MINE.to_owned(), "Take yours".to_owned()),
            (THEIRS.to_owned(), "Take what is on the tenant".to_owned()),
        ],
        more: Some(Rc::new(move || sides(shown.clone()))),
        yes: "Take it".to_owned(),
        no: "Leave the state as it is there".to_owned(),
        ..Question::default()
    };
    let chosen = operating.questions.ask(question).await?;
    Some(if chosen == THEIRS {
        Side::Theirs
    } else {
        Side::Mine
    })
}

fn over_lines(text: &str) -> String {
    serde_json::from_str(text).map_or_else(|_| text.to_owned(), |value| laid_out(&value))
}

fn sides(shown: Vec<(&'static str, String)>) -> AnyView {
    view! {
        <div class="sides">
            {shown.into_iter().map(|(label, text)| view! {
                <section class="side" aria-label=label>
                    <h3>{label}</h3>
                    <pre class="request" tabindex="0">{text}</pre>
                </section>
            }).collect_view()}
        </div>
    }
    .into_any()
}
