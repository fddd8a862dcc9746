//! Versions of dialog flows, their pages, publishing and promoting; and the tenant that tests of
//! deployments run against.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::error::Error;
use cognigy::http::{Method, Request};
use cognigy::ports::TransportError;
use cognigy::resource::dialogs;
use cognigy::send::Watch;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World, body};

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The reply comes instead of the effect.
    Before(Wrong),
    /// The reply comes after the effect.
    After(Wrong),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Wrong {
    Status(u16),
    Drop,
    Silence,
    Html,
    Cut,
    OtherType,
}

impl Wrong {
    pub(crate) fn reply(self) -> Reply {
        match self {
            Self::Status(status) => Reply::json(status, &json!({"message": "a fault"})),
            Self::Drop => Reply::Fail(TransportError::Dropped, 10),
            Self::Silence => Reply::Silence,
            Self::Html => Reply::text(200, "<html>hello</html>"),
            Self::Cut => Reply::text(200, "{\"data\": [{\"id\": "),
            Self::OtherType => Reply::json(200, &json!({"data": 7, "id": [], "nodes": 1})),
        }
    }
}

pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) active: bool,
    pub(crate) flow: Value,
}

/// Says what goes wrong with the request of a number.
pub(crate) type Faults = Box<dyn FnMut(usize, &Request) -> Option<Fault>>;

/// A tenant with one dialog, `d`.
#[derive(Default)]
pub(crate) struct DialogTenant {
    pub(crate) versions: Vec<Stored>,
    /// Answers so many versions a page; zero for all.
    pub(crate) page: usize,
    requests: usize,
    /// Says what goes wrong with the request of this number.
    pub(crate) fault: Option<Faults>,
    /// Alters what is exported.
    pub(crate) alter_export: Option<fn(&mut Value)>,
}

pub(crate) fn flow(version: &str, label: &str) -> Value {
    json!({
        "id": "d", "name": "Dialog", "version": version, "entryPoint": "start",
        "nodes": [
            {"id": "start", "type": "start", "label": label},
            {"id": "bye", "type": "end", "label": "Bye", "properties": {"say": "Bye", "weight": 1.0}},
        ],
        "edges": [{"id": "e", "source": "start", "target": "bye"}],
    })
}

impl DialogTenant {
    /// With one active version, 1.0.0.
    pub(crate) fn with_one() -> Self {
        Self {
            versions: vec![Stored {
                id: "v1".into(),
                version: "1.0.0".into(),
                active: true,
                flow: flow("1.0.0", "Old"),
            }],
            ..Self::default()
        }
    }

    pub(crate) fn active(&self) -> Option<String> {
        self.versions
            .iter()
            .find(|version| version.active)
            .map(|version| version.id.clone())
    }

    pub(crate) fn numbered(&self, number: &str) -> usize {
        self.versions
            .iter()
            .filter(|version| version.version == number)
            .count()
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let number = self.requests;
        self.requests += 1;
        let fault = self.fault.as_mut().and_then(|fault| fault(number, request));
        match fault {
            Some(Fault::Before(wrong)) => wrong.reply(),
            Some(Fault::After(wrong)) => {
                self.serve(request);
                wrong.reply()
            }
            None => self.serve(request),
        }
    }

    fn serve(&mut self, request: &Request) -> Reply {
        let path = request.url.split("/dialogs/d").nth(1).unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match (request.method, path) {
            (Method::Get, "/export") => match self.versions.iter().find(|version| version.active) {
                None => Reply::json(404, &json!({})),
                Some(version) => {
                    let mut flow = version.flow.clone();
                    // As the platform does: defaults filled in.
                    flow["variables"] = json!([]);
                    flow["nodes"][0]["properties"] = json!({});
                    flow["edges"][0]["condition"] = Value::Null;
                    flow["nodes"][1]["properties"]["weight"] = json!(1);
                    if let Some(alter) = self.alter_export {
                        alter(&mut flow);
                    }
                    Reply::json(200, &flow)
                }
            },
            (Method::Get, "/versions") => self.list(query),
            (Method::Post, "/versions") => {
                let flow = body(request);
                let number = flow["version"].as_str().unwrap().to_owned();
                if self.numbered(&number) > 0 {
                    return Reply::json(409, &json!({"message": "version exists"}));
                }
                let id = format!("v{}", self.versions.len() + 1);
                self.versions.push(Stored {
                    id: id.clone(),
                    version: number,
                    active: false,
                    flow,
                });
                Reply::json(201, &json!({"id": id}))
            }
            (Method::Patch, path) => {
                let id = path.trim_start_matches("/versions/").to_owned();
                assert_eq!(body(request), json!({"status": "active", "promote": true}));
                for version in &mut self.versions {
                    version.active = version.id == id;
                }
                Reply::json(200, &json!({"id": id}))
            }
            _ => Reply::json(404, &json!({})),
        }
    }

