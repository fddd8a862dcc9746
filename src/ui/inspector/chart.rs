//! What is selected in an export of Cognigy.AI, to be read: what a node says and does, where it jumps,
//! its settings.

use compact_str::CompactString;
use flow::diagram::{Card, Owner, display};
use flow::document::chart::content::{Message, messages};
use flow::document::chart::facts::{Fact, Shown, facts};
use flow::document::chart::script::{Piece, pieces};
use flow::open_document::OpenDocument;
use flow::report::{counted, visible};
use flow::rules::chart_index::Destination;
use leptos::html;
use leptos::prelude::*;

use crate::ui::code::put_runs;
use crate::ui::desk::desk;
use crate::ui::icons::{Icon, card_icon, icon};

/// What is read of a node.
#[derive(Clone, Debug, PartialEq)]
struct Read {
    card: Card,
    extension: Option<CompactString>,
    comment: Option<CompactString>,
    is_disabled: bool,
    is_entry_point: bool,
    has_settings: bool,
    messages: Vec<Message>,
    facts: Vec<Fact>,
    jump: Option<Goal>,
}

/// Where a node jumps.
#[derive(Clone, Debug, PartialEq)]
enum Goal {
    /// To a card of this chart.
    Card(u32, CompactString),
    /// To a node of another chart that is under review: the index of the chart, the node, words.
    Elsewhere(u32, CompactString, String),
    /// To what is not there.
    Missing(String),
}

fn read(open: &OpenDocument, node: usize) -> Option<Read> {
    let document = open.document();
    let (chart, tree) = (document.chart()?, document.tree());
    let own = chart.nodes.get(node)?;
    let text = |field: &Option<flow::document::Field>| {
        let field = field.as_ref()?;
        (!field.text.trim().is_empty()).then(|| field.text.clone())
    };
    Some(Read {
        card: open.diagram().cards.get(node)?.clone(),
        extension: text(&own.extension),
        comment: text(&own.comment),
        is_disabled: own.is_disabled,
        is_entry_point: own.may_be_entered(),
        has_settings: chart.has_configs,
        messages: messages(tree, own),
        facts: facts(tree, own),
        jump: own.jump.as_ref().map(|jump| goal(open, jump)),
    })
}

fn goal(open: &OpenDocument, jump: &flow::document::Jump) -> Goal {
    let Some(chart) = open.document().chart() else {
        return Goal::Missing("Nowhere.".to_owned());
    };
    let reference = jump.node.as_ref().map(|field| &field.text);
    let own = chart.nodes.iter().position(|node| {
        let its = node.reference.as_ref().map(|field| &field.text);
        its.is_some() && its == reference
    });
    if let Some(own) = own.and_then(|own| u32::try_from(own).ok()) {
        return Goal::Card(own, chart.nodes[own as usize].name().clone());
    }
    let beside = open.settings().links.charts.as_ref();
    let Some(beside) = beside else {
        return Goal::Missing(match jump.flow {
            Some(_) => "To another flow, which is not among the opened files.".to_owned(),
            None => "No target was chosen.".to_owned(),
        });
    };
    match beside.index.destination(beside.own, jump) {
        Destination::Node(at) => {
            let flow = beside.index.charts()[at.chart as usize].flow_name();
            let flow = flow.map(|flow| display(flow)).unwrap_or_default();
            let node = beside.index.node(at);
            let (id, name) = node.map_or_else(Default::default, |node| {
                (node.id.clone(), display(&node.name))
            });
            Goal::Elsewhere(at.chart, id, format!("{flow} › {name}"))
        }
        Destination::NodeMissing { flow } => Goal::Missing(match flow {
            Some(flow) => format!("The flow {} has no such node.", display(&flow)),
            None => "This flow has no such node.".to_owned(),
        }),
        Destination::FlowElsewhere => {
            let name = jump
                .flow
                .as_ref()
                .and_then(|flow| beside.index.name_of_flow(&flow.text));
            Goal::Missing(match name {
                Some(name) => format!(
                    "To the flow {}, which is not among the opened files.",
                    display(name)
                ),
                None => "To another flow, which is not among the opened files.".to_owned(),
            })
        }
        Destination::Unset => Goal::Missing("No target was chosen.".to_owned()),
    }
}

