//! What a run over accepted parameter sets leaves in the results folder:
//! `ensemble.json`.

use crate::beside::sensitivity::MovedOutcome;
use serde::{Deserialize, Serialize};

/// The outcomes of an experiment over parameter sets that meet the calibration
/// records alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnsembleSpread {
    /// Sets.
    pub sets: usize,
    /// Seed of the slices, the same for every set.
    pub seed: u64,
    /// Animals of every simulated group.
    pub animals: u32,
    /// Slices per animal.
    pub slices_per_animal: u32,
    /// Outcomes in the order of the plan; `base` with the shipped set.
    pub outcomes: Vec<MovedOutcome>,
    /// `values[set][outcome]`.
    pub values: Vec<Vec<f64>>,
}

impl EnsembleSpread {
    /// The values of one outcome over the sets, ascending.
    pub fn sorted(&self, outcome: usize) -> Vec<f64> {
        let mut values: Vec<f64> = self.values.iter().filter_map(|set| set.get(outcome).copied()).collect();
        values.sort_by(f64::total_cmp);
        values
    }
}
