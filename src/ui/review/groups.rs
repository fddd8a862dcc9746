//! The problems of all files in groups, and one problem as a line of a list.

use flow::review::{Grouping, Place, groups, listed, neighbour};
use leptos::html;
use leptos::prelude::*;

use super::store::ReviewDesk;
use super::table::LISTED;
use crate::browser::page;
use crate::ui::explain::Explained;
use crate::ui::icons::{Icon, icon, severity_icon};

/// The problems by rule or by severity.
#[component]
pub fn Groups(review: ReviewDesk) -> impl IntoView {
    let explained = expect_context::<Explained>();
    let shown = Memo::new(move |_| {
        let grouping = review.grouping.get();
        review
            .filter
            .with(|filter| review.files.with(|files| groups(files, filter, grouping)))
    });
    let none = move || shown.with(Vec::is_empty);
    let rule_of = move |title: &str| {
        (review.grouping.get_untracked() == Grouping::Rule)
            .then(|| flow::rules::rule(title.split(' ').next().unwrap_or_default()))
            .flatten()
    };
    view! {
        <div class="review-scroll review-groups" tabindex="0" role="region" aria-label="Problems under review">
            {move || shown.get().into_iter().map(|group| {
                let more = group.places.len().saturating_sub(LISTED);
                let count = group.places.len();
                let rule = rule_of(&group.title);
                view! {
                    <section class="review-group" data-severity=group.worst.as_str()>
                        <div class="review-group-head">
                            <span class="problem-icon">{icon(severity_icon(group.worst))}</span>
                            <h2>{group.title.clone()}</h2>
                            <span class="pane-count">{count}</span>
                            {rule.map(|rule| view! {
                                <span class="field-note">{rule.summary}</span>
                                <button
                                    class="icon-button is-small"
                                    aria-label=format!("Explain {}", rule.code)
                                    title="What this rule is about"
                                    on:click=move |_| explained.show(rule.code)
                                >
                                    {icon(Icon::Help)}
                                </button>
                            })}
                        </div>
                        <ul class="found">
                            {group.places.into_iter().take(LISTED).map(|place| view! { <Item review place with_file=true/> }).collect_view()}
                        </ul>
                        {(more > 0).then(|| view! { <p class="field-note">{format!("And {more} more; the report has all of them.")}</p> })}
                    </section>
                }
            }).collect_view()}
            <Show when=none><p class="review-none">"No problem under review is what the filter asks for."</p></Show>
        </div>
    }
}

/// One problem, to be read and opened.
#[component]
pub fn Item(review: ReviewDesk, place: Place, with_file: bool) -> impl IntoView {
    let file = review.peek(place.file)?;
    let found = file.report.problems().get(place.problem)?;
    let is_current = Memo::new(move |_| review.selected.get() == Some(place));
    let path = flow::report::visible(file.path()).into_owned();
    let line = NodeRef::<html::Li>::new();
    // What is stepped to is brought into view.
    Effect::new(move |_| {
        if let (true, Some(line)) = (is_current.get(), line.get()) {
            page::bring_into_view(&line);
        }
    });
    Some(view! {
        <li node_ref=line class:is-acknowledged=found.acknowledged.is_some() data-severity=found.severity.as_str()>
            <button
                class="found-problem"
                class:is-current=move || is_current.get()
                aria-current=move || is_current.get().then_some("true")
                on:click=move |_| review.selected.set(Some(place))
            >
                <span class="problem-code">{found.rule.code}</span>
                <span class="problem-icon">
                    {icon(severity_icon(found.severity))}
                    <span class="visually-hidden">{found.severity.as_str()}</span>
                </span>
                <span class="found-words">
                    <bdi>{found.message.clone()}</bdi>
                    {with_file.then(|| view! { <span class="found-file"><bdi>{path}</bdi></span> })}
                    {found.acknowledged.clone().map(|known| view! {
                        <span class="field-note">"Acknowledged: " <bdi>{flow::report::visible(&known.reason).into_owned()}</bdi></span>
                    })}
                </span>
                <span class="problem-place">{format!("{}:{}", found.start.line, found.start.column)}</span>
            </button>
        </li>
    })
}

impl ReviewDesk {
    /// Reads the next problem in the order that is shown, or the previous one.
    pub fn step(self, forward: bool) {
        let filter = self.filter.get_untracked();
        let order = self.order.get_untracked();
        let places: Vec<Place> =
            self.files
                .with_untracked(|files| match self.grouping.get_untracked() {
                    Grouping::File => listed(files, &filter, order)
                        .into_iter()
                        .flat_map(|row| {
                            let file = row.file;
                            let problems = row.problems.into_iter();
                            problems.map(move |problem| Place { file, problem })
                        })
                        .collect(),
                    grouping => groups(files, &filter, grouping)
                        .into_iter()
                        .flat_map(|group| group.places)
                        .collect(),
                });
        match neighbour(&places, self.selected.get_untracked(), forward) {
            Some(place) => self.selected.set(Some(place)),
            None => self.desk.notices.announce("There is no problem to go to."),
        }
    }
}
