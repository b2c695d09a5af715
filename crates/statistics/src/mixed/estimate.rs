//! From prepared observations to the fitted model.

use crate::error::StatisticsError;
use crate::mixed::blocks::Component;
use crate::mixed::data::Method;
use crate::mixed::fitted::{ClusterEffect, Health, MixedFit};
use crate::mixed::information::Inference;
use crate::mixed::optimise::{Criterion, Minimum, SINGULAR_RATIO};
use crate::mixed::prepare::{Observations, Problem};
use nalgebra::DVector;

/// Finds the optimum of the variance parameters.
pub(super) fn optimum(problem: &Problem, method: Method, slope_scale: f64) -> Result<Minimum, StatisticsError> {
    let criterion = Criterion { blocks: &problem.blocks, method };
    let lost = || StatisticsError::NotConverged {
        what: "the variance parameters of the mixed model".to_owned(),
        iterations: 0,
    };
    let mut start = criterion.start(slope_scale).ok_or_else(lost)?;
    let mut searched = false;
    if problem.blocks.structure.slope {
        (start, searched) = criterion.start_with_slope(&start, slope_scale);
    }
    let held = vec![false; start.len()];
    let mut minimum = criterion.minimise(&start, &held).ok_or_else(lost)?;
    minimum.searched = searched;
    let residual = minimum.theta[minimum.theta.len() - 1];
    // In units of the total variance; rounding of the response alone leaves about 1e-32.
    if residual < 1e-24 {
        return Err(StatisticsError::ZeroVariance { what: "residuals within clusters".to_owned() });
    }
    Ok(minimum)
}

/// −2 log likelihood in the units of the response.
pub(super) fn full_deviance(problem: &Problem, method: Method, scaled: f64) -> f64 {
    let n = problem.blocks.n as f64;
    let p = (problem.blocks.w - 1) as f64;
    match method {
        Method::Reml => scaled + problem.log_det_r + 2.0 * (n - p) * libm::log(problem.scale),
        Method::Ml => scaled + 2.0 * n * libm::log(problem.scale),
    }
}

/// Fits prepared observations; `correlation` = (φ, ln|R|) of whitened ones.
pub(super) fn fit_observations(
    observations: &Observations,
    method: Method,
    correlation: Option<(f64, f64)>,
) -> Result<MixedFit, StatisticsError> {
    let problem = observations.problem()?;
    Criterion { blocks: &problem.blocks, method: Method::Reml }.require_identified(observations.slope_scale)?;
    let minimum = optimum(&problem, method, observations.slope_scale)?;
    let structure = problem.blocks.structure;
    let components = problem.blocks.components.clone();
    let scale = problem.scale;
    let theta = &minimum.theta;
    let residual = theta[theta.len() - 1];
    let value = |wanted: Component| components.iter().position(|c| *c == wanted).map(|c| theta[c]);
    let sd = |variance: f64| scale * variance.max(0.0).sqrt();
    let (intercept, slope, covariance) = (theta[0], value(Component::Slope), value(Component::Covariance));
    let at_zero = at_zero(&problem, theta, observations.slope_scale);
    let singular = !at_zero.is_empty();
    let delta = &minimum.evaluation.delta;
    let gamma: DVector<f64> = &problem.gamma + delta * scale;
    let coefficients: Vec<f64> = (&problem.r_inverse * gamma).iter().copied().collect();
    let mut h: Vec<f64> = delta.iter().map(|d| -d).collect();
    h.push(1.0);
    let effects = cluster_effects(observations, &problem, theta, &h);
    let deviance =
        full_deviance(&problem, method, minimum.evaluation.deviance) + correlation.map_or(0.0, |(_, log_det)| log_det);
    // On the boundary of a random slope no Newton step ends the search.
    let converged =
        (minimum.decrement < 1e-8 && (minimum.hessian_positive || singular)) || (singular && minimum.searched);
    let parameters = coefficients.len() + components.len() + usize::from(correlation.is_some());
    let subclusters: usize = observations.sizes.iter().sum();
    Ok(MixedFit {
        sd_cluster: sd(intercept),
        sd_slope: slope.map(sd),
        slope_correlation: slope.zip(covariance).map(|(s, c)| c / (s * intercept).sqrt()),
        sd_nested: value(Component::Nested).map(sd),
        sd_residual: sd(residual),
        autocorrelation: correlation.map(|(phi, _)| phi),
        singular,
        converged,
        log_likelihood: -0.5 * deviance,
        method,
        observations: observations.n(),
        clusters: observations.sizes.len(),
        subclusters: structure.nested.then_some(subclusters),
        health: Health {
            iterations: minimum.iterations,
            decrement: minimum.decrement,
            curvature_positive: minimum.hessian_positive,
            at_zero,
        },
        names: observations.names.clone(),
        coefficients,
        inference: Inference::new(&problem, minimum, method),
        effects,
        deviance,
        parameters,
    })
}

/// Names of the variance parameters that ended at zero, or on the boundary of a
/// slope given its intercept.
fn at_zero(problem: &Problem, theta: &[f64], slope_scale: f64) -> Vec<&'static str> {
    let residual = theta[theta.len() - 1];
    let components = &problem.blocks.components;
    let value = |wanted: Component| components.iter().position(|c| *c == wanted).map(|c| theta[c]);
    let small = |variance: f64| variance.max(0.0).sqrt() < SINGULAR_RATIO * residual.sqrt();
    let intercept = theta[0];
    let mut at_zero = Vec::new();
    if small(intercept) {
        at_zero.push("cluster");
    }
    if let (Some(s), Some(c)) = (value(Component::Slope), value(Component::Covariance)) {
        if small(s * slope_scale * slope_scale) {
            at_zero.push("slope");
        } else if (s - c * c / intercept.max(f64::MIN_POSITIVE)) * slope_scale * slope_scale
            < SINGULAR_RATIO * SINGULAR_RATIO * residual
        {
            at_zero.push("slope given intercept");
        }
    }
    if value(Component::Nested).is_some_and(small) {
        at_zero.push("sub-cluster");
    }
    at_zero
}

/// Conditional means of the random effects in the units of the response; `h` =
/// (−coefficients, 1) of the orthonormal problem.
fn cluster_effects(observations: &Observations, problem: &Problem, theta: &[f64], h: &[f64]) -> Vec<ClusterEffect> {
    let (structure, scale) = (problem.blocks.structure, problem.scale);
    let of_block = |(block, effect): (usize, Vec<f64>)| ClusterEffect {
        cluster: observations.cluster_labels[block],
        intercept: scale * effect[0],
        slope: structure.slope.then(|| scale * effect[1]),
        nested: observations.nested_labels[block]
            .iter()
            .zip(&effect[structure.first_nested().min(effect.len())..])
            .map(|(label, e)| (*label, scale * e))
            .collect(),
    };
    problem.blocks.random_effects(theta, h).into_iter().enumerate().map(of_block).collect()
}
