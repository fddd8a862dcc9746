//! An invented project, exported as a package and by the command line of Cognigy.

#![allow(
    dead_code,
    reason = "each test that includes this file uses a part of it"
)]

use serde_json::{Map, Value, json};

/// A file: its path and what is in it.
pub(crate) type Exported = (String, String);

/// A project with flows in several languages.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) locales: Vec<Locale>,
    pub(crate) flows: Vec<Flow>,
}

/// A language, and the one that stands for it where something is not translated.
#[derive(Clone, Debug)]
pub(crate) struct Locale {
    pub(crate) name: &'static str,
    pub(crate) fallback: Option<&'static str>,
}

/// A flow.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) name: &'static str,
    pub(crate) locales: Vec<&'static str>,
    pub(crate) nodes: Vec<Node>,
}

/// A node with its settings in the languages that have some, and what follows it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) configs: Vec<(&'static str, Value)>,
    pub(crate) next: Option<&'static str>,
    pub(crate) children: Vec<&'static str>,
}

impl Node {
    fn new(id: &'static str, kind: &'static str, next: Option<&'static str>) -> Self {
        Self {
            id,
            kind,
            configs: vec![("English", json!({}))],
            next,
            children: Vec::new(),
        }
    }

    fn with(mut self, configs: Vec<(&'static str, Value)>) -> Self {
        self.configs = configs;
        self
    }

    fn own(&self) -> Map<String, Value> {
        let object = json!({
            "_id": self.id,
            "referenceId": format!("ref-{}", self.id),
            "type": self.kind,
            "extension": "@cognigy/basic-nodes",
            "label": self.kind,
            "comment": "",
            "isDisabled": false,
            "isEntryPoint": self.kind == "start",
            "somethingNew": [1, 2.50],
        });
        object.as_object().cloned().unwrap_or_default()
    }
}

/// Help with parcels: a question with branches, jumps between the flows, one of them to nowhere.
pub(crate) fn parcels() -> Project {
    let say = |text: &str| json!({ "say": { "type": "text", "text": [text] } });
    let jump = |flow: &str, node: &str| json!({ "flowNode": { "flow": flow, "node": node }, "executionMode": "continue" });
    let branch = Node {
        children: vec!["m4", "m5"],
        ..Node::new("m3", "if", Some("m7")).with(vec![(
            "English",
            json!({ "condition": { "type": "condition", "condition": "context.parcel", "rule":
                { "left": "1", "operand": "eq", "right": "1" } } }),
        )])
    };
    Project {
        locales: vec![
            Locale {
                name: "Deutsch",
                fallback: Some("English"),
            },
            Locale {
                name: "English",
                fallback: None,
            },
            Locale {
                name: "Schwiizertüütsch",
                fallback: Some("Deutsch"),
            },
        ],
        flows: vec![
            Flow {
                name: "Main",
                locales: vec!["Deutsch", "English", "Schwiizertüütsch"],
                nodes: vec![
                    Node::new("m1", "start", Some("m2")),
                    Node::new("m2", "say", Some("m3")).with(vec![
                        ("English", say("Where is it?")),
                        ("Deutsch", say("Wo ist es?")),
                    ]),
                    branch,
                    Node::new("m4", "then", Some("m6")),
                    Node::new("m6", "goTo", None)
                        .with(vec![("English", jump("ref-flow-1", "ref-t2"))]),
                    Node::new("m5", "else", None),
                    Node::new("m7", "executeFlow", Some("m8"))
                        .with(vec![("English", jump("ref-flow-1", "ref-nowhere"))]),
                    Node::new("m8", "end", None),
                ],
            },
            Flow {
                name: "Track/Parcel",
                locales: vec!["English"],
                nodes: vec![
                    Node::new("t1", "start", Some("t2")),
                    Node::new("t2", "say", Some("t3")).with(vec![("English", say("On its way."))]),
                    Node::new("t3", "end", None),
                ],
            },
        ],
    }
}

impl Project {
    fn locale_id(&self, name: &str) -> String {
        let index = self.locales.iter().position(|locale| locale.name == name);
        format!("locale-{}", index.unwrap_or(usize::MAX))
    }

    /// The settings of a node in a language, where it has some.
    fn config<'n>(&self, node: &'n Node, name: &str) -> (&'static str, &'n Value) {
        let mut wanted = Some(name);
        while let Some(name) = wanted {
            if let Some((own, config)) = node.configs.iter().find(|(own, _)| *own == name) {
                return (own, config);
            }
            let locale = self.locales.iter().find(|locale| locale.name == name);
            wanted = locale.and_then(|locale| locale.fallback);
        }
        let (name, config) = &node.configs[0];
        (name, config)
    }

