//! What the fitted curves of animals are, and what is said without them.

use crate::dose_response::NotIdentifiedReason;
use crate::estimate::{Comparison, FTest};
use crate::nested_curve::contrast::Inference;
use crate::nested_curve::form::Form;
use crate::nested_curve::layout::{Effect, Stage};
use serde::{Deserialize, Serialize};

/// How much something varies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RandomSd {
    /// Between what.
    pub stage: Stage,
    /// What varies.
    pub effect: Effect,
    /// Standard deviation; of the location in units of ln dose. 0 at the boundary.
    pub sd: f64,
}

/// Curve of the average animal; tests and limits by t with degrees of freedom after
/// Kenward and Roger.
#[derive(Debug, Clone, PartialEq)]
pub struct NestedCurve {
    /// Response without dose.
    pub baseline: Comparison,
    /// Response at saturating dose (of a bell: at the peak).
    pub top: Comparison,
    /// Top less baseline.
    pub span: Comparison,
    /// ln EC50 (of a bell: ln dose of the peak).
    pub location: Comparison,
    /// ln Hill slope (of a bell: ln width); `None` if fixed.
    pub slope: Option<Comparison>,
    /// Lower profile limit of the location; `None` if these data do not bound it.
    pub location_low: Option<f64>,
    /// Upper profile limit of the location; `None` if these data do not bound it.
    pub location_high: Option<f64>,
    /// The location lies between the smallest and the largest positive dose tested.
    pub within_doses: bool,
    /// Dose means against their overall mean.
    pub trend: FTest,
    /// Animals that give this curve.
    pub animals: usize,
    /// Observations of this curve.
    pub observations: usize,
}

/// The fitted model.
#[derive(Debug, Clone)]
pub struct NestedFit {
    /// Which curve.
    pub form: Form,
    /// The curves in the order of their numbers.
    pub curves: Vec<NestedCurve>,
    /// SDs of the random effects.
    pub random: Vec<RandomSd>,
    /// Random effects that were left out because the fit with them did not converge.
    pub left_out: Vec<(Stage, Effect)>,
    /// Residual SD, unit of the response.
    pub sigma: f64,
    /// −2 ln L of the linearised model (restricted, or full for ML).
    pub deviance: f64,
    /// Animals.
    pub animals: usize,
    /// Curves against one mean per dose and curve; `None` without doses to spare.
    pub lack_of_fit: Option<FTest>,
    /// Confidence level of all limits.
    pub level: f64,
    pub(super) inference: Inference,
}

/// Curves, or why there are none.
#[derive(Debug, Clone)]
pub enum NestedOutcome {
    /// The data identify the curves.
    Fitted(Box<NestedFit>),
    /// They do not.
    NotIdentified {
        /// The first curve that is not identified, from 0.
        curve: usize,
        /// Why.
        reason: NotIdentifiedReason,
        /// Dose means of that curve against their overall mean.
        trend: FTest,
    },
}
