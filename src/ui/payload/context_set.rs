//! The form of a context set.

use flow::command::Command;
use flow::command::payload::context_set as edit;
use flow::document::{ContextScope, ContextSet};
use flow::json::{NewValue, Span, Tree};
use flow::open_document::OpenDocument;
use flow::payload::{ContextMeters, context_meters};
use leptos::prelude::*;

use super::entry::{Entry, EntryActions, EntryFace, EntryHead};
use super::field_problems::{FieldProblems, problems_elsewhere, problems_of, problems_within};
use super::meter::ByteMeter;
use super::rows::{Pager, Rows};
use super::template::TemplatePreview;
use super::value::{ValueEdit, ValueFace};
use super::{FieldAt, LinkedFlow, follow, holds, member_span};
use crate::browser::page::{after, focus};
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::inspector::fields::TextField;

fn follow_set<T: Default + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    read: impl Fn(&OpenDocument, &ContextSet) -> Option<T> + Send + Sync + 'static,
) -> Signal<T> {
    follow(desk, move |open| read(open, open.document().context_set()?))
}

fn change(desk: Desk, build: impl FnOnce(&ContextSet) -> Option<Command>) {
    desk.run(|open| build(open.document().context_set()?));
}

fn span_of(tree: &Tree, set: &ContextSet, index: usize) -> Option<Span> {
    let variable = set.variables.get(index)?;
    Some(member_span(tree, variable.map_key.at, variable.at))
}

/// The field that is about the byte `offset`.
pub(super) fn field_at(tree: &Tree, set: &ContextSet, offset: u32) -> Option<FieldAt> {
    if holds(tree.value(set.conversation_id.at).span(), offset) {
        return FieldAt::new("conversation-id");
    }
    let after = |at| tree.value(at).span().end > offset;
    let row = set
        .variables
        .partition_point(|variable| !after(variable.at));
    let variable = set.variables.get(row)?;
    if !holds(span_of(tree, set, row)?, offset) {
        return None;
    }
    let at_value = holds(tree.value(variable.value_at).span(), offset);
    let field = if at_value { "value" } else { "name" };
    Some(FieldAt {
        second: false,
        row,
        id: format!("variable-{row}-{field}"),
    })
}

/// The whole form.
#[component]
pub fn ContextSetForm() -> impl IntoView {
    let desk = desk();
    let count = follow_set(desk, |_, set| Some(set.variables.len()));
    let meters = Memo::new(move |_| {
        let measure = |open: &OpenDocument| {
            let document = open.document();
            Some(context_meters(document.tree(), document.context_set()?))
        };
        desk.read(measure).flatten()
    });
    let elsewhere = follow_set(desk, |open, set| {
        let tree = open.document().tree();
        let mut spans: Vec<Span> = (0..set.variables.len())
            .filter_map(|index| span_of(tree, set, index))
            .collect();
        spans.push(tree.value(set.conversation_id.at).span());
        spans.sort_by_key(|span| span.start);
        Some(problems_elsewhere(open, &spans))
    });
    view! {
        <div class="pane-head">
            <h2>"Context set"</h2>
            <span class="pane-count">{move || match count.get() {
                1 => "1 variable".to_owned(),
                count => format!("{count} variables"),
            }}</span>
        </div>
        <div class="payload-body">
            <div class="field-pair">
                <div>
                    <TextField
                        label="Conversation"
                        id="conversation-id"
                        code=true
                        value=follow_set(desk, |_, set| Some(set.conversation_id.text.to_string()))
                        commit=Callback::new(move |id: String| change(desk, |set| {
                            Some(edit::set_conversation(set, &id))
                        }))
                    />
                    <FieldProblems problems=follow_set(desk, |open, set| Some(problems_of(open, set.conversation_id.at)))/>
                </div>
                <LinkedFlow/>
            </div>
            <FieldProblems problems=elsewhere/>
            <Variables count meters/>
            <TemplatePreview/>
        </div>
    }
}

