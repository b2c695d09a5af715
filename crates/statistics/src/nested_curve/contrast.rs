//! Tests of fixed effects in the linearised model.
//!
//! Adjusted covariance (Kenward & Roger 1997, eq. 5, V linear in its parameters):
//!
//!   Φ_A = Φ + 2 Φ {Σ_kl W_kl (Q_kl − P_k Φ P_l)} Φ,  W = 2 (tr P V_k P V_l)⁻¹
//!
//! Degrees of freedom of one contrast: 2 (l Φ l′)²/(g′ W g), g_k = l Φ P_k Φ l′;
//! of several: Fai & Cornelius 1996 (J Stat Comput Simul 54:363).

use crate::dist::student_t;
use crate::estimate::{Comparison, DfMethod, FTest};
use crate::nested_curve::evaluation::Evaluation;
use crate::nested_curve::form::Form;
use crate::nested_curve::layout::NestedParameter;
use nalgebra::{DMatrix, DVector};

/// Fixed effects with what their tests need.
#[derive(Debug, Clone)]
pub(crate) struct Inference {
    fixed: DVector<f64>,
    /// Φ.
    plain: DMatrix<f64>,
    /// Φ_A.
    adjusted: DMatrix<f64>,
    /// X′V⁻¹V_kV⁻¹X.
    first: Vec<DMatrix<f64>>,
    /// W.
    variances: DMatrix<f64>,
}

impl Inference {
    pub(crate) fn new(found: &Evaluation) -> Option<Inference> {
        let count = found.first.len();
        // Scaled to a unit diagonal; a component without information has none to give.
        let scale: Vec<f64> = (0..count).map(|k| found.information[(k, k)].max(f64::MIN_POSITIVE).sqrt()).collect();
        let unit = DMatrix::from_fn(count, count, |k, l| {
            found.information[(k, l)] / (scale[k] * scale[l]) + if k == l { 1e-12 } else { 0.0 }
        });
        let inverse = unit.cholesky()?.inverse();
        let variances = DMatrix::from_fn(count, count, |k, l| 2.0 * inverse[(k, l)] / (scale[k] * scale[l]));
        let phi = &found.covariance;
        let p = phi.nrows();
        let mut sum = DMatrix::zeros(p, p);
        for k in 0..count {
            for l in 0..count {
                let inner = &found.second[k][l] - &found.first[k] * phi * &found.first[l];
                sum += inner * variances[(k, l)];
            }
        }
        let adjusted = phi + phi * &sum * phi * 2.0;
        let adjusted = (&adjusted + adjusted.transpose()) * 0.5;
        let first = found.first.clone();
        Some(Inference { fixed: found.fixed.clone(), plain: phi.clone(), adjusted, first, variances })
    }

    /// Φ of one coefficient, for the curvature of profiles.
    pub(crate) fn plain_se(&self, k: usize) -> f64 {
        self.plain[(k, k)].sqrt()
    }

    fn df(&self, weights: &DVector<f64>) -> f64 {
        let through = &self.plain * weights;
        let variance = weights.dot(&through);
        let g = DVector::from_iterator(self.first.len(), self.first.iter().map(|a| through.dot(&(a * &through))));
        2.0 * variance * variance / g.dot(&(&self.variances * &g))
    }

    /// Σ weights × coefficients against 0.
    pub(crate) fn contrast(&self, weights: &DVector<f64>, level: f64) -> Comparison {
        let se = weights.dot(&(&self.adjusted * weights)).sqrt();
        Comparison::from_t(weights.dot(&self.fixed), se, self.df(weights), level, DfMethod::KenwardRoger)
    }

    /// All rows of `weights` at once against 0.
    pub(crate) fn test(&self, weights: &[DVector<f64>]) -> FTest {
        let q = weights.len();
        let l = DMatrix::from_fn(q, self.fixed.len(), |i, j| weights[i][j]);
        let eigen = (&l * &self.adjusted * l.transpose()).symmetric_eigen();
        let (mut sum, mut expected, mut smallest) = (0.0, 0.0, f64::INFINITY);
        for m in 0..q {
            let combined = l.transpose() * eigen.eigenvectors.column(m);
            let estimate = combined.dot(&self.fixed);
            sum += estimate * estimate / eigen.eigenvalues[m];
            let df = self.df(&combined);
            smallest = smallest.min(df);
            expected += if df > 2.0 { df / (df - 2.0) } else { 0.0 };
        }
        let df1 = q as f64;
        let df2 = if q > 1 && expected > df1 { 2.0 * expected / (expected - df1) } else { smallest };
        FTest { df_method: DfMethod::KenwardRoger, ..FTest::new(sum / df1, df1, df2) }
    }
}

/// t quantile for limits of one contrast, inflated by the adjustment of its variance.
pub(crate) fn critical(c: &Comparison, plain_se: f64) -> f64 {
    student_t::quantile_upper(0.5 * (1.0 - c.level), c.df) * c.se / plain_se
}

/// Weights of one parameter of one curve on the fixed effects.
pub(crate) fn weights(form: Form, curves: usize, parameter: NestedParameter, curve: usize) -> DVector<f64> {
    let per = form.parameters();
    let mut weights = DVector::zeros(per * curves);
    let places: &[usize] = match parameter {
        NestedParameter::Baseline => &[0],
        NestedParameter::Span => &[1],
        NestedParameter::Top => &[0, 1],
        NestedParameter::Location => &[2],
        NestedParameter::Slope => &[3],
    };
    for place in places {
        weights[per * curve + place] = 1.0;
    }
    weights
}
