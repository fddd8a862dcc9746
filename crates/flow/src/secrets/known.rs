//! Keys that give away whose they are by how they start.

use std::ops::RangeInclusive;

use super::standin::is_stand_in;
use super::{Look, Secret, is_dashed, is_dotted, is_word, run};
use crate::limits::SECRET_LENGTH;

/// A key that is known by its start: whose it is, how it starts, how many characters follow, and which
/// ones.
struct Known(
    &'static str,
    &'static str,
    RangeInclusive<usize>,
    fn(u8) -> bool,
);

const fn is_capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Most keys have no fixed length.
const MOST: usize = SECRET_LENGTH;

const KNOWN: [Known; 24] = [
    Known("Amazon Web Services", "AKIA", 16..=16, is_capital),
    Known("Amazon Web Services", "ASIA", 16..=16, is_capital),
    Known("GitHub", "ghp_", 30..=MOST, is_word),
    Known("GitHub", "gho_", 30..=MOST, is_word),
    Known("GitHub", "ghu_", 30..=MOST, is_word),
    Known("GitHub", "ghs_", 30..=MOST, is_word),
    Known("GitHub", "ghr_", 30..=MOST, is_word),
    Known("GitHub", "github_pat_", 22..=MOST, is_word),
    Known("GitLab", "glpat-", 20..=MOST, is_dashed),
    Known("Slack", "xoxb-", 10..=MOST, is_dashed),
    Known("Slack", "xoxp-", 10..=MOST, is_dashed),
    Known("Slack", "xoxa-", 10..=MOST, is_dashed),
    Known("Slack", "xoxr-", 10..=MOST, is_dashed),
    Known("Slack", "xoxs-", 10..=MOST, is_dashed),
    Known("Slack", "xapp-", 10..=MOST, is_dashed),
    Known("Stripe", "sk_live_", 16..=MOST, is_word),
    Known("Stripe", "rk_live_", 16..=MOST, is_word),
    Known("Google", "AIza", 35..=MOST, is_dashed),
    Known("Google", "GOCSPX-", 20..=MOST, is_dashed),
    Known("SendGrid", "SG.", 40..=MOST, is_dotted),
    Known("npm", "npm_", 36..=MOST, is_word),
    Known("Hugging Face", "hf_", 30..=MOST, is_word),
    Known("Shopify", "shpat_", 32..=MOST, is_word),
    Known("a language model's service", "sk-", 20..=MOST, is_dashed),
];

/// The key that starts at a place.
pub(super) fn known(text: &str, at: usize) -> Option<Secret> {
    let rest = &text.as_bytes()[at..];
    let Known(whose, start, lengths, holds) = KNOWN
        .iter()
        .find(|Known(_, start, ..)| rest.starts_with(start.as_bytes()))?;
    let from = at + start.len();
    let end = from + run(text, from, holds);
    let body = &text[from..end];
    let has_digit = body.bytes().any(|byte| byte.is_ascii_digit());
    let is_key = lengths.contains(&body.len()) && has_digit && !is_stand_in(body);
    is_key.then_some(Secret {
        look: Look::KeyOf(whose),
        span: at..end,
    })
}
