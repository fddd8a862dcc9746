//! The tools for several selected cards: aligning, distributing, tidying them.

use flow::open_document::{Align, Spread};
use leptos::prelude::*;

use super::frames;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::keys;

/// Moves the selected cards to one line.
pub fn align(desk: Desk, align: Align) -> bool {
    desk.run(|open| open.align_command(align))
}

/// Spreads the selected cards evenly.
pub fn distribute(desk: Desk, spread: Spread) -> bool {
    desk.run(|open| open.distribute_command(spread))
}

/// A toolbar that is there when two or more cards are selected.
#[component]
pub fn ArrangeTools() -> impl IntoView {
    let desk = desk();
    let count = Memo::new(move |_| {
        desk.read_selected(|open| open.selection().cards.len())
            .unwrap_or(0)
    });
    let aligns = move || {
        Align::ALL.map(|how| view! {
            <button class="icon-button" aria-label=how.label() title=how.label() on:click=move |_| { align(desk, how); }>
                {icon(align_icon(how))}
            </button>
        })
    };
    let spreads = move || {
        Spread::ALL.map(|how| {
            view! {
                <button
                    class="icon-button"
                    aria-label=how.label()
                    title=how.label()
                    disabled=move || { count.get() < 3 }
                    on:click=move |_| { distribute(desk, how); }
                >
                    {icon(spread_icon(how))}
                </button>
            }
        })
    };
    view! {
        <Show when=move || { count.get() >= 2 }>
            <div class="arrange-tools" data-covers-canvas role="toolbar" aria-label="Arrange">
                {aligns()}
                <span class="header-rule"></span>
                {spreads()}
                <span class="header-rule"></span>
                <button
                    class="icon-button"
                    aria-label="Tidy selection"
                    title="Tidy the selected cards (Shift+Alt+T)"
                    on:click=move |_| keys::tidy(desk)
                >
                    {icon(Icon::Tidy)}
                </button>
                <button class="icon-button" aria-label="Group" title="Group (Ctrl+G)" on:click=move |_| { frames::group(desk); }>
                    {icon(Icon::Group)}
                </button>
            </div>
        </Show>
    }
}

fn align_icon(align: Align) -> Icon {
    match align {
        Align::Left => Icon::AlignLeft,
        Align::Center => Icon::AlignCenter,
        Align::Right => Icon::AlignRight,
        Align::Top => Icon::AlignTop,
        Align::Middle => Icon::AlignMiddle,
        Align::Bottom => Icon::AlignBottom,
    }
}

fn spread_icon(spread: Spread) -> Icon {
    match spread {
        Spread::Horizontally => Icon::SpreadHorizontally,
        Spread::Vertically => Icon::SpreadVertically,
    }
}
