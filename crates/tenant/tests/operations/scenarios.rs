//! The operations of the matrix: on what, with what, and how they are run.

use cognigy::operation::{
    ContextReport, ContextRequest, DeployReport, DeployRequest, ExportReport, PushReport,
    PushRequest, SimulationRequest, SimulationRun, Stopped, SwitchKind, SwitchRequest,
    VariablesReport, VariablesRequest, deploy, export_flow, inject_context, push_transitions,
    simulate, switch_version, update_variables,
};
use cognigy::resource::states::FlowAddress;
use flow::rules::Settings;
use serde_json::{Map, Value, json};
use tenant::Tenant;

use crate::inside::Inside;
use crate::world::{World, altered, sample, tenant};

/// The dialog that is deployed to.
pub(crate) const DIALOG: &str = "order-status";
/// The number that is deployed.
pub(crate) const NUMBER: &str = "1.5.0";
pub(crate) const BOT: &str = "nordlicht-shop";
pub(crate) const FLOW: &str = "checkout";
/// The states whose transitions are changed.
pub(crate) const STATES: [&str; 2] = ["basket", "payment"];

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Deploy,
    Switch(SwitchKind, &'static str),
    Export,
    Push,
    Variables { step: bool },
    Simulate,
    Inject,
}

/// An operation on a tenant.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) keys: bool,
    pub(crate) tenant: Tenant,
}

/// How an operation ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Deploy(Result<DeployReport, Stopped>),
    Export(Result<ExportReport, Stopped>),
    Push(Result<PushReport, Stopped>),
    Variables(Result<VariablesReport, Stopped>),
    Simulation(Result<SimulationRun, Stopped>),
    Context(Result<ContextReport, Stopped>),
}

pub(crate) fn scenarios() -> Vec<Scenario> {
    let first = altered(&tenant(), |world| {
        world["dialogs"][DIALOG]["versions"] = json!([]);
    });
    let scenario = |name, kind| Scenario {
        name,
        kind,
        keys: true,
        tenant: tenant(),
    };
    let older = Kind::Switch(SwitchKind::Promote, "1.2.0");
    let back = Kind::Switch(SwitchKind::RollBack, "1.3.0");
    vec![
        scenario("Deploy", Kind::Deploy),
        Scenario {
            keys: false,
            ..scenario("Deploy without idempotency keys", Kind::Deploy)
        },
        Scenario {
            tenant: first,
            ..scenario("Deploy a first version", Kind::Deploy)
        },
        scenario("Promote an older version", older),
        scenario("Roll back", back),
        scenario("Export and sync", Kind::Export),
        scenario("Push transitions of two states", Kind::Push),
        scenario("Update variables", Kind::Variables { step: false }),
        scenario(
            "Update variables and the next step",
            Kind::Variables { step: true },
        ),
        scenario("Simulate", Kind::Simulate),
        Scenario {
            keys: false,
            ..scenario("Simulate without idempotency keys", Kind::Simulate)
        },
        scenario("Inject context", Kind::Inject),
    ]
}

/// The flow that is deployed.
pub(crate) fn new_flow() -> String {
    sample("order-status.json").replacen("1.4.0", NUMBER, 1)
}

/// The states as they were fetched, and as they are pushed.
pub(crate) fn old_and_new_states() -> (Value, Value) {
    let old = sample("checkout-states.json");
    let new = old
        .replace("voucher.redeem", "voucher.use")
        .replace("payment.card", "payment.cards");
    (
        serde_json::from_str(&old).unwrap(),
        serde_json::from_str(&new).unwrap(),
    )
}

/// The transitions of a state of a flow, as files have them.
pub(crate) fn transitions<'v>(flow: &'v Value, state: &str) -> &'v Value {
    let mut states = flow["states"].as_array().unwrap().iter();
    &states.find(|one| one["id"] == state).unwrap()["transitions"]
}

/// The variables that are sent.
pub(crate) fn variables(step: bool) -> Value {
    let mut sent: Value = serde_json::from_str(&sample("resume-checkout-variables.json")).unwrap();
    if !step {
        sent.as_object_mut().unwrap().remove("transition");
    }
    sent
}

pub(crate) async fn push(world: &World, text: &str, base: &Map<String, Value>) -> Ended {
    let address = FlowAddress {
        bot: BOT.to_owned(),
        flow: FLOW.to_owned(),
    };
    let settings = Settings::default();
    let request = PushRequest {
        address: &address,
        text,
        base,
        settings: &settings,
    };
    let (tools, sink) = (&world.tools, world.sink());
    Ended::Push(push_transitions(tools, &request, &world.user, &world.cancellation, &sink).await)
}

impl Kind {
    /// Runs it.
    pub(crate) async fn run(self, world: &World) -> Ended {
        let (tools, user, sink) = (&world.tools, &world.user, world.sink());
        let (stop, settings) = (&world.cancellation, &Settings::default());
        match self {
            Self::Deploy => {
                let text = &new_flow();
                let request = DeployRequest {
                    dialog: DIALOG,
                    text,
                    settings,
                };
                Ended::Deploy(deploy(tools, &request, user, stop, &sink).await)
            }
            Self::Switch(kind, number) => {
                let version_id = &version_id(&world.inside(), number);
                let request = SwitchRequest {
                    dialog: DIALOG,
                    version_id,
                    kind,
                };
                Ended::Deploy(switch_version(tools, &request, user, stop, &sink).await)
            }
            Self::Export => Ended::Export(export_flow(tools, DIALOG, settings, stop, &sink).await),
            Self::Push => {
                let (old, new) = old_and_new_states();
                let of = |state: &str| (state.to_owned(), transitions(&old, state).clone());
                let base = STATES.map(of).into_iter().collect();
                push(world, &new.to_string(), &base).await
            }
            Self::Variables { step } => {
                let text = &variables(step).to_string();
                let request = VariablesRequest {
                    text,
                    etag: None,
                    settings,
                };
                Ended::Variables(update_variables(tools, &request, stop, &sink).await)
            }
            Self::Simulate => {
                let text = &sample("order-status-simulation.json");
                let request = SimulationRequest { text, settings };
                Ended::Simulation(simulate(tools, &request, stop, &sink).await)
            }
            Self::Inject => {
                let text = &sample("gold-customer-context.json");
                let template = "Hello {{firstName}}";
                let request = ContextRequest {
                    text,
                    version: None,
                    template,
                    settings,
                };
                Ended::Context(inject_context(tools, &request, user, stop, &sink).await)
            }
        }
    }
}

/// The id of the version with a number.
pub(crate) fn version_id(inside: &Inside, number: &str) -> String {
    let mut versions = inside.versions(DIALOG).iter();
    let found = versions
        .find(|version| version["number"] == number)
        .unwrap();
    found["id"].as_str().unwrap().to_owned()
}
