//! Maximum likelihood.
//!
//! The search runs in units of the standard errors of the model without random effects:
//! Powell's BOBYQA (2009) to the neighbourhood of the maximum, then Newton's steps with a
//! gradient and a Hessian by differences, of which Richardson's extrapolation takes the
//! leading error. The Hessian of −2 ln L over all parameters gives the covariance of the
//! coefficients, as in lme4 (`use.hessian = TRUE`) and glmmTMB.

use crate::error::StatisticsError;
use crate::glmm::data::{CountData, Quadrature};
use crate::glmm::family::moments;
use crate::glmm::independent;
use crate::glmm::likelihood::{LN_THETA, Likelihood};
use crate::glmm::model::CountFit;
use nalgebra::{DMatrix, DVector};

/// A SD below this is 0: the likelihood is flat there, and its curvature tells nothing.
const ZERO_SD: f64 = 1e-3;
/// Largest SD on the scale of the logarithm that is searched.
const LARGEST_SD: f64 = 20.0;

/// Fits counts with random effects of clusters (and of sub-clusters) by maximum likelihood.
///
/// # Errors
/// Lengths that differ, counts that are none, fewer than two clusters, a nested effect
/// that every cluster holds once, coefficients that run to infinity (a group without any
/// event), a search that does not converge.
pub fn fit(data: &CountData<'_>, quadrature: Quadrature) -> Result<CountFit, StatisticsError> {
    let members = data.members(quadrature)?;
    let (start, se) = independent::fit(data)?;
    let likelihood = Likelihood::new(data, members, quadrature);
    let (p, sds, shape) = likelihood.layout();
    let mut place: Vec<f64> = start.clone();
    place.extend(std::iter::repeat_n(0.5, sds));
    place.extend(std::iter::repeat_n(1.0, shape));
    let mut unit: Vec<f64> = se.iter().map(|se| se.max(1e-6)).collect();
    unit.extend(std::iter::repeat_n(0.2, sds));
    unit.extend(std::iter::repeat_n(0.5, shape));
    search(&likelihood, &mut place, &unit);
    let polished = polish(&likelihood, &mut place, &unit)?;
    let (deviance, modes) = likelihood.deviance(&place);
    let covariance = covariance(&polished, &place, &unit, p, sds)?;
    let sd = |k: usize| if place[p + k].abs() < ZERO_SD { 0.0 } else { place[p + k].abs() };
    Ok(CountFit {
        family: data.family,
        quadrature,
        names: data.fixed.names().to_vec(),
        coefficients: place[..p].to_vec(),
        covariance,
        sd_cluster: sd(0),
        sd_nested: (sds > 1).then(|| sd(1)),
        theta: (shape > 0).then(|| libm::exp(place[p + sds].clamp(LN_THETA[0], LN_THETA[1]))),
        is_poisson: shape > 0 && place[p + sds] > LN_THETA[1] - 2.0,
        deviance,
        parameters: p + sds + shape,
        observations: data.counts.len(),
        clusters: likelihood.members.len(),
        dispersion: dispersion(&likelihood, &place, &modes),
        varies_within: (0..p).map(|column| varies_within(&likelihood, column)).collect(),
    })
}

/// Powell's search, bounded so that no SD is negative and no probability overflows.
fn search(likelihood: &Likelihood<'_>, place: &mut [f64], unit: &[f64]) {
    let (p, sds, shape) = likelihood.layout();
    let start = place.to_vec();
    let mut low: Vec<f64> = vec![-1e4; p];
    let mut high: Vec<f64> = vec![1e4; p];
    for k in 0..sds {
        low.push(-start[p + k] / unit[p + k]);
        high.push((LARGEST_SD - start[p + k]) / unit[p + k]);
    }
    for k in p + sds..p + sds + shape {
        low.push((LN_THETA[0] - start[k]) / unit[k]);
        high.push((LN_THETA[1] - start[k]) / unit[k]);
    }
    let at = |x: &[f64]| -> Vec<f64> { x.iter().zip(unit).zip(&start).map(|((x, u), s)| s + x * u).collect() };
    let objective = |x: &[f64]| {
        let value = likelihood.deviance(&at(x)).0;
        if value.is_finite() { value } else { 1e300 }
    };
    let mut x = vec![0.0; place.len()];
    let mut config = bobyqa::Config::new(x.len());
    config.rho_begin = 1.0;
    config.rho_end = 1e-5;
    config.max_fun = 20_000;
    bobyqa::bobyqa(objective, &mut x, &low, &high, config);
    place.copy_from_slice(&at(&x));
}

/// Gradient and Hessian by differences, in the units of the search.
struct Curvature {
    gradient: DVector<f64>,
    hessian: DMatrix<f64>,
}

