//! The list of problems, in one or grouped by rule.

use flow::diagram::Owner;
use flow::open_document::Selection;
use flow::rules::Acknowledgement;
use leptos::html;
use leptos::prelude::*;

use super::Listing;
use super::fix::FixButton;
use super::rows::{LISTED, Row, rows};
use crate::browser::page;
use crate::ui::desk::{Desk, desk};
use crate::ui::explain::Explained;
use crate::ui::icons::{Icon, icon, severity_icon};
use crate::ui::notices::Notice;
use crate::ui::payload;
use crate::ui::source::SourceView;

/// The rows of one heading; none for the plain list.
type Group = (Option<(&'static str, &'static str)>, Vec<Row>);

fn groups(rows: Vec<Row>, by_rule: bool) -> Vec<Group> {
    if !by_rule {
        return vec![(None, rows)];
    }
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let heading = Some((row.code, row.name));
        match groups.iter_mut().find(|(own, _)| *own == heading) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((heading, vec![row])),
        }
    }
    groups
}

/// The problems that fit the filter.
#[component]
pub(super) fn ProblemList(listing: Listing) -> impl IntoView {
    let desk = desk();
    let found = Memo::new(move |_| {
        let query = listing.query.get();
        desk.read(|open| rows(open, &query)).unwrap_or_default()
    });
    let parts = Memo::new(move |_| groups(found.get().0, listing.by_rule.get()));
    let total = move || found.with(|(_, total)| *total);
    let none = move || {
        let filtered = !listing.query.get().trim().is_empty();
        if filtered {
            view! { <p class="empty-note">"Nothing fits the filter."</p> }.into_any()
        } else {
            view! {
                <p class="empty-note">{icon(Icon::Check)} "No problems. Every rule that applies to this file is content."</p>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || total() != 0 fallback=none>
            <div class="problem-scroll" tabindex="0" role="group" aria-label="Problems of this document">
                <For
                    each=move || parts.get()
                    key=|(heading, _)| *heading
                    children=move |(heading, _)| view! { <ProblemGroup heading parts/> }
                />
                <Show when=move || { total() > LISTED }>
                    <p class="field-note">{move || format!("And {} more. Mend some, or filter.", total() - LISTED)}</p>
                </Show>
            </div>
        </Show>
    }
}

#[component]
fn ProblemGroup(
    heading: Option<(&'static str, &'static str)>,
    parts: Memo<Vec<Group>>,
) -> impl IntoView {
    let desk = desk();
    let rows = Memo::new(move |_| {
        parts.with(|parts| {
            parts
                .iter()
                .find(|(own, _)| *own == heading)
                .map(|(_, rows)| rows.clone())
                .unwrap_or_default()
        })
    });
    let fixable = move || rows.with(|rows| rows.iter().filter(|row| row.fix.is_some()).count());
    let fix_all = move |code: &'static str| match desk.fix_all(code) {
        Some(Ok(count)) => desk
            .notices
            .announce(format!("{count} fixed. Undo takes all of it back.")),
        Some(Err(refused)) => desk.notices.show(Notice::error(refused.to_string())),
        None => {}
    };
    view! {
        {heading.map(|(code, name)| view! {
            <div class="problem-group">
                <h3>{format!("{code} {name}")}</h3>
                <span class="pane-count">{move || rows.with(Vec::len)}</span>
                <Show when=move || { fixable() > 1 }>
                    <button class="button is-small" on:click=move |_| fix_all(code)>
                        {icon(Icon::Fix)}
                        <span>{move || format!("Fix all {}", fixable())}</span>
                    </button>
                </Show>
            </div>
        })}
        <ul class="problem-list">
            <For
                each=move || rows.get()
                key=|row| (row.index, row.code, row.message.clone(), row.line, row.column, row.acknowledged.clone())
                children=move |row| view! { <ProblemRow row/> }
            />
        </ul>
    }
}

#[component]
fn ProblemRow(row: Row) -> impl IntoView {
    let desk = desk();
    let explained = expect_context::<Explained>();
    let source = expect_context::<SourceView>();
    let asking = RwSignal::new(false);
    let Row {
        index,
        code,
        name,
        severity,
        message,
        pointer,
        line,
        column,
        owner,
        fix,
        acknowledged,
    } = row;
    let is_acknowledged = acknowledged.is_some();
    let take_back = pointer.clone();
    view! {
        <li class="problem" class:is-acknowledged=is_acknowledged data-severity=severity.as_str()>
            <button class="problem-jump" title=format!("{name}: show it") on:click=move |_| jump(desk, source, owner, index)>
                <span class="problem-code">{code}</span>
                <span class="problem-icon">
                    {icon(severity_icon(severity))}
                    <span class="visually-hidden">{severity.as_str()}</span>
                </span>
                <span class="problem-message">
                    <bdi>{message}</bdi>
                    {acknowledged.map(|reason| view! {
                        <span class="field-note">"Acknowledged: " <bdi>{reason}</bdi></span>
                    })}
                </span>
                <span class="problem-place">{format!("{line}:{column}")}</span>
            </button>
            {fix.map(|label| view! { <FixButton index label/> })}
            {if is_acknowledged {
                view! {
                    <button class="button is-small" on:click=move |_| forget(desk, code, &take_back)>"Take back"</button>
                }.into_any()
            } else {
                view! {
                    <button
                        class="icon-button is-small"
                        aria-label=format!("Acknowledge {code}")
                        title="Acknowledge with a reason"
                        aria-expanded=move || asking.get().to_string()
                        on:click=move |_| asking.update(|it| *it = !*it)
                    >
                        {icon(Icon::Check)}
                    </button>
                }.into_any()
            }}
            <button
                class="icon-button is-small"
                aria-label=format!("Explain {code}")
                title="What this rule is about"
                on:click=move |_| explained.show(code)
            >
                {icon(Icon::Help)}
            </button>
            <Show when=move || asking.get()>
                <Reason code pointer=pointer.clone() asking/>
            </Show>
        </li>
    }
}

/// Asks why a problem is accepted.
#[component]
fn Reason(code: &'static str, pointer: String, asking: RwSignal<bool>) -> impl IntoView {
    let desk = desk();
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus is reached with the next Tab.
            let _ = field.focus();
        }
    });
    let pointer = StoredValue::new(pointer);
    let accept = move || {
        let reason = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        if reason.trim().is_empty() {
            desk.notices
                .announce("Nothing was acknowledged: a reason is needed.");
            return;
        }
        asking.set(false);
        let acknowledgement = Acknowledgement {
            code: code.into(),
            pointer: pointer.get_value(),
            reason: reason.trim().to_owned(),
            by: String::new(),
            at: page::now_utc(),
        };
        desk.change_settings(|settings| settings.acknowledgements.push(acknowledgement));
    };
    view! {
        <form
            class="reason"
            on:submit=move |event| {
                event.prevent_default();
                accept();
            }
        >
            <input
                class="field"
                node_ref=field
                aria-label="Why it is acceptable"
                placeholder="Why it is acceptable here"
                on:keydown=move |event| if event.key() == "Escape" { asking.set(false) }
            />
            <button class="button is-small" type="submit">"Acknowledge"</button>
        </form>
    }
}

fn forget(desk: Desk, code: &str, pointer: &str) {
    let before = desk.peek(|open| open.settings().acknowledgements.len());
    desk.change_settings(|settings| {
        settings
            .acknowledgements
            .retain(|known| known.code != code || known.pointer != pointer);
    });
    if before == desk.peek(|open| open.settings().acknowledgements.len()) {
        desk.notices.show(Notice::info(
            "This was acknowledged in the file itself, under \"flowdeck\". It stays until that entry is removed there.",
        ));
    }
}

fn jump(desk: Desk, source: SourceView, owner: Option<Owner>, index: usize) {
    let span = desk.peek(|open| open.problems().get(index).map(|problem| problem.span));
    if let Some(span) = span.flatten() {
        source.go_to(owner, span);
    }
    match owner {
        Some(owner) => desk.reveal(owner),
        // What is not on the canvas belongs to the flow as a whole, which an empty selection shows.
        None => {
            desk.select(Selection::default());
            payload::reveal(desk, index);
        }
    }
}
