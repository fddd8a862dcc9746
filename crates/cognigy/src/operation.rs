//! Operations: named steps that lead from what the user wants to a state of the tenant that is proved,
//! or to an honest account of what is not known. Single requests are in [`crate::resource`].
//!
//! Every operation keeps the same books: before a request that changes something it writes its intent
//! to the audit log and a record to the journal; without them it does not start. What it does to put
//! things right again always runs, and what it could not write down then is offered for download.

mod activation;
mod context;
mod deploy;
mod deploy_end;
mod export;
mod proof;
mod resolve;
mod run;
mod simulate;
mod simulation_formats;
mod simulation_report;
mod stopped;
mod switch;
mod transitions;
mod variables;

pub use context::{
    ContextConflict, ContextReport, ContextRequest, ContextUser, inject_context, injection_checksum,
};
pub use deploy::{
    DeployPlan, DeployReport, DeployRequest, DeployUser, PreviousChoice, VersionTaken, deploy,
    next_patch,
};
pub use deploy_end::{DeployEnd, Unknown};
pub use export::{ExportReport, export_flow};
pub use resolve::{Resolution, Resolved, resolve};
pub use run::{Books, Event, Step, StepState, Tools};
pub use simulate::{SimulationRequest, SimulationRun, Suite, simulate, simulate_suite};
pub use simulation_formats::{junit, markdown};
pub use simulation_report::{AssertionResult, EntityValue, SimulationMetrics};
pub use stopped::{FoundProblem, Stopped};
pub use switch::{SwitchKind, SwitchRequest, SwitchUser, switch_version};
pub use transitions::{
    Conflict, PushEnd, PushReport, PushRequest, PushUser, StateChange, StateOutcome,
    push_transitions,
};
pub use variables::{VariablesReport, VariablesRequest, update_variables};
