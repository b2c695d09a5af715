//! Minimising the deviance over the variance parameters.
//!
//! −2 ln L = ln|V| + [ln|X'V⁻¹X|] + r'V⁻¹r + ν ln 2π, bracket and ν = n − p for
//! restricted likelihood, ν = n without the bracket for full likelihood;
//! r = y − Xβ̂. With P = V⁻¹ − V⁻¹XΦX'V⁻¹ and Φ = (X'V⁻¹X)⁻¹
//!
//!   gradient  g_c  = tr(P G_c) − y'P G_c P y           (V⁻¹ for P in the trace of full likelihood)
//!   Hessian   H_cd = −tr(P G_c P G_d) + 2 y'P G_c P G_d P y
//!
//! Newton steps with these exact derivatives, projected on variances ≥ 0 (or, where
//! negative variances are allowed, kept where V is positive definite), started from
//! the best point of a coarse grid.

use crate::mixed::blocks::{Blocks, Kind, Tables};
use crate::mixed::data::Method;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// A standard deviation below this share of the residual one counts as zero
/// (the tolerance of lme4's `isSingular`).
pub(super) const SINGULAR_RATIO: f64 = 1e-4;

/// The deviance and its derivatives at one point.
pub(super) struct Evaluation {
    pub deviance: f64,
    pub gradient: DVector<f64>,
    pub hessian: DMatrix<f64>,
    /// tr(P G_c P G_d): twice the expected information.
    pub expected: DMatrix<f64>,
    pub tables: Tables,
    /// (X'V⁻¹X)⁻¹.
    pub phi: DMatrix<f64>,
    /// Generalised least squares coefficients.
    pub delta: DVector<f64>,
}

/// Where the search ended.
pub(super) struct Minimum {
    pub theta: Vec<f64>,
    pub evaluation: Evaluation,
    pub iterations: usize,
    /// Newton decrement g'H⁻¹g of the free parameters: twice the deviance
    /// still to be gained.
    pub decrement: f64,
    pub hessian_positive: bool,
    /// A derivative-free search reached its tolerance (random slope only).
    pub searched: bool,
    /// Variances held at zero by the constraint.
    pub at_zero: Vec<bool>,
}

pub(super) struct Criterion<'a> {
    pub blocks: &'a Blocks,
    pub method: Method,
}

struct Solved {
    factor: Option<Cholesky<f64, Dyn>>,
    delta: DVector<f64>,
    log_det: f64,
    rest: f64,
}

