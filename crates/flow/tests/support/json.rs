//! Random JSON as a person, a pretty printer or a minifier would lay it out, for property tests.

#![allow(dead_code)]

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Map, Value};

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layout {
    /// No white space at all.
    Minified,
    /// One line, a space after commas and colons.
    OneLine,
    /// Lines indented by so many spaces.
    Spaces(usize),
    /// Lines indented by tabs.
    Tabs,
    /// Two spaces, lines end with CRLF.
    CarriageReturns,
    /// Two spaces, but what is nested deeper than this stands on one line.
    Shallow(usize),
    /// White space of odd amounts in odd places, by this seed.
    Odd(u64),
}

pub(crate) fn layout() -> impl Strategy<Value = Layout> {
    prop_oneof![
        Just(Layout::Minified),
        Just(Layout::OneLine),
        Just(Layout::Spaces(2)),
        Just(Layout::Spaces(4)),
        Just(Layout::Tabs),
        Just(Layout::CarriageReturns),
        (1..4_usize).prop_map(Layout::Shallow),
        any::<u64>().prop_map(Layout::Odd),
    ]
}

/// Numbers, as spelled.
pub(crate) fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
    ]
}

/// Strings, with what is hard to read well represented.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => any::<char>(),
        8 => proptest::char::range(' ', '~'),
        2 => proptest::sample::select(vec!['"', '\\', '/', '\n', '\t', '\0', '\u{7f}', '\u{2028}', '😀']),
    ];
    proptest::collection::vec(character, 0..20).prop_map(|text| text.into_iter().collect())
}

/// A value with numbers kept as spelled, so that the text says what was meant.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Word(&'static str),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

pub(crate) fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        proptest::sample::select(vec!["null", "true", "false"]).prop_map(Json::Word),
        number().prop_map(Json::Number),
        text().prop_map(Json::Text),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Json::Array),
            proptest::collection::btree_map(text(), inner, 0..16)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// A `serde_json` value in the order and spelling it has there.
pub(crate) fn of(value: &Value) -> Json {
    match value {
        Value::Null => Json::Word("null"),
        Value::Bool(true) => Json::Word("true"),
        Value::Bool(false) => Json::Word("false"),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::Text(text.clone()),
        Value::Array(elements) => Json::Array(elements.iter().map(of).collect()),
        Value::Object(members) => Json::Object(of_members(members)),
    }
}

fn of_members(members: &Map<String, Value>) -> Vec<(String, Json)> {
    members
        .iter()
        .map(|(key, value)| (key.clone(), of(value)))
        .collect()
}

/// The text of `value`. Strings are escaped now and then where they need not be.
pub(crate) fn write(value: &Json, layout: Layout) -> String {
    let mut writer = Writer {
        text: String::new(),
        layout,
        state: match layout {
            Layout::Odd(seed) => seed,
            _ => 0,
        },
    };
    writer.odd_space();
    writer.value(value, 0);
    match layout {
        Layout::Minified => {}
        Layout::CarriageReturns => writer.text.push_str("\r\n"),
        _ => writer.text.push('\n'),
    }
    writer.text
}

struct Writer {
    text: String,
    layout: Layout,
    state: u64,
}

impl Writer {
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % limit
    }

    fn odd_space(&mut self) {
        if matches!(self.layout, Layout::Odd(_)) {
            let kind = self.below(12);
            self.text.push_str(match kind {
                0 => " ",
                1 => "  ",
                2 => "\t",
                3 => "\n",
                4 => "\r\n ",
                5 => "\n\n\t  ",
                _ => "",
            });
        }
    }

    /// The white space before the first, between two, or after the last part at `depth`.
    fn break_line(&mut self, depth: usize, between: bool) {
        match self.layout {
            Layout::Minified => {}
            Layout::OneLine => self.text.push_str(if between { " " } else { "" }),
            Layout::Spaces(width) => {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(width * depth));
            }
            Layout::Tabs => {
                self.text.push('\n');
                self.text.push_str(&"\t".repeat(depth));
            }
            Layout::CarriageReturns => {
                self.text.push_str("\r\n");
                self.text.push_str(&"  ".repeat(depth));
            }
            Layout::Shallow(_) => {
                self.text.push('\n');
                self.text.push_str(&"  ".repeat(depth));
            }
            Layout::Odd(_) => self.odd_space(),
        }
    }

    fn parts<T>(
        &mut self,
        brackets: (char, char),
        parts: &[T],
        depth: usize,
        mut write: impl FnMut(&mut Self, &T),
    ) {
        self.text.push(brackets.0);
        let flat = matches!(self.layout, Layout::Shallow(limit) if depth >= limit);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.odd_space();
                self.text.push(',');
            }
            if !flat {
                self.break_line(depth + 1, index > 0);
            } else if index > 0 || brackets.0 == '{' {
                self.text.push(' ');
            }
            write(self, part);
        }
        if flat && !parts.is_empty() && brackets.0 == '{' {
            self.text.push(' ');
        } else if !flat && !parts.is_empty() {
            self.break_line(depth, false);
        }
        self.text.push(brackets.1);
    }

    fn value(&mut self, value: &Json, depth: usize) {
        match value {
            Json::Word(word) => self.text.push_str(word),
            Json::Number(number) => self.text.push_str(number),
            Json::Text(text) => self.string(text),
            Json::Array(elements) => {
                self.parts(('[', ']'), elements, depth, |writer, element| {
                    writer.value(element, depth + 1);
                });
            }
            Json::Object(members) => {
                self.parts(('{', '}'), members, depth, |writer, (key, value)| {
                    writer.string(key);
                    writer.odd_space();
                    writer.text.push(':');
                    match writer.layout {
                        Layout::Minified => {}
                        Layout::Odd(_) => writer.odd_space(),
                        _ => writer.text.push(' '),
                    }
                    writer.value(value, depth + 1);
                });
            }
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            let whimsical = matches!(self.layout, Layout::Odd(_)) && self.below(8) == 0;
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '/' if whimsical => self.text.push_str("\\/"),
                '\n' if !whimsical => self.text.push_str("\\n"),
                other if whimsical || (other as u32) < 0x20 => {
                    for unit in other.encode_utf16(&mut [0; 2]) {
                        write!(self.text, "\\u{unit:04X}").unwrap_or_default();
                    }
                }
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }
}
