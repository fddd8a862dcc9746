//! What a node of a chart says and does, read out of its settings: messages as they would appear, its
//! condition, one line that matters. Settings differ by version: a list may be a single text, an object
//! may be JSON in a text. Whatever is of another shape is not told.

use std::borrow::Cow;

use super::ChartNode;
use crate::json::{Kind, Tree, ValueRef, parse};

/// One message to the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// What the user may choose from, or see: titles of quick replies, buttons, list items.
    pub options: Vec<String>,
    /// The address of a picture, film or sound.
    pub media: Option<String>,
}

/// Hands out a setting as it is meant: what is JSON in a text, unfolded.
pub fn unfolded<R>(value: ValueRef<'_>, read: impl FnOnce(ValueRef<'_>) -> R) -> R {
    if let Some(text) = value.as_str() {
        let start = text.trim_start();
        if start.starts_with(['{', '['])
            && let Ok(tree) = parse(text.as_ref().into())
        {
            return read(tree.root());
        }
    }
    read(value)
}

/// The messages of a node that says something, in order; none for other nodes.
pub fn messages(tree: &Tree, node: &ChartNode) -> Vec<Message> {
    if let Some(say) = node.setting(tree, "say") {
        return unfolded(say, messages_of);
    }
    // Without settings the preview says what the editor shows.
    let preview = node.preview_at.filter(|_| node.config.is_none());
    preview
        .map(|at| tree.value(at))
        .filter(|preview| preview.kind() == Kind::Object)
        .map(texts_of)
        .unwrap_or_default()
}

fn messages_of(say: ValueRef<'_>) -> Vec<Message> {
    let kind = text(say, "type").unwrap_or(Cow::Borrowed("text"));
    if kind != "text" {
        let channels = say
            .get("_cognigy")
            .filter(|rich| rich.members().next().is_some())
            .or_else(|| say.get("_data")?.get("_cognigy"));
        let rich = channels.and_then(|channels| {
            let channel = channels
                .get("_default")
                .or_else(|| channels.members().next().map(|(_, channel)| channel))?;
            channel
                .get(&format!("_{kind}"))
                .or_else(|| channel.members().next().map(|(_, rich)| rich))
        });
        let message = rich.map(rich_message).unwrap_or_default();
        if message != Message::default() {
            return vec![message];
        }
    }
    texts_of(say)
}

fn texts_of(say: ValueRef<'_>) -> Vec<Message> {
    let Some(texts) = say.get("text") else {
        return Vec::new();
    };
    let one = texts.as_str();
    let many = texts.elements().filter_map(ValueRef::as_str);
    one.into_iter()
        .chain(many)
        .filter(|text| !text.trim().is_empty())
        .map(|text| Message {
            text: text.into_owned(),
            ..Message::default()
        })
        .collect()
}

fn rich_message(rich: ValueRef<'_>) -> Message {
    let mut message = Message {
        text: text(rich, "text").unwrap_or_default().into_owned(),
        ..Message::default()
    };
    for (key, value) in rich.members() {
        let Some(key) = key.as_str() else { continue };
        match key.as_ref() {
            "quickReplies" | "buttons" | "items" => {
                let titles = value.elements().filter_map(|it| text(it, "title"));
                message.options.extend(titles.map(Cow::into_owned));
            }
            "imageUrl" | "videoUrl" | "audioUrl" | "mediaUrl" => {
                let address = value.as_str().filter(|address| !address.is_empty());
                message.media = address.map(Cow::into_owned);
            }
            _ => {}
        }
    }
    message
}

/// The condition of an `if` node in words: `ci.text eq yes`, or the expression as it stands.
pub fn condition(tree: &Tree, node: &ChartNode) -> Option<String> {
    let settings = node.setting(tree, "condition").or_else(|| {
        let preview = tree.value(node.preview_at?);
        (node.config.is_none() && preview.kind() == Kind::Object).then_some(preview)
    })?;
    if let Some(expression) = settings.as_str() {
        return Some(expression.into_owned());
    }
    let is_rule = text(settings, "type").is_none_or(|kind| kind == "rule");
    let rule = settings.get("rule").filter(|_| is_rule);
    let expression = text(settings, "condition").filter(|it| !it.trim().is_empty());
    match rule {
        Some(rule) => {
            let part = |key| text(rule, key).unwrap_or_default();
            Some(format!(
                "{} {} {}",
                part("left"),
                operand(&part("operand")),
                part("right")
            ))
        }
        None => expression.map(Cow::into_owned),
    }
}

/// How an operand of a rule reads.
fn operand(operand: &str) -> &str {
    match operand {
        "eq" => "=",
        "neq" => "≠",
        "lt" => "<",
        "lte" => "≤",
        "gt" => ">",
        "gte" => "≥",
        "exists" => "exists",
        "nexists" => "does not exist",
        "contains" => "contains",
        "ncontains" => "does not contain",
        "isyes" => "is yes",
        "isno" => "is no",
        other => other,
    }
}

