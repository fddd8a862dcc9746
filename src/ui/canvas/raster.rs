//! The raster under the cards: a still layer with a margin that pan and zoom only move, and a moving
//! layer above it. A small still layer is painted at once when it is due; a large one in slices onto
//! a sheet of its own, which is shown when it is ready.

use flow::view::View;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::colours::Colours;
use super::gestures::Gestures;
use super::overlay::Overlay;
use super::sheet::{MARGIN, context, place, prepare, prepare_overlay, show};
use super::still::{self, Job};
use crate::browser::page;
use crate::ui::desk::{Desk, DocumentId, desk};
use crate::ui::theme::Theme;

/// How much of the margin may be used up before the still layer is painted for where the view is.
const USED_UP: f64 = 112.0;
/// With more than this to paint the still layer is painted in slices, and when zooming rests.
const LIVE_ITEMS: usize = 1_500;
/// How long a slice takes, in milliseconds: with what the browser does it fits into a frame.
const SLICE: f64 = 4.0;
/// How long zooming must rest, in milliseconds, before much is painted anew.
const REST: i32 = 120;

/// What the sheet that is shown holds.
#[derive(Clone, Debug)]
struct Shown {
    document: Option<DocumentId>,
    view: View,
    items: usize,
    is_complete: bool,
    without: Vec<u32>,
}

/// What is painted and what is to be.
#[derive(Default)]
struct State {
    /// Which of the two sheets is shown.
    front: usize,
    shown: Option<Shown>,
    job: Option<Job>,
    /// The cards that the shown sheet leaves out or shows elsewhere, sorted.
    floating: Vec<u32>,
    /// Whether what is shown is not what it should be.
    is_stale: bool,
    frame_due: bool,
    overlay: OverlayState,
    /// Grows with every wish to paint late, so that only the last one is fulfilled.
    wish: u32,
}

/// What is known of the moving layer.
#[derive(Default)]
struct OverlayState {
    is_due: bool,
    /// Whether anything is painted on it.
    is_painted: bool,
}

/// The raster; copied freely.
#[derive(Clone, Copy)]
struct Raster {
    desk: Desk,
    gestures: Gestures,
    state: StoredValue<State, LocalStorage>,
    sheets: [NodeRef<html::Canvas>; 2],
    overlay: NodeRef<html::Canvas>,
    colours: Memo<Colours>,
}

/// The raster layer.
#[component]
pub fn RasterLayer(gestures: Gestures) -> impl IntoView {
    let theme = expect_context::<Theme>();
    let colours = Memo::new(move |_| {
        theme.changed.track();
        theme.choice.track();
        Colours::read()
    });
    let raster = Raster {
        desk: desk(),
        gestures,
        state: StoredValue::new_local(State::default()),
        sheets: [NodeRef::new(), NodeRef::new()],
        overlay: NodeRef::new(),
        colours,
    };
    raster.follow();
    let [first, second] = raster.sheets;
    view! {
        <canvas class="raster" node_ref=first aria-hidden="true"></canvas>
        <canvas class="raster" node_ref=second aria-hidden="true"></canvas>
        <canvas class="raster is-overlay" node_ref=raster.overlay aria-hidden="true"></canvas>
    }
}

impl Raster {
    /// Paints whenever something that is shown changes.
    fn follow(self) {
        let desk = self.desk;
        let gestures = self.gestures;
        Effect::new(move |_| {
            desk.revision.track();
            desk.size.track();
            self.colours.track();
            self.renew();
        });
        Effect::new(move |was_large: Option<bool>| {
            desk.selected.track();
            self.paint_overlay_soon();
            let large = desk.peek(still::is_large).unwrap_or_default();
            if large || was_large == Some(true) {
                self.renew();
            }
            large
        });
        Effect::new(move |_| {
            desk.dragged.track();
            self.float();
            self.paint_overlay_soon();
        });
        Effect::new(move |_| {
            gestures.reach.track();
            gestures.hovered.track();
            desk.ghost.track();
            self.paint_overlay_soon();
        });
        Effect::new(move |_| {
            let view = desk.view.get();
            self.paint_overlay_soon();
            self.moved(view);
        });
    }

    /// What is shown is not right any more: paints it anew, from the beginning if it is under way.
    fn renew(self) {
        self.state.update_value(|state| {
            state.is_stale = true;
            state.job = None;
        });
        self.paint_soon();
        self.paint_overlay_soon();
    }

    /// Notes which cards are dragged, when a drag begins or ends.
    fn float(self) {
        let mut previewed = self
            .desk
            .peek(|open| open.previewed().to_vec())
            .unwrap_or_default();
        previewed.sort_unstable();
        let changed = self
            .state
            .try_update_value(|state| {
                let known = state.job.as_ref().map(|job| &job.without);
                let known = known.or(state.shown.as_ref().map(|shown| &shown.without));
                if known.is_some_and(|known| *known == previewed) {
                    return false;
                }
                // Until a sheet without them is ready, they are painted above the one there is.
                state.floating.extend(&previewed);
                state.floating.sort_unstable();
                state.floating.dedup();
                true
            })
            .unwrap_or_default();
        if changed {
            self.renew();
        }
    }

