//! The reader of JSON: what it accepts, what it refuses, and what it says then.

#[path = "json_reader/accepted.rs"]
mod accepted;
#[path = "json_reader/rejected.rs"]
mod rejected;

use std::fmt::Write as _;

use accepted::ACCEPTED;
use flow::json::{MAX_BYTES, MAX_DEPTH, MAX_ERRORS, ReadError, Tree, decode_text, parse};
use rejected::REJECTED;

/// Reads bytes as a file is read.
fn read(bytes: &[u8]) -> Result<Tree, Vec<ReadError>> {
    let text = decode_text(bytes).map_err(|error| vec![error])?;
    parse(text.into())
}

fn errors(text: &str) -> Vec<ReadError> {
    let Err(errors) = read(text.as_bytes()) else {
        panic!("{text} was read");
    };
    errors
}

#[test]
fn what_is_json_is_read_and_kept_byte_for_byte() {
    for (name, bytes) in ACCEPTED {
        let tree = read(bytes).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]));
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        assert_eq!(tree.text().as_bytes(), text, "{name}");
    }
}

#[test]
fn what_is_not_json_is_refused_with_place_and_reason() {
    let mut report = String::new();
    for (name, bytes) in REJECTED {
        let Err(errors) = read(bytes) else {
            panic!("{name} was read");
        };
        assert!(!errors.is_empty(), "{name}: no reason");
        writeln!(report, "{name}: {}", bytes.escape_ascii()).unwrap();
        for error in errors {
            let ReadError {
                message,
                pointer,
                line,
                column,
                ..
            } = error;
            assert!(message.ends_with('.'), "{name}: {message}");
            writeln!(report, "  {line}:{column} \"{pointer}\" {message}").unwrap();
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn independent_mistakes_are_reported_together_in_order() {
    let text = "{\n  // greeting\n  \"id\": 'x',\n  \"n\": 01,\n  \"s\": \"\\q\",\n  \"n\": NaN,\n  \
                \"a\": [1,],\n  \"b\": True,\n}";
    let report: Vec<String> = errors(text).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(report.join("\n"));
}

#[test]
fn at_most_a_hundred_mistakes_are_reported_the_first_ones() {
    let text = format!("[{}1]", "01,".repeat(1000));
    let errors = errors(&text);
    assert_eq!(errors.len(), MAX_ERRORS);
    assert_eq!(errors[0].pointer, "/0");
    assert_eq!(errors[MAX_ERRORS - 1].pointer, "/99");
}

/// An object of `members` members whose key `first` comes again at `second`.
fn with_duplicate(members: usize, first: usize, second: usize) -> String {
    let keys: Vec<String> = (0..members)
        .map(|index| {
            let name = if index == second { first } else { index };
            format!("\"k{name}\":{index}")
        })
        .collect();
    format!("{{{}}}", keys.join(","))
}

#[test]
fn a_key_that_stands_twice_is_found_in_objects_of_every_size() {
    for members in [2, 3, 5, 11, 12, 13, 14, 30, 100, 1000] {
        let middle = members / 2;
        let pairs = [
            (0, 1),
            (0, members - 1),
            (middle - 1, middle),
            (members - 2, members - 1),
        ];
        for (first, second) in pairs {
            let text = with_duplicate(members, first, second);
            let errors = errors(&text);
            assert_eq!(errors.len(), 1, "{members} members, {first} and {second}");
            let place = text.rfind(&format!("\"k{first}\":")).unwrap();
            assert_eq!(errors[0].offset as usize, place);
            assert!(errors[0].message.contains(&format!("\"k{first}\"")));
        }
        read(with_duplicate(members, 0, 0).as_bytes()).unwrap();
    }
}

#[test]
fn a_key_that_stands_a_hundred_thousand_times_takes_linear_time() {
    let text = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(100_000));
    assert_eq!(errors(&text).len(), MAX_ERRORS);
}

fn nested(depth: usize, object: bool) -> String {
    let (open, close) = if object { ("{\"a\":", "}") } else { ("[", "]") };
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn a_hundred_levels_are_read_and_one_more_is_not() {
    for object in [false, true] {
        read(nested(MAX_DEPTH, object).as_bytes()).unwrap();
        let text = nested(MAX_DEPTH + 1, object);
        let errors = errors(&text);
        assert_eq!(errors.len(), 1);
        let step = if object { 5 } else { 1 };
        assert_eq!(errors[0].offset as usize, MAX_DEPTH * step);
        assert!(errors[0].message.contains("100 levels"), "{}", errors[0]);
    }
    let empty = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    read(empty.as_bytes()).unwrap();
    assert_eq!(errors(&"[".repeat(1_000_000)).len(), 1);
    assert_eq!(errors(&"{\"a\":".repeat(1_000_000)).len(), 1);
}

#[test]
fn sixty_four_mebibytes_are_read_and_one_byte_more_is_not() {
    let mut text = vec![b' '; MAX_BYTES];
    text[0] = b'1';
    assert_eq!(read(&text).unwrap().root().as_f64(), Some(1.0));
    text.push(b' ');
    let errors = read(&text).unwrap_err();
    assert_eq!(errors.len(), 1);
    insta::assert_snapshot!(errors[0].message, @"The file is larger than 64 MiB; files up to 64 MiB are read.");
    let text = String::from_utf8(text).unwrap();
    assert_eq!(parse(text.into()).unwrap_err(), errors);
}

#[test]
fn values_are_what_they_spell() {
    let tree =
        read(b"[\"a\\u00e9\\ud83d\\ude00\\/\",1e3,-0,true,null,9007199254740993,1e400]").unwrap();
    let values: Vec<_> = tree.root().elements().collect();
    assert_eq!(values[0].as_str().as_deref(), Some("aé😀/"));
    assert_eq!(values[1].as_f64(), Some(1000.0));
    assert_eq!(
        values[2].as_f64().map(f64::to_bits),
        Some((-0.0_f64).to_bits())
    );
    assert_eq!(values[3].as_bool(), Some(true));
    assert!(values[4].is_null());
    assert_eq!(values[5].raw(), "9007199254740993");
    assert_eq!(values[6].as_f64(), Some(f64::INFINITY));
    for value in values {
        let reached = tree.innermost_at(value.span().start);
        assert_eq!(reached, Some(value.id()));
    }
}

#[test]
fn a_long_name_is_shortened_in_a_message() {
    let key = "k".repeat(1_000_000);
    let errors = errors(&format!("{{\"{key}\":1,\"{key}\":2}}"));
    assert!(errors[0].message.len() < 200, "{}", errors[0].message.len());
}
