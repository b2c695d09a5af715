//! A rule on the simulated spines of a slice: one state for each spine, and a step
//! in closed form while what the rule reads moves linearly.
//!
//! A threshold rule relaxes towards γ_p/(γ_p+γ_d) at the rate of what is crossed;
//! over a step in which its calcium moves linearly, the share of time above each
//! threshold is exact, and so is the relaxation at the rates that these shares
//! give. The bistable drift is exact as well and acts half before and half after.
//! Between windows of activity, [`SpineRule::rest`] passes any gap at once.
//!
//! A presynaptic spike counts by the expected release of its terminal, relative to
//! a rested one, so that short-term plasticity and drugs on release act. What a
//! rule reads, and where its scale meets that of the slice, stands where it
//! implements this trait; these correspondences are model choices.

use crate::parameters::table::Parameters;
use crate::rules::spine::reading::{Filters, Peaks, Reading};
use std::fmt::Debug;

/// A rule as the spines of a slice carry it. The order of calls within a step: what
/// has arrived ([`Self::presynaptic`], [`Self::postsynaptic`]), then
/// [`Self::advance`].
pub(crate) trait SpineRule: Clone + Debug + Send + Sync + 'static {
    /// State of one synapse.
    type State: Copy;

    /// The rule in a cell with parameters `p` whose dendrite rests at `rest_mv`.
    fn in_cell(self, p: &Parameters, rest_mv: f64) -> Self {
        let _ = (p, rest_mv);
        self
    }

    /// A synapse before induction: potentiated already or not, its thresholds
    /// scaled by `spread`.
    fn start(&self, up: bool, spread: f64, peaks: &Peaks) -> Self::State;

    /// From a presynaptic spike to its effect in the rule, ms.
    fn delay_ms(&self) -> f64 {
        0.0
    }

    /// The filtered potentials that the rule reads, if it reads them.
    fn filters(&self) -> Option<Filters> {
        None
    }

    /// A presynaptic spike acts; `release` is the expected release of its terminal
    /// relative to a rested one.
    fn presynaptic(&self, state: &mut Self::State, release: f64, reading: &Reading) {
        let _ = (state, release, reading);
    }

    /// The cell fires.
    fn postsynaptic(&self, state: &mut Self::State) {
        let _ = state;
    }

    /// Advances the synapse by `dt_ms`, in which all that the rule reads moves
    /// linearly from `before` to `after`.
    fn advance(&self, state: &mut Self::State, before: &Reading, after: &Reading, dt_ms: f64);

    /// Passes a gap in which calcium and potential rest, in closed form.
    fn rest(&self, state: &mut Self::State, gap_ms: f64);

    /// How near a spine is to its lowest threshold, 1 at the threshold; 0 for rules
    /// that pass any gap exactly.
    fn closeness(&self, state: &Self::State, reading: &Reading) -> f64 {
        let _ = (state, reading);
        0.0
    }

    /// ρ (0–1), or the weight of a rule without ρ.
    fn value(&self, state: &Self::State) -> f64;

    /// Strength of a synapse relative to one at 0 (rules with ρ), or its weight
    /// relative to the weight before induction.
    fn strength(&self, state: &Self::State) -> f64;

    /// Strength of a potentiated synapse less that of a depressed one; `None` for
    /// rules without ρ.
    fn span(&self) -> Option<f64> {
        None
    }
}