/// The value that a `case` is for.
pub fn case_value<'t>(tree: &'t Tree, node: &ChartNode) -> Option<ValueRef<'t>> {
    let case = node.setting(tree, "case");
    case.and_then(|case| case.get("value"))
        .or_else(|| node.setting(tree, "value"))
}

/// One line of what matters about a node, but for where it jumps; empty when there is nothing to tell.
pub fn line(tree: &Tree, node: &ChartNode) -> String {
    let setting = |key: &str| node.setting(tree, key).and_then(ValueRef::as_str);
    let told = match node.type_name.text.as_str() {
        "if" => condition(tree, node),
        "switch" => {
            let switch = node.setting(tree, "switch");
            switch
                .and_then(|switch| text(switch, "operator"))
                .map(Cow::into_owned)
        }
        "case" => case_value(tree, node).map(plain),
        "code" => setting("code").and_then(|code| {
            let first = code.lines().find(|line| !line.trim().is_empty())?;
            Some(first.trim().to_owned())
        }),
        "httpRequest" => setting("url").map(|url| {
            let method = setting("type").unwrap_or_default();
            format!("{method} {url}").trim().to_owned()
        }),
        "addToContext" => setting("key").map(|key| {
            let value = node.setting(tree, "value").map(plain).unwrap_or_default();
            format!("{key} = {value}")
        }),
        "sleep" => node
            .setting(tree, "milliseconds")
            .map(|time| format!("{} ms", plain(time))),
        "aiAgentJobTool" => setting("toolId").map(Cow::into_owned),
        "aiAgentJob" | "llmPrompt" => setting("name")
            .filter(|name| !name.trim().is_empty())
            .or_else(|| setting("prompt"))
            .map(Cow::into_owned),
        _ => {
            let mut said = messages(tree, node).into_iter();
            said.next().map(|message| {
                let options = message.options.join(" · ");
                match (message.text.is_empty(), options.is_empty()) {
                    (true, _) => options,
                    (false, true) => message.text,
                    (false, false) => format!("{} [{options}]", message.text),
                }
            })
        }
    };
    told.or_else(|| node.preview.as_ref().map(|field| field.text.to_string()))
        .unwrap_or_default()
}

/// A setting as people read it: a text without quotes, everything else as it is spelled.
fn plain(value: ValueRef<'_>) -> String {
    value
        .as_str()
        .map_or_else(|| value.raw().to_owned(), Cow::into_owned)
}

fn text<'a>(value: ValueRef<'a>, key: &str) -> Option<Cow<'a, str>> {
    value.get(key).and_then(ValueRef::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn told(node: &str) -> (String, Vec<Message>) {
        let text = format!(r#"{{"nodes":[{node}],"relations":[]}}"#);
        let document = Document::read(text.into()).unwrap();
        let node = &document.chart().unwrap().nodes[0];
        (line(document.tree(), node), messages(document.tree(), node))
    }

    #[test]
    fn messages_are_told_whatever_their_shape() {
        let plain =
            r#"{"_id":"1","type":"say","config":{"say":{"type":"text","text":["Hello","Hi"]}}}"#;
        assert_eq!(told(plain).0, "Hello");
        assert_eq!(told(plain).1.len(), 2);
        let folded = r#"{"_id":"1","type":"say","config":{"say":"{\"text\":\"Hello\"}"}}"#;
        assert_eq!(told(folded).0, "Hello");
        let rich = r#"{"_id":"1","type":"question","config":{"say":{"type":"quickReplies","text":["old"],
            "_cognigy":{"_default":{"_quickReplies":{"text":"Which?","quickReplies":[{"title":"A"},{"title":"B"}]}}}}}}"#;
        assert_eq!(told(rich).0, "Which? [A · B]");
        let preview = r#"{"_id":"1","type":"say","preview":{"text":["From the editor"]}}"#;
        assert_eq!(told(preview).0, "From the editor");
        let stale = r#"{"_id":"1","type":"say","config":{"say":{"type":"text","text":[""],
            "_cognigy":{"_default":{"_buttons":{"text":"gone","buttons":[]}}}}}}"#;
        assert_eq!(told(stale), (String::new(), Vec::new()));
    }

    #[test]
    fn conditions_and_values_read_as_people_say_them() {
        let rule = r#"{"_id":"1","type":"if","config":{"condition":{"type":"rule","condition":"",
            "rule":{"left":"{{context.tries}}","operand":"gte","right":"3"}}}}"#;
        assert_eq!(told(rule).0, "{{context.tries}} ≥ 3");
        let free = r#"{"_id":"1","type":"if","config":{"condition":{"type":"condition","condition":"context.a && 1",
            "rule":{"left":"1","operand":"eq","right":"1"}}}}"#;
        assert_eq!(told(free).0, "context.a && 1");
        let case = r#"{"_id":"1","type":"case","config":{"case":{"value":"billing"}}}"#;
        assert_eq!(told(case).0, "billing");
        let code = r#"{"_id":"1","type":"code","config":{"code":"\n  // a\nb()"}}"#;
        assert_eq!(told(code).0, "// a");
    }
}
