//! Times as the tenant writes them. It is told the time with each request and never asks for it.

use std::time::{Duration, SystemTime};

/// The last millisecond that can be written: the end of the year 9999.
pub(crate) const LATEST_MS: u64 = 253_402_300_799_999;

fn time(ms: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms.min(LATEST_MS))
}

/// As `2026-03-02T08:15:00.000Z`.
pub(crate) fn timestamp(ms: u64) -> String {
    humantime::format_rfc3339_millis(time(ms)).to_string()
}

/// As `Mon, 02 Mar 2026 08:15:00 GMT`, the form of HTTP headers.
pub(crate) fn http_date(ms: u64) -> String {
    httpdate::fmt_http_date(time(ms))
}
