//! What a fitted receptor model is: named quantities with their limits.

use crate::dose_response::other::aicc_of;
use crate::least_squares::model::{LeastSquares, Model};
use crate::{StatisticsError, synergy::Estimate};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_10;

/// A quantity of a receptor model. Concentrations are in the caller's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Response without agonist.
    Baseline,
    /// Largest response that the system can give.
    Maximum,
    /// log₁₀ of the agonist EC₅₀ without modulator.
    Log10Ec50,
    /// Slope: Hill slope, or transducer slope of the operational model.
    Slope,
    /// log₁₀ of the dissociation constant of the modulator or antagonist.
    Log10Kb,
    /// log₁₀ of the cooperativity of binding α: below 0 the modulator lowers affinity.
    Log10Alpha,
    /// log₁₀ of αβ, the factor on τ/K_A at saturating modulator: β changes efficacy. Data
    /// bound it also where α and β by themselves are unbounded.
    Log10AlphaBeta,
    /// log₁₀ of the efficacy τ.
    Log10Tau,
    /// log₁₀ of the transduction coefficient τ/K_A.
    Log10Transduction,
    /// log₁₀ τ/K_A less that of the full agonist.
    Log10Relative,
    /// log₁₀ of the dissociation constant of the agonist.
    Log10Ka,
}

impl Quantity {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Baseline => "baseline",
            Quantity::Maximum => "maximum",
            Quantity::Log10Ec50 => "log10_ec50",
            Quantity::Slope => "slope",
            Quantity::Log10Kb => "log10_kb",
            Quantity::Log10Alpha => "log10_alpha",
            Quantity::Log10AlphaBeta => "log10_alpha_beta",
            Quantity::Log10Tau => "log10_tau",
            Quantity::Log10Transduction => "log10_tau_over_ka",
            Quantity::Log10Relative => "delta_log10_tau_over_ka",
            Quantity::Log10Ka => "log10_ka",
        }
    }

    /// Fits take natural logarithms; what is reported is to base 10.
    fn scale(self) -> f64 {
        match self {
            Quantity::Baseline | Quantity::Maximum | Quantity::Slope => 1.0,
            _ => 1.0 / LN_10,
        }
    }

    /// How far a limit may lie from its estimate and still speak of the data: four
    /// decades; beyond, the curve no longer changes and the limit is of the equation.
    fn reach(self) -> f64 {
        match self {
            Quantity::Baseline | Quantity::Maximum | Quantity::Slope => f64::INFINITY,
            _ => 4.0,
        }
    }
}

/// A quantity with its limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ReceptorEstimate {
    /// Which one.
    pub quantity: Quantity,
    /// Estimate and limits.
    pub estimate: Estimate,
}

/// A fitted receptor model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceptorFit {
    /// Its quantities, in the order of the model.
    pub quantities: Vec<ReceptorEstimate>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Akaike's criterion with the correction for small samples.
    pub aicc: f64,
    /// Confidence level of all limits.
    pub level: f64,
}

impl ReceptorFit {
    /// The estimate of a quantity, if the model has it.
    pub fn of(&self, wanted: Quantity) -> Option<&Estimate> {
        self.quantities.iter().find(|q| q.quantity == wanted).map(|q| &q.estimate)
    }

    /// Whether the data bound a quantity on both sides.
    pub fn bounds(&self, wanted: Quantity) -> bool {
        self.of(wanted).is_some_and(|e| e.profile_low.is_some() && e.profile_high.is_some())
    }
}

/// Profile and Wald limits of parameter `k`.
pub(super) fn estimate(
    quantity: Quantity,
    (model, fit): (&dyn Model, &LeastSquares),
    response: &[f64],
    (k, level): (usize, f64),
) -> Result<Estimate, StatisticsError> {
    let (scale, value) = (quantity.scale(), fit.estimates[k] * quantity.scale());
    let (wald_low, wald_high) = fit.wald(k, level);
    let (low, high) = fit.profile(model, response, k, level)?;
    let near = |limit: Option<f64>| limit.map(|v| v * scale).filter(|v| (v - value).abs() <= quantity.reach());
    Ok(Estimate {
        value,
        se: fit.se(k) * scale,
        wald_low: wald_low * scale,
        wald_high: wald_high * scale,
        profile_low: near(low),
        profile_high: near(high),
    })
}

/// The fit with all its quantities; parameter k is `quantities[k]`.
pub(super) fn describe(
    model: &dyn Model,
    quantities: &[Quantity],
    fit: &LeastSquares,
    response: &[f64],
    level: f64,
) -> Result<ReceptorFit, StatisticsError> {
    let quantities = quantities
        .iter()
        .enumerate()
        .map(|(k, &quantity)| {
            let estimate = estimate(quantity, (model, fit), response, (k, level))?;
            Ok(ReceptorEstimate { quantity, estimate })
        })
        .collect::<Result<Vec<_>, StatisticsError>>()?;
    let aicc = aicc_of(fit.rss, fit.n, fit.estimates.len());
    Ok(ReceptorFit { quantities, rss: fit.rss, df: fit.df, aicc, level })
}
