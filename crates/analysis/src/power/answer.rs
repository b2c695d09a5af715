//! What is answered: all numbers of `schaffer power`.

use crate::findings::number;
use serde::{Deserialize, Serialize};

/// What one comparison is computed with.
#[derive(Clone, Debug)]
pub(super) struct Assumed {
    pub induction: String,
    pub condition: String,
    pub reference: String,
    pub effect: f64,
    /// SD between animals of the reference and of the condition; within animals that of
    /// the difference between animals, twice.
    pub sd_animal: [f64; 2],
    /// SD between slices of an animal, of the reference and of the condition.
    pub sd_slice: [f64; 2],
}

/// Power by simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// Share of simulated experiments with p below α.
    pub power: f64,
    /// Its Monte-Carlo standard error.
    pub se: f64,
    /// Lower 95 % Monte-Carlo limit (Clopper–Pearson).
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Simulated experiments.
    pub simulations: usize,
    /// Those with a variance between animals that was estimated at or below zero.
    pub singular: usize,
    /// Degrees of freedom of the test.
    pub df_method: String,
    /// Animals of the layout, both groups.
    pub animals: usize,
    /// Slices of the layout, both groups.
    pub slices: usize,
}

/// Animals needed with so many slices each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnimalsForSlices {
    /// Slices per animal (and condition, within animals).
    pub slices_per_animal: usize,
    /// Animals per group (in all, within animals); `None` above 1,000.
    pub animals: Option<usize>,
}

/// Power if the same total SD lay between animals to another share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IccPower {
    /// Intraclass correlation.
    pub icc: f64,
    /// Power of the planned design, closed form.
    pub power: f64,
    /// Animals needed; `None` above 1,000.
    pub animals: Option<usize>,
}

/// The cheapest balanced design that reaches the power asked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allocated {
    /// Price of an animal.
    pub cost_animal: f64,
    /// Price of a slice.
    pub cost_slice: f64,
    /// √(price ratio) σ_e/σ_a, before whole numbers; `None` if unbounded.
    pub slices_continuous: Option<f64>,
    /// Slices per animal (and condition, within animals).
    pub slices_per_animal: usize,
    /// Animals per group (in all, within animals).
    pub animals: usize,
    /// Power reached.
    pub power: f64,
    /// Price of the whole experiment.
    pub cost: f64,
}

/// Power of one comparison with the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonPower {
    /// Induction protocol.
    pub induction: String,
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// True difference assumed, percentage points.
    pub effect: f64,
    /// SD between animals assumed (within animals: of the difference between animals);
    /// root mean square where the groups differ.
    pub sd_animal: f64,
    /// SD between slices of an animal assumed; root mean square where the groups differ.
    pub sd_slice: f64,
    /// SD between animals of the reference and of the condition.
    #[serde(default)]
    pub sd_animal_of: [f64; 2],
    /// SD between slices of the reference and of the condition.
    #[serde(default)]
    pub sd_slice_of: [f64; 2],
    /// Intraclass correlation of both; within animals the share of the difference's
    /// variance that lies between animals.
    #[serde(with = "number")]
    pub icc: f64,
    /// Planned animals per group (in all, within animals).
    pub animals: usize,
    /// Planned slices per animal (and condition, within animals).
    pub slices_per_animal: usize,
    /// Power of the planned, balanced design by closed form.
    pub closed_form: f64,
    /// Power over the slices at hand by simulation.
    pub simulated: Simulated,
    /// Animals needed at the planned slices per animal; `None` above 1,000.
    pub animals_needed: Option<usize>,
    /// The same at α divided by the number of comparisons.
    pub animals_needed_family: Option<usize>,
    /// Animals needed for 1, 2, … slices per animal.
    pub for_slices: Vec<AnimalsForSlices>,
    /// Sensitivity over the intraclass correlation, total SD held.
    pub by_icc: Vec<IccPower>,
    /// Cheapest design, if prices are given.
    pub optimum: Option<Allocated>,
    /// One sentence for the paper.
    pub sentence: String,
}

/// Power of all comparisons of an experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PowerAnswer {
    /// Name of the experiment.
    pub name: String,
    /// Whether every animal gives slices to every condition.
    pub within_animal: bool,
    /// Two-sided level.
    pub alpha: f64,
    /// Power asked for.
    pub power: f64,
    /// One entry for each comparison.
    pub comparisons: Vec<ComparisonPower>,
    /// What the reader should know.
    pub notes: Vec<String>,
}
