//! A CA1 pyramidal cell on a virtual patch pipette: current steps in current
//! clamp, spontaneous postsynaptic currents and tonic current in voltage clamp,
//! and receptor currents evoked at a fixed potential.
//!
//! The cell has the passive properties of the slice's cell (`cell.*` of the
//! parameter table) and Hodgkin–Huxley channels of its own (`channels`). It sees
//! drugs through the same [`crate::Modulation`] as the slice.

pub(crate) mod channels;
pub(crate) mod clamp;
pub(crate) mod minis;
pub(crate) mod parameters;
pub(crate) mod steps;

pub use clamp::{Evoked, Receptor, evoked_current, paired_pulse_ratio, steady_current};
pub use minis::{Holding, MiniWindow, spontaneous_current};
pub use parameters::{PatchCell, evidence_rows};
pub use steps::{StepProtocol, StepTrace, calcium_at_rest, current_step, input_conductance_ns, resting_potential};
