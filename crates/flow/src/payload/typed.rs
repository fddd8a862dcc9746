//! Values as a form edits them: as one of a few types, each with its own spelling. A value that is
//! shown and not edited is never written back.

use crate::json::{Kind, NewValue, ValueRef, parse};

/// What a form edits a value as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueType {
    /// A string, without its quotes.
    #[default]
    Text,
    /// A number, as spelled.
    Number,
    /// True or false.
    Boolean,
    /// Nothing.
    Null,
    /// An object or an array, as JSON.
    Json,
}

impl ValueType {
    /// Every type, in the order a form offers them.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Number,
        Self::Boolean,
        Self::Null,
        Self::Json,
    ];

    /// The word a form uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
            Self::Json => "JSON",
        }
    }

    /// The type that a form calls `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }

    /// The type of a value.
    pub fn of(value: ValueRef<'_>) -> Self {
        match value.kind() {
            Kind::Null => Self::Null,
            Kind::True | Kind::False => Self::Boolean,
            Kind::Number => Self::Number,
            Kind::Array | Kind::Object => Self::Json,
            _ => Self::Text,
        }
    }
}

/// What a field shows of a value: the text of a string, else the JSON without the indentation of
/// the document around it. O(value).
pub fn shown_value(value: ValueRef<'_>) -> String {
    if let Some(text) = value.as_str() {
        return text.into_owned();
    }
    let raw = value.raw();
    let Some(last) = raw.rfind('\n') else {
        return raw.to_owned();
    };
    let end = &raw[last + 1..];
    let lead = &end[..end.len() - end.trim_start_matches([' ', '\t']).len()];
    // No string of JSON holds a line break, so every line starts outside of strings.
    let lines = raw.split('\n').enumerate().map(|(number, line)| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match number {
            0 => line,
            _ => line.strip_prefix(lead).unwrap_or(line),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The value that `typed` spells as a value of type `kind`, for the place where `at` stands; or
/// what is wrong with it.
pub fn read_value(kind: ValueType, typed: &str, at: ValueRef<'_>) -> Result<NewValue, String> {
    match kind {
        ValueType::Text => Ok(typed.into()),
        ValueType::Null => Ok(NewValue::null()),
        ValueType::Boolean => Ok(NewValue::Literal((typed.trim() == "true").to_string())),
        ValueType::Number => read_number(typed),
        ValueType::Json => {
            let literal = read_json(typed)?;
            Ok(NewValue::Literal(indented(&literal, at)))
        }
    }
}

/// The number that `typed` spells, in the spelling it was typed in.
pub fn read_number(typed: &str) -> Result<NewValue, String> {
    let typed = typed.trim();
    let is_number = parse(typed.into())
        .is_ok_and(|tree| tree.root().kind() == Kind::Number && tree.root().raw() == typed);
    if is_number {
        Ok(NewValue::Literal(typed.to_owned()))
    } else {
        Err("That is not a number. Write digits, with a point before decimals: 12.5".to_owned())
    }
}

/// The JSON object that `typed` spells, for the place where `at` stands.
pub fn read_object(typed: &str, at: ValueRef<'_>) -> Result<NewValue, String> {
    let literal = read_json(typed)?;
    if literal.starts_with('{') {
        Ok(NewValue::Literal(indented(&literal, at)))
    } else {
        Err("That is not an object. An object stands in braces: { \"name\": \"value\" }".to_owned())
    }
}

fn read_json(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    match parse(typed.into()) {
        Ok(_) => Ok(typed.to_owned()),
        Err(errors) => Err(errors.first().map_or_else(String::new, |error| {
            format!(
                "That is not JSON yet. Line {}, column {}: {}",
                error.line, error.column, error.message
            )
        })),
    }
}

/// `literal` with its later lines indented as deep as the line on which `at` starts.
fn indented(literal: &str, at: ValueRef<'_>) -> String {
    if !literal.contains('\n') {
        return literal.to_owned();
    }
    let before = &at.tree().text()[..at.span().range().start];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let lead = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let newline = if before.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    literal.replace('\n', &format!("{newline}{lead}"))
}

/// A value as another type, keeping what can be kept: `"12"` becomes the number 12, an object the
/// text that spells it, anything else the only element of an array.
pub fn converted(value: ValueRef<'_>, to: ValueType) -> NewValue {
    let text = shown_value(value);
    match to {
        ValueType::Text if value.is_null() => "".into(),
        ValueType::Text => text.as_str().into(),
        ValueType::Number => {
            let one = value.as_bool().unwrap_or(false);
            read_number(&text)
                .unwrap_or_else(|_| NewValue::Literal(if one { "1" } else { "0" }.to_owned()))
        }
        ValueType::Boolean => {
            let holds = text.trim() == "true" || value.as_f64().is_some_and(|number| number != 0.0);
            NewValue::Literal(holds.to_string())
        }
        ValueType::Null => NewValue::null(),
        ValueType::Json => {
            let spelled = parse(text.trim().into())
                .is_ok_and(|tree| matches!(tree.root().kind(), Kind::Object | Kind::Array));
            if spelled {
                NewValue::Literal(text.trim().to_owned())
            } else if value.is_null() {
                NewValue::Object(Vec::new())
            } else {
                NewValue::Array(vec![NewValue::Literal(value.raw().to_owned())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Tree;

    fn tree(text: &str) -> Tree {
        parse(text.into()).unwrap()
    }

    fn literal(value: NewValue) -> String {
        match value {
            NewValue::Literal(literal) => literal,
            other => panic!("{other:?} is no literal"),
        }
    }

    #[test]
    fn values_show_without_the_indentation_around_them_and_get_it_back() {
        for newline in ["\n", "\r\n"] {
            let text = "{\n  \"a\": {\n    \"b\": [\n      1\n    ]\n  }\n}";
            let tree = tree(&text.replace('\n', newline));
            let at = tree.root().get("a").unwrap();
            let shown = shown_value(at);
            assert_eq!(shown, "{\n  \"b\": [\n    1\n  ]\n}");
            let back = literal(read_value(ValueType::Json, &shown, at).unwrap());
            assert_eq!(back, at.raw());
        }
    }

    #[test]
    fn what_is_typed_is_read_as_its_type_or_refused_with_the_reason() {
        let tree = tree("null");
        let read = |kind, typed| read_value(kind, typed, tree.root());
        assert_eq!(read(ValueType::Text, "12"), Ok("12".into()));
        assert_eq!(
            read(ValueType::Number, " 1.50 "),
            Ok(NewValue::Literal("1.50".into()))
        );
        for wrong in ["", "1,5", "0x10", "NaN", "1 2", "\"1\"", "01"] {
            assert!(read(ValueType::Number, wrong).is_err(), "{wrong}");
        }
        let wrong = read(ValueType::Json, "{\"a\": 1,}").unwrap_err();
        assert!(wrong.contains("Line 1, column"), "{wrong}");
        assert!(read_object("[1]", tree.root()).is_err());
        assert!(read_object("{}", tree.root()).is_ok());
    }

    #[test]
    fn another_type_keeps_what_it_can() {
        let tree = tree(r#"["12", true, {"a": 1}, null, "yes", "[1]", 0.5]"#);
        let values: Vec<_> = tree.root().elements().collect();
        let to = |index: usize, kind| converted(values[index], kind);
        assert_eq!(literal(to(0, ValueType::Number)), "12");
        assert_eq!(literal(to(1, ValueType::Number)), "1");
        assert_eq!(literal(to(4, ValueType::Number)), "0");
        assert_eq!(to(2, ValueType::Text), r#"{"a": 1}"#.into());
        assert_eq!(to(3, ValueType::Text), "".into());
        assert_eq!(literal(to(6, ValueType::Boolean)), "true");
        assert_eq!(literal(to(4, ValueType::Boolean)), "false");
        assert_eq!(literal(to(5, ValueType::Json)), "[1]");
        let wrapped = NewValue::Array(vec![NewValue::Literal("\"yes\"".into())]);
        assert_eq!(to(4, ValueType::Json), wrapped);
        assert_eq!(to(3, ValueType::Json), NewValue::Object(Vec::new()));
        assert_eq!(literal(to(0, ValueType::Null)), "null");
    }
}
