//! Everything the report says in numbers, as one serialisable value
//! (`findings.json`). The report computes nothing that is not here.
//!
//! A number that could not be estimated is NaN (`null` in the file); an end of
//! an interval that the data do not bound is infinite (`"infinity"`).

use crate::findings::course::CourseComparison;
use crate::findings::pathway::PathwayEffect;

use crate::conclude::compare::sensitivity::MethodRow;
use crate::conclude::diagnostics::{OfBaseline, SliceDiagnostic};
use crate::findings::number;
use serde::{Deserialize, Serialize};

/// Two ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    #[serde(with = "number")]
    pub low: f64,
    /// Upper end.
    #[serde(with = "number")]
    pub high: f64,
}

/// What was measured, in words and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// e.g. `potentiation of the fEPSP slope`.
    pub name: String,
    /// e.g. `% change from baseline`.
    pub unit: String,
    /// e.g. `20–80 % of the rising phase, least squares`.
    pub method: String,
    /// Outcome window, min after induction.
    pub window_min: [f64; 2],
    /// Short-term window, min after induction.
    pub short_term_window_min: [f64; 2],
}

/// Summary of one condition under one induction protocol. A group whose slices
/// are all excluded has counts of 0 and NaN everywhere else; with one animal SD,
/// SEM and interval are NaN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Included slices.
    pub n_slices: usize,
    /// Animals they come from.
    pub n_animals: usize,
    /// Excluded slices.
    pub n_excluded: usize,
    /// Mean of the animal means of potentiation, %.
    #[serde(with = "number")]
    pub mean: f64,
    /// Standard deviation of the animal means.
    #[serde(with = "number")]
    pub sd: f64,
    /// Standard error of the mean over animals.
    #[serde(with = "number")]
    pub sem: f64,
    /// Interval of the mean over animals (t).
    pub ci: Interval,
    /// Mean short-term potentiation over animals, %.
    #[serde(with = "number")]
    pub stp_mean: f64,
    /// Its standard error over animals.
    #[serde(with = "number")]
    pub stp_sem: f64,
    /// Mean effect of the drug on baseline transmission over animals, %.
    #[serde(with = "number")]
    pub drug_effect_mean: f64,
    /// Its standard error over animals.
    #[serde(with = "number")]
    pub drug_effect_sem: f64,
    /// Potentiation of each included slice: animal, slice, %.
    pub slices: Vec<SlicePoint>,
    /// Mean potentiation of each animal, %.
    pub animals: Vec<AnimalPoint>,
}

/// Potentiation of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlicePoint {
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Potentiation, %.
    pub potentiation_percent: f64,
}

/// Mean potentiation of one animal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnimalPoint {
    /// Animal.
    pub animal: String,
    /// Slices that the mean is taken over.
    pub n_slices: usize,
    /// Potentiation, %.
    pub potentiation_percent: f64,
}

/// One comparison, `condition − reference`, in percentage points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Difference, percentage points.
    #[serde(with = "number")]
    pub estimate: f64,
    /// Standard error.
    #[serde(with = "number")]
    pub se: f64,
    /// Interval at the planned level, adjusted like the p-value where the method allows.
    pub ci: Interval,
    /// t statistic.
    #[serde(with = "number")]
    pub statistic: f64,
    /// Degrees of freedom.
    #[serde(with = "number")]
    pub df: f64,
    /// e.g. `Kenward-Roger`, `Welch`, `paired`.
    pub df_method: String,
    /// Two-sided p.
    #[serde(with = "number")]
    pub p: f64,
    /// Adjusted p.
    #[serde(with = "number")]
    pub p_adjusted: f64,
    /// e.g. `dunnett`, `holm`, `none`.
    pub adjust: String,
    /// Hedges g on animal means.
    #[serde(with = "number")]
    pub hedges_g: f64,
    /// Its interval (noncentral t).
    pub hedges_g_ci: Interval,
    /// The comparison in one sentence for the paper.
    pub sentence: String,
}

/// Bootstrap distribution of a difference, for the estimation plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimation {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Difference of means over animals, percentage points.
    pub difference: f64,
    /// Percentile interval of the hierarchical bootstrap (animals, then slices).
    pub ci: Interval,
    /// Positions at which the density is given, percentage points.
    pub at: Vec<f64>,
    /// Density of the bootstrap differences.
    pub density: Vec<f64>,
}

