//! A combobox that finds one among many by typing: nodes, states. Shows a handful of matches, so
//! that a flow of any size costs the same.

use flow::open_document::OpenDocument;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::Desk;

/// How many matches are offered at once.
const OFFERED: usize = 12;

/// Something that can be picked: the value handed back, and what is shown and searched.
pub type Choices = Vec<(String, String)>;

/// Cards as choices: the id, and the label with the id.
pub fn card_choices(open: &OpenDocument, cards: &[u32]) -> Choices {
    let card = |&card: &u32| open.diagram().cards.get(card as usize);
    cards
        .iter()
        .filter_map(card)
        .map(|card| (card.id.to_string(), format!("{} ({})", card.label, card.id)))
        .collect()
}

/// A callback that offers every card of the shown document.
pub fn all_cards(desk: Desk) -> Callback<(), Choices> {
    Callback::new(move |()| {
        let all = |open: &OpenDocument| {
            let count = u32::try_from(open.diagram().cards.len()).unwrap_or(u32::MAX);
            card_choices(open, &(0..count).collect::<Vec<_>>())
        };
        desk.peek(all).unwrap_or_default()
    })
}

/// What a picker shows for the card with this id.
pub fn card_words(desk: Desk, id: Signal<String>) -> Signal<String> {
    Memo::new(move |_| {
        let id = id.get();
        let label = desk.read(|open| {
            let card = open.diagram().find(&id)?;
            Some(open.diagram().cards[card as usize].label.to_string())
        });
        match label.flatten() {
            Some(label) => format!("{label} ({id})"),
            None => id,
        }
    })
    .into()
}

/// A combobox. `choices` is asked each time the list opens.
#[component]
pub fn Picker(
    label: &'static str,
    /// Distinguishes the lists of one screen.
    name: &'static str,
    /// What is shown while nothing is typed.
    value: Signal<String>,
    choices: Callback<(), Choices>,
    commit: Callback<String>,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let at = RwSignal::new(0_usize);
    let all = RwSignal::new(Choices::new());
    let offered = Memo::new(move |_| {
        let query = typed.get().unwrap_or_default().trim().to_lowercase();
        let fits = |words: &str| query.is_empty() || words.to_lowercase().contains(&query);
        all.with(|all| {
            all.iter()
                .filter(|(_, words)| fits(words))
                .take(OFFERED)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let is_open = move || typed.with(Option::is_some);
    let open = move || {
        if !is_open() {
            all.set(choices.run(()));
            at.set(0);
            typed.set(Some(String::new()));
        }
    };
    let pick = move |index: usize| {
        let picked = offered.with_untracked(|offered| offered.get(index).cloned());
        typed.set(None);
        if let Some((value, _)) = picked {
            commit.run(value);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = offered.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if !is_open() => open(),
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(count.saturating_sub(1))),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" if is_open() => pick(at.get_untracked()),
            "Escape" if is_open() => {
                event.stop_propagation();
                typed.set(None);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option_id = move |index: usize| format!("{name}-option-{index}");
    let list_id = format!("{name}-options");
    view! {
        <div class="field-row picker">
            <label class="field-label" for=format!("{name}-picker")>{label}</label>
            <input
                class="field"
                id=format!("{name}-picker")
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-expanded=move || is_open().to_string()
                aria-controls=list_id.clone()
                aria-autocomplete="list"
                aria-activedescendant=move || is_open().then(|| option_id(at.get()))
                prop:value=move || typed.get().unwrap_or_else(|| value.get())
                on:focus=move |_| page::next_frame(move || {
                    // The field may be gone by the time a frame comes.
                    if typed.try_with_untracked(Option::is_none) == Some(true) {
                        open();
                    }
                })
                on:click=move |_| open()
                on:blur=move |_| typed.set(None)
                on:input=move |event| {
                    open();
                    at.set(0);
                    typed.set(Some(event_target_value(&event)));
                }
                on:keydown=key
            />
            <ul class="picker-list" role="listbox" id=list_id aria-label=label hidden=move || !is_open()>
                {move || offered.get().into_iter().enumerate().map(|(index, (_, words))| view! {
                    <li
                        role="option"
                        id=option_id(index)
                        class="picker-option"
                        aria-selected=move || (at.get() == index).to_string()
                        // The press must not take the focus from the input before it is picked.
                        on:pointerdown=move |event| {
                            event.prevent_default();
                            pick(index);
                        }
                    >
                        <bdi>{words}</bdi>
                    </li>
                }).collect_view()}
                {move || offered.with(Vec::is_empty).then(|| view! {
                    <li class="picker-none" role="option" aria-selected="false" aria-disabled="true">"Nothing fits."</li>
                })}
            </ul>
        </div>
    }
}
