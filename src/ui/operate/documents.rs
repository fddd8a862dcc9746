//! Which open document an operation is about, and the errors in it that stand in its way.

use flow::document::DocumentKind;
use flow::json::ValueId;
use flow::open_document::{OpenDocument, Selection};
use flow::problem::Severity;
use leptos::prelude::*;

use super::state::Operating;
use crate::browser::page;
use crate::ui::app::Activity;
use crate::ui::desk::DocumentId;
use crate::ui::icons::{Icon, icon};
use crate::ui::payload;

/// How many of the errors are listed.
const LISTED: usize = 5;

/// Whether a document can stand for one of a kind: a sync payload is the flow inside it.
fn suits(wanted: DocumentKind, found: DocumentKind) -> bool {
    found == wanted || (wanted == DocumentKind::DialogFlow && found == DocumentKind::Artifact)
}

/// The open documents of a kind, each with its file and its title.
pub fn of_kind(operating: Operating, kind: DocumentKind) -> Memo<Vec<(DocumentId, String)>> {
    Memo::new(move |_| {
        operating.desk.tabs.with(|tabs| {
            let ours = tabs.iter().filter(|tab| suits(kind, tab.kind));
            ours.map(|tab| (tab.id, format!("{} ({})", tab.file_name, tab.title)))
                .collect()
        })
    })
}

/// Whether the shown document is of a kind. Followed.
pub fn is_shown(operating: Operating, kind: DocumentKind) -> bool {
    let shown = operating.desk.read(|open| open.document().kind());
    shown.is_some_and(|shown| suits(kind, shown))
}

/// Shows the only document of a kind, where something else is shown.
pub fn show_only(operating: Operating, kind: DocumentKind) {
    let shown = operating.desk.peek(|open| open.document().kind());
    let ours = operating.desk.tabs.with_untracked(|tabs| {
        let ours = tabs.iter().filter(|tab| suits(kind, tab.kind));
        ours.map(|tab| tab.id).collect::<Vec<_>>()
    });
    let is_shown = shown.is_some_and(|shown| suits(kind, shown));
    if let (false, [only]) = (is_shown, ours.as_slice()) {
        operating.desk.show(*only);
    }
}

/// The choice among the open documents of a kind; the chosen one is shown.
#[component]
pub fn DocumentChoice(
    operating: Operating,
    kind: DocumentKind,
    label: &'static str,
) -> impl IntoView {
    let ours = of_kind(operating, kind);
    let active = move || operating.desk.active.get();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(id) = event_target_value(&event).parse() {
            operating.desk.show(id);
        }
    };
    view! {
        <label class="field-row">
            <span class="field-label">{label}</span>
            <span class="select">
                <select class="field" disabled=move || operating.busy.get() on:change=choose>
                    <Show when=move || !is_shown(operating, kind)>
                        <option value="" selected=true>
                            {move || if ours.with(Vec::is_empty) { "None is open" } else { "Choose one" }}
                        </option>
                    </Show>
                    <For
                        each=move || ours.get()
                        key=Clone::clone
                        children=move |(id, title)| view! {
                            <option value=id.to_string() selected=move || active() == Some(id)>{title}</option>
                        }
                    />
                </select>
            </span>
        </label>
    }
}

/// An error: its index among the problems, its code, its message.
pub type Found = (usize, &'static str, String);

/// The errors in the shown document, none while another kind is shown.
pub fn errors(operating: Operating, kind: DocumentKind) -> Memo<Vec<Found>> {
    Memo::new(move |_| {
        let found = operating.desk.read(|open| {
            if !suits(kind, open.document().kind()) {
                return Vec::new();
            }
            let problems = open.problems().iter().enumerate();
            problems
                .filter(|(_, problem)| problem.severity == Severity::Error)
                .map(|(index, problem)| (index, problem.rule.code, problem.message.clone()))
                .collect()
        });
        found.unwrap_or_default()
    })
}

/// Shows a problem of the shown document where it can be put right.
pub fn jump(operating: Operating, activity: RwSignal<Activity>, problem: usize) {
    show_value(operating, activity, None, |open| {
        Some(open.problems().get(problem)?.at)
    });
}

/// Shows a value of a document, of the shown one where none is named: its card or wire, its field, the
/// flow as a whole; false when it is not there, or the document is not.
pub fn show_value(
    operating: Operating,
    activity: RwSignal<Activity>,
    document: Option<DocumentId>,
    find: impl FnOnce(&OpenDocument) -> Option<ValueId>,
) -> bool {
    let desk = operating.desk;
    if let Some(document) = document
        && desk.active.get_untracked() != Some(document)
    {
        desk.show(document);
        if desk.active.get_untracked() != Some(document) {
            return false;
        }
    }
    let found = desk.peek(|open| {
        let (at, tree) = (find(open)?, open.document().tree());
        let owner = open.diagram().owner(tree, at);
        Some((owner, tree.value(at).span().start))
    });
    let Some((owner, offset)) = found.flatten() else {
        return false;
    };
    activity.set(Activity::Design);
    // Once the canvas or the form is there.
    page::after(60, move || match owner {
        Some(owner) => desk.reveal(owner),
        None => {
            desk.select(Selection::default());
            payload::reveal_at(desk, offset);
        }
    });
    true
}

/// The errors that stand in the way, each leading to its place.
#[component]
pub fn Stops(
    operating: Operating,
    activity: RwSignal<Activity>,
    errors: Memo<Vec<Found>>,
) -> impl IntoView {
    let count = move || errors.with(Vec::len);
    view! {
        <Show when=move || { count() > 0 }>
            <div class="stops" role="group" aria-label="Problems that stop it">
                <p class="stops-head">
                    {icon(Icon::Error)}
                    {move || match count() {
                        1 => "1 problem stops it".to_owned(),
                        count => format!("{count} problems stop it"),
                    }}
                </p>
                <ul>
                    <For
                        each=move || errors.with(|errors| errors.iter().take(LISTED).cloned().collect::<Vec<_>>())
                        key=Clone::clone
                        children=move |(index, code, message)| view! {
                            <li>
                                <button class="stop" title="Show it in Design" on:click=move |_| jump(operating, activity, index)>
                                    <span class="problem-code">{code}</span>
                                    <bdi>{message}</bdi>
                                </button>
                            </li>
                        }
                    />
                </ul>
                <Show when=move || { count() > LISTED }>
                    <p class="field-note">{move || format!("And {} more, in Design.", count() - LISTED)}</p>
                </Show>
            </div>
        </Show>
    }
}
