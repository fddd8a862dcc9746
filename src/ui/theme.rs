//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::browser::page;

/// Which theme is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What a button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "Theme: system",
            Self::Light => "Theme: light",
            Self::Dark => "Theme: dark",
        }
    }

    /// The next in turn.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// Where the choice is kept: a small setting that must be known before the first paint.
const KEY: &str = "flowdeck.theme";

/// The theme of the page.
#[derive(Clone, Copy)]
pub struct Theme {
    /// The choice.
    pub choice: RwSignal<ThemeChoice>,
    /// Grows when colours change, for what is drawn on a canvas.
    pub changed: RwSignal<u32>,
}

impl Theme {
    /// The theme as it was last chosen.
    pub fn new() -> Self {
        let stored = page::window().local_storage().ok().flatten();
        let choice = stored
            .as_ref()
            .and_then(|storage| storage.get_item(KEY).ok().flatten());
        let choice = match choice.as_deref() {
            Some("light") => ThemeChoice::Light,
            Some("dark") => ThemeChoice::Dark,
            _ => ThemeChoice::System,
        };
        let theme = Self {
            choice: RwSignal::new(choice),
            changed: RwSignal::new(0),
        };
        Effect::new(move |_| {
            let choice = theme.choice.get();
            if let Some(root) = page::root() {
                // A fixed, valid attribute name does not fail.
                let _ = root.set_attribute("data-theme", choice.as_str());
            }
            if let Ok(Some(storage)) = page::window().local_storage() {
                // Storage may be refused; then the choice lasts as long as the page.
                let _ = storage.set_item(KEY, choice.as_str());
            }
            theme.changed.update(|count| *count += 1);
        });
        theme.follow_system();
        theme
    }

    fn follow_system(self) {
        self.follow("(prefers-color-scheme: dark)");
        self.follow("(forced-colors: active)");
    }

    /// Notes that colours are others whenever the answer to a media query is another.
    fn follow(self, query: &str) {
        use wasm_bindgen::JsCast;
        use wasm_bindgen::closure::Closure;
        let Ok(Some(query)) = page::window().match_media(query) else {
            return;
        };
        let listener = Closure::<dyn Fn()>::new(move || self.changed.update(|count| *count += 1));
        query.set_onchange(Some(listener.as_ref().unchecked_ref()));
        // Lives as long as the page does, like the query it listens to.
        listener.forget();
        std::mem::forget(query);
    }
}
