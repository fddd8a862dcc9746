//! What time it is. Nothing else in the command asks a clock.

use std::time::{Duration, SystemTime};

/// The variable that [builds which can be repeated](https://reproducible-builds.org/specs/source-date-epoch/)
/// set to the seconds since 1970 that are to be taken for now.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Now, or what the environment wants to be taken for it, as RFC 3339 spells it.
pub(crate) fn now() -> String {
    let wanted = std::env::var(EPOCH).ok().and_then(|text| at(&text));
    let time = wanted.unwrap_or_else(SystemTime::now);
    humantime::format_rfc3339_seconds(time).to_string()
}

/// The time so many seconds after the start of 1970; none for what is no such number, or beyond
/// the year 9999.
fn at(seconds: &str) -> Option<SystemTime> {
    const LAST: u64 = 253_402_300_799;
    let seconds = seconds.parse().ok().filter(|&seconds| seconds <= LAST)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_that_can_be_spelled_are_taken() {
        let spelled =
            |text| at(text).map(|time| humantime::format_rfc3339_seconds(time).to_string());
        assert_eq!(spelled("0").as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(
            spelled("253402300799").as_deref(),
            Some("9999-12-31T23:59:59Z")
        );
        for other in ["", "-1", "soon", "253402300800", "99999999999999999999"] {
            assert_eq!(spelled(other), None, "{other}");
        }
    }
}
