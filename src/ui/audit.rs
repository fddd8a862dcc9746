//! The activity Audit: the log of what was done on tenants, its verification, its export. How the log is
//! written and checked is decided in the client.

mod entry;
mod filter;

use cognigy::audit::{AuditLog, AuditSettings, Head, verify};
use cognigy::ports::{AuditStore, StoreError};
use cognigy::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

use self::entry::{EntryDetail, Line};
use self::filter::{Filter, FilterBar};
use super::icons::{Icon, icon};
use super::notices::Notice;
use super::operate::CopyButton;
use super::operate::moments::Moment;
use super::operate::state::{Operating, operating};
use crate::browser::clock::PageClock;
use crate::browser::files::download;

/// How many lines are shown at once.
const SHOWN: usize = 300;

/// What verifying found: whether the log fits together, and the sentence.
type Verdict = Option<(bool, String)>;

/// The activity.
#[component]
pub fn Audit() -> impl IntoView {
    let operating = operating();
    let lines = RwSignal::new(Vec::<Line>::new());
    let trouble = RwSignal::new(None::<String>);
    let head = RwSignal::new(Head::empty());
    let verdict: RwSignal<Verdict> = RwSignal::new(None);
    let filter = Filter::new();
    let open = RwSignal::new(None::<u64>);
    // Read when it is shown, and again when an operation has ended.
    Effect::new(move |_| {
        let _ended = operating.busy.get();
        spawn_local(async move {
            match AuditStore::list(&operating.books()).await {
                Ok(texts) => {
                    head.set(Head::of(&texts));
                    lines.set(
                        texts
                            .iter()
                            .enumerate()
                            .map(|(at, text)| Line::read(at, text))
                            .collect(),
                    );
                    trouble.set(None);
                }
                Err(error) => trouble.set(Some(format!(
                    "The log could not be read. Nothing was changed. {error}"
                ))),
            }
        });
    });
    let found = Memo::new(move |_| lines.with(|lines| filter.matching(lines)));
    let total = move || lines.with(Vec::len);
    view! {
        <main class="audit" aria-label="Audit">
            <div class="review-head">
                <h1>{move || match total() {
                    1 => "1 entry".to_owned(),
                    count => format!("{count} entries"),
                }}</h1>
                <FilterBar filter lines/>
                <span class="rail-space"></span>
                <div class="audit-tools">
                    <button class="button" disabled=move || total() == 0 on:click=move |_| export(operating)>
                        {icon(Icon::Save)}
                        <span>"Export JSONL"</span>
                    </button>
                    <button class="button is-primary" on:click=move |_| check(operating, verdict)>
                        {icon(Icon::Check)}
                        <span>"Verify log"</span>
                    </button>
                </div>
            </div>
            <p class="audit-note">
                {icon(Icon::Info)}
                "Each entry holds the hash of the one before, so a change, a gap or another order shows. A log on one's own machine proves nothing against its owner, who could write it anew: keep exports, and the head they end with, elsewhere."
            </p>
            <Show when=move || { total() > 0 }><HeadLine operating head/></Show>
            {move || verdict.get().map(|(good, text)| view! {
                <p class="audit-verdict" role="status" data-tone=if good { "good" } else { "bad" }>
                    {icon(if good { Icon::Check } else { Icon::Error })}
                    {text}
                </p>
            })}
            {move || trouble.get().map(|text| view! { <p class="panel-failure" role="alert">{text}</p> })}
            <div class="audit-body" class:has-detail=move || open.get().is_some()>
                <Show
                    when=move || { total() > 0 }
                    fallback=|| view! {
                        <div class="audit-empty">
                            <h2>"Nothing was done yet"</h2>
                            <p>"Every change on a tenant, the practice tenant included, is written here twice: what is intended before it is sent, and how it ended."</p>
                        </div>
                    }
                >
                    <LogTable found open/>
                </Show>
                {move || open.get().and_then(|number| {
                    let line = lines.with(|lines| lines.iter().find(|line| line.number == number).cloned());
                    line.map(|line| view! { <EntryDetail line lines open/> })
                })}
            </div>
        </main>
    }
}

/// Where the log ends, to be kept elsewhere.
#[component]
fn HeadLine(operating: Operating, head: RwSignal<Head>) -> impl IntoView {
    view! {
        <p class="audit-head">
            <span class="field-label">"Head"</span>
            <code class="is-code" title="How many entries the log has, and the hash of the last one">
                {move || head.with(Head::to_string)}
            </code>
            {move || view! { <CopyButton operating text=head.with(Head::to_string) label="Copy the head"/> }}
        </p>
    }
}

