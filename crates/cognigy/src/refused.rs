//! Which value of a document a platform means when it refuses a request: from the path it names to a
//! place that is found again while the document is edited. Platforms spell paths in several ways, and
//! what is sent is not the document itself; both are known here and nowhere else.

use flow::document::Document;
use flow::json::{Kind, Locator, Step as Way, Tree, ValueId, ValueRef};
use serde_json::Value;

use crate::error::{CallError, Error, Mistake};

/// The members that name an element of a list.
const NAMES: [&str; 3] = ["id", "name", "key"];
/// What some platforms call the whole of what they were sent.
const WHOLE: [&str; 5] = ["body", "request", "payload", "data", "$"];

/// What a request carried of a document.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// All of it, or as much of it as the platform knows, under the same names.
    Document,
    /// The transitions of one state.
    Transitions {
        /// The state.
        state: &'a str,
        /// They, as they were sent: others' changes may be among them.
        sent: &'a Value,
    },
    /// The variables of a context set.
    Context,
}

/// A mistake that a platform found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What it said.
    pub mistake: Mistake,
    /// The value it is about; none where its path leads nowhere.
    pub place: Option<Place>,
}

/// A place in a document. Elements of lists are told by their names where they have one, so that it is
/// found again when others come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    Element { index: usize, name: Option<String> },
}

/// The mistakes that a call failed for, each with its place in the document that was sent; none when it
/// failed for something else.
pub fn refused(failed: &CallError, document: &Document, body: Body<'_>) -> Vec<Refused> {
    let Error::Invalid(mistakes) = &failed.error else {
        return Vec::new();
    };
    let mut locator = Locator::new(document.tree());
    let placed = mistakes.iter().map(|mistake| Refused {
        mistake: mistake.clone(),
        place: find(document, body, &mistake.path)
            .map(|at| Place::of(&mut locator, document.tree(), at)),
    });
    placed.collect()
}

/// The JSON Pointer into the document for a path into what was sent.
pub fn pointer(document: &Document, body: Body<'_>, path: &str) -> Option<String> {
    find(document, body, path).map(|at| Locator::new(document.tree()).pointer(at))
}

/// The value that a path means: as far along it as the document goes, which is where something is
/// missing. None where not even its first step leads anywhere.
fn find(document: &Document, body: Body<'_>, path: &str) -> Option<ValueId> {
    let segments = segments(path);
    let tree = document.tree();
    let start = match body {
        Body::Transitions { state, sent } => {
            let states = &document.state_flow()?.states;
            let state = states.iter().find(|known| known.id.text == state)?;
            return transition(tree.value(state.at), sent, &segments);
        }
        Body::Context => {
            if let Some(found) = variable(document, &segments) {
                return Some(found);
            }
            tree.root()
        }
        Body::Document => document
            .dialog_flow()
            .map_or(tree.root(), |flow| tree.value(flow.at)),
    };
    walk(start, &segments).or_else(|| {
        let (first, rest) = segments.split_first()?;
        let is_whole = WHOLE.contains(&first.as_str());
        is_whole.then(|| walk(start, rest)).flatten()
    })
}

/// In the transitions of a state. They may have been merged before they were sent, so that the document
/// has them at other places.
fn transition(state: ValueRef<'_>, sent: &Value, segments: &[String]) -> Option<ValueId> {
    let at = segments.iter().position(|it| it == "transitions")?;
    let list = state.get("transitions")?;
    let Some(segment) = segments.get(at + 1) else {
        return Some(list.id());
    };
    let name = match segment.parse::<usize>() {
        Ok(index) => sent.get(index)?.get("id")?.as_str()?,
        Err(_) => segment,
    };
    // One that somebody else added is not in the document; its state is.
    let Some((_, found)) = named(list, name) else {
        return Some(state.id());
    };
    walk(found, &segments[at + 2..]).or(Some(found.id()))
}

/// In the variables of a context set. They are sent by the key inside them, and may stand under another.
fn variable(document: &Document, segments: &[String]) -> Option<ValueId> {
    let set = document.context_set()?;
    let at = segments
        .iter()
        .position(|it| it == "context" || it == "variables")?;
    // A key may hold what separates the steps of a path.
    let (_, taken, found) = set
        .variables
        .iter()
        .filter_map(|variable| {
            let taken = matching(&variable.key().text, &segments[at + 1..])?;
            Some((variable, taken, document.tree().value(variable.at)))
        })
        .max_by_key(|(_, taken, _)| *taken)?;
    walk(found, &segments[at + 1 + taken..]).or(Some(found.id()))
}

