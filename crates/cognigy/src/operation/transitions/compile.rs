//! Compiling a flow and waiting for what becomes of it.

use super::FlowAddress;
use crate::error::{CallError, Changed, Error};
use crate::operation::run::Run;
use crate::resource::states::{self, Compilation};
use crate::send::{WaitReason, Watch};

/// What became of a compilation.
pub(super) enum Compiled {
    Success,
    /// With what the platform says.
    Failed(String),
    /// With the reason why it is not known.
    Unknown(String),
}

/// Asks for a compilation and looks until it is no longer pending. The platform may have begun one by
/// itself: then that one is waited for.
pub(super) async fn compile(run: &Run<'_>, address: &FlowAddress, watch: &Watch) -> Compiled {
    let client = run.client();
    let connection = client.connection();
    let ends_at = client.clock().monotonic() + connection.job_deadline;
    let mut state = match states::compile(client, address, watch).await {
        Ok(state) => state,
        // One is under way, or the answer was lost: looking tells.
        Err(failed) if may_run(&failed) => Compilation::Pending,
        Err(failed) => return Compiled::Unknown(failed.to_string()),
    };
    loop {
        match state {
            Compilation::Success => return Compiled::Success,
            Compilation::Failed(message) => return Compiled::Failed(message),
            Compilation::Pending => {}
        }
        if client.clock().monotonic() >= ends_at {
            return Compiled::Unknown(
                "The compilation took longer than it may. The transitions were pushed; look again \
                 later."
                    .to_owned(),
            );
        }
        let waited = client
            .wait(connection.poll_interval, WaitReason::Job, watch)
            .await;
        if waited.is_err() {
            return Compiled::Unknown(
                "You stopped waiting for the compilation. The transitions were pushed.".to_owned(),
            );
        }
        state = match states::compilation(client, address, watch).await {
            Ok(state) => state,
            Err(failed) => return Compiled::Unknown(failed.to_string()),
        };
    }
}

fn may_run(failed: &CallError) -> bool {
    failed.changed == Changed::Perhaps || matches!(failed.error, Error::Conflict { .. })
}
