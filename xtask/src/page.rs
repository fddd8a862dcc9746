//! Rewrites the `index.html` that Trunk made: takes out the references to files under their plain
//! names and puts in the hashed ones, their integrity values and the Content Security Policy.

use anyhow::{Context, Result};

/// A file the page refers to.
pub(crate) struct Reference {
    /// Relative to the page.
    pub(crate) url: String,
    pub(crate) integrity: String,
}

/// The references of the finished page.
pub(crate) struct Head {
    pub(crate) policy: String,
    pub(crate) style: Reference,
    /// Loaded ahead; the browser holds later imports of them to the integrity given here.
    pub(crate) modules: Vec<Reference>,
    /// Fetched ahead; `boot.js` checks it.
    pub(crate) wasm: Reference,
    /// The module that starts the page.
    pub(crate) boot: Reference,
}

/// The page without its stylesheets, its script and what Trunk left, and the addresses of the
/// stylesheets in their order.
pub(crate) fn strip(html: &str) -> (String, Vec<String>) {
    let mut rest = html;
    let mut kept = String::with_capacity(html.len());
    let mut styles = Vec::new();
    while let Some((before, tag, after)) = next_tag(rest) {
        let is_style = attribute(tag, "rel") == Some("stylesheet");
        let is_script = tag.starts_with("<script");
        let is_left_over = tag.starts_with("<link") && tag.contains("data-trunk");
        if is_style && let Some(url) = attribute(tag, "href") {
            styles.push(url.to_owned());
        }
        rest = after;
        if is_style || is_script || is_left_over {
            kept.push_str(before);
            if is_script {
                rest = rest
                    .split_once("</script>")
                    .map_or(rest, |(_, after)| after);
            }
        } else {
            kept.push_str(before);
            kept.push_str(tag);
        }
    }
    kept.push_str(rest);
    let lines: Vec<_> = kept
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    (lines.join("\n") + "\n", styles)
}

/// Puts `head` into a page that [`strip`] made.
pub(crate) fn complete(stripped: &str, head: &Head) -> Result<String> {
    let mut links = vec![
        format!("<link rel=\"stylesheet\" {}>", linked("href", &head.style)),
        // Without an integrity value: browsers do not check it on such a preload, boot.js does.
        format!(
            "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{}\">",
            head.wasm.url
        ),
    ];
    links.extend(
        head.modules
            .iter()
            .map(|module| format!("<link rel=\"modulepreload\" {}>", linked("href", module))),
    );
    links.push(format!(
        "<script type=\"module\" {}></script>",
        linked("src", &head.boot)
    ));
    with_head(stripped, &head.policy, &links.join("\n    "))
}

/// Puts a policy and what it governs into the head of a page. The policy comes right after the
/// character set, before anything else.
pub(crate) fn with_head(page: &str, policy: &str, governed: &str) -> Result<String> {
    let charset = "<meta charset=\"utf-8\" />";
    let (start, rest) = page.split_once(charset).with_context(|| {
        format!("index.html has no {charset} to put the security policy after.")
    })?;
    let (middle, end) = rest
        .split_once("  </head>")
        .context("index.html has no </head> on its own line to put the files before.")?;
    Ok(format!(
        "{start}{charset}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />\
         {middle}    {governed}\n  </head>{end}"
    ))
}

fn linked(attribute: &str, reference: &Reference) -> String {
    format!(
        "{attribute}=\"{}\" integrity=\"{}\"",
        reference.url, reference.integrity
    )
}

/// The text up to the next tag, the tag, the text after it.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.find('<')?;
    let end = start + html[start..].find('>')? + 1;
    Some((&html[..start], &html[start..end], &html[end..]))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Flowdeck</title>
    <link rel="icon" href="./icon.svg"/>
    <link rel="stylesheet" href="./tokens.css"/>
    <link rel="stylesheet" href="./app.css"/>
    <link data-trunk rel="rust" data-bin="flowdeck" />

    <script type="module" src="./boot.js"></script>
  </head>
  <body></body>
</html>
"#;

    fn reference(url: &str) -> Reference {
        Reference {
            url: url.into(),
            integrity: "sha384-x".into(),
        }
    }

    #[test]
    fn plain_references_are_taken_out_in_order() {
        let (page, styles) = strip(PAGE);
        assert_eq!(styles, ["./tokens.css", "./app.css"]);
        assert!(page.contains("icon.svg"));
        for gone in ["stylesheet", "script", "data-trunk"] {
            assert!(!page.contains(gone), "{gone} is still in {page}");
        }
    }

    #[test]
    fn the_policy_comes_before_everything_it_governs() {
        let head = Head {
            policy: "default-src 'none'".into(),
            style: reference("assets/a.css"),
            modules: vec![reference("assets/m.js")],
            wasm: reference("assets/a.wasm"),
            boot: reference("assets/boot.js"),
        };
        let page = complete(&strip(PAGE).0, &head).unwrap();
        let policy = page.find("Content-Security-Policy").unwrap();
        for later in ["icon.svg", "assets/a.css", "assets/m.js", "assets/boot.js"] {
            assert!(
                page.find(later).unwrap() > policy,
                "{later} comes first in {page}"
            );
        }
        assert!(
            page.contains(r#"<script type="module" src="assets/boot.js" integrity="sha384-x">"#)
        );
    }
}
