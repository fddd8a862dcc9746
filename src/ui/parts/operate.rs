//! What the part "operate" holds: Operate, Audit, and all they stand on.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::ui::audit::Audit;
use crate::ui::operate::{Operate, Unfinished, begin};

/// How to make each view.
#[derive(Clone, Copy)]
pub struct Views {
    /// Makes what the views share; once, in the scope of the page, so that a deployment goes on
    /// while something else is shown.
    pub begin: fn(),
    /// The operations on a tenant.
    pub operate: fn() -> AnyView,
    /// The audit log.
    pub audit: fn() -> AnyView,
    /// Under the header: operations that were interrupted; over the page: questions.
    pub unfinished: fn() -> AnyView,
}

const fn views() -> Views {
    Views {
        begin,
        operate: || view! { <Operate/> }.into_any(),
        audit: || view! { <Audit/> }.into_any(),
        unfinished: || view! { <Unfinished/> }.into_any(),
    }
}

/// Fetches the code. Without the feature `split` it is there already.
#[cfg(not(feature = "split"))]
pub(super) async fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(operate, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn fetch() -> Result<Views, SplitLoaderError> {
    Ok(views())
}
