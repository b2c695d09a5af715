//! Common and random effects.
//!
//!   yᵢ = μ + uᵢ + eᵢ,  uᵢ ~ N(0, τ²),  eᵢ ~ N(0, vᵢ);  wᵢ = 1/(vᵢ + τ²),  μ̂ = Σwᵢyᵢ/Σwᵢ
//!   Q = Σ(yᵢ − ȳ)²/vᵢ with weights 1/vᵢ
//!   DerSimonian & Laird 1986 (Control Clin Trials 7:177):
//!     τ² = max{0, (Q − (k − 1))/(Σ1/vᵢ − Σ1/vᵢ²/Σ1/vᵢ)}
//!   REML: the τ² that maximises the restricted likelihood (Viechtbauer 2005, J Educ
//!     Behav Stat 30:261), by Fisher's scoring
//!   Hartung & Knapp 2001 (Stat Med 20:3875), Sidik & Jonkman:
//!     SE² = Σwᵢ(yᵢ − μ̂)²/((k − 1)Σwᵢ), t with k − 1 degrees of freedom
//!   I² = τ²/(τ² + v̄),  v̄ = (k − 1)Σ1/vᵢ/((Σ1/vᵢ)² − Σ1/vᵢ²)  (Higgins & Thompson 2002)

use crate::dist::{chi_squared, student_t};
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit, require_range};
use crate::estimate::{Comparison, DfMethod};
use serde::{Deserialize, Serialize};

/// How estimates are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// One common effect, weights 1/vᵢ, z test.
    Common,
    /// Random effects, τ² by DerSimonian and Laird, z test.
    DerSimonianLaird,
    /// Random effects, τ² by REML, z test.
    Reml,
    /// Random effects, τ² by REML, interval of Hartung and Knapp. The one that keeps its
    /// level with few cohorts.
    HartungKnapp,
}

/// How much the cohorts differ beyond their errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heterogeneity {
    /// Cochran's Q.
    pub q: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// Its p value.
    pub p: f64,
    /// Variance between cohorts, unit of the estimates squared.
    pub tau_squared: f64,
    /// Share of the variance that is between cohorts, 0 to 1.
    pub i_squared: f64,
}

/// What the cohorts say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Mean effect with its test and interval.
    pub mean: Comparison,
    /// Heterogeneity.
    pub heterogeneity: Heterogeneity,
    /// Share of each cohort in the mean; they sum to 1.
    pub weights: Vec<f64>,
    /// Where the effect of a further cohort is expected (t, k − 2 degrees of freedom;
    /// Higgins et al. 2009); none for a common effect and fewer than three cohorts.
    pub prediction: Option<(f64, f64)>,
}

/// Takes `estimates` with their standard errors together.
///
/// # Errors
/// Fewer than two estimates, lengths that differ, standard errors not positive, all
/// estimates alike with [`Pooling::HartungKnapp`].
pub fn pool(estimates: &[f64], se: &[f64], how: Pooling, level: f64) -> Result<Pooled, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("estimates", estimates.len(), 2)?;
    require_finite("estimates", estimates)?;
    if se.len() != estimates.len() {
        let (expected, found) = (estimates.len(), se.len());
        return Err(StatisticsError::LengthMismatch { what: "standard errors".to_owned(), expected, found });
    }
    for value in se {
        require_range("standard error", *value, f64::MIN_POSITIVE, f64::MAX)?;
    }
    let cohorts = Cohorts { estimates, variances: se.iter().map(|se| se * se).collect() };
    let k = estimates.len() as f64;
    let q = cohorts.spread(0.0);
    let laird = cohorts.laird(q);
    let tau_squared = match how {
        Pooling::Common => 0.0,
        Pooling::DerSimonianLaird => laird,
        Pooling::Reml | Pooling::HartungKnapp => cohorts.restricted(laird)?,
    };
    let weights = cohorts.weights(tau_squared);
    let total: f64 = weights.iter().sum();
    let (mean, plain) = (cohorts.mean(tau_squared), (1.0 / total).sqrt());
    let mean = if how == Pooling::HartungKnapp {
        let se = (cohorts.spread(tau_squared) / ((k - 1.0) * total)).sqrt();
        if se <= 1e-12 * plain {
            return Err(StatisticsError::ZeroVariance { what: "estimates of the cohorts".to_owned() });
        }
        Comparison::from_t(mean, se, k - 1.0, level, DfMethod::Residual)
    } else {
        Comparison::from_t(mean, plain, f64::INFINITY, level, DfMethod::Normal)
    };
    let typical = cohorts.typical_variance();
    let between = if how == Pooling::Common { laird } else { tau_squared };
    let prediction = (how != Pooling::Common && k > 2.0).then(|| {
        let margin = student_t::quantile_upper(0.5 * (1.0 - level), k - 2.0) * (tau_squared + mean.se * mean.se).sqrt();
        (mean.estimate - margin, mean.estimate + margin)
    });
    Ok(Pooled {
        mean,
        heterogeneity: Heterogeneity {
            q,
            df: k - 1.0,
            p: chi_squared::upper(q, k - 1.0),
            tau_squared,
            i_squared: between / (between + typical),
        },
        weights: weights.iter().map(|w| w / total).collect(),
        prediction,
    })
}

