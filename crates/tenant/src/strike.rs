//! Which faults strike a request, and which are spent by it.

use crate::ask::Ask;
use crate::dialogs::is_rollback;
use crate::faults::{Fault, FaultKind};
use crate::pattern::Pattern;
use crate::world::World;

impl Fault {
    /// Whether it is about a request.
    fn concerns(&self, world: &World, ask: &Ask<'_>) -> bool {
        let call = ask.call.name;
        Pattern::read(&self.call).is_some_and(|pattern| pattern.means(ask))
            && match &self.kind {
                FaultKind::ExpireToken => !ask.call.scopes.is_empty(),
                FaultKind::CompileFailure { .. } => matches!(call, "compile" | "patch-state"),
                FaultKind::PromotionFailure { .. } => call == "promote" && !is_rollback(world, ask),
                FaultKind::RollbackFailure { .. } => call == "promote" && is_rollback(world, ask),
                FaultKind::SimulationFailure => call == "simulate",
                _ => true,
            }
    }

    /// Counts a request it concerns. Whether it strikes.
    fn strike(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if let Some(times) = &mut self.times {
            *times = times.saturating_sub(1);
        }
        true
    }

    fn is_spent(&self) -> bool {
        self.times == Some(0)
    }
}

/// What strikes a request: all delays, whether headers are hidden, and the first fault of any
/// other kind. Those behind it wait for the next request.
#[derive(Debug, Default)]
pub(crate) struct Struck {
    pub(crate) delay_ms: u64,
    pub(crate) hides_headers: bool,
    pub(crate) fault: Option<FaultKind>,
}

/// Lets the faults strike that concern a request; those that are spent are gone.
pub(crate) fn strike(faults: &mut Vec<Fault>, world: &World, ask: &Ask<'_>) -> Struck {
    let mut struck = Struck::default();
    for fault in faults.iter_mut().filter(|fault| fault.concerns(world, ask)) {
        match &fault.kind {
            FaultKind::Delay { ms } => {
                let ms = *ms;
                if fault.strike() {
                    struck.delay_ms = struck.delay_ms.saturating_add(ms);
                }
            }
            FaultKind::HideHeaders => struck.hides_headers |= fault.strike(),
            kind if struck.fault.is_none() => {
                let kind = kind.clone();
                if fault.strike() {
                    struck.fault = Some(kind);
                }
            }
            _ => {}
        }
    }
    faults.retain(|fault| !fault.is_spent());
    struck
}