    fn list(&self, query: &str) -> Reply {
        let from: usize = query.trim_start_matches("cursor=").parse().unwrap_or(0);
        let to = if self.page == 0 {
            self.versions.len()
        } else {
            from + self.page
        };
        let to = to.min(self.versions.len());
        let one = |version: &Stored| {
            let status = if version.active { "active" } else { "draft" };
            json!({"id": version.id, "version": version.version, "status": status})
        };
        let data: Vec<Value> = self.versions[from..to].iter().map(one).collect();
        let mut page = json!({"data": data});
        if to < self.versions.len() {
            // The cursor may sit in either place.
            if from == 0 {
                page["nextCursor"] = json!(to.to_string());
            } else {
                page["data"][to - from - 1]["nextCursor"] = json!(to.to_string());
            }
        }
        Reply::json(200, &page)
    }
}

pub(crate) fn world(tenant: DialogTenant) -> (World, Rc<RefCell<DialogTenant>>) {
    world_made(Making::default(), tenant)
}

pub(crate) fn world_made(
    making: Making,
    tenant: DialogTenant,
) -> (World, Rc<RefCell<DialogTenant>>) {
    let tenant = Rc::new(RefCell::new(tenant));
    let shared = Rc::clone(&tenant);
    let world = World::made(making, move |request| shared.borrow_mut().answer(request));
    (world, tenant)
}

#[test]
fn all_pages_are_read_wherever_the_cursor_sits() {
    let mut tenant = DialogTenant::with_one();
    for number in 2..=7 {
        tenant.versions.push(Stored {
            id: format!("v{number}"),
            version: format!("{number}.0.0"),
            active: false,
            flow: Value::Null,
        });
    }
    tenant.page = 2;
    let (world, _) = world(tenant);
    let versions = world
        .run(dialogs::versions(
            &world.tools.client,
            "d",
            false,
            &Watch::default(),
        ))
        .unwrap();
    let ids: Vec<&str> = versions.iter().map(|version| version.id.as_str()).collect();
    assert_eq!(ids, ["v1", "v2", "v3", "v4", "v5", "v6", "v7"]);
    assert!(versions[0].is_active());
    assert_eq!(world.asked().len(), 4);
}

#[test]
fn a_cursor_that_leads_nowhere_new_ends_it() {
    let world = World::new(|_| Reply::json(200, &json!({"data": [], "nextCursor": "again"})));
    let failed = world.run(dialogs::versions(
        &world.tools.client,
        "d",
        false,
        &Watch::default(),
    ));
    assert!(
        matches!(failed.unwrap_err().error, Error::Decode { path, .. } if path == "nextCursor")
    );
    assert_eq!(world.asked().len(), 2);
}

#[test]
fn what_lacks_in_an_answer_is_named() {
    for (answer, path) in [
        (
            json!({"data": [{"id": "a"}, {"version": "1"}]}),
            "data[1].id",
        ),
        (json!({"data": [{"id": {}}]}), "data[0].id"),
        (json!({"data": {}}), "data"),
        (json!({}), "data"),
        (json!("text"), "data"),
        (
            json!({"data": [{"id": "a", "version": true}]}),
            "data[0].version",
        ),
    ] {
        let text = answer.clone();
        let world = World::new(move |_| Reply::json(200, &text));
        let failed = world.run(dialogs::versions(
            &world.tools.client,
            "d",
            false,
            &Watch::default(),
        ));
        let error = failed.unwrap_err().error;
        assert!(
            matches!(&error, Error::Decode { path: found, .. } if found == path),
            "{answer}: {error:?}"
        );
    }
}

#[test]
fn ids_are_escaped_in_paths() {
    let world = World::new(|_| Reply::json(200, &json!({"data": []})));
    let watch = Watch::default();
    world
        .run(dialogs::versions(
            &world.tools.client,
            "a/../b c",
            false,
            &watch,
        ))
        .unwrap();
    assert_eq!(
        world.asked(),
        ["GET /api/v2/dialogs/a%2F..%2Fb%20c/versions"]
    );
}