#[component]
fn Variables(count: Signal<usize>, meters: Memo<Option<ContextMeters>>) -> impl IntoView {
    let desk = desk();
    let page = expect_context::<Rows>().list(false);
    let whole = Signal::derive(move || meters.with(|meters| meters.as_ref().map(|all| all.whole)));
    let add = move |_| {
        change(desk, |set| {
            let key = edit::free_key(set);
            edit::add_variable(set, &key, NewValue::from(""), ContextScope::Conversation)
        });
        let last = count.get_untracked().saturating_sub(1);
        page.show(last);
        after(0, move || focus(&format!("variable-{last}-name")));
    };
    view! {
        <section class="group has-extra" aria-labelledby="variables-title">
            <div class="group-head">
                <h3 id="variables-title">"Variables"</h3>
                <ByteMeter label="Size of the context set" meter=whole full=true/>
            </div>
            <Show when=move || { count.get() > 0 }>
                <EntryHead extra="Scope"/>
            </Show>
            <ul class="entries">
                <For
                    each=move || page.rows(count.get())
                    key=|index| *index
                    children=move |index| view! { <VariableRow index meters/> }
                />
            </ul>
            <Show when=move || count.get() == 0>
                <p class="field-note">"None yet. A variable is put into the conversation when the set is injected."</p>
            </Show>
            <div class="group-tools">
                <button class="button is-small" on:click=add>
                    {icon(Icon::Plus)}
                    <span>"Add variable"</span>
                </button>
                <Pager page count/>
            </div>
        </section>
    }
}

#[component]
fn VariableRow(index: usize, meters: Memo<Option<ContextMeters>>) -> impl IntoView {
    let desk = desk();
    let face = follow_set(desk, move |open, set| {
        let variable = set.variables.get(index)?;
        let tree = open.document().tree();
        Some(EntryFace {
            name: variable.map_key.text.to_string(),
            value: ValueFace::of(tree.value(variable.value_at)),
            problems: problems_within(open, span_of(tree, set, index)?),
        })
    });
    let scope = follow_set(desk, move |_, set| {
        Some(set.variables.get(index)?.scope_name().to_owned())
    });
    let meter = Signal::derive(move || {
        meters.with(|meters| meters.as_ref()?.variables.get(index).copied())
    });
    let rename = move |key: String| {
        let taken = desk.peek(|open| {
            let set = open.document().context_set()?;
            Some(edit::has_key(set, &key))
        });
        if taken.flatten() == Some(true) {
            return Err(format!("There is a variable \"{key}\" already."));
        }
        change(desk, |set| {
            set.variables.get(index)?;
            Some(edit::rename_variable(set, index, &key))
        });
        Ok(())
    };
    let set_value = move |typed: ValueEdit| {
        let made = desk.peek(|open| {
            let set = open.document().context_set()?;
            let at = set.variables.get(index)?.value_at;
            let value = typed.apply(open.document().tree().value(at));
            Some(value.map(|value| edit::set_value(set, index, value)))
        });
        if let Some(command) = made.flatten() {
            desk.apply(&command?);
        }
        Ok(())
    };
    let remove = move |()| {
        change(desk, |set| {
            set.variables.get(index)?;
            Some(edit::remove_variable(set, index))
        });
    };
    let actions = EntryActions {
        rename: Callback::new(rename),
        edit: Callback::new(set_value),
        remove: Callback::new(remove),
    };
    view! {
        <Entry id=format!("variable-{index}") face meter actions>
            <ScopeSelect index scope/>
        </Entry>
    }
}

#[component]
fn ScopeSelect(index: usize, scope: Signal<String>) -> impl IntoView {
    let desk = desk();
    let unknown = move || ContextScope::from_word(&scope.get()).is_none();
    let change_scope = move |event| {
        if let Some(to) = ContextScope::from_word(&event_target_value(&event)) {
            change(desk, |set| {
                set.variables.get(index)?;
                Some(edit::set_scope(set, index, to))
            });
        }
    };
    view! {
        <span class="select">
            <select class="field" aria-label="Scope" on:change=change_scope>
                {move || unknown().then(|| view! {
                    <option value="" selected=true>
                        {move || format!("{} (unknown)", flow::diagram::display(&scope.get()))}
                    </option>
                })}
                {ContextScope::ALL.into_iter().map(|own| view! {
                    <option value=own.as_str() selected=move || scope.get() == own.as_str()>{own.as_str()}</option>
                }).collect_view()}
            </select>
        </span>
    }
}