/// Newton's steps; parameters at their bounds (an SD of 0, θ without end) stay.
fn polish(likelihood: &Likelihood<'_>, place: &mut Vec<f64>, unit: &[f64]) -> Result<Curvature, StatisticsError> {
    let (p, sds, _) = likelihood.layout();
    let mut gradient_left = f64::INFINITY;
    for _ in 0..30 {
        let free = free(place, p, sds);
        let now = likelihood.deviance(place).0;
        let curvature = curvature(likelihood, place, unit);
        let pick = DMatrix::from_fn(free.len(), free.len(), |i, j| curvature.hessian[(free[i], free[j])]);
        let slope = DVector::from_iterator(free.len(), free.iter().map(|&k| curvature.gradient[k]));
        let Some(factor) = pick.cholesky() else { break };
        let step = factor.solve(&slope);
        gradient_left = slope.dot(&step);
        // A thousandth of a standard error changes −2 ln L by 1e-6.
        if gradient_left < 1e-12 {
            return Ok(curvature);
        }
        let mut share = 1.0;
        let moved = loop {
            let mut tried = place.clone();
            for (i, &k) in free.iter().enumerate() {
                tried[k] -= share * step[i] * unit[k];
            }
            if likelihood.deviance(&tried).0 <= now + 1e-11 * now.abs() {
                break Some(tried);
            }
            share *= 0.5;
            if share < 1e-4 {
                break None;
            }
        };
        match moved {
            Some(tried) => *place = tried,
            None => break,
        }
    }
    // Where differences cannot say more, what is left must not matter.
    if gradient_left < 1e-6 {
        return Ok(curvature(likelihood, place, unit));
    }
    Err(StatisticsError::NotConverged { what: "likelihood of the counts".to_owned(), iterations: 30 })
}

/// Parameters that are not at a bound.
fn free(place: &[f64], p: usize, sds: usize) -> Vec<usize> {
    let at_bound = |k: usize| {
        (k >= p && k < p + sds && place[k].abs() < ZERO_SD) || (k >= p + sds && place[k] > LN_THETA[1] - 2.0)
    };
    (0..place.len()).filter(|&k| !at_bound(k)).collect()
}

/// Central differences at two widths, extrapolated: error O(h⁴).
fn curvature(likelihood: &Likelihood<'_>, place: &[f64], unit: &[f64]) -> Curvature {
    let k = place.len();
    let at = |moves: &[(usize, f64)]| {
        let mut tried = place.to_vec();
        for (parameter, by) in moves {
            tried[*parameter] += by * unit[*parameter];
        }
        likelihood.deviance(&tried).0
    };
    let centre = at(&[]);
    let (mut gradient, mut hessian) = (DVector::zeros(k), DMatrix::zeros(k, k));
    let extrapolated = |f: &dyn Fn(f64) -> f64| (4.0 * f(0.02) - f(0.04)) / 3.0;
    for i in 0..k {
        gradient[i] = extrapolated(&|h| (at(&[(i, h)]) - at(&[(i, -h)])) / (2.0 * h));
        hessian[(i, i)] = extrapolated(&|h| (at(&[(i, h)]) - 2.0 * centre + at(&[(i, -h)])) / (h * h));
        for j in 0..i {
            let mixed = |h: f64| {
                let same = at(&[(i, h), (j, h)]) + at(&[(i, -h), (j, -h)]);
                let opposite = at(&[(i, h), (j, -h)]) + at(&[(i, -h), (j, h)]);
                (same - opposite) / (4.0 * h * h)
            };
            hessian[(i, j)] = extrapolated(&mixed);
            hessian[(j, i)] = hessian[(i, j)];
        }
    }
    Curvature { gradient, hessian }
}

/// Covariance of the coefficients: their block of (½ H)⁻¹.
fn covariance(
    curvature: &Curvature,
    place: &[f64],
    unit: &[f64],
    p: usize,
    sds: usize,
) -> Result<Vec<Vec<f64>>, StatisticsError> {
    let free = free(place, p, sds);
    let half = DMatrix::from_fn(free.len(), free.len(), |i, j| 0.5 * curvature.hessian[(free[i], free[j])]);
    let Some(factor) = half.cholesky() else {
        return Err(StatisticsError::Undefined {
            what: "covariance of the coefficients".to_owned(),
            why: "the likelihood is flat at its maximum".to_owned(),
        });
    };
    let inverse = factor.inverse();
    Ok((0..p).map(|i| (0..p).map(|j| inverse[(i, j)] * unit[i] * unit[j]).collect()).collect())
}

/// Pearson's χ² at the conditional means over observations minus parameters: about 1
/// where the counts vary as the model says.
fn dispersion(likelihood: &Likelihood<'_>, place: &[f64], modes: &[Vec<f64>]) -> f64 {
    let (p, sds, shape) = likelihood.layout();
    let sd = [place[p].abs(), if sds > 1 { place[p + 1].abs() } else { 0.0 }];
    let theta = (shape > 0).then(|| libm::exp(place[p + sds].clamp(LN_THETA[0], LN_THETA[1])));
    let data = likelihood.data;
    let mut total = 0.0;
    for (members, mode) in likelihood.members.iter().zip(modes) {
        for (i, &row) in members.rows.iter().enumerate() {
            let own = members.nested.get(i).map_or(0.0, |part| sd[1] * mode[1 + part]);
            let fixed: f64 = data.fixed.row(row).iter().zip(place).map(|(x, b)| x * b).sum();
            let eta = fixed + data.offset(row) + sd[0] * mode[0] + own;
            let size = theta.unwrap_or(data.trials(row));
            let (mean, variance) = moments(data.family, size, eta);
            total += (data.counts[row] - mean) * (data.counts[row] - mean) / variance.max(1e-300);
        }
    }
    total / (data.counts.len() as f64 - (p + sds + shape) as f64).max(1.0)
}

fn varies_within(likelihood: &Likelihood<'_>, column: usize) -> bool {
    let value = |row: usize| likelihood.data.fixed.row(row)[column];
    likelihood.members.iter().any(|members| members.rows.iter().any(|&row| value(row) != value(members.rows[0])))
}
