//! Rank tests: Mann–Whitney, Wilcoxon signed rank, Brunner–Munzel, and the
//! Hodges–Lehmann estimates that go with the first two.
//!
//! Exact null distributions are counted (also with ties, by midranks), so p is
//! a ratio of integers; the normal versions carry the tie correction and an
//! optional continuity correction of ½.
//!
//! When to use them: few values, outliers, ordered scores. Mann–Whitney tests
//! equality of the distributions (a shift if shapes agree); Brunner–Munzel
//! tests P(X < Y) + ½P(X = Y) = ½ without assuming equal shapes.

mod brunner_munzel;
mod counting;
mod mann_whitney;
pub(crate) mod midranks;
mod outcome;
mod signed_rank;

pub use brunner_munzel::{BrunnerMunzel, brunner_munzel};
pub use counting::{mann_whitney_distribution, signed_rank_distribution};
pub use mann_whitney::{are_tied, hodges_lehmann, mann_whitney_exact, mann_whitney_normal};
pub use midranks::midranks;
pub use outcome::{ExactRank, NormalRank, Shift};
pub use signed_rank::{pseudomedian, wilcoxon_exact, wilcoxon_normal, zero_differences};