/// The lines that are looked for, the newest first.
#[component]
fn LogTable(found: Memo<Vec<Line>>, open: RwSignal<Option<u64>>) -> impl IntoView {
    view! {
                    <div class="review-scroll" tabindex="0" role="region" aria-label="Log">
                        <table class="review-table audit-table">
                            <thead>
                                <tr>
                                    <th scope="col">"No."</th>
                                    <th scope="col">"When"</th>
                                    <th scope="col">"Action"</th>
                                    <th scope="col">"Subject"</th>
                                    <th scope="col">"Result"</th>
                                    <th scope="col">"Connection"</th>
                                    <th scope="col">"Operator"</th>
                                </tr>
                            </thead>
                            <tbody>
                                <For
                                    each=move || found.with(|found| found.iter().rev().take(SHOWN).cloned().collect::<Vec<_>>())
                                    key=|line| (line.number, line.text.clone())
                                    children=move |line| view! { <Row line open/> }
                                />
                            </tbody>
                        </table>
                        <Show when=move || found.with(Vec::is_empty)>
                            <p class="empty-note">"No entry is like that. Change the filter."</p>
                        </Show>
                        <Show when=move || { found.with(Vec::len) > SHOWN }>
                            <p class="empty-note">{format!("The newest {SHOWN} are shown. Filter for the others, or export the log.")}</p>
                        </Show>
                    </div>
    }
}

#[component]
fn Row(line: Line, open: RwSignal<Option<u64>>) -> impl IntoView {
    let number = line.number;
    let current = move || open.get() == Some(number);
    view! {
        <tr class:is-current=current data-result=line.tone()>
            <td>
                <button
                    class="log-open"
                    aria-label=format!("Entry {number}")
                    aria-expanded=move || current().to_string()
                    on:click=move |_| open.set((!current()).then_some(number))
                >
                    {number}
                </button>
            </td>
            <td><Moment text=line.at.clone()/></td>
            <td class="log-action">{line.action.clone()}</td>
            <td><bdi>{line.subject.clone()}</bdi></td>
            <td><span class="result">{line.result_words()}</span></td>
            <td>{line.connection.clone()}</td>
            <td>{line.operator.clone()}</td>
        </tr>
    }
}

/// The log that is kept, for reading.
fn log(operating: Operating) -> AuditLog {
    // Nothing is written with it, so nobody has to answer for it.
    let settings = AuditSettings {
        operator: String::new(),
        connection: String::new(),
        key: Secret::new(""),
        clear_values: false,
    };
    AuditLog::new(Rc::new(operating.books()), Rc::new(PageClock), settings)
}

fn export(operating: Operating) {
    spawn_local(async move {
        let done = match log(operating).export().await {
            Ok(text) => download("flowdeck-audit.jsonl", "application/x-ndjson", &text),
            Err(error) => Err(error.to_string()),
        };
        if let Err(reason) = done {
            operating.desk.notices.show(Notice::error(format!(
                "The log could not be exported; it is still here. {reason}"
            )));
        }
    });
}

/// The log as it is stored, and the furthest end of it that was ever seen here.
async fn stored(operating: Operating) -> Result<(String, Head), StoreError> {
    let books = operating.books();
    let seen = books.furthest().await?;
    // What is stored, not what is held: another tab or a person may have changed it.
    books.forget();
    Ok((log(operating).export().await?, seen))
}

fn check(operating: Operating, verdict: RwSignal<Verdict>) {
    spawn_local(async move {
        let found = match stored(operating).await {
            Err(error) => (
                false,
                format!("The log could not be read. Nothing was changed. {error}"),
            ),
            Ok((text, seen)) => match verify(&text, Some(&seen)) {
                Ok(verified) => {
                    let kept = match operating.books().keep_head().await {
                        Ok(()) => String::new(),
                        Err(error) => format!(" The head could not be kept. {error}"),
                    };
                    (
                        true,
                        format!(
                            "{verified}. It reaches the furthest end that was seen in this browser, so \
                             nothing is missing there. Compare the head with one that was kept \
                             elsewhere: who owns this browser could have written all of it anew.{kept}"
                        ),
                    )
                }
                Err(fault) => (
                    false,
                    format!(
                        "{fault} What stands before it fits together. Compare with an export that was kept elsewhere."
                    ),
                ),
            },
        };
        verdict.set(Some(found));
    });
}
