//! Compiling a flow and waiting for what becomes of it.

use super::FlowAddress;
use crate::error::{CallError, Changed, Error};
use crate::operation::run::Run;
use crate::resource::states::{self, Compilation};
use crate::send::{WaitReason, Watch, delay};

/// What became of a compilation.
pub(super) enum Compiled {
    Success,
    /// With what the platform says.
    Failed(String),
    /// With the reason why it is not known.
    Unknown(String),
}

/// How often a compilation is asked for when answers are lost.
const TRIES: u32 = 3;

/// Asks for a compilation and looks until it is no longer pending. The platform may have begun one by
/// itself: then that one is waited for.
pub(super) async fn compile(run: &Run<'_>, address: &FlowAddress, watch: &Watch) -> Compiled {
    let client = run.client();
    let connection = client.connection();
    let ends_at = client.clock().monotonic() + connection.job_deadline;
    let mut state = match begin(run, address, watch).await {
        Ok(state) => state,
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

/// Asks for a compilation. When the answer is lost, one that is pending is taken for it. One that has
/// ended may be of older transitions, so another is asked for: compiling twice does no harm.
async fn begin(
    run: &Run<'_>,
    address: &FlowAddress,
    watch: &Watch,
) -> Result<Compilation, CallError> {
    let client = run.client();
    for attempt in 1.. {
        let failed = match states::compile(client, address, watch).await {
            Ok(state) => return Ok(state),
            Err(failed) => failed,
        };
        let is_under_way = matches!(failed.error, Error::Conflict { .. });
        if is_under_way {
            break;
        }
        if failed.changed == Changed::Nothing || attempt == TRIES {
            return Err(failed);
        }
        if states::compilation(client, address, watch).await? == Compilation::Pending {
            break;
        }
        let wait = delay(attempt, &*client.ports().random);
        if client.wait(wait, WaitReason::Retry, watch).await.is_err() {
            return Err(failed);
        }
    }
    Ok(Compilation::Pending)
}
