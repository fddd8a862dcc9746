//! What each file of a report looks like, that it is the same each time, and that nothing in a
//! reviewed file is obeyed by whatever opens it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod report_set;

use std::collections::BTreeSet;

use base64::Engine as _;
use flow::json::quote;
use flow::report::{FileReport, MAX_CARDS, Report, ReportFormat, ReviewedBy};
use flow::rules;
use proptest::prelude::*;
use report_set::{file, fixed};
use sha2::Digest as _;

/// Without what changes with every rule, and the style sheet.
fn settled(text: &str) -> String {
    let text = text.replace(&rules::version(), "[rules]");
    match (text.find("<style>"), text.find("</style>")) {
        (Some(start), Some(end)) => {
            let hash = text.split("style-src '").nth(1).unwrap();
            let hash = hash.split('\'').next().unwrap().to_owned();
            let page = format!("{}{}", &text[..start], &text[end + "</style>".len()..]);
            page.replace(&hash, "[style]")
        }
        _ => text,
    }
}

#[test]
fn html() {
    insta::assert_snapshot!(settled(&fixed().to_html()));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(settled(&fixed().to_markdown()));
}

#[test]
fn json() {
    insta::assert_snapshot!(settled(&fixed().to_json()));
}

#[test]
fn csv() {
    insta::assert_snapshot!(settled(&fixed().to_csv()));
}

#[test]
fn sarif() {
    let text = settled(&fixed().to_sarif());
    let mut log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    assert_eq!(rules.as_array().unwrap().len(), rules::RULES.len());
    assert_eq!(rules[0]["id"], "FD101");
    assert_eq!(rules[0]["defaultConfiguration"]["level"], "error");
    // A result names its file by number too, and both say the same.
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let index = usize::try_from(artifact["index"].as_u64().unwrap()).unwrap();
        assert_eq!(run["artifacts"][index]["location"]["uri"], artifact["uri"]);
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn only_the_time_tells_two_reports_apart() {
    let first = fixed();
    let mut later = fixed();
    later.review.as_mut().unwrap().at = "2027-01-02T03:04:05Z".to_owned();
    for format in ReportFormat::ALL {
        assert_eq!(first.write(format), fixed().write(format), "{format:?}");
        let written = later.write(format);
        assert_ne!(first.write(format), written, "{format:?}");
        let same = written
            .replace("2027-01-02T03:04:05Z", "2026-11-28T17:32:51Z")
            .replace("2027-01-02 03:04:05 UTC", "2026-11-28 17:32:51 UTC");
        assert_eq!(first.write(format), same, "{format:?}");
    }
}

#[test]
fn the_policy_of_the_page_permits_its_style_alone() {
    let page = fixed().to_html();
    let style = page.split("<style>").nth(1).unwrap();
    let style = style.split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'");
    assert!(page.contains(&policy), "{hash}");
    assert!(!style.contains("url(") && !style.contains("@import"));
}

/// The tags and attributes of a page; text is passed over.
fn markup(page: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut tags, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    let page = match page.split_once("</style>") {
        Some((_, content)) => content,
        None => page,
    };
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>'), "a bracket in a text: {text}");
        let mut name = tag.trim_start_matches('/').splitn(2, [' ', '\n']);
        tags.insert(name.next().unwrap().trim_end_matches('/').to_owned());
        // What stands between quotation marks is a value.
        let outside: String = name
            .next()
            .unwrap_or_default()
            .split('"')
            .step_by(2)
            .collect();
        let names = outside.split_whitespace().filter(|name| *name != "/");
        attributes.extend(names.map(|name| name.trim_end_matches(['=', '/']).to_owned()));
    }
    (tags, attributes)
}

const TAGS: &str = "a b bdi body code dd div dl dt figcaption figure footer g h1 h2 h3 head header \
                    html input label li main ol p path rect section span svg table tbody td text th \
                    thead title tr ul";
const ATTRIBUTES: &str = "aria-hidden aria-label class d fill fill-opacity font-family font-size \
                          font-weight for height href id role rx scope stroke stroke-dasharray \
                          stroke-linecap stroke-linejoin stroke-opacity stroke-width tabindex \
                          text-anchor transform type viewBox width x xml:space xmlns y";

