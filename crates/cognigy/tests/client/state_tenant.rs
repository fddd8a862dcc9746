//! The tenant that tests of pushed transitions run against: a bot flow with two states.

use std::cell::RefCell;
use std::rc::Rc;

use cognigy::http::{Method, Request};
use cognigy::resource::states::FlowAddress;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World, body};

/// A state: its id, its mark, its transitions.
type Stored = (String, u32, Value);

/// Says what goes wrong with a request, and whether it has its effect all the same. May change the
/// states, as somebody else would.
type Faults = Box<dyn FnMut(&mut Vec<Stored>, &Request) -> Option<(bool, Reply)>>;

/// A bot flow with two states, whose marks count up.
pub(crate) struct StateTenant {
    pub(crate) states: Vec<Stored>,
    /// What compilations answer, the last one first; success when there are none left.
    pub(crate) compilations: Vec<Value>,
    /// Says what goes wrong with a request.
    pub(crate) fault: Option<Faults>,
}

pub(crate) fn to(id: &str, target: &str) -> Value {
    json!({"id": id, "targetStateId": target, "conditions": [], "actions": []})
}

impl StateTenant {
    pub(crate) fn new() -> Self {
        Self {
            states: vec![
                ("ask".into(), 1, json!([to("t1", "ask")])),
                ("bye".into(), 1, json!([to("t2", "ask")])),
            ],
            compilations: Vec::new(),
            fault: None,
        }
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let fault = self
            .fault
            .as_mut()
            .and_then(|fault| fault(&mut self.states, request));
        match fault {
            Some((false, reply)) => reply,
            Some((true, reply)) => {
                self.serve(request);
                reply
            }
            None => self.serve(request),
        }
    }

    fn serve(&mut self, request: &Request) -> Reply {
        let path = request.url.split("/flows/f").nth(1).unwrap_or_default();
        let shown = |(id, etag, transitions): &Stored| json!({"id": id, "etag": etag.to_string(), "name": id, "transitions": transitions});
        match (request.method, path) {
            (Method::Get, "/states") => {
                let all: Vec<Value> = self.states.iter().map(shown).collect();
                Reply::json(200, &json!({"initialStateId": "ask", "data": all}))
            }
            (_, "/compile") => {
                let next = self.compilations.pop();
                Reply::json(200, &next.unwrap_or(json!({"status": "success"})))
            }
            (method, path) => {
                let id = path.trim_start_matches("/states/");
                let Some(state) = self.states.iter_mut().find(|state| state.0 == id) else {
                    return Reply::json(404, &json!({}));
                };
                if method == Method::Patch {
                    let etag = state.1.to_string();
                    if request
                        .header("if-match")
                        .is_some_and(|wanted| wanted != etag)
                    {
                        return Reply::json(412, &json!({"message": "etag"}));
                    }
                    state.1 += 1;
                    state.2 = body(request)["transitions"].clone();
                }
                Reply::json(200, &shown(state))
            }
        }
    }
}

pub(crate) fn world(tenant: StateTenant) -> (World, Rc<RefCell<StateTenant>>) {
    let mut making = Making::default();
    making.connection.webhooks.analytics = "https://hooks.example.com/analytics".into();
    let tenant = Rc::new(RefCell::new(tenant));
    let shared = Rc::clone(&tenant);
    let world = World::made(making, move |request| {
        if request.url.starts_with("https://hooks.example.com") {
            return Reply::json(204, &json!({}));
        }
        shared.borrow_mut().answer(request)
    });
    (world, tenant)
}

pub(crate) fn address() -> FlowAddress {
    FlowAddress {
        bot: "b".into(),
        flow: "f".into(),
    }
}

/// A file in which "ask" leads to "bye" too, with one secret value.
pub(crate) fn file() -> Value {
    let new = json!([to("t1", "ask"), {"id": "t9", "targetStateId": "bye",
        "conditions": [{"value": "input.text == \"bye\""}],
        "actions": [{"type": "set", "variable": "session.code", "value": "hidden-value"}]}]);
    json!({"botId": "b", "flowId": "f", "initialStateId": "ask", "fallbackStateId": "ask",
        "states": [{"id": "ask", "name": "ask", "etag": "1", "transitions": new},
                   {"id": "bye", "name": "bye", "etag": "1", "transitions": [{"id": "t2", "targetStateId": "ask"}]}]})
}
