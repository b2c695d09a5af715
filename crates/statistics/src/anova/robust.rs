//! Two crossed factors with unequal variances: Wald F tests on unweighted cell
//! means with the HC3 covariance (MacKinnon & White 1985, J Econometrics 29:305;
//! Long & Ervin 2000, Am Stat 54:217).
//!
//!   v_c = Σ e² / (1 − 1/n_c)² / n_c² per cell,
//!   F = (Cm)′ (C diag(v) C′)⁻¹ (Cm) / q,  df q and N − cells
//!
//! C are the contrasts of type III: main effects of unweighted cell means.

use crate::anova::two_way::{cells_of, levels_of};
use crate::error::{StatisticsError, require_count, require_finite};
use crate::estimate::FTest;
use crate::sample::Sample;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Two-way analysis with unequal variances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RobustTwoWay {
    /// First factor.
    pub a: FTest,
    /// Second factor.
    pub b: FTest,
    /// Interaction.
    pub interaction: FTest,
}

/// Type III tests that do not assume equal variances; `a[i]` and `b[i]` are the
/// levels (counted from 0) of observation i.
///
/// # Errors
/// Different lengths, a value not finite, a factor of one level, an empty level
/// or cell, a cell of one observation, a cell without variance.
pub fn two_way_robust(y: &[f64], a: &[usize], b: &[usize]) -> Result<RobustTwoWay, StatisticsError> {
    let (levels_a, levels_b) = levels_of(y, a, b)?;
    require_finite("response", y)?;
    let cells = cells_of(y, a, b, levels_a, levels_b)?;
    let mut means = DVector::zeros(cells.len());
    let mut variances = DVector::zeros(cells.len());
    let origin = y[0];
    for (index, cell) in cells.iter().enumerate() {
        let (i, j) = (index / levels_b, index % levels_b);
        require_count(&format!("observations with levels {i} and {j}"), cell.len(), 2)?;
        let shifted: Vec<f64> = cell.iter().map(|v| v - origin).collect();
        let cell = Sample::new(&shifted)?;
        if cell.is_constant() {
            return Err(StatisticsError::ZeroVariance { what: format!("cell with levels {i} and {j}") });
        }
        let n = cell.n() as f64;
        means[index] = cell.mean();
        variances[index] = cell.sum_of_squares() / (1.0 - 1.0 / n).powi(2) / (n * n);
    }
    let df = (y.len() - cells.len()) as f64;
    // Differences from the last level, averaged over the other factor.
    let rows_a = levels_a - 1;
    let rows_b = levels_b - 1;
    let sign =
        |level: usize, row: usize, last: usize| f64::from(u8::from(level == row)) - f64::from(u8::from(level == last));
    let main_a = DMatrix::from_fn(rows_a, cells.len(), |row, c| sign(c / levels_b, row, rows_a) / levels_b as f64);
    let main_b = DMatrix::from_fn(rows_b, cells.len(), |row, c| sign(c % levels_b, row, rows_b) / levels_a as f64);
    let both = DMatrix::from_fn(rows_a * rows_b, cells.len(), |row, c| {
        sign(c / levels_b, row / rows_b, rows_a) * sign(c % levels_b, row % rows_b, rows_b)
    });
    let test = |contrasts: &DMatrix<f64>| -> Result<FTest, StatisticsError> {
        let covariance = contrasts * DMatrix::from_diagonal(&variances) * contrasts.transpose();
        let estimate = contrasts * &means;
        let solved = covariance.cholesky().map(|c| c.solve(&estimate)).ok_or_else(|| StatisticsError::Undefined {
            what: "robust F test".to_owned(),
            why: "the covariance of the contrasts is singular".to_owned(),
        })?;
        let q = contrasts.nrows() as f64;
        Ok(FTest::new(estimate.dot(&solved) / q, q, df))
    };
    Ok(RobustTwoWay { a: test(&main_a)?, b: test(&main_b)?, interaction: test(&both)? })
}
