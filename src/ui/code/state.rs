//! What one code field knows while it is typed into: its text, what is wrong in it, how it is
//! coloured, and how it gets back into the document.

use std::sync::Arc;

use flow::editing::{
    Asked, Finding, Language, Scope, Signature, check_expression, check_script, signature,
};
use flow::problem::Severity;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::completion::Completion;
use super::layer::{self, Run};
use super::{shared_scope, text_area};
use crate::browser::page;
use crate::ui::inspector::leave;

/// The state of one field; copied freely.
#[derive(Clone, Copy)]
pub(super) struct State {
    language: Language,
    scope: Memo<Arc<Scope>>,
    /// The document's value.
    value: Memo<String>,
    commit: Callback<String>,
    /// What was typed.
    pub(super) text: RwSignal<String>,
    /// What is wrong in it.
    pub(super) findings: Memo<Vec<Finding>>,
    runs: Memo<Vec<Run>>,
    /// Where the caret stands, while the field is typed into.
    caret: RwSignal<Option<u32>>,
    /// The call at the caret.
    pub(super) signature: Memo<Option<Signature>>,
    pub(super) completion: Completion,
    pub(super) area: NodeRef<html::Textarea>,
    pub(super) layer: NodeRef<html::Div>,
}

impl State {
    pub(super) fn new(language: Language, value: Signal<String>, commit: Callback<String>) -> Self {
        let scope = shared_scope();
        // Only another value may take the place of what is being typed.
        let value = Memo::new(move |_| value.get());
        let text = RwSignal::new(value.get_untracked());
        let findings = Memo::new(move |_| {
            text.with(|text| {
                scope.with(|scope| match language {
                    // Without a script there is nothing to be wrong.
                    Language::Script if text.trim().is_empty() => Vec::new(),
                    Language::Script => check_script(text, scope),
                    Language::Expression => check_expression(text, scope),
                })
            })
        });
        let runs = Memo::new(move |_| {
            text.with(|text| findings.with(|findings| layer::runs(text, findings, language)))
        });
        let caret = RwSignal::new(None::<u32>);
        let signature = Memo::new(move |_| {
            let caret = caret.get()?;
            text.with(|text| signature(text, caret, language))
        });
        let state = Self {
            language,
            scope,
            value,
            commit,
            text,
            findings,
            runs,
            caret,
            signature,
            completion: Completion::new(),
            area: NodeRef::new(),
            layer: NodeRef::new(),
        };
        state.follow();
        state
    }

    fn follow(self) {
        // The document changed, here or elsewhere: it is right.
        Effect::new(move |_| {
            let value = self.value.get();
            if let Some(area) = self.area.get()
                && area.value() != value
            {
                area.set_value(&value);
            }
            if self.text.with_untracked(|text| *text != value) {
                self.completion.close();
                self.text.set(value);
            }
        });
        Effect::new(move |_| {
            if let Some(layer) = self.layer.get() {
                self.runs.with(|runs| {
                    self.text
                        .with_untracked(|text| layer::put_runs(&layer, text, runs));
                });
            }
        });
        Effect::new(move |_| {
            let start = self
                .completion
                .offered
                .with(|offered| offered.as_ref().map(|offered| offered.replace.start));
            if let Some(start) = start {
                // By then the layer shows the text and says where a character stands.
                page::next_frame(move || self.show_list(start as usize));
            }
        });
    }

    fn show_list(self, start: usize) {
        // The field may be gone by now.
        let (true, Some(layer)) = (
            self.completion.is_open(),
            self.layer.try_get_untracked().flatten(),
        ) else {
            return;
        };
        let place = self.text.with_untracked(|text| {
            self.runs
                .with_untracked(|runs| layer::place_of(&layer, text, runs, start))
        });
        self.completion
            .show_at(&place.unwrap_or_else(|| layer.get_bounding_client_rect()));
    }

    /// Notes where the caret stands now.
    pub(super) fn look_at_caret(self) {
        if let Some(area) = self.area.get_untracked() {
            let at = self
                .text
                .with_untracked(|text| text_area::caret(&area, text));
            let at = u32::try_from(at).ok();
            if self.caret.get_untracked() != at {
                self.caret.set(at);
            }
        }
    }

    /// Takes what was typed.
    pub(super) fn typed(self, text: String) {
        self.text.set(text);
        self.look_at_caret();
        self.look(Asked::Typing);
    }

    fn look(self, asked: Asked) {
        if let Some(area) = self.area.get_untracked() {
            self.scope
                .with_untracked(|scope| self.completion.look(&area, self.language, asked, scope));
        }
    }

    /// Hands what was typed to the document.
    pub(super) fn finish(self) {
        self.completion.close();
        // A field that is removed while it has the focus is left without its signals.
        let _ = self.caret.try_set(None);
        let (typed, old) = (
            self.text.try_get_untracked(),
            self.value.try_get_untracked(),
        );
        if let (Some(typed), Some(old)) = (typed, old)
            && typed != old
        {
            self.commit.run(typed);
        }
    }

    fn restore(self) {
        let old = self.value.get_untracked();
        if let Some(area) = self.area.get_untracked() {
            area.set_value(&old);
        }
        self.text.set(old);
    }

    /// Writes what mends a finding.
    pub(super) fn mend(self, finding: &Finding) {
        if let (Some(area), Some(mend)) = (self.area.get_untracked(), &finding.mend) {
            text_area::replace_range(&area, finding.span, &mend.text, 0);
            self.completion.close();
        }
    }

    /// Whether something is wrong enough that the text is none of its language.
    pub(super) fn is_invalid(self) -> bool {
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        self.findings.with(|findings| findings.iter().any(is_error))
    }

    pub(super) fn key(self, event: &KeyboardEvent) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let command = event.ctrl_key() || event.meta_key();
        let open = self.completion.is_open();
        match event.key().as_str() {
            _ if event.is_composing() => return,
            " " if command => self.look(Asked::Outright),
            "ArrowDown" if open => self.completion.step(true),
            "ArrowUp" if open => self.completion.step(false),
            "Enter" | "Tab" if open && !command && !event.shift_key() => {
                self.completion.take(&area);
            }
            "Escape" if open => {
                event.stop_propagation();
                self.completion.close();
            }
            "Enter" if command => leave(&area),
            "Escape" => {
                // On the canvas it would give up the selection too.
                event.stop_propagation();
                self.restore();
                leave(&area);
            }
            "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown" => {
                self.completion.close();
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }
}