/// The fitted mixed model of one induction protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelFit {
    /// Induction protocol.
    pub induction: String,
    /// e.g. `potentiation ~ condition + (1 | animal)`.
    pub formula: String,
    /// Estimation, e.g. `REML`.
    pub method: String,
    /// Standard deviation between animals, percentage points.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// Standard deviation between slices of an animal, percentage points.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// Intraclass correlation.
    #[serde(with = "number")]
    pub icc: f64,
    /// Whether the animal variance was estimated as zero.
    pub singular: bool,
    /// Whether the optimiser met its criterion.
    pub converged: bool,
    /// Restricted log-likelihood.
    #[serde(with = "number")]
    pub log_likelihood: f64,
    /// Slices in the fit.
    pub n_slices: usize,
    /// Animals in the fit.
    pub n_animals: usize,
}

/// A difference of differences, percentage points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// What is compared, in words, e.g. `(ALLO+ISO − ISO) − (ALLO − control)`.
    pub what: String,
    /// Estimate, percentage points.
    #[serde(with = "number")]
    pub estimate: f64,
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
    /// p.
    #[serde(with = "number")]
    pub p: f64,
    /// One sentence.
    pub sentence: String,
}

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

/// Two one-sided tests of one contrast against the planned bounds of practical
/// equivalence (Schuirmann 1987, J Pharmacokinet Biopharm 15:657).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Equivalence {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Bounds ±, percentage points.
    #[serde(with = "number")]
    pub bound: f64,
    /// Larger of the two one-sided p-values, not adjusted.
    #[serde(with = "number")]
    pub p: f64,
    /// Interval at level 1 − 2α (90 % for α = 0.05) that decides the test.
    pub ci: Interval,
    /// Whether that interval lies within the bounds.
    pub equivalent: bool,
    /// One sentence.
    pub sentence: String,
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
}

/// Animals that a laboratory would need to see one contrast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequiredAnimals {
    /// Induction protocol.
    pub induction: String,
    /// Condition against reference.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Effect assumed, percentage points (the simulated one).
    #[serde(with = "number")]
    pub effect: f64,
    /// Slices per animal assumed.
    pub slices_per_animal: u32,
    /// SD between animals assumed, percentage points.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// SD between slices assumed, percentage points.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// Power asked for.
    pub power: f64,
    /// Animals per group; `None` if more than 1,000 would be needed.
    pub animals_per_group: Option<u32>,
    /// Animals per group if the true effect is at the near end of its interval; `None` if over 1,000 or the interval covers 0.
    pub animals_if_smaller: Option<u32>,
    /// Remark in words.
    pub sentence: String,
}

/// One excluded slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// Rule that it broke, with the value found and the limit.
    pub reason: String,
}

/// Time course of one group: animal means first, then mean and SEM over animals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeCourse {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Bin centres, min after induction.
    pub time_min: Vec<f64>,
    /// Mean over animals, % of baseline.
    #[serde(with = "number::list")]
    pub mean: Vec<f64>,
    /// SEM over animals.
    #[serde(with = "number::list")]
    pub sem: Vec<f64>,
    /// Animals that contribute to each bin.
    pub n_animals: Vec<usize>,
    /// One line per slice (same bins), % of baseline; NaN is written as null.
    pub slices: Vec<SliceCourse>,
}

/// Time course of one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceCourse {
    /// Animal.
    pub animal: String,
    /// Slice number.
    pub slice: u32,
    /// % of baseline per bin.
    pub percent: Vec<Option<f64>>,
}

/// Averaged sweeps of one group before and after induction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AveragedSweeps {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Time after the stimulus, ms.
    pub time_ms: Vec<f64>,
    /// Mean of the sweeps in the reference window, mV.
    pub before_mv: Vec<f64>,
    /// Mean of the sweeps in the outcome window, mV.
    pub after_mv: Vec<f64>,
    /// Sweeps averaged: before and after.
    pub n_sweeps: [usize; 2],
}

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
    /// The mixed model per induction protocol.
    pub models: Vec<ModelFit>,
    /// Primary contrasts against the reference (mixed model).
    pub contrasts: Vec<Contrast>,
    /// The same comparisons by Welch (or paired t) on animal means.
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
    /// Bootstrap distributions for the estimation plot.
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
}
