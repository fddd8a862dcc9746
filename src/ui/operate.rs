//! The activity Operate: working on a tenant. One file a screen; what they share, the connection with
//! its credential and the operation that runs, is in [`state`]. What is done, and how it is proved,
//! is decided in the client.

mod attempts;
pub mod books;
mod brought;
mod chart;
mod connection;
mod context;
mod deploy;
mod difference;
mod documents;
mod ending;
mod job;
pub mod moments;
mod practice;
mod progress;
mod question;
mod refused;
mod remote;
mod sending;
mod simulate;
pub mod state;
mod transitions;
mod unfinished;
mod values;
mod variables;

use cognigy::connection::Connection;
use cognigy::vault::Whom;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::connection::ConnectionScreen;
use self::context::Context;
pub use self::deploy::CopyButton;
use self::deploy::Deploy;
use self::practice::{PRACTICE_URL, Practice};
use self::simulate::Simulate;
use self::state::{Operating, Screen, operating};
use self::transitions::Transitions;
pub use self::unfinished::Unfinished;
use self::variables::StateVariables;
use super::autosave::Autosave;
use super::desk::desk;
use super::icons::{Icon, icon};
use crate::browser::page;

/// The value of the choice that makes a new connection. No connection has this name.
const NEW: &str = "\u{0}new";

/// Makes what Operate and Audit share, and looks for operations that were interrupted: when the
/// workspace is open, and again when this tab takes over from the one that wrote it.
pub fn begin() {
    let autosave = expect_context::<Autosave>();
    let operating = Operating::new(desk(), autosave);
    provide_context(operating);
    brought::follow(operating.desk, autosave);
    let leave = window_event_listener(leptos::ev::beforeunload, move |event| {
        if operating.busy.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leave.remove());
    let follows = Memo::new(move |_| autosave.follows());
    Effect::new(move |before: Option<Option<bool>>| {
        if !autosave.opened.get() {
            return None;
        }
        let follows = follows.get();
        operating.interrupted.follows(follows);
        let takes_over = before.flatten() == Some(true) && !follows;
        if takes_over {
            operating.books().forget();
        }
        spawn_local(async move {
            operating.interrupted.read(operating).await;
            if takes_over {
                deploy::read_again(operating);
                operating.context.read_again(operating);
                operating.variables.read_again(operating);
                simulate::read_again(operating);
            }
        });
        Some(follows)
    });
}

/// A tenant as questions name it.
pub fn tenant_words(connection: &Connection) -> String {
    if connection.base_url == PRACTICE_URL {
        format!("{} (in this tab)", connection.name)
    } else {
        format!("{} ({})", connection.name, connection.base_url)
    }
}

/// The activity.
#[component]
pub fn Operate() -> impl IntoView {
    let operating = operating();
    let practice = StoredValue::new_local(operating.practice());
    view! {
        <main class="operate" aria-label="Operate">
            <Head operating/>
            {move || practice.with_value(Practice::trouble).map(|reason| view! {
                <p class="panel-failure" role="alert">
                    {format!("What the practice tenant holds is not saved. {reason} It goes on working until the page is closed.")}
                </p>
            })}
            <div class="operate-body" role="tabpanel" aria-labelledby=move || tab_id(operating.screen.get())>
                {move || match operating.screen.get() {
                    Screen::Deploy => view! { <Deploy/> }.into_any(),
                    Screen::Transitions => view! { <Transitions/> }.into_any(),
                    Screen::Context => view! { <Context/> }.into_any(),
                    Screen::StateVariables => view! { <StateVariables/> }.into_any(),
                    Screen::Simulate => view! { <Simulate/> }.into_any(),
                    Screen::Connection => view! { <ConnectionScreen/> }.into_any(),
                }}
            </div>
        </main>
    }
}

/// The connection that is worked with, and the screens.
#[component]
fn Head(operating: Operating) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        if value == NEW {
            operating.is_new.set(true);
            operating.screen.set(Screen::Connection);
            page::show_value(&event, &operating.chosen.get_untracked());
        } else {
            operating.is_new.set(false);
            operating.chosen.set(value);
        }
    };
    let locked = move || !operating.has_credential(&operating.connection.with(Whom::of));
    view! {
        <div class="operate-head">
            <label class="connection-choice">
                <span class="field-label">"Connection"</span>
                <span class="select">
                    <select
                        class="field"
                        disabled=move || operating.busy.get()
                        prop:value=move || operating.chosen.get()
                        on:change=choose
                    >
                        {move || operating.connections.get().into_iter().map(|known| {
                            let own = known.name.clone();
                            view! {
                                <option value=known.name.clone() selected=move || operating.chosen.get() == own>
                                    {known.name.clone()}
                                </option>
                            }
                        }).collect_view()}
                        <option value=NEW>"New connection…"</option>
                    </select>
                </span>
            </label>
            <span class="connection-where">
                {move || if operating.is_practice() {
                    "In this tab. Nothing leaves the machine.".to_owned()
                } else {
                    operating.connection.with(|it| it.base_url.clone())
                }}
            </span>
            <Show when=locked>
                <button class="button is-small" on:click=move |_| {
                    operating.is_new.set(false);
                    operating.screen.set(Screen::Connection);
                }>
                    {icon(Icon::Lock)}
                    <span>"Credential needed"</span>
                </button>
            </Show>
            <span class="rail-space"></span>
            <div class="screen-tabs" role="tablist" aria-label="Screens of Operate" on:keydown=move |event| walk(operating, &event)>
                <ScreenTab operating own=Screen::Deploy label="Deploy"/>
                <ScreenTab operating own=Screen::Transitions label="Transitions"/>
                <ScreenTab operating own=Screen::Context label="Context"/>
                <ScreenTab operating own=Screen::StateVariables label="State variables"/>
                <ScreenTab operating own=Screen::Simulate label="Simulate"/>
                <ScreenTab operating own=Screen::Connection label="Connection"/>
            </div>
        </div>
    }
}

/// The screens in the order of their tabs.
const SCREENS: [Screen; 6] = [
    Screen::Deploy,
    Screen::Transitions,
    Screen::Context,
    Screen::StateVariables,
    Screen::Simulate,
    Screen::Connection,
];

fn tab_id(screen: Screen) -> String {
    format!("screen-{screen:?}").to_lowercase()
}

/// Arrows walk along the tabs.
fn walk(operating: Operating, event: &KeyboardEvent) {
    let now = operating.screen.get_untracked();
    let at = SCREENS
        .iter()
        .position(|screen| *screen == now)
        .unwrap_or(0);
    let last = SCREENS.len() - 1;
    let next = match event.key().as_str() {
        "ArrowRight" => (at + 1) % SCREENS.len(),
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    operating.screen.set(SCREENS[next]);
    page::focus(&tab_id(SCREENS[next]));
}

#[component]
fn ScreenTab(operating: Operating, own: Screen, label: &'static str) -> impl IntoView {
    let current = move || operating.screen.get() == own;
    view! {
        <button
            class="screen-tab"
            role="tab"
            id=tab_id(own)
            aria-selected=move || current().to_string()
            tabindex=move || if current() { "0" } else { "-1" }
            on:click=move |_| operating.screen.set(own)
        >
            {label}
        </button>
    }
}
