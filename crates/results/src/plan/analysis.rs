//! What is measured, where and by which rules.

use crate::plan::rig::RigPlan;
use crate::plan::slope::SlopeRule;
use quantity::{Fraction, Time};
use serde::{Deserialize, Serialize};

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

impl ExclusionRules {
    /// The rules where a file is silent.
    pub const USUAL: Self = Self {
        baseline_drift: Some(Fraction::from_percent(10.0)),
        baseline_cv: None,
        volley_change: Some(Fraction::from_percent(20.0)),
    };
}

/// What is measured, where and by which rules.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisPlan {
    /// How the slope of the response is taken.
    pub slope: SlopeRule,
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
    pub rig: RigPlan,
}
