//! What is wrong with an expression or a script while it is being typed. The same analyses as
//! those of the rules about conditions and scripts, without the document around them.

use super::scope::{Family, Scope};
use crate::expression::references::TextReference;
use crate::expression::{Expression, Span, parse};
use crate::problem::Severity;
use crate::script::{self, Statement};

/// At most so many findings are returned; nobody reads more under a field.
pub const MAX_FINDINGS: usize = 50;

/// Something wrong in a text that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code of the rule that would report it.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is; the whole text may be nothing.
    pub span: Span,
    /// A sentence.
    pub message: String,
    /// What would mend it, where that is certain.
    pub mend: Option<Mend>,
}

/// A text that mends a finding in the place of its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as a button says it.
    pub label: String,
    /// What stands in the place of the span.
    pub text: String,
}

impl Mend {
    fn writing(text: &str) -> Self {
        let label = if text.is_empty() {
            "Remove it".to_owned()
        } else {
            format!("Write {text}")
        };
        Self {
            label,
            text: text.to_owned(),
        }
    }
}

/// What is wrong with a condition. O(source + names in scope).
pub fn check_expression(source: &str, scope: &Scope) -> Vec<Finding> {
    let expression = parse(source);
    let mut found = Findings::new(scope);
    for error in expression.errors() {
        let mend = error.replacement.as_deref().map(Mend::writing);
        found.add(Judge::Syntax, error.span, error.message.clone(), mend);
    }
    if expression.is_valid() {
        found.names(&expression);
        found.types(&expression);
        if let Some(holds) = expression.constant() {
            let message = match (holds, scope.family) {
                (true, Family::Dialog) => {
                    "This is always true, so the branches after it are never taken."
                }
                (true, _) => "This is always true, so it asks nothing.",
                (false, Family::Dialog) => "This is never true, so the branch is never taken.",
                (false, _) => "This is never true, so the transition is never taken.",
            };
            found.add(Judge::Constant, trimmed(source), message, None);
        }
    }
    found.finish()
}

/// What is wrong with the script of an action. O(source + names in scope).
pub fn check_script(source: &str, scope: &Scope) -> Vec<Finding> {
    let script = script::parse(source);
    let mut found = Findings::new(scope);
    if script.is_opaque() {
        let message = "This is more than assignments, `set(name, value)`, `say(text)` and calls, \
                       so only the variables in it are checked.";
        found.findings.push(Finding {
            code: "",
            severity: Severity::Info,
            span: Span::new(0, 0),
            message: message.to_owned(),
            mend: None,
        });
    }
    for expression in script.statements().iter().flat_map(Statement::expressions) {
        found.names(expression);
        found.types(expression);
    }
    for reference in script.text_references() {
        found.reference(&reference, script.is_opaque());
    }
    found.finish()
}

/// The text without the spaces around it.
fn trimmed(source: &str) -> Span {
    let start = source.len() - source.trim_start().len();
    let end = start + source.trim().len();
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

/// Which rule a finding is one of.
#[derive(Clone, Copy)]
enum Judge {
    Syntax,
    UnknownName,
    Constant,
    TypeMismatch,
    UnboundVariable,
    UnknownVariable,
}

impl Judge {
    fn code(self, family: Family) -> &'static str {
        let is_state = family == Family::State;
        match self {
            Self::Syntax if is_state => "ST501",
            Self::Syntax => "FD501",
            Self::UnknownName if is_state => "ST502",
            Self::UnknownName => "FD502",
            Self::Constant if is_state => "ST503",
            Self::Constant => "FD503",
            Self::TypeMismatch if is_state => "ST504",
            Self::TypeMismatch => "FD507",
            Self::UnboundVariable => "FD301",
            Self::UnknownVariable => "FD302",
        }
    }

    fn severity(self) -> Severity {
        match self {
            Self::Syntax | Self::UnboundVariable => Severity::Error,
            _ => Severity::Warning,
        }
    }
}

struct Findings<'scope> {
    scope: &'scope Scope,
    findings: Vec<Finding>,
}

impl<'scope> Findings<'scope> {
    fn new(scope: &'scope Scope) -> Self {
        Self {
            scope,
            findings: Vec::new(),
        }
    }

    fn add(&mut self, judge: Judge, span: Span, message: impl Into<String>, mend: Option<Mend>) {
        let code = judge.code(self.scope.family);
        if let Some(severity) = self.scope.severity(code, judge.severity()) {
            self.findings.push(Finding {
                code,
                severity,
                span,
                message: message.into(),
                mend,
            });
        }
    }

    /// The mend that writes a name in scope instead of another.
    fn meant(&self, name: &str, roots: bool) -> Option<Mend> {
        let meant = self.scope.nearest(name, roots)?;
        Some(Mend {
            label: format!("Change it to {meant}"),
            text: meant.to_owned(),
        })
    }

