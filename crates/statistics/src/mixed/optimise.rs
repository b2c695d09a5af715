//! Minimising the deviance over the variance parameters.
//!
//! −2 ln L = ln|V| + [ln|X'V⁻¹X|] + r'V⁻¹r + ν ln 2π, bracket and ν = n − p for
//! restricted likelihood, ν = n without the bracket for full likelihood;
//! r = y − Xβ̂. With P = V⁻¹ − V⁻¹XΦX'V⁻¹ and Φ = (X'V⁻¹X)⁻¹
//!
//!   gradient  g_c  = tr(P G_c) − y'P G_c P y           (V⁻¹ for P in the trace of full likelihood)
//!   Hessian   H_cd = −tr(P G_c P G_d) + 2 y'P G_c P G_d P y
//!
//! Newton steps with these exact derivatives, projected on variances ≥ 0,
//! started from the best point of a coarse grid.

use crate::error::StatisticsError;
use crate::mixed::blocks::{Blocks, Component, Tables};
use crate::mixed::data::Method;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// Ratios of a variance to the residual variance at which the search starts.
const GRID: [f64; 9] = [0.0, 0.01, 0.1, 0.4, 1.5, 6.0, 40.0, 1e3, 1e5];
/// Ratios tried for each of two variances.
const COARSE: [f64; 6] = [0.0, 0.05, 0.5, 3.0, 30.0, 1e3];
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
    fn fixed(&self) -> usize {
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

    /// True if D is positive semidefinite and the residual variance positive.
    fn allowed(&self, theta: &[f64]) -> bool {
        let variances = self.blocks.components.iter().zip(theta);
        let mut positive = theta[theta.len() - 1] > 0.0;
        for (component, value) in variances {
            positive &= value.is_finite() && (*component == Component::Covariance || *value >= 0.0);
        }
        positive && (!self.blocks.structure.slope || theta[1] * theta[1] <= theta[0] * theta[2])
    }

    fn deviance(&self, theta: &[f64]) -> Option<f64> {
        if !self.allowed(theta) {
            return None;
        }
        let (s1, log_det) = self.blocks.criterion_sums(theta);
        let value = self.combine(log_det, &self.solve(&s1)?);
        value.is_finite().then_some(value)
    }

    /// Deviance minimised over the residual variance, for ratios to it; with
    /// that residual variance.
    fn profiled(&self, ratios: &[f64]) -> Option<(f64, f64)> {
        let mut theta = ratios.to_vec();
        theta.push(1.0);
        let (s1, log_det) = self.blocks.criterion_sums(&theta);
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

    /// The best point of the starting grid; `slope_scale` is the root mean
    /// square of the slope covariate.
    pub fn start(&self, slope_scale: f64) -> Option<Vec<f64>> {
        let structure = self.blocks.structure;
        let mut candidates: Vec<Vec<f64>> = Vec::new();
        if !structure.slope && !structure.nested {
            candidates.extend(GRID.map(|r| vec![r]));
        } else {
            let slope = |r: f64| r / (slope_scale * slope_scale).max(f64::MIN_POSITIVE);
            for a in COARSE {
                for b in COARSE {
                    match (structure.slope, structure.nested) {
                        (true, false) => candidates.push(vec![a, 0.0, slope(b)]),
                        (false, true) => candidates.push(vec![a, b]),
                        _ => candidates.extend([0.0, 0.1, 1.0, 10.0].map(|c| vec![a, 0.0, slope(b), c])),
                    }
                }
            }
        }
        let mut best: Option<(f64, Vec<f64>)> = None;
        for ratios in candidates {
            if let Some((value, residual)) = self.profiled(&ratios)
                && best.as_ref().is_none_or(|(lowest, _)| value < *lowest)
            {
                let mut theta: Vec<f64> = ratios.iter().map(|r| r * residual).collect();
                theta.push(residual);
                best = Some((value, theta));
            }
        }
        best.map(|(_, theta)| theta)
    }

    /// Random slope: Powell's BOBYQA over the Cholesky factor of D / σ², which
    /// keeps D positive semidefinite; Newton polishes interior solutions.
    /// Also tells whether the search reached its tolerance.
    pub fn start_with_slope(&self, theta: &[f64], slope_scale: f64) -> (Vec<f64>, bool) {
        let k = theta.len();
        let residual = theta[k - 1];
        let unit = [1.0, 1.0 / slope_scale.max(f64::MIN_POSITIVE)];
        let first = (theta[0] / residual).sqrt().max(0.1);
        let second = ((theta[2] / residual).sqrt() / unit[1]).max(0.1);
        let mut x = vec![first, 0.0, second];
        let mut low = vec![0.0, -1e6, 0.0];
        if self.blocks.structure.nested {
            x.push((theta[3] / residual).sqrt().max(0.1));
            low.push(0.0);
        }
        let high = vec![1e6; x.len()];
        let ratios = |x: &[f64]| {
            let l = [x[0], x[1] * unit[1], x[2] * unit[1]];
            let mut r = vec![l[0] * l[0], l[0] * l[1], l[1] * l[1] + l[2] * l[2]];
            if let Some(nested) = x.get(3) {
                r.push(nested * nested);
            }
            r
        };
        let worst = 1e300;
        let mut config = bobyqa::Config::new(x.len());
        config.rho_begin = 0.05;
        config.rho_end = 1e-9;
        let objective = |x: &[f64]| self.profiled(&ratios(x)).map_or(worst, |(value, _)| value);
        let outcome = bobyqa::bobyqa(objective, &mut x, &low, &high, config);
        let reached = outcome.status == bobyqa::Status::Converged;
        let r = ratios(&x);
        match self.profiled(&r) {
            Some((_, residual)) => {
                let mut theta: Vec<f64> = r.iter().map(|v| v * residual).collect();
                theta.push(residual);
                (theta, reached)
            }
            None => (theta.to_vec(), false),
        }
    }

    /// Refuses data that cannot tell the variance parameters apart: the
    /// expected information at unit variances must be of full rank.
    pub fn require_identified(&self, slope_scale: f64) -> Result<(), StatisticsError> {
        let theta: Vec<f64> = self
            .blocks
            .components
            .iter()
            .map(|component| match component {
                Component::Covariance => 0.0,
                Component::Slope => 1.0 / (slope_scale * slope_scale).max(f64::MIN_POSITIVE),
                _ => 1.0,
            })
            .collect();
        let information = self.evaluate(&theta).map(|e| e.expected);
        let k = theta.len();
        let size = (self.blocks.n - self.fixed()) as f64;
        let scaled = information.and_then(|m| {
            // A parameter without any information has a diagonal of rounding size.
            let informed = (0..k).all(|c| {
                let unit = if theta[c] > 0.0 { theta[c] } else { theta[c + 1] };
                m[(c, c)] * unit * unit > 1e-14 * size
            });
            informed.then(|| DMatrix::from_fn(k, k, |i, j| m[(i, j)] / (m[(i, i)] * m[(j, j)]).sqrt()))
        });
        let lowest = scaled.map_or(0.0, |m| m.symmetric_eigenvalues().min());
        if lowest > 1e-8 {
            return Ok(());
        }
        Err(StatisticsError::Undefined {
            what: "variance parameters".to_owned(),
            why: "the design leaves too few free clusters, sub-clusters or units to tell them apart".to_owned(),
        })
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
                let bounded =
                    matches!(self.blocks.components[c], Component::Intercept | Component::Nested | Component::Slope);
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
                candidate[c] = match self.blocks.components[c] {
                    Component::Covariance => value,
                    Component::Residual => value.clamp(0.1 * theta[c], 10.0 * theta[c]),
                    _ => value.max(0.0),
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
