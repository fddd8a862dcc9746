//! Every text in the settings of a node, with the way to it. A text that is JSON itself, as `say`,
//! `headers` and `payloadJSON` may be, is looked into.

use std::fmt::{Display, Formatter};

use compact_str::CompactString;

use crate::json::{Kind, Tree, ValueId, ValueRef, parse};

/// The way to a text: the names of the settings around it, from the outermost.
#[derive(Debug, Default)]
pub struct Path {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Key(CompactString),
    Index(usize),
}

impl Path {
    /// Whether it is the way through just these names.
    pub fn is(&self, keys: &[&str]) -> bool {
        let is_key = |(step, key): (&Step, &&str)| matches!(step, Step::Key(own) if own == key);
        self.steps.len() == keys.len() && self.steps.iter().zip(keys).all(is_key)
    }

    /// The name of the innermost setting.
    pub fn last_key(&self) -> Option<&str> {
        let mut keys = self.steps.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        keys.next()
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if index == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// One text.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The way to it.
    pub path: &'a Path,
    /// The string of the file it is, or stands in.
    pub at: ValueId,
    /// What it says.
    pub text: &'a str,
    /// Whether it stands in JSON that is the text of the string.
    pub is_inside: bool,
}

/// Goes through the texts under a value, in file order. Settings whose names `skip` holds for are
/// passed over. O(bytes); recursion is bounded by the depth that the reader accepts.
pub fn each(root: ValueRef<'_>, skip: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(&Text<'_>)) {
    let mut path = Path::default();
    walk(root, None, &mut path, skip, visit);
}

fn walk(
    value: ValueRef<'_>,
    inside: Option<ValueId>,
    path: &mut Path,
    skip: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&Text<'_>),
) {
    match value.kind() {
        Kind::Object => {
            for (key, member) in value.members() {
                let key = key.as_str().unwrap_or_default();
                if skip(&key) {
                    continue;
                }
                path.steps.push(Step::Key(key.into()));
                walk(member, inside, path, skip, visit);
                path.steps.pop();
            }
        }
        Kind::Array => {
            for (index, element) in value.elements().enumerate() {
                path.steps.push(Step::Index(index));
                walk(element, inside, path, skip, visit);
                path.steps.pop();
            }
        }
        Kind::String | Kind::EscapedString => {
            let Some(text) = value.as_str() else { return };
            // What is inside is not looked into once more: nothing writes such files.
            let tree = inside.is_none().then(|| json_in(&text)).flatten();
            if let Some(tree) = tree {
                walk(tree.root(), Some(value.id()), path, skip, visit);
            } else {
                visit(&Text {
                    path,
                    at: inside.unwrap_or(value.id()),
                    text: &text,
                    is_inside: inside.is_some(),
                });
            }
        }
        Kind::Null | Kind::True | Kind::False | Kind::Number => {}
    }
}

/// The JSON that a text is, when it is an object or a list.
pub fn json_in(text: &str) -> Option<Tree> {
    let trimmed = text.trim();
    let may_be = (trimmed.starts_with('{') && trimmed.ends_with('}'))
        || (trimmed.starts_with('[') && trimmed.ends_with(']'));
    may_be.then(|| parse(trimmed.into()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_with_its_way_and_json_in_texts_is_looked_into() {
        let source = r#"{"say":{"text":["a","b"],"n":1},"headers":"{\"x\":[\"c\"]}","skipped":"d",
            "broken":"{\"x\":","deep":"[\"[1]\"]"}"#;
        let tree = parse(source.into()).unwrap();
        let mut found = Vec::new();
        each(tree.root(), &|key| key == "skipped", &mut |text| {
            let written = tree
                .value(text.at)
                .as_str()
                .is_some_and(|at| at.contains(text.text));
            assert!(written, "{text:?}");
            found.push(format!("{}={} {}", text.path, text.text, text.is_inside));
        });
        assert_eq!(
            found,
            [
                "say.text[0]=a false",
                "say.text[1]=b false",
                "headers.x[0]=c true",
                "broken={\"x\": false",
                "deep[0]=[1] true"
            ]
        );
    }
}
