//! Which names an expression or a text refers to. Whether they exist is for the rules.

use super::characters::{is_name_part, is_name_start};
use super::names::Root;
use super::tree::{Expression, NodeId, NodeKind, offset};
use crate::json::Span;

/// A path in an expression: a root name and the properties read from it.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'expression> {
    expression: &'expression Expression<'expression>,
    start: NodeId,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name, without quotes and escapes.
    pub name: String,
    /// Where it stands, without quotes.
    pub span: Span,
}

impl Expression<'_> {
    /// All paths, in the order of the arena, those inside brackets and arguments too.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        (0..offset(self.nodes.len()))
            .map(NodeId)
            .filter_map(|start| {
                let is_name = self.node(start).kind == NodeKind::Name;
                is_name.then_some(Reference {
                    expression: self,
                    start,
                })
            })
    }
}

impl<'expression> Reference<'expression> {
    /// The root as it is written.
    pub fn root_name(self) -> &'expression str {
        self.expression.text(self.start)
    }

    /// Where the root name is.
    pub fn root_span(self) -> Span {
        self.expression.node(self.start).span
    }

    /// What the root stands for; `None` for a declared variable or an unknown name.
    pub fn root(self) -> Option<Root> {
        Root::named(self.root_name())
    }

    /// The node that reads the next property from `object`, if its name is known.
    fn next(self, object: NodeId) -> Option<(NodeId, Step)> {
        let expression = self.expression;
        let after = |steps: u32| {
            let id = NodeId(object.0 + steps);
            expression.nodes.get(id.index()).map(|node| (id, *node))
        };
        let (id, node) = after(1)?;
        match node.kind {
            NodeKind::Member {
                object: from,
                property,
                ..
            } if from == object => {
                let span = Span::new(property, node.span.end);
                Some((
                    id,
                    Step {
                        name: expression.slice(span).to_owned(),
                        span,
                    },
                ))
            }
            NodeKind::Group { inner } if inner == object => self.next(id),
            NodeKind::String { .. } => {
                let (parent, parent_node) = after(2)?;
                let NodeKind::Index {
                    object: from,
                    index,
                    ..
                } = parent_node.kind
                else {
                    return None;
                };
                let span = Span::new(node.span.start + 1, node.span.end - 1);
                let name = expression.string(index).to_str().into_owned();
                (from == object && index == id).then_some((parent, Step { name, span }))
            }
            _ => None,
        }
    }

    /// The properties read one from the other, as far as their names stand in the source.
    pub fn steps(self) -> impl Iterator<Item = Step> + 'expression {
        let mut place = self.start;
        std::iter::from_fn(move || {
            let (next, step) = self.next(place)?;
            place = next;
            Some(step)
        })
    }

    /// The context variable this names: the first property of `context`, or a root that is none
    /// of the known ones.
    pub fn variable(self) -> Option<Step> {
        match self.root() {
            Some(Root::Context) => self.next(self.start).map(|(_, step)| step),
            Some(_) => None,
            None => Some(Step {
                name: self.root_name().to_owned(),
                span: self.root_span(),
            }),
        }
    }
}

/// How a text refers to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `${name}`
    Dollar,
    /// `{{name}}`
    Braces,
    /// `context.name`, `$context.name`, `cc.name`
    Context,
}

/// A reference to a variable in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextReference<'text> {
    /// How it is written.
    pub form: Form,
    /// The whole reference, braces included.
    pub span: Span,
    /// The variable's name.
    pub name: &'text str,
    /// Where the name is.
    pub name_span: Span,
    /// What is read from the variable: `.street` in `${address.street}`.
    pub rest: &'text str,
    /// The root it is written with: `context` in `{{context.agent}}`.
    pub root: Option<Root>,
    /// Whether `name` is a property of the root, and not the root itself.
    pub is_property: bool,
}

impl TextReference<'_> {
    /// Whether it is `${name}` and nothing else: no spaces, no `context.`, no further property.
    pub fn is_plain_dollar(&self) -> bool {
        let name = self.name_span;
        self.form == Form::Dollar && self.span == Span::new(name.start - 2, name.end + 1)
    }

    /// Whether a value takes its place in a text: `${name}` and `{{name}}`.
    pub fn is_replaced(&self) -> bool {
        self.form != Form::Context
    }

    /// Whether it names a context variable: `{{agent}}` and `{{cc.agent}}` do, `{{input.text}}`
    /// and `{{context}}` do not.
    pub fn names_variable(&self) -> bool {
        self.root
            .is_none_or(|root| root == Root::Context && self.is_property)
    }
}

/// Finds the references in any text: a message, a string literal, a script in another language.
/// Takes time linear in the text.
pub fn scan_text(text: &str) -> TextReferences<'_> {
    TextReferences { text, position: 0 }
}

/// The iterator of [`scan_text`].
#[derive(Clone, Debug)]
pub struct TextReferences<'text> {
    text: &'text str,
    position: usize,
}

impl<'text> Iterator for TextReferences<'text> {
    type Item = TextReference<'text>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.position..];
            let found =
                rest.find(|character| matches!(character, '{' | '$') || is_name_start(character))?;
            let start = self.position + found;
            let (reference, end) = self.at(start);
            self.position = end;
            if reference.is_some() {
                return reference;
            }
        }
    }
}

