//! Makes the static site: lets Trunk compile the app, has the program split, then names every file
//! after its content, records the integrity values and writes the page and the files for hosts.
//!
//! The finished site has the page at its top and everything hashed in `assets/`. All addresses
//! are relative, so the site works in any folder of any host.

use crate::headers::{self, ConnectSources};
use crate::page::{self, Head, Reference};
use crate::report::step;
use crate::split::{self, Pieces};
use crate::{integrity, npm, process, project, rust, sbom, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// How the app is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Soon, for `start` and the end-to-end tests. Needs no Node.
    Fast,
    /// Small and fast to run, the same bytes from the same commit.
    Release,
}

/// Folders of the checkout that are part of the site as they are: (there, here).
pub(crate) const COPIED: &[(&str, &str)] = &[("samples", "samples"), ("docs/rules", "rules")];
/// The hand-written modules, each after those it refers to.
const MODULES: &[&str] = &["assets.js", "crash.js", "worker.js", "trust.js", "boot.js"];
/// Stylesheets of what the page starts with. The others come with the parts.
const FIRST_STYLES: &[&str] = &[
    "boot.css",
    "tokens.css",
    "base.css",
    "shell.css",
    "storage.css",
];
/// Modules the page does not load at once.
const LAZY_MODULES: &[&str] = &["worker.js"];

/// What a site was made of.
pub(crate) struct Built {
    /// The folder with what Trunk made.
    pub(crate) made: PathBuf,
    /// The compiled app.
    pub(crate) pieces: Pieces,
}

/// Builds the site into `site`, replacing what was there.
pub(crate) fn build(kind: Kind, connect: &ConnectSources, site: &Path) -> Result<Built> {
    rust::check_version()?;
    rust::ensure_wasm_target()?;
    tools::ensure()?;
    if kind == Kind::Release {
        npm::ensure()?;
    }
    let name = match kind {
        Kind::Fast => "Compiling the app",
        Kind::Release => "Compiling the app for release",
    };
    let made = step(name, || trunk(kind))?;
    let pieces = step("Splitting the app", || split::split(kind))?;
    step("Assembling the site", || {
        assemble(&made, &pieces, connect, site)
    })?;
    Ok(Built { made, pieces })
}

/// Runs Trunk; returns the folder with what it made.
fn trunk(kind: Kind) -> Result<PathBuf> {
    rust::fetch_crates()?;
    let made = project::work_folder().join(match kind {
        Kind::Fast => "trunk-fast",
        Kind::Release => "trunk-release",
    });
    let mut command = process::program("trunk");
    command
        .args(["build", "--offline", "--color", "auto"])
        .args(["--features", "split", "--dist"])
        .arg(&made)
        .env(
            "PATH",
            process::path_with(&[tools::folder(), npm::folder()])?,
        )
        // Trunk refuses the usual `NO_COLOR=1`: it wants a `true`.
        .env_remove("NO_COLOR");
    if kind == Kind::Release {
        command
            .arg("--release")
            .env("RUSTFLAGS", reproducible_flags()?)
            .env("SOURCE_DATE_EPOCH", "0");
    }
    process::run(&mut command).context(
        "The app could not be compiled. An earlier site, if there is one, is unchanged.",
    )?;
    Ok(made)
}

/// Compiler flags that keep the folders of this machine out of the result.
fn reproducible_flags() -> Result<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("Cannot tell where cargo keeps its crates. Set CARGO_HOME.")?;
    let sysroot = process::read(process::program("rustc").args(["--print", "sysroot"]))?;
    let folders = [
        (project::root(), "/flowdeck"),
        (cargo_home, "/cargo"),
        (PathBuf::from(sysroot), "/rust"),
    ];
    let flags: Vec<_> = folders
        .iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect();
    // These replace the flags of `.cargo/config.toml`, the first of which is repeated here.
    let all = format!("--cfg=erase_components {}", flags.join(" "));
    if flags.iter().any(|flag| flag.contains(char::is_whitespace)) {
        bail!(
            "A release build cannot be made in a folder with a space in its name. Nothing was \
             built. Move the checkout, or set CARGO_HOME to a folder without spaces."
        );
    }
    Ok(all)
}

