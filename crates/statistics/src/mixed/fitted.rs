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
    pub at_zero: Vec<String>,
}

/// One estimated variance parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Variance {
    /// The term's name: "cluster", "slope", "residual" or as given; with the group
    /// where each has its own.
    pub name: String,
    /// Group it belongs to, label as given; none if all groups share it.
    pub group: Option<usize>,
    /// The variance (covariance), in squared units of the response (per unit of the
    /// slope covariate); below 0 only where negative variances are allowed.
    pub value: f64,
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
    /// Levels of the first term within the clusters: label as given, effect.
    pub nested: Vec<(usize, f64)>,
}

/// A fitted model. Standard deviations are in the unit of the response.
#[derive(Debug, Clone)]
pub struct MixedFit {
    /// SD between clusters (of the intercepts): 0 for a negative variance; the root of
    /// the mean variance where groups have their own.
    pub sd_cluster: f64,
    /// SD of the slopes, if the model has one.
    pub sd_slope: Option<f64>,
    /// Correlation of intercepts and slopes; NaN if one of them does not vary.
    pub slope_correlation: Option<f64>,
    /// SD between levels of the first term beside the clusters, if there is one.
    pub sd_nested: Option<f64>,
    /// Residual SD; the root of the mean variance where groups have their own.
    pub sd_residual: f64,
    /// All variance parameters.
    pub variances: Vec<Variance>,
    /// Effects that were left out because each of their levels has one observation in
    /// its group, so that the residual variance of the group holds them.
    pub merged: Vec<String>,
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
    /// Levels of the first term beside the clusters, if there is one.
    pub subclusters: Option<usize>,
    /// Convergence record.
    pub health: Health,
    /// Names of the fixed effects.
    pub names: Vec<String>,
    pub(super) coefficients: Vec<f64>,
    pub(super) inference: Inference,
    pub(super) effects: Vec<ClusterEffect>,
    pub(super) deviance: f64,
    pub(super) total: f64,
    pub(super) parameters: usize,
}

impl MixedFit {
    /// Fixed effects, in the order of the design's columns.
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// Variance of one observation about its mean, at slope covariate 0: the sum of
    /// all variances, negative ones included; mean over groups with their own.
    pub fn total_variance(&self) -> f64 {
        self.total
    }

    /// Share of the total variance that lies between clusters (intraclass
    /// correlation of two units of a cluster, at slope covariate 0).
    pub fn icc(&self) -> f64 {
        self.sd_cluster.powi(2) / self.total
    }

    /// Share of the total variance between sub-clusters of a cluster.
    pub fn icc_nested(&self) -> Option<f64> {
        self.sd_nested.map(|s| s * s / self.total)
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
