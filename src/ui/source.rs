//! The source pane: the text of the shown document beside the canvas, with problems at their
//! places. What is selected on the canvas is shown in it and the other way round; a short document
//! can be edited.

mod content;
mod draft;
mod editor;
mod paint;
mod reader;
mod sheet;
mod splitter;

use flow::diagram::Owner;
use flow::json::Span;
use flow::open_document::OpenDocument;
use leptos::prelude::*;

use self::content::Content;
use self::draft::DraftNotes;
pub use self::draft::Drafts;
use self::editor::SourceEditor;
use self::reader::SourceReader;
use self::splitter::Splitter;
use super::desk::{Desk, desk};
use super::icons::{Icon, icon};

/// Longer documents are only read here: a text field of that size is slow to type in. In bytes.
pub const LONGEST_EDITED: usize = 256 * 1024;

/// What the source pane is asked to show; copied freely.
#[derive(Clone, Copy)]
pub struct SourceView {
    /// A place in the document to go to.
    asked: RwSignal<Option<Span>>,
    /// A byte of the text that is shown to put the caret at.
    caret: RwSignal<Option<u32>>,
    /// The card or wire the source is at: its own selection moves nothing.
    at: StoredValue<Option<Owner>>,
    /// How much of the main area the pane takes, in percent.
    share: RwSignal<f64>,
}

impl SourceView {
    /// The view of this page.
    pub fn new() -> Self {
        Self {
            asked: RwSignal::new(None),
            caret: RwSignal::new(None),
            at: StoredValue::new(None),
            share: RwSignal::new(44.0),
        }
    }

    /// Goes to a place that belongs to a card or a wire which is about to be selected.
    pub fn go_to(self, owner: Option<Owner>, span: Span) {
        self.at.set_value(owner);
        self.asked.set(Some(span));
    }

    /// Selects what holds a byte of the shown document.
    fn select_at(self, desk: Desk, offset: u32) {
        let found = desk.peek(|open| owner_at(open, offset)).flatten();
        if let Some(owner) = found
            && self.at.get_value() != Some(owner)
        {
            self.at.set_value(Some(owner));
            desk.reveal(owner);
        }
    }
}

/// The card or wire whose object a byte stands in.
fn owner_at(open: &OpenDocument, offset: u32) -> Option<Owner> {
    let tree = open.document().tree();
    open.diagram().owner(tree, tree.innermost_at(offset)?)
}

/// Where the object of a card or wire stands.
fn span_of(open: &OpenDocument, owner: Owner) -> Option<Span> {
    let diagram = open.diagram();
    let at = match owner {
        Owner::Card(card) => diagram.cards.get(card as usize)?.at,
        Owner::Wire(wire) => diagram.wires.get(wire as usize)?.at,
    };
    Some(open.document().tree().value(at).span())
}

/// The pane.
#[component]
pub fn SourcePane(open: RwSignal<bool>) -> impl IntoView {
    let desk = desk();
    let view = expect_context::<SourceView>();
    let is_long = Memo::new(move |_| {
        desk.read(|open| {
            let document = open.document();
            document.is_read_only() || document.text().len() > LONGEST_EDITED
        })
        .unwrap_or(false)
    });
    let content = Content::new(desk);
    follow_selection(desk, view);
    view! {
        <Splitter share=view.share/>
        <section
            class="source"
            role="region"
            aria-label="Source"
            style:flex-basis=move || format!("{}%", view.share.get())
        >
            <div class="pane-head">
                <h2>"Source"</h2>
                <button class="icon-button" aria-label="Close source" title="Close" on:click=move |_| open.set(false)>
                    {icon(Icon::Close)}
                </button>
            </div>
            <Show
                when=move || is_long.get()
                fallback=move || view! { <SourceEditor content/> <DraftNotes/> }
            >
                <SourceReader content/>
            </Show>
        </section>
    }
}

/// Goes to what is selected when it was selected somewhere else.
fn follow_selection(desk: Desk, view: SourceView) {
    let selected = Memo::new(move |_| {
        let single = desk.read_selected(|open| open.selection().single());
        (desk.active.get(), single.flatten())
    });
    Effect::new(move |_| {
        let (_, owner) = selected.get();
        if view.at.get_value() == owner {
            return;
        }
        view.at.set_value(owner);
        let span = owner.and_then(|owner| desk.peek(|open| span_of(open, owner)).flatten());
        if span.is_some() {
            view.asked.set(span);
        }
    });
    on_cleanup(move || view.at.set_value(None));
}