struct Cohorts<'a> {
    estimates: &'a [f64],
    variances: Vec<f64>,
}

impl Cohorts<'_> {
    fn weights(&self, tau_squared: f64) -> Vec<f64> {
        self.variances.iter().map(|v| 1.0 / (v + tau_squared)).collect()
    }

    fn mean(&self, tau_squared: f64) -> f64 {
        let weights = self.weights(tau_squared);
        let total: f64 = weights.iter().sum();
        weights.iter().zip(self.estimates).map(|(w, y)| w * y).sum::<f64>() / total
    }

    /// Σ wᵢ(yᵢ − μ̂)².
    fn spread(&self, tau_squared: f64) -> f64 {
        let mean = self.mean(tau_squared);
        let square = |(w, y): (f64, &f64)| w * (y - mean) * (y - mean);
        self.weights(tau_squared).into_iter().zip(self.estimates).map(square).sum()
    }

    fn laird(&self, q: f64) -> f64 {
        let weights = self.weights(0.0);
        let (sum, squares): (f64, f64) = (weights.iter().sum(), weights.iter().map(|w| w * w).sum());
        ((q - (weights.len() as f64 - 1.0)) / (sum - squares / sum)).max(0.0)
    }

    fn typical_variance(&self) -> f64 {
        let weights = self.weights(0.0);
        let (sum, squares): (f64, f64) = (weights.iter().sum(), weights.iter().map(|w| w * w).sum());
        (weights.len() as f64 - 1.0) * sum / (sum * sum - squares)
    }

    /// Fisher's scoring of the restricted likelihood, not below 0:
    /// τ² += [y'PPy − tr P]/tr(PP), P = W − W11'W/1'W1.
    fn restricted(&self, start: f64) -> Result<f64, StatisticsError> {
        let mut tau = start;
        for _ in 0..1000 {
            let w = self.weights(tau);
            let power = |k: i32| w.iter().map(|w| w.powi(k)).sum::<f64>();
            let (s1, s2, s3) = (power(1), power(2), power(3));
            let mean = self.mean(tau);
            let quadratic: f64 = w.iter().zip(self.estimates).map(|(w, y)| (w * (y - mean)) * (w * (y - mean))).sum();
            let trace = s1 - s2 / s1;
            let square = s2 - 2.0 * s3 / s1 + (s2 / s1) * (s2 / s1);
            let mut step = (quadratic - trace) / square;
            while tau + step < 0.0 && step.abs() > 1e-300 {
                step *= 0.5;
                if tau + step < 1e-14 * self.typical_variance() {
                    step = -tau;
                }
            }
            tau += step;
            if step.abs() <= 1e-13 * (tau + self.typical_variance()) {
                return Ok(tau);
            }
        }
        Err(StatisticsError::NotConverged { what: "variance between cohorts".to_owned(), iterations: 1000 })
    }
}