/// A text of several lines as it may be shown: nothing in it reorders what is read.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text
        .split('\n')
        .map(|line| visible(line.trim_end_matches('\r')).replace("\\u{9}", "\t"))
        .collect();
    lines.join("\n")
}

/// A node of an export.
#[component]
pub fn ChartNodeFields(node: usize) -> impl IntoView {
    let desk = desk();
    let node_read = Memo::new(move |_| desk.read(|open| read(open, node)).flatten());
    move || {
        let read = node_read.get()?;
        let kind = read.card.kind;
        let flags: Vec<&str> = [
            (read.is_disabled, "disabled"),
            (read.is_entry_point, "entry point"),
        ]
        .into_iter()
        .filter_map(|(is, word)| is.then_some(word))
        .collect();
        let nothing = read.messages.is_empty() && read.facts.is_empty() && read.jump.is_none();
        Some(view! {
            <div class="pane-head" data-kind=kind.as_str()>
                <span class="card-glyph">{icon(card_icon(kind))}</span>
                <h2><bdi>{read.card.label.to_string()}</bdi></h2>
            </div>
            <div class="inspector-body chart-facts">
                <dl class="facts">
                    <dt>"Type"</dt>
                    <dd><bdi>{read.card.type_label.to_string()}</bdi></dd>
                    {read.extension.map(|from| view! { <dt>"From"</dt><dd><bdi>{display(&from).to_string()}</bdi></dd> })}
                    {(!flags.is_empty()).then(|| view! { <dt>"Marked"</dt><dd>{flags.join(", ")}</dd> })}
                    {read.comment.map(|comment| view! { <dt>"Comment"</dt><dd class="fact-long"><bdi>{shown(&comment)}</bdi></dd> })}
                    <dt>"Id"</dt>
                    <dd class="fact-code"><bdi>{display(&read.card.id).to_string()}</bdi></dd>
                </dl>
                {read.jump.map(|goal| view! { <JumpTo goal/> })}
                {(!read.messages.is_empty()).then(|| view! { <Messages messages=read.messages/> })}
                {(!read.facts.is_empty()).then(|| view! { <Settings facts=read.facts/> })}
                {nothing.then(|| view! {
                    <p class="empty-note">
                        {if read.has_settings { "This node has no settings." } else {
                            "The settings of the nodes are not in this file: the API leaves them out. Export a package to see them."
                        }}
                    </p>
                })}
            </div>
        })
    }
}

#[component]
fn JumpTo(goal: Goal) -> impl IntoView {
    let desk = desk();
    let way = match goal {
        Goal::Card(card, name) => {
            let go = move |_| desk.reveal(Owner::Card(card));
            view! { <button class="button is-small" on:click=go><bdi>{display(&name).to_string()}</bdi></button> }
                .into_any()
        }
        Goal::Elsewhere(chart, node, words) => {
            let go = move |_| desk.follow_jump(chart, &node);
            view! { <button class="button is-small" on:click=go><bdi>{words}</bdi></button> }
                .into_any()
        }
        Goal::Missing(words) => view! { <p class="field-note"><bdi>{words}</bdi></p> }.into_any(),
    };
    view! {
        <section class="group">
            <h3>"Goes on at"</h3>
            <div>{way}</div>
        </section>
    }
}

#[component]
fn Messages(messages: Vec<Message>) -> impl IntoView {
    let said = messages.into_iter().map(|message| {
        view! {
            <div class="said">
                {(!message.text.is_empty()).then(|| view! { <p><bdi>{shown(&message.text)}</bdi></p> })}
                {message.media.map(|address| view! { <p class="fact-code"><bdi>{shown(&address)}</bdi></p> })}
                {(!message.options.is_empty()).then(|| view! {
                    <ul class="said-options">
                        {message.options.into_iter().map(|option| view! { <li><bdi>{shown(&option)}</bdi></li> }).collect_view()}
                    </ul>
                })}
            </div>
        }
    });
    view! {
        <section class="group">
            <h3>"Says"</h3>
            {said.collect_view()}
        </section>
    }
}

