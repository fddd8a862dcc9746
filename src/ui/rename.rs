//! The dialog that renames a variable or an id everywhere, and tells before how many places that is.

use flow::diagram::{Owner, display};
use flow::open_document::OpenDocument;
use flow::rename::{self, Refusal, Renaming, VariableName};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::desk::desk;
use super::icons::{Icon, icon};
use super::overlay::follow_overlay;
use super::workplace::{Overlay, workplace};
use crate::browser::page;

/// What can be renamed.
#[derive(Clone, Debug, PartialEq)]
enum Renamed {
    Card(u32),
    Variable(VariableName),
}

impl Renamed {
    /// What there is to rename, what is selected first.
    fn choices(open: &OpenDocument) -> Vec<(Self, String)> {
        let selected = match open.selection().single() {
            Some(Owner::Card(card)) => open.diagram().cards.get(card as usize).map(|own| {
                let label = format!("Id of {}: {}", own.label, display(&own.id));
                (Self::Card(card), label)
            }),
            _ => None,
        };
        let variables = rename::variables(open.document())
            .into_iter()
            .map(|variable| {
                let label = format!("Variable {}", display(&variable.to_string()));
                (Self::Variable(variable), label)
            });
        selected.into_iter().chain(variables).collect()
    }

    /// What it is called now.
    fn name(&self, open: &OpenDocument) -> String {
        match self {
            Self::Card(card) => {
                let card = open.diagram().cards.get(*card as usize);
                card.map(|card| card.id.to_string()).unwrap_or_default()
            }
            Self::Variable(variable) => variable.name.to_string(),
        }
    }

    fn rename(&self, open: &OpenDocument, name: &str) -> Result<Renaming, Refusal> {
        match self {
            Self::Card(card) => rename::rename_card(open, *card, name),
            Self::Variable(variable) => rename::rename_variable(open.document(), variable, name),
        }
    }
}

/// What a renaming would do: whether the name is still the old one, which places it changes, and how
/// many scripts it leaves.
type Outcome = Result<(bool, String, usize), Refusal>;

/// It in words.
fn sentence(outcome: Option<Outcome>) -> String {
    match outcome {
        None => "Nothing here has a name that is used elsewhere.".to_owned(),
        Some(Err(refusal)) => refusal.to_string(),
        Some(Ok((unchanged, summary, unsure))) => {
            let verb = if unchanged { "Mentioned in" } else { "Changes" };
            let unsure = match unsure {
                0 => String::new(),
                1 => " One script in another language uses the word too and is left as it is."
                    .to_owned(),
                count => format!(
                    " {count} scripts in another language use the word too and are left as they are."
                ),
            };
            format!("{verb} {summary}.{unsure}")
        }
    }
}

/// The dialog "Rename everywhere".
#[component]
pub fn RenameDialog() -> impl IntoView {
    let desk = desk();
    let place = workplace();
    let dialog = NodeRef::<html::Dialog>::new();
    let choices = RwSignal::new(Vec::<(Renamed, String)>::new());
    let chosen = RwSignal::new(0_usize);
    let name = RwSignal::new(String::new());
    let subject = move || {
        choices.with(|choices| {
            choices
                .get(chosen.get())
                .map(|(subject, _)| subject.clone())
        })
    };
    let show_name = move || {
        let now = subject().and_then(|subject| desk.peek(|open| subject.name(open)));
        name.set(now.unwrap_or_default());
    };
    follow_overlay(place, Overlay::Rename, dialog, move || {
        choices.set(desk.peek(Renamed::choices).unwrap_or_default());
        chosen.set(0);
        untrack(show_name);
        page::next_frame(|| page::select_field("rename-name"));
    });
    let is_open = move || place.overlay.get() == Some(Overlay::Rename);
    let outcome = Memo::new(move |_| {
        let (true, Some(subject)) = (is_open(), subject()) else {
            return None;
        };
        desk.read(|open| {
            let unchanged = subject.name(open) == name.get();
            let renaming = subject.rename(open, name.get().trim());
            renaming.map(|renaming| (unchanged, renaming.summary(), renaming.unsure))
        })
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let renaming = untrack(subject).and_then(|subject| {
            let name = name.get_untracked();
            desk.peek(|open| subject.rename(open, name.trim()).ok())
                .flatten()
        });
        if let Some(renaming) = renaming {
            if desk.apply(&renaming.command) {
                let said = format!("Renamed everywhere: {}.", renaming.summary());
                desk.notices.announce(said);
            }
            close();
        }
    };
    let can = move || outcome.with(|it| matches!(it, Some(Ok((false, ..)))));
    let said = move || sentence(outcome.get());
    view! {
        <dialog class="dialog rename-dialog" node_ref=dialog aria-labelledby="rename-title">
            <div class="dialog-head">
                <h2 id="rename-title">"Rename everywhere"</h2>
                <button class="icon-button" aria-label="Close" on:click=move |_| close()>{icon(Icon::Close)}</button>
            </div>
            <form class="dialog-body rename-body" on:submit=submit>
                <SubjectChoice choices chosen changed=Callback::new(move |()| untrack(show_name))/>
                <label class="field-row">
                    <span class="field-label">"New name"</span>
                    <input
                        class="field is-code"
                        id="rename-name"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="rename-said"
                        aria-invalid=move || outcome.with(|it| matches!(it, Some(Err(_)))).to_string()
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
                <p class="rename-said" id="rename-said" role="status" class:is-refused=move || outcome.with(|it| matches!(it, Some(Err(_))))>
                    {said}
                </p>
                <div class="panel-buttons">
                    <button class="button is-primary" type="submit" disabled=move || !can()>"Rename"</button>
                    <button class="button" type="button" on:click=move |_| close()>"Cancel"</button>
                </div>
            </form>
        </dialog>
    }
}

#[component]
fn SubjectChoice(
    choices: RwSignal<Vec<(Renamed, String)>>,
    chosen: RwSignal<usize>,
    changed: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="field-row">
            <span class="field-label">"What"</span>
            <span class="select">
                <select
                    class="field"
                    on:change=move |event| {
                        chosen.set(event_target_value(&event).parse().unwrap_or(0));
                        changed.run(());
                    }
                >
                    {move || choices.get().into_iter().enumerate().map(|(at, (_, label))| view! {
                        <option value=at.to_string() selected=move || chosen.get() == at>{label}</option>
                    }).collect_view()}
                </select>
            </span>
        </label>
    }
}
