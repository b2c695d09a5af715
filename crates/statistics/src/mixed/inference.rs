//! Tests of fixed effects: Satterthwaite and Kenward–Roger; the equations stand in
//! [`crate::mixed::information`].
//!
//! Kenward & Roger 1997, Biometrics 53:983; Fai & Cornelius 1996 for several
//! degrees of freedom with Satterthwaite. Kenward–Roger stays near the number of
//! clusters when the cluster variance is estimated as zero; Satterthwaite then
//! jumps to the number of observations, so a singular fit falls back to
//! Kenward–Roger and says so.

use crate::dist::f;
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::{Comparison, DfMethod, FTest};
use crate::mixed::data::Method;
use crate::mixed::fitted::MixedFit;
use nalgebra::{DMatrix, DVector};

impl MixedFit {
    fn check(&self, weights: &[f64]) -> Result<DVector<f64>, StatisticsError> {
        if weights.len() != self.coefficients.len() {
            return Err(StatisticsError::LengthMismatch {
                what: "contrast weights".to_owned(),
                expected: self.coefficients.len(),
                found: weights.len(),
            });
        }
        crate::error::require_finite("contrast weights", weights)?;
        if weights.iter().all(|w| *w == 0.0) {
            return Err(StatisticsError::Undefined {
                what: "contrast".to_owned(),
                why: "all weights are zero".to_owned(),
            });
        }
        Ok(self.inference.transform(weights))
    }

    /// The method in force: Satterthwaite is replaced on a singular fit.
    fn in_force(&self, df: DfMethod) -> DfMethod {
        if df == DfMethod::Satterthwaite && self.singular && self.method == Method::Reml {
            DfMethod::KenwardRoger
        } else {
            df
        }
    }

