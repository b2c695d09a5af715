//! What a fit knows of its fixed effects and variance parameters.
//!
//! For a combination l of the coefficients with Φ = (X'V⁻¹X)⁻¹ and
//! P_c = X'V⁻¹G_cV⁻¹X:
//!
//!   f = l'Φl,  g_c = l'Φ P_c Φ l
//!   Satterthwaite:  se = √f,          ν = 2f² / (g' 2H⁻¹ g), H = Hessian of the deviance
//!   Kenward–Roger:  se = √(l'Φ_A l),  ν = 2f² / (g' W g),    W = 2 [tr(P G_c P G_d)]⁻¹
//!   Φ_A = Φ + 2 Φ { Σ W_cd (Q_cd − P_c Φ P_d) } Φ,  Q_cd = X'V⁻¹G_cV⁻¹G_dV⁻¹X

use crate::error::StatisticsError;
use crate::mixed::data::Method;
use crate::mixed::optimise::Minimum;
use crate::mixed::prepare::Problem;
use nalgebra::{DMatrix, DVector};

/// What the tests need, in the orthonormal, scaled problem.
#[derive(Debug, Clone)]
pub(super) struct Inference {
    method: Method,
    pub r_inverse: DMatrix<f64>,
    pub scale: f64,
    pub phi: DMatrix<f64>,
    pub p: Vec<DMatrix<f64>>,
    q: Vec<DMatrix<f64>>,
    hessian: DMatrix<f64>,
    expected: DMatrix<f64>,
    /// Variance parameters not held at zero.
    free: Vec<usize>,
}

impl Inference {
    pub fn new(problem: &Problem, minimum: Minimum, method: Method) -> Self {
        let evaluation = minimum.evaluation;
        let size = problem.blocks.w - 1;
        let fixed = |m: &DMatrix<f64>| m.view((0, 0), (size, size)).into_owned();
        Inference {
            method,
            r_inverse: problem.r_inverse.clone(),
            scale: problem.scale,
            phi: evaluation.phi,
            p: evaluation.tables.p.iter().map(fixed).collect(),
            q: evaluation.tables.q.iter().map(fixed).collect(),
            hessian: evaluation.hessian,
            expected: evaluation.expected,
            free: (0..minimum.theta.len()).filter(|&c| !minimum.at_zero[c]).collect(),
        }
    }

    /// Weights of the orthonormal coefficients.
    pub fn transform(&self, weights: &[f64]) -> DVector<f64> {
        self.r_inverse.tr_mul(&DVector::from_column_slice(weights))
    }

    /// (l'Φl, g) of transformed weights.
    pub fn variance_gradient(&self, l: &DVector<f64>) -> (f64, DVector<f64>) {
        let v = &self.phi * l;
        let gradient = DVector::from_iterator(self.p.len(), self.p.iter().map(|p| v.dot(&(p * &v))));
        (l.dot(&v), gradient)
    }

    /// W: asymptotic covariance of the variance parameters by expected information.
    pub fn expected_covariance(&self) -> Result<DMatrix<f64>, StatisticsError> {
        if self.method == Method::Ml {
            return Err(StatisticsError::Undefined {
                what: "Kenward-Roger adjustment".to_owned(),
                why: "the model was fitted by full maximum likelihood, not REML".to_owned(),
            });
        }
        // Equilibrated: slope variances may differ from the others by many decades.
        let k = self.expected.nrows();
        let unit: Vec<f64> = (0..k).map(|c| self.expected[(c, c)].sqrt()).collect();
        let scaled = DMatrix::from_fn(k, k, |i, j| self.expected[(i, j)] / (unit[i] * unit[j]));
        let inverse = scaled.cholesky().map(|c| c.inverse()).ok_or_else(|| StatisticsError::Undefined {
            what: "Kenward-Roger adjustment".to_owned(),
            why: "the information on the variance parameters is singular".to_owned(),
        })?;
        Ok(DMatrix::from_fn(k, k, |i, j| 2.0 * inverse[(i, j)] / (unit[i] * unit[j])))
    }

    /// Φ_A.
    pub fn adjusted(&self, w: &DMatrix<f64>) -> DMatrix<f64> {
        let size = self.phi.nrows();
        let mut inner = DMatrix::<f64>::zeros(size, size);
        for c in 0..self.p.len() {
            for d in 0..=c {
                let q = &self.q[c * (c + 1) / 2 + d];
                let both = q - &self.p[c] * &self.phi * &self.p[d];
                let twice = if c == d { both } else { &both + both.transpose() };
                inner += twice * w[(c, d)];
            }
        }
        let adjusted = &self.phi + &self.phi * inner * &self.phi * 2.0;
        (&adjusted + adjusted.transpose()) * 0.5
    }

    pub fn satterthwaite(&self, l: &DVector<f64>) -> f64 {
        let (variance, gradient) = self.variance_gradient(l);
        let free = &self.free;
        let h = DMatrix::from_fn(free.len(), free.len(), |i, j| self.hessian[(free[i], free[j])]);
        let g = DVector::from_iterator(free.len(), free.iter().map(|&c| gradient[c]));
        h.lu().solve(&g).map_or(f64::NAN, |x| variance * variance / g.dot(&x))
    }
}
