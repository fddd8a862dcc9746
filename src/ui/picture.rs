//! Handing out a picture of the shown graph: as a file, or to the printer. How it is drawn is told in
//! [`flow::picture`].

use flow::picture::{Colours, Picture, dot, mermaid, svg};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::menu::Menu;
use super::notices::Notice;
use super::workplace::{Workplace, workplace};
use crate::browser::{files, page, raster};

/// What a picture is handed out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines that stay sharp at any size.
    Svg,
    /// Pixels.
    Png,
    /// A chart in the language Mermaid.
    Mermaid,
    /// A graph in the language of Graphviz.
    Dot,
    /// Paper.
    Print,
}

impl Format {
    const ALL: [Self; 5] = [Self::Svg, Self::Png, Self::Mermaid, Self::Dot, Self::Print];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Svg => ("SVG", "sharp at any size"),
            Self::Png => ("PNG", "for documents and chats"),
            Self::Mermaid => ("Mermaid", "text that wikis draw"),
            Self::Dot => ("DOT", "text for Graphviz"),
            Self::Print => ("Print…", "on one page"),
        }
    }
}

/// Which cards are in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All.
    Whole,
    /// Those selected.
    Selection,
}

/// The colours of the theme; those of the light one for paper.
fn colours(format: Format) -> Colours {
    match format {
        Format::Print => Colours::light(),
        _ => Colours::read(page::style_value),
    }
}

/// Makes a picture and hands it out.
pub fn export(place: Workplace, format: Format, extent: Extent) {
    let desk = place.desk;
    let made = desk.peek(|open| {
        let picture = match extent {
            Extent::Whole => Picture::whole(open),
            Extent::Selection => Picture::selected(open, open.selection()),
        }?;
        let bounds = picture.bounds();
        let text = match format {
            Format::Mermaid => mermaid(&picture),
            Format::Dot => dot(&picture),
            _ => svg(&picture, &colours(format)),
        };
        Some((text, (bounds.width(), bounds.height())))
    });
    let Some((text, size)) = made.flatten() else {
        desk.notices.show(Notice::info(
            "No picture was made: there is nothing to see. Add a node, or select one.",
        ));
        return;
    };
    let stem = desk
        .active
        .get_untracked()
        .and_then(|id| desk.file(id))
        .map_or_else(|| "flow".to_owned(), |(name, ..)| stem(&name));
    match format {
        Format::Svg => hand_out(desk, &format!("{stem}.svg"), "image/svg+xml", &text),
        Format::Mermaid => hand_out(desk, &format!("{stem}.mmd"), "text/plain", &text),
        Format::Dot => hand_out(desk, &format!("{stem}.dot"), "text/plain", &text),
        Format::Png => spawn_local(async move {
            let name = format!("{stem}.png");
            let said = raster::download_png(&name, &text, size).await;
            tell(desk, &name, said);
        }),
        Format::Print => spawn_local(async move {
            if let Err(reason) = raster::print(&text, &stem).await {
                desk.notices.show(Notice::error(format!(
                    "The picture could not be printed. Nothing was changed. {reason}"
                )));
            }
        }),
    }
}

/// The name of a file without what tells its format.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { "flow" } else { stem }.to_owned()
}

fn hand_out(desk: Desk, name: &str, kind: &str, text: &str) {
    tell(desk, name, files::download(name, kind, text));
}

fn tell(desk: Desk, name: &str, said: Result<(), String>) {
    match said {
        Ok(()) => desk.notices.announce(format!("{name} is downloaded.")),
        Err(reason) => desk.notices.show(Notice::error(format!(
            "{name} could not be made. Nothing was changed. {reason}"
        ))),
    }
}

/// What the menu "Export picture" offers.
#[component]
pub fn PictureMenu(menu: Menu) -> impl IntoView {
    let place = workplace();
    let desk = place.desk;
    let selection = RwSignal::new(false);
    let nothing = Memo::new(move |_| {
        desk.read_selection(flow::open_document::Selection::is_empty)
            .unwrap_or(true)
    });
    let extent = move || {
        if selection.get_untracked() && !nothing.get_untracked() {
            Extent::Selection
        } else {
            Extent::Whole
        }
    };
    view! {
        <p class="menu-title">"Export picture"</p>
        <label class="switch-row menu-switch">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                disabled=move || nothing.get()
                prop:checked=move || selection.get() && !nothing.get()
                on:change=move |event| selection.set(event_target_checked(&event))
            />
            <span class="field-label">"Only what is selected"</span>
        </label>
        {Format::ALL.map(|format| {
            let (name, note) = format.words();
            view! {
                <button class="menu-item" on:click=move |_| {
                    menu.close();
                    export(place, format, extent());
                }>
                    <span class="menu-name">{name}</span>
                    <span class="menu-note">{note}</span>
                </button>
            }
        }).collect_view()}
    }
}