    /// The view moved: moves what is painted, and paints anew what that does not do for.
    fn moved(self, view: View) {
        enum Next {
            Nothing,
            Now,
            Rested(u32),
        }
        let Some(front) = self.front() else { return };
        let next = self.state.try_update_value(|state| {
            let Some(shown) = &state.shown else {
                return Next::Now;
            };
            place(&front, shown.view, view);
            let zoomed = (shown.view.zoom - view.zoom).abs() > f64::EPSILON;
            let is_small = shown.items <= LIVE_ITEMS;
            if zoomed && !is_small {
                state.wish = state.wish.wrapping_add(1);
                return Next::Rested(state.wish);
            }
            let off = view.pan - shown.view.pan;
            let left = off.x.abs().max(off.y.abs()) > USED_UP && !shown.is_complete;
            // A large sheet that is under way is finished before the next one is begun.
            if zoomed || (left && state.job.is_none()) {
                state.is_stale = true;
                Next::Now
            } else {
                Next::Nothing
            }
        });
        match next {
            Some(Next::Now) => self.paint_soon(),
            Some(Next::Rested(wish)) => page::after(REST, move || {
                let current = self.state.try_with_value(|state| state.wish == wish);
                if current == Some(true) {
                    self.renew();
                }
            }),
            Some(Next::Nothing) | None => {}
        }
    }

    fn front(self) -> Option<HtmlCanvasElement> {
        let front = self.state.try_with_value(|state| state.front)?;
        self.sheets[front].get_untracked()
    }

    fn paint_soon(self) {
        let due = self
            .state
            .try_update_value(|state| std::mem::replace(&mut state.frame_due, true));
        if due == Some(false) {
            page::next_frame(move || self.paint());
        }
    }

    fn paint_overlay_soon(self) {
        let due = self
            .state
            .try_update_value(|state| std::mem::replace(&mut state.overlay.is_due, true));
        if due == Some(false) {
            page::next_frame(move || self.paint_overlay());
        }
    }

    /// Begins the still layer or paints it on.
    fn paint(self) {
        // The canvas may be gone by the time a frame comes.
        let Some(colours) = self.colours.try_get_untracked() else {
            return;
        };
        let view = self.desk.view.get_untracked();
        let document = self.desk.active.get_untracked();
        let size = self.desk.size.get_untracked();
        let [Some(first), Some(second)] = self.sheets.map(|sheet| sheet.get_untracked()) else {
            return;
        };
        let sheets = [first, second];
        let Some(mut state) = self.state.try_update_value(std::mem::take) else {
            return;
        };
        state.frame_due = false;
        let again = self
            .desk
            .peek(|open| {
                let mut begun = None;
                if state.job.is_none() && state.is_stale {
                    state.is_stale = false;
                    let mut without = open.previewed().to_vec();
                    without.sort_unstable();
                    let area = view.visible(size.0, size.1).grown(MARGIN / view.zoom);
                    begun = Some(Job::new(open, view, area, without));
                }
                let is_begun = begun.is_some();
                let Some(mut job) = begun.or_else(|| state.job.take()) else {
                    return false;
                };
                let is_small = job.items <= LIVE_ITEMS;
                let is_other = state
                    .shown
                    .as_ref()
                    .is_none_or(|shown| shown.document != document);
                // A first sheet is shown while it is painted, so that something is to be seen at once.
                let sheet = if is_small || is_other {
                    state.front
                } else {
                    1 - state.front
                };
                let context = if is_begun {
                    prepare(&sheets[sheet], size)
                } else {
                    context(&sheets[sheet])
                };
                let Some(context) = context else { return false };
                if is_other && is_begun {
                    place(&sheets[sheet], job.view, view);
                }
                let until = if is_small {
                    f64::INFINITY
                } else {
                    page::now() + SLICE
                };
                if job.paint(&context, &colours, open, until) {
                    show(&sheets, sheet);
                    place(&sheets[sheet], job.view, view);
                    state.front = sheet;
                    state.floating.clone_from(&job.without);
                    state.shown = Some(Shown {
                        document,
                        view: job.view,
                        items: job.items,
                        is_complete: job.is_complete,
                        without: job.without,
                    });
                    state.is_stale
                } else {
                    if is_other {
                        show(&sheets, sheet);
                    }
                    state.job = Some(job);
                    true
                }
            })
            .unwrap_or_default();
        self.state.set_value(state);
        if again {
            self.paint_soon();
        } else {
            // What the new sheet leaves out or holds is no longer, or now, painted above it.
            self.paint_overlay_soon();
            self.moved(self.desk.view.get_untracked());
        }
    }

    fn paint_overlay(self) {
        // The canvas may be gone by the time a frame comes.
        let Some(colours) = self.colours.try_get_untracked() else {
            return;
        };
        let Some(element) = self.overlay.get_untracked() else {
            return;
        };
        let size = self.desk.size.get_untracked();
        let taken = self.state.try_update_value(|state| {
            state.overlay.is_due = false;
            (
                std::mem::take(&mut state.overlay.is_painted),
                state.floating.clone(),
            )
        });
        let Some((had, floating)) = taken else { return };
        let overlay = Overlay {
            view: self.desk.view.get_untracked(),
            size,
            floating: &floating,
            hovered: self.gestures.hovered.get_untracked(),
            reach: self.gestures.reach.get_untracked(),
            ghost: self.desk.ghost.get_untracked(),
        };
        let needed = self.desk.peek(|open| overlay.has_something(open));
        // An empty layer stays as it is: clearing it would cost a frame something.
        if !had && needed != Some(true) {
            return;
        }
        let Some(context) = prepare_overlay(&element, size) else {
            return;
        };
        let painted = self
            .desk
            .peek(|open| overlay.paint(&context, &colours, open));
        self.state
            .update_value(|state| state.overlay.is_painted = painted.unwrap_or_default());
    }
}
