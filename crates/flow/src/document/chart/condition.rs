//! What an `if` node asks: a rule of two values, or an expression. Every node has both; which one
//! counts is a setting of its own, and the other keeps what it was last.

use super::ChartNode;
use crate::json::{Kind, Tree, ValueRef};

/// What decides which branch an `if` takes.
#[derive(Clone, Copy, Debug)]
pub enum IfCondition<'t> {
    /// `rule`: the object with `left`, `operand` and `right`.
    Rule(ValueRef<'t>),
    /// `condition`: an expression.
    Expression(ValueRef<'t>),
}

impl<'t> IfCondition<'t> {
    /// Of an `if`; none where the file does not tell.
    pub fn of(node: &ChartNode, tree: &'t Tree) -> Option<Self> {
        if node.type_name.text != "if" {
            return None;
        }
        let source = match node.config {
            Some(_) => node.setting(tree, "condition"),
            None => node.preview_value(tree),
        };
        let source = source.filter(|source| source.kind() == Kind::Object)?;
        let rule = source
            .get("rule")
            .filter(|rule| rule.kind() == Kind::Object);
        let expression = source.get("condition").filter(|text| text.is_string());
        let is = |kind: &str| source.get("type").is_some_and(|value| value.is_text(kind));
        if is("rule") {
            return rule.map(Self::Rule);
        }
        if is("condition") {
            return expression.map(Self::Expression);
        }
        // Where nothing says which counts, the one that was filled in does.
        let is_written = expression
            .and_then(ValueRef::as_str)
            .is_some_and(|text| !text.trim().is_empty());
        match (rule, expression) {
            (Some(rule), _) if !is_written => Some(Self::Rule(rule)),
            (rule, Some(expression)) if is_written && rule.is_none_or(is_untouched) => {
                Some(Self::Expression(expression))
            }
            _ => None,
        }
    }
}

/// Whether a rule is the one that a new node has: `1 eq 1`.
pub fn is_untouched(rule: ValueRef<'_>) -> bool {
    let one = |key: &str| {
        let value = rule.get(key);
        value.is_some_and(|value| value.is_text("1") || value.as_f64() == Some(1.0))
    };
    one("left") && one("right") && rule.get("operand").is_some_and(|value| value.is_text("eq"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// What the first node of a chart asks, in a word.
    fn asked(node: &str) -> &'static str {
        let text = format!(r#"{{"nodes":[{{"_id":"1",{node}}}],"relations":[]}}"#);
        let document = Document::read(text.into()).unwrap();
        match IfCondition::of(&document.chart().unwrap().nodes[0], document.tree()) {
            Some(IfCondition::Rule(rule)) if is_untouched(rule) => "untouched",
            Some(IfCondition::Rule(_)) => "rule",
            Some(IfCondition::Expression(_)) => "expression",
            None => "unknown",
        }
    }

    #[test]
    fn the_half_that_counts_is_read() {
        let new = r#""rule":{"left":"1","operand":"eq","right":"1"}"#;
        let other = r#""rule":{"left":"a","operand":"eq","right":"1"}"#;
        let cases = [
            (
                format!(r#""config":{{"condition":{{"type":"rule",{new},"condition":""}}}}"#),
                "untouched",
            ),
            (
                format!(r#""config":{{"condition":{{"type":"condition",{new},"condition":""}}}}"#),
                "expression",
            ),
            (
                format!(r#""config":{{"condition":{{"type":"rule",{other},"condition":"x"}}}}"#),
                "rule",
            ),
            (
                format!(r#""preview":{{{new},"condition":"x"}}"#),
                "expression",
            ),
            (format!(r#""preview":{{{other},"condition":""}}"#), "rule"),
            (
                format!(r#""preview":{{{other},"condition":"x"}}"#),
                "unknown",
            ),
            (
                format!(r#""preview":{{{new},"condition":""}}"#),
                "untouched",
            ),
            (r#""preview":"""#.to_owned(), "unknown"),
            (r#""config":{"condition":"x"}"#.to_owned(), "unknown"),
        ];
        for (node, expected) in cases {
            assert_eq!(asked(&format!(r#""type":"if",{node}"#)), expected, "{node}");
            assert_eq!(
                asked(&format!(r#""type":"say",{node}"#)),
                "unknown",
                "{node}"
            );
        }
    }
}
