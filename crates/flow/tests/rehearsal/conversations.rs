//! The conversations in `tests/fixtures/conversations`: each must go as it is written there. With
//! `FLOWDECK_BLESS=1` the turns are written anew, to be read before they are kept.

use std::fs;

use flow::json::{Editor, NewValue, apply_edits, parse, pretty};

use super::support::{converse, folder, written};

#[test]
fn conversations_go_as_written() {
    let mut paths: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    assert!(paths.len() >= 16, "the fixtures are missing");
    let bless = std::env::var_os("FLOWDECK_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let tree = parse(text.as_str().into()).unwrap();
        let (program, turns) = converse(tree.root());
        let found = written(&program, &turns);
        let expected = tree.root().get("turns").unwrap();
        if pretty(expected) == found {
            continue;
        }
        if bless {
            let mut editor = Editor::new(&tree);
            editor.replace(expected.id(), &NewValue::Literal(found));
            let (text, _) = apply_edits(&text, &editor.finish().unwrap());
            let tree = parse(text.into()).unwrap();
            fs::write(&path, pretty(tree.root())).unwrap();
        }
        wrong.push(format!(
            "{}:\n{found}",
            path.display(),
            found = written(&program, &turns)
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