impl Criterion<'_> {
    pub fn fixed(&self) -> usize {
        self.blocks.w - 1
    }

    /// Observations that carry information on the variances.
    pub fn dof(&self) -> f64 {
        match self.method {
            Method::Reml => (self.blocks.n - self.fixed()) as f64,
            Method::Ml => self.blocks.n as f64,
        }
    }

    fn solve(&self, s1: &DMatrix<f64>) -> Option<Solved> {
        let p = self.fixed();
        let total = s1[(p, p)];
        if p == 0 {
            return Some(Solved { factor: None, delta: DVector::zeros(0), log_det: 0.0, rest: total });
        }
        let factor = s1.view((0, 0), (p, p)).into_owned().cholesky()?;
        let cross = s1.view((0, p), (p, 1)).into_owned();
        let delta = factor.solve(&cross).column(0).into_owned();
        let rest = total - cross.column(0).dot(&delta);
        let log_det = 2.0 * factor.l_dirty().diagonal().iter().map(|d| libm::log(*d)).sum::<f64>();
        Some(Solved { factor: Some(factor), delta, log_det, rest })
    }

    fn combine(&self, log_det_v: f64, solved: &Solved) -> f64 {
        let restricted = if self.method == Method::Reml { solved.log_det } else { 0.0 };
        log_det_v + restricted + solved.rest + self.dof() * libm::log(2.0 * std::f64::consts::PI)
    }

    /// True if the residual variances are positive and D is positive semidefinite;
    /// where negative variances are allowed, V itself decides.
    fn allowed(&self, theta: &[f64]) -> bool {
        let shape = &self.blocks.shape;
        let finite = theta.iter().all(|value| value.is_finite());
        let positive = theta[shape.first_residual()..].iter().all(|value| *value > 0.0);
        if !finite || !positive {
            return false;
        }
        shape.negative
            || shape.components.iter().enumerate().all(|(c, component)| match component.kind {
                // Intercept, covariance and slope stand one after the other.
                Kind::Covariance => theta[c] * theta[c] <= theta[c - 1] * theta[c + 1],
                _ => theta[c] >= 0.0,
            })
    }

    fn deviance(&self, theta: &[f64]) -> Option<f64> {
        if !self.allowed(theta) {
            return None;
        }
        let (s1, log_det) = self.blocks.criterion_sums(theta);
        let value = self.combine(log_det, &self.solve(&s1)?);
        value.is_finite().then_some(value)
    }

    /// Deviance minimised over a common factor of all variance parameters, given
    /// but for it; with that factor.
    pub fn profiled(&self, ratios: &[f64]) -> Option<(f64, f64)> {
        let (s1, log_det) = self.blocks.criterion_sums(ratios);
        let solved = self.solve(&s1)?;
        let dof = self.dof();
        let residual = solved.rest / dof;
        let restricted = if self.method == Method::Reml { solved.log_det } else { 0.0 };
        let value = log_det + restricted + dof * (1.0 + libm::log(2.0 * std::f64::consts::PI * residual));
        (value.is_finite() && residual > 0.0).then_some((value, residual))
    }

    pub fn evaluate(&self, theta: &[f64]) -> Option<Evaluation> {
        let tables = self.blocks.tables(theta);
        let solved = self.solve(&tables.s1)?;
        let deviance = self.combine(tables.log_det, &solved);
        let p = self.fixed();
        let k = theta.len();
        let reml = self.method == Method::Reml;
        let phi = solved.factor.as_ref().map_or_else(|| DMatrix::zeros(0, 0), Cholesky::inverse);
        let mut h = DVector::from_element(p + 1, 1.0);
        for i in 0..p {
            h[i] = -solved.delta[i];
        }
        let ph: Vec<DVector<f64>> = tables.p.iter().map(|m| m * &h).collect();
        let fixed_part = |m: &DMatrix<f64>| m.view((0, 0), (p, p)).into_owned();
        let phi_p: Vec<DMatrix<f64>> = tables.p.iter().map(|m| &phi * fixed_part(m)).collect();
        let mut gradient = DVector::zeros(k);
        let mut hessian = DMatrix::zeros(k, k);
        let mut expected = DMatrix::zeros(k, k);
        for c in 0..k {
            gradient[c] = tables.trace[c] - h.dot(&ph[c]);
            if reml {
                gradient[c] -= phi_p[c].trace();
            }
            for d in 0..=c {
                let q = &tables.q[c * (c + 1) / 2 + d];
                let head = |v: &DVector<f64>| v.rows(0, p).into_owned();
                let projected = head(&ph[c]).dot(&(&phi * head(&ph[d])));
                let curvature = h.dot(&(q * &h)) - projected;
                let mut trace = tables.trace2[(c, d)];
                if reml {
                    trace += -2.0 * (&phi * fixed_part(q)).trace() + (&phi_p[c] * &phi_p[d]).trace();
                }
                hessian[(c, d)] = 2.0 * curvature - trace;
                hessian[(d, c)] = hessian[(c, d)];
                expected[(c, d)] = trace;
                expected[(d, c)] = trace;
            }
        }
        let sound = deviance.is_finite() && gradient.iter().all(|g| g.is_finite());
        sound.then_some(Evaluation { deviance, gradient, hessian, expected, tables, phi, delta: solved.delta })
    }

    /// Newton's method from `theta`; parameters flagged in `held` do not move.
    pub fn minimise(&self, start: &[f64], held: &[bool]) -> Option<Minimum> {
        let k = start.len();
        let mut theta = start.to_vec();
        let mut now = self.evaluate(&theta)?;
        let mut decrement = f64::INFINITY;
        let mut positive = false;
        let mut at_zero = vec![false; k];
        let mut iterations = 0;
        for _ in 0..100 {
            for c in 0..k {
                let kind = self.blocks.shape.components[c].kind;
                let bounded = !self.blocks.shape.negative && matches!(kind, Kind::Intercept | Kind::Slope);
                at_zero[c] = bounded && theta[c] <= 0.0 && now.gradient[c] >= 0.0;
            }
            let free: Vec<usize> = (0..k).filter(|&c| !held[c] && !at_zero[c]).collect();
            let gradient = DVector::from_iterator(free.len(), free.iter().map(|&c| now.gradient[c]));
            let pick = |m: &DMatrix<f64>| DMatrix::from_fn(free.len(), free.len(), |i, j| m[(free[i], free[j])]);
            let (step, is_newton) = match pick(&now.hessian).cholesky() {
                Some(factor) => (-factor.solve(&gradient), true),
                None => match pick(&now.expected).cholesky() {
                    Some(factor) => (-factor.solve(&gradient) * 2.0, false),
                    None => break,
                },
            };
            positive = is_newton;
            decrement = -gradient.dot(&step);
            if is_newton && decrement < 1e-24 {
                break;
            }
            iterations += 1;
            let Some((candidate, next)) = self.downhill(&theta, &now, &free, &step) else { break };
            let gain = now.deviance - next.deviance;
            let still = candidate.iter().zip(&theta).all(|(a, b)| (a - b).abs() <= 1e-15 * b.abs());
            theta = candidate;
            now = next;
            // Below rounding of the deviance another step cannot help.
            let settled = decrement < 1e-10 && gain.abs() <= 1e-13 * now.deviance.abs();
            if still || (settled && iterations > 8) {
                break;
            }
        }
        Some(Minimum {
            theta,
            evaluation: now,
            iterations,
            decrement,
            hessian_positive: positive,
            searched: false,
            at_zero,
        })
    }

    /// The first of ever shorter shares of a step that does not raise the deviance;
    /// variances stop at 0, the residual variance at a tenth or ten times its size.
    fn downhill(
        &self,
        theta: &[f64],
        now: &Evaluation,
        free: &[usize],
        step: &DVector<f64>,
    ) -> Option<(Vec<f64>, Evaluation)> {
        let mut share = 1.0;
        for _ in 0..60 {
            let mut candidate = theta.to_vec();
            for (i, &c) in free.iter().enumerate() {
                let value = theta[c] + share * step[i];
                candidate[c] = match self.blocks.shape.components[c].kind {
                    Kind::Residual => value.clamp(0.1 * theta[c], 10.0 * theta[c]),
                    Kind::Intercept | Kind::Slope if !self.blocks.shape.negative => value.max(0.0),
                    _ => value,
                };
            }
            let slack = 1e-12 * now.deviance.abs().max(1.0);
            let tried = self.allowed(&candidate).then(|| self.evaluate(&candidate)).flatten();
            if let Some(next) = tried.filter(|next| next.deviance <= now.deviance + slack) {
                return Some((candidate, next));
            }
            share *= 0.5;
        }
        None
    }

    /// Deviance at the minimum with some parameters held.
    pub fn constrained(&self, start: &[f64], held: &[bool]) -> Option<Minimum> {
        self.deviance(start)?;
        self.minimise(start, held)
    }
}