/// Makes the finished site in `site` out of Trunk's in `made` and the split program.
fn assemble(made: &Path, pieces: &Pieces, connect: &ConnectSources, site: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| format!("Cannot replace {}.", site.display()))?;
    }
    let mut assets = Assets {
        folder: site.join("assets"),
        finished: Vec::new(),
    };
    fs::create_dir_all(&assets.folder)
        .with_context(|| format!("Cannot make {}.", assets.folder.display()))?;

    let wasm = assets.add("flowdeck.wasm", &read(&pieces.main)?)?;
    let parts = assets.add_all(&pieces.parts)?;
    let shared = assets.add_all(&pieces.shared)?;
    let files = assets.add("files.js", &read(&made.join("files.js"))?)?;
    let fetcher = assets.with_finished_names(&text(&made.join("parts.js"))?);
    let fetcher = assets.add("parts.js", fetcher.as_bytes())?;
    let glue_text = text(&pieces.glue)?
        .replace("flowdeck-page_bg.wasm", file_name(&wasm))
        // Where it is imported; the program goes on asking for it under the old name.
        .replace(
            &format!("from \"./{}\"", split::LINK_MODULE),
            &format!("from \"./{}\"", file_name(&fetcher)),
        );
    let glue = assets.add("flowdeck.js", glue_text.as_bytes())?;
    let snippets = made.join("snippets");
    if snippets.is_dir() {
        copy_folder(&snippets, &assets.folder.join("snippets"))?;
    }

    let (stripped, styles) = page::strip(&text(&made.join("index.html"))?);
    let (first, later) = first_and_later(&styles);
    let style = assets.add("flowdeck.css", sheet(made, &first)?.as_bytes())?;
    let later = assets.add("parts.css", sheet(made, &later)?.as_bytes())?;

    let assets_text = assets_module(&glue, &wasm, &parts, &shared, &later);
    let mut modules = vec![files, fetcher, glue];
    let mut boot = None;
    for name in MODULES {
        let source = if *name == "assets.js" {
            assets_text.clone()
        } else {
            assets.with_finished_names(&text(&made.join(name))?)
        };
        let module = assets.add(name, source.as_bytes())?;
        if *name == "boot.js" {
            boot = Some(module);
        } else if !LAZY_MODULES.contains(name) {
            modules.push(module);
        }
    }

    let head = Head {
        policy: headers::policy(connect),
        style,
        modules,
        wasm,
        boot: boot.context("MODULES lacks boot.js.")?,
    };
    write(
        &site.join("index.html"),
        page::complete(&stripped, &head)?.as_bytes(),
    )?;
    write(&site.join("icon.svg"), &read(&made.join("icon.svg"))?)?;
    write(
        &site.join("sbom.json"),
        sbom::bill_of_materials()?.as_bytes(),
    )?;
    for (name, content) in headers::host_files(connect) {
        write(&site.join(name), content.as_bytes())?;
    }
    for (from, to) in COPIED {
        let from = project::root().join(from);
        if from.is_dir() {
            copy_folder(&from, &site.join(to))?;
        }
    }
    Ok(())
}

/// The stylesheets of what the page starts with, and the others.
pub(crate) fn first_and_later(styles: &[String]) -> (Vec<&String>, Vec<&String>) {
    styles
        .iter()
        .partition(|style| FIRST_STYLES.contains(&style.trim_start_matches("./")))
}

/// Some of Trunk's stylesheets in one.
pub(crate) fn sheet(made: &Path, styles: &[&String]) -> Result<String> {
    styles.iter().map(|style| text(&made.join(style))).collect()
}

/// A file with the name of the piece of the program in it.
type Named<'a> = (&'a str, Reference);

/// The module that tells boot.js and worker.js where the compiled app and its pieces are.
fn assets_module(
    glue: &Reference,
    wasm: &Reference,
    parts: &[Named<'_>],
    shared: &[Named<'_>],
    style: &Reference,
) -> String {
    let url = |file: &Reference| {
        format!(
            "url: new URL(\"./{}\", import.meta.url).href",
            file_name(file)
        )
    };
    let checked =
        |file: &Reference| format!("{{ {}, integrity: \"{}\" }}", url(file), file.integrity);
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, file)| format!("{name}: {}", checked(file)))
        .collect();
    let shared: Vec<_> = shared.iter().map(|(_, file)| checked(file)).collect();
    format!(
        "export const glue = () => import(\"./{}\");\n\
         export const wasm = {};\n\
         export const parts = {{ {} }};\n\
         export const shared = [{}];\n\
         export const style = {};\n",
        file_name(glue),
        checked(wasm),
        parts.join(", "),
        shared.join(", "),
        checked(style)
    )
}

/// The hashed files written so far.
struct Assets {
    folder: PathBuf,
    /// (plain name, finished name)
    finished: Vec<(String, String)>,
}

impl Assets {
    /// Writes a file under a name that carries the digest of its content.
    fn add(&mut self, name: &str, content: &[u8]) -> Result<Reference> {
        let digest = integrity::digest(content);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let finished = format!("{stem}-{}.{extension}", digest.short());
        write(&self.folder.join(&finished), content)?;
        self.finished.push((name.to_owned(), finished.clone()));
        Ok(Reference {
            url: format!("assets/{finished}"),
            integrity: digest.integrity(),
        })
    }

    /// Adds pieces of the compiled app.
    fn add_all<'a>(&mut self, pieces: &'a [(String, PathBuf)]) -> Result<Vec<Named<'a>>> {
        let add = |(name, path): &'a (String, PathBuf)| {
            let file = self.add(&format!("{name}.wasm"), &read(path)?)?;
            Ok((name.as_str(), file))
        };
        pieces.iter().map(add).collect()
    }

    /// A module with the plain names of finished files in it (`"./assets.js"`) replaced.
    fn with_finished_names(&self, module: &str) -> String {
        self.finished
            .iter()
            .fold(module.to_owned(), |text, (name, finished)| {
                text.replace(&format!("\"./{name}\""), &format!("\"./{finished}\""))
            })
    }
}

fn file_name(reference: &Reference) -> &str {
    reference.url.trim_start_matches("assets/")
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("Cannot read {}.", path.display()))
}

pub(crate) fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("Cannot read {}.", path.display()))
}

pub(crate) fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).with_context(|| format!("Cannot write {}.", path.display()))
}

pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let problem = || format!("Cannot copy {} to {}.", from.display(), to.display());
    fs::create_dir_all(to).with_context(problem)?;
    for entry in fs::read_dir(from).with_context(problem)? {
        let entry = entry.with_context(problem)?;
        let target = to.join(entry.file_name());
        if entry.file_type().with_context(problem)?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).with_context(problem)?;
        }
    }
    Ok(())
}
