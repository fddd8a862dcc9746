//! The turns of the shown script as a table: what is said, what is expected, what came, and for each
//! expectation whether it holds.

use cognigy::operation::AssertionResult;
use cognigy::resource::simulations::Step;
use flow::open_document::OpenDocument;
use flow::payload::shown_value;
use leptos::prelude::*;

use super::report::result_of_shown;
use crate::ui::icons::{Icon, icon};
use crate::ui::operate::chart::milliseconds;
use crate::ui::operate::state::Operating;

/// What is expected after an input.
#[derive(Clone, Debug, PartialEq)]
struct Expected {
    intent: String,
    confidence: f64,
    /// Type and value.
    entities: Vec<(String, String)>,
}

/// An input with what is expected after it.
#[derive(Clone, Debug, PartialEq)]
struct Turn {
    index: usize,
    said: String,
    delay: f64,
    /// With the place of the assertion in the script.
    expected: Vec<(usize, Expected)>,
}

/// One line under a turn.
struct Check {
    what: &'static str,
    expected: String,
    came: String,
    holds: Option<bool>,
    /// Whether the verdict depends on it.
    decides: bool,
}

fn turns(open: &OpenDocument) -> Option<Vec<Turn>> {
    let script = open.document().simulation()?;
    let tree = open.document().tree();
    let inputs = script.inputs.iter().enumerate();
    let turns = inputs.map(|(index, input)| {
        let about = |step: Option<usize>| step == Some(index);
        let assertions = script.assertions.iter().enumerate();
        let ours = assertions.filter(|(_, assertion)| about(assertion.step_index));
        let expected = ours.map(|(place, assertion)| {
            let entities = assertion.entities_at.map(|at| tree.value(at).members());
            let entities = entities.into_iter().flatten().map(|(key, value)| {
                let name = key.as_str().unwrap_or_default().into_owned();
                (name, shown_value(value))
            });
            let expected = Expected {
                intent: assertion.expected_intent.text.to_string(),
                confidence: assertion.minimum_confidence,
                entities: entities.collect(),
            };
            (place, expected)
        });
        Turn {
            index,
            said: input.text.text.to_string(),
            delay: input.delay_ms,
            expected: expected.collect(),
        }
    });
    Some(turns.collect())
}

/// The lines of one expectation.
fn checks(
    expected: &Expected,
    step: Option<&Step>,
    result: Option<&AssertionResult>,
) -> Vec<Check> {
    let none = || {
        let said = if result.is_some() { "never came" } else { "" };
        said.to_owned()
    };
    let came = result.map(|result| result.came);
    let holds = |own: &dyn Fn(&AssertionResult) -> bool| {
        result.map(|result| came == Some(true) && own(result))
    };
    let entity = |name: &str| {
        let entities = step
            .map(|step| step.entities.as_slice())
            .unwrap_or_default();
        let ours = entities.iter().filter(|(of, _)| of == name);
        let shown = ours.map(|(_, value)| match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        });
        shown.collect::<Vec<_>>()
    };
    let mut checks = vec![
        Check {
            what: "Intent",
            expected: expected.intent.clone(),
            came: step.map_or_else(none, |step| step.intent.clone()),
            holds: holds(&|result| result.intent == result.expected_intent),
            decides: true,
        },
        Check {
            what: "Confidence",
            expected: format!("at least {}", expected.confidence),
            came: step.map_or_else(none, |step| step.confidence.to_string()),
            holds: holds(&|result| result.confidence >= result.minimum_confidence),
            decides: true,
        },
    ];
    for (name, value) in &expected.entities {
        let found = entity(name);
        let missing = |result: &AssertionResult| result.missing_entities.contains(name);
        checks.push(Check {
            what: "Entity type",
            expected: name.clone(),
            came: match (step, found.is_empty()) {
                (None, _) => none(),
                (Some(_), true) => "not extracted".to_owned(),
                (Some(_), false) => "extracted".to_owned(),
            },
            holds: holds(&|result| !missing(result)),
            decides: true,
        });
        checks.push(Check {
            what: "Entity value",
            expected: value.clone(),
            came: found.join(", "),
            holds: holds(&|result| {
                let own = result.values.iter().find(|known| known.entity == *name);
                own.is_some_and(|own| own.equal)
            }),
            decides: false,
        });
    }
    checks
}

