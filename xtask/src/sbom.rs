//! The software bill of materials: every crate compiled into the app, as a `CycloneDX` 1.5 document.
//! It holds no date and no machine, so that the same commit gives the same bytes.

use crate::{process, rust};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The document, for the app as compiled for the browser.
pub(crate) fn bill_of_materials() -> Result<String> {
    let said = process::read(process::cargo().args([
        "metadata",
        "--format-version=1",
        "--locked",
        "--offline",
        "--filter-platform",
        rust::WASM,
    ]))?;
    let metadata: Value =
        serde_json::from_str(&said).context("`cargo metadata` printed something unexpected.")?;
    document(&metadata).context("`cargo metadata` does not know the crate flowdeck.")
}

fn document(metadata: &Value) -> Option<String> {
    let packages: BTreeMap<&str, &Value> = list(metadata, "packages")
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"], "nodes")
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let app = *packages
        .iter()
        .find(|(_, package)| package["name"] == "flowdeck")?
        .0;

    let mut found = BTreeSet::from([app]);
    let mut waiting = vec![app];
    while let Some(id) = waiting.pop() {
        for dependency in nodes
            .get(id)
            .into_iter()
            .flat_map(|node| list(node, "deps"))
        {
            // Build scripts and tests do not become part of the app.
            let is_linked = list(dependency, "dep_kinds").any(|kind| kind["kind"].is_null());
            if is_linked
                && let Some(id) = dependency["pkg"].as_str()
                && found.insert(id)
            {
                waiting.push(id);
            }
        }
    }

    found.remove(app);
    let mut components: Vec<_> = found
        .iter()
        .filter_map(|id| packages.get(id))
        .map(|package| component(package))
        .collect();
    components.sort_by_key(|component| component["bom-ref"].as_str().map(str::to_owned));
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(packages.get(app)?) },
        "components": components,
    });
    Some(format!("{bill:#}\n"))
}

fn component(package: &Value) -> Value {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let reference = format!("pkg:cargo/{}@{}", text("name"), text("version"));
    json!({
        "type": if text("name") == "flowdeck" { "application" } else { "library" },
        "bom-ref": reference,
        "purl": reference,
        "name": text("name"),
        "version": text("version"),
        // Some crates still use the slash that SPDX expressions replaced by OR.
        "licenses": [{ "expression": text("license").replace('/', " OR ") }],
    })
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_linked_crates_are_listed() {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0" });
        let needs =
            |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [package("flowdeck"), package("used"), package("deep"), package("tested")],
            "resolve": { "nodes": [
                { "id": "flowdeck", "deps": [needs("used", Value::Null), needs("tested", json!("dev"))] },
                { "id": "used", "deps": [needs("deep", Value::Null)] },
            ]},
        });
        let bill: Value = serde_json::from_str(&document(&metadata).unwrap()).unwrap();
        let names: Vec<_> = list(&bill, "components")
            .map(|part| part["name"].clone())
            .collect();
        assert_eq!(names, ["deep", "used"]);
        assert_eq!(
            bill["components"][0]["licenses"][0]["expression"],
            "MIT OR Apache-2.0"
        );
    }
}
