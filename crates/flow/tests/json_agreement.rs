//! The reader and `serde_json` agree: on what is JSON, but for what Flowdeck refuses on purpose,
//! and on what it says.

// Here a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "support/json.rs"]
mod json;

use flow::json::{Kind, ReadError, Tree, ValueRef, decode_text, parse};
use json::{Json, Layout};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

fn read(bytes: &[u8]) -> Result<Tree, Vec<ReadError>> {
    let text = decode_text(bytes).map_err(|error| vec![error])?;
    parse(text.into())
}

/// What is refused although it is JSON: two programs would read it differently, or nobody wrote it.
fn is_stricter(error: &ReadError) -> bool {
    error.message.contains("stands twice") || error.message.contains("levels deep")
}

/// Checks both readers on the same bytes.
fn compare(bytes: &[u8]) -> Result<(), TestCaseError> {
    let theirs =
        serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    match (read(bytes), theirs) {
        (Ok(tree), Ok(value)) => same(tree.root(), &value),
        (Ok(_), Err(error)) => {
            // A number beyond the doubles is kept as it is spelled.
            prop_assert!(error.to_string().contains("number out of range"), "{error}");
            Ok(())
        }
        (Err(errors), Ok(_)) => {
            for error in &errors {
                prop_assert!(is_stricter(error), "refused: {error}");
            }
            Ok(())
        }
        (Err(errors), Err(_)) => {
            prop_assert!(!errors.is_empty());
            let mut last = 0;
            for error in &errors {
                prop_assert!(error.line >= 1 && error.column >= 1);
                prop_assert!(error.offset as usize <= bytes.len());
                prop_assert!(error.offset >= last, "errors are in order");
                prop_assert!(!error.message.is_empty() && error.message.ends_with('.'));
                last = error.offset;
            }
            Ok(())
        }
    }
}

fn same(ours: ValueRef<'_>, theirs: &Value) -> Result<(), TestCaseError> {
    match theirs {
        Value::Null => prop_assert!(ours.is_null()),
        Value::Bool(flag) => prop_assert_eq!(ours.as_bool(), Some(*flag)),
        Value::Number(number) => {
            if let Some(whole) = number.as_u64() {
                prop_assert_eq!(ours.raw().parse(), Ok(whole));
            }
            let (ours, theirs) = (ours.as_f64().unwrap(), number.as_f64().unwrap());
            // Theirs is rounded in the fast way unless asked otherwise: the last places may differ.
            let tolerance = theirs.abs() * 8.0 * f64::EPSILON + 1e-320;
            prop_assert!((ours - theirs).abs() <= tolerance, "{ours} {theirs}");
        }
        Value::String(text) => {
            let own = ours.as_str();
            prop_assert_eq!(own.as_deref(), Some(text.as_str()));
            prop_assert!(ours.is_text(text));
        }
        Value::Array(elements) => {
            prop_assert_eq!(ours.kind(), Kind::Array);
            prop_assert_eq!(ours.elements().count(), elements.len());
            for (ours, theirs) in ours.elements().zip(elements) {
                same(ours, theirs)?;
            }
        }
        Value::Object(members) => {
            prop_assert_eq!(ours.kind(), Kind::Object);
            prop_assert_eq!(ours.members().count(), members.len());
            for (key, value) in ours.members() {
                let key = key.as_str().unwrap();
                prop_assert_eq!(ours.get(&key).map(ValueRef::id), Some(value.id()));
                same(value, &members[&*key])?;
            }
        }
    }
    Ok(())
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index, usize),
    Insert(Index, &'static str),
    Copy(Index, Index, usize),
    Byte(Index, u8),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let pieces = vec![
        "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\n", "\t", "0", "1", "-", "+", ".", "e",
        "E", "/", "//", "/*", "'", "null", "true", "NaN", "\\u", "\\ud83d", "\\ude00", "\u{0}",
        "\u{b}", "é", "\u{feff}", "1e999",
    ];
    prop_oneof![
        (any::<Index>(), 1..4_usize).prop_map(|(at, length)| Mutation::Delete(at, length)),
        (any::<Index>(), proptest::sample::select(pieces))
            .prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), any::<Index>(), 1..30_usize)
            .prop_map(|(from, to, length)| Mutation::Copy(from, to, length)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Byte(at, byte)),
        any::<Index>().prop_map(Mutation::Cut),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let length_of = |at: usize, length: usize, whole: usize| length.min(whole - at);
    match mutation {
        Mutation::Delete(at, length) => {
            let at = at.index(bytes.len());
            let length = length_of(at, *length, bytes.len());
            bytes.drain(at..at + length);
        }
        Mutation::Insert(at, piece) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece.bytes());
        }
        Mutation::Copy(from, to, length) => {
            let from = from.index(bytes.len());
            let length = length_of(from, *length, bytes.len());
            let piece = bytes[from..from + length].to_vec();
            let to = to.index(bytes.len());
            bytes.splice(to..to, piece);
        }
        Mutation::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Mutation::Cut(at) => bytes.truncate(at.index(bytes.len())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_json_reads_the_same(value in json::json(), layout in json::layout()) {
        let text = json::write(&value, layout);
        compare(text.as_bytes())?;
        let tree = read(text.as_bytes()).unwrap();
        prop_assert_eq!(tree.text(), text);
    }

    #[test]
    fn what_is_nearly_json_is_judged_the_same(
        value in json::json(),
        layout in json::layout(),
        mutations in proptest::collection::vec(mutation(), 1..4),
    ) {
        let mut bytes = json::write(&value, layout).into_bytes();
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        compare(&bytes)?;
    }

    #[test]
    fn what_is_a_bag_of_pieces_is_judged_the_same(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "1", "-", "0", ".5", "e3", "null", " ", "\n", "\\", "\\u0061",
        ]), 0..12),
    ) {
        compare(pieces.concat().as_bytes())?;
    }

    #[test]
    fn what_is_quoted_reads_back(text in json::text()) {
        let literal = flow::json::quote(&text);
        let tree = read(literal.as_bytes()).unwrap();
        prop_assert_eq!(tree.root().as_str().unwrap(), text.as_str());
        prop_assert_eq!(serde_json::from_str::<String>(&literal).unwrap(), text);
    }

    #[test]
    fn numbers_that_are_written_read_back(number in any::<f64>()) {
        let literal = flow::json::write_number(number);
        if number.is_finite() {
            prop_assert_eq!(read(literal.as_bytes()).unwrap().root().as_f64(), Some(number));
        } else {
            prop_assert_eq!(literal, "null");
        }
    }

    #[test]
    fn a_place_in_a_decoded_string_is_found_in_its_spelling(
        text in json::text(),
        seed in any::<u64>(),
        from in any::<Index>(),
    ) {
        let literal = json::write(&Json::Text(text.clone()), Layout::Odd(seed));
        let tree = read(literal.as_bytes()).unwrap();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = bounds[from.index(bounds.len())];
        let span = tree.span_within(tree.root().id(), start..text.len());
        let rest = format!("\"{}\"", &tree.text()[span.range()]);
        prop_assert_eq!(serde_json::from_str::<String>(&rest).unwrap(), &text[start..]);
    }
}
