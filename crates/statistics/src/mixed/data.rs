//! What is fitted: observations, their grouping, and the likelihood.

use crate::design::Design;

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
