//! What could be meant, before it is compared with what was typed.

use std::borrow::Cow;

use super::{Suggestion, SuggestionKind};
use crate::editing::scope::{Origin, Scope};
use crate::expression::{
    MATH_CONSTANTS, MathFunction, Method, NodeKind, ROOTS, Root, Types, parse,
};

/// Collects candidates of one place.
pub(super) struct Candidates<'scope> {
    scope: &'scope Scope,
    items: Vec<Suggestion>,
}

impl<'scope> Candidates<'scope> {
    pub(super) fn new(scope: &'scope Scope) -> Self {
        Self {
            scope,
            items: Vec::new(),
        }
    }

    fn add(
        &mut self,
        kind: SuggestionKind,
        text: impl Into<String>,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.items.push(Suggestion {
            text: text.into(),
            caret_back: 0,
            kind,
            detail: detail.into(),
        });
    }

    /// A call; the caret goes between the parentheses where something belongs there.
    fn call(&mut self, name: &str, takes_values: bool, detail: &'static str) {
        self.items.push(Suggestion {
            text: format!("{name}()"),
            caret_back: u32::from(takes_values),
            kind: SuggestionKind::Function,
            detail: detail.into(),
        });
    }

    /// The variables that can be named without a root.
    pub(super) fn variables(&mut self) {
        self.variables_of(None);
    }

    fn variables_of(&mut self, root: Option<Root>) {
        let scope = self.scope;
        for known in scope.names().iter().filter(|known| known.root == root) {
            let detail = match &known.origin {
                Origin::Declared(word) => Cow::Owned(format!("variable, {word}")),
                Origin::Set(by) => Cow::Owned(format!("set in {by}")),
                Origin::Injected => "from a context set".into(),
            };
            self.add(SuggestionKind::Variable, known.name.as_str(), detail);
        }
    }

    pub(super) fn roots(&mut self) {
        for (name, root) in ROOTS {
            if name != root.name() {
                let detail = format!("short for {}", root.name());
                self.add(SuggestionKind::Root, name, detail);
                continue;
            }
            let detail = match root {
                Root::Intent => "the recognised intent",
                Root::Entities => "what was found in the input",
                Root::Input => "what the user sent",
                Root::Context => "the context variables",
                Root::Session => "the session",
                Root::User => "the user",
                Root::Flow => "this flow",
                Root::Profile => "the contact profile",
            };
            self.add(SuggestionKind::Root, name, detail);
        }
    }

    pub(super) fn functions(&mut self) {
        self.call("Number", true, "a text as a number");
        self.call("String", true, "a value as a text");
        self.call("Boolean", true, "whether a value holds");
        self.add(SuggestionKind::Root, "Math", "calculations");
        for word in ["true", "false", "null", "undefined"] {
            self.add(SuggestionKind::Constant, word, "");
        }
    }

    pub(super) fn statements(&mut self) {
        self.call("set", true, "set(name, value)");
        self.call("say", true, "say(text)");
    }

    pub(super) fn operators(&mut self) {
        const OPERATORS: [(&str, &str); 17] = [
            ("==", "equals"),
            ("!=", "differs from"),
            (">", "is greater than"),
            (">=", "is at least"),
            ("<", "is less than"),
            ("<=", "is at most"),
            ("&&", "and"),
            ("||", "or"),
            ("??", "or, if it has no value"),
            ("===", "equals, same type too"),
            ("!==", "differs, or another type"),
            ("+", "plus, or joins texts"),
            ("-", "minus"),
            ("*", "times"),
            ("/", "divided by"),
            ("%", "remainder"),
            ("in", "is a key of"),
        ];
        for (symbol, detail) in OPERATORS {
            self.add(SuggestionKind::Operator, symbol, detail);
        }
    }

    /// The intents in quotes.
    pub(super) fn intents(&mut self, quote: char) {
        for intent in self.scope.intents() {
            // What needs escapes is left to who knows them.
            if !intent.contains(['\\', quote]) && !intent.contains(char::is_control) {
                let text = format!("{quote}{intent}{quote}");
                self.add(SuggestionKind::Intent, text, "intent of this flow");
            }
        }
    }

    /// The members of what a name stands for; false where they depend on its value.
    pub(super) fn members(&mut self, name: &str) -> bool {
        match Root::named(name) {
            Some(Root::Context) => {
                self.variables();
                self.variables_of(Some(Root::Context));
            }
            Some(root) if !root.members().is_empty() => {
                for &member in root.members() {
                    let detail = match member {
                        "confidence" => "number, 0 to 1",
                        "name" | "text" => "text",
                        _ => "",
                    };
                    self.add(SuggestionKind::Property, member, detail);
                }
            }
            // What else these hold is not known.
            Some(root) => self.variables_of(Some(root)),
            None if name == "Math" => {
                for function in MathFunction::ALL {
                    self.call(function.name(), true, "function");
                }
                for (constant, _) in MATH_CONSTANTS {
                    self.add(SuggestionKind::Constant, constant, "constant");
                }
            }
            None => return false,
        }
        true
    }

    /// The properties and methods of the value before the dot before `at`.
    pub(super) fn of_value(&mut self, source: &str, at: u32) {
        let before = source[..at as usize].trim_end();
        let object = before
            .trim_end_matches('.')
            .trim_end_matches('?')
            .trim_end();
        let end = object.len();
        let expression = parse(source);
        let types = expression.types(&|name| self.scope.types(name));
        let value = expression
            .nodes()
            .iter()
            .zip(types)
            .filter(|(node, _)| node.span.end as usize == end && node.kind != NodeKind::Error)
            .max_by_key(|(node, _)| node.span.start);
        let types = value.map_or(Types::ANY, |(_, types)| types);
        let is_text = !types.is_disjoint(Types::STRING);
        if is_text || !types.is_disjoint(Types::ARRAY) {
            self.add(SuggestionKind::Property, "length", "number");
            self.call("includes", true, if is_text { "text" } else { "list" });
        }
        if is_text {
            for &method in Method::ALL {
                let takes_values = matches!(method, Method::StartsWith | Method::EndsWith);
                if method != Method::Includes {
                    self.call(method.name(), takes_values, "text");
                }
            }
        }
    }

    /// Leaves out the parentheses: they are there already.
    pub(super) fn without_parentheses(&mut self) {
        for item in &mut self.items {
            if item.kind == SuggestionKind::Function {
                item.text.truncate(item.text.len() - 2);
                item.caret_back = 0;
            }
        }
    }

    /// The candidates that fit what was typed: those that start with it, then those that start
    /// with it in other letters, then those that hold it.
    pub(super) fn matching(self, typed: &str) -> Vec<Suggestion> {
        let lower = typed.to_lowercase();
        let mut ranked: Vec<(u8, Suggestion)> = self
            .items
            .into_iter()
            .filter_map(|item| {
                let name = item.text.trim_start_matches(['"', '\'']);
                let rank = if name.starts_with(typed) {
                    0
                } else {
                    let name = name.to_lowercase();
                    match name.find(&lower)? {
                        0 => 1,
                        _ => 2,
                    }
                };
                Some((rank, item))
            })
            .collect();
        ranked.sort_by_key(|&(rank, _)| rank);
        ranked.into_iter().map(|(_, item)| item).collect()
    }
}