#[component]
fn Settings(facts: Vec<Fact>) -> impl IntoView {
    let rows = facts.into_iter().map(|fact| match fact.shown {
        Shown::Text(text) => view! {
            <div class="fact"><span class="field-label">{shown(&fact.label)}</span><p class="fact-long"><bdi>{shown(&text)}</bdi></p></div>
        }
        .into_any(),
        Shown::Switch(on) => view! {
            <div class="fact is-line"><span class="field-label">{shown(&fact.label)}</span><span>{if on { "on" } else { "off" }}</span></div>
        }
        .into_any(),
        Shown::Code(code) => view! {
            <div class="fact"><span class="field-label">{shown(&fact.label)}</span><Code label=shown(&fact.label) code=shown(&code)/></div>
        }
        .into_any(),
    });
    view! {
        <section class="group">
            <h3>"Settings"</h3>
            {rows.collect_view()}
        </section>
    }
}

/// Code to be read, coloured.
#[component]
pub fn Code(label: String, code: String) -> impl IntoView {
    let element = NodeRef::<html::Pre>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            let runs: Vec<_> = pieces(&code)
                .into_iter()
                .map(|(span, piece)| (span, class(piece), None))
                .collect();
            put_runs(&element, &code, &runs);
        }
    });
    view! { <pre class="code-shown" tabindex="0" role="region" aria-label=label node_ref=element></pre> }
}

fn class(piece: Piece) -> &'static str {
    match piece {
        Piece::Comment => "code-quiet",
        Piece::Text => "code-string",
        Piece::Number => "code-number",
        Piece::Keyword => "code-literal",
        Piece::Plain => "",
    }
}

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq)]
struct Summary {
    title: String,
    nodes: usize,
    disabled: usize,
    types: Vec<(CompactString, usize)>,
}

fn summary(open: &OpenDocument) -> Option<Summary> {
    let chart = open.document().chart()?;
    let mut types = std::collections::BTreeMap::<&CompactString, usize>::new();
    for node in &chart.nodes {
        *types.entry(&node.type_name.text).or_default() += 1;
    }
    let mut types: Vec<(CompactString, usize)> = types
        .into_iter()
        .map(|(name, count)| (display(name), count))
        .collect();
    types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Some(Summary {
        title: display(open.title()).to_string(),
        nodes: chart.nodes.len(),
        disabled: chart.nodes.iter().filter(|node| node.is_disabled).count(),
        types,
    })
}

/// An export as a whole.
#[component]
pub fn ChartSummary() -> impl IntoView {
    let desk = desk();
    let shown = Memo::new(move |_| desk.read(summary).flatten().unwrap_or_default());
    move || {
        let Summary {
            title,
            nodes,
            disabled,
            types,
        } = shown.get();
        view! {
            <div class="pane-head">
                <span class="card-glyph">{icon(Icon::Review)}</span>
                <h2><bdi>{title}</bdi></h2>
            </div>
            <div class="inspector-body chart-facts">
                <p class="field-note">
                    "An export of Cognigy.AI, to be read and reviewed. It is changed in Cognigy.AI; here only where its cards stand."
                </p>
                <dl class="facts">
                    <dt>"Nodes"</dt>
                    <dd>{nodes}</dd>
                    {(disabled > 0).then(|| view! { <dt>"Disabled"</dt><dd>{counted(disabled, "node")}</dd> })}
                </dl>
                <section class="group">
                    <h3>"Types"</h3>
                    <dl class="facts">
                        {types.into_iter().map(|(name, count)| view! { <dt><bdi>{name.to_string()}</bdi></dt><dd>{count}</dd> }).collect_view()}
                    </dl>
                </section>
            </div>
        }
    }
}
