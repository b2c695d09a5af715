//! The CA1 Schaffer-collateral synapse: equations, parameters with sources,
//! and one slice through a protocol. No files, no clock, no threads.

mod catalogue;
pub mod illustration;
mod kernel;
pub mod kinetics;
pub mod late_phase;
mod modulation;
mod outcome;
pub mod parameters;
pub mod patch;
pub mod preparation;
pub mod published;
mod pulse;
pub mod receptors;
pub mod rules;
mod slice;
#[cfg(test)]
#[path = "../tests/published/table.rs"]
mod table;

pub use crate::kernel::random::SliceIdentity;
pub use crate::modulation::Modulation;
pub use crate::outcome::{MechanismValue, RawSweep, SimulationFailure, SliceOutcome};
pub use crate::parameters::prior::{CORRELATED, Prior};
pub use crate::parameters::spec::{ParameterError, ParameterSpec};
pub use crate::parameters::table::Parameters;
pub use crate::published::volume_conductor;
pub use crate::pulse::{Pulse, PulseKind, SAME_SWEEP_MS, SweepWindow};
#[doc(hidden)]
pub use crate::slice::parts;
pub use crate::slice::physiology;
pub use crate::slice::plasticity::{Homeostasis, Plasticity};
pub use crate::slice::simulate::{simulate_slice, simulate_slice_seen, simulate_slice_under};
pub use crate::slice::spines::chosen::ChosenRule;
