//! Moments as texts: UTC timestamps as logs and the platform spell them, and the dates of HTTP
//! headers. What time it is comes from the clock that is passed in.

use std::time::UNIX_EPOCH;

const DAY: u64 = 86_400_000;

/// A moment as RFC 3339 spells it, to the millisecond: `2026-03-01T12:00:00.000Z`.
pub fn timestamp(milliseconds: u64) -> String {
    let (year, month, day) = date(milliseconds / DAY);
    let rest = milliseconds % DAY;
    let (seconds, fraction) = (rest / 1000, rest % 1000);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{fraction:03}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Year, month and day of a day since 1970-01-01. Counted in years that begin in March, so that the
/// day that is sometimes there comes last; 400 such years always have 146,097 days.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

/// The moment that a date in an HTTP header names, in milliseconds since 1970.
pub(crate) fn http_date(text: &str) -> Option<u64> {
    let since = httpdate::parse_http_date(text).ok()?;
    let since = since.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}

/// A span of time in words, rounded up: "12 seconds", "3 minutes".
pub(crate) fn span_words(milliseconds: u64) -> String {
    let seconds = milliseconds.div_ceil(1000);
    let (number, unit) = if seconds < 120 {
        (seconds, "second")
    } else {
        (seconds.div_ceil(60), "minute")
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_spelled_in_utc() {
        for (milliseconds, spelled) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_234_567_890_123, "2009-02-13T23:31:30.123Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(timestamp(milliseconds), spelled);
        }
    }

    #[test]
    fn dates_of_headers_are_read() {
        assert_eq!(
            http_date("Fri, 13 Feb 2009 23:31:30 GMT"),
            Some(1_234_567_890_000)
        );
        assert_eq!(http_date("soon"), None);
    }

    #[test]
    fn spans_round_up() {
        assert_eq!(span_words(1), "1 second");
        assert_eq!(span_words(119_001), "2 minutes");
        assert_eq!(span_words(61_000), "61 seconds");
    }
}
