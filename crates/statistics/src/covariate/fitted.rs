//! A fitted model, by least squares or mixed: one way to ask it.

use crate::contrasts::{AdjustedComparison, against_largest_of, dunnett};
use crate::error::StatisticsError;
use crate::estimate::{Comparison, DfMethod, FTest};
use crate::linear::LinearFit;
use crate::mixed::MixedFit;
use nalgebra::{DMatrix, DVector};

/// A fitted model.
#[derive(Debug, Clone)]
pub enum Fitted {
    /// Several observations in a cluster: restricted likelihood.
    Mixed(Box<MixedFit>),
    /// One observation a cluster: least squares, residual degrees of freedom.
    LeastSquares(LinearFit),
}

impl Fitted {
    /// Σ weights × coefficients, tested against 0.
    pub(super) fn contrast(&self, weights: &[f64], df: DfMethod, level: f64) -> Result<Comparison, StatisticsError> {
        match self {
            Fitted::Mixed(fit) => fit.contrast(weights, df, level),
            Fitted::LeastSquares(fit) => fit.contrast(weights, level),
        }
    }

    /// Differences from one reference, as a family.
    pub(super) fn family(
        &self,
        contrasts: &[Vec<f64>],
        df: DfMethod,
        level: f64,
    ) -> Result<Vec<AdjustedComparison>, StatisticsError> {
        match self {
            Fitted::Mixed(fit) => dunnett(fit, contrasts, df, level),
            Fitted::LeastSquares(fit) => {
                let single: Result<Vec<Comparison>, _> = contrasts.iter().map(|row| fit.contrast(row, level)).collect();
                Ok(against_largest_of(single?, contrasts, &fit.covariance))
            }
        }
    }

    /// Joint test of several combinations.
    pub(super) fn f_test(&self, hypothesis: &[Vec<f64>], df: DfMethod) -> Result<FTest, StatisticsError> {
        match self {
            Fitted::Mixed(fit) => fit.f_test(hypothesis, df),
            Fitted::LeastSquares(fit) => joint(fit, hypothesis),
        }
    }
}

/// F = (Lb)′ (L V L′)⁻¹ (Lb) / q, V the covariance of the coefficients b.
fn joint(fit: &LinearFit, hypothesis: &[Vec<f64>]) -> Result<FTest, StatisticsError> {
    let (q, p) = (hypothesis.len(), fit.coefficients.len());
    let l = DMatrix::from_fn(q, p, |i, j| hypothesis[i][j]);
    let value = &l * DVector::from_column_slice(&fit.coefficients);
    let covariance = DMatrix::from_fn(p, p, |i, j| fit.covariance[i][j]);
    let middle = (&l * covariance * l.transpose())
        .cholesky()
        .ok_or_else(|| StatisticsError::ZeroVariance { what: "residuals of the regression".to_owned() })?;
    Ok(FTest::new(value.dot(&middle.solve(&value)) / q as f64, q as f64, fit.df))
}
