//! The reports of a review, and baselines: both are files that are handed to the user.

use flow::document::Document;
use flow::report::{Report, ReportFormat, ReviewedBy};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::acknowledged::reviewer;
use super::store::ReviewDesk;
use crate::browser::files::download;
use crate::browser::page;
use crate::ui::menu::Menu;
use crate::ui::notices::Notice;

/// What a baseline is called unless somebody says otherwise.
const BASELINE: &str = "flowdeck-baseline.json";

impl ReviewDesk {
    fn report(self) -> Report {
        let files = self.files.with_untracked(|files| {
            let files = files.iter();
            files.map(|file| file.report.clone()).collect()
        });
        let (skipped, known) = self
            .book
            .with_value(|book| (book.skipped + book.others, book.known.iter().sum()));
        Report {
            files,
            skipped,
            known,
            review: Some(ReviewedBy {
                reviewer: reviewer(),
                at: page::now_utc(),
                note: String::new(),
            }),
        }
    }

    /// Hands the report to the user as a file.
    pub fn download(self, format: ReportFormat) {
        spawn_local(async move {
            let mut report = self.report();
            if format == ReportFormat::Html {
                self.draw(&mut report).await;
            }
            self.hand_over(
                format.file_name(),
                format.media_type(),
                &report.write(format),
            );
        });
    }

    /// Adds the pictures, one at a time.
    async fn draw(self, report: &mut Report) {
        let files = self.files.get_untracked();
        for (own, file) in report.files.iter_mut().zip(files) {
            let document = file
                .text()
                .and_then(|text| Document::read(text.clone()).ok());
            if let Some(document) = document {
                own.draw(document);
                page::pause().await;
            }
        }
    }

    /// Hands all problems to the user as a baseline.
    pub fn download_baseline(self) {
        let found = self.book.with_value(|book| {
            let found = book.found.iter();
            found.map(|file| file.report.clone()).collect()
        });
        let report = Report {
            files: found,
            ..Report::default()
        };
        let text = report.to_baseline(&str::to_owned);
        self.hand_over(BASELINE, "application/json", &text);
    }

    fn hand_over(self, name: &str, kind: &str, text: &str) {
        match download(name, kind, text) {
            Ok(()) => self.desk.notices.announce(format!("{name} is downloaded.")),
            Err(reason) => self.desk.notices.show(Notice::error(format!(
                "{name} could not be downloaded; what is under review is still here. {reason}"
            ))),
        }
    }
}

/// What there is besides the report as a page.
pub fn more(menu: Menu) -> AnyView {
    let review = expect_context::<ReviewDesk>();
    let formats = ReportFormat::ALL.into_iter().skip(1).map(|format| {
        let save = move |_| {
            menu.close();
            review.download(format);
        };
        view! { <button class="menu-item" on:click=save>{format!("Report as {}", format.label())}</button> }
    });
    let baseline = move |_| {
        menu.close();
        review.download_baseline();
    };
    let drop = move |_| {
        menu.close();
        review.set_baseline(None);
    };
    view! {
        {formats.collect_view()}
        <button class="menu-item" title="Later reviews leave out what is found today" on:click=baseline>
            "Save as baseline"
        </button>
        <Show when=move || review.has_baseline.get()>
            <button class="menu-item" on:click=drop>"Forget the baseline"</button>
        </Show>
    }
    .into_any()
}
