//! Profile-likelihood intervals and tests of variance parameters.
//!
//! The interval of a parameter holds all values whose deviance, minimised over
//! the other parameters, exceeds the minimum by no more than the χ²₁ quantile.
//! Full likelihood, as lme4's `confint`; a variance whose profile never reaches
//! the limit on the way down has the lower limit 0.

use crate::dist::{chi_squared, quadrature};
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::Interval;
use crate::mixed::blocks::Kind;
use crate::mixed::data::{Method, MixedData};
use crate::mixed::estimate::{full_deviance, optimum};
use crate::mixed::optimise::{Criterion, Minimum};
use crate::mixed::prepare::{Observations, Problem};

/// Profile intervals of all parameters of a model without slopes or AR(1), with the
/// same variances ≥ 0 in all groups.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileIntervals {
    /// SD between clusters.
    pub sd_cluster: Interval,
    /// SDs between levels of the terms beside the clusters.
    pub sd_terms: Vec<Interval>,
    /// Residual SD.
    pub sd_residual: Interval,
    /// Fixed effects.
    pub coefficients: Vec<Interval>,
}

/// Likelihood-ratio test that a variance is zero.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentTest {
    /// "cluster", or the name of the term.
    pub component: String,
    /// Restricted log likelihood without it.
    pub log_likelihood: f64,
    /// Twice the difference of the log likelihoods.
    pub statistic: f64,
    /// p from χ²₁: conservative, because zero lies on the boundary.
    pub p_chi_squared: f64,
    /// p from the equal mixture of χ²₀ and χ²₁ (Self & Liang 1987).
    pub p_mixture: f64,
}

fn plain(data: &MixedData<'_>, what: &str) -> Result<Observations, StatisticsError> {
    let slopes = data.slope.is_some() || data.terms.iter().any(|term| term.slope.is_some());
    let reason = if slopes || data.time.is_some() {
        "the model has a random slope or AR(1) residuals"
    } else if data.variances_by.is_some() || data.negative {
        "groups have variances of their own, or variances may be negative"
    } else if !data.cluster_varies {
        "clusters have no variance in the model"
    } else {
        return Observations::new(data);
    };
    Err(StatisticsError::Undefined { what: what.to_owned(), why: reason.to_owned() })
}

/// Profile intervals at confidence `level`.
///
/// # Errors
/// As [`super::fit`]; models with slope or AR(1); a profile that cannot be
/// followed to its limit.
pub fn profile_intervals(data: &MixedData<'_>, level: f64) -> Result<ProfileIntervals, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let observations = plain(data, "profile interval")?;
    let problem = observations.problem()?;
    let minimum = optimum(&problem, Method::Ml, &observations.slope_scale)?;
    let lowest = full_deviance(&problem, Method::Ml, minimum.evaluation.deviance);
    let limit = chi_squared::quantile(level, 1.0);
    let criterion = Criterion { blocks: &problem.blocks, method: Method::Ml };
    let residual = minimum.theta[minimum.theta.len() - 1].sqrt();
    let mut sds = Vec::new();
    for (c, component) in problem.blocks.shape.components.iter().enumerate() {
        let mut held = vec![false; minimum.theta.len()];
        held[c] = true;
        let excess = |sd: f64| {
            let mut start = minimum.theta.clone();
            start[c] = sd * sd;
            criterion
                .constrained(&start, &held)
                .map_or(f64::NAN, |m| full_deviance(&problem, Method::Ml, m.evaluation.deviance) - lowest - limit)
        };
        let best = minimum.theta[c].max(0.0).sqrt();
        let floor = if component.kind == Kind::Residual { best * 1e-3 } else { 0.0 };
        let low = if best > 0.0 && excess(floor) > 0.0 {
            quadrature::root(excess, floor, best).ok_or_else(|| lost("variance"))?
        } else {
            0.0
        };
        let high = upward(excess, best, 0.5 * best.max(residual))?;
        sds.push(Interval { value: best * problem.scale, low: low * problem.scale, high: high * problem.scale, level });
    }
    let coefficients = fixed_intervals(&observations, &problem, &minimum, lowest + limit, level)?;
    let last = sds.len() - 1;
    Ok(ProfileIntervals { sd_cluster: sds[0], sd_terms: sds[1..last].to_vec(), sd_residual: sds[last], coefficients })
}

fn fixed_intervals(
    observations: &Observations,
    problem: &Problem,
    minimum: &Minimum,
    target: f64,
    level: f64,
) -> Result<Vec<Interval>, StatisticsError> {
    let gamma = &problem.gamma + &minimum.evaluation.delta * problem.scale;
    let beta = &problem.r_inverse * gamma;
    let covariance = &problem.r_inverse * &minimum.evaluation.phi * problem.r_inverse.transpose();
    let mut list = Vec::new();
    for j in 0..beta.len() {
        let se = problem.scale * covariance[(j, j)].sqrt();
        let excess = |value: f64| {
            let reduced = observations.without_column(j, value);
            reduced
                .problem()
                .and_then(|p| {
                    let m = optimum(&p, Method::Ml, &observations.slope_scale)?;
                    Ok(full_deviance(&p, Method::Ml, m.evaluation.deviance) - target)
                })
                .unwrap_or(f64::NAN)
        };
        let high = upward(excess, beta[j], se)?;
        let low = -upward(|v| excess(-v), -beta[j], se)?;
        list.push(Interval { value: beta[j], low, high, level });
    }
    Ok(list)
}

/// The place above `start` where `excess` becomes positive.
fn upward(excess: impl Fn(f64) -> f64, start: f64, step: f64) -> Result<f64, StatisticsError> {
    let mut below = start;
    let mut width = step;
    for _ in 0..60 {
        let above = below + width;
        let value = excess(above);
        if value > 0.0 {
            return quadrature::root(&excess, below, above).ok_or_else(|| lost("profile"));
        }
        if value.is_nan() {
            break;
        }
        below = above;
        width *= 1.5;
    }
    Err(lost("profile"))
}

fn lost(what: &str) -> StatisticsError {
    StatisticsError::NotConverged { what: format!("the {what} interval"), iterations: 60 }
}

/// Restricted likelihood-ratio test of each variance parameter.
///
/// # Errors
/// As [`super::fit`]; models with slope or AR(1).
pub fn variance_tests(data: &MixedData<'_>) -> Result<Vec<ComponentTest>, StatisticsError> {
    let observations = plain(data, "test of a variance")?;
    let problem = observations.problem()?;
    let minimum = optimum(&problem, Method::Reml, &observations.slope_scale)?;
    let best = full_deviance(&problem, Method::Reml, minimum.evaluation.deviance);
    let criterion = Criterion { blocks: &problem.blocks, method: Method::Reml };
    let mut tests = Vec::new();
    for (c, component) in problem.blocks.shape.components.iter().enumerate() {
        if component.kind == Kind::Residual {
            continue;
        }
        let mut held = vec![false; minimum.theta.len()];
        held[c] = true;
        let mut start = minimum.theta.clone();
        start[c] = 0.0;
        let reduced = criterion.constrained(&start, &held).ok_or_else(|| lost("reduced model"))?;
        let deviance = full_deviance(&problem, Method::Reml, reduced.evaluation.deviance);
        let statistic = (deviance - best).max(0.0);
        let p = chi_squared::upper(statistic, 1.0);
        tests.push(ComponentTest {
            component: observations.grouping.name(*component),
            log_likelihood: -0.5 * deviance,
            statistic,
            p_chi_squared: p,
            p_mixture: if statistic > 1e-10 { 0.5 * p } else { 1.0 },
        });
    }
    Ok(tests)
}
