use super::*;
use crate::json::{ValueRef, parse};

fn edited(text: &str, change: impl FnOnce(&Tree, &mut Editor<'_>)) -> String {
    let tree = parse(text.into()).unwrap();
    let mut editor = Editor::new(&tree);
    change(&tree, &mut editor);
    let edits = editor.finish().unwrap();
    let (changed, back) = apply_edits(text, &edits);
    parse(changed.as_str().into()).unwrap();
    assert_eq!(
        apply_edits(&changed, &back).0,
        text,
        "the inverse leads back"
    );
    changed
}

const LINES: &str = "{\n  \"nodes\": [\n    { \"id\": \"a\" },\n    { \"id\": \"b\" },\n    { \"id\": \"c\" }\n  ],\n  \"edges\": []\n}\n";

#[test]
fn a_replaced_string_changes_nothing_else() {
    let text = "{ \"a\" : 1.0,\r\n\t\"b\":\"x\\u00e9\\/\", \"c\":1e3}";
    let changed = edited(text, |tree, editor| {
        editor.replace(tree.at_pointer("/b").unwrap(), &"new \"label\"".into());
    });
    assert_eq!(
        changed,
        "{ \"a\" : 1.0,\r\n\t\"b\":\"new \\\"label\\\"\", \"c\":1e3}"
    );
}

#[test]
fn new_elements_follow_their_siblings() {
    let node = NewValue::Object(vec![("id".into(), "d".into())]);
    let changed = edited(LINES, |tree, editor| {
        editor.insert_elements(
            tree.at_pointer("/nodes").unwrap(),
            None,
            std::slice::from_ref(&node),
        );
        editor.insert_elements(
            tree.at_pointer("/edges").unwrap(),
            None,
            std::slice::from_ref(&node),
        );
    });
    assert!(
        changed.contains("    { \"id\": \"c\" },\n    { \"id\": \"d\" }\n  ],"),
        "{changed}"
    );
    let edges = "  \"edges\": [\n    {\n      \"id\": \"d\"\n    }\n  ]\n";
    assert!(changed.contains(edges), "{changed}");
    let compact = edited("{\"nodes\":[{\"id\":\"a\"}]}", |tree, editor| {
        editor.insert_elements(tree.at_pointer("/nodes").unwrap(), None, &[node]);
    });
    assert_eq!(compact, "{\"nodes\":[{\"id\":\"a\"},{\"id\":\"d\"}]}");
}

#[test]
fn any_set_of_elements_can_go() {
    for mask in 0_u32..8 {
        let changed = edited(LINES, |tree, editor| {
            let array = tree.at_pointer("/nodes").unwrap();
            let mut index = 0;
            editor.remove_elements(array, |_| {
                index += 1;
                mask & (1 << (index - 1)) != 0
            });
        });
        let tree = parse(changed.as_str().into()).unwrap();
        let left = tree.root().get("nodes").unwrap().elements().count();
        assert_eq!(left, 3 - mask.count_ones() as usize, "{changed}");
    }
}

#[test]
fn members_are_set_added_and_removed() {
    let changed = edited(LINES, |tree, editor| {
        editor.set_member(tree.at_pointer("/nodes/1").unwrap(), "label", &"B".into());
        editor.set_member(tree.root().id(), "name", &"N".into());
        editor.remove_members(tree.at_pointer("/nodes/0").unwrap(), &["id"]);
    });
    assert!(
        changed.contains("{ \"id\": \"b\", \"label\": \"B\" }"),
        "{changed}"
    );
    assert!(
        changed.contains("\"edges\": [],\n  \"name\": \"N\"\n}"),
        "{changed}"
    );
    assert!(changed.contains("    {},\n"), "{changed}");
}

#[test]
fn permuting_moves_texts_between_places() {
    let changed = edited(
        "[ 1,\n 2, /**/ 3]".replace(" /**/", "").as_str(),
        |tree, editor| {
            let ids: Vec<ValueId> = tree.root().elements().map(ValueRef::id).collect();
            editor.permute(&[ids[0], ids[2]], &[ids[2], ids[0]]);
        },
    );
    assert_eq!(changed, "[ 3,\n 2, 1]");
}

#[test]
fn changes_that_touch_the_same_bytes_are_refused() {
    let tree = parse("{\"a\":[1]}".into()).unwrap();
    let mut editor = Editor::new(&tree);
    editor.replace(tree.at_pointer("/a").unwrap(), &NewValue::null());
    editor.replace(tree.at_pointer("/a/0").unwrap(), &NewValue::null());
    assert_eq!(editor.finish(), Err(EditError::Overlap));
}
