//! Drafts: what was typed into the source of a document and is not in the document yet.
//!
//! A draft that can be read becomes a command soon after typing stops. One that cannot stays, with
//! its mistakes, until it is put right or given up; the document stays as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::command::{Change, Command};
use flow::document::Document;
use flow::editing::{difference, rebase};
use flow::json::ReadError;
use leptos::prelude::*;

use super::SourceView;
use crate::browser::page;
use crate::ui::desk::{Desk, DocumentId, desk};
use crate::ui::icons::{Icon, icon};

/// How long after the last key a draft is read, in milliseconds.
const PAUSE: i32 = 300;

/// How a draft stands to its document.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It was not read yet.
    Typing,
    /// It cannot be read.
    Mistaken(Arc<Vec<ReadError>>),
    /// The document changed in the same place.
    Apart,
}

#[derive(Clone, Debug)]
struct Draft {
    /// The text of the document that it was made from.
    base: Arc<str>,
    text: Arc<str>,
    standing: Standing,
}

/// The drafts of this page; copied freely.
#[derive(Clone, Copy)]
pub struct Drafts {
    desk: Desk,
    all: RwSignal<BTreeMap<DocumentId, Draft>>,
    /// Counts what was typed, so that only the last pause counts.
    typed: StoredValue<u32>,
}

impl Drafts {
    /// No drafts. They follow the documents from here on.
    pub fn new(desk: Desk) -> Self {
        let drafts = Self {
            desk,
            all: RwSignal::new(BTreeMap::new()),
            typed: StoredValue::new(0),
        };
        Effect::new(move |_| {
            desk.revision.track();
            drafts.follow();
        });
        drafts
    }

    /// The text of a document's draft.
    pub fn text(self, id: DocumentId) -> Option<Arc<str>> {
        self.all
            .with(|drafts| drafts.get(&id).map(|draft| Arc::clone(&draft.text)))
    }

    /// How a document's draft stands.
    pub fn standing(self, id: DocumentId) -> Option<Standing> {
        self.all
            .with(|drafts| drafts.get(&id).map(|draft| draft.standing.clone()))
    }

    /// Takes what was typed into the source of the shown document.
    pub(super) fn typed(self, text: &str) {
        let Some((id, now)) = self.shown() else {
            return;
        };
        self.all.update(|drafts| {
            let draft = drafts.entry(id).or_insert_with(|| Draft {
                base: now,
                text: Arc::from(""),
                standing: Standing::Typing,
            });
            draft.text = text.into();
            // What was wrong is said until it is known to be put right.
        });
        self.settle_soon();
    }

    fn settle_soon(self) {
        let turn = self.typed.get_value().wrapping_add(1);
        self.typed.set_value(turn);
        page::after(PAUSE, move || {
            if self.typed.try_get_value() == Some(turn) {
                self.settle();
            }
        });
    }

    /// Makes the draft of the shown document part of it, if it can be read.
    pub(super) fn settle(self) {
        let Some((id, now)) = self.shown() else {
            return;
        };
        let Some(draft) = self.all.with_untracked(|drafts| drafts.get(&id).cloned()) else {
            return;
        };
        if draft.standing == Standing::Apart {
            return;
        }
        let Some(edit) = difference(&now, &draft.text) else {
            self.revert(id);
            return;
        };
        if let Err(mistakes) = Document::read(Arc::clone(&draft.text)) {
            self.stand(id, Standing::Mistaken(Arc::new(mistakes)));
            return;
        }
        let change = Change::ReplaceText {
            span: edit.span,
            text: edit.text,
        };
        // What follows the document finds the draft in it and drops it.
        self.desk.apply(&Command::one("Edit source", change));
    }

    /// Gives up the draft of a document.
    fn revert(self, id: DocumentId) {
        self.all.update(|drafts| {
            drafts.remove(&id);
        });
    }

    /// Lets the draft of a document stand against what changed in the meantime.
    fn insist(self, id: DocumentId) {
        if let Some((_, now)) = self.shown() {
            self.all.update(|drafts| {
                if let Some(draft) = drafts.get_mut(&id) {
                    draft.base = now;
                    draft.standing = Standing::Typing;
                }
            });
            self.settle();
        }
    }

    fn stand(self, id: DocumentId, standing: Standing) {
        self.all.update(|drafts| {
            if let Some(draft) = drafts.get_mut(&id) {
                draft.standing = standing;
            }
        });
    }

    fn shown(self) -> Option<(DocumentId, Arc<str>)> {
        let id = self.desk.active.get_untracked()?;
        let text = self
            .desk
            .peek(|open| open.document().tree().shared_text())?;
        Some((id, text))
    }

    /// The shown document may have changed: its draft is made from what it is now.
    fn follow(self) {
        let open: Vec<DocumentId> = self
            .desk
            .tabs
            .with_untracked(|tabs| tabs.iter().map(|tab| tab.id).collect());
        let is_open = |id: &DocumentId| open.contains(id);
        if self
            .all
            .with_untracked(|drafts| !drafts.keys().all(is_open))
        {
            self.all.update(|drafts| drafts.retain(|id, _| is_open(id)));
        }
        let Some((id, now)) = self.shown() else {
            return;
        };
        let Some(draft) = self.all.with_untracked(|drafts| drafts.get(&id).cloned()) else {
            return;
        };
        if draft.text == now {
            self.revert(id);
        } else if draft.base != now {
            match rebase(&draft.base, &draft.text, &now) {
                Some(text) => {
                    self.all.update(|drafts| {
                        if let Some(draft) = drafts.get_mut(&id) {
                            draft.base = now;
                            draft.text = text.into();
                        }
                    });
                    self.settle_soon();
                }
                None => self.stand(id, Standing::Apart),
            }
        }
    }
}

/// What is to be said about the draft of the shown document.
#[component]
pub(super) fn DraftNotes() -> impl IntoView {
    let desk = desk();
    let drafts = expect_context::<Drafts>();
    let view = expect_context::<SourceView>();
    let standing = Memo::new(move |_| drafts.standing(desk.active.get()?));
    let revert = move |_| {
        if let Some(id) = desk.active.get_untracked() {
            drafts.revert(id);
        }
    };
    let insist = move |_| {
        if let Some(id) = desk.active.get_untracked() {
            drafts.insist(id);
        }
    };
    let notes = move || {
        match standing.get() {
        None | Some(Standing::Typing) => None,
        Some(Standing::Apart) => Some(
            view! {
                <div class="source-acts">
                    <p>"The document was changed in the place where you were typing. What you typed is not in it."</p>
                    <button class="button is-small" on:click=insist>"Use what I typed"</button>
                    <button class="button is-small" on:click=revert>{icon(Icon::Undo)}<span>"Revert"</span></button>
                </div>
            }
            .into_any(),
        ),
        Some(Standing::Mistaken(mistakes)) => Some(
            view! {
                <div class="source-acts">
                    <p>"This cannot be read, so the document is as it was. Correct it, or give it up."</p>
                    <button class="button is-small" on:click=revert>{icon(Icon::Undo)}<span>"Revert"</span></button>
                </div>
                <ul class="source-mistakes">
                    {mistakes.iter().map(|mistake| {
                        let offset = mistake.offset;
                        view! {
                            <li>
                                <button class="source-mistake" on:click=move |_| view.caret.set(Some(offset))>
                                    <span class="code-place">{format!("Line {}, column {}: ", mistake.line, mistake.column)}</span>
                                    <bdi>{mistake.message.clone()}</bdi>
                                </button>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            }
            .into_any(),
        ),
    }
    };
    view! { <div class="source-notes" role="status" aria-label="Draft">{notes}</div> }
}
