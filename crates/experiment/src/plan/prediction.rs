//! How an experiment is predicted beyond its own slices.

/// Sets of synapse parameters unless the file says otherwise.
const SETS: u32 = 28;

/// Animals of a draw unless the file says otherwise.
const ANIMALS: u32 = 2;

/// Fewest sets that give an interval.
pub(crate) const FEWEST_SETS: u64 = 8;

/// Draws from what is not known, and the virtual animals of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PredictionPlan {
    /// Sets of synapse parameters; each stands with two draws of the constants of the
    /// compounds. 0: no prediction.
    pub draws: u32,
    /// Animals of a draw, one slice of each with and without every treatment.
    pub animals: u32,
}

impl Default for PredictionPlan {
    fn default() -> Self {
        Self { draws: SETS, animals: ANIMALS }
    }
}
