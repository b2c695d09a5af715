//! The fitted model as the caller sees it.

use crate::mixed::data::Method;
use crate::mixed::information::Inference;

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
    pub(super) effects: Vec<ClusterEffect>,
    pub(super) deviance: f64,
    pub(super) parameters: usize,
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
        self.deviance + libm::log(self.observations as f64) * self.parameters as f64
    }

    /// Conditional means of the random effects, clusters in ascending order of
    /// their labels.
    pub fn random_effects(&self) -> &[ClusterEffect] {
        &self.effects
    }
}
