//! What is measured, where and by which rules.

use crate::plan::rig::RigPlan;
use quantity::{Fraction, Time};
use serde::{Deserialize, Serialize};

/// Which part of the rising phase the slope is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlopeMethod {
    /// Lower bound as a fraction of the peak amplitude.
    pub low: Fraction,
    /// Upper bound as a fraction of the peak amplitude.
    pub high: Fraction,
}

/// Exclusion rules, stated before the run. `None` switches a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExclusionRules {
    /// Largest accepted |drift| of the baseline slope over the baseline.
    pub baseline_drift: Option<Fraction>,
    /// Largest accepted coefficient of variation of baseline slopes.
    pub baseline_cv: Option<Fraction>,
    /// Largest accepted |change| of the fibre volley, outcome window against baseline.
    pub volley_change: Option<Fraction>,
}

/// What is measured, where and by which rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysisPlan {
    /// Slope of the fEPSP.
    pub slope: SlopeMethod,
    /// Length of the reference window that ends at induction (drug present).
    pub reference_window: Time,
    /// Outcome window, minutes after induction.
    pub window: [Time; 2],
    /// Window of short-term potentiation after induction.
    pub short_term_window: [Time; 2],
    /// Width of the bins of the time course.
    pub bin: Time,
    /// Exclusion rules.
    pub exclude: ExclusionRules,
    /// What recordings from a rig need beyond simulated ones.
    #[serde(default, skip_serializing_if = "RigPlan::is_default")]
    pub rig: RigPlan,
}
