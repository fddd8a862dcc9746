//! Cuts the linked program into the file the page starts with and the parts that arrive later, and
//! makes both ready for a browser: what Trunk would do with a program in one piece.

use crate::site::Kind;
use crate::{npm, process, project, rust, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What the tool that splits calls the module that fetches parts. `web/parts.js` is that module.
pub(crate) const LINK_MODULE: &str = "__wasm_split.js";
/// What the program is called.
const PROGRAM: &str = "flowdeck-page";
/// What the WebAssembly of this toolchain uses beyond the first version.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The compiled app in pieces.
pub(crate) struct Pieces {
    /// The JavaScript half.
    pub(crate) glue: PathBuf,
    /// What the page starts with.
    pub(crate) main: PathBuf,
    /// The parts that arrive later, by name.
    pub(crate) parts: Vec<(String, PathBuf)>,
    /// What several parts need and the page does not start with; it has to run before any of them.
    pub(crate) shared: Vec<(String, PathBuf)>,
}

impl Kind {
    /// The cargo profile it is compiled with.
    fn profile(self) -> &'static str {
        match self {
            Self::Fast => "wasm-fast",
            Self::Release => "wasm-release",
        }
    }
}

/// Splits what cargo has linked for `kind`.
pub(crate) fn split(kind: Kind) -> Result<Pieces> {
    let linked = project::root()
        .join("target")
        .join(rust::WASM)
        .join(kind.profile())
        .join(format!("{PROGRAM}.wasm"));
    let folder = project::work_folder().join(format!("split-{}", kind.profile()));
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("Cannot replace {}.", folder.display()))?;
    }
    let (cut, bound) = (folder.join("cut"), folder.join("bound"));
    fs::create_dir_all(&cut).with_context(|| format!("Cannot make {}.", cut.display()))?;
    let tool = |name: &str| process::program(tools::folder().join(name));
    quietly(
        tool("wasm-split-cli")
            .args(["--target", "web", "--out-name", PROGRAM])
            .args([&linked, &cut]),
    )?;
    let main = cut.join(format!("{PROGRAM}.wasm"));
    quietly(
        tool("wasm-bindgen")
            .args(["--target", "web", "--no-typescript"])
            // The parts import what is exported under the linker's names.
            .args(["--keep-lld-exports", "--no-demangle"])
            .args(["--out-name", PROGRAM, "--out-dir"])
            .args([&bound, &main]),
    )?;
    let pieces = Pieces {
        glue: bound.join(format!("{PROGRAM}.js")),
        main: bound.join(format!("{PROGRAM}_bg.wasm")),
        parts: pieces_in(&cut, |name| name.strip_prefix("split_"))?,
        // The tool numbers them.
        shared: pieces_in(&cut, |name| name.starts_with("chunk_").then_some(name))?,
    };
    let later = pieces.parts.iter().chain(&pieces.shared);
    for wasm in std::iter::once(&pieces.main).chain(later.map(|(_, path)| path)) {
        if kind == Kind::Release {
            optimise(wasm)?;
        }
    }
    Ok(pieces)
}

/// Runs a program whose output only matters when it fails.
fn quietly(command: &mut std::process::Command) -> Result<()> {
    anyhow::ensure!(
        process::capture(command)?.success,
        "The compiled app could not be split. An earlier site, if there is one, is unchanged."
    );
    Ok(())
}

/// What was cut out and has a name, in the order of those names.
fn pieces_in(folder: &Path, name_in: fn(&str) -> Option<&str>) -> Result<Vec<(String, PathBuf)>> {
    let problem = || format!("Cannot read {}.", folder.display());
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder).with_context(problem)? {
        let path = entry.with_context(problem)?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name_in(name.strip_suffix(".wasm")?));
        if let Some(name) = name {
            parts.push((name.to_owned(), path.clone()));
        }
    }
    parts.sort();
    Ok(parts)
}

/// Makes a module smaller, in place.
fn optimise(wasm: &Path) -> Result<()> {
    quietly(
        process::program(npm::folder().join("wasm-opt"))
            .args(["-Oz", "--output"])
            .args([wasm, wasm])
            .args(WASM_FEATURES),
    )
}
