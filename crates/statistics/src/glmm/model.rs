//! A fitted model of counts and what it says of ratios.

use crate::dist::chi_squared;
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::{Comparison, DfMethod};
use crate::glmm::data::Quadrature;
use crate::glmm::family::Family;
use crate::linear::combination;

/// A fitted mixed model of counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CountFit {
    /// Distribution.
    pub family: Family,
    /// How the random effects were integrated out.
    pub quadrature: Quadrature,
    /// Names of the columns.
    pub names: Vec<String>,
    /// Coefficients: ln odds or ln rates, and differences of them.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients.
    pub covariance: Vec<Vec<f64>>,
    /// SD between clusters, on the scale of the logarithm.
    pub sd_cluster: f64,
    /// SD between sub-clusters of a cluster.
    pub sd_nested: Option<f64>,
    /// θ of the negative binomial: variance μ + μ²/θ.
    pub theta: Option<f64>,
    /// θ ran to its upper end: the counts vary no more than Poisson counts.
    pub is_poisson: bool,
    /// −2 ln L, constants of the counts included.
    pub deviance: f64,
    /// Number of parameters.
    pub parameters: usize,
    /// Number of observations.
    pub observations: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Pearson's χ² over its degrees of freedom, given the random effects.
    pub dispersion: f64,
    /// Whether each column of the design varies within clusters.
    pub varies_within: Vec<bool>,
}

impl CountFit {
    /// ln L.
    pub fn log_likelihood(&self) -> f64 {
        -0.5 * self.deviance
    }

    /// Akaike's information criterion.
    pub fn aic(&self) -> f64 {
        self.deviance + 2.0 * self.parameters as f64
    }

    /// Standard error of a coefficient.
    pub fn se(&self, k: usize) -> f64 {
        self.covariance[k][k].sqrt()
    }

    /// Denominator degrees of freedom of a combination of coefficients by the
    /// between–within rule (Schluchter & Elashoff 1990; SAS `ddfm=betwithin`): clusters
    /// minus columns that are constant in clusters, if it uses only such columns; else
    /// observations minus clusters minus the other columns. Infinite degrees of freedom, as
    /// lme4 and glmmTMB have them, reject too often with few animals.
    pub fn degrees_of_freedom(&self, weights: &[f64]) -> f64 {
        let within = self.varies_within.iter().filter(|within| **within).count() as f64;
        let between = self.varies_within.len() as f64 - within;
        let inside = weights.iter().zip(&self.varies_within).any(|(w, within)| *w != 0.0 && *within);
        let (units, columns) =
            if inside { ((self.observations - self.clusters) as f64, within) } else { (self.clusters as f64, between) };
        (units - columns).max(1.0)
    }

    /// Σ weights × coefficients on the scale of the logarithm, tested against 0; `exp` of
    /// estimate and limits is a ratio of odds or rates.
    ///
    /// # Errors
    /// Wrong number of weights, level outside (0, 1).
    pub fn contrast(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let (estimate, variance) = combination(&self.coefficients, &self.covariance, weights)?;
        let df = self.degrees_of_freedom(weights);
        Ok(Comparison::from_t(estimate, variance.sqrt(), df, level, DfMethod::Residual))
    }
}

/// A likelihood-ratio test of two nested models.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LikelihoodRatio {
    /// Difference of −2 ln L, not below 0.
    pub statistic: f64,
    /// Difference of the numbers of parameters.
    pub df: f64,
    /// p value of χ²: for many clusters.
    pub p: f64,
}

/// Test of the columns that `reduced` lacks.
///
/// # Errors
/// Models of different counts or kinds, or a reduced one that is not smaller.
pub fn likelihood_ratio(full: &CountFit, reduced: &CountFit) -> Result<LikelihoodRatio, StatisticsError> {
    let same = full.family == reduced.family
        && full.quadrature == reduced.quadrature
        && full.observations == reduced.observations
        && full.clusters == reduced.clusters;
    if !same || full.parameters <= reduced.parameters {
        return Err(StatisticsError::Undefined {
            what: "likelihood-ratio test".to_owned(),
            why: "the second model must be the first with fewer columns, of the same counts".to_owned(),
        });
    }
    let statistic = (reduced.deviance - full.deviance).max(0.0);
    let df = (full.parameters - reduced.parameters) as f64;
    Ok(LikelihoodRatio { statistic, df, p: chi_squared::upper(statistic, df) })
}
