//! Which intent an input is recognised as: by what the caller says, else by name, else by the most
//! similar example.

use super::similarity::{Profile, normal_form};
use super::{Given, Input};
use crate::expression::Value;
use crate::limits::SIMILARITY_THRESHOLD;

/// At most so many candidates are told.
const MAX_CANDIDATES: usize = 8;

/// What an input was recognised as.
#[derive(Clone, Debug)]
pub struct Recognition {
    /// The name of the intent; none where nothing is similar enough.
    pub intent: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// An object with a value for each type of entity: those that the caller gave.
    pub entities: Value,
    /// How it was recognised.
    pub how: How,
    /// The intents that were compared, best first: those waited for, then the others.
    pub candidates: Vec<Candidate>,
}

/// How an input was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The caller said so.
    Given,
    /// It is the name or the label of the intent.
    Name,
    /// It is similar to an example.
    Example,
    /// It was not.
    Nothing,
}

/// An intent that an input was compared with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its name.
    pub intent: String,
    /// The index of its node; none for an intent that only conditions name.
    pub place: Option<usize>,
    /// The similarity of the nearest example, or 1 where the input is the intent's name.
    pub confidence: f64,
    /// The nearest example.
    pub example: Option<String>,
    /// Whether it was waited for.
    pub waited_for: bool,
}

/// An intent of a flow.
#[derive(Debug)]
pub(super) struct Intent {
    pub(super) name: String,
    pub(super) place: Option<usize>,
    /// Its name and its label, in the normal form.
    names: Vec<String>,
    examples: Vec<(String, Profile)>,
}

impl Intent {
    pub(super) fn new(
        name: &str,
        label: &str,
        place: Option<usize>,
        examples: impl Iterator<Item = String>,
    ) -> Self {
        let mut names = vec![normal_form(name), normal_form(label)];
        names.retain(|name| !name.is_empty());
        Self {
            name: name.to_owned(),
            place,
            names,
            examples: examples
                .map(|example| (Profile::of(&example), example))
                .map(|(profile, example)| (example, profile))
                .collect(),
        }
    }

    fn compare(&self, normal: &str, profile: &Profile) -> (f64, Option<&str>) {
        if self.names.iter().any(|name| name == normal) {
            return (1.0, None);
        }
        let mut best = (0.0, None);
        for (example, own) in &self.examples {
            let similarity = own.similarity(profile);
            if similarity > best.0 {
                best = (similarity, Some(example.as_str()));
            }
        }
        best
    }
}

/// Recognises an input. Of the intents waited for, given by their indices in order, the best one
/// that is similar enough wins; else the best of all others says what was meant instead. Equals are
/// decided by order. The second answer is the index in `waited_for` of what was matched.
///
/// # Complexity
/// O(length of the examples + intents · log intents).
pub(super) fn recognise(
    intents: &[Intent],
    waited_for: &[usize],
    input: &Input,
) -> (Recognition, Option<usize>) {
    if let Some(given) = &input.given {
        return of_given(intents, waited_for, given);
    }
    let normal = normal_form(&input.text);
    let profile = Profile::of(&input.text);
    let mut is_waited_for = vec![false; intents.len()];
    let mut compared: Vec<(usize, f64, Option<&str>)> = Vec::with_capacity(intents.len());
    let others = 0..intents.len();
    for index in waited_for.iter().copied().chain(others) {
        let turn = compared.len() < waited_for.len();
        if turn || !is_waited_for[index] {
            is_waited_for[index] |= turn;
            let (confidence, example) = intents[index].compare(&normal, &profile);
            compared.push((index, confidence, example));
        }
    }
    let (first, rest) = compared.split_at_mut(waited_for.len());
    let best = |list: &[(usize, f64, Option<&str>)]| {
        let mut best: Option<usize> = None;
        for (at, &(_, confidence, _)) in list.iter().enumerate() {
            if confidence >= SIMILARITY_THRESHOLD
                && best.is_none_or(|best| confidence > list[best].1)
            {
                best = Some(at);
            }
        }
        best
    };
    let matched = best(first);
    let winner = matched
        .map(|at| first[at])
        .or(best(rest).map(|at| rest[at]));
    for list in [&mut *first, &mut *rest] {
        // The sort is stable: equals stay in order.
        list.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    let candidates = (compared.iter().enumerate())
        .filter(|(_, (_, confidence, _))| *confidence > 0.0)
        .take(MAX_CANDIDATES)
        .map(|(at, &(index, confidence, example))| Candidate {
            intent: intents[index].name.clone(),
            place: intents[index].place,
            confidence,
            example: example.map(str::to_owned),
            waited_for: at < waited_for.len(),
        })
        .collect();
    let how = match winner {
        None => How::Nothing,
        Some((_, _, None)) => How::Name,
        Some(_) => How::Example,
    };
    let recognition = Recognition {
        intent: winner.map(|(index, ..)| intents[index].name.clone()),
        confidence: winner.map_or(0.0, |(_, confidence, _)| confidence),
        entities: Value::object::<&str>([]),
        how,
        candidates,
    };
    (recognition, matched)
}

fn of_given(
    intents: &[Intent],
    waited_for: &[usize],
    given: &Given,
) -> (Recognition, Option<usize>) {
    let name = given.intent.as_deref();
    let matched = name.and_then(|name| {
        let mut waited_for = waited_for.iter();
        waited_for.position(|&index| intents[index].name == name)
    });
    let recognition = Recognition {
        intent: given.intent.clone(),
        confidence: given.confidence,
        entities: given.entities.clone(),
        how: How::Given,
        candidates: Vec::new(),
    };
    (recognition, matched)
}
