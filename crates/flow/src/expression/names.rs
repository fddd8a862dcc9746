//! The names an expression starts from, and the search for the name that was meant.

/// What a root name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// `intent`: the recognised intent.
    Intent,
    /// `entities`: what was found in the input.
    Entities,
    /// `input`, `ci`: what the user sent.
    Input,
    /// `context`, `$context`, `cc`: the context variables.
    Context,
    /// `session`
    Session,
    /// `user`
    User,
    /// `flow`
    Flow,
    /// `profile`, `cp`: the contact profile.
    Profile,
}

/// Every root name with what it stands for; the long name of each comes first.
pub const ROOTS: [(&str, Root); 12] = [
    ("intent", Root::Intent),
    ("entities", Root::Entities),
    ("input", Root::Input),
    ("context", Root::Context),
    ("session", Root::Session),
    ("user", Root::User),
    ("flow", Root::Flow),
    ("profile", Root::Profile),
    ("$context", Root::Context),
    ("cc", Root::Context),
    ("ci", Root::Input),
    ("cp", Root::Profile),
];

impl Root {
    /// The root with this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "intent" => Self::Intent,
            "entities" => Self::Entities,
            "input" | "ci" => Self::Input,
            "context" | "$context" | "cc" => Self::Context,
            "session" => Self::Session,
            "user" => Self::User,
            "flow" => Self::Flow,
            "profile" | "cp" => Self::Profile,
            _ => return None,
        })
    }

    /// Its long name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Entities => "entities",
            Self::Input => "input",
            Self::Context => "context",
            Self::Session => "session",
            Self::User => "user",
            Self::Flow => "flow",
            Self::Profile => "profile",
        }
    }

    /// The members it is known to have; none where they depend on the flow.
    pub const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Intent => &["name", "confidence"],
            Self::Input => &["text", "data"],
            _ => &[],
        }
    }
}

/// Longer names than this are compared with nothing.
const LONGEST: usize = 40;

/// The candidate that `name` is most likely a misspelling of, the first one where several are
/// equally near. A third of the characters may differ, and differences of case count half.
///
/// Takes time in proportion to the number of candidates: the length compared is bounded.
pub fn nearest<'name>(
    name: &str,
    candidates: impl IntoIterator<Item = &'name str>,
) -> Option<&'name str> {
    let typed: Vec<char> = name.chars().take(LONGEST + 1).collect();
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().take(LONGEST + 1).collect();
        if letters.len() > LONGEST || letters.is_empty() {
            continue;
        }
        // Counted in halves. A short name must not match every other short name.
        let allowed = 2 * (typed.len().max(letters.len()) / 3).clamp(1, 3);
        if typed.len().abs_diff(letters.len()) * 2 > allowed {
            continue;
        }
        let found = distance(&typed, &letters);
        let shared = found < 2 * typed.len().min(letters.len());
        if shared && found <= allowed && best.is_none_or(|(least, _)| found < least) {
            best = Some((found, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance in halves: 2 to insert, delete, replace or swap
/// neighbours, 1 to change case. Neither may be longer than [`LONGEST`].
fn distance(left: &[char], right: &[char]) -> usize {
    // Kept on the stack: a broken file asks for this thousands of times.
    let mut before = [0_usize; LONGEST + 1];
    let mut previous = std::array::from_fn(|column| column * 2);
    let mut current = [0_usize; LONGEST + 1];
    for (row, &a) in left.iter().enumerate() {
        current[0] = (row + 1) * 2;
        for (column, &b) in right.iter().enumerate() {
            let replace = match () {
                () if a == b => 0,
                () if a.eq_ignore_ascii_case(&b) => 1,
                // Letters beyond ASCII have their case in tables, which take longer.
                () if !(a.is_ascii() && b.is_ascii()) && a.to_lowercase().eq(b.to_lowercase()) => 1,
                () => 2,
            };
            let mut least = (previous[column] + replace)
                .min(previous[column + 1] + 2)
                .min(current[column] + 2);
            if row > 0 && column > 0 && a == right[column - 1] && b == left[row - 1] {
                least = least.min(before[column - 1] + 2);
            }
            current[column + 1] = least;
        }
        std::mem::swap(&mut before, &mut previous);
        std::mem::swap(&mut previous, &mut current);
    }
    previous[right.len()]
}