fn assert_harmless(page: &str) {
    let (tags, attributes) = markup(page);
    for tag in &tags {
        assert!(TAGS.split_whitespace().any(|own| own == tag), "<{tag}>");
    }
    for name in &attributes {
        assert!(
            ATTRIBUTES.split_whitespace().any(|own| own == name),
            "{name}"
        );
    }
    // Links lead to places on the page.
    for link in page.split("href=\"").skip(1) {
        assert!(link.starts_with("#file-"), "{}", &link[..20]);
    }
    assert_no_commands(page);
}

fn assert_no_commands(text: &str) {
    let commands = |c: char| {
        (c.is_control() && c != '\n' && c != '\r')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    assert_eq!(text.find(commands), None);
}

/// Checks that all markup in a Markdown text is the report's own.
fn assert_plain(markdown: &str) {
    for line in markdown.lines() {
        let live = without_literals(line).replace("<br>", " ");
        assert!(
            !live.contains(['<', '>', '[', ']', '~', '$', '@', '!', '_', '&'])
                || line.starts_with("> **"),
            "{live}"
        );
        assert!(!live.contains("://"), "{live}");
        if line.starts_with("| FD") || line.starts_with("| | 1:") {
            let bars = live.matches('|').count();
            assert!(bars == 4 || bars == 6, "{line}");
        }
        let is_own = ["# Flowdeck", "## ", "### ", "|", "**", "> **"];
        assert!(
            line.is_empty() || is_own.iter().any(|own| line.starts_with(own)),
            "{line}"
        );
    }
}

/// A line of Markdown without escaped characters and code spans.
fn without_literals(line: &str) -> String {
    let mut live = String::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if letter == '\\' {
            rest = &rest[1..];
            let escaped = rest.chars().next().map_or(0, char::len_utf8);
            rest = &rest[escaped..];
        } else if letter == '`' {
            let fence = rest.len() - rest.trim_start_matches('`').len();
            let inside = &rest[fence..];
            let runs = inside.match_indices(&rest[..fence]).map(|(at, _)| at);
            let end = runs
                .into_iter()
                .find(|&at| !inside[..at].ends_with('`') && !inside[at + fence..].starts_with('`'));
            let end = end.unwrap_or_else(|| panic!("an open code span: {line}"));
            rest = &inside[end + fence..];
        } else {
            live.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    live
}

fn hostile(text: &str) -> Report {
    let quoted = quote(text);
    let flow = format!(
        r#"{{"id": {quoted}, "name": {quoted}, "version": "1.0.0", "entryPoint": {quoted},
        "nodes": [{{"id": {quoted}, "type": {quoted}, "label": {quoted}}}, {{"id": "b", "type": "end", "label": ""}}],
        "edges": [{{"id": {quoted}, "source": {quoted}, "target": "b", "condition": {quoted}}}],
        "flowdeck": {{"allow": [{{"code": "FD109", "pointer": "/nodes/1/label", "reason": {quoted}, "by": {quoted}, "at": {quoted}}}],
            "groups": [{{"id": "g", "label": {quoted}, "members": ["b"]}}],
            "notes": [{{"id": "n", "text": {quoted}, "area": [0, 0, 200, 90]}}]}}}}"#
    );
    let mut broken = FileReport::rejected(text.to_owned(), None, Vec::new());
    broken.outcome = flow::report::Outcome::Rejected(vec![flow::json::ReadError::whole(text)]);
    Report {
        files: vec![file(text, &flow), broken],
        review: Some(ReviewedBy {
            reviewer: text.to_owned(),
            at: text.to_owned(),
            note: text.to_owned(),
        }),
        ..Report::default()
    }
}

/// Checks every format of a report full of this text.
fn assert_obeyed_by_nothing(text: &str) {
    let report = hostile(text);
    let problems = report.files[0].problems().len();
    assert!(problems > 2);
    assert_harmless(&report.to_html());
    let markdown = report.to_markdown();
    assert_no_commands(&markdown);
    assert_plain(&markdown);
    let rows = parse_csv(&report.to_csv());
    assert_eq!(rows.len(), 1 + problems + 1);
    for row in &rows {
        assert_eq!(row.len(), rows[0].len());
        for cell in row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
            assert_no_commands(cell);
        }
    }
    let sarif: serde_json::Value = serde_json::from_str(&report.to_sarif()).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), problems);
    for (written, problem) in results.iter().zip(report.files[0].problems()) {
        assert_eq!(written["message"]["text"], problem.message.as_str());
    }
    assert_eq!(sarif["runs"][0]["properties"]["note"], text);
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["review"]["reviewer"], text);
}

