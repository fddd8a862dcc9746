//! The button of a fix, which shows what it would change before it is pressed: the lines beside it, and
//! a ghost on the canvas.

use flow::editing::{ChangedLines, fix_preview};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::{Desk, desk};
use crate::ui::icons::{Icon, icon};

/// The button of the fix of the problem at an index.
#[component]
pub(super) fn FixButton(index: usize, label: String) -> impl IntoView {
    let desk = desk();
    let button = NodeRef::<html::Button>::new();
    let change = NodeRef::<html::Div>::new();
    let places = RwSignal::new(None::<Vec<ChangedLines>>);
    let corner = RwSignal::new((0.0, 0.0));
    let id = format!("fix-{index}-change");
    let show = move || {
        let found = desk.peek(|open| {
            let fix = open.problems().get(index)?.fix.as_ref()?;
            fix_preview(open.document().tree(), &fix.command).ok()
        });
        places.set(found.flatten());
        let ghost = desk.peek(|open| {
            let fix = open.problems().get(index)?.fix.as_ref()?;
            open.ghost(&fix.command).filter(|ghost| !ghost.is_empty())
        });
        desk.ghost.set(ghost.flatten());
        // Its size is known after it was filled.
        page::next_frame(move || {
            // The problem, and its button, may be gone by now.
            let (Some(button), Some(change)) = (
                button.try_get_untracked().flatten(),
                change.try_get_untracked().flatten(),
            ) else {
                return;
            };
            if places.try_with_untracked(Option::is_some) != Some(true) {
                return;
            }
            // Showing what is shown already is refused, and changes nothing.
            let _ = change.show_popover();
            let (near, own) = (
                button.get_bounding_client_rect(),
                change.get_bounding_client_rect(),
            );
            let left = (near.right() - own.width()).max(8.0);
            let above = near.top() - own.height() - 6.0;
            let top = if above < 8.0 {
                near.bottom() + 6.0
            } else {
                above
            };
            // It was there a moment ago.
            let _ = corner.try_set((left, top));
        });
    };
    // A button that is removed loses the focus, and may say so when its signals are gone.
    let hide = move || {
        let _ = places.try_set(None);
        desk.ghost.set(None);
        if let Some(change) = change.try_get_untracked().flatten() {
            // Hiding what is hidden is refused, and changes nothing.
            let _ = change.hide_popover();
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && places.with_untracked(Option::is_some) {
            event.stop_propagation();
            hide();
        }
    };
    view! {
        <button
            class="button is-small"
            aria-describedby=id.clone()
            node_ref=button
            on:pointerenter=move |_| show()
            on:pointerleave=move |_| hide()
            on:focus=move |_| show()
            on:blur=move |_| hide()
            on:keydown=key
            on:click=move |_| {
                hide();
                apply(desk, index);
            }
        >
            {icon(Icon::Fix)}
            <span>{label}</span>
        </button>
        <div
            class="change"
            popover="manual"
            role="tooltip"
            id=id
            node_ref=change
            style:left=move || format!("{}px", corner.get().0)
            style:top=move || format!("{}px", corner.get().1)
        >
            <p class="change-title">"What this changes"</p>
            {move || places.get().map(|places| if places.is_empty() {
                view! { <p>"Only where cards stand; the file stays as it is."</p> }.into_any()
            } else {
                places.into_iter().map(|place| view! { <Change place/> }).collect_view().into_any()
            })}
        </div>
    }
}

/// The lines of one place, as they are and as they would be.
#[component]
fn Change(place: ChangedLines) -> impl IntoView {
    let line = |class: &'static str, sign: &'static str, said: &'static str, text: String| {
        view! {
            <div class=class>
                <span aria-hidden="true">{sign}</span>
                <span><span class="visually-hidden">{said}</span><bdi>{text}</bdi></span>
            </div>
        }
    };
    view! {
        <span class="change-place">{format!("Line {}", place.line)}</span>
        {place.before.into_iter().map(|text| line("change-line is-before", "−", "Before: ", text)).collect_view()}
        {place.after.into_iter().map(|text| line("change-line is-after", "+", "After: ", text)).collect_view()}
    }
}

fn apply(desk: Desk, index: usize) {
    // The row goes with its problem; the focus stays in the list.
    page::after(0, || page::focus_first(".problem-scroll"));
    desk.run(|open| Some(open.problems().get(index)?.fix.as_ref()?.command.clone()));
}