impl<'text> TextReferences<'text> {
    /// The reference at `start`, and where to go on.
    fn at(&self, start: usize) -> (Option<TextReference<'text>>, usize) {
        let rest = &self.text[start..];
        for (form, open, close) in [(Form::Dollar, "${", "}"), (Form::Braces, "{{", "}}")] {
            if rest.starts_with(open) {
                let inside = self.bracketed(form, start, start + open.len(), close);
                // Without a reference in it, the brackets are ordinary text.
                let end = inside.map_or(start + open.len(), |found| found.span.end as usize);
                return (inside, end);
            }
        }
        let name = name_length(rest);
        if name == 0 {
            return (None, start + 1);
        }
        let end = start + name;
        let joined = self.text[..start].ends_with(|before| before == '.' || is_name_part(before));
        if joined || Root::named(&rest[..name]) != Some(Root::Context) {
            return (None, end);
        }
        let Some((name, name_span)) = self.property(end) else {
            return (None, end);
        };
        let after = end + property_length(&self.text[end..]);
        let path = path_length(&self.text[after..]);
        let reference = TextReference {
            form: Form::Context,
            span: Span::new(offset(start), offset(after)),
            name,
            name_span,
            rest: &self.text[after..after + path],
            root: Some(Root::Context),
            is_property: true,
        };
        (Some(reference), after)
    }

    /// What stands between brackets: `name`, `context.name`, each with further properties.
    fn bracketed(
        &self,
        form: Form,
        start: usize,
        inner: usize,
        close: &str,
    ) -> Option<TextReference<'text>> {
        let text = self.text;
        let blank = text[inner..].len() - text[inner..].trim_start_matches([' ', '\t']).len();
        let path = inner + blank;
        let name = word_length(&text[path..]);
        if name == 0 {
            return None;
        }
        let written = &text[path..path + name];
        let root = Root::named(written);
        let mut end = path + name;
        let mut found = (written, Span::new(offset(path), offset(end)));
        let mut is_property = false;
        if root.is_some()
            && let Some(property) = self.property(end)
        {
            found = property;
            is_property = true;
            end += property_length(&text[end..]);
        }
        let rest = path_length(&text[end..]);
        let after = text[end + rest..].trim_start_matches([' ', '\t']);
        if !after.starts_with(close) {
            return None;
        }
        let last = text.len() - after.len() + close.len();
        Some(TextReference {
            form,
            span: Span::new(offset(start), offset(last)),
            name: found.0,
            name_span: found.1,
            rest: &text[end..end + rest],
            root,
            is_property,
        })
    }

    /// The property read at `position`.
    fn property(&self, position: usize) -> Option<(&'text str, Span)> {
        let rest = &self.text[position..];
        let (before, after) = match property_length(rest) {
            0 => return None,
            length if rest[..length].ends_with(']') => {
                let open = rest.find(['"', '\''])? + 1;
                (open, length - 2)
            }
            length => (rest.find('.')? + 1, length),
        };
        let span = Span::new(offset(position + before), offset(position + after));
        Some((&rest[before..after], span))
    }
}

/// The length of the name a text starts with.
fn name_length(text: &str) -> usize {
    if text.starts_with(is_name_start) {
        word_length(text)
    } else {
        0
    }
}

/// The length of the letters, digits and marks a text starts with. Between brackets a name may
/// start with a digit.
fn word_length(text: &str) -> usize {
    let end = text.find(|character| !is_name_part(character));
    let length = end.unwrap_or(text.len());
    // In `Hello${name}` the dollar opens the reference.
    let opens = text[..length].ends_with('$') && text[length..].starts_with('{');
    length - usize::from(opens)
}

/// The length of the one property access a text starts with: `.name`, `?.name`, `["name"]`.
fn property_length(text: &str) -> usize {
    let optional = usize::from(text.starts_with("?."));
    let text = &text[optional..];
    if let Some(name) = text.strip_prefix('.')
        && !name.starts_with('[')
    {
        return match word_length(name) {
            0 => 0,
            length => optional + 1 + length,
        };
    }
    let bracket = optional + usize::from(optional == 1);
    let Some(inner) = text[optional..].strip_prefix('[') else {
        return 0;
    };
    let Some(quote) = inner
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))
    else {
        return 0;
    };
    let content = inner[1..]
        .find([quote, '\\', '\n'])
        .unwrap_or(inner.len() - 1);
    let closed = inner[1 + content..]
        .strip_prefix(quote)
        .is_some_and(|end| end.starts_with(']'));
    if closed && content > 0 {
        bracket + content + 4
    } else {
        0
    }
}

/// The length of the property accesses a text starts with.
fn path_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        match property_length(&text[length..]) {
            0 => return length,
            step => length += step,
        }
    }
}

/// All words of a text that could name something and are no property, for texts whose language is
/// not known.
pub fn words(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = position + text[position..].find(is_name_start)?;
            let length = name_length(&text[start..]);
            if length == 0 {
                // The dollar of `${`.
                position = start + 1;
                continue;
            }
            position = start + length;
            let joined = text[..start].ends_with(|before| before == '.' || is_name_part(before));
            if !joined {
                let span = Span::new(offset(start), offset(position));
                return Some((&text[start..position], span));
            }
        }
    })
}
