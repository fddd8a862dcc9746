//! What of the shown states differs from what was loaded.

use cognigy::wire::same;
use flow::document::Document;
use leptos::prelude::*;
use serde_json::Value;

use super::base;
use crate::ui::operate::difference::changes;
use crate::ui::operate::state::Operating;

/// The panel.
#[component]
pub fn ChangedPanel(operating: Operating) -> impl IntoView {
    let both = Memo::new(move |_| {
        let base = base::of_shown(operating)?;
        let now = operating
            .desk
            .read(|open| open.document().text().to_owned())?;
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        Some((value(&base.text), value(&now)))
    });
    let shown = move || base::address(operating).is_some();
    view! {
        <Show when=shown>
            <section class="panel" aria-label="Since it was loaded">
                <div class="panel-head"><h2>"Changed since it was loaded"</h2></div>
                {move || match both.get() {
                    Some((old, new)) if same(&old, &new) => view! {
                        <p class="field-note">"Nothing differs from what the tenant held when it was loaded."</p>
                    }.into_any(),
                    Some((old, new)) => changes(&old, &new),
                    None => view! {
                        <p class="field-note">
                            "These states were opened from a file, so what they began with on this tenant is not known. \
                             A push compares them with the tenant and shows every difference before it asks."
                        </p>
                    }.into_any(),
                }}
            </section>
        </Show>
    }
}

/// What the API cannot change, in words. Followed.
pub fn refusals(operating: Operating) -> Vec<String> {
    let Some(base) = base::of_shown(operating) else {
        return Vec::new();
    };
    let Ok(base) = Document::read(base.text.as_str().into()) else {
        return Vec::new();
    };
    let found = operating.desk.read(|open| {
        let mine = open.document().state_flow()?;
        Some(base::refusals(base.state_flow()?, mine))
    });
    found.flatten().unwrap_or_default()
}
