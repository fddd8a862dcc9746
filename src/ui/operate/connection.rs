//! The screen Connection: how a tenant is reached, the credential in memory, testing it, and for the
//! practice tenant what shall go wrong.

mod credential;
mod draft;
mod faults;
mod fields;
mod form;
mod test;

use leptos::prelude::*;

use self::credential::CredentialPanel;
use self::faults::FaultPanel;
use self::form::ConnectionForm;
use self::test::TestPanel;
use super::state::operating;

/// The screen.
#[component]
pub fn ConnectionScreen() -> impl IntoView {
    let operating = operating();
    // Another connection is another form; what is kept of the same one is not, lest that throws away
    // what is being typed.
    let which = Memo::new(move |_| {
        let is_new = operating.is_new.get();
        let practice = !is_new && operating.is_practice();
        (
            is_new,
            practice,
            operating.connection.with(|it| it.name.clone()),
        )
    });
    move || {
        let (is_new, practice, _) = which.get();
        view! {
            <div class="operate-columns">
                <div class="operate-column">
                    <ConnectionForm operating is_new/>
                </div>
                <div class="operate-column">
                    {(!is_new && !practice).then(|| view! { <CredentialPanel operating/> })}
                    {(!is_new).then(|| view! { <TestPanel operating/> })}
                    {practice.then(|| view! { <FaultPanel operating/> })}
                    {is_new.then(|| view! {
                        <section class="panel" aria-label="What comes next">
                            <div class="panel-head"><h2>"What comes next"</h2></div>
                            <p class="field-note">
                                "Once the connection is kept, enter its credential here and test it. A credential \
                                 stays in memory; the connection itself is saved with your workspace."
                            </p>
                        </section>
                    })}
                </div>
            </div>
        }
    }
}
