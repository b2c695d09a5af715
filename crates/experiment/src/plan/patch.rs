//! The settings of the virtual whole-cell rig.

use quantity::{Concentration, Current, Time, Voltage};

/// Name of the protocol in the keys of cells.
pub(crate) const PROTOCOL: &str = "patch";

/// The settings of the rig.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchPlan {
    /// Cells of each animal in each condition.
    pub cells_per_animal: u32,
    /// Before the drug.
    pub baseline: Time,
    /// In the drug.
    pub drug: Time,
    /// After it.
    pub wash_out: Time,
    /// Holding potential.
    pub hold: Voltage,
    /// Chloride in the pipette.
    pub chloride: Concentration,
    /// First and last current of the steps.
    pub steps: [Current; 2],
    /// From one step to the next.
    pub step: Current,
    /// Length of each stretch of voltage clamp.
    pub stretch: Time,
    /// From one stretch of the course to the next.
    pub every: Time,
}

impl Default for PatchPlan {
    /// Baseline 5 min, drug and wash-out 10 min, −70 mV, 10 mM chloride: the usual
    /// course and potassium gluconate solution of slice laboratories.
    fn default() -> Self {
        Self {
            cells_per_animal: 1,
            baseline: Time::from_min(5.0),
            drug: Time::from_min(10.0),
            wash_out: Time::from_min(10.0),
            hold: Voltage::from_mv(-70.0),
            chloride: Concentration::from_mm(10.0),
            steps: [Current::from_pa(-100.0), Current::from_pa(300.0)],
            step: Current::from_pa(50.0),
            stretch: Time::from_s(30.0),
            every: Time::from_min(2.5),
        }
    }
}
