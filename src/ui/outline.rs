//! The outline: every card in reading order, as a list. Also how a screen reader sees the graph.

use compact_str::CompactString;
use flow::diagram::{CardKind, Owner};
use flow::open_document::OpenDocument;
use flow::problem::Severity;
use leptos::prelude::*;

use super::desk::desk;
use super::icons::{card_icon, icon, severity_icon};
use crate::browser::page;

/// One line of the outline.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    card: u32,
    depth: u32,
    kind: CardKind,
    label: CompactString,
    type_label: CompactString,
    mark: Option<Severity>,
}

/// Lines beyond this are found by search, not by scrolling.
const LISTED: usize = 1_000;

/// The first cards, in reading order, whose label or id holds `query`, which is in lower case.
fn listed(open: &OpenDocument, order: &[(u32, u32)], query: &str) -> Vec<Line> {
    let cards = &open.diagram().cards;
    let fits = |text: &str| query.is_empty() || text.to_lowercase().contains(query);
    order
        .iter()
        .filter_map(|&(card, depth)| Some((card, depth, cards.get(card as usize)?)))
        .filter(|(_, _, face)| fits(&face.label) || fits(&face.id))
        .take(LISTED)
        .map(|(card, depth, face)| Line {
            card,
            depth: depth.min(8),
            kind: face.kind,
            label: face.label.clone(),
            type_label: face.type_label.clone(),
            mark: open.card_mark(card),
        })
        .collect()
}

/// The list "Outline".
#[component]
pub fn Outline() -> impl IntoView {
    let desk = desk();
    let query = RwSignal::new(String::new());
    let graph = Memo::new(move |_| desk.read(OpenDocument::graph_version));
    let order = Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody reads is never computed and follows nothing.
        graph.with(|_| ());
        desk.peek(|open| open.diagram().reading_order())
            .unwrap_or_default()
    });
    let lines = Memo::new(move |_| {
        let query = query.get().to_lowercase();
        order
            .with(|order| desk.read(|open| listed(open, order, &query)))
            .unwrap_or_default()
    });
    let total = move || desk.read(|open| open.diagram().cards.len()).unwrap_or(0);
    let step = move |event: leptos::ev::KeyboardEvent| {
        let forward = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let lines = lines.get_untracked();
        let current = desk.peek(|open| open.selection().single()).flatten();
        let at = lines
            .iter()
            .position(|line| Some(Owner::Card(line.card)) == current);
        let next = match (at, forward) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(lines.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        if let Some(line) = lines.get(next) {
            desk.reveal(Owner::Card(line.card));
        }
    };
    let active = move || {
        desk.read_selected(|open| open.selection().single())
            .flatten()
            .and_then(|owner| match owner {
                // A card beyond the end of a long list has no line to point at.
                Owner::Card(card) => lines
                    .with(|lines| lines.iter().any(|line| line.card == card))
                    .then(|| format!("outline-{card}")),
                Owner::Wire(_) => None,
            })
    };
    Effect::new(move |_| {
        if let Some(id) = active() {
            page::next_frame(move || page::scroll_to(&id));
        }
    });
    view! {
        <aside class="outline" aria-label="Outline panel">
            <div class="pane-head">
                <h2>"Outline"</h2>
                <span class="pane-count">{total}</span>
            </div>
            <input
                class="field is-search"
                type="search"
                placeholder="Filter by label or id"
                aria-label="Filter the outline"
                prop:value=move || query.get()
                on:input=move |event| query.set(event_target_value(&event))
            />
            <ul
                class="outline-list"
                role="listbox"
                aria-label="Outline"
                tabindex="0"
                aria-activedescendant=active
                on:keydown=step
            >
                <For
                    each=move || lines.with(|lines| lines.iter().map(|line| line.card).enumerate().collect::<Vec<_>>())
                    key=|(_, card)| *card
                    children=move |(place, card)| view! { <OutlineLine card place lines/> }
                />
            </ul>
            <Show when=move || lines.with(Vec::is_empty)>
                <p class="empty-note">"Nothing fits the filter."</p>
            </Show>
        </aside>
    }
}

#[component]
fn OutlineLine(
    card: u32,
    /// Where it is in the list at first. Most edits leave it there, so that it is looked for there
    /// before anywhere else.
    place: usize,
    lines: Memo<Vec<Line>>,
) -> impl IntoView {
    let desk = desk();
    let line = Memo::new(move |old: Option<&Option<Line>>| {
        let own = |line: &&Line| line.card == card;
        let found = lines.with(|lines| {
            let found = lines.get(place).filter(own);
            found.or_else(|| lines.iter().find(own)).cloned()
        });
        found.or_else(|| old.cloned().flatten())
    });
    let selected = Memo::new(move |_| {
        desk.read_selection(|selection| selection.cards.contains(&card))
            .unwrap_or(false)
    });
    let with = move |read: fn(&Line) -> CompactString| {
        line.with(|line| line.as_ref().map(read).unwrap_or_default().to_string())
    };
    view! {
        <li
            class="outline-line"
            id=format!("outline-{card}")
            role="option"
            aria-selected=move || selected.get().to_string()
            data-kind=move || line.with(|line| line.as_ref().map_or("unknown", |line| line.kind.as_str()))
            data-depth=move || line.with(|line| line.as_ref().map_or(0, |line| line.depth).to_string())
            on:click=move |_| desk.reveal(Owner::Card(card))
        >
            <span class="card-glyph">
                {move || line.with(|line| line.as_ref().map(|line| icon(card_icon(line.kind))))}
            </span>
            <span class="outline-label"><bdi>{move || with(|line| line.label.clone())}</bdi></span>
            <span class="visually-hidden">{move || with(|line| line.type_label.clone())}</span>
            {move || line.with(|line| line.as_ref().and_then(|line| line.mark)).map(|mark| view! {
                <span class="card-mark" data-severity=mark.as_str()>
                    {icon(severity_icon(mark))}
                    <span class="visually-hidden">{mark.as_str()}</span>
                </span>
            })}
        </li>
    }
}
