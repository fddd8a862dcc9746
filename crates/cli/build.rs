//! Puts the pages of the rules (`docs/rules/*.md`) into the command, so that `flowdeck explain`
//! works wherever the command was copied to.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let (Some(root), Some(out)) = (root, out) else {
        return Err(io::Error::other(
            "cargo sets CARGO_MANIFEST_DIR and OUT_DIR",
        ));
    };
    let folder = root.join("../../docs/rules");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    pages.retain(|page| page.file_stem().is_some_and(|stem| stem != "README"));
    pages.sort();
    let entries: String = pages.iter().map(|page| entry(page)).collect();
    let table = format!(
        "/// The page of each rule, by code.\npub(crate) const PAGES: &[(&str, &str)] = &[\n{entries}];\n"
    );
    fs::write(out.join("pages.rs"), table)
}

fn entry(page: &Path) -> String {
    let code = page.file_stem().unwrap_or_default().to_string_lossy();
    let path = page.to_string_lossy();
    format!("    ({code:?}, include_str!({path:?})),\n")
}
