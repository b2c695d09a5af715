//! The model as the caller sees it: data in, fit out.

use super::autoregression;
use super::blocks::Component;
use super::inference::Inference;
use super::optimise::{Criterion, Minimum, SINGULAR_RATIO};
use super::prepare::{Observations, Problem};
use crate::design::Design;
use crate::error::StatisticsError;
use nalgebra::DVector;

/// Observations and their grouping; all vectors have one entry an observation.
#[derive(Debug, Clone, Copy)]
pub struct MixedData<'a> {
    /// Response.
    pub response: &'a [f64],
    /// Fixed effects.
    pub fixed: &'a Design,
    /// Cluster of each observation; any labels, equal label = same cluster.
    pub cluster: &'a [usize],
    /// Sub-cluster, nested in the cluster: equal labels in different clusters
    /// are different sub-clusters.
    pub nested: Option<&'a [usize]>,
    /// Covariate whose slope varies between clusters, correlated with the
    /// random intercept.
    pub slope: Option<&'a [f64]>,
    /// Times of the observations, for AR(1) residuals inside the innermost
    /// group: correlation φ^|t − t'|, times in steps (φ < 0 needs whole steps).
    pub time: Option<&'a [f64]>,
}

impl<'a> MixedData<'a> {
    /// A random intercept per cluster.
    pub fn new(response: &'a [f64], fixed: &'a Design, cluster: &'a [usize]) -> Self {
        MixedData { response, fixed, cluster, nested: None, slope: None, time: None }
    }

    /// With a random intercept per sub-cluster as well.
    pub fn with_nested(self, nested: &'a [usize]) -> Self {
        MixedData { nested: Some(nested), ..self }
    }

    /// With a random slope of `covariate` per cluster.
    pub fn with_slope(self, covariate: &'a [f64]) -> Self {
        MixedData { slope: Some(covariate), ..self }
    }

    /// With AR(1) residuals in the innermost group.
    pub fn with_autoregression(self, time: &'a [f64]) -> Self {
        MixedData { time: Some(time), ..self }
    }
}

/// What is maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Restricted likelihood: unbiased variances in balanced designs; the default.
    Reml,
    /// Full likelihood: needed to compare models with different fixed effects.
    Ml,
}

/// Whether the optimum can be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// Newton iterations.
    pub iterations: usize,
    /// Deviance still to be gained (twice, by the quadratic model at the end).
    pub decrement: f64,
    /// The curvature of the deviance is positive in all free directions.
    pub curvature_positive: bool,
    /// Names of the variance parameters that ended at zero.
    pub at_zero: Vec<&'static str>,
}

/// Conditional mean (BLUP) of the random effects of one cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterEffect {
    /// Label of the cluster as given.
    pub cluster: usize,
    /// Intercept, in the unit of the response.
    pub intercept: f64,
    /// Slope, if the model has one.
    pub slope: Option<f64>,
    /// Sub-clusters: label as given, effect.
    pub nested: Vec<(usize, f64)>,
}

/// A fitted model. Standard deviations are in the unit of the response.
#[derive(Debug, Clone)]
pub struct MixedFit {
    /// SD between clusters (of the intercepts).
    pub sd_cluster: f64,
    /// SD of the slopes, if the model has one.
    pub sd_slope: Option<f64>,
    /// Correlation of intercepts and slopes; NaN if one of them does not vary.
    pub slope_correlation: Option<f64>,
    /// SD between sub-clusters, if the model has them.
    pub sd_nested: Option<f64>,
    /// Residual SD.
    pub sd_residual: f64,
    /// Correlation of residuals one time step apart, for AR(1).
    pub autocorrelation: Option<f64>,
    /// A variance parameter ended at zero (or the slope correlation at ±1):
    /// Satterthwaite degrees of freedom are then far too large and not used.
    pub singular: bool,
    /// The optimiser reached its tolerance.
    pub converged: bool,
    /// Restricted log likelihood (REML; without the constant ½ ln|X'X|) or full
    /// log likelihood (ML).
    pub log_likelihood: f64,
    /// REML or ML.
    pub method: Method,
    /// Observations.
    pub observations: usize,
    /// Clusters.
    pub clusters: usize,
    /// Sub-clusters, if the model has them.
    pub subclusters: Option<usize>,
    /// Convergence record.
    pub health: Health,
    /// Names of the fixed effects.
    pub names: Vec<String>,
    pub(super) coefficients: Vec<f64>,
    pub(super) inference: Inference,
    effects: Vec<ClusterEffect>,
    deviance: f64,
    parameters: usize,
}

