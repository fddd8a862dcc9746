//! The frame of the page: header, rail, main area, inspector, panel below.

use flow::keyboard::Keymap;
use leptos::prelude::*;

use super::autosave::{Autosave, SaveState, expects_documents};
use super::banner::Banner;
use super::desk::{Desk, desk};
use super::explain::Explained;
use super::files::{self, HiddenFileInput, Intake};
use super::header::Header;
use super::icons::{Icon, icon};
use super::keys;
use super::notices::{Notice, NoticeList};
use super::parts::Parts;
use super::parts::workbench::Views;
use super::payload::is_form;
use super::review::ReviewDesk;
use super::start::StartScreen;
use super::theme::Theme;
use super::workplace::Workplace;
use crate::browser::page;

/// What the user is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// The canvas and the editors.
    #[default]
    Design,
    /// The desk for many files.
    Review,
    /// Working on a tenant.
    Operate,
    /// What was done on tenants.
    Audit,
}

/// How long after the first look at a document what works on tenants is fetched, in milliseconds.
const IDLE: i32 = 4000;

/// Which parts of the frame are shown.
#[derive(Clone, Copy)]
pub struct Panels {
    /// The outline on the left.
    pub outline: RwSignal<bool>,
    /// The inspector on the right.
    pub inspector: RwSignal<bool>,
    /// The problems below.
    pub problems: RwSignal<bool>,
    /// The source beside the canvas.
    pub source: RwSignal<bool>,
    /// The minimap on the canvas.
    pub minimap: RwSignal<bool>,
}

impl Panels {
    fn new() -> Self {
        let width = page::window()
            .inner_width()
            .ok()
            .and_then(|width| width.as_f64());
        let wide = width.unwrap_or(1280.0);
        Self {
            outline: RwSignal::new(wide >= 1180.0),
            inspector: RwSignal::new(wide >= 760.0),
            problems: RwSignal::new(wide >= 760.0),
            source: RwSignal::new(false),
            minimap: RwSignal::new(page::remembered(MINIMAP).is_none()),
        }
    }
}

/// Where it is kept that the minimap is hidden.
const MINIMAP: &str = "flowdeck.minimap";

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let desk = Desk::new();
    let panels = Panels::new();
    provide_context(desk);
    provide_context(panels);
    let theme = Theme::new();
    provide_context(theme);
    let activity = RwSignal::new(Activity::default());
    let review = ReviewDesk::new(desk, activity);
    let explained = Explained::new();
    provide_context(explained);
    provide_context(activity);
    provide_context(review);
    let parts = Parts::new();
    provide_context(parts);
    let intake = Intake::new(desk, review, parts, activity);
    provide_context(intake);
    let place = Workplace {
        desk,
        review,
        intake,
        activity,
        panels,
        theme,
        overlay: RwSignal::new(None),
        finding: RwSignal::new(None),
        tour: RwSignal::new(None),
        keymap: RwSignal::new(Keymap::default()),
    };
    provide_context(place);
    Effect::new(move |_| {
        let hidden = !panels.minimap.get();
        page::remember(MINIMAP, hidden.then_some("hidden"));
    });
    if review.ask_from_address() {
        activity.set(Activity::Review);
    }
    keys::listen(place, parts);
    files::listen(intake);
    let autosave = Autosave::start(desk);
    provide_context(autosave);
    bring_in(parts, autosave, desk);
    bring_in_operate(parts, autosave, activity);
    let restoring = move || expects_documents() && autosave.state.get() == SaveState::Opening;
    let empty = move || desk.active.get().is_none();
    let is_graph = graph_shown(desk);
    Effect::new(move |_| {
        let unsaved = desk.tabs.with(|tabs| tabs.iter().any(|tab| tab.unsaved));
        let active = desk.active.get();
        let name = desk.tabs.with(|tabs| {
            tabs.iter()
                .find(|tab| Some(tab.id) == active)
                .map(|tab| tab.title.clone())
        });
        let mark = if unsaved { "● " } else { "" };
        let name = name.map_or_else(String::new, |name| format!("{name} · "));
        page::document().set_title(&format!("{mark}{name}Flowdeck"));
    });
    view! {
        <div class="app" class:is-empty=empty>
            <HiddenFileInput/>
            <Header/>
            <div class="banners">
                <Banner/>
                {move || parts.operate.get().map(|views| (views.unfinished)())}
            </div>
            <div
                class="frame"
                class:has-problems=move || panels.problems.get()
            >
                <Rail panels activity/>
                {move || match activity.get() {
                    Activity::Design => None,
                    Activity::Review => Some(parts.workbench.show(|views| (views.review)())),
                    Activity::Operate => Some(parts.operate.show(|views| (views.operate)())),
                    Activity::Audit => Some(parts.operate.show(|views| (views.audit)())),
                }}
                <Show when=move || activity.get() == Activity::Design && empty() && !restoring()><StartScreen/></Show>
                <Show when=restoring><p class="restoring" role="status">"Opening your workspace…"</p></Show>
                <Show when=move || activity.get() == Activity::Design && !empty()>
                    <Workbench is_graph/>
                </Show>
            </div>
            {move || parts.workbench.get().map(|views| (views.dialogs)(explained))}
            <NoticeList notices=desk.notices/>
        </div>
    }
}

