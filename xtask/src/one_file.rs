//! Makes the whole app one file, which opens from disk: the page with its styles and its script, and, in
//! data blocks, the pieces of the compiled app and the files of the site that it asks for.
//!
//! It is made of what a site is made of, so nothing is compiled for it. `web/files.js` takes it apart
//! again; docs/decisions/0012-all-in-one-file.md says why it is packed like this.

use crate::headers::{self, ConnectSources};
use crate::report::step;
use crate::site::{self, Built, Kind, text};
use crate::split::{self, Pieces};
use crate::{integrity, npm, page, process, project};
use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What the file is called.
pub(crate) const NAME: &str = "flowdeck.html";
/// The data block with the files of the site.
const FILES: &str = "files";
/// The data block with what the page starts with.
const MAIN: &str = "wasm";

/// What a part of the file weighs: as it is, compressed where it is, and in the file.
pub(crate) struct Weight {
    name: String,
    raw: usize,
    packed: Option<usize>,
    inside: usize,
}

/// Writes the app in one file.
pub(crate) fn write(
    built: &Built,
    kind: Kind,
    connect: &ConnectSources,
    path: &Path,
) -> Result<Vec<Weight>> {
    npm::ensure()?;
    step("Putting it into one file", || {
        let (html, weights) = assemble(built, kind, connect)?;
        let folder = path.parent().context("A file lies in a folder.")?;
        fs::create_dir_all(folder).with_context(|| format!("Cannot make {}.", folder.display()))?;
        site::write(path, html.as_bytes())?;
        Ok(weights)
    })
}

/// Prints what each part weighs.
pub(crate) fn print_table(weights: &[Weight]) {
    println!("{:>10} {:>10} {:>10}  part", "raw", "deflate", "in it");
    for weight in weights {
        let packed = weight.packed.map_or(String::new(), |it| it.to_string());
        println!(
            "{:>10} {packed:>10} {:>10}  {}",
            weight.raw, weight.inside, weight.name
        );
    }
    let sum: usize = weights.iter().map(|weight| weight.inside).sum();
    println!("{:>10} {:>10} {sum:>10}  in all", "", "");
}

fn assemble(built: &Built, kind: Kind, connect: &ConnectSources) -> Result<(String, Vec<Weight>)> {
    let made = &built.made;
    let work = project::work_folder().join(match kind {
        Kind::Fast => "one-file-fast",
        Kind::Release => "one-file-release",
    });
    let (stripped, styles) = page::strip(&text(&made.join("index.html"))?);
    let (first, later) = site::first_and_later(&styles);
    let sheets = site::sheet(made, &[first, later].concat())?;
    stage(&work, made, &built.pieces)?;
    site::write(&work.join("one-file.css"), sheets.as_bytes())?;
    let style = bundle(&work, "one-file.css")?;
    let script = bundle(&work, "one-file.js")?;
    let mut weights = vec![
        plain("styles", sheets.len(), &style),
        plain("script", script.len(), &script),
    ];

    let level = match kind {
        Kind::Fast => 1,
        Kind::Release => 10,
    };
    let mut blocks = String::new();
    for (name, bytes) in carried(&built.pieces)? {
        let packed = compress_to_vec_zlib(&bytes, level);
        let block = block(&name, &packed);
        weights.push(Weight {
            raw: bytes.len(),
            packed: Some(packed.len()),
            inside: block.len(),
            name,
        });
        blocks.push_str(&block);
    }

    let icon = site::read(&made.join("icon.svg"))?;
    let html = complete(&stripped, connect, &style, &script, &blocks, &icon)?;
    let rest = html.len() - weights.iter().map(|weight| weight.inside).sum::<usize>();
    weights.push(Weight {
        name: "the page around them".into(),
        raw: rest,
        packed: None,
        inside: rest,
    });
    Ok((html, weights))
}

fn plain(name: &str, raw: usize, finished: &str) -> Weight {
    Weight {
        name: name.into(),
        raw,
        packed: None,
        inside: finished.len(),
    }
}

/// Lays the modules of the page side by side, with one that names what the page carries in place of the
/// one with addresses.
fn stage(work: &Path, made: &Path, pieces: &Pieces) -> Result<()> {
    if work.exists() {
        fs::remove_dir_all(work).with_context(|| format!("Cannot replace {}.", work.display()))?;
    }
    site::copy_folder(&project::root().join("web"), work)?;
    let snippets = made.join("snippets");
    if snippets.is_dir() {
        site::copy_folder(&snippets, &work.join("snippets"))?;
    }
    // Where it is imported; the program goes on asking for it under the old name.
    let glue = text(&pieces.glue)?.replace(
        &format!("from \"./{}\"", split::LINK_MODULE),
        "from \"./parts.js\"",
    );
    site::write(&work.join("glue.js"), glue.as_bytes())?;
    site::write(&work.join("assets.js"), assets_module(pieces).as_bytes())
}

/// The module that tells the others what the page carries, under which names.
fn assets_module(pieces: &Pieces) -> String {
    let file = |name: &str| format!("{{ carried: \"{name}\" }}");
    let list = |pieces: &[(String, PathBuf)], entry: &dyn Fn(&str) -> String| {
        let entries: Vec<_> = pieces.iter().map(|(name, _)| entry(name)).collect();
        entries.join(", ")
    };
    format!(
        "export const glue = () => import(\"./glue.js\");\n\
         export const wasm = {};\n\
         export const parts = {{ {} }};\n\
         export const shared = [{}];\n\
         export const style = undefined;\n",
        file(MAIN),
        list(&pieces.parts, &|name| format!("{name}: {}", file(name))),
        list(&pieces.shared, &file),
    )
}