/// Fits the model.
///
/// # Errors
/// Lengths that differ, values not finite, a rank-deficient design, fewer than
/// two clusters, clusters of one observation only, residuals of zero, or an
/// optimum that cannot be found.
pub fn fit(data: &MixedData<'_>, method: Method) -> Result<MixedFit, StatisticsError> {
    let observations = Observations::new(data)?;
    match data.time {
        Some(time) => autoregression::fit(&observations, time, method),
        None => fit_observations(&observations, method, None),
    }
}

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
        Method::Reml => scaled + problem.log_det_r + 2.0 * (n - p) * problem.scale.ln(),
        Method::Ml => scaled + 2.0 * n * problem.scale.ln(),
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
    let intercept = theta[0];
    let slope = value(Component::Slope);
    let covariance = value(Component::Covariance);
    let mut at_zero = Vec::new();
    let small = |variance: f64| variance.max(0.0).sqrt() < SINGULAR_RATIO * residual.sqrt();
    if small(intercept) {
        at_zero.push("cluster");
    }
    let slope_scale = observations.slope_scale;
    if let (Some(s), Some(c)) = (slope, covariance) {
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
    let singular = !at_zero.is_empty();
    let delta = &minimum.evaluation.delta;
    let gamma: DVector<f64> = &problem.gamma + delta * scale;
    let coefficients: Vec<f64> = (&problem.r_inverse * gamma).iter().copied().collect();
    let mut h: Vec<f64> = delta.iter().map(|d| -d).collect();
    h.push(1.0);
    let effects = problem
        .blocks
        .random_effects(theta, &h)
        .into_iter()
        .enumerate()
        .map(|(block, effect)| ClusterEffect {
            cluster: observations.cluster_labels[block],
            intercept: scale * effect[0],
            slope: structure.slope.then(|| scale * effect[1]),
            nested: observations.nested_labels[block]
                .iter()
                .zip(&effect[structure.first_nested().min(effect.len())..])
                .map(|(label, e)| (*label, scale * e))
                .collect(),
        })
        .collect();
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

impl MixedFit {
    /// Fixed effects, in the order of the design's columns.
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// Share of the total variance that lies between clusters (intraclass
    /// correlation of two units of a cluster, at slope covariate 0).
    pub fn icc(&self) -> f64 {
        let cluster = self.sd_cluster.powi(2);
        cluster / (cluster + self.sd_nested.map_or(0.0, |s| s * s) + self.sd_residual.powi(2))
    }

    /// Share of the total variance between sub-clusters of a cluster.
    pub fn icc_nested(&self) -> Option<f64> {
        self.sd_nested.map(|s| s * s / (self.sd_cluster.powi(2) + s * s + self.sd_residual.powi(2)))
    }

    /// −2 log likelihood.
    pub fn deviance(&self) -> f64 {
        self.deviance
    }

    /// Akaike's criterion: deviance + 2 × parameters.
    pub fn aic(&self) -> f64 {
        self.deviance + 2.0 * self.parameters as f64
    }

    /// Schwarz's criterion: deviance + ln(observations) × parameters.
    pub fn bic(&self) -> f64 {
        self.deviance + (self.observations as f64).ln() * self.parameters as f64
    }

    /// Conditional means of the random effects, clusters in ascending order of
    /// their labels.
    pub fn random_effects(&self) -> &[ClusterEffect] {
        &self.effects
    }
}
