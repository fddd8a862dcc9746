//! A package as Cognigy.AI exports one: generated, the same on every machine and run. Included beside
//! `corpus.rs`, for its numbers.

use std::fmt::Write as _;

use crate::corpus::Random;

const WORDS: [&str; 24] = [
    "order", "parcel", "invoice", "please", "number", "tomorrow", "delivery", "Grüße", "account",
    "agent", "waiting", "address", "street", "refund", "minutes", "question", "repeat", "welcome",
    "contract", "address", "thanks", "branch", "opening", "hours",
];

/// The files of a package with so many flows in one language, whose nodes come to about `bytes`.
pub(crate) fn files(flows: usize, nodes: usize, bytes: usize) -> Vec<(String, String)> {
    let mut random = Random(0xC09);
    let mut files = vec![
        (
            "index.json".to_owned(),
            "{\"cognigyVersion\":\"2026.4.0\",\"type\":\"package\",\"createdAt\":\"2026-01-01T00:00:00.000Z\",\
             \"name\":\"Generated\",\"description\":\"\"}"
                .to_owned(),
        ),
        (
            "locale/l".to_owned(),
            "{\"_id\":\"l\",\"name\":\"en-US\",\"primary\":true,\"nluLanguage\":\"en-US\"}".to_owned(),
        ),
    ];
    let each = nodes / flows;
    // What the frame of a node takes beside the text in it.
    let text = (bytes / nodes).saturating_sub(900);
    for flow in 0..flows {
        files.push((
            format!("flow/{flow:024x}"),
            format!(
                "{{\"_id\":\"{flow:024x}\",\"referenceId\":\"{}\",\"name\":\"Flow {flow}\",\"context\":{{}},\
                 \"localizedData\":[{{\"localeReference\":\"l\"}}],\"chartReference\":\"c{flow:023x}\"}}",
                reference(flow, 0)
            ),
        ));
        let mut relations = String::new();
        for node in 0..each {
            let id = node_id(flow, node);
            let next = if node + 1 == each {
                "null".to_owned()
            } else {
                format!("\"{}\"", node_id(flow, node + 1))
            };
            let comma = if node == 0 { "" } else { "," };
            write!(
                relations,
                "{comma}{{\"node\":\"{id}\",\"children\":[],\"next\":{next},\"_id\":\"r{}\"}}",
                &id[1..]
            )
            .unwrap_or_default();
            let node_text = write_node(&mut random, (flow, flows), (node, each), text);
            files.push((format!("nodeData/{id}"), node_text));
        }
        files.push((
            format!("chart/c{flow:023x}"),
            format!(
                "{{\"_id\":\"c{flow:023x}\",\"relations\":[{relations}],\"resourceReference\":\"{flow:024x}\",\
                 \"projectReference\":\"p\",\"organisationReference\":\"o\"}}"
            ),
        ));
    }
    files
}

fn write_node(
    random: &mut Random,
    (flow, flows): (usize, usize),
    (node, nodes): (usize, usize),
    bytes: usize,
) -> String {
    let kind = match node {
        0 => "start",
        _ if node + 1 == nodes => "end",
        _ => ["say", "code", "question", "httpRequest", "executeFlow"][node % 5],
    };
    let config = match kind {
        "say" | "question" => {
            let said = words(random, bytes / 2, " ");
            let more = words(random, bytes / 2, " ");
            let inner = format!(
                "\"type\":\"text\",\"text\":[\"{said}\",\"{more}\"],\"data\":\"\",\"loop\":false,\"linear\":false,\
                 \"_cognigy\":{{}},\"_data\":{{\"_cognigy\":{{}}}}"
            );
            format!("\"say\":{{{inner}}},\"generativeAI_rephraseOutputMode\":\"none\"")
        }
        "code" => format!(
            "\"code\":\"{}\",\"hasError\":false",
            words(random, bytes, "();\\n")
        ),
        "httpRequest" => format!(
            "\"type\":\"GET\",\"url\":\"https://service.example/{node}\",\"headers\":\"{{\\\"accept\\\":\\\"json\\\"}}\",\
             \"payloadType\":\"json\",\"payloadJSON\":{{\"text\":\"{}\"}},\"storeLocation\":\"context\"",
            words(random, bytes, " ")
        ),
        "executeFlow" => {
            let to = random.below(flows);
            format!(
                "\"flowNode\":{{\"flow\":\"{}\",\"node\":\"{}\"}},\"parseIntents\":false,\"note\":\"{}\"",
                reference(to, 0),
                reference(to, 1),
                words(random, bytes, " ")
            )
        }
        _ => String::new(),
    };
    let is_entry = matches!(kind, "start" | "question");
    format!(
        "{{\"_id\":\"{}\",\"referenceId\":\"{}\",\"type\":\"{kind}\",\"extension\":\"@cognigy/basic-nodes\",\
         \"label\":\"Step {node}\",\"comment\":\"\",\"commentColor\":\"\",\"analyticsLabel\":null,\
         \"isEntryPoint\":{is_entry},\"isDisabled\":false,\"mock\":{{\"isEnabled\":false,\"code\":\"\"}},\
         \"localizedData\":[{{\"config\":{{{config}}},\"preview\":\"\",\"localeReference\":\"l\"}}],\
         \"chartReference\":\"c{flow:023x}\",\"resourceReference\":\"{flow:024x}\",\"projectReference\":\"p\",\
         \"organisationReference\":\"o\"}}",
        node_id(flow, node),
        reference(flow, node + 1)
    )
}

fn words(random: &mut Random, bytes: usize, between: &str) -> String {
    let mut text = String::with_capacity(bytes + 20);
    while text.len() < bytes {
        text.push_str(random.pick::<&str>(&WORDS));
        if random.once_in(4) {
            write!(text, "{}", random.below(10_000)).unwrap_or_default();
        }
        text.push_str(between);
    }
    text
}

fn node_id(flow: usize, node: usize) -> String {
    format!("n{flow:08x}{node:015x}")
}

fn reference(flow: usize, thing: usize) -> String {
    format!("{flow:08x}-0000-4000-8000-{thing:012x}")
}