/// The panel.
#[component]
pub fn TurnsPanel(operating: Operating) -> impl IntoView {
    let turns = Memo::new(move |_| operating.desk.read(turns).flatten());
    view! {
        <Show when=move || turns.with(Option::is_some)>
            <section class="panel" aria-label="Turns">
                <div class="panel-head">
                    <h2>"Turns"</h2>
                    <span class="field-note">"Entity values are compared, and do not decide."</span>
                </div>
                <table class="turns">
                    <thead><tr>
                        <th scope="col">"Turn"</th>
                        <th scope="col">"Expected"</th>
                        <th scope="col">"Came"</th>
                        <th scope="col"><span class="visually-hidden">"Holds"</span></th>
                    </tr></thead>
                    {move || {
                        let result = result_of_shown(operating);
                        let steps = result.as_ref().map_or_else(
                            || live(operating),
                            |run| run.steps.clone(),
                        );
                        let turns = turns.get().unwrap_or_default().into_iter();
                        turns.map(|turn| {
                            let step = steps.iter().find(|step| step.index == turn.index);
                            let results = result.as_ref().map(|run| run.assertions.as_slice());
                            turn_view(turn, step, results)
                        }).collect_view()
                    }}
                </table>
            </section>
        </Show>
    }
}

/// The steps that have come, while the shown script runs.
fn live(operating: Operating) -> Vec<Step> {
    let state = operating.simulate;
    let shown = operating.desk.active.get();
    let running = state.current.get().and_then(|current| {
        state
            .ran
            .with(|ran| ran.get(current).map(|(running, _)| *running))
    });
    if shown.is_some() && running == shown {
        state.heard.get()
    } else {
        Vec::new()
    }
}

fn turn_view(turn: Turn, step: Option<&Step>, results: Option<&[AssertionResult]>) -> AnyView {
    let verdicts: Vec<bool> = turn
        .expected
        .iter()
        .filter_map(|(place, _)| Some(results?.get(*place)?.passed))
        .collect();
    let verdict = (!verdicts.is_empty()).then(|| verdicts.iter().all(|passed| *passed));
    let rows: Vec<Check> = turn
        .expected
        .iter()
        .flat_map(|(place, expected)| {
            let result = results.and_then(|results| results.get(*place));
            checks(expected, step, result)
        })
        .collect();
    let unasked = step.filter(|_| rows.is_empty()).map(|step| {
        view! {
            <tr class="check-row">
                <td>"Nothing is asserted"</td><td></td>
                <td class="check-value">{format!("{} ({})", step.intent, step.confidence)}</td><td></td>
            </tr>
        }
    });
    let answer = step.map(|step| step.bot_response.clone());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "delays are positive and short"
    )]
    let delay = (turn.delay > 0.0).then(|| milliseconds(turn.delay as u64));
    view! {
        <tbody class="turn">
            <tr class="turn-head">
                <th colspan="3" scope="rowgroup">
                    <div class="turn-line">
                        <span class="turn-number">{turn.index + 1}</span>
                        <span class="turn-texts">
                            <bdi class="turn-said">{turn.said}</bdi>
                            {delay.map(|delay| view! { <span class="turn-delay">{format!("after {delay}")}</span> })}
                            {answer.map(|answer| view! { <bdi class="turn-answer">{answer}</bdi> })}
                        </span>
                    </div>
                </th>
                <td>{mark(verdict)}</td>
            </tr>
            {rows.into_iter().map(check_view).collect_view()}
            {unasked}
        </tbody>
    }
    .into_any()
}

fn check_view(check: Check) -> impl IntoView {
    let wrong = check.holds == Some(false);
    view! {
        <tr class="check-row" class:is-wrong=wrong && check.decides class:is-aside=!check.decides>
            <td>{check.what}</td>
            <td class="check-value"><bdi>{check.expected}</bdi></td>
            <td class="check-value"><bdi>{check.came}</bdi></td>
            <td>{mark(check.holds)}</td>
        </tr>
    }
}

fn mark(holds: Option<bool>) -> impl IntoView {
    holds.map(|holds| {
        let (class, glyph, word) = if holds {
            ("turn-mark is-good", Icon::Check, "holds")
        } else {
            ("turn-mark is-bad", Icon::Close, "does not hold")
        };
        view! { <span class=class title=word>{icon(glyph)}<span class="visually-hidden">{word}</span></span> }
    })
}