/// Makes one text of a module or stylesheet and all it imports: a script for page and worker, neither of
/// which is a module.
fn bundle(work: &Path, entry: &str) -> Result<String> {
    let outcome = process::capture(
        process::program(npm::folder().join("esbuild"))
            .arg(work.join(entry))
            .args(["--bundle", "--minify", "--format=iife", "--charset=ascii"])
            // Addresses are made from it where there are some, and here are none.
            .arg("--log-override:empty-import-meta=silent")
            // wasm-bindgen lists the module that fetches parts once for each of them.
            .arg("--log-override:duplicate-object-key=silent")
            .arg("--log-level=warning")
            .arg(format!(
                "--outfile={}",
                work.join("out").join(entry).display()
            )),
    )?;
    ensure!(
        outcome.success,
        "The script and styles of the page could not be put into one file each. No file was made."
    );
    text(&work.join("out").join(entry))
}

/// What goes into data blocks: the pieces of the compiled app, then everything else in one.
fn carried(pieces: &Pieces) -> Result<Vec<(String, Vec<u8>)>> {
    let mut all = vec![(MAIN.to_owned(), site::read(&pieces.main)?)];
    for (name, path) in pieces.shared.iter().chain(&pieces.parts) {
        all.push((name.clone(), site::read(path)?));
    }
    let mut files = Vec::new();
    for (from, to) in site::COPIED {
        files.extend(files_in(&project::root().join(from), to)?);
    }
    all.push((FILES.to_owned(), archive(&files)));
    Ok(all)
}

/// The files in a folder that the app may ask for, in the order of their names.
fn files_in(folder: &Path, to: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let problem = || format!("Cannot read {}.", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(problem)? {
        let entry = entry.with_context(problem)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.file_type().with_context(problem)?.is_file() && name != "README.md" {
            files.push((format!("{to}/{name}"), site::read(&entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

/// A line that lists the files with their sizes, and their bytes.
fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let list: Vec<_> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.len()))
        .collect();
    let mut archive = serde_json::json!(list).to_string().into_bytes();
    archive.push(b'\n');
    for (_, bytes) in files {
        archive.extend(bytes);
    }
    archive
}

/// A data block: an element of a type that browsers do not run.
fn block(name: &str, packed: &[u8]) -> String {
    format!(
        "    <script type=\"text/plain\" id=\"carried-{name}\">{}</script>\n",
        STANDARD.encode(packed)
    )
}

/// The page with everything in it. The script comes before the data: it notices when that is cut short.
fn complete(
    stripped: &str,
    connect: &ConnectSources,
    style: &str,
    script: &str,
    blocks: &str,
    icon: &[u8],
) -> Result<String> {
    for (text, ends) in [(style, &["</style"][..]), (script, &["</script", "<!--"])] {
        // They would end the element early, or change how the rest of it is read.
        if let Some(end) = ends.iter().find(|end| text.contains(**end)) {
            bail!("The page would break at `{end}` inside its styles or script. No file was made.");
        }
        ensure!(
            !text.contains(['\r', '\0']),
            "The styles or script of the page hold a character that browsers change, so that their \
             digests would not fit. No file was made."
        );
    }
    let digest = |text: &str| integrity::digest(text.as_bytes()).integrity();
    let policy = headers::policy_of_one_file(connect, &digest(script), &digest(style));
    let page = page::with_head(stripped, &policy, &format!("<style>{style}</style>"))?;
    let icon = format!("data:image/svg+xml;base64,{}", STANDARD.encode(icon));
    let (before, after) = page
        .split_once("./icon.svg")
        .context("index.html has no icon at ./icon.svg.")?;
    let (body, end) = after
        .split_once("  </body>")
        .context("index.html has no </body> on its own line to put the script before.")?;
    let mut html = String::with_capacity(page.len() + blocks.len() + script.len() + icon.len());
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "{before}{icon}{body}    <script id=\"carried-script\">{script}</script>\n{blocks}  </body>{end}"
    );
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="./icon.svg"/>
  </head>
  <body>
    <div id="boot"></div>
  </body>
</html>
"#;

    fn page(style: &str, script: &str) -> Result<String> {
        let blocks = block("wasm", b"packed");
        complete(
            PAGE,
            &ConnectSources::default(),
            style,
            script,
            &blocks,
            b"<svg/>",
        )
    }

    #[test]
    fn the_policy_names_what_runs_and_the_script_comes_before_the_data() {
        let page = page("p{}", "run()").unwrap();
        for text in ["p{}", "run()"] {
            let digest = integrity::digest(text.as_bytes()).integrity();
            assert!(page.contains(&format!("'{digest}'")), "{text} in {page}");
        }
        let place = |text: &str| page.find(text).unwrap();
        assert!(place("Content-Security-Policy") < place("data:image/svg+xml"));
        assert!(place("id=\"boot\"") < place("run()"));
        assert!(place("run()") < place("carried-wasm"));
        assert!(page.ends_with("  </body>\n</html>\n"));
    }

    #[test]
    fn nothing_ends_an_element_early() {
        assert!(page("a{content:\"</style>\"}", "").is_err());
        for script in ["\"</script>\"", "\"<!--\"", "a\r\nb"] {
            assert!(page("", script).is_err(), "{script}");
        }
    }

    #[test]
    fn an_archive_lists_its_files_before_their_bytes() {
        let files = [
            ("a/1".to_owned(), b"one".to_vec()),
            ("a/2".to_owned(), vec![0, 10, 255]),
        ];
        let archive = archive(&files);
        let (list, bytes) = archive.split_at(archive.iter().position(|it| *it == b'\n').unwrap());
        assert_eq!(list, br#"[["a/1",3],["a/2",3]]"#);
        assert_eq!(bytes, b"\none\x00\x0a\xff");
    }
}
