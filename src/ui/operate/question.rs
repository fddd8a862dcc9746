//! Questions that an operation asks while it runs, each in a dialog over the page: confirmations that
//! name the tenant, and choices.

use std::collections::VecDeque;
use std::rc::Rc;

use futures_channel::oneshot;
use leptos::html;
use leptos::prelude::*;

/// A question.
#[derive(Clone, Default)]
pub struct Question {
    /// What is asked.
    pub title: String,
    /// What to know before answering, a paragraph each.
    pub text: Vec<String>,
    /// Facts: what, and which.
    pub facts: Vec<(&'static str, String)>,
    /// Answers to choose among, the value handed back and what is shown; the first is proposed.
    pub choices: Vec<(String, String)>,
    /// What else is shown.
    pub more: Option<Rc<dyn Fn() -> AnyView>>,
    /// What the button says that goes on.
    pub yes: String,
    /// What the button says that does not; "Cancel" when empty.
    pub no: String,
    /// Whether going on takes something away.
    pub is_danger: bool,
}

/// A question that waits for its answer.
struct Open {
    question: Question,
    answer: oneshot::Sender<Option<String>>,
}

/// The question that is shown, and those behind it.
#[derive(Default)]
struct Asked {
    open: Option<Open>,
    behind: VecDeque<Open>,
    /// Whether the dialog of an answered question is not closed yet.
    closing: bool,
}

/// A handle on the questions of the page, which are asked one after another; copied freely.
#[derive(Clone, Copy)]
pub struct Questions {
    /// Tells only of the question that is shown.
    asked: RwSignal<Asked, LocalStorage>,
}

impl Questions {
    /// Nothing is asked.
    pub fn new() -> Self {
        Self {
            asked: RwSignal::new_local(Asked::default()),
        }
    }

    /// Asks once nothing else is asked, and waits for the answer: the chosen value, empty where there is nothing to choose; none
    /// to stop.
    pub async fn ask(self, question: Question) -> Option<String> {
        let (answer, told) = oneshot::channel();
        let new = Open { question, answer };
        let waits = self
            .asked
            .with_untracked(|asked| asked.open.is_some() || asked.closing);
        if waits {
            self.asked
                .update_untracked(|asked| asked.behind.push_back(new));
        } else {
            self.asked.update(|asked| asked.open = Some(new));
        }
        told.await.ok().flatten()
    }

    fn answer(self, answer: Option<String>) {
        let shown = self.asked.with_untracked(|asked| asked.open.is_some());
        if !shown {
            return;
        }
        let taken = self.asked.try_update(|asked| {
            asked.closing = true;
            asked.open.take()
        });
        if let Some(Some(open)) = taken {
            // Whoever asked may have gone.
            let _ = open.answer.send(answer);
        }
    }

    /// Shows the next question, now that the dialog is closed: it opens anew, so that the focus is at
    /// its start again.
    fn closed(self) {
        // Closed by a key it is not answered yet.
        self.answer(None);
        self.asked.update(|asked| {
            asked.closing = false;
            asked.open = asked.behind.pop_front();
        });
    }
}

/// The dialog that asks.
#[component]
pub fn QuestionDialog(questions: Questions) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let chosen = RwSignal::new(String::new());
    let question = move || {
        questions
            .asked
            .with(|asked| asked.open.as_ref().map(|open| open.question.clone()))
    };
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match question() {
            Some(question) => {
                let first = question.choices.into_iter().next();
                chosen.set(first.map(|(value, _)| value).unwrap_or_default());
                if !dialog.open() {
                    // Opening a closed dialog that is in the page does not fail.
                    let _ = dialog.show_modal();
                }
            }
            None => dialog.close(),
        }
    });
    view! {
        <dialog
            class="sheet question"
            aria-labelledby="question-title"
            node_ref=dialog
            on:close=move |_| questions.closed()
        >
            {move || question().map(|question| view! { <QuestionSheet questions question chosen/> })}
        </dialog>
    }
}

#[component]
fn QuestionSheet(
    questions: Questions,
    question: Question,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let Question {
        title,
        text,
        facts,
        choices,
        more,
        yes,
        no,
        is_danger,
    } = question;
    let no = if no.is_empty() {
        "Cancel".to_owned()
    } else {
        no
    };
    view! {
        <h2 id="question-title">{title}</h2>
        {text.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        {(!facts.is_empty()).then(|| view! {
            <dl class="fact-list">
                {facts.into_iter().map(|(what, which)| view! { <dt>{what}</dt><dd>{which}</dd> }).collect_view()}
            </dl>
        })}
        {more.map(|more| more())}
        {(!choices.is_empty()).then(|| view! {
            <fieldset class="choices">
                <legend class="visually-hidden">"Choose one"</legend>
                {choices.into_iter().map(|(value, label)| {
                    let own = value.clone();
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name="question-choice"
                                class="radio"
                                prop:checked=move || chosen.get() == own
                                on:change=move |_| chosen.set(value.clone())
                            />
                            <span>{label}</span>
                        </label>
                    }
                }).collect_view()}
            </fieldset>
        })}
        <div class="sheet-buttons">
            <button class="button" autofocus on:click=move |_| questions.answer(None)>{no}</button>
            <button
                class="button"
                class:is-primary=!is_danger
                class:is-danger=is_danger
                on:click=move |_| questions.answer(Some(chosen.get_untracked()))
            >
                {yes}
            </button>
        </div>
    }
}
