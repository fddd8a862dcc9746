//! Both versions of a file side by side, as pictures that move together. What differs is framed; a press
//! on a frame shows that difference in the list, and the other way round.

use std::sync::Arc;

use flow::compare::{Marks, overlay};
use flow::document::Document;
use flow::geometry::{Point, Rect};
use flow::open_document::OpenDocument;
use flow::picture::{Colours, Picture, svg};
use flow::review::ComparedFile;
use flow::session::Positions;
use flow::view::View;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::Comparing;
use super::entries::class;
use crate::browser::page;
use crate::browser::raster::Address;

/// Larger pictures are not made: the browser would take seconds for each.
const MOST_CARDS: usize = 1_500;
/// What frames stand off from their cards.
const AROUND: f64 = 6.0;

/// One version as a picture.
struct Side {
    address: Address,
    bounds: Rect,
    /// Where cards are, and how each is marked.
    cards: Vec<(Rect, Marks)>,
}

/// Both pictures.
#[component]
pub fn Pictures(comparing: Comparing, file: ComparedFile) -> impl IntoView {
    let review = comparing.review;
    let open = |index: Option<usize>| {
        let text = review.peek(index?)?.text().cloned()?;
        let document = Document::read(text).ok()?;
        Some(OpenDocument::unchecked(document, Positions::new()))
    };
    let (old, new) = (open(file.files.0), open(file.files.1));
    let comparison = file.comparison.map(Arc::new);
    let too_large = [&old, &new]
        .into_iter()
        .flatten()
        .any(|open| open.diagram().cards.len() > MOST_CARDS);
    let empty = |open: &Option<OpenDocument>| {
        open.as_ref()
            .is_none_or(|open| open.diagram().cards.is_empty())
    };
    if too_large || empty(&old) && empty(&new) {
        let words = if too_large {
            "These versions are too large for pictures side by side. Open them in Design, or download the comparison."
        } else {
            "There is no picture of this kind of file."
        };
        return view! { <p class="review-none">{words}</p> }.into_any();
    }
    let marks = match (&comparison, &old, &new) {
        (Some(comparison), Some(old), Some(new)) => {
            overlay(comparison, old.diagram(), new.diagram())
        }
        _ => flow::compare::Overlay::default(),
    };
    let view = RwSignal::new(View {
        pan: Point::new(24.0, 24.0),
        zoom: 0.5,
    });
    let side =
        |open: Option<OpenDocument>, marks: Vec<Marks>| open.and_then(|open| made(&open, &marks));
    let sides = [side(old, marks.old.cards), side(new, marks.new.cards)];
    // Which card of either side the chosen difference is about.
    let chosen = Memo::new(move |_| {
        let entry = comparing.entry.get()?;
        let comparison = comparison.as_ref()?;
        let entry = comparison.entries.get(entry)?;
        let card = |item: &Option<flow::compare::Item>| item.as_ref().and_then(|item| item.card);
        let (old, new) = (card(&entry.old), card(&entry.new));
        let pairs = &comparison.cards;
        Some([
            old.or_else(|| new.and_then(|new| pairs.old_of(new))),
            new.or_else(|| old.and_then(|old| pairs.new_of(old))),
        ])
    });
    let [old, new] = sides;
    let has_new = new.is_some();
    view! {
        <div class="compare-pictures">
            <Pane title="Old" side=old index=0 leads=!has_new view chosen/>
            <Pane title="New" side=new index=1 leads=has_new view chosen/>
        </div>
    }
    .into_any()
}

fn made(open: &OpenDocument, marks: &[Marks]) -> Option<Side> {
    let picture = Picture::whole(open)?;
    let text = svg(&picture, &Colours::read(page::style_value));
    let rects = open.scene().cards().iter();
    let marks = marks.iter().copied().chain(std::iter::repeat(Marks::SAME));
    Some(Side {
        // Without a picture the frames would stand in nothing.
        address: Address::of(&text).ok()?,
        bounds: picture.bounds(),
        cards: rects.copied().zip(marks).collect(),
    })
}

