//! `flowdeck audit`: checking the audit logs that the app exports.

use crate::arguments::VerifyArguments;
use crate::check::{self, Verdict};
use crate::failure::{Failure, reason};
use crate::output;

/// Says whether a log is whole.
pub(crate) fn verify(arguments: &VerifyArguments) -> Result<Verdict, Failure> {
    let unread = |reason: String| Failure::AuditLog {
        path: arguments.file.clone(),
        reason,
    };
    let bytes = check::read(&arguments.file).map_err(|source| unread(reason(&source)))?;
    let text = flow::json::decode_text(&bytes).map_err(|error| unread(error.message))?;
    let (verdict, said) = match cognigy::audit::verify(text, arguments.head.as_ref()) {
        Ok(whole) => {
            let (size, hash) = (whole.head.size, whole.head.hash);
            let plural = if size == 1 { "y" } else { "ies" };
            let mut said = format!("The log is whole: {size} entr{plural}, head {size}:{hash}\n");
            if !whole.has_head && arguments.head.is_none() {
                said.push_str(
                    "It does not say where it ends, so whether it was cut short cannot be told. \
                     Compare it with a head that was kept elsewhere: --head SIZE:HASH\n",
                );
            }
            (Verdict::Clean, said)
        }
        Err(fault) => (Verdict::Problems, format!("{fault}\n")),
    };
    output::deliver(&said, None)?;
    Ok(verdict)
}
