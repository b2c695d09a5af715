//! Which arrangements are counted: walking through all of them, or how many to
//! draw.

/// When to count all arrangements, and how to sample otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrangements {
    /// Up to this many arrangements all are counted.
    pub exact_up_to: u64,
    /// Draws otherwise.
    pub draws: usize,
    /// Seed of the draws; draw i depends on the seed and i only.
    pub seed: u64,
}

impl Default for Arrangements {
    /// All arrangements up to 250 000, else 20 000 draws with seed 0.
    fn default() -> Self {
        Arrangements { exact_up_to: 250_000, draws: 20_000, seed: 0 }
    }
}

/// Subsets of `size` out of `0..total` in lexicographic order.
pub(super) struct Subsets {
    /// The present subset, ascending.
    pub(super) chosen: Vec<usize>,
    total: usize,
}

impl Subsets {
    /// The first subset; `size` ≤ `total`.
    pub(super) fn new(total: usize, size: usize) -> Subsets {
        Subsets { chosen: (0..size).collect(), total }
    }

    /// Moves on; the first place that changed, or `None` after the last subset.
    pub(super) fn advance(&mut self) -> Option<usize> {
        let size = self.chosen.len();
        let place = (0..size).rev().find(|&i| self.chosen[i] < self.total - size + i)?;
        let next = self.chosen[place] + 1;
        for (step, slot) in self.chosen[place..].iter_mut().enumerate() {
            *slot = next + step;
        }
        Some(place)
    }
}

/// total over size, saturating at the largest u64.
pub(super) fn subset_count(total: usize, size: usize) -> u64 {
    let size = size.min(total - size);
    let mut count: u128 = 1;
    for i in 0..size {
        count = count * (total - i) as u128 / (i as u128 + 1);
        if count > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    count as u64
}

/// 2 to the power of `count`, saturating.
pub(super) fn sign_count(count: usize) -> u64 {
    if count >= 63 { u64::MAX } else { 1 << count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_subsets_once() {
        let mut walk = Subsets::new(6, 3);
        let mut seen = vec![walk.chosen.clone()];
        while walk.advance().is_some() {
            seen.push(walk.chosen.clone());
        }
        seen.dedup();
        assert_eq!(seen.len() as u64, subset_count(6, 3));
        assert_eq!(seen.last(), Some(&vec![3, 4, 5]));
        assert_eq!(subset_count(16, 8), 12_870);
        assert_eq!(subset_count(2000, 1000), u64::MAX);
    }
}
