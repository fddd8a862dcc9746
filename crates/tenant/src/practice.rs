//! The calls that are not the platform's: switching faults, resetting, looking inside. They need no
//! token, and no fault strikes them.

use cognigy::http::{Method, Request};
use serde::Serialize;

use crate::answer::Reply;
use crate::calls::call_names;
use crate::faults::Fault;
use crate::refusal::Refusal;
use crate::tenant::Tenant;
use crate::world::World;

#[derive(Serialize)]
struct Faults<'a> {
    calls: Vec<ShownCall>,
    faults: &'a [Fault],
}

#[derive(Serialize)]
struct ShownCall {
    method: &'static str,
    name: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Inside<'a> {
    faults: &'a [Fault],
    world: &'a World,
}

/// The answer, when the path is one of practice. Receivers of webhooks are calls like others.
pub(crate) fn answer(tenant: &mut Tenant, request: &Request, segments: &[String]) -> Option<Reply> {
    let mut parts = segments.iter().map(String::as_str);
    if parts.next() != Some("__practice") {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let reply = match (rest.as_slice(), request.method) {
        (["hooks", _], _) => return None,
        (["faults"], Method::Get | Method::Head) => faults(tenant),
        (["faults"], Method::Post) => switch_on(tenant, request),
        (["faults"], Method::Delete) => {
            tenant.switch_all_off();
            Ok(Reply::empty(204))
        }
        (["faults", id], Method::Delete) => {
            if tenant.switch_off(id) {
                Ok(Reply::empty(204))
            } else {
                Err(Refusal::not_found("fault", id))
            }
        }
        (["reset"], Method::Post) => match tenant.reset() {
            Ok(()) => Ok(Reply::empty(204)),
            Err(_) => Err(Refusal::Internal),
        },
        (["state"], Method::Get | Method::Head) => Reply::json(
            200,
            &Inside {
                faults: tenant.faults(),
                world: &tenant.world,
            },
        ),
        (["faults"], _) => Err(Refusal::Method(vec!["GET", "POST", "DELETE"])),
        (["faults", _], _) => Err(Refusal::Method(vec!["DELETE"])),
        (["reset"], _) => Err(Refusal::Method(vec!["POST"])),
        (["state"], _) => Err(Refusal::Method(vec!["GET"])),
        _ => Err(Refusal::NoSuchCall),
    };
    Some(reply.unwrap_or_else(Refusal::into_reply))
}

fn faults(tenant: &Tenant) -> Result<Reply, Refusal> {
    let calls = call_names().map(|call| ShownCall {
        method: call.method.as_str(),
        name: call.name,
        path: call.path,
    });
    let shown = Faults {
        calls: calls.collect(),
        faults: tenant.faults(),
    };
    Reply::json(200, &shown)
}

fn switch_on(tenant: &mut Tenant, request: &Request) -> Result<Reply, Refusal> {
    let body = request.body.as_deref().unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let invalid =
        |error: crate::faults::FaultError| Refusal::flaw("invalidFault", "", error.to_string());
    let fault = Fault::from_json(&text).map_err(invalid)?;
    tenant.switch_on(fault).map_err(invalid)?;
    Reply::json(201, &tenant.faults().last())
}
