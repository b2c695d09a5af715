//! What a fitted dose–response curve is, and what is said without one.

use crate::dose_response::curve::{CurveParameters, Parameter, Shape};
use crate::estimate::FTest;
use serde::{Deserialize, Serialize};

/// One estimated parameter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ParameterEstimate {
    /// Which one.
    pub parameter: Parameter,
    /// Least-squares estimate.
    pub estimate: f64,
    /// Standard error from J′J.
    pub se: f64,
    /// Lower Wald limit (estimate − t se).
    pub wald_low: f64,
    /// Upper Wald limit.
    pub wald_high: f64,
    /// Lower profile-likelihood limit; `None` if the data set no lower bound.
    pub profile_low: Option<f64>,
    /// Upper profile-likelihood limit; `None` if the data set no upper bound.
    pub profile_high: Option<f64>,
}

/// Dose of half effect, in the caller's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ec50 {
    /// exp of the estimate of ln EC50.
    pub estimate: f64,
    /// Lower profile-likelihood limit; `None` if unbounded.
    pub profile_low: Option<f64>,
    /// Upper profile-likelihood limit; `None` if unbounded.
    pub profile_high: Option<f64>,
    /// Lower Wald limit, taken on the log scale.
    pub wald_low: f64,
    /// Upper Wald limit, taken on the log scale.
    pub wald_high: f64,
    /// The estimate lies between the smallest and largest positive dose tested.
    pub within_doses: bool,
}

/// A fitted curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveFit {
    /// How many parameters were free.
    pub shape: Shape,
    /// The curve.
    pub curve: CurveParameters,
    /// The free parameters in the order of [`Shape::parameters`].
    pub parameters: Vec<ParameterEstimate>,
    /// Dose of half effect.
    pub ec50: Ec50,
    /// Covariance of the free parameters, rows in the order of `parameters`.
    pub covariance: Vec<Vec<f64>>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Residual standard deviation √(rss/df), unit of the response.
    pub sigma: f64,
    /// Gaussian log-likelihood at the estimates.
    pub log_likelihood: f64,
    /// Akaike's criterion, the variance counted as a parameter.
    pub aic: f64,
    /// Schwarz's criterion, the variance counted as a parameter.
    pub bic: f64,
    /// Curve against a constant mean.
    pub trend: FTest,
    /// Curve against one mean per dose; `None` without replicates or spare doses.
    pub lack_of_fit: Option<FTest>,
    /// Confidence level of all limits.
    pub level: f64,
}

/// Why no curve is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotIdentifiedReason {
    /// The curve fits no better than a constant mean.
    NoTrend,
    /// Several parameter sets fit equally well (e.g. all change between two
    /// neighbouring doses, or no plateau in sight).
    Singular,
    /// The data bound ln EC50 on neither side.
    HalfEffectUnbounded,
}

/// What can be said when the data do not identify a curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NotIdentified {
    /// Why.
    pub reason: NotIdentifiedReason,
    /// Mean response over all doses.
    pub mean: f64,
    /// Best curve found against the constant mean.
    pub trend: FTest,
}

/// A curve, or the statement that the data do not identify one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CurveOutcome {
    /// The data identify a curve.
    Fitted(Box<CurveFit>),
    /// They do not.
    NotIdentified(NotIdentified),
}