#[component]
fn Pane(
    title: &'static str,
    side: Option<Side>,
    index: usize,
    /// Whether the first look is at this one.
    leads: bool,
    view: RwSignal<View>,
    chosen: Memo<Option<[Option<u32>; 2]>>,
) -> impl IntoView {
    let Some(side) = side else {
        return view! {
            <section class="compare-pane" aria-label=title>
                <p class="review-none">{format!("There is no {} version.", title.to_lowercase())}</p>
            </section>
        }
        .into_any();
    };
    let pane = NodeRef::<html::Div>::new();
    let Side {
        address,
        bounds,
        cards,
    } = side;
    let source = address.text().to_owned();
    let kept = StoredValue::new_local(address);
    on_cleanup(move || kept.dispose());
    let middle = move || {
        let element = pane.get_untracked()?;
        let rect = element.get_bounding_client_rect();
        Some(Point::new(rect.width() / 2.0, rect.height() / 2.0))
    };
    // The first look: all of the new version, or of the only one.
    Effect::new(move |_| {
        if leads && let Some(element) = pane.get() {
            let rect = element.get_bounding_client_rect();
            if rect.width() > 0.0 {
                view.set(View::fitting(bounds, rect.width(), rect.height(), 24.0));
            }
        }
    });
    let places: Vec<Rect> = cards.iter().map(|(rect, _)| *rect).collect();
    // What is chosen is brought to the middle; the new version leads where both have it.
    Effect::new(move |_| {
        let Some(cards) = chosen.get() else { return };
        let leads = usize::from(cards[1].is_some());
        if leads == index
            && let (Some(card), Some(middle)) = (cards[index], middle())
            && let Some(rect) = places.get(card as usize)
        {
            let zoom = view.get_untracked().zoom.max(0.6);
            view.set(View {
                pan: middle - rect.center() * zoom,
                zoom,
            });
        }
    });
    let dragged = StoredValue::new(None::<Point>);
    let at = |event: &ev::PointerEvent| {
        Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
    };
    let down = move |event: ev::PointerEvent| dragged.set_value(Some(at(&event)));
    let moved = move |event: ev::PointerEvent| {
        if event.buttons() == 0 {
            dragged.set_value(None);
        }
        if let Some(last) = dragged.get_value() {
            let now = at(&event);
            view.update(|view| *view = view.panned(now - last));
            dragged.set_value(Some(now));
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        if event.ctrl_key() || event.meta_key() {
            let Some(element) = pane.get_untracked() else {
                return;
            };
            let rect = element.get_bounding_client_rect();
            let at = Point::new(
                f64::from(event.client_x()) - rect.left(),
                f64::from(event.client_y()) - rect.top(),
            );
            let factor = (-event.delta_y() * 0.0022).exp().clamp(0.5, 2.0);
            view.update(|view| *view = view.zoomed_at(at, factor));
        } else {
            view.update(|view| *view = view.panned(Point::new(-event.delta_x(), -event.delta_y())));
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => Point::new(60.0, 0.0),
            "ArrowRight" => Point::new(-60.0, 0.0),
            "ArrowUp" => Point::new(0.0, 60.0),
            "ArrowDown" => Point::new(0.0, -60.0),
            "+" | "-" => {
                let factor = if event.key() == "+" { 1.25 } else { 0.8 };
                if let Some(middle) = middle() {
                    view.update(|view| *view = view.zoomed_at(middle, factor));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        view.update(|view| *view = view.panned(step));
    };
    let frames = cards
        .into_iter()
        .enumerate()
        .filter(|(_, (_, marks))| !marks.is_same())
        .map(|(card, (rect, marks))| {
            let rect = rect.grown(AROUND);
            let is_chosen = move || {
                let card = u32::try_from(card).ok();
                chosen.with(|cards| {
                    cards.is_some_and(|cards| cards[index].is_some() && cards[index] == card)
                })
            };
            view! {
                <span
                    class="compare-frame"
                    data-change=class(marks)
                    class:is-chosen=is_chosen
                    style:left=format!("{}px", rect.min.x)
                    style:top=format!("{}px", rect.min.y)
                    style:width=format!("{}px", rect.width())
                    style:height=format!("{}px", rect.height())
                ></span>
            }
        })
        .collect_view();
    let transform = move || {
        let view = view.get();
        format!(
            "translate({}px, {}px) scale({})",
            view.pan.x, view.pan.y, view.zoom
        )
    };
    view! {
        <section class="compare-pane" aria-label=title>
            <h2>{title}</h2>
            <div
                class="compare-view"
                tabindex="0"
                role="region"
                aria-label=format!("{title} picture")
                node_ref=pane
                on:pointerdown=down
                on:pointermove=moved
                on:wheel=wheel
                on:keydown=key
            >
                <div class="compare-world" style:transform=transform>
                    <img
                        alt=format!("The {} version", title.to_lowercase())
                        draggable="false"
                        src=source
                        style:left=format!("{}px", bounds.min.x)
                        style:top=format!("{}px", bounds.min.y)
                        width=bounds.width().ceil().to_string()
                        height=bounds.height().ceil().to_string()
                    />
                    {frames}
                </div>
            </div>
        </section>
    }
    .into_any()
}