    /// The files of the package.
    pub(crate) fn package(&self) -> Vec<Exported> {
        let mut files = vec![(
            "index.json".to_owned(),
            json!({ "type": "package", "name": "Parcels", "cognigyVersion": "2026.4.0",
                "createdAt": "2026-05-06T07:08:09.000Z", "description": "Invented" }),
        )];
        for locale in &self.locales {
            let id = self.locale_id(locale.name);
            let mut object = json!({ "_id": id, "referenceId": format!("ref-{id}"),
                "name": locale.name, "primary": locale.fallback.is_none(), "nluLanguage": "x" });
            if let Some(fallback) = locale.fallback {
                object["fallbackLocaleReference"] = json!(self.locale_id(fallback));
            }
            files.push((format!("locale/{id}"), object));
        }
        for (number, flow) in self.flows.iter().enumerate() {
            let (id, chart) = (format!("flow-{number}"), format!("chart-{number}"));
            let locales = flow.locales.iter();
            let locales = locales.map(|name| json!({ "localeReference": self.locale_id(name) }));
            files.push((
                format!("flow/{id}"),
                json!({ "_id": id, "referenceId": format!("ref-{id}"), "name": flow.name,
                    "localizedData": locales.collect::<Value>(), "chartReference": chart }),
            ));
            // In another order than the tree's, as packages are.
            let relations = flow.relations().into_iter().rev();
            files.push((
                format!("chart/{chart}"),
                json!({ "_id": chart, "relations": relations.collect::<Value>(),
                    "resourceReference": id, "projectReference": "p", "organisationReference": "o" }),
            ));
            for node in &flow.nodes {
                let mut object = node.own();
                let localized = node.configs.iter().map(|(name, config)| {
                    json!({ "config": config, "preview": "", "localeReference": self.locale_id(name) })
                });
                object.insert("localizedData".to_owned(), localized.collect());
                for (key, value) in [
                    ("chartReference", chart.as_str()),
                    ("resourceReference", &id),
                    ("projectReference", "p"),
                    ("organisationReference", "o"),
                ] {
                    object.insert(key.to_owned(), json!(value));
                }
                files.push((format!("nodeData/{}", node.id), Value::Object(object)));
            }
        }
        files.push((
            "connection/c1".to_owned(),
            json!({ "fields": { "key": "0:0" } }),
        ));
        let text = |(path, value): (String, Value)| (path, value.to_string());
        files.into_iter().map(text).collect()
    }

    /// The files that the command line writes.
    pub(crate) fn folder(&self) -> Vec<Exported> {
        let locales = self.locales.iter().map(|locale| {
            json!({ "_id": self.locale_id(locale.name), "name": locale.name,
                "primary": locale.fallback.is_none() })
        });
        let mut files = vec![
            (
                "config.json".to_owned(),
                json!({ "baseUrl": "https://cognigy.example", "apiKey": "canary-7d3f" }),
            ),
            ("agent/flows/locales.json".to_owned(), locales.collect()),
            (
                "agent/lexicons/Words/config.json".to_owned(),
                json!({ "name": "Words" }),
            ),
        ];
        for (number, flow) in self.flows.iter().enumerate() {
            let folder = format!("agent/flows/{}", flow.name);
            files.push((
                format!("{folder}/config.json"),
                json!({ "_id": format!("flow-{number}"), "referenceId": format!("ref-flow-{number}"),
                    "name": flow.name }),
            ));
            for name in &flow.locales {
                let nodes = flow.nodes.iter().map(|node| {
                    let mut object = node.own();
                    let (language, config) = self.config(node, name);
                    object.insert("config".to_owned(), config.clone());
                    object.insert(
                        "localeReference".to_owned(),
                        json!(self.locale_id(language)),
                    );
                    Value::Object(object)
                });
                let chart = json!({ "_id": format!("chart-{number}"),
                    "relations": flow.relations(), "nodes": nodes.collect::<Value>() });
                files.push((format!("{folder}/{name}/chart.json"), chart));
                files.push((format!("{folder}/{name}/intents.json"), json!([])));
            }
        }
        let text = |(path, value): (String, Value)| (path, format!("{value:#}"));
        files.into_iter().map(text).collect()
    }
}

impl Flow {
    fn relations(&self) -> Vec<Value> {
        let relation = |node: &Node| {
            json!({ "_id": format!("r-{}", node.id), "node": node.id, "next": node.next,
                "children": node.children })
        };
        self.nodes.iter().map(relation).collect()
    }
}
