//! Questions that an operation asks while it runs, each in a dialog over the page: confirmations that
//! name the tenant, and choices.

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

/// A handle on the questions of the page; copied freely.
#[derive(Clone, Copy)]
pub struct Questions {
    open: RwSignal<Option<Open>, LocalStorage>,
}

impl Questions {
    /// Nothing is asked.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new_local(None),
        }
    }

    /// Asks, and waits for the answer: the chosen value, empty where there is nothing to choose; none
    /// to stop.
    pub async fn ask(self, question: Question) -> Option<String> {
        let (answer, told) = oneshot::channel();
        self.open.set(Some(Open { question, answer }));
        told.await.ok().flatten()
    }

    fn answer(self, answer: Option<String>) {
        if let Some(Some(open)) = self.open.try_update(Option::take) {
            // Whoever asked may have gone.
            let _ = open.answer.send(answer);
        }
    }
}

/// The dialog that asks.
#[component]
pub fn QuestionDialog(questions: Questions) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let chosen = RwSignal::new(String::new());
    let question = move || {
        questions
            .open
            .with(|open| open.as_ref().map(|open| open.question.clone()))
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
            on:close=move |_| {
                // It is told late: the next question may be open by now, which this does not answer.
                if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
                    questions.answer(None);
                }
            }
        >
            {move || question().map(|question| view! { <Asked questions question chosen/> })}
        </dialog>
    }
}

#[component]
fn Asked(questions: Questions, question: Question, chosen: RwSignal<String>) -> impl IntoView {
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
