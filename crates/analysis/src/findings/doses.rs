//! Potentiation over the dose: trend and fitted curve.

use crate::findings::interval::Interval;
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// A dose–response curve of potentiation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseResponse {
    /// Induction protocol.
    pub induction: String,
    /// Compound.
    pub compound: String,
    /// Short label, e.g. `ISO`.
    pub label: String,
    /// Doses, µM; 0 for the reference.
    pub dose_um: Vec<f64>,
    /// Mean potentiation over animals at each dose, %.
    #[serde(with = "number::list")]
    pub mean: Vec<f64>,
    /// Standard error over animals.
    #[serde(with = "number::list")]
    pub sem: Vec<f64>,
    /// Animals at each dose.
    pub n_animals: Vec<usize>,
    /// Whether a curve could be fitted; if not, why.
    pub fit: Option<DoseFit>,
    /// Reason when there is no fit.
    pub no_fit_reason: String,
    /// A curve without an EC50 that describes the data where a logistic one does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<DoseTurn>,
    /// A curve of two phases, where that describes the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<DosePhases>,
    /// Williams-free trend: slope of potentiation over log10 dose with interval, points per decade.
    pub trend_per_decade: Option<Interval>,
    /// The same trend with its estimate and test.
    #[serde(default)]
    pub trend: Option<Trend>,
}

/// Linear trend of potentiation over log10 dose (doses above 0 only), with the
/// animal as random effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Slope, percentage points per decade of concentration.
    #[serde(with = "number")]
    pub per_decade: f64,
    /// Standard error.
    #[serde(with = "number")]
    pub se: f64,
    /// Interval at the planned level.
    pub ci: Interval,
    /// t statistic.
    #[serde(with = "number")]
    pub statistic: f64,
    /// Degrees of freedom.
    #[serde(with = "number")]
    pub df: f64,
    /// Two-sided p, not adjusted.
    #[serde(with = "number")]
    pub p: f64,
    /// The trend in one sentence.
    pub sentence: String,
}

/// A bell-shaped curve, Gaussian in log dose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseTurn {
    /// Dose of the peak (or trough), µM.
    #[serde(with = "number")]
    pub peak_um: f64,
    /// Interval of that dose, µM; an infinite end means that the data do not bound it.
    pub peak_ci_um: Interval,
    /// Response at that dose, %.
    #[serde(with = "number")]
    pub peak: f64,
    /// Response at dose 0, %.
    #[serde(with = "number")]
    pub bottom: f64,
    /// Curve for drawing: dose, µM.
    pub curve_dose_um: Vec<f64>,
    /// Curve for drawing: response, %.
    #[serde(with = "number::list")]
    pub curve: Vec<f64>,
}

/// A curve of two phases: the sum of two logistic steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DosePhases {
    /// Half-effective dose of the first step, µM.
    #[serde(with = "number")]
    pub first_um: f64,
    /// Its interval, µM; an infinite end means that the data do not bound it.
    pub first_ci_um: Interval,
    /// Half-effective dose of the second step, µM.
    #[serde(with = "number")]
    pub second_um: f64,
    /// Its interval, µM.
    pub second_ci_um: Interval,
    /// Response at dose 0, %.
    #[serde(with = "number")]
    pub bottom: f64,
    /// Response between the steps, %.
    #[serde(with = "number")]
    pub middle: f64,
    /// Response at saturating dose, %.
    #[serde(with = "number")]
    pub end: f64,
    /// Curve for drawing: dose, µM.
    pub curve_dose_um: Vec<f64>,
    /// Curve for drawing: response, %.
    #[serde(with = "number::list")]
    pub curve: Vec<f64>,
}

/// Four-parameter logistic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseFit {
    /// EC50 or IC50, µM.
    #[serde(with = "number")]
    pub ec50_um: f64,
    /// Interval of the EC50, µM; an infinite end means that the data do not bound it.
    pub ec50_ci_um: Interval,
    /// Hill coefficient.
    #[serde(with = "number")]
    pub hill: f64,
    /// Response at dose 0, %.
    #[serde(with = "number")]
    pub bottom: f64,
    /// Response at infinite dose, %.
    #[serde(with = "number")]
    pub top: f64,
    /// Curve for drawing: dose, µM.
    pub curve_dose_um: Vec<f64>,
    /// Curve for drawing: response, %.
    #[serde(with = "number::list")]
    pub curve: Vec<f64>,
    /// p of the lack-of-fit F test.
    #[serde(with = "number")]
    pub lack_of_fit_p: f64,
    /// What the curve takes as independent, in words.
    #[serde(default)]
    pub model: String,
}
