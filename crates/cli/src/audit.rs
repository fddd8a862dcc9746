//! `flowdeck audit`: checking the audit logs that the app exports.

use crate::arguments::VerifyArguments;
use crate::check::{self, Verdict};
use crate::failure::{Failure, reason};
use crate::output;

/// Says what was verified of a log, or the first thing that is wrong with it.
pub(crate) fn verify(arguments: &VerifyArguments) -> Result<Verdict, Failure> {
    let unread = |reason: String| Failure::AuditLog {
        path: arguments.file.clone(),
        reason,
    };
    let bytes = check::read(&arguments.file).map_err(|source| unread(reason(&source)))?;
    let text = flow::json::decode_text(&bytes).map_err(|error| unread(error.message))?;
    let (verdict, said) = match cognigy::audit::verify(text, arguments.head.as_ref()) {
        Ok(whole) => {
            let end = match (whole.has_head, &arguments.head) {
                (_, Some(head)) if *head == whole.head => {
                    "It ends at the head you gave: nothing is missing at the end, and nothing was added."
                }
                (_, Some(_)) => {
                    "It goes on from the head you gave: nothing of what was there then is missing."
                }
                (true, None) => {
                    "It ends where it says it does. Whether both were cut short shows only against a \
                     head that was kept elsewhere: --head SIZE:HASH"
                }
                (false, None) => {
                    "It does not say where it ends, so whether it was cut short cannot be told. \
                     Compare it with a head that was kept elsewhere: --head SIZE:HASH"
                }
            };
            let said = format!("{whole}\n{end}\n");
            (Verdict::Clean, said)
        }
        Err(fault) => (Verdict::Problems, format!("{fault}\n")),
    };
    output::deliver(&said, None)?;
    Ok(verdict)
}
