//! What is fitted: observations, their grouping, and the likelihood.

use crate::design::Design;

/// A factor whose levels have random effects beside those of the clusters.
#[derive(Debug, Clone)]
pub struct Term<'a> {
    /// How it is called in the results, e.g. "animal:condition".
    pub name: String,
    /// Level of each observation.
    pub level: &'a [usize],
    /// Equal labels in different clusters are one level (crossed factors); else
    /// they are different levels (nested in the cluster).
    pub across: bool,
    /// Covariate whose slope varies between the levels, correlated with their intercepts.
    pub slope: Option<&'a [f64]>,
}

impl<'a> Term<'a> {
    /// A factor within the clusters, nested in them: equal labels in different
    /// clusters are different levels. Several of them may nest in or cross each other.
    pub fn within(name: impl Into<String>, level: &'a [usize]) -> Self {
        Term { name: name.into(), level, across: false, slope: None }
    }

    /// A factor crossed with the clusters: equal labels are one level wherever they are.
    pub fn across(name: impl Into<String>, level: &'a [usize]) -> Self {
        Term { name: name.into(), level, across: true, slope: None }
    }

    /// The same with a slope of `covariate` that varies between its levels.
    pub fn with_slope(self, covariate: &'a [f64]) -> Self {
        Term { slope: Some(covariate), ..self }
    }
}

/// Observations and their grouping; all vectors have one entry an observation.
#[derive(Debug, Clone)]
pub struct MixedData<'a> {
    /// Response.
    pub response: &'a [f64],
    /// Fixed effects.
    pub fixed: &'a Design,
    /// Cluster of each observation; any labels, equal label = same cluster.
    pub cluster: &'a [usize],
    /// Clusters have random intercepts; else they only say which observations may
    /// share effects of the terms within.
    pub cluster_varies: bool,
    /// Further random effects, within or across the clusters.
    pub terms: Vec<Term<'a>>,
    /// Covariate whose slope varies between clusters, correlated with the
    /// random intercept.
    pub slope: Option<&'a [f64]>,
    /// Times of the observations, for AR(1) residuals inside the innermost
    /// group: correlation φ^|t − t'|, times in steps (φ < 0 needs whole steps).
    pub time: Option<&'a [f64]>,
    /// Group of each observation if groups have variances of their own: of the
    /// residuals, and of every random factor whose levels lie in one group each.
    pub variances_by: Option<&'a [usize]>,
    /// Variances of random effects may be estimated as negative, as long as the
    /// covariance matrix of the observations stays positive definite: that is what
    /// the mean squares of a balanced analysis of variance say, and it keeps the
    /// level of tests where clusters hardly differ.
    pub negative: bool,
}

impl<'a> MixedData<'a> {
    /// A random intercept per cluster.
    pub fn new(response: &'a [f64], fixed: &'a Design, cluster: &'a [usize]) -> Self {
        MixedData {
            response,
            fixed,
            cluster,
            cluster_varies: true,
            terms: Vec::new(),
            slope: None,
            time: None,
            variances_by: None,
            negative: false,
        }
    }

    /// With a random intercept per sub-cluster as well: equal labels in different
    /// clusters are different sub-clusters.
    pub fn with_nested(self, nested: &'a [usize]) -> Self {
        self.with_term(Term::within("sub-cluster", nested))
    }

    /// With the random effects of one more factor.
    pub fn with_term(mut self, term: Term<'a>) -> Self {
        self.terms.push(term);
        self
    }

    /// Without random intercepts of the clusters.
    pub fn without_clusters(self) -> Self {
        MixedData { cluster_varies: false, slope: None, ..self }
    }

    /// With a random slope of `covariate` per cluster.
    pub fn with_slope(self, covariate: &'a [f64]) -> Self {
        MixedData { slope: Some(covariate), ..self }
    }

    /// With AR(1) residuals in the innermost group.
    pub fn with_autoregression(self, time: &'a [f64]) -> Self {
        MixedData { time: Some(time), ..self }
    }

    /// With variances of each group its own.
    pub fn with_variances_by(self, group: &'a [usize]) -> Self {
        MixedData { variances_by: Some(group), ..self }
    }

    /// With variances of random effects that may be negative.
    pub fn with_negative_variances(self) -> Self {
        MixedData { negative: true, ..self }
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
