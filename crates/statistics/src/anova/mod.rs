//! Analysis of variance: one-way (classical, Welch, by ranks), two crossed
//! factors, repeated measures with and without groups.

mod one_way;
mod repeated;
mod robust;
mod two_way;

pub use crate::estimate::FTest;
pub use one_way::{KruskalWallis, OneWay, kruskal_wallis, one_way, welch};
pub use repeated::{Mauchly, RepeatedMeasures, Sphericity, WithinTerm, mixed, repeated_measures};
pub use robust::{RobustTwoWay, two_way_robust};
pub use two_way::{SumsOfSquares, Term, TwoWay, two_way};
