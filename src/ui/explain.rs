//! The page of a rule, fetched when it is asked for, and what the rule is set to here.

use flow::rules::{Level, rule};
use flow::workspace::RuleSettings;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::desk;
use super::icons::{Icon, icon};
use crate::browser::assets;

/// The rule whose page is shown.
#[derive(Clone, Copy)]
pub struct Explained(RwSignal<Option<&'static str>>);

impl Explained {
    /// No page.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Shows the page of the rule with this code.
    pub fn show(self, code: &'static str) {
        self.0.set(Some(code));
    }
}

/// A piece of a page. Pages use this much of Markdown and no more.
#[derive(Clone, Debug, PartialEq)]
enum Block {
    Heading(String),
    Paragraph(String),
    Items(Vec<String>),
    Code(String),
}

/// The blocks of a page after its title and table.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page
        .lines()
        .skip_while(|line| !line.starts_with("## "))
        .peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if line.starts_with("```") {
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.starts_with("```"))
                .collect();
            blocks.push(Block::Code(code.join("\n")));
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::Items(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::Items(vec![item.to_owned()])),
            }
        } else if !line.trim().is_empty() {
            let mut text = line.trim().to_owned();
            let goes_on = |line: &&str| {
                !line.trim().is_empty()
                    && !line.starts_with("```")
                    && !line.starts_with("## ")
                    && !line.starts_with("- ")
            };
            while let Some(more) = lines.next_if(goes_on) {
                text.push(' ');
                text.push_str(more.trim());
            }
            blocks.push(Block::Paragraph(text));
        }
    }
    blocks
}

/// Text with `code` set apart.
fn inline(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 1 {
                view! { <code>{part}</code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
}

fn show(block: Block) -> impl IntoView {
    match block {
        Block::Heading(text) => view! { <h3>{text}</h3> }.into_any(),
        Block::Paragraph(text) => view! { <p>{inline(&text)}</p> }.into_any(),
        Block::Items(items) => view! {
            <ul>{items.into_iter().map(|item| view! { <li>{inline(&item)}</li> }).collect_view()}</ul>
        }
        .into_any(),
        Block::Code(text) => view! { <pre tabindex="0"><code>{text}</code></pre> }.into_any(),
    }
}

/// The dialog with a rule's page.
#[component]
pub fn ExplainDialog(explained: Explained) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let page = RwSignal::new(None::<Result<Vec<Block>, String>>);
    Effect::new(move |_| {
        let Some(code) = explained.0.get() else {
            return;
        };
        page.set(None);
        if let Some(dialog) = dialog.get_untracked()
            && !dialog.open()
        {
            // Opening a closed dialog that is in the page does not fail.
            let _ = dialog.show_modal();
        }
        spawn_local(async move {
            let text = assets::read_text(&format!("./rules/{code}.md")).await;
            if explained.0.get_untracked() == Some(code) {
                page.set(Some(text.map(|text| blocks(&text))));
            }
        });
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let about = move || explained.0.get().and_then(rule);
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="explain-title" on:close=move |_| explained.0.set(None)>
            <div class="dialog-head">
                <h2 id="explain-title">
                    {move || about().map(|rule| format!("{} {}", rule.code, rule.name))}
                </h2>
                <button class="icon-button" aria-label="Close" on:click=close>{icon(Icon::Close)}</button>
            </div>
            <div class="dialog-body prose">
                <p class="lead">{move || about().map(|rule| inline(rule.summary))}</p>
                {move || about().map(|rule| view! { <SeverityHere code=rule.code/> })}
                {move || match page.get() {
                    None => view! { <p class="field-note">"Fetching the page…"</p> }.into_any(),
                    Some(Ok(blocks)) => blocks.into_iter().map(show).collect_view().into_any(),
                    Some(Err(reason)) => view! {
                        <p>{format!("The rule's page could not be fetched. Everything else works without it. {reason}")}</p>
                    }.into_any(),
                }}
            </div>
        </dialog>
    }
}

/// What the rule is set to in this workspace.
#[component]
fn SeverityHere(code: &'static str) -> impl IntoView {
    const LEVELS: [(&str, &str); 4] = [
        ("error", "Error"),
        ("warning", "Warning"),
        ("info", "Note"),
        ("off", "Off"),
    ];
    let desk = desk();
    let current = Memo::new(move |_| {
        let settings = desk.rules.with(RuleSettings::settings);
        let level = rule(code).and_then(|rule| settings.level(rule));
        match level {
            None => "",
            Some(Level::Off) => "off",
            Some(Level::On(severity)) => severity.as_str(),
        }
    });
    let usual = rule(code).map_or("", |rule| rule.severity.as_str());
    let choose = move |event: leptos::ev::Event| {
        let level = Level::from_word(&event_target_value(&event));
        desk.change_rules(|rules| {
            match level {
                Some(level) => rules.levels.insert(code.to_owned(), level),
                None => rules.levels.remove(code),
            };
        });
    };
    view! {
        <label class="field-row severity-here">
            <span class="field-label">"Severity in this workspace"</span>
            <span class="select">
                <select class="field" on:change=choose>
                    <option value="" selected=move || current.get().is_empty()>{format!("As usual ({usual})")}</option>
                    {LEVELS.map(|(word, label)| view! {
                        <option value=word selected=move || current.get() == word>{label}</option>
                    }).collect_view()}
                </select>
            </span>
        </label>
    }
}
