//! What moved in a list whose order means something: as little as possible.

/// Which elements were moved, so that the others keep their order and those that were moved weigh least.
/// `places` has the place in the other list of each element of this one, each another; `weights` says how
/// much each weighs, more than nothing.
///
/// # Complexity
/// O(n log n).
pub(super) fn moved(places: &[usize], weights: &[u64]) -> Vec<bool> {
    if places.is_sorted() {
        return vec![false; places.len()];
    }
    let mut ranks: Vec<usize> = (0..places.len()).collect();
    ranks.sort_unstable_by_key(|&index| places[index]);
    let mut rank = vec![0; places.len()];
    for (place, index) in ranks.into_iter().enumerate() {
        rank[index] = place;
    }
    // The heaviest sequence that ends with each element, and what comes before that in it.
    let mut before = vec![None; places.len()];
    let mut best = Best(vec![(0, None); places.len() + 1]);
    for index in 0..places.len() {
        let (weight, last) = best.below(rank[index]);
        before[index] = last;
        best.raise(rank[index], (weight + weights[index], Some(index)));
    }
    let mut moved = vec![true; places.len()];
    let mut at = best.below(places.len()).1;
    while let Some(index) = at {
        moved[index] = false;
        at = before[index];
    }
    moved
}

/// The greatest value among the first of a list, in a tree after Fenwick.
struct Best(Vec<(u64, Option<usize>)>);

impl Best {
    /// The greatest of those before `end`; of equal ones the one that was put in first.
    fn below(&self, end: usize) -> (u64, Option<usize>) {
        let mut greatest = (0, None);
        let mut at = end;
        while at > 0 {
            let here = self.0[at];
            let is_first = here.0 == greatest.0 && here.1 < greatest.1;
            if here.1.is_some() && (here.0 > greatest.0 || is_first) {
                greatest = here;
            }
            at &= at - 1;
        }
        greatest
    }

    fn raise(&mut self, index: usize, value: (u64, Option<usize>)) {
        let mut at = index + 1;
        while at < self.0.len() {
            if value.0 > self.0[at].0 {
                self.0[at] = value;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_that_was_put_elsewhere_is_the_only_one_that_moved() {
        assert_eq!(moved(&[1, 2, 3, 0], &[1; 4]), [false, false, false, true]);
        assert_eq!(moved(&[3, 0, 1, 2], &[1; 4]), [true, false, false, false]);
        // The lighter one of two.
        assert_eq!(moved(&[1, 0], &[1, 9]), [true, false]);
        assert_eq!(moved(&[1, 0], &[9, 1]), [false, true]);
    }

    proptest! {
        #[test]
        fn what_stays_is_the_heaviest_that_keeps_its_order(
            places in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
            weights in proptest::collection::vec(1..5_u64, 9),
        ) {
            let found = moved(&places, &weights);
            let weight_of = |stays: &dyn Fn(usize) -> bool| {
                let kept: Vec<usize> = (0..9).filter(|&index| stays(index)).collect();
                let in_order = kept.windows(2).all(|pair| places[pair[0]] < places[pair[1]]);
                in_order.then(|| kept.iter().map(|&index| weights[index]).sum::<u64>())
            };
            let best = (0..512_usize).filter_map(|set| weight_of(&|index| set >> index & 1 == 1));
            prop_assert_eq!(weight_of(&|index| !found[index]), best.max());
        }
    }
}