/// Says when the page can be used, and fetches the parts that are shown later: at once where there
/// are documents to show, else when nothing that is needed sooner is kept waiting by it.
fn bring_in(parts: Parts, autosave: Autosave, desk: Desk) {
    let awaited = expects_documents();
    if awaited {
        parts.workbench.want();
    }
    Effect::new(move |announced: Option<bool>| {
        if announced == Some(true) {
            return true;
        }
        let opened = !awaited || autosave.opened.get();
        let shown = !awaited || desk.active.get().is_none() || parts.workbench.is_settled();
        if opened && shown {
            super::announce_ready();
            parts.workbench.want();
        }
        opened && shown
    });
}

/// Fetches what works on tenants when it is asked for, when an operation was interrupted, when a file
/// brings connections, or when a document is open and nothing else is to do.
fn bring_in_operate(parts: Parts, autosave: Autosave, activity: RwSignal<Activity>) {
    let desk = desk();
    Effect::new(move |_| {
        let asked = matches!(activity.get(), Activity::Operate | Activity::Audit);
        if asked || autosave.interrupted.get() {
            parts.operate.want();
        } else if desk.active.get().is_some() && parts.workbench.is_settled() {
            page::after(IDLE, move || parts.operate.want());
        }
    });
    Effect::new(move |_| {
        if desk.brought.with(Vec::is_empty) {
            return;
        }
        leptos::task::spawn_local(async move {
            if parts.operate.arrive().await.is_none() {
                desk.notices.show(Notice::error(
                    "The connections of the file were not taken yet, because a part of Flowdeck could \
                     not be downloaded. Its documents are open. Show Operate and try again there: they \
                     are taken then.",
                ));
            }
        });
    });
}

/// The open document: outline, canvas or form, source, inspector, problems.
#[component]
fn Workbench(is_graph: Memo<bool>) -> impl IntoView {
    let panels = expect_context::<Panels>();
    let parts = expect_context::<Parts>();
    let shown = move |views: Views| {
        view! {
            <Show when=move || panels.outline.get() && is_graph.get()>{(views.outline)()}</Show>
            <main class="main" aria-label="Design">
                <Show when=move || is_graph.get() fallback=move || (views.payload)()>
                    {(views.canvas)()}
                </Show>
                <Show when=move || panels.source.get() && is_graph.get()>
                    {(views.source)(panels.source)}
                </Show>
            </main>
            <Show when=move || panels.inspector.get() && is_graph.get()>{(views.inspector)()}</Show>
            {(views.problems)(panels)}
        }
        .into_any()
    };
    parts.workbench.show(shown)
}

/// Whether the shown document is drawn on the canvas.
fn graph_shown(desk: Desk) -> Memo<bool> {
    Memo::new(move |_| {
        desk.read(|open| !is_form(open.document().kind()))
            .unwrap_or(true)
    })
}

#[component]
fn Rail(panels: Panels, activity: RwSignal<Activity>) -> impl IntoView {
    let desk = desk();
    let is_graph = graph_shown(desk);
    let editing = move || activity.get() == Activity::Design && desk.active.get().is_some();
    view! {
        <nav class="rail" aria-label="Activities">
            <ActivityButton activity own=Activity::Design label="Design" glyph=Icon::Design/>
            <ActivityButton activity own=Activity::Review label="Review" glyph=Icon::Review/>
            <ActivityButton activity own=Activity::Operate label="Operate" glyph=Icon::Operate/>
            <ActivityButton activity own=Activity::Audit label="Audit" glyph=Icon::Audit/>
            <span class="rail-space"></span>
            <Show when=editing>
                <Show when=move || is_graph.get()>
                    <PanelToggle open=panels.outline label="Outline" glyph=Icon::Outline/>
                    <PanelToggle open=panels.source label="Source" glyph=Icon::Source/>
                </Show>
                <PanelToggle open=panels.problems label="Problems" glyph=Icon::Panel/>
                <Show when=move || is_graph.get()>
                    <PanelToggle open=panels.inspector label="Inspector" glyph=Icon::Inspector/>
                </Show>
            </Show>
        </nav>
    }
}

#[component]
fn ActivityButton(
    activity: RwSignal<Activity>,
    own: Activity,
    label: &'static str,
    glyph: Icon,
) -> impl IntoView {
    let current = move || activity.get() == own;
    view! {
        <button
            class="rail-item"
            class:is-current=current
            aria-current=move || current().then_some("page")
            on:click=move |_| activity.set(own)
        >
            {icon(glyph)}
            <span>{label}</span>
        </button>
    }
}

#[component]
fn PanelToggle(open: RwSignal<bool>, label: &'static str, glyph: Icon) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            aria-label=format!("Toggle {}", label.to_lowercase())
            title=format!("{label} panel")
            aria-pressed=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon(glyph)}
        </button>
    }
}