    fn names(&mut self, expression: &Expression<'_>) {
        if self.scope.family == Family::Neither {
            return;
        }
        for reference in expression.references() {
            let Some(variable) = reference.variable() else {
                continue;
            };
            if self.scope.find(&variable.name).is_some() {
                continue;
            }
            if reference.root().is_none() {
                let message = match self.scope.family {
                    Family::State => format!(
                        "Nothing defines the name \"{0}\", so it has no value. Correct it, or \
                         write it with its scope, as context.{0}.",
                        variable.name
                    ),
                    _ => format!(
                        "Nothing defines the name \"{}\", so it has no value. Correct it, or \
                         declare a variable of that name.",
                        variable.name
                    ),
                };
                let mend = self.meant(&variable.name, true);
                self.add(Judge::UnknownName, variable.span, message, mend);
            } else if self.scope.family == Family::Dialog {
                self.unknown_variable(&variable.name, variable.span);
            }
        }
    }

    fn unknown_variable(&mut self, name: &str, span: Span) {
        let message = format!(
            "Nothing declares, sets or injects the context variable \"{name}\", so it has no \
             value. Declare it, or correct the name."
        );
        let mend = self.meant(name, false);
        self.add(Judge::UnknownVariable, span, message, mend);
    }

    fn types(&mut self, expression: &Expression<'_>) {
        let declared = |name: &str| self.scope.types(name);
        for mismatch in expression.type_mismatches(&declared) {
            self.add(Judge::TypeMismatch, mismatch.span, mismatch.message, None);
        }
    }

    /// A `${name}` or `{{name}}` in a script; of one in another language also `context.name`.
    fn reference(&mut self, reference: &TextReference<'_>, is_opaque: bool) {
        let name = reference.name;
        if self.scope.family != Family::Dialog || !(reference.is_replaced() || is_opaque) {
            return;
        }
        if reference.is_plain_dollar() {
            if !self.scope.declares(name) {
                let message = format!(
                    "No variable \"{name}\" is declared: the platform refuses the flow. Declare \
                     it, or correct the name."
                );
                self.add(Judge::UnboundVariable, reference.name_span, message, None);
            }
        } else if reference.names_variable() && self.scope.find(name).is_none() {
            self.unknown_variable(name, reference.name_span);
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| finding.span);
        self.findings.truncate(MAX_FINDINGS);
        self.findings
    }
}

#[cfg(test)]
mod tests {
    use super::super::scope::tests::{scope, states};
    use super::*;

    /// Code, the text it is about, and the mend of each finding.
    fn found(findings: &[Finding], source: &str) -> Vec<(&'static str, String, Option<String>)> {
        let part = |span: Span| source[span.range()].to_owned();
        findings
            .iter()
            .map(|finding| {
                let mend = finding.mend.as_ref().map(|mend| mend.text.clone());
                (finding.code, part(finding.span), mend)
            })
            .collect()
    }

    fn one(
        code: &'static str,
        text: &str,
        mend: Option<&str>,
    ) -> Vec<(&'static str, String, Option<String>)> {
        vec![(code, text.to_owned(), mend.map(str::to_owned))]
    }

    #[test]
    fn conditions_are_checked_like_the_rules_do() {
        let cases = [
            ("total > 5 and agent", one("FD501", "and", Some("&&"))),
            (
                "intnet.confidence > 1",
                one("FD502", "intnet", Some("intent")),
            ),
            ("context.agnet == 'x'", one("FD302", "agnet", Some("agent"))),
            (" 1 < 2 ", one("FD503", "1 < 2", None)),
            ("agent - 1 > 2", one("FD507", "agent - 1", None)),
            ("place == 'x' && tenant && entities.x", Vec::new()),
        ];
        for (source, expected) in cases {
            let findings = check_expression(source, &scope());
            assert_eq!(found(&findings, source), expected, "{source}");
        }
        assert_eq!(check_expression("", &scope())[0].code, "FD501");
    }

    #[test]
    fn conditions_of_states_have_rules_of_their_own() {
        let source = "tier == 1 && context.anything && count > 2";
        let findings = check_expression(source, &states());
        assert_eq!(found(&findings, source), one("ST502", "tier", None));
        assert_eq!(check_expression("1 < 2", &states())[0].code, "ST503");
        assert_eq!(check_expression("tier == 1", &Scope::default()), []);
    }

    #[test]
    fn scripts_are_checked_with_their_references() {
        let source = "say(\"Hello ${agnet} {{plce}}\"); set(total, agent * 2)";
        let codes: Vec<_> = check_script(source, &scope())
            .iter()
            .map(|finding| (finding.code, finding.severity))
            .collect();
        let expected = [
            ("FD301", Severity::Error),
            ("FD302", Severity::Warning),
            ("FD507", Severity::Warning),
        ];
        assert_eq!(codes, expected);
        let opaque = check_script("for (;;) {}", &scope());
        assert_eq!(opaque[0].severity, Severity::Info);
    }

    #[test]
    fn there_is_an_end_to_findings() {
        let source = "x and ".repeat(500);
        assert!(check_expression(&source, &scope()).len() <= MAX_FINDINGS);
    }
}
