//! Pictures of small graphs, of hostile ones, and of any.

use proptest::prelude::*;

use super::*;
use crate::document::Document;
use crate::session::Positions;

fn open(text: &str) -> OpenDocument {
    OpenDocument::new(Document::read(text.into()).unwrap(), Positions::new())
}

const FLOW: &str = r#"{"id":"f","name":"Order status","version":"1.0.0","entryPoint":"start",
 "nodes":[{"id":"start","type":"start","label":"Start"},
          {"id":"check","type":"condition","label":"Which status, if it has one at all and is known?"},
          {"id":"say","type":"action","label":"Tell it","properties":{"say":"It is {{status}}."}},
          {"id":"end","type":"end","label":"Bye"}],
 "edges":[{"id":"e1","source":"start","target":"check"},
          {"id":"e2","source":"check","target":"say","condition":"status == \"sent\" && total > 5"},
          {"id":"e3","source":"check","target":"end"},
          {"id":"e4","source":"say","target":"say","condition":"again"}]}"#;

fn hostile(label: &str) -> String {
    let label = crate::json::quote(label);
    format!(
        r#"{{"id":"f","name":{label},"version":"1.0.0","entryPoint":"a",
        "nodes":[{{"id":"a","type":"start","label":{label},"properties":{{"say":{label}}}}},{{"id":"b","type":{label},"label":{label}}}],
        "edges":[{{"id":"e","source":"a","target":"b","condition":{label}}}]}}"#
    )
}

/// The elements of a picture, by name, in order; text is passed over.
fn elements(svg: &str) -> Vec<&str> {
    svg.split('<')
        .skip(1)
        .map(|part| part.split([' ', '>', '/']).next().unwrap_or_default())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn a_small_graph_is_drawn_as_the_canvas_shows_it() {
    let open = open(FLOW);
    let picture = Picture::whole(&open).unwrap();
    insta::assert_snapshot!("svg", svg(&picture, &Colours::light()));
    insta::assert_snapshot!("mermaid", mermaid(&picture));
    insta::assert_snapshot!("dot", dot(&picture));
}

#[test]
fn a_selection_is_its_cards_with_the_wires_between_them() {
    let open = open(FLOW);
    let mut selection = Selection::card(1);
    assert!(Picture::selected(&open, &Selection::default()).is_none());
    let alone = Picture::selected(&open, &selection).unwrap();
    assert_eq!((alone.cards.len(), alone.wires.len()), (1, 0));
    selection.cards.insert(2);
    let two = Picture::selected(&open, &selection).unwrap();
    assert_eq!(mermaid(&two).lines().count(), 1 + 2 + 2);
    assert!(two.bounds().width() < Picture::whole(&open).unwrap().bounds().width());
    let wire = Picture::selected(&open, &Selection::wire(0)).unwrap();
    assert_eq!((wire.cards.len(), wire.wires.len()), (2, 1));
}

#[test]
fn groups_and_notes_are_in_the_whole_picture() {
    let mut open = open(FLOW);
    let mut annotations = crate::annotations::Annotations::default();
    let group = crate::annotations::Group {
        label: "Answers <b>".to_owned(),
        members: ["say".into(), "end".into()].into(),
    };
    annotations.groups.insert("g1".into(), group);
    let note = crate::annotations::Note {
        text: "Ask the warehouse\nbefore this & that goes live, all of it".to_owned(),
        area: Rect::at(crate::geometry::Point::new(0.0, -120.0), 200.0, 90.0),
    };
    annotations.notes.insert("n1".into(), note);
    open.set_annotations(annotations);
    let picture = Picture::whole(&open).unwrap();
    let drawn = svg(&picture, &Colours::light());
    assert!(drawn.contains(">Answers &lt;b&gt;</text>"));
    assert!(drawn.contains(">Ask the warehouse</text>"));
    assert!(
        drawn.contains(">before this &amp; that goes</text>"),
        "{drawn}"
    );
    assert!(picture.bounds().min.y < -120.0);
    let part = Picture::selected(&open, &Selection::card(2)).unwrap();
    assert!(!svg(&part, &Colours::light()).contains("Answers"));
}

#[test]
fn nothing_in_a_label_is_read_as_anything_but_text() {
    const LABEL: &str = "</text><script>alert(1)</script>\"]; click n0 \"javascript:x\" %% \\N \u{202e}\0\u{fffe}`x`&lt;";
    let open = open(&hostile(LABEL));
    let picture = Picture::whole(&open).unwrap();
    let drawn = svg(&picture, &Colours::light());
    for name in elements(&drawn) {
        assert!(
            ["svg", "title", "rect", "path", "g", "text"].contains(&name),
            "{name}"
        );
    }
    assert!(!drawn.contains(['\0', '\u{202e}', '\u{fffe}']));
    let chart = mermaid(&picture);
    for quoted in chart.split('"').skip(1).step_by(2) {
        assert!(
            !quoted.contains(['<', '>', '`', '[', '%', '\\', '|', '{']),
            "{quoted}"
        );
    }
    assert_eq!(chart.matches('"').count(), 2 * 3, "{chart}");
    let graph = dot(&picture);
    let plain = graph.replace("\\\\", "").replace("\\\"", "");
    assert_eq!(plain.matches('"').count() % 2, 0, "{graph}");
    assert!(!plain.contains('\\'), "{graph}");
}

#[test]
fn a_colour_cannot_end_its_attribute() {
    let colours = Colours::read(|name| match name {
        "--text" => "\"/><script>".to_owned(),
        "--wire" => "color-mix(in srgb, red 10%, blue)".to_owned(),
        _ => "#123456".to_owned(),
    });
    assert_eq!(colours.text, "#000000");
    assert_eq!(colours.wire, "color-mix(in srgb, red 10%, blue)");
}

proptest! {
    #[test]
    fn every_card_and_wire_is_in_every_picture(label in "\\PC{0,20}") {
        let open = open(&hostile(&label));
        let picture = Picture::whole(&open).unwrap();
        let drawn = svg(&picture, &Colours::light());
        let count = |name: &str| elements(&drawn).iter().filter(|own| **own == name).count();
        prop_assert_eq!(count("g"), 2);
        // The glyph of each card, the line and the arrow of each wire.
        prop_assert_eq!(count("path"), 2 + 2);
        prop_assert_eq!(mermaid(&picture).lines().count(), 1 + 2 + 1);
        prop_assert_eq!(dot(&picture).lines().count(), 4 + 2 + 1 + 1);
    }
}
