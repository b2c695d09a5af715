//! From prepared observations to the fitted model.

use crate::error::StatisticsError;
use crate::mixed::blocks::{Component, Kind};
use crate::mixed::data::Method;
use crate::mixed::fitted::{ClusterEffect, Health, MixedFit, Variance};
use crate::mixed::grouping::Grouping;
use crate::mixed::information::Inference;
use crate::mixed::optimise::{Criterion, Minimum, SINGULAR_RATIO};
use crate::mixed::prepare::{Observations, Problem};
use nalgebra::DVector;

/// Finds the optimum of the variance parameters.
pub(super) fn optimum(problem: &Problem, method: Method, slope_scale: &[f64]) -> Result<Minimum, StatisticsError> {
    let criterion = Criterion { blocks: &problem.blocks, method };
    let lost = || StatisticsError::NotConverged {
        what: "the variance parameters of the mixed model".to_owned(),
        iterations: 0,
    };
    let mut start = criterion.start(slope_scale).ok_or_else(lost)?;
    let mut searched = false;
    if problem.blocks.shape.has_slopes() {
        (start, searched) = criterion.start_with_slope(&start, slope_scale);
    }
    let held = vec![false; start.len()];
    let mut minimum = criterion.minimise(&start, &held).ok_or_else(lost)?;
    minimum.searched = searched;
    let residuals = &minimum.theta[problem.blocks.shape.first_residual()..];
    // In units of the total variance; rounding of the response alone leaves about 1e-32.
    if residuals.iter().any(|residual| *residual < 1e-24) {
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
    let slope_scale = &observations.slope_scale;
    Criterion { blocks: &problem.blocks, method: Method::Reml }.require_identified(slope_scale)?;
    let minimum = optimum(&problem, method, slope_scale)?;
    let grouping = &observations.grouping;
    let shape = &grouping.shape;
    let scale = problem.scale;
    let theta = &minimum.theta;
    let at_zero = at_zero(grouping, theta, slope_scale);
    let singular = !at_zero.is_empty();
    let coefficients = carried_back(&problem, &minimum);
    let effects = cluster_effects(observations, &problem, &minimum);
    let deviance =
        full_deviance(&problem, method, minimum.evaluation.deviance) + correlation.map_or(0.0, |(_, log_det)| log_det);
    // On the boundary of a random slope no Newton step ends the search.
    let converged =
        (minimum.decrement < 1e-8 && (minimum.hessian_positive || singular)) || (singular && minimum.searched);
    let parameters = coefficients.len() + theta.len() + usize::from(correlation.is_some());
    let size = Sizes { grouping, theta, scale };
    let clusters = grouping.cluster_varies;
    let beside = usize::from(clusters);
    let nested = grouping.terms.get(beside);
    let sd = |variance: f64| variance.max(0.0).sqrt();
    Ok(MixedFit {
        sd_cluster: if clusters { sd(size.mean(Kind::Intercept, 0)) } else { 0.0 },
        sd_slope: (clusters && shape.slopes[0]).then(|| sd(size.mean(Kind::Slope, 0))),
        slope_correlation: (clusters && shape.slopes[0]).then(|| size.correlation()),
        sd_nested: nested.map(|_| sd(size.mean(Kind::Intercept, beside))),
        sd_residual: sd(size.mean(Kind::Residual, 0)),
        variances: size.list(),
        merged: grouping.merged.clone(),
        total: size.total(),
        autocorrelation: correlation.map(|(phi, _)| phi),
        singular,
        converged,
        log_likelihood: -0.5 * deviance,
        method,
        observations: observations.n(),
        clusters: grouping.cluster_labels.len(),
        subclusters: nested.map(|term| term.labels.len()),
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

/// Coefficients of the design's own columns in the units of the response.
fn carried_back(problem: &Problem, minimum: &Minimum) -> Vec<f64> {
    let gamma: DVector<f64> = &problem.gamma + &minimum.evaluation.delta * problem.scale;
    (&problem.r_inverse * gamma).iter().copied().collect()
}

/// The variance parameters in the units of the response.
struct Sizes<'a> {
    grouping: &'a Grouping,
    theta: &'a [f64],
    scale: f64,
}

impl Sizes<'_> {
    fn value(&self, kind: Kind, term: usize, group: usize) -> Option<f64> {
        self.grouping.shape.position(kind, term, group).map(|c| self.scale * self.scale * self.theta[c])
    }

    /// Mean over the groups that have one; 0 if none has.
    fn mean(&self, kind: Kind, term: usize) -> f64 {
        let groups = self.grouping.class_labels.len();
        let own: Vec<f64> = (0..groups).filter_map(|group| self.value(kind, term, group)).collect();
        if own.is_empty() { 0.0 } else { own.iter().sum::<f64>() / own.len() as f64 }
    }

    fn correlation(&self) -> f64 {
        self.mean(Kind::Covariance, 0) / (self.mean(Kind::Slope, 0) * self.mean(Kind::Intercept, 0)).sqrt()
    }

    fn total(&self) -> f64 {
        let terms = 0..self.grouping.terms.len();
        terms.map(|term| self.mean(Kind::Intercept, term)).sum::<f64>() + self.mean(Kind::Residual, 0)
    }

    fn list(&self) -> Vec<Variance> {
        let shape = &self.grouping.shape;
        let several = |c: &Component| shape.components.iter().filter(|d| (d.kind, d.term) == (c.kind, c.term)).count();
        let one = |(c, theta): (&Component, &f64)| Variance {
            name: self.grouping.name(*c),
            group: (several(c) > 1).then(|| self.grouping.class_labels[c.group]),
            value: self.scale * self.scale * theta,
        };
        shape.components.iter().zip(self.theta).map(one).collect()
    }
}

/// Names of the variance parameters that ended at zero, or on the boundary of a
/// slope given its intercept; none where negative variances are allowed.
fn at_zero(grouping: &Grouping, theta: &[f64], slope_scale: &[f64]) -> Vec<String> {
    let shape = &grouping.shape;
    if shape.negative {
        return Vec::new();
    }
    let residual = theta[shape.first_residual()..].iter().copied().fold(0.0, f64::max);
    let small = |variance: f64| variance.max(0.0).sqrt() < SINGULAR_RATIO * residual.sqrt();
    let mut at_zero = Vec::new();
    for (c, component) in shape.components.iter().enumerate() {
        match component.kind {
            Kind::Intercept if small(theta[c]) => at_zero.push(grouping.name(*component)),
            Kind::Slope => {
                let square = slope_scale[component.term].powi(2);
                let (intercept, covariance) = (theta[c - 2], theta[c - 1]);
                let given = theta[c] - covariance * covariance / intercept.max(f64::MIN_POSITIVE);
                if small(theta[c] * square) {
                    at_zero.push(grouping.name(*component));
                } else if given * square < SINGULAR_RATIO * SINGULAR_RATIO * residual {
                    at_zero.push(format!("{} given intercept", grouping.name(*component)));
                }
            }
            _ => {}
        }
    }
    at_zero
}

/// Conditional means of the random effects in the units of the response.
fn cluster_effects(observations: &Observations, problem: &Problem, minimum: &Minimum) -> Vec<ClusterEffect> {
    // (−coefficients, 1) of the orthonormal problem.
    let mut h: Vec<f64> = minimum.evaluation.delta.iter().map(|d| -d).collect();
    h.push(1.0);
    let grouping = &observations.grouping;
    let clusters = grouping.cluster_varies;
    let own_term = usize::from(clusters);
    let mut list: Vec<ClusterEffect> = grouping
        .cluster_labels
        .iter()
        .map(|&cluster| {
            let slope = (clusters && grouping.shape.slopes[0]).then_some(0.0);
            ClusterEffect { cluster, intercept: 0.0, slope, nested: Vec::new() }
        })
        .collect();
    for (plan, effects) in grouping.plans.iter().zip(problem.blocks.random_effects(&minimum.theta, &h)) {
        for (column, effect) in plan.columns.iter().zip(effects) {
            let value = problem.scale * effect;
            if clusters && column.term == 0 {
                let one = &mut list[column.level];
                if column.slope { one.slope = Some(value) } else { one.intercept = value }
            } else if column.term == own_term && !column.slope {
                let (owner, label) = grouping.terms[own_term].labels[column.level];
                let place = owner.and_then(|owner| grouping.cluster_labels.iter().position(|c| *c == owner));
                if let Some(place) = place {
                    list[place].nested.push((label, value));
                }
            }
        }
    }
    list
}