/// Follows segments from a value as far as they lead; none when the first leads nowhere.
fn walk(start: ValueRef<'_>, segments: &[String]) -> Option<ValueId> {
    let mut at = start;
    let mut rest = segments;
    while let Some(segment) = rest.first() {
        let next = match at.kind() {
            Kind::Object => member(at, rest),
            Kind::Array => element(at, segment).map(|(_, found)| (found, 1)),
            _ => None,
        };
        let Some((found, taken)) = next else { break };
        at = found;
        rest = &rest[taken..];
    }
    (rest.len() < segments.len()).then(|| at.id())
}

/// A member and how many segments name it: keys may hold dots, and may be spelled a little otherwise.
fn member<'a>(object: ValueRef<'a>, segments: &[String]) -> Option<(ValueRef<'a>, usize)> {
    if let Some(found) = object.get(&segments[0]) {
        return Some((found, 1));
    }
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let first = plain(&segments[0]);
    let mut alike = None;
    for (key, value) in object.members() {
        let key = key.as_str().unwrap_or_default();
        if let Some(taken) = matching(&key, segments) {
            return Some((value, taken));
        }
        if alike.is_none() && plain(&key) == first {
            alike = Some((value, 1));
        }
    }
    alike
}

/// How many of the segments, with dots between them, are this key.
fn matching(key: &str, segments: &[String]) -> Option<usize> {
    let mut rest = key;
    for (index, segment) in segments.iter().enumerate() {
        rest = rest.strip_prefix(segment.as_str())?;
        if rest.is_empty() {
            return Some(index + 1);
        }
        rest = rest.strip_prefix('.')?;
    }
    None
}

/// An element by its place, or by its name.
fn element<'a>(list: ValueRef<'a>, segment: &str) -> Option<(usize, ValueRef<'a>)> {
    match segment.parse() {
        Ok(index) => Some((index, list.elements().nth(index)?)),
        Err(_) => named(list, segment),
    }
}

fn named<'a>(list: ValueRef<'a>, name: &str) -> Option<(usize, ValueRef<'a>)> {
    let mut elements = list.elements().enumerate();
    elements.find(|(_, element)| name_of(*element).as_deref() == Some(name))
}

fn name_of(element: ValueRef<'_>) -> Option<String> {
    let mut names = NAMES.iter();
    names.find_map(|name| Some(element.get(name)?.as_str()?.into_owned()))
}

/// The steps of a path: a JSON Pointer, or names with dots and brackets (`$.edges[0].condition`).
fn segments(path: &str) -> Vec<String> {
    let path = path.trim();
    let path = path.strip_prefix('#').unwrap_or(path);
    if let Some(pointer) = path.strip_prefix('/') {
        let unescaped = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
        return pointer.split('/').map(unescaped).collect();
    }
    let mut segments = Vec::new();
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    while !rest.is_empty() {
        let (segment, after) = if let Some(inside) = rest.strip_prefix('[') {
            let Some((segment, after)) = inside.split_once(']') else {
                break;
            };
            (segment.trim_matches(['"', '\'']), after)
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
        };
        if !segment.is_empty() {
            segments.push(segment.to_owned());
        }
        rest = after;
    }
    segments
}

impl Place {
    fn of(locator: &mut Locator<'_>, tree: &Tree, at: ValueId) -> Self {
        let steps = locator.way(at).into_iter().map(|step| match step {
            Way::Element { index, value } => Step::Element {
                index,
                name: name_of(tree.value(value)),
            },
            Way::Member { key, .. } => {
                let key = tree.value(key).as_str().unwrap_or_default();
                Step::Member(key.into_owned())
            }
        });
        Self(steps.collect())
    }

    /// The value at this place, or the nearest around it that is still there; none when what was named
    /// is gone.
    pub fn find(&self, tree: &Tree) -> Option<ValueId> {
        let mut at = tree.root();
        let mut is_inside = false;
        for step in &self.0 {
            let next = match step {
                Step::Member(key) => at.get(key),
                Step::Element { index, name } => {
                    let there = at.elements().nth(*index);
                    match name {
                        None => there,
                        Some(name) => {
                            let same = there.filter(|it| name_of(*it).as_ref() == Some(name));
                            // Another element is no place for what is said of this one.
                            let found = same.or_else(|| Some(named(at, name)?.1))?;
                            is_inside = true;
                            Some(found)
                        }
                    }
                }
            };
            match next {
                Some(next) => at = next,
                None if is_inside => break,
                None => return None,
            }
        }
        Some(at.id())
    }
}

impl std::fmt::Display for Place {
    /// As a person would say it: `edge e2 › condition`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut words: Vec<String> = Vec::new();
        for step in &self.0 {
            match step {
                Step::Member(key) => words.push(key.clone()),
                Step::Element { index, name } => {
                    let name = name.clone().unwrap_or_else(|| (index + 1).to_string());
                    let of = words.pop().unwrap_or_default();
                    let of = of.strip_suffix('s').unwrap_or(&of);
                    words.push(format!("{of} {name}").trim().to_owned());
                }
            }
        }
        f.write_str(&words.join(" › "))
    }
}
