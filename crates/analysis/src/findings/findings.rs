//! Everything the report says in numbers, as one serialisable value
//! (`findings.json`). The report computes nothing that is not here.
//!
//! A number that could not be estimated is NaN (`null` in the file); an end of
//! an interval that the data do not bound is infinite (`"infinity"`).

use crate::findings::comparisons::{Contrast, Equivalence, Estimation, Interaction, ModelFit, RequiredAnimals};
use crate::findings::course::{CourseComparison, ExcludedCourse, TimeCourse};
use crate::findings::doses::DoseResponse;
use crate::findings::groups::{AveragedSweeps, Exclusion, Group, Outcome};
use crate::findings::input_output::InputOutputFindings;
use crate::findings::outcomes::{FurtherOutcome, PulseGroup};
use crate::findings::pathway::PathwayEffect;
use crate::findings::quality::{MethodRow, OfBaseline, SliceDiagnostic};
use serde::{Deserialize, Serialize};

/// All findings of one experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Version of this layout; now 1.
    pub format: u32,
    /// Name of the experiment.
    pub name: String,
    /// `true` for in-silico slices.
    pub simulated: bool,
    /// Experimental unit, e.g. `animal`.
    pub experimental_unit: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Confidence level of the intervals.
    pub interval: f64,
    /// Groups in the order of the plan.
    pub groups: Vec<Group>,
    /// The question that the file states.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// Whether the same animals gave slices to all conditions.
    #[serde(default)]
    pub within_animal: bool,
    /// How the groups were compared, in sentences for the methods.
    #[serde(default)]
    pub methods: String,
    /// The model per induction protocol.
    pub models: Vec<ModelFit>,
    /// Primary contrasts against the reference, from that model.
    pub contrasts: Vec<Contrast>,
    /// The same comparisons by Welch (or paired t) on animal means, as a check.
    pub animal_mean_contrasts: Vec<Contrast>,
    /// Tetanised against control pathway, paired within slices; empty without
    /// control pathways.
    #[serde(default)]
    pub pathways: Vec<PathwayEffect>,
    /// Conditions compared by that difference.
    #[serde(default)]
    pub pathway_contrasts: Vec<Contrast>,
    /// When the time courses differ (cluster masses).
    #[serde(default)]
    pub course_comparisons: Vec<CourseComparison>,
    /// Equivalence tests; empty unless bounds were planned.
    #[serde(default)]
    pub equivalence: Vec<Equivalence>,
    /// The primary contrasts with their distributions, for the estimation plot.
    pub estimation: Vec<Estimation>,
    /// Interaction contrasts (2 × 2 mixtures; condition × induction).
    pub interactions: Vec<Interaction>,
    /// Dose–response curves.
    pub dose_responses: Vec<DoseResponse>,
    /// Sample sizes for a laboratory.
    pub required: Vec<RequiredAnimals>,
    /// Excluded slices.
    pub exclusions: Vec<Exclusion>,
    /// Time courses.
    pub time_courses: Vec<TimeCourse>,
    /// Time courses of the excluded slices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded_courses: Vec<ExcludedCourse>,
    /// Averaged sweeps.
    pub averaged_sweeps: Vec<AveragedSweeps>,
    /// What the reader must know before trusting a number.
    pub warnings: Vec<String>,
    /// Every recorded slice with its quality, included or not; empty for
    /// simulated slices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<SliceDiagnostic>,
    /// Recorded groups in % of baseline, with every recording accounted for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_baseline: Vec<OfBaseline>,
    /// The outcome of recorded slices by every way to take the slope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub method_sensitivity: Vec<MethodRow>,
    /// Outcomes beside the primary one, in the order of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<FurtherOutcome>,
    /// How p values are adjusted over all outcomes, in words; empty with one outcome.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub over_outcomes: String,
    /// Input–output curves, if the study brings some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_output: Option<InputOutputFindings>,
    /// Every pulse of sweeps with several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pulses: Vec<PulseGroup>,
}
