//! The lines under a code field that say what is wrong in it, with what would mend it.

use flow::editing::Finding;
use leptos::prelude::*;

use crate::ui::icons::{icon, severity_icon};

/// At most so many findings are spelled out.
const SHOWN: usize = 3;

/// A finding as it is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    finding: Finding,
    place: String,
}

/// The findings of a text as lines, the first few of them.
pub(super) fn lines(text: &str, findings: &[Finding]) -> Vec<Line> {
    findings
        .iter()
        .take(SHOWN)
        .map(|finding| {
            let before = &text[..finding.span.start as usize];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let column = before[line_start..].chars().count() + 1;
            let line = before.matches('\n').count() + 1;
            let place = if finding.span.start == finding.span.end && finding.code.is_empty() {
                String::new()
            } else if text.contains('\n') {
                format!("Line {line}, column {column}: ")
            } else {
                format!("Column {column}: ")
            };
            Line {
                finding: finding.clone(),
                place,
            }
        })
        .collect()
}

/// The lines; a status, so that what is wrong is said when it appears.
#[component]
pub(super) fn FindingLines(
    id: String,
    lines: Memo<Vec<Line>>,
    count: Signal<usize>,
    mend: Callback<Finding>,
) -> impl IntoView {
    view! {
        <div class="code-findings" role="status" id=id>
            <For
                each=move || lines.get()
                key=|line| (line.finding.span, line.place.clone(), line.finding.message.clone())
                children=move |Line { finding, place }| {
                    let severity = finding.severity;
                    let label = finding.mend.as_ref().map(|mend| mend.label.clone());
                    let message = finding.message.clone();
                    view! {
                        <div class="code-finding" data-severity=severity.as_str()>
                            <span class="problem-icon">{icon(severity_icon(severity))}</span>
                            <span class="code-message"><span class="code-place">{place}</span><bdi>{message}</bdi></span>
                            {label.map(|label| view! {
                                <button
                                    type="button"
                                    class="button is-small"
                                    // The press must not leave the field, which would end the edit.
                                    on:pointerdown=|event| event.prevent_default()
                                    on:mousedown=|event| event.prevent_default()
                                    on:click=move |_| mend.run(finding.clone())
                                >
                                    <bdi>{label}</bdi>
                                </button>
                            })}
                        </div>
                    }
                }
            />
            <Show when=move || { count.get() > SHOWN }>
                <p class="field-note">{move || format!("And {} more.", count.get() - SHOWN)}</p>
            </Show>
        </div>
    }
}
