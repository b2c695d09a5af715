//! Groups against each other: contrasts, the model behind them, interactions,
//! equivalence, and the animals that a laboratory would need.

use crate::findings::interval::Interval;
use crate::findings::number;
use serde::{Deserialize, Serialize};

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
