//! Operations that were interrupted: found in the journal, looked up by reading, never sent again.

use cognigy::journal::{Record, unfinished};
use cognigy::operation::{Resolution, Resolved, resolve};
use cognigy::send::Watch;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::question::QuestionDialog;
use super::state::{Operating, operating};
use crate::ui::icons::{Icon, icon};
use crate::ui::notices::Notice;
use cognigy::vault::Whom;

/// A handle on them; copied freely.
#[derive(Clone, Copy)]
pub struct Interrupted {
    /// What is left over in the journal.
    records: RwSignal<Vec<Record>>,
    /// What became of those that were looked up.
    found: RwSignal<Vec<Resolved>>,
    /// Whether another tab writes the journal.
    follows: StoredValue<bool>,
}

impl Interrupted {
    /// Nothing is read yet.
    pub fn new() -> Self {
        Self {
            records: RwSignal::new(Vec::new()),
            found: RwSignal::new(Vec::new()),
            follows: StoredValue::new(false),
        }
    }

    /// Says whether another tab writes the journal. What stands in it then may be under way there.
    pub fn follows(self, follows: bool) {
        self.follows.set_value(follows);
    }

    /// Reads what is left over. Not while an operation runs, here or in the tab that writes: its record
    /// is no left-over.
    pub async fn read(self, operating: Operating) {
        if self.follows.get_value() {
            self.records.set(Vec::new());
            return;
        }
        match unfinished(&operating.books()).await {
            Ok((records, unreadable)) => {
                if !unreadable.is_empty() {
                    let text = "Some records of operations cannot be read. They were left as they are. \
                                Look at the tenant before you go on.";
                    operating
                        .desk
                        .notices
                        .show(Notice::error(text).with_details(unreadable));
                }
                self.records.set(records);
            }
            Err(error) => operating.desk.notices.show(Notice::error(format!(
                "Whether an operation was interrupted could not be read. Nothing was sent. {error}"
            ))),
        }
    }

    /// Looks up what became of them.
    pub async fn look(self, operating: Operating) -> Vec<Resolved> {
        if operating.busy.get_untracked() {
            return Vec::new();
        }
        operating.busy.set(true);
        let records = self.records.get_untracked();
        let mut tenants: Vec<&String> = records.iter().map(|record| &record.tenant).collect();
        tenants.sort();
        tenants.dedup();
        let mut found = Vec::new();
        for tenant in tenants {
            let connections = operating.connections.get_untracked();
            let mut ours = connections
                .into_iter()
                .filter(|connection| connection.base_url == *tenant);
            let usable = ours.find(|connection| operating.has_credential(&Whom::of(connection)));
            let resolved = match usable {
                Some(connection) => match operating.tools_for(&connection).await {
                    Ok(tools) => resolve(&tools, &Watch::default())
                        .await
                        .map_err(|error| error.to_string()),
                    Err(not_ready) => Err(not_ready.0),
                },
                None => Ok(Vec::new()).map(|none| (none, Vec::new())),
            };
            match resolved {
                Ok((resolved, _)) => found.extend(
                    resolved
                        .into_iter()
                        .filter(|it| it.resolution != Resolution::OtherTenant),
                ),
                Err(reason) => operating.desk.notices.show(Notice::error(format!(
                    "What became of it could not be found out. Nothing was sent. {reason}"
                ))),
            }
        }
        let left = records
            .iter()
            .filter(|record| found.iter().all(|resolved| resolved.record.id != record.id));
        let left: Vec<Resolved> = left
            .map(|record| Resolved {
                record: record.clone(),
                resolution: Resolution::OtherTenant,
            })
            .collect();
        found.extend(left);
        operating.busy.set(false);
        self.read(operating).await;
        self.found.set(found.clone());
        found
    }
}

/// The banner, and the questions that operations ask.
#[component]
pub fn Unfinished() -> impl IntoView {
    let operating = operating();
    let Interrupted { records, found, .. } = operating.interrupted;
    // What ended unknown in this visit is told where it ended.
    let some = move || {
        records.with(|records| !records.is_empty())
            && found.with(Vec::is_empty)
            && !operating.busy.get()
    };
    let look = move |_| {
        spawn_local(async move {
            operating.interrupted.look(operating).await;
        });
    };
    let all_known = move || {
        found.with(|found| {
            found.iter().all(|it| {
                !matches!(
                    it.resolution,
                    Resolution::Unreadable(_) | Resolution::OtherTenant
                )
            })
        })
    };
    view! {
        // Here because it has to be asked whatever is shown.
        <QuestionDialog questions=operating.questions/>
        <Show when=some>
            <div class="banner is-warning" role="status" aria-label="Interrupted operations">
                {icon(Icon::Warning)}
                <p>
                    {move || match records.with(Vec::len) {
                        1 => "An operation on a tenant was interrupted before it was known how it ended.".to_owned(),
                        count => format!("{count} operations on tenants were interrupted before it was known how they ended."),
                    }}
                    " Nothing is sent again by itself; reading the tenant tells."
                </p>
                <button class="button is-small is-primary" on:click=look>"Find out what became of it"</button>
            </div>
        </Show>
        <Show when=move || found.with(|found| !found.is_empty())>
            <div class="banner" role="status" aria-label="Interrupted operations">
                {move || icon(if all_known() { Icon::Check } else { Icon::Warning })}
                <ul class="banner-list">
                    {move || found.get().into_iter().map(|resolved| view! { <li>{resolved.to_string()}</li> }).collect_view()}
                </ul>
                <Show when=move || !all_known()>
                    <button class="button is-small" disabled=move || operating.busy.get() on:click=look>"Look again"</button>
                </Show>
                <button class="button is-small" on:click=move |_| found.set(Vec::new())>"Close"</button>
            </div>
        </Show>
    }
}
