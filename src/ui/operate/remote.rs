//! What is on a tenant of that which the shown document is for: read whenever something else is chosen,
//! and again when asked. What is read, and how, is up to each screen.

use std::rc::Rc;

use cognigy::connection::Connection;
use cognigy::ports::LocalBoxFuture;
use cognigy::send::Client;
use cognigy::vault::Whom;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Operating;

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// Nobody has asked.
    #[default]
    Unread,
    /// On its way.
    Reading,
    /// As it was when it was read, with what it belongs to.
    Read(String, T),
    /// It could not be read; a sentence.
    Failed(String),
}

impl<T> Remote<T> {
    /// What was read of a subject.
    pub fn of(&self, subject: &str) -> Option<&T> {
        match self {
            Self::Read(of, found) if of == subject => Some(found),
            _ => None,
        }
    }
}

/// How something is read; why not, as a sentence.
pub type Fetch<T> = fn(Rc<Client>, String) -> LocalBoxFuture<'static, Result<T, String>>;

/// A handle on what is on the tenant; copied freely.
pub struct Source<T: 'static> {
    /// What is known of it.
    pub remote: RwSignal<Remote<T>>,
    subject: fn(Operating) -> Option<String>,
    fetch: Fetch<T>,
}

impl<T> Clone for Source<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Source<T> {}

impl<T: Clone + Send + Sync + 'static> Source<T> {
    /// Nothing is read yet. `subject` says, followed, what the shown document is for.
    pub fn new(subject: fn(Operating) -> Option<String>, fetch: Fetch<T>) -> Self {
        Self {
            remote: RwSignal::new(Remote::Unread),
            subject,
            fetch,
        }
    }

    /// What the shown document is for. Followed.
    pub fn subject(self, operating: Operating) -> Option<String> {
        (self.subject)(operating)
    }

    /// What was last read of a subject.
    pub fn seen(self, subject: &str) -> Option<T> {
        self.remote
            .with_untracked(|remote| remote.of(subject).cloned())
    }

    /// Reads whenever something else or another connection is chosen, where that needs no credential
    /// first.
    pub fn follow(self, operating: Operating) {
        let now = Memo::new(move |_| {
            let connection = operating.connection.with(Whom::of);
            let ready = operating.has_credential(&connection);
            (self.subject(operating), connection, ready)
        });
        Effect::new(move |_| {
            let (subject, _, ready) = now.get();
            self.remote.set(Remote::Unread);
            if subject.is_some() && ready && !operating.busy.get_untracked() {
                self.read(operating);
            }
        });
    }

    /// Reads it.
    pub fn read(self, operating: Operating) {
        let Some(asked) = untrack(|| self.subject(operating)) else {
            return;
        };
        let connection = operating.connection.get_untracked();
        self.remote.set(Remote::Reading);
        spawn_local(async move {
            let found = self.look(operating, &connection, &asked).await;
            // The document may be for another one by now, or another tenant chosen.
            if untrack(|| self.subject(operating)).as_ref() == Some(&asked)
                && operating.works_with(&connection)
            {
                self.remote.set(match found {
                    Ok(held) => Remote::Read(asked, held),
                    Err(reason) => Remote::Failed(reason),
                });
            }
        });
    }

    /// What is there now of a subject.
    pub async fn look(
        self,
        operating: Operating,
        connection: &Connection,
        subject: &str,
    ) -> Result<T, String> {
        let tools = operating.tools_for(connection).await;
        let tools = tools.map_err(|not_ready| not_ready.0)?;
        (self.fetch)(tools.client, subject.to_owned()).await
    }

    /// Shows what is there after something was sent.
    pub async fn refresh(self, operating: Operating, connection: &Connection, subject: String) {
        if let Ok(held) = self.look(operating, connection, &subject).await
            && operating.works_with(connection)
        {
            self.remote.set(Remote::Read(subject, held));
        }
    }
}
