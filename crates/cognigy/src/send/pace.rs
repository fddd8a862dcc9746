//! The pace of requests: so many tokens for each bot and each dialog, each of which comes back one
//! second after it was taken. So no second, wherever it begins, sees more requests than tokens.

use std::collections::{BTreeMap, VecDeque};

/// Requests a second for one bot.
pub const BOT: usize = 100;
/// Requests a second for one dialog.
pub const DIALOG: usize = 10;
/// How long a token is away, in milliseconds.
const SECOND: u64 = 1_000;
/// How many buckets are kept before full ones are dropped.
const BUCKETS: usize = 256;

/// What requests are counted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// A bot, by id.
    Bot(String),
    /// A dialog, by id.
    Dialog(String),
}

impl Pace {
    fn tokens(&self) -> usize {
        match self {
            Self::Bot(_) => BOT,
            Self::Dialog(_) => DIALOG,
        }
    }
}

/// The buckets of a connection.
#[derive(Debug, Default)]
pub(crate) struct Buckets(BTreeMap<Pace, VecDeque<u64>>);

impl Buckets {
    /// Takes a token, or says how many milliseconds there is none. `now` is monotonic.
    pub(crate) fn take(&mut self, pace: &Pace, now: u64) -> Result<(), u64> {
        let back = |taken: u64| taken + SECOND <= now;
        if self.0.len() > BUCKETS {
            self.0
                .retain(|_, taken| taken.back().is_some_and(|last| !back(*last)));
        }
        let taken = self.0.entry(pace.clone()).or_default();
        while taken.front().is_some_and(|first| back(*first)) {
            taken.pop_front();
        }
        match taken.front() {
            Some(first) if taken.len() >= pace.tokens() => Err(first + SECOND - now),
            _ => {
                taken.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments at which `count` requests go, each as soon as it may.
    fn moments(pace: &Pace, count: usize) -> Vec<u64> {
        let (mut buckets, mut now) = (Buckets::default(), 0);
        let mut next = || {
            while let Err(wait) = buckets.take(pace, now) {
                now += wait;
            }
            now
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn no_second_sees_more_than_its_tokens() {
        for (pace, tokens) in [(Pace::Dialog("d".into()), 10), (Pace::Bot("b".into()), 100)] {
            let moments = moments(&pace, 350);
            for (index, moment) in moments.iter().enumerate() {
                let in_second = moments[index..]
                    .iter()
                    .filter(|later| **later < moment + 1000);
                assert!(in_second.count() <= tokens);
            }
            assert_eq!(moments.last(), Some(&((349 / tokens as u64) * 1000)));
        }
    }

    #[test]
    fn each_has_a_bucket_of_its_own() {
        let mut buckets = Buckets::default();
        for id in 0..1000 {
            assert_eq!(buckets.take(&Pace::Dialog(id.to_string()), id * 10), Ok(()));
        }
        assert!(buckets.0.len() <= BUCKETS + 1, "old ones are dropped");
    }
}
