//! The frame of the page: header, rail, main area, inspector, panel below.

use leptos::prelude::*;

use super::canvas::Canvas;
use super::desk::Desk;
use super::files::{self, HiddenFileInput};
use super::header::Header;
use super::icons::{Icon, icon};
use super::inspector::Inspector;
use super::keys;
use super::notices::NoticeList;
use super::outline::Outline;
use super::problems::Problems;
use super::start::StartScreen;
use super::theme::Theme;
use crate::browser::page;

/// Which parts of the frame are shown.
#[derive(Clone, Copy)]
pub struct Panels {
    /// The outline on the left.
    pub outline: RwSignal<bool>,
    /// The inspector on the right.
    pub inspector: RwSignal<bool>,
    /// The problems below.
    pub problems: RwSignal<bool>,
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
        }
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let desk = Desk::new();
    let panels = Panels::new();
    provide_context(desk);
    provide_context(panels);
    provide_context(Theme::new());
    keys::listen(desk, panels);
    files::listen(desk);
    files::open_from_address(desk);
    let empty = move || desk.active.get().is_none();
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
            <Show when=move || !empty() fallback=|| view! { <StartScreen/> }>
                <div
                    class="frame"
                    class:has-outline=move || panels.outline.get()
                    class:has-inspector=move || panels.inspector.get()
                    class:has-problems=move || panels.problems.get()
                >
                    <Rail panels/>
                    <Show when=move || panels.outline.get()><Outline/></Show>
                    <main class="main" aria-label="Design">
                        <Canvas/>
                    </main>
                    <Show when=move || panels.inspector.get()><Inspector/></Show>
                    <Problems panels/>
                </div>
            </Show>
            <NoticeList notices=desk.notices/>
        </div>
    }
}

#[component]
fn Rail(panels: Panels) -> impl IntoView {
    view! {
        <nav class="rail" aria-label="Activities">
            <a class="rail-item is-current" href="#" aria-current="page" on:click=|event| event.prevent_default()>
                {icon(Icon::Design)}
                <span>"Design"</span>
            </a>
            <span class="rail-space"></span>
            <PanelToggle open=panels.outline label="Outline" glyph=Icon::Outline/>
            <PanelToggle open=panels.problems label="Problems" glyph=Icon::Panel/>
            <PanelToggle open=panels.inspector label="Inspector" glyph=Icon::Inspector/>
        </nav>
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
