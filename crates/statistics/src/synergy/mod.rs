//! Two drugs at once: competitive antagonism (Gaddum and Schild) and joint
//! action (Bliss, Loewe, highest single agent).
//!
//! Which model applies is a matter of mechanism and must be declared before the
//! data are seen: Bliss (independent action) and Loewe (dose additivity) disagree
//! for most curves, and neither is right in general.

mod effect_curve;
mod gaddum;
mod grid;
mod loewe;
mod schild;

pub use effect_curve::{EffectCurve, MaximalEffect, bliss_expected};
pub use gaddum::{GaddumFit, GaddumSchild, gaddum_schild};
pub use grid::{Interaction, Reference, interaction};
pub use loewe::{LoeweCell, combination_index, loewe, loewe_expected};
pub use schild::{SchildPoint, SchildRegression, schild_regression};

use serde::{Deserialize, Serialize};

/// An estimate of a nonlinear fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Least-squares estimate.
    pub value: f64,
    /// Standard error from J′J.
    pub se: f64,
    /// Lower Wald limit.
    pub wald_low: f64,
    /// Upper Wald limit.
    pub wald_high: f64,
    /// Lower profile-likelihood limit; `None` if the data set no lower bound.
    pub profile_low: Option<f64>,
    /// Upper profile-likelihood limit; `None` if the data set no upper bound.
    pub profile_high: Option<f64>,
}

/// Satterthwaite's degrees of freedom of a sum of independent variances.
fn satterthwaite(parts: &[(f64, f64)]) -> f64 {
    let total: f64 = parts.iter().map(|(variance, _)| variance).sum();
    total * total / parts.iter().filter(|(v, _)| *v > 0.0).map(|(v, df)| v * v / df).sum::<f64>()
}
