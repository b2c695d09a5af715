//! Analysis of variance: one-way (classical, Welch, by ranks), two crossed
//! factors, repeated measures with and without groups.

mod one_way;
mod repeated;
mod robust;
mod two_way;

pub use one_way::{KruskalWallis, OneWay, kruskal_wallis, one_way, welch};
pub use repeated::{Mauchly, RepeatedMeasures, Sphericity, WithinTerm, mixed, repeated_measures};
pub use robust::{RobustTwoWay, two_way_robust};
pub use two_way::{SumsOfSquares, Term, TwoWay, two_way};

pub use crate::mixed::FTest;

use crate::estimate::DfMethod;

impl FTest {
    /// The test that belongs to a statistic and its degrees of freedom, which
    /// count observations.
    pub fn new(f: f64, df1: f64, df2: f64) -> FTest {
        let p = crate::dist::f::upper(f, df1, df2);
        FTest { f, df1, df2, p, df_method: DfMethod::Residual }
    }

    /// Test of `sum_of_squares` on `df` degrees of freedom against a residual
    /// sum of squares. A residual of 0 gives an infinite F and p = 0.
    pub fn from_sums(sum_of_squares: f64, df: f64, residual: f64, residual_df: f64) -> FTest {
        FTest::new((sum_of_squares / df) / (residual / residual_df), df, residual_df)
    }
}
