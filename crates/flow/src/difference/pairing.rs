//! Which item of the new list each item of the old list is: by id, else by content alone.

use std::collections::HashMap;

use super::items::Item;

/// Which items of two lists are the same.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// For each new item its old index.
    pub(super) old_of: Vec<Option<usize>>,
    /// For each old item its new index.
    pub(super) new_of: Vec<Option<usize>>,
}

impl Pairing {
    fn pair(&mut self, old: usize, new: usize) {
        self.old_of[new] = Some(old);
        self.new_of[old] = Some(new);
    }
}

/// How many items of the old and of the new list have an id.
type Bearers<'items> = HashMap<&'items str, (usize, usize)>;

/// The items with one content that have no partner of their id.
#[derive(Debug, Default)]
struct Strays {
    old: Vec<usize>,
    new: Vec<usize>,
}

/// Pairs items that have the same id; of several with one id the first with the first, and so on.
/// What is left is paired where exactly one old and one new item have the same content: those were
/// renamed. `content` is given an item and whether an id is in one of the two lists only, so that
/// ids that were renamed too need not tell items apart; items without content are not paired.
///
/// # Complexity
/// O(items + contents).
pub(super) fn pair(
    old: &[Item<'_>],
    new: &[Item<'_>],
    content: impl Fn(&Item<'_>, &dyn Fn(&str) -> bool) -> Option<String>,
) -> Pairing {
    let mut bearers = Bearers::with_capacity(old.len());
    for item in old {
        bearers.entry(&item.id).or_default().0 += 1;
    }
    for item in new {
        bearers.entry(&item.id).or_default().1 += 1;
    }
    let mut pairing = by_id(old, new);
    let is_lone = |id: &str| matches!(bearers.get(id), Some((0, _) | (_, 0)));
    let is_stray = |item: &Item<'_>| matches!(bearers.get(&*item.id), Some((1, 0) | (0, 1)));
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut strays: Vec<Strays> = Vec::new();
    for (list, is_old) in [(old, true), (new, false)] {
        for (index, item) in list.iter().enumerate().filter(|(_, item)| is_stray(item)) {
            let Some(content) = content(item, &is_lone) else {
                continue;
            };
            let place = *places.entry(content).or_insert(strays.len());
            if place == strays.len() {
                strays.push(Strays::default());
            }
            let found = &mut strays[place];
            if is_old {
                found.old.push(index);
            } else {
                found.new.push(index);
            }
        }
    }
    for found in strays {
        if let ([old], [new]) = (&found.old[..], &found.new[..]) {
            pairing.pair(*old, *new);
        }
    }
    pairing
}

/// Pairs items of the same id.
fn by_id(old: &[Item<'_>], new: &[Item<'_>]) -> Pairing {
    let mut pairing = Pairing {
        old_of: vec![None; new.len()],
        new_of: vec![None; old.len()],
    };
    let mut places: HashMap<&str, Vec<usize>> = HashMap::with_capacity(old.len());
    for (index, item) in old.iter().enumerate().rev() {
        places.entry(&item.id).or_default().push(index);
    }
    for (index, item) in new.iter().enumerate() {
        if let Some(old) = places.get_mut(&*item.id).and_then(Vec::pop) {
            pairing.pair(old, index);
        }
    }
    pairing
}
