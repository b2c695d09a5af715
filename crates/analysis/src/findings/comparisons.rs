//! Groups against each other: contrasts, the model behind them, interactions,
//! equivalence, and the animals that a laboratory would need.

use crate::findings::interval::Interval;
use crate::findings::number;
use serde::{Deserialize, Serialize};

fn missing() -> Interval {
    Interval { low: f64::NAN, high: f64::NAN }
}

fn not_a_number() -> f64 {
    f64::NAN
}

fn mixed_model() -> String {
    "linear mixed model".to_owned()
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
    /// Interval of the same model and adjustment as `p_adjusted`: it leaves out 0 where
    /// that p is below 1 − the planned level, and there only.
    pub ci: Interval,
    /// What that interval is called, e.g. `simultaneous 95 % CI`.
    #[serde(default)]
    pub ci_name: String,
    /// Interval of this comparison alone, of the same model; it goes with `p`.
    #[serde(default = "missing")]
    pub ci_alone: Interval,
    /// t statistic.
    #[serde(with = "number")]
    pub statistic: f64,
    /// Degrees of freedom.
    #[serde(with = "number")]
    pub df: f64,
    /// e.g. `Satterthwaite`, `Kenward-Roger`, `Welch`, `paired`.
    pub df_method: String,
    /// The model that was fitted, in words.
    #[serde(default)]
    pub model: String,
    /// Two-sided p of this comparison alone.
    #[serde(with = "number")]
    pub p: f64,
    /// Two-sided p, adjusted for the family of comparisons.
    #[serde(with = "number")]
    pub p_adjusted: f64,
    /// e.g. `dunnett`, `holm`, `none`.
    pub adjust: String,
    /// Hedges g: `estimate` over the SD of animal means (within animals: of their
    /// differences); NaN where it does not exist.
    #[serde(with = "number")]
    pub hedges_g: f64,
    /// Its interval (noncentral t), adjusted like `ci`.
    pub hedges_g_ci: Interval,
    /// Why there is no g; empty where there is one.
    #[serde(default)]
    pub hedges_g_missing: String,
    /// The comparison in one sentence for the paper.
    pub sentence: String,
}

/// The estimate of a primary contrast with its distribution, for the estimation plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimation {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// The estimate of the contrast, percentage points.
    pub difference: f64,
    /// The interval of the contrast.
    pub ci: Interval,
    /// Positions at which the density is given, percentage points; none if a group has
    /// two animals only.
    pub at: Vec<f64>,
    /// Density of t around the estimate, in units of its standard error.
    pub density: Vec<f64>,
}

/// Variances of one condition, or of one comparison within animals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variances {
    /// Condition, or the comparison in words.
    pub of: String,
    /// SD between animals (within animals: of the difference between animals),
    /// percentage points; 0 where the variance is estimated at or below 0.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// SD between slices of an animal, percentage points; NaN with one slice an animal.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// SD of the mean of an animal over its slices (within animals: of its
    /// difference), percentage points.
    #[serde(with = "number")]
    pub sd_mean: f64,
    /// Slices per animal (and condition): harmonic mean of those kept.
    #[serde(with = "number")]
    pub slices_per_animal: f64,
    /// Animals.
    pub n_animals: usize,
    /// Whether the variance between animals is estimated at or below 0.
    pub at_zero: bool,
}

/// The fitted model of one induction protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelFit {
    /// Induction protocol.
    pub induction: String,
    /// What it is called, e.g. `linear mixed model`, `Welch's t test on animals`.
    #[serde(default = "mixed_model")]
    pub name: String,
    /// e.g. `potentiation ~ condition + (1 | animal)`.
    pub formula: String,
    /// Estimation, e.g. `REML`.
    pub method: String,
    /// Degrees of freedom of its comparisons, e.g. `Satterthwaite`.
    #[serde(default)]
    pub df_method: String,
    /// Variances of each condition, or of each comparison within animals; empty where
    /// all share one.
    #[serde(default)]
    pub variances: Vec<Variances>,
    /// Standard deviation between animals, percentage points; root mean square over the
    /// conditions where each has its own.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// Standard deviation of conditions within an animal (animal:condition); NaN between
    /// animals, and where slices do not repeat.
    #[serde(default = "not_a_number", with = "number")]
    pub sd_animal_condition: f64,
    /// Standard deviation between slices of an animal, percentage points.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// Intraclass correlation.
    #[serde(with = "number")]
    pub icc: f64,
    /// Whether a variance between animals was estimated at or below zero.
    pub singular: bool,
    /// Whether the optimiser met its criterion.
    pub converged: bool,
    /// Restricted log-likelihood; NaN where each condition has a model of its own.
    #[serde(with = "number")]
    pub log_likelihood: f64,
    /// Slices in the fit.
    pub n_slices: usize,
    /// Animals in the fit.
    pub n_animals: usize,
}

/// What an interaction is between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InteractionKind {
    /// Two compounds of a 2 × 2 mixture.
    #[default]
    Mixture,
    /// A condition and the induction protocol.
    Induction,
}

/// A difference of differences, percentage points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// What it is between.
    #[serde(default)]
    pub kind: InteractionKind,
    /// Induction protocol of a mixture; empty for a difference between protocols.
    #[serde(default)]
    pub induction: String,
    /// The mixture, or the condition that is compared under two inductions.
    #[serde(default)]
    pub condition: String,
    /// The two parts of the mixture alone (names of conditions), or the first and the
    /// other induction.
    #[serde(default)]
    pub parts: [String; 2],
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
    /// Two-sided p, not adjusted.
    #[serde(with = "number")]
    pub p: f64,
    /// How degrees of freedom were obtained, e.g. `Satterthwaite`.
    #[serde(default)]
    pub df_method: String,
    /// One sentence.
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
    /// Slices per animal (and condition, within animals) assumed: those planned, or the
    /// harmonic mean of those kept.
    pub slices_per_animal: f64,
    /// Whether the same animals give slices to both conditions.
    #[serde(default)]
    pub within_animal: bool,
    /// SD between animals assumed (within animals: of the difference), percentage points.
    #[serde(with = "number")]
    pub sd_animal: f64,
    /// SD between slices assumed, percentage points.
    #[serde(with = "number")]
    pub sd_slice: f64,
    /// Power asked for.
    pub power: f64,
    /// Animals per group (within animals: in all); `None` if more than 1,000 would be
    /// needed, or `reason` says why there is no answer.
    pub animals_per_group: Option<u32>,
    /// Why no number can be given; empty where one is.
    #[serde(default)]
    pub reason: String,
    /// Animals per group if the true effect is at the near end of its interval; `None` if over 1,000 or the interval covers 0.
    pub animals_if_smaller: Option<u32>,
    /// Remark in words.
    pub sentence: String,
}
