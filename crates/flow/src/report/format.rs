//! The files a report can be written as.

/// A file format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// One page that stands alone.
    Html,
    /// For a ticket or a pull request.
    Markdown,
    /// For programs; the schema is stable.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// For a spreadsheet.
    Csv,
}

impl ReportFormat {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Html,
        Self::Markdown,
        Self::Json,
        Self::Sarif,
        Self::Csv,
    ];

    /// The name people see.
    pub fn label(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Json => "JSON",
            Self::Sarif => "SARIF",
            Self::Csv => "CSV",
        }
    }

    /// What a file of this format is called unless somebody says otherwise.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Html => "flowdeck-report.html",
            Self::Markdown => "flowdeck-report.md",
            Self::Json => "flowdeck-report.json",
            Self::Sarif => "flowdeck-report.sarif",
            Self::Csv => "flowdeck-report.csv",
        }
    }

    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Json => "application/json",
            Self::Sarif => "application/sarif+json",
            Self::Csv => "text/csv",
        }
    }
}
