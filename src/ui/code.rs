//! Fields for code: conditions and scripts, coloured and checked while they are typed. What is
//! wrong and what can be completed is decided in [`flow::editing`].

mod completion;
mod field;
mod findings;
mod layer;
mod signature;
mod state;
mod text_area;

use std::sync::Arc;

use flow::editing::{Language, Scope};
use leptos::prelude::*;

pub use self::field::CodeField;
pub use self::layer::{Run, put_runs};
pub use self::text_area::{caret, replace_range};
use super::desk::Desk;

/// The names in scope of the shown document, computed when a field first asks and then only when
/// the document changed.
#[derive(Clone, Copy)]
struct SharedScope(Memo<Arc<Scope>>);

/// Lets the fields below share one scope.
pub fn provide_scope(desk: Desk) {
    let scope = Memo::new(move |_| {
        let read = desk.read(|open| Scope::of(open.document(), open.settings()));
        Arc::new(read.unwrap_or_default())
    });
    provide_context(SharedScope(scope));
}

fn shared_scope() -> Memo<Arc<Scope>> {
    expect_context::<SharedScope>().0
}

/// A field for a condition. What was typed is handed to `commit` when the field is left or
/// Ctrl+Enter is pressed; Escape gives the old value back.
#[component]
pub fn ExpressionField(
    #[prop(into)] label: String,
    value: Signal<String>,
    commit: Callback<String>,
    /// Hides the label from the eye; it still names the field.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    view! {
        <CodeField language=Language::Expression rows=2 placeholder="intent.confidence > 0.8" label value commit bare/>
    }
}

/// A field for the script of an action; it behaves as [`ExpressionField`].
#[component]
pub fn ScriptField(
    #[prop(into)] label: String,
    value: Signal<String>,
    commit: Callback<String>,
) -> impl IntoView {
    view! {
        <CodeField language=Language::Script rows=3 placeholder="set(name, value); say(…)" label value commit/>
    }
}