#[test]
fn what_stands_in_a_file_is_obeyed_by_nothing() {
    for text in [
        "</style></title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>' onload='x",
        "javascript:alert(1) [x](javascript:alert(1)) ![y](http://z/) <http://z>",
        "=cmd|' /C calc'!A0",
        "+1\t,\"\"",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a\r\n| b | c |\n\n# heading\n```",
        "\u{202e}exe.gnp\u{2066}\u{0}\u{1b}[2J\u{85}\u{2028}",
        "</text></svg><a href=\"x\">&lt;&amp;",
        "|`|\\|",
    ] {
        assert_obeyed_by_nothing(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_obeyed_by_nothing(text in "[<>\"'&=+@|`\\\\,;\\-\\r\\n\\t #*_\\[\\]()!ab\u{202e}\u{0}é]{1,24}") {
        assert_obeyed_by_nothing(&text);
    }
}

#[test]
fn a_megabyte_is_cut_where_people_read() {
    let report = hostile(&"x<".repeat(500_000));
    let page = report.to_html();
    assert_harmless(&page);
    assert!(page.len() < 400_000, "{} bytes", page.len());
    assert!(page.contains("more characters)"));
    assert!(report.to_markdown().len() <= 60_000);
    let rows = parse_csv(&report.to_csv());
    let longest = rows.iter().flatten().map(|cell| cell.chars().count()).max();
    assert!(longest < Some(32_767), "{longest:?}");
}

#[test]
fn a_row_of_csv_says_what_the_report_says() {
    let report = fixed();
    let rows = parse_csv(&report.to_csv());
    let column = |name: &str| rows[0].iter().position(|own| own == name).unwrap();
    let cell = |row: usize, name: &str| rows[row][column(name)].as_str();
    let mut row = 1;
    for file in &report.files {
        let most = file.problems().len().max(1);
        for number in 0..most {
            assert_eq!(cell(row, "path"), file.path);
            assert_eq!(cell(row, "sha256"), file.content.as_ref().unwrap().sha256);
            if let Some(problem) = file.problems().get(number) {
                assert_eq!(cell(row, "code"), problem.rule.code);
                assert_eq!(cell(row, "line"), problem.start.line.to_string());
                assert_eq!(cell(row, "message"), problem.message);
                let accepted = problem.acknowledged.as_ref();
                let by = accepted.map_or("", |accepted| &accepted.by);
                assert_eq!(cell(row, "acknowledged_by"), by);
            }
            assert_eq!(cell(row, "reviewer"), "Anna Lindqvist");
            row += 1;
        }
    }
    assert_eq!(row, rows.len());
}

#[test]
fn a_long_report_fits_into_a_comment_and_says_what_it_leaves_out() {
    let report = Report {
        files: (0..400)
            .map(|number| file(&format!("flows/{number}.json"), &report_set::blank(30)))
            .collect(),
        ..Report::default()
    };
    let all: usize = report.files.iter().map(|file| file.problems().len()).sum();
    let markdown = report.to_markdown();
    assert!(markdown.len() <= 60_000, "{} bytes", markdown.len());
    assert!(markdown.len() > 50_000, "{} bytes", markdown.len());
    let rules = markdown.split("## Rules").nth(1).unwrap();
    let tables = rules.split("\n## ").skip(1).collect::<String>();
    let listed = tables
        .lines()
        .filter(|line| line.starts_with("| FD"))
        .count();
    let remark = format!("**{} problems of", all - listed);
    assert!(markdown.contains(&remark), "{listed} of {all}");
    // The worst are listed first.
    assert!(!tables.contains("### Warnings"));
    assert!(markdown.contains("more files |"));
}

#[test]
fn a_graph_too_large_for_a_picture_says_so() {
    let page = |nodes: usize| {
        let report = Report {
            files: vec![file("a.json", &report_set::blank(nodes))],
            ..Report::default()
        };
        report.to_html()
    };
    let drawn = page(MAX_CARDS);
    assert!(drawn.contains("<svg ") && !drawn.contains("There is no picture"));
    let left_out = page(MAX_CARDS + 1);
    assert!(!left_out.contains("<svg "));
    assert!(left_out.contains("There is no picture: the graph has 401 cards"));
}

/// The rows and cells of a CSV text, as RFC 4180 has them.
fn parse_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "a line end is CR LF");
                rows.push(vec![String::new()]);
            }
            other => cell.push(other),
        }
    }
    assert!(!quoted, "a quotation mark is not closed");
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line ends");
    rows
}