    /// Σ weights × coefficients, tested against zero. On a singular fit
    /// Satterthwaite is replaced by Kenward–Roger; the result says so.
    ///
    /// # Errors
    /// Wrong number of weights, all zero, level outside (0, 1), Kenward–Roger
    /// on an ML fit, Satterthwaite on a singular ML fit.
    pub fn contrast(&self, weights: &[f64], df: DfMethod, level: f64) -> Result<Comparison, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let l = self.check(weights)?;
        let estimate: f64 = weights.iter().zip(&self.coefficients).map(|(w, c)| w * c).sum();
        let method = self.in_force(df);
        let inference = &self.inference;
        let (variance, degrees) = match method {
            DfMethod::Satterthwaite => {
                if self.singular {
                    return Err(StatisticsError::Undefined {
                        what: "Satterthwaite degrees of freedom".to_owned(),
                        why: "a variance parameter is zero".to_owned(),
                    });
                }
                (l.dot(&(&inference.phi * &l)), inference.satterthwaite(&l))
            }
            DfMethod::KenwardRoger => {
                let w = inference.expected_covariance()?;
                let (variance, gradient) = inference.variance_gradient(&l);
                let degrees = 2.0 * variance * variance / gradient.dot(&(&w * &gradient));
                (l.dot(&(inference.adjusted(&w) * &l)), degrees)
            }
            DfMethod::Residual => {
                let residual = self.observations - self.coefficients.len();
                (l.dot(&(&inference.phi * &l)), residual as f64)
            }
            DfMethod::Normal => (l.dot(&(&inference.phi * &l)), f64::INFINITY),
        };
        let se = inference.scale * variance.sqrt();
        Ok(Comparison::from_t(estimate, se, degrees, level, method))
    }

    /// Satterthwaite degrees of freedom of one combination, also on a singular
    /// fit, where they are those of the model without the vanished variance and
    /// far too large for a comparison between clusters. For inspection.
    ///
    /// # Errors
    /// Wrong number of weights or all zero.
    pub fn satterthwaite_df(&self, weights: &[f64]) -> Result<f64, StatisticsError> {
        Ok(self.inference.satterthwaite(&self.check(weights)?))
    }

    /// Joint F test of the rows of `hypothesis`. The Satterthwaite denominator
    /// depends on the basis chosen for the rows; Kenward–Roger does not.
    ///
    /// # Errors
    /// As [`MixedFit::contrast`]; rows that depend on each other.
    pub fn f_test(&self, hypothesis: &[Vec<f64>], df: DfMethod) -> Result<FTest, StatisticsError> {
        let rows: Vec<DVector<f64>> = hypothesis.iter().map(|row| self.check(row)).collect::<Result<_, _>>()?;
        crate::error::require_count("rows of the hypothesis", rows.len(), 1)?;
        let q = rows.len();
        let l = DMatrix::from_fn(q, self.coefficients.len(), |i, j| rows[i][j]);
        let value = DVector::from_iterator(
            q,
            hypothesis
                .iter()
                .map(|row| row.iter().zip(&self.coefficients).map(|(w, c)| w * c).sum::<f64>() / self.inference.scale),
        );
        let method = self.in_force(df);
        let (f, df2) = match method {
            DfMethod::KenwardRoger => self.kenward_roger_f(&l, &value)?,
            _ => self.fai_cornelius(&l, &value, method)?,
        };
        Ok(FTest { f, df1: q as f64, df2, p: f::upper(f, q as f64, df2), df_method: method })
    }

    fn kenward_roger_f(&self, l: &DMatrix<f64>, value: &DVector<f64>) -> Result<(f64, f64), StatisticsError> {
        let inference = &self.inference;
        let w = inference.expected_covariance()?;
        let q = l.nrows() as f64;
        let phi = &inference.phi;
        let middle = (l * phi * l.transpose()).cholesky().ok_or_else(dependent)?;
        let theta_phi = l.transpose() * middle.inverse() * l * phi;
        let k = inference.p.len();
        let s: Vec<DMatrix<f64>> = inference.p.iter().map(|p| &theta_phi * p * phi).collect();
        let (mut a1, mut a2) = (0.0, 0.0);
        for c in 0..k {
            for d in 0..k {
                a1 += w[(c, d)] * s[c].trace() * s[d].trace();
                a2 += w[(c, d)] * (&s[c] * &s[d]).trace();
            }
        }
        let b = (a1 + 6.0 * a2) / (2.0 * q);
        let g = ((q + 1.0) * a1 - (q + 4.0) * a2) / ((q + 2.0) * a2);
        let base = 3.0 * q + 2.0 * (1.0 - g);
        let (c1, c2, c3) = (g / base, (q - g) / base, (q + 2.0 - g) / base);
        let expectation = 1.0 / (1.0 - a2 / q);
        let spread = 2.0 / q * (1.0 + c1 * b) / ((1.0 - c2 * b).powi(2) * (1.0 - c3 * b));
        let rho = spread / (2.0 * expectation * expectation);
        let df2 = 4.0 + (q + 2.0) / (q * rho - 1.0);
        let lambda = df2 / (expectation * (df2 - 2.0));
        let adjusted = inference.adjusted(&w);
        let solved = (l * adjusted * l.transpose()).cholesky().ok_or_else(dependent)?.solve(value);
        // One row: the scale is 1 exactly, also where df2 ≤ 2 makes it 0/0.
        let lambda = if l.nrows() == 1 { 1.0 } else { lambda };
        let df2 = if l.nrows() == 1 { 2.0 / a2 } else { df2 };
        Ok((lambda * value.dot(&solved) / q, df2))
    }

    /// F = mean of the squared t of uncorrelated combinations; denominator from
    /// the expectation of F (Fai & Cornelius 1996).
    fn fai_cornelius(
        &self,
        l: &DMatrix<f64>,
        value: &DVector<f64>,
        method: DfMethod,
    ) -> Result<(f64, f64), StatisticsError> {
        let inference = &self.inference;
        let q = l.nrows();
        let eigen = (l * &inference.phi * l.transpose()).symmetric_eigen();
        let largest = eigen.eigenvalues.max();
        let (mut sum, mut each) = (0.0, Vec::new());
        for i in 0..q {
            let variance = eigen.eigenvalues[i];
            if variance <= 1e-12 * largest {
                return Err(dependent());
            }
            let direction = eigen.eigenvectors.column(i);
            let t = direction.dot(value);
            sum += t * t / variance;
            each.push(match method {
                DfMethod::Satterthwaite => inference.satterthwaite(&l.tr_mul(&direction)),
                DfMethod::Residual => (self.observations - self.coefficients.len()) as f64,
                _ => f64::INFINITY,
            });
        }
        let lowest = each.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = each.iter().copied().fold(0.0, f64::max);
        let df2 = if q == 1 || highest - lowest < 1e-8 || lowest.is_infinite() {
            each.iter().sum::<f64>() / q as f64
        } else if lowest <= 2.0 {
            2.0
        } else {
            let expectation: f64 = each.iter().map(|v| v / (v - 2.0)).sum();
            2.0 * expectation / (expectation - q as f64)
        };
        Ok((sum / q as f64, df2))
    }

    /// Covariance of the fixed effects, (X'V⁻¹X)⁻¹.
    pub fn covariance(&self) -> Vec<Vec<f64>> {
        self.carry_back(&self.inference.phi)
    }

    /// Covariance of the fixed effects with the small-sample adjustment of
    /// Kenward and Roger.
    ///
    /// # Errors
    /// On an ML fit, or if the variance parameters cannot be told apart.
    pub fn covariance_kenward_roger(&self) -> Result<Vec<Vec<f64>>, StatisticsError> {
        let w = self.inference.expected_covariance()?;
        Ok(self.carry_back(&self.inference.adjusted(&w)))
    }

    fn carry_back(&self, phi: &DMatrix<f64>) -> Vec<Vec<f64>> {
        let inference = &self.inference;
        let r = &inference.r_inverse;
        let full = r * phi * r.transpose() * (inference.scale * inference.scale);
        (0..full.nrows()).map(|i| full.row(i).iter().copied().collect()).collect()
    }
}

fn dependent() -> StatisticsError {
    StatisticsError::Undefined {
        what: "joint test".to_owned(),
        why: "the rows of the hypothesis depend on each other".to_owned(),
    }
}
